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


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelLine:
    """The one line the panel may see."""

    id: str
    applicant: str
    finding: str
    text: str
    by: str
    at: datetime
