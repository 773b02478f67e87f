"""The cryptography of the register in one place, so that it can be read in one sitting.

    passphrase   Argon2id (RFC 9106), parameters stored beside the result
    signatures   Ed25519
    to a person or a role   HPKE (RFC 9180), ML-KEM-768 + X25519, HKDF-SHA-256, AES-256-GCM;
                            `info` binds log, case, role, epoch, so that nothing fits elsewhere
    boxes        AES-256-GCM under a key used once (HKDF-Expand of the data key), nonce zero
    commitments  HMAC-SHA-256 under a random salt that lies sealed beside the text

Only `cryptography` and the standard library; imported on first use, because the list of people
at the unlock screen needs none of it.
"""

from __future__ import annotations

import hmac
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from recruitcheck.errors import IntegrityError, KeyringError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED_BYTES: Final = 96
"""An HPKE private key as stored: 64 bytes for ML-KEM-768, 32 for X25519."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Argon2id parameters: memory in KiB, passes, lanes."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


LEAST: Final = Effort()
"""RFC 9106's second recommended choice; calibration only ever goes up from here."""


def calibrated(seconds: float, measure: Callable[[], float]) -> Effort:
    """The effort whose one derivation takes about `seconds` on this machine, never below `LEAST`.

    `measure()` is a monotonic clock. Memory is raised before passes, up to 256 MiB.
    """
    start = measure()
    derive("calibration", os.urandom(16), LEAST)
    taken = max(measure() - start, 1e-3)
    memory = LEAST.memory
    while taken * 2 <= seconds and memory < 256 * 1024:
        memory, taken = memory * 2, taken * 2
    return Effort(memory, LEAST.passes, LEAST.lanes)


def derive(passphrase: str, salt: bytes, effort: Effort) -> bytes:
    """Turn a passphrase into a 256-bit key. Raises `KeyringError` for impossible parameters."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    if not (
        # above the most that is ever made, and below what would stop the machine: 4 GiB
        8 * 1024 <= effort.memory <= 4 << 20
        and 1 <= effort.passes <= 64
        and 1 <= effort.lanes <= 64
    ):
        raise KeyringError(
            "The key file asks for an impossible amount of work.",
            "Put the key file back from a backup.",
        )
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return Argon2id(
        salt=salt,
        length=32,
        iterations=effort.passes,
        lanes=effort.lanes,
        memory_cost=effort.memory,
    ).derive(secret)


def expand(key: bytes, info: bytes) -> bytes:
    """HKDF-Expand (RFC 5869) to one block: a separate 256-bit key for each `info`."""
    return hmac.digest(key, info + b"\x01", "sha256")


def commitment(salt: bytes, text: bytes) -> str:
    """What an entry says of a sealed text: proves it once opened, tells nothing before."""
    return hmac.digest(salt, text, "sha256").hex()


# --- symmetric ------------------------------------------------------------------------------


@cache
def _aesgcm() -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM


def seal_once(key: bytes, text: bytes, context: bytes) -> bytes:
    """Seal under a key that seals nothing else (hence the fixed nonce)."""
    sealed: bytes = _aesgcm()(key).encrypt(bytes(12), text, context)
    return sealed


def open_once(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Open what `seal_once` sealed. Raises `IntegrityError`."""
    from cryptography.exceptions import InvalidTag

    try:
        text: bytes = _aesgcm()(key).decrypt(bytes(12), sealed, context)
    except InvalidTag as error:
        raise IntegrityError("A sealed box does not hold what was put into it.") from error
    return text


def seal_again(key: bytes, text: bytes, context: bytes) -> bytes:
    """Seal under a key that seals many things: a fresh random nonce stands in front."""
    nonce = os.urandom(12)
    return nonce + bytes(_aesgcm()(key).encrypt(nonce, text, context))


