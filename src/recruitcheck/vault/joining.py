"""Coming and going: invitation, admission, leaving, and new keys after a lost passphrase."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tinydb import where

from recruitcheck.errors import BadInput, IntegrityError, KeyringError, NotFound, NotPermitted
from recruitcheck.records import Draft, Person, Role
from recruitcheck.vault import entering, keyring, locks, sheets
from recruitcheck.vault.chest import Chest, sealed_role
from recruitcheck.vault.leaves import checked, stamp
from recruitcheck.vault.rolekeys import (
    new_epoch,
    rescue,
    rewrap_person,
    rewrap_roles,
    role_seeds,
    seal_roles,
    unseal_roles,
)
from recruitcheck.vault.roll import RECOVERY, Roll
from recruitcheck.vault.staff import (
    Session,
    context_of,
    new_id,
    only_hr,
    person,
    plain_name,
    row_named,
    same_name,
)
from recruitcheck.vault.store import Store

if TYPE_CHECKING:
    from recruitcheck.vault.register import Register


def invite(register: Register, session: Session, name: str, roles: Sequence[Role]) -> str:
    """Make a place for somebody; returns the code that lets them take it."""
    only_hr(session)
    store = register.store
    wanted = sorted({Role(role).value for role in roles})
    if not wanted:
        raise BadInput("A person needs at least one role.", "recruiter, hr or equality.")
    table = store.keys("people")
    known = next((r for r in table.all() if same_name(r["name"], name)), None)
    if known is not None and known["state"] == "admitted":
        raise BadInput(
            "There is already a person of that name.",
            "If it is somebody else, add a middle name or a number. If their passphrase is lost, "
            "give them a new code (`recruitcheck people new-code`).",
        )
    code = keyring.new_code()
    me = known["id"] if known else new_id([row["id"] for row in table.all()])
    row = {
        "id": me,
        "name": plain_name(name),
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


def reinvite(register: Register, session: Session, person_id: str) -> str:
    """A new code for a person whose passphrase is lost; their old keys end when admitted again."""
    only_hr(session)
    row = register.store.keys("people").get(where("id") == person_id)
    if row is None:
        raise NotFound(
            "There is no such person in this register.", "See `recruitcheck people list`."
        )
    if row["state"] == "left":
        raise BadInput("This person has left.", "Invite them anew, with their roles.")
    code = keyring.new_code()
    register.store.keys("people").update(
        {
            "state": "invited",
            "by": session.id,
            "invite": register.seal_mine(code),
            "admitted_at": "",
        },
        where("id") == person_id,
    )
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
        raise KeyringError("This invitation is not open.", "Ask HR for a new code.")
    first = table.all()[0]
    effort = locks.Effort(first["memory"], first["passes"], first["lanes"])
    mine = keyring.fresh()
    stored, _ = keyring.locked(mine, passphrase, context_of(store.meta.log, person_id), effort)
    stored |= {
        "state": "joined",
        "head": "",
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
    only_hr(session)
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
    drafts = [member_draft("person-admitted", row)]
    held = dict(session.chest.held())
    if recovery_code is not None:
        saved = rescue(session.roll, recovery_code)
        held |= role_seeds(store, saved.seal, RECOVERY)
    with store.writing():
        unseal_roles(store, person_id)
        seal_roles(store, held, person_id, seal, row["roles"])
        if Role.EQUALITY.value in row["roles"] and not any(r == "equality" for r, _ in held):
            drafts.append(new_epoch(store, session.roll, "equality", {person_id: seal}))
        register.append(drafts)
        session.roll.update()
        store.keys("people").update(
            {"state": "admitted", "admitted_at": stamp(register.clock.now()), "invite": ""},
            where("id") == person_id,
        )
        rewrap_person(store, session, person_id)
    return person(store, person_id)


def hand_on(store: Store, session: Session) -> None:
    """Seal role keys I hold to members who were admitted without them, and wraps to new epochs."""
    held = session.chest.held()
    for other in session.roll.holders("staff"):
        row = store.keys("people").get(where("id") == other)
        member = session.roll.members[other]
        if row is None or locks.fingerprint(b64decode(row["seal"])) != member.seal:
            continue
        seal_roles(store, held, other, b64decode(row["seal"]), member.roles)
    rewrap_roles(store, session)


def leave(register: Register, session: Session, person_id: str) -> None:
    """End a membership: new epochs for the roles held, no wrap left to the leaver.

    Of somebody who was invited and never admitted the invitation is taken back: the code opens
    nothing any more, and an entry says so.
    """
    only_hr(session)
    store, roll = register.store, session.roll
    member = roll.members.get(person_id)
    if member is None and _take_back(register, person_id):
        return
    if member is None or member.left:
        raise NotFound("There is no such member.", "See `recruitcheck people list`.")
    hr = [p for p in roll.holders("hr") if p != person_id]
    if "hr" in member.roles and not hr:
        raise NotPermitted("The last person of HR cannot leave.", "Admit somebody to HR first.")
    if person_id == session.id:
        raise NotPermitted(
            "Somebody else of HR must enter your leaving.",
            "Ask them, or admit somebody to HR first.",
        )
    with store.writing():
        register.append([Draft(type="person-left", subject=person_id)])
        roll.update()
        roles = ["staff", *(role for role in ("hr", "equality") if role in member.roles)]
        register.append([new_epoch(store, roll, role, {}) for role in roles])
        roll.update()
        wraps = store.keys("wraps")
        touched = {row["dek"] for row in wraps.search(where("to") == person_id)}
        for dek in touched:
            wraps.update({"old": 1}, where("dek") == dek)
        wraps.remove(where("to") == person_id)
        unseal_roles(store, person_id)
        store.keys("people").update(
            {"state": "left", "left_at": stamp(register.clock.now()), "ring": "", "head": ""},
            where("id") == person_id,
        )
        session.chest.load()
        rewrap_roles(store, session)
    store.compact()


def _take_back(register: Register, person_id: str) -> bool:
    """End the invitation of somebody who holds no role key; whether there was an open one."""
    found = register.store.keys("people").update(
        {"state": "left", "left_at": stamp(register.clock.now()), "invite": "", "ring": ""},
        (where("id") == person_id) & where("state").one_of(["invited", "joined"]),
    )
    if found:
        register.append([Draft(type="person-left", subject=person_id)])
        register.store.compact()
    return bool(found)


def attest_training(register: Register, session: Session, person_id: str, until: date) -> Person:
    """Note, and enter, until when a person's training attestation holds.

    Raises:
        NotFound: there is no such person.
        NotPermitted: somebody who is not hr asks for it.
    """
    person(register.store, person_id)
    facts: dict[str, str | int] = {"until": until.isoformat()}
    register.append([Draft(type="training-attested", subject=person_id, facts=facts)])
    noted = {"trained_until": until.isoformat()}
    register.store.keys("people").update(noted, where("id") == person_id)
    session.roll.update()
    return person(register.store, person_id)


def split(register: Register, code: str) -> dict[int, sheets.Sheet]:
    """The recovery code of this register on three sheets, of which any two bring people back.

    Raises:
        KeyringError: it is the code of another register, or none.
    """
    roll = Roll(register.store)
    roll.update()
    rescue(roll, code)
    return sheets.split(sheets.read(code))


def recover(register: Register, code: str, name: str, passphrase: str) -> Person:
    """New keys for a member whose passphrase is lost, with the code of the recovery sheet.

    Everything their roles and cases let them read is sealed to the new keys; drafts that only the
    old keys could open are lost. The use of the code is an entry.
    """
    store = register.store
    roll = Roll(store)
    roll.update()
    saved = rescue(roll, code)
    row = row_named(store, name)
    member = roll.members.get(row["id"])
    if member is None or member.left:
        raise KeyringError("This person is no member.", "HR can invite them.")
    mine = keyring.fresh()
    effort = locks.Effort(row["memory"], row["passes"], row["lanes"])
    stored, ring_key = keyring.locked(
        mine, passphrase, context_of(store.meta.log, row["id"]), effort
    )
    stored |= {
        "sign": mine.sign_public.hex(),
        "seal": b64encode(mine.seal_public).decode(),
        "head": "",
        "state": "admitted",
    }
    seeds = role_seeds(store, saved.seal, RECOVERY)
    chest = Chest(store, roll, RECOVERY, saved)
    chest.take(seeds)
    rescuer = Session(RECOVERY, saved, locks.signer(saved.sign), ring_key, roll, chest)
    with store.writing():
        draft = member_draft("person-recovered", {**row, **stored, "roles": member.roles})
        entering.enter(register.store, rescuer, register.clock, [(checked(draft), draft)])
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
        rewrap_person(store, rescuer, row["id"])
    store.compact()
    return person(store, row["id"])


def member_draft(kind: str, row: Any) -> Draft:
    """The entry that gives a person's keys and roles."""
    facts: dict[str, str | int] = {
        "sign": row["sign"],
        "seal": locks.fingerprint(b64decode(row["seal"])),
        "roles": "+".join(row["roles"]),
    }
    return Draft(type=kind, subject=row["id"], facts=facts)


def _invitation(code: str) -> tuple[str, bytes]:
    """The person's id and the secret of an invitation, as typed: capitals, hyphens and spaces do
    not count."""
    typed = keyring.letters(code)
    person, secret = typed[: -keyring.CODE_LETTERS], typed[-keyring.CODE_LETTERS :]
    if not person.startswith("P") or len(person) == 1:
        raise KeyringError(
            "This is not an invitation code.", "It begins with P. Copy the whole code, all groups."
        )
    return f"P-{person[1:]}", keyring.read_code(secret)


def _proof(secret: bytes, sign: bytes, seal: bytes) -> str:
    return hmac.digest(secret, b"recruitcheck join v1\n" + sign + seal, "sha256").hex()
