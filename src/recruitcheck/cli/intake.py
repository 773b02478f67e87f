"""Commands up to the claim: vacancy, applicant, document, claim."""

from __future__ import annotations

import argparse
from pathlib import Path

from recruitcheck.cli import caseview, talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options
from recruitcheck.records import DocumentKind, Stage


def add(commands: Commands) -> None:
    """Add `vacancy`, `applicant`, `document` and `claim`."""
    vacancy = group(commands, "vacancy", "posts and their person specifications")
    _vacancy_add(vacancy)
    _vacancy_change(vacancy)
    register_options(command(vacancy, "list", "list the vacancies", _list_vacancies))
    applicant = group(commands, "applicant", "people who applied")
    _applicant_add(applicant)
    _applicant_change(applicant)
    listed = command(applicant, "list", "list the applicants whose cases you may read", _applicants)
    register_options(listed)
    whole = command(
        applicant, "show", "everything of one case that you may read, with its ids", caseview.show
    )
    talking.applicant_argument(whole)
    register_options(whole)
    document = group(commands, "document", "application documents")
    _document_add(document)
    shown = command(document, "show", "print a document's text", _show_document)
    shown.add_argument("document", metavar="DOCUMENT", help="the document")
    register_options(shown)
    _claim_mark(group(commands, "claim", "claims: exact words of an application document"))


def _vacancy_add(commands: Commands) -> None:
    made = command(commands, "add", "add a vacancy", _add_vacancy)
    made.add_argument("--reference", required=True, help="your reference of the post")
    made.add_argument("--title", required=True, help="the post")
    made.add_argument("--school", required=True, help="the school")
    made.add_argument(
        "--requirement",
        action="append",
        default=[],
        metavar="LINE",
        help="one line of the person specification; repeat for each",
    )
    made.add_argument(
        "--panel", action="append", default=[], metavar="NAME", help="a panel member; repeat"
    )
    made.add_argument("--notice", default="", metavar="TEXT", help="the notice, or @FILE")
    made.add_argument("--advert", default="", metavar="TEXT", help="the advertisement, or @FILE")
    made.add_argument(
        "--stage", choices=talking.choices(Stage), default=str(Stage.OPEN), help="where it stands"
    )
    made.add_argument("--closes", type=talking.day, metavar="DAY", help="closing day")
    register_options(made)


def _vacancy_change(commands: Commands) -> None:
    made = command(
        commands, "change", "change a vacancy's stage, dates or advertisement", _change_vacancy
    )
    made.add_argument("vacancy", metavar="VACANCY", help="the vacancy, such as V-7F3K2M9Q")
    made.add_argument("--stage", choices=talking.choices(Stage), help="where it stands")
    made.add_argument("--closes", type=talking.day, metavar="DAY", help="closing day")
    made.add_argument("--decided", type=talking.day, metavar="DAY", help="day of the appointment")
    made.add_argument("--advert", metavar="TEXT", help="the advertisement, or @FILE")
    register_options(made)


def _applicant_add(commands: Commands) -> None:
    made = command(commands, "add", "add an applicant to a vacancy", _add_applicant)
    made.add_argument("vacancy", metavar="VACANCY", help="the vacancy, such as V-7F3K2M9Q")
    made.add_argument("--name", required=True, help="the applicant's full name, or @FILE")
    made.add_argument(
        "--account",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="an address or handle the applicant gave; repeat",
    )
    made.add_argument("--under-18", action="store_true", help="the applicant is under 18")
    made.add_argument(
        "--notice-on", type=talking.day, metavar="DAY", help="when they were told about searches"
    )
    made.add_argument("--monitoring", default="", metavar="REFERENCE", help="monitoring form")
    register_options(made)


def _applicant_change(commands: Commands) -> None:
    made = command(commands, "change", "record what was not known before", _change_applicant)
    talking.applicant_argument(made)
    made.add_argument(
        "--notice-on", type=talking.day, metavar="DAY", help="when they were told about searches"
    )
    made.add_argument(
        "--account",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="an address or handle the applicant gave; repeat",
    )
    made.add_argument("--monitoring", metavar="REFERENCE", help="monitoring form")
    register_options(made)


def _document_add(commands: Commands) -> None:
    made = command(commands, "add", "add a PDF, DOCX or text document", _add_document)
    talking.applicant_argument(made)
    made.add_argument("file", metavar="FILE", type=Path, help="the file")
    made.add_argument(
        "--kind", choices=talking.choices(DocumentKind), default="cv", help="what it is"
    )
    made.add_argument("--title", default="", help="what it is called here")
    made.add_argument(
        "--countersigned-by", default="", metavar="NAME", help="for an interview note"
    )
    register_options(made)


def _claim_mark(commands: Commands) -> None:
    made = command(commands, "mark", "mark a claim in a document", _mark_claim)
    made.add_argument("document", metavar="DOCUMENT", help="the document")
    span = made.add_mutually_exclusive_group(required=True)
    span.add_argument("--quote", metavar="TEXT", help="the exact words, or @FILE, or - for input")
    span.add_argument("--span", metavar="START-END", help="offsets into the document's text")
    register_options(made)


