"""English grammar as far as a reason needs it: who is spoken of, what is said of them."""

from __future__ import annotations

from recruitcheck.rules import words
from recruitcheck.rules.explained import Sentence, group
from recruitcheck.rules.pack import Vocabulary
from recruitcheck.rules.words import listed

BE = listed("is are was were be been being am")
MODAL = listed("will would might may should")
AUXILIARY = BE | MODAL | listed("does do did has have had can could must not")
_ADVERBS = listed(
    "also still really actually indeed ever once only just already now currently regularly both "
    "no longer then first himself herself simply genuinely truly personally"
)
PRONOUNS = listed("she he")
NOUNS = listed("applicant candidate")
POSSESSIVE = listed("his her")
_OPENS = listed("whether if that what how when where why and but so while since because")
"""Words after which a noun with its article is the subject of what follows."""
_NEED = listed(
    "need needs needed require requires want wants asks involves includes hiring recruiting values "
    "post role job vacancy advert specification spec criterion criteria requirement "
    "essential desirable must"
)
"""Words by which a sentence says what the post asks for."""
_ANYBODY = (["a"], ["an"], ["somebody"], ["someone"])
"""Openings of what the post asks for: `somebody who … would be useful`."""
_LOVED = tuple(["we", "would", verb, "a"] for verb in ("love", "like", "welcome", "value"))
AIM = listed("whether if find check see confirm verify")
"""Words by which a sentence aims at finding something out."""
TURNS = listed("of on in for as by with at from under about")
"""Small words that begin where, when or how something is."""
NEGATED = listed("no not nothing nowhere never without none nor")
ASKING = listed("if whether who whom whose what which how where why when")
"""Words that open a question, put or told."""
SEEN = listed("show see watch hear find look")
"""Verbs of looking, and of what is looked at."""
_CHOOSING = listed("only own first last main best one two other")
"""Words between `her` and what is hers: `her only book`."""


def of_somebody(sentence: Sentence, vocabulary: Vocabulary) -> bool:
    """Whether a sentence speaks of the applicant or of others at all."""
    somebody = group(vocabulary.beyond, "people") | PRONOUNS | NOUNS | POSSESSIVE | {"him"}
    return any(words.holds(somebody, w.plain) for w in sentence)


def states_need(sentence: Sentence) -> bool:
    """Whether a sentence says what the post asks for."""
    plain = [w.plain for w in sentence if w.source not in {"claim", "weak"}]
    wanted = plain[:1] in _ANYBODY and "would" in plain  # `a teacher who … would be useful`
    wanted = wanted or plain[1:3] == ["has", "to"]  # `he has to be able to …`
    wanted = wanted or plain[:4] in _LOVED  # `we would love a writer who keeps at it`
    return (wanted or not _NEED.isdisjoint(plain[:8])) and AIM.isdisjoint(plain)


def opens_question(sentence: Sentence, at: int) -> bool:
    """Whether the word at this place makes the noun after it a subject: `is the editor …?`."""
    if at < 0:
        return True
    word, before = sentence[at].plain, words_before(sentence, at, 1)
    if word in AUXILIARY:  # turned round, as in a question; not `she is the editor`
        return not before or before[0] in _OPENS
    return word in _OPENS


def predicate(sentence: Sentence, at: int) -> tuple[list[str], Sentence]:
    """The auxiliaries that go with a subject, and what follows them."""
    word = sentence[at].plain
    back = 0 if word == "who" else 1 if word in PRONOUNS else 2  # a noun has its article before it
    opening = sentence[at - back].plain if 0 < back <= at else ""
    found = [opening] if opening in AUXILIARY else []  # `is she …`, `does the applicant …`
    place = at + 1
    if sentence[place : place + 1] and sentence[place].plain == "of":  # `the editor of Term Time`
        place += 1
        while place < len(sentence) and sentence[place].source in {"claim", "weak"}:
            place += 1
    while place < len(sentence) and sentence[place].plain in AUXILIARY | _ADVERBS:
        if sentence[place].plain in AUXILIARY:
            found.append(sentence[place].plain)
        place += 1
    return found, sentence[place:]


def words_before(sentence: Sentence, at: int, count: int) -> list[str]:
    """The words before a place, `count` of them at most, the nearest last."""
    return [w.plain for w in sentence[max(0, at - count) : at]]


def named_with(sentence: Sentence, at: int) -> Sentence:
    """The words of one name for something: up to the next small word."""
    end = at
    while end < len(sentence) and sentence[end].source != "small":
        end += 1
    return sentence[at:end]


def stands_alone(sentence: Sentence, at: int) -> bool:
    """Whether `her` is no `her something`, nor `her only something`."""
    if at + 1 == len(sentence):
        return True
    after = sentence[at + 1]
    chosen = [w.source for w in sentence[at + 2 : at + 3]]
    first = after.plain == "first" and chosen in ([], ["small"])  # `we would ask her first`
    return first or (after.source == "small" and after.plain not in _CHOOSING)
