"""What runs inside the lens's child process: load, shut every door, read pages, answer once.

Doors are shut after everything needed is loaded and before the first byte of a page is looked at:
no new file descriptor (so neither network nor files, on Linux and macOS alike and without special
rights), no byte written into a file, no memory dump, no further process, a ceiling on memory and
on processor time. Where a door cannot be shut the child says so and reads nothing.

The request arrives as JSON on standard input and the answer leaves as JSON on standard output.
An error leaves as a message written here; it never repeats anything of a page or a claim.
"""

from __future__ import annotations

import base64  # noqa: F401  # rules/disguise.py loads these four late; here no file opens later
import codecs  # noqa: F401  # as above
import errno
import gc
import html  # noqa: F401  # as above
import json
import os
import sys
import threading
import time
import tomllib
import urllib.parse  # noqa: F401  # as above
from pathlib import Path
from typing import Any

from recruitcheck.errors import BadInput, RecruitcheckError
from recruitcheck.rules import passages, screen
from recruitcheck.sources import page

MEMORY = 768 * 1024 * 1024
"""Bytes; the worst 2 MiB of markup known need less than a third of it."""
CPU_SECONDS = 20
"""As long as `lens.SECONDS` of waiting: whatever computes longer would be ended by that anyway."""


class CannotLimit(RecruitcheckError):
    """A ceiling that the lens depends on cannot be set on this computer."""

    def __init__(self) -> None:
        super().__init__(
            "This computer cannot limit the part of recruitcheck that reads pages.",
            "Use recruitcheck on Linux or macOS, or in the browser from the school's server.",
        )


def main() -> None:
    """Serve one request and leave without ceremony, so that nothing can linger."""
    try:
        answer = _serve(Path(sys.argv[2]))
    except RecruitcheckError as error:
        answer = {"error": [error.message, error.hint], "input": isinstance(error, BadInput)}
    except MemoryError:
        answer = {"error": ["This page needs more memory than a page may have.", ""]}
    except Exception:  # what went wrong may quote the page
        answer = {"error": ["This page could not be read.", ""]}
    data = json.dumps(answer).encode("ascii")
    while data:
        data = data[os.write(1, data) :]
    os._exit(0)


def _serve(pack_folder: Path) -> dict[str, Any]:
    screener = _screener(pack_folder)
    limit()
    asked = json.loads(sys.stdin.buffer.read())
    pages = [
        (page.decoded(body.encode("latin-1")) if raw else body, type)
        for body, raw, type in asked["pages"]
    ]
    shut_descriptors()
    gc.disable()  # nothing here makes cycles worth a collection
    return {"pages": [_one(text, type, asked, screener) for text, type in pages]}


def _screener(pack_folder: Path) -> screen.Screener:
    folder = pack_folder / "refusals"
    try:
        refusals = {
            file.relative_to(folder).with_suffix("").as_posix(): tomllib.loads(
                file.read_text("utf-8")
            )
            for file in sorted(folder.rglob("*.toml"))
        }
        screener = screen.compiled(refusals)
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        refusals = {}
    if not refusals:
        raise RecruitcheckError(
            "The refusal files of the policy pack cannot be read, so nothing can be shown safely.",
            "`recruitcheck policy check` says what is wrong with them.",
        )
    return screener


def _one(text: str, type: str, asked: dict[str, Any], screener: screen.Screener) -> dict[str, Any]:
    read = page.read(text, type)
    selection = passages.select(
        read.extracted,
        read.blocks,
        claim=asked["claim"],
        name=asked["name"],
        screener=screener,
        url=asked["url"],
        allowed_names=asked["allowed"],
    )
    answer: dict[str, Any] = {
        "shown": [[shown.text, shown.start, shown.end] for shown in selection.shown],
        "unrelated": selection.unrelated,
        "personal": selection.personal,
    }
    if asked["whole"]:
        answer["extracted"] = read.extracted
    return answer


def limit() -> None:
    """Put the ceilings on memory, processor time, files, dumps and processes, for good.

    Raises:
        CannotLimit: one of them cannot be set here.
    """
    try:
        import resource
    except ImportError:  # Windows has no such ceilings
        raise CannotLimit from None
    try:
        _limit_memory()
        for ceiling, most in (
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NPROC, 0),
        ):
            resource.setrlimit(ceiling, (most, most))
    except (ValueError, OSError):
        raise CannotLimit from None


def shut_descriptors() -> None:
    """Forbid every new file descriptor: no socket, no file, no pipe from here on.

    Raises:
        CannotLimit: a descriptor can still be had.
    """
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    except (ValueError, OSError):
        raise CannotLimit from None
    try:
        spare = os.dup(0)
    except OSError as error:
        if error.errno == errno.EMFILE:
            return
        raise CannotLimit from None
    os.close(spare)
    raise CannotLimit


def _limit_memory() -> None:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except ValueError:
        if sys.platform != "darwin":
            raise
        threading.Thread(target=_watch_memory, daemon=True).start()


def _watch_memory() -> None:
    """Where macOS refuses a ceiling on address space: end the child when it holds too much."""
    import resource

    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MEMORY:  # bytes on macOS
        time.sleep(0.02)
    os._exit(1)
