"""Papers that leave the register sealed to somebody: age files (age-encryption.org/v1).

Whoever holds the private half of one of the public keys (`age1…`, made by `age-keygen`) opens the
file with any age program. What is sealed here never lies on the disk in the clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from recruitcheck.errors import BadInput, RecruitcheckError

BEGINS: Final = b"age-encryption.org/"
"""How every age file begins."""


def recipients(keys: Sequence[str]) -> list[Any]:
    """The holders of public keys, before anything is entered or written.

    Raises:
        BadInput: one of them is no public key of age.
        RecruitcheckError: the library for age files is not installed.
    """
    pyrage = _library()
    found = []
    for key in keys:
        try:
            found.append(pyrage.x25519.Recipient.from_str(key.strip()))
        except pyrage.RecipientError as error:
            raise BadInput(
                "This is no public key of an age program.",
                "It begins with age1; `age-keygen` prints it when a key is made.",
            ) from error
    return found


def sealed(data: bytes, keys: Sequence[str]) -> bytes:
    """An age file that each of the keys' holders can open. Raises as `recipients`."""
    made: bytes = _library().encrypt(data, recipients(keys))
    return made


def _library() -> Any:
    try:
        import pyrage  # type: ignore[import-untyped]  # compiled, and without a word on types
    except ImportError as error:
        raise RecruitcheckError(
            "Age files need a library that is not installed here.",
            "Install it with: pip install 'recruitcheck[age]'",
        ) from error
    return pyrage
