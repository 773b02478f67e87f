"""Whole words hidden: backwards or in cipher, encoded, run together, cut in two, misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import add

from recruitcheck.rules.coded import ENCODED, decoded, maybe_coded
from recruitcheck.rules.lexicon import WORD, Lexicon
from recruitcheck.rules.readings import Given, Reading, longest

_PLAIN = re.compile(r"[A-Za-z][A-Za-z' -]{1,60}")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MAYBE_JOINED = re.compile(r"#\w|[a-z][A-Z]")
_STARTS = (
    "is", "he", "she", "they", "the", "are", "was", "a", "if", "any", "find", "check", "did",
    "does", "has", "see", "look", "please", "out", "whether", "who", "what", "where", "when", "how",
    "his", "her", "google", "search", "tell",
)  # fmt: skip
_TAG = re.compile(
    r"#[^\W_]{3,60}|@?(?<![^\W_])(?:[A-Za-z]+[a-z][A-Z][A-Za-z]*"
    rf"|(?i:{'|'.join(_STARTS)})[a-z]{{5,60}})(?![^\W_])"
)
_CUT = re.compile(r"[ _-]{1,3}")
"""What may stand in a word that is cut in two; a full stop ends a sentence."""
_FLIPPED = re.compile("[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]")
_FLIP = str.maketrans("ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", "abcdefghijklmnopqrstuvwxyz")


def turned(given: Given) -> Iterator[Reading]:
    """Words backwards, in rot13, or upside down."""
    lexicon = given.lexicon
    known = lexicon.turned
    turned = {word for word in given.there if word in known}
    if not given.asked:
        turned = {word for word in turned if known[word] in lexicon.hideable}
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


def encoded(given: Given) -> Iterator[Reading]:
    """Words in base64, hexadecimal, percent signs, entities, character codes."""
    text, folded, lexicon = given.text, given.folded, given.lexicon
    if not maybe_coded(text):
        return
    for match in ENCODED.finditer(text):
        for plain in decoded(match.lastgroup or "", match.group()):
            found = [w for w in WORD.findall(plain.lower()) if lexicon.known_word(w)]
            if found and _PLAIN.fullmatch(plain.strip()):
                start, end = folded.shown(*match.span())
                yield start, end, plain.strip().lower(), True
                break


def joined(given: Given) -> Iterator[Reading]:
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
        for a, b in longest(len(word)):
            piece = word[a:b]
            edge = a == 0 or b == len(word) or word[:a] in lexicon.sets["fillers"] or b - a >= 7
            short = piece in lexicon.soft and word[:a] + word[b:] in lexicon.sets["tag_companions"]
            if edge and (short or (b - a >= 5 and piece in lexicon.hideable)):
                return f"{word[:a]} {piece} {word[b:]}".strip()
    filler = next((f for f in _STARTS if word.startswith(f)), "")
    if not filler or len(word) < 8:
        return ""
    return _fill(word, lexicon, told=False)


def _fill(word: str, lexicon: Lexicon, *, told: bool, depth: int = 0) -> str:
    """Fillers and one word of the vocabulary that together make up the letters, or nothing."""
    if not word or depth > 9:
        return ""
    fillers = lexicon.sets["fillers"]
    if depth > 1 and not told and len(word) > 2 and lexicon.known(word) and word not in fillers:
        return word
    for size in range(min(12, len(word)), 0, -1):
        piece, rest = word[:size], word[size:]
        tells = depth > 1 and not told and size > 3 and lexicon.known(piece)
        if piece not in fillers and not tells:
            continue
        tells = tells and piece not in fillers
        if not rest and (told or tells):
            return piece
        if after := _fill(rest, lexicon, told=told or tells, depth=depth + 1):
            return f"{piece} {after}"
    return ""


def parted(given: Given) -> Iterator[Reading]:
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
        if not _CUT.fullmatch(folded.text, first.end(), second.start()):
            continue
        if len(joined) < 5 or joined in lexicon.joined or a in lexicon.terms or b in lexicon.terms:
            continue
        yield first.start(), second.end(), joined, len(joined) > 5 and joined in lexicon.hideable


def misspelt(given: Given) -> Iterator[Reading]:
    """A slip of the pen: `diasbled`, `Mslim`, `shop stewerd`."""
    lexicon, words = given.lexicon, given.words
    slips = {
        i: plain
        for i, word in enumerate(words)
        if len(word) > 4 and (plain := lexicon.near(word) or lexicon.near_in_term(words, i))
    }
    if slips:
        for i, match in enumerate(WORD.finditer(given.folded.text)):
            if i in slips:
                yield match.start(), match.end(), slips[i], False
