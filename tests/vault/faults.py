"""A register's work with a fault at one chosen call to the operating system.

`work` does what a day does: entries small and large, batches, tables, a destruction. `Faults`
counts every call that touches the disk and makes one of them fail: with an error once, or as a
kill, after which no call does anything any more. `check` opens what is left and compares it with
what was acknowledged.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recruitcheck.errors import Destroyed, RecruitcheckError
from recruitcheck.records import Draft
from recruitcheck.vault.register import Register, open_register

CALLS = ("write", "fsync", "fdatasync", "ftruncate", "open", "rename", "replace", "unlink", "mkdir")
KINDS = ("EIO", "ENOSPC", "kill")


class Killed(BaseException):
    """The process is dead: nothing it does reaches the disk."""


@dataclass
class Faults:
    """Counts calls; fails the chosen one."""

    at: int = -1
    kind: str = "EIO"
    count: int = 0
    dead: bool = False

    def wrap(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """The call, through the counter."""

        def call(*args: Any, **kwargs: Any) -> Any:
            if self.dead:
                raise Killed
            number, self.count = self.count, self.count + 1
            if number != self.at:
                return real(*args, **kwargs)
            if self.kind == "kill":
                self.dead = True
                if real.__name__ == "write":  # half of it arrived
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                raise Killed
            if real.__name__ == "write" and self.kind == "ENOSPC":
                real(args[0], bytes(args[1])[: len(args[1]) // 3])
            raise OSError(getattr(errno, self.kind), os.strerror(getattr(errno, self.kind)))

        return call

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Every call goes through here inside."""
        real = {name: getattr(os, name) for name in CALLS if hasattr(os, name)}
        flock = fcntl.flock
        try:
            for name, function in real.items():
                setattr(os, name, self.wrap(function))
            fcntl.flock = self.wrap(flock)  # type: ignore[assignment]
            yield
        finally:
            for name, function in real.items():
                setattr(os, name, function)
            fcntl.flock = flock


@dataclass
class Seen:
    """What was acknowledged."""

    entries: dict[str, bytes] = field(default_factory=dict)
    documents: set[int] = field(default_factory=set)
    destroyed: bool = False
    asked: bool = False

    def note(self, what: str, *words: str) -> None:
        """Note one acknowledged thing: `entry ID TEXT-IN-HEX`, `document N`, `asked` …"""
        if what == "entry":
            self.entries[words[0]] = bytes.fromhex(words[1])
        elif what == "document":
            self.documents.add(int(words[0]))
        elif what == "asked":
            self.asked = True
        elif what == "destroyed":
            self.destroyed = True


def work(register: Register, seen: Seen) -> None:
    """One day; every acknowledged thing is noted as soon as it is."""

    def enter(*drafts: Draft) -> None:
        with suppress(RecruitcheckError):
            for entry, draft in zip(register.append(drafts), drafts, strict=True):
                seen.note("entry", entry.id, draft.boxes.get("case", b"").hex())

    def put(number: int) -> None:
        with suppress(RecruitcheckError):
            register.table("things").insert({"case": "A-KEPT", "n": number})
            seen.note("document", str(number))

    enter(Draft(type="note", case="A-KEPT", boxes={"case": b"one", "hr": b"h"}))
    put(1)
    enter(Draft(type="note", case="A-GONE", boxes={"case": b"large " * 9000}))
    enter(*[Draft(type="note", case="A-KEPT", boxes={"case": b"b%d" % n}) for n in range(3)])
    put(2)
    seen.note("asked")
    with suppress(RecruitcheckError):
        register.shred("A-GONE", "retention")
        seen.note("destroyed")
    enter(Draft(type="note", case="A-KEPT", boxes={"case": b"last"}))
    put(3)


def run(folder: Path, name: str, passphrase: str, faults: Faults) -> Seen:
    """Do the work with the fault; never raises."""
    seen = Seen()
    register = open_register(folder, name=name, passphrase=passphrase)
    with faults.installed():
        with suppress(RecruitcheckError, Killed):
            work(register, seen)
        with suppress(RecruitcheckError, Killed):
            register.close()
    with suppress(OSError):
        register.store.close()
    return seen


def check(folder: Path, name: str, passphrase: str, seen: Seen) -> None:
    """Everything acknowledged is there, nothing is half there, everything verifies."""
    with open_register(folder, name=name, passphrase=passphrase) as register:
        for event, text in seen.entries.items():
            entry = register.entry(event)
            if "case" not in entry.boxes:
                continue
            try:
                assert register.read(entry, "case") == text
            except Destroyed:
                assert entry.case == "A-GONE" and seen.asked
        for entry in register.entries():
            for compartment in entry.boxes:
                with suppress(RecruitcheckError):
                    register.read(entry, compartment)
        kept = {d["n"] for d in register.table("things").all()}
        assert seen.documents <= kept
        if seen.destroyed:
            assert list(register.entries(case="A-GONE", type="shred-done"))
        done = register.verify()
        assert done.ok, done.problems
        register.append([Draft(type="note", case="A-KEPT", boxes={"case": b"after"})])
