"""People of a register: founding it, unlocking, inviting, admitting, leaving, recovering.

Who belongs is what the entries say (roll.py); the key store beside them holds what is sealed:
each person's keyring under their passphrase, and each role's key sealed to its holders.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets as random
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tinydb import where

from recruitcheck.errors import BadInput, IntegrityError, KeyringError, NotFound, NotPermitted
from recruitcheck.records import Draft, Person, Role
from recruitcheck.vault import keyring, locks
from recruitcheck.vault.chest import ROLES, Chest, sealed_role
from recruitcheck.vault.keyring import Head, Secrets
from recruitcheck.vault.leaves import instant, stamp
from recruitcheck.vault.roll import RECOVERY, Roll, log_id
from recruitcheck.vault.store import FORMAT, Meta, Store

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from recruitcheck.vault.register import Clock, Register

_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
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


# --- founding -------------------------------------------------------------------------------


def found(
    place: str, origin: str, name: str, passphrase: str, clock: Clock, demo: bool, strict: bool
) -> tuple[Store, Session, str]:
    """Lay out a register and its key store; the first entries come from `first_entries`."""
    mine, log, nonce = keyring.fresh(), os.urandom(32), os.urandom(16).hex()
    code = keyring.new_code()
    rescue = keyring.from_code(code)
    effort = locks.calibrated(CALIBRATE_TO, clock.monotonic)
    log_name = log_id(nonce, mine.sign_public, locks.sign_public(log), rescue.sign_public)
    me = _new_id(())
    stored, ring_key = keyring.locked(mine, passphrase, _context(log_name, me), effort)
    meta = Meta(
        format=FORMAT, log=log_name, origin=_origin(origin, log_name), demo=demo, strict=strict
    )
    store = _laid_out(place, meta)
    roll = Roll(store)
    chest = Chest(store, roll, me, mine)
    session = Session(me, mine, locks.signer(mine.sign), ring_key, roll, chest)
    store.keys("people").insert(
        {
            "id": me,
            "name": _name(name),
            "roles": [Role.HR.value],
            "state": "admitted",
            "sign": mine.sign_public.hex(),
            "seal": b64encode(mine.seal_public).decode(),
            "admitted_at": stamp(clock.now()),
            **stored,
        }
    )
    store.keys("settings").insert({"nonce": nonce, "recovery_sign": rescue.sign_public.hex()})
    store.keys("settings").insert({"recovery_seal": b64encode(rescue.seal_public).decode()})
    readers = {me: mine.seal_public, RECOVERY: rescue.seal_public}
    _keep_role(store, "log", 1, log, locks.sign_public(log), readers)
    for role in ROLES:
        seed = os.urandom(locks.SEED_BYTES)
        to = readers if role != "equality" else {RECOVERY: rescue.seal_public}
        _keep_role(store, role, 1, seed, locks.seal_public(seed), to)
    chest.load()
    return store, session, keyring.spelt(code)


def _laid_out(place: str, meta: Meta) -> Store:
    if place.startswith(("postgresql://", "postgres://")):
        from recruitcheck.vault import pgsetup, postgres

        pgsetup.make(place, meta)
        return postgres.PostgresStore(place)
    from recruitcheck.vault import folder

    folder.make(Path(place), meta)
    return folder.FolderStore(Path(place))


def first_entries(register: Register, session: Session) -> None:
    """Enter the register, its first person and the first keys of its roles."""
    store = register.store
    settings = {k: v for row in store.keys("settings").all() for k, v in row.items()}
    log = _role_row(store, "log", 1)
    facts: dict[str, str | int] = {
        "format": FORMAT,
        "nonce": settings["nonce"],
        "sign": session.secrets.sign_public.hex(),
        "seal": locks.fingerprint(session.secrets.seal_public),
        "roles": Role.HR.value,
        "log-key": b64decode(log["seal"]).hex(),
        "recovery-sign": settings["recovery_sign"],
        "recovery-seal": locks.fingerprint(b64decode(settings["recovery_seal"])),
    }
    drafts = [Draft(type="register-created", subject=session.id, facts=facts)]
    drafts += [_epoch_draft(_role_row(store, role, 1)) for role in ROLES]
    with store.writing():
        register._enter([(staff_body(d), d) for d in drafts], session)
    session.roll.update()


def staff_body(draft: Draft) -> dict[str, Any]:
    """The readable part of an entry about people."""
    from recruitcheck.vault.leaves import checked

    return checked(draft)


def _epoch_draft(row: Any) -> Draft:
    public = locks.fingerprint(b64decode(row["seal"]))
    return Draft(
        type="role-epoch", facts={"role": row["role"], "epoch": row["epoch"], "key": public}
    )


def _keep_role(
    store: Store, role: str, epoch: int, seed: bytes, public: bytes, readers: dict[str, bytes]
) -> None:
    row = {"role": role, "epoch": epoch, "seal": b64encode(public).decode()}
    row["sealed"] = sealed_role(store, role, epoch, seed, readers)
    store.keys("roles").insert(row)


def _role_row(store: Store, role: str, epoch: int) -> Any:
    return store.keys("roles").get((where("role") == role) & (where("epoch") == epoch))


# --- unlocking ------------------------------------------------------------------------------


def unlock(store: Store, name: str, passphrase: str) -> Session:
    """Open a person's keyring and the role keys sealed to them.

    Raises:
        KeyringError: nobody of that name, not admitted (any more), or the passphrase is wrong.
    """
    row = _row(store, name)
    if row["state"] in ("invited", "joined"):
        raise KeyringError(
            f"{row['name']} is not admitted yet.", "Hr admits people who have joined."
        )
    if row["state"] == "left":
        raise KeyringError(f"{row['name']} has left.", "Hr can invite them again.")
    roll = Roll(store)
    roll.update()
    secrets, ring_key = keyring.unlocked(row, passphrase, _context(store.meta.log, row["id"]))
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
    sealed = keyring.head_locked(head, session.ring_key, _context(store.meta.log, session.id))
    people.update({"head": sealed}, where("id") == session.id)


def remembered(store: Store, session: Session) -> Head | None:
    """The head I saw last."""
    row = store.keys("people").get(where("id") == session.id)
    if row is None or "head" not in row:
        return None
    return keyring.head_unlocked(
        row["head"], session.ring_key, _context(store.meta.log, session.id)
    )


def change_passphrase(store: Store, session: Session, old: str, new: str) -> None:
    """Put the same keys under another passphrase; the old keyring does not stay in the file."""
    context = _context(store.meta.log, session.id)
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


# --- people as others see them --------------------------------------------------------------


def people(store: Store) -> tuple[Person, ...]:
    """Everybody in the key store, in the order of invitation."""
    return tuple(_person(row) for row in store.keys("people").all())


def person(store: Store, person_id: str) -> Person:
    """One person. Raises `NotFound`."""
    row = store.keys("people").get(where("id") == person_id)
    if row is None:
        raise NotFound("There is no such person in this register.")
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
        trained_until=date.fromisoformat(trained) if trained else None,
    )


def trained(store: Store, person_id: str, until: date | None) -> None:
    """Note how long a person's training attestation holds."""
    value = until.isoformat() if until else ""
    store.keys("people").update({"trained_until": value}, where("id") == person_id)


