"""Where each case stands and what comes next, read from the records. No screen here: the home
screen, the applicant's page and the plain mode say the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from recruitcheck.records import (
    Applicant,
    Claim,
    Decision,
    Document,
    Evidence,
    Finding,
    Grant,
    Justification,
    Nature,
    PanelLine,
    Referral,
    Reply,
    ReplyState,
    Result,
    Sight,
    Stage,
    Vacancy,
    Verdict,
)

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk

R = TypeVar("R")

_DONE = "done: "
"""Before what is said of a line on which nothing is left to do."""


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

    @property
    def heard(self) -> str:
        """The state without its sign, for somebody who hears it."""
        return self.state.partition(" ")[2].capitalize()

    @property
    def goes_on(self) -> str:
        """What comes next, or that nothing does, as the end of a sentence."""
        if self.next.startswith(_DONE):
            return f"Done: {self.next.removeprefix(_DONE)}"
        return f"Next: {self.next}"


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


def _board(desk: Desk, case: str | None = None) -> _Board:
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
    revoked = _revoked(desk, case)
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


class Decided(NamedTuple):
    """What came of one request: the claim, the decision, and what it led to."""

    claim: Claim
    decision: Decision
    referral: Referral | None
    """The newest, where there was one; an appeal makes another."""
    grant: Grant | None
    """Of the decision itself, or of the referral that was permitted; None when taken back."""


def decided(desk: Desk, request: str) -> Decided:
    """What came of a request, by the id of its justification.

    Raises:
        NotFound: there is no such request.
        Sealed, Destroyed: it cannot be read.
    """
    asked = desk.get(Justification, request)
    case = asked.applicant
    decision = [d for d in desk.all(Decision, case) if d.justification == asked.id][-1]
    referral = next(
        (r for r in reversed(desk.all(Referral, case)) if r.justification == asked.id), None
    )
    bases = {decision.id, referral.id if referral else decision.id}
    revoked = _revoked(desk, case)
    standing = (g for g in desk.all(Grant, case) if g.decision in bases and g.id not in revoked)
    return Decided(desk.get(Claim, asked.claim), decision, referral, next(standing, None))


def _revoked(desk: Desk, case: str | None) -> set[str]:
    """Ids of the permissions that were taken back."""
    return {entry.subject for entry in desk.register.entries(type="grant-revoked", case=case)}


class _Line(NamedTuple):
    """What a line of work is about."""

    case: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a line of work can stand: what is said, what goes on with it, how urgent it is."""

    state: str
    tone: str
    next: str
    page: str
    rank: int

    def job(self, line: _Line, target: str, due: datetime | None = None) -> Job:
        """The line of work that stands here."""
        return Job(
            case=line.case,
            name=line.name,
            what=line.what,
            state=self.state,
            tone=self.tone,
            next=self.next,
            page=self.page,
            rank=self.rank,
            target=target,
            due=due,
        )


_POST_EMPTY = _Stand("○ POST", "faint", "add an applicant", "vacancy", 8)
_POST_OPEN = _Stand("○ POST", "faint", "shortlist it to search", "vacancy", 8)
_POST = _Stand("○ POST", "faint", "close it once decided", "vacancy", 8)
_NO_DOCUMENT = _Stand("○ NEW", "faint", "add the application", "document", 4)
_NO_CLAIM = _Stand("○ NEW", "faint", "mark a claim", "mark", 4)
_MARKED = _Stand("◇ MARKED", "faint", "say why it is checked", "justify", 3)
_NEVER_LOOKED_UP = {
    Nature.OPINION: _Stand("◇ OPINION", "faint", "ask at interview", "justify", 8),
    Nature.CHARACTERISTIC: _Stand("◇ PROTECTED", "faint", "never searched", "justify", 8),
}
"""Claims for which no reason could win a permission."""
_REFERRED = _Stand("◆ REFERRED", "ask", "the reviewer decides", "decision", 6)
_TO_TAKE_UP = _Stand("▶ PERMITTED", "go", "take up the permission", "take_up", 1)
_REVOKED = _Stand("→ REVOKED", "faint", "permission taken back", "decision", 7)
_REFUSED = _Stand("✗ REFUSED", "stop", "see why, or leave it", "decision", 7)
_ELSEWHERE = _Stand("→ ELSEWHERE", "faint", "somebody else looks", "grant", 6)
_KEPT = _Stand("▶ KEPT", "go", "record the finding", "finding", 1)
_EXPIRED = _Stand("✗ EXPIRED", "stop", "ask again if needed", "finding", 5)
_LETTER = _Stand("✉ LETTER", "go", "ask where to look", "look", 2)
_SEEN = _Stand("▶ SEEN", "go", "judge what was shown", "look", 1)
_LOOK = _Stand("▶ LOOK", "go", "look it up", "look", 1)

_SEARCHES = {stand.next for stand in (_MARKED, _TO_TAKE_UP, _LOOK)}
"""Next steps that an objection stops."""


