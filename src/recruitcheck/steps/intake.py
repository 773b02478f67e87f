"""Vacancy, applicant, notice, document, claim: what must be there before anybody may ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from recruitcheck.errors import BadInput
from recruitcheck.records import (
    Applicant,
    Claim,
    Document,
    DocumentKind,
    Draft,
    MonitoringLink,
    Nature,
    Requirement,
    Stage,
    Vacancy,
)
from recruitcheck.steps import people
from recruitcheck.steps.desk import Desk, box, new_id


def add_vacancy(
    desk: Desk,
    *,
    reference: str,
    title: str,
    school: str,
    requirements: Sequence[str],
    panel: Sequence[str] = (),
    notice_text: str = "",
    advertised_words: str = "",
    stage: Stage = Stage.OPEN,
    closes_on: date | None = None,
) -> Vacancy:
    """Add a post with its person specification, its panel and the notice applicants get.

    `panel` holds ids of people here; the notice is the pack's own wording where none is given.

    Raises:
        NotPermitted: not this person's step.
        BadInput: a name or the person specification is missing.
        NotFound: nobody of that id or name is known, who was named for the panel.
    """
    desk.demand("vacancy.add")
    _filled(reference=reference, title=title, school=school)
    lines = tuple(
        Requirement(id=f"S{number}", text=text.strip())
        for number, text in enumerate(filter(str.strip, requirements), start=1)
    )
    if not lines:
        raise BadInput(
            "A vacancy needs at least one line of its person specification.",
            "Every search has to name the line that its claim bears on.",
        )
    vacancy = Vacancy(
        id=new_id("V"),
        reference=reference.strip(),
        title=title.strip(),
        school=school.strip(),
        requirements=lines,
        panel=tuple(people.person(desk, who).id for who in panel),
        stage=stage,
        notice_version=desk.pack.policy.notice.version,
        notice_text=notice_text.strip() or desk.pack.policy.notice.wording,
        advertised_words=advertised_words.strip(),
        opened_on=desk.today,
        closes_on=closes_on,
    )
    desk.enter(_about_vacancy("vacancy-added", vacancy))
    return vacancy


def change_vacancy(desk: Desk, vacancy: str, **changes: Any) -> Vacancy:
    """Change a vacancy: stage, panel, notice, dates. The earlier version stays in the ledger.

    Raises:
        NotPermitted: not this person's step.
        BadInput: a vacancy has no such part, or its id or reference would change.
        NotFound: there is no such vacancy, or nobody of a panel member's id or name.
    """
    desk.demand("vacancy.change")
    held = desk.get(Vacancy, vacancy)
    may = {
        "title",
        "panel",
        "stage",
        "notice_text",
        "advertised_words",
        "closes_on",
        "decided_on",
        "requirements",
    }
    if strange := sorted(set(changes) - may):
        raise BadInput(
            f"A vacancy's {strange[0]!r} cannot be changed.",
            f"These can: {', '.join(sorted(may))}.",
        )
    if "panel" in changes:
        changes["panel"] = tuple(people.person(desk, who).id for who in changes["panel"])
    if changes.get("stage") == Stage.CLOSED and not held.decided_on:
        changes.setdefault("decided_on", desk.today)
    decided, opened = changes.get("decided_on"), held.opened_on
    if decided and (decided > desk.today or (opened and decided < opened)):
        raise BadInput(
            "The day of the decision must lie between the vacancy's opening and today.",
            "Retention counts from that day; check the date.",
        )
    changed = replace(held, **changes)
    desk.enter(_about_vacancy("vacancy-changed", changed))
    return changed


def add_applicant(
    desk: Desk,
    vacancy: str,
    *,
    name: str,
    accounts: Sequence[str] = (),
    adult: bool = True,
    notice_on: date | None = None,
    monitoring_reference: str = "",
) -> Applicant:
    """Add somebody who applied. `accounts` are addresses and handles they gave themselves.

    `notice_on` is the day they were told about searches (UK GDPR 13); without it no search is
    possible. The reference of the monitoring form is sealed to the equality reviewers alone.

    Raises:
        NotPermitted: not this person's step.
        BadInput: no name, or a notice dated in the future.
        NotFound: no such vacancy.
    """
    desk.demand("applicant.add")
    post = desk.get(Vacancy, vacancy)
    _filled(name=name)
    _demand_told_by_now(desk, notice_on)
    applicant = Applicant(
        id=_pseudonym(desk),
        vacancy=post.id,
        name=" ".join(name.split()),
        accounts=tuple(a.strip() for a in accounts if a.strip()),
        adult=adult,
        notice_version=post.notice_version if notice_on else "",
        notice_on=notice_on,
    )
    boxes = {"case": box(applicant), **_monitored(applicant, monitoring_reference)}
    desk.enter(
        Draft(
            type="applicant-added",
            subject=applicant.id,
            case=applicant.id,
            refs=(post.id,),
            facts={"adult": int(adult), "notice": int(notice_on is not None)},
            boxes=boxes,
        )
    )
    return applicant


def _demand_told_by_now(desk: Desk, notice_on: date | None) -> None:
    if notice_on and notice_on > desk.today:
        raise BadInput(
            "The day of the notice lies in the future.",
            "Record the notice on the day the applicant was told.",
        )


def _monitored(applicant: Applicant, reference: str) -> dict[str, bytes]:
    """The monitoring form's reference, for the equality reviewers alone; nothing without one."""
    reference = reference.strip()
    if not reference:
        return {}
    link = MonitoringLink(applicant=applicant.id, vacancy=applicant.vacancy, reference=reference)
    return {"equality": box(link)}


