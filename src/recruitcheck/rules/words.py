"""Words as the gate compares them: tokens with offsets, folding, regular inflection.

Two words are the same here when case and accents are all that differs, or a regular ending of the
same word (`publishes`, `published`, `publishing`). Nothing looser counts as quoted: a paraphrase
is somebody else's words. `related` is looser and serves only to see whether a reason speaks of
what a claim speaks of.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

ADDRESS = re.compile(
    r"(?:https?://)?(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,24}|xn--[a-z0-9-]+)"
    r"(?::\d{1,5})?(?:/[^\s<>\"'“”‘’|]*)?",
    re.IGNORECASE,
)
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903"
    "\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51"
    "\u0a70\u0a71\u0a75\u0a81-\u0a83\u0abc-\u0acd\u0b82\u0bbe-\u0bd7\u200c\u200d"
)
"""Signs that are part of a word though they are no letters: vowels of Indic scripts, Arabic points,
combining accents, the joiners between letters."""
_LETTERS = rf"[^\W_\d](?:[^\W_\d]|[{_MARKS}])*"
_TOKEN = re.compile(
    r"(?P<handle>(?<![\w@])@\w[\w.\-]*(?<![.\-]))"
    r"|(?P<hashtag>(?<![\w#])\#\w+)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    rf"|(?P<word>{_LETTERS}(?:['’ʼ]{_LETTERS})*)"
    r"|(?P<symbol>[^\w\s])"
)

# Letters that canonical decomposition leaves whole.
_WHOLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})

# Verbs whose forms no ending explains; the word on the left is what they all count as.
_IRREGULAR = MappingProxyType(
    {
        form: base
        for base, forms in {
            "write": "wrote written",
            "run": "ran running",
            "teach": "taught",
            "make": "made",
            "lead": "led",
            "build": "built",
            "win": "won winning",
            "sing": "sang sung",
            "speak": "spoke spoken",
            "draw": "drew drawn",
            "give": "gave given",
            "hold": "held",
            "grow": "grew grown",
            "begin": "began begun",
            "keep": "kept",
            "find": "found",
            "show": "shown",
            "say": "said",
            "take": "took taken",
            "swim": "swam swum",
            "light": "lit",
            "shoot": "shot",
            "fly": "flew flown",
            "ride": "rode ridden",
            "sell": "sold",
            "do": "did done does doing",
            "go": "went gone goes going",
            "come": "came",
            "get": "got getting",
            "put": "putting",
            "set": "setting",
            "send": "sent",
            "tell": "told",
            "see": "saw seen",
            "hear": "heard",
            "bring": "brought",
            "mean": "meant",
            "leave": "left",
            "know": "knew known",
            "stand": "stood",
            "have": "has had",
            "be": "is are was were been being",
            "child": "children",
            "woman": "women",
            "man": "men",
            "person": "people",
            "country": "countries",
        }.items()
        for form in forms.split()
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, handle, hashtag, address or symbol of a text."""

    text: str
    plain: str
    """Folded: small letters without accents; a number without separators."""
    start: int
    end: int
    kind: str
    """`word`, `number`, `handle`, `hashtag`, `address` or `symbol`."""

    @property
    def capital(self) -> bool:
        """Written with a capital first letter, as names are."""
        return self.text[:1].isupper()


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """Fold case, accents and compatibility forms of one word."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(c for c in parts if not unicodedata.combining(c))
    return kept.replace("’", "'").replace("ʼ", "'").translate(_WHOLE)


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order. Plain punctuation is left out; emoji and signs are words."""
    found: list[Token] = []
    place = 0
    for match in ADDRESS.finditer(text):
        if match.start() and text[match.start() - 1] in "@.":
            continue  # an e-mail address or a handle with dots is no web address
        found += _between(text, place, match.start())
        given = match.group().rstrip(".,;:!?)")
        end = match.start() + len(given)
        found.append(Token(given, plain(given), match.start(), end, "address"))
        place = end
    found += _between(text, place, len(text))
    return tuple(found)


