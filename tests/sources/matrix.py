"""What each source answers when something in it must not come in: the rows of `test_matrix.py`.

A row gives a claim and, for each condition, answers in the source's documented shape that hold one
item of the claim's own (`mine`) and one that the condition spoils.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapes import (
    API,
    CHANNEL,
    DID,
    HTML,
    XML,
    YT,
    B,
    M,
    R,
    commit,
    post,
    record,
    skeet,
    toot,
    work,
)
from told import granted, pack

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant

CONDITIONS = (
    "wrong author", "out of window", "repost", "reply", "opt-out", "not public", "deleted",
    "paging",
)  # fmt: skip
NO_DATE = "what it answers bears no date"
ONE = "it answers with one item"


@dataclass(frozen=True)
class Row:
    """One source: a claim, answers for each condition, and why some conditions cannot occur.

    `grant` changes what the rules give; with hosts of its own the source needs no address.
    """

    quote: str
    tried: Mapping[str, Mapping[str, object]]
    cannot: Mapping[str, str]
    mine: str = "mine"
    grant: Mapping[str, Any] = field(default_factory=dict)

    def granted(self, name: str) -> Grant:
        """The grant for the claim, or where the source is no choice of the pack, as given."""
        source = next(s.id for s in pack().sources.values() if s.adapter == name)
        return granted("supplied" if self.grant.get("hosts") else source, self.quote, **self.grant)


def atom(*entries: str, head: str = "") -> tuple[str, str]:
    """A feed in Atom."""
    begin = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/'
    begin += 'schemas/2015" xmlns:thr="http://purl.org/syndication/thread/1.0">'
    return XML, begin + head + "".join(entries) + "</feed>"


def entry(title: str, link: str, date: str = "2024-03-05", more: str = "") -> str:
    """One entry of it."""
    return (
        f'<entry><title>{title}</title><link rel="alternate" href="{link}"/>'
        f"<published>{date}T09:00:00Z</published>{more}</entry>"
    )


def dated(title: str, date: str) -> tuple[str, str]:
    """A page that states its date."""
    return HTML, f'<meta property="article:published_time" content="{date}"><p>{title}'


BLOG = "https://blog.example"
MINE = entry("mine", f"{BLOG}/mine")
FEED = f"{BLOG}/feed"
POSTS = f"{BLOG}/wp-json/wp/v2/posts"
CHANNEL_FEED = f"{YT}/feeds/videos.xml?channel_id={CHANNEL}"
OWNER = (
    f"<yt:channelId>{CHANNEL[2:]}</yt:channelId><author><uri>{YT}/channel/{CHANNEL}</uri></author>"
)
VIDEO = entry("mine", f"{YT}/watch?v=1")
REPO = {
    "full_name": "mine",
    "private": False,
    "owner": {"login": "ana", "id": 7},
    "created_at": "2023-02-01T00:00:00Z",
    "html_url": "https://github.com/ana/tool",
}
ANA = {f"{M}/lookup?acct=ana": {"id": "1", "acct": "ana"}}
TOOT = toot(9, content="mine")
SKY = {f"{B}.actor.getProfile": {"did": DID, "handle": "ana.bsky.social"}}
HOME = {
    f"{R}.describeRepo": {"did": DID, "handle": "ana.example"},
    f"{R}.listRecords?repo=did%3Aplc%3A{DID[8:]}&collection=app.bsky.actor.profile": {
        "records": []
    },
}
ELSE = "did:plc:" + "z" * 24
ANSWERS = "https://api.stackexchange.com/2.3/users/12/answers"
WORKS = "https://pub.orcid.org/v3.0/0000-0002-1825-0097/works"
COPIES = "https://web.archive.org/cdx/search/cdx"
HEADS = ["timestamp", "original", "statuscode"]
COPY = ["20160305090000", "http://blog.example/", "200"]
VIMEO = "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F"
SEARCH = "https://search.trust.example/search"


def answer(title: str, user: int = 12, date: int = 1709629200, **more: object) -> dict[str, object]:
    """One answer as Stack Exchange gives it."""
    return {
        "owner": {"user_id": user},
        "answer_id": 1,
        "creation_date": date,
        "title": title,
        **more,
    }


def replying(text: str) -> dict[str, Any]:
    """An entry of an author feed that answers somebody."""
    told = skeet(text)
    told["post"]["record"]["reply"] = {"root": {}}
    return told


def toots(*posts: object) -> dict[str, object]:
    return {**ANA, f"{M}/1/statuses": list(posts)}


def skeets(*entries: object, **more: object) -> dict[str, object]:
    return {**SKY, f"{B}.feed.getAuthorFeed": {"feed": list(entries), **more}}


def records(*found: object, **more: object) -> dict[str, object]:
    return {**HOME, f"{R}.listRecords": {"records": list(found), **more}}


MATRIX: dict[str, Row] = {
    "page": Row(
        "From 2023 to 2024 I wrote https://blog.example/post about our club.",
        {"out of window": {f"{BLOG}/post": dated("old", "2012-03-05")}},
        {
            "wrong author": "the claim's own address stands for the author",
            "repost": ONE, "reply": ONE, "paging": ONE,
            "opt-out": "robots.txt is the client's, which asks it before any page",
            "not public": "the client refuses pages that ask for a log-in",
            "deleted": "the client refuses 404 and 410",
        },
    ),
    "feed": Row(
        "Since 2023 I have written https://blog.example/feed every week.",
        {
            "out of window": {FEED: atom(MINE, entry("old", f"{BLOG}/old", "2012-03-05"))},
            "repost": {FEED: (XML, "<rss version='2.0'><channel><item><title>mine</title>"
                f"<link>{BLOG}/mine</link><pubDate>Tue, 05 Mar 2024 09:00:00 +0000</pubDate></item>"
                f"<item><title>over</title><link>{BLOG}/over</link><pubDate>Tue, 05 Mar 2024 09:00:"
                "00 +0000</pubDate><source url='https://other.example/feed'>O</source></item>"
                "</channel></rss>")},
            "reply": {FEED: atom(
                MINE, entry("re", f"{BLOG}/re", more='<thr:in-reply-to ref="x"/>'))},
            "paging": {
                FEED: atom(MINE, head=f'<link rel="next" href="{FEED}/2"/>'),
                f"{FEED}/2": atom(entry("mine", f"{BLOG}/2")),
            },
        },
        {
            "wrong author": "a feed that the claim names is its author's whole; of any other only "
            "entries at the claim's address count (test_pages_and_feeds.py)",
            "opt-out": "robots.txt is the client's, which asks it before any page",
            "not public": "a feed holds what its owner publishes",
            "deleted": "what is deleted is not in the feed",
        },
    ),
    "wordpress": Row(
        "From 2023 to 2024 I wrote the blog https://blog.example weekly.",
        {
            "wrong author": {POSTS: [
                post(1, title={"rendered": "mine"}), post(3, "https://evil.example/3")]},
            "out of window": {POSTS: [
                post(1, title={"rendered": "mine"}), post(2, date="2011-01-01T00:00:00")]},
            "not public": {POSTS: [
                post(1, title={"rendered": "mine"}),
                post(4, content={"rendered": "", "protected": True})]},
            "opt-out": {f"{BLOG}/wp-json/": LookupFailed("Switched off."),
                f"{BLOG}/feed/": atom(MINE), BLOG: (HTML, "<p>x")},
            "paging": {POSTS: [[post(n, title={"rendered": "mine"}) for n in range(50)],
                [post(99, title={"rendered": "mine"})]]},
        },
        {
            "repost": "the interface lists the site's own posts",
            "reply": "comments are another part of the interface, which is not asked",
            "deleted": "the interface lists published posts only",
        },
    ),
    "youtube": Row(
        f"My channel {YT}/channel/{CHANNEL} since 2022.",
        {
            "wrong author": {CHANNEL_FEED: atom(VIDEO, head=OWNER.replace(CHANNEL[2:], "z" * 22))},
            "out of window": {CHANNEL_FEED: atom(
                VIDEO, entry("old", f"{YT}/watch?v=2", "2010-03-05"), head=OWNER)},
        },
        {
            "repost": "a channel's feed holds its own uploads",
            "reply": "comments are not in the feed",
            "opt-out": "a channel that is hidden has no feed",
            "not public": "the feed holds public videos only",
            "deleted": "the feed holds what is there",
            "paging": "the feed holds fifteen videos and no more, which the source's terms say",
        },
    ),
    "github": Row(
        "From 2023 to 2023 I wrote the plugin github.com/ana/tool alone.",
        {
            "wrong author": {f"{API}/repos/ana/tool": REPO, f"{API}/repos/ana/tool/commits": [
                commit("ana", message="mine"), commit("bo")]},
            "out of window": {f"{API}/repos/ana/tool": REPO, f"{API}/repos/ana/tool/commits": [
                commit("ana", message="mine"), commit("ana", "2012-01-01T00:00:00Z")]},
            "not public": {f"{API}/repos/ana/tool": {**REPO, "private": True}},
            "paging": {f"{API}/repos/ana/tool": REPO, f"{API}/repos/ana/tool/commits": [
                [commit("ana", message="mine")] * 100, [commit("ana", message="mine")]]},
        },
        {
            "repost": "forks are left out where an account is named (test_platforms.py)",
            "reply": "issues and comments are not asked for",
            "opt-out": "GitHub knows no such wish; a closed account answers 404",
            "deleted": "what is deleted is not listed",
        },
    ),
    "mastodon": Row(
        "From 2022 to 2023 I ran https://school.example/@ana daily.",
        {
            "wrong author": toots(TOOT, toot(4, account={"id": "2", "acct": "bo"})),
            "out of window": toots(TOOT, toot(2, created_at="2018-01-01T00:00:00Z")),
            "repost": toots(TOOT, toot(8, reblog={"id": "x"}), toot(3, quote={"id": "y"})),
            "reply": toots(TOOT, toot(7, in_reply_to_id="5")),
            "opt-out": {f"{M}/lookup": {"id": "1", "acct": "ana", "noindex": True}},
            "not public": toots(TOOT, toot(6, visibility="private"), toot(5, visibility="direct")),
            "paging": {**ANA, f"{M}/1/statuses": [
                [toot(n, content="mine") for n in range(140, 100, -1)],
                [toot(50, content="mine")]]},
        },
        {"deleted": "a server lists no deleted post"},
    ),
    "bluesky": Row(
        "Since 2023 I post as @ana.bsky.social on Bluesky.",
        {
            "wrong author": skeets(skeet("mine"), skeet("other", did=ELSE)),
            "out of window": skeets(skeet("mine"), skeet("old", "2011-01-01T00:00:00Z")),
            "repost": skeets(skeet("mine"), skeet("re", reason={"$type": "reasonRepost"})),
            "reply": skeets(skeet("mine"), replying("re"), skeet("in", reply={"parent": {}})),
            "opt-out": {f"{B}.actor.getProfile": {"did": DID, "handle": "ana.bsky.social",
                "labels": [{"val": "!no-unauthenticated"}]}},
            "deleted": skeets(skeet("mine"), {"post": None}),
            "paging": {**SKY, f"{B}.feed.getAuthorFeed": [
                {"feed": [skeet("mine")], "cursor": "1"}, {"feed": [skeet("mine")]}]},
        },
        {"not public": "every post of the network is public; the wish not to be shown is a label"},
    ),
    "at_repository": Row(
        "Since 2023 I post on my server https://ana.example a lot.",
        {
            "wrong author": records(record("mine"), record("other", did=ELSE)),
            "out of window": records(
                record("mine"), record("old", createdAt="2011-01-01T00:00:00Z")),
            "repost": records(
                record("mine"), record("q", embed={"$type": "app.bsky.embed.record"})),
            "reply": records(record("mine"), record("re", reply={"root": 1})),
            "opt-out": {f"{R}.describeRepo": {"did": DID, "handle": "ana.example"},
                f"{R}.listRecords": {"records": [
                    {"value": {"labels": {"values": [{"val": "!no-unauthenticated"}]}}}]}},
            "paging": {**HOME, f"{R}.listRecords": [
                {"records": [record("mine")], "cursor": "1"}, {"records": [record("mine")]}]},
        },
        {
            "not public": "a repository holds public records only",
            "deleted": "a deleted record is gone from the repository",
        },
    ),
    "stackexchange": Row(
        "Since 2023 https://stackoverflow.com/users/12/ana is me.",
        {
            "wrong author": {ANSWERS: {"items": [answer("mine"), answer("other", 13)]}},
            "out of window": {ANSWERS: {"items": [answer("mine"), answer("old", date=100)]}},
            "paging": {ANSWERS: [{"items": [answer("mine")], "has_more": True},
                {"items": [answer("mine")]}]},
        },
        {
            "repost": "an answer is nobody else's",
            "reply": "answers are asked for, comments are not",
            "opt-out": "the network knows no such wish",
            "not public": "every answer is public",
            "deleted": "the interface lists no deleted answer",
        },
    ),
    "orcid": Row(
        "From 2020 to 2021 https://orcid.org/0000-0002-1825-0097 has it.",
        {
            "out of window": {WORKS: {"group": [work("mine", "2020"), work("Old", "2001")]}},
            "not public": {WORKS: {"group": [
                work("mine", "2020"), work("Limited", "2020", visibility="limited")]}},
        },
        {
            "wrong author": "the record is asked for by its number, whose check digit is checked",
            "repost": "a record lists works",
            "reply": "a record lists works",
            "opt-out": "the owner's wish is the work's visibility",
            "deleted": "a deactivated record answers 409, which the client refuses",
            "paging": "all works come in one answer",
        },
    ),
    "mediawiki": Row(
        "I won the prize described at https://en.wikipedia.org/wiki/Ashgrove_Prize there.",
        {},
        {
            "wrong author": "an article has no one author, and its address is the claim's",
            "out of window": NO_DATE, "repost": ONE, "reply": "talk pages are not asked for",
            "opt-out": "where robots keep programs from the interface the page itself is read",
            "not public": "every article is public", "deleted": "a deleted article answers 404",
            "paging": ONE,
        },
    ),
    "oembed": Row(
        "My films https://vimeo.com/12 and https://vimeo.com/34 show the play since 2023.",
        {
            "wrong author": {
                f"{VIMEO}12": {"title": "mine", "author_name": "Ana", "author_url": "u/ana"},
                f"{VIMEO}34": {"title": "V", "author_name": "Bo", "author_url": "u/bo"},
            },
            "out of window": {
                f"{VIMEO}12": {"title": "mine", "author_name": "ana", "author_url": "u/ana"},
                f"{VIMEO}34": {"title": "V", "author_url": "u/ana", "upload_date": "2011-01-01"},
            },
            "not public": {
                f"{VIMEO}12": {"title": "mine", "author_name": "ana", "author_url": "u/ana"},
                f"{VIMEO}34": LookupFailed("403"),
            },
        },
        {
            "repost": ONE, "reply": ONE, "paging": ONE,
            "opt-out": "a service describes what its owner lets be embedded",
            "deleted": "a deleted item answers 404",
        },
        grant={"handles": ("@ana",)},
    ),
    "archive": Row(
        "The blog at blog.example ran from 2015 to 2017 and has gone.",
        {
            "wrong author": {COPIES: [
                HEADS, COPY, ["20160405090000", "http://blog.example/x", "200"]]},
            "out of window": {COPIES: [
                HEADS, COPY, ["20090405090000", "http://blog.example/", "200"]]},
            "deleted": {COPIES: [HEADS, COPY, ["20160605090000", "http://blog.example/", "404"]]},
        },
        {
            "repost": "a copy is of the claim's own address", "reply": "copies are of pages",
            "opt-out": "the archive itself leaves out what owners ask it to",
            "not public": "every copy is public", "paging": "twenty copies at most are asked for",
        },
        mine="A public archive holds a copy of blog.example of 05 March 2016.",
    ),
    "searxng": Row(
        "My blog on mycology.",
        {"not public": {SEARCH: {"results": [
            {"url": f"{BLOG}/", "title": "mine"}, {"url": "https://127.0.0.1/", "title": "in"}]}}},
        {
            "wrong author": "results are candidate addresses for the reader, and nothing is opened",
            "out of window": NO_DATE, "repost": "extracts are not taken",
            "reply": "extracts are not taken",
            "opt-out": "what a page's owner asks of search engines its engines heed",
            "deleted": "an address that is gone is refused when it is looked at",
            "paging": "one page of results is asked for",
        },
        grant={
            "hosts": ("search.trust.example",), "path_prefixes": ("/search",),
            "query_keys": ("q", "format"), "terms": ("mycology", "blog"),
        },
    ),
}  # fmt: skip
