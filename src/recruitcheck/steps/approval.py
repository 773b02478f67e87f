"""Justify, decide, grant: from a claim to the narrow permission, or to a reasoned no.

Permitted, referred and refused requests leave the same entries. The decision itself is pure
(`rules.decide`); this module puts the question, enters what was said, and opens what it allows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, timedelta

from recruitcheck.errors import BadInput, NotPermitted
from recruitcheck.records import (
    Decision,
    Draft,
    Grant,
    Justification,
    QueryWord,
    Reason,
    Referral,
    Role,
    Trace,
    Verdict,
)
from recruitcheck.rules import claims, decide, scope
from recruitcheck.rules.patterns import Act
from recruitcheck.steps import asking, budget, policy, referrals
from recruitcheck.steps.asking import Answers, Case
from recruitcheck.steps.desk import Desk, box, new_id

__all__ = [
    "Answers",
    "Outcome",
    "composed",
    "justify",
    "letter",
    "preview",
    "revoke",
    "take_up",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a submission."""

    justification: Justification
    decision: Decision
    referral: Referral | None = None
    grant: Grant | None = None
    letter: str = ""
    """For a permit with nowhere to look: the letter that asks the applicant."""


def preview(desk: Desk, answers: Answers) -> tuple[Reason, ...]:
    """What the structural rules say while the form is being filled in.

    Typed words are not screened here and nothing is entered, so the screen is no oracle.
    """
    case = asking.case_of_claim(desk, answers.claim)
    given = asking.given(desk, answers, case)
    return decide.structural(asking.question(desk, case, given, act=None))


def composed(desk: Desk, answers: Answers) -> tuple[QueryWord, ...]:
    """The query that a permit would use, word by word with where each comes from."""
    source = desk.pack.sources.get(answers.source)
    ground = desk.pack.grounds.get(answers.ground)
    if source is None or ground is None:
        return ()
    case = asking.case_of_claim(desk, answers.claim)
    return scope.compose(case.claim.quote, source, ground, case.applicant.name)


def justify(desk: Desk, answers: Answers) -> Outcome:
    """Submit a justification; it is decided at once and entered, whatever the verdict.

    Raises:
        NotPermitted: not this person's step, or the policy pack was changed and not adopted.
        BadInput: the route is missing, or an answer names something that does not exist here:
            there is nothing to decide, and a slip of the pen is no request.
        NotFound: no such claim.
    """
    desk.demand("justify")
    policy.demand_in_force(desk)
    if answers.route is None:
        raise BadInput(
            "Say which less intrusive route came first.",
            "For example: the applicant was asked, or a certificate was looked at.",
        )
    case = asking.case_of_claim(desk, answers.claim)
    asking.demand_known(desk, answers, case)
    given = asking.given(desk, answers, case)
    act = asking.act_of(desk, case, given)
    ruling = decide.decide(asking.question(desk, case, given, act=act))
    decision = Decision(
        id=new_id("X"),
        justification=given.id,
        verdict=ruling.verdict,
        reasons=ruling.reasons,
        query=ruling.query,
        pack_digest=desk.pack.digest,
        at=desk.now,
    )
    drafts = [*_entries(desk, case, given, decision, act)]
    referred = grant = None
    if ruling.verdict is Verdict.REFER:
        referred = referrals.new(desk, given, decision)
        drafts += referrals.entries(desk, case, given, decision, referral=referred)
    elif ruling.verdict is Verdict.PERMIT:
        grant = _grant(desk, case, given, decision.id)
        drafts.append(_grant_entry(grant, (decision.id,)))
    desk.enter(*drafts)
    asking.remember(desk, replace(act, searched=ruling.verdict is Verdict.PERMIT))
    if grant:
        _open(desk, grant)
    return Outcome(
        justification=given,
        decision=decision,
        referral=referred,
        grant=grant,
        letter=_letter(desk, case, grant) if grant and not grant.hosts else "",
    )


def take_up(desk: Desk, referral: str) -> Grant:
    """Turn a permitted referral into its grant; only the person who asked can.

    Raises:
        NotPermitted: not that person, or it was not permitted.
        BadInput: taken up already.
    """
    held = desk.get(Referral, referral)
    given = desk.get(Justification, held.justification)
    desk.demand("grant.take_up", only=(given.by,))
    if held.verdict is not Verdict.PERMIT:
        raise NotPermitted("This referral was not permitted.", "Its decision says why.")
    case = asking.case_of_claim(desk, given.claim)
    grant = _grant(desk, case, given, held.id, yes_no_only=held.yes_no_only)

    def only_once() -> None:
        if any(g.decision == held.id for g in desk.all(Grant, case=given.applicant)):
            raise BadInput(
                "This referral was taken up already.", "Use the permission that it gave."
            )
        desk.enter(_grant_entry(grant, (held.id,)))

    desk.alone(only_once)
    _open(desk, grant)
    return grant


