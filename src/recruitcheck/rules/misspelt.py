"""Which word of a list was meant by one that is spelt wrongly: `diasbled`, `epilepsey`.

A word was meant where one slip of the hand explains what is written, or where both sound alike.
English words that merely look so (`marred`, `married`) are for the caller to leave out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

_SOUND_ALIKE = (set("aeiouy"), set("cskqz"), set("mn"), set("dt"), set("bp"), set("fv"), set("gj"))
"""Letters that people take for one another."""
_SOFT_C = re.compile(r"s?c(?=[eiy])")
"""A c that sounds like an s."""
_SPELLINGS = (("ph", "f"), ("tch", "ch"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("dge", "ge"))
"""Spellings, and letters that sound so."""
_SAME = str.maketrans("czqj", "kskg")
"""Letters, and others that sound so."""
_SILENT = re.compile(r"(?<=.)[hw]|(.)(?=\1)")
"""Letters within a word that are not heard, and the first of a double one."""
_VOWELS = re.compile(r"[aeiouy]+")
_SHORTEST = 6
"""Letters of a word from which on its sound tells it; shorter ones are like too many others."""
_ALIKE = 0.8
"""How much of both words is the same, from 0 to 1, where they sound alike."""


class Meant:
    """Words by what they may look like when spelt wrongly."""

    def __init__(self, known: Iterable[str]) -> None:
        self._shortened: dict[str, list[str]] = defaultdict(list)
        self._sounds: dict[str, list[str]] = defaultdict(list)
        for word in known:
            for shorter in shortened(word):
                self._shortened[shorter].append(word)
            if len(word) >= _SHORTEST:
                self._sounds[sound(word)].append(word)

    def by(self, word: str) -> str:
        """The word that was meant, or nothing."""
        return next(self.each(word), "")

    def each(self, word: str) -> Iterator[str]:
        """The words that may have been meant, the likeliest first."""
        for shorter in (word, *shortened(word)):
            for known in self._shortened.get(shorter, ()):
                if known[0] == word[0] and slip(known, word):
                    yield known
        if len(word) >= _SHORTEST:
            for known in self._sounds.get(sound(word), ()):
                if known != word and SequenceMatcher(None, known, word).ratio() >= _ALIKE:
                    yield known


def sound(word: str) -> str:
    """What is heard of an English word, however it is spelt; all vowels count as one."""
    for spelt, heard in _SPELLINGS:
        word = word.replace(spelt, heard)
    return _VOWELS.sub("a", _SILENT.sub("", _SOFT_C.sub("s", word).translate(_SAME)))


def shortened(word: str) -> list[str]:
    """The word with each of its letters left out in turn."""
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def slip(known: str, word: str) -> bool:
    """Whether one letter left out, put in, changed, or exchanged with its neighbour explains it.

    A letter changed for one that sounds otherwise makes another English word of a short one
    (`wedding`, `welding`), so only in a long word is it read as a slip.
    """
    if abs(len(known) - len(word)) > 1 or known == word:
        return False
    if len(known) != len(word):
        longer, shorter = sorted((known, word), key=len, reverse=True)
        return shorter in shortened(longer)
    wrong = [i for i, (a, b) in enumerate(zip(known, word, strict=True)) if a != b]
    if len(wrong) == 2:
        i, j = wrong
        return j == i + 1 and known[i] == word[j] and known[j] == word[i]
    if len(wrong) != 1:
        return False
    pair = {known[wrong[0]], word[wrong[0]]}
    return len(word) > 6 or any(pair <= alike for alike in _SOUND_ALIKE)
