"""Screening: facts sought about a person, routine and fishing reasons, deception, disguises.

`compiled(refusals)` turns the refusal files into a `Screener`; `Screener.screen` reads one text.
It has two uses with different cost of error: a request (a wrong refusal costs a referral) and a
passage of a page (a wrong showing cannot be undone, so on doubt it is withheld). Nothing is
learnt or downloaded; every hit names the rule that made it, and the rules are data.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from recruitcheck.records import Hit
from recruitcheck.rules import context, reasons
from recruitcheck.rules.context import PERSONAL, WORK, Sign, View
from recruitcheck.rules.disguise import Hidden, uncover
from recruitcheck.rules.fold import Folded, fold
from recruitcheck.rules.lexicon import Lexicon, Sheet, Term, build
from recruitcheck.rules.refusal_files import problems

__all__ = ["KINDS", "Screener", "Screening", "compiled", "problems"]

Kind = Literal["query", "justification", "claim", "passage"]
Outcome = Literal["clear", "refer", "refuse"]
KINDS: tuple[Kind, ...] = ("query", "justification", "claim", "passage")

_GOES_ON_ABOUT_A_PERSON = (["and"], ["who"], ["was"], ["had"], ["said"], ["asked"], ["both"])
_EVERYDAY = frozenset({"weak", "topics", "matters"})
_TELLS = frozenset({"always", "conditions", "private"})
"""Classes that tell of a person in anybody's own voice, with nothing more said."""
_SECOND_PART = frozenset({"and", "which", "if", "whether", "while", "but", "who"})
_POST = 32
"""Words up to which a text may be a post, whose writer leaves out the I."""
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
        for hidden in uncover(text, folded, self.lexicon, view.words, view.there, asked=asked):
            plain = View(hidden.folded.text, hidden.folded.text, self.lexicon.sets)
            found.extend(
                _Found(*hidden.given(f.start, f.end), f.sheet, f.outcome, f.signs)
                for f in self._found(plain, kind, hidden)
            )
        if claim and kind in {"query", "justification"}:
            found = [f for f in found if not self._quoted(f, folded, claim)]
        if kind in {"query", "justification"}:
            doubts = reasons.judge(text, folded.text, kind, claim, self.lexicon, told=bool(found))
            rules = {f.sheet.rule for f in found}
            found.extend(
                _Found(0, len(folded.text), self._sheet(rule), outcome)
                for rule, outcome in doubts
                if rule not in rules
            )
        return _screening(found, folded)

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
            _Found(*hit, "refer")
            for hit in self._phrases(view, use)
            if not _of_others(view, hit[0])
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
            if sure and term.kind not in _EVERYDAY:
                outcome = "refuse"
            elif hidden and not sure and not signs & PERSONAL:
                continue
            else:
                outcome = _weigh(term.kind, signs, kind, view, i)
            if outcome != "clear":
                yield _Found(start, end, term.sheet, outcome, signs)
        if kind != "claim":
            yield from self._said(view, kind, hidden)

    def _said(self, view: View, kind: Kind, hidden: Hidden | None) -> Iterator[_Found]:
        """Phrases, words of other scripts, telling emoji."""
        for start, end, sheet in self._phrases(view, kind):
            if hidden and hidden.shows(start, end) is None:
                continue
            if not sheet.characteristic or not (
                self._clear_from(view, start) or _of_the_work(view, start, end, kind)
            ):
                signs = Sign.PREDICATE if sheet.characteristic else 0
                yield _Found(start, end, sheet, _softened(sheet, kind, view), signs)
        if not hidden and not view.text.isascii():
            for match in self.lexicon.signs_in(view.text):
                yield _Found(*match.span(), self.lexicon.signs[match.group()], "refuse")

    def _clear_from(self, view: View, start: int) -> bool:
        """Whether a term that is nobody's begins there: church hall, deaf awareness."""
        i = bisect_left(view.starts, start)
        if i + 1 >= len(view.words):
            return False
        longer = self.lexicon.index.get(view.words[i], ((), {}))[1]
        return any(
            term.kind == "clear" and tuple(view.words[i + 1 : i + 1 + len(term.rest)]) == term.rest
            for term in longer.get(view.words[i + 1], ())
        )

    def _terms(self, view: View) -> Iterator[tuple[int, int, Term]]:
        """Terms of the vocabulary in a text, longest first; what is clear hides what it covers."""
        index, joined, words = self.lexicon.index, self.lexicon.joined, view.words
        firsts = view.there & self.lexicon.keys["terms"]
        written_as_one = view.there & self.lexicon.keys["joined"]
        if not firsts and not written_as_one:
            return
        last = 0
        for i, word in enumerate(words):
            if i < last or (word not in firsts and word not in written_as_one):
                continue
            alone, longer = index.get(word, ((), {}))
            following = longer.get(words[i + 1]) if longer and i + 1 < len(words) else None
            for term in following or ():
                size = len(term.rest)
                if size == 1 or tuple(words[i + 1 : i + 1 + size]) == term.rest:
                    last = i + 1 + size
                    if term.kind != "clear":
                        yield i, last, term
                    break
            if last <= i:
                for term in alone or ((joined[word],) if word in written_as_one else ()):
                    if term.kind != "clear":
                        yield i, i + 1, term

    def _phrases(self, view: View, use: str) -> Iterator[tuple[int, int, Sheet]]:
        """Telling words of the phrases of one use: query, justification, passage or office."""
        words = view.words
        said, phrases = self.lexicon.uses[use]
        keys = self.lexicon.keys
        firsts = view.there & keys[f"said in {use}"]
        triggers = view.there & keys[f"phrases in {use}"]
        if not firsts and not triggers:
            return
        tried: set[tuple[int, int]] = set()
        ending = [*words, ""]
        for i, word in enumerate(words):
            if word in triggers:
                around = set(words[max(0, i - 24) : i + 20])
                for phrase, sheet in phrases[word]:
                    if any(map(around.isdisjoint, phrase.needs)):
                        continue
                    for start, end in phrase.find(view.text, view.starts[i]):
                        if (id(phrase), start) not in tried:
                            tried.add((id(phrase), start))
                            yield start, end, sheet
            if word in firsts:
                by_second = said[word]
                if ending[i + 1] not in by_second and "" not in by_second:
                    continue
                for rest, sheet in (*by_second.get("", ()), *by_second.get(ending[i + 1], ())):
                    j = i + 1 + len(rest)
                    if tuple(words[i + 1 : j]) == rest:
                        yield view.starts[i], view.ends[j - 1], sheet

    def _quoted(self, found: _Found, folded: Folded, claim: str) -> bool:
        """Whether a hit only repeats the quoted claim as the work it is."""
        if found.signs & (Sign.PREDICATE | Sign.OWNED | Sign.NOUN):
            return False
        word = folded.text[found.start : found.end].strip()
        return bool(word) and word in fold(claim).text


