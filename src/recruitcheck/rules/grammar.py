"""English grammar as far as a reason needs it: who is spoken of, what is said of them."""

from __future__ import annotations

from recruitcheck.rules import words
from recruitcheck.rules.explained import Sentence, group
from recruitcheck.rules.pack import Vocabulary


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE = _set("is are was were be been being am")
MODAL = _set("will would might may should")
AUXILIARY = BE | MODAL | _set("does do did has have had can could must not")
_ADVERBS = _set(
    "also still really actually indeed ever once only just already now currently regularly both "
    "no longer then first himself herself simply genuinely truly personally"
)
PRONOUNS = _set("she he")
NOUNS = _set("applicant candidate")
POSSESSIVE = _set("his her")
_OPENS = _set("whether if that what how when where why and but so while since because")
"""Words after which a noun with its article is the subject of what follows."""
_NEED = _set(
    "need needs require requires want wants asks involves includes hiring recruiting values "
    "post role job vacancy advert specification spec criterion criteria requirement "
    "essential desirable must"
)
_ANYBODY = (["a"], ["an"], ["somebody"], ["someone"])
AIM = _set("whether if find check see confirm verify")
NEGATED = _set("no not nothing never without none nor")
ASKING = _set("if whether who whom whose what which how where why when")
SEEN = _set("show see watch hear find look")
_CHOOSING = _set("only own first last main best one two other")


def of_somebody(sentence: Sentence, vocabulary: Vocabulary) -> bool:
    """Whether a sentence speaks of the applicant or of others at all."""
    somebody = group(vocabulary.beyond, "people") | PRONOUNS | NOUNS | POSSESSIVE | {"him"}
    return any(words.holds(somebody, w.plain) for w in sentence)


def states_need(sentence: Sentence) -> bool:
    """Whether a sentence says what the post asks for."""
    plain = [w.plain for w in sentence if w.source not in {"claim", "weak"}]
    wanted = plain[:1] in _ANYBODY and "would" in plain  # `a teacher who … would be useful`
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
    opening = {"who": at}.get(
        sentence[at].plain, at - 1 if sentence[at].plain in PRONOUNS else at - 2
    )
    found = [sentence[opening].plain] if 0 <= opening < at else []
    found = [f for f in found if f in AUXILIARY]
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
    return after.source == "small" and after.plain not in _CHOOSING
