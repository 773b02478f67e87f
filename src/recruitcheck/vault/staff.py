"""People at work: unlocking, what each remembers, and how they are listed.

Who belongs is what the entries say (roll.py); the key store beside them holds what is sealed:
each person's keyring under their passphrase, and each role's key sealed to its holders.
"""

from __future__ import annotations

import secrets as random
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from tinydb import where

from recruitcheck.errors import BadInput, IntegrityError, KeyringError, NotFound, NotPermitted
from recruitcheck.records import Person, Role
from recruitcheck.vault import keyring, locks, quiet_core
from recruitcheck.vault.chest import Chest
from recruitcheck.vault.keyring import Head, Secrets
from recruitcheck.vault.leaves import instant
from recruitcheck.vault.roll import Roll
from recruitcheck.vault.store import Store

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""None that is easily taken for another, on a screen or read aloud."""
CALIBRATE_TO: Final = 0.3
"""Seconds one unlocking should take at least; slower machines stay at the least effort."""


@dataclass(slots=True)
class Session:
    """A person at work: their keys in memory."""

    id: str
    secrets: Secrets
    signer: Ed25519PrivateKey
    ring_key: bytes
    roll: Roll
    chest: Chest


def unlock(store: Store, name: str, passphrase: str) -> Session:
    """Open a person's keyring and the role keys sealed to them.

    Raises:
        KeyringError: nobody of that name, not admitted (any more), or the passphrase is wrong.
    """
    quiet_core()
    row = row_named(store, name)
    if row["state"] in ("invited", "joined"):
        raise KeyringError(
            f"{row['name']} is not admitted yet.", "HR admits people who have joined."
        )
    if row["state"] == "left":
        raise KeyringError(f"{row['name']} has left.", "HR can invite them again.")
    roll = Roll(store)
    roll.update()
    secrets, ring_key = keyring.unlocked(row, passphrase, context_of(store.meta.log, row["id"]))
    member = roll.members.get(row["id"])
    if member is None or member.sign != secrets.sign_public or member.left:
        raise IntegrityError(
            "The ledger does not know this person's key.",
            "Ledger and key store may come from different backups.",
        )
    chest = Chest(store, roll, row["id"], secrets)
    chest.load()
    signer = locks.signer(secrets.sign)
    return Session(row["id"], secrets, signer, ring_key, roll, chest)


def remember(store: Store, session: Session) -> None:
    """Note the present head beside my keyring."""
    head = Head(store.size, store.root())
    people = store.keys("people")
    sealed = keyring.head_locked(head, session.ring_key, context_of(store.meta.log, session.id))
    people.update({"head": sealed}, where("id") == session.id)


def remembered(store: Store, session: Session) -> Head | None:
    """The head I saw last."""
    row = store.keys("people").get(where("id") == session.id)
    if row is None or not row.get("head"):
        return None
    return keyring.head_unlocked(
        row["head"], session.ring_key, context_of(store.meta.log, session.id)
    )


def change_passphrase(store: Store, session: Session, old: str, new: str) -> None:
    """Put the same keys under another passphrase; the old keyring does not stay in the file."""
    context = context_of(store.meta.log, session.id)
    people = store.keys("people")
    row = people.get(where("id") == session.id)
    keyring.unlocked(row, old, context)
    effort = locks.Effort(row["memory"], row["passes"], row["lanes"])
    head = remembered(store, session)
    stored, session.ring_key = keyring.locked(session.secrets, new, context, effort)
    if head is not None:
        stored["head"] = keyring.head_locked(head, session.ring_key, context)
    people.update(stored, where("id") == session.id)
    store.compact()


# --- people as others see them ---


def people(store: Store) -> tuple[Person, ...]:
    """Everybody in the key store, in the order of invitation."""
    return tuple(_person(row) for row in store.keys("people").all())


def person(store: Store, person_id: str) -> Person:
    """One person. Raises `NotFound`."""
    row = store.keys("people").get(where("id") == person_id)
    if row is None:
        raise NotFound(
            "There is no such person in this register.", "See `recruitcheck people list`."
        )
    return _person(row)


def _person(row: Any) -> Person:
    def moment(key: str) -> datetime | None:
        return instant(row[key]) if row.get(key) else None

    trained = row.get("trained_until")
    return Person(
        id=row["id"],
        name=row["name"],
        roles=tuple(Role(role) for role in row["roles"]),
        sign_key=b64encode(bytes.fromhex(row["sign"])).decode() if row.get("sign") else "",
        seal_key=row.get("seal", ""),
        admitted_at=moment("admitted_at"),
        left_at=moment("left_at"),
        waiting=row["state"] == "joined",
        trained_until=date.fromisoformat(trained) if trained else None,
    )


# --- small things ---


def missing_box(seq: int) -> IntegrityError:
    """A box that should be there and is not, though nothing was destroyed."""
    return IntegrityError(
        f"The sealed text of entry {seq} is missing or damaged.",
        "Run `recruitcheck verify`, and restore the register from a backup.",
    )


def only_hr(session: Session) -> None:
    """Raises `NotPermitted` for everybody but hr."""
    if "hr" not in session.roll.members[session.id].roles:
        raise NotPermitted("Only HR looks after people.", "Ask somebody of HR.")


def row_named(store: Store, name: str) -> Any:
    """The person of that name. Raises `KeyringError`."""
    for row in store.keys("people").all():
        if same_name(row["name"], name):
            return row
    raise KeyringError("There is nobody of that name in this register.", "Check the spelling.")


def same_name(one: str, other: str) -> bool:
    """Whether two spellings name the same person."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def plain_name(name: str) -> str:
    """A name fit to be listed. Raises `BadInput`."""
    plain = " ".join(name.split())
    if not plain or len(plain) > 100 or not plain.isprintable():
        raise BadInput(
            "A person needs a name of at most 100 characters.",
            "Type the name as colleagues know it.",
        )
    return plain


def new_id(taken: Sequence[str]) -> str:
    """A new person's id."""
    while True:
        found = "P-" + "".join(random.choice(_LETTERS) for _ in range(4))
        if found not in taken:
            return found


def context_of(log: str, person_id: str) -> str:
    """What a keyring is bound to."""
    return f"{log} {person_id}"
