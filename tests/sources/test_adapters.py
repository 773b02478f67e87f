"""Each source: its own items come in; other people's, reposts, replies and wishes stay out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from told import Told, admitted, granted, in_turn, pack, yielded

from recruitcheck import sources
from recruitcheck.errors import BadInput, GrantError, LookupFailed

HTML = "text/html"
XML = "application/rss+xml"


def texts(found: list) -> list[str]:
    """The first line of each item."""
    return [(item.title or item.text).splitlines()[0] for item in found]


# --- the family -----------------------------------------------------------------------------


def test_every_source_that_names_an_adapter_has_one() -> None:
    """Source files and adapter modules name each other, both ways."""
    named = {source.adapter for source in pack().sources.values() if source.adapter}
    folder = Path(str(sources.__file__)).parent / "adapters"
    built = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert named == built
    for name in named:
        assert callable(sources.adapter(name).collect)


@pytest.mark.parametrize("name", ["", "nobody", "../page", "os", "__init__", "Page"])
def test_a_source_that_is_not_there_is_said_to_be_missing(name: str) -> None:
    """A wrong name in a source file is a plain error and never another module."""
    with pytest.raises(BadInput):
        sources.adapter(name)


def test_every_source_says_why_on_what_terms_and_what_it_cannot_answer() -> None:
    """The people who choose a source read all three beforehand."""
    for source in pack().sources.values():
        assert source.why.endswith(".") and source.terms.endswith("."), source.id
        limits = ("cannot", "stays unseen", "shows a few posts at most", "shows single posts")
        assert any(words in source.terms for words in limits), source.id


def test_networks_that_forbid_programs_have_no_adapter() -> None:
    """LinkedIn is a typed finding; Facebook, Instagram, X and TikTok are looked at by a person."""
    manners = {id: pack().sources[id].manner for id in pack().sources}
    assert manners["linkedin"] == "typed_finding"
    for id in ("facebook", "instagram", "x", "tiktok"):
        assert manners[id] == "manual" and not pack().sources[id].adapter


# --- page -----------------------------------------------------------------------------------


def test_a_page_is_one_item_with_the_date_it_states() -> None:
    """The address stands for the author; the page's own head may say when it was published."""
    grant = granted("web_page", "I wrote https://blog.example/post about our science club.")
    dated = '<meta content="2024-03-05T09:00:00Z" property="article:published_time"><p>x'
    told = Told(grant, {"https://blog.example/post": (HTML, dated)})
    (item,) = admitted("page", told)
    assert item.published is not None and item.published.date().isoformat() == "2024-03-05"
    told = Told(grant, {"https://blog.example/post": (HTML, "<p>x")})
    assert admitted("page", told)[0].published is None


def test_an_address_is_asked_as_it_can_be_asked() -> None:
    """No fragment is sent, http becomes https, a missing scheme is added."""
    for quote, asked in (
        ("see http://blog.example/post#part for it", "https://blog.example/post"),
        ("see blog.example/post for it", "https://blog.example/post"),
    ):
        told = Told(granted("web_page", quote), {"https://blog.example/": (HTML, "<p>x")})
        admitted("page", told)
        assert told.asked == [asked]


def test_a_page_outside_the_window_stays_out() -> None:
    """A page dated by itself outside the claim's years is not taken."""
    grant = granted("web_page", "From 2019 to 2021 I wrote https://blog.example/post weekly.")
    old = '<meta property="article:published_time" content="2012-03-05"><p>x'
    assert admitted("page", Told(grant, {"https://blog.example/": (HTML, old)})) == []


