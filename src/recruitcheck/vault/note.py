"""Signed notes and checkpoints, as C2SP writes them; one text file, readable by anyone.

    northfield.example/recruitcheck/3f6a...      origin: also the name of the key
    1024                                         size of the tree
    q83vEjRW...                                  root, base64

    — northfield.example/recruitcheck/3f6a... AbCd...      4 bytes of key id, then the signature

The log's Ed25519 line comes first; witnesses add lines of their own (type 4: a cosignature with
its time). Lines of keys that are not known are left alone. What would print differently from what
was read is refused.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from recruitcheck.errors import BadInput
from recruitcheck.vault import locks

ED25519: Final = 1
COSIGNATURE: Final = 4
_DASH: Final = "— "


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself at one size."""

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = ()

    def text(self) -> str:
        """The signed text, ending in a newline."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extension)
        return "".join(line + "\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """The line as it stands in a note."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text with its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(s.line() for s in self.signatures)


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under its name: what `log.vkey` holds."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand in front of its signatures."""
        return key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        key = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    def signed(self, note: Note) -> bool:
        """Whether a line of the note is this key's, and right."""
        mine = [s for s in note.signatures if (s.name, s.key_id) == (self.name, self.key_id)]
        return bool(mine) and all(self._right(s.value, note.text) for s in mine)

    def _right(self, value: bytes, text: str) -> bool:
        if self.kind == COSIGNATURE:
            message = _cosigned(int.from_bytes(value[:8]), text)
            return len(value) == 72 and locks.signed_by(self.public, value[8:], message)
        return locks.signed_by(self.public, value, text.encode())


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """The id of a key under a name, as signed notes compute it."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def sign(text: str, name: str, seed: bytes) -> Note:
    """A note over `text` with the one signature of an Ed25519 seed."""
    key = locks.signer(seed)
    public = key.public_key().public_bytes_raw()
    value = key.sign(text.encode())
    return Note(text, (Signature(name, key_id(name, ED25519, public), value),))


def cosign(note: Note, name: str, seed: bytes, seconds: int) -> Note:
    """The note with a witness's line: seen at this time (C2SP tlog-cosignature)."""
    key = locks.signer(seed)
    public = key.public_key().public_bytes_raw()
    value = seconds.to_bytes(8) + key.sign(_cosigned(seconds, note.text))
    line = Signature(name, key_id(name, COSIGNATURE, public), value)
    kept = tuple(s for s in note.signatures if (s.name, s.key_id) != (name, line.key_id))
    return Note(note.text, (*kept, line))


def _cosigned(seconds: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def parse(text: str) -> Note:
    """Read a signed note. Raises `BadInput`."""
    body, gap, lines = text.rpartition("\n\n")
    if not gap or not lines.endswith("\n") or not body:
        raise _unreadable("a text, an empty line and signatures are needed")
    signatures = tuple(_signature(line) for line in lines[:-1].split("\n"))
    note = Note(body + "\n", signatures)
    if str(note) != text:
        raise _unreadable("it would print differently")
    return note


def from_file(path: str | Path) -> Note:
    """The checkpoint in a file. Raises `BadInput` that names the file."""
    try:
        found = parse(Path(path).read_text(encoding="utf-8"))
        checkpoint(found)
    except (OSError, ValueError, BadInput) as error:
        raise BadInput(
            f"{path} cannot be read as a checkpoint.",
            "Give the file `checkpoint` of an export, or another signed note of the register.",
        ) from error
    return found


def _signature(line: str) -> Signature:
    name, _, data = line.removeprefix(_DASH).partition(" ")
    try:
        raw = b64decode(data, validate=True)
    except (NotBase64, ValueError) as error:
        raise _unreadable("a signature line is not base64") from error
    if not line.startswith(_DASH) or not name or "+" in name or len(raw) < 5:
        raise _unreadable("a signature line is not one")
    return Signature(name, raw[:4], raw[4:])


def checkpoint(note: Note) -> Checkpoint:
    """The checkpoint a note carries. Raises `BadInput`."""
    lines = note.text.split("\n")[:-1]
    try:
        size = int(lines[1])
        root = b64decode(lines[2], validate=True)
        found = Checkpoint(lines[0], size, root, tuple(lines[3:]))
    except (IndexError, ValueError) as error:
        raise _unreadable("it is not a checkpoint") from error
    if found.text() != note.text or len(root) != 32 or size < 0 or not found.origin:
        raise _unreadable("it is not a checkpoint")
    return found


def verifier(text: str) -> Verifier:
    """Read a verifier key such as `log.vkey` holds. Raises `BadInput`."""
    try:
        name, stated, key = text.strip().split("+", 2)
        raw = b64decode(key, validate=True)
    except ValueError as error:
        raise _unreadable("it is not a verifier key") from error
    found = Verifier(name, raw[1:], raw[0] if raw else 0)
    if found.kind not in (ED25519, COSIGNATURE) or len(found.public) != 32:
        raise _unreadable("its kind of key is not known here")
    if found.key_id.hex() != stated:
        raise _unreadable("its key id does not fit its key")
    return found


def _unreadable(why: str) -> BadInput:
    return BadInput(
        f"This is not a signed note that can be read: {why}.",
        "Name the file as it was written, unchanged.",
    )
