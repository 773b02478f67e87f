"""Checking a register from its bytes up, with as little of the writing code as can be.

This module reads the files itself, parses with the standard library's json, and computes the tree
as RFC 6962 writes it, recursively; it shares with the writing side only the signature primitive
and the note format. Stages:

    1  the ledger's form: every batch closed, sums right, leaves canonical
    2  the tree: stated roots, signed checkpoints, the head given by `--against`
    3  who signed: keys from the entries about people, then every signature
    4  chains: each author's entries count up and name the hash of the one before
    5  the flow: no lookup without a grant, no grant without a permitting decision ...
    6  boxes: present and as entered, or destroyed with an entry that says so

With an unlocked register, boxes that the person can open are opened and their commitments checked.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `index` is the entry's, or None."""

    index: int | None
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found. `ok` is true when `problems` is empty."""

    ok: bool
    size: int
    root: str
    problems: tuple[Fault, ...]
