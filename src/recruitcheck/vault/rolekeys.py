"""The keys of roles: making them, sealing them to holders, and sealing live wraps to new ones."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from tinydb import where

from recruitcheck.errors import IntegrityError, KeyringError
from recruitcheck.records import Draft
from recruitcheck.vault import keyring, locks, sheets
from recruitcheck.vault.chest import role_info, sealed_role
from recruitcheck.vault.keyring import Secrets
from recruitcheck.vault.roll import RECOVERY, Roll
from recruitcheck.vault.staff import Session
from recruitcheck.vault.store import Store


def keep_role(
    store: Store, key: tuple[str, int], seed: bytes, public: bytes, readers: dict[str, bytes]
) -> None:
    """Put a role's key (role, epoch) into the key store, sealed to its readers."""
    role, epoch = key
    row = {"role": role, "epoch": epoch, "seal": b64encode(public).decode()}
    row["sealed"] = sealed_role(store, role, epoch, seed, readers)
    store.keys("roles").insert(row)


def role_row(store: Store, role: str, epoch: int) -> Any:
    """A role's key of one epoch as it is kept."""
    return store.keys("roles").get((where("role") == role) & (where("epoch") == epoch))


def epoch_draft(row: Any) -> Draft:
    """The entry that names a role's new key."""
    public = locks.fingerprint(b64decode(row["seal"]))
    return Draft(
        type="role-epoch", facts={"role": row["role"], "epoch": row["epoch"], "key": public}
    )


def unseal_roles(store: Store, person_id: str) -> None:
    """Take away what was sealed to a person's keys of until now."""
    for row in store.keys("roles").all():
        if person_id in row["sealed"]:
            kept = {k: v for k, v in row["sealed"].items() if k != person_id}
            store.keys("roles").update({"sealed": kept}, doc_ids=[row.doc_id])


def new_epoch(store: Store, roll: Roll, role: str, also: dict[str, bytes]) -> Draft:
    """A new key pair for a role, sealed to its holders and the recovery key; its entry."""
    epoch = roll.epochs[role][0] + 1
    seed = os.urandom(locks.SEED_BYTES)
    settings = {k: v for row in store.keys("settings").all() for k, v in row.items()}
    recovery = b64decode(settings["recovery_seal"])
    if locks.fingerprint(recovery) != roll.recovery_seal:
        raise IntegrityError("The recovery key is not the one that was entered.")
    readers = {RECOVERY: recovery, **also}
    for holder in roll.holders(role):
        row = store.keys("people").get(where("id") == holder)
        public = b64decode(row["seal"])
        if locks.fingerprint(public) == roll.members[holder].seal:
            readers[holder] = public
    store.keys("roles").remove((where("role") == role) & (where("epoch") == epoch))
    keep_role(store, (role, epoch), seed, locks.seal_public(seed), readers)
    return epoch_draft(role_row(store, role, epoch))


def seal_roles(
    store: Store,
    held: dict[tuple[str, int], bytes],
    person_id: str,
    seal: bytes,
    roles: Sequence[str],
) -> None:
    """Seal the role keys I hold to a person who should have them."""
    for row in store.keys("roles").all():
        role, epoch = row["role"], row["epoch"]
        wanted = role in ("staff", "log") or role in roles
        seed = held.get((role, epoch))
        if not wanted or seed is None or person_id in row["sealed"]:
            continue
        sealed = sealed_role(store, role, epoch, seed, {person_id: seal})
        store.keys("roles").update({"sealed": {**row["sealed"], **sealed}}, doc_ids=[row.doc_id])


def rewrap_roles(store: Store, session: Session) -> None:
    """Seal wraps of a role's older epochs to the present one, where I hold both keys."""
    chest, roll = session.chest, session.roll
    wraps = store.keys("wraps")
    for role, (epoch, _) in roll.epochs.items():
        for old in range(1, epoch):
            if chest.role_key(role, old) is None or chest.role_key(role, epoch) is None:
                continue
            fresh = []
            for row in wraps.search(where("to") == f"role:{role}:{old}"):
                key = chest.open(row["dek"])
                if key is not None:
                    to = f"role:{role}:{epoch}"
                    new = chest.wrap(row["dek"], key, row["case"], row["room"], to)
                    fresh.append({**new, "old": 1})
            if fresh:
                wraps.insert_multiple(fresh)
                for made in fresh:
                    wraps.update({"old": 1}, where("dek") == made["dek"])
                wraps.remove(where("to") == f"role:{role}:{old}")


def rewrap_person(store: Store, session: Session, person_id: str) -> None:
    """Seal a person's data keys to their new key, where I (hr) can open them."""
    wraps = store.keys("wraps")
    for row in wraps.search(where("to") == person_id):
        others = [r for r in wraps.search(where("dek") == row["dek"]) if r["to"] != person_id]
        key = session.chest.open(row["dek"]) if others else None
        if key is None:  # sealed to nobody else: with the old key it is lost
            wraps.remove(doc_ids=[row.doc_id])
            continue
        wrapped = session.chest.wrap(row["dek"], key, row["case"], row["room"], person_id)
        wraps.update({"wrap": wrapped["wrap"]}, doc_ids=[row.doc_id])


def role_seeds(store: Store, seed: bytes, reader: str) -> dict[tuple[str, int], bytes]:
    """All role keys that one reader can open."""
    return {
        (row["role"], row["epoch"]): locks.open_mine(
            seed, b64decode(row["sealed"][reader]), role_info(store, row, reader)
        )
        for row in store.keys("roles").all()
        if reader in row["sealed"]
    }


def rescue(roll: Roll, code: str) -> Secrets:
    """The keys of the recovery sheet, or of two of three. Raises `KeyringError` for another's."""
    found = keyring.from_code(sheets.read(code))
    if found.sign_public != roll.recovery_sign:
        raise KeyringError(
            "This code belongs to another register, or the two lines do not belong together.",
            "Look at the sheet's heading. Where there are three sheets, type two lines: from each "
            "of two sheets, the line for the other.",
        )
    return found
