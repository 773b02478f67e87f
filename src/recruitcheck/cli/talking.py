"""What commands share: the register's options, passphrases, and printing.

Data goes to standard output and everything else to standard error, so that output can be piped.
A passphrase comes from a prompt, a file or an open descriptor; never from an argument, which
every other user of the machine could read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.errors import BadInput

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk

Commands = Any
"""What argparse gives for a group of subcommands; its class is private to argparse."""
Do = Callable[[argparse.Namespace], int]

_MAX_SECRET = 4096
"""Bytes; more is not one line that somebody typed."""


def command(
    commands: Commands, name: str, does: str, do: Do, *, more: str = ""
) -> argparse.ArgumentParser:
    """Add one command: its name, one sentence, and the function that does it."""
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.{' ' + more if more else ''}",
        allow_abbrev=False,
    )
    made.set_defaults(do=do)
    return made


def group(commands: Commands, name: str, does: str, *, register: bool = True) -> Commands:
    """Add a word that only groups commands, such as `audit`.

    With `register` the register's options may also stand before the command, as in
    `people --register DIR list`; otherwise DIR would be taken for the command.
    """
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=does, description=f"{does[0].upper()}{does[1:]}.", allow_abbrev=False
    )
    if register:
        register_options(made, person=False)
        person_options(made)
    return made.add_subparsers(dest="what", required=True, metavar="COMMAND", title="commands")


def register_options(parser: argparse.ArgumentParser, *, person: bool = True) -> None:
    """Add `--register`, and `--as` with the ways to give a passphrase where a person acts.

    Absent options are set by `defaults` on the outermost parser, so that
    `recruitcheck --register DIR verify` never falls back to another register.
    """
    parser.add_argument(
        "--register",
        metavar="DIR-or-URL",
        default=argparse.SUPPRESS,
        help="the register: a folder, or a postgresql:// address (default: this computer's own)",
    )
    if person:
        person_options(parser)
        parser.add_argument("--json", action="store_true", help="print the record made as JSON")
        parser.add_argument(
            "--justifications",
            metavar="DIR",
            type=Path,
            default=argparse.SUPPRESS,
            help="the policy pack that this register has adopted, where it is not the usual one",
        )
        parser.add_argument(
            "--accept-loss",
            action="store_true",
            default=argparse.SUPPRESS,
            help="HR: go on though a restored backup lacks entries you saw; this is entered",
        )


def person_options(parser: argparse.ArgumentParser) -> None:
    """Add `--as`, and the ways to give a passphrase other than by the prompt."""
    parser.add_argument(
        "--as", dest="as_", metavar="NAME", default=argparse.SUPPRESS, help="who you are"
    )
    passphrase_options(parser)


def passphrase_options(parser: argparse.ArgumentParser) -> None:
    """Add the ways to give a passphrase other than at the prompt."""
    given = parser.add_mutually_exclusive_group()
    given.add_argument(
        "--passphrase-file",
        metavar="FILE",
        type=Path,
        default=argparse.SUPPRESS,
        help="read the passphrase from a file",
    )
    given.add_argument(
        "--passphrase-fd",
        metavar="N",
        type=int,
        default=argparse.SUPPRESS,
        help="read the passphrase from an open file descriptor",
    )


def applicant_argument(parser: argparse.ArgumentParser) -> None:
    """Add the applicant that a command is about."""
    parser.add_argument(
        "applicant", metavar="APPLICANT", help="the applicant's pseudonym, such as A-7F3K"
    )


def grant_argument(parser: argparse.ArgumentParser) -> None:
    """Add the permission that a command uses."""
    parser.add_argument("grant", metavar="GRANT", help="the permission, such as G-7F3K2M9Q")


def defaults(parser: argparse.ArgumentParser) -> None:
    """What the options above are where nobody gave them."""
    parser.set_defaults(register=None, as_=None, passphrase_file=None, passphrase_fd=None)
    parser.set_defaults(justifications=None, accept_loss=False)


def where(arguments: argparse.Namespace) -> str:
    """The register meant: as given, or the one of this computer."""
    if arguments.register:
        return str(arguments.register)
    from recruitcheck.vault import ownplace

    return ownplace.own()


def passphrase(arguments: argparse.Namespace, *, new: bool = False) -> str:
    """The passphrase, by file, descriptor or prompt; a new one is asked for twice.

    Raises:
        BadInput: there is no terminal to ask at, or what was given is empty.
    """
    if arguments.passphrase_file is not None:
        try:
            with Path(arguments.passphrase_file).open("rb") as file:
                return _first_line(file.read(_MAX_SECRET))
        except OSError:
            raise BadInput(
                "The passphrase file cannot be read.", "Check its place and its permissions."
            ) from None
    if arguments.passphrase_fd is not None:
        try:
            return _first_line(os.read(arguments.passphrase_fd, _MAX_SECRET))
        except OSError:
            raise BadInput(
                "The passphrase descriptor cannot be read.", "Open it before you call recruitcheck."
            ) from None
    return _prompted(new)


def _first_line(given: bytes) -> str:
    try:
        line = given.decode().split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError:
        line = ""
    if not line:
        raise BadInput("The passphrase given is empty or not text.", "Put it on the first line.")
    return line


def _prompted(new: bool) -> str:
    if not (sys.stdin and sys.stdin.isatty()):
        raise BadInput(
            "There is no terminal to ask for the passphrase at.",
            "Give it with --passphrase-file FILE or --passphrase-fd N.",
        )
    from getpass import getpass

    try:
        first = getpass("New passphrase: " if new else "Passphrase: ")
        if new and getpass("Once more: ") != first:
            raise BadInput("The two passphrases differ.", "Try again; nothing was made.")
    except EOFError:  # Ctrl+D
        first = ""
    if not first:
        raise BadInput("No passphrase was typed.", "Try again.")
    return first


def name(arguments: argparse.Namespace) -> str:
    """Who acts: as given, or the one person of the register.

    Raises:
        BadInput: there are several people, and none was named.
    """
    if arguments.as_:
        return str(arguments.as_)
    from recruitcheck.vault import register

    here = [person for person in register.people(where(arguments)) if person.left_at is None]
    if len(here) == 1:
        return here[0].name
    raise BadInput("Say who you are.", "Add --as NAME, with the name you have in this register.")


@contextmanager
def sit_down(arguments: argparse.Namespace, *, secret: str = "") -> Iterator[Desk]:
    """Unlock the register, say (as policy section 8 asks) that its use is recorded, and lock it."""
    from recruitcheck.steps import desk

    opened = desk.open_desk(
        where(arguments),
        name(arguments),
        secret or passphrase(arguments),
        pack_folder=arguments.justifications,
        accept_loss=arguments.accept_loss,
    )
    try:
        if sys.stderr.isatty():
            say("What you do here is recorded.")
        yield opened
    finally:
        opened.register.close()


def show(arguments: argparse.Namespace, record: object, *lines: str) -> None:
    """Print the record made: as one JSON line with `--json`, else in words."""
    if arguments.json:
        print(json.dumps(plain(record), ensure_ascii=False))
        return
    for line in lines:
        print(safe(line))


def plain(record: object) -> Any:
    """A record, or several by name, as JSON can hold them; bytes are left to files."""
    from recruitcheck import codec

    if isinstance(record, Mapping):
        return {key: plain(value) for key, value in record.items()}
    if isinstance(record, list | tuple):
        return [plain(value) for value in record]
    if record is None or isinstance(record, str | int | float):
        return record
    return json.loads(codec.encode(record))


def safe(text: str) -> str:
    """Text for a terminal: an applicant's words could carry signs that steer it."""
    return "".join(sign if sign in "\n\t" or sign.isprintable() else "\ufffd" for sign in text)


