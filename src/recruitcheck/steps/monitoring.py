"""Monitoring answers and the figures made of them, which only equality reviewers see.

Answers are sealed to the equality reviewers, joined to searches here and nowhere else, and leave
only as tables in which small groups are suppressed. A term has one set of tables: once published it
is remembered, and a later one may replace it only where no two of them single anybody out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from recruitcheck.errors import BadInput
from recruitcheck.records import (
    Comparison,
    Draft,
    MonitoringAnswers,
    MonitoringLink,
    TermFigures,
)
from recruitcheck.rules import monitoring as form
from recruitcheck.rules.equality import Count, Term, publishable, replaces_safely, term_of
from recruitcheck.steps import reading
from recruitcheck.steps.desk import Desk, box

_OURS = ("equality",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The published tables of a term."""

    term: Term
    threshold: int
    tables: Mapping[str, Comparison]
    note: str = ""
    """Why an earlier publication stays, where it does."""


def import_monitoring(desk: Desk, data: bytes) -> int:
    """Import monitoring answers from a CSV file; returns how many people it had.

    References become pseudonyms inside this step; each answer is sealed to the equality reviewers
    as part of its applicant's records, and is destroyed with them.

    Raises:
        NotPermitted: only equality reviewers.
        BadInput: anything is wrong with the file, with line and reason; nothing is imported then.
    """
    desk.demand("monitoring.import")
    gone = reading.destroyed(desk)
    links = {
        link.reference.strip().casefold(): link
        for link in desk.all(MonitoringLink)
        if link.applicant not in gone
    }
    if not links:
        raise BadInput(
            "No applicant has a monitoring reference yet.",
            "Recruiters add the reference printed on the form, with the applicant or later on the "
            "applicant's page.",
        )
    taken = {one.applicant for one in answers(desk)}
    people = form.read(
        data,
        known=[link.reference for link in links.values()],
        taken=[link.reference for link in links.values() if link.applicant in taken],
    )
    drafts = []
    for person in people:
        link = links[person.reference.strip().casefold()]
        record = MonitoringAnswers(
            applicant=link.applicant,
            reference=person.reference,
            answers=MappingProxyType(dict(person.answers)),
        )
        drafts.append(
            Draft(
                type="monitoring",
                subject=link.applicant,
                case=link.applicant,
                boxes={"equality": box(record)},
            )
        )
    desk.enter(*drafts)
    return len(drafts)


def counts(desk: Desk, term: Term) -> dict[str, dict[str, tuple[int, int]]]:
    """Question to group to (applicants, searched) for those of a term who returned the form.

    Whoever returned none is in no table: as a group they would stand in every table with the same
    figure, and one table could then give away what another one suppresses. Only for this module
    and its tests; what leaves goes through `publishable`.

    Raises:
        NotPermitted: only equality reviewers.
    """
    desk.demand("equality.read")
    applied = {
        entry.case
        for entry in desk.register.entries(type="applicant-added")
        if term.first <= entry.at.date() <= term.last
    }
    searched = {entry.case for entry in desk.register.entries(type="lookup")}
    held = {one.applicant: one.answers for one in answers(desk) if one.applicant in applied}
    questions = sorted({question for given in held.values() for question in given})
    tables: dict[str, dict[str, tuple[int, int]]] = {}
    for question in questions:
        groups: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        spelled: dict[str, str] = {}
        for case, given in held.items():
            written = given.get(question, form.NOT_ANSWERED)
            group = spelled.setdefault(written.casefold(), written)  # `Female` and `female` are one
            groups[group][0] += 1
            groups[group][1] += case in searched
        tables[question] = {name: (n, s) for name, (n, s) in sorted(groups.items())}
    return tables


def figures(desk: Desk, term: Term) -> Figures | None:
    """The published tables of a term; None while nothing was published.

    Raises:
        NotPermitted: only equality reviewers.
    """
    desk.demand("equality.read")
    held = _published(desk).get(term.id)
    return _shown(term, held) if held else None


def publish(desk: Desk, term: Term) -> Figures:
    """Count a term and publish its tables, or keep the earlier ones where the law of small
    differences forbids replacing them; `note` says so.

    Raises:
        NotPermitted: only equality reviewers.
        BadInput: no monitoring answers for this term.
    """
    desk.demand("equality.write")
    threshold = desk.pack.policy.limits.suppression_threshold
    tables = counts(desk, term)
    held = _published(desk).get(term.id)
    if not tables:
        if held:
            return _shown(term, held)
        raise BadInput(
            "There are no monitoring answers for this term.", "Import the monitoring file first."
        )
    for earlier in _ever_published(desk, term):
        # not only the newest: two small steps there and back would single out somebody
        if held and (why := _unsafe(earlier, tables, max(threshold, held.threshold))):
            return _shown(term, held, note=why)
    if held and {k: dict(v) for k, v in held.tables.items()} == tables:
        return _shown(term, held)
    made = TermFigures(
        id=f"T-{term.id}",
        term=term.id,
        threshold=max(threshold, held.threshold if held else 0),
        tables=tables,
        by=desk.me.id,
        at=desk.now,
    )
    desk.enter(
        Draft(
            type="statistics-published",
            subject=made.id,
            facts={"term": term.id, "tables": len(tables), "threshold": made.threshold},
            boxes={"equality": box(made)},
        )
    )
    return _shown(term, made)


def trend(desk: Desk, terms: Sequence[Term]) -> tuple[Figures, ...]:
    """The published tables of several terms, in their order; terms without any are left out."""
    desk.demand("equality.read")
    held = _published(desk)
    return tuple(_shown(term, held[term.id]) for term in terms if term.id in held)


def terms(desk: Desk) -> tuple[Term, ...]:
    """Every school term in which somebody applied, oldest first."""
    days = {e.at.date() for e in desk.register.entries(type="applicant-added")}
    return tuple(sorted({term_of(day) for day in days}))


def this_term(desk: Desk) -> Term:
    """The term of today."""
    return term_of(desk.today)


def _unsafe(
    held: TermFigures, tables: Mapping[str, Mapping[str, tuple[int, int]]], threshold: int
) -> str:
    for question in {*held.tables, *tables}:
        before, after = held.tables.get(question), tables.get(question)
        if before is None or after is None:
            return "The questions of the form have changed, so the published figures stay."
        why = replaces_safely(_counts(before), _counts(after), threshold)
        if why:
            return why
    return ""


def _shown(term: Term, held: TermFigures, *, note: str = "") -> Figures:
    return Figures(
        term=term,
        threshold=held.threshold,
        tables=MappingProxyType(
            {
                question: publishable(_counts(groups), held.threshold)
                for question, groups in held.tables.items()
            }
        ),
        note=note,
    )


def _counts(groups: Mapping[str, tuple[int, int]]) -> list[Count]:
    return [Count(group=name, applicants=n, searched=s) for name, (n, s) in groups.items()]


def _published(desk: Desk) -> dict[str, TermFigures]:
    held = reading.newest(desk, TermFigures, "statistics-published", _OURS)
    return {one.term: one for one in held}


def _ever_published(desk: Desk, term: Term) -> list[TermFigures]:
    """Every set of tables that a term ever had, oldest first."""
    made = reading.versions(desk, TermFigures, "statistics-published", _OURS)
    return [figures for _, figures in made if figures.term == term.id]


def answers(desk: Desk) -> tuple[MonitoringAnswers, ...]:
    """Everybody's answers under their pseudonyms, as far as this person may read them."""
    return reading.newest(desk, MonitoringAnswers, "monitoring", _OURS)
