"""Each source against each thing that must not come in: a cell is tried, or says why it cannot be.

A row of `matrix.py` has answers that hold one item of the claim's own (`mine`) and one that the
condition spoils. What comes in is `mine` alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from matrix import CONDITIONS, MATRIX, Row
from told import Told, admitted, in_turn, pack

from recruitcheck.errors import LookupFailed


def found(name: str, row: Row, answers: Mapping[str, object]) -> list[str]:
    """First lines of what comes in; nothing where the source says that it will not answer."""
    spread = {
        start: in_pages(said) if isinstance(said, list) and said and paged(said) else said
        for start, said in answers.items()
    }
    try:
        items = admitted(name, Told(row.granted(name), spread))
    except LookupFailed:
        return []
    return [line for item in items for line in (item.title or item.text).splitlines()[:1]]


def paged(said: list[object]) -> bool:
    """Whether a list holds whole answers that come one after the other."""
    first = said[0]
    whole = isinstance(first, dict) and not {"items", "feed", "records"}.isdisjoint(first)
    return whole or (isinstance(first, list) and bool(first) and isinstance(first[0], dict))


def in_pages(said: list[object]) -> list[object]:
    """Answers that come one after the other."""
    return list(in_turn(*said))


def test_the_matrix_is_whole() -> None:
    """Every adapter of the policy pack meets every condition, or the row says why it cannot."""
    assert set(MATRIX) == {s.adapter for s in pack().sources.values() if s.adapter}
    for name, row in MATRIX.items():
        assert {*row.tried, *row.cannot} == set(CONDITIONS), name
        assert not set(row.tried) & set(row.cannot), name


CELLS = [
    pytest.param(name, condition, id=f"{name}-{condition.replace(' ', '-')}")
    for name, row in MATRIX.items()
    for condition in row.tried
]


@pytest.mark.parametrize(("name", "condition"), CELLS)
def test_a_spoilt_item_stays_out_and_the_own_one_comes_in(name: str, condition: str) -> None:
    """Where the whole source is spoilt (another channel, an owner's wish) nothing comes in."""
    row = MATRIX[name]
    came = found(name, row, row.tried[condition])
    whole = {"opt-out"} if name != "wordpress" else set()
    nothing = condition in whole or (name, condition) in NOTHING
    if condition == "paging":
        assert len(came) > 1 and set(came) == {row.mine}
    else:
        assert set(came) == (set() if nothing else {row.mine})


NOTHING = {
    ("page", "out of window"),
    ("youtube", "wrong author"),
    ("github", "not public"),
}
"""Cells in which the source holds nothing else."""


@pytest.mark.parametrize("name", sorted(set(MATRIX) - {"page", "mediawiki"}))  # they take any text
@pytest.mark.parametrize("said", ["401", "403", "404", "429", "500", "empty", "torn"])
def test_an_error_answer_is_a_plain_failure_or_nothing(name: str, said: str) -> None:
    """An error of the source brings nothing in, and breaks nothing."""
    broken: object = LookupFailed(f"The site answered with {said}.")
    if said == "empty":
        broken = ("application/json", "")
    if said == "torn":
        broken = ("application/json", json.dumps({"items": [{"title": "x"}]})[:-7])
    assert found(name, MATRIX[name], {"https://": broken}) == []
