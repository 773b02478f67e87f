"""The file `ledger`: what was written, in the order in which it was written, and nothing else.

    recruitcheck ledger 1
    {...}                              a leaf, canonical JSON (see leaves.py)
    +case q83vEjRW...                  a sealed box of the leaf above, base64
    {...}
    = 2 <root, hex> <crc32, hex>       closes a batch: size, root, sum over all since the last

A batch is what one act of a person wrote; it counts once its closing line is on disk. What lies
behind the last closing line is a torn tail: it was never acknowledged, is never shown, and the
next writer sets it aside. Anything wrong before that is damage and is refused.

What is known of the leaves meanwhile is in memory (`ledgerindex.py`); leaves and boxes are read
when they are asked for.

While somebody writes, zero bytes may stand at the end: room made ready for the next batches, so
that settling a batch need not settle a new length of the file as well. Room is no part of the
ledger; whoever made it gives it back on closing, and after a crash it just stays.
"""

from __future__ import annotations

import os
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final
from zlib import crc32

import msgspec

from recruitcheck.errors import IntegrityError, RegisterError
from recruitcheck.vault import files
from recruitcheck.vault.leaves import Row, glance
from recruitcheck.vault.ledgerindex import Index
from recruitcheck.vault.merkle import leaf_hash

HEADER: Final = b"recruitcheck ledger 1\n"
_CHUNK: Final = 1 << 22
"""Bytes that are read at once, and written at once when the file is rewritten."""
_ROOM: Final = 1 << 17
"""Zero bytes made ready at once, some sixty entries' worth."""
_LEAF, _CLOSES, _SPACE = b"{= "
"""What a line begins with; found byte by byte because opening reads every line."""