# --- feed -----------------------------------------------------------------------------------

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Ashgrove</title>
<item><title>Fungi &amp;amp; ferns</title><link>https://blog.example/2024/fungi</link>
<pubDate>Tue, 05 Mar 2024 09:00:00 +0000</pubDate>
<description>&lt;p&gt;Walk.&lt;/p&gt;</description></item>
<item><title>Old</title><link>https://blog.example/2012/old</link>
<pubDate>Mon, 05 Mar 2012 09:00:00 +0000</pubDate></item>
<item><title>Undated</title><link>https://blog.example/undated</link></item>
<item><title>Taken over</title><link>https://blog.example/2024/over</link>
<pubDate>Tue, 05 Mar 2024 09:00:00 +0000</pubDate>
<source url="https://other.example/feed">O</source></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
<link rel="next" href="https://blog.example/feed/2"/>
<entry><title>First</title><link href="/2024/first"/><published>2024-03-05T09:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ferns</p></div></content></entry>
<entry><title>Reply</title><link href="/2024/r"/><updated>2024-03-05T09:00:00Z</updated>
<thr:in-reply-to ref="x"/></entry></feed>"""
OLDER = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Second</title>
<link rel="alternate" href="https://blog.example/2023/second"/><updated>2023-05-05T09:00:00Z</updated>
<summary>Moss</summary></entry></feed>"""


def test_a_feed_gives_what_lies_in_the_window() -> None:
    """Old, undated and taken-over entries stay out."""
    grant = granted("feed", "Since 2023 I have written https://blog.example/feed every week.")
    told = Told(grant, {"https://blog.example/feed": (XML, RSS)})
    (item,) = admitted("feed", told)
    assert item.title == "Fungi & ferns" and "Walk" in item.text


def test_a_feed_is_followed_back_as_far_as_the_window() -> None:
    """Older pages of a feed are asked for while the claim reaches further back."""
    grant = granted("feed", "Since 2023 I have written https://blog.example/feed every week.")
    told = Told(
        grant,
        {"https://blog.example/feed": (XML, ATOM), "https://blog.example/feed/2": (XML, OLDER)},
    )
    assert texts(admitted("feed", told)) == ["First", "Second"]


def test_a_feed_is_found_from_the_page_that_names_it() -> None:
    """A page's own link leads to its feed where the claim covers that."""
    grant = granted("feed", "I write the blog https://blog.example/ about ferns.")
    page = (
        '<link rel="alternate" type="application/rss+xml" href="https://evil.example/feed">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed">'
        "<link rel=alternate type=application/rss+xml href=/feed/posts>"
    )
    told = Told(
        grant, {"https://blog.example/": (HTML, page), "https://blog.example/feed/": (XML, RSS)}
    )
    assert "Fungi & ferns" in texts(admitted("feed", told))
    assert told.asked == ["https://blog.example/", "https://blog.example/feed/posts"]


def test_the_feed_of_a_whole_site_is_not_that_of_one_page_of_it() -> None:
    """Entries that stand elsewhere than the claim's own address are somebody else's."""
    grant = granted("feed", "My page is https://school.example/staff/ana with all episodes.")
    told = Told(
        grant,
        {
            "https://school.example/staff/ana": (HTML, "<p>no feed here</p>"),
            "https://school.example/feed/": (XML, RSS.replace("blog.example", "school.example")),
        },
    )
    assert admitted("feed", told) == []


def test_a_feed_sent_as_a_page_is_still_a_feed() -> None:
    """Many servers name the wrong media type."""
    grant = granted("feed", "I write https://blog.example/feed about ferns.")
    told = Told(grant, {"https://blog.example/feed": (HTML, "\n" + ATOM)})
    assert texts(admitted("feed", told)) == ["First"]


def test_a_json_feed_is_read() -> None:
    """JSON Feed, by its own words."""
    feed = {
        "items": [
            {
                "url": "https://blog.example/1",
                "title": "A",
                "content_html": "<p>B",
                "date_published": "2024-03-05T09:00:00Z",
            },
            "x",
            {"title": 7},
        ]
    }
    grant = granted("feed", "I write https://blog.example/feed.json about ferns.")
    found = admitted("feed", Told(grant, {"https://blog.example/feed.json": feed}))
    assert found[0].title == "A" and found[0].text == "<p>B"


