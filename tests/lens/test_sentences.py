"""Cutting passages into sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitcheck.rules.sentences import sentences


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One here. Two there! Three? Four.", ["One here.", "Two there!", "Three?", "Four."]),
        (
            "I met Dr. Lee, e.g. on Monday. It rained.",
            ["I met Dr. Lee, e.g. on Monday.", "It rained."],
        ),
        ("By J. K. Rowling. Next.", ["By J. K. Rowling.", "Next."]),
        (
            "Version 2.0 came at 5 p.m. on Monday. Good.",
            ["Version 2.0 came at 5 p.m. on Monday.", "Good."],
        ),
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ("Am 3. Mai kam er. Das war gut.", ["Am 3. Mai kam er.", "Das war gut."]),
        ("Wait … and see. Yes.", ["Wait … and see.", "Yes."]),
        ("これは文です。次の文です。", ["これは文です。", "次の文です。"]),
        ("First • second • third", ["First •", "second •", "third"]),
        ("No full stop at the end", ["No full stop at the end"]),
        ("   ", []),
        (
            "i write a blog on ponds. i am in a choir. it is weekly, approx. every friday.",
            ["i write a blog on ponds.", "i am in a choir.", "it is weekly, approx. every friday."],
        ),
        ("we met at the club. lunch was soup.", ["we met at the club.", "lunch was soup."]),
        ("He said “Stop.” then he left.", ["He said “Stop.” then he left."]),
        ("the univ. of leeds, incl. its press", ["the univ. of leeds, incl. its press"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    """Abbreviations, initials, dates and figures do not end a sentence; stops of any script do."""
    assert _cut(text) == expected


def test_a_flattened_page_comes_apart() -> None:
    """Paragraphs that an engine ran together are separate sentences again."""
    text = (
        "The chess league website was launched in 2019. My colleague Ann Lee runs the bar. "
        "Call 01632 960123. We sing in church on Sundays."
    )
    assert len(_cut(text)) == 4


def test_an_endless_sentence_is_cut() -> None:
    """Text without any stop is cut into pieces, so that a page cannot be one sentence."""
    pieces = _cut("word " * 2_000)
    assert all(len(piece) <= 1_200 for piece in pieces)
    assert " ".join(pieces).split() == ["word"] * 2_000


@given(st.text(alphabet="aB1. !?…,;:\n\"')•。 ü", max_size=400))
def test_no_letter_is_lost_or_shown_twice(text: str) -> None:
    """Spans are in order, do not overlap, and hold everything but white space."""
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    held = "".join(text[a:b] for a, b in spans)
    assert "".join(held.split()) == "".join(text.split())
