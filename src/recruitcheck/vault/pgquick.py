"""The everyday entry as one statement: move the head, insert at the size it had, commit.

Everything is on condition that the head still has the versions the entry was prepared under; if
not, nothing is inserted. The head's row is locked for as long as the server needs, not for as long
as an answer takes to come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final
from weakref import WeakSet

import psycopg
from psycopg import errors as pg

from recruitcheck.vault.leaves import Row

_ENTER: Final = """
WITH moved AS (
    UPDATE head SET size = size + %(count)s
    WHERE log = %(log)s AND docs = %(docs)s AND marks = %(marks)s
    RETURNING log, size - %(count)s AS start
), entered AS (
    INSERT INTO event (log, seq, id, type, author, aseq, subject, case_id, hash, body)
    SELECT moved.log, moved.start + new.place - 1, new.id, new.type, new.author, new.aseq,
           new.subject, new.case_id, new.hash, new.body
    FROM moved, {entries} AS new(id, type, author, aseq, subject, case_id, hash, body, place)
), boxed AS (
    INSERT INTO box (log, seq, compartment, ciphertext)
    SELECT moved.log, moved.start + new.place, new.compartment, new.ciphertext
    FROM moved, {boxes} AS new(place, compartment, ciphertext)
)
SELECT start FROM moved
"""
_MANY: Final = _ENTER.format(
    entries="""unnest(
        %(id)s::text[], %(type)s::text[], %(author)s::text[], %(aseq)s::bigint[],
        %(subject)s::text[], %(case_id)s::text[], %(hash)b::bytea[], %(body)b::bytea[]
    ) WITH ORDINALITY""",
    boxes="unnest(%(place)s::bigint[], %(compartment)s::text[], %(ciphertext)b::bytea[])",
)
_NEVER_UNASKED: Final = 2**31
_POOLED: Final[WeakSet[psycopg.Connection[Any]]] = WeakSet()
"""Connections whose prepared statements were gone at the next call."""
_COLUMNS: Final = ("id", "type", "author", "aseq", "subject", "case_id", "hash", "body")


def send(
    connection: psycopg.Connection[Any], rows: Sequence[Row], same: tuple[str, int, int]
) -> int | None:
    """Write a batch if the head is the `same` (log, documents, marks); its first place or None."""
    statement, values = _one(rows[0]) if len(rows) == 1 else (_MANY, _many(rows))
    values |= {"count": len(rows), **dict(zip(("log", "docs", "marks"), same, strict=True))}
    found = _asked(connection, statement, values).fetchone()
    return None if found is None else int(found[0])


def _one(row: Row) -> tuple[str, dict[str, Any]]:
    """A single entry, value by value: arrays cost both sides several times as much."""
    values: dict[str, Any] = dict(zip(_COLUMNS, columns(row), strict=True))
    for place, (compartment, ciphertext) in enumerate(row.boxes.items()):
        values[f"compartment{place}"], values[f"ciphertext{place}"] = compartment, ciphertext
    return _with_boxes(len(row.boxes)), values


@cache
def _with_boxes(count: int) -> str:
    """The statement for one entry with so many boxes."""
    held = ", ".join(f"(0, %(compartment{n})s, %(ciphertext{n})b::bytea)" for n in range(count))
    return _ENTER.format(
        entries="""(VALUES (
        %(id)s, %(type)s, %(author)s, %(aseq)s::bigint,
        %(subject)s, %(case_id)s, %(hash)b::bytea, %(body)b::bytea, 1
    ))""",
        boxes=f"(VALUES {held})" if held else "(SELECT 0, '', ''::bytea WHERE false)",
    )


def _many(rows: Sequence[Row]) -> dict[str, Any]:
    """Several entries, column by column."""
    entries = zip(*(columns(row) for row in rows), strict=True)
    held = [(place, *box) for place, row in enumerate(rows) for box in row.boxes.items()]
    values: dict[str, Any] = {
        name: list(column) for name, column in zip(_COLUMNS, entries, strict=True)
    }
    return values | {
        name: [box[at] for box in held]
        for at, name in enumerate(("place", "compartment", "ciphertext"))
    }


def _asked(
    connection: psycopg.Connection[Any], statement: str, values: Mapping[str, object]
) -> psycopg.Cursor[Any]:
    """A statement, planned once a connection; each time behind a pooler that changes them.

    Nothing else is prepared on the server: a failed pipeline would lose track of it.
    """
    if connection in _POOLED:
        return connection.execute(statement, values)
    try:
        connection.prepare_threshold = _NEVER_UNASKED
        return connection.execute(statement, values, prepare=True)
    except (pg.InvalidSqlStatementName, pg.DuplicatePreparedStatement):
        _POOLED.add(connection)
        return connection.execute(statement, values, prepare=False)
    finally:
        connection.prepare_threshold = None


def columns(row: Row) -> tuple[Any, ...]:
    """What the table `event` holds of a leaf besides log and place."""
    leaf = row.said
    ids = (leaf.id, leaf.type, leaf.author, leaf.aseq, leaf.subject, leaf.case)
    return (*ids, row.digest, row.leaf)
