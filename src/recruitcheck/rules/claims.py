"""Claims: is the quotation there, what is it, and what of it can be searched.

A claim is an exact span of the application (policy 7(search)). Its nature is decided when it is
marked: checkable; opinion, which nothing public could settle; sensitive, because confirming it
would disclose the applicant's own protected characteristic; or the bare statement of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from recruitcheck.records import Nature
from recruitcheck.rules import ownlife, words
from recruitcheck.rules.claimwords import (
    DEEDS,
    EVERYDAY,
    EVERYDAY_KINDS,
    KIND_OF,
    OPINION,
    PLATFORMS,
    PRIVATE,
)

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_SHORT_RANGE = re.compile(r"(?<!\d)((?:19|20)(\d\d))\s?[-–/]\s?(\d\d)(?!\d)")
_MONTH = re.compile(
    r"(?i)\b(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+(?:1[89]|20)\d\d"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\s?(?:[kKmM]\b|%|million|thousand)?")
"""A figure with what says how large it is: 1,150; 3.5k; 40 %; 2 million."""
_IN_QUOTES = re.compile(
    r"(?<!\w)['‘“\"«]([^'‘’“”\"«»]{2,80}(?:['’]\w[^'‘’“”\"«»]*)*)['’”\"»](?!\w)"
)
"""What stands in quotation marks of any kind; an apostrophe inside a word ends nothing."""
_SMALL = r"(?:of|the|and|in|on|for|to|with|a|an|de|la|le|y|yr|der|die|und|&|at|from|by|without)"
_TITLE = re.compile(rf"(?<![\w.])[A-Z][\w'’-]*(?:\s+(?:{_SMALL}\s+){{0,2}}[A-Z0-9][\w'’-]*)+")
"""Words with capitals in a row, small ones between them: Head of the River, Puzzle Friday 12."""
_LEADER = re.compile(
    r"(?i)\b(?:scout|guide|brownie|cub|beaver|youth|club|choir|group|troop|band|walk(?:ing)?|school"
    r"|expedition|session|project|orchestra|section|play|tour|ride|trip) leader\b"
)
"""An office, where `a natural leader` is praise."""
_CAPITAL = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'’-]{2,}")
"""A capital within a sentence, which marks a name."""
_HANDLE = re.compile(r"(?<![\w@])@\w[\w.\-]*(?<![.\-])")

_PUBLIC = frozenset(
    [
        *("account", "blog", "channel", "podcast", "video", "site"),
        *("code", "publication", "performance", "office"),
    ]
)
"""Kinds of claim that are public by their nature."""
_AGE = re.compile(r"\W*i(?:'m| am)(?: aged?)? \d{1,3}(?: years?(?: old)?| years? of age)?\W*")
"""The writer's age and nothing else: a figure that nothing public settles."""


class Screener(ownlife.Screener, Protocol):
    """The part of the screener that claims need."""

    def about_applicant(self, quote: str) -> _Screening:
        """What a quote says of the applicant's own person."""


