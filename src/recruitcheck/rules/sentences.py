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
a.m abb abs abt acad admin al allg anm approx apr art assn assoc aug ausschl ave b.a b.sc bd betr
blvd bros bspw bzgl bzw c ca capt cert cf co col comm conf cont corp d.c d.h dec dept diff dipl dr
e.g ed eds eg ehem einschl esp est etc evtl excl exkl feb fig figs fr fr. fri geb gegr gen ggf gov
govt hon hr hrsg i.e ie illus inc incl inkl insb insbes inst intl jan jr jul jun lt ltd m m.a m.sc
mar max mgmt min mio misc mlle mme mon mr mrd mrs ms mx natl no nos nov nr o.k oct orig p p.m ph.d
plc pp prof publ rd ref refs rep resp rev revd sat sen sep sept sgt sog sr st ste str sun suppl
tech tel temp thu thur thurs transl tue tues u.a u.k u.n u.s univ usf usw v vgl vol vols vs wed z.b
zzgl
"""
_ABBREVIATIONS = frozenset(_SHORT.split())
_FEWEST = 4
"""Letters of a word that is not taken for a shortened one where small letters follow its stop."""
_PLAIN = re.compile(r"[\w'’/-]+")
_OPENS = re.compile(r"(?:i|i['’]\w+|my|we|he|she|they|it|this|the|there)\b", re.IGNORECASE)
"""Small words that begin a sentence and hardly ever follow a shortened word."""
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
    word_start = match.start()
    while word_start > at and not text[word_start - 1].isspace():
        word_start -= 1
    word = text[word_start : match.start()].lstrip("([\"'“‘«„").casefold()
    if not _begins(text, match.end(), stop):
        return mark == "." and _ends_in_small_letters(word, text, match.end(), stop)
    if len(word) == 1 and word.isalpha():  # an initial, as in "J. Smith"; "vitamin C." is rare
        return False
    if word.isdigit() and len(word) <= 2:  # German dates: "am 3. Mai"
        return not text[match.end() : match.end() + 1].isalpha() or word_start == at
    return word not in _ABBREVIATIONS


def _ends_in_small_letters(word: str, text: str, at: int, stop: int) -> bool:
    """Whether a sentence ends with `word` although a small letter follows.

    People write whole posts in small letters. Taken as one sentence, all of such a post would be
    shown with the part that bears on the claim, or withheld with what is protected in it.
    """
    if word in _ABBREVIATIONS or not _PLAIN.fullmatch(word):
        return False
    return len(word) >= _FEWEST or _OPENS.match(text, at, stop) is not None


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
