"""What must hold for every text, not only for the ones we thought of."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from recruitcheck.cli.trying_request import answer
from recruitcheck.rules import claims, scope, words
from recruitcheck.rules.binding import bind
from recruitcheck.rules.grounds import find_folder, load
from recruitcheck.rules.screen import compiled

PACK = load(find_folder())
SCREENER: Any = compiled(PACK.refusals)
_TEXT = (
    "I run the blog Ten Thousand Stiles at stiles.example/walks since 2014 @stiles_uk, "
    "‘Marking Less’ won Café Łódź (3,000 views) – school's X-ray o'clock #maths I'm é"
)
_WORDS = st.sampled_from(_TEXT.split())
QUOTES = st.lists(_WORDS, min_size=1, max_size=14).map(" ".join)
ANY = st.text(st.characters(codec="utf-8"), max_size=80)


@settings(max_examples=150, deadline=None)
@given(QUOTES, st.data())
def test_a_piece_of_a_document_is_found_where_it_stands(quote: str, data: st.DataObject) -> None:
    """Whole words cut from a document are a quotation of it, at offsets that give them back."""
    found = words.tokens(quote)
    if not found:
        return
    first = data.draw(st.integers(0, len(found) - 1))
    last = data.draw(st.integers(first, len(found) - 1))
    piece = quote[found[first].start : found[last].end]
    document = f"Dear all. {quote} Yours"
    span = claims.find_quote(document, piece)
    if span is not None:  # a token inside a longer word is rightly no quotation
        given_back = words.quoted_form(document[slice(*span)])[0].strip()
        assert given_back == words.quoted_form(piece)[0].strip()
    assert claims.find_quote(document, quote) is not None


@settings(max_examples=150, deadline=None)
@given(QUOTES)
def test_every_composed_query_is_bound(quote: str) -> None:
    """Whatever the quotation, the query made of it holds no stranger."""
    for ground in PACK.grounds.values():
        for source in ground.sources[:3]:
            query = scope.compose(quote, PACK.sources[source], ground, "Ann Lee")
            text = scope.query_text(query)
            found = bind(text, quote, PACK.vocabulary, neutral=ground.query_words, name="Ann Lee")
            assert not found.strangers, (quote, text)


@settings(max_examples=150, deadline=None)
@given(ANY, ANY, st.sampled_from(["query", "justification", "claim"]))
def test_the_gate_answers_every_text(claim: str, text: str, kind: str) -> None:
    """No text makes the gate fail, and none makes it permit without a word of the quotation."""
    asked = {"id": 1, "kind": kind, "ground": "claim", "claim": claim, "text": text}
    given_back = answer(asked, PACK, SCREENER)
    assert given_back["decision"] in {"permit", "refer", "refuse"}
    assert not any(r["rule"] == "screening" for r in given_back["reasons"])
    if not claim.strip() or not text.strip():
        assert given_back["decision"] == "refuse"
    if kind == "query" and given_back["decision"] == "permit":
        assert bind(text, claim, PACK.vocabulary).anchors


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_tokens_stand_where_they_say(text: str) -> None:
    """Every token is the text between its offsets, in order and without overlap."""
    place = 0
    for token in words.tokens(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= place
        place = token.end
