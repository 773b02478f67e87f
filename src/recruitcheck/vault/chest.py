"""Role keys, data keys and their wraps: who can open which box.

A text is sealed under a data key. A data key belongs to one *room* (a compartment of one case)
and is wrapped to each reader of the room: to a role's key of the present epoch, or to a person's.

    staff          every member
    case           whoever opened the case or was given it, and hr
    lookup:<id>    whoever opened the room or was given it, and hr
    hr, equality   holders of that role
    mine           the author alone

Somebody who is no reader of a room can still write into it: they make a data key, wrap it to the
readers, and forget it. A data key is used again by those who can open it, until the readers
change.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tinydb import where

from recruitcheck.errors import IntegrityError, KeyringError, NotFound, Sealed
from recruitcheck.vault import canonical, locks
from recruitcheck.vault.keyring import Secrets
from recruitcheck.vault.leaves import parse, stamp
from recruitcheck.vault.roll import Roll
from recruitcheck.vault.store import Store

ROLES: Final = ("staff", "hr", "equality")
"""Roles with a key of their own; recruiters need none."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A data key in memory, and to whom it is wrapped."""

    id: str
    key: bytes
    readers: frozenset[str]


class Chest:
    """The keys one person can use, over the key store."""

    def __init__(self, store: Store, roll: Roll, me: str, secrets: Secrets) -> None:
        self._store = store
        self._roll = roll
        self._me = me
        self._secrets = secrets
        self._role_keys: dict[tuple[str, int], bytes] = {}
        self._data: dict[str, DataKey] = {}
        self._opened: dict[str, bytes] = {}
        self._first: dict[str, str] = {}
        self._pending: list[dict[str, Any]] = []
        self._memo: dict[tuple[str, str], DataKey] = {}
        self._memo_of: object = None
        self.unsure = False
        """Whether somebody else's newest entry could change who opened a room first."""

    # --- role keys ----------------------------------------------------------------------------

    def load(self) -> None:
        """Open the role keys sealed to me. Raises `IntegrityError` for a key that is not one's."""
        for row in self._store.keys("roles").all():
            sealed = row["sealed"].get(self._me)
            if sealed is None or (row["role"], row["epoch"]) in self._role_keys:
                continue
            seed = locks.open_mine(
                self._secrets.seal, b64decode(sealed), role_info(self._store, row, self._me)
            )
            self._role_keys[row["role"], row["epoch"]] = seed

    def take(self, seeds: dict[tuple[str, int], bytes]) -> None:
        """Use role keys that were opened otherwise (recovery)."""
        self._role_keys |= seeds

    def role_key(self, role: str, epoch: int) -> bytes | None:
        """The private key of a role's epoch, where I hold it."""
        return self._role_keys.get((role, epoch))

    def held(self) -> dict[tuple[str, int], bytes]:
        """All role keys I hold."""
        return dict(self._role_keys)

    def log_seed(self) -> bytes | None:
        """The log's own signing key."""
        return self._role_keys.get(("log", 1))

    # --- readers ------------------------------------------------------------------------------

    def readers(self, case: str, compartment: str) -> frozenset[str]:
        """To whom a new data key of this room must be wrapped: `role:hr:1`, `P-7F3K` ..."""
        if compartment in ROLES:
            return frozenset({self._role(compartment)})
        if compartment == "mine":
            return frozenset({self._me})
        people = self._people(case, compartment) if case else {self._me}
        return frozenset({self._role("hr"), *people})

    def _people(self, case: str, compartment: str) -> set[str]:
        first = self._opener(case, compartment)
        people = {first, *self._given(case, compartment)}
        return {p for p in people if p in self._roll.members and not self._roll.members[p].left}

    def _role(self, role: str) -> str:
        if role not in self._roll.epochs:
            raise IntegrityError(
                f"No entry that counts names the key of `{role}`.",
                "Run `recruitcheck verify`, and restore the ledger from a backup.",
            )
        return f"role:{role}:{self._roll.epochs[role][0]}"

    def _opener(self, case: str, compartment: str) -> str:
        """Who wrote first into a room; whoever asks, while nobody did."""
        room = f"{case}/{compartment}"
        if room not in self._first:
            for seq in self._store.positions("case", case):
                leaf = parse(self._store.leaf(seq))
                if leaf.case == case and compartment in leaf.boxes:
                    self._first[room] = leaf.author
                    break
            else:
                self.unsure = True
        return self._first.get(room, self._me)

    def _given(self, case: str, compartment: str) -> set[str]:
        """Persons to whom a room was handed by somebody who could."""
        given: set[str] = set()
        rows = self._store.keys("shares").search(where("room") == f"{case}/{compartment}")
        for row in rows:
            body = {k: v for k, v in row.items() if k != "sig"}
            by = self._roll.members.get(row["by"])
            able = by is not None and (
                "hr" in by.roles
                or row["by"] in given
                or row["by"] in (self._opener(case, compartment), self._opener(case, "case"))
                or (compartment != "case" and row["by"] in self._given(case, "case"))
            )
            if able and by is not None and self._share_signed(body, row["sig"], by):
                given.add(row["person"])
        return given

    def _share_signed(self, body: dict[str, Any], signature: str, by: Any) -> bool:
        message = _share(body, self._store.meta.log)
        raw = bytes.fromhex(signature)
        return any(locks.signed_by(key, raw, message) for key in (by.sign, *by.old_keys))

    # --- data keys ----------------------------------------------------------------------------

    def data_key(self, case: str, compartment: str) -> DataKey:
        """The data key to seal with in a room, made and wrapped if need be (see `flush`)."""
        version = self._store.keys_version()
        if version != self._memo_of:
            self._memo, self._memo_of = {}, version
        found = self._memo.get((case, compartment))
        if found is None:
            unsure, self.unsure = self.unsure, False
            found = self._data_key(case, compartment)
            if not self.unsure and not self._pending:
                self._memo[case, compartment] = found
            self.unsure |= unsure
        return found

    def _data_key(self, case: str, compartment: str) -> DataKey:
        readers = self.readers(case, compartment)
        room = _room(case, compartment, self._me)
        cached = self._data.get(room)
        if cached is not None and readers <= cached.readers and self._stands(cached.id):
            return cached
        found = self._reusable(room, readers) or self._new(case, compartment, room, readers)
        self._data[room] = found
        return found

    def _stands(self, dek: str) -> bool:
        """Whether a data key in memory is (or will be) in the key store, and not retired."""
        rows = self._store.keys("wraps").search(where("dek") == dek)
        if not rows:
            return any(row["dek"] == dek for row in self._pending)
        return not any(row.get("old") for row in rows)

    def _reusable(self, room: str, readers: frozenset[str]) -> DataKey | None:
        found: dict[str, set[str]] = {}
        for row in self._store.keys("wraps").search(where("room") == room):
            if not row.get("old"):
                found.setdefault(row["dek"], set()).add(row["to"])
        for dek, to in found.items():
            if readers <= to and (key := self.open(dek)) is not None:
                return DataKey(dek, key, frozenset(to))
        return None

    def _new(self, case: str, compartment: str, room: str, readers: frozenset[str]) -> DataKey:
        dek, key = os.urandom(12).hex(), os.urandom(32)
        to = readers if compartment in (*ROLES, "mine") else readers | {self._me}
        for reader in sorted(to):
            self._pending.append(self.wrap(dek, key, case, room, reader))
        return DataKey(dek, key, to)

    def wrap(self, dek: str, key: bytes, case: str, room: str, reader: str) -> dict[str, Any]:
        row = {"dek": dek, "case": case, "room": room, "to": reader}
        info = wrap_info(self._store, row)
        sealed = locks.seal_to(self._public(reader), key, info)
        for vault_key in self._store.vault_keys()[:1]:
            sealed = locks.seal_again(vault_key, sealed, info)
        return {**row, "wrap": b64encode(sealed).decode()}

    def renew_vault_key(self) -> None:
        """Strict mode: every wrap under a new vault key, the old key and old wraps gone."""
        table = self._store.keys("wraps")
        with self._store.new_vault_key() as key:

            def renew(document: MutableMapping[str, Any]) -> None:
                bare = unvaulted(self._store, document)
                sealed = locks.seal_again(key, bare, wrap_info(self._store, document))
                document["wrap"] = b64encode(sealed).decode()

            table.update(renew, doc_ids=[row.doc_id for row in table.all()])
            self._store.compact()

    def _public(self, reader: str) -> bytes:
        """A reader's public key, once it is sure that an entry names it."""
        if reader.startswith("role:"):
            _, role, epoch = reader.split(":")
            row = self._store.keys("roles").get(
                (where("role") == role) & (where("epoch") == int(epoch))
            )
            stated = self._roll.epochs[role][1]
        else:
            row = self._store.keys("people").get(where("id") == reader)
            stated = self._roll.members[reader].seal
        public = b64decode(row["seal"]) if row else b""
        if locks.fingerprint(public) != stated:
            raise IntegrityError(
                "A key in the key store is not the one that was entered.",
                "Nothing was sealed to it. Restore the key store from a backup.",
            )
        return public

    @property
    def settled(self) -> bool:
        """Whether everything sealed just now is under keys that are written and sure."""
        return not self._pending and not self.unsure

    def flush(self) -> None:
        """Make the wraps of new data keys durable; before the entries that use them."""
        if self._pending:
            self._store.keys("wraps").insert_multiple(self._pending)
            self._pending = []

    def open(self, dek: str) -> bytes | None:
        """A data key, where a wrap of it is mine to open."""
        if dek in self._opened:
            return self._opened[dek]
        for row in self._store.keys("wraps").search(where("dek") == dek):
            seed = self._seed_for(row["to"])
            if seed is not None:
                info = wrap_info(self._store, row)
                self._opened[dek] = locks.open_mine(seed, unvaulted(self._store, row), info)
                return self._opened[dek]
        return None

    def _seed_for(self, reader: str) -> bytes | None:
        if reader == self._me:
            return self._secrets.seal
        if reader.startswith("role:"):
            _, role, epoch = reader.split(":")
            key = (role, int(epoch))
            if key not in self._role_keys and any(mine == role for mine, _ in self._role_keys):
                self.load()  # somebody joined or left since: the role has a newer key
            return self._role_keys.get(key)
        return None

    def drop_unwritten(self) -> None:
        """Give up data keys whose wraps were never written."""
        names = {row["dek"] for row in self._pending}
        self._data = {room: key for room, key in self._data.items() if key.id not in names}
        self._pending = []

    def forget(self, case: str) -> None:
        """Drop every key of a case from memory, and unwritten wraps with them."""
        self._pending = [row for row in self._pending if row["case"] != case]
        self._data = {r: k for r, k in self._data.items() if not r.startswith(f"{case}/")}
        self._memo = {}
        self._opened.clear()

    # --- handing over -------------------------------------------------------------------------

    def share(self, case: str, compartment: str, person: str, at: datetime) -> None:
        """Let a person read what is and what will be in a room.

        Raises:
            NotFound: no such member.
            Sealed: the room is not mine to hand over.
        """
        member = self._roll.members.get(person)
        if member is None or member.left:
            raise NotFound("There is no such member of staff.", "Admit them first.")
        if compartment in (*ROLES, "mine"):
            raise Sealed("This compartment cannot be handed over.", "Give the person the role.")
        room = f"{case}/{compartment}"
        rows = self._store.keys("wraps").search(where("room") == room)
        keys = {dek: self.open(dek) for dek in {row["dek"] for row in rows}}
        mine = self._me in self._people(case, compartment) or self._me in self._people(case, "case")
        if "hr" not in self._roll.members[self._me].roles and not mine:
            raise Sealed("This case is not yours to hand over.", "Ask HR.")
        done = {row["dek"] for row in rows if row["to"] == person}
        wraps = [
            self.wrap(dek, key, case, room, person)
            for dek, key in keys.items()
            if key is not None and dek not in done
        ]
        body: dict[str, Any] = {
            "room": room,
            "case": case,
            "person": person,
            "by": self._me,
            "at": stamp(at),
        }
        signature = locks.signer(self._secrets.sign).sign(_share(body, self._store.meta.log)).hex()
        self.flush()
        self._store.keys("wraps").insert_multiple(wraps)
        if person not in self._given(case, compartment):
            self._store.keys("shares").insert({**body, "sig": signature})

    def mine(self) -> bytes:
        """The key for drafts nobody else ever sees."""
        return locks.expand(self._secrets.sign, b"recruitcheck drafts v1")


