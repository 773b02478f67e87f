"""Answers of one Stack Exchange user whose profile the application names.

Cannot say: deleted answers, votes as a measure of skill, or what the person wrote on sites that the
claim does not name. The service's `backoff` is binding: no further page is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.items import base
from recruitcheck.sources.reading import at, question, rows, table, words

HOST = "api.stackexchange.com"
PER_PAGE = 100
_PROFILE = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9.-]+)/users/([0-9]{1,12})(?:[/?].*)?", re.I)
_OWN_NAME = ("stackoverflow", "serverfault", "superuser", "askubuntu", "stackapps")


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield the user's answers inside the window.

    Raises:
        LookupFailed: the claim names no user profile of a Stack Exchange site.
    """
    host, user, address = _named(grant)
    narrowed: dict[str, str | int] = {"site": _site(host)}
    if grant.since is not None:
        narrowed["fromdate"] = _epoch(datetime.combine(grant.since, time.min, UTC))
    if grant.until is not None:
        narrowed["todate"] = _epoch(datetime.combine(grant.until, time.max, UTC))
    place = f"{base(grant, HOST)}/2.3/users/{user}/answers"
    number = 1
    while True:
        asked = question(place, **narrowed, filter="withbody", pagesize=PER_PAGE, page=number)
        found = table(fetch(asked))
        for told in rows(found, "items"):
            if words(told, "owner", "user_id") == user:
                yield _item(told, host, f"{user} {address}")
        if found.get("has_more") is not True or found.get("backoff"):
            return
        number += 1


def _named(grant: Grant) -> tuple[str, str, str]:
    for text in grant.addresses:
        if match := _PROFILE.fullmatch(text.strip()):
            return match[1].lower(), match[2], text.strip()
    raise LookupFailed(
        "The claim names no user profile of a Stack Exchange site.",
        "Ask the applicant for the address of the profile.",
    )


def _site(host: str) -> str:
    name = host.removesuffix(".com")
    if name in _OWN_NAME:
        return name
    if host.endswith(".stackexchange.com"):
        return host.removesuffix(".stackexchange.com")
    if host == "mathoverflow.net":
        return host
    raise LookupFailed(
        "The claim names no user profile of a Stack Exchange site.",
        "Ask the applicant for the address of their profile.",
    )


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def _item(told: dict[str, object], host: str, author: str) -> Item:
    seconds = at(told, "creation_date")
    dated = type(seconds) is int and 0 < seconds < 10**10
    return Item(
        url=f"https://{host}/a/{words(told, 'answer_id')}",
        title=words(told, "title"),
        text=words(told, "body"),
        type="text/html",
        author=author,
        published=datetime.fromtimestamp(seconds, UTC) if dated else None,
    )
