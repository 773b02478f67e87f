"""The screen as plain text, for screen readers in the browser face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.push import Push

if TYPE_CHECKING:
    from recruitcheck.tui.app import RecruitcheckApp


class Mirror:
    """Tells the browser's page what is painted and what has the focus, when either changed."""

    def __init__(self, app: RecruitcheckApp) -> None:
        self._app = app
        self._last = ("", "")

    def tell(self, *, again: bool = False) -> None:
        """Hand over the screen, if it changed."""
        told = (painted(self._app), focus_words(self._app))
        if again or told != self._last:
            self._last = told
            send = getattr(self._app._driver, "mirror", None)
            if send is not None:
                send(*told)


def painted(app: RecruitcheckApp) -> str:
    """What is painted, line by line, without the blanks at the ends."""
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return "\n".join(lines).strip("\n")


def focus_words(app: RecruitcheckApp) -> str:
    """What has the focus, in words."""
    focused = app.screen.focused
    if focused is None:
        return ""
    if isinstance(focused, Push):
        return f"Button: {focused.render().plain.strip()}"
    field = next((a for a in focused.ancestors_with_self if isinstance(a, Field)), None)
    if field is not None:
        value = "hidden" if field.ask.kind == "secret" else field.value or "empty"
        return f"Field: {field.ask.label}: {value}"
    names = {
        "document": "The application. Shift and arrow keys mark a claim.",
        "passphrase": "Field: your passphrase",
        "people": "List of people",
        "passages": "List of passages",
    }
    return names.get(focused.id or "", "A list. Arrow keys move, Enter opens.")
