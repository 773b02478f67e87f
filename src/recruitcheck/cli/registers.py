"""Commands that make a register, move it, and prepare the database it may lie in."""

from __future__ import annotations

import argparse
from base64 import b64encode

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options

_CUT_HERE = "- " * 38


def add(commands: Commands) -> None:
    """Add `register`."""
    register = group(commands, "register", "make a register")
    create = command(
        register,
        "create",
        "make a register; its first person holds the HR role",
        _create,
        more="Prints the recovery code once. Print it and lock it away.",
    )
    create.add_argument("--organisation", required=True, metavar="NAME", help="the trust")
    create.add_argument(
        "--strict",
        action="store_true",
        help="old backups of the keys are dead after the next destruction; "
        "if this disk dies, so does the register",
    )
    register_options(create)

    move = command(
        register,
        "move",
        "copy a register to another place and compare; the old one stays",
        _move,
    )
    move.add_argument("target", metavar="DIR-or-URL", help="the new place")
    register_options(move, person=False)
    split = command(
        register,
        "split-code",
        "print the recovery code as three sheets, of which any two are needed",
        _split,
        more="Give each sheet to another person and destroy the one with the whole code. To use "
        "two, `people recover` takes the line for the other sheet from each.",
    )
    split.add_argument("code", metavar="CODE", help="the recovery code, or @FILE, or -")
    split.add_argument("--json", action="store_true", help="print each sheet as JSON")
    register_options(split, person=False)
    database = command(
        register,
        "prepare-database",
        "lay out, or bring up to date, the tables of a database",
        _prepare,
    )
    database.add_argument("url", metavar="URL", help="postgresql:// address, as its owner")
    database.add_argument(
        "--role", required=True, metavar="NAME", help="the account that recruitcheck will use"
    )


def _create(arguments: argparse.Namespace) -> int:
    from recruitcheck.errors import BadInput
    from recruitcheck.steps.desk import create_desk
    from recruitcheck.vault import ownplace

    if not arguments.as_:
        raise BadInput("Say who you are.", "Add --as NAME: the first person of the register.")
    desk, code = create_desk(
        talking.where(arguments),
        organisation=arguments.organisation,
        name=arguments.as_,
        passphrase=talking.passphrase(arguments, new=True),
        pack_folder=arguments.justifications,
        strict=arguments.strict,
    )
    try:
        place = ownplace.shown(talking.where(arguments))
        made = {"register": place, "person": desk.me.id, "recovery_code": code}
        talking.show(arguments, made, code)
    finally:
        desk.register.close()
    say(
        "This recovery code is shown once and kept nowhere. Print it and lock it away: it opens "
        "the register if every passphrase is lost."
    )
    return ExitCode.DONE


def _move(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import moving, ownplace

    size, root = moving.move(talking.where(arguments), arguments.target)
    place = ownplace.shown(arguments.target)
    say(f"{size} entries are at {place}, root {b64encode(root).decode()}.")
    say("Verify and back up the new place before you take the old one away.")
    return ExitCode.DONE


def _split(arguments: argparse.Namespace) -> int:
    from recruitcheck.reports import recovery
    from recruitcheck.vault import joining, register

    code = talking.words_or_file(arguments.code).strip()
    with register.open_register(talking.where(arguments)) as opened:
        sheets = joining.split(opened, code)
        today = opened.clock.now().date()
    for number, lines in sheets.items():
        made = {"sheet": number, "lines": {str(other): line for other, line in lines.items()}}
        sheet = recovery.part(opened.origin, talking.where(arguments), number, lines, today)
        talking.show(arguments, made, sheet if number == len(sheets) else f"{sheet}\n{_CUT_HERE}\n")
    say("Any two sheets open the register; one alone says nothing. Destroy the whole code now.")
    return ExitCode.DONE


def _prepare(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import store

    store.demand_database_part()
    from recruitcheck.vault import pgsetup

    pgsetup.migrate(arguments.url, role=arguments.role)
    say("The tables are as this version wants them.")
    return ExitCode.DONE
