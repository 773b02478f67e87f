"""A table that holds only the rows it shows.

Textual's DataTable takes 13 seconds and 174 MiB for 100,000 rows; this one asks its source for
pages of 128 rows and keeps a few of them, so a million rows open as fast as ten. Cells are plain
text by construction.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from recruitcheck.tui.text import shortened, visible
from recruitcheck.tui.widgets.words import Words

Cell = str | tuple[str, str]
"""Text, or (text, component class suffix): `go`, `stop`, `ask`, `faint`."""
_PAGE = 128
"""Rows asked for at once: more than the tallest terminal shows, so that it needs two at most."""
_PAGES_KEPT = 8
_LINES_KEPT = 512
"""Painted lines: some screens up and down."""
_WIDE = 92
"""Columns from which a table shows everything."""


class Source(Protocol):
    """Where rows come from."""

    @property
    def total(self) -> int: ...

    def page(self, start: int, count: int) -> Sequence[Sequence[Cell]]:
        """Rows `start` to `start + count`, fewer at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and its width in columns; one column with width 0 takes what is left."""

    title: str
    width: int = 0
    wide_only: bool = False
    """Left out where the table is narrow."""
    narrow: int = 0
    """Width where the table is narrow, if another."""
    most: int = 0
    """Where the column takes what is left: no more than this, so that a row is read as one."""


class Rows:
    """A source over a list that is already in memory."""

    def __init__(self, rows: Sequence[Sequence[Cell]] = ()) -> None:
        self._rows = rows

    @property
    def total(self) -> int:
        return len(self._rows)

    def page(self, start: int, count: int) -> Sequence[Sequence[Cell]]:
        return self._rows[start : start + count]


class Whole(Words):
    """What the columns of a table had to cut from the row under its cursor, in two lines."""

    DEFAULT_CSS = "Whole { height: 2; color: $faint; padding: 0 1; }"

    def tell(self, table: Table) -> None:
        """Say it; where even two lines are too few, the longest text gives way."""
        cut = table.cut(table.cursor)
        room = 2 * max(self.size.width - 4, 20) - 3 * len(cut)
        if cut:
            longest = max(cut, key=len)
            rest = sum(len(words) for words in cut) - len(longest)
            cut = [shortened(w, max(room - rest, 20)) if w is longest else w for w in cut]
        self.say(" · ".join(cut))


class Table(ScrollView, can_focus=True):
    """Rows with a cursor; Enter or a second click chooses one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--head",
        "table--row",
        "table--cursor",
        "table--cursor-blurred",
        "table--go",
        "table--stop",
        "table--ask",
        "table--faint",
        "table--empty",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "leap(-1)", show=False),
        Binding("pagedown", "leap(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    DEFAULT_CSS = """
    Table { background: $paper; height: 1fr; scrollbar-size-vertical: 1;
        & > .table--head { color: $faint; text-style: bold; background: $sheet; }
        & > .table--row { color: $ink; }
        & > .table--cursor { color: $onchosen; background: $chosen; text-style: bold; }
        & > .table--cursor-blurred { color: $ink; background: $raised; }
        & > .table--go { color: $go; } & > .table--stop { color: $stop; }
        & > .table--ask { color: $ask; } & > .table--faint { color: $faint; }
        & > .table--empty { color: $faint; } }
    """

    cursor: reactive[int] = reactive(0, init=False)

    class Chosen(Message):
        """A row was chosen."""

        def __init__(self, table: Table, row: int) -> None:
            super().__init__()
            self.table, self.row = table, row

        @property
        def control(self) -> Table:
            return self.table

    class Moved(Chosen):
        """The cursor stands on another row."""

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source | None = None,
        *,
        empty: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.empty = empty
        self.source: Source = source or Rows()
        self._pages: OrderedDict[int, Sequence[Sequence[Cell]]] = OrderedDict()
        self._styles: dict[str, Style] = {}
        self._painted: dict[tuple[int, int], Strip] = {}
        """Lines painted before, by row and width; the line under the cursor is not among them."""

    def on_mount(self) -> None:
        self._measure()

    def show(self, source: Source) -> None:
        """Show other rows; the cursor stays where it was as far as it can."""
        self.source = source
        self._pages.clear()
        self._painted.clear()
        self._measure()
        self.cursor = min(self.cursor, max(source.total - 1, 0))
        self.refresh()
        self.post_message(self.Moved(self, self.cursor))

    def _measure(self) -> None:
        self.virtual_size = Size(0, self.source.total + 1)

    def notify_style_update(self) -> None:
        self._styles.clear()
        self._painted.clear()
        super().notify_style_update()

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"table--{name}")
        return self._styles[name]

    def row(self, index: int) -> Sequence[Cell]:
        """The cells of one row; empty past the end."""
        number, offset = divmod(index, _PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self.source.page(number * _PAGE, _PAGE)
            self._pages[number] = page
            while len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[offset] if offset < len(page) else ()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        columns, spans = self._layout(width)
        if y == 0:
            style = self._style("head")
            cells: Sequence[Cell] = [column.title for column in columns]
            return self._strip(range(len(columns)), spans, cells, style, width)
        index = self.scroll_offset.y + y - 1
        if index >= self.source.total:
            words = self.empty if not self.source.total and y == 2 else ""
            return Strip([Segment(f"  {words}".ljust(width)[:width], self._style("empty"))], width)
        if index != self.cursor and (painted := self._painted.get((index, width))) is not None:
            return painted
        if index == self.cursor:
            style = self._style("cursor" if self.has_focus else "cursor-blurred")
        else:
            style = self._style("row")
        picked = [self.columns.index(column) for column in columns]
        strip = self._strip(picked, spans, self.row(index), style, width, index != self.cursor)
        if index != self.cursor:
            if len(self._painted) > _LINES_KEPT:
                self._painted.clear()
            self._painted[index, width] = strip
        return strip

    def _layout(self, width: int) -> tuple[list[Column], list[int]]:
        columns = [c for c in self.columns if width >= _WIDE or not c.wide_only]
        spans = [c.width if width >= _WIDE or not c.narrow else c.narrow for c in columns]
        free = spans.count(0)
        rest = max((width - 1 - sum(spans) - len(spans)) // free, 4) if free else 0
        return columns, [
            span or min(rest, column.most or rest)
            for column, span in zip(columns, spans, strict=True)
        ]

    def cut(self, index: int) -> list[str]:
        """Texts of one row for which its columns are too narrow."""
        columns, spans = self._layout(self.size.width)
        picked = [self.columns.index(column) for column in columns]
        cells = self.row(index)
        texts = [cells[i] if i < len(cells) else "" for i in picked]
        words = [visible(text if isinstance(text, str) else text[0]) for text in texts]
        return [w for w, span in zip(words, spans, strict=True) if cell_len(w) > span]

    def _strip(  # noqa: PLR0917  # what one line is made of
        self,
        picked: Sequence[int],
        spans: Sequence[int],
        cells: Sequence[Cell],
        style: Style,
        width: int,
        coloured: bool = False,
    ) -> Strip:
        from rich.cells import set_cell_size

        segments = [Segment(" ", style)]
        for span, index in zip(spans, picked, strict=True):
            cell = cells[index] if index < len(cells) else ""
            text, tone = (cell, "") if isinstance(cell, str) else cell
            painted = style + self._style(tone) if tone and coloured else style
            segments.append(Segment(set_cell_size(shortened(text, span), span) + " ", painted))
        return Strip(segments).adjust_cell_length(width, style)

    def watch_cursor(self) -> None:
        # two rows tall: the heading stays on the first line of the view
        self.scroll_to_region(Region(0, self.cursor, 1, 2), animate=False)
        self.refresh()
        self.post_message(self.Moved(self, self.cursor))

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, self.source.total - 1))

    def action_move(self, by: int) -> None:
        self.cursor += by

    def action_leap(self, pages: int) -> None:
        self.cursor += pages * max(self.size.height - 2, 1)

    def action_edge(self, end: int) -> None:
        self.cursor = self.source.total - 1 if end else 0

    def action_choose(self) -> None:
        if self.source.total:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: Click) -> None:
        if event.y >= 1 and (row := self.scroll_offset.y + event.y - 1) < self.source.total:
            again = row == self.cursor and self.has_focus and event.chain >= 2
            self.cursor = row
            if again:
                self.action_choose()