def _add_vacancy(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import intake

    with talking.sit_down(arguments) as desk:
        vacancy = intake.add_vacancy(
            desk,
            reference=arguments.reference,
            title=arguments.title,
            school=arguments.school,
            requirements=arguments.requirement,
            panel=arguments.panel,
            notice_text=talking.words_or_file(arguments.notice),
            advertised_words=talking.words_or_file(arguments.advert),
            stage=Stage(arguments.stage),
            closes_on=arguments.closes,
        )
        lines = [f"  {line.id}  {line.text}" for line in vacancy.requirements]
        talking.show(arguments, vacancy, f"{vacancy.id}  {vacancy.title}", *lines)
    return ExitCode.DONE


def _change_vacancy(arguments: argparse.Namespace) -> int:
    from recruitcheck.errors import BadInput
    from recruitcheck.steps import intake

    advert = arguments.advert
    asked = {
        "stage": Stage(arguments.stage) if arguments.stage else None,
        "closes_on": arguments.closes,
        "decided_on": arguments.decided,
        "advertised_words": talking.words_or_file(advert).strip() if advert else None,
    }
    changes = {key: value for key, value in asked.items() if value is not None}
    if not changes:
        raise BadInput(
            "Nothing to change was given.", "Add --stage, --closes, --decided or --advert."
        )
    with talking.sit_down(arguments) as desk:
        vacancy = intake.change_vacancy(desk, arguments.vacancy, **changes)
        talking.show(arguments, vacancy, f"{vacancy.id}  {vacancy.title}, now {vacancy.stage}")
    return ExitCode.DONE


def _list_vacancies(arguments: argparse.Namespace) -> int:
    from recruitcheck.records import Vacancy

    with talking.sit_down(arguments) as desk:
        for one in desk.all(Vacancy):
            talking.show(arguments, one, f"{one.id}  {one.stage:<11} {one.title}, {one.school}")
    return ExitCode.DONE


def _add_applicant(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import intake

    with talking.sit_down(arguments) as desk:
        applicant = intake.add_applicant(
            desk,
            arguments.vacancy,
            name=talking.words_or_file(arguments.name),
            accounts=arguments.account,
            adult=not arguments.under_18,
            notice_on=arguments.notice_on,
            monitoring_reference=arguments.monitoring,
        )
        talking.show(arguments, applicant, applicant.id)
    return ExitCode.DONE


def _change_applicant(arguments: argparse.Namespace) -> int:
    from recruitcheck.errors import BadInput
    from recruitcheck.steps import intake

    if not (arguments.notice_on or arguments.account or arguments.monitoring):
        raise BadInput(
            "Nothing to change was given.", "Add --notice-on, --account or --monitoring."
        )
    with talking.sit_down(arguments) as desk:
        if arguments.notice_on:
            applicant = intake.record_notice(desk, arguments.applicant, arguments.notice_on)
        if arguments.account:
            applicant = intake.add_accounts(desk, arguments.applicant, arguments.account)
        if arguments.monitoring:
            applicant = intake.record_monitoring_reference(
                desk, arguments.applicant, arguments.monitoring
            )
        talking.show(arguments, applicant, applicant.id)
    return ExitCode.DONE


def _applicants(arguments: argparse.Namespace) -> int:
    from recruitcheck.records import Applicant

    with talking.sit_down(arguments) as desk:
        for one in desk.all(Applicant):
            told = f"told {one.notice_on}" if one.notice_on else "not told yet"
            # whoever reads this list may read the case, and so the name
            talking.show(arguments, one, f"{one.id}  {one.vacancy}  {one.name}  {told}")
    return ExitCode.DONE


def _add_document(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import intake

    data = talking.file_bytes(arguments.file)
    with talking.sit_down(arguments) as desk:
        document = intake.add_document(
            desk,
            arguments.applicant,
            kind=DocumentKind(arguments.kind),
            filename=arguments.file.name,
            data=data,
            title=arguments.title,
            countersigned_by=arguments.countersigned_by,
        )
        pages = len(document.pages)
        talking.show(arguments, document, f"{document.id}  {document.title}, {pages} page(s)")
    return ExitCode.DONE


def _show_document(arguments: argparse.Namespace) -> int:
    from recruitcheck.records import Document

    with talking.sit_down(arguments) as desk:
        document = desk.get(Document, arguments.document)
        talking.show(arguments, document, document.text)
    return ExitCode.DONE


def _mark_claim(arguments: argparse.Namespace) -> int:
    from recruitcheck.records import Document
    from recruitcheck.steps import intake

    with talking.sit_down(arguments) as desk:
        document = desk.get(Document, arguments.document)
        if arguments.quote is not None:
            start, end = intake.find_span(document, talking.words_or_file(arguments.quote).strip())
        else:
            start, end = _span(arguments.span)
        claim = intake.mark_claim(desk, document.id, start, end)
        talking.show(arguments, claim, f"{claim.id}  {claim.nature}")
        say(intake.nature_words(claim.nature))
    return ExitCode.DONE


def _span(text: str) -> tuple[int, int]:
    from recruitcheck.errors import BadInput

    start, dash, end = text.partition("-")
    if not (dash and start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        raise BadInput("The span is not two numbers.", "Write it as START-END, such as 120-164.")
    return int(start), int(end)