def _of_the_work(view: View, start: int, end: int, kind: Kind) -> bool:
    """Whether the telling words of a phrase are of a title, a thing made, a skill, or of nobody."""
    i, j = bisect_left(view.starts, start), bisect_left(view.starts, end)
    if i >= j:
        return False
    if kind == "passage" and not personal(view, i):
        return True
    if kind != "passage" and _of_a_skill(view, i):
        return True
    if j - i > 2:
        return False
    signs = context.read(view, i, j)
    if signs & PERSONAL:
        return False
    return bool(signs & Sign.TITLE) or not view.sets["products"].isdisjoint(view.right(j, 3))


def _of_a_skill(view: View, i: int) -> bool:
    """Whether what was done, taught or learnt stands before word i in its part of the sentence."""
    for word in view.left(i, 8):
        if word in view.sets["skill_marks"]:
            return True
        if word in _SECOND_PART:
            return False
    return False


def _softened(sheet: Sheet, kind: Kind, view: View) -> str:
    """The outcome of a phrase; a request that says it repeats the application is for a person."""
    if kind == "passage" or not sheet.characteristic:
        return sheet.outcome
    cites = not view.sets["referring"].isdisjoint(view.there)
    checks = not view.sets["checking"].isdisjoint(view.there)
    return "refer" if cites and checks else sheet.outcome


