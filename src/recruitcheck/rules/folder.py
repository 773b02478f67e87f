"""The folder of the policy pack: where it lies, and its files as parsed TOML.

It lies at the root of the repository and inside the wheel; an explicit path beats both. Screening
alone needs the refusal files and nothing else, so `refusals` reads only those.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from recruitcheck.errors import PolicyError
from recruitcheck.records import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """Every file that could be parsed, by its name below the folder."""

    tables: Mapping[str, dict[str, Any]]
    problems: tuple[Problem, ...]
    digest: str
    """SHA-256 over names and bytes of all files, in the order of their names."""

    @property
    def refusals(self) -> Mapping[str, Mapping[str, Any]]:
        """The refusal files by their id, such as `routine` or `protected/religion`."""
        return MappingProxyType(
            {
                name.removeprefix("refusals/").removesuffix(".toml"): table
                for name, table in self.tables.items()
                if name.startswith("refusals/")
            }
        )


def find_folder(explicit: Path | None = None) -> Path:
    """The folder of the pack: as given, else beside the installed package, else the repository's.

    Raises:
        PolicyError: there is no such folder.
    """
    package = Path(__file__).resolve().parent.parent
    places = [explicit] if explicit else [package, package.parent.parent]
    for place in places:
        folder = place if explicit else place / "justifications"
        if (folder / "policy.toml").is_file():
            return folder
    raise PolicyError(
        f"There is no policy pack at {explicit}."
        if explicit
        else "The policy pack (justifications) is missing from this installation.",
        "Name a folder that holds a policy.toml, or install recruitcheck again.",
    )


def read_folder(folder: Path, below: str = "") -> Found:
    """Parse the files of a pack, or only those below one of its folders."""
    problems: list[Problem] = []
    tables: dict[str, dict[str, Any]] = {}
    digest = hashlib.sha256()
    for file in sorted((folder / below).rglob("*.toml")):
        name = file.relative_to(folder).as_posix()
        try:
            data = file.read_bytes()
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
            tables[name] = _parsed(data)
        except (OSError, ValueError) as error:
            # tomllib and UTF-8 errors are ValueErrors; both say the line, neither the content
            problems.append(Problem(path=name, key="", message=f"This cannot be read: {error}."))
    return Found(MappingProxyType(tables), tuple(problems), digest.hexdigest())


@lru_cache(maxsize=128)
def _parsed(data: bytes) -> dict[str, Any]:
    """A file's table, which nobody changes: the same pack is read each time somebody unlocks."""
    return tomllib.loads(data.decode())


def refusals(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """The refusal files alone, for screening without a pack.

    Raises:
        PolicyError: a file cannot be parsed, or has a part that nothing would read.
    """
    from recruitcheck.rules import refusal_files  # whoever screens needs what it brings anyway

    found = read_folder(folder, "refusals")
    wrong = [*found.problems]
    for name, table in found.refusals.items():
        wrong += refusal_files.problems(name, table, phrases=False)
    if wrong:
        raise PolicyError(
            f"The refusal files have {len(wrong)} mistake(s).",
            "`recruitcheck policy check` lists them all.",
            tuple(wrong),
        )
    return found.refusals
