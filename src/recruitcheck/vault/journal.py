"""Any TinyDB, durable: a storage and a table that write one line per change.

TinyDB's own `JSONStorage` rewrites the whole file for each insert, in place, and leaves nothing
readable when the process dies in the middle. Here a change becomes one line

    crc32-of-the-rest [["table", {"id": document, ...}, ["removed id", ...]], ...]

that is written and settled on disk before anybody can see it, so an insert costs the same at any
size. Use it as TinyDB means storages to be used:

    db = JournalDB(path)
    db.table("people").insert({"name": "..."})
    db.table("people").search(where("name") == "...")     # through an index, once asked for

* A torn last line (power cut, kill) is set aside, never half shown. Damage in front of good lines
  raises `IntegrityError`; it is not repaired silently.
* Several processes may share a file: each write takes the lock, reads what others wrote, then
  writes. TinyDB's query cache is off, because it would answer from before the other's write.
* `atomically()` makes changes to several tables one line.
* After a failed write the file is cut back to what was good; after a failed fsync nobody knows
  what the disk holds, so the handle refuses everything until it is opened again.

Only `Storage`, `Table`, `table_class` and `Table._update_table` / `_read_table` of TinyDB 4.9 are
leaned on; `tests/vault/test_tinydb_contract.py` holds TinyDB to them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, cast
from zlib import crc32

import msgspec
from tinydb import TinyDB

from recruitcheck.errors import IntegrityError, RecruitcheckError
from recruitcheck.vault import files
from recruitcheck.vault.livetable import Change, Live, LiveStorage, LiveTable

HEADER: Final = b"recruitcheck journal 1\n"
_ROOM: Final = 1 << 20
"""Bytes below which a file is not worth rewriting, however much of it is old."""
_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(list[tuple[str, dict[str, dict[str, Any]], list[str]]]).decode


class JournalStorage(LiveStorage):
    """A TinyDB storage over one journal file.

    Raises:
        IntegrityError: the file is damaged in front of good lines.
        RegisterError: the system refuses to read or write it.
    """

    def __init__(
        self, path: str | Path, *, lock: files.Lock | None = None, aside: Path | None = None
    ) -> None:
        self._path = Path(path)
        self._own_lock = lock is None
        self._lock = lock or files.Lock(self._path.with_name(self._path.name + ".lock"))
        self._aside = aside or self._path.parent
        self._fd: int | None = None
        self._poisoned = False
        self._wrote = False
        self._quiet = 0
        self._held = 0
        self._pending: list[Change] | None = None
        self._forget()
        try:
            self._open()
            self._catch_up(writer=False)
        except OSError as error:
            raise files.refused(error, f"`{self._path.name}` could not be opened") from error

    # --- what TinyDB and the table ask --------------------------------------------------------

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Inside, reads answer from what is known; `refresh` before, where that must be all."""
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1

    def refresh(self) -> None:
        self._usable()
        if self._pending is None and not self._quiet:
            self._follow(writer=False)

    @contextmanager
    def writing(self) -> Iterator[None]:
        self._usable()
        with self._lock.held():
            if not self._held or not self._offset:
                self._follow(writer=True)
            self._held += 1
            self._quiet += 1  # nobody else can write now
            try:
                yield
            finally:
                self._held -= 1
                self._quiet -= 1

    def commit(self, changes: list[Change]) -> None:
        changes = [change for change in changes if change[1] or change[2]]
        if not changes:
            return
        if self._pending is not None:
            self._pending += changes
        else:
            self._write(_line(changes))
            self._lines += 1
        self.live.apply(changes)

    @contextmanager
    def atomically(self) -> Iterator[None]:
        """Everything changed inside is one line: after a crash, all of it is there or nothing."""
        with self.writing():
            if self._pending is not None:
                yield
                return
            self._pending = []
            try:
                yield
                if self._pending:
                    self._write(_line(self._pending))
                    self._lines += 1
            except BaseException:
                self._forget()  # what was shown early must go: read the file again
                raise
            finally:
                self._pending = None
            if not self._offset:
                self._follow(writer=True)

    @property
    def _wasteful(self) -> bool:
        """Whether the file holds far more versions than there are documents."""
        live = sum(map(len, self.live.tables.values()))
        return self._offset > _ROOM and self._lines > 4 * live + 1000

    @property
    def position(self) -> tuple[int, int]:
        """Differs whenever the documents do."""
        self.refresh()
        return (self._inode, self._offset)

    def compact(self) -> None:
        """Rewrite the file with nothing but the live documents: no old version stays behind."""
        with self.writing():
            with files.replacing(self._path) as fd:
                files.write_all(fd, HEADER)
                for table, documents in self.live.tables.items():
                    for key, document in documents.items():
                        files.write_all(fd, _line([(table, {key: document}, [])]))
            self._follow(writer=True)  # what comes next goes into the new file

    def close(self) -> None:
        """Let go of the file, rewritten first where most of it is old versions."""
        if self._wrote and self._wasteful and not self._poisoned:
            with suppress(OSError, RecruitcheckError):
                self.compact()
        fd, self._fd = self._fd, None
        if fd is not None:
            files.let_go(fd)
        if self._own_lock:
            self._lock.close()

    # --- the file -----------------------------------------------------------------------------

    def _open(self) -> None:
        try:
            fd = files.open_shared(self._path, os.O_APPEND)
        except FileNotFoundError:
            with self._lock.held():
                if not self._path.exists():
                    files.replace(self._path, HEADER)
            fd = files.open_shared(self._path, os.O_APPEND)
        if self._fd is not None:
            files.let_go(self._fd)
        self._fd = fd
        self._inode = os.fstat(self._fd).st_ino

    def _forget(self) -> None:
        self.live = Live()
        self._offset = 0
        self._lines = 0

    def _usable(self) -> None:
        if self._poisoned:
            raise files.doubtful()

    def _follow(self, *, writer: bool) -> None:
        """Read what others wrote, or the file that took this one's place."""
        try:
            self._catch_up(writer=writer)
        except OSError as error:
            raise files.refused(error, f"`{self._path.name}` could not be read") from error

    def _catch_up(self, *, writer: bool) -> None:
        stat = self._path.stat()
        if stat.st_ino != self._inode or stat.st_size < self._offset:
            self._open()
            self._forget()
            stat = os.fstat(cast(int, self._fd))
        if stat.st_size > self._offset:
            self._read_on(stat.st_size, writer=writer)

    def _read_on(self, size: int, *, writer: bool) -> None:
        data = files.read_at(cast(int, self._fd), self._offset, size)
        at = 0
        if self._offset == 0:
            if not data.startswith(HEADER):
                raise IntegrityError(
                    f"`{self._path.name}` is not a file this version of recruitcheck can read.",
                    "A newer version may have written it, or its beginning is damaged.",
                )
            at = len(HEADER)
        while at < len(data):
            end = data.find(b"\n", at)
            changes = _parsed(data[at:end]) if end >= 0 else None
            if changes is None:
                self._torn(data[at:], last=end < 0 or end == len(data) - 1, writer=writer)
                break
            self.live.apply(changes)
            self._lines += 1
            at = end + 1
        self._offset += at

    def _torn(self, tail: bytes, *, last: bool, writer: bool) -> None:
        if not last and any(_parsed(line) is not None for line in tail.split(b"\n")[1:]):
            raise IntegrityError(
                f"`{self._path.name}` is damaged in the middle.",
                "Keep the folder as it is and restore this file from a backup.",
            )
        if writer and self._fd is not None:
            keep = self._path.name + f".torn-{crc32(tail):08x}"
            files.make_folder(self._aside)
            files.replace(self._aside / keep, tail)
            os.ftruncate(self._fd, os.fstat(self._fd).st_size - len(tail))
            files.settle(self._fd)

    def _write(self, line: bytes) -> None:
        fd = cast(int, self._fd)
        try:
            files.write_all(fd, line)
        except OSError as error:
            self._poisoned = not files.cut_back(fd, self._offset)
            raise files.refused(error, "The register could not be written") from error
        try:
            files.settle(fd)
        except OSError as error:
            self._poisoned = True
            raise files.refused(error, "The register could not be written") from error
        self._offset += len(line)
        self._wrote = True


class JournalDB(TinyDB):
    """A TinyDB on a journal file; used like any other."""

    default_storage_class = JournalStorage  # type: ignore[assignment]  # tinydb types it narrowly
    table_class = LiveTable  # type: ignore[assignment]


def _line(changes: list[Change]) -> bytes:
    body = _encode(changes)
    return b"%08x %s\n" % (crc32(body), body)


def _parsed(line: bytes) -> list[Change] | None:
    if len(line) < 10 or line[8:9] != b" ":
        return None
    body = line[9:]
    if line[:8] != b"%08x" % crc32(body):
        return None
    try:
        return _decode(body)
    except msgspec.MsgspecError:
        return None
