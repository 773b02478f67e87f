"""The frame of every screen: where I am, what was said last, and what I can press."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.widget import Widget

from recruitcheck.tui.actions import ACTIONS, spoken
from recruitcheck.tui.text import safe, shortened
from recruitcheck.tui.widgets.words import Words

if TYPE_CHECKING:
    from recruitcheck.tui.page import Page


class Crumbs(Widget):
    """The top line: the way here on the left, who is at work on the right."""

    DEFAULT_CSS = """
    Crumbs { height: 1; dock: top; background: $raised; color: $ink; padding: 0 1; }
    """
    way: reactive[str] = reactive("")
    who: reactive[str] = reactive("")

    def render(self) -> Content:
        width = self.size.width
        who = shortened(self.who, max(width // 2, 10))
        room = max(width - cell_len(who) - 2, 8)
        way = shortened(self.way, room)
        gap = " " * max(width - cell_len(way) - cell_len(who), 1)
        return Content.assemble((way, "bold"), gap, who)


class Hints(Widget):
    """The bottom line: at most six actions of this screen, the most used first; clickable."""

    DEFAULT_CSS = """
    Hints { height: 1; dock: bottom; background: $raised; color: $ink; padding: 0 1; }
    """
    _painted = Content("")

    @property
    def _page(self) -> Page:
        """The screen, which is a page wherever this line stands."""
        return cast("Page", self.screen)

    def _shown(self) -> list[tuple[str, int, int, Content]]:
        """(action, first column, column after the last, text) of each, as far as they fit."""
        page = self._page
        wanted = [a for a in page.ACTS if ACTIONS[a].keys and not page.why_not(a)][:4]
        wanted += [a for a in ("app.back", "app.help", "app.commands") if a not in wanted]
        shown, x = [], 0
        key_colour = self.app.theme_variables.get("key", "")
        for act_id in wanted:
            keys = page.keys_of(act_id)
            words = page.named(act_id) if act_id != "app.back" or page.leads_back else ""
            if not words or not keys:
                continue
            key = spoken(keys.split(",")[0])
            piece = Content.assemble((key, f"bold {key_colour}"), " ", words, "   ")
            if x + piece.cell_length - 3 > self.size.width:
                continue
            shown.append((act_id, x, x + piece.cell_length - 3, piece))
            x += piece.cell_length
        return shown

    def ask_again(self) -> None:
        """Paint the line again if other actions can run now than it shows."""
        if not self.told().is_same(self._painted):
            self.refresh()

    def told(self) -> Content:
        """The whole line."""
        return Content("").join(piece for _, _, _, piece in self._shown())

    def render(self) -> Content:
        self._painted = self.told()
        return self._painted

    async def on_click(self, event: Click) -> None:
        for act_id, start, end, _ in self._shown():
            if start <= event.x - 1 < end:
                await self._page.action_do(act_id)


class Notice(Words):
    """What went wrong or was done, in place, until it is closed with Esc or a click."""

    DEFAULT_CSS = """
    Notice { dock: bottom; margin: 0 0 1 0; padding: 0 1; display: none; background: $sheet;
        color: $ink; border: round $go; max-height: 10; overflow-y: auto;
        &.-shown { display: block; }
        &.-wrong { border: round $stop; } }
    """

    def tell(self, message: str, hint: str = "", *, wrong: bool = False, kept: str = "") -> None:
        """Show a message: what happened, what was kept, what to do."""
        colours = self.app.theme_variables
        sign = ("✗ ", f"bold {colours['stop']}") if wrong else ("✓ ", f"bold {colours['go']}")
        parts = [Content.assemble(sign), safe(message, "bold" if wrong else "", lines=True)]
        parts += [safe(f"\n{words}", lines=True) for words in (kept, hint) if words]
        if wrong:
            parts.append(safe("\nEsc closes this.", colours["faint"], lines=True))
        self.say(Content("").join(parts))
        self.set_class(wrong, "-wrong")
        self.add_class("-shown")

    def close(self) -> bool:
        """Close it; False when it was not open."""
        was = self.has_class("-shown")
        self.remove_class("-shown")
        return was

    def on_click(self) -> None:
        self.close()
