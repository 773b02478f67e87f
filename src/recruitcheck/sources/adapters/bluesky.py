"""Public posts of a Bluesky account that the application names, from the public app view.

Only the account's own posts: no reposts, replies or quotes. The app view shows posts of people who
asked not to be shown to anybody who is not logged in (`!no-unauthenticated`); here the wish holds.

Cannot say: posts that were deleted, or anything about who follows whom. Free-text search is not
used: the public server refuses it, and a refusal is not asked again in another spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.items import base, before_window, moment, plain_handle
from recruitcheck.sources.reading import at, question, rows, table, words

HOST = "public.api.bsky.app"
PER_PAGE = 100
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{1,253})")
_HANDLE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}", re.I)
_PROFILE = re.compile(r"(?:https?://)?(?:www\.)?bsky\.app/profile/([^/\s?#]+)/?")
HIDDEN = "!no-unauthenticated"


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield the account's own posts, newest first, back to the start of the window.

    Raises:
        LookupFailed: no account is named, or its owner shows it to logged-in people only.
    """
    actor = account(grant)
    place = f"{base(grant, _host(grant))}/xrpc/app.bsky"
    profile = table(fetch(question(f"{place}.actor.getProfile", actor=actor)))
    did, handle = words(profile, "did"), words(profile, "handle")
    if not _DID.fullmatch(did) or plain_handle(actor) not in (did, plain_handle(handle)):
        raise LookupFailed(
            "The server answered with another account, so nothing of it was read.",
            "Ask the applicant for the account's present name.",
        )
    refuse_hidden(profile)
    cursor = ""
    while True:
        found = table(
            fetch(
                question(
                    f"{place}.feed.getAuthorFeed",
                    actor=did,
                    limit=PER_PAGE,
                    filter="posts_no_replies",
                    cursor=cursor,
                )
            )
        )
        entries = rows(found, "feed")
        for entry in entries:
            if _own(entry, did):
                yield _item(at(entry, "post"), did, actor)
        dates = (moment(words(entry, "post", "record", "createdAt")) for entry in entries)
        before, cursor = cursor, words(found, "cursor")
        if not cursor or cursor == before or before_window(grant, dates):
            return


def account(grant: Grant) -> str:
    """The handle or identifier that the claim names.

    Raises:
        LookupFailed: it names none.
    """
    for text in (*grant.handles, *grant.addresses):
        name = text.strip().removeprefix("@")
        if match := _PROFILE.fullmatch(name):
            name = match[1]
        # a name of one's own is a host: https://ana.example stands for @ana.example
        name = name.removeprefix("https://").rstrip("/")
        if _DID.fullmatch(name) or _HANDLE.fullmatch(name):
            return name
    raise LookupFailed(
        "The claim names no Bluesky account.",
        "Ask the applicant for the whole name, such as @name.bsky.social.",
    )


def refuse_hidden(profile: dict[str, object]) -> None:
    """Honour the owner's wish to be shown to logged-in people only.

    Raises:
        LookupFailed: that is the wish.
    """
    values = [words(label, "val") for label in rows(profile, "labels")]
    values += [words(label, "val") for label in rows(profile, "labels", "values")]
    if HIDDEN in values:
        raise LookupFailed(
            "The account's owner asks not to be shown to people who are not logged in.",
            "Ask the applicant to bring the item.",
        )


def _host(grant: Grant) -> str:
    return HOST if HOST in grant.hosts or not grant.hosts else grant.hosts[0]


def _own(entry: dict[str, object], did: str) -> bool:
    post = at(entry, "post")
    embed = words(post, "record", "embed", "$type")
    labels = {words(label, "val") for label in rows(post, "author", "labels")}
    return (
        words(post, "author", "did") == did
        and not at(entry, "reason")
        and not at(entry, "reply")
        and not at(post, "record", "reply")
        and not embed.startswith("app.bsky.embed.record")
        and HIDDEN not in labels
    )


def _item(post: dict[str, object], did: str, actor: str) -> Item:
    return Item(
        url=words(post, "uri"),
        text=words(post, "record", "text"),
        author=f"{did} {actor} bsky.app/profile/{actor}",
        published=moment(words(post, "record", "createdAt")),
    )
