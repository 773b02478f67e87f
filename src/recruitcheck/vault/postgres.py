"""Registers on PostgreSQL: many of them, with many writers, behind the store's interface.

    recruitcheck --register postgresql://recruit@db.trust.example/recruitcheck#northfield ...

The part after `#` names the register in the database (`register` when absent). A write takes two
round trips: lock the head's row and see what changed; insert, move the head, commit. Everything
slow (sealing, signing) was done before the lock. The server never sees a key or a text; leaves,
sealed boxes and wraps are all it holds, and a client checks them as it checks a folder.

A serialisation failure or a lost connection is tried again. Where a connection breaks during the
commit, the entry's own id tells whether it arrived, so nothing is entered twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from threading import RLock
from typing import Any, Final, TypeVar, cast

import msgspec
import psycopg
from psycopg import errors as pg
from tinydb import TinyDB

from recruitcheck.errors import IntegrityError, RegisterError
from recruitcheck.vault.leaves import Glance, Row, glance
from recruitcheck.vault.ledgerfile import MARKED
from recruitcheck.vault.livetable import Change, Live, LiveStorage, LiveTable
from recruitcheck.vault.merkle import Tree
from recruitcheck.vault.pgsetup import connect, refused, split, tables_version
from recruitcheck.vault.schema import STEPS
from recruitcheck.vault.store import FORMAT, Meta, too_new

T = TypeVar("T")
_TRIES: Final = 8
_COLUMNS: Final = {"id": "id", "type": "type", "author": "author", "subject": "subject"}
_COLUMNS["case"] = "case_id"
_PAGE: Final = 500
_MUCH: Final = 2000
"""Rows held back before they are sent inside a transaction."""

_INSERT_EVENT: Final = (
    "INSERT INTO event (log, seq, id, type, author, aseq, subject, case_id, hash, body) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_INSERT_BOX: Final = "INSERT INTO box (log, seq, compartment, ciphertext) VALUES (%s, %s, %s, %s)"
_SAME: Final = "FROM head h WHERE h.log = %s AND h.docs = %s AND h.marks = %s"
_QUICK_EVENT: Final = (
    "INSERT INTO event (log, seq, id, type, author, aseq, subject, case_id, hash, body) "
    f"SELECT h.log, h.size + %s, %s, %s, %s, %s, %s, %s, %s, %s {_SAME}"
)
_QUICK_BOX: Final = (
    f"INSERT INTO box (log, seq, compartment, ciphertext) SELECT h.log, h.size + %s, %s, %s {_SAME}"
)
_QUICK_MOVE: Final = "UPDATE head SET size = size + %s WHERE log = %s AND docs = %s AND marks = %s"
_PUT: Final = (
    "INSERT INTO document (log, shelf, name, id, version, body) VALUES (%s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (log, shelf, name, id) "
    "DO UPDATE SET version = excluded.version, body = excluded.body"
)
_MOVE: Final = "UPDATE head SET size = %s, docs = %s, marks = %s WHERE log = %s"
_HEAD: Final = "SELECT size, docs, marks FROM head WHERE log = %s"


_AGAIN: Final = (pg.SerializationFailure, pg.DeadlockDetected, pg.UniqueViolation)


def _columns(row: Row) -> tuple[Glance, tuple[Any, ...]]:
    seen: Glance = glance(row.leaf)
    digest = sha256(b"\x00" + row.leaf).digest()
    ids = (seen.id, seen.type, seen.author, seen.aseq, seen.subject, seen.case)
    return seen, (*ids, digest, row.leaf)


def _confirmed(ended: psycopg.Cursor[Any]) -> None:
    """Only the server's own word counts; a pipe that broke can end without one."""
    if ended.statusmessage != "COMMIT":
        raise psycopg.OperationalError("the end of the transaction was not confirmed")


class Lost(RegisterError):
    """The connection broke; worth trying again."""

    def __init__(self) -> None:
        super().__init__(
            "The connection to the database broke.",
            "What was confirmed is safe. Try again when the server is back.",
        )


