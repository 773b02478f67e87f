"""What the gate said, and what an equality reviewer is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from recruitcheck.records.people import Stage


class Verdict(StrEnum):
    """Refuse beats refer beats permit."""

    PERMIT = "permit"
    REFER = "refer"
    REFUSE = "refuse"


QUESTIONS = "Questions: "
"""What opens the words that say whom to ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one rule said. `holds` true: the rule is satisfied; else `effect` is what it asks."""

    rule: str
    holds: bool
    effect: Verdict
    clause: str
    """Of the policy."""
    message: str
    mend: str = ""
    """What would mend the request, and last whom to ask."""

    @property
    def mend_and_contact(self) -> tuple[str, str]:
        """The two apart: where several reasons are told, the contact is told once."""
        told, mark, contact = self.mend.partition(QUESTIONS)
        return told.strip(), mark + contact


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryWord:
    """One word of the composed query and where it comes from."""

    text: str
    origin: str
    """`quote`, `source word`, `name`, `handle`, `host` or `function word`."""
    start: int | None = None
    """Offset in the quote, where the word comes from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a screening rule matched in a text: a half-open span of code points as given."""

    rule: str
    characteristic: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The verdict on one justification, with every reason, holding or not."""

    id: str
    justification: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    query: tuple[QueryWord, ...] = ()
    """What a grant may look for, word by word."""
    pack_digest: str = ""
    """Of the policy pack it was decided under."""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A justification that an equality reviewer must decide; past `due` it is the deputy's."""

    id: str
    justification: str
    decision: str
    due: datetime
    verdict: Verdict | None = None
    yes_no_only: bool = False
    """Permitted, but the recruiter is to be told only whether the claim is borne out."""
    why: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    appeal_of: str = ""
    """Id of the referral that is appealed against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What patterns are read from: no name, no quote, no reason. A box each for hr and equality."""

    justification: str
    applicant: str
    vacancy: str
    school: str
    stage: Stage
    requirement: str
    ground: str
    claim_kinds: tuple[str, ...]
    verdict: Verdict
    rules: tuple[str, ...]
    """Ids of the rules that did not hold."""
    sketch: tuple[int, ...]
    """Keyed similarity sketch of the reason; comparable, not readable."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindReferral:
    """What the equality reviewer sees: request, quote and reason; no name in it."""

    referral: str
    applicant: str
    vacancy_title: str
    school: str
    requirement: str
    quote: str
    ground: str
    reason: str
    route: str
    confirms: str
    refutes: str
    source: str
    query: str
    reasons: tuple[Reason, ...]
    due: datetime
