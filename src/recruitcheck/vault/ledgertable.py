"""The ledger read and written through TinyDB: one table, `entries`, whose documents are leaves.

    register.ledger.search(where("type") == "decision")
    register.ledger.search((where("case") == "A-7F3K") & (where("type") == "lookup"))
    register.ledger.insert({"type": "note", "case": "A-7F3K", "boxes": {"case": b"..."}})

The document's id is the entry's place. Documents are decoded when they are looked at, so a million
entries cost no memory here. Equality on id, type, author, subject or case is answered from the
index, alone or joined with `&`; any other query walks. What was entered can be neither updated nor
removed, so TinyDB's ways of doing that are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NoReturn

import msgspec
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from recruitcheck.errors import NotPermitted
from recruitcheck.records import Draft, Entry
from recruitcheck.vault.leaves import Leaf, parse
from recruitcheck.vault.store import Store

NAME: Final = "entries"
_INDEXED: Final = ("id", "subject", "case", "author", "type")
"""Most telling first."""
_decode: Final = msgspec.json.Decoder(dict[str, Any]).decode


class Leaves(Mapping[str, dict[str, Any]]):
    """All leaves as documents, decoded one by one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __len__(self) -> int:
        return self._store.size

    def __iter__(self) -> Iterator[str]:
        return map(str, range(self._store.size))

    def __getitem__(self, key: str) -> dict[str, Any]:
        if not key.isdecimal() or int(key) >= self._store.size:
            raise KeyError(key)
        return _decode(self._store.leaf(int(key)))


class LedgerStorage(Storage):
    """A TinyDB storage over a store's leaves."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._leaves = Leaves(store)

    def read(self) -> dict[str, Any]:
        """The one table, live."""
        self.store.refresh()
        return {NAME: self._leaves}

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> NoReturn:  # noqa: ARG002  # TinyDB's signature
        """Refused: entries are appended, never rewritten."""
        raise _stands()


class LedgerTable(Table):
    """The table of entries."""

    def __init__(self, store: Store, append: Callable[[list[Draft]], tuple[Entry, ...]]) -> None:
        super().__init__(LedgerStorage(store), NAME, cache_size=0)
        self._store = store
        self._append = append

    def select(
        self, wanted: Mapping[str, str], after: int = -1, *, reverse: bool = False
    ) -> Iterator[tuple[int, Leaf]]:
        """Leaves whose fields equal everything wanted, one by one, oldest first."""
        self._store.refresh()
        column = next((name for name in _INDEXED if name in wanted), None)
        if column is not None:
            seqs = self._store.positions(column, wanted[column], after, reverse=reverse)
        else:
            span = range(max(after, -1) + 1, self._store.size)
            seqs = iter(span[::-1] if reverse else span)
        for seq in seqs:
            leaf = parse(self._store.leaf(seq))
            if all(getattr(leaf, name) == value for name, value in wanted.items()):
                yield seq, leaf

    def search(self, cond: QueryLike) -> list[Document]:
        wanted = _equalities(getattr(cond, "_hash", None))
        if not wanted:
            return super().search(cond)
        found = []
        for seq, _ in self.select(wanted):
            document = _decode(self._store.leaf(seq))
            if cond(document):
                found.append(Document(document, seq))
        return found

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        if cond is not None and doc_id is None and doc_ids is None:
            found = self.search(cond)
            return found[0] if found else None
        if doc_id is not None:
            return super().get(doc_id=doc_id)
        return super().get(cond, doc_ids=doc_ids)

    def insert(self, document: Mapping[str, Any]) -> int:
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        return [made.seq for made in self._append([Draft(**held) for held in documents])]

    def _update_table(self, updater: Callable[[Any], None]) -> NoReturn:  # noqa: ARG002  # as above
        raise _stands()


def _equalities(asked: object) -> dict[str, str]:
    """The indexed equalities that a query demands; empty where an index cannot help."""
    if not isinstance(asked, tuple) or not asked:
        return {}
    if asked[0] == "and":
        return {name: value for part in asked[1] for name, value in _equalities(part).items()}
    if len(asked) == 3 and asked[0] == "==" and len(asked[1]) == 1:
        name, value = asked[1][0], asked[2]
        if name in _INDEXED and isinstance(value, str):
            return {name: value}
    return {}


def _stands() -> NotPermitted:
    return NotPermitted(
        "What was entered stands.", "Enter what changed; nothing is rewritten or removed."
    )
