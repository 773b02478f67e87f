"""What a writer and a reader know of the ledger's leaves without reading them again.

It is in memory and comes from the leaves alone: 64 bytes a leaf for the tree, 8 for its place and 8
for each of five columns.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from recruitcheck.vault.leaves import PEOPLE, Glance, Leaf
from recruitcheck.vault.merkle import Tree

_GONE: Final = ("shred-intent", "shred-done")
MARKED: Final = frozenset({*_GONE, *PEOPLE})
"""Entries that change who may do what, or what is left: few, and everybody must notice them."""


class Column:
    """One searchable property of all leaves: eight bytes each, found with a byte search."""

    __slots__ = ("_cells",)

    def __init__(self) -> None:
        self._cells = bytearray()

    def extend(self, values: Iterable[str]) -> None:
        """Add the next leaves' values."""
        self._cells += array("q", map(hash, values)).tobytes()

    def truncate(self, size: int) -> None:
        """Forget everything from `size` on."""
        del self._cells[size << 3 :]

    def positions(self, value: str, after: int = -1, *, reverse: bool = False) -> Iterator[int]:
        """Leaves that may hold `value` (the caller looks again: two values can share a hash)."""
        wanted, cells = array("q", (hash(value),)).tobytes(), self._cells
        if reverse:
            at = cells.rfind(wanted)
            while at >= 0 and at >> 3 > after:
                if not at & 7:
                    yield at >> 3
                at = cells.rfind(wanted, 0, at + 7)
            return
        at = cells.find(wanted, (after + 1) << 3)
        while at >= 0:
            if not at & 7:
                yield at >> 3
            at = cells.find(wanted, at + 1)


class Index:
    """Everything known of the leaves without reading them again."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.places = array("Q")
        self.columns = {name: Column() for name in ("id", "type", "author", "subject", "case")}
        self.marks = 0
        self.chains: dict[str, tuple[int, int]] = {}
        """Author -> (aseq, seq) of the last leaf."""
        self.gone: dict[str, dict[str, int]] = {}
        """Case -> {"shred-intent": seq, "shred-done": seq}."""

    def add(self, places: Sequence[int], seen: Sequence[Glance | Leaf]) -> None:
        """Take in what the next leaves say; their hashes are the tree's."""
        seq = len(self.places)
        self.places.extend(places)
        columns = self.columns
        columns["id"].extend([one.id for one in seen])
        columns["type"].extend([one.type for one in seen])
        columns["author"].extend([one.author for one in seen])
        columns["subject"].extend([one.subject for one in seen])
        columns["case"].extend([one.case for one in seen])
        chains = self.chains
        for one in seen:
            chains[one.author] = (one.aseq, seq)
            if one.type in MARKED:
                self._mark(one.type, one.case, seq)
            seq += 1

    def _mark(self, kind: str, case: str, seq: int) -> None:
        self.marks += 1
        if kind in _GONE and case:
            self.gone.setdefault(case, {})[kind] = seq
