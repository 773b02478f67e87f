"""Disguises undone: what a text says once its hidden words are written plainly.

Each way of hiding a word has a small function that looks for its traces and proposes plain
readings; a reading counts only if it is a word of the vocabulary, so ordinary text, names, codes
and honest Unicode stay what they are. The plain words are put in place of the hidden ones, and
the screener reads the text again; places map back to the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from operator import add
from typing import NamedTuple

from recruitcheck.rules.coded import ENCODED, decoded, maybe_coded
from recruitcheck.rules.fold import Folded
from recruitcheck.rules.lexicon import WORD, Lexicon

Reading = tuple[int, int, str, bool]
"""Start and end in the folded text, what it says plainly, and whether only a disguise would be
written so; otherwise the words around it decide, as for any word."""

_LEET = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b",
    "9": "g", "@": "a", "$": "s", "!": "i", "|": "il", "+": "t", "€": "e", "£": "l", "(": "c",
    "¢": "c", "¡": "i", "^": "a",
}  # fmt: skip
_LEET_SIGNS = frozenset("0123456789@$!|+€£¢¡(^*_#•·")
_SIGNS = re.compile(r"[0-9@$!|+€£¢¡(^*_#•·.-]+")
_MIXED = re.compile(r"[a-z0-9][^a-z0-9\s]|[0-9][a-z]|[a-z][0-9]")
_HYPHENED = re.compile(r"[^-]{2,}")
_GAP = re.compile(r"[\s,;:?\"“”)\]]")
_CHUNK = re.compile(r"[^\s,;:?\"“”)\]]+")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[^\w\n]{1,3}[^\W\d_]|_+[^\W\d_]){2,}(?![^\W_])")
_SHORT_TEXT = 1000
"""Characters up to which every way is tried; longer texts are pages."""
_LETTER = re.compile(r"[^\W_]")
_REPEAT = re.compile(r"([a-z])\1\1")
_DOUBLED = re.compile(r"([a-z])\1\w{0,2}([a-z])\2\w{0,2}([a-z])\3")
_RUNS = re.compile(r"([a-z])\1+")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z' -]{1,60}")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MAYBE_JOINED = re.compile(r"#\w|[a-z][A-Z]")
_TAG = re.compile(
    r"#[^\W_]{3,60}|@?(?<![^\W_])(?:[A-Za-z]+[a-z][A-Z][A-Za-z]*"
    r"|(?:[Ii]s|[Hh]e|[Ss]he|[Tt]hey|[Tt]he|are|was|a|if|any|[Ff]ind|[Cc]heck)[a-z]{5,60})(?![^\W_])"
)
_FLIPPED = re.compile("[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]")
_FLIP = str.maketrans("ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", "abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Hidden:
    """The text with its hidden words written plainly, and where they stand in it."""

    folded: Folded
    spots: tuple[tuple[int, int], ...]
    origins: tuple[tuple[int, int], ...]
    sure: tuple[bool, ...]

    def given(self, start: int, end: int) -> tuple[int, int]:
        """A span of the plain text as a span of the folded text it was made from."""
        return self._origin(start, first=True), self._origin(end, first=False)

    def shows(self, start: int, end: int) -> bool | None:
        """Whether a span was surely hidden; None: it was not hidden at all."""
        touched = [
            s for (a, b), s in zip(self.spots, self.sure, strict=True) if a < end and start < b
        ]
        return any(touched) if touched else None

    def _origin(self, place: int, *, first: bool) -> int:
        shift = 0
        for (a, b), (c, d) in zip(self.spots, self.origins, strict=True):
            inside = a <= place < b if first else a < place <= b
            if inside:
                return c if first else d
            if place >= b:
                shift = d - b
        return place + shift


class Given(NamedTuple):
    """One text as the ways of undoing see it."""

    text: str
    folded: Folded
    lexicon: Lexicon
    words: list[str]
    there: set[str]
    asked: bool


def uncover(
    text: str, folded: Folded, lexicon: Lexicon, words: list[str], there: set[str], *, asked: bool
) -> tuple[Hidden, ...]:
    """The plain readings of a text that hides words of the vocabulary; nearly always none.

    `words` are those of the folded text. `asked`: the text is a request, so slips of the pen and
    short words are read too; in a long page only the ways that a page could be written in are.
    """
    readings: list[Reading] = []
    given = Given(text, folded, lexicon, words, there, asked)
    for find in _WAYS:
        readings.extend(find(given))
    if asked or len(text) < _SHORT_TEXT:
        for find in _COSTLY_WAYS:
            readings.extend(find(given))
    if asked:
        readings.extend(_misspelt(given))
    if not readings:
        return ()
    readings.sort(key=lambda r: (r[0], -r[1], not r[3]))
    kept: list[Reading] = []
    for reading in readings:
        if not kept or reading[0] >= kept[-1][1]:
            kept.append(reading)
    out: list[str] = []
    spots: list[tuple[int, int]] = []
    length, last = 0, 0
    for start, end, plain, _ in kept:
        out += [folded.text[last:start], plain]
        length += start - last
        spots.append((length, length + len(plain)))
        length += len(plain)
        last = end
    out.append(folded.text[last:])
    origins = tuple((start, end) for start, end, _, _ in kept)
    sure = tuple(reading[3] for reading in kept)
    return (Hidden(Folded("".join(out)), tuple(spots), origins, sure),)


def _leet(given: Given) -> Iterator[Reading]:
    """Figures and signs for letters (`d1sabled`), or letters masked (`g*y`)."""
    folded, lexicon = given.folded, given.lexicon
    if _LEET_SIGNS.isdisjoint(folded.text):
        return
    known = lexicon.known
    last = 0
    low = folded.text
    for mixed in _SIGNS.finditer(low):
        if mixed.start() < last or not _within(low, mixed):
            continue
        begin = _begin(folded.text, mixed.start())
        match = _CHUNK.match(folded.text, begin)
        if match is None:
            continue
        chunk, last = match.group(), match.end()
        if len(chunk) > 40:
            continue
        if chunk[0] in "#@" and chunk[1:].isalpha():
            continue
        start, end = match.span()
        while end > start + 2 and text_end(chunk):
            chunk, end = chunk[:-1], end - 1
        plain = _unleet(chunk, known) or _unmask(chunk, lexicon)
        if plain:
            yield start, end, plain, len(plain) > 3 or plain in lexicon.hideable or "*" in chunk
            continue
        for part in _HYPHENED.finditer(chunk):
            plain = _unleet(part.group(), known) or _unmask(part.group(), lexicon)
            if plain and plain != part.group():
                yield start + part.start(), start + part.end(), plain, True


def _within(low: str, signs: re.Match[str]) -> bool:
    """Whether figures or signs stand where letters would: inside a word, or at one of its ends."""
    start, end = signs.span()
    before, after = low[max(0, start - 2) : start], low[end : end + 2]
    letter_before, letter_after = before[-1:].isalpha(), after[:1].isalpha()
    if letter_before and letter_after:
        return (
            signs.group() not in {".", "-"} or len(before.strip()) == 1 or len(after.strip()) == 1
        )
    if letter_after:
        return signs.group() not in "#@(.-" and (after.isalpha() or end - start > 1)
    return letter_before and before.isalpha() and signs.group()[-1] in "0123456789@$€£*"


def _begin(text: str, place: int) -> int:
    """Where the run of signs without a space that a place belongs to begins."""
    while place > 0 and not _GAP.match(text[place - 1]):
        place -= 1
    return place


def text_end(chunk: str) -> bool:
    """Whether a chunk ends in sentence punctuation rather than a letter."""
    return chunk[-1] in ".'!" or (chunk[-1] == "*" and chunk[0] == "*")


def _unleet(chunk: str, known: Callable[[str], bool]) -> str:
    choices = [c if c.isalpha() else _LEET.get(c, "") for c in chunk if c not in ".-_'"]
    if not all(choices) or not any(c.isalpha() for c in chunk):
        return ""
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > 64:
        return ""
    for letters in product(*choices):
        word = "".join(letters)
        if len(word) > 2 and known(word):
            return word
    return ""


def _unmask(chunk: str, lexicon: Lexicon) -> str:
    signs = [c for c in chunk if not c.isalpha()]
    letters = len(chunk) - len(signs)
    if not signs or letters < 2 or any(c not in "*#_•·.?-" for c in signs):
        return ""
    if (chunk[0] not in "*" and not chunk[0].isalpha()) or len(signs) > letters + 1:
        return ""
    if all(c == "." for c in signs) and not re.fullmatch(r"[a-z]\.{1,4}[a-z]+", chunk):
        return ""
    if all(c in "_-." for c in signs) and (len(signs) > 1 or len(chunk) < 5):
        return ""
    pattern = re.compile("".join(c if c.isalpha() else "[a-z]" for c in chunk))
    for word in lexicon.of_length(len(chunk)):
        if pattern.fullmatch(word):
            return word
    return ""


def _spaced(given: Given) -> Iterator[Reading]:
    """Letters set apart: `c.h.u.r.c.h`, `g a y`, `U-n-i-t-a-r-i-a-n`."""
    folded, lexicon = given.folded, given.lexicon
    if "111" not in "".join("1" if len(word) == 1 else " " for word in given.words):
        return
    for match in _SPACED.finditer(folded.text):
        for letters in _words(match):
            word = "".join(c for c, _ in letters)
            for a, b in _longest(len(word)):
                if b - a >= len(word) - 2 and lexicon.known(word[a:b]):
                    yield letters[a][1], letters[b - 1][1] + 1, word[a:b], True
                    break


def _words(match: re.Match[str]) -> list[list[tuple[str, int]]]:
    """Letters set apart, with their places; one list, or one per word where the gaps tell them."""
    letters = [(m.group(), match.start() + m.start()) for m in _LETTER.finditer(match.group())]
    gaps = [b[1] - a[1] for a, b in pairwise(letters)]
    if min(gaps) == max(gaps):
        return [letters]
    words = [[letters[0]]]
    for letter, gap in zip(letters[1:], gaps, strict=True):
        if gap > min(gaps):
            words.append([])
        words[-1].append(letter)
    return [letters, *(w for w in words if len(w) > 2)]


def _longest(size: int) -> Iterator[tuple[int, int]]:
    for length in range(min(size, 40), 2, -1):
        for a in range(size - length + 1):
            yield a, a + length


def _repeated(given: Given) -> Iterator[Reading]:
    """Letters drawn out: `sooocially`, `gaaay`, `mmuusslliimm`."""
    folded, lexicon = given.folded, given.lexicon
    short = len(folded.text) < _SHORT_TEXT
    if not _REPEAT.search(folded.text) and not (short and _DOUBLED.search(folded.text)):
        return
    for match in WORD.finditer(folded.text):
        word = match.group()
        runs = len(_RUNS.findall(word))
        if not runs or (runs < 3 and not _REPEAT.search(word)):
            continue
        for plain in _shortened(word):
            if plain != word and lexicon.known_word(plain):
                yield match.start(), match.end(), plain, True
                break


def _shortened(word: str) -> Iterator[str]:
    runs = list(_RUNS.finditer(word))[:6]
    for choice in product((1, 2), repeat=len(runs)):
        out, last = [], 0
        for run, keep in zip(runs, choice, strict=True):
            out += [word[last : run.start()], run.group(1) * keep]
            last = run.end()
        yield "".join([*out, word[last:]])


def _turned(given: Given) -> Iterator[Reading]:
    """Words backwards, in rot13, or upside down."""
    lexicon = given.lexicon
    turned = given.there & lexicon.keys["turned"]
    if not given.asked:
        turned = {word for word in turned if lexicon.turned[word] in lexicon.hideable}
    if turned:
        yield from _runs(given, turned)
    text, size = given.text, len(given.folded.text)
    if not text.isascii() and len(_FLIPPED.findall(text)) > 1 and len(text) == size:
        flipped = text.lower().translate(_FLIP)
        for variant, back in ((flipped[::-1], size), (flipped, 0)):
            for match in WORD.finditer(variant):
                start, end = match.span()
                if match.group() in lexicon.soft or match.group() in lexicon.hideable:
                    span = (back - end, back - start) if back else (start, end)
                    yield (*span, match.group(), True)


def _runs(given: Given, turned: set[str]) -> Iterator[Reading]:
    """Neighbouring turned words, read together: backwards their order is turned too."""
    lexicon, low = given.lexicon, given.folded.text
    run: list[re.Match[str]] = []
    for match in [*WORD.finditer(low), None]:
        if match and match.group() in turned:
            run.append(match)
            continue
        if run:
            words = [lexicon.turned[m.group()] for m in run]
            start, end = run[0].start(), run[-1].end()
            backwards = words[0] == run[0].group()[::-1]
            sure = any(
                w in lexicon.hideable for w in (*words, "".join(words), "".join(words[::-1]))
            )
            if sure or given.asked:
                yield start, end, " ".join(words[::-1] if backwards else words), sure
        run = []


def _encoded(given: Given) -> Iterator[Reading]:
    """Words in base64, hexadecimal, percent signs, entities, character codes."""
    text, folded, lexicon = given.text, given.folded, given.lexicon
    if not maybe_coded(text):
        return
    for match in ENCODED.finditer(text):
        for plain in decoded(match.lastgroup or "", match.group()):
            found = [w for w in WORD.findall(plain.lower()) if lexicon.known_word(w)]
            if found and _PLAIN.fullmatch(plain.strip()):
                start, end = _in_folded(folded, match.start(), match.end())
                yield start, end, plain.strip().lower(), True
                break


def _in_folded(folded: Folded, start: int, end: int) -> tuple[int, int]:
    if folded.spots is None:
        return start, end
    places = [i for i, at in enumerate(folded.spots) if start <= at < end]
    return places[0], places[-1] + 1


def _joined(given: Given) -> Iterator[Reading]:
    """Words run together: `#muslimteachers`, `isSheGay`, `istheapplicantjewish`."""
    text, folded, lexicon = given.text, given.folded, given.lexicon
    shown = text if folded.spots is None else folded.text
    if not _MAYBE_JOINED.search(shown) and not (
        given.asked and any(len(w) > 7 and w.startswith(_STARTS) for w in given.there)
    ):
        return
    for match in _TAG.finditer(shown):
        word = match.group()
        body = word.lstrip("#@")
        low = body.lower()
        if low in lexicon.terms or low in lexicon.joined:
            continue
        parts = _CAMEL.findall(body)
        start = match.end() - len(body)
        if len(parts) > 2 or (len(parts) == 2 and word[0] == "#"):
            plain = " ".join(parts).lower()
            if any(lexicon.known_word(p.lower()) for p in parts):
                yield start, match.end(), plain, word[0] == "#"
                continue
        plain = _split(low, lexicon, tag=word[0] == "#")
        if plain:
            yield start, match.end(), plain, True


def _split(word: str, lexicon: Lexicon, *, tag: bool) -> str:
    """A run-together word taken apart, if a word of the vocabulary and fillers make it up."""
    if tag:
        for a, b in _longest(len(word)):
            piece = word[a:b]
            edge = a == 0 or b == len(word) or word[:a] in lexicon.sets["fillers"] or b - a >= 7
            if b - a >= 5 and piece in lexicon.hideable and edge:
                return f"{word[:a]} {piece} {word[b:]}".strip()
    filler = next((f for f in _STARTS if word.startswith(f)), "")
    if not filler or len(word) < 8:
        return ""
    return _fill(word, lexicon, 0)


def _fill(word: str, lexicon: Lexicon, depth: int) -> str:
    if depth > 8:
        return ""
    if depth > 1 and len(word) > 2 and (word in lexicon.soft or word in lexicon.hideable):
        return word
    for size in range(min(9, len(word) - 1), 0, -1):
        if word[:size] in lexicon.sets["fillers"]:
            rest = _fill(word[size:], lexicon, depth + 1)
            if rest:
                return f"{word[:size]} {rest}"
    return ""


_STARTS = ("is", "he", "she", "they", "the", "are", "was", "a", "if", "any", "find", "check")


def _parted(given: Given) -> Iterator[Reading]:
    """A word cut in two: `mus lim`."""
    folded, lexicon, words = given.folded, given.lexicon, given.words
    both = set(map(add, words, words[1:]))
    pairs = both & lexicon.hideable | (both & lexicon.soft if given.asked else set())
    if not pairs:
        return
    spans = list(WORD.finditer(folded.text))
    short = lexicon.sets["short_words"]
    for first, second in pairwise(spans):
        a, b = first.group(), second.group()
        joined = a + b
        if joined not in pairs or a in short or b in short or min(len(a), len(b)) < 2:
            continue
        if len(joined) < 5 or joined in lexicon.joined or a in lexicon.terms or b in lexicon.terms:
            continue
        yield first.start(), second.end(), joined, len(joined) > 5 and joined in lexicon.hideable


def _misspelt(given: Given) -> Iterator[Reading]:
    """A slip of the pen: `diasbled`, `Mslim`."""
    folded, lexicon = given.folded, given.lexicon
    slips = {word: lexicon.near(word) for word in given.there if len(word) > 4}
    if any(slips.values()):
        for match in WORD.finditer(folded.text):
            if plain := slips.get(match.group(), ""):
                yield match.start(), match.end(), plain, False


_WAYS: tuple[Callable[[Given], Iterator[Reading]], ...] = (
    _leet, _spaced, _repeated, _turned, _joined,
)  # fmt: skip
_COSTLY_WAYS: tuple[Callable[[Given], Iterator[Reading]], ...] = (_encoded, _parted)
