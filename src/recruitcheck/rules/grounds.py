"""Read and check the policy pack: everything below `justifications/`.

`load` gives a pack or raises with every mistake found; `check` gives the list, warnings included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from recruitcheck.errors import PolicyError
from recruitcheck.records import Problem
from recruitcheck.rules.claimwords import KINDS
from recruitcheck.rules.folder import Found, find_folder, read_folder
from recruitcheck.rules.pack import Ground, Pack, Policy, Source, Vocabulary, Wording
from recruitcheck.rules.tables import nearest, read

__all__ = ["Pack", "check", "find_folder", "load"]

R = TypeVar("R")

# Answers that a ground file may ask for: the fields of records.Justification.
ANSWERS = (
    "requirement",
    "route",
    "route_note",
    "confirms",
    "refutes",
    "source",
    "holder",
    "reason",
    "address",
    "note",
)
_CLAIMS = [*KINDS, "work", "skill"]
"""Kinds of claim that a ground may serve and a source settle."""
CONTACTS = ("applicants", "safeguarding", "headteacher", "data_protection", "equality", "hr")


def load(folder: Path) -> Pack:
    """Read the whole pack, for those who work by it.

    Phrases that do not read, and rules that have no words, are left to `check`: the one takes
    long to see, and for the other there are words in the code.

    Raises:
        PolicyError: something is wrong; `problems` lists every mistake, not only the first.
    """
    pack, problems = _read(folder)
    if pack is not None:
        problems += _refusal_problems(pack, phrases=False)
        problems += _strange_rules(pack)
    return _sound(pack, problems)


def load_whole(folder: Path, today: date) -> Pack:
    """Read a pack that is to come into force: whatever `check` calls a mistake stands against it.

    Raises:
        PolicyError: something is wrong; `problems` lists every mistake, not only the first.
    """
    pack, problems = _read(folder)
    return _sound(pack, problems + (_wrong_inside(pack, today) if pack else []))


def _sound(pack: Pack | None, problems: list[Problem]) -> Pack:
    """The pack, unless something is wrong with it."""
    wrong = tuple(p for p in problems if not p.warning)
    if pack is None or wrong:
        places = (wrong[0].path, wrong[0].key) if wrong else ()
        first = f" First: {', '.join(filter(None, places))}: {wrong[0].message}" if wrong else ""
        count = "1 mistake" if len(wrong) == 1 else f"{len(wrong)} mistakes"
        raise PolicyError(
            f"The policy pack has {count}.{first}",
            "`recruitcheck policy check` lists them all.",
            wrong,
        )
    return pack


def check(folder: Path, today: date) -> tuple[Problem, ...]:
    """Every mistake in the pack, and what is out of date on that day.

    An expired ground is a mistake; an overdue review date is only a warning, because the policy
    stays in force until the trustees replace it.
    """
    pack, problems = _read(folder)
    return (*problems, *(_wrong_inside(pack, today) if pack else ()))


def _wrong_inside(pack: Pack, today: date) -> list[Problem]:
    """What only a closer look shows, once every file could be read."""
    return [*_out_of_date(pack, today), *_refusal_problems(pack), *_rule_problems(pack)]


# --- reading --------------------------------------------------------------------------------


def _read(folder: Path) -> tuple[Pack | None, list[Problem]]:
    found = read_folder(folder)
    problems = list(found.problems)
    if "policy.toml" not in found.tables and not problems:
        problems.append(Problem(path="policy.toml", key="", message="This file is missing."))
    pack = _assemble(found, problems)
    if pack is not None:
        problems += _references(pack)
    return pack, problems


def _assemble(found: Found, problems: list[Problem]) -> Pack | None:
    tables = found.tables
    _strangers(tables, problems)
    policy = _one(Policy, tables, "policy.toml", problems)
    vocabulary = _one(Vocabulary, tables, "vocabulary.toml", problems)
    grounds = _folder(Ground, tables, "grounds/", problems)
    sources = _folder(Source, tables, "sources/", problems)
    rules: dict[str, Wording] = {}
    for rule, table in tables.get("rules.toml", {}).items():
        wording = read(Wording, table, "rules.toml", problems, rule)
        if wording is not None:
            rules[rule] = wording
    if policy is None or vocabulary is None:
        return None
    return Pack(
        policy=policy,
        rules=MappingProxyType(rules),
        vocabulary=vocabulary,
        grounds=MappingProxyType(grounds),
        sources=MappingProxyType(sources),
        refusals=found.refusals,
        digest=found.digest,
    )


def _strangers(tables: Mapping[str, object], problems: list[Problem]) -> None:
    """Files that no part of the pack would read: most likely a misspelt name."""
    single = ["policy.toml", "rules.toml", "vocabulary.toml"]
    for name in tables:
        if name not in single and not name.startswith(("grounds/", "sources/", "refusals/")):
            problems.append(
                Problem(
                    path=name, key="", message=f"Nothing reads this file.{nearest(name, single)}"
                )
            )
    problems += [
        Problem(path=name, key="", message="This file is missing.")
        for name in single
        if name not in tables and not any(p.path == name for p in problems)
    ]


def _one(
    kind: type[R], tables: Mapping[str, dict[str, Any]], name: str, problems: list[Problem]
) -> R | None:
    return read(kind, tables[name], name, problems) if name in tables else None


def _folder(
    kind: type[R], tables: Mapping[str, dict[str, Any]], prefix: str, problems: list[Problem]
) -> dict[str, R]:
    made = {}
    for name, table in tables.items():
        if not name.startswith(prefix):
            continue
        stem = name.removeprefix(prefix).removesuffix(".toml")
        if table.get("id", stem) != stem:
            problems.append(
                Problem(path=name, key="id", message=f"The id must be the file's name, `{stem}`.")
            )
        record = read(kind, {**table, "id": stem}, name, problems)
        if record is not None:
            made[stem] = record
    return made


# --- what one file says about another -------------------------------------------------------


def _references(pack: Pack) -> list[Problem]:
    return [
        *_policy_references(pack),
        *(p for ground in pack.grounds.values() for p in _ground_references(pack, ground)),
        *(p for source in pack.sources.values() for p in _source_references(source)),
        *(p for rule, wording in pack.rules.items() for p in _rule_references(pack, rule, wording)),
    ]


def _unknown(path: str, key: str, what: str, value: str, known: list[str]) -> Problem:
    return Problem(
        path=path, key=key, message=f"There is no {what} `{value}`.{nearest(value, known)}"
    )


def _policy_references(pack: Pack) -> Iterator[Problem]:
    policy = pack.policy
    for contact in CONTACTS:
        if contact not in policy.contacts:
            yield Problem(
                path="policy.toml", key=f"contacts.{contact}", message="This key is missing."
            )
    if len({a.name for a in policy.approval}) < 2:
        yield Problem(
            path="policy.toml", key="approval", message="Two different people must sign the pack."
        )
    limits = policy.limits
    for name in ("grant_hours", "max_requests", "max_bytes", "referral_days", "reply_days"):
        if getattr(limits, name) < 1:
            yield Problem(
                path="policy.toml", key=f"limits.{name}", message="This must be at least 1."
            )
    if limits.minimum_group < 6:
        yield Problem(
            path="policy.toml",
            key="limits.minimum_group",
            message="This must be at least 6: smaller groups say nothing about a pattern.",
        )


def _ground_references(pack: Pack, ground: Ground) -> Iterator[Problem]:
    path = f"grounds/{ground.id}.toml"
    clauses, sources = list(pack.policy.clauses), list(pack.sources)
    if ground.clause not in clauses:
        yield _unknown(path, "clause", "clause", ground.clause, clauses)
    for key, what, named, known in (
        ("sources", "source", ground.sources, sources),
        ("claims", "kind of claim", ground.claims, _CLAIMS),
        ("asked", "answer", ground.asked, list(ANSWERS)),
    ):
        for number, value in enumerate(named, 1):
            if value not in known:
                yield _unknown(path, f"{key}[{number}]", what, value, known)
    for number, example in enumerate(ground.examples, 1):
        if example.rule and example.rule not in pack.rules:
            key = f"examples[{number}].rule"
            yield _unknown(path, key, "rule", example.rule, list(pack.rules))
    if not ground.examples:
        yield Problem(path=path, key="examples", message="Give at least one example.")
    if not ground.references:
        yield Problem(path=path, key="references", message="Say where this ground comes from.")
    if ground.until is not None and ground.until < ground.in_force:
        yield Problem(path=path, key="until", message="This is before the day it comes into force.")
    for name in ("max_requests", "grant_hours"):
        if getattr(ground.limits, name) > getattr(pack.policy.limits, name):
            message = "This is more than policy.toml allows."
            yield Problem(path=path, key=f"limits.{name}", message=message)


def _source_references(source: Source) -> Iterator[Problem]:
    path = f"sources/{source.id}.toml"
    for number, value in enumerate(source.kinds, 1):
        if value not in _CLAIMS:
            yield _unknown(path, f"kinds[{number}]", "kind of claim", value, _CLAIMS)
    if source.manner == "adapter" and not source.adapter:
        message = 'Say which adapter reads it, or choose `manner = "page"`.'
        yield Problem(path=path, key="adapter", message=message)


def _rule_references(pack: Pack, rule: str, wording: Wording) -> Iterator[Problem]:
    if wording.ask not in pack.policy.contacts:
        yield _unknown(
            "rules.toml", f"{rule}.ask", "contact", wording.ask, list(pack.policy.contacts)
        )
    if wording.clause not in pack.policy.clauses:
        yield _unknown(
            "rules.toml", f"{rule}.clause", "clause", wording.clause, list(pack.policy.clauses)
        )


def _out_of_date(pack: Pack, today: date) -> list[Problem]:
    problems = [
        Problem(
            path=f"grounds/{ground.id}.toml",
            key="until",
            message=f"This ground ended on {ground.until:%d %B %Y}.",
        )
        for ground in pack.grounds.values()
        if ground.until is not None and ground.until < today
    ]
    kept = pack.policy.retention
    reach = max((p.months for p in kept.claim_periods if p.since <= today), default=0.0)
    if kept.content_months < max(reach, kept.warn_below_months):
        problems.append(
            Problem(
                path="policy.toml",
                key="retention.content_months",
                message=f"A claim may still come up to {reach:g} months after the decision; "
                "content destroyed before that cannot answer it.",
                warning=True,
            )
        )
    if pack.policy.review_due < today:
        problems.append(
            Problem(
                path="policy.toml",
                key="review_due",
                message=f"The review was due on {pack.policy.review_due:%d %B %Y}. "
                "The policy stays in force until it is replaced.",
                warning=True,
            )
        )
    return problems


def _rule_problems(pack: Pack) -> list[Problem]:
    """Every rule of the gate has its words, every word its rule, and fixed effects stay fixed."""
    from recruitcheck.rules.decide import RULES

    problems = [
        Problem(path="rules.toml", key=rule.id, message="This rule has no words.")
        for rule in RULES
        if rule.id not in pack.rules
    ]
    for rule in RULES:
        wording = pack.rules.get(rule.id)
        if wording is not None and wording.effect != rule.effect and not rule.open:
            message = f"The effect of this rule is fixed: `{rule.effect}`."
            problems.append(Problem(path="rules.toml", key=f"{rule.id}.effect", message=message))
    return problems + _strange_rules(pack)


def _strange_rules(pack: Pack) -> list[Problem]:
    """Words for rules that do not exist: most likely a misspelt name, and then an effect chosen
    there would not be in force."""
    from recruitcheck.rules.decide import RULES

    known = [*(rule.id for rule in RULES), "screening", "screened"]
    return [
        _unknown("rules.toml", rule, "rule", rule, known)
        for rule in pack.rules
        if rule not in known
    ]


def _refusal_problems(pack: Pack, *, phrases: bool = True) -> list[Problem]:
    from recruitcheck.rules import refusal_files

    return [
        problem
        for name, table in pack.refusals.items()
        for problem in refusal_files.problems(name, table, phrases=phrases)
    ]
