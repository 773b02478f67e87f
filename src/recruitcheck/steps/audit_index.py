"""The audit list: one row for each request, declaration and candidate search, whatever came of it.

A row follows its request through the ledger: entries are taken in order, and each one that rests
on a request moves its state on. Only what a row shows is opened (one small box for a request), so
a list of many thousand stays quick; it is kept for the session and only new entries are read when
it is asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from recruitcheck.errors import Destroyed, RecruitcheckError, Sealed
from recruitcheck.records import Declaration, Entry, Sourcing, Trace, Vacancy
from recruitcheck.rules.filters import Index, Row
from recruitcheck.steps.desk import Desk

DECLARATION_BOXES = ("hr", "mine")
SOURCING_BOXES = ("case", "hr")

Progress = Callable[[int, int], None]

_TELL_EACH = 500
"""Entries between two words of progress."""

_MOVES = {
    "grant": "granted",
    "grant-revoked": "revoked",
    "lookup": "searched",
    "finding": "found",
    "panel-line": "told",
}
_VERDICTS = {"permit": "permitted", "refer": "referred", "refuse": "refused"}
_FLOW = (
    "decision",
    "referral",
    "referral-decided",
    "lookup-result",
    "evidence-kept",
    "reply",
    *_MOVES,
)


@dataclass(slots=True)
class _Gathered:
    """What was read so far; lives as long as the desk's own cache."""

    upto: int = -1
    rows: dict[str, Row] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)
    """Record of the flow to the request it belongs to."""
    parts: dict[str, set[str]] = field(default_factory=dict)
    """Request to the records of the flow that belong to it."""
    ends: dict[str, datetime] = field(default_factory=dict)
    """Request to the hour at which its grant expires."""
    vacancy_of: dict[str, str] = field(default_factory=dict)
    by_case: dict[str, list[str]] = field(default_factory=dict)
    index: Index | None = None
    index_at: datetime | None = None


def index(desk: Desk, progress: Progress | None = None) -> Index:
    """The rows of the audit list, ready to filter.

    `progress` is told (entries read, entries to read) now and then; the first list of a large
    register opens one box for each request, which takes seconds.
    """
    held = _gathered(desk)
    size = desk.register.size
    hour = desk.now.replace(minute=0, second=0, microsecond=0)
    if held.index is not None and held.upto == size - 1 and held.index_at == hour:
        return held.index
    _gather(desk, held, progress)
    held.index = Index(_finished(held, desk.now))
    held.index_at = hour
    return held.index


def request_of(desk: Desk, id: str) -> str:
    """The request a record of the flow belongs to; empty for none."""
    index(desk)
    return _gathered(desk).owner.get(id, "")


def parts_of(desk: Desk, request: str) -> frozenset[str]:
    """Every record of the flow that belongs to a request, itself included."""
    index(desk)
    return frozenset(_gathered(desk).parts.get(request, ()))


def _gathered(desk: Desk) -> _Gathered:
    return desk.kept("audit", "index", _Gathered)


def _finished(held: _Gathered, now: datetime) -> list[Row]:
    return [
        replace(row, state="expired")
        if row.state == "granted" and id in held.ends and held.ends[id] <= now
        else row
        for id, row in held.rows.items()
    ]


def _gather(desk: Desk, held: _Gathered, progress: Progress | None) -> None:
    start, size = held.upto + 1, desk.register.size
    names = {person.id: person.name for person in desk.register.people()}
    vacancies = {vacancy.id: vacancy for vacancy in desk.all(Vacancy)}
    for entry in desk.register.entries(after_seq=held.upto):
        held.upto = entry.seq
        if progress and entry.seq % _TELL_EACH == 0:
            progress(entry.seq - start, size - start)
        if entry.type == "applicant-added" and entry.refs:
            held.vacancy_of[entry.case] = entry.refs[0]
        elif entry.type == "justification":
            row = _request(entry, held, names, vacancies)
            held.rows[row.id] = row
            _own(held, row.id, row.id)
            held.by_case.setdefault(entry.case, []).append(row.id)
        elif entry.type in _FLOW:
            _move(desk, held, entry)
        elif entry.type == "declaration":
            _add_declaration(desk, held, entry, names, vacancies)
        elif entry.type == "sourcing-asked":
            _add_sourcing(desk, held, entry, names, vacancies)
        elif entry.type == "shred-done":
            for id in held.by_case.get(entry.case or entry.subject, ()):
                held.rows[id] = replace(held.rows[id], state="destroyed")


