"""Reading a stored register's bytes for `verify.py`, without the code that wrote them."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

from recruitcheck.errors import IntegrityError, RegisterError
from recruitcheck.vault.store import demand_database_part, in_database


@dataclass(slots=True)
class Stored:
    """One leaf as it was read, with what lies beside it."""

    raw: bytes
    boxes: dict[str, bytes | None]
    closes: bytes | None = None
    """Root stated after it, hex, where it ends a batch."""


class Source(Protocol):
    """Where the bytes come from."""

    log: str
    origin: str
    total: int

    def leaves(self) -> Iterator[Stored]:
        """Leaves in order. Raises `IntegrityError` where the form is broken."""

    def checkpoints(self) -> list[str]:
        """Every signed head kept."""

    def damage(self) -> list[str]:
        """What is wrong with the key store's form, in words; its keys are not looked at."""

    def large(self, digest: str) -> bytes | None:
        """A box that lies outside the ledger."""


def opened(where: str) -> AbstractContextManager[Source]:
    """The bytes of a register in a folder or a database."""
    if in_database(where):
        demand_database_part()
        from recruitcheck.vault.pgsource import reading

        return reading(where)
    return _folder(Path(where))


@contextmanager
def _folder(folder: Path) -> Iterator[Source]:
    yield FolderSource(folder)


class FolderSource:
    """The bytes of a register in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        from recruitcheck.vault.folder import read_meta

        meta = read_meta(folder)
        self.log, self.origin = meta.log, meta.origin
        try:
            with (folder / "ledger").open("rb") as file:
                self.total = sum(1 for line in file if line[:1] == b"{")
        except OSError as error:
            raise RegisterError(
                "The ledger cannot be read.",
                "Check that the folder is there and that you may read it.",
            ) from error

    def leaves(self) -> Iterator[Stored]:
        with (self._folder / "ledger").open("rb") as file:
            if file.readline() != b"recruitcheck ledger 1\n":
                raise IntegrityError("the ledger's first line is not right")
            batch: list[Stored] = []
            crc, size, strange = 0, 0, False
            bad = ""
            for line in file:
                if not line.endswith(b"\n"):  # a torn tail, or room made for what comes next
                    break
                if bad:
                    raise IntegrityError(bad)
                if line[:1] == b"=":
                    size += len(batch)
                    bad = _closes(line, size, crc)
                    if strange and not bad:
                        bad = "a line of the ledger is of no known kind"
                    if not bad:
                        if batch:
                            batch[-1].closes = line.split()[2]
                        yield from batch
                        batch, crc = [], 0
                    continue
                crc = crc32(line, crc)
                if line[:1] == b"{":
                    batch.append(Stored(line[:-1], {}))
                elif line[:1] == b"+" and batch:
                    name, _, data = line[1:-1].partition(b" ")
                    batch[-1].boxes[name.decode("ascii", "replace")] = _decoded(data)
                else:
                    strange = True

    def checkpoints(self) -> list[str]:
        tables = journal(self._folder / "state")
        return [str(row.get("note")) for row in tables.get("_checkpoints", {}).values()]

    def damage(self) -> list[str]:
        keys = self._folder / "keys"
        if not keys.exists():  # a ledger kept apart from its keys can be checked too
            return []
        try:
            journal(keys)
        except IntegrityError as error:
            return [error.message]
        return []

    def large(self, digest: str) -> bytes | None:
        try:
            return (self._folder / "evidence" / digest[:2] / digest).read_bytes()
        except OSError:
            return None


def _closes(line: bytes, size: int, crc: int) -> str:
    parts = line[:-1].split(b" ")
    if len(parts) != 4 or parts[3] != b"%08x" % crc32(b" ".join(parts[:3]), crc):
        return "a batch of the ledger does not have the sum it states"
    if parts[1] != b"%d" % size:
        return "a batch of the ledger does not have the size it states"
    return ""


def _decoded(data: bytes) -> bytes:
    try:
        return b64decode(data, validate=True)
    except ValueError:
        return b""


def journal(path: Path) -> dict[str, dict[str, Any]]:
    """The tables of a journal file. Raises `IntegrityError`."""
    tables: dict[str, dict[str, Any]] = {}
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise IntegrityError(f"`{path.name}` cannot be read") from error
    for line in lines[1:-1]:
        if line[:8] != b"%08x" % crc32(line[9:]):
            if line is lines[-2]:
                break
            raise IntegrityError(f"`{path.name}` is damaged")
        try:
            for table, puts, removed in json.loads(line[9:]):
                documents = tables.setdefault(table, {})
                for key in removed:
                    documents.pop(key, None)
                documents.update({key: dict(document) for key, document in puts.items()})
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise IntegrityError(f"`{path.name}` holds what no journal holds") from error
    return tables