def open_again(key: bytes, sealed: bytes, context: bytes) -> bytes | None:
    """Open what `seal_again` sealed; None when the key does not fit."""
    from cryptography.exceptions import InvalidTag

    try:
        text: bytes = _aesgcm()(key).decrypt(sealed[:12], sealed[12:], context)
    except InvalidTag:
        return None
    return text


# --- signatures -----------------------------------------------------------------------------


def signer(seed: bytes) -> Ed25519PrivateKey:
    """The Ed25519 key of a 32-byte seed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


def sign_public(seed: bytes) -> bytes:
    """The public half of a signing seed."""
    return signer(seed).public_key().public_bytes_raw()


def signed_by(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the holder of `public` signed the message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


# --- to a person or a role ------------------------------------------------------------------


@cache
def _suite() -> Any:
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@cache
def _seal_private(seed: bytes) -> Any:
    from cryptography.hazmat.primitives import hpke
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return hpke.MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(seed[:64]),
        X25519PrivateKey.from_private_bytes(seed[64:]),
    )


@cache
def _seal_public(public: bytes) -> Any:
    from cryptography.hazmat.primitives import hpke
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:-32]),
        X25519PublicKey.from_public_bytes(public[-32:]),
    )


def seal_public(seed: bytes) -> bytes:
    """The public half of an HPKE seed: ML-KEM-768 then X25519."""
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    lattice = MLKEM768PrivateKey.from_seed_bytes(seed[:64]).public_key().public_bytes_raw()
    curve = X25519PrivateKey.from_private_bytes(seed[64:]).public_key().public_bytes_raw()
    return lattice + curve


def seal_to(public: bytes, text: bytes, info: bytes) -> bytes:
    """Seal to the holder of `public`, for this purpose only."""
    sealed: bytes = _suite().encrypt(text, _seal_public(public), info)
    return sealed


def open_mine(seed: bytes, sealed: bytes, info: bytes) -> bytes:
    """Open what was sealed to the public half of `seed` for this purpose.

    Raises:
        IntegrityError: it was sealed to somebody else, for something else, or is damaged.
    """
    from cryptography.exceptions import InvalidTag

    try:
        text: bytes = _suite().decrypt(sealed, _seal_private(seed), info)
    except (InvalidTag, ValueError) as error:
        raise IntegrityError("A sealed key does not fit its place.") from error
    return text


def fingerprint(public: bytes) -> str:
    """SHA-256 of a public key, hex: how entries name it."""
    return sha256(public).hexdigest()


# --- boxes ----------------------------------------------------------------------------------

_SALT: Final = 16


def box(data_key: bytes, context: bytes, text: bytes) -> tuple[bytes, str]:
    """Seal a text into a box of its own key; returns the box and its commitment.

    Inside lie a salt, the length, the text, and zeroes up to the next step of size, so that the
    length of a box says little about the text.
    """
    salt = os.urandom(_SALT)
    inner = salt + len(text).to_bytes(8) + text
    padded = inner.ljust(_stepped(len(inner)), b"\x00")
    return seal_once(expand(data_key, context), padded, context), commitment(salt, text)


def unbox(data_key: bytes, context: bytes, sealed: bytes, commit: str) -> tuple[bytes, bytes]:
    """Open a box; returns text and salt. Raises `IntegrityError` if it is not what was entered."""
    inner = open_once(expand(data_key, context), sealed, context)
    size = int.from_bytes(inner[_SALT : _SALT + 8])
    text, salt = inner[_SALT + 8 : _SALT + 8 + size], inner[:_SALT]
    if len(text) != size or not hmac.compare_digest(commitment(salt, text), commit):
        raise IntegrityError("A sealed box does not match what its entry says of it.")
    return text, salt


def _stepped(size: int) -> int:
    """The next step of size: an eighth to a sixteenth of it, and 128 bytes at the least."""
    step = max(128, 1 << max(size.bit_length() - 4, 0))
    return -(-size // step) * step
