"""The Merkle tree of RFC 6962 over the ledger's leaves: roots and proofs, nothing else.

    leaf hash      SHA-256(0x00 || leaf)
    interior hash  SHA-256(0x01 || left || right)

The tree of n leaves splits at the largest power of two below n. `Tree` keeps every complete node,
level by level, in flat byte arrays (64 bytes a leaf), so that a proof costs a few look-ups at any
size. The functions below it check proofs and need no tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Hash of one leaf."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an interior node."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """All complete nodes of a growing tree; upper levels are filled in when they are needed."""

    __slots__ = ("_filled", "_levels")

    def __init__(self, hashes: Iterable[bytes] = ()) -> None:
        self._levels: list[bytearray] = [bytearray()]
        self._filled = 0
        for item in hashes:
            self.append(item)

    def __len__(self) -> int:
        return len(self._levels[0]) >> 5

    def append(self, hashed_leaf: bytes) -> None:
        """Add one leaf hash at the right."""
        self._levels[0] += hashed_leaf

    def extend(self, hashed_leaves: Iterable[bytes]) -> None:
        """Add many leaf hashes at the right."""
        self._levels[0] += b"".join(hashed_leaves)

    def leaf(self, index: int) -> bytes:
        """The leaf hash at `index`."""
        return bytes(self._levels[0][index << 5 : (index << 5) + 32])

    def nodes(self, height: int, start: int, end: int) -> bytes:
        """The complete nodes of a level from `start` to `end`, one behind the other."""
        self._fill()
        return bytes(self._levels[height][start << 5 : end << 5])

    def truncate(self, size: int) -> None:
        """Forget all leaves from `size` on."""
        self._filled = min(self._filled, size)
        for height, level in enumerate(self._levels):
            del level[(size >> height) << 5 :]

    def root(self, size: int | None = None) -> bytes:
        """Root of the first `size` leaves (all, when absent)."""
        size = len(self) if size is None else size
        if not 0 <= size <= len(self):
            raise ValueError("no such tree size")
        if size == 0:
            return EMPTY_ROOT
        self._fill()
        result = b""
        for height, level in enumerate(self._levels):
            place = size >> height
            if place & 1:  # a complete subtree ends here: the smaller ones are folded into it
                peak = bytes(level[(place - 1) << 5 : place << 5])
                result = sha256(b"\x01" + peak + result).digest() if result else peak
        return result

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Proof that leaf `index` is in the tree of `size` leaves (RFC 6962, 2.1.1)."""
        size = len(self) if size is None else size
        if not 0 <= index < size <= len(self):
            raise ValueError("no such leaf in a tree of this size")
        self._fill()
        proof: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                proof.append(self._range(middle, end))
                end = middle
            else:
                proof.append(self._range(start, middle))
                start = middle
        proof.reverse()
        return proof

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Proof that the tree of `old` leaves is the start of that of `new` (RFC 6962, 2.1.2)."""
        new = len(self) if new is None else new
        if not 0 <= old <= new <= len(self):
            raise ValueError("no such tree sizes")
        if old in (0, new):
            return []
        self._fill()
        proof: list[bytes] = []
        start, end, whole = 0, new, True
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                proof.append(self._range(middle, end))
                end = middle
            else:
                proof.append(self._range(start, middle))
                start, whole = middle, False
        if not whole:
            proof.append(self._range(start, end))
        proof.reverse()
        return proof

    def _node(self, height: int, position: int) -> bytes:
        return bytes(self._levels[height][position << 5 : (position << 5) + 32])

    def _range(self, start: int, end: int) -> bytes:
        """Hash of the leaves from `start` to `end`, where `start` suits the tree's shape."""
        size = end - start
        if size & (size - 1) == 0:
            height = size.bit_length() - 1
            return self._node(height, start >> height)
        middle = start + _split(size)
        return node_hash(self._range(start, middle), self._range(middle, end))

    def _fill(self) -> None:
        """Complete the upper levels; costs as much as leaves were added since the last time."""
        size, done = len(self), self._filled
        levels = self._levels
        height = 1
        while size >> height > done >> height:
            if height == len(levels):
                levels.append(bytearray())
            below, above = levels[height - 1], levels[height]
            for at in range(len(above) << 1, len(below) & ~63, 64):
                above += sha256(b"\x01" + below[at : at + 64]).digest()
            height += 1
        self._filled = size


def check_inclusion(
    index: int, size: int, hashed_leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof ties the leaf at `index` to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, value = index, size - 1, hashed_leaf
    for item in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            value = node_hash(item, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = node_hash(value, item)
        node, last = node >> 1, last >> 1
    return last == 0 and value == root


def check_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows the old tree to be the start of the new (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    steps = list(proof)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = steps[0]
    for item in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            first, second = node_hash(item, first), node_hash(item, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, item)
        node, last = node >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(size: int) -> int:
    """Largest power of two below `size` (which is at least 2)."""
    return 1 << (size - 1).bit_length() - 1
