"""What leaves the register for people who check it elsewhere: ledger export, and receipts.

An export is four files that stock tools verify (`golang.org/x/mod/sumdb/note` and `tlog`):

    checkpoint      the signed head, a C2SP checkpoint
    log.vkey        the log's verifier key
    entries.jsonl   the leaves, byte for byte, one a line
    proofs.json     inclusion of each, and consistency with an earlier head

and, where asked for, the whole log in tiles (`tiles.py`).

A receipt is one JSON file for an applicant: the entries about them with proofs, the head, the
key, and the opened texts with their salts. It is checked without the register.
"""

from __future__ import annotations

import hmac
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recruitcheck.errors import (
    BadInput,
    Destroyed,
    IntegrityError,
    NotFound,
    RecruitcheckError,
    Sealed,
)
from recruitcheck.vault import agefile, files, heads, merkle, note, tiles
from recruitcheck.vault.note import Checkpoint, Note
from recruitcheck.vault.verify import Fault, Verification

if TYPE_CHECKING:
    from recruitcheck.vault.register import Register
    from recruitcheck.vault.store import Store

HOW = """What lies here, and how to check it without recruitcheck

checkpoint      the register's signed head: its name, the number of entries, the tree's root
log.vkey        the public key that signed it
entries.jsonl   the entries as they were signed, one a line; they name no applicant
proofs.json     for each entry, the proof that it is in the tree of that root
tile/           only where asked for: the whole log in tiles (C2SP tlog-tiles)

The head is a signed note (C2SP signed-note, tlog-checkpoint); the tree is that of RFC 6962. Any
program that knows these can check it, for example Go's golang.org/x/mod/sumdb/note and tlog.
Compare the checkpoint with one you were given earlier: a register that forgot something cannot
prove that the new head continues the old.
"""


def export(
    where: str | Path,
    folder: str | Path,
    *,
    entries: str = "all",
    since: str | Path | None = None,
    whole: bool = False,
    register: Register | None = None,
) -> Checkpoint:
    """Write an export; needs no passphrase. Returns the head it is about.

    `entries` is `all`, or indices and inclusive ranges such as `0,5-9`; `whole` adds all
    of the log in tiles. Without an unlocked `register` the head is the last one that was signed.

    Raises:
        BadInput: there is no such entry, or `since` is not a checkpoint of this register.
        IntegrityError: the register does not continue the head given by `since`.
        RegisterError: it cannot be read, or the folder not be written.
    """
    with _opened(where, register) as open_register:
        store = open_register.store
        signed = note.parse(open_register.checkpoint())
        head = note.checkpoint(signed)
        wanted = chosen(entries, head.size)
        consistency = [_continues(store, since, head)] if since is not None else []
        target = Path(folder)
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.not_written(error, target) from error
        files.replace(target / "checkpoint", str(signed).encode(), outside=True)
        key = f"{heads.log_verifier(store)}\n".encode()
        files.replace(target / "log.vkey", key, outside=True)
        with files.replacing(target / "entries.jsonl", outside=True) as fd:
            for index in wanted:
                files.write_all(fd, store.leaf(index) + b"\n")
        with files.replacing(target / "proofs.json", outside=True) as fd:
            files.write_all(fd, b'{"inclusion": [')
            for number, index in enumerate(wanted):
                text = json.dumps(_inclusion(store, index, head))
                files.write_all(fd, (b",\n" if number else b"\n") + text.encode())
            rest = json.dumps([c for c in consistency if c is not None])
            files.write_all(fd, b'\n], "consistency": ' + rest.encode() + b"}\n")
        if whole:
            tiles.write(store, head.size, target)
        files.replace(target / "README.txt", HOW.encode(), outside=True)
    return head


_EARLIER = 500
"""Earlier heads that a receipt proves to continue; each costs about a kilobyte."""


@contextmanager
def _opened(where: str | Path, register: Register | None) -> Iterator[Register]:
    if register is not None:
        yield register
        return
    from recruitcheck.vault.register import open_register

    with open_register(where) as found:
        yield found


_RANGE = re.compile(r"([0-9]{1,15})(?:-([0-9]{1,15}))?")


