"""One request as HR audits it: everything it rests on and everything that came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from recruitcheck.errors import Destroyed, IntegrityError, NotFound, Sealed
from recruitcheck.records import (
    Applicant,
    Claim,
    Decision,
    Document,
    Entry,
    Evidence,
    Finding,
    Grant,
    Justification,
    PanelLine,
    Referral,
    Reply,
    Review,
    Sight,
    Trace,
    Vacancy,
    Withheld,
)
from recruitcheck.steps import audit_index
from recruitcheck.steps.desk import WHERE, Desk

R = TypeVar("R")

_AROUND = 160
"""Characters of the document shown on each side of the claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A request with its whole history. What this reader may not open is None or missing."""

    id: str
    case: str
    destroyed: bool
    applicant: Applicant | None = None
    vacancy: Vacancy | None = None
    document: Document | None = None
    claim: Claim | None = None
    before: str = ""
    """What stands in the document just before the claim, for reading it in its place."""
    after: str = ""
    justification: Justification | None = None
    decision: Decision | None = None
    trace: Trace | None = None
    referrals: tuple[Referral, ...] = ()
    grants: tuple[Grant, ...] = ()
    revoked: tuple[str, ...] = ()
    sights: tuple[Sight, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    replies: tuple[Reply, ...] = ()
    panel_lines: tuple[PanelLine, ...] = ()
    reviews: tuple[Review, ...] = ()
    entries: tuple[Entry, ...] = ()
    """The entries of the ledger that belong to it, oldest first."""


def open_file(desk: Desk, id: str) -> CaseFile:
    """Gather one request by its id, or by the id of anything that rests on it.

    Raises:
        NotFound: there is no such request.
    """
    request = audit_index.request_of(desk, id)
    if not request:
        raise NotFound(f"There is no search or refusal {id!r} here.", "Choose one from the list.")
    parts = audit_index.parts_of(desk, request)
    case = next(entry.case for entry in desk.register.entries(subject=request))
    entries = tuple(e for e in desk.register.entries(case=case) if _belongs(e, parts))
    found = _Found(desk, entries)
    justification = found.first(Justification)
    claim = _get(desk, Claim, justification.claim) if justification else None
    document = _get(desk, Document, claim.document) if claim else None
    applicant = _get(desk, Applicant, case)
    return CaseFile(
        id=request,
        case=case,
        destroyed=any(e.type == "shred-done" for e in entries),
        applicant=applicant,
        vacancy=_get(desk, Vacancy, applicant.vacancy) if applicant else None,
        document=document,
        claim=claim,
        before=document.text[max(0, claim.start - _AROUND) : claim.start]
        if document and claim
        else "",
        after=document.text[claim.end : claim.end + _AROUND] if document and claim else "",
        justification=justification,
        decision=found.first(Decision),
        trace=found.first(Trace),
        referrals=found.newest(Referral),
        grants=found.newest(Grant),
        revoked=tuple(e.subject for e in entries if e.type == "grant-revoked"),
        sights=found.newest(Sight),
        withheld=found.newest(Withheld),
        evidence=found.newest(Evidence),
        findings=found.newest(Finding),
        replies=found.newest(Reply),
        panel_lines=found.newest(PanelLine),
        reviews=found.newest(Review),
        entries=entries,
    )


def _belongs(entry: Entry, parts: frozenset[str]) -> bool:
    if entry.subject in parts:
        return True
    if entry.type == "review":
        return not parts.isdisjoint(entry.refs)
    return entry.type in ("shred-intent", "shred-done", "hold", "hold-lifted", "objection")


def _get(desk: Desk, kind: type[R], id: str) -> R | None:
    try:
        return desk.get(kind, id)
    except (NotFound, Sealed, Destroyed):
        return None


class _Found:
    """Records out of a few entries, as far as this person may open them."""

    def __init__(self, desk: Desk, entries: Sequence[Entry]) -> None:
        self._desk, self._entries = desk, entries

    def newest(self, kind: type[R]) -> tuple[R, ...]:
        types, boxes = WHERE[kind]
        found: dict[str, R] = {}
        for entry in self._entries:
            if entry.type not in types:
                continue
            try:
                found[entry.subject] = self._desk.open(kind, entry, boxes)
            except (Sealed, Destroyed, IntegrityError):
                continue
        return tuple(found.values())

    def first(self, kind: type[R]) -> R | None:
        return next(iter(self.newest(kind)), None)
