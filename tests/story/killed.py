"""A person at work who may be stopped at any write: the child of test_kills.py.

Usage: killed.py REGISTER PASSPHRASE-FILE NAME. Each line of standard input is a number, AT, for
which a process is forked that works until it is killed: AT is the number of the file operation at
which it does so itself with SIGKILL, part of a write being done by then; 0: it waits to be killed
from outside. Every step that returned is acknowledged with one line of JSON on standard output
before the next begins; the last line says how the process ended.

Each process unlocks the register itself, with the key that was worked out for the first: only
what has nothing to do with the disk is taken over from the one that forks.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import gardener  # found through the path set above
from recruitcheck.steps.desk import Desk, open_desk
from recruitcheck.vault import locks


class Stopper:
    """Counts what touches the disk, and ends the process in the middle of one such call."""

    def __init__(self, at: int, chance: random.Random) -> None:
        self.left = at
        self.chance = chance

    def around(self, call: Callable[..., Any], *, writes: bool) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if writes and args[0] <= 2:
                return call(*args, **kwargs)
            self.left -= 1
            if self.left == 0:
                if writes and len(args[1]) > 1:
                    part = self.chance.randrange(1, len(args[1]))
                    call(args[0], bytes(args[1])[:part])
                elif self.chance.random() < 0.5:
                    call(*args, **kwargs)
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)

        return wrapped

    def install(self) -> None:
        os.write = self.around(os.write, writes=True)
        for name in ("fsync", "fdatasync", "replace", "rename", "ftruncate", "unlink"):
            setattr(os, name, self.around(getattr(os, name), writes=False))


def acknowledge(kind: str, id: str) -> None:
    line = json.dumps({"kind": kind, "id": id}) + "\n"
    sys.stdout.write(line)
    sys.stdout.flush()


def once_through(desk: Desk, reference: str = "T-0") -> None:
    """The flow up to the decision."""
    vacancy = gardener.post(desk, reference)
    acknowledge("Vacancy", vacancy.id)
    applicant = gardener.applicant(desk, vacancy.id)
    acknowledge("Applicant", applicant.id)
    # Read as text, so that no child of this process outlives the kill.
    document = gardener.cv(desk, applicant.id)
    acknowledge("Document", document.id)
    claim = gardener.claim(desk, document)
    acknowledge("Claim", claim.id)
    acknowledge("Decision", gardener.asked(desk, claim.id).decision.id)


def sit_down(where: str, passphrase: str, name: str, at: int) -> None:
    """Go through the flow over and over, until killed."""
    desk = open_desk(where, name, passphrase)
    print(json.dumps({"kind": "ready", "id": str(os.getpid())}), flush=True)
    chance = random.Random(at)
    if at:
        Stopper(at, chance).install()
    while True:
        once_through(desk, f"T-{chance.randrange(10**6)}")


def main() -> None:
    where, passphrase_file, name = sys.argv[1:4]
    passphrase = Path(passphrase_file).read_text().strip()
    locks.derive = cache(locks.derive)
    desk = open_desk(where, name, passphrase)
    once_through(desk)  # so that the rules' tables are compiled
    desk.register.close()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                sit_down(where, passphrase, name, int(line))
            finally:  # whatever went wrong: the loop belongs to the parent
                traceback.print_exc()
                os._exit(1)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"kind": "ended", "id": str(os.WTERMSIG(status))}), flush=True)


if __name__ == "__main__":
    main()
