"""Declarations, disclosures, breaches, objections: what the people answerable record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from recruitcheck.records.decision import Reason, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Searches drawn at random for an audit. The seed makes the draw repeatable by anyone."""

    id: str
    seed: str
    filter: str
    """What was drawn from, as it was typed (`rules/filters.py`)."""
    drawn: tuple[str, ...]
    """Ids of the justifications drawn, in the order of the draw."""
    among: int
    """How many there were to draw from."""
    up_to: int
    """Last entry of the ledger that was considered."""
    by: str
    at: datetime


class DeclarationKind(StrEnum):
    """What somebody declares about their own acts, or about what they came to see."""

    OFF_TOOL = "off_tool"
    """A search made outside recruitcheck."""
    EXPOSURE = "exposure"
    """“I saw something protected”: recorded without what it was."""
    DISPARAGEMENT = "disparagement"
    """Content about the trust seen by accident; printed for the headteacher, kept nowhere."""
    CONSIDERATION = "consideration"
    """The dated position on online searches under Keeping children safe in education."""
    AMNESTY = "amnesty"
    """A window in which off-tool searches may be declared without discipline."""
    UNASKED_REPORT = "unasked_report"
    """A report by somebody outside that nobody asked for; it lies beside, sealed unread."""
    RESEARCHER_STRAYED = "researcher_strayed"
    """An outside researcher's report held more than a few things beyond the instruction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A declaration. What was seen is never part of it."""

    id: str
    kind: DeclarationKind
    by: str
    at: datetime
    applicant: str = ""
    vacancy: str = ""
    on: date | None = None
    """When it happened; for an amnesty, its first day."""
    until: date | None = None
    place: str = ""
    """The kind of place, such as “video platform”; not an address."""
    text: str = ""
    """Why it happened, or the reasons for a position; never what was seen."""
    bars: str = ""
    """Id of a person who takes no further part in the decision."""
    amnesty: bool = False
    """Declared inside an amnesty window."""
    handed_to: str = ""
    """Office to which what was seen was handed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """A paper or file that left the register: what kind, about whom, for whom."""

    id: str
    kind: str
    """Which paper: `receipt`, `audit-csv`, `breach-pack` …"""
    recipient: str
    by: str
    at: datetime
    applicant: str = ""
    digest: str = ""
    """Salted digest of what was handed out, hex."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A personal data breach, or a breach of the policy, and what was done about it."""

    id: str
    what: str
    aware_at: datetime
    """When the trust became aware; the 72 hours of UK GDPR 33 run from here."""
    people: str
    """Who and how many are affected, in words."""
    effect: str
    containment: str
    told: str
    """Who was told, and when."""
    lessons: str
    by: str
    at: datetime
    clause: str = ""
    """For misuse: the clause of the policy that was broken."""
    person: str = ""
    """For misuse: whose act it was; goes to the headteacher."""
    decision: str = ""
    """What the headteacher decided."""
    entries: tuple[int, ...] = ()
    """Entries of the ledger it rests on."""
    reported_at: datetime | None = None
    """When the Information Commissioner was told; None: not, or not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringAnswers:
    """One applicant's answers to the equality monitoring form. Sealed to equality alone."""

    applicant: str
    reference: str
    """Printed on the form."""
    answers: Mapping[str, str]
    """Question to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFigures:
    """The figures of one term as counted and published. Sealed to equality alone.

    `tables` maps a question to groups, each with its applicants and searched; what may be shown
    of them follows from the threshold alone.
    """

    id: str
    term: str
    threshold: int
    tables: Mapping[str, Mapping[str, tuple[int, int]]]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An applicant's objection to searching, or request to restrict, and its answer."""

    id: str
    applicant: str
    kind: str
    """`objection` or `restriction`."""
    text: str
    received_on: date
    by: str
    at: datetime
    answer: str = ""
    upheld: bool | None = None
    """None: not answered yet."""
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the applicant says is wrong about a finding; it stands beside the finding."""

    id: str
    applicant: str
    finding: str
    text: str
    received_on: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourcing:
    """One look for candidates: criteria of the advertisement, and no person."""

    id: str
    vacancy: str
    criteria: tuple[str, ...]
    source: str
    by: str
    at: datetime
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody found who is to be approached; from here on the Article 14 clock runs."""

    id: str
    sourcing: str
    vacancy: str
    name: str
    where: str
    """Where they advertise themselves."""
    told_by: date
    """Last day for telling them (UK GDPR 14(3): one month, or the first contact)."""
    told_on: date | None = None
    applicant: str = ""
    """Set when the person applies; the notes are frozen from then on."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChange:
    """A policy pack proposed by one person and adopted by another."""

    id: str
    digest: str
    """Of the pack (`Pack.digest`)."""
    version: str
    why: str
    proposed_by: str
    at: datetime
    adopted_by: str = ""
    adopted_at: datetime | None = None
