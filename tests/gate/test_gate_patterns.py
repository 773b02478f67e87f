"""Routine searching across requests: own cases at submission, everybody's afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from gatecase import NOW, Case

from recruitcheck.records import Verdict
from recruitcheck.rules.decide import decide
from recruitcheck.rules.pack import Pack
from recruitcheck.rules.patterns import Act, across, likeness, sketch

KEY = b"k" * 32
REASON = "See whether the work that the form names exists and whether the dates agree with it."


def act(number: int, **more: object) -> Act:
    """One earlier request."""
    held = Act(
        id=f"J-{number}",
        case=f"A-{number}",
        vacancy="V-1",
        by="P-1",
        at=NOW - timedelta(days=number),
        kind="blog",
        requirement="R-1",
        sketch=sketch(KEY, REASON),
    )
    return replace(held, **more)  # type: ignore[arg-type]


def names(raised: object) -> list[str]:
    """The signals raised, in order."""
    return [r.signal for r in raised]  # type: ignore[attr-defined]


def test_likeness_follows_the_words_and_hides_them() -> None:
    """The same words are alike, others are not, and another key compares nothing."""
    same = sketch(KEY, REASON.upper())
    assert likeness(sketch(KEY, REASON), same) == 1.0
    near = likeness(sketch(KEY, REASON), sketch(KEY, REASON + " Thank you."))
    assert 0.6 < near < 1.0
    assert likeness(sketch(KEY, REASON), sketch(KEY, "Listen to an episode for its host.")) < 0.2
    assert likeness(sketch(KEY, REASON), sketch(b"x" * 32, REASON)) < 0.2
    assert likeness(sketch(KEY, "Checking claim 2."), sketch(KEY, "Checking claim 13.")) == 1.0
    assert sketch(KEY, "  ") == ()
    assert likeness((), ()) == likeness((), same) == likeness(same[:1], same) == 0.0


def test_the_same_reason_for_another_kind_of_claim_refuses(case: Case) -> None:
    """At submission a person's own reason, used before for a different kind of claim, refuses."""
    case.more = {"own": [act(2, kind="podcast")], "act": act(1, at=NOW)}
    ruling = decide(case.question())
    assert ruling.verdict is Verdict.REFUSE
    assert [r.rule for r in ruling.reasons if not r.holds] == ["own-reason-reused"]


@pytest.mark.parametrize(
    "earlier",
    [act(2), act(2, kind="podcast", case="A-1"), act(2, kind="podcast", by="P-7")],
    ids=["consistency", "same-person", "somebody-else"],
)
def test_consistency_is_no_routine(case: Case, earlier: Act) -> None:
    """The same reason for the same kind and requirement is what fairness asks for."""
    case.more = {"own": [earlier], "act": act(1, at=NOW)}
    assert decide(case.question()).verdict is Verdict.PERMIT


@pytest.mark.parametrize(("applicants", "verdict"), [(5, "permit"), (6, "refer"), (20, "permit")])
def test_a_share_counts_only_in_a_group_large_enough(
    case: Case, applicants: int, verdict: str
) -> None:
    """Below six applicants a share never stops anybody; in a large group four are few."""
    own = [act(n) for n in (2, 3, 4)]
    case.more = {"own": own, "act": act(1, at=NOW), "applicants": applicants}
    assert decide(case.question()).verdict.value == verdict


@pytest.mark.parametrize(
    "elsewhere", [{"vacancy": "V-2"}, {"searched": False}], ids=["another-post", "not-permitted"]
)
def test_a_share_counts_own_searches_for_the_same_post(
    case: Case, elsewhere: dict[str, object]
) -> None:
    """What was asked for another post, or was not permitted, searched nobody of this one."""
    own = [act(n, **elsewhere) for n in (2, 3, 4)]
    case.more = {"own": own, "act": act(1, at=NOW), "applicants": 6}
    assert decide(case.question()).verdict is Verdict.PERMIT


def test_a_burst_goes_to_a_person(case: Case) -> None:
    """Several applicants within minutes are referred; the same number over days is not."""
    near = [act(n, at=NOW - timedelta(minutes=n)) for n in (0, 4, 15)]
    case.more = {"own": near, "act": act(1, at=NOW)}
    assert decide(case.question()).verdict is Verdict.REFER
    case.more = {"own": [act(n) for n in (2, 3, 4)], "act": act(1, at=NOW)}
    assert decide(case.question()).verdict is Verdict.PERMIT


@pytest.mark.parametrize(("strength", "verdict"), [("refer", "refer"), ("flag", "permit")])
def test_a_pattern_that_only_flags_stops_nobody(case: Case, strength: str, verdict: str) -> None:
    """A school may let a pattern of one's own be seen afterwards and stop nothing at submission."""
    burst = replace(case.pack.policy.patterns["own-burst"], strength=strength)  # type: ignore[arg-type]
    patterns = {**case.pack.policy.patterns, "own-burst": burst}
    case.pack = replace(case.pack, policy=replace(case.pack.policy, patterns=patterns))
    near = [act(n, at=NOW - timedelta(minutes=n)) for n in (2, 3, 4)]
    case.more = {"own": near, "act": act(1, at=NOW)}
    assert decide(case.question()).verdict.value == verdict


def test_afterwards_signals_name_their_cases_and_never_refuse(pack: Pack) -> None:
    """Across people a reused reason refers and names both cases."""
    acts = [act(1), act(2, kind="podcast", by="P-2")]
    (one,) = [r for r in across(acts, pack.policy, applicants={}) if r.signal == "reason-reused"]
    assert one.strength == "refer"
    assert set(one.cases) == {"A-1", "A-2"} and set(one.acts) == {"J-1", "J-2"}


