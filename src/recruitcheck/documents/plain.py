"""Plain text in the encodings that school offices meet."""

from __future__ import annotations

import codecs

from recruitcheck.errors import DocumentError


def read(data: bytes) -> list[str]:
    """Give the text, one piece per page where form feeds part it.

    Raises:
        DocumentError: not text in UTF-8, UTF-16 with its mark, or Windows-1252.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.split("\f")
    raise DocumentError(
        "This file is not text that recruitcheck can read.",
        "Ask for it as PDF, as a Word document (.docx) or as plain text (UTF-8).",
    )
