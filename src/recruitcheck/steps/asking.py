"""What a justification rests on: its records, its answers, and the question it puts to the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from tinydb import where

from recruitcheck import codec
from recruitcheck.errors import BadInput, Sealed
from recruitcheck.records import (
    Applicant,
    Claim,
    Document,
    Justification,
    Person,
    Route,
    Vacancy,
)
from recruitcheck.rules import claims, decide, patterns
from recruitcheck.rules.patterns import Act
from recruitcheck.rules.question import Question
from recruitcheck.steps.desk import Desk, new_id

_ACTS = "acts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the form asks; any of it may still be empty while it is being filled in."""

    claim: str
    ground: str = ""
    requirement: str = ""
    route: Route | None = None
    route_note: str = ""
    confirms: str = ""
    refutes: str = ""
    source: str = ""
    holder: str = ""
    reason: str = ""
    note: str = ""
    address: str = ""
    third_party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The records one justification rests on."""

    claim: Claim
    document: Document
    applicant: Applicant
    vacancy: Vacancy


def case_of_claim(desk: Desk, claim: str) -> Case:
    """The records behind a claim. Raises what `Desk.get` raises."""
    held = desk.get(Claim, claim)
    applicant = desk.get(Applicant, held.applicant)
    return Case(
        claim=held,
        document=desk.get(Document, held.document),
        applicant=applicant,
        vacancy=desk.get(Vacancy, applicant.vacancy),
    )


def demand_known(desk: Desk, answers: Answers, case: Case) -> None:
    """Whether every answer that names something names what exists; an empty one is for the rules.

    Raises:
        BadInput: it does not; the hint lists what there is.
    """
    lines = {line.id: line.text for line in case.vacancy.requirements}
    offered: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("ground", answers.ground, desk.pack.grounds),
        ("source", answers.source, desk.pack.sources),
        ("line of the person specification", answers.requirement, lines),
        ("person", answers.holder, (p.id for p in desk.register.people())),
    )
    for what, answer, there in offered:
        known = sorted(there)
        if answer and answer not in known:
            raise BadInput(f"There is no {what} {answer!r}.", f"There are: {', '.join(known)}.")


def given(desk: Desk, answers: Answers, case: Case) -> Justification:
    """The answers as a justification; an answer not given yet stays empty."""
    return Justification(
        id=new_id("J"),
        claim=case.claim.id,
        applicant=case.applicant.id,
        ground=answers.ground,
        requirement=answers.requirement,
        route=Route(answers.route or Route.CANNOT_SETTLE),
        route_note=answers.route_note.strip() if answers.route else "",
        confirms=answers.confirms.strip(),
        refutes=answers.refutes.strip(),
        source=answers.source,
        holder=answers.holder,
        reason=answers.reason.strip(),
        note=answers.note.strip(),
        address=answers.address.strip(),
        third_party=answers.third_party.strip(),
        by=desk.me.id,
        at=desk.now,
    )


def question(desk: Desk, case: Case, given: Justification, *, act: Act | None) -> Question:
    """The question for the gate; without `act` the person's own patterns are left out."""
    return decide.ask(
        desk.pack,
        desk.screener,
        vacancy=case.vacancy,
        applicant=case.applicant,
        document=case.document,
        claim=case.claim,
        justification=given,
        holder=_person(desk, given.holder),
        by=desk.me,
        now=desk.now,
        own=_own_acts(desk) if act else (),
        act=act,
        applicants=_applicants(desk, case.vacancy.id),
    )


@dataclass(slots=True)
class _Tally:
    """How many people applied for each post, as far as the ledger was counted."""

    counted: int = -1
    by_post: Counter[str] = field(default_factory=Counter)


def _applicants(desk: Desk, post: str) -> int:
    """How many people applied for a post; reads only what was entered since it last looked."""
    tally = desk.kept("applicants", "", _Tally)
    for entry in desk.register.entries(type="applicant-added", after_seq=tally.counted):
        tally.by_post.update(entry.refs)
        tally.counted = entry.seq
    return tally.by_post[post]


def _person(desk: Desk, id: str) -> Person | None:
    return next((p for p in desk.register.people() if p.id == id), None)


def act_of(desk: Desk, case: Case, given: Justification) -> Act:
    """The request as patterns see it."""
    kinds = claims.searchable(case.claim.quote).kinds
    return Act(
        id=given.id,
        case=case.applicant.id,
        vacancy=case.vacancy.id,
        by=given.by,
        at=desk.now,
        kind=kinds[0] if kinds else "",
        requirement=given.requirement,
        sketch=patterns.sketch(desk.sketch_key, given.reason),
    )


def _own_acts(desk: Desk) -> tuple[Act, ...]:
    """What this person asked before, from rows that only they can open; each is opened once.

    Rows from before a lost passphrase opened with the keys that went with it. They are left out
    here; HR and the equality reviewers compare those requests from the ledger.
    """
    rows = desk.register.table(_ACTS).search(where("by") == desk.me.id)
    acts = (desk.kept("act", row["sealed"], partial(_opened, desk, row)) for row in rows)
    return tuple(act for act in acts if act is not None)


def _opened(desk: Desk, row: Mapping[str, str]) -> Act | None:
    try:
        return codec.decode(Act, desk.register.open_mine(row["sealed"]))
    except Sealed:
        return None


def remember(desk: Desk, act: Act) -> None:
    """Keep the request for comparison with this person's later ones, sealed to them alone."""
    sealed = desk.register.seal_mine(codec.encode(act))
    desk.register.table(_ACTS).insert({"by": act.by, "case": act.case, "sealed": sealed})
