"""The headteacher's term and the trustees' year, counted from the audit list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from recruitcheck.errors import BadInput
from recruitcheck.records import AuditRow as Row
from recruitcheck.records import Vacancy
from recruitcheck.reports import period
from recruitcheck.reports.paper import Paper
from recruitcheck.rules.equality import term_of
from recruitcheck.steps import audit_index, oversight, retention
from recruitcheck.steps.desk import Desk
from recruitcheck.steps.exceptions import exceptions


def termly_summary(desk: Desk, *, day: date | None = None, school: str = "") -> Paper:
    """The headteacher's page for the term a day lies in; one school's or all.

    Raises:
        NotPermitted: only HR.
        BadInput: no post of such a school is known.
    """
    term = term_of(day or desk.today)
    title = f"Searches in recruitment: {term.name} term {term.first.year}"
    if school:
        title += f", {school}"
    return _period(desk, title, term.first, term.last, kind="term-summary", school=school)


def yearly_figures(desk: Desk, *, day: date | None = None) -> Paper:
    """The trustees' figures for the school year (September to August) that a day lies in.

    Raises:
        NotPermitted: only HR.
    """
    within = day or desk.today
    start = within.year - (within.month < 9)
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
    known = sorted({vacancy.school for vacancy in desk.all(Vacancy)})
    if school and school not in known:
        raise BadInput(f"No post of {school} is known.", f"Schools: {', '.join(known)}.")
    every = audit_index.index(desk).matching("")
    rows = [r for r in every if first <= r.at.date() <= last and school in ("", r.school)]
    decided = [row for row in rows if row.decision]
    verdicts = Counter((row.school, row.decision) for row in decided)
    applicants = _applicants(desk, school)
    for_whom = "trustees" if kind == "year-figures" else "headteacher"
    made = oversight.disclose(desk, kind=kind, recipient=for_whom)
    return period.one_page(
        period.Period(
            title=title,
            organisation=desk.settings().organisation,
            made_at=made.at,
            made_by=desk.me.name,
            first=first,
            last=last,
            for_whom=for_whom,
            counts=_counts(desk, rows, first, last, applicants),
            by_school={
                one: (verdicts[one, "permit"], verdicts[one, "refer"], verdicts[one, "refuse"])
                for one in (known if not school else ())
            },
            threshold=desk.pack.policy.limits.suppression_threshold,
            exceptions=_exceptions(desk, applicants),
            statements=_statements(desk),
        )
    )


def _applicants(desk: Desk, school: str) -> frozenset[str] | None:
    """The applicants of one school; None for all of them."""
    if not school:
        return None
    posts = {vacancy.id for vacancy in desk.all(Vacancy) if vacancy.school == school}
    return frozenset(
        entry.case
        for entry in desk.register.entries(type="applicant-added")
        if posts & set(entry.refs)
    )


def _counts(
    desk: Desk, rows: Sequence[Row], first: date, last: date, applicants: Collection[str] | None
) -> dict[str, int]:
    """What happened in the period, in the order of the flow."""
    verdict = Counter(row.decision for row in rows if row.decision)
    entered = Counter(
        (entry.type, str(entry.facts.get("verdict", "")) * (entry.type == "referral-decided"))
        for entry in desk.register.entries()
        if first <= entry.at.date() <= last and (applicants is None or entry.case in applicants)
    )
    return {
        "Requests": verdict.total(),
        "Permitted by the rules": verdict["permit"],
        "Sent to an equality reviewer": verdict["refer"],
        "Refused by the rules": verdict["refuse"],
        "Permitted by an equality reviewer": entered["referral-decided", "permit"],
        "Refused by an equality reviewer": entered["referral-decided", "refuse"],
        "Looks at a source": entered["lookup", ""],
        "Findings recorded": entered["finding", ""],
        "Panels told": entered["panel-line", ""],
        "Searches outside the tool declared": sum(row.state == "declared-off-tool" for row in rows),
        "Objections and answers to them": entered["objection-said", ""],
        "Applicants' records destroyed": entered["shred-done", ""],
    }


def _exceptions(desk: Desk, applicants: Collection[str] | None) -> dict[str, int]:
    """What is out of the ordinary now; one school's paper leaves out the other schools."""
    return dict(
        Counter(
            one.kind
            for one in exceptions(desk)
            if applicants is None or not one.applicant or one.applicant in applicants
        )
    )


def _statements(desk: Desk) -> tuple[str, ...]:
    policy = desk.pack.policy
    overdue = policy.review_due < desk.today
    return (
        f"The record has {desk.register.size} entries. Anybody can check it for changes with "
        "“recruitcheck verify”, without a passphrase.",
        f"The policy pack (version {policy.version}) "
        + ("is overdue for review since " if overdue else "is due for review on ")
        + f"{policy.review_due:%-d %B %Y}.",
        "Searches made outside the tool are known only where they were declared.",
        *retention.warnings(desk),
    )
