"""What the ways of undoing a disguise look at, and what they answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from recruitcheck.rules.fold import Folded
from recruitcheck.rules.lexicon import Lexicon

Reading = tuple[int, int, str, bool]
"""Start and end in the folded text, what it says plainly, and whether only a disguise would be
written so; otherwise the words around it decide, as for any word."""
SHORT_TEXT = 1000
"""Characters up to which every way is tried; longer texts are pages."""


class Given(NamedTuple):
    """One text as the ways of undoing see it."""

    text: str
    folded: Folded
    lexicon: Lexicon
    words: list[str]
    there: set[str]
    asked: bool


def longest(size: int) -> Iterator[tuple[int, int]]:
    """Where the parts of a word of that size begin and end, the longest first."""
    for length in range(min(size, 40), 2, -1):
        for a in range(size - length + 1):
            yield a, a + length
