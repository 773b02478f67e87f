"""One article of Wikipedia or another MediaWiki that the application names.

Written by others: it supports public claims only, and says nothing of who wrote which part. Where
the owner's robots file closes the interface (as on Wikipedia), the article's own page is read.

Cannot say: what an article said at another time, or discussions about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.adapters import page as whole_page
from recruitcheck.sources.address import allowed
from recruitcheck.sources.items import starts

_INTERFACES = ("/w/rest.php/v1/page/", "/rest.php/v1/page/")
_ARTICLES = ("/wiki/", "/index.php/")


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield the named article.

    Raises:
        LookupFailed: neither interface nor page could be read.
    """
    for address in dict.fromkeys(starts(grant)):
        for place in _interfaces(grant, address):
            try:
                article = fetch(place)
            except LookupFailed:
                continue  # closed, or not there: the article's own page is left
            # Edits happen at many times, so an article has no date of its own.
            yield Item(url=address, text=article.text, type=article.type)
            return
    yield from whole_page.collect(grant, fetch)


def _interfaces(grant: Grant, address: str) -> Iterator[str]:
    scheme, _, rest = address.partition("?")[0].partition("://")
    host, slash, path = rest.partition("/")
    for start in _ARTICLES:
        title = f"{slash}{path}".removeprefix(start)
        # The title of a subpage has a slash, which the interface wants hidden: not asked.
        if title == f"{slash}{path}" or "/" in unquote(title) or not title:
            continue
        for interface in _INTERFACES:
            place = f"{scheme}://{host}{interface}{title}/html"
            if not allowed(grant, place):
                yield place
