"""Commands for HR: retention and holds."""

from __future__ import annotations

import argparse

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options


def add(commands: Commands) -> None:
    """Add `retention` and `hold`."""
    retention = group(commands, "retention", "what must be destroyed, and when")
    due = command(retention, "due", "list what is due for destruction", _due)
    due.add_argument("--within", type=int, default=0, metavar="DAYS", help="also what is due soon")
    register_options(due)
    run = command(
        retention,
        "run",
        "destroy what is due and not held, for good",
        _run,
        more="On a terminal it shows what goes and asks first.",
    )
    run.add_argument("--dry-run", action="store_true", help="only list what would be destroyed")
    run.add_argument("--yes", action="store_true", help="do not ask")
    run.add_argument(
        "--applicant", action="append", metavar="APPLICANT", help="only this one; repeat"
    )
    register_options(run)
    hold = group(commands, "hold", "pauses of destruction")
    on = command(hold, "set", "pause destruction for one applicant", _hold)
    talking.applicant_argument(on)
    on.add_argument(
        "cause", metavar="CAUSE", help="legal-hold, access-request, complaint, claim or restriction"
    )
    on.add_argument("--note", default="", metavar="TEXT", help="a note for HR, or @FILE")
    register_options(on)
    register_options(command(hold, "list", "list the holds in force", _holds))
    lift = command(hold, "lift", "let the clock run again", _lift)
    lift.add_argument("hold", metavar="HOLD", help="the hold, such as H-7F3K2M9Q")
    lift.add_argument("--why", default="", metavar="TEXT", help="the reason, or @FILE")
    register_options(lift)


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
        ready = retention.ready(desk, arguments.applicant)
        if arguments.dry_run:
            for due in ready:
                talking.show(arguments, due, f"{due.applicant}  {due.because}")
            say(f"{len(ready)} would be destroyed; nothing was.")
            return ExitCode.DONE
        if ready:
            names = ", ".join(due.applicant for due in ready[:12]) + ", …" * (len(ready) > 12)
            question = f"Destroy the records of {len(ready)} for good ({names})?"
            talking.sure(question, arguments.yes or arguments.json, needed=False)
        destroyed = retention.run(desk, [due.applicant for due in ready], progress=progress)
        for one in destroyed:
            words = f"{one.applicant}  {one.boxes} texts, {one.wraps} keys, {one.files} files"
            talking.show(arguments, one, words)
        say(f"{len(destroyed)} destroyed.")
        if kept := len(ready) - len(destroyed):
            say(f"{kept} put on hold meanwhile, and kept.")
    return ExitCode.DONE


def _hold(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import retention

    note = talking.words_or_file(arguments.note)
    with talking.sit_down(arguments) as desk:
        hold = retention.hold(desk, arguments.applicant, arguments.cause, note=note)
        talking.show(arguments, hold, f"{hold.id}  {hold.applicant} is on hold.")
    return ExitCode.DONE


def _holds(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import retention

    with talking.sit_down(arguments) as desk:
        for one in retention.holds(desk):
            words = f"{one.id}  {one.applicant}  {one.cause}  since {one.since:%Y-%m-%d}"
            talking.show(arguments, one, words)
    return ExitCode.DONE


def _lift(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import retention

    with talking.sit_down(arguments) as desk:
        hold = retention.lift(desk, arguments.hold, why=talking.words_or_file(arguments.why))
        talking.show(arguments, hold, f"{hold.applicant}: the clock runs again.")
    return ExitCode.DONE
