"""Rules about the facts of the case: notice, stage, age, objection, panel, answers, source.

They need a register; under `recruitcheck try request` they are taken as satisfied and left out,
but for an age under 18 that the quotation itself states.
"""

from __future__ import annotations

import re

from recruitcheck.records import Role, Stage, Verdict
from recruitcheck.rules import patterns
from recruitcheck.rules.claims import searchable
from recruitcheck.rules.question import Question, given
from recruitcheck.rules.rule import Rule, always

_SEARCHABLE = frozenset({Stage.SHORTLISTED, Stage.INTERVIEW, Stage.OFFER})

_UNDER_18 = re.compile(
    r"\bI(?:['’]m| am) (?:only |just |still )?"
    r"(?:1[0-7]\b(?! ?(?:%|per|miles?|stone|st\b))|(?:four|fif|six|seven)teen\b)"
    r"|\bI(?: will|['’]ll)? turn (?:18|eighteen)\b"
    r"|^(?:(?!\b(?:for|with|of|to|from|pupils|children|boys|girls)\b)[^.;()])*\(age[d:]? ?1[0-7]\)"
    r"|^\W*[Aa]ged? 1[0-7]\b[,;]? I (?!was|had|did|wrote|won|began|started)"
)
"""The quotation says that its writer is a minor; `I am 16%` and `I am 15 miles from` do not."""

_SAID_UNDER_18 = re.compile(
    r"(?i)\b(?:applicant|candidate|apprentice|he|she|they)(?:['’]s| is| are) "
    r"(?:still |only |just )?(?:1[0-7]|(?:four|fif|six|seven)teen)\b"
    r"(?=\W*(?:[.,;!?)]|$|years?\b|and\b|so\b|till\b|until\b))"
)
"""The reason tells that the applicant is a minor; whether they are is no question of it."""


def _notice(q: Question) -> bool:
    told = given(q.applicant).notice_on
    return (
        told is not None and bool(given(q.applicant).notice_version) and told <= given(q.now).date()
    )


def _adult(q: Question) -> bool:
    told = q.kind == "justification" and _SAID_UNDER_18.search(q.text)
    return not (told or _UNDER_18.search(q.quote)) and (q.trying or given(q.applicant).adult)


def _requirement(q: Question) -> bool:
    return any(r.id == given(q.justification).requirement for r in given(q.vacancy).requirements)


def _answers(q: Question) -> bool:
    """Every answer that the ground asks for is there; own rules look at some more closely."""
    asked = {a for g in q.grounds for a in g.asked}
    return bool(asked) and all(str(getattr(given(q.justification), a)).strip() for a in asked)


def _source_open(q: Question) -> bool:
    source = q.pack.sources.get(given(q.justification).source)
    return (
        source is not None
        and source.manner != "never"
        and any(source.id in g.sources for g in q.grounds)
    )


def _address_given(q: Question) -> bool:
    wanted = given(q.justification).address.strip()
    found = searchable(q.quote)
    offered = (*found.addresses, *found.hosts, *found.handles, *q.accounts)
    return not wanted or wanted in offered


def _deputed(q: Question) -> bool:
    source = q.pack.sources.get(given(q.justification).source)
    told = given(q.justification).third_party
    return not told or (source is not None and source.outside_researchers)


def _trained(q: Question) -> bool:
    until = q.by.trained_until if q.by else None
    return q.by is not None and (until is None or given(q.now).date() <= until)


def _serving(q: Question) -> bool:
    holder = given(q.holder)
    return holder.left_at is None and bool({Role.RECRUITER, Role.HR} & set(holder.roles))


def _own(signal: str, effect: Verdict) -> Rule:
    """A pattern in the person's own requests, which may speak at submission."""
    return Rule(
        signal,
        lambda q: not patterns.at_submission(q, signal),
        lambda q: q.act is not None,
        effect=effect,
        register=True,
    )


RULES = (
    Rule("notice-given", _notice, always, structural=True, register=True),
    Rule(
        "no-objection",
        lambda q: given(q.applicant).objected_on is None,
        always,
        structural=True,
        register=True,
    ),
    Rule(
        "stage",
        lambda q: given(q.vacancy).stage in _SEARCHABLE,
        always,
        structural=True,
        register=True,
    ),
    Rule("adult", _adult, always, effect=Verdict.REFER, structural=True),
    Rule(
        "holder-off-panel",
        lambda q: given(q.holder).id not in given(q.vacancy).panel,
        always,
        structural=True,
        register=True,
    ),
    Rule("holder-serves", _serving, always, structural=True, register=True),
    Rule("training-current", _trained, always, structural=True, register=True),
    Rule("requirement-named", _requirement, always, structural=True, register=True),
    Rule(
        "other-route-first",
        lambda q: (
            bool(given(q.justification).route) and bool(given(q.justification).route_note.strip())
        ),
        always,
        structural=True,
        register=True,
        open=True,
    ),
    Rule(
        "confirm-and-refute",
        lambda q: (
            bool(given(q.justification).confirms.strip())
            and bool(given(q.justification).refutes.strip())
        ),
        always,
        structural=True,
        register=True,
    ),
    Rule("answers-complete", _answers, always, structural=True, register=True),
    Rule("source-allowed", _source_open, always, structural=True, register=True),
    Rule("address-from-claim", _address_given, always, structural=True, register=True),
    Rule("source-may-be-deputed", _deputed, always, structural=True, register=True),
    _own("own-reason-reused", Verdict.REFUSE),
    _own("own-share-of-applicants", Verdict.REFER),
    _own("own-burst", Verdict.REFER),
)