# --- inviting and admitting -----------------------------------------------------------------


def invite(register: Register, session: Session, name: str, roles: Sequence[Role]) -> str:
    """Make a place for somebody; returns the code that lets them take it."""
    _hr(session)
    store = register.store
    wanted = sorted({Role(role).value for role in roles})
    if not wanted:
        raise BadInput("A person needs at least one role.", "recruiter, hr or equality.")
    table = store.keys("people")
    known = next((r for r in table.all() if _same(r["name"], name)), None)
    if known is not None and known["state"] == "admitted":
        raise BadInput("There is already a person of that name.", "Add a middle name or a number.")
    code = keyring.new_code()
    me = known["id"] if known else _new_id([row["id"] for row in table.all()])
    row = {
        "id": me,
        "name": _name(name),
        "roles": wanted,
        "state": "invited",
        "by": session.id,
        "invite": register.seal_mine(code),
        "sign": "",
        "seal": "",
        "admitted_at": "",
        "left_at": "",
    }
    table.upsert(row, where("id") == me)
    register.append([Draft(type="person-invited", subject=me, facts={"roles": "+".join(wanted)})])
    return f"{me}-{keyring.spelt(code)}"


def reinvite(register: Register, person_id: str) -> str:
    """A new code for a person whose passphrase is lost; their old keys end when admitted again."""
    session = register._unlocked()
    _hr(session)
    code = keyring.new_code()
    found = register.store.keys("people").update(
        {"state": "invited", "by": session.id, "invite": register.seal_mine(code)},
        where("id") == person_id,
    )
    if not found:
        raise NotFound("There is no such person in this register.")
    roles = "+".join(person(register.store, person_id).roles)
    register.append([Draft(type="person-invited", subject=person_id, facts={"roles": roles})])
    return f"{person_id}-{keyring.spelt(code)}"


