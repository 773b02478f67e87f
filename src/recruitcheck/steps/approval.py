"""Justify, decide, refer, grant: from a claim to the narrow permission, or to a reasoned no.

Permitted, referred and refused requests leave the same entries. The decision itself is pure
(`rules.decide`); this module gathers its facts, enters what it said, and opens what it allows.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tinydb import where

from recruitcheck import codec
from recruitcheck.errors import BadInput, Destroyed, NotFound, NotPermitted, Sealed
from recruitcheck.records import (
    Applicant,
    BlindReferral,
    Claim,
    Decision,
    Document,
    Draft,
    Grant,
    Justification,
    Person,
    QueryWord,
    Reason,
    Referral,
    Role,
    Route,
    Trace,
    Vacancy,
    Verdict,
)
from recruitcheck.rules import blind, claims, decide, patterns, scope
from recruitcheck.rules.patterns import Act
from recruitcheck.rules.question import Question
from recruitcheck.steps import budget
from recruitcheck.steps.desk import Desk, box, new_id

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
class Outcome:
    """What came of a submission."""

    justification: Justification
    decision: Decision
    referral: Referral | None = None
    grant: Grant | None = None
    letter: str = ""
    """For a permit with nowhere to look: the letter that asks the applicant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """The records one justification rests on."""

    claim: Claim
    document: Document
    applicant: Applicant
    vacancy: Vacancy


def preview(desk: Desk, answers: Answers) -> tuple[Reason, ...]:
    """What the structural rules say while the form is being filled in.

    Typed words are not screened here and nothing is entered, so the screen is no oracle.
    """
    case = _case(desk, answers.claim)
    given = _justification(desk, answers, case)
    return decide.structural(_question(desk, case, given, act=None))


def composed(desk: Desk, answers: Answers) -> tuple[QueryWord, ...]:
    """The query that a permit would use, word by word with where each comes from."""
    source = desk.pack.sources.get(answers.source)
    ground = desk.pack.grounds.get(answers.ground)
    if source is None or ground is None:
        return ()
    case = _case(desk, answers.claim)
    return scope.compose(case.claim.quote, source, ground, case.applicant.name)


def justify(desk: Desk, answers: Answers) -> Outcome:
    """Submit a justification; it is decided at once and entered, whatever the verdict.

    Raises:
        NotPermitted: not this person's step.
        BadInput: the route is missing, so that there is nothing complete to decide.
        NotFound: no such claim.
    """
    desk.demand("justify")
    if answers.route is None:
        raise BadInput(
            "Say which less intrusive route came first.",
            "For example: the applicant was asked, or a certificate was looked at.",
        )
    case = _case(desk, answers.claim)
    given = _justification(desk, answers, case)
    act = _act(desk, case, given)
    ruling = decide.decide(_question(desk, case, given, act=act))
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
    referral = grant = None
    if ruling.verdict is Verdict.REFER:
        referral = _referral(desk, given, decision)
        drafts += _referral_entries(desk, case, given, decision, referral=referral)
    elif ruling.verdict is Verdict.PERMIT:
        grant = _grant(desk, case, given, decision.id)
        drafts.append(_grant_entry(grant, (decision.id,)))
    desk.enter(*drafts)
    _remember(desk, replace(act, searched=ruling.verdict is Verdict.PERMIT))
    if grant:
        _open(desk, grant)
    return Outcome(
        justification=given,
        decision=decision,
        referral=referral,
        grant=grant,
        letter=_letter(desk, case, grant) if grant and not grant.hosts else "",
    )


def referrals(desk: Desk) -> tuple[BlindReferral, ...]:
    """The open referrals in the blind view, the most urgent first.

    Raises:
        NotPermitted: only equality reviewers.
    """
    desk.demand("referral.read")
    decided = {e.subject for e in desk.register.entries(type="referral-decided")}
    waiting = [b for b in desk.all(BlindReferral) if b.referral not in decided]
    return tuple(sorted(waiting, key=lambda b: b.due))


def overdue(desk: Desk, referral: BlindReferral | Referral) -> bool:
    """Whether the deadline has passed, so that the referral is the deputy's."""
    return desk.now > referral.due


