"""Texts into sealed boxes and out of them again.

An entry names for each compartment the data key, the commitment, and length and digest of the
sealed bytes; the box itself lies beside the leaf, so that it can be destroyed while the leaf stays.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from recruitcheck.errors import Destroyed, Sealed
from recruitcheck.records import Draft
from recruitcheck.vault import locks, staff
from recruitcheck.vault.leaves import Leaf, entry, parse
from recruitcheck.vault.staff import Session
from recruitcheck.vault.store import Store


def sealed(
    draft: Draft, event: str, log: str, session: Session
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Seal a draft's texts: what the leaf says of each, and the boxes."""
    named: dict[str, Any] = {}
    boxes: dict[str, bytes] = {}
    for compartment, text in draft.boxes.items():
        data_key = session.chest.data_key(draft.case, compartment)
        box, commit = locks.box(data_key.key, context(log, event, compartment), text)
        boxes[compartment] = box
        named[compartment] = {
            "commit": commit,
            "dek": data_key.id,
            "len": len(box),
            "sha256": sha256(box).hexdigest(),
        }
    return named, boxes


def opened(
    store: Store, session: Session, seq: int, leaf: Leaf, compartment: str
) -> tuple[bytes, bytes]:
    """Text and salt of one box of a leaf.

    Raises:
        Sealed: it is not for me.
        Destroyed: it was destroyed; the error carries the day.
        IntegrityError: it is not what was entered.
    """
    stated = leaf.boxes[compartment]
    if leaf.case in store.gone():
        raise destroyed(store, leaf.case)
    data_key = session.chest.open(stated.dek)
    if data_key is None:
        raise Sealed("This is sealed to others.", "Ask HR if you need it for your work.")
    box = store.box(seq, compartment, stated.sha256)
    if box is None or sha256(box).hexdigest() != stated.sha256:
        raise staff.missing_box(seq)
    return locks.unbox(data_key, context(store.meta.log, leaf.id, compartment), box, stated.commit)


def destroyed(store: Store, case: str) -> Destroyed:
    """The answer about a destroyed case; it carries the moment."""
    marks = store.gone()[case]
    seq = marks.get("shred-done", marks.get("shred-intent", 0))
    at = entry(seq, parse(store.leaf(seq))).at
    return Destroyed(f"This was destroyed on {at:%d %B %Y}.", "Only the entries remain.", at)


def context(log: str, event: str, compartment: str) -> bytes:
    """What a box is bound to: nothing can be moved to another entry or compartment."""
    return f"recruitcheck box v1\n{log}\n{event}\n{compartment}".encode()