@pytest.mark.parametrize(
    "said",
    [
        (XML, "<html><p>no feed</p></html>"),
        (XML, "<"),
        (XML, ""),
        (XML, "<rss><channel><item>"),
        (XML, "<a>" * 5000),
        ("application/json", "{"),
        ("application/json", "[1]"),
        ("application/json", "[" * 100_000),
        (XML, "<rss><channel><item><link>http://[</link></item></channel></rss>"),
    ],
)
def test_a_damaged_feed_gives_nothing_and_breaks_nothing(said: object) -> None:
    """Whatever comes, the answer is items inside the scope or a plain failure."""
    grant = granted("feed", "I write https://blog.example/feed about ferns.")
    try:
        found = admitted("feed", Told(grant, {"https://blog.example/": said}))
    except LookupFailed:
        found = []
    assert all(not item.text for item in found)


# --- WordPress ------------------------------------------------------------------------------


def post(number: int, link: str = "", date: str = "2024-03-05T09:00:00", **more: object) -> dict:
    """One post as the interface gives it."""
    return {
        "id": number,
        "date_gmt": date,
        "link": link or f"https://blog.example/{number}",
        "title": {"rendered": f"Post &#8211; {number}"},
        "content": {"rendered": f"<p>Text {number}</p>", "protected": False},
        **more,
    }


def test_wordpress_is_asked_for_the_claimed_time_only() -> None:
    """Dates narrow the request, and are checked again because servers ignore them."""
    grant = granted("wordpress", "From 2023 to 2024 I wrote the blog https://blog.example weekly.")
    said = [
        post(1),
        post(2, date="2011-01-01T00:00:00"),
        post(3, "https://evil.example/3"),
        post(4, content={"rendered": "", "protected": True}),
        post(5, date=""),
    ]
    told = Told(grant, {"https://blog.example/wp-json/wp/v2/posts": said})
    assert texts(admitted("wordpress", told)) == ["Post – 1"]
    assert "after=2022-12-01T00%3A00%3A00Z" in told.asked[0]
    assert "before=2025-01-31T23%3A59%3A59Z" in told.asked[0]
    assert "search" not in told.asked[0]


def test_wordpress_pages_until_a_page_is_not_full() -> None:
    """Fifty posts a page; the last page is shorter."""
    grant = granted("wordpress", "Since 2023 I wrote the blog https://blog.example weekly.")
    full = in_turn([post(n) for n in range(50)], [post(99)])
    told = Told(grant, {"https://blog.example/wp-json/wp/v2/posts": full})
    assert len(admitted("wordpress", told)) == 51 and len(told.asked) == 2


def test_wordpress_without_dates_is_asked_for_one_word_of_the_claim() -> None:
    """Where the claim has no dates, its longest plain word narrows the request."""
    grant = granted("wordpress", "I write the blog https://blog.example about mycology.")
    told = Told(grant, {"https://blog.example/wp-json/wp/v2/posts": [post(1)]})
    assert len(admitted("wordpress", told)) == 1
    assert "search=mycology" in told.asked[0]


def test_wordpress_without_its_interface_is_read_by_its_feed() -> None:
    """An owner may switch the interface off; the feed is then the way the owner left open."""
    grant = granted("wordpress", "I write the blog https://blog.example about fungi.")
    told = Told(
        grant,
        {
            "https://blog.example/wp-json/": LookupFailed("Not shown."),
            "https://blog.example/feed/": (XML, RSS),
            "https://blog.example": (HTML, "<p>x"),
        },
    )
    assert "Fungi & ferns" in texts(admitted("wordpress", told))
    told = Told(grant, {"https://blog.example/wp-json/": {"code": "rest_disabled"}})
    with pytest.raises(LookupFailed):
        admitted("wordpress", told)


# --- YouTube --------------------------------------------------------------------------------

CHANNEL = "UCabcdefghijklmnopqrstuv"
VIDEOS = f"""<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015"
 xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="http://x/?channel_id={CHANNEL}"/>
<yt:channelId>{CHANNEL[2:]}</yt:channelId><author><name>Ashgrove</name>
<uri>https://www.youtube.com/channel/{CHANNEL}</uri></author>
<entry><title>Volcano</title><link rel="alternate" href="https://www.youtube.com/watch?v=1"/>
<published>2024-03-05T09:00:00+00:00</published></entry>
<entry><title>Ancient</title><link rel="alternate" href="https://www.youtube.com/watch?v=2"/>
<published>2010-03-05T09:00:00+00:00</published></entry></feed>"""
YT = "https://www.youtube.com"


