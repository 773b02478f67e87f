"""Checking a register from its bytes up, with as little of the writing code as can be.

This module reads what is stored itself, parses with the standard library's json, and grows the
tree on a stack; with the writing side it shares only the signature primitive and the note format.
Stages:

    1  the ledger's form: every batch closed, sums right, leaves canonical
    2  the tree: stated roots, signed checkpoints, the head given by `--against`
    3  who signed: keys from the entries about people, then every signature
    4  chains: each author's entries count up and name the hash of the one before
    5  the flow: no lookup without a grant, no grant without a permitting decision ...
    6  boxes: present and as entered, or destroyed with an entry that says so

With an unlocked register, boxes that the person can open are opened and their commitments checked.
A torn tail (bytes after the last closed batch) was never acknowledged and is no problem.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from recruitcheck.errors import Destroyed, IntegrityError, RecruitcheckError, Sealed
from recruitcheck.vault import note, signatures
from recruitcheck.vault.flow import Flow
from recruitcheck.vault.note import Note, Verifier
from recruitcheck.vault.stored import Stored, opened

if TYPE_CHECKING:
    from recruitcheck.vault.register import Register

_FOR_HR: Final = ("person-admitted", "person-recovered", "person-left", "role-epoch")

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total) now and then."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `index` is the entry's, or None."""

    index: int | None
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found. `ok`: no problems; `root` is base64, as in a checkpoint."""

    ok: bool
    size: int
    root: str
    problems: tuple[Fault, ...]


@dataclass(slots=True)
class _Walk:
    """What the pass over the entries gathers."""

    faults: list[Fault] = field(default_factory=list)
    stack: list[tuple[int, bytes]] = field(default_factory=list)
    size: int = 0
    roots: dict[int, bytes] = field(default_factory=dict)
    wanted: set[int] = field(default_factory=set)
    chains: dict[str, tuple[int, str]] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    hr: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    witnesses: list[Verifier] = field(default_factory=list)
    work: list[tuple[int, bytes, bytes]] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    checks: list[tuple[int, str, dict[str, Any], dict[str, bytes | None]]] = field(
        default_factory=list
    )

    def fault(self, index: int | None, kind: str, message: str) -> None:
        """Note a problem."""
        self.faults.append(Fault(index, kind, message))


def verify(
    where: str | Path,
    *,
    against: str | Path | None = None,
    register: Register | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Check a register; needs no passphrase, and checks more with an unlocked one.

    Raises:
        RegisterError: there is no register to check.
        BadInput: the file given as `against` is not a checkpoint.
    """
    tell = progress or (lambda *_: None)
    earlier = _earlier(against)
    with opened(str(where)) as source:
        walk = _Walk()
        try:
            notes = [note.parse(text) for text in source.checkpoints()]
        except RecruitcheckError as error:
            notes = []
            walk.fault(None, "checkpoint", error.message)
        heads = [*notes, *([earlier] if earlier else [])]
        walk.wanted = {note.checkpoint(n).size for n in heads}
        flow = Flow()
        try:
            for stored in source.leaves():
                _step(walk, flow, stored, source.log)
                if walk.size % 2000 == 0:
                    tell("entries", walk.size, source.total)
        except IntegrityError as error:
            walk.fault(walk.size, "form", error.message)
        for message in source.damage():
            walk.fault(None, "keys", message)
        walk.roots[0] = sha256(b"").digest()
        walk.roots[walk.size] = _root(walk.stack)
        _check_heads(walk, notes, earlier, source.origin)
        _check_signatures(walk, tell)
        _check_boxes(walk, source.large)
    if register is not None and register.me is not None:
        _check_open(walk, register, tell)
    root = b64encode(walk.roots[walk.size]).decode()
    return Verification(not walk.faults, walk.size, root, tuple(walk.faults))


def _earlier(against: str | Path | None) -> Note | None:
    return None if against is None else note.from_file(against)


# --- the pass -------------------------------------------------------------------------------