@pytest.mark.parametrize(("number", "raised"), [(8, True), (30, False)])
def test_a_vacancy_searched_through_is_seen(pack: Pack, number: int, raised: bool) -> None:
    """Six searches among eight applicants raise the share; among thirty they do not."""
    acts = [act(n, sketch=()) for n in range(1, 7)]
    found = names(across(acts, pack.policy, applicants={"V-1": number}))
    assert ("share-of-applicants" in found) is raised


@pytest.mark.parametrize(
    ("acts", "raised"),
    [
        ([act(n, sketch=()) for n in range(1, 6)], True),
        ([act(n, sketch=()) for n in range(1, 5)], False),
        ([act(n, sketch=(), searched=n < 5) for n in range(1, 9)], False),
        ([act(n, sketch=(), kind="sourcing") for n in range(1, 9)], False),
        ([act(n, sketch=(), case="A-1") for n in range(1, 9)], False),
    ],
    ids=["five-of-eight", "just-half", "not-permitted", "found-as-candidates", "one-person"],
)
def test_a_share_counts_people_who_were_searched(pack: Pack, acts: list[Act], raised: bool) -> None:
    """More than half of those who applied, each once; refused requests searched nobody."""
    found = names(across(acts, pack.policy, applicants={"V-1": 8}))
    assert ("share-of-applicants" in found) is raised


def test_a_share_names_the_searches_it_rests_on(pack: Pack) -> None:
    """Six of six in the smallest group that counts is told as it is, with every case."""
    told = {
        "share-of-applicants": replace(
            pack.policy.patterns["share-of-applicants"], strength="refer"
        )
    }
    policy = replace(pack.policy, patterns=told)  # type: ignore[arg-type]
    (one,) = across([act(n, sketch=()) for n in range(1, 7)], policy, applicants={"V-1": 6})
    assert (one.strength, one.figure, set(one.cases)) == (
        "refer",
        1.0,
        {f"A-{n}" for n in range(1, 7)},
    )
    assert one.message


def test_a_small_group_only_flags(pack: Pack) -> None:
    """In a vacancy of three a share is a flag, whatever the policy's strength says."""
    harder = {
        **pack.policy.patterns,
        "share-of-applicants": replace(
            pack.policy.patterns["share-of-applicants"], strength="refuse"
        ),
    }
    policy = replace(pack.policy, patterns=harder)
    acts = [act(n, sketch=()) for n in (1, 2)]
    (small,) = across(acts, policy, applicants={"V-1": 3})
    (large,) = across([act(n, sketch=()) for n in range(1, 8)], policy, applicants={"V-1": 8})
    assert (small.strength, large.strength) == ("flag", "refer")


def test_one_recruiter_far_from_the_rest_is_seen(pack: Pack) -> None:
    """Somebody who asks many times as often as colleagues do is flagged."""
    acts = [act(n, sketch=(), vacancy=f"V-{n}") for n in range(1, 10)]
    acts += [act(20, by="P-2", vacancy="V-20"), act(21, by="P-3", vacancy="V-21")]
    applicants = {f"V-{n}": 50 for n in range(30)}
    assert names(across(acts, pack.policy, applicants=applicants)) == ["far-from-the-rest"]


def test_like_claims_treated_differently_are_seen(pack: Pack) -> None:
    """A blog searched for one applicant and left for another is a flag that names both."""
    acts = [act(1, sketch=())]
    candidates = {"A-1": ["blog"], "A-2": ["blog", "result"], "A-3": ["result"]}
    (one,) = across(acts, pack.policy, applicants={"V-1": 9}, candidates=candidates)
    assert one.signal == "like-claims-unlike" and one.cases == ("A-1", "A-2")


def test_sourcing_and_then_searching_is_seen(pack: Pack) -> None:
    """A person found as a candidate and then searched as an applicant goes to a reviewer."""
    found: dict[str, datetime] = {"A-1": NOW - timedelta(days=40)}
    (one,) = across([act(1, sketch=())], pack.policy, applicants={"V-1": 9}, sourced=found)
    assert (one.signal, one.strength) == ("sourced-then-applied", "refer")


def test_a_burst_is_seen_once(pack: Pack) -> None:
    """Five applicants in five minutes are one signal, not two."""
    acts = [act(n, at=NOW + timedelta(minutes=n), sketch=()) for n in range(5)]
    found = [r for r in across(acts, pack.policy, applicants={"V-1": 50}) if r.signal == "burst"]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("minutes", "seen"),
    [
        ((0, 5, 10, 15), ["A-0", "A-5", "A-10", "A-15"]),
        ((0, 5, 10, 16), []),
        ((0, 20, 25, 30, 35, 60), ["A-20", "A-25", "A-30", "A-35"]),
    ],
    ids=["on-the-minute", "a-minute-later", "in-the-middle-of-others"],
)
def test_a_burst_names_those_within_the_minutes_and_nobody_else(
    pack: Pack, minutes: tuple[int, ...], seen: list[str]
) -> None:
    """Four applicants within fifteen minutes, wherever they stand among other requests."""
    acts = [act(n, at=NOW + timedelta(minutes=n), sketch=()) for n in minutes]
    found = [r for r in across(acts, pack.policy, applicants={"V-1": 50}) if r.signal == "burst"]
    assert [case for one in found for case in one.cases] == seen
    assert all(one.figure == 4 and one.message for one in found)
