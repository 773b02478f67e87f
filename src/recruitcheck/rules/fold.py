"""Text as a person reads it, and where each of its letters came from.

A disguise works because a program compares code points while a person sees shapes. `fold` maps
each character to the plain lower-case letter it looks like (compatibility forms, look-alikes of
other scripts, accents), drops what cannot be seen, and remembers where every letter stood, so
that a span found in the folded text can be reported in the text as given. Plain ASCII takes a
fast path: folding it is `str.lower`, and the offsets are its own.

Accents and look-alikes are honest in most texts; folding them decides nothing. What only a
disguise would do (leetspeak, spaced letters, encodings) is undone in `rules/disguise.py`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_MARKS = (
    (0x0300, 0x036F),
    (0x064B, 0x0652),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)
"""Combining marks that sit on a letter without being one. Vowel signs of Indic scripts are
letters of their words and stay."""
_TATWEEL = 0x0640
"""The line that draws an Arabic word out."""

_PAIRS = (
    # Cyrillic
    "аa вb еe ёe кk мm нh оo рp сc тt уy хx іi їi јj ѕs ԁd ԛq ԝw һh ӏl ьb гr пn ѵv ғf ҝk қk ҡk "
    "ӓa әe ӧo ӱy үy ұy җx ҳx дd бb зz лl "
    # Greek
    "αa βb γy δd εe ζz ηn θo ιi κk λl μu νv οo ρp σo ςs τt υu χx ωw ϲc ϳj "
    # Armenian, Cherokee, Lisu and friends that pass for Latin letters
    "ոn օo սu հh ցg զq կl աw ԍg Ꭺa Ᏼb Ꮯc Ꭰd Ꭼe Ᏻg Ꮋh Ꭵi Ꭻj Ꮶk Ꮮl Ꮇm Ꭱr Ꮪs Ꭲt Ꮩv Ꮃw Ꮓz "
    # small capitals, phonetic letters, strokes and hooks
    "ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ǫq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɑa ɡg ɩi ı"
    "i ȷj øo đd ðd łl ħh ŧt ƀb ɓb ƈc ɖd ɗd ɛe əe ƒf ɠg ɦh ɨi ɫl ɱm ɲn ŋn ɵo ƙk ƥp ƭt ʋv ƴy ƶz "
    "ȼc ɇe ǥg ɉj ɍr ɏy ⱥa ꞓc ⱦt ɐa ɔc ǝe ɟf ƃg ɥh ᴉi ɾj ʞk ɯm ɹr ʇt ʌv ʍw ʎy "
    # signs used as letters
    "×x ∂d ∅o ℓl ℮e ∀a ∃e ⊂c ⊃d ʂs ∑s ∆a √v"
)


def _look_alikes() -> dict[int, str]:
    table: dict[int, str] = {}
    for pair in _PAIRS.split():
        if len(pair) == 2:
            table[ord(pair[0])] = pair[1]
    for first in (0x1F150, 0x1F170, 0x1F1E6):  # negative circled, negative squared, flag letters
        table.update({first + i: chr(97 + i) for i in range(26)})
    table.update({0x249C + i: chr(97 + i) for i in range(26)})  # parenthesised letters
    table.update({0xE0000 + i: chr(i).lower() for i in range(0x20, 0x7F)})  # tag characters
    table.update({ord(c): "'" for c in "’‘ʼ‛′`´＇ʻ"})
    table.update({ord(c): '"' for c in "“”„‟«»″"})
    table.update({ord(c): "-" for c in "‐‑‒–—―−﹣－"})
    table.update({ord(c): " " for c in "\u00a0\u2007\u202f\u3000"})
    table.update({ord("ß"): "ss", ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th"})
    table[ord("…")] = "…"  # as it is: three full stops would break a sentence
    return table


class _Table(dict[int, str]):
    """Translation table that works each character out once, when it is first met."""

    def __init__(self) -> None:
        super().__init__()
        self.like = _look_alikes()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        plain = self._plain(code)
        if len(plain) != 1:
            self.uneven.add(chr(code))
        self[code] = plain
        return plain

    def _plain(self, code: int) -> str:  # noqa: PLR0911  # cases
        if code < 0x80:
            return chr(code).lower()
        if code in self.like:
            return self.like[code]
        sign = chr(code)
        if 0xAC00 <= code <= 0xD7A3:  # a Hangul syllable is one letter to its reader
            return sign
        if any(low <= code <= high for low, high in _MARKS) or code == _TATWEEL:
            return ""
        if unicodedata.category(sign) == "Cf":
            return ""
        lowered = sign.lower()
        if len(lowered) == 1 and ord(lowered) in self.like:
            return self.like[ord(lowered)]
        parts = unicodedata.normalize("NFKD", sign).lower()
        return "".join(self.like.get(ord(c), c) for c in parts if not 0x0300 <= ord(c) <= 0x036F)


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is plain and lower-case; `spots[i]` is where its i-th letter stood as given.

    `spots` is None where both have the same offsets, which is nearly always.
    """

    text: str
    spots: tuple[int, ...] | None = None

    def given(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the text as given that a span of the folded text covers."""
        if self.spots is None or end <= start:
            return start, end
        return self.spots[start], self.spots[end - 1] + 1

    def shown(self, start: int, end: int) -> tuple[int, int]:
        """The span of the folded text that shows a span of the text as given."""
        if self.spots is None:
            return start, end
        places = [place for place, spot in enumerate(self.spots) if start <= spot < end]
        return places[0], places[-1] + 1


def _translated(match: re.Match[str]) -> str:
    return match.group().translate(_TABLE)


def fold(text: str) -> Folded:
    """Fold a text to plain lower-case letters, keeping where they came from."""
    if text.isascii():
        return Folded(text.lower())
    strange = "".join(_NOT_ASCII.findall(text))
    strange.translate(_TABLE)  # meets every sign once, so that the uneven ones are known
    if _TABLE.uneven.isdisjoint(strange):
        if len(strange) > len(text) // 8:
            return Folded(text.translate(_TABLE))
        return Folded(_NOT_ASCII.sub(_translated, text).lower())
    plain = text.translate(_TABLE)
    spots: list[int] = []
    for place, sign in enumerate(text):
        spots.extend([place] * len(_TABLE[ord(sign)]))
    return Folded(plain, tuple(spots))
