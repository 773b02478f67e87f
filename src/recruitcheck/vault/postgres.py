"""Registers on PostgreSQL: many of them, with many writers, behind the store's interface.

    recruitcheck --register postgresql://recruit@db.trust.example/recruitcheck#northfield ...

The part after `#` names the register in the database (`register` when absent). A write takes one
round trip where nothing it relies on changed (`pgquick.py`), otherwise two: lock the head's row and
see what changed; insert, move the head, commit. Everything slow (sealing, signing) was done before
the lock. The server never sees a key or a text; leaves, sealed boxes and wraps are all it holds,
and a client checks them as it checks a folder.

A serialisation failure or a lost connection is tried again. Where a connection breaks during the
commit, the entry's own id tells whether it arrived, so nothing is entered twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import RLock
from typing import Any, Final, NoReturn, TypeVar, cast

import psycopg
from psycopg import errors as pg

from recruitcheck.errors import RegisterError
from recruitcheck.vault import pgquick
from recruitcheck.vault.leaves import Row
from recruitcheck.vault.ledgerindex import MARKED
from recruitcheck.vault.livetable import Live, LiveTable
from recruitcheck.vault.merkle import Tree
from recruitcheck.vault.pgdocuments import Documents, DocumentsDB
from recruitcheck.vault.pgevents import Events
from recruitcheck.vault.pglink import AGAIN, TRIES, Link, Lost, confirmed, pause
from recruitcheck.vault.pgsetup import described, refused, split

T = TypeVar("T")
_MUCH: Final = 2000
"""Rows held back before they are sent inside a transaction."""

_INSERT_EVENT: Final = (
    "INSERT INTO event (log, seq, id, type, author, aseq, subject, case_id, hash, body) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_INSERT_BOX: Final = "INSERT INTO box (log, seq, compartment, ciphertext) VALUES (%s, %s, %s, %s)"
_PUT: Final = (
    "INSERT INTO document (log, shelf, name, id, version, body) VALUES (%s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (log, shelf, name, id) "
    "DO UPDATE SET version = excluded.version, body = excluded.body"
)
_MOVE: Final = "UPDATE head SET size = %s, docs = %s, marks = %s WHERE log = %s"
_HEAD: Final = "SELECT size, docs, marks FROM head WHERE log = %s"


def _gone() -> RegisterError:
    return RegisterError(
        "The register is gone from this database.",
        "Ask its owner; a dump brings it back (docs/postgresql.md).",
    )


class PostgresStore:
    """The store of a register in a database."""

    torn = 0

    def __init__(self, address: str) -> None:
        conninfo, name = split(address)
        self.where = address
        self._guard = RLock()
        self._depth = 0
        self._calm = 0
        self._link = Link(conninfo)
        self._buffer: list[tuple[str, list[tuple[Any, ...]]]] = []
        self._dirty = False
        self._planned = 0
        self._attempt = ""
        self._size, self._docs, self.marks = 0, 0, -1
        try:
            self.meta = described(self._link.connection, name)
            self._events = Events(self.meta.log, self._ask)
            self._shelves = {shelf: Documents(self, shelf) for shelf in ("keys", "state")}
            self._dbs = {
                name: DocumentsDB(storage=lambda shelf=shelf: shelf)
                for name, shelf in self._shelves.items()
            }
            self.refresh()
        except BaseException:
            self._link.close()
            raise

    # --- seeing what others wrote -------------------------------------------------------------

    @property
    def size(self) -> int:
        return self._size

    @property
    def tree(self) -> Tree:
        return self._events.tree(self._size)

    def root(self) -> bytes:
        return self.tree.root(self._size)

    def refresh(self) -> None:
        if self._depth == 0 and self._calm == 0:
            found = self._ask(_HEAD, (self.meta.log,))
            if not found:
                raise _gone()
            self._see(found[0])

    def settle(self) -> None:
        """Nothing: a server shows only what it has settled."""

    @contextmanager
    def calm(self) -> Iterator[None]:
        """Inside, reads answer from what is known; used while preparing what a lock will check."""
        if self.marks < 0:
            self.refresh()  # the server was away when what was known was forgotten
        self._calm += 1
        try:
            yield
        finally:
            self._calm -= 1

    def _see(self, row: tuple[int, int, int]) -> None:
        if row[0] != self._size:  # others wrote, perhaps the same person at another machine
            self._events.forget_chains()
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
                self._send()
            return self._link.ask(sql, values, again=not self._depth)

    # --- writing ------------------------------------------------------------------------------

    def retrying(self, act: Callable[[], T]) -> T:
        """Do something that writes; again, where the server asks for it or was away."""
        return act() if self._depth else self._link.retrying(act)

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
            with self._link.connection.pipeline():
                self._link.connection.execute("BEGIN")
                asked = self._link.connection.execute(_HEAD + " FOR UPDATE", (self.meta.log,))
            row = asked.fetchone()
        except psycopg.OperationalError as error:
            raise Lost from error
        except psycopg.Error as error:
            self._roll_back()
            raise refused(error) from error
        if row is None:
            self._roll_back()
            raise _gone()
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
            self._attempt = rows[-1].said.id  # before anything can fail
            same = (self.meta.log, self._docs, self.marks)
            try:
                start = pgquick.send(self._link.connection, rows, same)
            except psycopg.Error as error:
                return self._quick_failed(error, rows)
            if start is None:
                return None
            for row in rows:
                self._events.link(row.said.author, row.said.aseq, row.digest)
            self._size = start + len(rows)
            return start

    def chain_known(self, rows: Sequence[Row]) -> tuple[int, bytes] | None:
        """The last link of the rows' author, as known here."""
        return self.chain(rows[0].said.author)

    def _quick_failed(self, error: psycopg.Error, rows: Sequence[Row]) -> int | None:
        attempt = self._attempt
        self._roll_back()
        if isinstance(error, pg.UniqueViolation):
            return None  # the same person wrote elsewhere; with the lock held it can be seen how
        if isinstance(error, AGAIN):
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
            events.append((self.meta.log, seq, *pgquick.columns(row)))
            boxes += [(self.meta.log, seq, name, box) for name, box in row.boxes.items()]
            self._events.link(row.said.author, row.said.aseq, row.digest)
            self.marks += row.said.type in MARKED
            self._attempt = row.said.id
        self._buffer.append((_INSERT_EVENT, events))
        if boxes:
            self._buffer.append((_INSERT_BOX, boxes))
        self._size += len(rows)
        self._dirty = True
        if sum(len(held) for _, held in self._buffer) > _MUCH:
            self._send()

    def _send(self) -> None:
        """Send what is to be written before the transaction ends; a refusal in plain words."""
        try:
            self._flush()
        except AGAIN:
            raise
        except psycopg.OperationalError as error:
            raise Lost from error
        except psycopg.Error as error:
            raise refused(error) from error

    def _flush(self) -> None:
        """Send what is to be written."""
        buffer, self._buffer = self._buffer, []
        cursor = self._link.connection.cursor()
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
            with self._link.connection.pipeline():
                self._flush()
                ended = self._link.connection.execute("COMMIT")
            confirmed(ended)
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
        for attempt in range(TRIES):
            with suppress(RegisterError):
                self._link.reconnect()
                sql = "SELECT 1 FROM event WHERE log = %s AND id = %s"
                found = bool(self._ask(sql, (self.meta.log, event)))
                self.refresh()
                return found
            pause(attempt)
        raise RegisterError(
            "The connection broke while the entry was written, and did not come back.",
            "Look at the list of entries before you repeat what you did.",
        )

    def _roll_back(self) -> None:
        """Forget what was only here; read everything mutable again now, or when it is needed."""
        with suppress(psycopg.Error):
            self._link.connection.execute("ROLLBACK")
        self._buffer = []
        self._dirty = False
        self._docs, self._size, self.marks = 0, 0, -1
        self._events = Events(self.meta.log, self._ask)
        for shelf in self._shelves.values():
            shelf.live = Live()
        with suppress(RegisterError):
            self.refresh()

    # --- reading ------------------------------------------------------------------------------

    def leaf(self, seq: int) -> bytes:
        return self._events.leaf(seq)

    def box(self, seq: int, compartment: str, digest: str) -> bytes | None:
        del digest
        return self._events.box(seq, compartment)

    def positions(
        self, column: str, value: str, after: int = -1, *, reverse: bool = False
    ) -> Iterator[int]:
        at = self._size if reverse else -1
        return self._events.positions(column, value, after, before=at)

    def chain(self, author: str) -> tuple[int, bytes] | None:
        return self._events.chain(author)

    def gone(self) -> Mapping[str, Mapping[str, int]]:
        return self._events.gone(self.marks)

    def keys(self, name: str) -> LiveTable:
        return cast(LiveTable, self._dbs["keys"].table(name))

    def state(self, name: str) -> LiveTable:
        return cast(LiveTable, self._dbs["state"].table(name))

    def keys_tables(self) -> tuple[str, ...]:
        return tuple(self._dbs["keys"].tables())

    def vault_keys(self) -> tuple[bytes, ...]:
        return ()

    def new_vault_key(self) -> NoReturn:
        raise RegisterError(
            "A register in a database has no strict mode.",
            "Strict mode needs a register in a folder.",
        )

    def state_tables(self) -> tuple[str, ...]:
        return tuple(self._dbs["state"].tables())

    def drop_boxes(self, seqs: Sequence[int]) -> tuple[int, int]:
        sql = "DELETE FROM box WHERE log = %s AND seq = ANY(%s) RETURNING seq"
        return len(self._ask(sql, (self.meta.log, list(seqs)))), 0

    def compact(self) -> None:
        """Nothing: old versions of rows are the server's to clear (see docs/postgresql.md)."""

    def close(self) -> None:
        self._link.close()
