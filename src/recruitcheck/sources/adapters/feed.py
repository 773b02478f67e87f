"""A site's own feed: RSS, Atom or JSON Feed. The address stands for the author.

Cannot say: what a feed no longer lists (most hold the last ten to fifteen entries), and whether an
entry was changed after it was published.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any

from lxml import etree

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item, Page
from recruitcheck.sources import Fetch
from recruitcheck.sources.address import allowed
from recruitcheck.sources.guard.answer import HTML
from recruitcheck.sources.items import base, moment, starts
from recruitcheck.sources.pagehead import linked
from recruitcheck.sources.reading import joined, whole

MOST_ENTRIES = 200
_GUESSES = ("/feed/", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feed.json", "/rss")
_MOST_GUESSES = 3
"""Usual places that are tried where no feed is named; each costs a request of the grant."""
_FEED_LIKE = re.compile(r"(?:feed|rss|atom)[^/]*/?$|\.(?:xml|rss|atom)$", re.IGNORECASE)
_FEED_START = re.compile(r"\s*(?:<\?xml[^<>]{0,200}>\s*)?<(?:rss|feed|rdf:RDF)\b")
"""Many servers send feeds under the media type of pages."""
_FEED_TYPES = r"application/(?:rss\+xml|atom\+xml|feed\+json)"
_COMMENTS = re.compile(r"/comments(?:/|$)", re.IGNORECASE)
"""A feed of what other people wrote below the posts."""


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Find the feed of each granted address and yield its entries.

    Raises:
        LookupFailed: no feed was found.
    """
    failure: LookupFailed | None = None
    found = False
    named = list(dict.fromkeys(starts(grant)))
    for place in _places(grant, named):
        try:
            page = fetch(place)
            if page.type in HTML and not _FEED_START.match(page.text):
                page = _discovered(grant, fetch, page)
            entries = read(page)
        except LookupFailed as error:
            failure = error
            continue
        found = True
        # Entries of a feed that the claim itself names are its author's, wherever they link to.
        # Those of a feed found otherwise must stand at an address of the claim.
        author = place if page.url == place and place in named else ""
        entries = [replace(entry, author=author) for entry in entries]
        yield from entries
        yield from _older(grant, fetch, page, entries, author)
        break
    if not found:
        raise failure or LookupFailed(
            "The claim names no place where a feed (a list of posts) could be.",
            "Ask the applicant for its address.",
        )


def read(page: Page) -> list[Item]:
    """The entries of a feed.

    Raises:
        LookupFailed: it is no feed.
    """
    if page.type.endswith("json"):
        return _from_json(page)
    root = _root(page.text)
    name = _local(root.tag)
    if name == "feed":
        entries = [_atom(page, entry) for entry in _all(root, "entry")]
    elif name in ("rss", "rdf"):
        entries = [_rss(page, entry) for entry in _all(root, "item")]
    else:
        raise LookupFailed(
            "What came is not a feed (a list of posts).",
            "Ask the applicant for the feed's address.",
        )
    return [entry for entry in entries if entry is not None][:MOST_ENTRIES]


# --- where it is ----------------------------------------------------------------------------


def _places(grant: Grant, named: list[str]) -> Iterator[str]:
    """Addresses to try: those that look like a feed, then those named, then the usual places."""
    yield from sorted(named, key=lambda place: not _FEED_LIKE.search(place))
    guesses = 0
    for host in grant.hosts:
        for path in _GUESSES:
            place = base(grant, host) + path
            if guesses < _MOST_GUESSES and place not in named and not allowed(grant, place):
                guesses += 1
                yield place


def _discovered(grant: Grant, fetch: Fetch, page: Page) -> Page:
    """Follow a page to the feed it names, if the grant covers that."""
    for place in linked(page, _FEED_TYPES):
        if not _COMMENTS.search(place) and not allowed(grant, place):
            return fetch(place)
    raise LookupFailed(
        "The page names no feed (a list of its posts) that the claim covers.",
        "Ask the applicant for the feed's address, or look at the page itself.",
    )


