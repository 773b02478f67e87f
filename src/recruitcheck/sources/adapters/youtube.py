"""A YouTube video or channel that the application names.

Videos through the public description service (oEmbed), channels through the channel's own feed.

Cannot say: anything but titles, the channel and dates; no more than the last fifteen videos of a
channel; counts of viewers and subscribers; comments. Where the owner's robots file closes the feed,
the applicant is asked to bring the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item, Page
from recruitcheck.sources import Fetch
from recruitcheck.sources.adapters import feed
from recruitcheck.sources.items import base, handles, plain_handle, starts
from recruitcheck.sources.reading import question, table, words

HOST = "www.youtube.com"
_VIDEO = re.compile(
    r"(?:youtu\.be/|youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/))([\w-]{11})(?![\w-])"
)
_CHANNEL = re.compile(r"\bUC[\w-]{22}(?![\w-])")
_HANDLE_PAGE = re.compile(r"youtube\.com/(@[^/?#]+|c/[^/?#]+|user/[^/?#]+)")
_OWN_CHANNEL = re.compile(
    r"<link\b[^<>]{0,200}\brel=[\"']canonical[\"'][^<>]{0,200}/channel/(UC[\w-]{22})[\"']"
    r"|<meta\b[^<>]{0,100}\bitemprop=[\"'](?:identifier|channelId)[\"'][^<>]{0,100}"
    r"\bcontent=[\"'](UC[\w-]{22})[\"']"
)
_VIDEO_CHANNEL = re.compile(r"/channel/(UC[\w-]{22})")


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield one item per named video, or the titles of a named channel's videos.

    Raises:
        LookupFailed: nothing named could be read.
    """
    named = [*dict.fromkeys(starts(grant)), *grant.handles]
    videos = list(dict.fromkeys(m[1] for text in named if (m := _VIDEO.search(text))))
    channels = list(dict.fromkeys(m[0] for text in named if (m := _CHANNEL.search(text))))
    for video in videos:
        yield from _video(grant, fetch, video)
    for channel in channels:
        yield from _channel(grant, fetch, channel, f"youtube.com/channel/{channel}")
    if not videos and not channels:
        handle = _handle(named)
        channel = _channel_of(grant, fetch, handle)
        yield from _channel(grant, fetch, channel, f"{handle} youtube.com/{handle}")


def _video(grant: Grant, fetch: Fetch, video: str) -> Iterator[Item]:
    """Title and channel of one video. Its address is the claim's own, so it needs no date."""
    place = f"https://{HOST}/watch?v={video}"
    asked = question(f"{base(grant, HOST)}/oembed", url=place, format="json")
    told = table(fetch(asked))
    owner = words(told, "author_url")
    wanted = {plain_handle(handle) for handle in handles(grant)}
    theirs = {plain_handle(owner.rpartition("/")[2]), plain_handle(words(told, "author_name"))}
    if wanted and not theirs & wanted:
        return  # a video of somebody else's channel, though the claim names a channel
    address = next((text for text in starts(grant) if video in text), place)
    yield Item(
        url=address,
        title=words(told, "title"),
        text=f"{words(told, 'title')}\nChannel: {words(told, 'author_name')}",
        author=f"{owner} {address}".strip(),
    )


def _channel(grant: Grant, fetch: Fetch, channel: str, names: str) -> Iterator[Item]:
    page = fetch(question(f"{base(grant, HOST)}/feeds/videos.xml", channel_id=channel))
    if channel not in _channels_of(page):
        raise LookupFailed(
            "The source answered with another channel's videos.",
            "Ask the applicant for the channel's address.",
        )
    for entry in feed.read(page):
        yield Item(
            url=entry.url,
            title=entry.title,
            text=entry.title,
            author=f"{channel} {names}",
            published=entry.published,
        )


def _channels_of(page: Page) -> set[str]:
    """Channels that the feed's own head names, before its first entry."""
    head = page.text.partition("<entry")[0]
    found = set(_VIDEO_CHANNEL.findall(head))
    return found | {f"UC{short}" for short in re.findall(r"channelId>(?:UC)?([\w-]{22})<", head)}


def _handle(named: list[str]) -> str:
    for text in named:
        if match := _HANDLE_PAGE.search(text):
            return match[1]
    for text in named:
        if re.fullmatch(r"@?[\w.·-]{3,60}", text):
            return f"@{text.removeprefix('@')}"
    raise LookupFailed(
        "The claim names no YouTube channel or video that could be asked for.",
        "Ask the applicant for the address of the channel or the video.",
    )


def _channel_of(grant: Grant, fetch: Fetch, handle: str) -> str:
    """The permanent identifier behind a handle, from the head of the channel's own page."""
    page = fetch(f"{base(grant, HOST)}/{handle}")
    match = _OWN_CHANNEL.search(page.text)
    if match is None:
        raise LookupFailed(
            "The channel's page does not say which channel it is.",
            "Ask the applicant for the channel's address.",
        )
    return match[1] or match[2]
