"""The phrases of the refusal files, compiled for a use when a text of that use is first screened.

A page is looked through with other phrases than a request, so a start with one kind of text does
not pay for the rest. What is compiled never depends on what was screened before.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from recruitcheck.rules.fold import fold
from recruitcheck.rules.phrases import Common, Groups, Phrase, only_words, spread, worded

USES = ("request", "passage", "any", "reason", "office", "own")
"""What a section of phrases is for, by the first part of its name."""
_KINDS: dict[str, tuple[str, ...]] = {
    "request": ("query", "justification"),
    "reason": ("query", "justification"),
    "passage": ("passage",),
    "any": ("passage", "query", "justification"),
    "office": ("office",),
    "own": ("own",),
}
_ASKED = ("query", "justification")
"""These two are compiled together: they share all phrases that have brackets."""


class Sheet(NamedTuple):
    """What a refusal file says besides its words."""

    id: str
    rule: str
    characteristic: str | None
    outcome: str


Said = dict[str, dict[str, list[tuple[tuple[str, ...], Sheet]]]]
"""Phrases that are nothing but words, by their first word and then their second."""
Phrases = dict[str, list[tuple[Phrase, Sheet]]]
"""The other phrases, by a word that occurs wherever they do."""


class Use(NamedTuple):
    """The phrases of one use. `firsts` and `triggers` are the keys of the two tables."""

    said: Said
    phrases: Phrases
    firsts: frozenset[str]
    triggers: frozenset[str]


class _Section(NamedTuple):
    kinds: tuple[str, ...]
    sheet: Sheet
    text: str
    listed: bool
    """Separated by commas, as wordings are; otherwise a line for each phrase."""


class Phrasebook:
    """All sections of phrases, and what has been compiled of them."""

    __slots__ = ("_common", "_groups", "_sections", "_uses")

    def __init__(self, groups: Groups, common: Common) -> None:
        """`groups` are those that phrases name in capitals."""
        self._groups = groups
        self._common = common
        self._sections: list[_Section] = []
        self._uses: dict[str, Use] = {}

    def add(self, table: Mapping[str, Any], sheet: Sheet) -> None:
        """Take the wordings and phrases of one refusal file."""
        for part, listed in (("wordings", True), ("phrases", False)):
            for name, text in table.get(part, {}).items():
                kinds = _KINDS[name.split("_")[0]]
                self._sections.append(_Section(kinds, sheet, text, listed))

    def use(self, name: str) -> Use:
        """The phrases of one use: query, justification, passage, office or own."""
        if name not in self._uses:
            with no_collecting():
                self._uses.update(self._compiled(_ASKED if name in _ASKED else (name,)))
        return self._uses[name]

    @property
    def telling(self) -> frozenset[str]:
        """Words by which the phrases of a request are looked for."""
        return self.use("query").triggers

    def _compiled(self, names: tuple[str, ...]) -> dict[str, Use]:
        said: dict[str, Said] = {name: {} for name in names}
        phrases: Phrases = {}
        for section in self._sections:
            if names[0] not in section.kinds:
                continue
            sheet = section.sheet
            for part in _parts(section):
                if not only_words(part):
                    phrase = Phrase(part, self._groups, self._common)
                    for trigger in phrase.triggers:
                        phrases.setdefault(trigger, []).append((phrase, sheet))
                    continue
                first, *rest = part.split()
                # One word of a reason may be a word of the work in a query, several hardly.
                wanted = names if rest or sheet.characteristic else names[-1:]
                for name in wanted:
                    by_second = said[name].setdefault(first, {})
                    by_second.setdefault(rest[0] if rest else "", []).append((tuple(rest), sheet))
        triggers = frozenset(phrases)
        return {n: Use(said[n], phrases, frozenset(said[n]), triggers) for n in names}


@contextmanager
def no_collecting() -> Iterator[None]:
    """Thousands of lasting objects are made here: searching them for rubbish doubles the time.

    Afterwards they are set aside: no later search, nor the one at the end, goes through them.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _parts(section: _Section) -> Iterator[str]:
    if section.listed:
        yield from worded(_plain(section.text))
        return
    for line in section.text.splitlines():
        if line and not line.isspace() and line[0] != "#":
            yield from spread(_plain(line.strip()))


def _plain(line: str) -> str:
    """A phrase with accents folded, as the text it is tried on; capitals name groups and stay."""
    if line.isascii():
        return line
    return " ".join(w if w.isupper() else fold(w).text for w in line.split(" "))
