"""Where each case stands and what comes next, read from the records. No screen here: the home
screen, the applicant's page and the plain mode say the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from recruitcheck.records import (
    Applicant,
    Claim,
    Decision,
    Document,
    Evidence,
    Finding,
    Grant,
    Justification,
    PanelLine,
    Referral,
    Reply,
    ReplyState,
    Result,
    Sight,
    Vacancy,
    Verdict,
)

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One line of work: where something stands, and which page goes on with it."""

    state: str
    """A sign and a word, such as `▶ LOOK`."""
    tone: str
    """`go`, `stop`, `ask` or `faint`: the colour beside the word, never instead of it."""
    case: str
    """Applicant's pseudonym; empty for a vacancy."""
    name: str
    what: str
    """The quote, the document or the post."""
    next: str
    """What comes next, in words."""
    page: str
    """Which page goes on: document, mark, justify, referral, look, judge, finding, panel, done."""
    target: str
    """Id of the record that page needs."""
    due: datetime | None = None
    rank: int = 5
    """Lower is more urgent."""


@dataclass(frozen=True, slots=True)
class _Board:
    """Everything the person may read, by what it belongs to."""

    claims: dict[str, list[Claim]]
    documents: dict[str, list[Document]]
    asked: dict[str, list[Justification]]
    decisions: dict[str, Decision]
    referrals: dict[str, Referral]
    grants: dict[str, Grant]
    sights: dict[str, list[Sight]]
    evidence: dict[str, list[Evidence]]
    findings: dict[str, Finding]
    replies: dict[str, Reply]
    lines: dict[str, PanelLine]


def board(desk: Desk, case: str | None = None) -> _Board:
    """Read once what the jobs are worked out from."""

    def grouped(kind: type[R], key: str) -> dict[str, list[R]]:
        made: dict[str, list[R]] = defaultdict(list)
        for record in desk.all(kind, case):
            made[getattr(record, key)].append(record)
        return made

    def keyed(kind: type[R], key: str) -> dict[str, R]:
        return {getattr(record, key): record for record in desk.all(kind, case)}

    sights: dict[str, list[Sight]] = defaultdict(list)
    for sight in desk.all(Sight, case):
        sights[sight.lookup.grant].append(sight)
    revoked = {e.subject for e in desk.register.entries(type="grant-revoked", case=case)}
    return _Board(
        claims=grouped(Claim, "applicant"),
        documents=grouped(Document, "applicant"),
        asked=grouped(Justification, "claim"),
        decisions=keyed(Decision, "justification"),
        referrals=keyed(Referral, "justification"),
        grants={g.claim: g for g in desk.all(Grant, case) if g.id not in revoked},
        sights=sights,
        evidence=grouped(Evidence, "grant"),
        findings=keyed(Finding, "grant"),
        replies=keyed(Reply, "finding"),
        lines=keyed(PanelLine, "finding"),
    )


def jobs(desk: Desk, case: str | None = None) -> tuple[Job, ...]:
    """Every line of work of this person, the most urgent first."""
    held = board(desk, case)
    people = [desk.get(Applicant, case)] if case else list(desk.all(Applicant))
    found: list[Job] = []
    for applicant in people:
        found += _case(desk, held, applicant)
    if case is None:
        busy = {a.vacancy for a in people}
        found += [
            Job(
                state="○ POST",
                tone="faint",
                case="",
                name=v.title,
                what=v.school,
                next="no applicants yet",
                page="vacancy",
                target=v.id,
                rank=8,
            )
            for v in desk.all(Vacancy)
            if v.id not in busy and v.stage != "closed"
        ]
    return tuple(sorted(found, key=lambda job: job.rank))


def _case(desk: Desk, held: _Board, applicant: Applicant) -> list[Job]:
    common: dict[str, Any] = {"case": applicant.id, "name": applicant.name}
    if not held.documents.get(applicant.id):
        return [
            Job(
                **common,
                state="○ NEW",
                tone="faint",
                what="no application yet",
                next="add the application",
                page="document",
                target=applicant.id,
                rank=4,
            )
        ]
    claims = held.claims.get(applicant.id, [])
    found = [_claim(desk, held, claim, common) for claim in claims]
    if not found:
        found.append(
            Job(
                **common,
                state="○ NEW",
                tone="faint",
                what="nothing marked yet",
                next="mark a claim",
                page="mark",
                target=applicant.id,
                rank=4,
            )
        )
    return found


