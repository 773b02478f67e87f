"""Founding a register: its folder or rows, its first person, and its first entries."""

from __future__ import annotations

import os
import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from recruitcheck.errors import BadInput
from recruitcheck.records import Draft, Role
from recruitcheck.vault import entering, keyring, locks, quiet_core
from recruitcheck.vault.chest import ROLES, Chest
from recruitcheck.vault.leaves import checked, stamp
from recruitcheck.vault.rolekeys import (
    epoch_draft,
    keep_role,
    role_row,
)
from recruitcheck.vault.roll import RECOVERY, Roll, log_id
from recruitcheck.vault.staff import (
    CALIBRATE_TO,
    Session,
    context_of,
    new_id,
    plain_name,
)
from recruitcheck.vault.store import FORMAT, Meta, Store, make_store, open_store

if TYPE_CHECKING:
    from recruitcheck.vault.clock import Clock
    from recruitcheck.vault.register import Register


def found(
    place: str,
    origin: str,
    name: str,
    passphrase: str,
    *,
    clock: Clock,
    demo: bool,
    strict: bool,
) -> tuple[Store, Session, str]:
    """Lay out a register and its key store; the first entries come from `first_entries`."""
    quiet_core()
    mine, log, nonce = keyring.fresh(), os.urandom(32), os.urandom(16).hex()
    code = keyring.new_code()
    rescue = keyring.from_code(code)
    effort = locks.calibrated(CALIBRATE_TO, clock.monotonic)
    log_name = log_id(nonce, mine.sign_public, locks.sign_public(log), rescue.sign_public)
    me = new_id(())
    stored, ring_key = keyring.locked(mine, passphrase, context_of(log_name, me), effort)
    meta = Meta(
        format=FORMAT, log=log_name, origin=_origin(origin, log_name), demo=demo, strict=strict
    )
    make_store(place, meta)
    store = open_store(place)
    roll = Roll(store)
    chest = Chest(store, roll, me, mine)
    session = Session(me, mine, locks.signer(mine.sign), ring_key, roll, chest)
    store.keys("people").insert(
        {
            "id": me,
            "name": plain_name(name),
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
    keep_role(store, ("log", 1), log, locks.sign_public(log), readers)
    for role in ROLES:
        seed = os.urandom(locks.SEED_BYTES)
        to = readers if role != "equality" else {RECOVERY: rescue.seal_public}
        keep_role(store, (role, 1), seed, locks.seal_public(seed), to)
    chest.load()
    return store, session, keyring.spelt(code)


def first_entries(register: Register, session: Session) -> None:
    """Enter the register, its first person and the first keys of its roles."""
    store = register.store
    settings = {k: v for row in store.keys("settings").all() for k, v in row.items()}
    log = role_row(store, "log", 1)
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
    drafts += [epoch_draft(role_row(store, role, 1)) for role in ROLES]
    with store.writing():
        entering.enter(register.store, session, register.clock, [(checked(d), d) for d in drafts])
    session.roll.update()


def _origin(wanted: str, log: str) -> str:
    plain = re.sub(r"[^a-z0-9.-]+", "-", wanted.casefold()).strip("-.")
    if not plain:
        raise BadInput(
            "The register needs a name such as your web address.", "For example northfield.example."
        )
    return f"{plain[:80]}/recruitcheck/{log}"
