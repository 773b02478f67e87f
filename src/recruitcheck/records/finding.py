"""What the evidence says of the claim, and what the applicant says of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Result(StrEnum):
    """What the evidence says of the claim. `not_found` never counts against anyone."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the evidence says of the claim, and by what the person was recognised."""

    id: str
    applicant: str
    claim: str
    grant: str
    result: Result
    identity: str
    """The identifier the applicant supplied (address, handle, title) by which it is the same
    person; empty only where nothing was found."""
    evidence: tuple[str, ...]
    note: str
    by: str
    at: datetime


class ReplyState(StrEnum):
    """invited → replied or lapsed → weighed → closed."""

    INVITED = "invited"
    REPLIED = "replied"
    LAPSED = "lapsed"
    WEIGHED = "weighed"
    CLOSED = "closed"


class Weight(StrEnum):
    """What came of weighing the applicant's answer to a contradiction."""

    DIFFERS = "differs"
    """The contradiction remains."""
    SETTLED = "settled"
    """The answer explains the difference: the claim is not contradicted."""
    OPEN = "open"
    """It cannot be said, which counts for nothing."""

    @property
    def words(self) -> str:
        """What came of it, as a sentence has it."""
        return {
            Weight.DIFFERS: "the difference remains",
            Weight.SETTLED: "the answer explains it: the claim is not contradicted",
            Weight.OPEN: "it stays unclear, which counts for nothing",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The applicant's answer, invited before a contradiction may be used."""

    id: str
    finding: str
    applicant: str
    state: ReplyState
    invited_on: date
    due_on: date
    text: str = ""
    received_on: date | None = None
    weighed_by: str = ""
    weighing: str = ""
    weight: Weight | None = None
    """What came of the weighing; None before, and in registers written before it was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelLine:
    """The one line the panel may see."""

    id: str
    applicant: str
    finding: str
    text: str
    by: str
    at: datetime
