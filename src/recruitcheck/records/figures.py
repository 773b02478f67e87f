"""Rows of lists and figures of reports; never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One search, refusal, declaration or candidate search, as the audit list shows it."""

    seq: int
    at: datetime
    id: str
    state: str
    by: str
    school: str = ""
    vacancy: str = ""
    applicant: str = ""
    ground: str = ""
    decision: str = ""
    rule: tuple[str, ...] = ()
    by_id: str = ""
    vacancy_id: str = ""
    title: str = ""
    """Title of the post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One group that may be shown. Rate, low and high are fractions; None for nobody."""

    group: str
    applicants: int
    searched: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two shown groups side by side."""

    a: str
    b: str
    fisher_p: float
    selection_ratio: float | None
    """Lower rate over higher rate; None where nobody was searched, or a group is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A table as it may be shown. `suppressed` are names of groups, without any figure."""

    order: tuple[str, ...]
    shown: tuple[Rate, ...]
    suppressed: frozenset[str]
    pairs: tuple[Pair, ...]