def _step(walk: _Walk, flow: Flow, stored: Stored, log: str) -> None:
    index = walk.size
    digest = sha256(b"\x00" + stored.raw).digest()
    _grow(walk.stack, digest)
    walk.size += 1
    if walk.size in walk.wanted:
        walk.roots[walk.size] = _root(walk.stack)
    if stored.closes is not None and stored.closes != _root(walk.stack).hex().encode():
        walk.fault(index, "tree", "the root stated here is not the root of the entries so far")
    leaf = _leaf(stored.raw, log)
    if leaf is None:
        walk.fault(index, "form", "this entry is not written as entries of this ledger are")
        return
    for message in flow.check(leaf):
        walk.fault(index, "flow", message)
    author, case, boxes = leaf["author"], leaf["case"], leaf["boxes"]
    _chain(walk, index, leaf, author, digest)
    _people(walk, index, leaf, stored.raw, author)
    if leaf["type"] in ("shred-intent", "shred-done"):
        walk.gone[case] = leaf["type"]
    if boxes or stored.boxes:
        walk.checks.append((index, case, boxes, stored.boxes))


_WORDS: Final = ("log", "id", "type", "author", "aprev", "at", "subject", "case", "sig")
_FIELDS: Final = frozenset({*_WORDS, "v", "aseq", "refs", "facts", "boxes"})


