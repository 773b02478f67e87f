"""Vacancy, applicant, document, notice: what is there before anybody may ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from recruitcheck.errors import BadInput
from recruitcheck.records import DocumentKind, Stage, Vacancy
from recruitcheck.tui.questions import Ask, Task, day, in_words, place, written

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk

DOCUMENT_KINDS = (
    (DocumentKind.CV, "CV"),
    (DocumentKind.FORM, "application form"),
    (DocumentKind.LETTER, "letter"),
    (DocumentKind.INTERVIEW_NOTE, "interview note, countersigned"),
    (DocumentKind.SUPPLIED, "what the applicant sent when asked"),
)
_LARGEST = 32 * 1024 * 1024
"""Bytes that are read at all, as many as a browser may send; what reads them allows less."""
STAGES = (
    (Stage.OPEN, "open: applications come in; no searching yet"),
    (Stage.SHORTLISTED, "shortlisted: searching is possible"),
    (Stage.INTERVIEW, "interview: searching is possible"),
    (Stage.OFFER, "offer: searching is possible"),
    (Stage.CLOSED, "closed: decided; no more searching"),
)


def vacancy(desk: Desk) -> Task:
    """Add a vacancy."""
    people = [p for p in desk.register.people() if not p.left_at]

    return Task(
        id="vacancy",
        title="Add a vacancy",
        button="Add the vacancy",
        record=_add_vacancy,
        intro="What the post asks for is what a search may be about; nothing else.",
        done=lambda made: f"Added: {made.title}.",
        asks=(
            Ask(id="title", label="Post", help="The job title as advertised."),
            Ask(id="school", label="School"),
            Ask(id="reference", label="Reference", help="Your own number for this vacancy."),
            Ask(
                id="requirements",
                label="Person specification, one line each",
                kind="text",
                help="Copy the lines of the person specification. Every search must name one.",
            ),
            Ask(
                id="panel",
                label="Interview panel, names apart by commas",
                required=False,
                help="People here who interview. They may ask, but never look. Known: "
                + ", ".join(p.name for p in people),
            ),
            Ask(id="stage", label="Stage", kind="pick", options=in_words(STAGES), initial="open"),
            Ask(id="closes", label="Closing date", kind="date", required=False),
            _advertised(),
        ),
    )


def _add_vacancy(desk: Desk, answers: Mapping[str, str]) -> Vacancy:
    from recruitcheck.steps import intake

    return intake.add_vacancy(
        desk,
        reference=answers["reference"],
        title=answers["title"],
        school=answers["school"],
        requirements=[line for line in answers["requirements"].splitlines() if line.strip()],
        panel=[name.strip() for name in answers["panel"].split(",") if name.strip()],
        advertised_words=answers["advertised"],
        stage=Stage(answers["stage"] or "open"),
        closes_on=day(answers["closes"]),
    )


def stage(desk: Desk, vacancy_id: str) -> Task:
    """Change the stage of a vacancy, the day of its decision, the words of its advertisement."""
    held = desk.get(Vacancy, vacancy_id)

    def record(desk: Desk, answers: Mapping[str, str]) -> Vacancy:
        from recruitcheck.steps import intake

        decided = day(answers["decided"])
        return intake.change_vacancy(
            desk,
            vacancy_id,
            stage=Stage(answers["stage"]),
            advertised_words=answers["advertised"].strip(),
            **({"decided_on": decided} if decided else {}),
        )

    return Task(
        id="stage",
        title="Stage",
        button="Change the stage",
        record=record,
        intro=f"{held.title}, {held.school}. Searching is possible from shortlisted to offer.",
        done=lambda made: f"{made.title} is now {made.stage}.",
        asks=(
            Ask(
                id="stage",
                label="Stage",
                kind="pick",
                options=in_words(STAGES),
                initial=str(held.stage),
            ),
            Ask(
                id="decided",
                label="Decided on",
                kind="date",
                required=False,
                help="The day of the appointment decision; where the post is closed without one, "
                "today. From it the time counts after which everything is destroyed.",
                initial=str(held.decided_on or ""),
            ),
            _advertised(held.advertised_words),
        ),
    )


def _advertised(words: str = "") -> Ask:
    return Ask(
        id="advertised",
        label="Words of the advertisement",
        kind="text",
        required=False,
        help="Only needed to find candidates: the criteria as they were advertised.",
        initial=words,
    )


def applicant(desk: Desk, vacancy_id: str = "") -> Task:
    """Add an applicant."""
    posts = [v for v in desk.all(Vacancy) if v.stage is not Stage.CLOSED]

    return Task(
        id="applicant",
        title="Add an applicant",
        button="Add the applicant",
        record=_add_applicant,
        intro="In the ledger the applicant stands under a short code, never under a name.",
        done=lambda made: f"Added as {made.id}.",
        asks=(
            Ask(
                id="vacancy",
                label="Applied for",
                kind="pick",
                options=tuple((v.id, f"{v.title}, {v.school}") for v in posts),
                initial=vacancy_id or (posts[0].id if len(posts) == 1 else ""),
            ),
            Ask(id="name", label="Name", help="As on the application."),
            Ask(
                id="notice",
                label="Told about searches on",
                kind="date",
                required=False,
                help="The day the applicant was told that claims may be checked online, for "
                "example the day they got the notice with the form. No notice, no search.",
            ),
            Ask(
                id="accounts",
                label="Addresses they gave, one line each",
                kind="text",
                required=False,
                help="Only what the applicant wrote down for you.",
            ),
            Ask(id="minor", label="Under 18", kind="tick", required=False),
            Ask(
                id="monitoring",
                label="Reference of the monitoring form",
                required=False,
                help="Sealed to the equality reviewers; nobody else can read it, you included.",
            ),
        ),
    )


def _add_applicant(desk: Desk, answers: Mapping[str, str]) -> object:
    from recruitcheck.steps import intake

    return intake.add_applicant(
        desk,
        answers["vacancy"],
        name=answers["name"],
        accounts=[a.strip() for a in answers["accounts"].splitlines() if a.strip()],
        adult=answers["minor"] != "yes",
        notice_on=day(answers["notice"]),
        monitoring_reference=answers["monitoring"],
    )


def document(desk: Desk, applicant_id: str) -> Task:
    """Add an application document from a file or as pasted text."""
    del desk

    return Task(
        id="document",
        title="Add a document",
        button="Read and seal it",
        record=lambda desk, answers: _add_document(desk, applicant_id, answers),
        intro="PDF, Word (.docx) or text. Only its words are kept, sealed; pictures and layout "
        "are not.",
        done=lambda made: f"Read and sealed: {made.title}.",
        file_for="file",
        asks=(
            Ask(
                id="kind",
                label="What is it?",
                kind="pick",
                options=in_words(DOCUMENT_KINDS),
                initial="cv",
            ),
            Ask(
                id="file",
                label="File on this computer",
                required=False,
                help="Where the file lies, such as Downloads/cv.pdf.",
            ),
            Ask(id="text", label="Or paste the text here", kind="text", required=False),
            Ask(id="title", label="What to call it", required=False),
            Ask(
                id="second",
                label="Countersigned by",
                required=False,
                help="Only for an interview note: the second person who heard it.",
            ),
        ),
    )


def _add_document(desk: Desk, applicant_id: str, answers: Mapping[str, str]) -> object:
    from recruitcheck.steps import intake

    path, text = answers["file"].strip(), answers["text"]
    if bool(path) == bool(text.strip()):
        raise BadInput(
            "Give a file or paste the text: one of the two.", "Leave the other field empty."
        )
    if path:
        data = read_file(path)
        filename = Path(path).name
    else:
        data, filename = text.encode(), "pasted.txt"
    kind = DocumentKind(answers["kind"])
    titles = {str(value): words for value, words in DOCUMENT_KINDS}
    return intake.add_document(
        desk,
        applicant_id,
        kind=kind,
        filename=filename,
        data=data,
        title=answers["title"] or (titles[str(kind)] if not path else filename),
        countersigned_by=answers["second"],
    )


def notice(desk: Desk, applicant_id: str) -> Task:
    """Record that the applicant was told."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import intake

        told = day(answers["told"])
        return intake.record_notice(desk, applicant_id, told or desk.today)

    return Task(
        id="notice",
        title="Notice",
        button="Record the notice",
        record=record,
        intro="No notice on record, no search. The notice says that claims in the application may "
        "be checked online, where, why, and for how long what is found is kept.",
        asks=(
            Ask(
                id="told", label="Told about searches on", kind="date", initial=written(desk.today)
            ),
        ),
    )


