"""Queries: every word comes from the quotation, and what is composed always passes."""

from __future__ import annotations

import pytest

from recruitcheck.rules import scope
from recruitcheck.rules.binding import bind, personal_names
from recruitcheck.rules.pack import Pack
from recruitcheck.rules.rules_of_queries import neutral_words

QUOTE = "In my last post I ran the X account @ashfield_music and wrote for tune-up.example in 2021."


def strangers(pack: Pack, query: str, quote: str = QUOTE, name: str = "") -> list[str]:
    """Words of a query that come from nowhere."""
    neutral = neutral_words(pack, tuple(pack.grounds))
    found = bind(query, quote, pack.vocabulary, neutral=neutral, name=name)
    return [t.text for t in found.strangers]


@pytest.mark.parametrize(
    "query",
    [
        "@ashfield_music",
        "ashfield_music 2021",
        "Ashfield music X ACCOUNT",
        "tune-up.example",
        "https://tune-up.example/",
        "www.tune-up.example",
        "tune up writes",
        "the archive of tune-up",
        "#ashfield_music",
    ],
)
def test_quoted_words_pass_in_any_dress(pack: Pack, query: str) -> None:
    """Case, accents, regular endings, parts of handles and labels of hosts count as quoted."""
    assert strangers(pack, query) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("@ashfield_music drunk", ["drunk"]),
        ("@ashfield_musik", ["@ashfield_musik"]),
        ("tune-up.example.evil.example", ["tune-up.example.evil.example"]),
        ("ashfield 2022", ["2022"]),
        ("ashfield_music 🤰", ["🤰"]),
        ("ashfield pupils photos", ["pupils", "photos"]),
    ],
)
def test_other_words_are_strangers(pack: Pack, query: str, found: list[str]) -> None:
    """A word, a figure, an emoji or an address that was not quoted is found out."""
    assert strangers(pack, query) == found


def test_a_name_counts_only_beside_the_claim(pack: Pack) -> None:
    """The applicant's name may stand beside a word of the claim, and never alone."""
    beside = bind("Bethan Rowe ashfield music", QUOTE, pack.vocabulary)
    alone = bind("Bethan Rowe", QUOTE, pack.vocabulary)
    apart = bind("Bethan Rowe ashfield", QUOTE, pack.vocabulary, name="Tom Ash")
    assert beside.beside and not beside.strangers and beside.names == ("bethan rowe",)
    assert not alone.beside
    assert [t.text for t in apart.strangers] == ["Bethan", "Rowe"]


def test_names_are_told_from_titles() -> None:
    """A first name with a capital is a person; an everyday word with a capital is not."""
    assert personal_names("Ask Aisha Khan about Grace") == ("Aisha Khan",)
    assert personal_names("Grace Owen wrote it") == ("Grace Owen",)
    assert personal_names("Numbers with Nadia", known="Numbers with Nadia") == ()


@pytest.mark.parametrize(
    "quote",
    [
        QUOTE,
        "I direct The Marriage of Figaro with the county youth opera; trailer online.",
        "Second prize, Yorkshire Dry Stone Walling Guild, 2018.",
        "Rwy'n ysgrifennu blog mathemateg Rhif y Dydd.",
        "I can weld to coded standard; my gate stands at Rowan Park.",
        "I won a local baking contest.",
    ],
)
def test_what_is_composed_always_passes_the_check(pack: Pack, quote: str) -> None:
    """The composed query obeys the rule that typed ones are held to."""
    for ground in pack.grounds.values():
        if ground.mode != "claim":
            continue
        for source in ground.sources:
            query = scope.compose(quote, pack.sources[source], ground, "Bethan Rowe")
            text = scope.query_text(query)
            found = bind(
                text,
                quote,
                pack.vocabulary,
                neutral=ground.query_words,
                name="Bethan Rowe",
            )
            assert query and not found.strangers and found.anchors, text
