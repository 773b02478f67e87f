"""Destroying what is sealed about one applicant, so that no key and no file can bring it back.

    1  `shred-intent` is entered with the number of wraps there are, and the head signed
    2  the case's wraps and shares leave the key store, which is rewritten
    3  its boxes leave the ledger, which is rewritten; evidence and torn tails are removed
    4  its documents leave the state, which is rewritten
    5  `shred-done` is entered, with counts

Each stage can be done again without harm; whoever unlocks next finishes what a crash left between
1 and 5. Leaves, root, proofs and every older checkpoint stay as they were.

What this cannot reach: a backup of the key store together with one of the ledger, made before.
`Destruction` is printed as a certificate that says so.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tinydb import where

from recruitcheck.errors import BadInput, NotFound
from recruitcheck.records import Destruction, Draft, Entry
from recruitcheck.vault import heads
from recruitcheck.vault.staff import Session
from recruitcheck.vault.store import Store

if TYPE_CHECKING:
    from recruitcheck.vault.register import Register

CAVEAT = (
    "What was sealed cannot be opened again with any key of this register. A backup of the key "
    "store made before {day} could still open a backup of the ledger made before that day: the "
    "content is unrecoverable once backups of the key store older than {day} are gone. What was "
    "printed or exported earlier is listed here and is for those who hold it to destroy."
)


def caveat(destruction: Destruction) -> str:
    """The honest sentence of the certificate."""
    return CAVEAT.format(day=f"{destruction.at:%d %B %Y}")


def destroy(register: Register, session: Session, case: str, cause: str) -> Destruction:
    """Destroy a case, or finish destroying it; returns what the certificate is printed from.

    Raises:
        NotFound: nothing was ever entered about it.
        BadInput: the cause is not a short word.
    """
    if next(register.entries(case=case), None) is None:
        raise NotFound("Nothing was entered about this applicant.", "Check the pseudonym.")
    marks = register.store.gone().get(case, {})
    if "shred-done" in marks:
        return certificate(register, case)
    if "shred-intent" not in marks:
        if not cause:
            raise BadInput("A destruction needs a cause.", "For example: retention.")
        heads.current(register.store, session)
        facts: dict[str, str | int] = {"cause": cause, **_wraps(register.store, case)}
        register.append([Draft(type="shred-intent", subject=case, case=case, facts=facts)])
    _finish(register, session, case)
    return certificate(register, case)


def resume(register: Register, session: Session) -> None:
    """Finish every destruction that was begun."""
    for case, marks in list(register.store.gone().items()):
        if "shred-done" not in marks:
            _finish(register, session, case)


def _finish(register: Register, session: Session, case: str) -> None:
    store = register.store
    with store.writing():
        if "shred-done" in store.gone().get(case, {}):
            return
        session.chest.forget(case)
        wraps = _wraps(store, case)
        intent = next(register.entries(case=case, type="shred-intent"), None)
        if intent is not None and _count(intent, "wraps") > wraps["wraps"]:
            # a crash stopped it when they were gone already: the intent knows how many there were
            wraps |= {name: intent.facts.get(name, "") for name in wraps}
        _wraps_gone(store, case)
        seqs = [entry.seq for entry in register.entries(case=case) if entry.boxes]
        expected = sum(len(register.entry(seq).boxes) for seq in seqs)
        _, evidence = store.drop_boxes(seqs)
        for name in store.state_tables():
            store.state(name).remove(where("case") == case)
        if store.meta.strict:
            session.chest.renew_vault_key()
        store.compact()
        facts: dict[str, str | int] = {
            "boxes": expected,
            "files": evidence,
            **wraps,
        }
        register.append([Draft(type="shred-done", subject=case, case=case, facts=facts)])
        heads.current(store, session)


def _wraps(store: Store, case: str) -> dict[str, Any]:
    """How many wraps a case has, and a fingerprint of the keys in them."""
    rows = store.keys("wraps").search(where("case") == case)
    names = " ".join(sorted({row["dek"] for row in rows}))
    return {"wraps": len(rows), "keys": sha256(names.encode()).hexdigest()[:16]}


def _wraps_gone(store: Store, case: str) -> None:
    """Remove a case's wraps and shares."""
    store.keys("wraps").remove(where("case") == case)
    store.keys("shares").remove(where("case") == case)


def certificate(register: Register, case: str) -> Destruction:
    """What is known of a finished destruction. Raises `NotFound` before that."""
    intent = next(register.entries(case=case, type="shred-intent"), None)
    done = next(register.entries(case=case, type="shred-done"), None)
    if next(register.entries(case=case), None) is None:
        raise NotFound(f"There is no applicant {case!r} here.", "Check the pseudonym.")
    if intent is None or done is None:
        raise NotFound(
            "This applicant's content was not destroyed.", "See `recruitcheck retention due`."
        )
    given = list(register.entries(case=case, type="disclosure"))
    return Destruction(
        id=f"{case}-{secrets.token_hex(2)}",
        applicant=case,
        cause=str(intent.facts.get("cause", "")),
        by=intent.author,
        at=done.at,
        boxes=_count(done, "boxes"),
        wraps=_count(done, "wraps"),
        files=_count(done, "files"),
        key_fingerprint=str(done.facts.get("keys", "")),
        exports=tuple(f"{e.at:%Y-%m-%d} {e.facts.get('kind', '')}".strip() for e in given),
    )


def _count(done: Entry, fact: str) -> int:
    return int(done.facts.get(fact, 0))
