"""Commands that finish a check: finding, reply, panel line."""

from __future__ import annotations

import argparse

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode
from recruitcheck.cli.talking import Commands, command, group, register_options
from recruitcheck.records import Result, Weight


def add(commands: Commands) -> None:
    """Add `finding`, `reply` and `panel`."""
    made = command(commands, "finding", "record what the evidence says of a claim", _finding)
    talking.grant_argument(made)
    made.add_argument("result", choices=talking.choices(Result), help="what it says")
    made.add_argument(
        "--identity",
        default="",
        metavar="TEXT",
        help="the address, handle or title of the applicant's by which it is the same person",
    )
    made.add_argument(
        "--evidence",
        action="append",
        default=[],
        metavar="EVIDENCE",
        help="what it rests on; repeat (default: all that was kept)",
    )
    made.add_argument("--note", default="", metavar="TEXT", help="a note, or @FILE")
    register_options(made)
    _reply(commands)
    panel = command(commands, "panel", "give the panel its one line", _panel)
    panel.add_argument("finding", metavar="FINDING", help="the finding")
    register_options(panel)


def _reply(commands: Commands) -> None:
    reply = group(commands, "reply", "the applicant's reply to a contradiction")
    invite = command(reply, "invite", "invite the applicant to reply; prints the letter", _invite)
    invite.add_argument("finding", metavar="FINDING", help="the finding")
    register_options(invite)
    record = command(reply, "record", "record what the applicant answered", _record)
    record.add_argument("reply", metavar="REPLY", help="the reply")
    record.add_argument("--text", required=True, help="the answer, or @FILE, or -")
    register_options(record)
    lapse = command(reply, "lapse", "record that no reply came in time", _lapse)
    lapse.add_argument("reply", metavar="REPLY", help="the reply")
    register_options(lapse)
    weigh = command(reply, "weigh", "record how the reply was weighed", _weigh)
    weigh.add_argument("reply", metavar="REPLY", help="the reply")
    weigh.add_argument("--text", required=True, help="a sentence or two, or @FILE, or -")
    weigh.add_argument(
        "--outcome",
        choices=[str(weight) for weight in Weight],
        default=str(Weight.OPEN),
        help="what came of it: the contradiction differs still, the answer settled it, or it stays "
        "open (where nobody says)",
    )
    register_options(weigh)
    close = command(reply, "close", "close a weighed reply", _close)
    close.add_argument("reply", metavar="REPLY", help="the reply")
    register_options(close)


def _finding(arguments: argparse.Namespace) -> int:
    from recruitcheck.records import Evidence, Grant
    from recruitcheck.steps import finding

    with talking.sit_down(arguments) as desk:
        grant = desk.get(Grant, arguments.grant)
        kept = [one.id for one in desk.all(Evidence, grant.applicant) if one.grant == grant.id]
        unfound = arguments.result == Result.NOT_FOUND
        made = finding.record(
            desk,
            claim=grant.claim,
            grant=arguments.grant,
            result=Result(arguments.result),
            identity=arguments.identity,
            evidence=arguments.evidence or ([] if unfound else kept),
            note=talking.words_or_file(arguments.note),
        )
        talking.show(arguments, made, f"{made.id}  {made.result}")
    return ExitCode.DONE


def _invite(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import finding

    with talking.sit_down(arguments) as desk:
        reply, letter = finding.invite_reply(desk, arguments.finding)
        due = f"{reply.id}  {reply.state}, until {reply.due_on:%-d %B %Y}"
        talking.show(arguments, {**talking.plain(reply), "letter": letter}, due, "", letter)
    return ExitCode.DONE


def _record(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import finding

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        reply = finding.record_reply(desk, arguments.reply, text)
        talking.show(arguments, reply, f"{reply.id}  {reply.state}")
    return ExitCode.DONE


def _lapse(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import finding

    with talking.sit_down(arguments) as desk:
        reply = finding.lapse(desk, arguments.reply)
        talking.show(arguments, reply, f"{reply.id}  {reply.state}")
    return ExitCode.DONE


def _weigh(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import finding

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        reply = finding.weigh(desk, arguments.reply, text, Weight(arguments.outcome))
        talking.show(arguments, reply, f"{reply.id}  {reply.state}")
    return ExitCode.DONE


def _close(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import finding

    with talking.sit_down(arguments) as desk:
        reply = finding.close(desk, arguments.reply)
        talking.show(arguments, reply, f"{reply.id}  {reply.state}")
    return ExitCode.DONE


def _panel(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import finding

    with talking.sit_down(arguments) as desk:
        line = finding.panel_line(desk, arguments.finding)
        talking.show(arguments, line, f"{line.id}  {line.text}")
    return ExitCode.DONE
