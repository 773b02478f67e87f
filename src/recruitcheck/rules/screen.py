"""Screening: facts sought about a person, routine and fishing reasons, deception, disguises.

`compiled(refusals)` turns the refusal files into a `Screener`; `Screener.screen` reads one text.
It has two uses with different cost of error: a request (a wrong refusal costs a referral) and a
passage of a page (a wrong showing cannot be undone, so on doubt it is withheld). Nothing is
learnt or downloaded; every hit names the rule that made it, and the rules are data.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from recruitcheck.records import Hit
from recruitcheck.rules import context, reasons, weigh
from recruitcheck.rules.called import by_pronoun
from recruitcheck.rules.context import PERSONAL, Sign, View
from recruitcheck.rules.disguise import Hidden, uncover
from recruitcheck.rules.fold import Folded, fold
from recruitcheck.rules.lexicon import Lexicon, Term, build
from recruitcheck.rules.phrasebook import Sheet
from recruitcheck.rules.phrases import Phrase
from recruitcheck.rules.refusal_files import problems
from recruitcheck.rules.weigh import Kind

__all__ = ["KINDS", "Screener", "Screening", "compiled", "problems"]

Outcome = Literal["clear", "refer", "refuse"]
KINDS: tuple[Kind, ...] = ("query", "justification", "claim", "passage")

_WORDS_BEFORE, _WORDS_BEHIND = 24, 20
"""Words around a telling one among which a phrase must find its others; none is longer."""
_WEIGHT = MappingProxyType({"clear": 0, "refer": 1, "refuse": 2})


@dataclass(frozen=True, slots=True)
class Screening:
    """The outcome for one text, and what was found where, in the text as given."""

    outcome: Outcome
    hits: tuple[Hit, ...] = ()


CLEAR = Screening("clear")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    sheet: Sheet
    outcome: str
    signs: int = 0


class Screener:
    """The compiled refusal files. Pure: the same text gives the same answer."""

    __slots__ = ("lexicon",)

    def __init__(self, lexicon: Lexicon) -> None:
        """Take a compiled lexicon; `compiled` makes one from the refusal files."""
        self.lexicon = lexicon

    def screen(self, text: str, kind: Kind, claim: str | None = None) -> Screening:
        """Screen one text.

        `claim` is the quote a query or justification stands on; words that merely repeat it as
        part of the work do not count, and a reason is held against it. None: no quote is known;
        an empty quote counts as none.
        """
        folded = fold(text)
        given = text if folded.spots is None else "".join(text[i] for i in folded.spots)
        view = View(folded.text, given, self.lexicon.sets)
        found = list(self._found(view, kind))
        asked = kind in {"query", "justification"}
        for hidden in uncover(text, folded, self.lexicon, view, asked=asked):
            plain = View(hidden.folded.text, hidden.written, self.lexicon.sets)
            found.extend(
                _Found(*hidden.given(f.start, f.end), f.sheet, f.outcome, f.signs)
                for f in self._found(plain, kind, hidden)
            )
        if asked:
            found.extend(self._of_named(view, kind))
        if claim and asked:
            found = [f for f in found if not self._quoted(f, view, claim)]
            found = [f for f in found if not self._only_when(f, folded, claim)]
        if asked:
            doubts = reasons.judge(text, folded.text, kind, claim, self.lexicon, told=bool(found))
            rules = {f.sheet.rule for f in found}
            found.extend(
                _Found(0, len(folded.text), self._sheet(rule), outcome)
                for rule, outcome in doubts
                if rule not in rules
            )
        return _screening(found, folded)

    def prepare(self) -> None:
        """Compile what the first text of each kind would otherwise wait for: half a second.

        Tables are compiled when a text first needs them, because most commands never do.
        """
        for kind in KINDS:
            self.screen("a mispelt word", kind)

    def about_applicant(self, quote: str) -> Screening:
        """What a quote says of the applicant's own person.

        Refuse: it is the bare statement of a characteristic. Refer: it is something checkable
        whose confirming would disclose one. Clear: the words, if any, speak of the work.
        """
        folded = fold(quote)
        said = self.screen(quote, "claim")
        held = self._spoken(folded, quote, "office")
        own = self._spoken(folded, quote, "own")
        hits = said.hits + held.hits + own.hits
        if not hits:
            return CLEAR
        if held.hits or reasons.checkable(folded.text, self.lexicon):
            return Screening("refer", hits)
        return Screening("refuse" if said.hits else "refer", hits)

    def _spoken(self, folded: Folded, quote: str, use: str) -> Screening:
        """Offices held (political, union, religious), or work that tells of the writer's life."""
        view = View(folded.text, quote, self.lexicon.sets)
        found = [
            _Found(start, end, sheet, "refer")
            for start, end, sheet, _ in self._phrases(view, use)
            if not _of_others(view, start) and not _studied(view, start)
        ]
        return _screening(found, folded)

    def _sheet(self, rule: str) -> Sheet:
        return next(
            (s for s in self.lexicon.sheets.values() if s.rule == rule),
            Sheet(rule, rule, None, "refuse"),
        )

    def _found(self, view: View, kind: Kind, hidden: Hidden | None = None) -> Iterator[_Found]:
        for i, j, term in self._terms(view):
            start, end = view.starts[i], view.ends[j - 1]
            sure = hidden.shows(start, end) if hidden else None
            if hidden and sure is None:
                continue
            if term.sheet.characteristic is None and kind in {"claim", "passage"}:
                continue  # what a request may not trawl for, a page or a claim may hold
            signs = context.read(view, i, j)
            if sure and term.kind not in weigh.EVERYDAY:
                outcome = "refuse"
            elif hidden and not sure and not signs & PERSONAL:
                continue
            else:
                outcome = weigh.weigh(term.kind, signs, kind, view, (i, j))
            if outcome != "clear":
                yield _Found(start, end, term.sheet, outcome, signs)
        if kind != "claim":
            yield from self._said(view, kind, hidden)

    def _said(self, view: View, kind: Kind, hidden: Hidden | None) -> Iterator[_Found]:
        """Phrases, words of other scripts, telling emoji."""
        for start, end, sheet, asks in self._phrases(view, kind):
            if hidden and hidden.shows(start, end) is None:
                continue
            if self._clear_from(view, start):
                continue
            outcome = weigh.softened(sheet, kind, view)
            if not sheet.characteristic:
                if kind != "passage" or not weigh.made_by_kin(view, end):
                    yield _Found(start, end, sheet, outcome)
            elif not (
                (kind == "passage" and _studied(view, start))
                or weigh.of_the_work(view, start, end, kind, asks)
            ):
                yield _Found(start, end, sheet, outcome, Sign.PREDICATE)
        if not hidden and not view.text.isascii():
            for sign in self.lexicon.signs.find(view.text):
                if weigh.sign_tells(sign.entry.kind, kind, view):
                    yield _Found(sign.start, sign.end, sign.entry.sheet, "refuse")

    def _of_named(self, view: View, kind: Kind) -> Iterator[_Found]:
        """What phrases say of somebody who is called by name."""
        called = by_pronoun(view)
        if called is None:
            return
        for f in self._said(called.view, kind, None):
            if f.sheet.characteristic:
                yield _Found(*called.given(f.start, f.end), f.sheet, f.outcome, f.signs)

    def _clear_from(self, view: View, start: int) -> bool:
        """Whether what begins there is part of a term that is nobody's: church hall, touch type."""
        i = bisect_left(view.starts, start)
        return any(
            at + len(term.rest) >= i
            for at in range(max(0, i - 2), min(i + 1, len(view.words) - 1))
            for term in self._clear_at(view, at)
        )

    def _clear_at(self, view: View, at: int) -> Iterator[Term]:
        longer = self.lexicon.index.get(view.words[at], ((), {}))[1]
        for term in longer.get(view.words[at + 1], ()):
            held = tuple(view.words[at + 1 : at + 1 + len(term.rest)])
            if term.kind == "clear" and held == term.rest:
                yield term

    def _terms(self, view: View) -> Iterator[tuple[int, int, Term]]:
        """Terms of the vocabulary in a text, longest first; what is clear hides what it covers."""
        index, joined, words = self.lexicon.index, self.lexicon.joined, view.words
        firsts = view.there & self.lexicon.firsts
        written_as_one = view.there & self.lexicon.run_together
        if not firsts and not written_as_one:
            return
        last = 0
        for i, word in enumerate(words):
            if i < last or (word not in firsts and word not in written_as_one):
                continue
            alone, longer = index.get(word, ((), {}))
            terms = self.lexicon.following(longer, words, i) if longer else ()
            if terms:
                last = i + 1 + len(terms[0].rest)
                if terms[0].kind != "clear":
                    yield from ((i, last, term) for term in terms if term.kind != "clear")
            if last <= i:
                for term in alone or ((joined[word],) if word in written_as_one else ()):
                    if term.kind != "clear":
                        yield i, i + 1, term

    def _phrases(self, view: View, use: str) -> Iterator[tuple[int, int, Sheet, Collection[str]]]:
        """Telling words of the phrases of one use, and all the words that the phrase asks for."""
        words = view.words
        said, phrases, known_firsts, known_triggers = self.lexicon.book.use(use)
        firsts, triggers = view.there & known_firsts, view.there & known_triggers
        if not firsts and not triggers:
            return
        tried: set[tuple[int, int]] = set()
        likely: dict[str, list[tuple[Phrase, Sheet]]] = {}
        ending = [*words, ""]
        long = len(words) > _WORDS_BEHIND
        for i, word in enumerate(words):
            if word in triggers:
                if word not in likely:  # most phrases miss a word in all of a page
                    likely[word] = _possible(phrases[word], view.there)
                near = likely[word]
                if near and long:
                    around = set(words[max(0, i - _WORDS_BEFORE) : i + _WORDS_BEHIND])
                    near = _possible(near, around)
                for phrase, sheet in near:
                    for start, end in phrase.find(view.text, view.starts[i]):
                        if (id(phrase), start) not in tried:
                            tried.add((id(phrase), start))
                            yield start, end, sheet, phrase.said
            if word in firsts:
                by_second = said[word]
                if ending[i + 1] not in by_second and "" not in by_second:
                    continue
                for rest, sheet in (*by_second.get("", ()), *by_second.get(ending[i + 1], ())):
                    j = i + 1 + len(rest)
                    if tuple(words[i + 1 : j]) == rest and not any(
                        view.breaks(k) for k in range(i + 1, j)
                    ):
                        yield view.starts[i], view.ends[j - 1], sheet, ()

    def _quoted(self, found: _Found, view: View, claim: str) -> bool:
        """Whether a hit only repeats the quoted claim as the work it is."""
        written = view.given[found.start : found.end].strip()
        if " " in written and written[:1].isupper() and written in claim:  # a title of it
            return True
        if found.signs & (Sign.PREDICATE | Sign.OWNED | Sign.NOUN):
            return False
        word = view.text[found.start : found.end].strip()
        return bool(word) and word in fold(claim).text

    def _only_when(self, found: _Found, folded: Folded, claim: str) -> bool:
        """Whether a hit only says by when something of the claim is wanted: before the panel."""
        told = folded.text[found.start : found.end].split()
        timed = found.sheet.rule == "routine" and told[0] in self.lexicon.sets["by_when"]
        return timed and reasons.speaks_to(folded.text, claim.lower(), self.lexicon)