def _of_others(view: View, start: int) -> bool:
    """Whether what begins there is said of people taught or served: adolescent pregnancy."""
    i = bisect_left(view.starts, start)
    return i > 0 and view.words[i - 1] in view.sets["taught"]


def _weigh(kind: str, signs: int, use: Kind, view: View, i: int) -> str:
    if use == "passage":
        return _weigh_passage(kind, signs, view, i)
    if use == "claim":
        return _weigh_claim(kind, signs)
    return _weigh_request(kind, signs, view)


def _weigh_request(kind: str, signs: int, view: View) -> str:  # noqa: PLR0911  # cases
    if signs & Sign.THING and not signs & (Sign.OWNED | Sign.DESCRIBES):
        return "clear"
    if kind == "weak":
        direct = signs & Sign.PREDICATE and signs & (Sign.ENDS | Sign.DESCRIBES)
        if direct or (signs & Sign.DESCRIBES and not signs & WORK):
            return "refuse"
        return "clear"
    if kind in {"matters", "topics"}:
        signs &= ~Sign.NOUN
    strong = signs & PERSONAL
    if strong and not signs & WORK:
        return "refuse"
    if signs & (Sign.PREDICATE | Sign.NOUN) and not signs & (Sign.WORK_AFTER | Sign.GROUP):
        return "refuse"
    if signs & Sign.OWNED and not signs & WORK:
        return "refuse"
    if signs & Sign.HAD and signs & Sign.ASKED and not signs & (Sign.WORK_AFTER | Sign.GROUP):
        return "refuse"
    if signs & WORK:
        return "clear"
    if kind not in {"always", "topics"} and (
        not view.sets["work_text"].isdisjoint(view.words)
        and view.sets["person_words"].isdisjoint(view.words)
    ):
        return "clear"
    if kind not in {"always", "topics"} and len(view.words) > 3 and not _about_someone(view):
        return "clear"
    if not view.sets["referring"].isdisjoint(view.words):
        return "refer"
    return "refuse"


def _about_someone(view: View) -> bool:
    """Whether a request names or means a person at all."""
    sets = view.sets
    if not sets["person_words"].isdisjoint(view.words):
        return True
    return any(view.capital(i) for i in range(1, len(view.words)) if not view.breaks(i)) or (
        view.capital(0) and len(view.words) < 6
    )


def _weigh_passage(kind: str, signs: int, view: View, i: int) -> str:  # noqa: PLR0911  # cases
    if signs & Sign.THING and not signs & (Sign.OWNED | Sign.DESCRIBES):
        return "clear"
    if kind == "weak":
        direct = signs & Sign.PREDICATE and signs & Sign.ENDS and personal(view, i)
        return "refuse" if direct or signs & Sign.DESCRIBES else "clear"
    if kind not in _TELLS and _boilerplate(view, i):
        return "clear"
    if kind in _TELLS:
        if signs & PERSONAL == Sign.NOUN and signs & WORK:
            return "clear"
        if (
            signs & PERSONAL
            and _of_a_person(signs, view, i)
            and not signs & (Sign.WORK_AFTER | Sign.GROUP)
        ):
            return "refuse"
        if signs & WORK:
            return "clear"
        return "refuse" if personal(view, i) else "clear"
    if kind == "topics":
        return "refuse" if signs & Sign.OWNED and not signs & WORK else "clear"
    if kind == "matters":
        return "refuse" if signs & (Sign.OWNED | Sign.HAD) and not signs & WORK else "clear"
    if signs & (Sign.PREDICATE | Sign.NOUN | Sign.DESCRIBES | Sign.HAD) and not signs & (
        Sign.WORK_AFTER | Sign.GROUP
    ):
        return "refuse"
    if signs & Sign.OWNED and not signs & WORK:
        return "refuse"
    return "clear"


