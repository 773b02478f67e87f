"""Help for the screen one is on and the field one is in, and every key of it. Works offline."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from recruitcheck.tui.actions import ACTIONS, EVERYWHERE, spoken
from recruitcheck.tui.page import Page
from recruitcheck.tui.text import safe
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.words import Words

_SEARCH = """The rule behind everything here: no quoted claim, no search. You mark what the \
applicant says, say why it must be checked for this post, and the tool looks only there, shows \
only what bears on the claim, and keeps nothing else. Everything you record can be read by HR."""


class Help(Page):
    """What the screen below is for."""

    WAY = "Help"
    ACTS: ClassVar[tuple[str, ...]] = ()
    HELP = "Esc closes this help."
    needs_desk = False

    def __init__(self, about: Page) -> None:
        super().__init__()
        self._about = about

    def compose_body(self) -> ComposeResult:
        about = self._about
        yield Words(about.way() or "This screen", classes="heading")
        yield Words(about.HELP)
        focused = about.focused
        field = (
            next((a for a in focused.ancestors_with_self if isinstance(a, Field)), None)
            if focused
            else None
        )
        if field and field.ask.help:
            yield Words(f"The field “{field.ask.label}”", classes="heading gap")
            yield Words(field.ask.help)
        yield Words("What can be done here", classes="heading gap")
        yield Words(self._keys(about, about.ACTS))
        yield Words("Everywhere", classes="heading gap")
        yield Words(self._keys(about, EVERYWHERE))
        yield Words(
            "Tab and Shift+Tab move, arrow keys choose, Enter presses. The mouse works "
            "everywhere. Paste with Ctrl+Shift+V or the right mouse button.",
            classes="faint",
        )
        yield Words("Why it works this way", classes="heading gap")
        yield Words(_SEARCH)

    def _keys(self, about: Page, names: tuple[str, ...]) -> Content:
        colours = self.app.theme_variables
        lines = []
        for name in names:
            act = ACTIONS[name]
            key = spoken(about.keys_of(name).split(",")[0]) if about.keys_of(name) else ""
            why = about.why_not(name)
            words = [
                Content.assemble((f"{key:>8}  ", f"bold {colours['key']}")),
                safe(f"{act.words}", "bold"),
                safe(f"  {act.help}"),
            ]
            if why:
                words.append(safe(f"  (not now: {why})", colours["faint"]))
            lines.append(Content("").join(words))
        return Content("\n").join(lines)