# --- documents ------------------------------------------------------------------------------


class Documents(LiveStorage):
    """One shelf of mutable documents (`keys` or `state`) as a TinyDB storage."""

    def __init__(self, store: PostgresStore, shelf: str) -> None:
        self._store = store
        self._shelf = shelf
        self.live = Live()

    def refresh(self) -> None:
        self._store.see_documents()

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


class _DocumentsDB(TinyDB):
    table_class = LiveTable  # type: ignore[assignment]  # tinydb types it narrowly


# --- the store ------------------------------------------------------------------------------


class PostgresStore:
    """The store of a register in a database."""

    torn = 0

    def __init__(self, address: str) -> None:
        self._conninfo, self._name = split(address)
        self.where = address
        self._guard = RLock()
        self._depth = 0
        self._calm = 0
        self._connection = connect(self._conninfo)
        self._tree = Tree()
        self._gone: dict[str, dict[str, int]] = {}
        self._gone_at = -1
        self._chains: dict[str, tuple[int, bytes]] = {}
        self._bodies: dict[int, bytes] = {}
        self._buffer: list[tuple[str, list[tuple[Any, ...]]]] = []
        self._dirty = False
        self._planned = 0
        self._attempt = ""
        self._size, self._docs, self.marks = 0, 0, -1
        try:
            self.meta = self._read_meta()
        except BaseException:
            self._connection.close()
            raise
        self._shelves = {name: Documents(self, name) for name in ("keys", "state")}
        self._dbs = {
            name: _DocumentsDB(storage=lambda shelf=shelf: shelf)
            for name, shelf in self._shelves.items()
        }
        self.refresh()

    def _read_meta(self) -> Meta:
        try:
            version = tables_version(self._connection)
            if version > len(STEPS):
                raise too_new(version)
            if version < len(STEPS):
                raise RegisterError(
                    "The tables of this database are of an older version.",
                    "Whoever owns them runs `recruitcheck register migrate`.",
                )
            row = self._connection.execute(
                "SELECT format, log, origin, demo, strict FROM head WHERE name = %s", (self._name,)
            ).fetchone()
        except pg.UndefinedTable as error:
            raise RegisterError("There is no register in this database.") from error
        except psycopg.Error as error:
            raise refused(error) from error
        if row is None:
            raise RegisterError(
                f"There is no register `{self._name}` in this database.",
                "Its name is the part of the address after #.",
            )
        if row[0] > FORMAT:
            raise too_new(row[0])
        return Meta(format=row[0], log=row[1], origin=row[2], demo=row[3], strict=row[4])

    # --- seeing what others wrote -------------------------------------------------------------

    @property
    def size(self) -> int:
        return self._size

    @property
    def tree(self) -> Tree:
        known = len(self._tree)
        if known < self._size:
            sql = "SELECT hash FROM event WHERE log = %s AND seq >= %s AND seq < %s ORDER BY seq"
            for (digest,) in self._ask(sql, (self.meta.log, known, self._size)):
                self._tree.append(bytes(digest))
        return self._tree

    def root(self) -> bytes:
        return self.tree.root(self._size)

    def refresh(self) -> None:
        if self._depth == 0 and self._calm == 0:
            (row,) = self._ask(_HEAD, (self.meta.log,))
            self._see(row)

    def see_documents(self) -> None:
        """What TinyDB's reads call: catch up with other clients' documents."""
        self.refresh()

    @contextmanager
    def calm(self) -> Iterator[None]:
        """Inside, reads answer from what is known; used while preparing what a lock will check."""
        self._calm += 1
        try:
            yield
        finally:
            self._calm -= 1

    def _see(self, row: tuple[int, int, int]) -> None:
        self._size = row[0]
        if row[1] != self._docs:
            sql = (
                "SELECT shelf, name, id, body FROM document "
                "WHERE log = %s AND version > %s ORDER BY shelf, name, id"
            )
            for shelf, name, key, body in self._ask(sql, (self.meta.log, self._docs)):
                self._shelves[shelf].take(name, str(key), body)
            self._docs = row[1]
        self.marks = row[2]

    def keys_version(self) -> object:
        return (self._docs, self.marks)

    def version(self, author: str) -> object:
        """Changes whenever something that a prepared entry relies on did."""
        return (self._docs, self.marks, self.chain(author))

    def _ask(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._guard:
            if self._depth and self._buffer:
                self._flush()
            for last in (False, True):
                try:
                    return self._connection.execute(cast(Any, sql), values).fetchall()
                except psycopg.OperationalError as error:
                    if last or self._depth:
                        raise Lost() from error
                    self._reconnect()
                except psycopg.Error as error:
                    raise refused(error) from error
        raise Lost

    def _reconnect(self) -> None:
        with suppress(psycopg.Error):
            self._connection.close()
        self._connection = connect(self._conninfo)

    # --- writing ------------------------------------------------------------------------------

    def retrying(self, act: Callable[[], T]) -> T:
        """Do something that writes; again, where the server asks for it or was away."""
        if self._depth:
            return act()
        for attempt in range(_TRIES):
            try:
                return act()
            except Lost:
                if attempt == _TRIES - 1:
                    raise
                time.sleep(min(0.1 * 2**attempt, 3.0))
                with suppress(RegisterError):
                    self._reconnect()
            except _AGAIN as error:
                if attempt == _TRIES - 1:
                    raise refused(error) from error
        raise RegisterError("The database is too busy.", "Try again in a minute.")

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._guard:
            if self._depth:
                yield
                return
            self._begin()
            self._depth = 1
            try:
                yield
            except BaseException:
                self._depth = 0
                self._roll_back()
                raise
            self._depth = 0
            self._commit()

    def _begin(self) -> None:
        try:
            with self._connection.pipeline():
                self._connection.execute("BEGIN")
                asked = self._connection.execute(_HEAD + " FOR UPDATE", (self.meta.log,))
            row = asked.fetchone()
        except psycopg.OperationalError as error:
            raise Lost from error
        except psycopg.Error as error:
            raise refused(error) from error
        if row is None:
            raise RegisterError("The register is gone from this database.")
        self._buffer = []
        self._dirty = False
        self._attempt = ""
        self._depth = 1  # so that catching up stays inside the transaction
        self._see(row)
        self._depth = 0
        self._planned = self._docs

    def quick(self, rows: Sequence[Row], relied: object) -> int | None:
        """Write a batch in one round trip, if nothing it relies on has changed; its first place.

        The head's row is locked for as long as the server needs, not for as long as the answer
        takes to come back. None: something changed, or a key must be written with it; the other
        way is `writing()`.
        """
        with self._guard:
            if self._depth or relied != (self._docs, self.marks, self.chain_known(rows)):
                return None
            same = (self.meta.log, self._docs, self.marks)
            self._attempt = glance(rows[-1].leaf).id  # before anything can fail
            try:
                with self._connection.pipeline():
                    self._connection.execute("BEGIN")
                    asked = self._connection.execute(
                        f"SELECT h.size {_SAME} FOR UPDATE",
                        same,
                    )
                    for offset, row in enumerate(rows):
                        _, plain = _columns(row)
                        self._connection.execute(_QUICK_EVENT, (offset, *plain, *same))
                        for name, box in row.boxes.items():
                            self._connection.execute(_QUICK_BOX, (offset, name, box, *same))
                    self._connection.execute(_QUICK_MOVE, (len(rows), *same))
                    ended = self._connection.execute("COMMIT")
                _confirmed(ended)
                found = asked.fetchone()
            except psycopg.Error as error:
                return self._quick_failed(error, rows)
            if found is None:
                return None
            for row in rows:
                seen, plain = _columns(row)
                self._chains[seen.author] = (seen.aseq, plain[-2])
            self._size = int(found[0]) + len(rows)
            return int(found[0])

    def chain_known(self, rows: Sequence[Row]) -> tuple[int, bytes] | None:
        """The last link of the rows' author, as known here."""
        return self.chain(glance(rows[0].leaf).author)

    def _quick_failed(self, error: psycopg.Error, rows: Sequence[Row]) -> int | None:
        attempt = self._attempt
        self._roll_back()
        if isinstance(error, _AGAIN):
            raise error
        if not isinstance(error, psycopg.OperationalError):
            raise refused(error) from error
        if not self._landed(attempt):
            raise Lost from error
        sql = "SELECT seq FROM event WHERE log = %s AND id = %s"
        ((last,),) = self._ask(sql, (self.meta.log, attempt))
        return int(last) + 1 - len(rows)

    def next_documents(self) -> int:
        """Version that the documents written in this transaction get."""
        self._planned = self._docs + 1
        self._dirty = True
        return self._planned

    def put_documents(self, rows: list[tuple[Any, ...]]) -> None:
        """Write documents with this transaction."""
        self._buffer.append((_PUT, rows))

    def append(self, rows: Sequence[Row]) -> None:
        events: list[tuple[Any, ...]] = []
        boxes: list[tuple[Any, ...]] = []
        for seq, row in enumerate(rows, start=self._size):
            seen, plain = _columns(row)
            events.append((self.meta.log, seq, *plain))
            boxes += [(self.meta.log, seq, name, box) for name, box in row.boxes.items()]
            self._chains[seen.author] = (seen.aseq, plain[-2])
            self.marks += seen.type in MARKED
            self._attempt = seen.id
        self._buffer.append((_INSERT_EVENT, events))
        if boxes:
            self._buffer.append((_INSERT_BOX, boxes))
        self._size += len(rows)
        self._dirty = True
        if sum(len(held) for _, held in self._buffer) > _MUCH:
            self._flush()

    def _flush(self) -> None:
        """Send what is to be written."""
        buffer, self._buffer = self._buffer, []
        cursor = self._connection.cursor()
        for sql, rows in buffer:
            if len(rows) == 1:
                cursor.execute(cast(Any, sql), rows[0])
            else:
                cursor.executemany(cast(Any, sql), rows)
        if self._dirty:
            head = (self._size, self._planned, self.marks, self.meta.log)
            cursor.execute(_MOVE, head)
            self._dirty = False

    def _commit(self) -> None:
        try:
            with self._connection.pipeline():
                self._flush()
                ended = self._connection.execute("COMMIT")
            _confirmed(ended)
            self._docs = self._planned
        except psycopg.OperationalError as error:
            attempt = self._attempt
            self._roll_back()
            if isinstance(error, pg.SerializationFailure | pg.DeadlockDetected):
                raise
            if not (attempt and self._landed(attempt)):
                raise Lost from error
        except (pg.SerializationFailure, pg.UniqueViolation):
            self._roll_back()
            raise
        except psycopg.Error as error:
            self._roll_back()
            raise refused(error) from error

    def _landed(self, event: str) -> bool:
        """Whether an entry arrived though the connection broke before the answer did."""
        for attempt in range(_TRIES):
            with suppress(RegisterError):
                self._reconnect()
                sql = "SELECT 1 FROM event WHERE log = %s AND id = %s"
                found = bool(self._ask(sql, (self.meta.log, event)))
                self.refresh()
                return found
            time.sleep(min(0.1 * 2**attempt, 3.0))
        raise RegisterError(
            "The connection broke while the entry was written, and did not come back.",
            "Look at the list of entries before you repeat what you did.",
        )

    def _roll_back(self) -> None:
        """Forget what was only here, and read everything mutable again."""
        with suppress(psycopg.Error):
            self._connection.execute("ROLLBACK")
        self._buffer = []
        self._dirty = False
        self._docs, self._size, self.marks, self._gone_at = 0, 0, -1, -2
        self._chains.clear()
        self._tree = Tree()
        for shelf in self._shelves.values():
            shelf.live = Live()
        with suppress(RegisterError):
            self.refresh()

    # --- reading ------------------------------------------------------------------------------

    def leaf(self, seq: int) -> bytes:
        if seq not in self._bodies:
            sql = "SELECT body FROM event WHERE log = %s AND seq = %s"
            found = self._ask(sql, (self.meta.log, seq))
            if not found:
                raise IntegrityError(f"Entry {seq} is missing from the database.")
            self._keep(seq, bytes(found[0][0]))
        return self._bodies[seq]

    def _keep(self, seq: int, body: bytes) -> None:
        if len(self._bodies) > 20 * _PAGE:
            self._bodies.clear()
        self._bodies[seq] = body

    def box(self, seq: int, compartment: str, digest: str) -> bytes | None:
        del digest
        sql = "SELECT ciphertext FROM box WHERE log = %s AND seq = %s AND compartment = %s"
        found = self._ask(sql, (self.meta.log, seq, compartment))
        return bytes(found[0][0]) if found else None

    def positions(
        self, column: str, value: str, after: int = -1, *, reverse: bool = False
    ) -> Iterator[int]:
        way, compare, at = ("DESC", "<", self._size) if reverse else ("ASC", ">", after)
        sql = (
            f"SELECT seq, body FROM event WHERE log = %s AND {_COLUMNS[column]} = %s "  # noqa: S608
            f"AND seq {compare} %s AND seq > %s ORDER BY seq {way} LIMIT {_PAGE}"
        )
        while True:
            rows = self._ask(sql, (self.meta.log, value, at, after))
            for seq, body in rows:
                self._keep(seq, bytes(body))
                yield seq
            if len(rows) < _PAGE:
                return
            at = rows[-1][0]

    def chain(self, author: str) -> tuple[int, bytes] | None:
        if author not in self._chains:
            sql = "SELECT aseq, hash FROM event WHERE log = %s AND author = %s ORDER BY aseq DESC"
            found = self._ask(sql + " LIMIT 1", (self.meta.log, author))
            if not found:
                return None
            self._chains[author] = (found[0][0], bytes(found[0][1]))
        return self._chains[author]

    def gone(self) -> Mapping[str, Mapping[str, int]]:
        if self._gone_at != self.marks:
            self._gone = {}
            sql = (
                "SELECT case_id, type, seq FROM event "
                "WHERE log = %s AND type IN ('shred-intent', 'shred-done')"
            )
            for case, kind, seq in self._ask(sql, (self.meta.log,)):
                self._gone.setdefault(case, {})[kind] = seq
            self._gone_at = self.marks
        return self._gone

    def keys(self, name: str) -> LiveTable:
        return cast(LiveTable, self._dbs["keys"].table(name))

    def state(self, name: str) -> LiveTable:
        return cast(LiveTable, self._dbs["state"].table(name))

    def keys_tables(self) -> tuple[str, ...]:
        return tuple(self._dbs["keys"].tables())

    def vault_keys(self) -> tuple[bytes, ...]:
        return ()

    @contextmanager
    def new_vault_key(self) -> Iterator[bytes]:
        raise RegisterError("A register in a database has no strict mode.")
        yield b""

    def state_tables(self) -> tuple[str, ...]:
        return tuple(self._dbs["state"].tables())

    def drop_boxes(self, seqs: Sequence[int]) -> tuple[int, int]:
        sql = "DELETE FROM box WHERE log = %s AND seq = ANY(%s) RETURNING seq"
        return len(self._ask(sql, (self.meta.log, list(seqs)))), 0

    def compact(self) -> None:
        """Nothing: old versions of rows are the server's to clear (see docs/postgresql.md)."""

    def close(self) -> None:
        self._connection.close()
