"""Equality review: patterns with the cases behind them, and comparable claims not searched."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from recruitcheck.errors import BadInput, Destroyed, NotPermitted, Sealed
from recruitcheck.records import Draft, Review, Trace, Verdict
from recruitcheck.rules import patterns
from recruitcheck.rules.patterns import Act, Raised
from recruitcheck.steps import monitoring, reading
from recruitcheck.steps.desk import MOST_REFS, Desk, box, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """Claims of one kind in one vacancy: whose were searched, whose were not."""

    vacancy: str
    kind: str
    searched: tuple[str, ...]
    not_searched: tuple[str, ...]


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
    _demand_either(desk)
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
    answers = next((one for one in monitoring.answers(desk) if one.applicant == applicant), None)
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
            refs=tuple(subjects)[:MOST_REFS],
            facts={"kind": "pattern"},
            boxes={"equality": box(made), "hr": box(made)},
        )
    )
    return made


def notes(desk: Desk) -> tuple[Review, ...]:
    """What was written about patterns so far.

    Raises:
        NotPermitted: only equality reviewers and HR.
    """
    _demand_either(desk)
    every = reading.newest(desk, Review, "review", ("equality", "hr"))
    return tuple(one for one in every if one.kind == "pattern")


def _demand_either(desk: Desk) -> None:
    """Equality reviewers and HR both look at patterns; from their own boxes."""
    try:
        desk.demand("equality.read")
    except NotPermitted:
        desk.demand("audit.read")
