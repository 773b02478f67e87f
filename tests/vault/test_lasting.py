"""What left the computer stays good: printed sheets open a register however recruitcheck changes.

Inside a register a new format can be written beside the old one; paper cannot be written again.
So the values here are never brought up to date: where one fails, every sheet in a safe is dead.
"""

from __future__ import annotations

from hashlib import sha256

import pytest

from recruitcheck.errors import BadInput
from recruitcheck.vault import keyring, locks, sheets

CODE = bytes(range(16))
PRINTED = "000G-40R4-0M30-E209-185G-R38E-1WRN"
TWO_SHEETS = "208H-44RM-2MB1-E60S-38DH-R78Y-3WJY\n2081-040G-2081-040G-2081-040G-20T8"


def test_a_printed_recovery_sheet_stands_for_the_same_keys_for_ever() -> None:
    """A code once printed reads, whole or in two parts, and makes its keys again."""
    assert keyring.spelt(CODE) == PRINTED
    assert sheets.read(PRINTED) == sheets.read(TWO_SHEETS) == CODE
    keys = keyring.from_code(CODE)
    assert keys.sign_public.hex() == (
        "c883a64976596800e3955c862182cbc336befefef6b04c4f76c04c0f5b87ccf6"
    )
    assert sha256(keys.seal_public).hexdigest() == (
        "820775747111c81300f913c291ebaa3b11c206a69d3fbf17945cedddebc2e773"
    )


def test_a_passphrase_of_as_many_characters_as_are_asked_for_will_do() -> None:
    """The message names a number: that many are enough, one fewer is not."""
    secrets = keyring.fresh()
    keyring.locked(secrets, "x" * 8, "register", locks.LEAST)
    with pytest.raises(BadInput, match="at least 8 characters"):
        keyring.locked(secrets, "x" * 7, "register", locks.LEAST)
