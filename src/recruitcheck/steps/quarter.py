"""The equality reviewers' quarterly report: what they may open, counted; making it is entered.

Terms that have ended are published with it, so that two reports hold one set of tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime

from recruitcheck.errors import BadInput, Destroyed, Sealed
from recruitcheck.records import Finding, Review, Trace, Vacancy
from recruitcheck.reports import figures, markdown, page, sheet
from recruitcheck.reports.paper import Paper
from recruitcheck.reports.quarter import Asked, Gap, Quarter, Signal, TermTable
from recruitcheck.rules.equality import Term, term_before, term_of
from recruitcheck.steps import audit_index, equality, monitoring, oversight
from recruitcheck.steps.desk import Desk
from recruitcheck.steps.monitoring import Figures

Progress = Callable[[str], None]


def equality_report(
    desk: Desk, *, day: date | None = None, progress: Progress | None = None
) -> Paper:
    """The equality report of the quarter a day lies in; today's by default.

    Raises:
        NotPermitted: only equality reviewers.
    """
    return figures.equality_report(_quarter(desk, day or desk.today, progress))


def export_equality(
    desk: Desk, format: str, *, day: date | None = None, progress: Progress | None = None
) -> Iterator[str]:
    """The equality report as `html`, `csv` or `md`; that it was made is an entry.

    Terms that have ended and have answers are published with it, if they were not before. The
    running term is left to `monitoring.publish`: its figures would still change.

    Raises:
        NotPermitted: only equality reviewers.
        BadInput: no such format.
    """
    desk.demand("equality.read")
    if format not in ("html", "csv", "md"):
        raise BadInput(f"There is no format {format!r}.", "Choose html, csv or md.")
    _publish_ended(desk)
    given = _quarter(desk, day or desk.today, progress)
    oversight.disclose(desk, kind=f"equality-{format}", recipient=desk.me.name)
    if format == "csv":
        headings, rows = figures.equality_rows(given)
        return sheet.csv_lines(headings, rows)
    paper = figures.equality_report(given)
    return iter([page.html(paper) if format == "html" else markdown.markdown(paper)])


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the quarter a day lies in."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    month = first.month + 3
    following = date(first.year + (month > 12), (month - 1) % 12 + 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


def _quarter(desk: Desk, day: date, progress: Progress | None) -> Quarter:
    desk.demand("equality.read")
    tell = progress or (lambda _: None)
    first, last = quarter_of(day)
    tell("Reading requests")
    asked = _asked(desk, first, last)
    tell("Comparing patterns")
    signals = _signals(desk, asked)
    gaps = _gaps(desk, asked)
    tell("Counting groups")
    kinds = Counter(
        str(entry.facts.get("kind", ""))
        for entry in desk.register.entries(type="declaration")
        if first <= entry.at.date() <= last
    )
    return Quarter(
        organisation=desk.settings().organisation,
        made_at=desk.now,
        made_by=desk.me.name,
        first=first,
        last=last,
        asked=asked,
        signals=signals,
        gaps=gaps,
        terms=_terms(desk, last),
        off_tool=kinds["off_tool"],
        exposures=kinds["exposure"],
        characteristics=characteristics(desk),
        actions=_written(desk, first, last),
        earlier=_written(desk, *quarter_of(date.fromordinal(first.toordinal() - 1))),
    )


def _written(desk: Desk, first: date, last: date) -> tuple[Review, ...]:
    return tuple(one for one in equality.notes(desk) if first <= one.at.date() <= last)


def characteristics(desk: Desk) -> dict[str, str]:
    """Screening rule to the characteristic that its file is about, from the policy pack."""
    return {
        str(table["rule"]): str(table["characteristic"])
        for table in desk.pack.refusals.values()
        if table.get("characteristic") and table.get("rule")
    }


def _publish_ended(desk: Desk) -> None:
    for term in monitoring.terms(desk):
        if term.last >= desk.today or monitoring.figures(desk, term) is not None:
            continue
        if monitoring.counts(desk, term):
            monitoring.publish(desk, term)


def _terms(desk: Desk, day: date) -> tuple[TermTable, ...]:
    """Published tables of the term a day lies in and of the five before it, oldest first."""
    wanted: list[Term] = [term_of(day)]
    for _ in range(5):
        wanted.append(term_before(wanted[-1]))
    shown: tuple[Figures, ...] = monitoring.trend(desk, wanted[::-1])
    return tuple(
        TermTable(
            term=f"{one.term.name} term {one.term.first.year}",
            threshold=one.threshold,
            tables=one.tables,
            note=one.note,
        )
        for one in shown
    )


def _signals(desk: Desk, asked: tuple[Asked, ...]) -> tuple[Signal, ...]:
    """What stands out, as far as it rests on a request of the quarter."""
    here = {one.trace.justification for one in asked}
    return tuple(
        Signal(
            name=one.signal,
            strength=one.strength,
            message=one.message,
            figure=one.figure,
            requests=one.acts,
            cases=one.cases,
        )
        for one in equality.signals(desk)
        if here & set(one.acts)
    )


def _gaps(desk: Desk, asked: tuple[Asked, ...]) -> tuple[Gap, ...]:
    """Posts of the quarter where some applicants with the same kind of claim were searched."""
    names = {vacancy.id: f"{vacancy.title}, {vacancy.school}" for vacancy in desk.all(Vacancy)}
    posts = {one.trace.vacancy for one in asked}
    return tuple(
        Gap(
            vacancy=names.get(one.vacancy, one.vacancy),
            kind=one.kind,
            searched=len(one.searched),
            not_searched=len(one.not_searched),
        )
        for one in equality.comparable(desk)
        if one.vacancy in posts
    )


def _asked(desk: Desk, first: date, last: date) -> tuple[Asked, ...]:
    decided: dict[str, tuple[str, datetime]] = {}
    for entry in desk.register.entries(type="referral-decided"):
        for ref in entry.refs:
            if ref.startswith("J-"):
                decided[ref] = (str(entry.facts.get("verdict", "")), entry.at)
    found = []
    for trace in desk.all(Trace):
        if not first <= trace.at.date() <= last:
            continue
        verdict, at = decided.get(trace.justification, ("", trace.at))
        found.append(
            Asked(
                trace=trace,
                verdict=str(trace.verdict),
                outcome=verdict or str(trace.verdict),
                hours=(at - trace.at).total_seconds() / 3600 if verdict else None,
                finding=_finding(desk, trace.justification),
            )
        )
    return tuple(found)


def _finding(desk: Desk, request: str) -> str:
    """The result, where this person may open it; equality reviewers as a rule may not."""
    for part in audit_index.parts_of(desk, request):
        if part.startswith("F-"):
            try:
                return str(desk.get(Finding, part).result)
            except (Sealed, Destroyed):
                return "recorded, sealed to HR and to who looked"
    return ""
