"""The lens: a limited child process reads a page and hands back only what bears on the claim.

The page is hostile until read, so its reading happens where it can do no harm: a child without
network, files or children of its own, with a ceiling on memory and time. The text travels through
a pipe and is never written down; what comes back is passages. Where the ceilings cannot be set
(`steps/lens_child.py` says how) nothing is read at all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recruitcheck.errors import BadInput, LookupFailed

SECONDS = 20.0
"""Longest time for one call, beyond which the child is ended."""

_HINT = "Ask the applicant for the item itself, or look at the page by hand and note what it says."


@dataclass(frozen=True, slots=True)
class Look:
    """What one page shows. The two counts are for hr and the applicant, never the recruiter."""

    shown: tuple[str, ...]
    unrelated: int
    personal: int
    spans: tuple[tuple[int, int], ...] = ()
    """Offsets of the passages into `extracted`; only where `whole` was asked for."""
    extracted: str = ""


def look(
    contents: Sequence[tuple[str | bytes, str]],
    *,
    claim: str,
    name: str,
    pack_folder: Path,
    url: str = "",
    allowed_names: Collection[str] = (),
    seconds: float = SECONDS,
) -> tuple[Look, ...]:
    """Read pages in one limited child and select what bears on the claim.

    Args:
        contents: each page's body and media type (empty: the first bytes tell).
        claim: the quote that the search stands on.
        name: the applicant's name, which stays readable in passages.
        pack_folder: the policy pack whose refusal files screen the passages.
        url: address the pages came from; its host stays readable.
        allowed_names: employer, school and other names that are no third person.
        seconds: longest time for all of them.

    Raises:
        LookupFailed: the child cannot be limited here, or a page cannot be read within limits.
    """
    try:
        return examine(
            contents,
            claim=claim,
            name=name,
            pack_folder=pack_folder,
            url=url,
            allowed_names=allowed_names,
            seconds=seconds,
        )
    except BadInput as error:
        raise LookupFailed(error.message, error.hint) from None


def examine(
    contents: Sequence[tuple[str | bytes, str]],
    *,
    claim: str,
    name: str,
    pack_folder: Path,
    url: str = "",
    allowed_names: Collection[str] = (),
    seconds: float = SECONDS,
    whole: bool = False,
) -> tuple[Look, ...]:
    """As `look`; `whole` also hands back the pages' text and where in it the passages stand.

    Raises:
        BadInput: a page is too large, no text, or not what its type says.
        LookupFailed: the child cannot be limited here, or a page broke its limits.
    """
    if not contents:
        return ()
    asked = {
        "claim": claim,
        "name": name,
        "url": url,
        "allowed": list(allowed_names),
        "whole": whole,
        "pages": [
            [
                body if isinstance(body, str) else body.decode("latin-1"),
                isinstance(body, bytes),
                type,
            ]
            for body, type in contents
        ],
    }
    answer = _ask_child(json.dumps(asked).encode("ascii"), pack_folder, seconds)
    if "error" in answer:
        message, hint = answer["error"]
        raise (BadInput if answer.get("input") else LookupFailed)(message, hint or _HINT)
    return tuple(
        Look(
            shown=tuple(text for text, _, _ in page["shown"]),
            unrelated=page["unrelated"],
            personal=page["personal"],
            spans=tuple((start, end) for _, start, end in page["shown"]) if whole else (),
            extracted=page.get("extracted", ""),
        )
        for page in answer["pages"]
    )


def _ask_child(request: bytes, pack_folder: Path, seconds: float) -> dict[str, Any]:
    """Hand a request to a fresh child and read its answer; nothing of either is ever repeated."""
    package_root = str(Path(__file__).parents[2])
    command = [sys.executable, "-I", "-B", "-c", _START, package_root, str(pack_folder.absolute())]
    try:
        child = subprocess.Popen(  # noqa: S603  # our own interpreter with our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.sep,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            process_group=0,  # a Ctrl+C that stops the lookup must not end the reading as well
        )
    except OSError as error:
        raise LookupFailed("The part that reads pages could not be started.", _HINT) from error
    with child:
        try:
            answer, _ = child.communicate(request, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise LookupFailed("Reading this page took too long and was ended.", _HINT) from None
        finally:
            child.kill()
    try:
        read: dict[str, Any] = json.loads(answer)
    except ValueError:
        raise LookupFailed(
            "This page broke the limits within which pages are read.", _HINT
        ) from None
    return read


_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from recruitcheck.steps.lens_child import main; main()"
)
"""The child runs the same code as its parent, also from a checkout; `-I` keeps out all else."""
