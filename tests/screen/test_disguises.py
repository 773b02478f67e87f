"""Disguises are undone; honest text is left alone."""

from __future__ import annotations

import base64
import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitcheck.rules.fold import fold
from recruitcheck.rules.screen import Screener

WORD = "lesbian"
DISGUISED = {
    "look-alikes": "l\u0435\u0455b\u0456\u0430n",
    "full width": "".join(chr(ord(c) + 0xFEE0) for c in WORD),
    "circled": "".join(chr(0x24D0 + ord(c) - 97) for c in WORD),
    "zero width": "les\u200bbi\u200can",
    "soft hyphen": "les\u00adbian",
    "combining marks": "".join(c + "\u0336" for c in WORD),
    "accents": "lésbïån",
    "leetspeak": "l3sb1an",
    "letters apart": "l e s b i a n",
    "dotted": "l.e.s.b.i.a.n",
    "masked": "l*sbian",
    "repeated": "lesssbian",
    "backwards": WORD[::-1],
    "rot13": codecs.encode(WORD, "rot13"),
    "base64": base64.b64encode(WORD.encode()).decode(),
    "hexadecimal": WORD.encode().hex(),
    "hexadecimal, apart": WORD.encode().hex(" "),
    "base32": base64.b32encode(WORD.encode()).decode(),
    "percent": "".join(f"%{b:02x}" for b in WORD.encode()),
    "web signs": "".join(f"&#{b};" for b in WORD.encode()),
    "web signs, hexadecimal": "".join(f"&#x{b:x};" for b in WORD.encode()),
    "program signs": "".join(f"\\x{b:02x}" for b in WORD.encode()),
    "program signs, long": "".join(f"\\u{b:04x}" for b in WORD.encode()),
    "noughts and ones": " ".join(f"{b:08b}" for b in WORD.encode()),
    "noughts and ones, joined": "".join(f"{b:08b}" for b in WORD.encode()),
    "noughts and ones, seven each": "".join(f"{b:07b}" for b in WORD.encode()),
    "figures": " ".join(str(b) for b in WORD.encode()),
    "figures of capitals": ", ".join(str(b) for b in WORD.upper().encode()),
    "cut in two": "lesb ian",
    "hashtag": "#lesbianteachers",
    "slip of the pen": "lesiban",
}

HONEST = [
    "**The applicant sent it.** **It cannot see a phone.**",
    "“Fractions—made easy” by Zoë Müller-Łukasz",
    "Check the café’s naïve résumé template on façade.example.",
    "Results: 3½ laps, 12 °C, №7 – well done 🎉",
    "Ελληνικά and Русский versions of the quiz",
    "ＨＴＭＬ５ and ①②③ list markers",
    "The k8s operator and the a11y audit, v1.0.3",
    "J. R. R. Tolkien read-along, chapters 1-3",
    "See recall.example/s?id=ZGF0YXNldC0x for the dataset",
    "**bold** and _italic_ in snake_case_names",
]


@pytest.mark.parametrize("way", DISGUISED)
def test_a_disguised_word_is_found(screener: Screener, way: str) -> None:
    """However a telling word is dressed up, it is found and its own place is reported."""
    text = f"Find out if she is {DISGUISED[way]}."
    hits = [h for h in screener.screen(text, "query").hits if h.characteristic]
    assert hits
    start = text.index(DISGUISED[way])
    end = start + len(DISGUISED[way])
    assert any(h.start < end and start < h.end and h.end - h.start <= end - start for h in hits)


@pytest.mark.parametrize("text", HONEST)
@pytest.mark.parametrize("kind", ["query", "passage", "claim"])
def test_honest_signs_are_no_disguise(screener: Screener, text: str, kind: str) -> None:
    """Accents, other scripts, codes and markup are what they are."""
    assert screener.screen(text, kind).outcome == "clear"  # type: ignore[arg-type]


def test_each_folded_letter_knows_its_place() -> None:
    """The place of every folded letter is that of the sign it came from."""
    text = "a\u200bß\u0301ﬁx"
    folded = fold(text)
    assert folded.text == "assfix"
    assert [folded.given(i, i + 1) for i in range(6)] == [
        (0, 1),
        (2, 3),
        (2, 3),
        (4, 5),
        (4, 5),
        (5, 6),
    ]


@given(st.text(max_size=80))
def test_spans_always_lie_within_the_text(text: str) -> None:
    """Whatever signs a text is made of, folding keeps its places in order and in bounds."""
    folded = fold(text)
    last = 0
    for i in range(len(folded.text)):
        start, end = folded.given(i, i + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last
        last = start


@settings(deadline=None)  # phrases are compiled when first met
@given(
    text=st.text(max_size=120),
    kind=st.sampled_from(["query", "justification", "claim", "passage"]),
)
def test_no_text_breaks_the_screener(screener: Screener, text: str, kind: str) -> None:
    """Any text gets an answer, with hits inside it; clear means no hits."""
    result = screener.screen(text, kind)  # type: ignore[arg-type]
    assert (result.outcome == "clear") == (not result.hits)
    assert all(0 <= h.start <= h.end <= len(text) for h in result.hits)