class _Screening(Protocol):
    @property
    def outcome(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Searchable:
    """What of a quotation can be looked for. Empty parts: the quotation names none."""

    hosts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    """Years and months as written, a short range (1948-62) written out."""
    numbers: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Kinds of claim: account, blog, publication, code, performance, result …"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of an application that looks like a checkable claim; holds no text."""

    kind: str
    start: int
    end: int


def find_quote(document_text: str, quote: str) -> tuple[int, int] | None:
    """Where a quotation stands in a document, as offsets of the document, or None.

    Equal are only typographic quotation marks, kinds of space and composed forms. A half word at
    either end is no quotation.
    """
    wanted = words.quoted_form(quote)[0].strip()
    if not wanted:
        return None
    text, places = words.quoted_form(document_text)
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not _inside_word(text, start) and not _inside_word(text, end):
            return places[start], _given_end(document_text, places, end)
        start = text.find(wanted, start + 1)
    return None


def _inside_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _given_end(document_text: str, places: tuple[int, ...], end: int) -> int:
    """The end of the last letter: what was dropped or joined after it stays outside."""
    stop = places[end]
    while stop > places[end - 1] + 1 and (
        document_text[stop - 1].isspace() or document_text[stop - 1] in "\u00ad\ufeff\u2060"
    ):
        stop -= 1
    return stop


def nature(quote: str, screener: Screener) -> Nature:
    """What a marked span is. A doubtful person comes before a doubtful fact."""
    said = screener.about_applicant(ownlife.without_school_councils(quote)).outcome
    if ownlife.bare(quote):
        said = "refuse"
    office = ownlife.sensitive(quote, screener, (*searchable(quote).titles, *_names(quote)))
    if said == "refuse" and not office and not _public(quote):
        return Nature.CHARACTERISTIC
    if said != "clear" or office:
        return Nature.SENSITIVE
    return Nature.CHECKABLE if checkable(quote) else Nature.OPINION


def _public(quote: str) -> bool:
    """Whether a bare characteristic also names a public work, which can be checked."""
    found = searchable(quote)
    made = found.titles and any(words.holds(DEEDS, t.plain) for t in words.tokens(quote))
    return bool(made) or not _PUBLIC.isdisjoint(found.kinds)


def checkable(quote: str) -> bool:
    """Whether something public could settle what the quotation says.

    That needs a mark of the public world: an address, a work, a result, an office, a name, a
    figure. A sentence of self-praise needs more than a figure or one common noun.
    """
    found = searchable(quote)
    if found.hosts or found.handles or found.platforms:
        return True
    if words.phrase_in(PRIVATE, quote):
        return False
    named = bool(found.titles or _names(quote))
    deed = any(words.holds(DEEDS, t.plain) for t in words.tokens(quote))
    figures = bool(found.dates or found.numbers) and not _AGE.fullmatch(words.plain(quote))
    if words.phrase_in(OPINION, _LEADER.sub(" ", quote)):
        return bool((found.kinds or deed) and (named or figures)) or _work_beside_deed(quote)
    return _names_a_work(quote) or named or figures or deed or _of_another_script(quote)


def _work_beside_deed(quote: str) -> bool:
    """Whether it names a work and, in another word, what was done with it (`wrote the guide`)."""
    found = [t.plain for t in words.tokens(quote)]
    works = {w for w in found if any(form in KIND_OF for form in words.lemmas(w))}
    deeds = {w for w in found if words.holds(DEEDS, w) and not w.endswith("ing")}
    return bool(works and deeds) and len(works | deeds) > 1


def _names_a_work(quote: str) -> bool:
    """Whether a word says what can be looked for; `team` or `trust` alone says nothing."""
    return any(
        form in KIND_OF and form not in EVERYDAY_KINDS
        for token in words.tokens(quote)
        for form in words.lemmas(token.plain)
    )


def _of_another_script(quote: str) -> bool:
    """Whether it is written in letters without capitals, in which no title shows by its shape."""
    letters = [c for c in quote if c.isalpha()]
    return bool(letters) and sum(c.lower() == c.upper() for c in letters) > len(letters) / 2


def _names(quote: str) -> tuple[str, ...]:
    return tuple(m.group() for m in _CAPITAL.finditer(quote))


@lru_cache(maxsize=512)
def searchable(quote: str) -> Searchable:
    """Titles, accounts, addresses, dates, numbers and platforms that a quotation names."""
    found = words.tokens(quote)
    addresses = tuple(dict.fromkeys(t.text for t in found if t.kind == "address"))
    hosts = tuple(dict.fromkeys(_host(a) for a in addresses))
    handles = tuple(dict.fromkeys(m.group() for m in _HANDLE.finditer(quote)))
    dates = _dates(quote)
    return Searchable(
        hosts=hosts,
        addresses=addresses,
        handles=handles,
        titles=_titles(quote),
        dates=dates,
        numbers=tuple(
            dict.fromkeys(
                n for m in _NUMBER.finditer(quote) if (n := m.group().strip()) not in dates
            )
        ),
        platforms=_platforms(quote, hosts),
        kinds=_kinds(found),
    )


def _host(address: str) -> str:
    bare = re.sub(r"(?i)^https?://", "", address)
    return re.split(r"[/:]", bare, maxsplit=1)[0].lower()


def _titles(quote: str) -> tuple[str, ...]:
    quoted = [m.group(1).strip(" ,.") for m in _IN_QUOTES.finditer(quote)]
    runs = [_without_opening(m.group()) for m in _TITLE.finditer(quote)]
    return tuple(dict.fromkeys(t for t in (*quoted, *runs) if t))


def _without_opening(title: str) -> str:
    """A capital that only opens the sentence (`As Head …`, `My …`) is no part of a title."""
    title = title.removesuffix(" I")
    first, _, rest = title.partition(" ")
    if first in {"I", "My", "As", "In", "At", "Our", "For", "While", "When", "Since", "From", "We"}:
        return rest if " " in rest else ""
    return title


def _dates(quote: str) -> tuple[str, ...]:
    found = [m.group() for m in _MONTH.finditer(quote)] + _YEAR.findall(quote)
    for match in _SHORT_RANGE.finditer(quote):
        century = match.group(1)[:2]
        later = int(century + match.group(3))
        if int(match.group(3)) < int(match.group(2)):
            later += 100
        found.append(str(later))
    return tuple(dict.fromkeys(found))


def _platforms(quote: str, hosts: tuple[str, ...]) -> tuple[str, ...]:
    text = words.plain(quote)
    named = [
        name
        for word, name in PLATFORMS.items()
        if re.search(rf"(?<![\w.]){re.escape(word)}(?![\w.]*\w)", text)
        and (word not in EVERYDAY or re.search(rf"\b(?:{word.capitalize()}|TES)\b", quote))
    ]
    if re.search(r"(?<![\w@])X\s+(?:account|feed|page|posts?|profile|handle)|\bon X\b", quote):
        named.append("x")
    named += [name for host in hosts for word, name in PLATFORMS.items() if word in host.split(".")]
    if any(host in {"x.com", "www.x.com"} for host in hosts):
        named.append("x")
    return tuple(dict.fromkeys(named))


def _kinds(found: tuple[words.Token, ...]) -> tuple[str, ...]:
    kinds = []
    for token in found:
        for form in words.lemmas(token.plain):
            if form in KIND_OF:
                kinds.append(KIND_OF[form])
        if token.kind == "address":
            kinds.append("site")
        if token.kind == "handle":
            kinds.append("account")
    return tuple(dict.fromkeys(kinds))


_SENTENCE = re.compile(r"[^.!?\n|•]+(?:[.!?](?=\S)[^.!?\n|•]*)*[.!?]?")
"""Up to a stop with room behind it: `ana.example` ends no sentence, a line or a bullet does."""


def candidates(document_text: str) -> tuple[Candidate, ...]:
    """Spans of a document that look like checkable claims, by kind and without their text.

    They let an equality reviewer see which comparable claims were not searched. The pass is pure
    and coarse: a sentence counts by the first kind of public thing that it names.
    """
    return tuple(_candidates(document_text))


def _candidates(document_text: str) -> Iterator[Candidate]:
    for match in _SENTENCE.finditer(document_text):
        sentence = match.group()
        stripped = sentence.strip()
        if len(stripped) < 8:
            continue
        found = searchable(stripped)
        named = found.hosts or found.handles or found.titles or found.platforms
        if not found.kinds or not (named or found.dates or found.numbers):
            continue
        start = match.start() + sentence.index(stripped)
        yield Candidate(found.kinds[0], start, start + len(stripped))
