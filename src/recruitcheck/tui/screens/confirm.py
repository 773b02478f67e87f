"""A question with two answers, for what is hard to undo. The word on the button is the deed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.widget import Widget

from recruitcheck.tui.text import safe
from recruitcheck.tui.widgets.words import Words


class Answer(Widget, can_focus=True):
    """One of the two."""

    DEFAULT_CSS = """
    Answer { width: auto; height: 1; margin: 0 2 0 0; background: $raised; color: $ink;
        &:focus { background: $focus; color: $onfocus; text-style: bold; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "choose", show=False)]

    def __init__(self, words: str, value: bool) -> None:
        super().__init__()
        self._words, self._value = words, value

    def render(self) -> Content:
        return safe(f" {self._words} ")

    def action_choose(self) -> None:
        self.screen.dismiss(self._value)

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_choose()


class Confirm(ModalScreen[bool]):
    """True only when the deed's own button was pressed; Esc and “Leave it” mean no."""

    DEFAULT_CSS = """
    Confirm { align: center middle; }
    Confirm > Vertical { width: 64; max-width: 95%; height: auto; border: round $focus;
        background: $paper; padding: 1 2; }
    Confirm Horizontal { height: auto; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(False)", show=False)]

    def __init__(self, question: str, deed: str) -> None:
        super().__init__()
        self.question, self._deed = question, deed

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Words(self.question)
            with Horizontal():
                yield Answer("Leave it", False)
                yield Answer(self._deed, True)
