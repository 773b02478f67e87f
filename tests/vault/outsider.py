"""Checks an export with nothing of ours: hashes, json, and one Ed25519 signature.

    python tests/vault/outsider.py DIR

Written from the RFC 6962 definitions (a tree splits at the largest power of two below its size),
top down, where `recruitcheck.vault.merkle` works bottom up.
"""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def node(left: bytes, right: bytes) -> bytes:
    """Hash of an interior node."""
    return sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """Largest power of two below `size`."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def included(index: int, size: int, leaf: bytes, proof: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to."""
    if size == 1:
        assert not proof and index == 0
        return leaf
    left, rest = split(size), proof[:-1]
    if index < left:
        return node(included(index, left, leaf, rest), proof[-1])
    return node(proof[-1], included(index - left, size - left, leaf, rest))


def continued(old: int, new: int, proof: list[bytes], known: bytes | None) -> tuple[bytes, bytes]:
    """Old and new root that a consistency proof leads to; uses the proof up from its end."""
    if old == new:
        same = known if known is not None else proof.pop()
        return same, same
    left = split(new)
    other = proof.pop()
    if old <= left:
        before, after = continued(old, left, proof, known)
        return before, node(after, other)
    before, after = continued(old - left, new - left, proof, None)
    return node(other, before), node(other, after)


def head(folder: Path) -> tuple[int, bytes]:
    """Size and root of the checkpoint, once its signature is found right."""
    name, stated, key = (folder / "log.vkey").read_text().strip().split("+", 2)
    raw = b64decode(key)
    assert raw[0] == 1
    assert sha256(name.encode() + b"\n" + raw).digest()[:4].hex() == stated
    text, _, signatures = (folder / "checkpoint").read_text().rpartition("\n\n")
    dash, signer, value = signatures.split("\n")[0].split(" ")
    signature = b64decode(value)
    assert (dash, signer, signature[:4].hex()) == ("—", name, stated)
    Ed25519PublicKey.from_public_bytes(raw[1:]).verify(signature[4:], (text + "\n").encode())
    origin, size, root = text.split("\n")[:3]
    assert origin == name
    return int(size), b64decode(root)


def tiles(folder: Path, size: int, root: bytes) -> list[bytes]:
    """The entries of the tiles below `folder`, once every tile is found right."""
    entries = []
    for data in tile_row(folder / "tile" / "entries", size):
        while data:
            length = int.from_bytes(data[:2], "big")
            entries.append(data[2 : 2 + length])
            data = data[2 + length :]
    hashes = [sha256(b"\x00" + entry).digest() for entry in entries]
    assert len(hashes) == size and tree(hashes) == root
    level = 0
    while hashes:
        held = b"".join(tile_row(folder / "tile" / str(level), len(hashes)))
        assert held == b"".join(hashes)
        hashes = [tree(hashes[at : at + 256]) for at in range(0, len(hashes) - 255, 256)]
        level += 1
    return entries


def tile_row(folder: Path, count: int) -> list[bytes]:
    """All tiles of one level, in order."""
    names = [f"{n // 1000:03}/{n % 1000:03}" for n in range(-(-count // 256))]
    names = [name[4:] if name.startswith("000/") else f"x{name}" for name in names]
    if count % 256:
        names[-1] += f".p/{count % 256}"
    return [(folder / name).read_bytes() for name in names]


def tree(hashes: list[bytes]) -> bytes:
    """Root over leaf hashes."""
    if len(hashes) == 1:
        return hashes[0]
    left = split(len(hashes))
    return node(tree(hashes[:left]), tree(hashes[left:]))


def check(folder: Path) -> tuple[list[int], list[tuple[int, int]]]:
    """Check everything; the indices proved to be included, and the sizes proved consistent."""
    size, root = head(folder)
    proofs = json.loads((folder / "proofs.json").read_text())
    assert set(proofs) == {"inclusion", "consistency"}
    lines = (folder / "entries.jsonl").read_bytes().split(b"\n")
    assert lines.pop() == b"" and len(lines) == len(proofs["inclusion"])
    for line, item in zip(lines, proofs["inclusion"], strict=True):
        assert b64decode(item["leaf_data_base64"]) == line
        assert (item["tree_size"], b64decode(item["root"])) == (size, root)
        path = [b64decode(part) for part in item["inclusion_proof"]]
        leaf = sha256(b"\x00" + line).digest()
        assert included(item["leaf_index"], size, leaf, path) == root
    for item in proofs["consistency"]:
        assert (item["new_size"], b64decode(item["new_root"])) == (size, root)
        path, old_root = [b64decode(p) for p in item["consistency_proof"]], item["old_root"]
        found = continued(item["old_size"], size, path, b64decode(old_root))
        assert found == (b64decode(old_root), root) and not path
    if (folder / "tile").exists():
        tiles(folder, size, root)
    return (
        [item["leaf_index"] for item in proofs["inclusion"]],
        [(item["old_size"], item["new_size"]) for item in proofs["consistency"]],
    )


if __name__ == "__main__":
    print(*check(Path(sys.argv[1])))
