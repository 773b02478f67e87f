"""Drafts become entries: sealed, signed, tied to the author's last one, written as one batch.

Everything slow is done before the lock is taken. Inside the lock it is done again only if others
wrote meanwhile something that the entries rely on: a key, a membership, the author's own last
entry, a destruction.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from recruitcheck.records import Draft, Entry
from recruitcheck.vault import boxes
from recruitcheck.vault.clock import Clock
from recruitcheck.vault.leaves import VERSION, Row, checked, entry, signed, stamp
from recruitcheck.vault.ledgerindex import MARKED
from recruitcheck.vault.staff import Session
from recruitcheck.vault.store import Store

Work = Sequence[tuple[dict[str, Any], Draft]]
"""Drafts with their readable part, checked."""


def enter(store: Store, session: Session, clock: Clock, work: Work) -> tuple[Entry, ...]:
    """Write a batch; durable when this returns.

    Raises:
        Destroyed: a draft is about a case that was destroyed.
        RegisterError: the register cannot be written; nothing was entered.
    """
    wanted = len(work)
    with store.calm():
        relied, size = store.version(session.id), store.size
        session.chest.unsure = False
        rows = _prepared(store, session, clock, work)
    plain = not any(draft.type in MARKED for _, draft in work)
    if rows and plain and session.chest.settled:
        start = store.quick(rows, relied)
        if start is not None:
            return _made(rows, start)
    with store.writing():
        stale = store.version(session.id) != relied
        stale |= session.chest.unsure and store.size != size
        if store.torn:
            torn = Draft(type="recovered", facts={"bytes": store.torn})
            work = [(checked(torn), torn), *work]
        if store.torn or stale:
            session.chest.drop_unwritten()
            session.roll.update()
            rows = _prepared(store, session, clock, work)
        if not rows:
            return ()
        session.chest.flush()
        start = store.size
        store.append(rows)
        session.roll.update()
        made = _made(rows, start)
    return made[len(rows) - wanted :]


def _made(rows: Sequence[Row], start: int) -> tuple[Entry, ...]:
    return tuple(entry(start + at, row.said) for at, row in enumerate(rows))


def _prepared(store: Store, session: Session, clock: Clock, work: Work) -> list[Row]:
    rows: list[Row] = []
    link = _last_link(store, session.id)
    at = stamp(clock.now())
    gone = store.gone()
    for body, draft in work:
        if draft.case in gone and draft.type not in ("shred-intent", "shred-done"):
            raise boxes.destroyed(store, draft.case)
        row = _sealed(store.meta.log, session, {**body, **link, "at": at}, draft)
        link = {"aseq": link["aseq"] + 1, "aprev": row.digest.hex()}
        rows.append(row)
    return rows


def _last_link(store: Store, author: str) -> dict[str, Any]:
    """How the author's next entry is tied to the one before."""
    chain = store.chain(author)
    if chain is None:
        return {"aseq": 0, "aprev": ""}
    return {"aseq": chain[0] + 1, "aprev": chain[1].hex()}


def _sealed(log: str, session: Session, body: dict[str, Any], draft: Draft) -> Row:
    event = os.urandom(16).hex()
    named, kept = boxes.sealed(draft, event, log, session)
    full = {**body, "v": VERSION, "log": log, "id": event, "author": session.id, "boxes": named}
    return Row(signed(full, session.signer), kept)
