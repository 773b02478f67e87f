"""The application document, read-only, in which claims are marked with keyboard or mouse."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import ClassVar
from unicodedata import category

from rich.style import Style
from rich.text import Text
from textual.widgets import TextArea

from recruitcheck.tui.text import one_to_one

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that put no blanks between words, where a word has no edge to be found."""


def _cuts_a_word(text: str, at: int) -> bool:
    """Whether the place before this sign lies inside a word."""
    pair = text[max(at - 1, 0) : at + 1]
    return len(pair) == 2 and all(category(c)[0] in "LMN" and not _UNSPACED.match(c) for c in pair)


class ClaimDocument(TextArea):
    """What is shown has the same offsets as what is recorded: one sign for each code point.

    Shift with the arrow keys, or the mouse, marks; `marked` is the half-open span in code points.
    Claims marked earlier are painted and underlined.
    """

    DEFAULT_CSS = """
    ClaimDocument { border: none; padding: 0 1; background: $paper; color: $ink;
        scrollbar-size-vertical: 1;
        & .text-area--selection { background: $focus; color: $onfocus; }
        & .text-area--cursor { background: $ink; color: $paper; } }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"document--claim"}

    def __init__(self, text: str, *, id: str | None = None) -> None:
        shown = one_to_one(text)
        super().__init__(
            shown,
            read_only=True,
            soft_wrap=True,
            id=id,
            theme="css",
            highlight_cursor_line=False,
            compact=True,
            show_cursor=True,
        )
        self._starts = [0, *accumulate(len(line) + 1 for line in shown.split("\n"))]
        self._claims: tuple[tuple[int, int], ...] = ()

    def paint(self, spans: Iterable[tuple[int, int]]) -> None:
        """Paint these spans as claims that were marked earlier."""
        self._claims = tuple(sorted(spans))
        self._line_cache.clear()
        self.refresh()

    @property
    def marked(self) -> tuple[int, int]:
        """The marked span as offsets; empty (both the same) when nothing is marked.

        Blanks at both ends are left out and a word that was cut is taken whole, because nobody
        means half a word, and no search could be made of one.
        """
        start, end = sorted(
            (self.offset_of(*self.selection.start), self.offset_of(*self.selection.end))
        )
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            return start, end
        while _cuts_a_word(text, start):
            start -= 1
        while _cuts_a_word(text, end):
            end += 1
        return start, end

    def offset_of(self, row: int, column: int) -> int:
        """Offset of a place in the document."""
        return self._starts[row] + column

    def place_of(self, offset: int) -> tuple[int, int]:
        """Row and column of an offset."""
        row = max(bisect_right(self._starts, offset) - 1, 0)
        return row, offset - self._starts[row]

    def show_span(self, start: int, end: int) -> None:
        """Mark a span and bring it into view."""
        from textual.widgets.text_area import Selection

        self.selection = Selection(self.place_of(start), self.place_of(end))
        self.scroll_cursor_visible(center=True)

    def get_line(self, line_index: int) -> Text:
        line = Text(self.document.get_line(line_index), end="", no_wrap=True)
        begin, after = self._starts[line_index], self._starts[line_index] + len(line)
        for start, end in self._claims:
            if start < after and end > begin:
                line.stylize(self._claim_style(), max(start - begin, 0), min(end, after) - begin)
        return line

    def _claim_style(self) -> Style:
        variables = self.app.theme_variables
        return Style(color=variables["onmark"], bgcolor=variables["mark"], underline=True)
