"""The limited child: `python -m recruitcheck.documents.child KIND`, the file on standard input.

Prints one JSON object: `{text, pages, unread}` or `{message, hint}`. It takes its limits before it
reads a byte, so a document that fills memory or runs on ends this process and nothing else.
"""

from __future__ import annotations

import json
import sys

from recruitcheck.documents import MAX_CHARACTERS
from recruitcheck.documents.clean import clean
from recruitcheck.errors import DocumentError

MEMORY = 512 * 1024 * 1024
"""Bytes, of which the interpreter and its libraries take their part."""
SECONDS = 20
"""Of processor time."""


def main(kind: str) -> int:
    """Read one document; the answer is always JSON, the exit code always 0 unless stopped."""
    try:
        _limit()
        answer = _read(kind, sys.stdin.buffer.read())
    except DocumentError as error:
        answer = {"message": error.message, "hint": error.hint}
    except (MemoryError, RecursionError):
        answer = {
            "message": "This document asks for far more memory than an application needs.",
            "hint": "It may be damaged, or made to do harm. It was not opened further.",
        }
    sys.stdout.write(json.dumps(answer))
    return 0


def _limit() -> None:
    """Bound memory, processor time and written files; refuse to start where that cannot be."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        try:
            resource.setrlimit(limit, (MEMORY, MEMORY))
        except (ValueError, OSError):
            continue
        break
    else:
        raise DocumentError(
            "This computer cannot limit the memory of the program that opens documents.",
            "Run recruitcheck on Linux, or ask your IT department.",
        )
    # Last, because importing afterwards must not want to write compiled files.
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(kind: str, data: bytes) -> dict[str, object]:
    unread: list[int] = []
    if kind == "pdf":
        from recruitcheck.documents import pdf

        pages, unread = pdf.read(data)
    elif kind == "docx":
        from recruitcheck.documents import word

        pages = word.read(data)
    else:
        from recruitcheck.documents import plain

        pages = plain.read(data)
    return {**_joined(pages), "unread": unread}


def _joined(pages: list[str]) -> dict[str, object]:
    """One text of all pages, cleaned, with the cleaned offset at which each page begins."""
    starts: list[int] = []
    length = 0
    for page in pages:
        starts.append(length)
        length += len(page) + 1
    if length > MAX_CHARACTERS:
        raise DocumentError(
            "This document holds more text than an application needs.",
            "Ask for the application itself, without attachments.",
        )
    cleaned = clean("\n".join(pages))
    return {"text": cleaned.text, "pages": [cleaned.cleaned(start) for start in starts]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