def role_info(store: Store, row: Any, person: str) -> bytes:
    """What a sealed role key is bound to."""
    parts = ("role key v1", store.meta.log, row["role"], row["epoch"], person)
    return _info(*parts)


def wrap_info(store: Store, row: Any) -> bytes:
    """What a wrapped data key is bound to: log, case, room, reader with epoch, and its own id."""
    return _info("wrap v1", store.meta.log, row["case"], row["room"], row["to"], row["dek"])


def unvaulted(store: Store, row: Any) -> bytes:
    """A wrap as it was sealed to its reader; in strict mode from under the vault key.

    Raises:
        IntegrityError: none of the vault keys fits.
    """
    sealed = b64decode(row["wrap"])
    keys = store.vault_keys()
    if not keys:
        return sealed
    for key in keys:
        bare = locks.open_again(key, sealed, wrap_info(store, row))
        if bare is not None:
            return bare
    raise IntegrityError(
        "The vault key does not fit this key store.",
        "A key store from before the last destruction stays closed; that is its purpose.",
    )


def sealed_role(
    store: Store, role: str, epoch: int, seed: bytes, readers: dict[str, bytes]
) -> dict[str, str]:
    """A role's private key sealed to each of `readers` (id -> public key)."""
    row = {"role": role, "epoch": epoch}
    return {
        person: b64encode(locks.seal_to(public, seed, role_info(store, row, person))).decode()
        for person, public in readers.items()
    }


def _info(*parts: object) -> bytes:
    return "\n".join(["recruitcheck", *map(str, parts)]).encode()


def _share(body: dict[str, Any], log: str) -> bytes:
    return b"recruitcheck share v1\n" + canonical.dumps({**body, "log": log})


def _room(case: str, compartment: str, me: str) -> str:
    """Rooms outside any case belong to their author, except those of a role."""
    if case or compartment in ROLES:
        return f"{case}/{compartment}"
    return f"/{compartment}/{me}"


def no_key() -> KeyringError:
    """The refusal to someone who opened the register without a name."""
    return KeyringError(
        "The register is open for reading its public part only.", "Unlock it with your name."
    )
