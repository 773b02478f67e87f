"""A writer that is killed with SIGKILL, mostly in the middle of a write.

Run as a program it is the writer: it enters, changes tables and destroys as fast as it can, and
says on standard output what it is about to write and what was acknowledged. `once` is the parent:
it starts a writer, kills it, and returns what had been acknowledged.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Told:
    """What the writer had said before it died."""

    entries: list[str] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    inside: bool = False
    """Whether it was killed between the first byte of a write and its acknowledgement."""


def once(folder: Path, name: str, passphrase: str, rng: random.Random, *, slow: float) -> Told:
    """Start a writer, kill it, and tell what it had acknowledged."""
    writer = subprocess.Popen(
        [sys.executable, __file__, str(folder), name, str(slow), str(rng.random())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert writer.stdin and writer.stdout
    writer.stdin.write(passphrase.encode() + b"\n")
    writer.stdin.flush()
    told = Told()
    left, inside = rng.randrange(1, 25), rng.random() < 0.85
    for raw in writer.stdout:
        word, _, rest = raw.decode().strip().partition(" ")
        if word == "entry":
            told.entries += rest.split()
        elif word == "document":
            told.documents.append(int(rest))
        left -= word == ("write" if inside else "entry")
        if left <= 0 and word == ("write" if inside else "entry"):
            if not inside:
                time.sleep(rng.random() * 0.002)
            break
    writer.send_signal(signal.SIGKILL)
    for raw in writer.stdout:  # acknowledged before the signal arrived
        word, _, rest = raw.decode().strip().partition(" ")
        if word == "entry" and raw.endswith(b"\n"):
            told.entries += rest.split()
        elif word == "document" and raw.endswith(b"\n"):
            told.documents.append(int(rest))
    writer.stdin.close()
    writer.stdout.close()
    writer.wait()
    told.inside = inside
    return told


def main() -> None:
    """The writer."""
    from recruitcheck.records import Draft
    from recruitcheck.vault import files
    from recruitcheck.vault.register import open_register

    folder, name, slow, seed = sys.argv[1:5]
    passphrase = sys.stdin.readline().strip()
    rng = random.Random(float(seed))
    real_write, real_settle = files.write_all, files.settle

    def write_all(fd: int, data: bytes) -> None:
        cut = rng.randrange(len(data) + 1)
        real_write(fd, data[:cut]) if cut else None
        os.write(1, b"write\n")
        time.sleep(float(slow) * rng.random())
        real_write(fd, data[cut:]) if cut < len(data) else None

    def settle(fd: int) -> None:
        time.sleep(float(slow) * rng.random())
        real_settle(fd)

    register = open_register(folder, name=name, passphrase=passphrase)
    files.write_all, files.settle = write_all, settle
    number = max((d["n"] for d in register.table("things").all()), default=0)
    while True:
        case = f"A-{rng.randrange(5)}"
        drafts = [
            Draft(
                type="note",
                case=case,
                boxes={"case": os.urandom(rng.choice([20, 900, 50_000])), "hr": b"h"},
            )
            for _ in range(rng.choice([1, 1, 3]))
        ]
        if case in register.store.gone():
            drafts = [Draft(type="note")]
        made = register.append(drafts)
        os.write(1, ("entry " + " ".join(e.id for e in made) + "\n").encode())
        number += 1
        register.table("things").insert({"n": number})
        os.write(1, b"document %d\n" % number)
        if rng.random() < 0.05 and case not in register.store.gone():
            register.shred(case, "retention")


if __name__ == "__main__":
    main()
