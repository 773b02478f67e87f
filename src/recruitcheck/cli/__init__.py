"""The command line: parse, call a step, print what it made. It decides nothing itself.

Every group of commands is one module with one `add`; what a command does is one function that
takes the parsed arguments and returns the exit code. Modules that bring the network, the screens
or a database are imported inside those functions, so that `--help` and `try` start at once.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence


def run(argv: Sequence[str]) -> int:
    """Run one command; the answer is the exit code (see `failing.ExitCode`)."""
    from recruitcheck.cli import failing, parser

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal that lacks a sign shows its number, and never ends the command
            stream.reconfigure(errors="backslashreplace")
    with failing.plainly() as outcome:
        arguments = parser.build(argv).parse_args(_joined(argv))
        outcome.code = arguments.do(arguments)
    return outcome.code


def _joined(argv: Sequence[str]) -> list[str]:
    """`--filter -state:open` as one word; argparse would take the filter for an option."""
    words: list[str] = []
    for word in argv:
        if words and words[-1] == "--filter":
            words[-1] = f"--filter={word}"
        else:
            words.append(word)
    return words
