"""Candidate finding: the one search without a quotation (policy 7(candidates)).

Criteria come from the advertisement and no other words; sources are those whose file says that
people advertise themselves there; nobody is named, and nobody is kept until one is approached.
With the first contact that person is told (UK GDPR 14). When they apply, the notes freeze.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from recruitcheck.errors import BadInput, NotPermitted
from recruitcheck.records import Candidate, Draft, Sourcing, Stage, Vacancy, Verdict
from recruitcheck.reports import letters
from recruitcheck.reports.paper import Paper
from recruitcheck.rules import decide, words
from recruitcheck.rules.pack import Source
from recruitcheck.rules.question import Question
from recruitcheck.rules.retention import after
from recruitcheck.steps import reading, stories
from recruitcheck.steps.desk import Desk, box, new_id

_BOXES = ("case", "hr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What candidate finding permits: where, and with which words. Nothing is fetched."""

    sourcing: Sourcing
    where: tuple[Source, ...]
    query: str
    instructions: tuple[str, ...]


def sources(desk: Desk) -> tuple[Source, ...]:
    """Where people advertise themselves, as the source files say."""
    return tuple(one for one in desk.pack.sources.values() if one.advertises)


def find(
    desk: Desk, *, vacancy: str, criteria: Sequence[str], source: str = "", reason: str = ""
) -> Look:
    """Ask to look for candidates; decided at once and entered, whatever the verdict.

    Raises:
        NotPermitted: not a recruiter, or refused; a refusal says why.
        BadInput: the vacancy has no advertisement text or is closed, there are no criteria, or a
            word of them is not in the advertisement.
    """
    desk.demand("sourcing.find")
    post = desk.get(Vacancy, vacancy)
    wanted = tuple(one.strip() for one in criteria if one.strip())
    _check_post(post, wanted)
    where = _where(desk, source)
    ruling = decide.decide(
        Question(
            pack=desk.pack,
            screener=desk.screener,
            kind="justification",
            ground="sourcing",
            quote="",
            text=_asked(post, wanted, reason),
            vacancy=post,
            by=desk.me,
            now=desk.now,
            trying=True,  # the rules about an applicant's own record have nobody to look at
        )
    )
    made = Sourcing(
        id=new_id("U"),
        vacancy=post.id,
        criteria=wanted,
        source=where[0].id,
        by=desk.me.id,
        at=desk.now,
        verdict=ruling.verdict,
        reasons=ruling.reasons,
    )
    desk.enter(
        Draft(
            type="sourcing-asked",
            subject=made.id,
            refs=(post.id,),
            facts={"verdict": str(made.verdict)},
            boxes={"case": box(made)},
        )
    )
    _demand_permitted(made)
    return Look(sourcing=made, where=where, query=" ".join(wanted), instructions=_INSTRUCTIONS)


_INSTRUCTIONS = (
    "Look without an account, only where people advertise themselves to employers.",
    "Use these words and no others; enter nobody's name.",
    "Note nobody until you decide to approach them; then record that person here.",
    "Whoever applies is from then on an applicant: what you saw plays no part.",
)


def _demand_permitted(made: Sourcing) -> None:
    if made.verdict is not Verdict.PERMIT:
        failed = [reason for reason in made.reasons if not reason.holds]
        raise NotPermitted(
            failed[0].message if failed else "This is no candidate finding.",
            failed[0].mend if failed else "Use the words of the advertisement.",
        )


def approach(desk: Desk, sourcing: str, *, name: str, where: str) -> tuple[Candidate, Paper]:
    """Record one person who is to be approached, with the notice that goes with the first contact.

    Raises:
        NotPermitted: somebody else's search.
        BadInput: no name or no place.
    """
    held = reading.one(desk, Sourcing, "sourcing-asked", _BOXES, sourcing)
    desk.demand("sourcing.find", only=(held.by,))
    if not name.strip() or not where.strip():
        raise BadInput(
            "A name and the place where the person advertises themselves are needed.",
            "The place stands in the notice that the person gets.",
        )
    if held.verdict is not Verdict.PERMIT:
        raise NotPermitted("This search was not permitted.", "Ask again with other criteria.")
    made = Candidate(
        id=new_id("B"),
        sourcing=held.id,
        vacancy=held.vacancy,
        name=" ".join(name.split()),
        where=where.strip(),
        told_by=after(desk.today, 1),
        by=desk.me.id,
        at=desk.now,
    )
    _enter(desk, made, "sourcing-approached")
    return made, _notice(desk, made)