def day(text: str) -> date:
    """Type of an argument that is a day, `YYYY-MM-DD`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write YYYY-MM-DD") from None


def form_of(arguments: argparse.Namespace, forms: Sequence[str]) -> str:
    """How a file is written: as `--format` says, else by the ending of its name.

    Raises:
        BadInput: neither says it.
    """
    form = arguments.format or arguments.file.suffix.lower().removeprefix(".")
    if form not in forms:
        raise BadInput(
            "The file's name does not say how it is to be written.",
            f"End it in .{', .'.join(forms)}, or add --format.",
        )
    return str(form)


def file_bytes(path: Path) -> bytes:
    """A file that somebody named.

    Raises:
        BadInput: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{path.name}: {error.strerror or 'cannot be read'}.",
            "Check the file's name and place.",
        ) from None


def file_text(path: Path) -> str:
    """The text of a file that somebody named.

    Raises:
        BadInput: it cannot be read, or is no text.
    """
    return _as_text(file_bytes(path), path.name)


def words_or_file(text: str) -> str:
    """An answer given as words, or as `@FILE`, or `-` for standard input.

    Raises:
        BadInput: the file cannot be read, or what is in it, or comes in, is no text.
    """
    if text == "-":
        return _as_text(sys.stdin.buffer.read(), "Standard input") if sys.stdin else ""
    if text.startswith("@"):
        return file_text(Path(text[1:]))
    return text


def _as_text(data: bytes, name: str) -> str:
    """Text in the encodings that offices meet: what somebody wrote is recorded as they wrote it."""
    from recruitcheck.documents import plain
    from recruitcheck.errors import DocumentError

    try:
        return "\f".join(plain.read(data))
    except DocumentError:
        raise BadInput(
            f"{name} is no text.", "Save it as plain text (UTF-8) and try again."
        ) from None


def write(path: Path, pieces: Iterable[str]) -> None:
    """Write a paper that only its owner can read, whole or not at all.

    Raises:
        RegisterError: the system refuses; it names the file that was asked for.
    """
    from recruitcheck.vault import files

    with files.replacing(path, outside=True) as descriptor:
        for piece in pieces:
            files.write_all(descriptor, piece.encode())


def patience(doing: str) -> Callable[[int, int], None]:
    """Words of progress for what may take long: none in the first second, then one each second."""
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= 1:
            last = time.monotonic()
            say(f"{doing}: {done:,} of {total:,}")

    return tell


def sure(question: str, yes: bool, *, needed: bool = True) -> None:
    """Ask before what cannot be undone; `yes` answers for somebody who is not at a terminal.

    Raises:
        BadInput: the answer is not yes, or it is needed and there is nobody to ask.
    """
    if yes or not (needed or sys.stdin.isatty()):
        return
    if not sys.stdin.isatty():
        raise BadInput("This cannot be undone.", "Say --yes if you are sure.")
    print(f"{question} Type yes: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() != "yes":
        raise BadInput("Nothing was destroyed.", "It is done only on a full yes.")


def choices(values: Iterable[Any]) -> Sequence[str]:
    """The values of an enumeration as an argument's choices."""
    return [str(value) for value in values]


def refused(reasons: Iterable[Any]) -> int:
    """Say what stands against a step; the exit code is that of a failed check."""
    contacts: dict[str, None] = {}
    for reason in reasons:
        if not reason.holds:
            mend, contact = reason.mend_and_contact
            say(f"  {reason.message} (policy {reason.clause})")
            if mend:
                say(f"    {mend}")
            if contact:
                contacts[contact] = None
    for contact in contacts:
        say(f"  {contact}")
    return ExitCode.CHECK_FAILED