def _between(text: str, start: int, end: int) -> list[Token]:
    made = []
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or "symbol"
        given = match.group()
        if kind == "symbol" and not _speaks(given):
            continue
        folded = plain(given)
        if kind == "number":
            folded = folded.replace(",", "")
        made.append(Token(given, folded, match.start(), match.end(), kind))
    return made


def _speaks(sign: str) -> bool:
    """Whether a sign means something by itself: emoji, symbols, unassigned characters."""
    if sign.isascii():
        return False
    return unicodedata.category(sign) in {"So", "Sk", "Sm", "Co", "Cn", "Cs"}


@lru_cache(maxsize=16384)
def lemmas(word: str) -> frozenset[str]:
    """The basic forms that a folded word may be a regular form of; itself included."""
    base = word.removesuffix("'s").removesuffix("s'") if "'" in word else word
    made = {word, base}
    if base in _IRREGULAR:
        made.add(_IRREGULAR[base])
    if len(base) > 3 and base.endswith("s") and not base.endswith(("ss", "us", "is")):
        made.add(base[:-1])
        if base.endswith("ies"):
            made.add(base[:-3] + "y")
        if base.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
            made.add(base[:-2])
    for ending in ("ed", "ing"):
        stem = base.removesuffix(ending)
        if stem != base and len(stem) > 2:
            made |= {stem, stem + "e"}
            if stem[-1] == stem[-2]:
                made.add(stem[:-1])
            if ending == "ed" and stem.endswith("i"):
                made.add(stem[:-1] + "y")
    return frozenset(made)


def slips(word: str) -> frozenset[str]:
    """The words that may have been meant where a folded word was typed in a hurry.

    Two letters changed places (`wnat`), one came twice, or one of two equal ones is left out
    (`wil`).
    """
    places = range(len(word))
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places[:-1]}
    once = {word[:i] + word[i + 1 :] for i in places[:-1] if word[i] == word[i + 1]}
    twice = {word[:i] + word[i] + word[i:] for i in places}
    return frozenset(swapped | once | twice) - {word}


def same(one: str, other: str) -> bool:
    """Whether two folded words are regular forms of one word."""
    return one == other or not lemmas(one).isdisjoint(lemmas(other))


def related(one: str, other: str) -> bool:
    """Whether two folded words plausibly belong to one family (`bake`, `bakery`)."""
    if same(one, other):
        return True
    shorter = min(len(one), len(other))
    if shorter < 4:
        return False
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= max(4, shorter - 2)


def mutated(one: str, other: str) -> bool:
    """Whether two folded Welsh words differ only in a mutated beginning (`blog`, `flog`)."""
    if min(len(one), len(other)) < 4:
        return False
    tails = {other[i:] for i in range(3) if len(other) - i > 2}
    return any(one[i:] in tails for i in range(3) if len(one) - i > 2)


def holds(phrases: frozenset[str], word: str) -> bool:
    """Whether a word, in any regular form, is among single words of a list."""
    return word in phrases or not phrases.isdisjoint(lemmas(word))


@lru_cache(maxsize=64)
def folded(words: tuple[str, ...]) -> frozenset[str]:
    """A list of the vocabulary, folded, for `holds` and `phrase_in`."""
    return frozenset(plain(word) for word in words)


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


@lru_cache(maxsize=64)
def folded_words(texts: tuple[str, ...]) -> frozenset[str]:
    """The single words of several texts, folded, for `holds`."""
    return frozenset(plain(word) for text in texts for word in text.split())


@lru_cache(maxsize=64)
def _phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = sorted({plain(w) for w in words}, key=len, reverse=True)
    parts = (re.escape(w).replace(r"\ ", r"[\s\-]+").replace("'", "['’]") for w in listed)
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?:'?s)?(?!\w)")


def phrase_in(words: tuple[str, ...], text: str) -> re.Match[str] | None:
    """The first place where one of these words or phrases stands in a text, after folding."""
    return _phrases(words).search(plain(text).replace("’", "'"))


def without(listed: tuple[str, ...], text: str) -> str:
    """A text with every one of these words and phrases left out."""
    return _phrases(listed).sub(" ", plain(text))