def test_a_named_video_is_described_and_nothing_more() -> None:
    """Title and channel of the video, by the public description service."""
    for quote in (
        "My video https://youtu.be/dQw4w9WgXcQ explains volcanoes.",
        f"My video {YT}/watch?v=dQw4w9WgXcQ explains volcanoes.",
    ):
        told = Told(
            granted("youtube", quote),
            {
                f"{YT}/oembed?": {
                    "title": "Volcanoes",
                    "author_name": "Ana",
                    "author_url": f"{YT}/@ana",
                }
            },
        )
        (item,) = admitted("youtube", told)
        assert item.text == "Volcanoes\nChannel: Ana"
        assert len(told.asked) == 1


def test_a_video_of_another_channel_than_the_claim_names_stays_out() -> None:
    """Where the claim names a channel, a video of another channel says nothing."""
    grant = granted("youtube", f"My video {YT}/watch?v=dQw4w9WgXcQ is on my channel.")
    told = Told(
        granted(
            "youtube",
            f"My video {YT}/watch?v=dQw4w9WgXcQ.",
            handles=("@ana",),
            hosts=grant.hosts,
            path_prefixes=grant.path_prefixes,
        ),
        {f"{YT}/oembed?": {"title": "V", "author_name": "Bo", "author_url": f"{YT}/@bo"}},
    )
    assert yielded("youtube", told) == []


@pytest.mark.parametrize(
    "quote",
    [
        f"My channel {YT}/channel/{CHANNEL} since 2022.",
        "My channel youtube.com/@ashgrovescience since 2022.",
        "My YouTube channel @ashgrovescience since 2022.",
    ],
)
def test_a_channels_own_videos_come_by_its_feed(quote: str) -> None:
    """By identifier or by handle; other years stay out."""
    page = f'<link rel="canonical" href="{YT}/channel/{CHANNEL}"><p>Other {"UC" + "z" * 22}'
    told = Told(
        granted("youtube", quote),
        {
            f"{YT}/feeds/videos.xml?channel_id={CHANNEL}": ("application/atom+xml", VIDEOS),
            f"{YT}/@ashgrovescience": (HTML, page),
        },
    )
    assert texts(admitted("youtube", told)) == ["Volcano"]


def test_another_channels_feed_is_not_taken() -> None:
    """A server that answers with another channel is not believed."""
    told = Told(
        granted("youtube", f"My channel {YT}/channel/{CHANNEL} since 2022."),
        {f"{YT}/feeds/": ("application/atom+xml", VIDEOS.replace(CHANNEL[2:], "z" * 22))},
    )
    with pytest.raises(LookupFailed):
        yielded("youtube", told)


# --- GitHub ---------------------------------------------------------------------------------

API = "https://api.github.com"


def commit(login: str, date: str = "2023-05-05T09:00:00Z", message: str = "Mark faster") -> dict:
    """One commit as the interface gives it."""
    return {
        "sha": "a",
        "html_url": f"https://github.com/ana/tool/commit/{login}",
        "commit": {
            "message": f"{message}\n\nCo-authored-by: Bo <bo@example.org>",
            "author": {"name": login, "email": "ana@example.org", "date": date},
        },
        "author": {"login": login, "id": 7},
    }


def test_commits_are_the_persons_own_and_of_the_claimed_time() -> None:
    """Other authors and other years stay out, and so do mail addresses and co-authors."""
    grant = granted("github", "From 2023 to 2023 I wrote the plugin github.com/ana/tool alone.")
    repo = {
        "full_name": "ana/tool",
        "description": "Marks essays",
        "private": False,
        "created_at": "2023-02-01T00:00:00Z",
        "owner": {"login": "ana", "id": 7},
        "html_url": "https://github.com/ana/tool",
    }
    told = Told(
        grant,
        {
            f"{API}/repos/ana/tool": repo,
            f"{API}/repos/ana/tool/commits": [
                commit("ana"),
                commit("bo"),
                commit("ana", "2012-01-01T00:00:00Z"),
            ],
        },
    )
    found = admitted("github", told)
    assert texts(found) == ["ana/tool", "Mark faster"]
    assert "example.org" not in json.dumps([item.text for item in found])
    assert "author=ana" in told.asked[1]


