"""People, roles, and the posts that the organisation advertises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may do here; see `rules/roles.py`. One person may hold several."""

    RECRUITER = "recruiter"
    HR = "hr"
    EQUALITY = "equality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of staff with keys of their own."""

    id: str
    name: str
    roles: tuple[Role, ...]
    sign_key: str = ""
    """Ed25519 public key, standard base64."""
    seal_key: str = ""
    """HPKE public key, standard base64."""
    admitted_at: datetime | None = None
    left_at: datetime | None = None
    waiting: bool = False
    """Joined with a code, and waits for HR to admit them."""
    trained_until: date | None = None
    """Last day the training attestation holds; lapsed: may read and finish, not start."""


class Stage(StrEnum):
    """Where a vacancy stands. Searching is possible from shortlisted to offer."""

    OPEN = "open"
    SHORTLISTED = "shortlisted"
    INTERVIEW = "interview"
    OFFER = "offer"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One line of the person specification."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A post at one school, with what it asks for and who decides."""

    id: str
    reference: str
    title: str
    school: str
    requirements: tuple[Requirement, ...]
    panel: tuple[str, ...] = ()
    """Ids of the people on the interview panel."""
    stage: Stage = Stage.OPEN
    notice_version: str = ""
    notice_text: str = ""
    """What applicants to this post are told about searches (UK GDPR 13, 14)."""
    advertised_words: str = ""
    """The advertisement's criteria; candidate finding may use these words and no others."""
    opened_on: date | None = None
    closes_on: date | None = None
    decided_on: date | None = None
    """Day of the appointment decision; the content clock of retention starts here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """A person who applied for one vacancy. `id` is the pseudonym, such as `A-7F3K`."""

    id: str
    vacancy: str
    name: str
    accounts: tuple[str, ...] = ()
    """Addresses and handles the applicant gave, outside any quote."""
    adult: bool = True
    notice_version: str = ""
    notice_on: date | None = None
    """When the applicant was told about searches; no notice, no search."""
    objected_on: date | None = None
    """An objection stops searching until it is answered."""
    monitoring_reference: str = ""
    """Empty, and kept for registers already written: the reference lies in a `MonitoringLink`."""


class DocumentKind(StrEnum):
    """What an application document is."""

    CV = "cv"
    FORM = "form"
    LETTER = "letter"
    INTERVIEW_NOTE = "interview_note"
    SUPPLIED = "supplied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An application document as text. Offsets everywhere count code points of `text`."""

    id: str
    applicant: str
    kind: DocumentKind
    title: str
    text: str
    pages: tuple[int, ...] = ()
    """Offset in `text` at which each page begins."""
    received_at: datetime | None = None
    countersigned_by: str = ""
    """For an interview note: the second person who heard it; without one it grounds no claim."""
