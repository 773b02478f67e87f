"""Video, code and social platforms: own public items come in; all that is others' stays out."""

from __future__ import annotations

import json

import pytest
from shapes import (
    API,
    CHANNEL,
    DID,
    HTML,
    VIDEOS,
    YT,
    B,
    M,
    R,
    commit,
    record,
    skeet,
    texts,
    toot,
)
from told import Told, admitted, granted, in_turn, yielded

from recruitcheck.errors import LookupFailed


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
