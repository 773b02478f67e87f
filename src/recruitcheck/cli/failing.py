"""How a command ends: exit codes, plain messages, and a report where recruitcheck itself failed.

The exit codes are a contract: 0 done; 1 a check failed (verify, policy check, a refused step);
2 wrong use or bad input; 3 something cannot be reached.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path

from recruitcheck import errors


class ExitCode(IntEnum):
    """What a command's end means to a program that called it."""

    DONE = 0
    CHECK_FAILED = 1
    WRONG_USE = 2
    OUT_OF_REACH = 3


_CODES: tuple[tuple[type[Exception], ExitCode], ...] = (
    (errors.BadInput, ExitCode.WRONG_USE),
    (errors.NotFound, ExitCode.WRONG_USE),
    (errors.KeyringError, ExitCode.WRONG_USE),
    (errors.LookupFailed, ExitCode.OUT_OF_REACH),
    (errors.RegisterError, ExitCode.OUT_OF_REACH),
    (errors.RecruitcheckError, ExitCode.CHECK_FAILED),
)

INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""


@dataclass(slots=True)
class Outcome:
    """The exit code, filled in by whoever knows it."""

    code: int = ExitCode.DONE


@contextmanager
def plainly() -> Iterator[Outcome]:
    """Turn whatever ends a command into a plain message and an exit code; never a traceback."""
    outcome = Outcome()
    try:
        yield outcome
        sys.stdout.flush()
    except errors.RecruitcheckError as error:
        tell(error)
        outcome.code = code_of(error)
    except BrokenPipeError:
        # Whoever read the output has gone, as `head` does; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except KeyboardInterrupt:
        say("Stopped. What was acknowledged before is kept.")
        outcome.code = INTERRUPTED
    except OSError as error:
        say(f"recruitcheck: {error.strerror or 'the computer refused'}: {error.filename or '-'}")
        say("  Check that the place exists, may be written, and has room.")
        outcome.code = ExitCode.OUT_OF_REACH
    except Exception as error:
        say(
            "recruitcheck: something went wrong inside recruitcheck itself. Nothing half done was "
            "acknowledged."
        )
        say(f"  A report without personal data is in {report(error)}; please pass it on.")
        outcome.code = ExitCode.OUT_OF_REACH


def code_of(error: errors.RecruitcheckError) -> ExitCode:
    """The exit code that belongs to an error."""
    return next(code for kind, code in _CODES if isinstance(error, kind))


def tell(error: errors.RecruitcheckError) -> None:
    """Show an error's message and hint, and every problem of a policy pack."""
    say(f"recruitcheck: {error.message}")
    for problem in getattr(error, "problems", ()):
        say(f"  {problem.path}: {problem.key}: {problem.message}")
    if error.hint:
        say(f"  {error.hint}")


def say(line: str) -> None:
    """One line for the person at the keyboard, kept apart from data."""
    print(line, file=sys.stderr)


def report(error: BaseException) -> str:
    """Write where in the code it happened: no messages and no values, which could be personal.

    Returns the report's place, or words saying that it could not be written.
    """
    from importlib.metadata import version

    import platformdirs

    lines = [
        f"recruitcheck {version('recruitcheck')}, Python {sys.version.split()[0]}, {sys.platform}"
    ]
    chained: BaseException | None = error
    while chained is not None:
        lines.append(type(chained).__qualname__)
        for frame in traceback.extract_tb(chained.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        chained = chained.__cause__ or chained.__context__
    name = f"failure-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    try:
        folder = Path(platformdirs.user_state_dir("recruitcheck"))
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / name
        place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        return "no file (the folder for reports cannot be written)"
    return str(place)