def _older(
    grant: Grant, fetch: Fetch, page: Page, entries: list[Item], author: str
) -> Iterator[Item]:
    """Follow the feed's own pages (RFC 5005) while the claim's window reaches further back."""
    while grant.since is not None and not page.type.endswith("json"):
        dates = [entry.published.date() for entry in entries if entry.published]
        place = _next(page)
        if not dates or min(dates) < grant.since or not place or allowed(grant, place):
            return
        page = fetch(place)
        entries = [replace(entry, author=author) for entry in read(page)]
        yield from entries


def _next(page: Page) -> str:
    for link in _all(_root(page.text), "link"):
        if link.get("rel") in ("next", "prev-archive") and link.get("href"):
            return joined(page.url, str(link.get("href")))
    return ""


# --- what it holds --------------------------------------------------------------------------


def _root(text: str) -> Any:
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        root = etree.fromstring(text.strip().encode(), parser)
    except etree.XMLSyntaxError as error:
        raise LookupFailed(
            "The feed (the list of posts) is damaged.", "Try again later."
        ) from error
    if root is None:
        raise LookupFailed("The feed (the list of posts) is damaged.", "Try again later.")
    return root


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _all(element: Any, name: str) -> list[Any]:
    return [node for node in element.iter() if _local(node.tag) == name]


def _child(element: Any, *names: str) -> Any:
    for name in names:
        for node in element:
            if _local(node.tag) == name:
                return node
    return None


def _words(node: Any) -> str:
    return "" if node is None else "".join(node.itertext()).strip()


def _rss(page: Page, entry: Any) -> Item | None:
    source = _child(entry, "source")
    if source is not None and source.get("url"):
        return None  # taken over from another feed
    link = _child(entry, "link")
    place = _words(link) or (link.get("href", "") if link is not None else "")
    published = moment(_words(_child(entry, "pubdate", "date", "published")))
    text = _words(_child(entry, "encoded")) or _words(_child(entry, "description"))
    return _item(page, place, _words(_child(entry, "title")), text, published)


def _atom(page: Page, entry: Any) -> Item | None:
    if _child(entry, "source") is not None or _child(entry, "in-reply-to") is not None:
        return None
    links = [node for node in entry if _local(node.tag) == "link"]
    own = [node.get("href", "") for node in links if node.get("rel", "alternate") == "alternate"]
    published = moment(_words(_child(entry, "published")) or _words(_child(entry, "updated")))
    body = _child(entry, "content", "summary")
    text = _words(body)
    if body is not None and body.get("type") == "xhtml":
        text = etree.tostring(body, encoding="unicode")
    return _item(page, own[0] if own else "", _words(_child(entry, "title")), text, published)


def _item(page: Page, place: str, title: str, text: str, published: datetime | None) -> Item:
    # What a feed calls its text is often HTML and seldom says so; read as HTML, plain text stays.
    return Item(
        url=(joined(page.url, place) if place else "") or page.url,
        title=unescape(title),
        text=text,
        type="text/html",
        published=published,
    )


def _from_json(page: Page) -> list[Item]:
    try:
        feed = json.loads(page.text)
    except (ValueError, RecursionError) as error:
        raise LookupFailed(
            "The feed (the list of posts) is damaged.", "Try again later."
        ) from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise LookupFailed(
            "What came is not a feed (a list of posts).",
            "Ask the applicant for the feed's address.",
        )
    return [
        _item(
            page,
            _text(entry, "url"),
            _text(entry, "title"),
            _text(entry, "content_html") or _text(entry, "content_text"),
            moment(entry.get("date_published")),
        )
        for entry in feed["items"][:MOST_ENTRIES]
        if isinstance(entry, dict)
    ]


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return whole(value) if isinstance(value, str) else ""
