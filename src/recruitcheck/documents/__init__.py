"""Application documents -> text with offsets: PDF, DOCX and plain text.

An applicant's file is outside matter, so it is opened in a child process that has no more than
512 MB of memory and 20 seconds of processor time, may write no file, and hands back text only.
What comes back was cleaned of signs that nobody sees (`clean`), and every page's beginning is an
offset into that text. Nothing of the file itself is kept by this module.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from recruitcheck.errors import DocumentError

MAX_BYTES = 20 * 1024 * 1024
"""Size of a file that is opened at all."""
MAX_PAGES = 100
"""A longer document is a portfolio; ask for the application itself."""
MAX_CHARACTERS = 1_000_000
"""Size of the text that is handed back."""
WALL_SECONDS = 40.0
"""Twice the child's processor time (`child.SECONDS`), for a machine with much else to do."""

_ASK_AGAIN = "Ask the applicant to send it again, or open it in the program that made it."


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """What a document says. Offsets count code points of `text`."""

    text: str
    pages: tuple[int, ...]
    """Offset in `text` at which each page begins; `(0,)` where the format knows no pages."""
    kind: str
    """`pdf`, `docx` or `text`."""
    unread: tuple[int, ...] = ()
    """Numbers, from 1, of pages that gave no text although they are not empty: pictures."""


def read(data: bytes, filename: str) -> DocumentText:
    """Read an application document as text.

    Args:
        data: the whole file.
        filename: its name; only the ending is looked at, and must agree with the content.

    Raises:
        DocumentError: empty, too large, of another kind than its name says, encrypted, damaged
            or cut short, a picture of a text, or more than the limits of the child allow.
    """
    if not data:
        raise DocumentError(
            "This file is empty (0 bytes).", "It may not have been sent in full. " + _ASK_AGAIN
        )
    if len(data) > MAX_BYTES:
        raise DocumentError(
            f"This file is larger than {MAX_BYTES // 2**20} MB.",
            "Ask for the application without pictures, or as plain text.",
        )
    kind = _kind(data, filename)
    answer = _ask_child(kind, data)
    text = answer["text"]
    if not text.strip():
        raise _nothing_to_read(kind)
    return DocumentText(
        text=text, pages=tuple(answer["pages"]), kind=kind, unread=tuple(answer["unread"])
    )


def _kind(data: bytes, filename: str) -> str:
    from recruitcheck.documents.kinds import KINDS, recognised

    kind = recognised(data)
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    named = KINDS.get(ending)
    if named is not None and named != kind:
        words = {"pdf": "a PDF", "docx": "a Word document", "text": "plain text"}
        raise DocumentError(
            f"This file's name ends in .{ending}, but inside it is {words[kind]}"
            + (" or damaged." if kind == "text" else "."),
            "A file whose name and content disagree is not opened. " + _ASK_AGAIN,
        )
    return kind


def _nothing_to_read(kind: str) -> DocumentError:
    if kind == "pdf":
        return DocumentError(
            "This PDF has no text in it: it is a picture of a document, as a scanner makes it.",
            "Ask the applicant for the file they wrote, or have the scan read by a text "
            "recognition program and checked by a person.",
        )
    return DocumentError("There is no text in this document.", _ASK_AGAIN)


def _ask_child(kind: str, data: bytes) -> dict[str, Any]:
    """Let the limited child read the document; whatever goes wrong there ends as an error."""
    command = [sys.executable, "-P", "-m", "recruitcheck.documents.child", kind]
    try:
        done = subprocess.run(  # noqa: S603  # our own module, no shell, one word from a fixed list
            command, input=data, capture_output=True, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much() from error
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        # The child was stopped by its limits before it could answer.
        raise _too_much() from None
    if "message" in answer:
        raise DocumentError(str(answer["message"]), str(answer["hint"]))
    return _checked(answer)


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    """The child read hostile bytes: its answer is held to the form it promised."""
    text, pages, unread = answer.get("text"), answer.get("pages"), answer.get("unread")
    sound = (
        isinstance(text, str)
        and len(text) <= MAX_CHARACTERS
        and isinstance(pages, list)
        and all(isinstance(p, int) and 0 <= p <= len(text) for p in pages)
        and isinstance(unread, list)
        and all(isinstance(p, int) for p in unread)
    )
    if not sound:
        raise _too_much()
    return answer


def _too_much() -> DocumentError:
    return DocumentError(
        "This document asks for far more memory or time than an application needs.",
        "It may be damaged, or made to do harm. It was not opened further. " + _ASK_AGAIN,
    )
