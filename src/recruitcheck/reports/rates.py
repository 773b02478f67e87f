"""Search figures by group on paper: each with its number, its interval and a plain sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recruitcheck.records import Comparison, Rate
from recruitcheck.reports.paper import Bar, Bars, Block, Cell, Points, Section, section, table
from recruitcheck.reports.quarter import Quarter, TermTable
from recruitcheck.reports.sentences import FOUR_FIFTHS, says_pair, says_rate


def by_group(given: Quarter) -> list[Section]:
    """A section for each question of the monitoring form, from the newest term's tables."""
    if not given.terms:
        return [
            section(
                "Share of applicants searched, by group",
                "No figures from monitoring answers were published for this term or the five "
                "before it (nil return).",
            )
        ]
    made: list[Section] = []
    latest = given.terms[-1]
    intro = (
        f"From equality monitoring forms, {latest.term}. Only people who returned the form "
        f"are counted. Groups under {latest.threshold} people, and others needed to hide them, are "
        "suppressed. These tables are fixed for the term."
    )
    for question, comparison in latest.tables.items():
        made.append(
            section(
                f"Share of applicants searched, by {question}",
                *([intro] if not made else []),
                *([latest.note] if latest.note and not made else []),
                *_table_of(question, comparison),
                *_trend(question, given.terms),
            )
        )
    return made


def _table_of(question: str, comparison: Comparison) -> list[Block]:
    if not comparison.shown:
        return ["Every group is too small to be shown."]
    shown = {rate.group: rate for rate in comparison.shown}
    return [
        _bars(question, comparison),
        table(
            (question.capitalize(), "Applicants", "Searched", "Rate", "95% interval"),
            _rows(comparison, shown),
            numeric=(1, 2, 3),
        ),
        Points(points=tuple(f"{rate.group}: {says_rate(rate)}" for rate in comparison.shown)),
        table(
            ("Groups", "Selection ratio", "Fisher's p", "What it can and cannot show"),
            [
                (
                    f"{pair.a} and {pair.b}",
                    f"{pair.selection_ratio:.2f}" if pair.selection_ratio is not None else "–",
                    f"{pair.fisher_p:.3f}",
                    says_pair(pair, shown),
                )
                for pair in comparison.pairs
            ],
            numeric=(1, 2),
            empty="Fewer than two groups can be shown, so there is nothing to compare.",
        ),
    ]


def _bars(question: str, comparison: Comparison) -> Bars:
    best = max((rate.rate or 0.0 for rate in comparison.shown), default=0.0)
    return Bars(
        title=f"Share searched, by {question}, with 95% intervals",
        bars=tuple(
            Bar(
                name=rate.group,
                parts=(rate.rate or 0.0,),
                low=rate.low,
                high=rate.high,
                label=f"{(rate.rate or 0) * 100:.1f}% of {rate.applicants}",
            )
            for rate in comparison.shown
        ),
        percent=True,
        top=max((rate.high or 0.0 for rate in comparison.shown), default=1.0),
        line=best * FOUR_FIFTHS if best and len(comparison.shown) > 1 else None,
        line_name="four fifths of the highest rate",
    )


def _rows(comparison: Comparison, shown: Mapping[str, Rate]) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for name in comparison.order:
        rate = shown.get(name)
        if rate is None:
            rows.append((name, "suppressed", "", "", ""))
        elif rate.rate is not None and rate.low is not None and rate.high is not None:
            interval = f"{rate.low * 100:.1f} to {rate.high * 100:.1f}%"
            rows.append((name, rate.applicants, rate.searched, f"{rate.rate * 100:.1f}%", interval))
    return rows


def _trend(question: str, terms: Sequence[TermTable]) -> list[Block]:
    """The same table over the terms, where there are at least two."""
    if len(terms) < 2:
        return []
    groups = sorted(
        {r.group for t in terms if question in t.tables for r in t.tables[question].shown}
    )
    rows: list[tuple[Cell, ...]] = []
    for group in groups:
        cells: list[Cell] = [group]
        for term in terms:
            comparison = term.tables.get(question)
            rates = {r.group: r for r in comparison.shown} if comparison else {}
            rate = rates.get(group)
            cells.append(
                f"{rate.rate * 100:.1f}% of {rate.applicants}"
                if rate and rate.rate is not None
                else "–"
            )
        rows.append(tuple(cells))
    return [
        table((question.capitalize(), *(term.term for term in terms)), rows, title="By term"),
        "A dash: suppressed, or not asked in that term.",
    ]
