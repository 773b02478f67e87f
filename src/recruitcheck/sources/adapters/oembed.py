"""Title and author of one item (a film, a recording, a talk) by the public oEmbed description.

Cannot say: anything but title, author and kind. Services that want a key (Facebook, Instagram) are
not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.address import allowed
from recruitcheck.sources.guard.answer import HTML
from recruitcheck.sources.items import base, handles, moment, plain_handle, starts
from recruitcheck.sources.pagehead import linked
from recruitcheck.sources.reading import question, table, words

ENDPOINTS = {
    "vimeo.com": "/api/oembed.json",
    "soundcloud.com": "/oembed",
    "open.spotify.com": "/oembed",
    "www.mixcloud.com": "/oembed/",
    "www.slideshare.net": "/api/oembed/2",
    "speakerdeck.com": "/oembed.json",
    "www.ted.com": "/services/v1/oembed.json",
}
"""Services that are asked without reading the page first, and where."""


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield one item per named address.

    Raises:
        LookupFailed: none of them is described.
    """
    failure: LookupFailed | None = None
    found = False
    for address in dict.fromkeys(starts(grant)):
        try:
            told = table(fetch(_endpoint(grant, fetch, address)))
        except LookupFailed as error:
            failure = error
            continue
        found = True
        author = words(told, "author_name")
        if handles(grant) and not _theirs(grant, told):
            continue
        yield Item(
            url=address,
            title=words(told, "title"),
            text="\n".join(line for line in (words(told, "title"), author) if line),
            author=f"{words(told, 'author_url')} {address}".strip(),
            published=moment(words(told, "upload_date")),
        )
    if not found:
        raise failure or LookupFailed(
            "The claim names no item that could be asked for.", "Ask the applicant for its address."
        )


def _endpoint(grant: Grant, fetch: Fetch, address: str) -> str:
    """Where to ask about `address`: the service's known place, or the one its page names."""
    host = address.partition("://")[2].partition("/")[0].partition(":")[0]
    if host in ENDPOINTS:
        return question(base(grant, host) + ENDPOINTS[host], url=address, format="json")
    page = fetch(address)
    for place in linked(page, r"application/json\+oembed") if page.type in HTML else ():
        if not allowed(grant, place):
            return place
    raise LookupFailed(
        "The page says nothing about itself that a program may read.",
        "Look at it yourself, where that is allowed, or ask the applicant.",
    )


def _theirs(grant: Grant, told: dict[str, object]) -> bool:
    owner = words(told, "author_url")
    theirs = {plain_handle(owner.rstrip("/").rpartition("/")[2]), plain_handle(owner)}
    theirs.add(plain_handle(words(told, "author_name")))
    return bool(theirs & {plain_handle(handle) for handle in handles(grant)})