def test_an_accounts_own_repositories_leave_out_forks() -> None:
    """A fork is somebody else's work under one's own name."""
    own = {"full_name": "ana/tool", "fork": False, "owner": {"login": "ana"}}
    fork = {"full_name": "ana/linux", "fork": True, "owner": {"login": "ana"}}
    other = {"full_name": "bo/tool", "fork": False, "owner": {"login": "bo"}}
    grant = granted("github", "My GitHub account @ana shows my tools.")
    told = Told(grant, {f"{API}/users/ana/repos": [own, fork, other, 7]})
    assert texts(yielded("github", told)) == ["ana/tool"]


# --- Mastodon -------------------------------------------------------------------------------

M = "https://school.example/api/v1/accounts"


def toot(number: int, **more: object) -> dict:
    """One post as a server gives it."""
    return {
        "id": str(number),
        "created_at": "2023-03-05T09:00:00.000Z",
        "visibility": "public",
        "content": f"<p>Toot {number}</p>",
        "account": {"id": "1", "acct": "ana"},
        "reblog": None,
        "in_reply_to_id": None,
        "url": f"https://school.example/@ana/{number}",
        **more,
    }


def test_only_own_public_posts_of_a_mastodon_account_come_in() -> None:
    """Boosts, replies, quotes, private posts, other authors and other years stay out."""
    grant = granted("mastodon", "From 2022 to 2023 I ran https://school.example/@ana daily.")
    posts = [
        toot(9),
        toot(8, reblog={"id": "x"}),
        toot(7, in_reply_to_id="5"),
        toot(6, visibility="private"),
        toot(5, visibility="direct"),
        toot(4, account={"id": "2", "acct": "bo"}),
        toot(3, quote={"id": "y"}),
        toot(2, created_at="2018-01-01T00:00:00Z"),
        toot(1, created_at=None),
    ]
    told = Told(
        grant, {f"{M}/lookup?acct=ana": {"id": "1", "acct": "ana"}, f"{M}/1/statuses": posts}
    )
    assert texts(admitted("mastodon", told)) == ["<p>Toot 9</p>"]


def test_a_mastodon_account_is_read_page_by_page() -> None:
    """Pages go back by the last post's id; a pinned old post does not end them."""
    grant = granted("mastodon", "From 2022 to 2023 I ran https://school.example/@ana daily.")
    first = [toot(1, created_at="2018-01-01T00:00:00Z")] + [toot(n) for n in range(140, 101, -1)]
    told = Told(
        grant,
        {f"{M}/lookup": {"id": "1", "acct": "ana"}, f"{M}/1/statuses": in_turn(first, [toot(50)])},
    )
    assert len(admitted("mastodon", told)) == 40
    assert "max_id=102" in told.asked[-1]


@pytest.mark.parametrize(
    "account",
    [
        {"id": "1", "acct": "bo"},
        {"id": "1", "acct": "ana", "noindex": True},
        {"id": "1", "acct": "ana", "moved": {"acct": "ana@other.example"}},
        {"id": "../../admin", "acct": "ana"},
        {},
    ],
)
def test_a_mastodon_account_that_is_other_moved_or_hidden_is_left_alone(account: dict) -> None:
    """Scope does not move with an account, and an owner's wish holds."""
    grant = granted("mastodon", "From 2022 to 2023 I ran https://school.example/@ana daily.")
    told = Told(grant, {f"{M}/lookup": account})
    with pytest.raises(LookupFailed):
        yielded("mastodon", told)
    assert len(told.asked) == 1


# --- Bluesky and the AT Protocol ------------------------------------------------------------

DID = "did:plc:abcdefghijklmnopqrstuvwx"[:32]
B = "https://public.api.bsky.app/xrpc/app.bsky"


