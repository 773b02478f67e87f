"""The headteacher's term and the trustees' year, each on one page; nil returns included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

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
    counts: Mapping[str, int]
    by_school: Mapping[str, tuple[int, int, int]]
    """School to permitted, referred, refused."""
    threshold: int
    exceptions: Mapping[str, int]
    statements: tuple[str, ...] = ()


def one_page(given: Period) -> Paper:
    """The termly summary for a headteacher, on one page; or the year's figures for trustees.

    Figures for publication are disclosure-safe: a school with fewer requests than the threshold
    is not broken down further.
    """
    total = given.counts.get("Requests", 0)
    return Paper(
        title=given.title,
        organisation=given.organisation,
        made_at=given.made_at,
        made_by=given.made_by,
        about=f"{given.first:%-d %B %Y} to {given.last:%-d %B %Y}.",
        sections=(
            section(
                "In short",
                f"{total} searches were asked for."
                if total
                else "Nil return: no search was asked for in this period.",
                Facts(facts=tuple(given.counts.items())),
            ),
            section("By school", *_schools(given)),
            section(
                "What needs attention",
                table(
                    ("What", "How many"),
                    [(name.replace("-", " "), n) for name, n in given.exceptions.items()],
                    numeric=(1,),
                    empty="Nothing.",
                ),
            ),
            section("Statements", Points(points=given.statements)),
        ),
    )


def _schools(given: Period) -> list[Block]:
    hidden = _small(given)
    rows: list[tuple[Cell, ...]] = [
        (school, f"fewer than {given.threshold}, or hidden to protect such", "", "", "")
        if school in hidden
        else (school, sum(parts), *parts)
        for school, parts in given.by_school.items()
    ]
    return [
        table(
            ("School", "Requests", "Permitted", "Referred", "Refused"),
            rows,
            numeric=(1, 2, 3, 4),
            empty="No school has asked for a search.",
        )
    ]


def _small(given: Period) -> set[str]:
    """Schools not broken down: small ones, and the next one where there is only one of them."""
    sums = {school: sum(parts) for school, parts in given.by_school.items()}
    small = {school for school, number in sums.items() if 0 < number < given.threshold}
    rest = [school for school, number in sums.items() if number >= given.threshold]
    if len(small) == 1 and rest:
        small.add(min(rest, key=sums.__getitem__))
    return small
