"""What the register costs, against the least that any durable store can cost on the same disk.

    python benchmarks/register.py [--quick] [--only NAME ...] [--million]

The two sides of a row take turns call by call in one run; printed are medians and their ratio. The
floor is one append and fsync of the same bytes. The bars come from the design; a row over its bar
is marked, and the exit code is then 1. `--million` adds the largest size (a few minutes and 2 GB of
disk; with `--folder` what was filled is used again).
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, MutableMapping, Sequence
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from recruitcheck.records import Draft
from recruitcheck.vault import locks
from recruitcheck.vault.journal import JournalDB
from recruitcheck.vault.leaves import signed
from recruitcheck.vault.merkle import Tree
from recruitcheck.vault.register import Register, create, open_register

ROUNDS = 7
PASSPHRASE = "four unrelated words here"
BOXES = {"case": b"q" * 300, "hr": b"r" * 300}


class Floor:
    """Append and fsync, nothing else."""

    def __init__(self, folder: Path) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self._fd = os.open(folder / "floor", flags)

    def write(self, data: bytes) -> None:
        """One durable append."""
        os.write(self._fd, data)
        os.fsync(self._fd)


def seconds(work: Callable[[], object], times: int) -> float:
    """Median seconds of one call, over `times` calls."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def paired(sides: Sequence[Callable[[], object]], times: int) -> list[list[float]]:
    """For each round, the median seconds of each side; the sides take turns call by call.

    A disk that is slow for a while is so for every side, which blocks of calls would not ensure.
    """
    rounds = []
    for _ in range(ROUNDS):
        gc.collect()
        taken: list[list[float]] = [[] for _ in sides]
        for _ in range(times):
            for side, kept in zip(sides, taken, strict=True):
                start = time.perf_counter()
                side()
                kept.append(time.perf_counter() - start)
        rounds.append([statistics.median(kept) for kept in taken])
    return rounds


def against(rounds: list[list[float]], side: int, base: int, each: int = 1) -> tuple[str, float]:
    """Both medians in words, and the median of the rounds' ratios; a call did `each` things."""
    ours = statistics.median(r[side] for r in rounds) / each
    least = statistics.median(r[base] for r in rounds)
    ratio = statistics.median(r[side] / each / r[base] for r in rounds)
    return f"{ours * 1e6:6.0f} us / {least * 1e6:6.0f} us", ratio


missed: list[str] = []
"""Rows over their bar."""


def row(name: str, value: str, ratio: float | None, bar: float | None) -> None:
    """Print one row."""
    shown = "" if ratio is None else f"{ratio:7.2f}"
    limit = "" if bar is None else f"{bar:7.2f}"
    over = bar is not None and ratio is not None and ratio > bar
    mark = "  OVER" if over else ""
    if over:
        missed.append(name)
    print(f"{name:48} {value:>26} {shown:>8} {limit:>8}{mark}", flush=True)


def fill(folder: Path, size: int) -> None:
    """Write many real, signed entries with two boxes each, in batches, into a register."""
    with open_register(folder, name="Ann", passphrase=PASSPHRASE) as register:
        missing = size - register.size
        number = 0
        while missing > 0:
            count = min(500, missing)
            cases = [f"A-{(number + n) % 2_000:05d}" for n in range(count)]
            register.append(
                [
                    Draft(
                        type="evidence" if n % 3 else "sourcing",
                        subject=f"L-{number + n:07d}",
                        case=case,
                        refs=(f"G-{number + n:07d}",),
                        facts={"kind": "fetch"},
                        boxes=BOXES,
                    )
                    for n, case in enumerate(cases)
                ]
            )
            missing -= count
            number += count


def register_at(size: int, base: Path) -> Path:
    """A register with `size` entries."""
    folder = base / f"register-{size}"
    if not folder.exists():
        register, _ = create(folder, origin="bench.example", name="Ann", passphrase=PASSPHRASE)
        register.close()
        fill(folder, size)
    return folder


def one_entry(register: Register) -> Callable[[], object]:
    """One whole entry with two boxes."""
    draft = Draft(type="note", subject="L-1", case="A-BENCH", refs=("G-1",), boxes=BOXES)
    return lambda: register.append([draft])


