"""Where a register's own policy pack lies: put there when two people have adopted it.

In the register's folder, so that everybody who opens the register reads the same files, and a new
version of the program does not replace them. Beside a database there is no folder: there it is the
data folder of each computer. Which files hold is decided by their digest in the ledger, not by
where they lie.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from recruitcheck.rules import grounds

_NAME = "justifications"


def find(where: str, named: Path | None = None) -> Path:
    """The pack that holds for a register: as named, its own, or the one that came along.

    Raises:
        PolicyError: there is none.
    """
    own = _own(where)
    if named is None and (own / "policy.toml").is_file():
        return own
    return grounds.find_folder(named)


def put(where: str, folder: Path) -> Path | None:
    """Put an adopted pack in place; None where that place cannot be written."""
    own = _own(where)
    if folder.resolve() == own.resolve():
        return own
    new, old = own.with_suffix(".new"), own.with_suffix(".old")
    try:
        for leftover in (new, old):
            shutil.rmtree(leftover, ignore_errors=True)
        for file in sorted(folder.rglob("*.toml")):
            target = new / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
        if own.exists():
            own.rename(old)
        new.rename(own)
        shutil.rmtree(old, ignore_errors=True)
    except OSError:
        return None
    return own


def _own(where: str) -> Path:
    if "://" not in where:
        return Path(where) / _NAME
    import platformdirs

    return Path(platformdirs.user_data_dir("recruitcheck")) / _NAME
