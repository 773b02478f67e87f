"""A witness: somebody else's installation that remembers heads and signs those that continue.

It follows C2SP tlog-witness, carried as files (or by any other way): the register's side writes a
request (`old` size, consistency proof, checkpoint), the witness answers with a cosignature line,
and the register keeps that line under its checkpoint. Two histories cannot both get past a common
witness, and a head that a witness signed cannot be taken back unseen by whoever asks the witness.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from recruitcheck.errors import BadInput, IntegrityError, NotFound
from recruitcheck.records import Draft
from recruitcheck.vault import files, heads, keyring, locks, merkle, note
from recruitcheck.vault.keyring import Secrets
from recruitcheck.vault.note import COSIGNATURE, Signature, Verifier
from recruitcheck.vault.register import Register


@dataclass(frozen=True, slots=True)
class Witness:
    """An opened witness; its file is under its own passphrase."""

    path: Path
    name: str
    secrets: Secrets

    @property
    def vkey(self) -> str:
        """Its verifier key, to be handed to registers it watches."""
        return str(Verifier(self.name, self.secrets.sign_public, COSIGNATURE))


def create(path: str | Path, name: str, passphrase: str) -> Witness:
    """Make a witness, such as an auditor's, in a file of its own.

    Raises:
        BadInput: the name has a space or a plus, or the passphrase is too short.
    """
    if not name or any(c.isspace() or c == "+" for c in name) or not name.isascii():
        raise BadInput(
            "A witness needs a name like auditor.example.",
            "It stands in every line that the witness signs.",
        )
    mine = keyring.fresh()
    ring, _ = keyring.locked(mine, passphrase, f"witness {name}", locks.LEAST)
    _write(Path(path), {"name": name, "ring": ring, "logs": {}})
    return Witness(Path(path), name, mine)


def opened(path: str | Path, passphrase: str) -> Witness:
    """Open a witness's file. Raises `KeyringError`, `BadInput`."""
    body = _read(Path(path))
    name = str(body["name"])
    mine, _ = keyring.unlocked(body["ring"], passphrase, f"witness {name}")
    return Witness(Path(path), name, mine)


def watch(witness: Witness, vkey: str) -> None:
    """Watch the register whose verifier key this is, from its beginning."""
    key = note.verifier(vkey)
    body = _read(witness.path)
    body["logs"].setdefault(key.name, {"vkey": vkey.strip(), "size": 0, "root": ""})
    _write(witness.path, body)


def request(register: Register, old_size: int) -> str:
    """What a register asks of a witness that last saw `old_size` entries."""
    signed = register.checkpoint()
    head = note.checkpoint(note.parse(signed))
    if not 0 <= old_size <= head.size:
        raise BadInput(
            f"This register has {head.size} entries, fewer than the witness saw.",
            "Ask the witness; if it is right, the register lost entries.",
        )
    proof = register.store.tree.consistency(old_size, head.size)
    lines = "".join(b64encode(item).decode() + "\n" for item in proof)
    return f"old {old_size}\n{lines}\n{signed}"


def answer(witness: Witness, asked: str, now: datetime) -> str:
    """Sign a head that continues the last one; returns the cosignature line.

    Raises:
        NotFound: this register is not watched.
        IntegrityError: the head is not signed by the register, or does not continue.
        BadInput: the request cannot be read, or starts from another size than the last seen.
    """
    first, _, signed_text = asked.partition("\n\n")
    words, *proof_lines = first.split("\n")
    signed = note.parse(signed_text)
    head = note.checkpoint(signed)
    body = _read(witness.path)
    known = body["logs"].get(head.origin)
    if known is None:
        raise NotFound(
            "This register is not watched by this witness.",
            "Whoever keeps the witness first runs `recruitcheck witness watch`.",
        )
    if words != f"old {known['size']}":
        raise BadInput(
            f"The witness last saw {known['size']} entries; ask again from there.",
            "`recruitcheck witness request SIZE` takes that number.",
        )
    try:
        proof = [b64decode(line, validate=True) for line in proof_lines]
    except ValueError as error:
        raise BadInput(
            "The proof of this request cannot be read.",
            "Write the request anew with `recruitcheck witness request`.",
        ) from error
    old_root = bytes.fromhex(known["root"]) or merkle.EMPTY_ROOT
    right = note.verifier(known["vkey"]).signed(signed)
    grows = merkle.check_consistency(known["size"], head.size, old_root, head.root, proof)
    if not (right and grows):
        raise IntegrityError(
            "This head does not continue the one the witness signed before.",
            "Keep the request: it is evidence that the register shows two histories.",
        )
    body["logs"][head.origin] |= {"size": head.size, "root": head.root.hex()}
    _write(witness.path, body)
    cosigned = note.cosign(signed, witness.name, witness.secrets.sign, int(now.timestamp()))
    return cosigned.signatures[-1].line()


def add(register: Register, vkey: str) -> None:
    """Enter a witness, so that its lines are checked from now on."""
    key = note.verifier(vkey)
    if key.kind != COSIGNATURE:
        raise BadInput(
            "This is not a witness's key.",
            "Take the line that `recruitcheck witness create` printed.",
        )
    facts: dict[str, str | int] = {"name": key.name, "key": key.public.hex()}
    register.append([Draft(type="witness-added", facts=facts)])


def accept(register: Register, line: str) -> str:
    """Keep a witness's line under the checkpoint it signs; returns the checkpoint.

    Raises:
        IntegrityError: it is no entered witness's line over a head that is kept here.
    """
    wanted = note.parse(f"x\n\n{line.strip()}\n").signatures[0]
    keys = witnesses(register)
    for signed in reversed(heads.all_signed(register.store)):
        for key in keys:
            if _covers(key, wanted, signed):
                others = tuple(s for s in signed.signatures if s.key_id != wanted.key_id)
                more = note.Note(signed.text, (*others, wanted))
                heads.keep(register.store, more)
                return str(more)
    raise IntegrityError(
        "This line is not an entered witness's over a head of this register.",
        "Ask the witness for the whole line, and see that HR has entered its key.",
    )


def witnesses(register: Register) -> list[Verifier]:
    """The witnesses that were entered."""
    return [
        Verifier(str(e.facts["name"]), bytes.fromhex(str(e.facts["key"])), COSIGNATURE)
        for e in register.entries(type="witness-added")
    ]


def _covers(key: Verifier, wanted: Signature, signed: note.Note) -> bool:
    return key.signed(note.Note(signed.text, (wanted,)))


def _read(path: Path) -> dict[str, Any]:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(body, dict) or set(body) != {"name", "ring", "logs"}:
            raise ValueError
    except OSError as error:
        raise files.refused(error, "The witness's file could not be read") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(
            "This is not a witness's file.",
            "Name the file that `recruitcheck witness create` wrote.",
        ) from error
    return body


def _write(path: Path, body: dict[str, Any]) -> None:
    files.replace(path, json.dumps(body, indent=1).encode() + b"\n")
