"""The recovery code on three sheets, any two of which make it whole, while one says nothing.

For each pair of sheets the code is split once: one of the two bears sixteen random bytes, the other
the code with those bytes added bit by bit. So a sheet bears two lines, one for each of the others,
and each line alone is as good as random. Lines are spelt like codes, so a slip of the pen shows.
"""

from __future__ import annotations

import os
from itertools import combinations

from recruitcheck.vault.keyring import CODE_LETTERS, read_code, spelt

Sheet = dict[int, str]
"""The number of another sheet -> the line to use together with it."""


def split(code: bytes) -> dict[int, Sheet]:
    """Three sheets, by their numbers; different ones each time."""
    sheets: dict[int, Sheet] = {1: {}, 2: {}, 3: {}}
    for one, other in combinations(sheets, 2):
        noise = os.urandom(len(code))
        sheets[one][other] = spelt(noise)
        sheets[other][one] = spelt(_added(code, noise))
    return sheets


def read(text: str) -> bytes:
    """The recovery code, given whole or as one line of each of two sheets.

    Raises:
        KeyringError: it is neither, or has a slip of the pen.
    """
    letters = "".join(c for c in text if c.isalnum())
    if len(letters) != 2 * CODE_LETTERS:
        return read_code(text)
    return _added(read_code(letters[:CODE_LETTERS]), read_code(letters[CODE_LETTERS:]))


def _added(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
