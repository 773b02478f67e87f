"""The one door through which outside text reaches a screen.

Everything that a document, a page, a file name or another person supplied may try to be a
command: markup that runs an action when clicked, an escape that retitles the window or writes
the clipboard, a direction sign that shows a sentence backwards. Nothing of the kind is painted:

* `visible` gives text for display: control and direction characters become signs one can see,
  joined emoji become their base, so that columns stay where they belong;
* `one_to_one` does the same, code point for code point, for the document in which claims are
  marked: the offsets of what is shown are the offsets of what is recorded;
* `cleaned` gives text that a person pasted, without what cannot be seen, and says how much was
  left out; undoing the disguise here leaves the screening rules nothing to be fooled by;
* `safe` wraps `visible` text as `Content`, which Textual never reads as markup.

The record keeps the original; only the picture of it changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.content import Content

_ROLES = {"recruiter": "recruiter", "hr": "HR", "equality": "equality reviewer"}
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")
_LINE_ENDS = frozenset("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_MARKS_KEPT = 4
"""Combining marks painted on one letter; piles of them paint over the lines above and below."""

_EMOJI = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_EMOJI_TAIL = re.compile(
    f"(?<=[{_EMOJI}])(?:\ufe0f|[\U0001f3fb-\U0001f3ff]|\u200d[{_EMOJI}])+"
    "|(?<=[0-9#*])\ufe0f?\u20e3|[\ufe0e\ufe0f]|[\U000e0000-\U000e007f]"
)
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_PILE = re.compile(
    f"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{{{_MARKS_KEPT}}})"
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def _sign(char: str) -> str:
    """The visible stand-in of one character that must not be painted."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if char in _DIRECTION:
        return "\u21c4"
    return "\u00b7" if unicodedata.category(char) == "Cf" else "\ufffd"


def _painted_as_is(char: str) -> bool:
    return char.isprintable() and char not in _DIRECTION


def role_words(roles: Iterable[str]) -> str:
    """Roles as people say them: “recruiter, HR”."""
    return ", ".join(_ROLES.get(str(role), str(role)) for role in roles)


def visible(text: str, *, lines: bool = False) -> str:
    """`text` as it may be painted; on one line unless `lines`, tabs as spaces."""
    if text.isascii() and text.isprintable():
        return text
    text = _EMOJI_TAIL.sub("", text)
    text = _FLAG.sub(lambda m: chr(ord(m[0]) - 0x1F1E6 + ord("A")), text)
    text = _PILE.sub(r"\1", text)
    out: list[str] = []
    for index, char in enumerate(text):
        if _painted_as_is(char) or (char == "\n" and lines):
            out.append(char)
        elif char in "\n\t\u00a0" or (char == "\r" and text[index + 1 : index + 2] == "\n"):
            out.append(" " if char != "\r" else "")
        elif char.isspace() and char not in _LINE_ENDS:
            out.append(" ")
        elif char in _JOINERS and _needs_joiner(text, index):
            out.append(char)
        else:
            out.append(_sign(char))
    return "".join(out)


def _needs_joiner(text: str, index: int) -> bool:
    """Whether the letters on both sides belong to a script that is written with joiners."""
    around = text[index - 1 : index] + text[index + 1 : index + 2]
    return len(around) == 2 and all(
        "\u0600" <= c <= "\u08ff" or "\u0900" <= c <= "\u0dff" for c in around
    )


def one_to_one(text: str) -> str:
    """`text` with each code point that must not be painted replaced by exactly one that may.

    Every kind of line end becomes a newline, so offsets in the result are offsets in `text`.
    """
    out: list[str] = []
    for index, char in enumerate(text):
        if char == "\r" and text[index + 1 : index + 2] == "\n":
            out.append(" ")
        elif char in _LINE_ENDS:
            out.append("\n")
        elif char == "\t" or (char.isspace() and char != "\n"):
            out.append(" ")
        elif "\U0001f1e6" <= char <= "\U0001f1ff":
            out.append(chr(ord(char) - 0x1F1E6 + ord("A")))
        elif "\U0001f3fb" <= char <= "\U0001f3ff" or char in "\ufe0e\ufe0f\u20e3":
            out.append("\u00b7")
        elif _painted_as_is(char) or (char in _JOINERS and _needs_joiner(text, index)):
            out.append(char)
        else:
            out.append(_sign(char))
    return "".join(out)


def cleaned(text: str) -> tuple[str, int]:
    """Pasted text without what cannot be seen, and how many characters were left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = text.replace("\u2029", "\n")
    kept = "".join(
        char
        for index, char in enumerate(text)
        if not _UNSEEN.match(char) or (char in _JOINERS and _needs_joiner(text, index))
    )
    return kept, len(text) - len(kept)


def safe(text: str, style: str = "", *, lines: bool = False) -> Content:
    """Outside text as `Content`: painted, never obeyed."""
    from textual.content import Content

    return (
        Content.styled(visible(text, lines=lines), style)
        if style
        else Content(visible(text, lines=lines))
    )


def shortened(text: str, cells: int) -> str:
    """`text` on one line, cut with an ellipsis where it would need more than `cells` columns."""
    from rich.cells import cell_len, set_cell_size

    text = visible(text)
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "\u2026" if cells > 0 else ""


def here(moment: datetime) -> datetime:
    """A moment in this computer's own time: screens show that, papers say UTC."""
    return moment.astimezone()
