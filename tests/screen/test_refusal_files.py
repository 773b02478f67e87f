"""The refusal files are data that people edit: mistakes are named, and the files are right."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from recruitcheck.rules.lexicon import build
from recruitcheck.rules.phrases import Phrase, group
from recruitcheck.rules.screen import Screener, compiled, problems
from recruitcheck.rules.wordforms import forms

GOOD = {
    "id": "tea",
    "rule": "tea",
    "clause": "7",
    "message": "Nobody asks after tea.",
    "mend": "Leave tea out.",
}


def test_the_files_of_the_pack_have_no_mistakes(refusals: Mapping[str, Mapping[str, Any]]) -> None:
    """Every refusal file of the policy pack passes its own check."""
    assert [p for name, table in refusals.items() for p in problems(name, table)] == []


def test_every_characteristic_has_a_file(refusals: Mapping[str, Mapping[str, Any]]) -> None:
    """The thirteen characteristics of the contract are all covered."""
    named = {table.get("characteristic") for table in refusals.values()} - {None}
    assert len(named) == 13


def test_an_unknown_key_is_named_with_its_nearest_spelling() -> None:
    """A slip in a key is reported with what was probably meant."""
    (problem,) = problems("tea", {**GOOD, "phrasses": {}})
    assert problem.key == "phrasses"
    assert "`phrases`" in problem.message


def test_a_phrase_that_does_not_read_is_named() -> None:
    """Brackets that do not close are reported, with the section they stand in."""
    table = {**GOOD, "phrases": {"request": "does WHO drink [(tea|coffee]"}}
    assert [p.key for p in problems("tea", table)] == ["phrases.request"]


def test_all_mistakes_of_a_file_come_at_once() -> None:
    """Somebody editing a file sees everything that is wrong with it."""
    table = {"id": "tea", "rule": "", "words": {"alway": "tea"}, "characteristic": "ages"}
    keys = {p.key for p in problems("coffee", table)}
    assert {"id", "rule", "clause", "message", "mend", "words.alway", "characteristic"} <= keys


def test_a_word_added_to_a_file_takes_effect(refusals: Mapping[str, Mapping[str, Any]]) -> None:
    """HR can add a word without touching the program."""
    table = {**GOOD, "characteristic": "religion", "words": {"always": "teaist"}}
    screener: Screener = compiled({**refusals, "tea": table})
    hits = screener.screen("Is he a teaist?", "query").hits
    assert [(h.rule, h.start, h.end) for h in hits] == [("tea", 8, 14)]


def test_a_phrase_reports_its_telling_words() -> None:
    """Square brackets mark what is reported; dots stand for a few words of any kind."""
    phrase = Phrase("what year ... WHO [retire*]", {"WHO": (group("he, she"), frozenset())})
    text = "what year exactly did she retire then"
    assert [text[a:b] for a, b in phrase.find(text, 0)] == ["retire"]


def test_a_star_stands_for_the_regular_forms() -> None:
    """One written word covers its plural, past and progressive."""
    assert {"votes", "voted", "voting", "voter"} <= set(forms("vote"))


SMALL = {
    "WHO": (group("he, she"), frozenset[str]()),
    "LIGHT": (group("a, ever, in, take"), frozenset[str]()),
}


@pytest.mark.parametrize(
    ("line", "text", "found"),
    [
        ("WHO .. [tablets]", "does she ever take tablets", ["tablets"]),
        ("WHO .. [tablets]", "does she design tablets", []),
        ("WHO .. [strike] LAST", "is he in a strike in may", ["strike"]),
        ("WHO .. [strike] LAST", "has she a strike rate", []),
        ("a [record] END", "has he a record?", ["record"]),
        ("a [record] END", "has he a record in discus?", []),
    ],
)
def test_small_gaps_and_ends_keep_a_phrase_from_the_work(
    line: str, text: str, found: list[str]
) -> None:
    """Two dots take small words only; LAST and END say what may follow."""
    phrase = Phrase(line, SMALL)
    assert [text[a:b] for a, b in phrase.find(text, 0)] == found


def test_a_star_completes_a_stem_and_doubles_a_letter() -> None:
    """`organis*` reads organise and organised, `drop*` dropped; a star alone is a mistake."""
    assert {"organise", "organised", "organising"} <= set(forms("organis"))
    assert {"dropped", "dropping"} <= set(forms("drop"))
    with pytest.raises(ValueError, match="star"):
        forms("")


def test_a_term_of_several_words_takes_effect(refusals: Mapping[str, Mapping[str, Any]]) -> None:
    """`[expressions]` hold such terms; the last word may be a plural."""
    table = {
        **GOOD,
        "characteristic": "religion",
        "expressions": {"private": "samovar vigil"},
    }
    assert problems("protected/tea", table) == []
    screener: Screener = compiled({**refusals, "tea": table})
    hits = screener.screen("Does she hold samovar vigils?", "query").hits
    assert [(h.rule, h.start, h.end) for h in hits] == [("tea", 14, 28)]


def test_unlocking_again_compiles_nothing_unless_a_file_changed(
    refusals: Mapping[str, Mapping[str, Any]],
) -> None:
    """Files that say the same are the same, wherever they were read; one more is not."""
    first = compiled(refusals)
    assert compiled(deepcopy(dict(refusals))) is first
    changed = compiled({**refusals, "tea": {**GOOD, "words": {"private": "samovar"}}})
    assert changed is not first
    assert changed.screen("Does she own a samovar?", "query").hits
    assert not compiled(refusals).screen("Does she own a samovar?", "query").hits


def test_the_answer_does_not_depend_on_what_was_screened_before(
    refusals: Mapping[str, Mapping[str, Any]],
) -> None:
    """Phrases are compiled when needed, and a page screened first changes nothing."""
    asked, page = "Does he live by himself?", "Signed off with stress and baking badly."
    one, other = Screener(build(refusals)), Screener(build(refusals))
    first = (one.screen(asked, "query"), one.screen(page, "passage"))
    second = (other.screen(page, "passage"), other.screen(asked, "query"))
    assert first == second[::-1]
    assert all(result.hits for result in first)
