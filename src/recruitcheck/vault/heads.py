"""Heads of the ledger: signing them, and comparing them with the last one seen.

The log's key signs a checkpoint when a session ends, on export and before a destruction. Each
member remembers the last head they saw, beside their keyring and, on the machine they sit at, in
a file outside the register: who puts an old copy of the register back, or cuts its tail, is
noticed by whoever unlocks next.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tinydb import where

from recruitcheck.errors import (
    IntegrityError,
    KeyringError,
    RecruitcheckError,
    RegisterError,
)
from recruitcheck.vault import files, keyring, note, staff
from recruitcheck.vault.keyring import Head
from recruitcheck.vault.leaves import parse
from recruitcheck.vault.note import Checkpoint, Note, Verifier
from recruitcheck.vault.staff import Session
from recruitcheck.vault.store import Store, in_database

TABLE = "_checkpoints"


@dataclass(frozen=True, slots=True)
class Lost:
    """A head that was seen and is not in this ledger any more."""

    head: Head
    error: IntegrityError


def current(store: Store, session: Session | None) -> Note:
    """A checkpoint of the ledger as it is; without keys the last one that was signed.

    Raises:
        RegisterError: none was ever signed.
    """
    store.refresh()
    last = latest(store)
    seed = session.chest.log_seed() if session else None
    if last is not None and note.checkpoint(last).size == store.size:
        return last
    if seed is None:
        if last is None:
            raise RegisterError("No head of this register was signed yet.", "Unlock it once.")
        return last
    store.settle()
    fresh = Checkpoint(store.meta.origin, store.size, store.root())
    signed = note.sign(fresh.text(), store.meta.origin, seed)
    store.state(TABLE).insert({"size": fresh.size, "note": str(signed)})
    return signed


def all_signed(store: Store) -> list[Note]:
    """Every checkpoint kept, oldest first."""
    rows = sorted(store.state(TABLE).all(), key=lambda row: row["size"])
    return [note.parse(row["note"]) for row in rows]


def latest(store: Store) -> Note | None:
    """The checkpoint of the largest size."""
    rows = store.state(TABLE).all()
    return note.parse(max(rows, key=lambda row: row["size"])["note"]) if rows else None


def keep(store: Store, signed: Note) -> None:
    """Keep a checkpoint with more signatures than before."""
    size = note.checkpoint(signed).size
    row = {"size": size, "note": str(signed)}
    store.state(TABLE).upsert(row, where("size") == size)


def log_verifier(store: Store) -> Verifier:
    """The log's public key under its origin, as the first entry gives it."""
    first = parse(store.leaf(0))
    return Verifier(store.meta.origin, bytes.fromhex(str(first.facts["log-key"])))


def compare(store: Store, session: Session) -> Lost | None:
    """Whether this ledger continues what the person saw last, here or beside their keyring."""
    seen = (staff.remembered(store, session), noted(store, session))
    store.refresh()  # the same person may be at work elsewhere, and have seen more just now
    for head in seen:
        if head is not None and not _continues(store, head):
            return _lost(store, head)
    return None


def remember(store: Store, session: Session) -> None:
    """Note the present head beside the keyring, and on this machine outside the register."""
    store.settle()  # or a power cut would look like somebody cutting the ledger
    staff.remember(store, session)
    path = _memory(store, session)
    if path is None:
        return
    sealed = keyring.head_locked(
        Head(store.size, store.root()), session.ring_key, f"{store.meta.log} {session.id}"
    )
    with suppress(RecruitcheckError, OSError):  # a machine that keeps nothing remembers nothing
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.replace(path, sealed.encode())


def noted(store: Store, session: Session) -> Head | None:
    """The head noted on this machine for the register at this place."""
    path = _memory(store, session)
    if path is None:
        return None
    try:
        sealed = path.read_text(encoding="ascii")
        return keyring.head_unlocked(sealed, session.ring_key, f"{store.meta.log} {session.id}")
    except (OSError, ValueError, KeyringError):
        return None  # another passphrase since, or never here


def _memory(store: Store, session: Session) -> Path | None:
    """Where this machine notes heads: by ledger, place and person. A demo leaves no trace."""
    if store.meta.demo:
        return None
    place = store.where if in_database(store.where) else str(Path(store.where).resolve())
    name = sha256(f"{store.meta.log}\n{place}\n{session.id}".encode()).hexdigest()[:32]
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "recruitcheck" / "heads" / name


def _continues(store: Store, head: Head) -> bool:
    return head.size <= store.size and store.tree.root(head.size) == head.root


def _lost(store: Store, head: Head) -> Lost:
    if head.size > store.size:
        why = f"You have seen {head.size} entries here; now there are {store.size}."
    else:
        why = f"The first {head.size} entries are not the ones you have seen."
    return Lost(
        head,
        IntegrityError(
            why,
            "If a backup was restored on purpose, HR can open it with --accept-loss, which is "
            "entered. Otherwise keep the folder as it is and call whoever audits it.",
        ),
    )
