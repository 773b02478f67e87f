"""What a rule of the gate is: a name, when it applies, and a question answered yes or no.

The code says which rules exist; `justifications/rules.toml` says in HR's words what each one
tells, and may choose the effect of those that are open to choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recruitcheck.records import Reason, Verdict
from recruitcheck.records.decision import QUESTIONS
from recruitcheck.rules.pack import Pack, Wording
from recruitcheck.rules.question import Question

Check = Callable[[Question], bool]

_NO_WORDS = Wording(
    clause="7(search)",
    holds="This rule is satisfied.",
    message="This rule of the policy is not satisfied.",
    mend="Ask the equality reviewer what this request lacks.",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One named rule. `holds` true: satisfied."""

    id: str
    holds: Check
    applies: Check
    effect: Verdict = Verdict.REFUSE
    structural: bool = False
    """It looks at facts and at no typed word, so the screen may show it while somebody types."""
    register: bool = False
    """It needs facts of a register and is left out where there is none."""
    open: bool = False
    """The organisation may choose between refuse and refer."""

    def say(self, question: Question, *, holds: bool) -> Reason:
        """The reason that this rule gives, in the pack's words."""
        effect = self.effect
        wording = question.pack.rules.get(self.id)
        if self.open and wording is not None:
            effect = Verdict(wording.effect)
        pattern = question.pack.policy.patterns.get(self.id)
        if pattern is not None and pattern.strength != "flag":
            effect = Verdict(pattern.strength)
        return reason(question.pack, self.id, effect, holds=holds)


def always(_: Question) -> bool:
    """For a rule that applies to every request."""
    return True


def reason(pack: Pack, rule: str, effect: Verdict, *, holds: bool) -> Reason:
    """A reason in the words of the pack; a screening rule uses its refusal file."""
    wording = pack.rules.get(rule) or _screened(pack, rule)
    return Reason(
        rule=rule,
        holds=holds,
        effect=effect,
        clause=wording.clause,
        message=wording.holds if holds else wording.message,
        mend="" if holds else f"{wording.mend} {_whom(pack, wording)}".strip(),
    )


def _whom(pack: Pack, wording: Wording) -> str:
    """Whom to ask. What cannot wait is said with its route instead."""
    contact = pack.policy.contacts.get(wording.ask)
    if contact is None:
        return ""
    return contact.route or f"{QUESTIONS}{contact.title}, {contact.address}."


def _screened(pack: Pack, rule: str) -> Wording:
    """The words of a screening rule: its refusal file's own, else those for all of them."""
    general = pack.rules.get("screened", _NO_WORDS)
    for table in pack.refusals.values():
        if table.get("rule") == rule:
            return Wording(
                clause=str(table.get("clause", general.clause)),
                holds=general.holds,
                message=str(table.get("message", general.message)),
                mend=str(table.get("mend", general.mend)),
            )
    return general
