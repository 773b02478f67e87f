"""The headteacher's term and the trustees' year, each on one page; nil returns included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from recruitcheck.reports.names import EXCEPTIONS, plain
from recruitcheck.reports.paper import Block, Cell, Facts, Paper, Points, section, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What the one-page summary and the year's figures are made from; counts only."""

    title: str
    organisation: str
    made_at: datetime
    made_by: str
    first: date
    last: date
    for_whom: str
    counts: Mapping[str, int]
    by_school: Mapping[str, tuple[int, int, int]]
    """School to permitted, referred, refused; empty where the paper is one school's."""
    threshold: int
    exceptions: Mapping[str, int]
    statements: tuple[str, ...] = ()


def one_page(given: Period) -> Paper:
    """The termly summary for a headteacher, on one page; or the year's figures for trustees.

    Figures for publication are disclosure-safe: a school with fewer requests than the threshold
    is not broken down further.
    """
    total = given.counts.get("Requests", 0)
    made = given.made_at.date()
    end = f"{given.last:%-d %B %Y}"
    so_far = f"; so far, to {made:%-d %B %Y}" if given.first <= made <= given.last else ""
    return Paper(
        title=given.title,
        organisation=given.organisation,
        made_at=given.made_at,
        made_by=given.made_by,
        about=f"{given.first:%-d %B %Y} to {end}{so_far}.",
        confidential=f"For the {given.for_whom}",
        sections=(
            section(
                "In short",
                *([] if total else ["Nil return: no search was asked for in this period."]),
                Facts(facts=tuple(given.counts.items())),
            ),
            *([section("By school", *_schools(given))] if given.by_school else []),
            section(
                f"What needs attention today, {made:%-d %B %Y}",
                table(
                    ("What", "How many"),
                    [(plain(EXCEPTIONS, name), n) for name, n in given.exceptions.items()],
                    numeric=(1,),
                    empty="Nothing.",
                ),
            ),
            section("Statements", Points(points=given.statements)),
        ),
    )


def _schools(given: Period) -> list[Block]:
    hidden = _small(given)
    if hidden and hidden == set(given.by_school):
        return [
            f"No school is shown on its own: each has fewer than {given.threshold} requests, or "
            "stands beside one that has."
        ]
    rows: list[tuple[Cell, ...]] = [
        (school, "not shown", "", "", "") if school in hidden else (school, sum(parts), *parts)
        for school, parts in given.by_school.items()
    ]
    return [
        table(
            ("School", "Requests", "Permitted", "Referred", "Refused"),
            rows,
            numeric=(1, 2, 3, 4),
            empty="No school has asked for a search.",
        ),
        *(
            [
                f"Schools with fewer than {given.threshold} requests are not broken down, nor is "
                "the next one where there is only one of them."
            ]
            if hidden
            else []
        ),
    ]


def _small(given: Period) -> set[str]:
    """Schools not broken down: small ones, and the next one where there is only one of them."""
    sums = {school: sum(parts) for school, parts in given.by_school.items()}
    small = {school for school, number in sums.items() if 0 < number < given.threshold}
    rest = [school for school, number in sums.items() if number >= given.threshold]
    if len(small) == 1 and rest:
        small.add(min(rest, key=sums.__getitem__))
    return small
