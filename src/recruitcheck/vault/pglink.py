"""One connection to the server, mended when it breaks.

Whatever is only asked is asked once more over a new connection. Whatever writes is done again by
`retrying`: where the server wants that (a serialisation failure), and where it was away.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar, cast

import psycopg
from psycopg import errors as pg

from recruitcheck.errors import RegisterError
from recruitcheck.vault.pgsetup import connect, refused

T = TypeVar("T")
TRIES: Final = 8
AGAIN: Final = (pg.SerializationFailure, pg.DeadlockDetected, pg.UniqueViolation)
"""Refusals after which the same transaction may succeed."""


class Lost(RegisterError):
    """The connection broke; worth trying again."""

    def __init__(self) -> None:
        super().__init__(
            "The connection to the database broke.",
            "What was confirmed is safe. Try again when the server is back.",
        )


class Link:
    """A connection that can be had again."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self.connection = connect(conninfo)

    def ask(self, sql: str, values: Sequence[Any], *, again: bool) -> list[tuple[Any, ...]]:
        """All rows of an answer; `again`: over a new connection if this one broke.

        Raises:
            Lost: the connection broke.
            RegisterError: the server refuses.
        """
        try:
            return self.connection.execute(cast(Any, sql), values).fetchall()
        except psycopg.OperationalError as error:
            if not again:
                raise Lost from error
        except psycopg.Error as error:
            raise refused(error) from error
        self.reconnect()
        return self.ask(sql, values, again=False)

    def reconnect(self) -> None:
        """Drop this connection and take a new one. Raises `RegisterError`."""
        self.close()
        self.connection = connect(self._conninfo)

    def retrying(self, act: Callable[[], T]) -> T:
        """Do something that writes; again, where the server asks for it or was away."""
        for attempt in range(TRIES - 1):
            try:
                return act()
            except Lost:
                pause(attempt)
                with suppress(RegisterError):
                    self.reconnect()
            except AGAIN:
                time.sleep(random.random() * 0.01 * 2**attempt)  # noqa: S311  # so that two part
        try:
            return act()
        except AGAIN as error:
            raise refused(error) from error

    def close(self) -> None:
        """Let go."""
        with suppress(psycopg.Error):
            self.connection.close()


def pause(attempt: int) -> None:
    """Wait a little longer each time."""
    time.sleep(min(0.1 * 2**attempt, 3.0))


def confirmed(ended: psycopg.Cursor[Any]) -> None:
    """Only the server's own word counts; a pipe that broke can end without one."""
    if ended.statusmessage != "COMMIT":
        raise psycopg.OperationalError("the end of the transaction was not confirmed")
