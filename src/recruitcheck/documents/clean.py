"""Taking out what nobody sees: soft hyphens, joiners, byte order marks, direction signs.

Programs put such signs into documents without their author's knowledge (and now and then somebody
puts them in to be read differently by a program than by a person). A quotation is compared with
the cleaned text; the map says where each remaining sign stood before.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_UNSEEN = frozenset(
    "\u00ad"  # soft hyphen
    "\u200b\u2060\ufeff"  # zero-width space, word joiner, byte order mark
    "\u200e\u200f\u061c"  # direction marks
    "\u202a\u202b\u202c\u202d\u202e"  # direction embedding and override
    "\u2066\u2067\u2068\u2069"  # direction isolates
    "\u180e\u2061\u2062\u2063\u2064"  # Mongolian vowel separator, unseen mathematical signs
)
_JOINERS = frozenset("\u200c\u200d")
_BREAKS = {"\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x85": "\n", "\x0c": "\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The text without what nobody sees, and where its pieces stood."""

    text: str
    runs: tuple[tuple[int, int], ...]
    """(offset in `text`, offset in the original), one pair where each unbroken run begins."""

    def original(self, offset: int) -> int:
        """Offset in the original text of the sign at `offset` of the cleaned text."""
        at = bisect_right(self.runs, offset, key=lambda run: run[0]) - 1
        here, there = self.runs[at]
        return there + offset - here

    def cleaned(self, original: int) -> int:
        """Offset in the cleaned text of the first kept sign at or after `original`."""
        at = bisect_right(self.runs, original, key=lambda run: run[1]) - 1
        if at < 0:
            return 0
        here, there = self.runs[at]
        following = self.runs[at + 1][0] if at + 1 < len(self.runs) else len(self.text)
        return min(here + original - there, following)


def clean(text: str) -> Cleaned:
    """Take out what nobody sees; line ends become `\\n`; nothing else is changed.

    Joiners stay where the script needs them (Persian, Indian scripts, composed emoji).
    """
    kept: list[str] = []
    runs: list[tuple[int, int]] = [(0, 0)]
    at = 0
    skipped = False
    for index, sign in enumerate(text):
        put = _put(text, index, sign)
        if not put:
            skipped = True
            continue
        if skipped:
            runs.append((at, index))
            skipped = False
        kept.append(put)
        at += 1
    first = runs[1:] if len(runs) > 1 and runs[1][0] == 0 else runs
    return Cleaned(text="".join(kept), runs=tuple(first))


def _put(text: str, index: int, sign: str) -> str:
    """What stands in the cleaned text for this sign: itself, another, or nothing."""
    point = ord(sign)
    if sign == "\r" and text[index + 1 : index + 2] != "\n":
        return "\n"
    if sign in _JOINERS and _needs_joiner(text, index):
        return sign
    if sign in _UNSEEN or sign in _JOINERS or 0xE0000 <= point <= 0xE0FFF:  # the last: tags
        return ""
    if 0xD800 <= point <= 0xDFFF:  # half a sign, as damaged fonts in a PDF give it
        return "\ufffd"
    put = _BREAKS.get(sign, sign)
    return "" if unicodedata.category(put) == "Cc" and put not in "\n\t" else put


def _needs_joiner(text: str, index: int) -> bool:
    """Whether both neighbours are of a script, or emoji, in which a joiner changes the sign."""
    if not 0 < index < len(text) - 1:
        return False
    return _joins(text[index - 1]) and _joins(text[index + 1])


def _joins(sign: str) -> bool:
    point = ord(sign)
    return (
        0x0600 <= point <= 0x08FF  # Arabic, Syriac and their extensions
        or 0x0900 <= point <= 0x0DFF  # Indian scripts
        or 0x1F300 <= point <= 0x1FAFF
        or 0x2600 <= point <= 0x27BF
        or point == 0xFE0F
    )
