"""What applicants are owed when they ask: copy of their records, objection, correction, receipt.

Everything handed out is entered first, of what kind and for whom. An open access request freezes
destruction (DPA 2018 s.173); an objection stops searching until somebody answers it (UK GDPR 21).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from recruitcheck.errors import BadInput, Destroyed, NotFound, NotPermitted, Sealed
from recruitcheck.records import Applicant, Correction, Draft, Finding, Hold, Objection
from recruitcheck.reports.paper import Facts, Paper, section
from recruitcheck.rules.retention import after
from recruitcheck.steps import access, equality, oversight, reading, retention
from recruitcheck.steps.access import Bundle
from recruitcheck.steps.desk import Desk, box, new_id

_HELD_AT = ("case",)
_LONGEST_AGO = timedelta(days=3660)
"""Ten years; an objection of an earlier day is a slip of the pen."""


# --- access -------------------------------------------------------------------------------------


def open_request(desk: Desk, applicant: str, *, note: str = "") -> Hold:
    """Record that an applicant asked for their records; destruction is frozen from here.

    Raises:
        NotPermitted: only HR.
    """
    for held in retention.holds(desk, applicant=applicant):
        if held.cause == "access-request":
            return held
    return retention.hold(desk, applicant, "access-request", note=note)


def close_request(desk: Desk, applicant: str, *, why: str = "answered") -> Hold:
    """Record that an access request was answered; the clock runs on.

    Raises:
        NotFound: none is open.
    """
    for held in retention.holds(desk, applicant=applicant):
        if held.cause == "access-request":
            return retention.lift(desk, held.id, why=why)
    raise NotFound(
        "No access request of this applicant is open.",
        "Look at the list of holds (`recruitcheck hold list`).",
    )


def access_bundle(
    desk: Desk,
    applicant: str,
    folder: Path | str,
    *,
    identity: str = "",
    asked_on: date | None = None,
    redact: Mapping[str, str] | None = None,
) -> Bundle:
    """Write everything held about an applicant into a new folder, in one step.

    The request is opened if it was not (which freezes destruction), and the handing out is
    entered before a file is written. `redact` maps ids of reviews to the reason for leaving them
    out; the reason is listed, the text is not. `identity` says how it is known that the applicant
    asked; without it the letter leaves a line to fill in.

    Raises:
        NotPermitted: only HR.
        BadInput: the folder holds something already, a redaction has no reason, or the day on
            which it was asked for cannot be.
        Destroyed: the records are gone.
    """
    desk.demand("access.bundle")
    place = Path(folder)
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise BadInput("The folder is not empty.", "Choose a new one, so that nothing is mixed up.")
    out = dict(redact or {})
    if any(not reason.strip() for reason in out.values()):
        raise BadInput("Every redaction needs a reason.", "The applicant is told the reason.")
    if asked_on:
        _received(desk, asked_on)
    person = desk.get(Applicant, applicant)
    held = open_request(desk, applicant)
    day = asked_on or held.since.date()
    made = oversight.disclose(
        desk, kind="access-bundle", recipient="the applicant", applicant=applicant
    )
    return access.write(
        desk, person, place, identity=identity, asked_on=day, due_on=after(day, 1),
        redact=out, made=made,
    )  # fmt: skip


def sealed_part(desk: Desk, applicant: str) -> Paper:
    """What equality reviewers hold about one applicant, for that applicant alone (UK GDPR 15).

    The bundle that HR makes cannot hold it, because HR cannot read it. The applicant asks with the
    pseudonym that stands in the bundle, so that the reviewer need not learn who it is.

    Raises:
        NotPermitted: only equality reviewers.
        NotFound: nothing is held.
    """
    given, kinds = equality.answers_of(desk, applicant)
    if not given and not kinds:
        raise NotFound("Nothing is held about this applicant here.", "Check the pseudonym.")
    oversight.disclose(desk, kind="monitoring-copy", recipient="the applicant", applicant=applicant)
    return Paper(
        title="What the equality reviewers hold about you",
        organisation=desk.settings().organisation,
        made_at=desk.now,
        made_by="the equality reviewers",
        about=f"Pseudonym {applicant}.",
        confidential="For the applicant only",
        sections=(
            section(
                "Your answers on the monitoring form",
                Facts(facts=given) if given else "None on record.",
            ),
            section(
                "Kinds of claims found in your documents",
                ", ".join(kinds) or "None.",
                "Only the kinds, without your words, to see whether like claims of different "
                "applicants are treated alike.",
            ),
            section(
                "Who sees it",
                "Equality reviewers, who do not know your name. Others see only tables in which "
                "small groups are left out.",
            ),
        ),
    )


def receipt(desk: Desk, applicant: str, path: Path | str, *, to: Sequence[str] = ()) -> int:
    """Write a receipt the applicant can check without us; returns how many texts it opens.

    With `to`, public keys of age programs, only their holders can open the file.

    Raises:
        NotPermitted: only HR.
        NotFound: nothing was entered about this applicant.
        BadInput: one of `to` is no such key.
    """
    desk.demand("papers.make")
    from recruitcheck.vault import agefile, export

    if next(iter(desk.register.entries(case=applicant)), None) is None:
        raise NotFound(f"Nothing was entered about {applicant!r}.", "Look it up in the list again.")
    if to:
        agefile.recipients(to)  # a wrong key is told before anything is entered
    oversight.disclose(desk, kind="receipt", recipient="the applicant", applicant=applicant)
    return export.receipt(desk.register, applicant, path, to=to)


# --- objection, restriction, correction ---------------------------------------------------------


def object_to(
    desk: Desk, applicant: str, text: str, *, received_on: date | None = None
) -> Objection:
    """Record an objection to searching; from now on nothing is looked at until it is answered.

    Raises:
        NotPermitted: not this person's step.
        BadInput: there is no text.
    """
    desk.demand("objection.record")
    made = _objection(desk, applicant, "objection", text, received_on)
    person = desk.get(Applicant, applicant)
    stopped = replace(person, objected_on=made.received_on)
    desk.enter(_stop(stopped), _said(made))
    return made


def restrict(
    desk: Desk, applicant: str, text: str, *, received_on: date | None = None
) -> Objection:
    """Record that the applicant wants what was found not used, nor destroyed, for now (UK GDPR 18).

    Raises:
        NotPermitted: only HR, because it pauses destruction.
        BadInput: there is no text.
    """
    desk.demand("hold.set")
    made = _objection(desk, applicant, "restriction", text, received_on)
    retention.hold(desk, applicant, "restriction")
    stopped = replace(desk.get(Applicant, applicant), objected_on=made.received_on)
    desk.enter(_stop(stopped), _said(made))
    return made


def answer_objection(desk: Desk, objection: str, answer: str, *, upheld: bool) -> Objection:
    """Answer an objection. Upheld: searching stays stopped. Not upheld: it may go on, unless
    another one of the same applicant stands.

    Raises:
        NotPermitted: only HR, and not whoever asked for a search of this applicant.
        BadInput: no reasons are given, or it is answered already.
    """
    held = reading.one(desk, Objection, "objection-said", _HELD_AT, objection)
    askers = {
        entry.author
        for entry in desk.register.entries(case=held.applicant)
        if entry.type == "justification"
    }
    desk.demand("objection.answer", made_by=askers)
    if held.answered_at or not answer.strip():
        raise BadInput("An open objection is answered once, with reasons.", "Write them out.")
    answered = replace(
        held,
        answer=answer.strip(),
        upheld=upheld,
        answered_by=desk.me.id,
        answered_at=desk.now,
    )
    drafts = [_said(answered)]
    others = {one.id for one in standing(desk, held.applicant)} - {held.id}
    if not upheld and not others:
        drafts.append(_stop(replace(desk.get(Applicant, held.applicant), objected_on=None)))
    desk.enter(*drafts)
    return answered


def objections(desk: Desk, *, open_only: bool = True) -> tuple[Objection, ...]:
    """Objections and restrictions this person may read."""
    every = reading.newest(desk, Objection, "objection-said", _HELD_AT)
    return tuple(one for one in every if not (open_only and one.answered_at))


def standing(desk: Desk, applicant: str) -> tuple[Objection, ...]:
    """An applicant's objections and restrictions that wait for their answer, or were upheld."""
    every = reading.newest(desk, Objection, "objection-said", _HELD_AT, case=applicant)
    return tuple(one for one in every if one.upheld or not one.answered_at)


