"""Sentences of a passage, as spans. Pure, linear in the length of the text.

A page is shown by the sentence, because some engines flatten paragraphs into one string and put
the colleague, the telephone number and the church beside the claim.
"""

from __future__ import annotations

import re

_BREAK = re.compile(
    r"""
    (?P<stop> [.!?…]+ [)\]"'”’»]* ) \s+    # a stop, closing marks, room
    | (?P<wide>[。！？۔।]+) \s*                       # stops of scripts that need no room
    | \s+(?P<bullet>[•‣◦▪►·]) (?=\s)               # a flattened list
    | \n+
    """,
    re.VERBOSE,
)

_SHORT = """
a.m abs al approx apr art aug ave b.a b.sc bd blvd bros bspw bzw c ca capt cf co col corp d.c
d.h dec dept dr e.g ed eds eg est etc evtl feb fig figs fr fr. fri gen ggf gov hon hr hrsg i.e
ie inc inkl jan jr jul jun lt ltd m m.a m.sc mar max min mio mlle mme mon mr mrd mrs ms mx no
nos nov nr o.k oct p p.m ph.d plc pp prof rd rep rev revd sat sen sep sept sgt sr st ste str
sun tel thu thur thurs tue tues u.a u.k u.n u.s usw v vol vols vs wed z.b
"""
_ABBREVIATIONS = frozenset(_SHORT.split())
_LONGEST = 600
"""A "sentence" beyond this many characters is split at the next weaker stop."""
_WEAK = re.compile(r"[;:,]\s+|\s[–—-]\s|\s+")


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """Half-open spans of the sentences in `text[start:end]`, without surrounding white space."""
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    at = start
    for match in _BREAK.finditer(text, start, stop):
        cut = match.end("stop") if match["stop"] else match.end()
        if match["stop"] and not _ends(text, at, match, stop):
            continue
        _add(spans, text, at, cut)
        at = cut
    _add(spans, text, at, stop)
    return tuple(spans)


def _ends(text: str, at: int, match: re.Match[str], stop: int) -> bool:
    """Whether a full stop followed by room ends the sentence that began at `at`."""
    mark = match["stop"]
    if mark[0] != "." or mark.startswith(".."):
        return mark[0] in "!?" or _begins(text, match.end(), stop)
    if not _begins(text, match.end(), stop):
        return False
    word_start = match.start()
    while word_start > at and not text[word_start - 1].isspace():
        word_start -= 1
    word = text[word_start : match.start()].lstrip("([\"'“‘«„").casefold()
    if len(word) == 1 and word.isalpha():  # an initial, as in "J. Smith"; "vitamin C." is rare
        return False
    if word.isdigit() and len(word) <= 2:  # German dates: "am 3. Mai"
        return not text[match.end() : match.end() + 1].isalpha() or word_start == at
    return word not in _ABBREVIATIONS


def _begins(text: str, at: int, stop: int) -> bool:
    """Whether what follows looks like the start of a sentence."""
    if at >= stop:
        return True
    first = text[at]
    return not first.islower() and (not first.isalpha() or first.isupper() or ord(first) > 0x24F)


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        # looked for nearby only: a text without any room must not be scanned again for each piece
        weak = _WEAK.search(text, start + _LONGEST // 2, min(end, start + 2 * _LONGEST))
        cut = weak.end() if weak else start + _LONGEST
        if cut >= end:
            break
        _add(spans, text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        spans.append((start, end))
