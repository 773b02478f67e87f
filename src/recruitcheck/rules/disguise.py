"""Disguises undone: what a text says once its hidden words are written plainly.

Each way of hiding a word has a small function that looks for its traces and proposes plain
readings; a reading counts only if it is a word of the vocabulary, so ordinary text, names, codes
and honest Unicode stay what they are. The plain words are put in place of the hidden ones, and
the screener reads the text again; places map back to the folded text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from recruitcheck.rules import disguised_letters as letters
from recruitcheck.rules import disguised_words as whole
from recruitcheck.rules.context import View
from recruitcheck.rules.fold import Folded
from recruitcheck.rules.lexicon import Lexicon
from recruitcheck.rules.readings import SHORT_TEXT, Given, Reading


@dataclass(frozen=True, slots=True)
class Hidden:
    """The text with its hidden words written plainly, and where they stand in it."""

    folded: Folded
    written: str
    """The same with the capitals that it was given with."""
    spots: tuple[tuple[int, int], ...]
    origins: tuple[tuple[int, int], ...]
    sure: tuple[bool, ...]

    def given(self, start: int, end: int) -> tuple[int, int]:
        """A span of the plain text as a span of the folded text it was made from."""
        return self._origin(start, first=True), self._origin(end, first=False)

    def shows(self, start: int, end: int) -> bool | None:
        """Whether a span was surely hidden; None: it was not hidden at all."""
        touched = [
            s for (a, b), s in zip(self.spots, self.sure, strict=True) if a < end and start < b
        ]
        return any(touched) if touched else None

    def _origin(self, place: int, *, first: bool) -> int:
        shift = 0
        for (a, b), (c, d) in zip(self.spots, self.origins, strict=True):
            inside = a <= place < b if first else a < place <= b
            if inside:
                return c if first else d
            if place >= b:
                shift = d - b
        return place + shift


def uncover(
    text: str, folded: Folded, lexicon: Lexicon, view: View, *, asked: bool
) -> tuple[Hidden, ...]:
    """The plain readings of a text that hides words of the vocabulary; nearly always none.

    `view` is the folded text. `asked`: the text is a request, so slips of the pen and short words
    are read too; in a long page only the ways that a page could be written in are.
    """
    given = Given(text, folded, lexicon, view.words, view.there, asked)
    readings = [reading for find in _WAYS for reading in find(given)]
    if asked or len(text) < SHORT_TEXT:
        readings += [reading for find in _COSTLY_WAYS for reading in find(given)]
    if asked:
        readings += whole.misspelt(given)
    if not readings:
        return ()
    readings.sort(key=lambda r: (r[0], -r[1], not r[3]))
    kept: list[Reading] = []
    for reading in readings:
        if not kept or reading[0] >= kept[-1][1]:
            kept.append(reading)
    return (_written_plainly(kept, view),)


def _written_plainly(kept: list[Reading], view: View) -> Hidden:
    """The text with these words in place of what hid them, folded and with its capitals."""
    plain_text: list[str] = []
    written: list[str] = []
    spots: list[tuple[int, int]] = []
    length, last = 0, 0
    for start, end, plain, _ in kept:
        plain_text += [view.text[last:start], plain]
        written += [view.given[last:start], plain]
        length += start - last
        spots.append((length, length + len(plain)))
        length += len(plain)
        last = end
    plain_text.append(view.text[last:])
    written.append(view.given[last:])
    origins = tuple((start, end) for start, end, _, _ in kept)
    sure = tuple(reading[3] for reading in kept)
    folded = Folded("".join(plain_text))
    return Hidden(folded, "".join(written), tuple(spots), origins, sure)


_WAYS: tuple[Callable[[Given], Iterator[Reading]], ...] = (
    letters.leet, letters.spaced, letters.repeated, letters.flags, letters.struck, whole.turned,
    whole.joined,
)  # fmt: skip
_COSTLY_WAYS: tuple[Callable[[Given], Iterator[Reading]], ...] = (whole.encoded, whole.parted)
