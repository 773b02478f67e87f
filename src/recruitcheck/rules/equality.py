"""Search figures by group: rates, exact intervals, Fisher's test, and who must not be shown.

The public sector equality duty (Equality Act 2010 s.149) asks a trust to look at its figures; the
same figures must not disclose a person. Two sets of rules live here. `compare` is one table on
its own: groups below the threshold are suppressed, and a second one with a single suppressed
group, so that it cannot be had by subtraction. `publishable` is stricter and is used for the
tables of a term, whose totals are known to whoever can count a list; `replaces_safely` keeps two
successive tables of one term from telling, by their difference, what neither tells alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from recruitcheck.errors import BadInput
from recruitcheck.records import Comparison, Pair, Rate
from recruitcheck.rules.exact import MOST, fisher, interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One group: how many applied, and how many of them were searched."""

    group: str
    applicants: int
    searched: int


def compare(counts: Iterable[Count], threshold: int) -> Comparison:
    """Rates with 95 % intervals and pairwise tests of every group that may be shown.

    Raises:
        BadInput: a count is negative, more were searched than applied, or a group is larger than
            this program counts.
    """
    table = tuple(counts)
    check(table)
    return _comparison(table, _hidden(table, threshold))


def check(counts: Iterable[Count]) -> None:
    """Refuse counts that cannot be.

    Raises:
        BadInput: naming what is wrong with the first of them.
    """
    for count in counts:
        if count.applicants < 0 or count.searched < 0:
            raise BadInput(
                f"The group “{count.group}” has a negative number of people.",
                "Check the figures of that group.",
            )
        if count.searched > count.applicants:
            raise BadInput(
                f"The group “{count.group}” has more people searched than applied.",
                "Check the figures of that group.",
            )
        if count.applicants > MOST:
            raise BadInput(
                f"The group “{count.group}” has more than {MOST:,} people; that is not counted.",
                "Check the figures of that group.",
            )


def publishable(counts: Iterable[Count], threshold: int) -> Comparison:
    """The table of a term, safe even for a reader who knows its totals and these rules.

    The groups below the threshold are suppressed, then further sizes, smallest first, until the
    suppressed groups together reach the threshold, are not all of one size, and somebody but not
    everybody among them was searched; if need be all groups go. Nothing in this depends on which
    group is which: the suppressed sizes could as well be dealt out to those groups in another
    order, and because they differ, none follows from what is shown. How many of them were
    searched enters only as a sum, so it can be spread over them in more than one way too.
    """
    table = tuple(counts)
    check(table)
    hidden = [count for count in table if count.applicants < threshold]
    rest = sorted({c.applicants for c in table if c.applicants >= threshold}, reverse=True)
    while hidden and rest and not _enough(table, hidden, threshold):
        size = rest.pop()
        hidden += [count for count in table if count.applicants == size]
    return _comparison(table, frozenset(count.group for count in hidden))


def replaces_safely(earlier: Iterable[Count], later: Iterable[Count], threshold: int) -> str:
    """Say why a later table of the same term may not replace the earlier one; empty: it may.

    A figure may stay as it was or change by at least `threshold` people; a smaller change would
    single out those who joined or left between the two. A group once suppressed stays so: shown
    later, it would tell by subtraction what it was before. And a group once shown stays so: that it
    fell below the threshold, from a figure known and by a step that is not small, leaves few
    figures that it can have now.
    """
    one, other = tuple(earlier), tuple(later)
    before, after = {c.group: c for c in one}, {c.group: c for c in other}
    changes = [_moved(before.get(name), after.get(name)) for name in {*before, *after}]
    changes.append(_moved(_everybody(one), _everybody(other)))
    if any(0 < moved < threshold for change in changes for moved in change):
        return (
            f"The figures differ from those already published for this term by fewer than "
            f"{threshold} people in some group, so the published ones stay."
        )
    if publishable(one, threshold).suppressed != publishable(other, threshold).suppressed:
        return (
            "Other groups would be suppressed than in the published figures of this term, and one "
            "could be worked out from the two, so the published ones stay."
        )
    return ""


def _everybody(table: tuple[Count, ...]) -> Count:
    return Count(
        group="",
        applicants=sum(count.applicants for count in table),
        searched=sum(count.searched for count in table),
    )


def _moved(before: Count | None, after: Count | None) -> tuple[int, int]:
    nobody = Count(group="", applicants=0, searched=0)
    one, other = before or nobody, after or nobody
    return abs(one.applicants - other.applicants), abs(one.searched - other.searched)


def _hidden(table: tuple[Count, ...], threshold: int) -> frozenset[str]:
    """Groups under the threshold; with exactly one of them also the next smallest."""
    small = [count for count in table if count.applicants < threshold]
    rest = [count for count in table if count.applicants >= threshold]
    if len(small) == 1 and rest:
        small.append(min(rest, key=lambda count: count.applicants))
    return frozenset(count.group for count in small)


def _enough(table: tuple[Count, ...], hidden: list[Count], threshold: int) -> bool:
    """Whether the hidden groups hide one another."""
    total = _everybody(table)
    if sum(count.applicants for count in hidden) < threshold:
        return False
    if len({count.applicants for count in hidden}) < 2:
        return False
    if total.searched in (0, total.applicants):
        return True
    secret = _everybody(tuple(hidden))
    return 0 < secret.searched < secret.applicants


def _comparison(table: tuple[Count, ...], hidden: frozenset[str]) -> Comparison:
    shown = tuple(_rate(count) for count in table if count.group not in hidden)
    return Comparison(
        order=tuple(count.group for count in table),
        shown=shown,
        suppressed=hidden,
        pairs=tuple(_pair(a, b) for a, b in combinations(shown, 2)),
    )


def _rate(count: Count) -> Rate:
    low, high = interval(count.searched, count.applicants) if count.applicants else (None, None)
    return Rate(
        group=count.group,
        applicants=count.applicants,
        searched=count.searched,
        rate=count.searched / count.applicants if count.applicants else None,
        low=low,
        high=high,
    )


def _pair(a: Rate, b: Rate) -> Pair:
    ratio = None
    if a.rate is not None and b.rate is not None and max(a.rate, b.rate) > 0:
        ratio = min(a.rate, b.rate) / max(a.rate, b.rate)
    p = fisher(a.searched, a.applicants, b.searched, b.applicants)
    return Pair(a=a.group, b=b.group, fisher_p=p, selection_ratio=ratio)


# --- terms ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Term:
    """A school term: autumn (September to December), spring (to Easter, here 31 March), summer."""

    first: date
    last: date
    name: str

    @property
    def id(self) -> str:
        """Such as `2026-autumn`; the year is that of its first day."""
        return f"{self.first.year}-{self.name}"


def term_of(day: date) -> Term:
    """The school term a day lies in; holidays belong to the term before them."""
    if day.month >= 9:
        return Term(first=date(day.year, 9, 1), last=date(day.year, 12, 31), name="autumn")
    if day.month <= 3:
        return Term(first=date(day.year, 1, 1), last=date(day.year, 3, 31), name="spring")
    return Term(first=date(day.year, 4, 1), last=date(day.year, 8, 31), name="summer")


def term_before(term: Term) -> Term:
    """The term that ended the day before this one begins."""
    return term_of(term.first - timedelta(days=1))
