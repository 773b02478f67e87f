"""Answers of sources in the shapes that their documentation gives, for the adapters' tests."""

from __future__ import annotations

HTML = "text/html"
XML = "application/rss+xml"


def texts(found: list) -> list[str]:
    """The first line of each item."""
    return [(item.title or item.text).splitlines()[0] for item in found]


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


R = "https://ana.example/xrpc/com.atproto.repo"


def record(text: str, did: str = DID, **more: object) -> dict:
    """One record of a repository."""
    return {
        "uri": f"at://{did}/app.bsky.feed.post/{text}",
        "cid": "bafy",
        "value": {"text": text, "createdAt": "2024-03-05T09:00:00Z", **more},
    }


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