def _leaf(raw: bytes, log: str) -> dict[str, Any] | None:
    """A leaf of this ledger; None where bytes, fields or their kinds are not those of a leaf."""
    try:
        leaf = json.loads(raw)
        plain = json.dumps(leaf, sort_keys=True, separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        return None
    if plain != raw or not isinstance(leaf, dict) or leaf.keys() != _FIELDS:
        return None
    refs, facts, boxes = leaf["refs"], leaf["facts"], leaf["boxes"]
    fits = (
        all(isinstance(leaf[name], str) for name in _WORDS)
        and (leaf["v"], leaf["log"]) == (1, log)
        and isinstance(leaf["aseq"], int)
        and (isinstance(refs, list) and all(isinstance(ref, str) for ref in refs))
        and (isinstance(facts, dict) and all(isinstance(f, str | int) for f in facts.values()))
        and (isinstance(boxes, dict) and all(isinstance(box, dict) for box in boxes.values()))
    )
    return leaf if fits else None


def _grow(stack: list[tuple[int, bytes]], digest: bytes) -> None:
    """Add a leaf hash: equal neighbours merge, as in the game 2048."""
    size = 1
    while stack and stack[-1][0] == size:
        digest = sha256(b"\x01" + stack.pop()[1] + digest).digest()
        size *= 2
    stack.append((size, digest))


def _root(stack: list[tuple[int, bytes]]) -> bytes:
    if not stack:
        return sha256(b"").digest()
    digest = stack[-1][1]
    for _, left in reversed(stack[:-1]):
        digest = sha256(b"\x01" + left + digest).digest()
    return digest


def _chain(walk: _Walk, index: int, leaf: Mapping[str, Any], author: str, digest: bytes) -> None:
    count, before = walk.chains.get(author, (-1, ""))
    if leaf["aseq"] != count + 1 or leaf["aprev"] != before:
        walk.fault(index, "chain", "this does not follow its author's entry before it")
    walk.chains[author] = (count + 1, digest.hex())


def _people(walk: _Walk, index: int, leaf: Mapping[str, Any], raw: bytes, author: str) -> None:
    kind, subject, facts = leaf["type"], leaf["subject"], leaf["facts"]
    try:
        if index == 0:
            _first(walk, leaf)
        elif kind in _FOR_HR and author != "RECOVERY" and author not in walk.hr:
            walk.fault(index, "author", "only hr may enter this")
        key = walk.keys.get(author)
        if key is None or author in walk.left:
            walk.fault(index, "author", "nobody of this id was a member when this was entered")
        else:
            walk.work.append((index, key, raw))
        if kind in ("person-admitted", "person-recovered"):
            walk.keys[subject] = bytes.fromhex(facts["sign"])
            walk.left.discard(subject)
            (walk.hr.add if "hr" in facts["roles"].split("+") else walk.hr.discard)(subject)
        elif kind == "person-left":
            walk.left.add(subject)
        elif kind == "witness-added":
            public = bytes.fromhex(facts["key"])
            walk.witnesses.append(Verifier(str(facts["name"]), public, note.COSIGNATURE))
    except (KeyError, ValueError, AttributeError, TypeError):
        walk.fault(index, "form", "an entry about people lacks what it must say")


def _first(walk: _Walk, leaf: Mapping[str, Any]) -> None:
    facts = leaf["facts"]
    names = ("sign", "log-key", "recovery-sign")
    keys = [bytes.fromhex(facts[name]) for name in names]
    named = sha256(b"recruitcheck log v1\n" + facts["nonce"].encode() + b"".join(keys)).hexdigest()
    if leaf["type"] != "register-created" or named[:32] != leaf["log"]:
        walk.fault(0, "author", "the ledger does not begin with the keys its id names")
    walk.keys = {leaf["subject"]: keys[0], "LOG": keys[1], "RECOVERY": keys[2]}
    walk.hr.add(leaf["subject"])


# --- after the pass -------------------------------------------------------------------------


def _check_heads(walk: _Walk, notes: Iterable[Note], earlier: Note | None, origin: str) -> None:
    key = Verifier(origin, walk.keys.get("LOG", bytes(32)))
    for signed in (*notes, *([earlier] if earlier else [])):
        head = note.checkpoint(signed)
        given = "the head given" if signed is earlier else "a head kept here"
        if head.origin != origin or not key.signed(signed):
            walk.fault(None, "checkpoint", f"{given} is not signed by this ledger")
        elif any(_forged(witness, signed) for witness in walk.witnesses):
            walk.fault(None, "checkpoint", f"{given} bears a line that its witness did not write")
        elif head.size > walk.size:
            walk.fault(
                None,
                "checkpoint",
                f"{given} has {head.size} entries, the ledger {walk.size}: its tail is missing",
            )
        elif walk.roots.get(head.size) != head.root:
            walk.fault(
                None,
                "checkpoint",
                f"the first {head.size} entries are not those of {given}",
            )


def _forged(witness: Verifier, signed: Note) -> bool:
    lines = [s for s in signed.signatures if s.name == witness.name]
    return any(s.key_id == witness.key_id for s in lines) and not witness.signed(signed)


def _check_signatures(walk: _Walk, tell: Progress) -> None:
    total = len(walk.work)
    results = signatures.check(
        [(key, raw) for _, key, raw in walk.work],
        lambda done: tell("signatures", done, total),
    )
    for (index, _, _), right in zip(walk.work, results, strict=True):
        if not right:
            walk.fault(index, "signature", "this entry is not signed by its author")


def _check_boxes(walk: _Walk, large: Callable[[str], bytes | None]) -> None:
    for index, case, stated, found in walk.checks:
        for name in set(found) - set(stated):
            walk.fault(index, "box", f"a box `{name}` lies here that the entry does not name")
        for name, says in stated.items():
            data = found.get(name)
            if data is None:
                data = large(str(says.get("sha256", "")))
            gone = walk.gone.get(case) if case else None
            if data is None:
                if gone is None:
                    walk.fault(index, "box", f"the box `{name}` is missing")
            elif gone == "shred-done":
                walk.fault(index, "box", f"the box `{name}` was not destroyed")
            elif sha256(data).hexdigest() != says.get("sha256") or len(data) != says.get("len"):
                walk.fault(index, "box", f"the box `{name}` is not what was entered")


def _check_open(walk: _Walk, register: Register, tell: Progress) -> None:
    for done, (index, case, stated, _) in enumerate(walk.checks, start=1):
        if done % 500 == 0:
            tell("boxes", done, len(walk.checks))
        if case and case in walk.gone:
            continue
        for name in stated:
            try:
                register.read(register.entry(index), name)
            except (Sealed, Destroyed):
                continue
            except RecruitcheckError as error:
                walk.fault(index, "box", f"the box `{name}` does not open: {error.message}")


def lines(found: Verification) -> Iterator[str]:
    """The result as a person reads it."""
    yield f"{found.size} entries, root {found.root}"
    for fault in found.problems:
        place = "" if fault.index is None else f"entry {fault.index}: "
        yield f"{fault.kind}: {place}{fault.message}"
    yield "Everything fits." if found.ok else f"{len(found.problems)} problem(s)."
