"""Routine searching shows in patterns across requests, not in any one of them (policy 7(routine)).

Two uses. At submission a person's request is held against what that same person asked before:
own cases, counts and dates, which they can read anyway, so nothing is given away. Afterwards HR
and the equality reviewers compare across people by keyed similarity sketches; those signals flag
or refer. In a vacancy with fewer applicants than `limits.minimum_group` a share says nothing, so
it flags and never does more. Every signal names its cases: numbers are small, so people look at
cases and not at significance.
"""

from __future__ import annotations

import hmac
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from recruitcheck.rules import words

if TYPE_CHECKING:
    from recruitcheck.rules.pack import Policy, Strength
    from recruitcheck.rules.question import Question

SLOTS = 64
"""Numbers of a sketch; the standard error of a likeness is a sixteenth at most."""
_PRIME = (1 << 61) - 1
"""A Mersenne prime; the permutations of a sketch are drawn in its field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One justification as patterns see it: no quotation, no name, no reason in words."""

    id: str
    case: str
    """The applicant's pseudonym."""
    vacancy: str
    by: str
    at: datetime
    kind: str
    """Kind of the claim (`claims.searchable(quote).kinds[0]`), or `sourcing`."""
    requirement: str
    sketch: tuple[int, ...] = ()
    searched: bool = True
    """Whether it was permitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A signal that counts, with the requests and cases it rests on."""

    signal: str
    strength: Strength
    acts: tuple[str, ...]
    cases: tuple[str, ...]
    figure: float
    message: str


# --- similarity sketches --------------------------------------------------------------------


def sketch(key: bytes, text: str) -> tuple[int, ...]:
    """A keyed MinHash sketch of a reason: likeness can be compared, words cannot be guessed.

    Shingles are runs of three folded words, so that the order counts; numbers count as one and
    the same, so that `claim 2` and `claim 3` do not hide a reason used twice. Without the key
    nobody can test whether a sketch belongs to a guessed text. A text without words has none.
    """
    plain = [
        "#" if t.kind == "number" else t.plain for t in words.tokens(text) if t.kind != "symbol"
    ]
    if not plain:
        return ()
    shingles = {" ".join(plain[i : i + 3]) for i in range(max(1, len(plain) - 2))}
    digests = [_number(key, s.encode()) for s in shingles]
    turns = [
        (_number(key, b"a%d" % i) % _PRIME or 1, _number(key, b"b%d" % i)) for i in range(SLOTS)
    ]
    return tuple(min((a * d + b) % _PRIME for d in digests) for a, b in turns)


def _number(key: bytes, data: bytes) -> int:
    return int.from_bytes(hmac.digest(key, data, "sha256")[:8], "big")


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimated share of shingles that two reasons have in common, 0 to 1."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def reused(one: Act, other: Act, figure: float) -> bool:
    """The same reason where claim kinds differ, for different applicants.

    The same reason for the same kind of claim and the same requirement is consistency, and
    consistency is what fairness asks for.
    """
    if one.case == other.case or (one.kind, one.requirement) == (other.kind, other.requirement):
        return False
    return likeness(one.sketch, other.sketch) >= figure


# --- at submission: own cases only ----------------------------------------------------------


def at_submission(q: Question, signal: str) -> bool:
    """Whether a pattern in the submitting person's own requests counts against this one."""
    act = q.act
    told = q.pack.policy.patterns.get(signal)
    if act is None or told is None or told.strength == "flag":
        return False
    own = [a for a in q.own if a.by == act.by and a.id != act.id]
    if signal == "own-reason-reused":
        return any(reused(a, act, told.figure) for a in own)
    if signal == "own-burst":
        near = [a for a in own if timedelta(0) <= act.at - a.at <= timedelta(minutes=told.minutes)]
        return len({a.case for a in near} | {act.case}) >= told.figure
    if signal == "own-share-of-applicants":
        cases = {a.case for a in own if a.vacancy == act.vacancy and a.searched} | {act.case}
        return (
            q.applicants >= q.pack.policy.limits.minimum_group
            and len(cases) / q.applicants > told.figure
        )
    raise LookupError(signal)


# --- afterwards: across people --------------------------------------------------------------


def across(
    acts: Sequence[Act],
    policy: Policy,
    *,
    applicants: Mapping[str, int],
    candidates: Mapping[str, Sequence[str]] | None = None,
    sourced: Mapping[str, datetime] | None = None,
) -> tuple[Raised, ...]:
    """All signals across a register's requests.

    Args:
        acts: every justification, with sketches made under the one key of the reviewers.
        policy: limits and strengths.
        applicants: vacancy to the number of its applicants.
        candidates: pseudonym to the kinds of the checkable claims in that person's documents
            (`claims.candidates`), for claims that were treated differently.
        sourced: pseudonym to the time at which that person was found as a candidate.
    """
    ordered = sorted(acts, key=lambda a: a.at)
    raised = [
        *_reused(ordered, policy),
        *_shares(ordered, policy, applicants),
        *_bursts(ordered, policy),
        *_far(ordered, policy),
        *_unlike(ordered, policy, candidates or {}),
        *_sourced(ordered, policy, sourced or {}),
    ]
    return tuple(r for r in raised if r is not None)


