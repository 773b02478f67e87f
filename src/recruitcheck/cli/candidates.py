"""Commands of candidate finding: the one search without a quotation."""

from __future__ import annotations

import argparse
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode
from recruitcheck.cli.talking import Commands, command, group, register_options


def add(commands: Commands) -> None:
    """Add `candidate`."""
    made = group(commands, "candidate", "find people for a post by its advertisement's own words")
    find = command(made, "find", "ask to look for candidates", _find)
    find.add_argument("vacancy", metavar="VACANCY", help="the post, with its advertisement")
    find.add_argument(
        "--criterion",
        action="append",
        required=True,
        metavar="WORDS",
        help="words of the advertisement; repeat",
    )
    find.add_argument("--source", default="", help="where to look (default: every place allowed)")
    find.add_argument("--reason", default="", metavar="TEXT", help="why, or @FILE")
    register_options(find)
    _approach(made)
    told = command(made, "told", "record that somebody was told with the first contact", _told)
    told.add_argument("candidate", metavar="CANDIDATE", help="such as B-7F3K2M9Q")
    told.add_argument("--on", type=talking.day, metavar="DAY", help="default: today")
    register_options(told)
    applied = command(
        made, "applied", "they applied: what was noted is frozen and plays no part", _applied
    )
    applied.add_argument("candidate", metavar="CANDIDATE", help="such as B-7F3K2M9Q")
    talking.applicant_argument(applied)
    register_options(applied)
    register_options(command(made, "list", "list people approached that you may read", _list))


def _approach(made: Commands) -> None:
    approach = command(
        made,
        "approach",
        "note one person to approach; writes the notice they must get",
        _approached,
    )
    approach.add_argument("search", metavar="SEARCH", help="the search, such as U-7F3K2M9Q")
    approach.add_argument("notice", metavar="FILE", type=Path, help="the notice to write (HTML)")
    approach.add_argument("--name", required=True, help="the person's name")
    approach.add_argument("--where", required=True, help="where they advertise themselves")
    register_options(approach)


def _find(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import sourcing

    reason = talking.words_or_file(arguments.reason)
    with talking.sit_down(arguments) as desk:
        look = sourcing.find(
            desk,
            vacancy=arguments.vacancy,
            criteria=arguments.criterion,
            source=arguments.source,
            reason=reason,
        )
        lines = [f"{look.sourcing.id}  {look.sourcing.verdict}", f"  search for: {look.query}"]
        lines.append(f"  look at: {', '.join(place.title for place in look.where)}")
        lines += [f"  {one}" for one in look.instructions]
        talking.show(arguments, look.sourcing, *lines)
    return ExitCode.DONE


def _approached(arguments: argparse.Namespace) -> int:
    from recruitcheck.reports import page
    from recruitcheck.steps import sourcing

    with talking.sit_down(arguments) as desk:
        made, notice = sourcing.approach(
            desk, arguments.search, name=arguments.name, where=arguments.where
        )
        talking.write(arguments.notice, [page.html(notice)])
        talking.show(
            arguments,
            made,
            f"{made.id}  tell them by {made.told_by:%-d %B %Y}",
            f"  The notice is {arguments.notice}. Send it with the first contact.",
        )
    return ExitCode.DONE


def _told(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import sourcing

    with talking.sit_down(arguments) as desk:
        made = sourcing.told(desk, arguments.candidate, on=arguments.on)
        talking.show(arguments, made, f"{made.id}  told on {made.told_on:%-d %B %Y}")
    return ExitCode.DONE


def _applied(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import sourcing

    with talking.sit_down(arguments) as desk:
        made = sourcing.applied(desk, arguments.candidate, arguments.applicant)
        talking.show(arguments, made, f"{made.id}  frozen: they are applicant {made.applicant} now")
    return ExitCode.DONE


def _list(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import sourcing
    from recruitcheck.tui.tasks.sourcing import state

    with talking.sit_down(arguments) as desk:
        for one in sourcing.candidates(desk):
            talking.show(arguments, one, f"{one.id}  {one.name}  {state(one)}")
    return ExitCode.DONE
