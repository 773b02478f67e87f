"""A public page at an address that the application names. The address stands for the author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item, Page
from recruitcheck.sources import Fetch
from recruitcheck.sources.items import moment, same_place, starts
from recruitcheck.sources.pagehead import LOOKED_AT

_META = re.compile(r"<meta\b([^<>]{1,600})>", re.IGNORECASE)
_DATED = re.compile(
    r"(?:property|name|itemprop)\s*=\s*[\"']?(?:article:published_time|datePublished|"
    r"dc\.date\.issued|dcterms\.created)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"content\s*=\s*(?:\"([^\"]{1,60})\"|'([^']{1,60})')", re.IGNORECASE)


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Read each address of the grant as one item.

    Raises:
        LookupFailed: none of the addresses could be read; the last reason is given.
    """
    seen: list[str] = []
    failure: LookupFailed | None = None
    for address in starts(grant):
        if any(same_place(address, done) for done in seen):
            continue
        try:
            page = fetch(address)
        except LookupFailed as error:
            failure = error
            continue
        seen.append(address)
        yield item(page)
    if failure is not None and not seen:
        raise failure


def item(page: Page) -> Item:
    """A page as one item, dated where it says itself when it was published."""
    return Item(url=page.url, text=page.text, type=page.type, published=published(page))


def published(page: Page) -> datetime | None:
    """The date that the page's own head states."""
    for match in _META.finditer(page.text[:LOOKED_AT]):
        content = _CONTENT.search(match[1])
        if content and _DATED.search(match[1]):
            return moment(unescape(content[1] or content[2]))
    return None
