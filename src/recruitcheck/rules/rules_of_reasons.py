"""Rules about a reason: it speaks to its own claim, has one aim, and names no one else."""

from __future__ import annotations

from recruitcheck.records import Verdict
from recruitcheck.rules.binding import personal_names
from recruitcheck.rules.question import NEVER_LABELS, Question
from recruitcheck.rules.rule import Rule
from recruitcheck.rules.speaking import Speech, read


def _reason(q: Question) -> bool:
    return q.kind == "justification" and not q.sourcing and q.ground not in NEVER_LABELS


def _quoted_reason(q: Question) -> bool:
    return _reason(q) and bool(q.quote.strip())


def speech(q: Question, text: str | None = None) -> Speech:
    """What the reason, or another text of the request, has to do with the claim."""
    vacancy = q.vacancy
    asked = () if vacancy is None else (vacancy.title, *(r.text for r in vacancy.requirements))
    said = q.asked if text is None else text
    return read(said, q.quote, q.pack, q.name, " ".join(asked))


def _speeches(q: Question) -> list[Speech]:
    """The reason and what would confirm and refute: each is part of what is asked."""
    return [speech(q, text) for text in (q.asked, *q.answers) if text.strip()]


def _speaks(q: Question) -> bool:
    """The reason speaks to the claim, by itself or with what would confirm and refute it."""
    return speech(q).speaks or speech(q, ". ".join((q.asked, *q.answers))).speaks


def _one_person(q: Question) -> bool:
    known = f"{q.quote} {q.name}"
    return len(personal_names(q.text, known)) < (1 if q.name else 2)


def _one_aim(q: Question) -> bool:
    return not any(said.stray for said in _speeches(q))


RULES = (
    Rule("reason-given", lambda q: bool("".join((q.text, *q.answers)).strip()), _reason),
    Rule("speaks-to-claim", _speaks, _quoted_reason),
    Rule("routine", lambda q: not speech(q).routine, _quoted_reason),
    Rule("second-aim", _one_aim, _quoted_reason),
    Rule("one-person", _one_person, _quoted_reason),
    Rule(
        "words-explained",
        lambda q: not any(said.unexplained for said in _speeches(q)),
        _quoted_reason,
        effect=Verdict.REFER,
    ),
)
