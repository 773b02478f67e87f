"""From an application document to the reason why one claim of it must be checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Nature(StrEnum):
    """What a marked span is."""

    CHECKABLE = "checkable"
    OPINION = "opinion"
    SENSITIVE = "sensitive"
    CHARACTERISTIC = "characteristic"
    """The bare statement of a protected characteristic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An exact span of an application document: the only thing a search may start from."""

    id: str
    applicant: str
    document: str
    quote: str
    start: int
    end: int
    """Half-open span of code points in the document's text."""
    nature: Nature
    at: datetime | None = None
    by: str = ""


class Route(StrEnum):
    """The less intrusive route that comes before any search."""

    ASKED_APPLICANT = "asked_applicant"
    CERTIFICATE = "certificate"
    REFERENCE = "reference"
    INTERVIEW_TASK = "interview_task"
    CANNOT_SETTLE = "cannot_settle"

    @property
    def words(self) -> str:
        """What was tried, as a sentence has it."""
        return {
            Route.ASKED_APPLICANT: "we asked the applicant",
            Route.CERTIFICATE: "we asked for a certificate or other proof",
            Route.REFERENCE: "we asked the referee",
            Route.INTERVIEW_TASK: "we set a task at interview",
            Route.CANNOT_SETTLE: "none of these could settle it",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Justification:
    """Structured answers that tie one claim to one ground and one requirement."""

    id: str
    claim: str
    applicant: str
    ground: str
    requirement: str
    """Id of the person-specification line the claim bears on."""
    route: Route
    route_note: str
    """What came of the less intrusive route, or why it cannot settle the claim."""
    confirms: str
    refutes: str
    """What would confirm the claim, and what would refute it."""
    source: str
    """Id of a file in `justifications/sources/`: the kind of source the claim names."""
    holder: str
    """Id of the person who will hold the grant; never on the vacancy's panel."""
    reason: str = ""
    """Why this claim must be checked for this person."""
    note: str = ""
    """Free text; can make the decision stricter, never looser."""
    address: str = ""
    """An address or handle of the quote (or one the applicant gave) to look at; may be empty."""
    third_party: str = ""
    """Name of the outside researcher who is to look, if any."""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringLink:
    """Which monitoring form belongs to which pseudonym. Sealed to equality alone."""

    applicant: str
    vacancy: str
    reference: str
