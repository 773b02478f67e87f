"""The command palette: every action of the screen and of the app, by name. One that cannot run
now stays in its place and says why."""

from __future__ import annotations

from functools import partial

from textual.command import (
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
    SearchIcon,
)

from recruitcheck.tui.actions import ACTIONS, EVERYWHERE, Act
from recruitcheck.tui.page import Page


class Commands(CommandPalette):
    """The palette, with a plain sign for what Textual draws as an emoji."""

    def on_mount(self) -> None:
        self.query_one(SearchIcon).icon = "?"


class PageCommands(Provider):
    """Actions of the page below the palette."""

    def _acts(self) -> list[tuple[Act, str]]:
        page = self.screen
        if not isinstance(page, Page):
            return []
        return [
            (ACTIONS[name], page.why_not(name) or "")
            for name in dict.fromkeys((*page.ACTS, *EVERYWHERE))
            if name != "app.commands"
        ]

    def _words(self, act: Act, why: str) -> tuple[str, str]:
        keys = f"   {act.key_words}" if act.keys else ""
        return (
            f"{act.words}{keys}",
            f"not now: {why}" if why else act.help,
        )

    async def discover(self) -> Hits:
        for act, why in self._acts():
            words, help_ = self._words(act, why)
            yield DiscoveryHit(words, partial(self._run, act.id), help=help_)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for act, why in self._acts():
            words, help_ = self._words(act, why)
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), partial(self._run, act.id), help=help_)

    async def _run(self, act_id: str) -> None:
        page = self.screen
        if isinstance(page, Page):
            await page.action_do(act_id)