def entries(sizes: list[int], base: Path, times: int) -> None:
    """Whole entries and batches in registers of several sizes, and the same bytes fsynced."""
    with ExitStack() as stack:
        floor = Floor(base)
        registers = [
            stack.enter_context(
                open_register(register_at(size, base), name="Ann", passphrase=PASSPHRASE)
            )
            for size in sizes
        ]
        single = [one_entry(register) for register in registers]
        for write in single:  # the keys of the case are made with its first entry
            write()
        ledger = base / f"register-{sizes[0]}" / "ledger"
        before = _written(ledger)
        single[0]()
        data = b"x" * (_written(ledger) - before)
        batch = [Draft(type="note", subject="L-1", case="A-BENCH", boxes=BOXES)] * 20
        many = [partial(register.append, batch) for register in registers]
        least = partial(floor.write, data)
        rounds = paired([least, *single], times)
        for side, size in enumerate(sizes, start=1):
            bar = 2.2 if size >= 1_000_000 else 2.0
            row(f"entry with two boxes at {size:,}", *against(rounds, side, 0), bar)
        for side, size in enumerate(sizes[1:], start=2):
            name = f"  entry at {size:,} / entry at {sizes[0]:,}"
            row(name, *against(rounds, side, 1), 1.4)
        rounds = paired([least, *many], max(times // 10, 3))
        for side, size in enumerate(sizes, start=1):
            name = f"each of 20 in a batch at {size:,}"
            row(name, *against(rounds, side, 0, each=20), 0.6)


def _written(ledger: Path) -> int:
    """Bytes of a ledger without the room at its end."""
    return len(ledger.read_bytes().rstrip(b"\0"))


def journal(base: Path, times: int) -> None:
    """Inserts and updates of TinyDB on the journal."""
    floor = Floor(base)
    document = {"case": "A-1", "n": 1, "text": "x" * 80}
    for size in (1000, 100_000):
        db = JournalDB(base / f"journal-{size}")
        table = db.table("things")
        table.insert_multiple([{**document, "case": f"A-{n}", "n": n} for n in range(size)])
        sides: list[Callable[[], object]] = [
            partial(floor.write, b"x" * 130),
            partial(table.insert, document),
            partial(table.update, _more, doc_ids=[size // 2]),
        ]
        rounds = paired(sides, times)
        row(f"TinyDB insert at {size:,}", *against(rounds, 1, 0), 1.5)
        row(f"TinyDB update at {size:,}", *against(rounds, 2, 0), 1.5)
        db.close()


def _more(document: MutableMapping[str, Any]) -> None:
    document["n"] += 1


def opening(sizes: list[int], base: Path) -> None:
    """Opening in a fresh process: seconds and memory."""
    for size in sizes:
        folder = register_at(size, base)
        code = (
            "import time; start = time.perf_counter();"
            "from recruitcheck.vault.register import open_register;"
            f"r = open_register({str(folder)!r}); assert r.size >= {size};"
            "print(time.perf_counter() - start, time.process_time(),"
            # not ru_maxrss, which begins with what the parent held
            " next(l for l in open('/proc/self/status') if l[:6] == 'VmHWM:').split()[1])"
        )
        runs = []
        for _ in range(3):
            done = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            )
            taken, worked, memory = map(float, done.stdout.split())
            runs.append((taken, worked, memory / 1024))
        taken, worked = (statistics.median(r[part] for r in runs) for part in (0, 1))
        memory = max(r[2] for r in runs)
        limit = 10.0 if size >= 1_000_000 else 1.0
        shown = f"{memory:.0f} MB, {worked:.2f} s CPU"
        row(f"open {size:,} entries (seconds)", shown, taken, limit)
        if size >= 1_000_000:
            row("  memory (MB)", "", memory, 200.0)


def trees() -> None:
    """Root and proofs of a million leaves."""
    tree = Tree()
    for number in range(1_000_000):
        tree.append(locks.sha256(b"%d" % number).digest())
    start = time.perf_counter()
    tree.root()
    row("root of 1,000,000 leaves (seconds)", "", time.perf_counter() - start, 2.0)
    taken = seconds(lambda: tree.inclusion(123_456), 2000)
    row("a proof among 1,000,000 (ms)", "", taken * 1e3, 0.1)
    taken = seconds(lambda: tree.consistency(777_777), 2000)
    row("a consistency proof (ms)", "", taken * 1e3, 0.1)


def verifying(base: Path, size: int) -> None:
    """Full verification, against checking the signatures on one core."""
    from recruitcheck.vault import signatures
    from recruitcheck.vault.verify import verify

    folder = register_at(size, base)
    stages: set[str] = set()
    start = time.perf_counter()
    found = verify(folder, progress=lambda stage, *_: stages.add(stage))
    taken = time.perf_counter() - start
    assert found.ok, found.problems[:3]
    row(f"full verification of {size:,} (seconds)", ", ".join(sorted(stages)), taken, None)
    key = locks.signer(bytes(32))
    leaf = signed({"a": 1, "b": "x" * 500, "subject": "S-1"}, key)
    work = [(key.public_key().public_bytes_raw(), leaf)] * 40_000
    cores = len(os.sched_getaffinity(0))
    before = _children()
    here, start = time.process_time(), time.perf_counter()
    signatures.check(work)
    wall, here = time.perf_counter() - start, time.process_time() - here
    longest = max(here, (_children() - before) / cores)  # shares are small, so they come out even
    start, alone = time.perf_counter(), time.process_time()
    signatures._alone(work, None)
    shown = f"{wall:.1f} s / {time.perf_counter() - start:.1f} s"
    alone = time.process_time() - alone
    row(f"  signatures on {cores} cores / on one (CPU)", shown, longest / alone, 0.75)


def _children() -> float:
    """Processor seconds of the processes that ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


PARTS = ("entries", "journal", "open", "trees", "verify", "postgres")


def main() -> int:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="fewer calls a round")
    parser.add_argument("--million", action="store_true", help="add 1,000,000 entries")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--folder", help="where to work; default: a temporary folder")
    options = parser.parse_args()
    times = 30 if options.quick else 200
    sizes = [0, 10_000 if options.quick else 100_000]
    if options.million:
        sizes.append(1_000_000)
    print(f"{'what':48} {'ours / floor':>26} {'ratio':>8} {'bar':>8}")
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(options.folder or temporary)
        base.mkdir(parents=True, exist_ok=True)
        os.environ["XDG_STATE_HOME"] = str(Path(temporary) / "home")  # heads are noted there
        if "trees" in options.only:
            trees()
        if "journal" in options.only:
            journal(base, times)
        if "entries" in options.only:
            entries(sizes, base, times)
        if "open" in options.only:
            opening(sizes[1:], base)
        if "verify" in options.only:
            verifying(base, sizes[1])
        if "postgres" in options.only:
            import_module(f"{__package__ or ''}.register_postgres".lstrip(".")).run(times, row)
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
