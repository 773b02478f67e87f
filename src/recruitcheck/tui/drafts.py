"""What somebody was writing, sealed to them alone and kept until it is recorded.

Saved on every change, so that a crash, a dropped browser or an idle lock costs nothing. A draft
about an applicant carries the case, and goes with it when the case is destroyed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk


def save(desk: Desk, key: str, answers: dict[str, str], *, case: str = "") -> None:
    """Keep these answers under `key` for the person at this desk."""
    table = _table(desk)
    document = {
        "key": key,
        "by": desk.me.id,
        "at": desk.now.isoformat(),
        "sealed": desk.register.seal_mine(json.dumps(answers).encode()),
    }
    if case:
        document["case"] = case
    table.upsert(document, _mine(desk, key))


def load(desk: Desk, key: str) -> dict[str, str]:
    """The answers kept under `key`; empty when there are none that can be opened."""
    from recruitcheck.errors import RecruitcheckError

    for document in _table(desk).search(_mine(desk, key)):
        try:
            raw = json.loads(desk.register.open_mine(document["sealed"]))
        except (RecruitcheckError, ValueError):
            return {}
        return {str(k): str(v) for k, v in raw.items()}
    return {}


def drop(desk: Desk, key: str) -> None:
    """Forget the answers kept under `key`: they are recorded, or not wanted."""
    _table(desk).remove(_mine(desk, key))


def keys(desk: Desk) -> tuple[str, ...]:
    """Keys of all drafts of the person at this desk."""
    from tinydb import where

    return tuple(document["key"] for document in _table(desk).search(where("by") == desk.me.id))


def _table(desk: Desk) -> Any:
    return desk.register.table("drafts")


def _mine(desk: Desk, key: str) -> Any:
    from tinydb import where

    return (where("by") == desk.me.id) & (where("key") == key)
