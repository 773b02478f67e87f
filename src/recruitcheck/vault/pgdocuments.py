"""The mutable documents of a register in a database, as TinyDB tables.

The same `LiveTable` as over a journal file; only where a change is made durable differs: here it
goes with the store's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar

import msgspec
from tinydb import TinyDB

from recruitcheck.vault.livetable import Change, Live, LiveStorage, LiveTable
from recruitcheck.vault.store import Meta

T = TypeVar("T")


class Transactions(Protocol):
    """What a shelf needs of the store."""

    meta: Meta

    def refresh(self) -> None:
        """Catch up with what other clients wrote."""

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that holds the register."""

    def retrying(self, act: Callable[[], T]) -> T:
        """Do something that writes, again if the server asks for that."""

    def next_documents(self) -> int:
        """Version that documents written in this transaction get."""

    def put_documents(self, rows: list[tuple[Any, ...]]) -> None:
        """Write documents with this transaction."""


class Documents(LiveStorage):
    """One shelf of mutable documents (`keys` or `state`) as a TinyDB storage."""

    def __init__(self, store: Transactions, shelf: str) -> None:
        self._store = store
        self._shelf = shelf
        self.live = Live()

    def refresh(self) -> None:
        self._store.refresh()

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._store.writing():
            yield

    def retrying(self, act: Callable[[], T]) -> T:
        return self._store.retrying(act)

    def commit(self, changes: list[Change]) -> None:
        rows: list[tuple[Any, ...]] = []
        version = self._store.next_documents()
        head = (self._store.meta.log, self._shelf)
        for table, puts, removed in changes:
            for key in removed:
                rows.append((*head, table, int(key), version, None))
            for key, document in puts.items():
                body = msgspec.json.encode(document).decode()
                rows.append((*head, table, int(key), version, body))
        if rows:
            self._store.put_documents(rows)
            self.live.apply(changes)

    def take(self, name: str, key: str, body: str | None) -> None:
        """Show a document that another client wrote."""
        if body is None:
            self.live.apply([(name, {}, [key])])
        else:
            self.live.apply([(name, {key: msgspec.json.decode(body)}, [])])


class DocumentsDB(TinyDB):
    """A TinyDB on one shelf."""

    table_class = LiveTable  # type: ignore[assignment]  # tinydb types it narrowly
