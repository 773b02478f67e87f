"""The crash tests at full length; run by hand.

python tests/vault/long_runs.py --kills 200 --seed 1
python tests/vault/long_runs.py --faults            a fault of each kind at every call
python tests/vault/long_runs.py --damage 5000       damaged ledgers and journals
python tests/vault/long_runs.py --strace            the same faults, injected by the kernel
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from recruitcheck.errors import RecruitcheckError
from recruitcheck.vault import locks
from recruitcheck.vault.register import open_register
from vault import faults, kills, straced
from vault.conftest import PASS, found

ANN = ("Ann Lee", PASS["Ann Lee"])


def all_faults(template: Path, base: Path) -> None:
    """A fault of each kind at every call of a day's work."""
    counter = faults.Faults()
    shutil.copytree(template, base / "count")
    faults.run(base / "count", *ANN, counter)
    for kind in faults.KINDS:
        for at in range(counter.count):
            folder = base / f"{kind}-{at}"
            shutil.copytree(template, folder)
            seen = faults.run(folder, *ANN, faults.Faults(at, kind))
            faults.check(folder, *ANN, seen)
            shutil.rmtree(folder)
        print(f"{kind}: at each of {counter.count} calls, nothing acknowledged lost", flush=True)


def many_kills(template: Path, base: Path, times: int, seed: int) -> None:
    """SIGKILL to a writer, most of the time inside a write."""
    rng = random.Random(seed)
    entries: set[str] = set()
    documents: set[int] = set()
    inside = 0
    folder = base / "killed"
    shutil.copytree(template, folder)
    for number in range(1, times + 1):
        told = kills.once(folder, *ANN, rng, slow=0.003)
        entries.update(told.entries)
        documents.update(told.documents)
        inside += told.inside
        with open_register(folder, name=ANN[0], passphrase=ANN[1]) as ann:
            assert entries <= {entry.id for entry in ann.entries()}
            assert documents <= {d["n"] for d in ann.table("things").all()}
            if number % 10 == 0 or number == times:
                assert ann.verify().ok
                print(f"{number} kills, {inside} inside a write", end="; ")
                print(f"{len(entries)} entries, {len(documents)} documents all there", flush=True)


def much_damage(template: Path, base: Path, times: int, seed: int) -> None:
    """Damaged ledgers: named, or cut back to a beginning of what was there."""
    rng = random.Random(seed)
    folder = base / "damaged"
    shutil.copytree(template, folder)
    with open_register(folder) as public:
        before = [public.store.leaf(seq) for seq in range(public.size)]
    ledger = folder / "ledger"
    whole = ledger.read_bytes()
    named = cut = 0
    for _ in range(times):
        at, size = rng.randrange(len(whole)), rng.choice([1, 1, 64, 4096])
        new = bytes(b ^ (1 << rng.randrange(8)) for b in whole[at : at + size])
        ledger.write_bytes(rng.choice([whole[:at], whole[:at] + new + whole[at + size :]]))
        try:
            with open_register(folder) as public:
                after = [public.store.leaf(seq) for seq in range(public.size)]
            assert after == before[: len(after)]
            cut += 1
        except RecruitcheckError:
            named += 1
    print(f"{times} damaged ledgers: {named} named, {cut} cut back to a true beginning")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--strace", action="store_true")
    parser.add_argument("--damage", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    light = locks.Effort(8 * 1024, 1, 1)
    locks.calibrated = lambda seconds, measure: light  # type: ignore[assignment]
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        os.environ["XDG_STATE_HOME"] = str(base / "home")
        found(str(base / "template"))
        for wanted, name, run in (
            (options.faults, "faults", lambda place: all_faults(base / "template", place)),
            (
                options.kills,
                "kills",
                lambda p: many_kills(base / "template", p, options.kills, options.seed),
            ),
            (
                options.damage,
                "damage",
                lambda p: much_damage(base / "template", p, options.damage, options.seed),
            ),
            (options.strace, "strace", lambda p: straced.every_call(base / "template", p, *ANN)),
        ):
            if wanted:
                (base / name).mkdir()
                run(base / name)
    print(f"{time.monotonic() - start:.0f} seconds")


if __name__ == "__main__":
    main()