def record_notice(desk: Desk, applicant: str, told_on: date) -> Applicant:
    """Record the day on which the applicant was told about searches.

    Raises:
        NotPermitted: not this person's step.
        BadInput: the day lies in the future.
    """
    desk.demand("applicant.add")
    _demand_told_by_now(desk, told_on)
    held = desk.get(Applicant, applicant)
    version = desk.get(Vacancy, held.vacancy).notice_version
    return change_applicant(desk, replace(held, notice_on=told_on, notice_version=version))


def add_accounts(desk: Desk, applicant: str, accounts: Sequence[str]) -> Applicant:
    """Add addresses or handles that the applicant gave when asked.

    Raises:
        NotPermitted: not this person's step.
    """
    desk.demand("document.add")
    held = desk.get(Applicant, applicant)
    more = tuple(a.strip() for a in accounts if a.strip() and a.strip() not in held.accounts)
    return change_applicant(desk, replace(held, accounts=held.accounts + more))


def record_monitoring_reference(desk: Desk, applicant: str, reference: str) -> Applicant:
    """Record, or put right, the reference printed on the applicant's monitoring form.

    Raises:
        NotPermitted: not this person's step.
        BadInput: no reference was given.
    """
    desk.demand("applicant.add")
    _filled(reference=reference)
    return change_applicant(desk, desk.get(Applicant, applicant), monitoring_reference=reference)


def change_applicant(
    desk: Desk, changed: Applicant, *, monitoring_reference: str = ""
) -> Applicant:
    """Enter a new version of an applicant's record; the caller has checked the role."""
    desk.enter(
        Draft(
            type="applicant-changed",
            subject=changed.id,
            case=changed.id,
            refs=(changed.vacancy,),
            facts={"adult": int(changed.adult), "notice": int(changed.notice_on is not None)},
            boxes={"case": box(changed), **_monitored(changed, monitoring_reference)},
        )
    )
    return changed


def add_document(
    desk: Desk,
    applicant: str,
    *,
    kind: DocumentKind,
    filename: str,
    data: bytes,
    title: str = "",
    countersigned_by: str = "",
) -> Document:
    """Read an application document (PDF, DOCX, text) and keep its text, sealed.

    The file itself is not kept: pictures and layout could show what no search may ask. At
    intake the claims in it are listed by kind, without words, for the equality reviewers alone.

    Raises:
        NotPermitted: not this person's step.
        DocumentError: the file cannot be read as text.
        BadInput: an interview note without a second person's signature.
    """
    desk.demand("document.add")
    held = desk.get(Applicant, applicant)
    from recruitcheck import documents

    if kind is DocumentKind.INTERVIEW_NOTE and not countersigned_by.strip():
        raise BadInput(
            "An interview note needs the name of a second person who heard it.",
            "Ask them to countersign the note, then add it.",
        )
    read = documents.read(data, filename)
    document = Document(
        id=new_id("D"),
        applicant=held.id,
        kind=kind,
        title=title.strip() or filename,
        text=read.text,
        pages=read.pages,
        received_at=desk.now,
        countersigned_by=countersigned_by.strip(),
    )
    desk.enter(_added(document), _candidates(held, document))
    return document


