"""What one person holds: their keys under a passphrase, and codes made for printing.

A keyring is two seeds (Ed25519 for signing, ML-KEM-768 + X25519 for receiving) sealed under
Argon2id of the passphrase. Beside it lies, under the same key, the last head of the ledger that
this person saw. Nobody else can read or reset either.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

import msgspec

from recruitcheck.errors import BadInput, KeyringError
from recruitcheck.vault import locks

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_LEAST: Final = 8
CODE_LETTERS: Final = 28
"""Letters of a printed code, without its hyphens."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """A person's private keys; never printed, never compared."""

    sign: bytes = field(repr=False)
    seal: bytes = field(repr=False)

    @property
    def sign_public(self) -> bytes:
        """Public half of the signing key."""
        return locks.sign_public(self.sign)

    @property
    def seal_public(self) -> bytes:
        """Public half of the receiving key."""
        return locks.seal_public(self.seal)


@dataclass(frozen=True, slots=True)
class Head:
    """A size and the root at that size."""

    size: int
    root: bytes


def fresh() -> Secrets:
    """New private keys."""
    return Secrets(os.urandom(32), os.urandom(locks.SEED_BYTES))


def locked(
    secrets: Secrets, passphrase: str, context: str, effort: locks.Effort
) -> tuple[dict[str, Any], bytes]:
    """The keyring as it is stored, and the key it lies under.

    Raises:
        BadInput: the passphrase is too short to protect anything.
    """
    if len(passphrase) < _LEAST:
        raise BadInput(
            f"A passphrase needs at least {_LEAST} characters.", "Four unrelated words are good."
        )
    salt = os.urandom(16)
    key = locks.derive(passphrase, salt, effort)
    stored = {
        "memory": effort.memory,
        "passes": effort.passes,
        "lanes": effort.lanes,
        "salt": salt.hex(),
    }
    text = secrets.sign + secrets.seal
    stored["ring"] = _b64(locks.seal_again(key, text, _bound(context, stored)))
    return stored, key


def unlocked(stored: dict[str, Any], passphrase: str, context: str) -> tuple[Secrets, bytes]:
    """Open a stored keyring; returns the keys and the key they lay under.

    Raises:
        KeyringError: the passphrase does not fit.
    """
    try:
        effort = locks.Effort(stored["memory"], stored["passes"], stored["lanes"])
        key = locks.derive(passphrase, bytes.fromhex(stored["salt"]), effort)
        text = locks.open_again(key, b64decode(stored["ring"]), _bound(context, stored))
    except (KeyError, ValueError, TypeError) as error:
        raise KeyringError("This person's key file is damaged.", "Use a backup of it.") from error
    if text is None or len(text) != 32 + locks.SEED_BYTES:
        raise KeyringError(
            "This passphrase does not fit.",
            "Check capitals and spaces. If it is lost, HR can admit you again, or use the recovery "
            "sheet.",
        )
    return Secrets(text[:32], text[32:]), key


def head_locked(head: Head, key: bytes, context: str) -> str:
    """The last head seen, as it is stored beside the keyring."""
    text = msgspec.json.encode({"size": head.size, "root": head.root.hex()})
    return _b64(locks.seal_again(key, text, b"head\n" + context.encode()))


def head_unlocked(stored: str, key: bytes, context: str) -> Head:
    """The last head seen. Raises `KeyringError` where somebody changed it."""
    text = locks.open_again(key, b64decode(stored), b"head\n" + context.encode())
    if text is None:
        raise KeyringError(
            "What this key file remembers of the ledger was changed.",
            "Do not go on; show it to whoever looks after recruitcheck.",
        )
    found = msgspec.json.decode(text, type=dict[str, str | int])
    return Head(int(found["size"]), bytes.fromhex(str(found["root"])))


def _bound(context: str, stored: dict[str, Any]) -> bytes:
    effort = f"{stored['memory']} {stored['passes']} {stored['lanes']} {stored['salt']}"
    return f"recruitcheck keyring v1\n{context}\n{effort}".encode()


def _b64(data: bytes) -> str:
    return b64encode(data).decode()


# --- codes for paper ------------------------------------------------------------------------


def new_code() -> bytes:
    """128 random bits for a recovery sheet or an invitation."""
    return os.urandom(16)


def spelt(code: bytes) -> str:
    """A code as it is printed: seven groups of four letters, the last two a check."""
    number = int.from_bytes(code) << 2
    letters = "".join(_LETTERS[number >> shift & 31] for shift in range(125, -1, -5))
    check = number % 1021  # a prime: any one wrong letter and any swap of neighbours shows
    letters += _LETTERS[check & 31] + _LETTERS[check >> 5 & 31]
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LETTERS, 4))


def read_code(text: str) -> bytes:
    """The code that was printed; forgives case, spaces and look-alike letters.

    Raises:
        KeyringError: it is not a code, or has a slip of the pen.
    """
    typed = letters(text)
    try:
        number = 0
        for letter in typed[:26]:
            number = number << 5 | _LETTERS.index(letter)
        code = (number >> 2).to_bytes(16)
    except (ValueError, OverflowError) as error:
        raise _no_code() from error
    if len(typed) != CODE_LETTERS or spelt(code).replace("-", "") != typed:
        raise _no_code()
    return code


def letters(text: str) -> str:
    """What was typed of a code, without hyphens and spaces; look-alike letters are the figures."""
    plain = "".join(c for c in text.upper() if c.isalnum())
    return plain.translate(str.maketrans("OIL", "011"))


def from_code(code: bytes) -> Secrets:
    """The keys that a recovery code stands for."""
    key = locks.expand(sha256(b"recruitcheck recovery v1\n" + code).digest(), b"root")
    seal = b"".join(locks.expand(key, b"seal%d" % part) for part in range(3))
    return Secrets(locks.expand(key, b"sign"), seal)


def _no_code() -> KeyringError:
    return KeyringError(
        "This is not a code recruitcheck printed.", "Compare it with the sheet, letter by letter."
    )
