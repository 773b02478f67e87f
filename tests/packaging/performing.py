"""A page's example of a change, performed on a copy of the repository as the page has it.

A block begins with the path it is about. One of `diff` has the lines that stand there and the lines
that come (`+`) or go (`-`), in parts between `@@`; any other is a whole new file.
"""

from __future__ import annotations

import re
from pathlib import Path

_BLOCK = re.compile(r"```(\w+)\n(?:# |/\* )([\w/.-]+)(?: \*/)?\n(.*?)```", re.S)


def perform(section: str, copy: Path) -> list[str]:
    """Do what a section of the page says; the paths that were written, in order."""
    blocks = _BLOCK.findall(section)
    for kind, path, text in blocks:
        place = copy / path
        if kind == "diff":
            place.write_text(_changed(place.read_text(), text, path))
        else:
            assert not place.exists(), f"{path} is there already"
            place.write_text(text)
    return [path for _, path, _ in blocks]


def _changed(before: str, parts: str, path: str) -> str:
    for part in parts.split("@@\n"):
        lines = part.splitlines(keepends=True)
        assert all(line[0] in "+- \n" for line in lines), part
        stood = "".join(line[1:] or "\n" for line in lines if line[0] != "+")
        stands = "".join(line[1:] or "\n" for line in lines if line[0] != "-")
        at = f"\n{before}".count(f"\n{stood}")
        assert at == 1, f"{path} holds these lines {at} times:\n{stood}"
        before = f"\n{before}".replace(f"\n{stood}", f"\n{stands}")[1:]
    return before
