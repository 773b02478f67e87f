"""What is left of a grant, written down before anything is spent.

A crash or a restart never refunds a request: the count lies in the register's own state, and the
guarded client asks `spend` before a request leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinydb import where

from recruitcheck.errors import GrantError
from recruitcheck.records import Grant
from recruitcheck.steps.desk import Desk

_TABLE = "budgets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Requests and bytes that a grant still allows."""

    requests: int
    bytes: int


def open_account(desk: Desk, grant: Grant) -> None:
    """Start counting for a new grant; without an account nothing can be spent."""
    desk.register.table(_TABLE).insert(
        {"grant": grant.id, "case": grant.applicant, "requests": 0, "bytes": 0}
    )


def left(desk: Desk, grant: Grant) -> Left:
    """What the grant still allows.

    Raises:
        GrantError: the grant has no account here.
    """
    row = desk.register.table(_TABLE).get(where("grant") == grant.id)
    if not isinstance(row, dict):
        raise GrantError("This permission was never opened for use.", "Ask for the search again.")
    return Left(
        requests=max(0, grant.max_requests - int(row["requests"])),
        bytes=max(0, grant.max_total_bytes - int(row["bytes"])),
    )


def spender(desk: Desk, grant: Grant) -> Callable[[int, int], None]:
    """The `spend` that `sources.web.fetch` calls: durable, or refused, before a request leaves.

    It takes how many requests and how many bytes, and raises `GrantError` where that is too much.
    """
    table = desk.register.table(_TABLE)

    def take(requests: int, size: int) -> Callable[[Any], None]:
        # checked inside TinyDB's own update, which holds the lock: two windows on one grant
        # cannot both take the last request
        def transform(row: Any) -> None:
            if row["requests"] + requests > grant.max_requests:
                raise GrantError(
                    "This permission has no requests left.",
                    "Finish with what was found, or ask again with a reason.",
                )
            if row["bytes"] + size > grant.max_total_bytes:
                raise GrantError(
                    "This permission has used up the amount of text it may read.",
                    "Finish with what was found, or ask again with a narrower address.",
                )
            row["requests"] += requests
            row["bytes"] += size

        return transform

    def spend(requests: int, size: int) -> None:
        if not table.update(take(requests, size), where("grant") == grant.id):
            raise GrantError(
                "This permission was never opened for use.", "Ask for the search again."
            )

    return spend
