"""Material that no request brought: pasted by an observer, saved, or supplied by the applicant.

It takes the same form as a fetched page and then passes the same scope, date, author and lens
checks. Nothing in it is fetched: an address that it names is recorded and never asked.
"""

from __future__ import annotations

from datetime import UTC, datetime

from recruitcheck.errors import BadInput, LookupFailed
from recruitcheck.records import Item, Page
from recruitcheck.sources.guard import answer

MOST_PASTED = 4096
"""Characters of a paste: what bears on one claim, not a whole page."""
MOST_SAVED = 2 * 1024 * 1024
"""Bytes of a saved page, as of a fetched one."""

_BY_NAME = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".json": "application/json",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".txt": "text/plain",
    ".md": "text/plain",
}


def pasted(text: str, *, address: str, author: str = "", published: datetime | None = None) -> Item:
    """What an observer pasted, as an item.

    Raises:
        BadInput: there is nothing in it, or more than bears on one claim.
    """
    if not text.strip():
        raise BadInput("Nothing was pasted.", "Paste the sentences that bear on the claim.")
    if len(text) > MOST_PASTED:
        raise BadInput(
            f"The paste is longer than {MOST_PASTED:,} characters.",
            "Paste only the sentences that bear on the claim.",
        )
    return Item(url=address, text=text, author=author, published=published)


def saved(
    data: bytes, *, filename: str = "", address: str = "", at: datetime | None = None
) -> Page:
    """A saved page, feed or text as if it had just been fetched.

    Raises:
        BadInput: too large, or not a page, a feed or text.
    """
    if len(data) > MOST_SAVED:
        raise BadInput(
            "The file is larger than 2 MiB.", "Save only the page that holds the item claimed."
        )
    kind = _kind(data, filename)
    try:
        text = answer.text(bytearray(data), kind)
    except LookupFailed as error:
        raise BadInput(
            "The file is not a page, a feed or text.", "Save the page as HTML or as text."
        ) from error
    return Page(url=address, status=200, type=kind, text=text, fetched_at=at or datetime.now(UTC))


def items(page: Page) -> list[Item]:
    """The items of a saved page: the entries of a feed, or the page itself.

    Raises:
        BadInput: a feed that is damaged.
    """
    from recruitcheck.sources.adapters import feed
    from recruitcheck.sources.adapters.page import item

    if page.type in answer.XML or page.type == "application/feed+json":
        try:
            return feed.read(page)
        except LookupFailed as error:
            raise BadInput(error.message, "Save the page as HTML or as text.") from error
    return [item(page)]


def _kind(data: bytes, filename: str) -> str:
    """Media type by the ending of the name, then by the first bytes."""
    ending = filename[filename.rfind(".") :].lower() if "." in filename else ""
    if ending in _BY_NAME:
        return _BY_NAME[ending]
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<?xml", b"<rss", b"<feed")) and b"<html" not in start:
        return "application/xml"
    if start.startswith(b"<"):
        return "text/html"
    if start.startswith((b"{", b"[")):
        return "application/json"
    return "text/plain"
