"""What HR does with a policy pack: read it, try it on old cases, compare it with another.

Pure functions over packs; the command line prints what they return (`recruitcheck policy …`).
`check` lives with the loader, in `rules/grounds.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

from recruitcheck.records import Verdict
from recruitcheck.rules.decide import decide
from recruitcheck.rules.grounds import check
from recruitcheck.rules.pack import Ground, Pack, Policy, Source
from recruitcheck.rules.question import Question, Screener

__all__ = ["Change", "Replayed", "check", "compare", "replay", "show"]

_MANNERS = {
    "page": "read by recruitcheck",
    "adapter": "read by recruitcheck",
    "manual": "looked at by a person, logged out",
    "supplied": "brought by the applicant",
    "typed_finding": "one fact is typed in, nothing is copied",
    "never": "never used",
}


# --- show -----------------------------------------------------------------------------------


def show(pack: Pack) -> str:
    """The pack as a paper that HR can read, print and take to the trustees (Markdown)."""
    parts = [_head(pack.policy), _clauses(pack.policy)]
    parts += [_ground(pack, g) for _, g in sorted(pack.grounds.items())]
    parts.append("## Where claims may be checked\n\n" + "\n".join(map(_source, _sorted(pack))))
    parts.append(_limits(pack.policy))
    parts.append(_refusals(pack))
    return "\n\n".join(parts) + "\n"


def _sorted(pack: Pack) -> list[Source]:
    return [source for _, source in sorted(pack.sources.items())]


def _head(policy: Policy) -> str:
    signed = "\n".join(f"- {a.name}, {a.role}, {a.on:%d %B %Y}" for a in policy.approval)
    return (
        f"# {policy.title}\n\nVersion {policy.version}. Source: {policy.source}. "
        f"Review due {policy.review_due:%d %B %Y}.\n\nSigned by\n\n{signed}"
    )


def _clauses(policy: Policy) -> str:
    lines = "\n".join(f"- **{number}** {text}" for number, text in policy.clauses.items())
    return f"## What the policy says\n\n{lines}"


def _ground(pack: Pack, ground: Ground) -> str:
    until = f" until {ground.until:%d %B %Y}" if ground.until else ""
    sources = "; ".join(pack.sources[s].title for s in ground.sources)
    lines = [
        f"## {ground.title}",
        f"Clause {ground.clause}. In force from {ground.in_force:%d %B %Y}{until}.",
        ground.why.strip(),
        f"- Asked: {', '.join(a.replace('_', ' ') for a in ground.asked)}.",
        f"- Sources: {sources}.",
        f"- At most {ground.limits.max_requests} requests within {ground.limits.grant_hours} "
        f"hours; records are kept {ground.retention_months} months.",
    ]
    for example in ground.examples:
        quoted = f"“{example.claim}” " if example.claim else ""
        lines.append(
            f"- Example ({example.verdict}): {quoted}{example.kind}: “{example.text}”. "
            f"{example.because}"
        )
    head, rest = lines[:3], lines[3:]
    return "\n\n".join([*head, "\n".join(rest)])


def _source(source: Source) -> str:
    line = f"- **{source.title}**: {_MANNERS[source.manner]}. {source.why} {source.terms}"
    settles = ", ".join(kind.replace("_", " ") for kind in source.kinds)
    return f"{line} For claims of: {settles}." if settles else line


def _limits(policy: Policy) -> str:
    limits, kept = policy.limits, policy.retention
    patterns = "\n".join(
        f"- {name}: {signal.strength}, from {signal.figure:g}"
        + (f" within {signal.minutes} minutes" if signal.minutes else "")
        for name, signal in policy.patterns.items()
    )
    return (
        "## Limits, deadlines, retention\n\n"
        f"- A referral is decided within {limits.referral_days} working days, then by the deputy.\n"
        f"- An applicant has {limits.reply_days} days to answer a finding.\n"
        f"- Content is kept {kept.content_months} months after the decision, the bare record "
        f"{kept.skeleton_months} months.\n"
        f"- Patterns in groups under {limits.minimum_group} applicants only flag; reports leave "
        f"out groups under {limits.suppression_threshold}.\n\n"
        f"## Patterns\n\n{patterns}"
    )


def _refusals(pack: Pack) -> str:
    lines = [
        f"- **{name}** ({table.get('clause', '')}): {table.get('message', '')}"
        for name, table in sorted(pack.refusals.items())
        if table.get("message")
    ]
    return "## What is never asked\n\n" + "\n".join(lines)


# --- replay ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One old justification under a new pack."""

    id: str
    before: Verdict
    after: Verdict
    rules: tuple[str, ...]
    """Rules that are not satisfied under the new pack."""

    @property
    def changed(self) -> bool:
        """Whether the new pack decides otherwise."""
        return self.before is not self.after


def replay(
    cases: Iterable[tuple[str, Verdict, Question]], pack: Pack, screener: Screener
) -> Iterator[Replayed]:
    """Decide old justifications again under another pack.

    Each case is an id, the verdict that was given, and the question as it was put (with the time
    of then, so that a ground that has ended since does not count as ended). Nothing is recorded.
    """
    for id, before, question in cases:
        ruling = decide(replace(question, pack=pack, screener=screener))
        yield Replayed(
            id=id,
            before=before,
            after=ruling.verdict,
            rules=tuple(r.rule for r in ruling.reasons if not r.holds),
        )


# --- compare --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two packs. Empty `before`: added; empty `after`: gone."""

    key: str
    before: str
    after: str


def compare(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Every key that differs between two packs, in the order of the files.

    A key that is empty in a new file is no difference: nothing became of nothing.
    """
    before, after = dict(_flat(old)), dict(_flat(new))
    return tuple(
        Change(key=key, before=before.get(key, ""), after=after.get(key, ""))
        for key in dict.fromkeys([*before, *after])
        if before.get(key, "") != after.get(key, "")
    )


def _flat(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            if f.name != "digest":
                yield from _flat(getattr(value, f.name), f"{key}.{f.name}" if key else f.name)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for number, inner in enumerate(value, 1):
            yield from _flat(inner, f"{key}[{number}]")
    elif isinstance(value, tuple | list):
        yield key, ", ".join(str(v) for v in value)
    elif value is not None:
        yield key, str(value)
