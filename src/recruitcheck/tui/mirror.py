"""The screen as plain text, and what has the focus in words, for screen readers in the browser."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from textual.command import CommandList, CommandPalette
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import OptionList, TextArea

from recruitcheck.tui.page import Page
from recruitcheck.tui.screens.confirm import Answer
from recruitcheck.tui.text import visible
from recruitcheck.tui.widgets.document import ClaimDocument
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Table

if TYPE_CHECKING:
    from recruitcheck.tui.app import RecruitcheckApp

_FRAMES = dict.fromkeys(range(9472, 9632), " ")
"""Lines, corners and blocks, which nobody wants to hear."""
_NAMES = {
    "passphrase": "Field: your passphrase",
    "filter": "Field: filter",
    "people": "List of people",
    "passages": "List of passages",
}


class Mirror:
    """Tells the browser's page what is painted and what has the focus, when either changed.

    A new page's name, and what the app said last, stand before the focus until that moves, so that
    they are heard once.
    """

    def __init__(self, app: RecruitcheckApp) -> None:
        self._app = app
        self._last = ("", "", False)
        self._focus = self._news = ""
        self._heard = len(app.said)
        self._page: object = None

    def tell(self, *, again: bool = False) -> None:
        """Hand over the screen, if it changed."""
        focus = focus_words(self._app)
        said = self._app.said
        page = self._app.screen
        if len(said) != self._heard:
            self._heard, self._news = len(said), said[-1][1] if said else ""
        elif page is not self._page:
            self._news = f"Page: {page.way()}." if isinstance(page, Page) else ""
        elif focus != self._focus:
            self._news = ""
        self._page = page
        self._focus = focus
        heard = " ".join(filter(None, (self._news, focus)))
        told = (painted(self._app), heard, not self._app.current_theme.dark)
        if again or told != self._last:
            self._last = told
            send = getattr(self._app._driver, "mirror", None)
            if send is not None:
                send(*told)


def painted(app: RecruitcheckApp) -> str:
    """What is painted, line by line, without frames; halves that stand beside each other are read
    one after the other."""
    strips = app.screen._compositor.render_strips()
    halves = [half.region for half in app.screen.query("#halves > *")]
    if halves:
        top, bottom = halves[0].y, halves[0].bottom
        sides = [strip.crop(h.x, h.right) for h in halves for strip in strips[top:bottom]]
        strips = [*strips[:top], *sides, *strips[bottom:]]
    lines = [_plain(strip) for strip in strips]
    kept = [line for words, run in groupby(lines, bool) for line in (run if words else [""])]
    return "\n".join(kept).strip("\n")


def _plain(strip: Strip) -> str:
    return "".join(segment.text for segment in strip).translate(_FRAMES).rstrip()


def focus_words(app: RecruitcheckApp) -> str:
    """What has the focus, in words; in a list the line under the cursor."""
    focused = app.screen.focused
    if focused is None:
        return ""
    if isinstance(app.screen, CommandPalette):
        return _option(app.screen.query_one(CommandList))
    told = next((tell for kind, tell in _TOLD.items() if isinstance(focused, kind)), None)
    if told is not None:
        return told(focused)
    field = next((a for a in focused.ancestors_with_self if isinstance(a, Field)), None)
    if field is not None:
        value = "hidden" if field.ask.kind == "secret" else field.words or "empty"
        return f"Field: {field.ask.question}: {value}"
    return _NAMES.get(focused.id or "", "A field")


def _button(button: Widget) -> str:
    """A button with what it asks, or why it cannot be pressed now."""
    question = getattr(button.screen, "question", "")
    words = str(button.render()).strip().replace("\u2190 ", "not now: ")
    return f"{question} Button: {words}".strip()


def _row(table: Table) -> str:
    """The row under the cursor, each cell behind the name of its column."""
    total = table.source.total
    if not total:
        return f"An empty list. {table.empty}"
    cells = [cell if isinstance(cell, str) else cell[0] for cell in table.row(table.cursor)]
    told = [
        f"{column.title}: {visible(cell)}"
        for column, cell in zip(table.columns, cells, strict=False)
        if cell
    ]
    return f"Line {table.cursor + 1} of {total}. {'; '.join(told)}"


def _option(choices: OptionList) -> str:
    at = choices.highlighted
    field = next((a for a in choices.ancestors if isinstance(a, Field)), None)
    name = field.ask.label if field else _NAMES.get(choices.id or "", "A list")
    if at is None:
        return f"{name}. Arrow keys move, Enter chooses."
    prompt = " ".join(str(choices.get_option_at_index(at).prompt).split())
    return f"{name}, {at + 1} of {choices.option_count}: {visible(prompt)}"


def _place(document: TextArea) -> str:
    """The line in which the cursor stands, or the words that are marked."""
    if words := " ".join(document.selected_text.split()):
        return f"Marked: {words}"
    row = document.cursor_location[0]
    line = document.document.get_line(row)
    return f"The application, line {row + 1}: {line}. Shift and arrow keys mark a claim."


_TOLD: dict[type[Widget], Callable[[Any], str]] = {
    Push: _button,
    Answer: _button,
    Table: _row,
    OptionList: _option,
    ClaimDocument: _place,
}
