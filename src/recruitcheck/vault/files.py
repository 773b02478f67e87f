"""What the register asks of a file system: durable writes, replacement, and one lock.

Everything the operating system refuses (no space, read-only folder, no permission) becomes a
`RegisterError` in plain words, with the cause attached.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from recruitcheck.errors import RegisterError

_HINTS: Final = {
    errno.ENOSPC: ("The disk is full.", "Free some space and try again; nothing was lost."),
    errno.EDQUOT: ("Your share of the disk is full.", "Free some space and try again."),
    errno.EROFS: ("The folder can only be read.", "Open it where you may write."),
    errno.EACCES: ("You have no permission for this folder.", "Ask whoever looks after it."),
    errno.EPERM: ("You have no permission for this folder.", "Ask whoever looks after it."),
    errno.ENOENT: ("A file of the register is missing.", "Check the place, or restore a backup."),
    errno.EIO: ("The disk reports a fault.", "Restart, run `recruitcheck verify`, save a backup."),
}


def refused(error: OSError, what: str) -> RegisterError:
    """The plain-words form of a refusal by the operating system."""
    message, hint = _HINTS.get(
        error.errno or 0, (f"The system reports: {os.strerror(error.errno or 0)}.", "")
    )
    result = RegisterError(f"{what}: {message}", hint)
    result.__cause__ = error
    return result


def not_written(error: OSError, path: Path) -> RegisterError:
    """What is said where a file that leaves the register cannot be written; the register is well.

    Its own folder may be missing, which must not read as if the register lacked a file.
    """
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        result = RegisterError(
            f"{path} could not be written: its folder does not exist.",
            "Make the folder first, or name another place.",
        )
        result.__cause__ = error
        return result
    return refused(error, f"{path} could not be written")


def settle(fd: int) -> None:
    """Wait until what was written to `fd` survives a power cut."""
    if sys.platform == "darwin":  # fsync alone leaves the data in the drive's cache there
        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
    elif hasattr(os, "fdatasync"):
        os.fdatasync(fd)
    else:
        os.fsync(fd)


def begin(fd: int, at: int, length: int) -> None:
    """Let the disk begin with what was just written, so that `settle` has less to wait for.

    A hint: Linux starts to write dirty pages that are said not to be needed soon.
    """
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(fd, at, length, os.POSIX_FADV_DONTNEED)


def let_go(fd: int) -> None:
    """Close a descriptor. What had to last was settled before, so a refusal loses nothing."""
    with suppress(OSError):
        os.close(fd)


def open_shared(path: Path, flags: int = 0) -> int:
    """A descriptor to read and write `path`, or only to read it where it may not be written.

    Raises:
        OSError: it cannot be read either.
    """
    try:
        return os.open(path, os.O_RDWR | os.O_CLOEXEC | flags)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)


def read_at(fd: int, start: int, end: int) -> bytes:
    """The bytes from `start` to `end`, or to the end of the file, however many calls that takes."""
    data = os.pread(fd, end - start, start)
    while len(data) < end - start:
        more = os.pread(fd, end - start - len(data), start + len(data))
        if not more:
            break
        data += more
    return data


def doubtful() -> RegisterError:
    """The refusal to go on after a write of which nobody knows what became of it."""
    return RegisterError(
        "An earlier write failed and nobody knows what the disk kept.",
        "Close recruitcheck and open it again; what was confirmed before is safe.",
    )


def write_all(fd: int, data: bytes) -> None:
    """Write all of `data`, however many calls that takes."""
    done = os.write(fd, data)
    while done < len(data):
        done += os.write(fd, memoryview(data)[done:])


def cut_back(fd: int, end: int) -> bool:
    """Take away what a failed write left behind `end`; whether it is sure to be gone.

    Settled too: a power cut could bring back, whole, what was refused a moment ago.
    """
    try:
        os.ftruncate(fd, end)
        settle(fd)
    except OSError:
        return False
    return True


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, each with a name that lasts."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    settle_folder(folder.parent)


def remove(paths: Iterable[Path]) -> None:
    """Take files away for good: after a power cut they are not back."""
    folders = set()
    for path in paths:
        path.unlink()
        folders.add(path.parent)
    for folder in folders:
        settle_folder(folder)


def settle_folder(folder: Path) -> None:
    """Make names in a folder durable."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def replace(path: Path, data: bytes, *, outside: bool = False) -> None:
    """Put `data` at `path`, so that a reader and a power cut see the old or the new, whole.

    `outside`: the file is handed out and is no part of the register, so the error names it.

    Raises:
        RegisterError: the system refuses; the old file stands.
    """
    with replacing(path, outside=outside) as fd:
        write_all(fd, data)


@contextmanager
def replacing(path: Path, *, outside: bool = False) -> Iterator[int]:
    """A descriptor for the new content of `path`; it takes its place when all went well."""
    draft = path.with_name(path.name + ".new")
    try:
        fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            yield fd
            settle(fd)
        finally:
            os.close(fd)
        draft.replace(path)
        settle_folder(path.parent)
    except BaseException as error:
        with suppress(OSError):  # what went wrong first is what is told
            draft.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise (
                not_written(error, path)
                if outside
                else refused(error, "The register could not be written")
            ) from error
        raise


class Lock:
    """The register's one lock: whoever holds it may write; readers need none.

    It is held across processes (flock) and across threads, and may be taken again by its holder.
    Where somebody cleared the file away, a new one is locked: two writers never hold two files.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd: int | None = None
        self._guard = threading.RLock()
        self._depth = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; waits for its turn."""
        with self._guard:
            if self._depth == 0:
                self._take()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0 and self._fd is not None:
                    self._let_go(self._fd)

    def _take(self) -> None:
        try:
            while True:
                if self._fd is None:
                    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
                    self._fd = os.open(self._path, flags, 0o600)
                fcntl.flock(self._fd, fcntl.LOCK_EX)
                held = os.fstat(self._fd)
                if held.st_nlink or self._is_there(held):
                    return
                self.close()
        except OSError as error:
            raise refused(error, "The register could not be locked for writing") from error

    def _is_there(self, held: os.stat_result) -> bool:
        """Whether the path still names this file; asked where a file system counts no names."""
        return self._path.exists() and os.path.samestat(held, self._path.stat())

    def _let_go(self, fd: int) -> None:
        try:
            fcntl.flock(fd, fcntl.LOCK_UN)
        except OSError:  # closing lets go as well
            self.close()

    def close(self) -> None:
        """Let go of the lock file."""
        fd, self._fd = self._fd, None
        if fd is not None:
            let_go(fd)
