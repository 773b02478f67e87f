"""Reading a register's bytes from a database for `verify.py`, without the code that wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import msgspec
import psycopg

from recruitcheck.errors import IntegrityError, RegisterError
from recruitcheck.vault.pgsetup import connect, refused, split
from recruitcheck.vault.stored import Stored

_PAGE: Final = 500


class DatabaseSource:
    """The bytes of a register in a database, read for checking."""

    def __init__(self, connection: psycopg.Connection[Any], name: str) -> None:
        self._connection = connection
        row = connection.execute(
            "SELECT log, origin, size FROM head WHERE name = %s", (name,)
        ).fetchone()
        if row is None:
            raise RegisterError(
                f"There is no register `{name}` in this database.",
                "Its name is the part of the address after #.",
            )
        self.log, self.origin, self.total = row

    def leaves(self) -> Iterator[Stored]:
        at = -1
        while True:
            events = self._connection.execute(
                "SELECT seq, body FROM event WHERE log = %s AND seq > %s ORDER BY seq LIMIT %s",
                (self.log, at, _PAGE),
            ).fetchall()
            if not events:
                break
            boxes: dict[int, dict[str, bytes | None]] = {}
            for seq, name, data in self._connection.execute(
                "SELECT seq, compartment, ciphertext FROM box "
                "WHERE log = %s AND seq BETWEEN %s AND %s",
                (self.log, events[0][0], events[-1][0]),
            ):
                boxes.setdefault(seq, {})[name] = bytes(data)
            for seq, body in events:
                at += 1
                if seq != at:
                    raise IntegrityError(f"entry {at} is missing from the database")
                yield Stored(bytes(body), boxes.get(seq, {}))
        if at + 1 != self.total:
            raise IntegrityError(f"the database states {self.total} entries and holds {at + 1}")

    def damage(self) -> list[str]:
        return []  # the database answers for the form of its own rows

    def checkpoints(self) -> list[str]:
        rows = self._connection.execute(
            "SELECT body FROM document WHERE log = %s AND shelf = 'state' "
            "AND name = '_checkpoints' AND body IS NOT NULL ORDER BY id",
            (self.log,),
        ).fetchall()
        return [str(msgspec.json.decode(body)["note"]) for (body,) in rows]

    def large(self, digest: str) -> bytes | None:
        del digest
        return None


@contextmanager
def reading(address: str) -> Iterator[DatabaseSource]:
    """A register's bytes in one unchanging view of the database."""
    conninfo, name = split(address)
    with connect(conninfo) as connection:
        try:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield DatabaseSource(connection, name)
        except psycopg.Error as error:
            raise refused(error) from error
