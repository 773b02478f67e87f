"""Write docs/dependencies.md: every library that comes along, why, and under which licence.

`python docs/make_dependencies.py`, with the extras `age`, `postgres`, `serve` and `stamp`.
Reasons are the comments of `pyproject.toml`; licences are what the installed libraries say of
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = Path(__file__).with_name("dependencies.md")
EXTRAS = frozenset({"age", "postgres", "serve", "stamp"})
_LINE = re.compile(r'^\s+"([A-Za-z0-9_.-]+)(?:\[[^"]*)?[^"]*",\s+# (.+)$', re.M)
_HEAD = """# What comes along, and why

Every library was chosen because it does well what would otherwise be code of our own; none is
copied into this repository. Their licences allow use together with recruitcheck's own (Apache-2.0):
they are permissive, or (psycopg, certifi, shtab) ask only that changes to their own files stay
open. The page is written by `python docs/make_dependencies.py`; a test compares it with what is
installed.

Known weaknesses: `pip-audit` in an environment with recruitcheck asks the public lists of
weaknesses; run it where they can be reached, with each release and each month in between.

"""


class Library(NamedTuple):
    """One library: its name as whoever needs it writes it, and its licence."""

    name: str
    licence: str


def installed() -> Iterator[Library]:
    """recruitcheck's libraries and theirs, by name, for what its users install."""
    waiting, seen = [("recruitcheck", EXTRAS)], {"recruitcheck"}
    found: dict[str, Library] = {}
    while waiting:
        name, extras = waiting.pop()
        held = metadata.distribution(name)
        for text in held.requires or ():
            wanted = Requirement(text)
            marker, key = wanted.marker, canonicalize_name(wanted.name)
            if marker and not any(marker.evaluate({"extra": one}) for one in extras or {""}):
                continue
            if key not in seen:
                seen.add(key)
                waiting.append((wanted.name, frozenset(wanted.extras)))
                found[key] = Library(wanted.name, licence(metadata.distribution(wanted.name)))
    yield from (found[key] for key in sorted(found))


def licence(held: metadata.Distribution) -> str:
    """What a library says of its licence, in one line."""
    told = held.metadata
    if expression := told.get("License-Expression"):
        return expression
    classified = [
        one.rpartition(" :: ")[2]
        for one in told.get_all("Classifier") or ()
        if one.startswith("License ::")
    ]
    named = ", ".join(classified) or (told.get("License") or "").partition("\n")[0]
    return named or _title(held)


def _title(held: metadata.Distribution) -> str:
    """The first line of the licence that comes with a library which names none."""
    for name in held.metadata.get_all("License-File") or ():
        text = held.read_text(f"licenses/{name}") or held.read_text(name)
        if text:
            return text.strip().partition("\n")[0]
    return ""


def reasons() -> dict[str, str]:
    """Why each direct library is there, from the comments of `pyproject.toml`."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return {canonicalize_name(name): why for name, why in _LINE.findall(text)}


def page() -> str:
    """The page."""
    why = reasons()
    lines = ["| library | licence | why |", "| --- | --- | --- |"]
    for one in installed():
        reason = why.get(canonicalize_name(one.name), "comes with another")
        lines.append(f"| {one.name} | {one.licence} | {reason} |")
    return _HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