def restricted(desk: Desk, applicant: str) -> bool:
    """Whether what was found about the applicant may not be used for now (UK GDPR 18)."""
    return any(one.kind == "restriction" for one in standing(desk, applicant))


def demand_unrestricted(desk: Desk, applicant: str) -> None:
    """Refuse to use what was found while the applicant's restriction stands.

    Raises:
        NotPermitted: it waits for its answer, or was upheld.
    """
    if restricted(desk, applicant):
        raise NotPermitted(
            "The applicant asked that what was found is not used for now.",
            "HR answers that first (`recruitcheck rights answer`).",
        )


def correct(desk: Desk, finding: str, text: str, *, received_on: date | None = None) -> Correction:
    """Put what the applicant says is wrong beside the finding (UK GDPR 16); nothing is rewritten.

    An applicant's pseudonym stands for their finding where there is one.

    Raises:
        NotPermitted: not this person's step.
        NotFound: no such finding.
        BadInput: there is no text, or the applicant has several findings.
    """
    desk.demand("reply.record")
    held = _finding(desk, finding)
    if not text.strip():
        raise BadInput("There is nothing to put beside the finding.", "Paste what they wrote.")
    made = Correction(
        id=new_id("K"),
        applicant=held.applicant,
        finding=held.id,
        text=text.strip(),
        received_on=_received(desk, received_on),
        by=desk.me.id,
        at=desk.now,
    )
    desk.enter(
        Draft(
            type="correction",
            subject=made.id,
            case=held.applicant,
            refs=(held.id,),
            boxes={f"lookup:{held.grant}": box(made)},
        )
    )
    return made


