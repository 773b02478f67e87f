"""What a leaf of the ledger says, and how it is made and read.

A leaf is one canonical JSON object. Anyone may read it; nobody learns a person's affairs from it.

    v        1
    log      id of the ledger
    id       128 random bits, hex
    type     what happened: `decision`, `lookup` ...
    author   id of the person who signed
    aseq     0, 1, 2 ... counts this author's entries; aprev: hash of the one before ("" at 0)
    at       when, UTC
    subject  id of the record made or changed; case: pseudonym of the applicant, or ""
    refs     ids of what it rests on
    facts    short tokens and whole numbers
    boxes    compartment -> {commit, dek, len, sha256} of the sealed box that lies beside it
    sig      Ed25519 over "recruitcheck event v1\\n" + the leaf without `sig`, base64
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import msgspec

from recruitcheck.errors import BadInput, IntegrityError
from recruitcheck.records import Draft, Entry
from recruitcheck.vault import canonical
from recruitcheck.vault.merkle import leaf_hash

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

VERSION: Final = 1
CONTEXT: Final = b"recruitcheck event v1\n"
MOST: Final = 60 * 1024
"""Largest leaf; C2SP tiles allow 64 KB."""

PEOPLE: Final = (
    "register-created",
    "person-admitted",
    "person-recovered",
    "person-left",
    "role-epoch",
)
"""Entries that say whose keys are whose (roll.py)."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,79}")
_FACT: Final = re.compile(r"[A-Za-z0-9+-][A-Za-z0-9._:+,-]{0,79}|")
_COMPARTMENT: Final = re.compile(r"staff|case|hr|equality|mine|lookup:[A-Za-z0-9-]{1,40}")


class Glance(msgspec.Struct, gc=False):
    """The part of a leaf that the index needs; decoding it is quick."""

    id: str
    type: str
    author: str
    aseq: int
    subject: str
    case: str


class Box(msgspec.Struct, gc=False):
    """What a leaf says of one of its boxes."""

    commit: str
    dek: str
    len: int
    sha256: str


class Leaf(msgspec.Struct, forbid_unknown_fields=True):
    """A whole leaf."""

    v: int
    log: str
    id: str
    type: str
    author: str
    aseq: int
    aprev: str
    at: str
    subject: str
    case: str
    refs: list[str]
    facts: dict[str, str | int]
    boxes: dict[str, Box]
    sig: str


glance: Final = msgspec.json.Decoder(Glance).decode
_whole: Final = msgspec.json.Decoder(Leaf).decode


def parse(leaf: bytes) -> Leaf:
    """Read a leaf. Raises `IntegrityError`."""
    try:
        return _whole(leaf)
    except msgspec.MsgspecError as error:
        raise IntegrityError("An entry of the register cannot be read.") from error


@dataclass
class Row:
    """One leaf with its sealed boxes, ready to be stored; read and hashed once for all who ask."""

    leaf: bytes
    boxes: dict[str, bytes]

    @cached_property
    def said(self) -> Leaf:
        """What the leaf says; read when somebody asks, which may be while the disk is at work."""
        return parse(self.leaf)

    @cached_property
    def digest(self) -> bytes:
        """Its hash in the tree."""
        return leaf_hash(self.leaf)


def entry(seq: int, leaf: Leaf) -> Entry:
    """The record that steps and screens see."""
    return Entry(
        seq=seq,
        id=leaf.id,
        type=leaf.type,
        author=leaf.author,
        at=instant(leaf.at),
        subject=leaf.subject,
        case=leaf.case,
        refs=tuple(leaf.refs),
        facts=MappingProxyType(leaf.facts),
        boxes=tuple(leaf.boxes),
    )


def checked(draft: Draft) -> dict[str, Any]:
    """The readable part of a draft, once it is sure that nothing personal can stand in it.

    Raises:
        BadInput: an id, fact or compartment is not of the kinds an entry may show.
    """
    for what, text in (("type", draft.type), ("subject", draft.subject), ("case", draft.case)):
        if not (_TOKEN.fullmatch(text) or (not text and what != "type")):
            raise BadInput(
                f"The {what} of an entry must be a short id.",
                "Copy it from a list or from what was printed.",
            )
    for ref in draft.refs:
        if not _TOKEN.fullmatch(ref):
            raise BadInput(
                "What an entry refers to must be a short id.",
                "Copy it from a list or from what was printed.",
            )
    for compartment in draft.boxes:
        if not _COMPARTMENT.fullmatch(compartment):
            raise BadInput(
                "There is no such compartment to seal a text into.",
                "They are case, hr, equality, staff, mine and lookup:ID.",
            )
    return {
        "type": draft.type,
        "subject": draft.subject,
        "case": draft.case,
        "refs": list(draft.refs),
        "facts": _facts(draft.facts),
    }


def _facts(facts: Mapping[str, str | int]) -> dict[str, str | int]:
    plain: dict[str, str | int] = {}
    for key, value in facts.items():
        if not _TOKEN.fullmatch(key):
            raise BadInput(
                "A fact of an entry must have a short name.",
                "Small letters, figures and signs, and no words of people.",
            )
        if isinstance(value, bool | int) and abs(value) < 2**53:
            plain[key] = int(value)
        elif isinstance(value, str) and _FACT.fullmatch(value):
            plain[key] = str(value)
        else:
            raise BadInput(
                f"The fact `{key}` of an entry must be a short token or a whole number.",
                "Words belong into a sealed box.",
            )
    return plain


def signed(body: dict[str, Any], key: Ed25519PrivateKey) -> bytes:
    """The leaf's bytes: the body with its signature, canonical.

    Raises:
        BadInput: the entry is too large.
    """
    data = canonical.plain(body)
    signature = b64encode(key.sign(CONTEXT + data))
    at = data.rindex(b',"subject":')  # "sig" stands just before it in the order of keys
    leaf = b'%s,"sig":"%s"%s' % (data[:at], signature, data[at:])
    if len(leaf) > MOST:
        raise BadInput(
            "This entry refers to too many things at once.", "Make several entries of it."
        )
    return leaf


def stamp(moment: datetime) -> str:
    """RFC 3339 UTC with microseconds, always the same length."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def instant(text: str) -> datetime:
    """The moment a stamp names. Raises `IntegrityError`."""
    try:
        if len(text) != 27:
            raise ValueError
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise IntegrityError("An entry of the register bears no readable time.") from error
