"""Choose a file of this computer. In a browser the page itself uploads instead, because this list
would show the server's disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text, TextType
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import DirectoryTree

from recruitcheck.tui.text import safe
from recruitcheck.tui.widgets.words import Words

_READABLE = {".pdf", ".docx", ".txt", ".md", ".text", ".html", ".htm", ".csv", ".json"}


"""Endings of what can be taken in somewhere: documents, reports, monitoring answers."""


class _Tree(DirectoryTree):
    """Folders and files one may choose; names are shown, never obeyed."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "
    """Pictures of folders are missing in many fonts of terminals."""

    def filter_paths(self, paths: Iterable[Path]) -> list[Path]:
        return [
            p
            for p in paths
            if not p.name.startswith(".") and (p.is_dir() or p.suffix.lower() in _READABLE)
        ]

    def process_label(self, label: TextType) -> Text:
        return Text(safe(str(label)).plain)


class ChooseFile(ModalScreen[str | None]):
    """The path that was chosen, or None."""

    DEFAULT_CSS = """
    ChooseFile { align: center middle; }
    ChooseFile > _Tree { width: 90%; height: 80%; border: round $focus; background: $paper; }
    ChooseFile > Words { width: 90%; color: $faint; background: $paper; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Cancel")]

    def compose(self) -> ComposeResult:
        yield Words("Choose a file with the arrow keys and Enter; Esc goes back.")
        yield _Tree(Path.home())

    def on_directory_tree_file_selected(self, event: DirectoryTree.FileSelected) -> None:
        event.stop()
        self.dismiss(str(event.path))
