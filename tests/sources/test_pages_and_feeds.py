"""Pages, feeds and WordPress: own items of the claimed time come in, all else stays out."""

from __future__ import annotations

import pytest
from shapes import ATOM, HTML, OLDER, RSS, XML, post, texts
from told import Told, admitted, granted, in_turn

from recruitcheck.errors import LookupFailed


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
