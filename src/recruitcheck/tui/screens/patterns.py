"""Patterns: what stands out across cases, by code and never by name."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.tui.page import Page
from recruitcheck.tui.tasks.search import text_task
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Column, Rows, Table
from recruitcheck.tui.widgets.words import Words

_STRENGTHS = {
    "flag": ("▲ look", "ask"),
    "refer": ("◆ refers", "ask"),
    "refuse": ("✗ stops", "stop"),
}


class Patterns(Page):
    """Signals, each with the requests and cases it rests on."""

    CSS_PATH = "audit.tcss"
    WAY = "Patterns"
    AUTO_FOCUS = "Table"
    ACTS: ClassVar[tuple[str, ...]] = ("record.note",)
    HELP = """What stands out: the same reason used where the claims differ, a vacancy where \
nearly everybody was searched, one person far from the rest, like claims treated differently. A \
pattern is a question, not a verdict; small numbers prove nothing.

Write a note to say what you make of one; HR reads it too."""

    def __init__(self) -> None:
        super().__init__()
        self._raised: tuple[Any, ...] = ()

    def compose_body(self) -> ComposeResult:
        yield Table(
            (Column("How much", 10), Column("What", 0, most=90), Column("Cases", 24)),
            empty="Nothing stands out.",
        )
        yield Words("", id="more", classes="faint")
        with Deeds(classes="buttons"):
            yield Push("record.note")

    async def load(self) -> None:
        from recruitcheck.steps import equality

        self._raised = await self.attempt(equality.signals, self.desk) or ()
        self.query_one(Table).show(
            Rows([(_STRENGTHS[r.strength], r.message, ", ".join(r.cases)) for r in self._raised])
        )

    def on_table_moved(self, event: Table.Moved) -> None:
        event.stop()
        if event.row < len(self._raised):
            raised = self._raised[event.row]
            self.query_one("#more", Words).say(
                f"{raised.message}\nRequests: {', '.join(raised.acts)}\n"
                f"Cases: {', '.join(raised.cases)}"
            )

    def why_not_record_note(self) -> str | None:
        return None if self._raised else "nothing stands out"

    def do_record_note(self) -> None:
        from recruitcheck.steps import equality
        from recruitcheck.tui.screens.form import FormPage

        raised = self._raised[self.query_one(Table).cursor]
        self.app.push_screen(
            FormPage(
                text_task(
                    "pattern",
                    "Note",
                    "What do you make of it?",
                    "Write it down",
                    raised.message,
                    lambda desk, text: equality.note(desk, raised.acts, text),
                    "Noted; HR reads it too.",
                ),
                draft=f"pattern:{raised.signal}",
            )
        )