def skeet(text: str, date: str = "2024-03-05T09:00:00Z", did: str = DID, **more: object) -> dict:
    """One entry of an author feed."""
    return {
        "post": {
            "uri": f"at://{did}/app.bsky.feed.post/{text}",
            "author": {"did": did, "handle": "ana.bsky.social", "labels": []},
            "record": {"text": text, "createdAt": date},
        },
        **more,
    }


def test_only_own_posts_of_a_bluesky_account_come_in() -> None:
    """Real servers answer with other people's and other years' posts; they stay out."""
    grant = granted("bluesky", "Since 2023 I post as @ana.bsky.social on Bluesky.")
    reply = skeet("reply")
    reply["post"]["record"]["reply"] = {"root": {}}
    quote = skeet("quote")
    quote["post"]["record"]["embed"] = {"$type": "app.bsky.embed.record"}
    feed = [
        skeet("mine"),
        skeet("repost", reason={"$type": "reasonRepost"}),
        reply,
        quote,
        skeet("other", did="did:plc:" + "z" * 24),
        skeet("old", "2011-01-01T00:00:00Z"),
        {"post": None},
        skeet("context", reply={"parent": {}}),
    ]
    told = Told(
        grant,
        {
            f"{B}.actor.getProfile": {"did": DID, "handle": "ana.bsky.social"},
            f"{B}.feed.getAuthorFeed": {"feed": feed},
        },
    )
    assert texts(admitted("bluesky", told)) == ["mine"]


def test_a_bluesky_account_is_read_page_by_page_and_never_in_a_circle() -> None:
    """The cursor is followed until it ends or stands still."""
    grant = granted("bluesky", "I post at https://bsky.app/profile/ana.bsky.social on ferns.")
    profile = {"did": DID, "handle": "ana.bsky.social"}
    pages = in_turn(
        {"feed": [skeet("a")], "cursor": "1"},
        {"feed": [skeet("b")], "cursor": "2"},
        {"feed": [skeet("c")], "cursor": "2"},
    )
    told = Told(grant, {f"{B}.actor.getProfile": profile, f"{B}.feed.getAuthorFeed": pages})
    assert texts(admitted("bluesky", told)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "profile",
    [
        {"did": DID, "handle": "bo.bsky.social"},
        {"did": DID, "handle": "ana.bsky.social", "labels": [{"val": "!no-unauthenticated"}]},
        {"did": "did:web:../x", "handle": "ana.bsky.social"},
        {},
    ],
)
def test_a_bluesky_account_that_is_other_or_hidden_is_left_alone(profile: dict) -> None:
    """A server shows what its owner asked it not to show; the wish holds here."""
    grant = granted("bluesky", "Since 2023 I post as @ana.bsky.social on Bluesky.")
    told = Told(grant, {f"{B}.actor.getProfile": profile})
    with pytest.raises(LookupFailed):
        yielded("bluesky", told)
    assert len(told.asked) == 1


R = "https://ana.example/xrpc/com.atproto.repo"


def record(text: str, did: str = DID, **more: object) -> dict:
    """One record of a repository."""
    return {
        "uri": f"at://{did}/app.bsky.feed.post/{text}",
        "cid": "bafy",
        "value": {"text": text, "createdAt": "2024-03-05T09:00:00Z", **more},
    }


def test_a_repository_gives_one_persons_own_posts() -> None:
    """Replies, quotes and another repository's records stay out."""
    grant = granted("at_repository", "Since 2023 I post on my server https://ana.example a lot.")
    records = [
        record("mine"),
        record("answer", reply={"root": 1}),
        record("other", did="did:plc:" + "z" * 24),
        record("quote", embed={"$type": "app.bsky.embed.recordWithMedia"}),
    ]
    told = Told(
        grant,
        {
            f"{R}.describeRepo": {"did": DID, "handle": "ana.example"},
            f"{R}.listRecords?repo=did%3Aplc%3A{DID[8:]}&collection=app.bsky.actor.profile": {
                "records": []
            },
            f"{R}.listRecords": {"records": records},
        },
    )
    assert texts(admitted("at_repository", told)) == ["mine"]


