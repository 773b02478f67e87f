"""The lists of the vocabulary by which a reason about people is read, each under its use."""

from __future__ import annotations

from recruitcheck.rules.claimwords import DEEDS
from recruitcheck.rules.explained import group
from recruitcheck.rules.pack import Vocabulary


class KnownWords:
    """Folded words of `vocabulary.toml`; ask with `words.holds`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        person, business, beyond = vocabulary.person, vocabulary.business, vocabulary.beyond
        self.deeds = group(person, "deeds") | DEEDS
        self.says = group(person, "says")
        self.applies = group(person, "applies")
        self.recorded = group(person, "recorded")
        self.makers = group(business, "makers")
        self.belongings = group(person, "belongings")
        self.ownable = self.belongings.union(
            group(business, "work", "papers", "makers", "keepers", "skills", "subjects", "things")
        ) - group(person, "own_affairs")
        self.affairs = group(person, "own_affairs")
        self.countable = group(business, "work", "papers", "amounts", "time", "makers")
        self.papers = group(business, "papers", "post")
        self.taught = group(business, "skills", "posts", "papers")
        self.people = group(beyond, "people")
        self.keepers = group(business, "keepers")
        self.more = group(beyond, "more")
        self.contact = group(beyond, "contact")
        self.checking = group(business, "checking")
        self.character = group(vocabulary.risky, "traits")
