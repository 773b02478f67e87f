"""Commands for HR: the audit list, retention, holds."""

from __future__ import annotations

import argparse
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options

_FILTER = (
    "key:value or -key:value with state, by, school, vacancy, applicant, ground, decision, rule, "
    "before, after; a bare word is looked for in all of these (not in quotes or reasons, which are "
    "sealed); all joined by and"
)


def add(commands: Commands) -> None:
    """Add `audit`, `retention` and `hold`."""
    audit = group(commands, "audit", "what was asked for, permitted or not")
    listed = command(audit, "list", "list requests, oldest first", _list)
    listed.add_argument("--filter", default="", metavar="TEXT", help=_FILTER)
    register_options(listed)
    export = command(
        audit, "export", "write the list to a file; that it was made is an entry", _out
    )
    export.add_argument("--format", choices=("csv", "jsonl", "html"), required=True, help="which")
    export.add_argument("file", metavar="FILE", type=Path, help="the file to write")
    export.add_argument("--filter", default="", metavar="TEXT", help=_FILTER)
    export.add_argument("--recipient", default="", metavar="NAME", help="whom it is for")
    register_options(export)
    retention = group(commands, "retention", "what must be destroyed, and when")
    due = command(retention, "due", "list what is due for destruction", _due)
    due.add_argument("--within", type=int, default=0, metavar="DAYS", help="also what is due soon")
    register_options(due)
    run = command(retention, "run", "destroy what is due and not held, for good", _run)
    run.add_argument(
        "--applicant", action="append", metavar="APPLICANT", help="only this one; repeat"
    )
    register_options(run)
    hold = group(commands, "hold", "pauses of destruction")
    on = command(hold, "set", "pause destruction for one applicant", _hold)
    on.add_argument("applicant", metavar="APPLICANT", help="the applicant's pseudonym")
    on.add_argument(
        "cause", metavar="CAUSE", help="legal-hold, access-request, complaint, claim or restriction"
    )
    on.add_argument("--note", default="", metavar="TEXT", help="a note for HR, or @FILE")
    register_options(on)
    lift = command(hold, "lift", "let the clock run again", _lift)
    lift.add_argument("hold", metavar="HOLD", help="the hold, such as H-7F3K2M9Q")
    lift.add_argument("--why", default="", metavar="TEXT", help="the reason, or @FILE")
    register_options(lift)


def _list(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import oversight
    from recruitcheck.steps.audit_export import as_json

    with talking.sit_down(arguments) as desk:
        rows = oversight.audit(desk, arguments.filter)
        for row in rows:
            about = f"{row.decision or row.state:<9} {row.applicant or '-':<7} {row.vacancy}"
            rules = ", ".join(row.rule)
            talking.show(arguments, as_json(row), f"{row.at:%Y-%m-%d %H:%M}  {about}  {rules}")
        say(f"{len(rows)} line(s).")
    return ExitCode.DONE


def _out(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import oversight

    with talking.sit_down(arguments) as desk:
        pieces = oversight.export(
            desk, arguments.format, filter=arguments.filter, recipient=arguments.recipient
        )
        talking.write(arguments.file, pieces)
    say(f"Written to {arguments.file}.")
    return ExitCode.DONE


def _due(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import retention

    with talking.sit_down(arguments) as desk:
        found = retention.due(desk, within_days=arguments.within)
        for one in found:
            held = f", held: {', '.join(one.held)}" if one.held else ""
            talking.show(arguments, one, f"{one.on}  {one.applicant}  {one.because}{held}")
        if not found:
            say("Nothing is due for destruction.")
        shown = {one.applicant for one in found}
        for pause in retention.holds(desk):
            if pause.applicant not in shown:
                say(f"Not due, and on hold: {pause.applicant} ({pause.cause}, {pause.id})")
        for warning in retention.warnings(desk):
            say(warning)
    return ExitCode.DONE


def _run(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import retention

    def progress(done: int, total: int, who: str) -> None:
        if who:
            say(f"  {done + 1} of {total}: {who}")

    with talking.sit_down(arguments) as desk:
        destroyed = retention.run(desk, arguments.applicant, progress=progress)
        for one in destroyed:
            words = f"{one.applicant}  {one.boxes} texts, {one.wraps} keys, {one.files} files"
            talking.show(arguments, one, words)
        say(f"{len(destroyed)} destroyed.")
    return ExitCode.DONE


def _hold(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import retention

    note = talking.words_or_file(arguments.note)
    with talking.sit_down(arguments) as desk:
        hold = retention.hold(desk, arguments.applicant, arguments.cause, note=note)
        talking.show(arguments, hold, f"{hold.id}  {hold.applicant} is on hold.")
    return ExitCode.DONE


def _lift(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import retention

    with talking.sit_down(arguments) as desk:
        hold = retention.lift(desk, arguments.hold, why=talking.words_or_file(arguments.why))
        talking.show(arguments, hold, f"{hold.applicant}: the clock runs again.")
    return ExitCode.DONE
