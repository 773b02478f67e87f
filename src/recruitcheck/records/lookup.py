"""The permission to look, one use of it, and what it showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

JUDGEMENTS = ("supports", "contradicts", "neither")
"""What a passage can say of the claim."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The narrow, expiring permission that a decision gives.

    `sources.web.fetch` enforces the fields down to `max_seconds`; their absent values are those
    of `recruitcheck try address`. `max_bytes` is per answer after inflation, `max_total_bytes`
    per grant, `max_seconds` per call.
    """

    id: str
    hosts: tuple[str, ...] = ()
    path_prefixes: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ("https",)
    ports: tuple[int, ...] = ()
    query_keys: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    not_before: datetime | None = None
    not_after: datetime | None = None
    max_requests: int = 10
    max_bytes: int = 2 * 1024 * 1024
    max_total_bytes: int = 10 * 1024 * 1024
    max_seconds: float = 30.0
    # what steps and sources add
    applicant: str = ""
    claim: str = ""
    decision: str = ""
    holder: str = ""
    source: str = ""
    """Id of the source file that says how it may be looked at."""
    addresses: tuple[str, ...] = ()
    """Addresses of the quote or of the applicant that a lookup may start from."""
    handles: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Words of the composed query."""
    since: date | None = None
    until: date | None = None
    """Window that the claim's own dates set for what is observed; None: no limit."""
    yes_no_only: bool = False
    nonce: str = ""
    """For a third-party instruction: what the report must carry back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a source, as text. Never stored."""

    url: str
    status: int
    type: str
    text: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing an adapter took from a page: a post, an entry, a release, or the page itself."""

    url: str
    text: str
    type: str = "text/plain"
    """`text/plain` or `text/html`; the lens reads accordingly."""
    title: str = ""
    author: str = ""
    """Permanent identifier of the author where the source has one; the address stands for it
    where the quote itself names the address."""
    published: datetime | None = None
    """None: date unknown; such an item cannot alone contradict a claim."""
    seen_at: datetime | None = None
    """When a person saw it; None: now, by the program."""


class LookupKind(StrEnum):
    """How a grant was used."""

    FETCH = "fetch"
    OBSERVATION = "observation"
    SUPPLIED = "supplied"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """One use of a grant. Entered, and its budget spent, before anything leaves."""

    id: str
    grant: str
    applicant: str
    kind: LookupKind
    source: str
    address: str
    by: str
    at: datetime
    outcome: str = "started"
    """`started`, `done`, `stopped` or `failed`."""
    message: str = ""
    salt: str = ""
    marks: tuple[str, ...] = ()
    """Of a third party's report: HMAC-SHA-256 of each of its items under `salt`, hex, by which the
    same report is known again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One address that a lookup asked for, and what became of it."""

    address: str
    outcome: str
    """`answered`, `refused` (outside the grant) or `failed`."""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence or two shown because it bears on the claim; masked where it had to be."""

    id: str
    lookup: str
    text: str
    address: str
    source: str
    published: datetime | None = None
    seen_at: datetime | None = None
    mark: str = ""
    """`""`, `observed by a person`, `supplied by the applicant` or `reported by <name>`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one lookup showed its holder: all of it, and nothing of what was withheld."""

    lookup: Lookup
    passages: tuple[Passage, ...]
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """How much one lookup did not show, by neutral reason. Sealed to hr; for the applicant too."""

    lookup: str
    unrelated: int
    personal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The passages kept for one claim, with salted commitments and their Merkle root."""

    id: str
    applicant: str
    claim: str
    grant: str
    passages: tuple[Passage, ...]
    judgements: tuple[str, ...]
    """Per passage, one of `JUDGEMENTS`."""
    commitments: tuple[str, ...]
    """HMAC-SHA-256 of each passage under its salt, hex."""
    salts: tuple[str, ...]
    root: str
    at: datetime
    by: str
