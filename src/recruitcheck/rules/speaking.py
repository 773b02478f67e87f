"""Does a reason speak to the claim it quotes, and to nothing else?

Most routine requests are known not by a phrase but by this: the reason would fit anybody. A
reason speaks to its claim when it takes up the claim's own words, or words of the same kind of
work. It speaks to nothing else when every word of it is explained (`explained.py`) and nothing is
asked of people that no claim explains (`asked.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from recruitcheck.rules import words
from recruitcheck.rules.asked import compares, of_the_work, strays
from recruitcheck.rules.background import background, has_tried
from recruitcheck.rules.explained import Links, Sentence, explain, group, telling
from recruitcheck.rules.grammar import of_somebody
from recruitcheck.rules.pack import Pack, Vocabulary

_NUMBERED = re.compile(
    r"\b(?:claim|section|question|paragraph|line|item|page|answer|box|point|part)s?\s+"
    r"(?:no\.?\s*)?(?:\d+|[a-h]\b|one|two|three|four|five|six|seven|eight|nine|ten)"
)
_IT = re.compile(r"\b(?:it|its|they are|hwn|il|ello|es)\b")


@dataclass(frozen=True, slots=True)
class Speech:
    """What a reason has to do with its claim."""

    strong: int
    """Different words that only this claim, or its kind of work, explains."""
    weak: int
    """Different words it shares that any school text might hold."""
    numbered: bool
    """It names the place of the claim: claim 4, section 2."""
    particulars: int
    """What it wants to see: exists, author, dates, updated …"""
    it: bool
    """It speaks of a thing already named."""
    checking: bool
    maker: bool
    """It asks for an author, editor, winner … of a work."""
    stray: tuple[str, ...]
    """What it asks of the applicant or of others that no claim explains."""
    unexplained: tuple[str, ...]
    """Words that neither the claim nor the business of checking it explains."""
    impersonal: frozenset[int]
    """Where words stand that cannot speak of a person here."""
    quoted: frozenset[int]
    """Where words of the claim stand in sentences in which nobody is the subject."""
    loose: Mapping[int, str]
    """Where words stand that the claim does not explain, with what does: `red flags`."""
    routine: bool
    """It points to others who were checked, or to everybody."""

    @property
    def plain(self) -> bool:
        """Whether every word of it is explained and nothing else is asked."""
        return not self.stray and not self.unexplained

    @property
    def speaks(self) -> bool:
        """Whether the reason is about this claim and could not stand under just any."""
        if self.strong or self.weak > 1:
            return True
        pointed = self.numbered or (self.it and self.checking)
        return (pointed and self.particulars > 0) or (self.checking and self.maker)


@lru_cache(maxsize=512)
def read(reason: str, quote: str, pack: Pack, name: str = "", post: str = "") -> Speech:
    """Compare a reason with the quotation it stands on, and with what the post asks for."""
    vocabulary = pack.vocabulary
    text = words.plain(reason).replace("’", "'")
    links = Links(quote, vocabulary, post, telling(pack))
    sentences = explain(reason, quote, links, name)
    asking = tuple(s for s in sentences if not background(s))
    asking = asking or tuple(s for s in sentences if not has_tried(s)) or sentences
    particulars = group(vocabulary.business, "work", "makers", "keepers") | links.languages
    makers = group(vocabulary.business, "makers") | group(vocabulary.languages, "makers_elsewhere")
    checking = group(vocabulary.business, "checking") | links.languages
    said = [word for sentence in sentences for word in sentence]
    told = [of_the_work(sentence, vocabulary) for sentence in sentences]
    return Speech(
        strong=len({min(words.lemmas(w.plain)) for w in said if w.source in {"claim", "kind"}}),
        weak=len({min(words.lemmas(w.plain)) for w in said if w.source == "weak"}),
        numbered=bool(_NUMBERED.search(text)),
        particulars=sum(words.holds(particulars, w.plain) for w in said),
        it=bool(_IT.search(text)),
        checking=any(words.holds(checking, w.plain) for w in said),
        maker=any(words.holds(makers, w.plain) for w in said),
        stray=strays(asking, vocabulary),
        unexplained=_unexplained(asking, vocabulary),
        impersonal=frozenset().union(*(sure for sure, _ in told)),
        quoted=frozenset().union(*(claimed for _, claimed in told)),
        loose=MappingProxyType(
            {w.token.start: w.source for w in said if w.source in {"business", "ordinary", ""}}
        ),
        routine=any(compares(sentence, vocabulary) for sentence in sentences),
    )


_MOST_ORDINARY = 6
"""Ordinary words that a reason may hold beside the explained ones; with more it tells a story."""
_ORDINARY_OF_SOMEBODY = 2
"""The same for a sentence that speaks of somebody."""


def _unexplained(sentences: tuple[Sentence, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Words for a person to read: those that may tell of somebody, and ordinary ones where there
    are many, of which a sentence about somebody takes the fewest."""
    ordinary = [_ordinary(sentence) for sentence in sentences]
    many = sum(map(len, ordinary)) > _MOST_ORDINARY
    told: list[str] = []
    for sentence, here in zip(sentences, ordinary, strict=True):
        told += [word.plain for word in sentence if not word.source]
        about = len(here) > _ORDINARY_OF_SOMEBODY and of_somebody(sentence, vocabulary)
        if many or about:
            told += [word.plain for word in here]
    return tuple(told)


def _ordinary(sentence: Sentence) -> Sentence:
    return tuple(word for word in sentence if word.source == "ordinary")
