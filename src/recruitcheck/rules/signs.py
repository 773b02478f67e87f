"""Telling words of other scripts, and telling emoji.

They stand in the refusal files among the other terms, each in a class (`rules/lexicon.py`). A word
counts only whole, as it does in Latin letters: `حمل` is a pregnancy, `حملة` a campaign. What other
scripts join to a word without a gap (the article, `and`, a case ending) is no other word.

In a request every sign counts: nobody asks after an applicant with a hospital or a mosque by
chance. A page is full of them, so there a sign of an everyday class (🎂, 🚨, `मंदिर`) counts only
beside somebody who speaks of themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from recruitcheck.rules.phrasebook import Sheet

_NOT_LATIN = re.compile(r"[\u0590-\u1fff\u2190-\uabff\ufb1d-\U0001ffff]")
_VOWEL_SIGNS = r"\u0900-\u0903\u093a-\u094f\u0a01-\u0a03\u0a3c-\u0a51"
_JOINED_BEFORE = r"(?:[وفبكل]?ال|لل|[وفبكل])?"
"""And, so, with, like, for, and the article, in Arabic."""
_JOINED_AFTER = rf"(?:ا|ه|ها|هم|ين|ون|ات|ان|ي|وں|یں|ی|ے|[{_VOWEL_SIGNS}]+)?"
"""Endings of number and owner in Arabic and Urdu, of case in Hindi and Punjabi."""
_NO_LETTER_BEFORE = rf"(?<![^\W_])(?<![{_VOWEL_SIGNS}])"
_NO_LETTER_AFTER = rf"(?![^\W_]|[{_VOWEL_SIGNS}])"


class Entry(NamedTuple):
    """A sign's class and the refusal file that names it."""

    kind: str
    sheet: Sheet


class Seen(NamedTuple):
    """A sign in a folded text: from where to where, and its entry."""

    start: int
    end: int
    entry: Entry


@dataclass(slots=True)
class Signs:
    """All signs of the refusal files; filled while they are compiled."""

    entries: dict[str, Entry] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = None

    @staticmethod
    def holds(folded: str) -> bool:
        """Whether a folded term is written in another script or as an emoji."""
        return bool(_NOT_LATIN.search(folded))

    def add(self, folded: str, kind: str, sheet: Sheet) -> None:
        """Enter a folded term; the first file that names it keeps it."""
        self.entries.setdefault(folded, Entry(kind, sheet))

    def find(self, folded: str) -> Iterator[Seen]:
        """Where signs occur in a folded text, the longest at each place."""
        if self._pattern is None:
            self._pattern = self._compiled()
        for match in self._pattern.finditer(folded):
            group = 1 if match[1] is not None else 2
            yield Seen(*match.span(group), self.entries[match[group]])

    def _compiled(self) -> re.Pattern[str]:
        ordered = sorted(self.entries, key=len, reverse=True)
        words = "|".join(re.escape(sign) for sign in ordered if sign[0].isalpha())
        emoji = "|".join(re.escape(sign) for sign in ordered if not sign[0].isalpha())
        whole = f"{_JOINED_BEFORE}({words or '(?!)'}){_JOINED_AFTER}"
        return re.compile(f"{_NO_LETTER_BEFORE}{whole}{_NO_LETTER_AFTER}|({emoji or '(?!)'})")
