"""Sentences of a reason that only tell: how the request came about, what the post asks for.

They ask for nothing, so what they hold is no aim; `asked.py` reads the others. Parts of a sentence
can tell as well: who has answered already, why a paper is wanting.
"""

from __future__ import annotations

from recruitcheck.rules import words
from recruitcheck.rules.explained import Sentence
from recruitcheck.rules.grammar import (
    AIM,
    ASKING,
    AUXILIARY,
    NEGATED,
    NOUNS,
    POSSESSIVE,
    PRONOUNS,
    TURNS,
    predicate,
    states_need,
    words_before,
)
from recruitcheck.rules.words import listed

_SEEKING = ASKING | listed(
    "see check confirm verify find look know show tell wonder wondering curious interested want "
    "like need get read watch listen view ask sure hope worry expect mean google search learn "
    "glean gather glimpse idea sense feel picture impression flavour think reckon suppose bound "
    "ought should could would may might any anything something everything whatever into"
)
_STORY = 4
"""Words that nothing explains, at most, in a sentence that only tells."""
_RELATIVE = listed("which who whom where when whose")
_JOINS = listed("and or but so then out to")
_THEM = (
    PRONOUNS
    | POSSESSIVE
    | NOUNS
    | listed(
        "him hers they them their theirs person people individual who herself himself themselves"
    )
)
_FORMER = listed("ex old former last previous current line")
_EMPLOYERS = listed(
    "pa secretary agent publisher head headteacher manager boss employer principal supervisor"
    " school college"
)
_ANSWERED = listed(
    "say tell confirm promise reply answer write ask email ring phone chase left retire"
)
_MOVED = listed("moved left changed retired finished")
_PLACES = listed("offices office desks desk jobs job schools school there us so and the")
_LOST = listed("lost mislaid missing")
_LOST_IT = listed("lost mislaid misplaced forgot forgotten binned")
_SOMEBODY = listed("someone somebody anyone anybody")
_PAPERS = listed(
    "email letter link message reply form cv application certificate certs qualification reference "
    "address number phone deputy secretary head pa office manager employer school referee"
)
"""What a story of papers and calls names as somebody's: `the link in his email`."""
_CALLED = listed("ask tell email phone ring rang rung call contact message chase remind thank")
_SAYS = listed("say said tell told send sent email ring rang write wrote promise offer reply point")
_HOLDER = listed("person lady gentleman man woman one chap clerk secretary organiser")
_KNOWS = listed("would knows knew has had keeps kept deals dealt told said runs ran")
_TRIED = listed(
    "tried searched checked rang rung phoned emailed asked called contacted messaged wrote spoke"
)
_WE = listed("i we have had already just then")


def background(sentence: Sentence) -> bool:
    """Whether a sentence only tells how the request came about, and of nobody's person.

    It asks for nothing, or only says what the post asks for: no verb of seeking, no question,
    nothing that ought to be. And it speaks of nobody, or in words of which none may tell of
    somebody (`I rang; the old head has left`), or only of papers and calls (`the link in his
    email`). What holds many words that nothing explains is another story.
    """
    plain = [w.plain for w in sentence]
    need = states_need(sentence) and _SOMEBODY.isdisjoint(plain)
    seeks = plain[0] in AUXILIARY or any(_seeks(plain, at) for at in range(len(plain)))
    if seeks and not need and not has_tried(sentence):
        return False
    unknown = sum(w.source in {"ordinary", ""} for w in sentence)
    told = (word in _THEM and not _of_papers(plain, at) for at, word in enumerate(plain))
    return unknown <= _STORY and (all(w.source for w in sentence) or not any(told))


def has_tried(sentence: Sentence) -> bool:
    """`Rang the library`, `I tried the link`: what was done before, which asks for nothing now."""
    plain = [w.plain for w in sentence]
    verb = next((word for word in plain if word not in _WE), "")
    asks = (ASKING | AIM) - {"whose", "which"}
    return verb in _TRIED and asks.isdisjoint(plain)


def _of_papers(plain: list[str], at: int) -> bool:
    """Whether a word for somebody belongs to a story of papers and calls."""
    word, before, after = plain[at], plain[max(0, at - 2) : at], plain[at + 1 : at + 3]
    if word in POSSESSIVE:
        return any(words.holds(_PAPERS, w) for w in after)
    if word in {"him", "her", "them"}:
        return any(words.holds(_CALLED, w) for w in before)
    if word == "who":
        return any(w in _HOLDER for w in before) and after[:1] != [] and after[0] in _KNOWS
    if word in {"person", "they"}:
        return after[:1] == ["who"] or (word == "they" and after[:1] in (["are"], ["were"]))
    return any(w in _SAYS for w in after)


def _seeks(plain: list[str], at: int) -> bool:
    """Whether the word at this place makes the sentence look for something."""
    word = plain[at]
    relative = word in _RELATIVE and at > 0 and not _leads_to_question(plain[at - 1])
    would_know = word in {"would", "know"} and "who" in plain[max(0, at - 2) : at]
    in_vain = not NEGATED.isdisjoint(plain[max(0, at - 2) : at])  # `cannot find it`
    return words.holds(_SEEKING, word) and not (relative or in_vain or would_know)


def _leads_to_question(word: str) -> bool:
    return words.holds(_SEEKING, word) or word in AUXILIARY | TURNS | _JOINS


def has_answered(sentence: Sentence, at: int) -> bool:
    """`her old head has said …`, of the word `her`: somebody has been asked already."""
    owned = [w.plain for w in sentence[at + 1 : at + 7] if w.plain not in _FORMER]
    said = [plain for plain in owned[1:3] if plain not in AUXILIARY]
    told = any(words.holds(_ANSWERED, word) for word in said)
    return told and owned[0] in _EMPLOYERS


def has_moved(sentence: Sentence, at: int) -> bool:
    """`as he has left`, `got lost when she moved offices`, of the word for the applicant."""
    before = words_before(sentence, at, at)
    why = before[-1:] in (["as"], ["since"], ["because"])
    lost = before[-1:] == ["when"] and not _LOST.isdisjoint(before)
    told = [w.plain for w in predicate(sentence, at)[1]]
    return (why or lost) and told[:1] != [] and told[0] in _MOVED and {*told[1:2]} <= _PLACES


def has_lost(sentence: Sentence, at: int) -> bool:
    """`she had lost the certificate`, of the word for the applicant: why a paper is missing."""
    told = [w.plain for w in predicate(sentence, at)[1]][:4]
    return told[:1] != [] and told[0] in _LOST_IT and any(words.holds(_PAPERS, w) for w in told[1:])
