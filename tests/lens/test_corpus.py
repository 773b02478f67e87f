"""How the lens does on many pages at once: what it keeps, shows, leaks and survives."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from lens import corpus
from recruitcheck.errors import BadInput
from recruitcheck.rules.passages import Selection, select
from recruitcheck.rules.screen import Screener
from recruitcheck.sources import page

PRIVATE = tuple(
    line
    for line in (Path(__file__).parent / "private.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)


def _select(sample: corpus.Sample, screener: Screener) -> tuple[Selection, str]:
    read = page.read(sample.html, "text/html")
    made = select(
        read.extracted, read.blocks, claim=sample.claim, name="Aoife Byrne", screener=screener
    )
    return made, read.extracted


def test_wanted_is_kept_and_little_else_is_shown(screener: Screener) -> None:
    """Over six engines: 99 % of wanted sentences kept, 10 % of text shown, 2 % of boilerplate."""
    kept = wanted = shown = size = leaked = boilerplate = 0
    for seed in range(240):
        sample = corpus.page(seed)
        made, text = _select(sample, screener)
        passages = " ".join(passage.text for passage in made.shown)
        wanted += len(sample.wanted)
        kept += sum(sentence in passages for sentence in sample.wanted)
        shown += sum(passage.end - passage.start for passage in made.shown)
        size += len(text)
        boilerplate += len(sample.boilerplate)
        leaked += sum(line in passages for line in sample.boilerplate)
    assert kept >= 0.99 * wanted
    assert shown <= 0.10 * size
    assert leaked <= 0.02 * boilerplate


def _tells(passages: str, statement: str) -> bool:
    """Whether the passages let the reader know the statement: it, or half of its telling words."""
    words = {word for word in statement.casefold().split() if len(word) > 3}
    there = sum(word in passages.casefold() for word in words)
    return statement.casefold() in passages.casefold() or there >= max(2, len(words) / 2)


def test_private_statements_in_unrelated_sentences_are_not_shown(screener: Screener) -> None:
    """Planted among sentences that have nothing to do with the claim: fewer than 1 in 100 shown."""
    told = 0
    for seed, statement in enumerate(PRIVATE * 2):
        made, _ = _select(corpus.page(seed, planted=statement), screener)
        told += _tells(" ".join(passage.text for passage in made.shown), statement)
    assert told < 0.01 * 2 * len(PRIVATE)


def test_private_statements_in_relevant_sentences_are_hardly_ever_shown(
    screener: Screener,
) -> None:
    """Planted in the very sentence that bears on the claim: fewer than 1 in 20 shown."""
    told = sum(
        _tells(
            " ".join(
                passage.text
                for passage in _select(corpus.page(seed, planted=statement, bears=True), screener)[
                    0
                ].shown
            ),
            statement,
        )
        for seed, statement in enumerate(PRIVATE * 2)
    )
    assert told < 0.05 * 2 * len(PRIVATE)


def _installed_pages() -> Iterable[Path]:
    """HTML that happens to be installed here: pages nobody wrote for this test."""
    roots = (Path("/usr/share/doc"), Path(sys.prefix), Path("/usr/share/wordpress"))
    for root in roots:
        found = (file for pattern in ("*.html", "*.htm") for file in root.rglob(pattern))
        yield from sorted(f for f in found if f.is_file() and f.stat().st_size < page.MOST_BYTES)[
            :40
        ]


def test_pages_found_on_this_computer_are_read(screener: Screener) -> None:
    """Documentation installed here is read without a failure, and at most a tenth of it shown."""
    shown = size = 0
    samples = [file.read_bytes() for file in _installed_pages()]
    samples += [corpus.page(seed).html.encode() for seed in range(20)]
    for body in samples:
        try:
            read = page.read(body, "")
        except BadInput:
            continue
        made = select(
            read.extracted,
            read.blocks,
            claim="I wrote the installation guide for the file format library, version 2.",
            name="Aoife Byrne",
            screener=screener,
        )
        shown += sum(passage.end - passage.start for passage in made.shown)
        size += len(read.extracted)
    assert shown <= 0.10 * size


@pytest.mark.parametrize("engine", corpus.ENGINES)
def test_every_engine_is_met(engine: str) -> None:
    """The sample holds pages of each engine, so that no figure rests on a few of them."""
    assert sum(corpus.page(seed).engine == engine for seed in range(240)) >= 20
