"""Which words of a reason are explained, and by what.

A reason is permitted only when each of its words is explained: by the quotation, by the kind of
work that the quotation names, or by the business of checking it, which `vocabulary.toml` lists.
This module says for one word what explains it; what is asked of people with explained words is
the concern of `asked.py`. A word that nothing explains may still be an ordinary one, which tells of
nobody: `slip`, `oratorio`. It is ordinary when neither the refusal files nor `[risky]` know it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

from recruitcheck.rules import words
from recruitcheck.rules.binding import personal_names
from recruitcheck.rules.claims import searchable
from recruitcheck.rules.claimwords import KIND_OF, LINKED_TO
from recruitcheck.rules.pack import Pack, Vocabulary
from recruitcheck.rules.words import Token

Source = Literal["claim", "weak", "kind", "business", "small", "ordinary", ""]
"""A word of the quotation; one of its everyday words; of its kind of work; of checking; a small
word that binds a sentence; one that nothing explains and that tells of nobody; nothing."""
EXPLAINED: frozenset[Source] = frozenset(["claim", "weak", "kind", "business", "small"])

_KINDRED = (
    frozenset({"blog", "site", "channel", "podcast", "video", "account"}),
    frozenset({"publication", "site", "blog"}),
    frozenset({"code", "site"}),
    frozenset({"shop", "site"}),
    frozenset({"performance", "video", "organisation"}),
    frozenset({"result", "organisation", "office"}),
)
"""Kinds of work that are spoken of in each other's words."""
_PARTS = re.compile(r"[^\W_]+")
_WHOLE = re.compile(r"[^.\-/@#:_]+")
_BREAK = re.compile(r"[.;:?!\n–—।؟۔]|\s-\s")
_POST = re.compile(r"\b[A-Z]{1,5}(?=[-/ ]?\d)")
"""The letters of a reference to a post or a requirement: MA-7, B3."""
_WELSH = re.compile(r"\b(?:yr|yn|y|mae|rwy'n|bum|wedi|oedd|fy|am|gan|a'r|dwi|rydw)\b")
_ENGLISH = frozenset(
    word
    for line in (
        "the of and she he her his they their does did whether with that this check confirm",
        "are from about has have had will would which whose where when who",
    )
    for word in line.split()
)
"""Small words that only an English sentence holds."""
_ANY: frozenset[str] = frozenset()
"""Stands for words not known: then every word may tell something."""
_SHORT = re.compile(r"(?P<word>.+)'(?P<verb>s|d|ll|re|ve|m)$")
_VERBS = {"s": "is", "d": "would", "ll": "will", "re": "are", "ve": "have", "m": "am"}
_CARRIERS = frozenset(
    [
        *("i", "you", "he", "she", "it", "we", "they"),
        *("that", "there", "here", "what", "who", "where", "how"),
    ]
)
_UNMARKED = {
    marked.replace("'", ""): marked
    for marked in (
        *(
            "isn't",
            "aren't",
            "wasn't",
            "weren't",
            "doesn't",
            "don't",
            "didn't",
            "hasn't",
            "haven't",
        ),
        *("hadn't", "wouldn't", "couldn't", "shouldn't", "can't", "that's", "what's", "there's"),
        *("he's", "she's", "i'm", "i've", "i'd", "we've", "they're", "let's", "who's"),
    )
}
"""Short forms as they are typed in a hurry."""
_NEGATED = {"can't": "can", "cannot": "can", "won't": "will", "shan't": "shall"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a reason, and what explains it."""

    plain: str
    token: Token
    source: Source


Sentence = tuple[Word, ...]


def group(table: Mapping[str, str], *names: str) -> frozenset[str]:
    """Words of the named groups of a table of the vocabulary; of all where none is named."""
    return words.folded_words(tuple(table[n] for n in names or table if n in table))


@lru_cache(maxsize=8)
def _business(vocabulary: Vocabulary) -> frozenset[str]:
    """Words that are explained in all their forms."""
    tables = {n: g for n, g in vocabulary.business.items() if n != "as_written"}
    return group(tables).union(
        group(vocabulary.person), group(vocabulary.beyond), words.folded_words(vocabulary.criteria)
    )


@cache
def telling(pack: Pack) -> frozenset[str]:
    """Every word by which the refusal files or `[risky]` tell something of somebody."""
    classes = (
        text
        for table in pack.refusals.values()
        for name, text in (table.get("words") or {}).items()
        if name != "clear" and isinstance(text, str)
    )
    found = {words.plain(w) for text in classes for w in text.replace(",", " ").split()}
    risky = pack.vocabulary.risky
    here = group(risky, *(name for name in risky if name != "elsewhere"))
    return frozenset(w for w in found if len(w) > 2) | here


class Links:
    """A quotation, ready to explain one word after the other."""

    def __init__(
        self, quote: str, vocabulary: Vocabulary, post: str = "", telling: frozenset[str] = _ANY
    ) -> None:
        """`post` is what the vacancy says: its title and what it asks for; `telling` are words
        that are never ordinary ones."""
        self.telling = telling
        self.function = words.folded(vocabulary.function_words)
        self.weak = words.folded(vocabulary.weak)
        self.as_written = group(vocabulary.business, "as_written")
        self.business = _business(vocabulary)
        self.post = frozenset(form for t in words.tokens(post) for form in words.lemmas(t.plain))
        spoken = vocabulary.languages
        self.languages = group(spoken, *(name for name in spoken if name != "asking"))
        self.idioms = _idioms(group(vocabulary.business, "idioms"))
        self.elsewhere = group(vocabulary.risky, "elsewhere")
        self.asking = group(spoken, "asking")
        held = [t for t in words.tokens(quote) if t.plain not in self.function]
        parts = [p for t in held for p in _parts(t.plain)]
        self.strong_words = frozenset(p for p in parts if not words.holds(self.weak, p))
        self.named = tuple(t.plain for t in held if "@" in t.plain or "." in t.plain)
        self.weak_words = frozenset(p for p in parts if words.holds(self.weak, p))
        found = frozenset(searchable(quote).kinds)
        self.kinds = found.union(*(k for k in _KINDRED if not k.isdisjoint(found)))
        self.welsh = len(_WELSH.findall(words.plain(quote))) > 1

    def source(self, plain: str, *, english: bool) -> Source:
        """What explains a folded word."""
        if plain in self.function:
            return "small"
        parts = _parts(plain)
        if any(self._claimed(p, english=english) for p in parts):
            return "claim"
        if any(words.same(p, w) for p in parts for w in self.weak_words):
            return "weak"
        if self._of_kind(plain):
            return "kind"
        return self._plain_source(plain, english=english)

    def _plain_source(self, plain: str, *, english: bool) -> Source:
        if plain[:1].isdigit() or plain in self.as_written:
            return "business"
        if words.holds(self.business, plain) or words.holds(self.post, plain):
            return "business"
        if not english and words.holds(self.languages, plain):
            return "business"
        if len(plain) == 1 and "a" <= plain <= "z":
            return "small"
        return "ordinary" if self._tells_nothing(plain, english=english) else ""

    def _tells_nothing(self, plain: str, *, english: bool) -> bool:
        known = self.telling if english else self.telling | self.elsewhere
        return self.telling is not _ANY and not words.holds(known, plain)

    def _claimed(self, plain: str, *, english: bool) -> bool:
        if plain.isdigit():
            return plain in self.strong_words
        like = words.akin if english else _alike
        return len(plain) > 1 and (
            any(like(plain, w) for w in self.strong_words)
            or (len(plain) > 4 and any(plain in name for name in self.named))
            or (self.welsh and any(words.mutated(plain, w) for w in self.strong_words))
        )

    def _of_kind(self, plain: str) -> bool:
        if not self.kinds.isdisjoint(LINKED_TO.get(plain, frozenset())):
            return True
        return not words.holds(self.weak, plain) and any(
            KIND_OF.get(form) in self.kinds
            or not self.kinds.isdisjoint(LINKED_TO.get(form, frozenset()))
            for form in words.lemmas(plain)
        )


def _alike(one: str, other: str) -> bool:
    """Looser likeness for other languages: they inflect more, and Arabic puts its article on."""
    return words.related(one.removeprefix("ال"), other.removeprefix("ال"))


def _parts(plain: str) -> tuple[str, ...]:
    """A word, and the parts of an address or account."""
    return (plain,) if _WHOLE.fullmatch(plain) else (plain, *_PARTS.findall(plain))


def explain(reason: str, quote: str, links: Links, name: str = "") -> tuple[Sentence, ...]:
    """The words of a reason, sentence by sentence, each with what explains it.

    The applicant's name is explained, given or read from the reason; that nobody else is named
    is for another rule.
    """
    tokens = words.tokens(reason)
    named = frozenset(
        words.plain(part)
        for each in (name, *personal_names(reason, quote))
        for part in _PARTS.findall(each)
    )
    posts = {match.start() for match in _POST.finditer(reason)}
    english = any(part in _ENGLISH for t in tokens for part in spelt_out(t))
    sentences: list[list[Word]] = [[]]
    end = 0
    for token in tokens:
        if _BREAK.search(reason[end : token.start]):
            sentences.append([])
        end = token.end
        for plain in spelt_out(token):
            known = plain in named or token.start in posts
            source: Source = "business" if known else links.source(plain, english=english)
            meant, source = _meant(plain, source, links)
            sentences[-1].append(Word(meant, token, source))
    told = tuple(_with_idioms(tuple(s), links.idioms) for s in sentences if s)
    return told if english else tuple(_as_far_as_understood(s, links) for s in told)


@lru_cache(maxsize=8)
def _idioms(listed: frozenset[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Idioms as words, under the first of them; the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for parts in sorted((tuple(i.split("-")) for i in listed), key=len, reverse=True):
        found.setdefault(parts[0], []).append(parts)
    return MappingProxyType({first: tuple(each) for first, each in found.items()})


def _with_idioms(sentence: Sentence, idioms: Mapping[str, tuple[tuple[str, ...], ...]]) -> Sentence:
    """Words that tell of nobody where they stand together: `on trust`, `job done`."""
    told = list(sentence)
    for at, word in enumerate(sentence):
        for first in words.lemmas(word.plain):
            for idiom in idioms.get(first, ()):
                here = sentence[at : at + len(idiom)]
                if len(here) == len(idiom) and all(
                    words.same(w.plain, part) for w, part in zip(here, idiom, strict=True)
                ):
                    for place, held in enumerate(here, at):
                        if held.source in {"ordinary", ""}:
                            told[place] = replace(held, source="business")
    return tuple(told)


def _meant(plain: str, source: Source, links: Links) -> tuple[str, Source]:
    """A word that only a slip of the hand keeps from being an explained one, as it was meant."""
    if source == "ordinary" and len(plain) > 2 and plain.isalpha():
        for other in sorted(words.slips(plain)):
            found = links.source(other, english=True)
            if found in EXPLAINED:
                return other, found
    return plain, source


def _as_far_as_understood(sentence: Sentence, links: Links) -> Sentence:
    """In another language a word is ordinary only in a sentence that is else understood.

    The refusal files know few words of other languages, so there silence says little: the
    sentence has to speak of the claim and not of somebody, and most of its words must be known.
    """
    known = [w for w in sentence if w.source in EXPLAINED]
    speaks = any(w.source in {"claim", "kind"} for w in known)
    asks = any(part in links.asking for w in sentence for part in w.plain.split("-"))
    if speaks and not asks and len(known) >= 2 * (len(sentence) - len(known)):
        return sentence
    return tuple(w if w in known else replace(w, source="") for w in sentence)


def spelt_out(token: Token) -> tuple[str, ...]:
    """A token as whole words: `she's` is `she is`, `l'auteur` is `l auteur`."""
    plain = token.plain.replace("’", "'")
    if plain in _UNMARKED:
        plain = _UNMARKED[plain]
    if "'" not in plain and plain not in _NEGATED:
        return (plain,)
    if plain in _NEGATED or plain.endswith("n't"):
        return (_NEGATED.get(plain, plain[:-3]), "not")
    short = _SHORT.match(plain)
    if short and short["word"] in _CARRIERS:
        return (short["word"], _VERBS[short["verb"]])
    return tuple(p for p in plain.removesuffix("'s").split("'") if p)