def _weigh_claim(kind: str, signs: int) -> str:  # noqa: PLR0911  # cases
    if kind == "weak":
        first = signs & Sign.FIRST and not signs & WORK
        return "refuse" if first and signs & (Sign.NOUN | Sign.DESCRIBES) else "clear"
    if not signs & PERSONAL:
        if kind == "always" and signs & Sign.OPENS and not signs & WORK:
            return "refuse"
        return "clear"
    if signs & (Sign.WORK_AFTER | Sign.GROUP):
        return "clear"
    if signs & Sign.FIRST:
        return "refuse"
    if kind == "always" and signs & Sign.PREDICATE:
        return "refuse"
    return "clear"


def _boilerplate(view: View, i: int) -> bool:
    """Whether word i stands in a sentence on equal treatment, which asks after nobody."""
    marks = view.sets["boilerplate"]
    return not marks.isdisjoint(view.left(i, 30)) or not marks.isdisjoint(view.right(i + 1, 30))


def _of_a_person(signs: int, view: View, i: int) -> bool:
    """Whether more than an article speaks for a person: `the refugee and`, not `a trade union`."""
    if signs & PERSONAL != Sign.NOUN:
        return True
    if personal(view, i):
        return True
    sentence = {*view.left(i, 40), *view.right(i, 40)}
    goes_on = view.right(i + 1, 1) in _GOES_ON_ABOUT_A_PERSON
    return goes_on and view.sets["served"].isdisjoint(sentence)


def personal(view: View, i: int) -> bool:
    """Whether the sentence of word i is somebody's own voice, or about one person.

    Posts often leave the I out ("Chemo number four done."); a short sentence without any of the
    words in which things and groups are described counts as one.
    """
    sets = view.sets
    before = view.left(i, 40)
    sentence = {*before, *view.right(i, 40)}
    if not sets["personal_marks"].isdisjoint(sentence):
        return True
    if not sets["served"].isdisjoint(sentence):
        return False
    if not sets["group_marks"].isdisjoint(sentence):
        return True
    first = before[-1] if before else view.words[i]
    if len(sentence) < 30 and (first in sets["diary_openers"] or _under_way(first, sets)):
        return True
    return (
        len(sentence) < 17
        and first not in sets["task_verbs"]
        and _tells_of_no_thing(view, i, before, sentence)
    )


def _tells_of_no_thing(view: View, i: int, before: list[str], sentence: set[str]) -> bool:
    """Whether a short sentence without a person holds no word in which things are described."""
    sets = view.sets
    first = before[-1] if before else view.words[i]
    if first.endswith("s") and len(before) < 2 and view.right(i + 1, 1)[:1]:
        second = before[-2] if len(before) > 1 else view.right(i + 1, 1)[0]
        if second in sets["task_verbs"]:
            return False
    return sets["impersonal"].isdisjoint(sentence) and sets["work_text"].isdisjoint(sentence)


def _under_way(word: str, sets: Mapping[str, frozenset[str]]) -> bool:
    """Whether a post opens with what its writer is doing: Choosing a dress, Packing the bag."""
    return word.endswith("ing") and word not in sets["task_verbs"] | sets["work_before"]


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
    )
    worst = max((f.outcome for f in kept.values()), key=lambda o: _WEIGHT[o])
    return Screening(worst, hits)  # type: ignore[arg-type]  # only the three outcomes occur


def compiled(refusals: Mapping[str, Mapping[str, Any]]) -> Screener:
    """The screener of a pack's refusal files (file id -> parsed table); kept per pack."""
    key = id(refusals)
    kept = _COMPILED.get(key)
    if kept is None or kept[0] is not refusals:
        _COMPILED.clear()
        kept = _COMPILED[key] = (refusals, Screener(build(refusals)))
    return kept[1]


_COMPILED: dict[int, tuple[Mapping[str, Mapping[str, Any]], Screener]] = {}
