"""Items are checked again after they arrived, and material that no request brought as well."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from recruitcheck.errors import BadInput
from recruitcheck.records import Grant, Item
from recruitcheck.sources import imported
from recruitcheck.sources.items import admit, handles, moment, plain_handle, starts

GRANT = Grant(
    id="G",
    hosts=("blog.example",),
    path_prefixes=("/science",),
    addresses=("https://blog.example/science",),
    handles=("@ana.bsky.social",),
    since=date(2023, 1, 1),
    until=date(2024, 12, 31),
)
ITEM = Item(
    url="https://blog.example/science/1", text="x", published=datetime(2024, 3, 5, tzinfo=UTC)
)


def dated(*parts: int) -> Item:
    """The item at another moment."""
    return replace(ITEM, published=datetime(*parts, tzinfo=UTC))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "inside"),
    [
        (ITEM, True),
        (dated(2023, 1, 1), True),
        (dated(2024, 12, 31, 23, 59), True),
        (dated(2022, 12, 31, 23, 59), False),
        (dated(2025, 1, 1), False),
        (replace(ITEM, published=None), False),
        (replace(ITEM, published=None, url="http://blog.example/science/"), True),
        (replace(ITEM, url="https://blog.example/private"), False),
        (replace(ITEM, url="https://evil.example/science"), False),
        (replace(ITEM, url="nonsense"), False),
        (replace(ITEM, url="at://x", author="did:plc:abc ana.bsky.social"), True),
        (replace(ITEM, url="at://x", author="did:plc:abc bo.bsky.social"), False),
        (replace(ITEM, url="at://x", author="ana.bsky.socialx"), False),
        (replace(ITEM, author="https://blog.example/science/"), True),
        (replace(ITEM, author="https://blog.example/science/bo"), False),
    ],
)
def test_author_date_and_place_are_checked_again(item: Item, inside: bool) -> None:
    """Whoever wrote it, whenever, wherever it stands: all three must be the claim's."""
    assert (admit(GRANT, item) is None) is inside


def test_without_dates_in_the_claim_every_date_fits() -> None:
    """A claim that names no time sets none."""
    grant = replace(GRANT, since=None, until=None)
    assert admit(grant, replace(ITEM, published=None)) is None
    assert admit(grant, dated(1999, 1, 1)) is None


def test_the_day_is_the_one_the_source_states() -> None:
    """A post of New Year's Eve by its author's clock belongs to the old year."""
    eve = datetime.fromisoformat("2024-12-31T23:30:00-05:00")
    assert admit(GRANT, replace(ITEM, published=eve)) is None


def test_a_piece_of_an_address_is_no_handle() -> None:
    """What merely stands in a granted address does not name an account."""
    grant = replace(GRANT, addresses=("https://v.example/watch?v=1",), handles=("watch", "@ana"))
    assert handles(grant) == ["@ana"]


def test_handles_and_addresses_are_compared_without_their_signs() -> None:
    """At sign, scheme, www, closing slash and the host's letter case do not matter."""
    assert plain_handle("@Ana.Example") == plain_handle("https://www.ana.example/")
    assert plain_handle("ana.example/A") != plain_handle("ana.example/a")


def test_addresses_begin_the_way_the_grant_allows() -> None:
    """Ports of a test or demo site are added where the address has none."""
    grant = replace(
        GRANT, schemes=("http",), ports=(8080,), addresses=("blog.example/café?q=ü", "http://x:1/")
    )
    assert list(starts(grant)) == ["http://blog.example:8080/caf%C3%A9?q=%C3%BC", "http://x:1/"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024-03-05T09:00:00Z", "2024-03-05T09:00:00+00:00"),
        ("2024-03-05T09:00:00", "2024-03-05T09:00:00+00:00"),
        ("Tue, 05 Mar 2024 09:00:00 GMT", "2024-03-05T09:00:00+00:00"),
        ("2024-03-05", "2024-03-05T00:00:00+00:00"),
        ("yesterday", None),
        ("", None),
        ("Tue, 99 Mar 2024 09:00:00 GMT", None),
        (f"Tue, 05 Mar {'2' * 50} 09:00:00 GMT", None),
        (f"Tue, 05 Mar 2024 09:00:00 +{'9' * 30}", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        (None, None),
        (7, None),
    ],
)
def test_dates_are_read_as_sources_write_them(text: object, found: str | None) -> None:
    """Both common forms; anything else, and what no calendar holds, is no date."""
    when = moment(text)
    assert (when.isoformat() if when else None) == found


# --- imported material ----------------------------------------------------------------------


def test_a_saved_page_is_of_the_moment_it_was_saved() -> None:
    then = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    assert imported.saved(b"<p>x", filename="a.html", at=then).fetched_at == then


def test_a_paste_is_what_bears_on_one_claim() -> None:
    """Empty and overlong pastes are refused whole."""
    item = imported.pasted("We met weekly.", address="https://blog.example/science")
    assert admit(replace(GRANT, since=None, until=None), item) is None
    for text in ("", "  ", "x" * 5000):
        with pytest.raises(BadInput):
            imported.pasted(text, address="https://blog.example/science")


@pytest.mark.parametrize(
    ("data", "name", "type"),
    [
        (b"<!doctype html><p>x", "page", "text/html"),
        (b"<p>x", "page.htm", "text/html"),
        (b"just words", "note.txt", "text/plain"),
        (b"just words", "", "text/plain"),
        (b'{"items": []}', "", "application/json"),
        (b"<?xml version='1.0'?><rss/>", "", "application/xml"),
    ],
)
def test_a_saved_page_takes_the_form_of_a_fetched_one(data: bytes, name: str, type: str) -> None:
    """By the ending of its name, else by its first bytes."""
    assert imported.saved(data, filename=name).type == type


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7", "a.html"),
        (b"\x89PNG\r\n", "a.txt"),
        (b"x" * 3_000_000, "a.txt"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "a.xml"),
        (b"PK\x03\x04", ""),
    ],
)
def test_a_file_that_is_no_text_is_refused(data: bytes, name: str) -> None:
    """Pictures, archives, oversized files and entity tricks are refused with a hint."""
    with pytest.raises(BadInput) as caught:
        imported.saved(data, filename=name)
    assert caught.value.hint


def test_a_saved_feed_gives_its_entries() -> None:
    """As a fetched feed does."""
    feed = b"<rss><channel><item><title>A</title><link>https://blog.example/science/1</link></item></channel></rss>"
    (item,) = imported.items(imported.saved(feed, filename="feed.xml"))
    assert item.title == "A"
    (whole,) = imported.items(
        imported.saved(b"<p>x", filename="a.html", address="https://b.example/")
    )
    assert whole.url == "https://b.example/"
