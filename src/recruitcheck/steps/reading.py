"""Reading records of oversight from the ledger; the desk reads those of the flow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from recruitcheck.errors import Destroyed, NotFound, Sealed
from recruitcheck.records import Entry
from recruitcheck.steps.desk import Desk

R = TypeVar("R")


def versions(
    desk: Desk, kind: type[R], type_: str, boxes: Sequence[str], *, case: str | None = None
) -> Iterator[tuple[Entry, R]]:
    """Every version of every record of a kind that this person may read, oldest first."""
    for entry in desk.register.entries(type=type_, case=case):
        if not set(boxes) & set(entry.boxes):
            continue  # the same type of entry, sealed to others only
        try:
            yield entry, desk.open(kind, entry, boxes)
        except (Sealed, Destroyed):
            continue


def newest(
    desk: Desk, kind: type[R], type_: str, boxes: Sequence[str], *, case: str | None = None
) -> tuple[R, ...]:
    """The newest version of every record of a kind that this person may read, oldest first."""
    found: dict[str, R] = {}
    for entry, record in versions(desk, kind, type_, boxes, case=case):
        found[entry.subject] = record
    return tuple(found.values())


def one(desk: Desk, kind: type[R], type_: str, boxes: Sequence[str], id: str) -> R:
    """The newest version of one record.

    Raises:
        NotFound: there is no such record.
        Sealed, Destroyed: it cannot be read.
    """
    refused: Sealed | Destroyed | None = None
    for entry in desk.register.entries(subject=id, reverse=True):
        if entry.type != type_ or not set(boxes) & set(entry.boxes):
            continue
        try:
            return desk.open(kind, entry, boxes)
        except (Sealed, Destroyed) as error:
            refused = refused or error
    if refused:
        raise refused
    raise NotFound(f"There is no record {id!r} here.", "Look it up in the list again.")


def destroyed(desk: Desk) -> dict[str, Entry]:
    """Pseudonyms of the applicants whose records were destroyed, with the entry that says so."""
    return {
        entry.case or entry.subject: entry for entry in desk.register.entries(type="shred-done")
    }
