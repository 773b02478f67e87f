"""The one way in which a ledger entry is written as bytes.

A leaf of the ledger is JSON as RFC 8785 writes it, in a strict profile: keys and strings are
printable ASCII, whole numbers stay below 2**53, there are no fractions. Inside the profile the
canonical form is simply "keys sorted, no spaces", which msgspec and the standard library both
write, so a second implementation can check the first (`verify.py` does). Entries hold no
personal data, so nothing outside ASCII is ever needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from recruitcheck.errors import BadInput, IntegrityError

_SAFE_INT: Final = 2**53
_PLAIN: Final = re.compile(r"[ -~]*")
_encode: Final = msgspec.json.Encoder(order="sorted").encode
_decode: Final = msgspec.json.Decoder().decode


def dumps(value: Mapping[str, Any]) -> bytes:
    """Write a mapping canonically.

    Raises:
        BadInput: something stands in it that the strict profile does not allow.
    """
    _check(value)
    return _encode(value)


def plain(value: Mapping[str, Any]) -> bytes:
    """Write canonically what is known to hold only words and whole numbers; quicker than `dumps`.

    Raises:
        BadInput: a word in it is not plain ASCII.
    """
    data = _encode(value)
    if not data.isascii() or b"\\" in data:
        raise BadInput(
            "An entry may hold plain ASCII only.", "Words of people belong into a sealed box."
        )
    return data


def loads(data: bytes) -> dict[str, Any]:
    """Read what `dumps` wrote; anything that would print differently is refused.

    Raises:
        IntegrityError: not JSON, not an object, or not in canonical form.
    """
    try:
        value = _decode(data)
        if not isinstance(value, dict):
            raise ValueError
        _check(value)
    except (msgspec.MsgspecError, ValueError, RecursionError, BadInput) as error:
        raise IntegrityError("An entry of the register is not written as entries are.") from error
    if _encode(value) != data:
        raise IntegrityError("An entry of the register is not in its canonical form.")
    return value


def _check(value: object) -> None:
    if isinstance(value, str):
        if not _PLAIN.fullmatch(value):
            raise BadInput(
                "An entry may hold plain ASCII only.", "Put words into a sealed box instead."
            )
    elif isinstance(value, bool) or value is None:
        raise BadInput(
            "An entry holds words and whole numbers only.",
            "Words of people belong into a sealed box.",
        )
    elif isinstance(value, int):
        if not -_SAFE_INT < value < _SAFE_INT:
            raise BadInput("A number in an entry is too large.", "Enter a smaller one.")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise BadInput("An entry's keys are words.", "Name each with a word.")
            _check(key)
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    else:
        raise BadInput(
            "An entry holds words and whole numbers only.",
            "Words of people belong into a sealed box.",
        )
