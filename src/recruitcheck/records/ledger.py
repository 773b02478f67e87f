"""One signed event, as it is asked for and as it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a step wants entered. `boxes` maps a compartment to the bytes sealed into it."""

    type: str
    subject: str = ""
    """Id of the record this entry makes or changes."""
    case: str = ""
    """Applicant's pseudonym; empty for what concerns no applicant."""
    refs: tuple[str, ...] = ()
    facts: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))
    """Readable by anyone: verdict, counts, stage. Never personal, never a characteristic."""
    boxes: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of the ledger as read back. `boxes` names compartments, not contents."""

    seq: int
    id: str
    type: str
    author: str
    at: datetime
    subject: str
    case: str
    refs: tuple[str, ...]
    facts: Mapping[str, str | int]
    boxes: tuple[str, ...]
