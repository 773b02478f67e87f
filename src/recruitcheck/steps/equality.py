"""Equality review: patterns with their cases, comparable claims, and figures only reviewers see.

Monitoring answers are sealed to the equality reviewers, joined to searches here and nowhere else,
and leave only as tables in which small groups are suppressed. A term has one set of tables: once
published it is remembered, and a later one may replace it only where the difference between the
two singles nobody out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from recruitcheck.errors import BadInput, Destroyed, NotPermitted, Sealed
from recruitcheck.records import (
    Comparison,
    Draft,
    MonitoringAnswers,
    MonitoringLink,
    Review,
    TermFigures,
    Trace,
    Verdict,
)
from recruitcheck.rules import monitoring, patterns
from recruitcheck.rules.equality import (
    Count,
    Term,
    publishable,
    replaces_safely,
    term_of,
)
from recruitcheck.rules.patterns import Act, Raised
from recruitcheck.steps import reading
from recruitcheck.steps.desk import Desk, box, new_id

_OURS = ("equality",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """Claims of one kind in one vacancy: whose were searched, whose were not."""

    vacancy: str
    kind: str
    searched: tuple[str, ...]
    not_searched: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The published tables of a term."""

    term: Term
    threshold: int
    tables: Mapping[str, Comparison]
    note: str = ""
    """Why an earlier publication stays, where it does."""


# --- patterns -----------------------------------------------------------------------------------


def acts(desk: Desk) -> tuple[Act, ...]:
    """Every request as patterns see it: no name, no quote, no reason in words."""
    decided = {
        (entry.refs[1] if len(entry.refs) > 1 else ""): str(entry.facts.get("verdict", ""))
        for entry in desk.register.entries(type="referral-decided")
    }
    return tuple(
        Act(
            id=trace.justification,
            case=trace.applicant,
            vacancy=trace.vacancy,
            by=trace.by,
            at=trace.at,
            kind=trace.claim_kinds[0] if trace.claim_kinds else "",
            requirement=trace.requirement,
            sketch=trace.sketch,
            searched=trace.verdict is Verdict.PERMIT
            or decided.get(trace.justification) == Verdict.PERMIT,
        )
        for trace in desk.all(Trace)
    )


def signals(desk: Desk) -> tuple[Raised, ...]:
    """Pattern signals across all requests, each with the requests and cases it rests on.

    Raises:
        NotPermitted: only equality reviewers and HR.
    """
    _either(desk)
    made = acts(desk)
    policy = desk.pack.policy
    numbers = Counter(
        entry.refs[0] for entry in desk.register.entries(type="applicant-added") if entry.refs
    )
    raised = list(patterns.across(made, policy, applicants=numbers, sourced=_sourced(desk)))
    if "like-claims-unlike" in policy.patterns:
        raised += _unlike(desk, made)
    return tuple(raised)


def _unlike(desk: Desk, made: Sequence[Act]) -> list[Raised]:
    """Comparable claims not searched, vacancy by vacancy: candidates are told apart by post."""
    found: list[Raised] = []
    by_vacancy = _candidates(desk)
    for vacancy, candidates in by_vacancy.items():
        there = [act for act in made if act.vacancy == vacancy]
        found += [
            raised
            for raised in patterns.across(
                there,
                desk.pack.policy,
                applicants={vacancy: max(len(candidates), 1)},
                candidates=candidates,
            )
            if raised.signal == "like-claims-unlike"
        ]
    return found


def comparable(desk: Desk, *, vacancy: str = "") -> tuple[Comparable, ...]:
    """Where a kind of claim was searched for some applicants of a post and not for others.

    Raises:
        NotPermitted: only equality reviewers.
    """
    desk.demand("equality.read")
    searched: dict[tuple[str, str], set[str]] = defaultdict(set)
    for act in acts(desk):
        if act.searched and act.kind:
            searched[act.vacancy, act.kind].add(act.case)
    candidates = _candidates(desk)
    found = []
    for (post, kind), cases in searched.items():
        left = {case for case, kinds in candidates.get(post, {}).items() if kind in kinds} - cases
        if left and vacancy in ("", post):
            found.append(
                Comparable(
                    vacancy=post,
                    kind=kind,
                    searched=tuple(sorted(cases)),
                    not_searched=tuple(sorted(left)),
                )
            )
    return tuple(sorted(found, key=lambda one: (-len(one.not_searched), one.vacancy, one.kind)))