def chosen(text: str, size: int) -> Sequence[int]:
    """The indices that `all` or `N,M-K` names. Raises `BadInput`."""
    if text == "all":
        return range(size)
    found: set[int] = set()
    for part in text.split(","):
        named = _RANGE.fullmatch(part.strip())
        if not named:
            raise BadInput(
                "Name entries as `all`, or like `0,5-9`.",
                "Numbers count from 0, and a range holds its last one too.",
            )
        start = int(named[1])
        end = int(named[2] or start)
        if not 0 <= start <= end < size:
            raise BadInput(
                f"There is no entry {part.strip()}; the head has {size} entries.",
                "Numbers count from 0.",
            )
        found.update(range(start, end + 1))
    return sorted(found)


def _inclusion(store: Store, index: int, head: Checkpoint) -> dict[str, Any]:
    return {
        "leaf_index": index,
        "leaf_data_base64": _b64(store.leaf(index)),
        "inclusion_proof": [_b64(item) for item in store.tree.inclusion(index, head.size)],
        "tree_size": head.size,
        "root": _b64(head.root),
    }


def _continues(store: Store, since: str | Path, head: Checkpoint) -> dict[str, Any] | None:
    signed = note.from_file(since)
    old = note.checkpoint(signed)
    if old.origin != head.origin or not heads.log_verifier(store).signed(signed):
        raise BadInput(
            f"{since} is not a checkpoint of this register.",
            "Name the file `checkpoint` of an earlier `ledger export`.",
        )
    if old.size > head.size or store.tree.root(old.size) != old.root:
        raise IntegrityError(
            f"This register does not continue the head of {old.size} entries in {since}.",
            "Keep both and call whoever audits the register.",
        )
    if old.size == 0:
        return None
    return {
        "old_size": old.size,
        "old_root": _b64(old.root),
        "new_size": head.size,
        "new_root": _b64(head.root),
        "consistency_proof": [_b64(i) for i in store.tree.consistency(old.size, head.size)],
    }


# --- receipts -------------------------------------------------------------------------------


def receipt(register: Register, case: str, path: str | Path, *, to: Sequence[str] = ()) -> int:
    """Write a receipt of everything about a case that I can open; returns how many texts.

    With `to`, public keys of age programs, the file is sealed to their holders.

    Raises:
        NotFound: nothing was entered about it.
        BadInput: one of `to` is no such key.
    """
    signed = note.parse(register.checkpoint())
    head = note.checkpoint(signed)
    inclusion, opened = [], []
    for entry in register.entries(case=case):
        if entry.seq >= head.size:
            break
        inclusion.append(_inclusion(register.store, entry.seq, head))
        for compartment in entry.boxes:
            if compartment != "case" and not compartment.startswith("lookup:"):
                continue
            try:
                text, salt = register.open_box(entry, compartment)
            except (Sealed, Destroyed):
                continue
            found = {"leaf_index": entry.seq, "box": compartment, "salt": salt.hex()}
            opened.append({**found, **_readable(text)})
    if not inclusion:
        raise NotFound("Nothing was entered about this applicant.", "Check the pseudonym.")
    body = {
        "receipt": 1,
        "checkpoint": str(signed),
        "vkey": str(heads.log_verifier(register.store)),
        "inclusion": inclusion,
        "consistency": _earlier_heads(register.store, head),
        "opened": opened,
    }
    text = json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n"
    files.replace(Path(path), agefile.sealed(text, to) if to else text, outside=True)
    return len(opened)


def _earlier_heads(store: Store, head: Checkpoint) -> list[dict[str, Any]]:
    """Proofs that the head continues those signed before it, the newest `_EARLIER` of them.

    With them somebody who was given an earlier checkpoint can tell that nothing was rewritten.
    """
    sizes = {note.checkpoint(signed).size for signed in heads.all_signed(store)}
    return [
        {
            "old_size": size,
            "old_root": _b64(store.tree.root(size)),
            "new_size": head.size,
            "new_root": _b64(head.root),
            "consistency_proof": [_b64(i) for i in store.tree.consistency(size, head.size)],
        }
        for size in sorted(size for size in sizes if 0 < size < head.size)[-_EARLIER:]
    ]


