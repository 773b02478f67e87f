"""Commands that hand something out: reports, bundles, packs, certificates; and what comes in.

That a paper was made is an entry before the paper exists (`steps.oversight.disclose`).
"""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options

_FORMS = ("html", "csv", "md")


def add(commands: Commands) -> None:
    """Add `equality`, `access-bundle`, `objection`, `breach`, `breach-pack` and `certificate`."""
    equality = group(commands, "equality", "figures that recruiters never see")
    report = command(equality, "report", "write the quarter's equality report", _equality)
    report.add_argument("--format", choices=_FORMS, help="default: by the file's ending")
    report.add_argument("file", metavar="FILE", type=Path, help="the file to write")
    report.add_argument("--day", type=talking.day, metavar="DAY", help="a day of the quarter")
    register_options(report)
    taken = command(equality, "import", "import monitoring answers from a CSV file", _import)
    taken.add_argument("file", metavar="FILE", type=Path, help="the CSV file")
    register_options(taken)
    _about_applicants(commands)
    _about_incidents(commands)


def _about_applicants(commands: Commands) -> None:
    bundle = command(
        commands,
        "access-bundle",
        "write everything held about an applicant",
        _bundle,
        more="Destruction is paused until the request is answered.",
    )
    talking.applicant_argument(bundle)
    bundle.add_argument("folder", metavar="DIR", type=Path, help="a new folder")
    bundle.add_argument("--asked-on", type=talking.day, metavar="DAY", help="default: today")
    bundle.add_argument(
        "--identity", default="", metavar="TEXT", help="how you know it is them, for the letter"
    )
    register_options(bundle)
    objection = command(
        commands, "objection", "record that an applicant objects; searching stops", _objection
    )
    talking.applicant_argument(objection)
    objection.add_argument("--text", required=True, help="what they wrote, or @FILE, or -")
    objection.add_argument("--received-on", type=talking.day, metavar="DAY", help="default: today")
    register_options(objection)
    certificate = command(
        commands, "certificate", "write the certificate of a destruction (HTML)", _certificate
    )
    talking.applicant_argument(certificate)
    certificate.add_argument("file", metavar="FILE", type=Path, help="the file to write")
    register_options(certificate)


def _about_incidents(commands: Commands) -> None:
    breach = command(commands, "breach", "open a breach report; the 72 hours begin to run", _breach)
    for option, does in (
        ("--what", "what happened"),
        ("--people", "whom it concerns, by kind and number"),
        ("--effect", "what it may lead to"),
        ("--containment", "what was done at once"),
    ):
        breach.add_argument(option, required=True, metavar="TEXT", help=f"{does}, or @FILE")
    breach.add_argument(
        "--aware-at", type=_moment, metavar="TIME", help="when it was noticed (default: now)"
    )
    breach.add_argument(
        "--entry", type=int, action="append", default=[], metavar="N", help="an entry; repeat"
    )
    breach.add_argument("--clause", default="", metavar="CLAUSE", help="misuse: clause broken")
    breach.add_argument("--person", default="", metavar="NAME", help="misuse: whose act it was")
    register_options(breach)
    update = command(
        commands, "breach-update", "add to a breach or misuse report what became known", _update
    )
    update.add_argument("breach", metavar="BREACH", help="the report, such as I-7F3K2M9Q")
    for option, does in (
        ("--told", "who was told, and when"),
        ("--lessons", "what is learned from it, or why it need not be reported"),
        ("--containment", "what else was done"),
        ("--decision", "what the headteacher decided"),
    ):
        update.add_argument(option, default="", metavar="TEXT", help=f"{does}, or @FILE")
    update.add_argument(
        "--reported-at", type=_moment, metavar="TIME", help="when the Commissioner was told"
    )
    register_options(update)
    pack = command(
        commands,
        "breach-pack",
        "write a ZIP that an investigator can work with, without any passphrase",
        _pack,
    )
    pack.add_argument("file", metavar="FILE", type=Path, help="the ZIP to write")
    pack.add_argument("--filter", default="", metavar="TEXT", help="which requests, as in audit")
    pack.add_argument("--recipient", default="investigation", metavar="NAME", help="for whom")
    register_options(pack)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 2026-05-04T09:30") from None


def _equality(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import quarter

    form = talking.form_of(arguments, _FORMS)
    with talking.sit_down(arguments) as desk:
        pieces = quarter.export_equality(desk, form, day=arguments.day, progress=say)
        talking.write(arguments.file, pieces)
    say(f"Written to {arguments.file}.")
    return ExitCode.DONE


def _import(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import monitoring

    data = talking.file_bytes(arguments.file)
    with talking.sit_down(arguments) as desk:
        people = monitoring.import_monitoring(desk, data)
        talking.show(arguments, {"people": people}, f"{people} answer(s) imported.")
    say("Destroy the file now; its content is sealed in the register.")
    return ExitCode.DONE


def _bundle(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import rights

    with talking.sit_down(arguments) as desk:
        made = rights.access_bundle(
            desk,
            arguments.applicant,
            arguments.folder,
            identity=arguments.identity.strip(),
            asked_on=arguments.asked_on,
        )
        talking.show(arguments, made, f"Written to {arguments.folder}.")
    if not arguments.identity.strip():
        say("The letter leaves open how you know that it is them: fill it in before you send it.")
    return ExitCode.DONE


def _objection(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import rights

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        made = rights.object_to(desk, arguments.applicant, text, received_on=arguments.received_on)
        talking.show(arguments, made, f"{made.id}  searching has stopped for {made.applicant}")
    return ExitCode.DONE


def _certificate(arguments: argparse.Namespace) -> int:
    from recruitcheck.reports import page
    from recruitcheck.steps import incidents

    with talking.sit_down(arguments) as desk:
        talking.write(arguments.file, [page.html(incidents.certificate(desk, arguments.applicant))])
    say(f"Written to {arguments.file}.")
    return ExitCode.DONE


def _breach(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import incidents, people

    text = talking.words_or_file
    with talking.sit_down(arguments) as desk:
        made = incidents.report_breach(
            desk,
            what=text(arguments.what),
            aware_at=arguments.aware_at or desk.now,
            people=text(arguments.people),
            effect=text(arguments.effect),
            containment=text(arguments.containment),
            entries=arguments.entry,
            clause=arguments.clause,
            person=people.person(desk, arguments.person).id if arguments.person else "",
        )
        talking.show(
            arguments, made, f"{made.id}  the 72 hours run from {made.aware_at:%Y-%m-%d %H:%M %Z}"
        )
    return ExitCode.DONE


def _update(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import incidents

    text = talking.words_or_file
    with talking.sit_down(arguments) as desk:
        made = incidents.update_breach(
            desk,
            arguments.breach,
            told=text(arguments.told),
            lessons=text(arguments.lessons),
            containment=text(arguments.containment),
            decision=text(arguments.decision),
            reported_at=arguments.reported_at,
        )
        talking.show(arguments, made, f"{made.id}  brought up to date.")
    return ExitCode.DONE


def _pack(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import incidents

    with talking.sit_down(arguments) as desk:
        files = incidents.breach_pack(
            desk, arguments.file, filter=arguments.filter, recipient=arguments.recipient
        )
        made = {"file": str(arguments.file), "files": list(files)}
        talking.show(arguments, made, f"{arguments.file}: {len(files)} file(s).")
    return ExitCode.DONE