def _possible(
    phrases: list[tuple[Phrase, Sheet]], there: AbstractSet[str]
) -> list[tuple[Phrase, Sheet]]:
    """The phrases of which no word that they cannot do without is missing."""
    return [p for p in phrases if not any(map(there.isdisjoint, p[0].needs))]


def _of_others(view: View, start: int) -> bool:
    """Whether what begins there is said of people taught or served: adolescent pregnancy."""
    i = bisect_left(view.starts, start)
    return i > 0 and view.words[i - 1] in view.sets["taught"]


def _studied(view: View, start: int) -> bool:
    """Whether what begins there is the subject of study: my thesis on …, not my years with …."""
    i = bisect_left(view.starts, start)
    for word in view.left(i, 9):
        if word in view.sets["first_person"] or word in view.sets["second_part"]:
            return False
        if word in view.sets["studies"]:
            return True
    return False


def _screening(found: list[_Found], folded: Folded) -> Screening:
    if not found:
        return CLEAR
    kept: dict[tuple[str, int, int], _Found] = {}
    for f in sorted(found, key=lambda f: (f.start, -f.end)):
        kept.setdefault((f.sheet.rule, f.start, f.end), f)
    hits = tuple(
        Hit(
            rule=f.sheet.rule,
            characteristic=f.sheet.characteristic,
            start=folded.given(f.start, f.end)[0],
            end=folded.given(f.start, f.end)[1],
        )
        for f in kept.values()
        if not any(_within(other, f) for other in kept.values())
    )
    worst = max((f.outcome for f in kept.values()), key=lambda o: _WEIGHT[o])
    return Screening(worst, hits)  # type: ignore[arg-type]  # only the three outcomes occur


def _within(inner: _Found, outer: _Found) -> bool:
    """Whether one hit of a rule lies in a longer one of the same: the shorter points better."""
    return (
        inner.sheet.rule == outer.sheet.rule
        and outer.start <= inner.start
        and inner.end <= outer.end
        and inner.end - inner.start < outer.end - outer.start
    )


def compiled(refusals: Mapping[str, Mapping[str, Any]]) -> Screener:
    """The screener of a pack's refusal files (file id -> parsed table); the last one is kept, and
    taken again where the files say the same, as when somebody unlocks once more."""
    kept = _KEPT.get("last")
    if kept is None or kept[0] != refusals:
        kept = _KEPT["last"] = (refusals, Screener(build(refusals)))
    return kept[1]


_KEPT: dict[str, tuple[Mapping[str, Mapping[str, Any]], Screener]] = {}