class LedgerFile:
    """Reads and appends; knows nothing of keys.

    Raises:
        IntegrityError: the file is damaged before its last closed batch.
        RegisterError: the system refuses.
    """

    def __init__(self, path: Path, lock: files.Lock, aside: Path) -> None:
        self._path = path
        self._lock = lock
        self._aside = aside
        self._fd = -1
        self._poisoned = False
        self._stated = b""
        self._made_room = self._unsettled = False
        self._end = self._length = self._tail = 0
        """Where the last batch ends, where the file ends, and how much is torn in between."""
        self.torn = 0
        """Bytes of torn tail set aside by this handle and not yet entered."""
        self._reopen()
        self.catch_up()

    # --- reading ------------------------------------------------------------------------------

    def catch_up(self, *, writer: bool = False) -> None:
        """Read what was written since; with `writer` (lock held) set a torn tail aside."""
        if self._poisoned:
            raise files.doubtful()
        try:
            stat = self._path.stat()
            if stat.st_ino != self._inode:
                known = self.index
                self._reopen()
                stat = os.fstat(self._fd)
                self._take_over(known, stat.st_size)
            if stat.st_size < self._end:
                raise IntegrityError(
                    "The ledger has become shorter than it was.",
                    "Somebody cut it. Stop, keep the folder as it is, and call whoever audits it.",
                )
            self._length = stat.st_size
            if self._tail or os.pread(self._fd, 1, self._end).strip(b"\0"):
                filled = _filled(self._fd, self._end, stat.st_size)
                self._scan(filled)
                self._tail = filled - self._end
                if self._tail and writer:
                    self._set_aside(self._tail)
        except OSError as error:
            raise files.refused(error, "The ledger could not be read") from error

    def settle(self) -> None:
        """Make sure of what was read: another's batch can be read before the disk has it."""
        try:
            files.settle(self._fd)
        except OSError as error:
            raise files.refused(error, "The ledger could not be settled") from error

    def leaf(self, seq: int) -> bytes:
        """The leaf's bytes as entered."""
        return self._lines(seq)[0]

    def box(self, seq: int, compartment: str) -> bytes | None:
        """The sealed box, or None where it does not lie in the ledger (any more)."""
        prefix = b"+" + compartment.encode() + b" "
        for line in self._lines(seq)[1:]:
            if line.startswith(prefix):
                try:
                    return b64decode(line[len(prefix) :], validate=True)
                except ValueError as error:
                    raise _damaged(seq) from error
        return None

    def _lines(self, seq: int) -> list[bytes]:
        places = self.index.places
        start = places[seq]
        end = places[seq + 1] if seq + 1 < len(places) else self._end
        try:
            data = files.read_at(self._fd, start, end)
        except OSError as error:
            raise files.refused(error, f"Entry {seq} could not be read") from error
        lines = data.split(b"\n")
        kept = [lines[0]]
        for line in lines[1:]:
            if not line.startswith(b"+"):
                break
            kept.append(line)
        if leaf_hash(kept[0]) != self.index.tree.leaf(seq):
            raise IntegrityError(f"Entry {seq} of the ledger is not what was written.")
        return kept

    def _reopen(self) -> None:
        try:
            fd = files.open_shared(self._path)
            if self._fd >= 0:
                files.let_go(self._fd)
            self._fd = fd
            self._inode = os.fstat(fd).st_ino
        except OSError as error:
            raise files.refused(error, "The ledger could not be opened") from error
        self.index = Index()
        self._end = self._length = self._tail = 0

    def _take_over(self, known: Index, size: int) -> None:
        """Keep what is known of the leaves, where a rewritten file holds the very same ones.

        A destruction leaves all of them, at other places: the closing line that states our size and
        our root says so. Whoever reads a leaf holds it to its hash, so it need not be read now.
        """
        at = len(HEADER)
        if not known.places or files.read_at(self._fd, 0, at) != HEADER:
            return
        wanted = b"= %d %s " % (len(known.places), known.tree.root().hex().encode())
        places = array("Q")
        for line in _each_line(self._fd, at, size):
            if line[0] == _LEAF:
                places.append(at)
            at += len(line)
            if line.startswith(wanted) and len(places) == len(known.places):
                known.places = places
                self.index, self._end = known, at
                return

    def _scan(self, size: int) -> None:
        """Take in whole batches up to `size`; whatever follows the last one is left alone."""
        at = self._end
        data = files.read_at(self._fd, at, min(size, at + _CHUNK))
        if at == 0:
            if not data.startswith(HEADER):
                raise IntegrityError(
                    "The ledger is not a file that this version of recruitcheck can read.",
                    "A newer version may have written it, or its beginning is damaged.",
                )
            self._end = at = len(HEADER)
            data = data[at:]
        used = line = 0
        places: list[int] = []
        leaves: list[bytes] = []
        while True:
            end = data.find(b"\n", line)
            if end < 0:
                read_to = at + len(data)
                if read_to >= size:
                    break
                data = data[used:] + files.read_at(self._fd, read_to, min(size, read_to + _CHUNK))
                at, used, line = at + used, 0, line - used
                continue
            first = data[line]
            if first == _LEAF:
                places.append(at + line)
                leaves.append(data[line:end])
            elif first == _CLOSES and line > used and data[line + 1] == _SPACE:
                crc, closing = crc32(memoryview(data)[used:line]), data[line:end]
                if not self._take(places, leaves, crc, closing):
                    if at + end + 1 < size or _ends_well(data[used:line], closing):
                        raise _damaged(len(self.index.places))
                    break
                places, leaves = [], []
                used = end + 1
                self._end = at + used
            line = end + 1
        if self._stated and self._stated != self.index.tree.root().hex().encode():
            raise _damaged(len(self.index.places))
        self._stated = b""

    def _take(
        self, places: Sequence[int], leaves: Sequence[bytes], crc: int, closing: bytes
    ) -> bool:
        """Let a batch count if its closing line fits it."""
        parts = closing.split(b" ")
        if len(parts) != 4 or parts[3] != b"%08x" % crc32(b" ".join(parts[:3]), crc):
            return False
        index = self.index
        try:
            seen = [glance(leaf) for leaf in leaves]
        except msgspec.MsgspecError as error:
            raise _damaged(len(index.places)) from error
        index.tree.extend([leaf_hash(leaf) for leaf in leaves])
        index.add(places, seen)
        if parts[1] != b"%d" % len(index.places):
            raise _damaged(len(index.places))
        self._stated = parts[2]
        return True

    # --- writing (the lock is held) -----------------------------------------------------------

    def append(self, rows: Sequence[Row]) -> None:
        """Write one batch; durable after `settle_written`, and the disk begins with it at once.

        Raises:
            RegisterError: the system refuses; nothing of the batch counts.
        """
        places, parts = [], []
        place = self._end
        tree = self.index.tree
        before = len(tree)
        for row in rows:
            places.append(place)
            lines = [row.leaf]
            lines += [b"+%s %s" % (c.encode(), b64encode(b)) for c, b in row.boxes.items()]
            part = b"\n".join(lines) + b"\n"
            parts.append(part)
            place += len(part)
            tree.append(row.digest)
        root = tree.root().hex().encode()
        body = b"".join(parts)
        closing = b"= %d %s" % (before + len(rows), root)
        data = body + b"%s %08x\n" % (closing, crc32(closing, crc32(body)))
        try:
            self._write(data)
        except BaseException:
            tree.truncate(before)
            raise
        self._unsettled = True
        files.begin(self._fd, self._end, len(data))
        self.index.add(places, [row.said for row in rows])  # while the disk is at work
        self._end += len(data)

    def settle_written(self) -> None:
        """Wait for the disk, if anything was appended since the last time."""
        if not self._unsettled:
            return
        self._unsettled = False
        try:
            files.settle(self._fd)
        except OSError as error:
            self._poisoned = True  # nothing of the ledger is shown by this handle any more
            raise files.refused(error, "The ledger could not be written") from error

    def _write(self, data: bytes) -> None:
        end = self._end + len(data)
        room = b"" if end <= self._length else bytes(_ROOM)
        self._made_room |= bool(room)
        try:
            try:
                self._put(data + room)
            except OSError:
                if not room:
                    raise
                room = b""  # where the disk is nearly full, an entry may fit though room does not
                self._put(data)
        except OSError as error:
            self._poisoned = not files.cut_back(self._fd, self._end)
            raise files.refused(error, "Nothing was recorded") from error
        if room:
            self._length = end + _ROOM

    def _put(self, data: bytes) -> None:
        os.lseek(self._fd, self._end, os.SEEK_SET)
        files.write_all(self._fd, data)

    def _set_aside(self, length: int) -> None:
        tail = files.read_at(self._fd, self._end, self._end + length)
        files.make_folder(self._aside)
        files.replace(self._aside / f"ledger.torn-{self._end}-{crc32(tail):08x}", tail)
        os.ftruncate(self._fd, self._end)
        files.settle(self._fd)
        self.torn += length
        self._length, self._tail = self._end, 0

    def without(self, unwanted: set[int]) -> int:
        """Rewrite the file without the boxes of some leaves; returns how many went.

        Leaves, sizes and roots stay byte for byte; the closing lines get new sums.
        """
        removed = 0
        with files.replacing(self._path) as out:
            files.write_all(out, HEADER)
            seq, crc, held = 0, 0, bytearray()
            for line in _each_line(self._fd, len(HEADER), self._end):
                if line.startswith(b"= "):
                    closing = line.rsplit(b" ", 1)[0]
                    held += b"%s %08x\n" % (closing, crc32(closing, crc))
                    crc = 0
                    if len(held) > _CHUNK:
                        files.write_all(out, bytes(held))
                        held.clear()
                    continue
                if line.startswith(b"{"):
                    seq += 1
                elif seq - 1 in unwanted:
                    removed += 1
                    continue
                crc = crc32(line, crc)
                held += line
            files.write_all(out, bytes(held))
        self.catch_up()
        return removed

    def close(self) -> None:
        """Let go of the file, without the room that was made."""
        fd, self._fd = self._fd, -1
        if fd < 0:
            return
        if self._made_room and not self._poisoned:
            with suppress(OSError, RegisterError), self._lock.held():
                if not os.pread(fd, 1, self._end).strip(b"\0"):
                    os.ftruncate(fd, self._end)
        files.let_go(fd)


def _filled(fd: int, start: int, end: int) -> int:
    """Where the zero bytes begin with which a file ends."""
    while end > start:
        at = max(start, end - _ROOM)
        if written := files.read_at(fd, at, end).rstrip(b"\0"):
            return at + len(written)
        end = at
    return end


def _ends_well(body: bytes, closing: bytes) -> bool:
    """Whether a later part of `body` is a good batch: then what stands before it is damage."""
    stated, _, total = closing.rpartition(b" ")
    at = body.find(b"\n{")
    while at >= 0:
        if total == b"%08x" % crc32(stated, crc32(body[at + 1 :])):
            return True
        at = body.find(b"\n{", at + 1)
    return False


def _damaged(seq: int) -> IntegrityError:
    return IntegrityError(
        f"The ledger is damaged near entry {seq}.",
        "Nothing was changed. Keep the folder as it is and restore the ledger from a backup.",
    )


def _each_line(fd: int, start: int, end: int) -> Iterator[bytes]:
    rest = b""
    while start < end:
        data = rest + files.read_at(fd, start, min(end, start + _CHUNK))
        start += len(data) - len(rest)
        cut = data.rfind(b"\n") + 1
        yield from data[:cut].splitlines(keepends=True)
        rest = data[cut:]
