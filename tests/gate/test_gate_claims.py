"""Quotations: exact after permitted folding, never a paraphrase; and what they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from recruitcheck.records import Nature
from recruitcheck.rules import claims

TEXT = "Since 2017 I’ve written “The Tidy Lab”, a newsletter\u00a0for  café technicians."


@pytest.mark.parametrize(
    "quote",
    [
        'I\'ve written "The Tidy Lab", a newsletter for café technicians.',
        "a newsletter for cafe\u0301 technicians",
        "  Since 2017 I’ve written  ",
    ],
)
def test_marks_spaces_and_composed_forms_are_equal(quote: str) -> None:
    """Only typographic marks, kinds of space and composed forms may differ."""
    span = claims.find_quote(TEXT, quote)
    assert span is not None
    start, end = span
    assert claims.find_quote(TEXT[start:end], quote) == (0, end - start)
    assert not TEXT[start:end].startswith(" ") and not TEXT[start:end].endswith(" ")


@pytest.mark.parametrize(
    "quote",
    [
        "Since 2018 I've written",
        'Since 2017 … "The Tidy Lab"',
        "a newsletter for cafe technicians",
        "since 2017 I've written",
        "newsletter for café technician",
        "",
        "   ",
        "I write The Tidy Lab",
    ],
)
def test_anything_else_is_not_a_quotation(quote: str) -> None:
    """A changed figure, an ellipsis, a paraphrase, other letters or half a word do not count."""
    assert claims.find_quote(TEXT, quote) is None


def test_offsets_are_those_of_the_document() -> None:
    """The span found is cut from the document as it stands, marks and spaces included."""
    span = claims.find_quote(TEXT, '"The Tidy Lab", a newsletter for café')
    assert span is not None
    assert TEXT[slice(*span)] == "“The Tidy Lab”, a newsletter\u00a0for  café"


@pytest.mark.parametrize(
    ("quote", "nature"),
    [
        ("I run the blog Angles and Arcs.", Nature.CHECKABLE),
        ("Second place, Dales Bakery Cup, 2019.", Nature.CHECKABLE),
        ("Golygais gylchgrawn yr ysgol am dair blynedd.", Nature.CHECKABLE),
        ("I am a strong communicator and a real team player.", Nature.OPINION),
        ("I love working with young people.", Nature.OPINION),
        ("I hold a clean driving licence and have my own car.", Nature.OPINION),
        ("I am a Muslim.", Nature.CHARACTERISTIC),
        ("I was branch secretary of my trade union from 2015 to 2018.", Nature.SENSITIVE),
    ],
)
def test_nature_of_a_claim(quote: str, nature: Nature, screener: Any) -> None:
    """Public facts are checkable, praise is opinion, the person is never a claim."""
    assert claims.nature(quote, screener) is nature


def test_what_can_be_searched_is_taken_apart() -> None:
    """Addresses, handles, titles, dates, figures and platforms are found in a quotation."""
    found = claims.searchable(
        "From 2018-21 I ran @oak_press on Instagram and wrote 'Ink and Oak' "
        "(oakpress.example/ink), with 4,500 readers."
    )
    assert found.hosts == ("oakpress.example",)
    assert found.addresses == ("oakpress.example/ink",)
    assert found.handles == ("@oak_press",)
    assert "Ink and Oak" in found.titles
    assert found.dates == ("2018", "2021")
    assert "4,500" in found.numbers
    assert found.platforms == ("instagram",)


def test_candidates_hold_no_text() -> None:
    """The list for the equality reviewer names kinds and places, and nothing else."""
    text = "I love maths.\nI run the blog Angles and Arcs. Winner, Dales Cup 2019."
    found = claims.candidates(text)
    assert [c.kind for c in found] == ["blog", "result"]
    assert text[found[0].start : found[0].end] == "I run the blog Angles and Arcs."


OF_ITS_WRITER = {
    Nature.SENSITIVE: (
        "I have chaired Ashby Town Council's education committee since 2019.",
        "I was treasurer of my local Labour branch.",
        "I preach monthly at Zion Chapel.",
        "I am president of the Muslim Teachers' Network.",
        "My blog about teaching with epilepsy has 200 readers.",
        "My vlog follows my recovery from breast cancer.",
        "I wrote a memoir of growing up deaf.",
    ),
    Nature.CHARACTERISTIC: (
        "I am a member of the National Education Union",
        "UNISON member since 2010",
        "I belong to the National Association of Head Teachers.",
        "I have been a member of the teaching union NASUWT for ten years",
        "I belong to the Green Party",
        "Member, Communist Party of Britain",
        "I am a member of St Mary's Church",
        "I attend Hillside Baptist Church every Sunday",
    ),
    Nature.CHECKABLE: (
        "I chaired the school council's lunch review.",
        "I edit the parish walks leaflet.",
        "My blog about my town's carnival has 200 readers.",
        "I wrote a guide to teaching with deaf pupils.",
        "I curated an exhibition of Sikh soldiers' letters for the library.",
        "I made a podcast about the history of our school's building.",
        "I am a member of the Royal Society of Chemistry",
        "I am a member of the student union chess club",
        "I was a member of the Rugby Union team in 2012",
        "I am a member of the European Union youth orchestra",
        "I am a member of the Church Street Runners",
        "I was a member of the crew restoring All Saints Church",
        "I attended St Mary's Church of England Primary School",
        "I worked for the National Education Union as web editor",
        "I joined a party planning company in 2019",
    ),
}
"""Office and works about oneself; belonging, which is itself the protected fact; and what only
sounds so: pupils' councils, subjects, groups served, societies, streets and employers."""


@pytest.mark.parametrize(
    ("quote", "nature"),
    [(quote, nature) for nature, quotes in OF_ITS_WRITER.items() for quote in quotes],
)
def test_what_a_claim_would_tell_of_its_writer_decides_its_nature(
    quote: str, nature: Nature, screener: Any
) -> None:
    """Offices go to a reviewer, belonging is never searched, work that only sounds so is work."""
    assert claims.nature(quote, screener) is nature


def test_a_claim_that_tells_its_writers_own_life_is_told_from_work_for_others(
    screener: Any,
) -> None:
    """What somebody does as one of a group goes to a person; what serves a group does not."""
    lines = (Path(__file__).parent / "data" / "own_life.jsonl").read_text("utf-8").splitlines()
    wrong = [
        case["claim"]
        for case in map(json.loads, lines)
        if (claims.nature(case["claim"], screener) is Nature.SENSITIVE) != case["sensitive"]
    ]
    assert wrong == []
