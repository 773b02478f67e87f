"""A short list of lines to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from recruitcheck.tui.text import safe


class Lines(OptionList):
    """Lines with an id each. Enter or a click chooses."""

    DEFAULT_CSS = """
    Lines { border: none; padding: 0; background: $paper; color: $ink; height: auto;
        max-height: 100%; scrollbar-size-vertical: 1;
        &:focus { border: none; }
        & > .option-list--option-highlighted { background: $raised; color: $ink; }
        &:focus > .option-list--option-highlighted { background: $chosen; color: $onchosen; } }
    """

    def __init__(
        self, lines: Iterable[tuple[str, str | Content]] = (), *, id: str | None = None
    ) -> None:
        super().__init__(*(_option(key, line) for key, line in lines), id=id, markup=False)

    def show(self, lines: Iterable[tuple[str, str | Content]]) -> None:
        """Show other lines; the cursor stays where it was as far as it can."""
        at = self.highlighted
        self.clear_options()
        self.add_options([_option(key, line) for key, line in lines])
        if self.option_count:
            self.highlighted = min(at or 0, self.option_count - 1)


def _option(key: str, line: str | Content) -> Option:
    return Option(line if isinstance(line, Content) else safe(line, lines=True), id=key)
