"""Live documents behind TinyDB: an index for equality, a table that writes change by change.

`LiveStorage` is the seam: `journal.JournalStorage` keeps documents in a file, and
`pgdocuments.Documents` in a database, under one and the same `LiveTable`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager
from typing import Any, Final, TypeVar

import msgspec
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

T = TypeVar("T")
Documents = dict[str, dict[str, Any]]
Change = tuple[str, dict[str, dict[str, Any]], list[str]]
"""Table, documents put, ids removed."""

_encode: Final = msgspec.json.Encoder().encode


class Live:
    """The documents of a journal in memory, with an equality index per field that was asked for."""

    def __init__(self) -> None:
        self.tables: dict[str, Documents] = {}
        self._indexes: dict[tuple[str, str], dict[Any, dict[str, None]]] = {}

    def apply(self, changes: Iterable[Change]) -> None:
        """Make changes visible."""
        for table, puts, removed in changes:
            documents = self.tables.setdefault(table, {})
            for key in (*removed, *puts):
                self._unindex(table, key, documents.get(key))
            for key in removed:
                documents.pop(key, None)
            for key, document in puts.items():
                documents[key] = document
                self._index(table, key, document)

    def drop(self, table: str) -> None:
        """Forget an emptied table."""
        self.tables.pop(table, None)
        for key in [key for key in self._indexes if key[0] == table]:
            del self._indexes[key]

    def matching(self, table: str, field: str, value: Any) -> Iterable[str]:
        """Ids of the documents whose `field` equals `value`."""
        index = self._indexes.get((table, field))
        if index is None:
            index = self._indexes[table, field] = {}
            for key, document in self.tables.get(table, {}).items():
                if isinstance(held := document.get(field), str | int):
                    index.setdefault(held, {})[key] = None
        return tuple(index.get(value, ()))

    def _index(self, table: str, key: str, document: Mapping[str, Any]) -> None:
        for (name, field), index in self._indexes.items():
            if name == table and isinstance(value := document.get(field), str | int):
                index.setdefault(value, {})[key] = None

    def _unindex(self, table: str, key: str, document: Mapping[str, Any] | None) -> None:
        if document is None:
            return
        for (name, field), index in self._indexes.items():
            if name == table and isinstance(value := document.get(field), str | int):
                index.get(value, {}).pop(key, None)


class LiveStorage(Storage):
    """What `LiveTable` needs of a storage: live documents, and a way to make changes durable."""

    live: Live

    @abstractmethod
    def refresh(self) -> None:
        """Show what others have written meanwhile."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """Hold the lock, with everything others wrote already read."""

    @abstractmethod
    def commit(self, changes: list[Change]) -> None:
        """Make changes durable, then visible; only inside `writing()`."""

    def retrying(self, act: Callable[[], T]) -> T:
        """Do something that writes, again if the storage asks for that."""
        return act()

    def read(self) -> dict[str, Documents]:
        """All tables, live; TinyDB calls this, and takes out what it drops."""
        self.refresh()
        return dict(self.live.tables)

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Replace everything; TinyDB calls this to drop tables."""
        with self.writing():
            changes: list[Change] = []
            for table in {*data, *self.live.tables}:
                new = {str(k): dict(v) for k, v in data.get(table, {}).items()}
                old = self.live.tables.get(table, {})
                changes.append((table, new, [key for key in old if key not in new]))
            self.commit(changes)
            for table in set(self.live.tables) - set(data):
                self.live.drop(table)


class LiveTable(Table):
    """A TinyDB table whose changes are written one by one and whose equality queries are quick."""

    def __init__(self, storage: LiveStorage, name: str, **kwargs: Any) -> None:
        kwargs["cache_size"] = 0  # another process may have written since
        super().__init__(storage, name, **kwargs)
        self._live = storage

    def search(self, cond: QueryLike) -> list[Document]:
        found = self._by_index(cond)
        if found is None:
            return super().search(cond)
        return found

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        if cond is not None and doc_id is None and doc_ids is None:
            found = self._by_index(cond)
            if found is not None:
                return found[0] if found else None
        return super().get(cond, doc_id, doc_ids)

    def insert(self, document: Mapping[str, Any]) -> int:
        return self._live.retrying(lambda: self._insert([document])[0])

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        held = list(documents)
        return self._live.retrying(lambda: self._insert(held))

    def _insert(self, documents: list[Mapping[str, Any]]) -> list[int]:
        with self._live.writing():
            if self._next_id is not None and str(self._next_id) in self._read_table():
                self._next_id = None  # another process took it
            return super().insert_multiple(documents)

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        given = None if doc_ids is None else list(doc_ids)
        return self._live.retrying(lambda: self._update(fields, cond, given))

    def _update(self, fields: Any, cond: QueryLike | None, doc_ids: list[int] | None) -> list[int]:
        with self._live.writing():
            if doc_ids is None and cond is not None:
                doc_ids = [document.doc_id for document in self.search(cond)]
            return super().update(fields, None, doc_ids)

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> list[int]:
        given = None if doc_ids is None else list(doc_ids)
        return self._live.retrying(lambda: self._remove(cond, given))

    def _remove(self, cond: QueryLike | None, doc_ids: list[int] | None) -> list[int]:
        with self._live.writing():
            if doc_ids is None and cond is not None:
                doc_ids = [document.doc_id for document in self.search(cond)]
            return super().remove(None, doc_ids)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        storage = self._live
        with storage.writing():
            overlay = Overlay(storage.live.tables.get(self.name, {}))
            updater(overlay)
            storage.commit([(self.name, *overlay.changes())])

    def _by_index(self, cond: QueryLike) -> list[Document] | None:
        """Answer `where(field) == value` from the index; None where that is not the question."""
        asked = getattr(cond, "_hash", None)
        if not (isinstance(asked, tuple) and len(asked) == 3 and asked[0] == "=="):
            return None
        path, value = asked[1], asked[2]
        if len(path) != 1 or not isinstance(path[0], str) or not isinstance(value, str | int):
            return None
        documents = self._read_table()
        keys = self._live.live.matching(self.name, path[0], value)
        return [Document(documents[key], int(key)) for key in sorted(keys, key=int)]


class Overlay(MutableMapping[int, Any]):
    """What TinyDB's updaters see: the live table, changed only here until it is durable."""

    def __init__(self, live: Documents) -> None:
        self._live = live
        self._touched: dict[int, dict[str, Any]] = {}
        self._removed: dict[int, None] = {}

    def __getitem__(self, key: int) -> dict[str, Any]:
        if key not in self._touched:
            if key in self._removed:
                raise KeyError(key)
            self._touched[key] = msgspec.json.decode(_encode(self._live[str(key)]))
        return self._touched[key]

    def __setitem__(self, key: int, document: Mapping[str, Any]) -> None:
        self._removed.pop(key, None)
        self._touched[key] = dict(document)

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self._touched.pop(key, None)
        self._removed[key] = None

    def __contains__(self, key: object) -> bool:
        return key in self._touched or (key not in self._removed and str(key) in self._live)

    def __iter__(self) -> Iterator[int]:
        for key in self._live:
            if int(key) not in self._removed:
                yield int(key)
        for number in self._touched:
            if str(number) not in self._live:
                yield number

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def changes(self) -> tuple[dict[str, dict[str, Any]], list[str]]:
        """Documents that differ from the live ones, and ids that are gone."""
        puts = {}
        for key, document in self._touched.items():
            plain = msgspec.json.decode(_encode(document))
            if self._live.get(str(key)) != plain:
                puts[str(key)] = plain
        return puts, [str(key) for key in self._removed if str(key) in self._live]
