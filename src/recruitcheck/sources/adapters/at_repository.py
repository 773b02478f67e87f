"""Posts in the AT Protocol repository of one person, on the server that the application names.

The narrowest social source: one person's own records and nothing else. Each record's identifier is
a hash of its content, so others can check it.

Cannot say: anything that stands on another server. A server that an identity document names is not
followed, because scope never moves.
"""

from __future__ import annotations

from collections.abc import Iterator

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.adapters.bluesky import account, refuse_hidden
from recruitcheck.sources.items import base, before_window, moment, plain_handle
from recruitcheck.sources.reading import at, question, rows, table, words

PER_PAGE = 100


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield the person's own posts, newest first, back to the start of the window.

    Raises:
        LookupFailed: no account or server is named, or the owner asks not to be shown.
    """
    if not grant.hosts:
        raise LookupFailed("The claim names no server.", "Ask the applicant for its address.")
    actor = account(grant)
    place = f"{base(grant, grant.hosts[0])}/xrpc/com.atproto.repo"
    told = table(fetch(question(f"{place}.describeRepo", repo=actor)))
    did, handle = words(told, "did"), words(told, "handle")
    if plain_handle(actor) not in (did, plain_handle(handle)) or not did.startswith("did:"):
        raise LookupFailed(
            "The server answered with another account, so nothing of it was read.",
            "Ask the applicant for the account's present name.",
        )
    _ask_wishes(fetch, place, did)
    cursor = ""
    while True:
        found = table(
            fetch(
                question(
                    f"{place}.listRecords",
                    repo=did,
                    collection="app.bsky.feed.post",
                    limit=PER_PAGE,
                    cursor=cursor,
                )
            )
        )
        records = rows(found, "records")
        for record in records:
            if _own(record, did):
                yield _item(record, did, actor)
        dates = (moment(words(record, "value", "createdAt")) for record in records)
        before, cursor = cursor, words(found, "cursor")
        if not cursor or cursor == before or before_window(grant, dates):
            return


def _ask_wishes(fetch: Fetch, place: str, did: str) -> None:
    """The owner's labels stand in the profile record; no such record, no such wish."""
    asked = question(f"{place}.listRecords", repo=did, collection="app.bsky.actor.profile", limit=1)
    for record in rows(table(fetch(asked)), "records"):
        refuse_hidden(at(record, "value") or {})


def _own(record: dict[str, object], did: str) -> bool:
    embed = words(record, "value", "embed", "$type")
    return (
        words(record, "uri").startswith(f"at://{did}/app.bsky.feed.post/")
        and not at(record, "value", "reply")
        and not embed.startswith("app.bsky.embed.record")
    )


def _item(record: dict[str, object], did: str, actor: str) -> Item:
    return Item(
        url=words(record, "uri"),
        text=words(record, "value", "text"),
        author=f"{did} {actor}",
        published=moment(words(record, "value", "createdAt")),
    )
