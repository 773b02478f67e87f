"""What can go wrong, as one tree; catch as much of it as you can answer for.

    RecruitcheckError            a message and, where it helps, a hint
        BadInput                 what a person or a program gave cannot be used
            DocumentError        an application document cannot be read as text
        NotFound                 no record of that id, or none that you may see
        NotPermitted             rules/roles.py or a rule of the flow forbids the step
        PolicyError              the policy pack is unusable; carries every problem found
        GrantError               outside the grant: scope, window, count, bytes, spent, revoked
        LookupFailed             the source did not answer in a way that may be used
            Unreachable          the host cannot be found or reached, whatever is asked of it
        KeyringError             wrong passphrase, no such person, no key for this
        Sealed                   the box is not for you
        Destroyed                the content was destroyed; the entry stays
        IntegrityError           the register is not what was written
        RegisterError            the register cannot be opened, written or reached

Messages are written for school office staff and never contain a passphrase, a key, or an
applicant's words. Exit codes of the command line live in `cli/failing.py`, not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from recruitcheck.records import Problem


class RecruitcheckError(Exception):
    """Anything recruitcheck itself reports: a plain sentence, and what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class BadInput(RecruitcheckError):
    """What was given cannot be used; nothing was recorded."""


class DocumentError(BadInput):
    """An application document cannot be read as text: encrypted, scanned, damaged, too large."""


class NotFound(RecruitcheckError):
    """There is no such record, or none that the person may see."""


class NotPermitted(RecruitcheckError):
    """The step is not this person's to take, or the flow does not allow it now."""


class PolicyError(RecruitcheckError):
    """The policy pack cannot be used. `problems` holds every mistake, not only the first."""

    def __init__(self, message: str, hint: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, hint)
        self.problems = problems


class GrantError(RecruitcheckError):
    """Something outside the grant was asked: scope, window, count, bytes; or it is revoked."""


class LookupFailed(RecruitcheckError):
    """The source did not answer, or not in a way that may be used."""


class Unreachable(LookupFailed):
    """The host cannot be found, or reached; asking it for another page would change nothing."""


class KeyringError(RecruitcheckError):
    """A passphrase does not fit, or a person or key does not exist here."""


class Sealed(RecruitcheckError):
    """The content is sealed to others."""


class Destroyed(RecruitcheckError):
    """The content was destroyed on `at`, as the policy demands; only the entry is left."""

    def __init__(self, message: str, hint: str = "", at: datetime | None = None) -> None:
        super().__init__(message, hint)
        self.at = at


class IntegrityError(RecruitcheckError):
    """The register does not hold what was written to it."""

    def __init__(
        self, message: str, hint: str = "Run `recruitcheck verify` and show HR what it says."
    ) -> None:
        super().__init__(message, hint)


class RegisterError(RecruitcheckError):
    """The register cannot be opened, written or reached."""