def _added(document: Document) -> Draft:
    return Draft(
        type="document-added",
        subject=document.id,
        case=document.applicant,
        refs=(document.applicant,),
        facts={"kind": str(document.kind)},
        boxes={"case": box(document)},
    )


def _candidates(applicant: Applicant, document: Document) -> Draft:
    """The kinds of the claims in a document, without their words, for equality alone."""
    from recruitcheck.rules import claims

    kinds = sorted({candidate.kind for candidate in claims.candidates(document.text)})
    return Draft(
        type="claim-candidates",
        subject=document.id,
        case=applicant.id,
        refs=(document.id, applicant.vacancy),
        boxes={"equality": "\n".join(kinds).encode()},
    )


def mark_claim(desk: Desk, document: str, start: int, end: int) -> Claim:
    """Mark a span of an application document as a claim, and say what kind of thing it is.

    Every marked claim is entered, whatever its nature; what may not be searched is decided, and
    recorded, when somebody asks for it.

    Raises:
        NotPermitted: not this person's step.
        BadInput: the span is empty or outside the document.
    """
    desk.demand("claim.mark")
    held = desk.get(Document, document)
    from recruitcheck.rules import claims

    start, end = _trimmed(held.text, start, end)
    quote = held.text[start:end]
    claim = Claim(
        id=new_id("C"),
        applicant=held.applicant,
        document=held.id,
        quote=quote,
        start=start,
        end=end,
        nature=claims.nature(quote, desk.screener),
        at=desk.now,
        by=desk.me.id,
    )
    desk.enter(
        Draft(
            type="claim-marked",
            subject=claim.id,
            case=held.applicant,
            refs=(held.id,),
            boxes={"case": box(claim)},
        )
    )
    return claim


def find_span(document: Document, quote: str) -> tuple[int, int]:
    """Where a quote stands in a document, typographic signs and spaces apart.

    Raises:
        BadInput: it does not stand there.
    """
    from recruitcheck.rules import claims

    span = claims.find_quote(document.text, quote)
    if span is None:
        raise BadInput(
            "These words do not stand in the document.",
            "Mark them in the document itself: a changed figure, an ellipsis or a summary is not "
            "what the applicant wrote.",
        )
    return span


def nature_words(nature: Nature) -> str:
    """What a claim's nature means, for the person who marked it."""
    return {
        Nature.CHECKABLE: "This can be checked.",
        Nature.OPINION: "This is an opinion; nothing public could settle it.",
        Nature.SENSITIVE: (
            "Confirming this would show something protected about the applicant; an equality "
            "reviewer decides."
        ),
        Nature.CHARACTERISTIC: (
            "This states something protected about the applicant; it is never searched."
        ),
    }[nature]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise BadInput(
            "The marked part is empty or outside the document.",
            "Mark the applicant's own words, from the first to the last.",
        )
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _about_vacancy(type_: str, vacancy: Vacancy) -> Draft:
    return Draft(
        type=type_,
        subject=vacancy.id,
        refs=vacancy.panel,
        facts={"stage": str(vacancy.stage)},
        boxes={"staff": box(vacancy)},
    )


def _pseudonym(desk: Desk) -> str:
    """A short pseudonym that nobody here has yet; longer ones once short ones run out."""
    for length in (4, 4, 4, 5, 6, 8):
        id = new_id("A", length)
        if next(iter(desk.register.entries(subject=id)), None) is None:
            return id
    return new_id("A", 12)


def _filled(**answers: str) -> None:
    for what, answer in answers.items():
        if not answer.strip():
            raise BadInput(f"The {what} is missing.", "Fill it in and try again.")
