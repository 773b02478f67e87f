"""What applicants ask for: answers to objections, restriction, correction, erasure, an end."""

from __future__ import annotations

import argparse

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode
from recruitcheck.cli.talking import Commands, command, group, register_options


def add(commands: Commands) -> None:
    """Add `rights`."""
    rights = group(commands, "rights", "what an applicant asked for, and the answer")
    listed = command(rights, "list", "list objections and restrictions", _list)
    listed.add_argument("--all", action="store_true", help="answered ones too")
    register_options(listed)
    answer = command(rights, "answer", "answer an objection or a restriction", _answer)
    answer.add_argument("objection", metavar="OBJECTION", help="such as O-7F3K2M9Q")
    answer.add_argument("verdict", choices=("upheld", "refused"), help="does searching stay off?")
    answer.add_argument("--why", required=True, metavar="TEXT", help="the answer, or @FILE, or -")
    register_options(answer)
    restrict = command(
        rights,
        "restrict",
        "record that what was found may not be used, nor destroyed, for now",
        _restrict,
    )
    talking.applicant_argument(restrict)
    _said(restrict)
    correct = command(rights, "correct", "put the applicant's words beside a finding", _correct)
    correct.add_argument("finding", metavar="FINDING", help="such as F-7F3K2M9Q; or the applicant")
    _said(correct)
    close = command(rights, "close", "record that an access request was answered", _close)
    talking.applicant_argument(close)
    close.add_argument("--why", default="answered", metavar="TEXT", help="how, or @FILE")
    register_options(close)
    erase = command(
        rights,
        "erase",
        "destroy an applicant's records early, because they asked for it",
        _erase,
        more="It cannot be undone. Asks first on a terminal; elsewhere it needs --yes.",
    )
    talking.applicant_argument(erase)
    erase.add_argument("--yes", action="store_true", help="do not ask")
    register_options(erase)


def _said(parser: argparse.ArgumentParser) -> None:
    """Add what the applicant wrote, and when it came."""
    parser.add_argument("--text", required=True, help="what they wrote, or @FILE, or -")
    parser.add_argument("--received-on", type=talking.day, metavar="DAY", help="default: today")
    register_options(parser)


def _list(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import rights

    with talking.sit_down(arguments) as desk:
        for one in rights.objections(desk, open_only=not arguments.all):
            state = "answered" if one.answered_at else "open"
            words = f"{one.id}  {one.received_on}  {one.applicant}  {one.kind}  {state}"
            talking.show(arguments, one, words)
    return ExitCode.DONE


def _answer(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import rights

    why = talking.words_or_file(arguments.why)
    with talking.sit_down(arguments) as desk:
        made = rights.answer_objection(
            desk, arguments.objection, why, upheld=arguments.verdict == "upheld"
        )
        goes_on = "searching stays stopped" if made.upheld else "searching may go on"
        talking.show(arguments, made, f"{made.id}  answered; {goes_on} for {made.applicant}")
    return ExitCode.DONE


def _restrict(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import rights

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        made = rights.restrict(desk, arguments.applicant, text, received_on=arguments.received_on)
        talking.show(arguments, made, f"{made.id}  {made.applicant} is restricted and on hold.")
    return ExitCode.DONE


def _correct(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import rights

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        made = rights.correct(desk, arguments.finding, text, received_on=arguments.received_on)
        talking.show(arguments, made, f"{made.id}  stands beside {made.finding}.")
    return ExitCode.DONE


def _close(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import rights

    why = talking.words_or_file(arguments.why)
    with talking.sit_down(arguments) as desk:
        hold = rights.close_request(desk, arguments.applicant, why=why)
        talking.show(arguments, hold, f"{hold.applicant}: the request is closed, the clock runs.")
    return ExitCode.DONE


def _erase(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import retention

    with talking.sit_down(arguments) as desk:
        talking.sure(f"Destroy the records of {arguments.applicant} for good?", arguments.yes)
        made = retention.erase(desk, arguments.applicant)
        talking.show(arguments, made, f"{made.applicant}: {made.boxes} texts destroyed.")
    return ExitCode.DONE