def answers_of(desk: Desk, applicant: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """One applicant's monitoring answers and the kinds of claims in their documents.

    Raises:
        NotPermitted: only equality reviewers.
    """
    desk.demand("equality.read")
    answers = next((one for one in _answers(desk) if one.applicant == applicant), None)
    kinds = {k for held in _candidates(desk).values() for k in held.get(applicant, ())}
    return tuple(answers.answers.items()) if answers else (), tuple(sorted(kinds))


def _candidates(desk: Desk) -> dict[str, dict[str, list[str]]]:
    """Vacancy to applicant to the kinds of checkable claims in that person's documents."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for entry in desk.register.entries(type="claim-candidates"):
        try:
            kinds = desk.register.read(entry, "equality").decode().split("\n")
        except (Sealed, Destroyed):
            continue
        post = next((ref for ref in entry.refs if ref.startswith("V-")), "")
        found[post].setdefault(entry.case, []).extend(filter(None, kinds))
    return found


def _sourced(desk: Desk) -> dict[str, datetime]:
    """Pseudonym to the time at which that person was first found as a candidate."""
    return {
        entry.case: entry.at
        for entry in desk.register.entries(type="sourcing-applied")
        if entry.case
    }


def note(desk: Desk, subjects: Sequence[str], text: str) -> Review:
    """Write down what the reviewer makes of a pattern; HR reads it too.

    Raises:
        NotPermitted: only equality reviewers, and not about their own requests.
        BadInput: nothing is written.
    """
    authors = {
        entry.author
        for subject in subjects
        for entry in desk.register.entries(subject=subject, type="justification")
        if entry.subject == subject
    }
    desk.demand("equality.write", made_by=authors)
    if not text.strip():
        raise BadInput("There is nothing written yet.", "A sentence or two is enough.")
    made = Review(
        id=new_id("W"),
        kind="pattern",
        subjects=tuple(subjects),
        text=text.strip(),
        by=desk.me.id,
        at=desk.now,
    )
    desk.enter(
        Draft(
            type="review",
            subject=made.id,
            refs=tuple(subjects)[:200],
            facts={"kind": "pattern"},
            boxes={"equality": box(made), "hr": box(made)},
        )
    )
    return made


def notes(desk: Desk) -> tuple[Review, ...]:
    """What was written about patterns so far."""
    _either(desk)
    every = reading.newest(desk, Review, "review", ("equality", "hr"))
    return tuple(one for one in every if one.kind == "pattern")


def _either(desk: Desk) -> None:
    """Equality reviewers and HR both look at patterns; from their own boxes."""
    try:
        desk.demand("equality.read")
    except NotPermitted:
        desk.demand("audit.read")


# --- monitoring and statistics ------------------------------------------------------------------


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
            "Add the reference printed on the form when adding the applicant.",
        )
    taken = {one.applicant for one in _answers(desk)}
    people = monitoring.read(
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
    answers = {one.applicant: one.answers for one in _answers(desk) if one.applicant in applied}
    questions = sorted({question for given in answers.values() for question in given})
    tables: dict[str, dict[str, tuple[int, int]]] = {}
    for question in questions:
        groups: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        spelled: dict[str, str] = {}
        for case, given in answers.items():
            written = given.get(question, monitoring.NOT_ANSWERED)
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


def _answers(desk: Desk) -> tuple[MonitoringAnswers, ...]:
    return reading.newest(desk, MonitoringAnswers, "monitoring", _OURS)
