"""Everything the app has said since it opened."""

from __future__ import annotations

import time

from textual.app import ComposeResult

from recruitcheck.tui.page import Page
from recruitcheck.tui.widgets.words import Words


class Messages(Page):
    """The newest first."""

    WAY = "Messages"
    HELP = "What the app told you since it opened, the newest first. It is forgotten at the end."
    needs_desk = False

    def compose_body(self) -> ComposeResult:
        said = self.app_.said
        yield Words("Messages", classes="heading")
        for at, message in reversed(said):
            yield Words(f"{time.strftime('%H:%M', time.localtime(at))}  {message}")
        if not said:
            yield Words(
                "Nothing was said yet. Confirmations and problems are collected here.",
                classes="faint",
            )
