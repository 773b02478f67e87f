"""Each source: it is there, says what it cannot answer, and is not broken by any answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from told import Told, admitted, granted, pack

from recruitcheck import sources
from recruitcheck.errors import BadInput, GrantError, LookupFailed


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
