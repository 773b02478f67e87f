"""Where each word of a query comes from: the quotation, or nowhere that counts.

This is the rule that does most of the work (policy 7(search)): a query may hold words of the
quotation, the ground's neutral source words, function words, labels of a quoted host, parts of a
quoted handle, and the applicant's name beside a word of the claim. Anything else is a stranger.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from recruitcheck.records import QueryWord
from recruitcheck.rules import words
from recruitcheck.rules.claimwords import KIND_OF
from recruitcheck.rules.given_names import ALSO_WORDS, GIVEN
from recruitcheck.rules.pack import Vocabulary
from recruitcheck.rules.words import Token

_LIGHT = frozenset({"run", "use", "make", "have", "take", "get", "do", "be", "go", "give"})
_PARTS = re.compile(r"[^\W_]+")
_PLACES = frozenset(
    word
    for line in (
        "theatre park hall school road press college society trust museum centre house street",
        "church academy library prize award cup festival foundation university institute club",
        "orchestra choir band gallery primary secondary infants juniors hospital farm gardens",
        "books journal gazette news radio fc afc rfc cc show fair memorial trophy shield lane",
    )
    for word in line.split()
)
"""A run of capitals that ends so is a place or an organisation, whatever name it begins with."""
_PARTICLES = frozenset(
    ["van", "von", "de", "del", "della", "di", "da", "la", "le", "al", "el", "bin", "bint", "ibn"]
)
_WHERE = re.compile(
    r"\b(?:in|at|near|from|around|outside)\s+(?:the\s+)?(?P<place>(?:[A-Z][\w'’-]+\s?)+)"
)
"""Where a quotation says that something happened."""
_COMPANION = re.compile(
    r"\b(?:with|alongside|my \w+)(?:,)? (?:my \w+,? )?(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
)
"""Somebody beside the applicant: `with Sam Price`, `my sister Ana`."""
_PRONOUNS = frozenset(["he", "him", "his", "she", "her", "hers", "they", "them", "their", "theirs"])
"""They ask of somebody; no work is called so, and a query needs them no more than a title does."""
_OPERATORS = frozenset({"site", "intitle", "inurl", "or", "and"})


_Origin = tuple[str, int | None]
"""Where a word of a query comes from (see `QueryWord.origin`), and its offset in the quotation."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A query word by word. It is bound when `strangers` is empty."""

    words: tuple[QueryWord, ...]
    strangers: tuple[Token, ...]
    names: tuple[str, ...]
    """Personal names found beside the quotation, one entry per person."""
    beside: bool
    """Every name stands beside a word of the claim."""
    anchors: tuple[Token, ...]
    """Words of the query that the quotation itself holds, light verbs left out."""
    telling: bool
    """One of them leads to the work, and not to any school or family."""
    companions: tuple[str, ...]
    """Names of people whom the quotation names beside the applicant."""


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quotation as its words are looked up."""

    by_word: dict[str, int]
    """Lemma or part to its offset in the quotation."""
    hosts: dict[str, int]
    handles: dict[str, int]
    joined: str
    signs: frozenset[str]


@lru_cache(maxsize=512)
def _read(quote: str) -> _Quote:
    by_word: dict[str, int] = {}
    hosts: dict[str, int] = {}
    handles: dict[str, int] = {}
    for token in words.tokens(quote):
        if token.kind == "address":
            for part in (token.plain, *_PARTS.findall(token.plain)):
                hosts.setdefault(part, token.start)
        elif token.kind in {"handle", "hashtag"}:
            for part in (token.plain, token.plain[1:], *_PARTS.findall(token.plain)):
                handles.setdefault(part, token.start)
        else:
            for form in words.lemmas(token.plain):
                by_word.setdefault(form, token.start)
    joined = "".join(_PARTS.findall(words.plain(quote)))
    signs = frozenset(t.plain for t in words.tokens(quote) if t.kind == "symbol")
    return _Quote(by_word, hosts, handles, joined, signs)


def bind(
    query: str,
    quote: str,
    vocabulary: Vocabulary,
    *,
    neutral: Sequence[str] = (),
    name: str = "",
    accounts: Sequence[str] = (),
) -> Binding:
    """Trace every word of a query.

    Without `name`, one run of words that reads as a personal name is taken as the applicant's.
    """
    held = _read(quote)
    free = frozenset(p for w in neutral for p in _PARTS.findall(words.plain(w)))
    function = words.folded(vocabulary.function_words) - _PRONOUNS
    given = frozenset(words.plain(a).strip("@") for a in accounts)
    tokens = words.tokens(query)
    origins = [_origin(t, held, free, function, given) for t in tokens]
    runs = _name_runs(tokens, origins, vocabulary, name)
    for start, end in runs:
        for place in range(start, end):
            origins[place] = ("name", None)
    anchors = tuple(
        t
        for t, o in zip(tokens, origins, strict=True)
        if o and o[0] in {"quote", "handle", "host"} and words.lemmas(t.plain).isdisjoint(_LIGHT)
    )
    told = [t for t in anchors if _tells(t.plain, vocabulary)]
    people = {words.plain(" ".join(t.text for t in tokens[a:b])) for a, b in runs}
    return Binding(
        words=tuple(
            QueryWord(text=t.text, origin=o[0], start=o[1])
            for t, o in zip(tokens, origins, strict=True)
            if o
        ),
        strangers=tuple(t for t, o in zip(tokens, origins, strict=True) if o is None),
        names=tuple(sorted(people)),
        beside=not runs
        or (
            all(_beside(origins, run) for run in runs)
            and any(
                t.plain not in _places(quote) and words.lemmas(t.plain).isdisjoint(KIND_OF)
                for t in told
            )
        ),
        anchors=anchors,
        telling=bool(told) or not any(_tells(w, vocabulary) for w in held.by_word),
        companions=_companions(tokens, quote),
    )


def _tells(plain: str, vocabulary: Vocabulary) -> bool:
    """Whether a word of a quotation leads to its work and not to any school or family."""
    return not plain.isdigit() and not any(
        words.holds(words.folded(listed), plain) for listed in (vocabulary.weak, vocabulary.others)
    )


def _companions(tokens: Sequence[Token], quote: str) -> tuple[str, ...]:
    """Names in a query of people whom the quotation names beside the applicant."""
    beside = {
        words.plain(part)
        for match in _COMPANION.finditer(quote)
        for name in personal_names(match.group("name"))
        for part in _PARTS.findall(name)
    }
    return tuple(t.text for t in tokens if t.plain in beside)


@lru_cache(maxsize=512)
def _places(quote: str) -> frozenset[str]:
    """Words that stand in a quotation only to say where: beside a name they find its bearer."""
    found = {
        t.plain for m in _WHERE.finditer(quote) for t in words.tokens(m.group("place")) if t.capital
    }
    without = {t.plain for t in words.tokens(_WHERE.sub(" ", quote))}
    return frozenset(found - without)


def _origin(
    token: Token,
    held: _Quote,
    free: frozenset[str],
    function: frozenset[str],
    given: frozenset[str],
) -> _Origin | None:
    plain = token.plain
    if token.kind == "symbol":
        return ("quote", None) if plain in held.signs else None
    if token.kind == "address":
        return _address_origin(plain, held, given)
    if token.kind in {"handle", "hashtag"}:
        return _handle_origin(plain, held, given)
    return _word_origin(plain, held, free, function, given)


def _word_origin(
    plain: str,
    held: _Quote,
    free: frozenset[str],
    function: frozenset[str],
    given: frozenset[str],
) -> _Origin | None:
    forms = words.lemmas(plain)
    if plain in function:
        return ("function word", None)
    for origin, places in (("quote", held.by_word), ("handle", held.handles), ("host", held.hosts)):
        for form in forms & places.keys():
            return (origin, places[form])
    if plain in _OPERATORS or not forms.isdisjoint(free):
        return ("source word", None)
    if len(plain) > 5 and not plain.isdigit() and plain in held.joined:
        return _joined_origin(plain, held)
    return ("handle", None) if plain in given else None


def _joined_origin(plain: str, held: _Quote) -> _Origin | None:
    """`PuzzleFriday` for `Puzzle Friday`: whole neighbouring words of the quotation, joined."""
    rest = plain
    while rest:
        part = max((w for w in held.by_word if rest.startswith(w)), key=len, default="")
        if not part:
            return None
        rest = rest[len(part) :]
    return ("quote", None)


def _address_origin(plain: str, held: _Quote, given: frozenset[str]) -> _Origin | None:
    bare = re.sub(r"^https?://", "", plain).rstrip("/")
    for form in (plain, bare, bare.removeprefix("www.")):
        if form in held.hosts:
            return ("host", held.hosts[form])
        if form in given:
            return ("host", None)
    if any(h.startswith(bare + "/") for h in held.hosts):
        return ("host", None)
    parts = _PARTS.findall(bare)
    if parts and all(p in held.hosts or p in held.handles or p == "www" for p in parts):
        return ("host", held.hosts.get(parts[0]))
    return None


def _handle_origin(plain: str, held: _Quote, given: frozenset[str]) -> _Origin | None:
    bare = plain[1:]
    if plain in held.handles or bare in held.handles:
        return ("handle", held.handles.get(plain, held.handles.get(bare)))
    if bare in given:
        return ("handle", None)
    if plain.startswith("#"):
        if bare in held.by_word:
            return ("quote", held.by_word[bare])
        if bare in held.joined:
            return _joined_origin(bare, held)
    return None


# --- personal names -------------------------------------------------------------------------


def _name_runs(
    tokens: Sequence[Token],
    origins: Sequence[_Origin | None],
    vocabulary: Vocabulary,
    name: str,
) -> list[tuple[int, int]]:
    parts = frozenset(_PARTS.findall(words.plain(name)))
    runs: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens):
        end = place
        while end < len(tokens) and origins[end] is None and _fits(tokens[end], parts, name):
            end += 1
        if end > place and (name or _reads_as_name(tokens[place:end], vocabulary)):
            runs.append((place, end))
        place = max(end, place + 1)
    return runs


def _fits(token: Token, parts: frozenset[str], name: str) -> bool:
    if name:
        return all(p in parts for p in _PARTS.findall(token.plain.removesuffix("'s")))
    return token.kind == "word"


def _reads_as_name(run: Sequence[Token], vocabulary: Vocabulary) -> bool:
    first = run[0].plain.removesuffix("'s")
    known = first in GIVEN or first in ALSO_WORDS
    if len(run) == 1:
        return first in GIVEN
    if len(run) > 3:
        return False
    capitals = all(t.capital for t in run)
    lower = not any(t.capital for t in run)
    strange = any(
        t.plain in words.folded(listed)
        for t in run[1:]
        for listed in (vocabulary.others, vocabulary.private_places)
    )
    if len(run) == 3 and run[1].plain not in GIVEN | ALSO_WORDS | _PARTICLES:
        return False  # `Lena Hughes Leeds`: a name and where to find its bearer
    return not strange and ((known and (capitals or lower)) or (capitals and len(run) == 2))


def _beside(origins: Sequence[_Origin | None], run: tuple[int, int]) -> bool:
    """Whether the next or the previous word that means something is a word of the claim."""
    before = next((o for o in reversed(origins[: run[0]]) if o and o[0] != "function word"), None)
    after = next((o for o in origins[run[1] :] if o and o[0] != "function word"), None)
    return any(o and o[0] in {"quote", "handle", "host", "source word"} for o in (before, after))


def personal_names(text: str, known: str = "") -> tuple[str, ...]:
    """Names of people in a text: a common first name, alone or with the capitalised words after.

    Words of `known` (the quotation, the applicant's name) are not counted.
    """
    skip = frozenset(_PARTS.findall(words.plain(known)))
    found: list[str] = []
    tokens = [t for t in words.tokens(text) if t.kind == "word"]
    place = 0
    while place < len(tokens):
        token = tokens[place]
        bare = token.plain.removesuffix("'s")
        if not token.capital or bare not in GIVEN | ALSO_WORDS or bare in skip:
            place += 1
            continue
        end = place + 1
        while end < len(tokens) and tokens[end].capital and text[tokens[end - 1].end] == " ":
            end += 1
        if (end == place + 1 and bare in ALSO_WORDS) or tokens[end - 1].plain in _PLACES:
            place = end
            continue
        found.append(" ".join(t.text for t in tokens[place:end]))
        place = end
    return tuple(found)