_DATED = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:March|May|August)\b"
    r"|(?:in|since|until|from|by|to|till|of|early|mid|late|last|this|and|before|after) "
    r"(?:March|May|August)\b(?! (?:for|against|with))"
    r"|(?:March|May|August) (?:\d{1,2}(?:st|nd|rd|th)?\b|(?:19|20)\d\d\b)"
    r"|(?i:march|may|august) (?:19|20)\d\d\b)"
)
"""March, May and August where they are months."""


def undated(text: str) -> str:
    """A text with dates by those months blanked that are everyday words too; offsets stay."""
    return _DATED.sub(lambda m: " " * len(m.group()), text)


_FOLDS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008", " "),
        **dict.fromkeys("\u2009\u200a\u202f\u205f\u3000\t\n\r\x0b\x0c\u2028\u2029\x85", " "),
        **dict.fromkeys("\u00ad\ufeff\u2060", ""),
    }
)
"""Signs between which a quotation makes no difference."""


def quoted_form(text: str) -> tuple[str, tuple[int, ...]]:
    """A text as quotations are compared, and for each letter its place in the text as given.

    Typographic quotation marks, kinds and runs of space, and composed forms become equal; soft
    hyphens and byte order marks vanish, as they do when a document is read. Nothing else does: a
    changed figure or an ellipsis stays a difference.
    """
    letters: list[str] = []
    places: list[int] = []
    place = 0
    while place < len(text):
        end = place + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for letter in unicodedata.normalize("NFC", text[place:end]).translate(_FOLDS):
            if letter == " " and letters and letters[-1] == " ":
                continue
            letters.append(letter)
            places.append(place)
        place = end
    places.append(len(text))
    return "".join(letters), tuple(places)


_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0e-\x1f\x7f]"
)
"""What has no shape or turns the writing's direction."""
_JOINERS = re.compile("[\u200c\u200d]")


def invisible(text: str) -> bool:
    """Whether a typed text holds characters that cannot be seen or that turn its direction.

    The zero-width joiners are let through where a script needs them (between letters of Arabic,
    Indic and related scripts) and inside composed emoji.
    """
    if text.isascii():
        return bool(_INVISIBLE.search(text))
    if _INVISIBLE.search(text):
        return True
    return any(
        not _joins(text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1])
        for m in _JOINERS.finditer(text)
    )


def _joins(before: str, after: str) -> bool:
    return bool(before and after) and all(
        "\u0600" <= c <= "\u0dff"
        or "\u1000" <= c <= "\u17ff"
        or unicodedata.category(c) in {"So", "Sk"}
        or c == "\ufe0f"
        for c in (before, after)
    )


_DERIVED = (
    ("ographer", "ograph", 3),
    ("ography", "ograph", 3),
    ("ery", "", 3),
    ("ers", "", 3),
    ("er", "", 3),
    ("ors", "", 4),
    ("or", "", 4),
    ("ist", "", 4),
    ("ings", "", 3),
    ("ations", "", 4),
    ("ation", "", 4),
    ("ions", "", 4),
    ("ion", "", 4),
    ("ment", "", 4),
    ("al", "", 4),
    ("ly", "", 4),
    ("ship", "", 4),
    ("ian", "", 4),
    ("y", "", 5),
)
"""Ending of a derived word, what it stood in place of, fewest letters of the stem."""


@lru_cache(maxsize=16384)
def family(word: str) -> frozenset[str]:
    """Basic forms of a folded word and of what it is derived from (`bakery`, `baker`: `bake`)."""
    made = set(lemmas(word))
    for form in tuple(made):
        for ending, put, least in _DERIVED:
            stem = form.removesuffix(ending) + put if form.endswith(ending) else ""
            if len(stem) >= least:
                made |= {stem, stem + "e"}
                if stem[-1] == stem[-2]:
                    made.add(stem[:-1])
    return frozenset(made)


def akin(one: str, other: str) -> bool:
    """Whether two folded words are forms of one word, or one is derived from the other."""
    return one == other or not family(one).isdisjoint(family(other))
