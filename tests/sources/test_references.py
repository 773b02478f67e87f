"""Answers, records, articles, descriptions, archives and search: what the claim names, no more."""

from __future__ import annotations

import pytest
from shapes import HTML, texts, work
from told import Told, admitted, granted, yielded

from recruitcheck.errors import LookupFailed


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
