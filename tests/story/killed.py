"""A person at work who may be stopped at any write: the child of test_kills.py.

Usage: killed.py REGISTER PASSPHRASE-FILE NAME AT, where AT is the number of the file operation at
which the process ends itself with SIGKILL, part of a write being done by then; 0: it waits to be
killed from outside. Every step that returned is acknowledged with one line of JSON on standard
output before the next begins.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import gardener  # found through the path set above
from recruitcheck.steps.desk import Desk, open_desk


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


def work(desk: Desk, chance: random.Random) -> None:
    """The flow up to the decision, over and over."""
    while True:
        vacancy = gardener.post(desk, f"T-{chance.randrange(10**6)}")
        acknowledge("Vacancy", vacancy.id)
        applicant = gardener.applicant(desk, vacancy.id)
        acknowledge("Applicant", applicant.id)
        # Read as text, so that no child of this process outlives the kill.
        document = gardener.cv(desk, applicant.id)
        acknowledge("Document", document.id)
        claim = gardener.claim(desk, document)
        acknowledge("Claim", claim.id)
        acknowledge("Decision", gardener.asked(desk, claim.id).decision.id)


def main() -> None:
    where, passphrase_file, name, at = sys.argv[1:5]
    chance = random.Random(int(at))
    desk = open_desk(where, name, Path(passphrase_file).read_text().strip())
    print(json.dumps({"kind": "ready", "id": ""}), flush=True)
    if int(at):
        Stopper(int(at), chance).install()
    work(desk, chance)


if __name__ == "__main__":
    main()
