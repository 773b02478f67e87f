"""`try request`, one line at a time, and the sets of decided cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from recruitcheck.cli.trying_request import answer
from recruitcheck.errors import BadInput
from recruitcheck.rules.pack import Pack

DATA = Path(__file__).parent / "data"
GOOD = {
    "id": 7,
    "kind": "query",
    "ground": "claim",
    "claim": "I write the blog Angles and Arcs.",
    "text": "Angles and Arcs blog",
}


def test_the_answer_has_the_shape_of_the_contract(pack: Pack, screener: Any) -> None:
    """The id comes back as it came; every reason has its five keys and plain values."""
    given = answer(GOOD, pack, screener)
    assert set(given) == {"id", "decision", "reasons"}
    assert (given["id"], given["decision"]) == (7, "permit")
    for reason in given["reasons"]:
        assert set(reason) == {"rule", "holds", "effect", "clause", "message"}
        assert reason["effect"] in {"refer", "refuse"}
        assert isinstance(reason["holds"], bool) and reason["clause"] and reason["message"]
    assert json.loads(json.dumps(given)) == given


def test_rules_that_need_a_register_are_left_out(pack: Pack, screener: Any) -> None:
    """Notice, stage, panel and the structured answers are taken as given."""
    rules = {r["rule"] for r in answer(GOOD, pack, screener)["reasons"]}
    assert not rules & {"notice-given", "stage", "holder-off-panel", "confirm-and-refute"}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "passage"},
        {"ground": "blog"},
        {"text": None},
        {"claim": 3},
        {"applicant": 4},
        {"kind": ["query"]},
    ],
)
def test_a_line_that_cannot_be_decided_is_bad_input(
    pack: Pack, screener: Any, change: dict[str, Any]
) -> None:
    """A missing key, a wrong type, an unknown kind or ground is said, and nothing is decided."""
    with pytest.raises(BadInput):
        answer({**GOOD, **change}, pack, screener)


@pytest.mark.parametrize(
    ("change", "decision", "rule"),
    [
        ({"applicant": "Leah Stone", "text": "Leah Stone Angles and Arcs"}, "permit", ""),
        (
            {"applicant": "Leah Stone", "text": "Ann Moss Angles and Arcs"},
            "refuse",
            "query-from-quote",
        ),
        ({"text": "Leah Stone Angles and Arcs"}, "permit", ""),
        ({"text": "Leah Stone"}, "refuse", "query-from-quote"),
        ({"text": "Leah Stone Angles Ann Moss Arcs"}, "refuse", "one-person"),
        ({"text": ""}, "refuse", "query-from-quote"),
        ({"claim": ""}, "refuse", "claim-given"),
        ({"ground": "third_party", "claim": ""}, "refuse", "third-party-instruction"),
        ({"ground": "third_party"}, "permit", ""),
        ({"ground": "curiosity"}, "refuse", "ground-permits"),
        ({"ground": "safeguarding"}, "refuse", "safeguarding-route"),
        ({"text": "Angles and Arcs Facebook"}, "refuse", "source-named-by-claim"),
        ({"text": "Angles and A\u200brcs"}, "refuse", "invisible-characters"),
        ({"text": "Angles and Arcs \u202elive"}, "refuse", "invisible-characters"),
        ({"claim": "I sing. | I write the blog Angles and Arcs."}, "permit", ""),
        ({"claim": "نویسنده‌ی وبلاگ زاویه‌ها هستم.", "text": "وبلاگ زاویه‌ها"}, "permit", ""),
    ],
)
def test_what_each_rule_decides(
    pack: Pack, screener: Any, change: dict[str, Any], decision: str, rule: str
) -> None:
    """Names, labels, platforms and hidden characters, each by its own rule."""
    given = answer({**GOOD, **change}, pack, screener)
    failing = {r["rule"] for r in given["reasons"] if not r["holds"]}
    assert given["decision"] == decision, failing
    assert not rule or rule in failing


def test_refusals_do_not_echo_what_was_typed(pack: Pack, screener: Any) -> None:
    """No message repeats a typed word, so nobody learns which word to hide better."""
    given = answer({**GOOD, "text": "Angles and Arcs zzqqj g4y"}, pack, screener)
    said = " ".join(r["message"] for r in given["reasons"])
    assert "zzqqj" not in said and "g4y" not in said


Decided = Callable[[str], list[tuple[dict[str, Any], str]]]


@pytest.fixture(scope="module")
def decided(pack: Pack, screener: Any) -> Decided:
    """A set of cases with the decisions given, each decided once."""

    @cache
    def decided(name: str) -> list[tuple[dict[str, Any], str]]:
        lines = (DATA / name).read_text("utf-8").splitlines()
        cases = [json.loads(line) for line in lines]
        return [(case, answer(case, pack, screener)["decision"]) for case in cases]

    return decided


SETS = ("requests.jsonl", "further.jsonl", "kept_back.jsonl", "dressed.jsonl")
SETTLED = (
    "voices.jsonl",
    "fresh_words.jsonl",
    "school_office.jsonl",
    "office_stories.jsonl",
    "everyday.jsonl",
    "staff_room.jsonl",
    "asks_beyond.jsonl",
)
"""Requests in many voices, honest and not, each of which is to be decided as it says."""


@pytest.mark.parametrize("name", SETS)
def test_requests_are_decided_as_the_policy_calls_for(decided: Decided, name: str) -> None:
    """At least 95 in 100 of each set of cases are decided as they should be."""
    given = decided(name)
    wrong = [(c["id"], c["expected"], got) for c, got in given if got != c["expected"]]
    assert len(wrong) <= 0.05 * len(given), wrong


@pytest.mark.parametrize("name", SETTLED)
def test_settled_requests_stay_decided_as_they_are(decided: Decided, name: str) -> None:
    """Every one of the settled cases is decided exactly as it should be."""
    given = decided(name)
    assert [(c["id"], c["expected"], got) for c, got in given if got != c["expected"]] == []


def test_improper_requests_are_not_permitted(decided: Decided) -> None:
    """Of all improper requests at most one in a hundred is permitted."""
    given = [pair for name in SETS for pair in decided(name)]
    improper = [(c["id"], got) for c, got in given if c["expected"] == "refuse"]
    permitted = [i for i in improper if i[1] == "permit"]
    assert len(permitted) <= 0.01 * len(improper), permitted


def test_honest_reasons_are_seldom_disturbed(decided: Decided) -> None:
    """Of all specific reasons at most four in a hundred are stopped or sent to a person."""
    given = [pair for name in SETS for pair in decided(name)]
    reasons = [
        (c["id"], got)
        for c, got in given
        if c["kind"] == "justification" and c["expected"] == "permit"
    ]
    disturbed = [r for r in reasons if r[1] != "permit"]
    assert len(disturbed) <= 0.04 * len(reasons), disturbed
