"""What the head of a page links to: a feed of its posts, a description of its item.

Found by pattern in the first part of the page and nowhere else, so that a page of any size and
shape costs the same and no tree is built of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from recruitcheck.records import Page
from recruitcheck.sources.reading import joined

LOOKED_AT = 128 * 1024
"""Characters of a page in which its head is looked for."""
_LINK = re.compile(r"<link\b([^<>]{1,1200})>", re.IGNORECASE)
_HREF = re.compile(
    r"href\s*=\s*(?:\"([^\"]{1,800})\"|'([^']{1,800})'|([^\s>]{1,800}))", re.IGNORECASE
)


def linked(page: Page, kinds: str) -> Iterator[str]:
    """Addresses of what the page's head links to as one of the media types in `kinds`.

    `kinds` is a regular expression without groups, such as `application/rss\\+xml`.
    """
    wanted = re.compile(rf"type\s*=\s*[\"']?(?:{kinds})", re.IGNORECASE)
    for match in _LINK.finditer(page.text[:LOOKED_AT]):
        href = _HREF.search(match[1])
        if href and wanted.search(match[1]):
            yield joined(page.url, unescape(href[1] or href[2] or href[3]))