def join(store: Store, code: str, passphrase: str) -> Person:
    """Take an invitation: keys of one's own, under one's own passphrase.

    Raises:
        KeyringError: the code was not given out here, or is used up.
    """
    person_id, secret = _invitation(code)
    table = store.keys("people")
    row = table.get(where("id") == person_id)
    if row is None or row["state"] != "invited":
        raise KeyringError("This invitation is not open.", "Ask hr for a new code.")
    first = table.all()[0]
    effort = locks.Effort(first["memory"], first["passes"], first["lanes"])
    mine = keyring.fresh()
    stored, _ = keyring.locked(mine, passphrase, _context(store.meta.log, person_id), effort)
    stored |= {
        "state": "joined",
        "sign": mine.sign_public.hex(),
        "seal": b64encode(mine.seal_public).decode(),
        "proof": _proof(secret, mine.sign_public, mine.seal_public),
    }
    table.update(stored, where("id") == person_id)
    return person(store, person_id)


def admit(
    register: Register, session: Session, person_id: str, recovery_code: str | None
) -> Person:
    """Seal the roles' keys to somebody who joined with the code that hr gave out."""
    _hr(session)
    store = register.store
    row = store.keys("people").get(where("id") == person_id)
    if row is None or row["state"] != "joined":
        raise NotFound("Nobody of that id has joined and waits.", "They use their code first.")
    if row["by"] != session.id:
        raise NotPermitted("Somebody else invited this person.", "They must admit them.")
    sign, seal = bytes.fromhex(row["sign"]), b64decode(row["seal"])
    secret = register.open_mine(row["invite"])
    if not hmac.compare_digest(_proof(secret, sign, seal), row["proof"]):
        raise IntegrityError(
            "These keys were not made with the code that was given out.", "Invite them again."
        )
    drafts = [_member_draft("person-admitted", row)]
    held = dict(session.chest.held())
    if recovery_code is not None:
        rescue = _rescue(session.roll, recovery_code)
        held |= _role_seeds(store, rescue.seal, RECOVERY)
    with store.writing():
        _seal_roles(store, held, person_id, seal, row["roles"])
        if Role.EQUALITY.value in row["roles"] and not any(r == "equality" for r, _ in held):
            drafts.append(_new_epoch(store, session.roll, "equality", {person_id: seal}))
        register.append(drafts)
        session.roll.update()
        store.keys("people").update(
            {"state": "admitted", "admitted_at": stamp(register.clock.now()), "invite": ""},
            where("id") == person_id,
        )
        _rewrap_person(store, session, person_id)
    return person(store, person_id)


def hand_on(store: Store, session: Session) -> None:
    """Seal role keys I hold to members who were admitted without them, and wraps to new epochs."""
    held = session.chest.held()
    for other in session.roll.holders("staff"):
        row = store.keys("people").get(where("id") == other)
        member = session.roll.members[other]
        if row is None or locks.fingerprint(b64decode(row["seal"])) != member.seal:
            continue
        _seal_roles(store, held, other, b64decode(row["seal"]), member.roles)
    rewrap_roles(store, session)


