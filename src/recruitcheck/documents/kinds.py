"""What a file is, told from its first bytes; its name is only held against that."""

from __future__ import annotations

from recruitcheck.errors import DocumentError

KINDS = {
    "pdf": "pdf",
    "docx": "docx",
    "docm": "docx",
    "txt": "text",
    "text": "text",
    "md": "text",
}
"""File name ending -> kind that recruitcheck reads."""

_SAVE_AS = "Ask for it as PDF, as a Word document (.docx) or as plain text."
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "a Word document of the old kind (.doc)"),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a scanned picture (TIFF)"),
    (b"MM\x00*", "a scanned picture (TIFF)"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"\x1f\x8b", "a packed archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_PAGE_STARTS = (b"<!doctype html", b"<html")


def recognised(data: bytes) -> str:
    """Tell `pdf`, `docx` or `text` from the content.

    Raises:
        DocumentError: the content is of a kind that recruitcheck does not read.
    """
    head = data[:1024].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    for start, words in _FOREIGN:
        if head.startswith(start) and (start != b"MZ" or b"\x00" in head):
            raise DocumentError(f"This file is {words}, which recruitcheck cannot read.", _SAVE_AS)
    if head.lstrip().lower().startswith(_PAGE_STARTS):
        raise DocumentError("This file is a web page, not an application document.", _SAVE_AS)
    return "text"
