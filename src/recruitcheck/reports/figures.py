"""The equality reviewer's quarter in figures.

It says plainly when there was nothing (a nil return), because a paper that only comes when
something happened tells nobody that the rest was quiet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from recruitcheck.records import Comparison, Review, Trace
from recruitcheck.reports import audit
from recruitcheck.reports.paper import (
    Bar,
    Bars,
    Block,
    Cell,
    Paper,
    Points,
    Section,
    section,
    table,
)
from recruitcheck.reports.sentences import FOUR_FIFTHS, says_pair, says_rate

_PROTECTED = "protected"


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
    """What the reviewer wrote since the last report."""


def equality_report(given: Quarter) -> Paper:
    """The quarterly equality report."""
    return Paper(
        title="Equality report on searches",
        organisation=given.organisation,
        made_at=given.made_at,
        made_by=given.made_by,
        about=f"{given.first:%-d %B %Y} to {given.last:%-d %B %Y}.",
        confidential="For equality reviewers and trustees; not for recruiters or panels",
        sections=(
            section("In short", _in_short(given)),
            section("Requests and what came of them", *_requests(given)),
            section("Aims that were refused", *_aims(given)),
            section("How long referrals took", _times(given)),
            section("Patterns", *_patterns(given)),
            section("Comparable claims that were not searched", *_gaps(given)),
            *_statistics(given),
            section(
                "Searches outside the tool",
                f"{given.off_tool} were declared; {given.exposures} people said that they had seen "
                "something protected. Searches on a personal telephone are invisible to this "
                "program; these figures are the declared ones.",
            ),
            section("Actions", *_actions(given)),
        ),
    )


def _in_short(given: Quarter) -> str:
    if not given.asked:
        return (
            "Nil return: no search was asked for in this quarter. The records were checked for it "
            "and are complete to the entry this report was made at."
        )
    count = Counter(one.outcome for one in given.asked)
    return (
        f"{len(given.asked)} searches were asked for: {count['permit']} permitted, "
        f"{count['refuse']} refused, {count['refer']} still with an equality reviewer. "
        f"Patterns: {len(given.signals)}. Comparable claims treated differently: "
        f"{len(given.gaps)}. Both are shown below with the cases behind them."
    )


def _requests(given: Quarter) -> list[Block]:
    by: tuple[tuple[str, dict[str, list[Asked]]], ...] = (
        ("By school", _grouped(given.asked, lambda one: one.trace.school)),
        ("By stage", _grouped(given.asked, lambda one: str(one.trace.stage))),
        ("By kind of claim", _grouped(given.asked, lambda one: _first(one.trace.claim_kinds))),
    )
    blocks: list[Block] = [_stacked(title, groups) for title, groups in by if any(groups.values())]
    findings = Counter(one.finding for one in given.asked if one.finding)
    blocks.append(
        table(
            ("Finding", "How many"),
            [(name.replace("_", " "), number) for name, number in findings.most_common()],
            numeric=(1,),
            title="What was found",
            empty="No finding was recorded.",
        )
    )
    return blocks


def _grouped(asked: Sequence[Asked], by: object) -> dict[str, list[Asked]]:
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(by(one) or "not known", []).append(one)  # type: ignore[operator]
    return dict(sorted(groups.items()))


def _first(kinds: Sequence[str]) -> str:
    return kinds[0] if kinds else "other"


def _stacked(title: str, groups: Mapping[str, Sequence[Asked]]) -> Bars:
    return Bars(
        title=title,
        keys=tuple(audit.VERDICT_WORDS[verdict] for verdict in audit.VERDICTS),
        bars=tuple(
            Bar(
                name=name,
                parts=tuple(
                    float(sum(one.verdict == verdict for one in there))
                    for verdict in audit.VERDICTS
                ),
            )
            for name, there in groups.items()
        ),
    )


def _aims(given: Quarter) -> list[Block]:
    alleged: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for one in given.asked:
        for rule in set(one.trace.rules):
            if rule in given.characteristics:
                alleged[given.characteristics[rule].replace("_", " ")] += 1
            else:
                other[rule] += 1
    return [
        "Counted by what the request aimed at, in its words or by a stand-in or disguise for them. "
        "It says nothing about any applicant.",
        table(
            ("Characteristic the aim touched", "Requests"),
            alleged.most_common(),
            numeric=(1,),
            empty="No request aimed at a protected characteristic.",
        ),
        table(
            ("Other rule not satisfied", "Requests"),
            other.most_common(20),
            numeric=(1,),
            empty="No other rule stood against a request.",
        ),
    ]


def _times(given: Quarter) -> str:
    hours = [one.hours for one in given.asked if one.hours is not None]
    if not hours:
        return "No referral was decided."
    return (
        f"{len(hours)} referrals were decided; the middle one took {median(hours):.0f} hours, the "
        f"longest {max(hours):.0f}."
    )


def _patterns(given: Quarter) -> list[Block]:
    if not given.signals:
        return ["No pattern stands out."]
    rows: list[tuple[Cell, ...]] = [
        (
            one.name.replace("-", " "),
            one.message,
            one.figure,
            ", ".join(one.requests[:8]) + (" …" if len(one.requests) > 8 else ""),
            ", ".join(one.cases[:8]) + (" …" if len(one.cases) > 8 else ""),
        )
        for one in given.signals[:60]
    ]
    return [
        "With small numbers a pattern is a reason to read the cases, not a proof.",
        table(("Pattern", "What it means", "Figure", "Requests", "Applicants"), rows, numeric=(2,)),
    ]


def _gaps(given: Quarter) -> list[Block]:
    return [
        "Whoever searches one applicant's claim and not the like claim of another needs a reason "
        "that has nothing to do with the person.",
        table(
            ("Post", "Kind of claim", "Applicants searched", "Not searched"),
            [(one.vacancy, one.kind, one.searched, one.not_searched) for one in given.gaps],
            numeric=(2, 3),
            empty="None.",
        ),
    ]


def _statistics(given: Quarter) -> list[Section]:
    if not given.terms:
        return [
            section(
                "Search rates by group",
                "No monitoring answers were published for this period (nil return).",
            )
        ]
    made: list[Section] = []
    latest = given.terms[-1]
    intro = (
        f"From equality monitoring forms, term {latest.term}. Only people who returned the form "
        f"are counted. Groups under {latest.threshold} people, and others needed to hide them, are "
        "suppressed. These tables are fixed for the term."
    )
    for question, comparison in latest.tables.items():
        made.append(
            section(
                f"Search rates by {question}",
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
    rows: list[tuple[Cell, ...]] = []
    for name in comparison.order:
        rate = shown.get(name)
        if rate is None:
            rows.append((name, "suppressed", "", "", ""))
        elif rate.rate is not None and rate.low is not None and rate.high is not None:
            interval = f"{rate.low * 100:.1f} to {rate.high * 100:.1f} %"
            rows.append(
                (name, rate.applicants, rate.searched, f"{rate.rate * 100:.1f} %", interval)
            )
    best = max((rate.rate or 0.0 for rate in comparison.shown), default=0.0)
    top = max((rate.high or 0.0 for rate in comparison.shown), default=1.0)
    return [
        Bars(
            title=f"Share searched, by {question}, with 95 % intervals",
            bars=tuple(
                Bar(
                    name=rate.group,
                    parts=(rate.rate or 0.0,),
                    low=rate.low,
                    high=rate.high,
                    label=f"{(rate.rate or 0) * 100:.1f} % of {rate.applicants}",
                )
                for rate in comparison.shown
            ),
            percent=True,
            top=top,
            line=best * FOUR_FIFTHS if best and len(comparison.shown) > 1 else None,
            line_name="four fifths of the highest rate",
        ),
        table(
            (question, "Applicants", "Searched", "Rate", "95 % interval"), rows, numeric=(1, 2, 3)
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
                f"{rate.rate * 100:.1f} % of {rate.applicants}"
                if rate and rate.rate is not None
                else "–"
            )
        rows.append(tuple(cells))
    return [table((question, *(term.term for term in terms)), rows, title="By term")]


def _actions(given: Quarter) -> list[Block]:
    if not given.actions:
        return ["No action was written down since the last report."]
    return [Points(points=tuple(f"{one.at:%-d %B %Y}: {one.text}" for one in given.actions))]


def equality_rows(given: Quarter) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The same report as one long table for a spreadsheet: section, item, figure, remark."""
    rows: list[tuple[Cell, ...]] = [
        ("period", "from", given.first, ""),
        ("period", "to", given.last, ""),
        ("requests", "asked for", len(given.asked), "" if given.asked else "nil return"),
    ]
    for verdict in audit.VERDICTS:
        number = sum(one.verdict == verdict for one in given.asked)
        rows.append(("requests", audit.VERDICT_WORDS[verdict], number, ""))
    for school, there in _grouped(given.asked, lambda one: one.trace.school).items():
        rows.append(("requests by school", school, len(there), ""))
    for rule, number in Counter(r for one in given.asked for r in set(one.trace.rules)).items():
        remark = given.characteristics.get(rule, "").replace("_", " ")
        rows.append(("rule not satisfied", rule, number, remark))
    for signal in given.signals:
        rows.append(("pattern", signal.name, signal.figure, ", ".join(signal.requests[:20])))
    for gap in given.gaps:
        rows.append(("comparable claims not searched", f"{gap.vacancy}: {gap.kind}",
                     gap.not_searched, f"{gap.searched} searched"))  # fmt: skip
    for term in given.terms:
        for question, comparison in term.tables.items():
            shown = {rate.group: rate for rate in comparison.shown}
            for name in comparison.order:
                rate = shown.get(name)
                where = f"{term.term}: {question}"
                rows.append(
                    (where, name, rate.rate, f"{rate.searched} of {rate.applicants}")
                    if rate
                    else (where, name, "suppressed", "")
                )
    rows.append(("declared", "searches outside the tool", given.off_tool, ""))
    return ("section", "item", "figure", "remark"), rows
