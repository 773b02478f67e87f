"""The capture package: what is kept of a lookup, and how one passage of it is proved. Pure.

A package holds passages as they were shown and nothing else of a page. Each passage is committed
to by HMAC-SHA-256 under a salt of its own; the commitments are the leaves of a Merkle tree (the
hashing of RFC 6962, section 2.1). Whoever holds the root can be shown one passage with its salt
and a few hashes, and learns nothing of the others. Salts lie sealed with the passages: once they
are destroyed the commitments are meaningless numbers, and a short text cannot be found by trying.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from recruitcheck.errors import BadInput
from recruitcheck.records import Evidence, Lookup

FORMAT = "recruitcheck-capture/1"
SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Commitments:
    """HMAC-SHA-256 of each passage under its salt, and the root over them, all in hex."""

    commitments: tuple[str, ...]
    root: str


def commit(texts: Sequence[str], salts: Sequence[bytes]) -> Commitments:
    """Commit to passages, each under a salt of its own.

    Raises:
        BadInput: no passage, a salt missing, too short or used twice.
    """
    if not texts or len(texts) != len(salts):
        raise BadInput("Every passage kept needs a salt of its own.", "Report this as a fault.")
    if len(set(salts)) != len(salts) or any(len(salt) < SALT_BYTES for salt in salts):
        raise BadInput("A salt is too short or used twice.", "Report this as a fault.")
    made = tuple(_commitment(text, salt) for text, salt in zip(texts, salts, strict=True))
    return Commitments(made, _levels(made)[-1][0].hex())


def manifest(evidence: Evidence, lookups: Sequence[Lookup] = ()) -> bytes:
    """The package as JSON: what was looked at, when and how, the passages, and their proofs.

    The same records give the same bytes (keys sorted, UTF-8, no spaces).
    """
    held = {
        "format": FORMAT,
        "evidence": evidence.id,
        "claim": evidence.claim,
        "grant": evidence.grant,
        "kept_at": evidence.at.isoformat(),
        "kept_by": evidence.by,
        "root": evidence.root,
        "lookups": [
            {
                "id": lookup.id,
                "kind": str(lookup.kind),
                "source": lookup.source,
                "address": lookup.address,
                "at": lookup.at.isoformat(),
                "by": lookup.by,
                "outcome": lookup.outcome,
            }
            for lookup in lookups
        ],
        "passages": [
            {
                "text": passage.text,
                "address": passage.address,
                "source": passage.source,
                "published": passage.published.isoformat() if passage.published else None,
                "seen_at": passage.seen_at.isoformat() if passage.seen_at else None,
                "mark": passage.mark,
                "judgement": judgement,
                "commitment": commitment,
                "salt": salt,
            }
            for passage, judgement, commitment, salt in zip(
                evidence.passages,
                evidence.judgements,
                evidence.commitments,
                evidence.salts,
                strict=True,
            )
        ],
    }
    return _json(held)


def prove(evidence: Evidence, index: int) -> bytes:
    """One passage on its own: its text and salt, and the hashes that lead to the root.

    Raises:
        BadInput: there is no passage of that number.
    """
    size = len(evidence.passages)
    if not 0 <= index < size:
        raise BadInput("There is no passage of that number.", f"Numbers run from 0 to {size - 1}.")
    levels = _levels(evidence.commitments)
    path: list[str] = []
    at = index
    for level in levels[:-1]:
        beside = at ^ 1
        if beside < len(level):
            path.append(level[beside].hex())
        at >>= 1
    return _json(
        {
            "format": FORMAT,
            "text": evidence.passages[index].text,
            "salt": evidence.salts[index],
            "index": index,
            "size": size,
            "path": path,
            "root": evidence.root,
        }
    )


def proved(proof: bytes, root: str) -> bool:
    """Whether a proof by `prove` shows its passage to lie under that root.

    The root comes from elsewhere (the ledger, a receipt): one that the proof brings along shows
    nothing. Whatever is malformed proves nothing; no error is raised for it.
    """
    try:
        given: Mapping[str, Any] = json.loads(proof)
        if given["format"] != FORMAT:
            return False
        index, size, path = int(given["index"]), int(given["size"]), list(given["path"])
        salt = bytes.fromhex(given["salt"])
        value = _leaf(_commitment(str(given["text"]), salt))
        if not 0 <= index < size:
            return False
        width = size
        while width > 1:
            if index ^ 1 < width:
                other = bytes.fromhex(path.pop(0))
                value = _node(other, value) if index & 1 else _node(value, other)
            index, width = index >> 1, (width + 1) >> 1
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False
    return not path and hmac.compare_digest(value.hex(), root)


def _commitment(text: str, salt: bytes) -> str:
    return hmac.digest(salt, text.encode("utf-8", "surrogatepass"), "sha256").hex()


def _leaf(commitment: str) -> bytes:
    return sha256(b"\x00" + bytes.fromhex(commitment)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _levels(commitments: Sequence[str]) -> list[list[bytes]]:
    """The tree from its leaves up; a node without a neighbour rises as it is (RFC 6962)."""
    level = [_leaf(commitment) for commitment in commitments]
    levels = [level]
    while len(level) > 1:
        pairs = [_node(a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(level) & ~1 :]
        levels.append(level)
    return levels


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
