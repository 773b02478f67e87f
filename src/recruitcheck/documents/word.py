"""DOCX -> text, by python-docx. Runs in the limited child only.

Application forms are tables, and many CV templates keep their text in boxes and content controls;
python-docx's own lists of paragraphs leave those out. So the walk goes over the document's XML,
which python-docx opens, and takes every paragraph in the order in which it stands.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from recruitcheck.errors import DocumentError

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
_NOT_SHOWN = frozenset({_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}rPr"})
_SIGNS = {f"{_W}tab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}

MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 2_000
PAGE = "\f"
"""Stands in the text for a page's beginning until the child has counted it."""

_ASK_AGAIN = "Ask the applicant to send it again, or as PDF."


def read(data: bytes) -> list[str]:
    """Give the text of each page, as far as the document says where its pages begin.

    Raises:
        DocumentError: not a Word document, packed to do harm, locked, or damaged.
    """
    _safe(data)
    from docx import Document as opened

    try:
        document = opened(io.BytesIO(data))
        text = "\n".join(_paragraphs(document))
    except (MemoryError, RecursionError):
        raise
    except Exception:  # zlib, lxml, zipfile, python-docx: whichever gave up, the file is not sound
        raise DocumentError(
            "This Word document is damaged and cannot be read.", _ASK_AGAIN
        ) from None
    return text.split(PAGE)


def _safe(data: bytes) -> None:
    """Look at the package's list before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError):
        raise DocumentError(
            "This Word document is damaged: its package cannot be opened.", _ASK_AGAIN
        ) from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise DocumentError(
            "This Word document would unpack to far more than an application needs.",
            "It may have been made to do harm, and was not opened. Ask for a PDF instead.",
        )
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(n.startswith("word/") for n in names):
        what = "an OpenDocument text" if "content.xml" in names else "a packed archive"
        raise DocumentError(
            f"This file is {what}, not a Word document.",
            "Ask for it as PDF, as a Word document (.docx) or as plain text.",
        )


def _paragraphs(document: Document) -> Iterator[str]:
    addresses = {
        key: relation.target_ref
        for key, relation in document.part.rels.items()
        if relation.is_external and relation.target_ref.startswith(("http://", "https://"))
    }
    for paragraph in document.element.body.iter(f"{_W}p"):
        if not _inside_hidden(paragraph):
            yield "".join(_pieces(paragraph, addresses))


def _inside_hidden(paragraph: Any) -> bool:
    return any(above.tag in _NOT_SHOWN for above in paragraph.iterancestors())


def _pieces(paragraph: Any, addresses: dict[str, str]) -> Iterator[str]:
    """Text of one paragraph, on an explicit stack: nesting in a hostile file has no end."""
    stack: list[Any] = [paragraph]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag
        if tag in _NOT_SHOWN or tag == _BOX or _hidden_run(node):
            continue
        if tag == f"{_W}t":
            yield node.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{_W}br":
            yield PAGE if node.get(f"{_W}type") == "page" else "\n"
        elif tag == f"{_W}lastRenderedPageBreak":
            yield PAGE
        else:
            stack.extend(reversed([*node, *_address(node, addresses)]))


def _hidden_run(node: Any) -> bool:
    """A run that Word shows to nobody: keyword stuffing, or notes to oneself."""
    if node.tag != f"{_W}r":
        return False
    vanish = node.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false")


def _address(node: Any, addresses: dict[str, str]) -> list[str]:
    """The address behind a link, in angle brackets, where the linked words do not say it."""
    if node.tag != f"{_W}hyperlink":
        return []
    address = addresses.get(node.get(f"{_R}id", ""), "")
    shown = "".join(node.itertext())
    return [f" <{address}>"] if address and address not in shown else []
