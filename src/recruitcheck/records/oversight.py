"""Reviews, pauses and destruction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An HR audit note, a question to the recruiter, an answer, or an equality review."""

    id: str
    kind: str
    """`note`, `question`, `answer`, `accepted`, `equality` or `pattern`."""
    subjects: tuple[str, ...]
    text: str
    by: str
    at: datetime
    answers: str = ""
    """Id of the question that this answers or accepts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Destruction is paused: legal hold, access request, complaint or claim."""

    id: str
    applicant: str
    cause: str
    """A key of `steps/retention.py`'s causes, such as `legal-hold`."""
    by: str
    since: datetime
    until: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """What was destroyed, with counts; the certificate is printed from it."""

    id: str
    applicant: str
    cause: str
    by: str
    at: datetime
    boxes: int
    """Sealed texts."""
    wraps: int
    """Keys to them, as they were sealed to readers."""
    files: int
    """Sealed texts that lay in files of their own."""
    key_fingerprint: str
    exports: tuple[str, ...] = ()
    """Papers that had left the register, each with its day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a file people edit: which file, which key, what is wrong."""

    path: str
    key: str
    message: str
    warning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What every member of the register needs to know of it. Sealed to staff."""

    organisation: str
    sketch_key: str
    """Key of the similarity sketches, standard base64."""
    deputy: str = ""
    """Id of the equality reviewer to whom overdue referrals go."""
