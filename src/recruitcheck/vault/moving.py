"""Moving a register between a folder and a database, every byte of every leaf as it was.

Nothing is opened and no key is needed: leaves, sealed boxes and documents are copied, the root is
compared at the end. Heads that people and witnesses remember stay good.
"""

from __future__ import annotations

import shutil

from tinydb.table import Document

from recruitcheck.errors import IntegrityError, RegisterError
from recruitcheck.vault.leaves import Row, parse
from recruitcheck.vault.store import Store, in_database, make_store, open_store

_BATCH = 500
"""Entries that are in memory at once, with their boxes."""


def move(source: str, target: str) -> tuple[int, bytes]:
    """Copy a register to another place; returns size and root there.

    The source stays as it is; take it away when the new place is verified and backed up.

    Raises:
        RegisterError: the target is taken or cannot be written, or the register is strict.
        IntegrityError: what arrived is not what was sent; the target is removed again.
    """
    origin = open_store(source)
    try:
        if origin.meta.strict:
            raise RegisterError(
                "A strict register stays in its folder.", "Its vault key must lie beside it."
            )
        make_store(target, origin.meta)
        try:
            there = open_store(target)
            try:
                _copy(origin, there)
                size, root = there.size, there.root()
            finally:
                there.close()
            if (size, root) != (origin.size, origin.root()):
                raise IntegrityError("What arrived is not what was sent.", "Nothing was changed.")
        except BaseException:
            _discard(target)
            raise
    finally:
        origin.close()
    return size, root


def _discard(target: str) -> None:
    if in_database(target):
        from recruitcheck.vault import pgsetup

        pgsetup.discard(target)
    else:
        shutil.rmtree(target, ignore_errors=True)


def _copy(origin: Store, there: Store) -> None:
    with origin.writing(), there.writing():
        for start in range(0, origin.size, _BATCH):
            rows = []
            for seq in range(start, min(start + _BATCH, origin.size)):
                leaf = origin.leaf(seq)
                boxes = {}
                for name, box in parse(leaf).boxes.items():
                    sealed = origin.box(seq, name, box.sha256)
                    if sealed is not None:
                        boxes[name] = sealed
                rows.append(Row(leaf, boxes))
            there.append(rows)
        for name in origin.keys_tables():
            there.keys(name).insert_multiple(
                Document(dict(row), row.doc_id) for row in origin.keys(name).all()
            )
        for name in origin.state_tables():
            there.state(name).insert_multiple(
                Document(dict(row), row.doc_id) for row in origin.state(name).all()
            )
