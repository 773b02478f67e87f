"""What the register costs, against the least that any durable store can cost on the same disk.

    python benchmarks/register.py [--quick] [--only NAME ...] [--million]

Each row alternates the two sides round by round in one run and prints medians and their ratio.
The floor is one append and fsync of the same bytes. The bars come from the design; a row over its
bar is marked. `--million` adds the largest size (about ten minutes and 2 GB of disk).
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
from collections.abc import Callable, MutableMapping
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


def alternated(
    ours: Callable[[], object], floor: Callable[[], object], times: int
) -> tuple[float, float, float]:
    """Median seconds of ours, of the floor, and the median of the rounds' ratios."""
    rounds = []
    gc.collect()
    for _ in range(ROUNDS):
        base = seconds(floor, times)
        rounds.append((seconds(ours, times), base))
    ratio = statistics.median(a / b for a, b in rounds)
    mine = statistics.median(a for a, _ in rounds)
    return mine, statistics.median(b for _, b in rounds), ratio


def row(name: str, value: str, ratio: float | None, bar: float | None) -> None:
    """Print one row."""
    shown = "" if ratio is None else f"{ratio:7.2f}"
    limit = "" if bar is None else f"{bar:7.2f}"
    mark = "" if bar is None or ratio is None or ratio <= bar else "  OVER"
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
    """Whole entries and batches at several sizes, against the same bytes appended and fsynced."""
    first = 0.0
    for size in sizes:
        folder = register_at(size, base)
        with open_register(folder, name="Ann", passphrase=PASSPHRASE) as register:
            floor = Floor(base)
            ours = one_entry(register)
            ours()
            before = (folder / "ledger").stat().st_size
            ours()
            data = b"x" * ((folder / "ledger").stat().st_size - before)
            mine, base_time, ratio = alternated(ours, lambda: floor.write(data), times)
            bar = 2.2 if size >= 1_000_000 else 2.0
            shown = f"{mine * 1e6:6.0f} us / {base_time * 1e6:6.0f} us"
            row(f"entry with two boxes at {size:,}", shown, ratio, bar)
            first = first or ratio
            batch = [Draft(type="note", subject="L-1", case="A-BENCH", boxes=BOXES)] * 20
            few = max(times // 10, 3)
            mine, base_time, ratio20 = alternated(
                lambda: register.append(batch), lambda: floor.write(data), few
            )
            shown = f"{mine / 20 * 1e6:6.0f} us / {base_time * 1e6:6.0f} us"
            row(f"  the same, 20 in a batch, each, at {size:,}", shown, ratio20 / 20, 0.6)
            if size != sizes[0]:
                row(f"  ratio at {size:,} / ratio at {sizes[0]:,}", "", ratio / first, 1.4)


def journal(base: Path, times: int) -> None:
    """Inserts and updates of TinyDB on the journal."""
    for size in (1000, 100_000):
        path = base / f"journal-{size}"
        db = JournalDB(path)
        table = db.table("things")
        table.insert_multiple([{"case": f"A-{n}", "n": n, "text": "x" * 80} for n in range(size)])
        floor = Floor(base)
        document = {"case": "A-1", "n": 1, "text": "x" * 80}
        line = b"x" * 130
        mine, least, ratio = alternated(
            lambda: table.insert(document), lambda: floor.write(line), times
        )
        row(
            f"TinyDB insert at {size:,}",
            f"{mine * 1e6:6.0f} us / {least * 1e6:6.0f} us",
            ratio,
            1.5,
        )
        mine, least, ratio = alternated(
            lambda: table.update(_more, doc_ids=[size // 2]), lambda: floor.write(line), times
        )
        row(
            f"TinyDB update at {size:,}",
            f"{mine * 1e6:6.0f} us / {least * 1e6:6.0f} us",
            ratio,
            1.5,
        )
        db.close()


def _more(document: MutableMapping[str, Any]) -> None:
    document["n"] += 1


def opening(sizes: list[int], base: Path) -> None:
    """Opening in a fresh process: seconds and memory."""
    for size in sizes:
        folder = register_at(size, base)
        code = (
            "import sys, time, resource; start = time.perf_counter();"
            "from recruitcheck.vault.register import open_register;"
            f"r = open_register({str(folder)!r}); assert r.size >= {size};"
            "print(time.perf_counter() - start,"
            " resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        runs = []
        for _ in range(3):
            done = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            )
            taken, memory = done.stdout.split()
            runs.append((float(taken), int(memory) / 1024))
        taken, memory = statistics.median(r[0] for r in runs), max(r[1] for r in runs)
        limit = 10.0 if size >= 1_000_000 else 1.0
        row(f"open {size:,} entries (seconds)", f"{memory:.0f} MB", taken, limit)
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
    work = [(key.public_key().public_bytes_raw(), leaf)] * 20_000
    start = time.perf_counter()
    signatures.check(work)
    both = time.perf_counter() - start
    start = time.perf_counter()
    signatures._alone(work, None)
    row("  signatures: all cores / one core", "", both / (time.perf_counter() - start), 0.75)


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
            import register_postgres

            register_postgres.run(times, row)
    print(
        f"peak memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