def corrections(desk: Desk, applicant: str) -> tuple[Correction, ...]:
    """What an applicant put beside findings, as far as this person may read it; oldest first."""
    found = []
    for entry in desk.register.entries(case=applicant, type="correction"):
        with suppress(Sealed, Destroyed):
            found.append(desk.open(Correction, entry, entry.boxes))
    return tuple(found)


def _finding(desk: Desk, id: str) -> Finding:
    """A finding by its own id, or the only one about an applicant."""
    about = desk.all(Finding, case=id)
    if len(about) > 1:
        each = ", ".join(f"{one.id} of {one.at:%-d %B %Y} ({one.result})" for one in about)
        raise BadInput("There are several findings about this applicant.", f"Name one: {each}.")
    return about[0] if about else desk.get(Finding, id)


def _received(desk: Desk, day: date | None) -> date:
    """The day on which something came from an applicant; today where none is given."""
    if day is None:
        return desk.today
    if not desk.today - _LONGEST_AGO <= day <= desk.today:
        raise BadInput("The day it was received cannot be right.", "Check the date.")
    return day


def _objection(
    desk: Desk, applicant: str, kind: str, text: str, received_on: date | None
) -> Objection:
    if not text.strip():
        raise BadInput("There is no text.", "Type or paste what the applicant wrote.")
    return Objection(
        id=new_id("O"),
        applicant=applicant,
        kind=kind,
        text=text.strip(),
        received_on=_received(desk, received_on),
        by=desk.me.id,
        at=desk.now,
    )


def _stop(applicant: Applicant) -> Draft:
    return Draft(
        type="objection",
        subject=applicant.id,
        case=applicant.id,
        refs=(applicant.vacancy,),
        facts={"stopped": int(applicant.objected_on is not None)},
        boxes={"case": box(applicant)},
    )


def _said(objection: Objection) -> Draft:
    return Draft(
        type="objection-said",
        subject=objection.id,
        case=objection.applicant,
        refs=(objection.applicant,),
        facts={"kind": objection.kind, "answered": int(objection.answered_at is not None)},
        boxes={"case": box(objection)},
    )
