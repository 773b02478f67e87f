"""Jump: a letter on everything that can be reached."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from recruitcheck.tui.widgets.words import Words


class Jump(ModalScreen[None]):
    """Press a letter to go there; any other key closes it."""

    DEFAULT_CSS = """
    Jump { background: transparent; layers: base letters; }
    Jump Words { layer: letters; position: absolute; width: 3; background: $focus;
        color: $onfocus; text-style: bold; }
    """

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._targets: dict[str, Widget] = {}
        for widget in below.focus_chain:
            if len(self._targets) == len(ascii_lowercase):
                break
            if widget.region:
                self._targets[ascii_lowercase[len(self._targets)]] = widget

    def compose(self) -> ComposeResult:
        for letter, widget in self._targets.items():
            label = Words(f" {letter} ")
            label.styles.offset = (widget.region.x, widget.region.y)
            yield label

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        target = self._targets.get(event.key)
        self.dismiss()
        if target is not None:
            self.app.call_later(target.focus)

    def on_click(self) -> None:
        self.dismiss()
