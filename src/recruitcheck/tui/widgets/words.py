"""Text on a screen."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from recruitcheck.tui.text import safe


class Words(Static):
    """Text that is painted and never obeyed: a `str` goes through the safe boundary first."""

    DEFAULT_CSS = "Words { height: auto; }"

    def __init__(
        self,
        content: str | Content = "",
        *,
        style: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(_content(content, style), markup=False, id=id, classes=classes)

    def say(self, content: str | Content, style: str = "") -> None:
        """Show this. What stands there already is not laid out again: screens ask at every key."""
        told = _content(content, style)
        shown = self.content
        if not (isinstance(shown, Content) and told.is_same(shown)):
            self.update(told)


def _content(content: str | Content, style: str) -> Content:
    if isinstance(content, Content):
        return content
    return safe(content, style, lines=True)


def joined(*parts: str | tuple[str, str]) -> Content:
    """Several pieces, plain or `(text, style)`, as one `Content`; each made safe."""
    pieces = [
        safe(part, lines=True) if isinstance(part, str) else safe(part[0], part[1], lines=True)
        for part in parts
    ]
    return Content("").join(pieces)
