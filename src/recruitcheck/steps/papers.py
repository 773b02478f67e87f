"""Reports and papers filled from the register: equality quarter, term, year, governance.

Each reads what the person at the desk may open, and entering that a paper was handed out is part
of making it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from types import MappingProxyType

from recruitcheck.errors import BadInput, Destroyed, Sealed
from recruitcheck.records import Finding, Trace, Vacancy, Verdict
from recruitcheck.reports import figures, governance, markdown, page, period, sheet
from recruitcheck.reports.figures import Asked, Gap, Quarter, Signal, TermTable
from recruitcheck.reports.paper import Paper
from recruitcheck.rules.equality import Term, term_before, term_of
from recruitcheck.rules.filters import Row
from recruitcheck.steps import audit_index, equality, oversight, retention, stories
from recruitcheck.steps.desk import Desk
from recruitcheck.steps.equality import Figures
from recruitcheck.steps.exceptions import exceptions

Progress = Callable[[str], None]


# --- equality -----------------------------------------------------------------------------------


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
    running term is left to `equality.publish`: its figures would still change.

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
    here = {one.trace.justification for one in asked}
    tell("Comparing patterns")
    signals = tuple(
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
    names = {vacancy.id: f"{vacancy.title}, {vacancy.school}" for vacancy in desk.all(Vacancy)}
    posts = {one.trace.vacancy for one in asked}
    gaps = tuple(
        Gap(
            vacancy=names.get(one.vacancy, one.vacancy),
            kind=one.kind,
            searched=len(one.searched),
            not_searched=len(one.not_searched),
        )
        for one in equality.comparable(desk)
        if one.vacancy in posts
    )
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
        actions=tuple(one for one in equality.notes(desk) if first <= one.at.date() <= last),
    )


def characteristics(desk: Desk) -> dict[str, str]:
    """Screening rule to the characteristic that its file is about, from the policy pack."""
    return {
        str(table["rule"]): str(table["characteristic"])
        for table in desk.pack.refusals.values()
        if table.get("characteristic") and table.get("rule")
    }


def _publish_ended(desk: Desk) -> None:
    for term in equality.terms(desk):
        if term.last >= desk.today or equality.figures(desk, term) is not None:
            continue
        if equality.counts(desk, term):
            equality.publish(desk, term)


def _terms(desk: Desk, day: date) -> tuple[TermTable, ...]:
    """Published tables of the term a day lies in and of the five before it, oldest first."""
    wanted: list[Term] = [term_of(day)]
    for _ in range(5):
        wanted.append(term_before(wanted[-1]))
    shown: tuple[Figures, ...] = equality.trend(desk, wanted[::-1])
    return tuple(
        TermTable(
            term=one.term.id.replace("-", " "),
            threshold=one.threshold,
            tables=one.tables,
            note=one.note,
        )
        for one in shown
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


# --- term and year ------------------------------------------------------------------------------


def termly_summary(desk: Desk, *, day: date | None = None, school: str = "") -> Paper:
    """The headteacher's page for the term a day lies in; one school's or all.

    Raises:
        NotPermitted: only HR.
    """
    term = term_of(day or desk.today)
    title = f"Searches in recruitment: {term.name} term {term.first.year}"
    if school:
        title += f", {school}"
    return _period(desk, title, term.first, term.last, kind="term-summary", school=school)


def yearly_figures(desk: Desk, *, year: int | None = None) -> Paper:
    """The trustees' figures for a school year (September to August), named by its first year.

    Raises:
        NotPermitted: only HR.
    """
    start = year if year is not None else desk.today.year - (desk.today.month < 9)
    return _period(
        desk,
        f"Searches in recruitment: school year {start}/{(start + 1) % 100:02}",
        date(start, 9, 1),
        date(start + 1, 8, 31),
        kind="year-figures",
    )


def _period(
    desk: Desk, title: str, first: date, last: date, *, kind: str, school: str = ""
) -> Paper:
    desk.demand("papers.make")
    rows = [
        row
        for row in audit_index.index(desk).matching("")
        if first <= row.at.date() <= last and school in ("", row.school)
    ]
    decided = [row for row in rows if row.decision]
    schools = sorted({vacancy.school for vacancy in desk.all(Vacancy)} if not school else {school})
    verdicts = Counter((row.school, row.decision) for row in decided)
    count = Counter(row.decision for row in decided)
    entered = Counter(
        entry.type for entry in desk.register.entries() if first <= entry.at.date() <= last
    )
    made = oversight.disclose(
        desk, kind=kind, recipient="trustees" if kind == "year-figures" else "headteacher"
    )
    return period.one_page(
        period.Period(
            title=title,
            organisation=desk.settings().organisation,
            made_at=made.at,
            made_by=desk.me.name,
            first=first,
            last=last,
            counts={
                "Requests": len(decided),
                "Permitted": count["permit"],
                "Sent to an equality reviewer": count["refer"],
                "Refused": count["refuse"],
                "Looks at a source": entered["lookup"] if not school else _looks(rows),
                "Searches outside the tool declared": sum(
                    row.state == "declared-off-tool" for row in rows
                ),
                "Applicants' records destroyed": entered["shred-done"],
            },
            by_school={
                one: (verdicts[one, "permit"], verdicts[one, "refer"], verdicts[one, "refuse"])
                for one in schools
            },
            threshold=desk.pack.policy.limits.suppression_threshold,
            exceptions=dict(Counter(one.kind for one in exceptions(desk))),
            statements=_statements(desk),
        )
    )


def _looks(rows: list[Row]) -> int:
    seen = ("searched", "found", "invited", "replied", "lapsed", "weighed", "closed", "told")
    return sum(row.state in seen for row in rows)


def _statements(desk: Desk) -> tuple[str, ...]:
    policy = desk.pack.policy
    overdue = policy.review_due < desk.today
    return (
        f"The record has {desk.register.size} entries; its head was signed at the time of this "
        "paper.",
        f"The policy pack (version {policy.version}) "
        + ("is overdue for review since " if overdue else "is due for review on ")
        + f"{policy.review_due:%-d %B %Y}.",
        "Searches made outside the tool are known only where they were declared.",
        *retention.warnings(desk),
    )


# --- governance ---------------------------------------------------------------------------------

GOVERNANCE: Mapping[str, Callable[[governance.Settings], Paper]] = MappingProxyType(
    {
        "processing-record": governance.processing_record,
        "impact-assessment": governance.assessment,
        "public-task-test": partial(governance.lawful_basis, basis="public task"),
        "legitimate-interests": partial(governance.lawful_basis, basis="legitimate interests"),
    }
)


def governance_paper(desk: Desk, kind: str) -> Paper:
    """Article 30 record, DPIA or lawful-basis test, filled from settings and pack.

    Raises:
        NotPermitted: only HR.
        BadInput: no such paper.
    """
    desk.demand("papers.make")
    if kind not in GOVERNANCE:
        raise BadInput(f"There is no paper {kind!r}.", f"Choose {', '.join(GOVERNANCE)}.")
    given = _settings(desk)
    oversight.disclose(desk, kind=kind, recipient="data protection officer")
    return GOVERNANCE[kind](given)


_MANNERS = {
    "page": "read by the program",
    "adapter": "read by the program",
    "manual": "looked at by a person, logged out",
    "supplied": "brought by the applicant",
    "typed_finding": "one fact is typed in, nothing is copied",
    "never": "never used",
}


def _settings(desk: Desk) -> governance.Settings:
    pack, policy = desk.pack, desk.pack.policy
    rows = audit_index.index(desk).matching("")
    decided = Counter(row.decision for row in rows if row.decision)
    roles = Counter(
        str(role)
        for person in desk.register.people()
        if person.admitted_at and not person.left_at
        for role in person.roles
    )
    office = stories.office(desk)
    return governance.Settings(
        organisation=desk.settings().organisation,
        made_at=desk.now,
        made_by=desk.me.name,
        schools=tuple(sorted({vacancy.school for vacancy in desk.all(Vacancy)})),
        policy_title=policy.title,
        policy_version=policy.version,
        policy_source=policy.source,
        review_due=policy.review_due,
        approval=tuple((one.name, one.role) for one in policy.approval),
        contacts={"data_protection": office.data_protection, "applicants": office.applicants},
        clauses=policy.clauses,
        grounds=tuple((one.title, one.clause, one.why.strip()) for one in pack.grounds.values()),
        sources=tuple(
            (one.title, _MANNERS[one.manner], one.why.strip()) for one in pack.sources.values()
        ),
        content_months=policy.retention.content_months,
        skeleton_months=policy.retention.skeleton_months,
        grant_hours=policy.limits.grant_hours,
        max_requests=policy.limits.max_requests,
        reply_days=policy.limits.reply_days,
        threshold=policy.limits.suppression_threshold,
        roles=tuple(sorted(roles.items())),
        figures={
            "Requests": sum(decided.values()),
            "Requests permitted": decided[Verdict.PERMIT],
            "Requests referred": decided[Verdict.REFER],
            "Requests refused": decided[Verdict.REFUSE],
            "Applicants on record": sum(
                1 for _ in desk.register.entries(type="applicant-added")
            ),
        },
        warnings=retention.warnings(desk),
    )  # fmt: skip
