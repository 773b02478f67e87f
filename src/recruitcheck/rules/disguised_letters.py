"""Words hidden letter by letter: figures for letters, masks, letters apart, letters drawn out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise, product

from recruitcheck.rules.lexicon import WORD, Lexicon
from recruitcheck.rules.readings import SHORT_TEXT, Given, Reading, longest

_LEET = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b",
    "9": "g", "@": "a", "$": "s", "!": "i", "|": "il", "+": "t", "€": "e", "£": "l", "(": "c",
    "¢": "c", "¡": "i", "^": "a",
}  # fmt: skip
_LEET_SIGNS = frozenset("0123456789@$!|+€£¢¡(^*_#•·")
_SIGNS = re.compile(r"[0-9@$!|+€£¢¡(^*_#•·.-]+")
_HYPHENED = re.compile(r"[^-]{2,}")
_GAP = re.compile(r"[\s,;:?\"“”)\]]")
_CHUNK = re.compile(r"[^\s,;:?\"“”)\]]+")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[^\w\n]{1,3}[^\W_]|_+[^\W_]){2,}(?![^\W_])")
_LETTER = re.compile(r"[^\W_]")
_REPEAT = re.compile(r"([a-z])\1\1")
_DOUBLED = re.compile(r"([a-z])\1\w{0,2}([a-z])\2\w{0,2}([a-z])\3")
_RUNS = re.compile(r"([a-z])\1+")
_FLAG = re.compile(
    "(?<![\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff]{2}(?![\U0001f1e6-\U0001f1ff])"
)
"""Two letters of a flag, and no more: longer runs spell a word."""
_BOLD = re.compile(r"\*\*\w[^*\n]{1,400}\*\*(?!\w)")
"""Several words set in bold with asterisks, as on many pages; no letter of them is masked."""
_STRUCK = re.compile("(?:[^\\W\\d_][\u0334-\u0338]){3,}")
"""Letters with a stroke drawn through each."""
_UNION_FLAG = "\U0001f1ec\U0001f1e7"
"""Of the whole kingdom: everybody's."""


def leet(given: Given) -> Iterator[Reading]:
    """Figures and signs for letters (`d1sabled`), or letters masked (`g*y`)."""
    folded, lexicon = given.folded, given.lexicon
    if _LEET_SIGNS.isdisjoint(folded.text):
        return
    known = lexicon.known
    last = 0
    low = folded.text
    bold = {place for m in _BOLD.finditer(low) if " " in m.group() for place in m.span()}
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
        start, end = match.span()
        if (chunk[0] in "#@" and chunk[1:].isalpha()) or start in bold or end in bold:
            continue
        while end > start + 2 and _ends_a_sentence(chunk):
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


def _ends_a_sentence(chunk: str) -> bool:
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
    if all(c in "_-.·" for c in signs) and (len(signs) > 1 or len(chunk) < 5):
        return ""  # a hyphen, a file name, or the sign between units of measure: m·s
    pattern = re.compile("".join(c if c.isalpha() else "[a-z]" for c in chunk))
    for word in lexicon.of_length(len(chunk)):
        if pattern.fullmatch(word):
            return word
    return ""


def spaced(given: Given) -> Iterator[Reading]:
    """Letters set apart: `c.h.u.r.c.h`, `g a y`, `U-n-i-t-a-r-i-a-n`."""
    folded, lexicon = given.folded, given.lexicon
    if "111" not in "".join("1" if len(word) == 1 else " " for word in given.words):
        return
    for match in _SPACED.finditer(folded.text):
        for letters in _words(match):
            word = "".join(c for c, _ in letters)
            plain = "" if word.isalpha() else _unleet(word, lexicon.known)
            if plain:
                yield letters[0][1], letters[-1][1] + 1, plain, True
                continue
            for a, b in longest(len(word)):
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


def repeated(given: Given) -> Iterator[Reading]:
    """Letters drawn out: `sooocially`, `gaaay`, `mmuusslliimm`."""
    folded, lexicon = given.folded, given.lexicon
    short = len(folded.text) < SHORT_TEXT
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


def flags(given: Given) -> Iterator[Reading]:
    """A country's flag in a request asks for what the word would; on a page it may be anything."""
    if not given.asked or given.text.isascii():
        return
    for match in _FLAG.finditer(given.text):
        if match.group() != _UNION_FLAG:
            yield *given.folded.shown(*match.span()), "nationality", True


def struck(given: Given) -> Iterator[Reading]:
    """A word crossed out letter by letter, which nobody does to an honest one."""
    if given.folded.spots is None:
        return
    for match in _STRUCK.finditer(given.text):
        start, end = given.folded.shown(*match.span())
        word = given.folded.text[start:end]
        if given.lexicon.known(word):
            yield start, end, word, True
