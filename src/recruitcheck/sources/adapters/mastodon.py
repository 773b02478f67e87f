"""Public posts of a Mastodon account that the application names, asked of the named server.

Only the account's own public posts: no replies, boosts, quotes, or posts shown to followers. An
account that asks not to be found by search tools is left alone, and one that moved is not followed
to another server, because scope never moves.

Cannot say: posts that were deleted, or what servers show only to people who are logged in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.items import base, before_window, moment, plain_handle
from recruitcheck.sources.reading import answer, at, question, rows, table, words

PER_PAGE = 40
_MENTION = re.compile(r"@?([A-Za-z0-9_.-]+)@([^\s/@]+)")
_ADDRESS = re.compile(r"(?:https?://)?([^\s/@]+)/@([A-Za-z0-9_.-]+)(?:@[^\s/]+)?/?")


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield the account's own public posts, newest first, back to the start of the window.

    Raises:
        LookupFailed: no account is named, it moved, or it asks not to be found.
    """
    name, host = _account(grant)
    place = f"{base(grant, host)}/api/v1/accounts"
    told = table(fetch(question(f"{place}/lookup", acct=name)))
    number = words(told, "id")
    if not re.fullmatch(r"[0-9A-Za-z]{1,40}", number) or not _same(words(told, "acct"), name):
        raise LookupFailed(
            "The server answered with another account, so nothing of it was read.",
            "Ask the applicant for the account's present name.",
        )
    if told.get("moved"):
        raise LookupFailed(
            "The account has moved to another server, which the claim does not name.",
            "Ask the applicant for its present address.",
        )
    if told.get("noindex") is True:
        raise LookupFailed(
            "The account asks not to be found by search tools.",
            "Ask the applicant to bring the item.",
        )
    last = ""
    while True:
        asked = question(
            f"{place}/{number}/statuses",
            exclude_replies="true",
            exclude_reblogs="true",
            limit=PER_PAGE,
            max_id=last,
        )
        posts = rows(answer(fetch(asked)))
        for post in posts:
            if _own_and_public(post, number):
                yield _item(post, name, host)
        dates = (moment(words(post, "created_at")) for post in posts)
        if len(posts) < PER_PAGE or before_window(grant, dates):
            return
        last, before = words(posts[-1], "id"), last
        if not last or last == before:
            return


def _account(grant: Grant) -> tuple[str, str]:
    for text in (*grant.handles, *grant.addresses):
        if match := _ADDRESS.fullmatch(text.strip()):
            return match[2], match[1]
        if match := _MENTION.fullmatch(text.strip()):
            return match[1], match[2]
    raise LookupFailed(
        "The claim names no Mastodon account with its server.",
        "Ask the applicant for the whole name, such as @name@server.",
    )


def _same(answered: str, name: str) -> bool:
    return plain_handle(answered.partition("@")[0]) == plain_handle(name)


def _own_and_public(post: dict[str, object], number: str) -> bool:
    return (
        words(post, "account", "id") == number
        and at(post, "visibility") in ("public", "unlisted")
        and not post.get("reblog")
        and not post.get("in_reply_to_id")
        and not post.get("quote")
    )


def _item(post: dict[str, object], name: str, host: str) -> Item:
    return Item(
        url=words(post, "url"),
        text=words(post, "content"),
        type="text/html",
        author=f"{words(post, 'account', 'id')} {name}@{host} {host}/@{name} {name}",
        published=moment(words(post, "created_at")),
    )
