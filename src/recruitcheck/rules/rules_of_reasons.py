"""Rules about a reason: it speaks to its own claim, has one aim, and names no one else."""

from __future__ import annotations

from recruitcheck.rules.binding import personal_names
from recruitcheck.rules.question import NEVER_LABELS, Question
from recruitcheck.rules.rule import Rule
from recruitcheck.rules.speaking import Speech, read


def _reason(q: Question) -> bool:
    return q.kind == "justification" and not q.sourcing and q.ground not in NEVER_LABELS


def _quoted_reason(q: Question) -> bool:
    return _reason(q) and bool(q.quote.strip())


def speech(q: Question) -> Speech:
    """What the reason has to do with its claim."""
    return read(q.text, q.quote, q.pack.vocabulary)


def _speaks(q: Question) -> bool:
    """The reason speaks to the claim, by itself or with what would confirm and refute it."""
    whole = ". ".join((q.text, *q.answers))
    return speech(q).speaks or read(whole, q.quote, q.pack.vocabulary).speaks


def _one_person(q: Question) -> bool:
    known = f"{q.quote} {q.name}"
    return len(personal_names(q.text, known)) < (1 if q.name else 2)


RULES = (
    Rule("reason-given", lambda q: bool("".join((q.text, *q.answers)).strip()), _reason),
    Rule("speaks-to-claim", _speaks, _quoted_reason),
    Rule("routine", lambda q: not speech(q).routine, _quoted_reason),
    Rule("second-aim", lambda q: not speech(q).stray and not speech(q).private, _quoted_reason),
    Rule("one-person", _one_person, _quoted_reason),
)