def _raise(
    policy: Policy,
    signal: str,
    acts: Sequence[Act],
    figure: float,
    message: str,
    *,
    small: bool = False,
    cases: Sequence[str] = (),
) -> Raised:
    strength = policy.patterns[signal].strength
    if small or strength == "refuse":
        # what another person could not read must not refuse, and a small group says nothing
        strength = "flag" if small else "refer"
    return Raised(
        signal=signal,
        strength=strength,
        acts=tuple(a.id for a in acts),
        cases=tuple(dict.fromkeys(cases or [a.case for a in acts])),
        figure=round(figure, 3),
        message=message,
    )


def _reused(acts: Sequence[Act], policy: Policy) -> Iterator[Raised]:
    told = policy.patterns.get("reason-reused")
    if told is None:
        return
    for one, other in _alike(acts, told.figure):
        if reused(one, other, told.figure):
            like = likeness(one.sketch, other.sketch)
            message = "The same reason stands under different kinds of claim."
            yield _raise(policy, "reason-reused", [one, other], like, message)


def _alike(acts: Sequence[Act], figure: float) -> Iterator[tuple[Act, Act]]:
    """Pairs that may be alike enough, earlier ones first: they share one of the first slots.

    Where `figure` of the slots are equal, too few differ to fill all of those looked at here, so
    no pair is missed; and unlike reasons, which share hardly a slot, are never compared.
    """
    slots = min(SLOTS, int((1 - figure) * SLOTS) + 1)
    seen: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, act in enumerate(acts):
        keys = list(enumerate(act.sketch[:slots]))
        near = {before for key in keys for before in seen[key]}
        yield from ((acts[before], act) for before in sorted(near))
        for key in keys:
            seen[key].append(at)


def _shares(acts: Sequence[Act], policy: Policy, applicants: Mapping[str, int]) -> Iterator[Raised]:
    told = policy.patterns.get("share-of-applicants")
    if told is None:
        return
    searched = defaultdict(list)
    for act in acts:
        if act.searched and act.kind != "sourcing":
            searched[act.vacancy].append(act)
    for vacancy, there in searched.items():
        number = applicants.get(vacancy, 0)
        share = len({a.case for a in there}) / number if number else 1.0
        if share > told.figure:
            small = number < policy.limits.minimum_group
            message = "A large part of the people who applied for this post has been searched."
            yield _raise(policy, "share-of-applicants", there, share, message, small=small)


def _by_person(acts: Sequence[Act]) -> Mapping[str, list[Act]]:
    found: defaultdict[str, list[Act]] = defaultdict(list)
    for act in acts:
        found[act.by].append(act)
    return found


def _bursts(acts: Sequence[Act], policy: Policy) -> Iterator[Raised]:
    told = policy.patterns.get("burst")
    if told is None:
        return
    for theirs in _by_person(acts).values():
        start = 0
        last_end = -1
        for end, act in enumerate(theirs):
            while act.at - theirs[start].at > timedelta(minutes=told.minutes):
                start += 1
            window = theirs[start : end + 1]
            if len({a.case for a in window}) >= told.figure and start > last_end:
                last_end = end
                message = "Requests for several applicants were made within minutes."
                yield _raise(policy, "burst", window, len(window), message)


def _far(acts: Sequence[Act], policy: Policy) -> Iterator[Raised]:
    told = policy.patterns.get("far-from-the-rest")
    if told is None:
        return
    by_person = _by_person(acts)
    for person, theirs in by_person.items():
        others = [len(rest) for who, rest in by_person.items() if who != person]
        if not others:
            continue
        median = statistics.median(others)
        if len(theirs) >= policy.limits.minimum_group and len(theirs) > told.figure * median:
            message = "One person asks for far more searches than colleagues do."
            yield _raise(policy, "far-from-the-rest", theirs, len(theirs) / median, message)


def _unlike(
    acts: Sequence[Act], policy: Policy, candidates: Mapping[str, Sequence[str]]
) -> Iterator[Raised]:
    told = policy.patterns.get("like-claims-unlike")
    if told is None:
        return
    searched = {(a.case, a.kind) for a in acts if a.searched}
    vacancy_of = {a.case: a.vacancy for a in acts}
    for act in acts:
        if not act.searched or act.kind == "sourcing":
            continue
        left = [
            case
            for case, kinds in candidates.items()
            if case != act.case
            and act.kind in kinds
            and (case, act.kind) not in searched
            and vacancy_of.get(case, act.vacancy) == act.vacancy
        ]
        if len(left) >= told.figure:
            message = "Comparable claims of other applicants were not searched."
            cases = [act.case, *left]
            yield _raise(policy, "like-claims-unlike", [act], len(left), message, cases=cases)


def _sourced(
    acts: Sequence[Act], policy: Policy, sourced: Mapping[str, datetime]
) -> Iterator[Raised]:
    told = policy.patterns.get("sourced-then-applied")
    if told is None:
        return
    for act in acts:
        found = sourced.get(act.case)
        if found is None or act.kind == "sourcing" or act.at < found:
            continue
        days = (act.at - found) / timedelta(days=1)
        if days <= told.figure:
            message = "The person was first found as a candidate and is now searched as applicant."
            yield _raise(policy, "sourced-then-applied", [act], days, message)
