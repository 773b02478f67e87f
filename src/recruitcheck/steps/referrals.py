"""Referrals: what rules cannot decide goes to a person, who decides without seeing the applicant.

The blind view holds request, quote and reason, with the name replaced; it is sealed to the equality
reviewers, who cannot open the case. Past its deadline a referral is the deputy's, never a permit.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from recruitcheck.errors import BadInput, Destroyed, NotFound, NotPermitted, Sealed
from recruitcheck.records import (
    BlindReferral,
    Decision,
    Draft,
    Justification,
    Referral,
    Verdict,
)
from recruitcheck.rules import blind, scope
from recruitcheck.steps import asking
from recruitcheck.steps.asking import Case
from recruitcheck.steps.desk import Desk, box, new_id


def waiting(desk: Desk) -> tuple[BlindReferral, ...]:
    """The open referrals in the blind view, the most urgent first.

    Raises:
        NotPermitted: only equality reviewers.
    """
    desk.demand("referral.read")
    asked = desk.all(BlindReferral)  # read first: what is decided meanwhile is then not shown
    decided = {e.subject for e in desk.register.entries(type="referral-decided")}
    still = [b for b in asked if b.referral not in decided]
    return tuple(sorted(still, key=lambda b: b.due))


def overdue(desk: Desk, referral: BlindReferral | Referral) -> bool:
    """Whether the deadline has passed, so that the referral is the deputy's."""
    return desk.now > referral.due


def decide(
    desk: Desk, referral: str, verdict: Verdict, why: str, *, yes_no_only: bool = False
) -> Referral:
    """Decide a referral, with a written reason. Past its deadline only the deputy may.

    Raises:
        NotPermitted: not an equality reviewer, one's own request, or overdue and not the deputy.
        BadInput: no reason, decided already, or neither permit nor refuse.
    """
    held = desk.get(Referral, referral)
    desk.demand("referral.decide", made_by=_sides(desk, held))
    if verdict is Verdict.REFER or not why.strip():
        raise BadInput("Decide permit or refuse, and say why.", "A sentence or two is enough.")
    if held.verdict is not None:
        raise _decided_already()
    deputy = _deputy(desk)
    if overdue(desk, held) and deputy and deputy != desk.me.id:
        raise NotPermitted(
            "The deadline of this referral has passed; it is the deputy's now.",
            "Ask the deputy that HR has named.",
        )
    decided = replace(
        held,
        verdict=verdict,
        why=why.strip(),
        yes_no_only=yes_no_only and verdict is Verdict.PERMIT,
        decided_by=desk.me.id,
        decided_at=desk.now,
    )
    entry = Draft(
        type="referral-decided",
        subject=decided.id,
        case=desk.case_of(decided.id),
        refs=(decided.id, decided.justification),
        facts={"verdict": str(verdict)},
        boxes={"case": box(decided), "equality": box(decided)},
    )

    def first() -> None:
        if any(desk.register.entries(subject=decided.id, type="referral-decided")):
            raise _decided_already()
        desk.enter(entry)

    desk.alone(first)  # two reviewers may press the key in the same instant
    return decided


def _deputy(desk: Desk) -> str:
    """The deputy whom HR named; empty without one, and when that person has left."""
    named = desk.settings().deputy
    at_work = {person.id for person in desk.register.people() if not person.left_at}
    return named if named in at_work else ""


def _decided_already() -> BadInput:
    return BadInput("This referral is decided already.", "An appeal opens it again.")


def appeal(desk: Desk, referral: str, why: str) -> Referral:
    """Ask for a refused referral to be decided again, by somebody else.

    Raises:
        NotPermitted: not the person who asked for the search.
        BadInput: it was not refused, was appealed before, or no reason is given.
    """
    held = desk.get(Referral, referral)
    given = desk.get(Justification, held.justification)
    desk.demand("referral.appeal", only=(given.by,))
    if held.verdict is not Verdict.REFUSE or held.appeal_of:
        raise _no_appeal()
    if not why.strip():
        raise BadInput(
            "Say why the decision should be looked at again.", "A sentence or two is enough."
        )
    case = asking.case_of_claim(desk, given.claim)
    again = replace(new(desk, given, desk.get(Decision, held.decision)), appeal_of=held.id)
    decision = desk.get(Decision, held.decision)
    drafts = entries(desk, case, given, decision, referral=again, said=why.strip())

    def only_once() -> None:
        if any(one.appeal_of == held.id for one in desk.all(Referral, case=case.applicant.id)):
            raise _no_appeal()
        desk.enter(*drafts)

    desk.alone(only_once)
    return again


def _no_appeal() -> BadInput:
    return BadInput(
        "Only a refused referral can be appealed, and only once.", "Ask HR what else can be done."
    )


def new(desk: Desk, given: Justification, decision: Decision) -> Referral:
    """A referral with its deadline, not entered yet."""
    return Referral(
        id=new_id("R"),
        justification=given.id,
        decision=decision.id,
        due=working_days(desk.now, desk.pack.policy.limits.referral_days),
    )


def entries(
    desk: Desk,
    case: Case,
    given: Justification,
    decision: Decision,
    *,
    referral: Referral,
    said: str = "",
) -> list[Draft]:
    """The entries of a referral: itself, and its blind view; `said` is an appeal's reason."""
    view = _blind(desk, case, given, decision, referral=referral, said=said)
    return [
        Draft(
            type="referral",
            subject=referral.id,
            case=case.applicant.id,
            refs=(given.id, decision.id),
            boxes={"case": box(referral), "equality": box(referral)},
        ),
        Draft(
            type="referral-blind",
            subject=referral.id,
            case=case.applicant.id,
            refs=(referral.id,),
            boxes={"equality": box(view)},
        ),
    ]


def _blind(
    desk: Desk,
    case: Case,
    given: Justification,
    decision: Decision,
    *,
    referral: Referral,
    said: str,
) -> BlindReferral:
    """The request without the person: the name is replaced wherever it stands in a text."""

    def hide(text: str) -> str:
        return blind.without_name(text, case.applicant.name)

    wanted = [r.text for r in case.vacancy.requirements if r.id == given.requirement]
    ground = desk.pack.grounds.get(given.ground)
    reason = given.reason if not said else f"{given.reason}\nAppeal: {said}"
    return BlindReferral(
        referral=referral.id,
        applicant=case.applicant.id,
        vacancy_title=case.vacancy.title,
        school=case.vacancy.school,
        requirement=wanted[0] if wanted else "",
        quote=hide(case.claim.quote),
        ground=ground.title if ground else given.ground,
        reason=hide(reason),
        route=hide(f"{given.route.words}: {given.route_note}"),
        confirms=hide(given.confirms),
        refutes=hide(given.refutes),
        source=given.source,
        query=hide(scope.query_text(decision.query)),
        reasons=decision.reasons,
        due=referral.due,
    )


def _sides(desk: Desk, referral: Referral) -> set[str]:
    """Everybody on the asking side of a referral, and whoever decided the one it appeals.

    Whoever was handed the case knows whose request it is, and does not decide it blind.
    """
    sides = {e.author for e in desk.register.entries(subject=referral.justification)}
    case = desk.case_of(referral.id)
    for shared in desk.register.entries(case=case, type="case-shared"):
        sides.update(shared.refs)
    if referral.appeal_of:
        with suppress(NotFound, Sealed, Destroyed):
            sides.add(desk.get(Referral, referral.appeal_of).decided_by)
    return sides


def working_days(start: datetime, days: int) -> datetime:
    """So many working days later (Monday to Friday), at the same hour."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
