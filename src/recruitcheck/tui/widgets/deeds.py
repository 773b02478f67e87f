"""A row of buttons that goes on in the next line where the screen is narrow."""

from __future__ import annotations

from textual.geometry import NULL_OFFSET, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget


class _Flow(Layout):
    """Left to right, then down, as words of a text."""

    name = "flow"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        parent.pre_layout(self)
        del greedy
        viewport = parent.app.viewport_size
        placements: list[WidgetPlacement] = []
        x = y = 0
        for order, child in enumerate(children):
            margin = child.styles.margin
            width = min(child.get_content_width(size, viewport), max(size.width, 1))
            if x and x + width > size.width:
                x, y = 0, y + 1
            region = Region(x, y, width, 1)
            placements.append(
                WidgetPlacement(region, NULL_OFFSET, margin, child, order, False, False, False)
            )
            x += width + margin.right
        return placements


_FLOW = _Flow()


class Deeds(Widget):
    """Buttons beside each other, as many in a line as fit."""

    DEFAULT_CSS = "Deeds { height: auto; width: 1fr; margin: 1 0; }"

    @property
    def layout(self) -> Layout:
        return _FLOW
