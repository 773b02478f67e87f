"""All commands, in the order in which people meet them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from recruitcheck.cli.talking import Commands, defaults, person_options, register_options

_ABOUT = (
    "Search an applicant's social media only where their own words ask for it, and leave a record "
    "that anyone can check. Without a command the app opens."
)


def build(argv: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser with every command.

    Args:
        argv: what was typed; only looked at to keep `try`, which programs call thousands of
            times, from building commands it does not need.
    """
    parser = argparse.ArgumentParser(prog="recruitcheck", description=_ABOUT, allow_abbrev=False)
    parser.add_argument("--version", action=_Version)
    register_options(parser, person=False)
    person_options(parser)
    parser.add_argument(
        "--plain", action="store_true", help="numbered prompts instead of screens (screen readers)"
    )
    defaults(parser)
    parser.set_defaults(do=_open_app)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    only_try = bool(argv) and argv[0] == "try"
    _add(commands, only_try)
    return parser


def _add(commands: Commands, only_try: bool) -> None:
    from recruitcheck.cli import trying

    if only_try:
        trying.add(commands)
        return
    from recruitcheck.cli import (
        audit,
        candidates,
        declaring,
        finish,
        intake,
        keeping,
        papers,
        people,
        policy,
        registers,
        retention,
        rights,
        search,
        shelf,
        stamp,
        upkeep,
        witness,
    )

    parts = (
        *(upkeep, registers, people, intake, candidates, search, finish, declaring),
        *(audit, retention, shelf, rights, papers, keeping, witness, stamp, policy, trying),
    )
    for part in parts:
        part.add(commands)


class _Version(argparse.Action):
    """`--version`, which looks the version up only when asked."""

    def __init__(self, option_strings: Sequence[str], dest: str, **_: object) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(version("recruitcheck"))
        parser.exit()


def _open_app(arguments: argparse.Namespace) -> int:
    import sys

    from recruitcheck.cli.talking import where
    from recruitcheck.errors import BadInput

    if arguments.plain:
        from recruitcheck.cli.plain import run_plain

        return run_plain(where(arguments))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput(
            "The app needs a terminal.", "See `recruitcheck --help` for commands without one."
        )
    from recruitcheck.tui import app, everywhere

    ended = app.run(where(arguments))
    if ended == everywhere.SHOW_DEMO:
        from recruitcheck.cli import upkeep

        return upkeep.demo_in_app(None)
    return ended