def decide_referral(
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
        raise BadInput("This referral is decided already.", "An appeal opens it again.")
    deputy = desk.settings().deputy
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
    desk.enter(
        Draft(
            type="referral-decided",
            subject=decided.id,
            case=desk.case_of(decided.id),
            refs=(decided.id, decided.justification),
            facts={"verdict": str(verdict)},
            boxes={"case": box(decided), "equality": box(decided)},
        )
    )
    return decided


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
        raise BadInput(
            "Only a refused referral can be appealed, and only once.",
            "Ask HR what else can be done.",
        )
    if not why.strip():
        raise BadInput("Say why the decision should be looked at again.", "")
    case = _case(desk, given.claim)
    again = replace(_referral(desk, given, desk.get(Decision, held.decision)), appeal_of=held.id)
    decision = desk.get(Decision, held.decision)
    desk.enter(*_referral_entries(desk, case, given, decision, referral=again, said=why.strip()))
    return again


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
    if any(g.decision == held.id for g in desk.all(Grant, case=given.applicant)):
        raise BadInput("This referral was taken up already.", "Use the grant it gave.")
    case = _case(desk, given.claim)
    grant = _grant(desk, case, given, held.id, yes_no_only=held.yes_no_only)
    desk.enter(_grant_entry(grant, (held.id,)))
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
        raise BadInput("Say why the grant is taken back.", "A sentence is enough.")
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
    return _letter(desk, _case(desk, held.claim), held)


# --- below: gathering facts and writing entries -----------------------------------------------


def _case(desk: Desk, claim: str) -> _Case:
    held = desk.get(Claim, claim)
    applicant = desk.get(Applicant, held.applicant)
    return _Case(
        claim=held,
        document=desk.get(Document, held.document),
        applicant=applicant,
        vacancy=desk.get(Vacancy, applicant.vacancy),
    )


def _justification(desk: Desk, answers: Answers, case: _Case) -> Justification:
    return Justification(
        id=new_id("J"),
        claim=case.claim.id,
        applicant=case.applicant.id,
        ground=answers.ground,
        requirement=answers.requirement,
        route=answers.route or Route.CANNOT_SETTLE,
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


def _question(desk: Desk, case: _Case, given: Justification, *, act: Act | None) -> Question:
    post = case.vacancy.id
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
        applicants=sum(1 for e in desk.register.entries(type="applicant-added") if post in e.refs),
    )


def _person(desk: Desk, id: str) -> Person | None:
    return next((p for p in desk.register.people() if p.id == id), None)


def _act(desk: Desk, case: _Case, given: Justification) -> Act:
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
    """What this person asked before, from rows that only they can open."""
    rows = desk.register.table(_ACTS).search(where("by") == desk.me.id)
    return tuple(codec.decode(Act, desk.register.open_mine(row["sealed"])) for row in rows)


def _remember(desk: Desk, act: Act) -> None:
    sealed = desk.register.seal_mine(codec.encode(act))
    desk.register.table(_ACTS).insert({"by": act.by, "case": act.case, "sealed": sealed})


def _entries(
    desk: Desk, case: _Case, given: Justification, decision: Decision, act: Act
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


def _referral(desk: Desk, given: Justification, decision: Decision) -> Referral:
    return Referral(
        id=new_id("R"),
        justification=given.id,
        decision=decision.id,
        due=_working_days(desk.now, desk.pack.policy.limits.referral_days),
    )


def _referral_entries(
    desk: Desk,
    case: _Case,
    given: Justification,
    decision: Decision,
    *,
    referral: Referral,
    said: str = "",
) -> list[Draft]:
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
    case: _Case,
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
        route=hide(f"{given.route}: {given.route_note}"),
        confirms=hide(given.confirms),
        refutes=hide(given.refutes),
        source=given.source,
        query=hide(scope.query_text(decision.query)),
        reasons=decision.reasons,
        due=referral.due,
    )


def _grant(
    desk: Desk, case: _Case, given: Justification, decision: str, *, yes_no_only: bool = False
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


def _letter(desk: Desk, case: _Case, grant: Grant) -> str:
    text = scope.letter(
        desk.pack,
        quote=case.claim.quote,
        source=desk.pack.sources[grant.source],
        name=case.applicant.name,
        vacancy_title=case.vacancy.title,
        school=case.vacancy.school,
    )
    return f"{text}\n{desk.settings().organisation}\n"


def _sides(desk: Desk, referral: Referral) -> set[str]:
    """Everybody on the asking side of a referral, and whoever decided the one it appeals."""
    sides = {e.author for e in desk.register.entries(subject=referral.justification)}
    if referral.appeal_of:
        with suppress(NotFound, Sealed, Destroyed):
            sides.add(desk.get(Referral, referral.appeal_of).decided_by)
    return sides


def _working_days(start: datetime, days: int) -> datetime:
    """So many working days later (Monday to Friday), at the same hour."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
