"""Commands for what people declare: a search outside the tool, something seen, a child at risk.

None of them asks what was seen (`steps.declarations`).
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options


def add(commands: Commands) -> None:
    """Add `declare`."""
    declare = group(commands, "declare", "what happened outside the flow; never what was seen")
    search = command(declare, "search", "declare a search made outside recruitcheck", _search)
    search.add_argument("--applicant", default="", metavar="APPLICANT", help="whom it was about")
    search.add_argument("--vacancy", default="", metavar="VACANCY", help="or which post")
    search.add_argument(
        "--on", type=talking.day, metavar="DAY", help="the day of the search (default: today)"
    )
    search.add_argument(
        "--place", required=True, metavar="KIND", help='the kind of place, such as "social network"'
    )
    search.add_argument(
        "--why", required=True, metavar="TEXT", help="how it came about, or @FILE; not what you saw"
    )
    register_options(search)
    exposure = command(
        declare, "exposure", "declare that you saw something protected, not what", _exposure
    )
    exposure.add_argument("applicant", metavar="APPLICANT", help="the applicant's pseudonym")
    exposure.add_argument("--on", type=talking.day, metavar="DAY", help="default: today")
    register_options(exposure)
    concern = command(
        declare,
        "safeguarding",
        "show whom to tell of a concern about a child, at once",
        _safeguarding,
        more="The concern itself is not asked for; only that the way was shown is recorded.",
    )
    concern.add_argument("--vacancy", default="", metavar="VACANCY", help="the post, if any")
    register_options(concern)


def _search(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import declarations

    why = talking.words_or_file(arguments.why)
    with talking.sit_down(arguments) as desk:
        made = declarations.off_tool_search(
            desk,
            applicant=arguments.applicant,
            vacancy=arguments.vacancy,
            on=arguments.on or datetime.now(UTC).date(),
            place=arguments.place,
            why=why,
        )
        talking.show(arguments, made, f"{made.id}  declared.")
    say("HR can read this. What you saw is recorded nowhere; tell nobody on the panel.")
    return ExitCode.DONE


def _exposure(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import declarations

    with talking.sit_down(arguments) as desk:
        made = declarations.exposure(desk, arguments.applicant, on=arguments.on)
        talking.show(arguments, made, f"{made.id}  declared.")
    say("HR can read this and decides who takes over. What you saw is recorded nowhere.")
    return ExitCode.DONE


def _safeguarding(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import declarations

    with talking.sit_down(arguments) as desk:
        route = declarations.safeguarding(desk, vacancy=arguments.vacancy)
        made = {"title": route.title, "address": route.address, "route": route.route}
        talking.show(arguments, made, route.title, route.address, route.route)
    return ExitCode.DONE
