"""The audit list as a paper: figures, charts and the list itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from recruitcheck.records import AuditRow as Row
from recruitcheck.reports.paper import Bar, Bars, Block, Paper, moment, section, table

VERDICTS = ("permit", "refer", "refuse")
VERDICT_WORDS = {"permit": "permitted", "refer": "referred", "refuse": "refused"}
STATES = {
    "asked": "asked",
    "permitted": "permitted",
    "referred": "with the equality reviewer",
    "refused": "refused",
    "granted": "grant open",
    "expired": "grant expired unused",
    "revoked": "grant taken back",
    "searched": "looked at",
    "found": "finding recorded",
    "invited": "reply invited",
    "replied": "reply received",
    "lapsed": "no reply came",
    "weighed": "reply weighed",
    "closed": "reply closed",
    "told": "panel told",
    "destroyed": "destroyed",
    "sourcing": "candidate finding",
    "declared-off-tool": "declared: search outside the tool",
    "declared-exposure": "declared: saw something protected",
    "declared-disparagement": "declared: content about the trust",
    "declared-unasked-report": "locked away: a report nobody asked for",
    "declared-researcher-strayed": "an outside researcher went beyond the instruction",
}
"""Every state a row can be in, in plain words."""
_MOST_RULES = 15


def report(
    rows: Sequence[Row],
    *,
    organisation: str,
    made_at: datetime,
    made_by: str,
    filter: str = "",
    about: str = "",
) -> Paper:
    """The audit report over the rows given."""
    decided = [row for row in rows if row.decision]
    return Paper(
        title="Audit of searches and refusals",
        organisation=organisation,
        made_at=made_at,
        made_by=made_by,
        about=about or (f"Filter: {filter}" if filter else "All records."),
        confidential="For HR. Contains pseudonyms of applicants.",
        sections=(
            section("In short", _short(rows, decided)),
            section("By month", by_month(decided)),
            section("By school", by_school(decided)),
            section("Why requests were referred or refused", by_rule(decided)),
            section("Every request", listing(rows)),
        ),
    )


def _short(rows: Sequence[Row], decided: Sequence[Row]) -> Block:
    if not rows:
        return "Nothing was asked for, declared or looked at in this selection (nil return)."
    count = Counter(row.decision for row in decided)
    declared = sum(row.state.startswith("declared") for row in rows)
    parts = ", ".join(f"{count[verdict]} {VERDICT_WORDS[verdict]}" for verdict in VERDICTS)
    said = f"{len(decided)} requests were decided: {parts}."
    if declared:
        said += f" {declared} declarations were made."
    if decided:
        first, last = min(row.at for row in rows), max(row.at for row in rows)
        said += f" The first is of {first:%-d %B %Y}, the last of {last:%-d %B %Y}."
    return said


def by_month(decided: Sequence[Row]) -> Bars:
    """Requests by month and verdict."""
    months = sorted({(row.at.year, row.at.month) for row in decided})
    count = Counter(((row.at.year, row.at.month), row.decision) for row in decided)
    return Bars(
        title="Requests by month",
        keys=tuple(VERDICT_WORDS[verdict] for verdict in VERDICTS),
        bars=tuple(
            Bar(
                name=f"{datetime(year, month, 1):%B %Y}",  # noqa: DTZ001  # only its name
                parts=tuple(float(count[(year, month), verdict]) for verdict in VERDICTS),
            )
            for year, month in months
        ),
    )


def by_school(decided: Sequence[Row]) -> Bars:
    """Requests by school and verdict."""
    schools = sorted({row.school for row in decided})
    count = Counter((row.school, row.decision) for row in decided)
    return Bars(
        title="Requests by school",
        keys=tuple(VERDICT_WORDS[verdict] for verdict in VERDICTS),
        bars=tuple(
            Bar(
                name=school or "not known",
                parts=tuple(float(count[school, verdict]) for verdict in VERDICTS),
            )
            for school in schools
        ),
    )


def by_rule(decided: Sequence[Row]) -> Bars:
    """Which rules stood against requests, the most frequent first, as many as fit on a page."""
    count = Counter(rule for row in decided for rule in row.rule)
    title = "Rules that were not satisfied"
    if len(count) > _MOST_RULES:
        title += f" ({_MOST_RULES} of {len(count)}, the most frequent)"
    shown = count.most_common(_MOST_RULES)
    return Bars(
        title=title,
        bars=tuple(Bar(name=rule, parts=(float(number),)) for rule, number in shown),
    )


def listing(rows: Sequence[Row]) -> Block:
    """The rows as a table."""
    return table(
        ("Entry", "Time (UTC)", "State", "Asked by", "School", "Vacancy", "Applicant", "Rules"),
        [
            (
                row.seq,
                moment(row.at),
                STATES.get(row.state, row.state),
                row.by,
                row.school,
                row.vacancy,
                row.applicant,
                ", ".join(row.rule),
            )
            for row in rows
        ],
        numeric=(0,),
        empty="No request, refusal or declaration (nil return).",
    )
