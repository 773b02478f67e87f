"""Rules of candidate finding and of searches by outsiders (policy 7(candidates), 7(third-party)).

Candidate finding is the one search without a quotation: a vacancy or its criteria, people who
advertise themselves, nobody named, nobody who has applied.
"""

from __future__ import annotations

import re

from recruitcheck.records import Verdict
from recruitcheck.rules import words
from recruitcheck.rules.binding import personal_names
from recruitcheck.rules.explained import Links, spelt_out, telling
from recruitcheck.rules.question import SPEAKING, Question
from recruitcheck.rules.rule import Rule

_REFERENCE = re.compile(r"\b[A-Z]{2,6}[-/ ]?\d{1,4}\b")
"""The reference of a vacancy: MA-7, TEACH/12."""
_NOBODY = re.compile(
    r"\b(?:nobody|no one|no-one|none|few|not enough people|hardly anyone|no applicants?)"
    r"(?: has| have)? applied\b|\bno applications?\b"
)
"""That people applied is a reason against; that nobody did is none."""
_SERVED = frozenset(
    ["pupil", "pupils", "student", "students", "child", "children", "junior", "juniors"]
)
"""People whom a post is for, among the words for people beside an applicant."""
_WITHOUT = re.compile(r"\b(?:no|without|with|free of)\s+([\w-]+(?:\s+[\w-]+)?)")
"""`no children`, `with own car`: what somebody is to have, or not to have."""
_NOT_LOOKING = re.compile(
    r"(?i)\b(?:not|never|n['’]t)\s+(?:\w+\s+){0,2}?(?:looking|seeking|advertis|open|available)[^,.;]*"
)
"""`those not looking to move`: people who have said no such thing."""
_AGED = re.compile(
    r"\b(?:under|over|below|above|aged|younger than|older than)[- ](?:the age of )?\d\d\b"
)
_ONE_PERSON = re.compile(r"\b(?:she|he|her|him|his|hers|herself|himself)\b")


def _criteria(q: Question) -> bool:
    return (
        bool(_REFERENCE.search(q.text))
        or words.phrase_in(q.pack.vocabulary.criteria, q.text) is not None
        or any(
            words.holds(words.folded(q.pack.vocabulary.criteria), t.plain)
            for t in words.tokens(q.text)
        )
    )


def _advertised(q: Question) -> bool:
    """People say that they look for work: outright, or by showing what employers look for."""
    known = q.pack.vocabulary
    text = _NOT_LOOKING.sub(" ", q.text)
    if words.phrase_in(known.advertises, text):
        return True
    said = [t.plain for t in words.tokens(words.without(known.criteria, text))]
    found = [
        {w for w in said if words.holds(words.folded(g), w)} for g in (known.shows, known.available)
    ]
    return all(found) and len(found[0] | found[1]) > 1


def unexplained(q: Question) -> frozenset[str]:
    """Words that belong neither to a post nor to looking for people who seek work.

    Capital letters are places, platforms and subjects; that nobody is named is for another rule.
    """
    known = q.pack.vocabulary
    links = Links("", known, telling=telling(q.pack))
    free = words.folded_words((*known.advertises, *known.shows, *known.available))
    return frozenset(
        t.plain
        for t in words.tokens(SPEAKING.sub(lambda m: " " * len(m.group()), q.text))
        if not (
            t.capital
            or all(
                words.holds(free, p) or links.source(p, english=True)
                for p in (w.strip("#@") for w in spelt_out(t))
            )
        )
    )


def _nobody_named(q: Question) -> bool:
    if q.name and words.phrase_in((q.name,), q.text):
        return False
    return not personal_names(q.text) and not _ONE_PERSON.search(words.plain(q.text))


def _nobody_applied(q: Question) -> bool:
    text = _NOBODY.sub(" ", words.plain(q.text))
    return not q.quote.strip() and words.phrase_in(q.pack.vocabulary.applied, text) is None


def _no_characteristic(q: Question) -> bool:
    """No criterion that would be a fact about a person, said of one: `young`, `Christian`.

    In a claim such a word mostly belongs to the work; among criteria it chooses people. Subjects,
    and languages that somebody is to speak, are criteria of the post.
    """
    open_to_offers = {w for p in q.pack.vocabulary.advertises for w in p.split()}
    told = [t.plain for t in words.tokens(q.criteria) if t.kind == "word" and len(t.plain) > 2]
    told = [word for word in told if word not in open_to_offers]
    others = words.folded(q.pack.vocabulary.others)
    if _AGED.search(q.criteria):
        return False
    if any(words.holds(others, word) and word not in _SERVED for word in told):
        return False
    asked = [f"Is the applicant {word}?" for word in told]
    asked += [f"Does the applicant have {m.group(1)}?" for m in _WITHOUT.finditer(q.criteria)]
    return not any(
        hit.characteristic for a in asked for hit in q.screener.screen(a, "query", None).hits
    )


def _sourcing(q: Question) -> bool:
    return q.sourcing and q.kind != "claim"


RULES = (
    Rule("sourcing-criteria", _criteria, _sourcing),
    Rule("sourcing-advertised", _advertised, _sourcing),
    Rule("sourcing-no-characteristic", _no_characteristic, _sourcing),
    Rule("words-explained", lambda q: not unexplained(q), _sourcing, effect=Verdict.REFER),
    Rule("sourcing-nobody-named", _nobody_named, _sourcing),
    Rule("sourcing-no-applicant", _nobody_applied, lambda q: q.sourcing),
    Rule(
        "third-party-instruction",
        lambda q: bool(q.quote.strip()),
        lambda q: q.ground == "third_party",
        structural=True,
    ),
)
