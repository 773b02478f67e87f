"""Backups that can keep the promise of destruction: the ledger and the key store apart.

Whoever has a backup of both from before a destruction can undo it. So they are two files with two
rules: the ledger's backup is kept as long as anybody likes, the key store's only as long as the
retention promise allows (a few weeks), in another place. Each alone opens nothing.

    save_ledger   register.json, ledger, state, evidence/
    save_keys     register.json, keys (never the vault key of strict mode)
    restore       both, or a ledger alone to be verified, into a new folder
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from recruitcheck.errors import BadInput, IntegrityError, RegisterError
from recruitcheck.vault import files
from recruitcheck.vault.folder import FolderStore, read_meta
from recruitcheck.vault.store import in_database
from recruitcheck.vault.verify import Verification, verify

_LEDGER: Final = ("register.json", "ledger", "state", "evidence")
_KEYS: Final = ("register.json", "keys")


def save_ledger(where: str | Path, path: str | Path) -> Path:
    """Write a backup of everything but keys. Raises `RegisterError`."""
    return _save(where, path, _LEDGER)


def save_keys(where: str | Path, path: str | Path) -> Path:
    """Write a backup of the key store alone. Raises `RegisterError`."""
    return _save(where, path, _KEYS)


def _save(where: str | Path, path: str | Path, names: tuple[str, ...]) -> Path:
    if in_database(str(where)):
        raise RegisterError(
            "A register in a database is backed up by the database.",
            "docs/postgresql.md says how to keep its tables apart.",
        )
    folder, target = Path(where), Path(path)
    with (
        _still(folder),
        files.replacing(target, outside=True) as fd,
        open(fd, "wb", closefd=False) as out,  # a descriptor, not a path
        tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in names:
            if (folder / name).exists():
                archive.add(folder / name, arcname=name, filter=_nameless)
    return target


def _nameless(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return None if entry.name.endswith(".new") else entry


@contextmanager
def _still(folder: Path) -> Iterator[None]:
    """Nobody writes while a copy is made."""
    store = FolderStore(folder)
    try:
        with store.writing():
            yield
    finally:
        store.close()


def restore(ledger: str | Path, keys: str | Path | None, where: str | Path) -> Verification:
    """Put backups back into a new folder, and check what came of it.

    A member who has seen a later head is told so at unlocking; hr goes on with `accept_loss`,
    which is entered. Cases destroyed since the ledger's backup stay closed: their keys are gone
    from every key store saved after the destruction.

    Raises:
        BadInput: a file is not such a backup.
        IntegrityError: the two are of different registers.
        RegisterError: the folder is taken or cannot be written.
    """
    folder = Path(where)
    if folder.exists() and any(folder.iterdir()):
        raise RegisterError(f"{folder} is not empty.", "Restore into a new folder.")
    _unpack(Path(ledger), folder, _LEDGER)
    if keys is not None:
        log = read_meta(folder).log
        _unpack(Path(keys), folder, _KEYS)
        if read_meta(folder).log != log:
            raise IntegrityError(
                "Ledger and key store are of different registers.", "Use two that belong together."
            )
    return verify(folder)


def _unpack(path: Path, folder: Path, names: tuple[str, ...]) -> None:
    try:
        with tarfile.open(path) as archive:
            members = archive.getmembers()
            if not members or any(_strange(m, names) for m in members):
                raise BadInput(
                    f"{path.name} is not such a backup.",
                    "Name the file that `recruitcheck backup` wrote.",
                )
            files.make_folder(folder)
            folder.chmod(0o700)
            files.make_folder(folder / "evidence")
            for member in members:
                if member.isfile():
                    files.make_folder((folder / member.name).parent)
                    data = archive.extractfile(member) or io.BytesIO()
                    with files.replacing(folder / member.name) as fd:
                        while chunk := data.read(1 << 20):
                            files.write_all(fd, chunk)
    except tarfile.TarError as error:
        raise BadInput(
            f"{path.name} is not such a backup.", "Name the file that `recruitcheck backup` wrote."
        ) from error
    except OSError as error:
        raise files.refused(error, "The backup could not be put back") from error


def _strange(member: tarfile.TarInfo, names: tuple[str, ...]) -> bool:
    parts = Path(member.name).parts
    plain = member.isfile() or member.isdir()
    deep = len(parts) > 1 and parts[0] != "evidence"
    return not (plain and parts and parts[0] in names) or ".." in parts or deep
