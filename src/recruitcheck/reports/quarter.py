"""What the equality reviewers' quarter is made from: counts and pseudonyms, no person, no text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from recruitcheck.records import Comparison, Review, Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as figures count it; no person, no text."""

    trace: Trace
    verdict: str
    """The gate's verdict."""
    outcome: str
    """permit or refuse once an equality reviewer decided, else the gate's verdict."""
    hours: float | None = None
    """From request to the reviewer's decision."""
    finding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A pattern with the requests and cases behind it."""

    name: str
    strength: str
    message: str
    figure: float
    requests: tuple[str, ...]
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Comparable claims in one post that were treated differently."""

    vacancy: str
    kind: str
    searched: int
    not_searched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTable:
    """The published tables of one term."""

    term: str
    threshold: int
    tables: Mapping[str, Comparison]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """Everything an equality report is made from."""

    organisation: str
    made_at: datetime
    made_by: str
    first: date
    last: date
    asked: tuple[Asked, ...]
    signals: tuple[Signal, ...]
    gaps: tuple[Gap, ...]
    terms: tuple[TermTable, ...]
    off_tool: int
    exposures: int
    characteristics: Mapping[str, str]
    """Screening rule id to the characteristic its file is about."""
    actions: tuple[Review, ...] = ()
    """What the reviewers wrote in this quarter."""
    earlier: tuple[Review, ...] = ()
    """What they wrote in the quarter before, to see what became of it."""
