"""The everyday entry in one round trip: lock, insert at the head's size, move the head, commit.

Everything is on condition that the head still has the versions the entry was prepared under; if
not, nothing is inserted. The head's row is locked for as long as the server needs, not for as long
as an answer takes to come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

import psycopg

from recruitcheck.vault.leaves import Glance, Row, glance
from recruitcheck.vault.pglink import confirmed

_SAME: Final = "FROM head h WHERE h.log = %s AND h.docs = %s AND h.marks = %s"
_EVENT: Final = (
    "INSERT INTO event (log, seq, id, type, author, aseq, subject, case_id, hash, body) "
    f"SELECT h.log, h.size + %s, %s, %s, %s, %s, %s, %s, %s, %s {_SAME}"
)
_BOX: Final = (
    f"INSERT INTO box (log, seq, compartment, ciphertext) SELECT h.log, h.size + %s, %s, %s {_SAME}"
)
_MOVE: Final = "UPDATE head SET size = size + %s WHERE log = %s AND docs = %s AND marks = %s"


def send(
    connection: psycopg.Connection[Any], rows: Sequence[Row], same: tuple[str, int, int]
) -> int | None:
    """Write a batch if the head is the `same` (log, documents, marks); its first place or None."""
    with connection.pipeline():
        connection.execute("BEGIN")
        asked = connection.execute(f"SELECT h.size {_SAME} FOR UPDATE", same)
        for offset, row in enumerate(rows):
            _, plain = columns(row)
            connection.execute(_EVENT, (offset, *plain, *same))
            for name, box in row.boxes.items():
                connection.execute(_BOX, (offset, name, box, *same))
        connection.execute(_MOVE, (len(rows), *same))
        ended = connection.execute("COMMIT")
    confirmed(ended)
    found = asked.fetchone()
    return None if found is None else int(found[0])


def columns(row: Row) -> tuple[Glance, tuple[Any, ...]]:
    """What the table `event` holds of a leaf besides log and place."""
    seen: Glance = glance(row.leaf)
    digest = sha256(b"\x00" + row.leaf).digest()
    ids = (seen.id, seen.type, seen.author, seen.aseq, seen.subject, seen.case)
    return seen, (*ids, digest, row.leaf)
