"""Does a reason speak to the claim it quotes, or would it fit anybody?

Section 7 of the social media policy permits a search only where it is directly relevant to what
the applicant said, and forbids systematic or routine checking. Most routine requests use no
routine phrase at all; what gives them away is that the reason says nothing about its own claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitcheck.rules.lexicon import Lexicon, words_of

_REFERENCE = re.compile(
    r"\b(?:claims?|sections?|items?|paras?|paragraphs?|lines?|pages?|parts?|points?|q|question)\s?"
    r"\d+\b"
)
_NAMED = re.compile(r"https?://\S+|\b[\w-]+\.(?:com|org|net|uk|example|io|co|sch|ac|info|wales)\b")


def stem(word: str) -> str:
    """A rough common stem, only for holding a reason against its claim."""
    for tail in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ors",
        "or",
        "ers",
        "ies",
        "ied",
        "ed",
        "er",
        "es",
        "s",
        "y",
    ):
        if word.endswith(tail) and len(word) - len(tail) >= 3:
            word = word[: -len(tail)]
            break
    return word.rstrip("e")


def content(text: str, lexicon: Lexicon) -> set[str]:
    """Stems of the words that say something: no function words, no words of every request."""
    idle = lexicon.sets["function_words"] | lexicon.sets["request_words"]
    return {stem(w) for w in words_of(text) if w not in idle and (len(w) > 2 or w.isdigit())}


def speaks_to(text: str, claim: str, lexicon: Lexicon) -> bool:
    """Whether a reason (folded) is about the quoted claim (folded)."""
    words = set(words_of(text))
    shared = content(text, lexicon) & content(claim, lexicon)
    if shared:
        return True
    checks = not words.isdisjoint(lexicon.sets["checking"])
    refers = bool(_REFERENCE.search(text)) or not words.isdisjoint(lexicon.sets["referring"])
    about = not words.isdisjoint(lexicon.sets["attributes"])
    return checks and about and (refers or len(words) < 12)


def checkable(text: str, lexicon: Lexicon) -> bool:
    """Whether a quote also tells of something that public sources could settle."""
    words = set(words_of(text))
    return not words.isdisjoint(lexicon.sets["made"]) or bool(_NAMED.search(text))


def judge(
    text: str, low: str, kind: str, claim: str | None, lexicon: Lexicon
) -> Iterator[tuple[str, str]]:
    """Structural doubts about a reason, as (rule, outcome)."""
    if kind != "justification":
        return
    if claim:
        if not speaks_to(low, claim.lower(), lexicon):
            yield "speaks-to-claim", "refuse"
        return
    words = set(words_of(low))
    checks = not words.isdisjoint(lexicon.sets["checking"])
    thing = not words.isdisjoint(lexicon.sets["made"]) or _NAMED.search(low)
    if not (checks and thing) and not _concrete(text):
        yield "fishing", "refer"


def _concrete(text: str) -> bool:
    """Whether a text names something: a figure, a quoted title, a name within the sentence."""
    return bool(re.search(r"\d|[\"“‘@#]|(?<=[a-z,] )[A-Z][a-z]{2,}", text))
