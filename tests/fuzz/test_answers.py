"""What a source sends may be anything: each adapter yields items or says that it cannot.

The answers here are those that the sources document; each is damaged, one at a time, before the
adapter sees it. What still comes out is an item that the check after arrival can judge.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.damage import SLOW, damaged, ends
from recruitcheck import codec, sources
from recruitcheck.errors import RecruitcheckError
from recruitcheck.sources import items
from sources.told import Told, granted, pack

HTML, XML = "text/html", "application/rss+xml"
WHEN = "2023-05-05T09:00:00Z"


@dataclass(frozen=True)
class Source:
    """A claim that names a source, and what it answers: by address, JSON or (type, text)."""

    quote: str
    answers: Mapping[str, object]


FEED = (
    '<rss version="2.0"><channel><item><title>Fungi</title><link>https://blog.example/1</link>'
    "<pubDate>Tue, 05 Mar 2024 09:00:00 +0000</pubDate><description>&lt;p&gt;Walk.</description>"
    "</item></channel></rss>"
)
VIDEOS = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/schemas/2015">'
    "<yt:channelId>UCaaaaaaaaaaaaaaaaaaaaaa</yt:channelId><entry><title>Volcano</title>"
    '<link rel="alternate" href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"/>'
    f"<published>{WHEN}</published></entry></feed>"
)
TOOT = {
    "id": "9", "created_at": WHEN, "visibility": "public", "content": "<p>Ferns",
    "account": {"id": "1", "acct": "ana"}, "url": "https://school.example/@ana/9", "reblog": None,
}  # fmt: skip
DID = "did:plc:abcdefghijklmnopqrstuvwx"
POST = {
    "uri": f"at://{DID}/app.bsky.feed.post/1", "cid": "b",
    "author": {"did": DID, "handle": "ana.bsky.social", "labels": []},
    "record": {"text": "Ferns", "createdAt": WHEN}, "indexedAt": WHEN,
}  # fmt: skip
SOURCES: Mapping[str, Source] = {
    "page": Source(
        "I wrote https://blog.example/post about ferns.",
        {
            "https://blog.example/": (
                HTML,
                f'<meta property="article:published_time" content="{WHEN}"><p>F',
            )
        },
    ),
    "feed": Source(
        "I write https://blog.example/feed about ferns.",
        {"https://blog.example/feed": (XML, FEED)},
    ),
    "wordpress": Source(
        "From 2023 to 2024 I wrote the blog https://blog.example weekly.",
        {
            "https://blog.example/wp-json/wp/v2/posts": [
                {
                    "id": 1,
                    "date_gmt": "2024-03-05T09:00:00",
                    "link": "https://blog.example/1",
                    "title": {"rendered": "A"},
                    "content": {"rendered": "<p>B", "protected": False},
                }
            ]
        },
    ),
    "mastodon": Source(
        "From 2022 to 2023 I ran https://school.example/@ana daily.",
        {
            "https://school.example/api/v1/accounts/lookup": {"id": "1", "acct": "ana"},
            "https://school.example/api/v1/accounts/1/statuses": [TOOT],
        },
    ),
    "bluesky": Source(
        "Since 2023 I post as @ana.bsky.social on Bluesky.",
        {
            "https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile": {
                "did": DID,
                "handle": "ana.bsky.social",
                "labels": [],
            },
            "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed": {
                "feed": [{"post": POST}],
                "cursor": "",
            },
        },
    ),
    "at_repository": Source(
        "Since 2023 I post on my server https://ana.example a lot.",
        {
            "https://ana.example/xrpc/com.atproto.repo.describeRepo": {
                "did": DID,
                "handle": "ana.example",
            },
            "https://ana.example/xrpc/com.atproto.repo.listRecords": {
                "records": [{"uri": POST["uri"], "cid": "b", "value": POST["record"]}]
            },
        },
    ),
    "github": Source(
        "My GitHub account @ana shows my tools.",
        {
            "https://api.github.com/users/ana/repos": [
                {
                    "full_name": "ana/tool",
                    "description": "Marks",
                    "private": False,
                    "fork": False,
                    "created_at": WHEN,
                    "owner": {"login": "ana", "id": 7},
                    "html_url": "https://github.com/ana/tool",
                }
            ]
        },
    ),
    "youtube": Source(
        "My channel https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa since 2022.",
        {"https://www.youtube.com/feeds/": ("application/atom+xml", VIDEOS)},
    ),
    "stackexchange": Source(
        "Since 2023 https://stackoverflow.com/users/12/ana is me.",
        {
            "https://api.stackexchange.com/2.3/users/12/answers": {
                "items": [
                    {
                        "owner": {"user_id": 12},
                        "answer_id": 1,
                        "creation_date": 1709629200,
                        "body": "<p>A",
                    }
                ],
                "has_more": False,
                "backoff": 1,
            }
        },
    ),
    "orcid": Source(
        "From 2020 to 2021 https://orcid.org/0000-0002-1825-0097 has it.",
        {
            "https://pub.orcid.org/v3.0/0000-0002-1825-0097/works": {
                "group": [
                    {
                        "work-summary": [
                            {
                                "title": {"title": {"value": "Ferns"}},
                                "type": "journal-article",
                                "publication-date": {"year": {"value": "2020"}},
                                "visibility": "public",
                            }
                        ]
                    }
                ]
            }
        },
    ),
    "mediawiki": Source(
        "I won the prize described at https://en.wikipedia.org/wiki/Ashgrove_Prize there.",
        {
            "https://en.wikipedia.org/w/rest.php/v1/page/": (HTML, "<p>Prize"),
            "https://en.wikipedia.org/wiki/": (HTML, "<p>Page"),
        },
    ),
    "oembed": Source(
        "My film https://vimeo.com/123456 shows the school play.",
        {
            "https://vimeo.com/api/oembed.json": {
                "title": "The play",
                "author_name": "Ana",
                "author_url": "https://vimeo.com/ana",
                "type": "video",
            }
        },
    ),
    "archive": Source(
        "The blog at blog.example ran from 2015 to 2017 and has gone.",
        {
            "https://web.archive.org/cdx/search/cdx": [
                ["timestamp", "original", "statuscode"],
                ["20160305090000", "http://blog.example:80/", "200"],
            ]
        },
    ),
}


def test_every_adapter_is_here_but_the_one_that_asks_an_employers_own_service() -> None:
    """A new adapter is fuzzed too; for SearXNG the rules alone give no grant."""
    named = {source.adapter for source in pack().sources.values() if source.adapter}
    assert named - set(SOURCES) <= {"searxng"}


@pytest.mark.parametrize("name", SOURCES)
def test_the_documented_answer_gives_an_item(name: str) -> None:
    """The damage below starts from something that works."""
    source = SOURCES[name]
    told = Told(granted(name if name != "page" else "web_page", source.quote), dict(source.answers))
    assert list(sources.adapter(name).collect(told.grant, told.fetch))


@pytest.mark.parametrize("name", SOURCES)
@settings(deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_a_damaged_answer_gives_items_or_an_error_of_ours(name: str, data: st.DataObject) -> None:
    """Whatever arrives, the adapter ends and the items can be checked."""
    source = SOURCES[name]
    which = data.draw(st.sampled_from(sorted(source.answers)))
    said = source.answers[which]
    kind, text = said if isinstance(said, tuple) else ("application/json", json.dumps(said))
    broken = data.draw(damaged([text.encode()])).decode("utf-8", "replace")
    grant = granted(name if name != "page" else "web_page", source.quote)
    told = Told(grant, {**source.answers, which: (kind, broken)})
    with ends():
        try:
            for item in sources.adapter(name).collect(grant, told.fetch):
                items.admit(grant, item)
                codec.encode(item)  # it can be stored
        except RecruitcheckError as error:
            assert error.message