def test_a_repository_whose_owner_asks_not_to_be_shown_is_left_alone() -> None:
    """The wish stands in the profile record, as labels its owner set."""
    grant = granted("at_repository", "Since 2023 I post on my server https://ana.example a lot.")
    wish = {"value": {"labels": {"values": [{"val": "!no-unauthenticated"}]}}}
    told = Told(
        grant,
        {
            f"{R}.describeRepo": {"did": DID, "handle": "ana.example"},
            f"{R}.listRecords": {"records": [wish]},
        },
    )
    with pytest.raises(LookupFailed, match="asks not to be shown"):
        yielded("at_repository", told)


# --- Stack Exchange, ORCID, MediaWiki, oEmbed, archive, search ------------------------------


def test_answers_are_the_named_users_own() -> None:
    """Another user's answers and other years stay out; `backoff` ends the paging."""
    grant = granted("stackexchange", "Since 2023 https://stackoverflow.com/users/12/ana is me.")
    items = [
        {"owner": {"user_id": 12}, "answer_id": 1, "creation_date": 1709629200, "body": "<p>A"},
        {"owner": {"user_id": 13}, "answer_id": 2, "creation_date": 1709629200, "body": "<p>B"},
        {"owner": {"user_id": 12}, "answer_id": 3, "creation_date": 100, "body": "<p>C"},
        {"owner": {"user_id": 12}, "answer_id": 4, "creation_date": True, "body": "<p>D"},
    ]
    told = Told(
        grant,
        {
            "https://api.stackexchange.com/2.3/users/12/answers": {
                "items": items,
                "has_more": True,
                "backoff": 10,
            }
        },
    )
    assert texts(admitted("stackexchange", told)) == ["<p>A"]
    assert len(told.asked) == 1 and "site=stackoverflow&fromdate=" in told.asked[0]


def work(title: str, year: str | None, **more: object) -> dict:
    """One group of works with one summary."""
    date = {"year": {"value": year}, "month": None, "day": None} if year else None
    return {
        "work-summary": [
            {
                "title": {"title": {"value": title}},
                "publication-date": date,
                "visibility": "public",
                "type": "journal-article",
                **more,
            },
            {"title": {"title": {"value": "as told by another"}}},
        ]
    }


def test_works_of_an_orcid_record_come_by_their_years() -> None:
    """Works dated by year alone must touch the window; a limited work stays out."""
    grant = granted("orcid", "From 2020 to 2021 https://orcid.org/0000-0002-1825-0097 has it.")
    works = {
        "group": [
            work("Ferns", "2020"),
            work("Old", "2001"),
            work("Undated", None),
            work("Limited", "2020", visibility="limited"),
        ]
    }
    told = Told(grant, {"https://pub.orcid.org/v3.0/0000-0002-1825-0097/works": works})
    (item,) = admitted("orcid", told)
    assert item.text == "Ferns\njournal article\nPublished 2020" and item.published is None


def test_a_mistyped_orcid_is_not_asked_for() -> None:
    """The check digit guards against looking at somebody else."""
    grant = granted("orcid", "See https://orcid.org/0000-0002-1825-0098 for my articles.")
    told = Told(grant)
    with pytest.raises(LookupFailed):
        yielded("orcid", told)
    assert told.asked == []


def test_an_article_is_read_by_the_interface_or_else_by_its_page() -> None:
    """Where robots are kept from the interface, as on Wikipedia, the article's page is read."""
    quote = "I won the prize described at https://en.wikipedia.org/wiki/Ashgrove_Prize there."
    grant = granted("mediawiki", quote)
    rest = "https://en.wikipedia.org/w/rest.php/v1/page/Ashgrove_Prize/html"
    page = "https://en.wikipedia.org/wiki/Ashgrove_Prize"
    for answers, asked in (
        ({rest: (HTML, "<p>Prize"), page: (HTML, "<p>Page")}, [rest]),
        ({page: (HTML, "<p>Page")}, [rest, page]),
    ):
        told = Told(grant, answers)
        (item,) = admitted("mediawiki", told)
        assert item.url == page and told.asked == asked


