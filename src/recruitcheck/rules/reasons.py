"""Does a reason speak to the claim it quotes, or would it fit anybody?

Section 7 of the social media policy permits a search only where it is directly relevant to what
the applicant said, and forbids systematic or routine checking. Most routine requests use no
routine phrase at all; what gives them away is that the reason says nothing about its own claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitcheck.rules.lexicon import Lexicon, words_of
from recruitcheck.rules.words import lemmas, related

_REFERENCE = re.compile(
    r"\b(?:claims?|sections?|items?|paras?|paragraphs?|lines?|pages?|parts?|points?|q|question)\s?"
    r"\d+\b"
)
"""The place of a claim in an application: claim 3, section 2, Q4."""
_NAMED = re.compile(r"https?://\S+|\b[\w-]+\.(?:com|org|net|uk|example|io|co|sch|ac|info|wales)\b")
_QUESTION = re.compile(r"\?|\b(?:need|want) to know\b")
"""What asks without a word of checking: `Is it credited to her?`"""


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
    word = word.rstrip("e")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def content(text: str, lexicon: Lexicon) -> set[str]:
    """Stems of the words that say something: no function words, no words of every request."""
    idle = lexicon.sets["function_words"] | lexicon.sets["request_words"]
    said = (w for w in words_of(text) if w not in idle and (len(w) > 2 or w.isdigit()))
    return {stem(form) for word in said for form in (word, *lemmas(word))}


def speaks_to(text: str, claim: str, lexicon: Lexicon) -> bool:
    """Whether a reason (folded) is about the quoted claim (folded)."""
    words = set(words_of(text))
    mine, its = content(text, lexicon), content(claim, lexicon)
    if mine & its or _compounds(mine, its) or _kindred(mine, its):
        return True
    checks = not words.isdisjoint(lexicon.sets["checking"]) or bool(_QUESTION.search(text))
    refers = bool(_REFERENCE.search(text)) or not words.isdisjoint(lexicon.sets["referring"])
    about = not words.isdisjoint(lexicon.sets["attributes"])
    if checks and about and (refers or len(words) < 12):
        return True
    if not words.isdisjoint(
        lexicon.sets["records"]
    ):  # `the prize list settles it`: no routine does
        return True
    held = not words.isdisjoint(lexicon.sets["holding_against"])
    thing = not words.isdisjoint(lexicon.sets["made"] | lexicon.sets["wares"])
    return held and refers and thing


def _kindred(reason: set[str], claim: set[str]) -> bool:
    """Whether a word of one is of the family of one of the other: translator, translation."""
    return any(related(a, b) for a in reason for b in claim)


def _compounds(reason: set[str], claim: set[str]) -> bool:
    """Whether a word of one is part of a longer one of the other: map, OpenStreetMap."""
    return any(
        (len(a) > 2 and b.endswith(a) and len(b) > len(a) + 2)
        or (len(b) > 3 and a.startswith(b) and len(a) > len(b) + 2)
        for a in reason
        for b in claim
    )


def checkable(text: str, lexicon: Lexicon) -> bool:
    """Whether a quote also tells of something that public sources could settle."""
    words = set(words_of(text))
    return not words.isdisjoint(lexicon.sets["made"]) or bool(_NAMED.search(text))


def judge(
    text: str, low: str, kind: str, claim: str | None, lexicon: Lexicon, *, told: bool
) -> Iterator[tuple[str, str]]:
    """Structural doubts about a request, as (rule, outcome); `told`: there are other hits."""
    if not claim and not told and not _concrete(text) and _about_the_person_alone(low, lexicon):
        yield "fishing", "refer"
        return
    if kind != "justification":
        return
    if claim:
        if not speaks_to(low, claim.lower(), lexicon):
            yield "speaks-to-claim", "refuse"
        return
    words = set(words_of(low))
    checks = not words.isdisjoint(lexicon.sets["checking"])
    thing = not words.isdisjoint(lexicon.sets["made"]) or _NAMED.search(low)
    if not (checks and thing) and not _concrete(text) and not _skill_for_the_post(low):
        yield "fishing", "refer"


_PERSON = (
    r"(?:he|she|they|this one|the candidate|the applicant|this person|his \w+|her \w+|their \w+)"
)
_ASKED = re.compile(
    r"(?:^|\b(?:if|whether|wonder|wondering|know|tell|see|check|:) ?)"
    rf"(?:(?:is|was|are|were|does|did|do|has|had|have|will|would|could|can|should) {_PERSON}\b"
    rf"|(?:what|who|whom|whose|where|when|why|how|which)\b[^.?]{{0,40}}\b{_PERSON}\b)"
    rf"|\b(?:if|whether|that) {_PERSON} (?:is|was|has|had|does|did|ever|still|goes|went|lives)\b"
)
"""A question straight after the person."""


_SKILL = re.compile(r"\b(?:can|able to|knows? how to|how (?:well|good)|good (?:at|with))\b")
_POST = re.compile(r"\b(?:job|post|role|spec|specification|advert|vacancy)\b")


def _skill_for_the_post(low: str) -> bool:
    """Whether a reason asks what somebody can do, and says that the post needs it."""
    return bool(_SKILL.search(low) and _POST.search(low))


_LONGEST_QUESTION = 14
"""Words; what is longer tells enough to be read by the other rules."""


def _about_the_person_alone(low: str, lexicon: Lexicon) -> bool:
    """Whether a request asks after the person and names no work, skill, thing or figure at all.

    Nobody need find out which characteristic it would show: without a claim it is a person's own
    affair, and somebody else decides.
    """
    words = words_of(low)
    if len(words) > _LONGEST_QUESTION or not _ASKED.search(low):
        return False
    sets = lexicon.sets
    if not _everyday(words, lexicon):
        return False
    work = (
        sets["made"] | sets["work_nouns"] | sets["work_text"] | sets["work_before"]
        | sets["task_verbs"] | sets["skill_words"] | sets["skill_marks"]
        | sets["checking"] | sets["attributes"] | sets["making"] | sets["wares"]
    )  # fmt: skip
    return work.isdisjoint(words) and not any(stem(w) in work for w in words)


def _everyday(words: list[str], lexicon: Lexicon) -> bool:
    """Whether every word is one of everyday life, so that nothing particular is asked after."""
    sets = lexicon.sets
    plain = sets["function_words"] | sets["request_words"] | sets["everyday"]
    known = {stem(w) for w in sets["everyday_life"] | sets["everyday"]}
    return all(w in plain or len(w) < 3 or stem(w) in known for w in words)


def _concrete(text: str) -> bool:
    """Whether a text names something: a figure, a quoted title, a name within the sentence."""
    return bool(re.search(r"\d|[\"“‘@#]|(?<=[a-z,] )[A-Z][a-z]{2,}", text))
