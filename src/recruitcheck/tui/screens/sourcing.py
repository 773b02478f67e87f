"""Candidate finding: the one search without a quote, and the one that names nobody."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.reports import page
from recruitcheck.tui.deliver import deliver
from recruitcheck.tui.page import Page
from recruitcheck.tui.screens.form import FormPage
from recruitcheck.tui.tasks import sourcing as tasks
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Column, Rows, Table
from recruitcheck.tui.widgets.words import Words


class Sourcing(Page):
    """Ask, look where people advertise themselves, note whom you approach, tell them."""

    CSS_PATH = "audit.tcss"
    WAY = "Find candidates"
    ACTS: ClassVar[tuple[str, ...]] = ("sourcing.ask", "sourcing.approach", "sourcing.told")
    HELP = """Look for people who advertise themselves to employers, with the words of the \
advertisement and no others, and nobody's name. Note nobody until you decide to approach them; \
from then on a clock runs to tell them that you hold their name.

Whoever applies is an applicant from then on: what you saw plays no part."""

    def __init__(self) -> None:
        super().__init__()
        self._look: Any = None
        self._candidates: tuple[Any, ...] = ()

    def compose_body(self) -> ComposeResult:
        yield Words(
            "Ask first, for one post; the answer says where to look, and with which words.",
            id="look",
        )
        with Deeds():
            yield Push("sourcing.ask")
            yield Push("sourcing.approach", plain=True)
            yield Push("sourcing.told", plain=True)
        yield Table(
            (
                Column("Name", 0, most=40),
                Column("Where", 30),
                Column("Tell by", 14),
                Column("Told", 14),
            ),
            empty="Nobody is to be approached yet.",
        )

    async def load(self) -> None:
        from recruitcheck.steps import sourcing

        self._candidates = await self.ask(sourcing.candidates, self.desk)
        self.query_one(Table).show(
            Rows([(c.name, c.where, _day(c.told_by), _day(c.told_on) or "– not yet")
                  for c in self._candidates])
        )  # fmt: skip

    async def do_sourcing_ask(self) -> None:
        self.app.push_screen(
            FormPage(await self.ask(tasks.question, self.desk), then=self._decided)
        )

    def _decided(self, look: Any) -> None:
        self._look = look
        self.query_one("#look", Words).say(f"✓ {tasks.permitted(look)}")
        self.ask_again()

    def why_not_sourcing_approach(self) -> str | None:
        return None if self._look is not None else "ask first"

    def do_sourcing_approach(self) -> None:
        asked = self._look.sourcing.id
        self.app.push_screen(FormPage(tasks.approach(asked), then=self._noted))

    def _noted(self, made: Any) -> None:
        """Hand over the notice that goes with the first contact."""
        candidate, notice = made
        deliver(self, page.html(notice), f"notice-{candidate.id}.html", "text/html")

    def why_not_sourcing_told(self) -> str | None:
        return None if self._chosen() else "choose somebody who was not told yet"

    def _chosen(self) -> Any:
        at = self.query_one(Table).cursor
        held = self._candidates[at] if at < len(self._candidates) else None
        return held if held is not None and not held.told_on else None

    async def do_sourcing_told(self) -> None:
        from recruitcheck.steps import sourcing

        if await self.attempt(sourcing.told, self.desk, self._chosen().id) is not None:
            await self.load()


def _day(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else ""