def accounts(desk: Desk, applicant_id: str) -> Task:
    """Add addresses the applicant gave when asked."""
    del desk

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import intake

        return intake.add_accounts(desk, applicant_id, answers["accounts"].splitlines())

    return Task(
        id="accounts",
        title="Addresses",
        button="Add them",
        record=record,
        intro="Only what the applicant wrote down for you when asked; nothing you found yourself.",
        asks=(Ask(id="accounts", label="Addresses or handles, one line each", kind="text"),),
    )


def monitoring(desk: Desk, applicant_id: str) -> Task:
    """Add the reference of the monitoring form, or put it right."""
    del desk

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import intake

        return intake.record_monitoring_reference(desk, applicant_id, answers["reference"])

    return Task(
        id="monitoring",
        title="Monitoring form",
        button="Add it",
        record=record,
        intro="The reference printed on the form that the applicant got. It is sealed to the "
        "equality reviewers; nobody else can read it, you included.",
        asks=(Ask(id="reference", label="Reference of the monitoring form"),),
    )


def read_file(path: str) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        BadInput: it is not a file, too large, or cannot be read.
    """
    file = place(path)
    if not file.is_file():
        raise BadInput("There is no such file.", "Check the name, or choose the file again.")
    if file.stat().st_size > _LARGEST:
        raise BadInput(
            f"The file is larger than {_LARGEST // 2**20} MB.",
            "Save it smaller, or paste its text.",
        )
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{file.name}: {error.strerror or 'it cannot be read'}.",
            "Check who may read it, or copy it to another place.",
        ) from None
