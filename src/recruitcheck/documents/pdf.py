"""PDF -> text, by pypdf. Runs in the limited child only."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any

from recruitcheck.documents import MAX_PAGES
from recruitcheck.errors import DocumentError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_TAIL = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
"""The last lines of a PDF: where its index begins."""
_LINKS_PER_PAGE = 50
"""More are a page made to tire the reader; an application links to a handful."""


def read(data: bytes) -> tuple[list[str], list[int]]:
    """Give the text of each page, and the numbers of pages that hold something but no text.

    Addresses behind links follow their page's text in angle brackets, because an applicant who
    links the word "portfolio" has given the address.

    Raises:
        DocumentError: encrypted, cut short, damaged, or too many pages.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes the file in warnings
    _whole(data)
    try:
        reader = _opened(data)
        pages = [_page(page) for page in reader.pages]
    except (DocumentError, MemoryError, RecursionError):
        raise
    except Exception:  # pypdf answers damage with errors of many kinds; the file is not sound
        raise _damaged() from None
    unread = [number for number, (text, full) in enumerate(pages, 1) if full and not text.strip()]
    return [text for text, _ in pages], unread


def _whole(data: bytes) -> None:
    """A PDF ends with the place of its index; one that does not was cut on its way."""
    tail = _TAIL.findall(data[-4096:])
    if not tail or int(tail[-1]) >= len(data):
        raise DocumentError(
            "This PDF is cut short: its end is missing.",
            "It was not sent in full. Ask the applicant to send it again.",
        )


def _opened(data: bytes) -> PdfReader:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise DocumentError(
            "This PDF is locked with a password.",
            "Ask the applicant for a copy without a password; do not ask for the password.",
        )
    count = len(reader.pages)
    if count == 0:
        raise _damaged()
    if count > MAX_PAGES:
        raise DocumentError(
            f"This PDF has {count} pages; recruitcheck reads at most {MAX_PAGES}.",
            "Ask for the application itself, without portfolio or attachments.",
        )
    return reader


def _page(page: PageObject) -> tuple[str, bool]:
    """The page's text, and whether anything is drawn on it."""
    text = page.extract_text() or ""
    contents = page.get_contents()
    full = bool(contents is not None and contents.get_data().strip())
    if text.strip():
        text += "".join(f"\n<{address}>" for address in _links(page) if address not in text)
    return text, full


def _links(page: PageObject) -> list[str]:
    """Web addresses behind the page's links, each once, in the page's order."""
    found: dict[str, None] = {}
    for annotation in list(page.get("/Annots") or ())[:_LINKS_PER_PAGE]:
        entry: Any = annotation.get_object()
        action = entry.get("/A") if hasattr(entry, "get") else None
        address = action.get_object().get("/URI") if action is not None else None
        if isinstance(address, bytes):
            address = address.decode("ascii", "replace")
        if isinstance(address, str) and address.startswith(("http://", "https://")):
            found[str(address)] = None
    return list(found)


def _damaged() -> DocumentError:
    return DocumentError(
        "This PDF is damaged and cannot be read.",
        "Ask the applicant to send it again, or to print it to PDF once more.",
    )
