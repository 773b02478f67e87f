"""A WordPress site at an address that the application names, through its own REST interface.

The address stands for the author. Posts come narrowed by the claim's dates, or by one word of the
claim where it has none. Where the site has switched the interface off, its feed is read.

Cannot say: drafts, posts behind a password, deleted posts, or what a post said before an edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.adapters import feed
from recruitcheck.sources.address import allowed
from recruitcheck.sources.items import day_end, day_start, moment, starts
from recruitcheck.sources.reading import answer, at, question, rows, words

FIELDS = "id,date_gmt,link,title,content"
PER_PAGE = 50


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield the posts that match the claim's window or word.

    Raises:
        LookupFailed: neither the interface nor a feed could be read.
    """
    failure: LookupFailed | None = None
    for place in _interfaces(grant):
        try:
            yield from _posts(grant, fetch, place)
        except LookupFailed as error:
            failure = error
            continue
        return
    try:
        yield from feed.collect(grant, fetch)
    except LookupFailed as error:
        raise failure or error from error


def _interfaces(grant: Grant) -> Iterator[str]:
    """Where the interface can be: below the address, or at the top of its host."""
    for address in starts(grant):
        scheme, _, rest = address.partition("?")[0].partition("://")
        host = rest.partition("/")[0]
        for site in dict.fromkeys((rest.rstrip("/"), host)):
            place = f"{scheme}://{site}/wp-json/wp/v2/posts"
            if not allowed(grant, place):
                yield place


def _posts(grant: Grant, fetch: Fetch, place: str) -> Iterator[Item]:
    narrowed: dict[str, str | int] = {}
    if grant.since is not None:
        narrowed["after"] = day_start(grant.since)
    if grant.until is not None:
        narrowed["before"] = day_end(grant.until)
    if not narrowed and (term := _word(grant)):
        narrowed["search"] = term
    number = 1
    while True:
        asked = question(place, **narrowed, _fields=FIELDS, per_page=PER_PAGE, page=number)
        if number > 1 and allowed(grant, asked):
            return
        found = answer(fetch(asked))
        if not isinstance(found, list):
            raise LookupFailed(
                "The site does not hand its posts to programs.",
                "Look at the page itself, or ask the applicant for its address.",
            )
        for post in rows(found):
            if at(post, "content", "protected") is not True:
                yield _item(post)
        if len(found) < PER_PAGE:
            return
        number += 1


def _word(grant: Grant) -> str:
    """The longest plain word of the query; addresses, handles and figures find nothing."""
    plain = [term for term in grant.terms if not re.search(r"[0-9@/:.]", term)]
    return max(plain, key=len, default="")


def _item(post: dict[str, object]) -> Item:
    stamp = words(post, "date_gmt")
    return Item(
        url=words(post, "link"),
        title=unescape(words(post, "title", "rendered")),
        text=words(post, "content", "rendered"),
        type="text/html",
        published=moment(stamp),
    )
