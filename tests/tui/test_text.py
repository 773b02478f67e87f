"""The safe boundary: outside text is painted, never obeyed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets.text_area import Selection

import recruitcheck.tui
from recruitcheck.tui.text import cleaned, one_to_one, shortened, visible
from recruitcheck.tui.theme import COLOURS, PAIRS, contrast
from recruitcheck.tui.widgets.document import ClaimDocument

FORBIDDEN = set(map(chr, (*range(0x20), *range(0x7F, 0xA0)))) | set(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@given(st.text())
def test_nothing_a_terminal_obeys_is_painted(text: str) -> None:
    """No control, escape or direction character survives, whatever the text."""
    assert not FORBIDDEN & set(visible(text))
    assert not FORBIDDEN - {"\n"} & set(visible(text, lines=True))
    assert not FORBIDDEN - {"\n"} & set(one_to_one(text))


@given(st.text())
def test_the_document_keeps_its_offsets(text: str) -> None:
    """What is shown of an application has exactly its code points' places."""
    shown = one_to_one(text)
    assert len(shown) == len(text)
    for index, char in enumerate(text):
        if char.isalnum() and ord(char) < 0x1F000:
            assert shown[index] == char


def test_signs_stand_in_for_what_cannot_be_seen() -> None:
    """An escape, a direction override and a joined emoji are shown as what they are."""
    assert visible("a\x1b]0;x\x07b") == "a␛]0;x␇b"
    assert visible("pay\u202eevil") == "pay⇄evil"
    assert visible("👨\u200d👩\u200d👧!") == "👨!"
    assert visible("🇬🇧") == "GB"
    assert visible("z" + "\u0335" * 50) == "z" + "\u0335" * 4


def test_pasting_undoes_disguise_and_says_so() -> None:
    """Zero-width and direction characters in a paste vanish and are counted; joiners that a
    script needs stay."""
    assert cleaned("dis\u200babled\u202e") == ("disabled", 2)
    assert cleaned("می\u200cخواهم") == ("می\u200cخواهم", 0)


@given(st.text(max_size=80), st.integers(min_value=0, max_value=40))
def test_a_cell_never_grows(text: str, cells: int) -> None:
    """A shortened text fits its column."""
    from rich.cells import cell_len

    assert cell_len(shortened(text, cells)) <= cells


@pytest.mark.parametrize("name", COLOURS)
def test_every_pair_of_colours_can_be_read(name: str) -> None:
    """Each foreground on each background it may stand on reaches the contrast of WCAG 2.2 AA."""
    colours = COLOURS[name]
    poor = [
        (ink, ground, round(contrast(colours[ink], colours[ground]), 2))
        for ink, ground, least in PAIRS
        if contrast(colours[ink], colours[ground]) < least
    ]
    assert not poor


_BARE = {"Static", "Label", "Button", "Markdown", "DataTable", "Tree", "RichLog", "Log", "Link"}


def test_screens_use_no_widget_that_reads_markup() -> None:
    """Screens build from our own widgets; those of Textual that read a string as markup are
    named nowhere outside the widgets' own folder."""
    root = Path(recruitcheck.tui.__file__).parent
    wrong = []
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "textual.widgets"
            ):
                names = {alias.name for alias in node.names}
                if names & _BARE and file.name != "words.py":
                    wrong.append((file.name, names & _BARE))
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "from_markup"
            ):
                wrong.append((file.name, {"from_markup"}))
    assert not wrong


def test_colours_come_from_the_table_alone() -> None:
    """No style sheet names a colour of its own, so the contrast test covers all of them."""
    import re

    root = Path(recruitcheck.tui.__file__).parent
    wrong = {
        file.name: found
        for file in root.rglob("*")
        if file.suffix in (".tcss", ".py") and file.name != "theme.py"
        if (
            found := re.findall(
                r"(?:color|background|border)[^;\n]*#[0-9a-f]{3,6}\b", file.read_text()
            )
        )
    }
    assert not wrong


def test_a_judgement_is_read_in_the_words_of_its_button():
    """What was judged with “Says nothing” is not called something else later."""
    from recruitcheck.records import JUDGEMENTS
    from recruitcheck.tui.actions import ACTIONS
    from recruitcheck.tui.telling import judgement

    for judged in JUDGEMENTS:
        assert judgement(judged) == ACTIONS[f"look.{judged}"].words.lower()


@pytest.mark.parametrize(
    ("text", "start", "end", "marked"),
    [
        ("I write Friday Puzzles.", 4, 11, "write Friday"),
        ("Naïve reviews, 2024", 2, 17, "Naïve reviews, 2024"),
        ("at blog.example/2024", 3, 7, "blog"),
        ("我写数学博客", 2, 4, "数学"),
        ("I write", 4, 4, ""),
        ("I write", 1, 3, "write"),
    ],
)
def test_nobody_marks_half_a_word(text: str, start: int, end: int, marked: str) -> None:
    """A mark that ends inside a word takes the whole word, where words have an edge."""
    document = ClaimDocument(text)
    document.selection = Selection(document.place_of(start), document.place_of(end))
    assert text[slice(*document.marked)] == marked