def jobs(desk: Desk, case: str | None = None) -> tuple[Job, ...]:
    """Every line of work of this person, the most urgent first."""
    held = _board(desk, case)
    people = [desk.get(Applicant, case)] if case else list(desk.all(Applicant))
    found = [job for applicant in people for job in _case(desk, held, applicant)]
    if case is None:
        busy = {a.vacancy for a in people}
        found += [_post(v, v.id in busy) for v in desk.all(Vacancy) if v.stage is not Stage.CLOSED]
    return tuple(sorted(found, key=lambda job: job.rank))


def _post(vacancy: Vacancy, busy: bool) -> Job:
    """A post has a line until it is closed: its stage decides whether anything can be searched,
    and from its closing the time counts after which everything is destroyed."""
    searched = _POST_OPEN if vacancy.stage is Stage.OPEN else _POST
    stand = searched if busy else _POST_EMPTY
    return stand.job(_Line("", vacancy.title, vacancy.school), vacancy.id)


def _case(desk: Desk, held: _Board, applicant: Applicant) -> list[Job]:
    def about(what: str) -> _Line:
        return _Line(applicant.id, applicant.name, what)

    if not held.documents.get(applicant.id):
        return [_NO_DOCUMENT.job(about("no application yet"), applicant.id)]
    claims = held.claims.get(applicant.id, [])
    if not claims:
        return [_NO_CLAIM.job(about("nothing marked yet"), applicant.id)]
    found = [_claim(desk, held, claim, about(f"“{claim.quote}”")) for claim in claims]
    return [_waiting(desk, job) for job in found] if applicant.objected_on else found


def _waiting(desk: Desk, job: Job) -> Job:
    """The line of somebody who objected, or restricted the use of what was found: no next step
    that would be refused."""
    if job.next in _SEARCHES:
        return replace(job, next="wait: they objected", rank=6)
    if job.next == _LINE[0]:
        from recruitcheck.steps import rights  # it knows the access bundle; only these need it

        if rights.restricted(desk, job.case):
            return replace(job, next="wait: use restricted", rank=6)
    return job


def _claim(desk: Desk, held: _Board, claim: Claim, line: _Line) -> Job:
    asked = held.asked.get(claim.id, [])
    if not asked:
        return _NEVER_LOOKED_UP.get(claim.nature, _MARKED).job(line, claim.id)
    grant = held.grants.get(claim.id)
    if grant is not None:
        finding = held.findings.get(grant.id)
        return _found(held, finding, line) if finding else _granted(desk, held, grant, line)
    latest = asked[-1]
    decision = held.decisions.get(latest.id)
    referral = held.referrals.get(latest.id)
    if referral is not None and referral.verdict is None:
        return _REFERRED.job(line, latest.id, referral.due)
    if referral is not None and referral.verdict is Verdict.PERMIT:
        return _TO_TAKE_UP.job(line, referral.id)
    if decision is not None and decision.verdict is Verdict.PERMIT:
        return _REVOKED.job(line, latest.id)
    return _REFUSED.job(line, latest.id)


def _granted(desk: Desk, held: _Board, grant: Grant, line: _Line) -> Job:
    """Where a permission stands whose finding is still to come."""
    if grant.holder != desk.me.id:
        return _ELSEWHERE.job(line, grant.id)
    if held.evidence.get(grant.id):
        return _KEPT.job(line, grant.id)
    if grant.not_after and desk.now >= grant.not_after:
        return _EXPIRED.job(line, grant.id)
    seen = held.sights.get(grant.id)
    stand = _SEEN if seen else _LOOK if grant.hosts else _LETTER
    return stand.job(line, grant.id, grant.not_after)


_RESULTS = {
    Result.CONFIRMED: ("✓ CONFIRMED", "go"),
    Result.CONTRADICTED: ("▲ DIFFERS", "stop"),
    Result.NOT_FOUND: ("– NOT FOUND", "faint"),
    Result.UNCLEAR: ("? UNCLEAR", "faint"),
}
_LINE = ("write the panel line", 2)
_REPLIES = {
    None: ("invite a reply", 1),
    ReplyState.INVITED: ("wait for the reply", 6),
    ReplyState.REPLIED: ("weigh the reply", 1),
    ReplyState.LAPSED: ("weigh that none came", 1),
    ReplyState.WEIGHED: ("close the reply", 1),
    ReplyState.CLOSED: _LINE,
}


def _found(held: _Board, finding: Finding, line: _Line) -> Job:
    """Where a finding stands: to be told, told, or waiting for the applicant's reply."""
    if finding.id in held.lines:
        then, rank = f"{_DONE}the panel has it", 9
    elif finding.result is not Result.CONTRADICTED:
        then, rank = _LINE
    else:
        reply = held.replies.get(finding.id)
        then, rank = _REPLIES[reply.state if reply else None]
    state, tone = _RESULTS[finding.result]
    return _Stand(state, tone, then, "result", rank).job(line, finding.id)
