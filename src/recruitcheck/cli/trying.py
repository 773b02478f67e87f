"""`recruitcheck try …`: ask the rules anything. Records nothing, unlocks nothing, fetches nothing.

Standard input is JSON Lines; each line is answered as it is read, so a pipe gets its answer before
it sends the next question, and a hundred thousand lines need no more memory than one. A line that
cannot be answered gets an error in its place, and the run goes on.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group
from recruitcheck.errors import BadInput

Record = dict[str, object]
Answer = Callable[[Record], Record]

MAX_LINE = 8 * 1024 * 1024
"""Bytes of one line; more is not one question."""


def add(commands: Commands) -> None:
    """Add `try` and its five commands."""
    tries = group(
        commands, "try", "ask the rules without a register; nothing is recorded", register=False
    )
    reads = "Reads JSON Lines from standard input and answers each with one line."
    for name, does, maker in (
        ("text", "screen texts for what a search may not aim at", _text),
        ("request", "decide requests: permit, refer or refuse, with every reason", _request),
        ("address", "say whether an address lies inside a scope", _address),
        ("statistics", "work out rates, intervals and comparisons by group", _statistics),
    ):
        made = command(tries, name, does, _streaming(maker), more=reads)
        if maker in (_text, _request):
            made.add_argument(
                "--justifications", metavar="DIR", type=Path, help="another policy pack"
            )
    page = command(tries, "page", "show what the lens would show of a saved page", _page)
    page.add_argument("file", metavar="FILE", type=Path, help="the page, as saved")
    page.add_argument("--claim", metavar="TEXT", required=True, help="the quoted claim")
    page.add_argument("--name", metavar="TEXT", default="", help="the applicant's full name")
    page.add_argument("--url", metavar="URL", default="", help="the page's address")
    page.add_argument("--type", metavar="MIME", default="", help="its type (default: as it looks)")
    page.add_argument(
        "--viewer", choices=("recruiter", "auditor"), default="recruiter", help="for whom"
    )


def _streaming(maker: Callable[[argparse.Namespace], Answer]) -> Callable[..., int]:
    def do(arguments: argparse.Namespace) -> int:
        if sys.stdin is None:
            raise BadInput("There is no standard input.", "Pipe the lines into the command.")
        return stream(sys.stdin.buffer, sys.stdout.buffer, maker(arguments))

    return do


def stream(source: BinaryIO, target: BinaryIO, answer: Answer) -> int:
    """Answer each line as it comes; 2 if any line could not be answered, else 0."""
    code = ExitCode.DONE
    for line in _lines(source):
        try:
            reply = _answered(line, answer)
        except _Unanswerable as error:
            reply = {"id": error.id, "error": error.message}
            code = ExitCode.WRONG_USE
        target.write(json.dumps(reply).encode("ascii") + b"\n")
        target.flush()
    return code


class _Unanswerable(Exception):
    """A line that gets an error in its place; `id` is its own, where it could be read."""

    def __init__(self, message: str, id: object = None) -> None:
        super().__init__(message)
        self.message = message
        self.id = id


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Lines that are not blank; of an endless one, its beginning."""
    first = True
    while line := source.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
            rest = source.readline(MAX_LINE + 1)
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        if line.strip():
            yield line


def _answered(line: bytes, answer: Answer) -> Record:
    record = _parsed(line)
    if "id" not in record:
        raise _Unanswerable("the key `id` is missing")
    id = record["id"]
    try:
        # Offsets count code points, and half a character is none.
        json.dumps(record, ensure_ascii=False).encode()
        answered = answer(record)
    except UnicodeEncodeError:
        raise _Unanswerable("the line holds half a character (a lone surrogate)", id) from None
    except BadInput as error:
        raise _Unanswerable(error.message, id) from None
    except Exception as error:
        # One line that trips the rules must not take the answers to the others with it; and a
        # question that could not be answered was not answered with yes.
        say(f"recruitcheck: a line could not be judged ({type(error).__name__}).")
        raise _Unanswerable("this line could not be judged", id) from None
    return {"id": id, **{key: value for key, value in answered.items() if key != "id"}}


def _parsed(line: bytes) -> Record:
    if len(line) > MAX_LINE:
        raise _Unanswerable(f"the line is longer than {MAX_LINE} bytes")
    try:
        record = json.loads(line.decode(), parse_float=_finite, parse_constant=_finite)
    except UnicodeDecodeError:
        raise _Unanswerable("the line is not UTF-8") from None
    except (ValueError, RecursionError):
        raise _Unanswerable("the line is not JSON") from None
    if not isinstance(record, dict):
        raise _Unanswerable("the line is not an object")
    return record


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number without end is not JSON")
    return number


def _text(arguments: argparse.Namespace) -> Answer:
    from recruitcheck.cli import trying_text
    from recruitcheck.rules import folder, screen

    # Screening needs the refusal files and nothing else of the pack; the rest would slow the start.
    screener = screen.compiled(folder.refusals(folder.find_folder(arguments.justifications)))
    return lambda record: trying_text.answer(record, screener)


def _request(arguments: argparse.Namespace) -> Answer:
    from recruitcheck.cli import trying_request
    from recruitcheck.rules import grounds, screen

    pack = grounds.load(grounds.find_folder(arguments.justifications))
    screener = screen.compiled(pack.refusals)
    return lambda record: trying_request.answer(record, pack, screener)


def _address(_: argparse.Namespace) -> Answer:
    from recruitcheck.cli import trying_address

    return trying_address.answer


def _statistics(_: argparse.Namespace) -> Answer:
    from recruitcheck.cli import trying_statistics

    return trying_statistics.answer


def _page(arguments: argparse.Namespace) -> int:
    from recruitcheck.cli import trying_page
    from recruitcheck.cli.talking import file_bytes

    shown = trying_page.answer(
        file_bytes(arguments.file),
        claim=arguments.claim,
        name=arguments.name,
        url=arguments.url,
        type=arguments.type,
        viewer=arguments.viewer,
    )
    print(json.dumps(shown))
    return ExitCode.DONE
