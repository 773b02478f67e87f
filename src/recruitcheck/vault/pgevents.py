"""Reading the entries that a database holds, and keeping what was read of them.

Leaves never change and boxes are only asked for, so a leaf once read is read for good. What an
author's last entry is can change with every other writer: whoever learns that others wrote says so
with `forget_chains`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from recruitcheck.errors import IntegrityError
from recruitcheck.vault.merkle import Tree

_COLUMNS: Final = {
    "id": "id",
    "type": "type",
    "author": "author",
    "subject": "subject",
    "case": "case_id",
}
_PAGE: Final = 500
_Ask = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


class Events:
    """The entries of one log, asked for when they are needed."""

    def __init__(self, log: str, ask: _Ask) -> None:
        self._log = log
        self._ask = ask
        self._tree = Tree()
        self._gone: dict[str, dict[str, int]] = {}
        self._gone_at: int | None = None
        self._chains: dict[str, tuple[int, bytes]] = {}
        self._bodies: dict[int, bytes] = {}

    def tree(self, size: int) -> Tree:
        """The tree, filled up to `size` leaves."""
        known = len(self._tree)
        if known < size:
            sql = "SELECT hash FROM event WHERE log = %s AND seq >= %s AND seq < %s ORDER BY seq"
            for (digest,) in self._ask(sql, (self._log, known, size)):
                self._tree.append(bytes(digest))
        return self._tree

    def leaf(self, seq: int) -> bytes:
        """A leaf's bytes. Raises `IntegrityError` where there is none."""
        if seq not in self._bodies:
            sql = "SELECT body FROM event WHERE log = %s AND seq = %s"
            found = self._ask(sql, (self._log, seq))
            if not found:
                raise IntegrityError(f"Entry {seq} is missing from the database.")
            self._keep(seq, bytes(found[0][0]))
        return self._bodies[seq]

    def _keep(self, seq: int, body: bytes) -> None:
        if len(self._bodies) > 20 * _PAGE:
            self._bodies.clear()
        self._bodies[seq] = body

    def box(self, seq: int, compartment: str) -> bytes | None:
        """A sealed box; None once it is destroyed."""
        sql = "SELECT ciphertext FROM box WHERE log = %s AND seq = %s AND compartment = %s"
        found = self._ask(sql, (self._log, seq, compartment))
        return bytes(found[0][0]) if found else None

    def positions(self, column: str, value: str, after: int, *, before: int = -1) -> Iterator[int]:
        """Leaves behind `after` whose column is `value`; backwards, where `before` is given."""
        reverse = before >= 0
        way, compare, at = ("DESC", "<", before) if reverse else ("ASC", ">", after)
        sql = (
            f"SELECT seq, body FROM event WHERE log = %s AND {_COLUMNS[column]} = %s "  # noqa: S608  # our names
            f"AND seq {compare} %s AND seq > %s ORDER BY seq {way} LIMIT {_PAGE}"
        )
        while True:
            rows = self._ask(sql, (self._log, value, at, after))
            for seq, body in rows:
                self._keep(seq, bytes(body))
                yield seq
            if len(rows) < _PAGE:
                return
            at = rows[-1][0]

    def chain(self, author: str) -> tuple[int, bytes] | None:
        """(aseq, leaf hash) of an author's last leaf."""
        if author not in self._chains:
            sql = "SELECT aseq, hash FROM event WHERE log = %s AND author = %s ORDER BY aseq DESC"
            found = self._ask(sql + " LIMIT 1", (self._log, author))
            if not found:
                return None
            self.link(author, found[0][0], bytes(found[0][1]))
        return self._chains[author]

    def link(self, author: str, aseq: int, digest: bytes) -> None:
        """Note an author's last leaf."""
        self._chains[author] = (aseq, digest)

    def forget_chains(self) -> None:
        """Somebody else wrote: ask again for everybody's last leaf."""
        self._chains.clear()

    def gone(self, marks: int) -> Mapping[str, Mapping[str, int]]:
        """Destroyed cases, read again when `marks` moved."""
        if self._gone_at != marks:
            self._gone = {}
            sql = (
                "SELECT case_id, type, seq FROM event "
                "WHERE log = %s AND type IN ('shred-intent', 'shred-done')"
            )
            for case, kind, seq in self._ask(sql, (self._log,)):
                self._gone.setdefault(case, {})[kind] = seq
            self._gone_at = marks
        return self._gone
