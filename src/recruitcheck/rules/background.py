"""Sentences of a reason that only tell: how the request came about, what the post asks for.

They ask for nothing, so what they hold is no aim; `asked.py` reads the others.
"""

from __future__ import annotations

from recruitcheck.rules import words
from recruitcheck.rules.explained import Sentence
from recruitcheck.rules.grammar import (
    ASKING,
    AUXILIARY,
    NEGATED,
    NOUNS,
    POSSESSIVE,
    PRONOUNS,
    states_need,
)
from recruitcheck.rules.words import listed as _set

_SEEKING = ASKING | _set(
    "see check confirm verify find look know show tell wonder wondering curious interested want "
    "like need get read watch listen view ask sure hope worry expect mean google search learn "
    "glean gather glimpse idea sense feel picture impression flavour think reckon suppose bound "
    "ought should could would may might any anything something everything whatever into"
)
_STORY = 4
"""Words that nothing explains, at most, in a sentence that only tells."""
_RELATIVE = _set("which who whom where when whose")
_JOINS = _set("and or but so then out to")
_TURNS = _set("of on in for as by with at from under about")
_THEM = (
    PRONOUNS
    | POSSESSIVE
    | NOUNS
    | _set(
        "him hers they them their theirs person people individual who herself himself themselves"
    )
)
_SOMEBODY = _set("someone somebody anyone anybody")


def background(sentence: Sentence) -> bool:
    """Whether a sentence only tells how the request came about, and of nobody's person.

    It asks for nothing, or only says what the post asks for: no verb of seeking, no question,
    nothing that ought to be. And it speaks of nobody, or in words of which none may tell of
    somebody (`I rang; the old head has left`). What holds many words that nothing explains is
    another story.
    """
    plain = [w.plain for w in sentence]
    need = states_need(sentence) and _SOMEBODY.isdisjoint(plain)
    seeks = plain[0] in AUXILIARY or any(_seeks(plain, at) for at in range(len(plain)))
    if seeks and not need:
        return False
    unknown = sum(w.source in {"ordinary", ""} for w in sentence)
    return unknown <= _STORY and (all(w.source for w in sentence) or _THEM.isdisjoint(plain))


def _seeks(plain: list[str], at: int) -> bool:
    """Whether the word at this place makes the sentence look for something."""
    word = plain[at]
    relative = word in _RELATIVE and at > 0 and not _leads_to_question(plain[at - 1])
    in_vain = not NEGATED.isdisjoint(plain[max(0, at - 2) : at])  # `cannot find it`
    return words.holds(_SEEKING, word) and not relative and not in_vain


def _leads_to_question(word: str) -> bool:
    return words.holds(_SEEKING, word) or word in AUXILIARY | _TURNS | _JOINS