def _claim(desk: Desk, held: _Board, claim: Claim, common: dict[str, Any]) -> Job:
    asked = held.asked.get(claim.id, [])
    base = {**common, "what": f"“{claim.quote}”"}
    if not asked:
        return Job(
            **base,
            state="◇ MARKED",
            tone="faint",
            next="say why it must be checked",
            page="justify",
            target=claim.id,
            rank=3,
        )
    grant = held.grants.get(claim.id)
    if grant is not None:
        return _granted(desk, held, grant, base)
    latest = asked[-1]
    decision = held.decisions.get(latest.id)
    referral = held.referrals.get(latest.id)
    if referral is not None and referral.verdict is None:
        return Job(
            **base,
            state="◆ REFERRED",
            tone="ask",
            next="an equality reviewer decides",
            page="decision",
            target=latest.id,
            due=referral.due,
            rank=6,
        )
    if referral is not None and referral.verdict is Verdict.PERMIT:
        return Job(
            **base,
            state="▶ PERMITTED",
            tone="go",
            next="take up the permission",
            page="take_up",
            target=referral.id,
            rank=1,
        )
    if decision is not None and decision.verdict is Verdict.PERMIT:
        return Job(
            **base,
            state="→ REVOKED",
            tone="faint",
            next="the permission was taken back",
            page="decision",
            target=latest.id,
            rank=7,
        )
    return Job(
        **base,
        state="✗ REFUSED",
        tone="stop",
        next="see why, or leave it",
        page="decision",
        target=latest.id,
        rank=7,
    )


def _granted(  # noqa: PLR0911  # one answer for each place where a case can stand
    desk: Desk, held: _Board, grant: Grant, base: dict[str, Any]
) -> Job:
    finding = held.findings.get(grant.id)
    if finding is not None:
        return _found(held, finding, base)
    if grant.holder != desk.me.id:
        return Job(
            **base,
            state="→ ELSEWHERE",
            tone="faint",
            next="somebody else looks",
            page="grant",
            target=grant.id,
            rank=6,
        )
    if held.evidence.get(grant.id):
        return Job(
            **base,
            state="▶ KEPT",
            tone="go",
            next="record the finding",
            page="finding",
            target=grant.id,
            rank=1,
        )
    if grant.not_after and desk.now >= grant.not_after:
        return Job(
            **base,
            state="✗ EXPIRED",
            tone="stop",
            next="ask again if still needed",
            page="finding",
            target=grant.id,
            rank=5,
        )
    if not grant.hosts and not held.sights.get(grant.id):
        return Job(
            **base,
            state="✉ LETTER",
            tone="go",
            next="ask the applicant where to look",
            page="look",
            target=grant.id,
            due=grant.not_after,
            rank=2,
        )
    if held.sights.get(grant.id):
        return Job(
            **base,
            state="▶ SEEN",
            tone="go",
            next="judge what was shown",
            page="look",
            target=grant.id,
            due=grant.not_after,
            rank=1,
        )
    return Job(
        **base,
        state="▶ LOOK",
        tone="go",
        next="look it up",
        page="look",
        target=grant.id,
        due=grant.not_after,
        rank=1,
    )


_RESULTS = {
    Result.CONFIRMED: ("✓ CONFIRMED", "go"),
    Result.CONTRADICTED: ("▲ DIFFERS", "stop"),
    Result.NOT_FOUND: ("– NOT FOUND", "faint"),
    Result.UNCLEAR: ("? UNCLEAR", "faint"),
}


def _found(held: _Board, finding: Finding, base: dict[str, Any]) -> Job:
    state, tone = _RESULTS[finding.result]
    if finding.id in held.lines:
        return Job(
            **base,
            state=state,
            tone=tone,
            next="done: the panel has its line",
            page="result",
            target=finding.id,
            rank=9,
        )
    if finding.result is not Result.CONTRADICTED:
        return Job(
            **base,
            state=state,
            tone=tone,
            next="write the panel line",
            page="result",
            target=finding.id,
            rank=2,
        )
    reply = held.replies.get(finding.id)
    words, rank = {
        None: ("invite the applicant to reply", 1),
        ReplyState.INVITED: ("waiting for the applicant's reply", 6),
        ReplyState.REPLIED: ("weigh the reply", 1),
        ReplyState.LAPSED: ("weigh that no reply came", 1),
        ReplyState.WEIGHED: ("close the reply", 1),
        ReplyState.CLOSED: ("write the panel line", 2),
    }[reply.state if reply else None]
    return Job(
        **base, state=state, tone=tone, next=words, page="result", target=finding.id, rank=rank
    )
