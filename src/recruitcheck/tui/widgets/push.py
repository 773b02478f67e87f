"""A button for an action of the registry, with the reason beside it when it cannot run now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.widget import Widget

from recruitcheck.tui.actions import ACTIONS
from recruitcheck.tui.text import shortened, visible

if TYPE_CHECKING:
    from recruitcheck.tui.page import Page


class Push(Widget, can_focus=True):
    """Enter, Space or a click runs the action; one that cannot run says why, and says it again
    when pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", "Press", show=False),
    ]
    DEFAULT_CSS = """
    Push {
        width: auto; height: 1; color: $ondeed; background: $deed; text-style: bold;
        margin: 0 1 0 0; pointer: pointer;
        &:focus { background: $focus; color: $onfocus; }
        &.-blocked { background: $raised; color: $faint; text-style: none; }
        &.-blocked:focus { background: $focus; color: $onfocus; }
        &.-plain { background: $raised; color: $ink; text-style: none; }
        &.-plain:focus { background: $focus; color: $onfocus; text-style: bold; }
    }
    """

    def __init__(
        self, act: str, words: str = "", *, plain: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id or "push-" + act.replace(".", "-"))
        self.act = ACTIONS[act]
        self.words = words or self.act.words
        self._why: str | None = None
        self._said: str | None = None
        """The reason as far as it is shown: of buttons that wait for the same, the last says it."""
        self.set_class(plain, "-plain")

    def on_mount(self) -> None:
        self.ask_again()

    @property
    def _page(self) -> Page:
        """The screen, which is a page wherever there are buttons."""
        return cast("Page", self.screen)

    def ask_again(self) -> None:
        """Ask the screen whether the action can run, and show the answer."""
        why = self._page.why_not(self.act.id)
        said = None if self._beside_says(why) else why
        if (why, said) != (self._why, self._said):
            self._why, self._said = why, said
            self.set_class(bool(why), "-blocked")
            self.refresh(layout=True)

    def _beside_says(self, why: str | None) -> bool:
        row = list(self.parent.children) if self.parent else []
        after = row[row.index(self) + 1 :][:1]
        return any(isinstance(one, Push) and one._why == why for one in after)

    def render(self) -> Content:
        if not self._said:
            return Content(f" {self.words} ")
        return Content(shortened(f" {self.words}  \u2190 {visible(self._said)} ", self._room()))

    def _room(self) -> int:
        """As wide as the row of buttons; a longer reason ends in an ellipsis, and pressing tells it
        whole."""
        row = self.parent.size.width if isinstance(self.parent, Widget) else 0
        return row or self.screen.size.width

    async def on_click(self, event: Click) -> None:
        event.stop()
        await self.action_press()

    async def action_press(self) -> None:
        await self._page.action_do(self.act.id)