def told(desk: Desk, candidate: str, *, on: date | None = None) -> Candidate:
    """Record that the person was told with the first contact.

    Raises:
        NotPermitted: somebody else's candidate.
        BadInput: the day lies in the future.
    """
    held = _candidate(desk, candidate)
    desk.demand("sourcing.find", only=(held.by,))
    day = on or desk.today
    if day > desk.today:
        raise BadInput("The day lies in the future.", "Record the contact on its day.")
    made = replace(held, told_on=day)
    _enter(desk, made, "sourcing-approached")
    return made


def applied(desk: Desk, candidate: str, applicant: str) -> Candidate:
    """The person has applied: freeze the notes and mark the case, so that a later search shows.

    Raises:
        NotPermitted: not this person's step.
        BadInput: frozen already, or the applicant is unknown.
    """
    desk.demand("applicant.add")
    held = _candidate(desk, candidate)
    if held.applicant:
        raise BadInput("These notes are frozen already.", "They stay as they are.")
    if next(desk.register.entries(case=applicant, type="applicant-added"), None) is None:
        raise BadInput(f"There is no applicant {applicant!r} here.", "Add the applicant first.")
    made = replace(held, applicant=applicant)
    _enter(desk, made, "sourcing-approached")
    desk.enter(
        Draft(
            type="sourcing-applied",
            subject=held.id,
            case=applicant,
            refs=(held.sourcing,),
        )
    )
    return made


def candidates(desk: Desk) -> tuple[Candidate, ...]:
    """People approached, as far as this person may read."""
    return reading.newest(desk, Candidate, "sourcing-approached", _BOXES)


def overdue_notices(desk: Desk) -> tuple[Candidate, ...]:
    """People approached who were not told in time (UK GDPR 14(3))."""
    return tuple(
        one for one in candidates(desk) if one.told_on is None and one.told_by < desk.today
    )


def _check_post(post: Vacancy, wanted: tuple[str, ...]) -> None:
    if post.stage is Stage.CLOSED:
        raise BadInput("This vacancy is closed.", "Candidates are found for open posts.")
    if not post.advertised_words.strip():
        raise BadInput(
            "The advertisement of this vacancy is not on record.",
            "Add its words to the vacancy; candidate finding may use these and no others.",
        )
    if not wanted:
        raise BadInput("There are no criteria.", "Choose words of the advertisement.")
    text = f"{post.title} {post.school} {post.advertised_words}"
    text += " " + " ".join(line.text for line in post.requirements)
    advertised = {token.plain for token in words.tokens(text)}
    for one in wanted:
        strange = [t.text for t in words.tokens(one) if t.plain not in advertised]
        if strange:
            raise BadInput(
                f"“{strange[0]}” does not stand in the advertisement.",
                "Only words of the advertisement may be used to find candidates.",
            )


def _where(desk: Desk, source: str) -> tuple[Source, ...]:
    every = sources(desk)
    if not source:
        return every
    chosen = [one for one in every if one.id == source]
    if not chosen:
        raise BadInput(
            "People do not advertise themselves to employers there, so it is no place to look.",
            f"Choose one of: {', '.join(one.id for one in every)}.",
        )
    return tuple(chosen)


def _asked(post: Vacancy, wanted: tuple[str, ...], reason: str) -> str:
    text = (
        f"Find people who advertise that they are open to work, for the vacancy {post.reference}: "
        f"{', '.join(wanted)}."
    )
    return f"{text} {reason.strip()}".strip()


def _candidate(desk: Desk, id: str) -> Candidate:
    return reading.one(desk, Candidate, "sourcing-approached", _BOXES, id)


def _enter(desk: Desk, made: Candidate, type_: str) -> None:
    """The candidate is a case of their own, so that their record can be destroyed with its keys."""
    desk.enter(
        Draft(
            type=type_,
            subject=made.id,
            case=made.id,
            refs=(made.sourcing, made.vacancy),
            facts={"told": int(made.told_on is not None), "applied": int(bool(made.applicant))},
            boxes={"case": box(made)},
        )
    )


def _notice(desk: Desk, made: Candidate) -> Paper:
    return letters.candidate_notice(
        stories.office(desk),
        made.name,
        made.where,
        desk.get(Vacancy, made.vacancy),
        made_at=desk.now,
        made_by=desk.me.name,
    )
