"""One line of typing."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual import events
from textual.app import App
from textual.widgets import Input

from recruitcheck.tui.text import cleaned, one_to_one, visible


class Line(Input):
    """One line of typing. What is pasted arrives on one line and without what cannot be seen."""

    DEFAULT_CSS = """
    Line { height: 1; border: none; padding: 0 1; background: $raised; color: $ink;
        &:focus { border: none; background: $mark; color: $onmark; }
        &>.input--placeholder { color: $faint; } }
    """

    def __init__(
        self, value: str = "", *, secret: bool = False, placeholder: str = "", id: str | None = None
    ) -> None:
        super().__init__(
            value, placeholder=visible(placeholder), password=secret, id=id, select_on_focus=False
        )

    @property
    def _value(self) -> Text:
        if self.password:
            return super()._value
        return Text(same_length(self.value), no_wrap=True, overflow="ignore", end="")

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._take(event.text)

    def action_paste(self) -> None:
        self._take(self.app.clipboard)
        self.app.notify("To paste from another program use Ctrl+Shift+V or the right mouse button.")

    def _take(self, text: str) -> None:
        kept, left_out = cleaned(text)
        self.replace(
            " ".join(kept.split()) if not self.password else kept.strip("\n"), *self.selection
        )
        tell_left_out(self.app, left_out)


def same_length(text: str) -> str:
    """`text` with what must not be painted replaced sign for sign, so the cursor stays true."""
    if text.isascii() and text.isprintable():
        return text
    return one_to_one(text)


def tell_left_out(app: App[Any], left_out: int) -> None:
    """Say how many signs of what was pasted were left out; nothing where there were none."""
    if left_out:
        app.notify(f"{left_out} signs that cannot be seen were left out of what you pasted.")
