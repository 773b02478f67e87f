"""Which register is this computer's own: where one was set up or joined here last, else the usual
folder. Whoever chose another place is not asked for it again."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_SECRETS = frozenset({"password", "sslpassword"})
"""What may stand behind the ? of a database's address and is nobody else's business."""


def usual() -> str:
    """Where a register lies when nobody chose a place."""
    import platformdirs

    return str(Path(platformdirs.user_data_dir("recruitcheck")) / "register")


def own() -> str:
    """The register of this computer: a folder, or a database's address."""
    try:
        return _note().read_text(encoding="utf-8").strip() or usual()
    except (OSError, ValueError):
        return usual()


def remember(where: str) -> None:
    """Take this register for the computer's own; a note that cannot be written changes nothing.

    A database's address that holds a password is not written down.
    """
    if holds_password(where):
        return
    place = where if "://" in where else str(_folder(where).absolute())
    note = _note()
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        new = note.with_suffix(".new")
        new.write_text(place + "\n", encoding="utf-8")
        new.replace(note)
    except OSError:
        return


def holds_password(where: str) -> bool:
    """Whether a database's address carries a password, in either of the ways it can."""
    if "://" not in where:
        return False
    parts = urlsplit(where)
    return bool(parts.password) or not _SECRETS.isdisjoint(parse_qs(parts.query))


def shown(where: str) -> str:
    """The place as it may be printed: of a database's address all but its passwords."""
    if not holds_password(where):
        return where
    given = urlsplit(where).netloc.rpartition("@")[0]
    bare = where.replace(f"//{given}@", f"//{given.partition(':')[0]}@", 1) if given else where
    return re.sub(r"(?<=password=)[^&#]*", "…", bare)


def exists(where: str) -> bool:
    """Whether a register lies there, as far as can be told without asking a database."""
    return "://" in where or (_folder(where) / "ledger").exists()


def missing(where: str) -> bool:
    """Whether this is the computer's own register, of a place somebody chose, and it is not there:
    most often a shared drive that is not connected."""
    return where == own() != usual() and not exists(where)


def _folder(where: str) -> Path:
    """What was typed, with `~` for one's own folder; `~nobody` is no fault, there is none."""
    return Path(os.path.expanduser(where))  # noqa: PTH111  # the other raises there


def _note() -> Path:
    """The file beside the preferences, wherever those are kept."""
    if named := os.environ.get("RECRUITCHECK_PREFERENCES"):
        return Path(named).with_name("own-register")
    import platformdirs

    return Path(platformdirs.user_config_dir("recruitcheck")) / "own-register"
