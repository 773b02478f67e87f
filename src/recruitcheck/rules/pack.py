"""The policy pack as records: what `justifications/` says, read and checked.

Field names are the keys of the TOML files; the docstrings here are what `docs/policy-pack.md`
explains to HR. A pack does not know from which folder it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

_EMPTY: Mapping[str, Any] = MappingProxyType({})

Effect = Literal["refuse", "refer"]
Strength = Literal["refuse", "refer", "flag"]
Manner = Literal["page", "adapter", "manual", "supplied", "typed_finding", "never"]


# --- policy.toml ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One signature under the pack. Two different people sign."""

    name: str
    role: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one grant may use, and the deadlines of the flow."""

    grant_hours: int
    max_requests: int
    max_bytes: int
    """Of one answer, after inflation."""
    max_total_bytes: int
    """Of all answers under one grant."""
    max_seconds: float
    """Of one request."""
    window_days: int
    """Days put around the dates a claim states when a lookup is limited to them."""
    minimum_group: int
    """Below so many applicants, patterns across a vacancy flag and never refuse."""
    suppression_threshold: int
    """Groups with fewer applicants are left out of equality reports."""
    referral_days: int
    """Working days until a referral is the deputy's, whom HR names in the register."""
    reply_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One pattern across cases: how strong it is, and from which figure it counts."""

    strength: Strength
    figure: float
    """Share (0 to 1), count or factor, as the pattern's page in docs/rules.md says."""
    minutes: int = 0
    """For patterns in time: within how many minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPeriod:
    """How long after the decision a tribunal claim may still come, from a day on."""

    since: date
    months: float
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Two clocks: content (what was quoted, seen, kept) and skeleton (who, when, which rule)."""

    content_months: int
    skeleton_months: int
    warn_below_months: float
    claim_periods: tuple[ClaimPeriod, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What applicants are told before any search, and the topics that it must cover."""

    version: str
    topics: tuple[str, ...]
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person or office to turn to, as a role; no private details."""

    title: str
    address: str
    route: str = ""
    """What to do, in a sentence, where that is urgent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The organisation's dated position on online searches under KCSIE."""

    on: date
    decision: str
    reasons: str
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`policy.toml`: the policy that all grounds serve."""

    title: str
    version: str
    source: str
    """The policy document that the clause numbers refer to."""
    review_due: date
    approval: tuple[Approval, ...]
    clauses: Mapping[str, str]
    """Clause number to what it asks, in our own words."""
    limits: Limits
    patterns: Mapping[str, Signal]
    retention: Retention
    notice: Notice
    contacts: Mapping[str, Contact]
    """Keys: applicants, safeguarding, headteacher, data_protection, equality, hr."""
    kcsie: Position
    user_agent_contact: str
    """Address or page that the lookup client names, so that site owners can reach somebody."""


# --- rules.toml -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a rule of the gate says. The code defines which rules exist; the words are HR's."""

    clause: str
    holds: str
    """What is said when the rule is satisfied."""
    message: str
    """What is said when it is not."""
    mend: str
    """What would make a proper request."""
    ask: str = "equality"
    """Whom to ask, as a key of `contacts` in policy.toml."""
    effect: Effect = "refuse"
    """Counts only for rules that are open to choice; for the others it repeats the code."""


# --- vocabulary.toml ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """Neutral words that the gate's structural rules know; no word here is about a person."""

    function_words: tuple[str, ...]
    weak: tuple[str, ...]
    """Words so common in schools that sharing one of them with a claim says nothing."""
    trawl: tuple[str, ...]
    """Words of looking around a person instead of checking a claim."""
    others: tuple[str, ...]
    """Words for people beside the applicant."""
    private_places: tuple[str, ...]
    """Words for what belongs to a person and not to a piece of work."""
    advertises: tuple[str, ...]
    """How people say in public that they look for work, outright."""
    shows: tuple[str, ...]
    """Verbs by which people show something of themselves."""
    available: tuple[str, ...]
    """What they show then: that they are available, a CV, details for employers."""
    criteria: tuple[str, ...]
    """Words that name a post or what it asks for."""
    applied: tuple[str, ...]
    """Words that show that somebody has applied already."""
    business: Mapping[str, str]
    """Groups of words that a reason may be made of, besides those of its claim."""
    languages: Mapping[str, str]
    """The same in other languages; they count in reasons that are not English."""
    person: Mapping[str, str]
    """Groups of words that may be said of the applicant."""
    beyond: Mapping[str, str]
    """Groups of words that lead away from the claim: other people, other things."""
    risky: Mapping[str, str]
    """Groups of words that tell of somebody's life, means, conduct or character."""


# --- grounds and sources --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a ground comes from."""

    title: str
    clause: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundLimits:
    """What a grant under this ground may use; never more than `policy.toml` allows."""

    max_requests: int
    grant_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One decided request. The tests run it, so what HR reads is what happens."""

    kind: Literal["query", "justification", "claim"]
    claim: str
    text: str
    verdict: Literal["permit", "refer", "refuse"]
    because: str
    ground: str = "claim"
    rule: str = ""
    """For a refusal or referral: a rule that must be among those not satisfied."""
    applicant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One permitted kind of reason."""

    id: str
    title: str
    mode: Literal["claim", "sourcing"]
    version: int
    in_force: date
    until: date | None = None
    clause: str
    why: str
    asked: tuple[str, ...]
    """Answers that a justification under this ground must give."""
    claims: tuple[str, ...]
    """Kinds of claim it serves: account, channel, publication, code, performance, office …"""
    sources: tuple[str, ...]
    """Ids of the sources that may be used."""
    query_words: tuple[str, ...]
    """Neutral source words that a query under this ground may add to the quotation."""
    limits: GroundLimits
    retention_months: int
    references: tuple[Reference, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a source adds to a scope beyond what the quotation names.

    `{handle}` and `{id}` stand for what the quotation (or the applicant) gave.
    """

    hosts: tuple[str, ...] = ()
    path_prefixes: tuple[str, ...] = ()
    query_keys: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=lambda: _EMPTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One kind of place where a claim may be checked, and how it may be looked at."""

    id: str
    title: str
    manner: Manner
    adapter: str = ""
    """Module in `recruitcheck/sources/adapters/`, for `page` and `adapter`."""
    names: tuple[str, ...]
    """What a claim calls it."""
    words: tuple[str, ...] = ()
    """Neutral words that a query may use for it."""
    kinds: tuple[str, ...] = ()
    """Kinds of claim it can settle, for whoever reads the pack; rules go by what a claim names."""
    hosts: tuple[str, ...] = ()
    """The platform's own hosts, by which an address is recognised."""
    why: str
    terms: str
    outside_researchers: bool = False
    """Its owner lets somebody outside the organisation look there for it."""
    advertises: bool = False
    """People advertise themselves there, so candidate finding may use it."""
    scope: Reach = field(default_factory=Reach)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pack:
    """The whole of `justifications/`, as loaded."""

    policy: Policy
    rules: Mapping[str, Wording]
    vocabulary: Vocabulary
    grounds: Mapping[str, Ground]
    sources: Mapping[str, Source]
    refusals: Mapping[str, Mapping[str, Any]]
    """File id (such as `routine` or `protected/religion`) to its parsed table."""
    digest: str
    """SHA-256 over names and bytes of all files; each decision stores it."""
