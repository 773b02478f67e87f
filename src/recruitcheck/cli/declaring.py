"""Commands for what people declare: a search outside the tool, something seen, a child at risk.

None of them asks what was seen (`steps.declarations`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

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
    talking.applicant_argument(exposure)
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
    sent = command(
        declare,
        "report",
        "lock away, unread, a report about an applicant that nobody asked for",
        _report,
        more="Only HR can open it again. Afterwards delete the file and tell the sender.",
    )
    talking.applicant_argument(sent)
    sent.add_argument("file", metavar="FILE", type=Path, help="the report as it came")
    register_options(sent)
    _for_hr(declare)
    _for_the_headteacher(declare)


def _for_the_headteacher(declare: Commands) -> None:
    content = command(
        declare,
        "disparagement",
        "write content about the trust, seen by accident, onto a paper for the headteacher",
        _disparagement,
        more="The content is kept in that file alone; print it, hand it over, destroy the file.",
    )
    content.add_argument("file", metavar="FILE", type=Path, help="the HTML file to write")
    content.add_argument("--text", required=True, help="what was seen, or @FILE, or -")
    content.add_argument("--on", type=talking.day, metavar="DAY", help="default: today")
    content.add_argument("--vacancy", default="", metavar="VACANCY", help="while working on")
    register_options(content)


def _for_hr(declare: Commands) -> None:
    listed = command(declare, "list", "list declarations: all for HR, else your own", _list)
    register_options(listed)
    bar = command(declare, "bar", "HR: bar a person from a decision after an exposure", _bar)
    bar.add_argument("declaration", metavar="DECLARATION", help="the exposure, such as Q-7F3K2M9Q")
    bar.add_argument("person", metavar="NAME", help="who takes no further part")
    register_options(bar)
    amnesty = command(
        declare, "amnesty", "HR: open days in which searches may be declared freely", _amnesty
    )
    amnesty.add_argument("first", type=talking.day, metavar="FIRST", help="the first day")
    amnesty.add_argument("until", type=talking.day, metavar="UNTIL", help="the last day")
    amnesty.add_argument("--text", required=True, help="what staff are told, or @FILE, or -")
    register_options(amnesty)


def _search(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import declarations

    why = talking.words_or_file(arguments.why)
    with talking.sit_down(arguments) as desk:
        made = declarations.off_tool_search(
            desk,
            applicant=arguments.applicant,
            vacancy=arguments.vacancy,
            on=arguments.on or desk.today,
            place=arguments.place,
            why=why,
        )
        talking.show(arguments, made, f"{made.id}  declared.")
    say("HR can read this. What you saw is recorded nowhere; tell nobody on the panel.")
    return ExitCode.DONE


def _report(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import thirdparty

    data = talking.file_bytes(arguments.file)
    with talking.sit_down(arguments) as desk:
        thirdparty.quarantine(desk, arguments.applicant, data)
        made = {"applicant": arguments.applicant, "kind": "unasked_report"}
        talking.show(arguments, made, "Locked away unread; HR is told.")
    say("Delete the file now, and tell the sender that nobody asked for it.")
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


def _disparagement(arguments: argparse.Namespace) -> int:
    from recruitcheck.reports import page
    from recruitcheck.steps import declarations

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        made, paper = declarations.disparagement(
            desk, text, vacancy=arguments.vacancy, seen_on=arguments.on
        )
        talking.write(arguments.file, [page.html(paper)])
        talking.show(arguments, made, f"{made.id}  for the headteacher: {arguments.file}")
    say("Print it once, hand it over and destroy the file. Nothing of it is kept here.")
    return ExitCode.DONE


def _list(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import declarations

    with talking.sit_down(arguments) as desk:
        for one in declarations.declarations(desk):
            about = one.applicant or one.vacancy or "-"
            words = f"{one.id}  {one.at:%Y-%m-%d}  {about}  {str(one.kind).replace('_', ' ')}"
            talking.show(arguments, one, words + (f"; bars {one.bars}" if one.bars else ""))
    return ExitCode.DONE


def _bar(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import declarations

    with talking.sit_down(arguments) as desk:
        made = declarations.bar(desk, arguments.declaration, arguments.person)
        words = f"{made.id}  {arguments.person} takes no further part in {made.applicant}."
        talking.show(arguments, made, words)
    return ExitCode.DONE


def _amnesty(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import declarations

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        made = declarations.open_amnesty(
            desk, first=arguments.first, until=arguments.until, text=text
        )
        talking.show(arguments, made, f"{made.id}  open from {made.on} to {made.until}.")
    return ExitCode.DONE
