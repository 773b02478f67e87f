"""The refusal files compiled into tables that a text can be looked up in.

A word of the vocabulary belongs to one of seven classes, because the same word means a person in
one text and a subject, a place or a machine in another:

    always      hardly ever anything but a person's characteristic (`bisexual`, `wheelchair user`)
    described   often a person, often a subject, place or group (`Polish`, `deaf`, `Catholic`)
    weak        an everyday word that describes a person only where it is said of one (`old`)
    matters     affairs that touch a person only as theirs (`wedding`, `church`, `court`)
    topics      the name of a characteristic itself (`religion`, `marital status`)
    conditions  illnesses and treatments; work in a task, private in a post
    private     anything else that is work in a task and private in a post (`bus pass`, `menorah`)

A file has `[words]`, each of which tells something wherever a reason has to be explained, and
`[expressions]` of the same classes, whose single words tell nothing (`baby monitor`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from recruitcheck.rules.fold import fold
from recruitcheck.rules.misspelt import Meant
from recruitcheck.rules.phrasebook import Phrasebook, Sheet, no_collecting
from recruitcheck.rules.phrases import Common, group, telling_words
from recruitcheck.rules.signs import Signs
from recruitcheck.rules.wordforms import forms, plural, singulars

WORD = re.compile(r"[^\W_]+")
_GAPS = bytes(i if chr(i).isalnum() else 32 for i in range(128)) + bytes(128)
"""Translates plain text so that everything but letters and figures is a space."""
CLASSES = ("always", "described", "matters", "weak", "topics", "conditions", "private")
_SLIPS_KEPT = 20_000
"""Words whose meaning as a slip is remembered, so that a long run does not grow for ever."""
_VOWELS = frozenset("aeiouy")
_ROT13 = {97 + i: 97 + (i + 13) % 26 for i in range(26)}
_SURE_FIRST = ("always", "topics", "described", "matters", "conditions", "private", "weak")
"""Classes, the surest first that a word in which letters are hidden is meant."""


def words_of(text: str) -> list[str]:
    """The words of a folded text; plain text is split without a pattern, which is far quicker."""
    if text.isascii():
        return text.encode("ascii").translate(_GAPS).decode("ascii").split()
    return WORD.findall(text)


class Term(NamedTuple):
    """One entry of the vocabulary. `kind` is its class, or `clear` for what is not a person."""

    rest: tuple[str, ...]
    kind: str
    sheet: Sheet


CLEAR = Sheet("clear", "", None, "clear")

_PLAIN_SETS = ("function_words", "request_words", "ordinary")
"""Words that are never taken for a slip."""


@dataclass(slots=True)
class Lexicon:
    """Everything the screener looks up: terms keyed by one word, and the book of phrases."""

    book: Phrasebook
    terms: dict[str, list[Term]] = field(default_factory=dict)
    """By first word: every term that begins with it."""
    firsts: frozenset[str] = frozenset()
    """Keys of `index`; to meet a text's words with a set costs the shorter of the two."""
    run_together: frozenset[str] = frozenset()
    """Keys of `joined`."""
    signs: Signs = field(default_factory=Signs)
    sets: dict[str, frozenset[str]] = field(default_factory=dict)
    """Sets of words of `contexts.toml`, by name."""
    sheets: dict[str, Sheet] = field(default_factory=dict)
    """Refusal files by id."""
    joined: dict[str, Term] = field(default_factory=dict)
    """Terms of several words written as one."""
    hideable: set[str] = field(default_factory=set)
    """Words that would be read even backwards or in cipher: long enough not to occur by chance."""
    soft: set[str] = field(default_factory=set)
    """Single words of the vocabulary; a disguise may hide them where a person is spoken of."""
    parts: set[str] = field(default_factory=set)
    """Words that belong to a term of several words."""
    index: dict[str, tuple[tuple[Term, ...], dict[str, list[Term]]]] = field(default_factory=dict)
    """By first word: the terms of one word, and those of several by their second word."""
    _turned: dict[str, str] | None = None
    _meant: Meant | None = None
    _meant_in_terms: Meant | None = None
    _slips: dict[str, str] = field(default_factory=dict)
    _slips_in_terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _lengths: dict[int, list[str]] = field(default_factory=dict)

    def finish(self) -> None:
        """Work out what a disguise may hide, once all files are in."""
        for word, terms in self.terms.items():
            longer: dict[str, list[Term]] = {}
            alone: dict[str, Term] = {}
            for term in terms:
                if term.rest:
                    self.parts.update(term.rest)
                    longer.setdefault(term.rest[0], []).append(term)
                elif "clear" not in alone:
                    alone.setdefault(term.sheet.id, term)
                if not term.rest and term.kind != "clear" and len(word) > 2:
                    self.soft.add(word)
                    if len(word) > 3 and (term.kind != "weak" or len(word) > 6):
                        self.hideable.add(word)
            for same_start in longer.values():
                if len(same_start) > 1:
                    same_start.sort(key=_longest_first)
            self.index[word] = (tuple(alone.values()), longer)
        for word, term in self.joined.items():
            if len(word) > 4 and term.kind != "clear":
                self.hideable.add(word)
        ordinary = self._ordinary()
        plain = {word[::-1] for word in ordinary} | ordinary
        self.hideable -= plain
        self.soft -= plain
        self.firsts = frozenset(self.index)
        self.run_together = frozenset(self.joined)

    @property
    def turned(self) -> dict[str, str]:
        """What a word of the vocabulary looks like backwards and in rot13, and which it is.

        Worked out for the first text that is screened.
        """
        if self._turned is None:
            words = [*(self.soft | self.hideable), *(w for w in self.parts if len(w) > 3)]
            in_cipher = "\n".join(words).translate(_ROT13).split("\n")
            turned = {
                turned: word
                for turned, word in zip(in_cipher, words, strict=True)
                if len(word) > 3 or _VOWELS.isdisjoint(turned)  # short, and no word itself: tap
            }
            turned.update({word[::-1]: word for word in words})
            ordinary = self._ordinary()
            for word in turned.keys() & (self.terms.keys() | self.parts | ordinary):
                del turned[word]
            self._turned = turned
        return self._turned

    def _ordinary(self) -> frozenset[str]:
        none = frozenset[str]()
        return self.sets.get("ordinary", none) | self.sets.get("function_words", none)

    def known(self, word: str) -> bool:
        """Whether a plain word, or several run together, is part of the vocabulary."""
        return self.known_word(word) or word in self.hideable

    def known_word(self, word: str) -> bool:
        """Whether a word is part of the vocabulary, of a term of it, or tells in a phrase."""
        if word in self.sets["function_words"]:
            return False
        there = self.terms.get(word)
        if there and any(t.kind != "clear" for t in there):
            return True
        if word in self.hideable or word in self.parts:
            return True
        return len(word) > 3 and word in self.book.telling

    def near(self, word: str) -> str:
        """The word of the vocabulary that this one is a slip of the pen away from, or nothing."""
        if word in self._slips:
            return self._slips[word]
        if len(self._slips) > _SLIPS_KEPT:
            self._slips.clear()
        found = self._slips[word] = self._find_near(word)
        return found

    def _find_near(self, word: str) -> str:
        if word in self.terms or word in self.parts or word in self.joined:
            return ""
        if self._is_plain(word):
            return ""
        if self._meant is None:
            self._meant = Meant(
                known
                for known in self.soft
                if len(known) > 4 and any(t.kind != "weak" for t in self.terms[known])
            )
        return self._meant.by(word)

    def near_in_term(self, words: list[str], i: int) -> str:
        """The word meant by word i, if it belongs to a term with its neighbours: `trade unoin`."""
        word = words[i]
        if word in self.terms or word in self.parts or self._is_plain(word):
            return ""
        return next(
            (
                meant
                for meant in self._parts_near(word)
                if self._makes_term([*words[:i], meant, *words[i + 1 :]], i)
            ),
            "",
        )

    def _parts_near(self, word: str) -> tuple[str, ...]:
        """The parts of terms that a word may be a slip of."""
        if self._meant_in_terms is None:
            self._meant_in_terms = Meant(part for part in self.parts if len(part) > 4)
        if word not in self._slips_in_terms:
            if len(self._slips_in_terms) > _SLIPS_KEPT:
                self._slips_in_terms.clear()
            self._slips_in_terms[word] = tuple(self._meant_in_terms.each(word))
        return self._slips_in_terms[word]

    def _makes_term(self, words: list[str], i: int) -> bool:
        """Whether a term of several words covers word i."""
        for at in range(max(0, i - 3), i + 1):
            longer = self.index.get(words[at], ((), {}))[1]
            for term in self.following(longer, words, at) if longer else ():
                if term.kind != "clear" and at + len(term.rest) >= i:
                    return True
        return False

    def _is_plain(self, word: str) -> bool:
        return any(word in self.sets[name] for name in _PLAIN_SETS)

    def of_length(self, size: int) -> list[str]:
        """Single words of the vocabulary of one length, the surest first."""
        if size not in self._lengths:
            order = {name: place for place, name in enumerate(_SURE_FIRST)}
            known = [
                (min(order[t.kind] + 9 * (t.sheet.characteristic is None) for t in own), word)
                for word in self.soft
                if len(word) == size and (own := [t for t in self.terms[word] if _alone(t)])
            ]
            rest = [(99, word) for word in self.parts - self.soft if len(word) == size]
            self._lengths[size] = [word for _, word in sorted(known) + sorted(rest)]
        return self._lengths[size]

    def add(self, words: str, kind: str, sheet: Sheet) -> None:
        """Enter the terms of one class, separated by commas or line ends."""
        grows = kind != "clear"
        for listed in words.replace("\n", ",").split(","):
            written = listed.strip()
            if not written:
                continue
            if not written.isascii():
                written = fold(written).text
                if self.signs.holds(written):
                    self.signs.add(written, kind, sheet)
                    continue
            tokens = WORD.findall(written.lower())
            if not tokens:
                continue
            first, *rest = tokens
            term = Term(tuple(rest), kind, sheet)
            self.terms.setdefault(first, []).append(term)
            if rest:
                run = "".join(tokens)
                self.joined.setdefault(run, term)
                if grows and kind != "weak" and run[-1] != "s":
                    self.joined.setdefault(run + "s", term)
            elif grows and len(first) > 2 and first[-1] != "s" and first.isalpha():
                self.terms.setdefault(plural(first), []).append(term)

    def following(
        self, longer: Mapping[str, list[Term]], words: list[str], i: int
    ) -> Sequence[Term]:
        """The longest term of several words, of those in `longer`, that stands at word i.

        It comes once for each file that names it: much that is a disability is health as well.
        The last word of a term may be its regular plural: only the singular is kept.
        """
        second = words[i + 1] if i + 1 < len(words) else ""
        if second not in longer and second[-1:] != "s":
            return ()
        for written in (second, *(singulars(second) if second[-1] == "s" else ())):
            terms = longer.get(written, ())
            for term in terms:
                if _stands(term.rest, words, i + 1):
                    return [other for other in terms if other.rest == term.rest]
        return ()


