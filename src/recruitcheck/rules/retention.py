"""How long records stay: two clocks, what pauses them, and what falls due.

The content clock (what was quoted, seen, kept) runs from the appointment decision; the skeleton
clock (who, when, which rule) runs longer and without content. UK GDPR 5(1)(e) asks for an end;
claim periods at the tribunals ask not to end too soon; DPA 2018 s.173 makes it an offence to
destroy what somebody has asked to see. All periods and dates come from the policy pack.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The dates of one applicant's records."""

    applicant: str
    received_on: date
    """When the applicant was added."""
    closes_on: date | None = None
    decided_on: date | None = None
    grounds_months: tuple[int, ...] = ()
    """Retention of the grounds used, where shorter than the policy's."""
    last_search_on: date | None = None
    holds: tuple[str, ...] = ()
    """Causes of the holds now in force."""
    destroyed_on: date | None = None
    clock_from: str = "the appointment decision"
    """What happened on `decided_on`, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The policy's figures, in months."""

    content: int
    skeleton: int
    undecided: int = 24
    """An applicant whose post was never decided on is due so long after the last thing known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When one applicant's content must go, and why it does not go now if it does not."""

    applicant: str
    on: date
    because: str
    held: tuple[str, ...] = ()
    days_over: int = 0
    """Days past the due date; negative: days still to go."""

    @property
    def now(self) -> bool:
        """Whether it is to be destroyed today."""
        return self.days_over >= 0 and not self.held


def due(case: Case, periods: Periods, today: date) -> Due | None:
    """When the content of a case is due; None where it is destroyed already."""
    if case.destroyed_on:
        return None
    if case.decided_on:
        months = min((periods.content, *case.grounds_months))
        start = max(filter(None, (case.decided_on, case.last_search_on)))
        on, because = after(start, months), f"{months} months after {case.clock_from}"
    else:
        start = max(filter(None, (case.received_on, case.closes_on, case.last_search_on)))
        on = after(start, periods.undecided)
        because = f"no decision recorded, {periods.undecided} months after the last activity"
    return Due(
        applicant=case.applicant,
        on=on,
        because=because,
        held=case.holds,
        days_over=(today - on).days,
    )


def all_due(
    cases: Iterable[Case], periods: Periods, today: date, *, within_days: int = 0
) -> tuple[Due, ...]:
    """What is due by today, or within so many days, the longest overdue first."""
    found = (due(case, periods, today) for case in cases)
    soon = [one for one in found if one is not None and one.days_over >= -within_days]
    return tuple(sorted(soon, key=lambda one: (one.on, one.applicant)))


def skeleton_until(destroyed_on: date, periods: Periods) -> date:
    """Until when the entries without content are kept."""
    return after(destroyed_on, periods.skeleton)


def after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def warnings(
    content_months: float,
    warn_below: float,
    claim_periods: Sequence[tuple[date, float, str]],
    today: date,
) -> tuple[str, ...]:
    """Say where the content period ends before a tribunal claim could have come.

    Args:
        content_months: the policy's content period.
        warn_below: below this the pack itself wants a warning.
        claim_periods: (in force since, months, note), from the pack.
        today: which of them is in force.
    """
    found: list[str] = []
    if content_months < warn_below:
        found.append(
            f"Content is kept {content_months:g} months; the policy pack asks for at least "
            f"{warn_below:g}."
        )
    for since, months, note in sorted(claim_periods):
        if content_months >= months:
            continue
        tense = "may" if since <= today else f"may from {since:%-d %B %Y} on"
        found.append(
            f"Content is kept {content_months:g} months, but a claim {tense} come {months:g} "
            f"months after the decision. {note}"
        )
    return tuple(found)


def breach_deadline(aware_at: datetime) -> datetime:
    """Until when the Information Commissioner must be told of a breach (UK GDPR 33(1))."""
    return aware_at + timedelta(hours=72)