def revoke(desk: Desk, grant: str, why: str) -> Grant:
    """Take a grant back; what was found stays in the record.

    Raises:
        NotPermitted: neither the holder nor hr.
        BadInput: no reason.
    """
    held = desk.get(Grant, grant)
    desk.demand("grant.revoke", only=None if Role.HR in desk.me.roles else (held.holder,))
    if not why.strip():
        raise BadInput("Say why the permission is taken back.", "A sentence is enough.")
    over = replace(held, not_after=desk.now)
    desk.enter(
        Draft(
            type="grant-revoked",
            subject=held.id,
            case=held.applicant,
            refs=(held.id,),
            boxes={"case": box(over)},
        )
    )
    return over


def letter(desk: Desk, grant: str) -> str:
    """The letter that asks the applicant for the address or the item."""
    held = desk.get(Grant, grant)
    return _letter(desk, asking.case_of_claim(desk, held.claim), held)


def _entries(
    desk: Desk, case: Case, given: Justification, decision: Decision, act: Act
) -> tuple[Draft, Draft]:
    trace = Trace(
        justification=given.id,
        applicant=case.applicant.id,
        vacancy=case.vacancy.id,
        school=case.vacancy.school,
        stage=case.vacancy.stage,
        requirement=given.requirement,
        ground=given.ground,
        claim_kinds=claims.searchable(case.claim.quote).kinds,
        verdict=decision.verdict,
        rules=tuple(r.rule for r in decision.reasons if not r.holds),
        sketch=act.sketch,
        by=given.by,
        at=desk.now,
    )
    asked = Draft(
        type="justification",
        subject=given.id,
        case=case.applicant.id,
        refs=(case.claim.id,),
        boxes={"case": box(given)},
    )
    decided = Draft(
        type="decision",
        subject=decision.id,
        case=case.applicant.id,
        refs=(given.id,),
        facts={"verdict": str(decision.verdict)},
        boxes={"case": box(decision), "hr": box(trace), "equality": box(trace)},
    )
    return asked, decided


def _grant(
    desk: Desk, case: Case, given: Justification, decision: str, *, yes_no_only: bool = False
) -> Grant:
    """The grant of a permit. With nowhere to look it reaches no address at all, and serves only
    to take in what the applicant brings when asked."""
    id, nonce = new_id("G"), new_id("O", 16) if given.third_party else ""
    grant = scope.narrow(
        desk.pack,
        case.claim,
        given,
        case.applicant,
        now=desk.now,
        grant_id=id,
        decision_id=decision,
        nonce=nonce,
        yes_no_only=yes_no_only,
    )
    if grant:
        return grant
    limits = desk.pack.policy.limits
    since, until = scope.window(case.claim.quote, limits.window_days)
    return Grant(
        id=id,
        not_before=desk.now,
        # the applicant needs time to answer the letter
        not_after=desk.now + timedelta(days=limits.reply_days, hours=limits.grant_hours),
        max_requests=0,
        applicant=case.applicant.id,
        claim=case.claim.id,
        decision=decision,
        holder=given.holder,
        source=given.source,
        since=since,
        until=until,
        yes_no_only=yes_no_only,
    )


def _grant_entry(grant: Grant, refs: tuple[str, ...]) -> Draft:
    until = grant.not_after.astimezone(UTC).isoformat() if grant.not_after else ""
    return Draft(
        type="grant",
        subject=grant.id,
        case=grant.applicant,
        refs=refs,
        facts={"not_after": until},
        boxes={"case": box(grant)},
    )


def _open(desk: Desk, grant: Grant) -> None:
    """Make a grant usable: start its account, and let its holder into the case."""
    budget.open_account(desk, grant)
    if grant.holder != desk.me.id:
        desk.enter(
            Draft(
                type="case-shared",
                subject=grant.applicant,
                case=grant.applicant,
                refs=(grant.holder,),
            )
        )
        desk.register.share(grant.applicant, "case", grant.holder)


def _letter(desk: Desk, case: Case, grant: Grant) -> str:
    text = scope.letter(
        desk.pack,
        quote=case.claim.quote,
        source=desk.pack.sources[grant.source],
        name=case.applicant.name,
        vacancy_title=case.vacancy.title,
        school=case.vacancy.school,
    )
    return f"{text}\n{desk.settings().organisation}\n"