def _seal_roles(
    store: Store,
    held: dict[tuple[str, int], bytes],
    person_id: str,
    seal: bytes,
    roles: Sequence[str],
) -> None:
    for row in store.keys("roles").all():
        role, epoch = row["role"], row["epoch"]
        wanted = role in ("staff", "log") or role in roles
        seed = held.get((role, epoch))
        if not wanted or seed is None or (person_id in row["sealed"] and not row.get("stale")):
            continue
        sealed = sealed_role(store, role, epoch, seed, {person_id: seal})
        store.keys("roles").update({"sealed": {**row["sealed"], **sealed}}, doc_ids=[row.doc_id])


def _new_epoch(store: Store, roll: Roll, role: str, also: dict[str, bytes]) -> Draft:
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
    _keep_role(store, role, epoch, seed, locks.seal_public(seed), readers)
    return _epoch_draft(_role_row(store, role, epoch))


# --- leaving --------------------------------------------------------------------------------


def leave(register: Register, session: Session, person_id: str) -> None:
    """End a membership: new epochs for the roles held, no wrap left to the leaver."""
    _hr(session)
    store, roll = register.store, session.roll
    member = roll.members.get(person_id)
    if member is None or member.left:
        raise NotFound("There is no such member.")
    hr = [p for p in roll.holders("hr") if p != person_id]
    if "hr" in member.roles and not hr:
        raise NotPermitted("The last person of hr cannot leave.", "Admit somebody to hr first.")
    if person_id == session.id:
        raise NotPermitted("Somebody else of hr must enter your leaving.")
    with store.writing():
        register.append([Draft(type="person-left", subject=person_id)])
        roll.update()
        roles = ["staff", *(role for role in ("hr", "equality") if role in member.roles)]
        register.append([_new_epoch(store, roll, role, {}) for role in roles])
        roll.update()
        wraps = store.keys("wraps")
        touched = {row["dek"] for row in wraps.search(where("to") == person_id)}
        for dek in touched:
            wraps.update({"old": 1}, where("dek") == dek)
        wraps.remove(where("to") == person_id)
        for row in store.keys("roles").all():
            if person_id in row["sealed"]:
                kept = {k: v for k, v in row["sealed"].items() if k != person_id}
                store.keys("roles").update({"sealed": kept}, doc_ids=[row.doc_id])
        store.keys("people").update(
            {"state": "left", "left_at": stamp(register.clock.now()), "ring": "", "head": ""},
            where("id") == person_id,
        )
        session.chest.load()
        rewrap_roles(store, session)
    store.compact()


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
                    new = chest._wrap(row["dek"], key, row["case"], row["room"], to)
                    fresh.append({**new, "old": 1})
            if fresh:
                wraps.insert_multiple(fresh)
                for made in fresh:
                    wraps.update({"old": 1}, where("dek") == made["dek"])
                wraps.remove(where("to") == f"role:{role}:{old}")


def _rewrap_person(store: Store, session: Session, person_id: str) -> None:
    """Seal a person's data keys to their new key, where I (hr) can open them."""
    wraps = store.keys("wraps")
    for row in wraps.search(where("to") == person_id):
        others = [r for r in wraps.search(where("dek") == row["dek"]) if r["to"] != person_id]
        key = session.chest.open(row["dek"]) if others else None
        if key is not None:
            wrapped = session.chest._wrap(row["dek"], key, row["case"], row["room"], person_id)
            wraps.update({"wrap": wrapped["wrap"]}, doc_ids=[row.doc_id])


# --- recovery -------------------------------------------------------------------------------


