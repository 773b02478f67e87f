"""How a command ends: exit codes, plain messages, and a report where recruitcheck itself failed.

The exit codes are a contract: 0 done; 1 a check failed (verify, policy check, a refused step);
2 wrong use or bad input; 3 something cannot be reached.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum

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
        from recruitcheck.tui.crash import write_report

        say(f"  A report without personal data is in {write_report(error)}; please pass it on.")
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
