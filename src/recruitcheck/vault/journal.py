"""Any TinyDB, durable: a storage and a table that write one line per change.

TinyDB's own `JSONStorage` rewrites the whole file for each insert, in place, and leaves nothing
readable when the process dies in the middle. Here a change becomes one line

    crc32-of-the-rest [["table", {"id": document, ...}, ["removed id", ...]], ...]

that is written and settled on disk before anybody can see it, so an insert costs the same at any
size. Use it as TinyDB means storages to be used:

    db = JournalDB(path)
    db.table("people").insert({"name": "..."})
    db.table("people").search(where("name") == "...")     # through an index, once asked for

* A torn last line (power cut, kill) is set aside, never half shown. Damage in front of good lines
  raises `IntegrityError`; it is not repaired silently.
* Several processes may share a file: each write takes the lock, reads what others wrote, then
  writes. TinyDB's query cache is off, because it would answer from before the other's write.
* `atomically()` makes changes to several tables one line.
* After a failed write the file is cut back to what was good; after a failed fsync nobody knows
  what the disk holds, so the handle refuses everything until it is opened again.

Only `Storage`, `Table`, `table_class` and `Table._update_table` / `_read_table` of TinyDB 4.9 are
leaned on; `tests/vault/test_tinydb_contract.py` holds TinyDB to them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar, cast
from zlib import crc32

import msgspec
from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from recruitcheck.errors import IntegrityError, RegisterError
from recruitcheck.vault import files

T = TypeVar("T")
Documents = dict[str, dict[str, Any]]
Change = tuple[str, dict[str, dict[str, Any]], list[str]]
"""Table, documents put, ids removed."""

HEADER: Final = b"recruitcheck journal 1\n"
_ROOM: Final = 1 << 20
_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(list[tuple[str, dict[str, dict[str, Any]], list[str]]]).decode


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

    def refresh(self) -> None:
        """Show what others have written meanwhile."""
        raise NotImplementedError

    def writing(self) -> AbstractContextManager[None]:
        """Hold the lock, with everything others wrote already read."""
        raise NotImplementedError

    def commit(self, changes: list[Change]) -> None:
        """Make changes durable, then visible; only inside `writing()`."""
        raise NotImplementedError

    def retrying(self, act: Callable[[], T]) -> T:
        """Do something that writes, again if the storage asks for that."""
        return act()

    def read(self) -> dict[str, Documents]:
        """All tables, live; TinyDB calls this."""
        self.refresh()
        return self.live.tables

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
                del self.live.tables[table]


class JournalStorage(LiveStorage):
    """A TinyDB storage over one journal file.

    Raises:
        IntegrityError: the file is damaged in front of good lines.
        RegisterError: the system refuses to read or write it.
    """

    def __init__(
        self, path: str | Path, *, lock: files.Lock | None = None, aside: Path | None = None
    ) -> None:
        self._path = Path(path)
        self._own_lock = lock is None
        self._lock = lock or files.Lock(self._path.with_name(self._path.name + ".lock"))
        self._aside = aside or self._path.parent
        self._fd: int | None = None
        self._poisoned = False
        self._pending: list[Change] | None = None
        self._forget()
        try:
            self._open()
            self._catch_up(writer=False)
        except OSError as error:
            raise files.refused(error, f"`{self._path.name}` could not be opened") from error

    # --- what TinyDB and the table ask --------------------------------------------------------

    def refresh(self) -> None:
        self._usable()
        if self._pending is None:
            try:
                self._catch_up(writer=False)
            except OSError as error:
                raise files.refused(error, f"`{self._path.name}` could not be read") from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        self._usable()
        with self._lock.held():
            if self._pending is None:
                self._catch_up(writer=True)
            yield

    def commit(self, changes: list[Change]) -> None:
        changes = [change for change in changes if change[1] or change[2]]
        if not changes:
            return
        if self._pending is not None:
            self._pending += changes
        else:
            self._write(_line(changes))
            self._lines += 1
        self.live.apply(changes)

    @contextmanager
    def atomically(self) -> Iterator[None]:
        """Everything changed inside is one line: after a crash, all of it is there or nothing."""
        with self.writing():
            if self._pending is not None:
                yield
                return
            self._pending = []
            try:
                yield
                if self._pending:
                    self._write(_line(self._pending))
                    self._lines += 1
            except BaseException:
                self._forget()  # what was shown early must go: read the file again
                raise
            finally:
                self._pending = None
            if not self._offset:
                self._catch_up(writer=True)

    @property
    def position(self) -> tuple[int, int]:
        """Differs whenever the documents do."""
        self.refresh()
        return (self._inode, self._offset)

    def compact(self) -> None:
        """Rewrite the file with nothing but the live documents: no old version stays behind."""
        with self.writing(), files.replacing(self._path) as fd:
            files.write_all(fd, HEADER)
            for table, documents in self.live.tables.items():
                for key, document in documents.items():
                    files.write_all(fd, _line([(table, {key: document}, [])]))
        with self.writing():
            pass

    def close(self) -> None:
        """Let go of the file."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
        if self._own_lock:
            self._lock.close()

    # --- the file -----------------------------------------------------------------------------

    def _open(self) -> None:
        flags = os.O_APPEND | os.O_CLOEXEC
        try:
            self._fd = os.open(self._path, os.O_RDWR | flags)
        except FileNotFoundError:
            with self._lock.held():
                if not self._path.exists():
                    files.replace(self._path, HEADER)
            self._fd = os.open(self._path, os.O_RDWR | flags)
        except PermissionError:
            self._fd = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            if error.errno != 30:  # read-only file system
                raise
            self._fd = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        self._inode = os.fstat(self._fd).st_ino

    def _forget(self) -> None:
        self.live = Live()
        self._offset = 0
        self._lines = 0

    def _usable(self) -> None:
        if self._poisoned:
            raise RegisterError(
                "An earlier write failed and nobody knows what the disk kept.",
                "Close recruitcheck and open it again; what was confirmed before is safe.",
            )

    def _catch_up(self, *, writer: bool) -> None:
        stat = self._path.stat()
        if stat.st_ino != self._inode or stat.st_size < self._offset:
            if self._fd is not None:
                os.close(self._fd)
            self._forget()
            self._open()
            stat = os.fstat(cast(int, self._fd))
        if stat.st_size > self._offset:
            self._read_on(stat.st_size, writer=writer)

    def _read_on(self, size: int, *, writer: bool) -> None:
        data = _pread(cast(int, self._fd), self._offset, size)
        at = 0
        if self._offset == 0:
            if not data.startswith(HEADER):
                raise IntegrityError(
                    f"`{self._path.name}` is not a file this version of recruitcheck can read.",
                    "A newer version may have written it, or its beginning is damaged.",
                )
            at = len(HEADER)
        while at < len(data):
            end = data.find(b"\n", at)
            changes = _parsed(data[at:end]) if end >= 0 else None
            if changes is None:
                self._torn(data[at:], last=end < 0 or end == len(data) - 1, writer=writer)
                break
            self.live.apply(changes)
            self._lines += 1
            at = end + 1
        self._offset += at

    def _torn(self, tail: bytes, *, last: bool, writer: bool) -> None:
        if not last and any(_parsed(line) is not None for line in tail.split(b"\n")[1:]):
            raise IntegrityError(
                f"`{self._path.name}` is damaged in the middle.",
                "Keep the folder as it is and restore this file from a backup.",
            )
        if writer and self._fd is not None:
            keep = self._path.name + f".torn-{crc32(tail):08x}"
            self._aside.mkdir(exist_ok=True)
            files.replace(self._aside / keep, tail)
            os.ftruncate(self._fd, os.fstat(self._fd).st_size - len(tail))
            files.settle(self._fd)

    def _write(self, line: bytes) -> None:
        fd = cast(int, self._fd)
        try:
            files.write_all(fd, line)
        except OSError as error:
            try:
                os.ftruncate(fd, self._offset)
            except OSError:
                self._poisoned = True
            raise files.refused(error, "The register could not be written") from error
        try:
            files.settle(fd)
        except OSError as error:
            self._poisoned = True
            raise files.refused(error, "The register could not be written") from error
        self._offset += len(line)
        live = sum(map(len, self.live.tables.values()))
        if self._offset > _ROOM and self._lines > 4 * live + 1000 and self._pending is None:
            self._wasteful = True

    _wasteful = False

    def tidy(self) -> None:
        """Compact when most of the file is old versions; called where a pause does not hurt."""
        if self._wasteful:
            self._wasteful = False
            self.compact()


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


class JournalDB(TinyDB):
    """A TinyDB on a journal file; used like any other."""

    default_storage_class = JournalStorage  # type: ignore[assignment]  # tinydb types it narrowly
    table_class = LiveTable  # type: ignore[assignment]


def _line(changes: list[Change]) -> bytes:
    body = _encode(changes)
    return b"%08x %s\n" % (crc32(body), body)


def _parsed(line: bytes) -> list[Change] | None:
    if len(line) < 10 or line[8:9] != b" ":
        return None
    body = line[9:]
    if line[:8] != b"%08x" % crc32(body):
        return None
    try:
        return _decode(body)
    except msgspec.MsgspecError:
        return None


def _pread(fd: int, start: int, end: int) -> bytes:
    parts = []
    while start < end:
        part = os.pread(fd, min(end - start, 1 << 24), start)
        if not part:
            break
        parts.append(part)
        start += len(part)
    return b"".join(parts)
