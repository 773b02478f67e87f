"""A register in a folder.

register.json     format, log id, origin; not secret
ledger            leaves, sealed boxes, closing lines (ledgerfile.py)
keys              people, role keys, wraps: a journal (journal.py); has its own backup rule
state             small mutable things: a journal
evidence/         sealed boxes too large for the ledger, named by the SHA-256 of what they hold
kept-aside/       torn tails; destroyed with the next destruction
lock              whoever holds it may write
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final, cast

import msgspec

from recruitcheck.errors import IntegrityError, RegisterError
from recruitcheck.vault import files
from recruitcheck.vault.journal import JournalDB, JournalStorage
from recruitcheck.vault.leaves import Row, parse
from recruitcheck.vault.ledgerfile import HEADER, LedgerFile
from recruitcheck.vault.livetable import LiveTable
from recruitcheck.vault.merkle import Tree
from recruitcheck.vault.store import FORMAT, Meta, T, too_new

LARGE: Final = 32 * 1024
"""Boxes above this many bytes lie in `evidence/`, so that reading the ledger stays quick."""


def read_meta(folder: Path) -> Meta:
    """What `register.json` says. Raises `RegisterError`."""
    try:
        data = (folder / "register.json").read_bytes()
    except FileNotFoundError as error:
        raise RegisterError(
            f"There is no register in {folder}.",
            "Check the place, or make one with `recruitcheck register create`.",
        ) from error
    except OSError as error:
        raise files.refused(error, "The register could not be opened") from error
    try:
        found = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        version = msgspec.json.decode(found["format"], type=int)
        if version > FORMAT:
            raise too_new(version)
        return msgspec.json.decode(data, type=Meta)
    except (msgspec.MsgspecError, ValueError, KeyError, RecursionError) as error:
        raise IntegrityError(
            "`register.json` is not readable.", "Restore it from a backup."
        ) from error


def make(folder: Path, meta: Meta) -> None:
    """Lay out an empty register. Raises `RegisterError` where one already is."""
    try:
        files.make_folder(folder)
        if (folder / "register.json").exists():
            raise RegisterError(f"There is already a register in {folder}.", "Open it instead.")
        strangers = [p.name for p in folder.iterdir() if not p.name.startswith(".")]
        if (folder / "ledger").exists():
            raise RegisterError(f"{folder} holds the remains of a register.", "Use another folder.")
        if strangers:
            raise RegisterError(f"{folder} is not empty.", "A register wants a folder of its own.")
        folder.chmod(0o700)
        files.make_folder(folder / "evidence")
        files.replace(folder / "ledger", HEADER)
        if meta.strict:
            files.replace(folder / "vault-key", os.urandom(32))
        files.replace(folder / "register.json", msgspec.json.encode(meta) + b"\n")
    except OSError as error:
        raise files.refused(error, "The register could not be made") from error


class FolderStore:
    """The store of a register that lies in a folder; each file is opened when it is needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.meta = read_meta(folder)
        self.where = str(folder)
        self._lock = files.Lock(folder / "lock")
        self._aside = folder / "kept-aside"

    @cached_property
    def _ledger(self) -> LedgerFile:
        return LedgerFile(self._folder / "ledger", self._lock, self._aside)

    @cached_property
    def _keys(self) -> JournalDB:
        return JournalDB(self._folder / "keys", lock=self._lock, aside=self._aside)

    @cached_property
    def _state(self) -> JournalDB:
        return JournalDB(self._folder / "state", lock=self._lock, aside=self._aside)

    @property
    def size(self) -> int:
        return len(self._ledger.index.places)

    @property
    def torn(self) -> int:
        return self._ledger.torn

    @property
    def tree(self) -> Tree:
        return self._ledger.index.tree

    def root(self) -> bytes:
        return self.tree.root()

    @contextmanager
    def writing(self) -> Iterator[None]:
        keys = cast(JournalStorage, self._keys.storage)
        with self._lock.held():
            self._ledger.catch_up(writer=True)
            keys.refresh()
            try:
                with keys.quiet():
                    yield
            finally:
                self._ledger.settle_written()

    def refresh(self) -> None:
        self._ledger.catch_up()

    def settle(self) -> None:
        self._ledger.settle()

    def quick(self, rows: Sequence[Row], relied: object) -> int | None:  # noqa: ARG002  # the store's signature
        return None  # a folder's lock is quick; there is no other way to write

    def append(self, rows: Sequence[Row]) -> None:
        for row in rows:
            for compartment in [c for c, box in row.boxes.items() if len(box) > LARGE]:
                box = row.boxes.pop(compartment)
                self._keep(sha256(box).hexdigest(), box)
        self._ledger.append(rows)
        self._ledger.torn = 0

    def _keep(self, digest: str, box: bytes) -> None:
        shelf = self._folder / "evidence" / digest[:2]
        try:
            files.make_folder(shelf)
        except OSError as error:
            raise files.refused(error, "Nothing was recorded") from error
        files.replace(shelf / digest, box)

    def leaf(self, seq: int) -> bytes:
        return self._ledger.leaf(seq)

    def box(self, seq: int, compartment: str, digest: str) -> bytes | None:
        found = self._ledger.box(seq, compartment)
        if found is None:
            try:
                return (self._folder / "evidence" / digest[:2] / digest).read_bytes()
            except FileNotFoundError:
                return None
            except OSError as error:
                raise files.refused(error, "A sealed file could not be read") from error
        return found

    def positions(
        self, column: str, value: str, after: int = -1, *, reverse: bool = False
    ) -> Iterator[int]:
        return self._ledger.index.columns[column].positions(value, after, reverse=reverse)

    @property
    def marks(self) -> int:
        return self._ledger.index.marks

    def calm(self) -> AbstractContextManager[None]:
        return cast(JournalStorage, self._keys.storage).quiet()

    def keys_version(self) -> object:
        return (cast(JournalStorage, self._keys.storage).position, self.marks)

    def version(self, author: str) -> object:
        return (self.keys_version(), self.chain(author))

    def retrying(self, act: Callable[[], T]) -> T:
        return act()

    def chain(self, author: str) -> tuple[int, bytes] | None:
        found = self._ledger.index.chains.get(author)
        return None if found is None else (found[0], self.tree.leaf(found[1]))

    def gone(self) -> Mapping[str, Mapping[str, int]]:
        return self._ledger.index.gone

    def keys(self, name: str) -> LiveTable:
        return cast(LiveTable, self._keys.table(name))

    def state(self, name: str) -> LiveTable:
        return cast(LiveTable, self._state.table(name))

    def keys_tables(self) -> tuple[str, ...]:
        return tuple(self._keys.tables())

    def state_tables(self) -> tuple[str, ...]:
        return tuple(self._state.tables())

    def drop_boxes(self, seqs: Sequence[int]) -> tuple[int, int]:
        try:
            boxes = self._ledger.without(set(seqs))
            return boxes, self._sweep(set(seqs))
        except OSError as error:
            raise files.refused(error, "Not everything could be destroyed yet") from error

    def _sweep(self, unwanted: set[int]) -> int:
        """Remove evidence that no living entry names, and every torn tail."""
        kept = list((self._folder / "evidence").glob("*/*"))
        named: set[str] = set()
        for seq in range(self.size) if kept else ():
            if seq not in unwanted:
                raw = self.leaf(seq)
                if b'"boxes":{}' not in raw:
                    named |= {box.sha256 for box in parse(raw).boxes.values() if box.len > LARGE}
        unwanted_files = [path for path in kept if path.name not in named]
        aside = list(self._aside.iterdir()) if self._aside.is_dir() else []
        files.remove([*unwanted_files, *aside])
        return len(unwanted_files)

    def vault_keys(self) -> tuple[bytes, ...]:
        if not self.meta.strict:
            return ()
        paths = [self._folder / "vault-key", *self._coming_keys()]
        try:
            found = [path.read_bytes() for path in paths if path.exists()]
        except OSError as error:
            raise files.refused(error, "The vault key could not be read") from error
        if not found:
            raise RegisterError(
                "The vault key of this strict register is missing.",
                "It lies on the machine itself and in no backup; without it nothing opens.",
            )
        return tuple(found)

    @contextmanager
    def new_vault_key(self) -> Iterator[bytes]:
        try:
            yield from self._new_vault_key()
        except OSError as error:
            raise files.refused(error, "The vault key could not be changed") from error

    def _new_vault_key(self) -> Iterator[bytes]:
        key = os.urandom(32)
        coming = self._folder / f"vault-key.{sha256(key).hexdigest()[:8]}"
        files.replace(coming, key)
        yield key
        coming.replace(self._folder / "vault-key")
        for path in self._folder.glob("vault-key.*"):
            path.unlink()
        files.settle_folder(self._folder)

    def _coming_keys(self) -> list[Path]:
        """Keys of a change that a crash stopped: wraps may lie under any of them."""
        return [p for p in sorted(self._folder.glob("vault-key.*")) if p.suffix != ".new"]

    def compact(self) -> None:
        for db in (self._keys, self._state):
            cast(JournalStorage, db.storage).compact()

    def close(self) -> None:
        for name in ("_ledger", "_keys", "_state"):
            if name in self.__dict__:
                self.__dict__[name].close()
        self._lock.close()