def _stands(rest: tuple[str, ...], words: list[str], start: int) -> bool:
    end = start + len(rest)
    if end > len(words) or tuple(words[start : end - 1]) != rest[:-1]:
        return False
    last = words[end - 1]
    return last == rest[-1] or (last[-1] == "s" and last == plural(rest[-1]))


def _longest_first(term: Term) -> int:
    return -len(term.rest)


def _alone(term: Term) -> bool:
    return not term.rest and term.kind != "clear"


def build(refusals: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """Compile the refusal files; `problems` in `rules/screen.py` checks them beforehand."""
    with no_collecting():
        return _build(refusals)


def _build(refusals: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    sets = {
        name: frozenset(_spelled_out(words))
        for table in refusals.values()
        for name, words in table.get("sets", {}).items()
    }
    none = frozenset[str]()
    common = Common(sets.get("function_words", none), sets.get("everyday", none))
    groups = {
        name: (group(words), telling_words(words, common))
        for table in refusals.values()
        for name, words in table.get("groups", {}).items()
    }
    lexicon = Lexicon(Phrasebook(groups, common), sets=sets)
    for table in refusals.values():
        for words in table.get("clear", {}).values():
            lexicon.add(words, "clear", CLEAR)
    for table in refusals.values():
        if "rule" in table:
            _enter_sheet(lexicon, table)
    lexicon.finish()
    return lexicon


def _spelled_out(words: str) -> Iterator[str]:
    """The words of a set; a star adds a word's regular forms."""
    for word in words.split():
        if word[-1] == "*":
            yield from forms(word[:-1])
        else:
            yield word


def _enter_sheet(lexicon: Lexicon, table: Mapping[str, Any]) -> None:
    sheet = Sheet(
        table["id"], table["rule"], table.get("characteristic"), table.get("outcome", "refuse")
    )
    lexicon.sheets[sheet.id] = sheet
    for table_name in ("words", "expressions"):
        for section, words in table.get(table_name, {}).items():
            lexicon.add(words, section.split("_")[0], sheet)
    lexicon.book.add(table, sheet)
