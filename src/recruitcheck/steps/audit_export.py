"""The audit list as CSV, JSON Lines or HTML, for HR.

One line holds what the domain's audit asks for: who, when, which rule, what came of it, when it
falls due. No digest of a text appears, because only salted ones are safe and those stay with their
boxes. How much the lens withheld appears here and in the applicant's own bundle, nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from recruitcheck.records import Disclosure, Person
from recruitcheck.reports import audit, page, sheet
from recruitcheck.reports.paper import Cell
from recruitcheck.rules.filters import Row
from recruitcheck.rules.retention import Due
from recruitcheck.steps import casefile, retention
from recruitcheck.steps.audit_index import Progress
from recruitcheck.steps.casefile import CaseFile
from recruitcheck.steps.desk import Desk

Format = Callable[[Desk, Sequence[Row], str, Disclosure, Progress | None], Iterator[str]]

COLUMNS = (
    "seq", "at", "id", "state", "by", "by_id", "actor_role", "school", "vacancy", "title", "stage",
    "applicant", "mode", "claim", "claim_kinds", "ground", "requirement", "source", "query",
    "decision", "rule", "policy_digest", "reviewer", "hours_to_decision", "lookups", "requests",
    "finding", "passages_kept", "withheld_unrelated", "withheld_personal", "reply", "reply_invited",
    "reply_received", "panel_told", "retention_due", "hold", "destroyed",
)  # fmt: skip


def _records(
    desk: Desk, rows: Sequence[Row], progress: Progress | None
) -> Iterator[dict[str, Cell | tuple[str, ...]]]:
    """The rows as full records, one at a time."""
    people = {person.id: person for person in desk.register.people()}
    due = {one.applicant: one for one in retention.listed(desk)}
    for number, row in enumerate(rows):
        if progress and number % 20 == 0:
            progress(number, len(rows))
        yield _record(desk, row, people, due.get(row.applicant))
    if progress:
        progress(len(rows), len(rows))


def _record(
    desk: Desk, row: Row, people: Mapping[str, Person], due: Due | None
) -> dict[str, Cell | tuple[str, ...]]:
    author = people.get(row.by_id)
    known: dict[str, Cell | tuple[str, ...]] = dict.fromkeys(COLUMNS, "")
    known.update(
        seq=row.seq,
        at=row.at,
        id=row.id,
        state=row.state,
        by=row.by,
        by_id=row.by_id,
        actor_role=", ".join(author.roles) if author else "",
        school=row.school,
        vacancy=row.vacancy,
        title=row.title,
        applicant=row.applicant,
        mode="sourcing" if row.ground == "sourcing" else "claim" if row.decision else "declaration",
        ground=row.ground,
        decision=row.decision,
        rule=row.rule,
        retention_due=due.on if due else None,
        hold=", ".join(due.held) if due else "",
    )
    if row.decision and row.ground != "sourcing":
        known.update(_history(casefile.open_file(desk, row.id), people))
    return known


def _history(file: CaseFile, people: Mapping[str, Person]) -> dict[str, Cell | tuple[str, ...]]:
    """What came of one request."""
    asked, decision = file.justification, file.decision
    decided = next((r for r in reversed(file.referrals) if r.decided_at), None)
    entered = {entry.type: entry.at for entry in file.entries}
    start, end = entered.get("justification"), entered.get("referral-decided")
    reply, finding = next(iter(file.replies), None), next(iter(file.findings), None)
    told: dict[str, Cell | tuple[str, ...]] = {
        "stage": str(file.vacancy.stage) if file.vacancy else "",
        "claim": file.claim.quote if file.claim else "",
        "claim_kinds": file.trace.claim_kinds if file.trace else "",
        "policy_digest": decision.pack_digest[:16] if decision else "",
        "query": " ".join(word.text for word in decision.query) if decision else "",
        "reviewer": people[decided.decided_by].name
        if decided and decided.decided_by in people
        else "",
        "hours_to_decision": round((end - start).total_seconds() / 3600, 1) if start and end else 0,
        "lookups": sum(entry.type == "lookup" for entry in file.entries),
        "requests": sum(len(sight.attempts) for sight in file.sights),
        "finding": str(finding.result) if finding else "",
        "passages_kept": sum(len(one.passages) for one in file.evidence),
        "withheld_unrelated": sum(one.unrelated for one in file.withheld),
        "withheld_personal": sum(one.personal for one in file.withheld),
        "reply": str(reply.state) if reply else "",
        "reply_invited": reply.invited_on if reply else None,
        "reply_received": reply.received_on if reply else None,
        "panel_told": entered.get("panel-line"),
        "destroyed": entered.get("shred-done"),
    }
    if asked:
        told.update(requirement=asked.requirement, source=asked.source)
        if asked.third_party:
            told["mode"] = "third party"
    return told


def _csv(
    desk: Desk, rows: Sequence[Row], _filter: str, _made: Disclosure, progress: Progress | None
) -> Iterator[str]:
    def cells() -> Iterator[tuple[Cell, ...]]:
        for record in _records(desk, rows, progress):
            yield tuple(
                ", ".join(value) if isinstance(value, tuple) else value for value in record.values()
            )

    yield from sheet.csv_lines(COLUMNS, cells())


def _jsonl(
    desk: Desk, rows: Sequence[Row], _filter: str, _made: Disclosure, progress: Progress | None
) -> Iterator[str]:
    yield from sheet.json_lines(_records(desk, rows, progress))


def _html(
    desk: Desk, rows: Sequence[Row], filter: str, made: Disclosure, progress: Progress | None
) -> Iterator[str]:
    if progress:
        progress(0, 1)
    paper = audit.report(
        rows,
        organisation=desk.settings().organisation,
        made_at=made.at,
        made_by=desk.me.name,
        filter=filter,
    )
    yield page.html(paper)
    if progress:
        progress(1, 1)


FORMATS: Mapping[str, Format] = MappingProxyType({"csv": _csv, "jsonl": _jsonl, "html": _html})


def as_json(row: Row) -> dict[str, object]:
    """A row of the audit list for machines: the keys of the filter, `seq`, `at`, and ids."""
    return {
        "seq": row.seq,
        "at": row.at.isoformat().replace("+00:00", "Z"),
        "id": row.id,
        "state": row.state,
        "by": row.by,
        "by_id": row.by_id,
        "school": row.school,
        "vacancy": row.vacancy,
        "vacancy_id": row.vacancy_id,
        "title": row.title,
        "applicant": row.applicant,
        "ground": row.ground,
        "decision": row.decision,
        "rule": list(row.rule),
    }