def recover(register: Register, code: str, name: str, passphrase: str) -> Person:
    """New keys for a member whose passphrase is lost, with the code of the recovery sheet.

    Everything their roles and cases let them read is sealed to the new keys; drafts that only the
    old keys could open are lost. The use of the code is an entry.
    """
    store = register.store
    roll = Roll(store)
    roll.update()
    rescue = _rescue(roll, code)
    row = _row(store, name)
    member = roll.members.get(row["id"])
    if member is None or member.left:
        raise KeyringError("This person is no member.", "Hr can invite them.")
    mine = keyring.fresh()
    effort = locks.Effort(row["memory"], row["passes"], row["lanes"])
    stored, ring_key = keyring.locked(mine, passphrase, _context(store.meta.log, row["id"]), effort)
    stored |= {
        "sign": mine.sign_public.hex(),
        "seal": b64encode(mine.seal_public).decode(),
        "head": "",
        "state": "admitted",
    }
    seeds = _role_seeds(store, rescue.seal, RECOVERY)
    chest = Chest(store, roll, RECOVERY, rescue)
    chest._role_keys = seeds
    rescuer = Session(RECOVERY, rescue, locks.signer(rescue.sign), ring_key, roll, chest)
    with store.writing():
        draft = _member_draft("person-recovered", {**row, **stored, "roles": member.roles})
        register._enter([(staff_body(draft), draft)], rescuer)
        roll.update()
        store.keys("people").update(stored, where("id") == row["id"])
        for held in store.keys("roles").all():
            if row["id"] in held["sealed"]:
                seed = seeds[held["role"], held["epoch"]]
                new = sealed_role(
                    store, held["role"], held["epoch"], seed, {row["id"]: mine.seal_public}
                )
                store.keys("roles").update(
                    {"sealed": {**held["sealed"], **new}}, doc_ids=[held.doc_id]
                )
        _rewrap_person(store, rescuer, row["id"])
    store.compact()
    return person(store, row["id"])


def _rescue(roll: Roll, code: str) -> Secrets:
    rescue = keyring.from_code(keyring.read_code(code))
    if rescue.sign_public != roll.recovery_sign:
        raise KeyringError("This code belongs to another register.", "Look at the sheet's heading.")
    return rescue


def _role_seeds(store: Store, seed: bytes, reader: str) -> dict[tuple[str, int], bytes]:
    from recruitcheck.vault.chest import role_info

    return {
        (row["role"], row["epoch"]): locks.open_mine(
            seed, b64decode(row["sealed"][reader]), role_info(store, row, reader)
        )
        for row in store.keys("roles").all()
        if reader in row["sealed"]
    }


# --- small things ---------------------------------------------------------------------------


def missing_box(seq: int) -> IntegrityError:
    """A box that should be there and is not, though nothing was destroyed."""
    return IntegrityError(
        f"The sealed text of entry {seq} is missing or damaged.",
        "Run `recruitcheck verify`, and restore the register from a backup.",
    )


def _member_draft(kind: str, row: Any) -> Draft:
    facts: dict[str, str | int] = {
        "sign": row["sign"],
        "seal": locks.fingerprint(b64decode(row["seal"])),
        "roles": "+".join(row["roles"]),
    }
    return Draft(type=kind, subject=row["id"], facts=facts)


def _hr(session: Session) -> None:
    if "hr" not in session.roll.members[session.id].roles:
        raise NotPermitted("Only hr looks after people.", "Ask somebody of hr.")


def _row(store: Store, name: str) -> Any:
    for row in store.keys("people").all():
        if _same(row["name"], name):
            return row
    raise KeyringError("There is nobody of that name in this register.", "Check the spelling.")


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > 100 or not plain.isprintable():
        raise BadInput("A person needs a name of at most 100 characters.")
    return plain


def _new_id(taken: Sequence[str]) -> str:
    while True:
        found = "P-" + "".join(random.choice(_LETTERS) for _ in range(4))
        if found not in taken:
            return found


def _origin(wanted: str, log: str) -> str:
    plain = re.sub(r"[^a-z0-9.-]+", "-", wanted.casefold()).strip("-.")
    if not plain:
        raise BadInput(
            "The register needs a name such as your web address.", "For example northfield.example."
        )
    return f"{plain[:80]}/recruitcheck/{log}"


def _context(log: str, person_id: str) -> str:
    return f"{log} {person_id}"


def _proof(secret: bytes, sign: bytes, seal: bytes) -> str:
    return hmac.digest(secret, b"recruitcheck join v1\n" + sign + seal, "sha256").hex()


def _invitation(code: str) -> tuple[str, bytes]:
    parts = code.strip().upper().split("-", 2)
    if len(parts) != 3:
        raise KeyringError("This is not an invitation.", "It begins with P- and a short id.")
    return f"{parts[0]}-{parts[1]}", keyring.read_code(parts[2])
