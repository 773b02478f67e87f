"""Sources asked at odd places or told odd things: the right question goes out, or a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from test_adapters import JSON_SOURCES
from told import Told, admitted, granted, in_turn, yielded

from recruitcheck.errors import BadInput, LookupFailed
from recruitcheck.records import Grant
from recruitcheck.sources import page

PAGE = """<html><head>
<link rel="alternate" type="application/rss+xml" href="/feed">
<link type="application/json+oembed" href="https://elsewhere.example/oembed?x=1">
<link type='application/json+oembed' href='/describe?of=talk&amp;format=json'>
</head><body>A talk</body></html>"""


@pytest.mark.parametrize(
    ("profile", "site"),
    [
        ("https://stackoverflow.com/users/12/ana", "stackoverflow"),
        ("https://serverfault.com/users/12", "serverfault"),
        ("https://gardening.stackexchange.com/users/12/ana?tab=profile", "gardening"),
        ("https://mathoverflow.net/users/12/ana", "mathoverflow.net"),
    ],
)
def test_each_site_of_stack_exchange_is_asked_under_its_own_name(profile: str, site: str) -> None:
    """The one service is told which site, which user and which time."""
    grant = granted(
        "stackexchange", JSON_SOURCES["stackexchange"],
        addresses=(profile,), since=date(2022, 1, 1), until=date(2022, 12, 31),
    )  # fmt: skip
    answer = {"answer_id": 5, "title": "T", "body": "B", "owner": {"user_id": 12}}
    told = Told(grant, {"https://api.stackexchange.com/2.3/users/12/": {"items": [answer]}})
    (item,) = yielded("stackexchange", told)
    assert item.url == f"https://{urlsplit(profile).netloc}/a/5"
    asked = parse_qs(urlsplit(told.asked[0]).query)
    assert asked["site"] == [site]
    assert (asked["fromdate"], asked["todate"]) == (["1640995200"], ["1672531199"])


def test_a_profile_elsewhere_is_none_of_stack_exchange() -> None:
    """Another place with the same form of address is not asked about."""
    grant = granted("stackexchange", JSON_SOURCES["stackexchange"])
    told = Told(replace(grant, addresses=("https://people.example/users/12/ana",)))
    with pytest.raises(LookupFailed, match="Stack Exchange"):
        yielded("stackexchange", told)
    assert told.asked == []


@pytest.mark.parametrize(
    "name", ["archive", "bluesky", "github", "mastodon", "at_repository", "stackexchange",
             "youtube", "oembed"]
)  # fmt: skip
def test_a_claim_that_names_no_place_is_told_and_nothing_is_asked(name: str) -> None:
    """The person who looks hears what is missing; no request leaves."""
    grant = granted(name, JSON_SOURCES[name])
    told = Told(replace(grant, addresses=(), handles=(), hosts=(), path_prefixes=()))
    with pytest.raises(LookupFailed) as caught:
        yielded(name, told)
    assert "claim" in caught.value.message
    assert told.asked == []


@pytest.mark.parametrize("written", ["@ana@school.example", "ana@school.example"])
def test_a_mastodon_name_is_read_in_either_form(written: str) -> None:
    """With or without the sign in front, the named server is asked for the named account."""
    grant = replace(granted("mastodon", JSON_SOURCES["mastodon"]), handles=(written,))
    told = Told(grant, {"https://school.example/": {"id": "9", "acct": "somebody_else"}})
    with pytest.raises(LookupFailed, match="another account"):
        yielded("mastodon", told)
    assert told.asked[0].startswith("https://school.example/api/v1/accounts/lookup?acct=ana")


def test_a_mastodon_server_that_turns_in_a_circle_is_left() -> None:
    """The same page again and again ends after its first repetition."""
    grant = granted("mastodon", JSON_SOURCES["mastodon"])
    post = {"id": "1", "account": {"id": "9"}, "visibility": "public", "content": "x",
            "url": "https://school.example/@ana/1", "created_at": "2025-01-01"}  # fmt: skip
    told = Told(
        replace(grant, since=None),
        {
            "https://school.example/api/v1/accounts/lookup": {"id": "9", "acct": "ana"},
            "https://school.example/api/v1/accounts/9/statuses": in_turn(*[[post] * 40] * 9),
        },
    )
    yielded("mastodon", told)
    assert len(told.asked) == 3


def of_talks() -> Grant:
    """A permission as a pack gives it that knows one more service, by its pages alone."""
    return replace(
        granted("oembed", JSON_SOURCES["oembed"]),
        hosts=("talks.example",),
        addresses=("https://talks.example/talk/7",),
        path_prefixes=("/talk/7", "/describe"),
        query_keys=("of", "format"),
        handles=(),
    )


def test_a_page_that_names_its_own_description_is_described() -> None:
    """Only the link inside the permission is followed; feeds and other hosts are not."""
    grant = of_talks()
    told = Told(
        grant,
        {
            "https://talks.example/talk/7": ("text/html", PAGE),
            "https://talks.example/describe": {"title": "Fractions", "author_name": "Ana Gomes"},
        },
    )
    (item,) = yielded("oembed", told)
    assert (item.title, item.text) == ("Fractions", "Fractions\nAna Gomes")
    assert [urlsplit(url).path for url in told.asked] == ["/talk/7", "/describe"]


@pytest.mark.parametrize("page", ["<html>nothing</html>", PAGE.replace("oembed", "other")])
def test_a_page_without_a_description_is_left_to_a_person(page: str) -> None:
    """The person hears that no program may read it, and what to do."""
    grant = of_talks()
    told = Told(grant, {"https://talks.example/talk/7": ("text/html", page)})
    with pytest.raises(LookupFailed, match="nothing about itself") as caught:
        yielded("oembed", told)
    assert caught.value.hint


def test_an_item_of_somebody_else_is_not_taken_for_the_applicants() -> None:
    """Where the claim names an account, only its items count."""
    grant = replace(granted("oembed", JSON_SOURCES["oembed"]), handles=("@ana",))
    for owner, count in (("https://vimeo.com/ana", 1), ("https://vimeo.com/benno", 0)):
        film = {"title": "School play", "author_name": "x", "author_url": owner}
        told = Told(grant, {"https://vimeo.com/api/": film})
        assert len(yielded("oembed", told)) == count
    assert admitted("oembed", Told(grant, {"https://vimeo.com/api/": {"author_name": "Z"}})) == []


@pytest.mark.parametrize(
    ("type", "text", "shown"),
    [
        ("application/activity+json", '{"name": "Fractions by hand"}', "Fractions by hand"),
        ("", "<rss><channel><item><title>Term news</title></item></channel></rss>", "Term news"),
        ("application/xml", "<html><body><p>Chess club</p></body></html>", "Chess club"),
        ("", '{"name": "Fractions by hand"}', "Fractions by hand"),
        ("application/octet-stream", "{not json at all", "{not json at all"),
        ("text/markdown", "# Chess club", "Chess club"),
    ],
)
def test_what_a_page_is_is_told_by_its_type_or_its_beginning(
    type: str, text: str, shown: str
) -> None:
    """Servers name types wrongly or not at all; the words come out all the same."""
    read = page.read(text, type)
    assert shown in read.extracted
    assert "<" not in read.extracted


@pytest.mark.parametrize("type", ["image/png", "application/pdf", "video/mp4; codecs=x"])
def test_what_is_no_page_is_not_read_as_one(type: str) -> None:
    """Pictures, films and documents are refused by their type, with a way on."""
    with pytest.raises(BadInput, match="is not read") as caught:
        page.read("anything", type)
    assert caught.value.hint
