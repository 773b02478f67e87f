"""A fault injected by the kernel at each single call a register makes to its own files.

`strace` counts the calls of one run (unlock, enter, change tables, destroy, close), which of them
touch the register's folder or the memory of heads, and then fails one of them a run: with EIO, with
ENOSPC, or by SIGKILL. What the run had acknowledged by then must be there afterwards.

Run as a program this is the run itself. It tells what is acknowledged through `writev`, which the
register never uses, so that the telling is not what fails.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from . import faults

KINDS = ("error=EIO", "error=ENOSPC", "signal=KILL")
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\(")
_TESTS = Path(__file__).parent.parent


@dataclass(frozen=True)
class Call:
    """The `number`-th call of this name in a run."""

    name: str
    number: int


def calls(template: Path, base: Path, name: str, passphrase: str) -> list[Call]:
    """Every call of one run that touches the register or the memory of heads."""
    log = base / "strace.log"
    _run(template, base, name, passphrase, ["-y", "-o", str(log), "-e", "trace=%file,%desc"])
    counts: Counter[str] = Counter()
    found = []
    for line in log.read_text(errors="replace").splitlines():
        if match := _LINE.match(line):
            counts[match[1]] += 1
            if str(base) in line and match[1] != "execve":
                found.append(Call(match[1], counts[match[1]]))
    return found


def inject(call: Call, kind: str, template: Path, base: Path, name: str, passphrase: str) -> None:
    """Fail one call of a run, make sure that it was hit, and check what is left."""
    log = base / "strace.log"
    options = ["-y", "-o", str(log), "-e", f"trace={call.name}"]
    options += ["-e", f"inject={call.name}:{kind}:when={call.number}"]
    seen, code, said = _run(template, base, name, passphrase, options)
    made = [line for line in log.read_text(errors="replace").splitlines() if _LINE.match(line)]
    line = made[call.number - 1] if len(made) >= call.number else "no such call was made"
    try:
        assert str(base) in line, "another call was hit"
        # an error surfaces as one of ours, never as a traceback; a kill as a kill
        assert code == (-signal.SIGKILL if kind == "signal=KILL" else 0), said
        with patch.dict(os.environ, XDG_STATE_HOME=str(base / "home")):
            faults.check(base / "register", name, passphrase, seen)
    except BaseException as error:
        raise AssertionError(f"{kind} at {call}: {line}") from error


def every_call(template: Path, base: Path, name: str, passphrase: str) -> None:
    """All kinds of fault at all calls; prints what was done."""
    found = calls(template, base, name, passphrase)
    print(f"{len(found)} calls: {dict(Counter(call.name for call in found))}", flush=True)
    bad = 0
    for kind in KINDS:
        for call in found:
            try:
                inject(call, kind, template, base, name, passphrase)
            except AssertionError as error:
                bad += 1
                print(error, "<-", repr(error.__cause__)[:2000], flush=True)
        print(f"{kind}: at each of {len(found)} calls, {bad} failures so far", flush=True)
    assert not bad


def _run(
    template: Path, base: Path, name: str, passphrase: str, options: list[str]
) -> tuple[faults.Seen, int, str]:
    """One run on a fresh copy under strace: what was acknowledged, how it ended, what it said."""
    folder = base / "register"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(base / "home", ignore_errors=True)
    shutil.copytree(template, folder)
    (base / "home").mkdir()
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_TESTS), *sys.path])}
    env |= {"PYTHONHASHSEED": "0", "XDG_STATE_HOME": str(base / "home")}
    done = subprocess.run(
        ["strace", "-f", "-qq", *options, sys.executable, "-m", __name__, folder, name],
        input=passphrase.encode() + b"\n",
        capture_output=True,
        env=env,
        check=False,
    )
    seen = faults.Seen()
    for line in _whole_lines(done.stdout):
        seen.note(*line.split(" "))
    return seen, done.returncode, done.stderr.decode(errors="replace")[-2000:]


def _whole_lines(data: bytes) -> Iterator[str]:
    for line in data.split(b"\n")[:-1]:
        yield line.decode()


class Telling(faults.Seen):
    """Says each acknowledged thing at once."""

    def note(self, what: str, *words: str) -> None:
        """Tell it."""
        os.writev(1, [" ".join((what, *words)).encode() + b"\n"])


def main() -> None:
    """The run that is traced."""
    from recruitcheck.errors import RecruitcheckError
    from recruitcheck.vault.register import open_register

    passphrase = os.read(0, 1000).decode().strip()
    try:
        with open_register(sys.argv[1], name=sys.argv[2], passphrase=passphrase) as register:
            faults.work(register, Telling())
    except RecruitcheckError as error:
        print(error, file=sys.stderr)


if __name__ == "__main__":
    main()