def _readable(text: bytes) -> dict[str, str]:
    try:
        return {"text": text.decode()}
    except UnicodeDecodeError:
        return {"text_base64": _b64(text)}


def check_receipt(path: str | Path, *, checkpoint: str | Path | None = None) -> Verification:
    """Check a receipt, without the register.

    With `checkpoint`, a head obtained elsewhere, the receipt must be about that head or prove
    that its own head continues it.

    Raises:
        BadInput: the file is not a receipt, `checkpoint` is none, or nothing ties the two.
    """
    told = note.from_file(checkpoint) if checkpoint is not None else None
    try:
        data = Path(path).read_bytes()
        if data.startswith(agefile.BEGINS):
            raise BadInput(
                f"{path} is sealed to somebody.",
                "They open it first: age --decrypt -i KEY-FILE FILE > receipt.json",
            )
        body = json.loads(data)
        signed, key = note.parse(body["checkpoint"]), note.verifier(body["vkey"])
        head = note.checkpoint(signed)
        faults = list(_head_faults(signed, key, head))
        if told is not None:
            faults += _compared(told, key, head, body["consistency"])
        leaves: dict[int, dict[str, Any]] = {}
        for item in body["inclusion"]:
            index, raw = int(item["leaf_index"]), b64decode(item["leaf_data_base64"])
            leaves[index] = json.loads(raw)
            proof = [b64decode(part) for part in item["inclusion_proof"]]
            digest = merkle.leaf_hash(raw)
            if not merkle.check_inclusion(index, head.size, digest, proof, head.root):
                faults.append(Fault(index, "tree", "this entry is not in the tree of the head"))
        faults += _text_faults(leaves, body["opened"])
    except RecruitcheckError:
        raise
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput(
            f"{path} is not a receipt that can be read.",
            "Name the file that the applicant was given, as it came.",
        ) from error
    return Verification(not faults, head.size, _b64(head.root), tuple(faults))


def _head_faults(signed: Note, key: note.Verifier, head: Checkpoint) -> Iterator[Fault]:
    if key.name != head.origin or not key.signed(signed):
        yield Fault(None, "checkpoint", "the head is not signed by the key in the receipt")


def _compared(
    told: Note, key: note.Verifier, head: Checkpoint, proofs: Sequence[dict[str, Any]]
) -> Iterator[Fault]:
    """What stands against the receipt's head beside a head obtained elsewhere."""
    other = note.checkpoint(told)
    if other.origin != head.origin or not key.signed(told):
        yield Fault(None, "checkpoint", "the head given is of another register, or not signed")
    elif other.size == head.size:
        if other.root != head.root:
            yield Fault(None, "checkpoint", "the head given tells another history")
    elif not (found := [item for item in proofs if item["old_size"] == other.size]):
        raise BadInput(
            f"The receipt is about {head.size} entries and the checkpoint about {other.size}; "
            "nothing in the receipt ties one to the other, so they cannot be compared.",
            "Without --checkpoint the receipt is checked alone. Ask the trust for a new receipt: "
            "it proves that it continues the checkpoints signed before it.",
        )
    else:
        proof = [b64decode(part) for part in found[0]["consistency_proof"]]
        if not merkle.check_consistency(other.size, head.size, other.root, head.root, proof):
            yield Fault(None, "checkpoint", "the receipt does not continue the head given")


def _text_faults(leaves: dict[int, dict[str, Any]], opened: list[Any]) -> Iterator[Fault]:
    for item in opened:
        index = int(item["leaf_index"])
        text = item["text"].encode() if "text" in item else b64decode(item["text_base64"])
        says = leaves.get(index, {}).get("boxes", {}).get(item["box"], {}).get("commit", "")
        made = hmac.digest(bytes.fromhex(item["salt"]), text, "sha256").hex()
        if not hmac.compare_digest(made, says):
            yield Fault(index, "text", "this text is not the one that was entered")


def _b64(data: bytes) -> str:
    return b64encode(data).decode()