def test_one_item_is_described_by_oembed() -> None:
    """Title and author, by the service's known place or the one its page names."""
    told = Told(
        granted("oembed", "My film https://vimeo.com/123456 shows the school play."),
        {
            "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F123456": {
                "title": "The play",
                "author_name": "Ana",
                "author_url": "https://vimeo.com/ana",
            }
        },
    )
    assert admitted("oembed", told)[0].text == "The play\nAna"


def test_an_archive_is_asked_only_for_an_address_and_a_time_that_the_claim_states() -> None:
    """Copies of that address in that time; without a time nothing is asked."""
    quote = "The blog at blog.example ran from 2015 to 2017 and has gone."
    rows = [
        ["timestamp", "original", "statuscode"],
        ["20160305090000", "http://blog.example:80/", "200"],
        ["20160405090000", "http://blog.example/other", "200"],
        ["20090405090000", "http://blog.example/", "200"],
        ["x"],
        ["y", "z", "200"],
    ]
    told = Told(granted("archive", quote), {"https://web.archive.org/cdx/search/cdx": rows})
    (item,) = admitted("archive", told)
    assert item.text == "A public archive holds a copy of blog.example of 05 March 2016."
    assert "from=20141201&to=20180131" in told.asked[0]
    told = Told(granted("archive", "The blog at blog.example has gone."))
    with pytest.raises(LookupFailed):
        yielded("archive", told)
    assert told.asked == []


def test_search_results_are_candidate_addresses_only() -> None:
    """The composed query goes to the employer's own service; extracts are not taken."""
    grant = granted(
        "supplied",
        "My blog on mycology.",
        hosts=("search.trust.example",),
        path_prefixes=("/search",),
        query_keys=("q", "format"),
        terms=("mycology", "blog"),
    )
    results = [
        {"url": "https://blog.example/", "title": "Mycology", "content": "secret extract"},
        {"url": "https://127.0.0.1/", "title": "Inside"},
        {"url": "x"},
        7,
    ]
    told = Told(grant, {"https://search.trust.example/search": {"results": results}})
    (item,) = admitted("searxng", told)
    assert item.text == "Mycology\nhttps://blog.example/"
    assert told.asked == ["https://search.trust.example/search?q=mycology%20blog&format=json"]


JSON_SOURCES = {
    "github": "My GitHub account @ana shows my tools.",
    "mastodon": "I ran https://school.example/@ana daily.",
    "bluesky": "I post as @ana.bsky.social on Bluesky.",
    "at_repository": "I post on my server https://ana.example a lot.",
    "stackexchange": "My answers are at https://stackoverflow.com/users/12/ana today.",
    "orcid": "See https://orcid.org/0000-0002-1825-0097 for my articles.",
    "oembed": "My film https://vimeo.com/123456 shows the school play.",
    "wordpress": "I write the blog https://blog.example about mycology.",
    "youtube": "My video https://youtu.be/dQw4w9WgXcQ explains volcanoes.",
    "archive": "The blog at blog.example ran from 2015 to 2017 and has gone.",
}
STRANGE = [
    "null",
    "[]",
    "{}",
    "7",
    '"x"',
    "[[[]]]",
    '{"items": 1}',
    "{",
    "[" * 100_000,
    '[{"id": null, "title": 3, "author": [], "owner": "x", "commit": 1}]',
    '{"feed": [1, null, {"post": []}], "records": [[]], "group": [{"work-summary": 1}]}',
    '{"did": [], "handle": {}, "id": {"a": 1}, "labels": "x"}',
    '[["a"], ["b", 1, "200"]]',
]


@pytest.mark.parametrize("name", JSON_SOURCES)
@pytest.mark.parametrize("said", STRANGE)
def test_an_answer_of_another_form_breaks_nothing(name: str, said: str) -> None:
    """A source that changes its form gives nothing, or says so; it never falls over."""
    told = Told(granted(name, JSON_SOURCES[name]), {"https://": ("application/json", said)})
    try:
        found = admitted(name, told)
    except (LookupFailed, GrantError):
        found = []
    assert all(isinstance(item.text, str) for item in found)
