"""One line of `try text` as other programs rely on it."""

from __future__ import annotations

import pytest

from recruitcheck.cli.trying_text import answer
from recruitcheck.errors import BadInput
from recruitcheck.rules.screen import Screener


def test_the_answer_has_the_shape_of_the_contract(screener: Screener) -> None:
    """Id echoed, outcome, and findings with rule, characteristic and half-open span."""
    record = {"id": 7, "text": "Is he a Quaker?", "kind": "query", "colour": "blue"}
    assert answer(record, screener) == {
        "id": 7,
        "outcome": "refuse",
        "findings": [
            {"rule": "protected-religion", "characteristic": "religion", "start": 8, "end": 14}
        ],
    }


def test_an_absent_kind_is_a_justification(screener: Screener) -> None:
    """A routine reason without a kind is read as the reason it is."""
    result = answer({"text": "We always check everybody."}, screener)
    assert result["id"] is None
    assert {f["rule"] for f in result["findings"]} >= {"routine"}


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"text": 5},
        {"text": "x", "kind": "poem"},
        {"text": "x", "kind": ["query"]},
        {"text": "x", "claim": 5},
    ],
)
def test_what_cannot_be_screened_is_bad_input(
    screener: Screener, record: dict[str, object]
) -> None:
    """A missing text, a wrong type and an unknown kind are said, not guessed."""
    with pytest.raises(BadInput):
        answer(record, screener)