def _own(held: _Gathered, request: str, record: str) -> None:
    if held.owner.setdefault(record, request) == request:
        held.parts.setdefault(request, set()).add(record)


def _request(
    entry: Entry, held: _Gathered, names: dict[str, str], vacancies: dict[str, Vacancy]
) -> Row:
    row = Row(
        seq=entry.seq,
        at=entry.at,
        id=entry.subject,
        state="asked",
        by=names.get(entry.author, entry.author),
        by_id=entry.author,
        applicant=entry.case,
        ground=str(entry.facts.get("ground", "")),
    )
    return _with_vacancy(row, held.vacancy_of.get(entry.case, ""), vacancies)


def _with_vacancy(row: Row, id: str, vacancies: dict[str, Vacancy]) -> Row:
    vacancy = vacancies.get(id)
    if vacancy is None:
        return replace(row, vacancy_id=id)
    return replace(
        row,
        vacancy_id=id,
        vacancy=vacancy.reference,
        title=vacancy.title,
        school=vacancy.school,
    )


def _move(desk: Desk, held: _Gathered, entry: Entry) -> None:
    """Move the request on which an entry rests to its next state."""
    id = next((held.owner[ref] for ref in entry.refs if ref in held.owner), "")
    id = id or held.owner.get(entry.subject, "")
    row = held.rows.get(id)
    if row is None:
        return
    _own(held, id, entry.subject)
    verdict = str(entry.facts.get("verdict", ""))
    if entry.type == "decision":
        row = replace(row, state=_VERDICTS.get(verdict, row.state), decision=verdict)
        row = _traced(desk, entry, row)
    elif entry.type == "referral-decided":
        row = replace(row, state=_VERDICTS.get(verdict, row.state))
    elif entry.type == "reply":
        row = replace(row, state=str(entry.facts.get("state", row.state)))
    elif entry.type in _MOVES:
        row = replace(row, state=_MOVES[entry.type])
    if entry.type == "grant" and (ends := _instant(entry.facts.get("not_after"))):
        held.ends[id] = ends
    held.rows[id] = row


def _traced(desk: Desk, entry: Entry, row: Row) -> Row:
    try:
        trace = desk.open(Trace, entry, ("hr", "equality"))
    except RecruitcheckError:
        return row
    rules = tuple(dict.fromkeys(trace.rules))
    return replace(row, ground=trace.ground or row.ground, rule=rules)


def _instant(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def _add_declaration(
    desk: Desk,
    held: _Gathered,
    entry: Entry,
    names: dict[str, str],
    vacancies: dict[str, Vacancy],
) -> None:
    vacancy = held.vacancy_of.get(entry.case, "")
    with suppress(Sealed, Destroyed):
        vacancy = desk.open(Declaration, entry, DECLARATION_BOXES).vacancy or vacancy
    row = Row(
        seq=entry.seq,
        at=entry.at,
        id=entry.subject,
        state=f"declared-{entry.facts.get('kind', '')}".replace("_", "-"),
        by=names.get(entry.author, entry.author),
        by_id=entry.author,
        applicant=entry.case,
    )
    held.rows[entry.subject] = _with_vacancy(row, vacancy, vacancies)


def _add_sourcing(
    desk: Desk,
    held: _Gathered,
    entry: Entry,
    names: dict[str, str],
    vacancies: dict[str, Vacancy],
) -> None:
    verdict, vacancy = str(entry.facts.get("verdict", "")), ""
    rules: tuple[str, ...] = ()
    with suppress(Sealed, Destroyed):
        asked = desk.open(Sourcing, entry, SOURCING_BOXES)
        vacancy = asked.vacancy
        rules = tuple(reason.rule for reason in asked.reasons if not reason.holds)
    row = Row(
        seq=entry.seq,
        at=entry.at,
        id=entry.subject,
        state="sourcing" if verdict == "permit" else "refused",
        by=names.get(entry.author, entry.author),
        by_id=entry.author,
        ground="sourcing",
        decision=verdict,
        rule=rules,
    )
    held.rows[entry.subject] = _with_vacancy(row, vacancy, vacancies)
