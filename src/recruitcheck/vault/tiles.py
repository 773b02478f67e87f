"""A whole ledger as C2SP tlog-tiles lays logs out, for programs that read logs of any kind.

    tile/0/000, tile/0/001.p/44    256 leaf hashes each, or as many as there are
    tile/1/000.p/1                 the hashes of whole tiles of the level below, and so on
    tile/entries/000               the 256 entries of a tile, each behind its length in two bytes

Numbers are written in threes, all but the last with an x before them: 1234067 is x001/x234/067.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from recruitcheck.vault import files

if TYPE_CHECKING:
    from recruitcheck.vault.store import Store

_WIDTH = 256
_HEIGHT = 8
"""Levels of the tree that a tile spans."""


def write(store: Store, size: int, folder: Path) -> None:
    """Write the first `size` entries as tiles below `folder/tile`. Raises `RegisterError`."""
    for path, data in _all(store, size):
        target = folder / "tile" / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.not_written(error, target) from error
        files.replace(target, data, outside=True)


def _all(store: Store, size: int) -> Iterator[tuple[str, bytes]]:
    for start, end in _spans(size):
        name = named(start // _WIDTH, end - start)
        yield f"entries/{name}", b"".join(_framed(store, start, end))
    tree, level = store.tree, 0
    while count := size >> _HEIGHT * level:
        for start, end in _spans(count):
            name = named(start // _WIDTH, end - start)
            yield f"{level}/{name}", tree.nodes(_HEIGHT * level, start, end)
        level += 1


def _spans(count: int) -> Iterator[tuple[int, int]]:
    for start in range(0, count, _WIDTH):
        yield start, min(start + _WIDTH, count)


def _framed(store: Store, start: int, end: int) -> Iterator[bytes]:
    for seq in range(start, end):
        leaf = store.leaf(seq)
        yield len(leaf).to_bytes(2) + leaf


def named(number: int, width: int) -> str:
    """The path of a tile that is `width` wide, below its level."""
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return path if width == _WIDTH else f"{path}.p/{width}"
