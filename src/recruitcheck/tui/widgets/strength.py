"""How hard a passphrase is to guess, in words."""

from __future__ import annotations

import math
from typing import Final

LEAST: Final = 12
"""Fewest characters of a passphrase that may protect a register."""
ENOUGH: Final = 2
"""The least mark with which somebody may go on."""
_UNLIKE: Final = 6
"""Fewest different characters; `abababababab` is long and no secret."""
_GOOD_BITS: Final = 50
"""With Argon2id behind it, beyond what somebody with a stolen file tries in years."""
_OF_CHANCE: Final = 0.45
"""A rule of thumb: what letters that a person thinks of have of the bits of random ones."""

_COMMON: Final = frozenset(
    [
        "password",
        "passwort",
        "passphrase",
        "letmein",
        "welcome",
        "qwerty",
        "school",
        "admin",
        "teacher",
        "recruit",
        "secret",
        "monkey",
        "dragon",
        "football",
        "sunshine",
        "princess",
        "changeme",
        "summer",
        "winter",
        "autumn",
        "spring",
    ]
)


def judged(passphrase: str) -> tuple[int, str]:
    """A mark from 0 (unusable) to 3 (good), and what would make it better."""
    if not passphrase:
        return 0, f"at least {LEAST} characters; four unrelated words are best"
    words = [w for w in passphrase.replace("-", " ").split() if w]
    if len(passphrase) < LEAST:
        return 0, f"too short: at least {LEAST} characters, best four unrelated words"
    plain = "".join(c for c in passphrase.casefold() if c.isalpha())
    if any(plain.startswith(common) or plain.endswith(common) for common in _COMMON):
        return 1, "weak: it begins or ends with a word everybody tries"
    if len(set(passphrase)) < _UNLIKE:
        return 1, "weak: the same few characters again and again"
    kinds = sum(
        (
            any(c.islower() for c in passphrase),
            any(c.isupper() for c in passphrase),
            any(c.isdigit() for c in passphrase),
            any(not c.isalnum() for c in passphrase),
        )
    )
    bits = len(passphrase) * math.log2(26 if kinds == 1 else 52) * _OF_CHANCE
    if len({w.casefold() for w in words}) >= 4 or bits >= _GOOD_BITS:
        return 3, "good"
    return 2, "fair: one more unrelated word makes it good"


def bar(mark: int) -> str:
    """The mark as three signs and nothing else, to stand beside the words."""
    return "▮" * mark + "▯" * (3 - mark)
