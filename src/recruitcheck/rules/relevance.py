"""What in a page bears on a claim: terms of the claim, and how much of them a sentence holds.

Terms come from the claim and from nothing else, never from what was found. Titles and names weigh
most, ordinary words less, words that every page of a school or blog holds least; a word that this
page repeats everywhere says little about any one sentence of it.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from recruitcheck.rules.words import lemmas, plain

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+")

_NOTHING = """
a about above across after again against all almost along already also although always am
among an and another any anybody anyone anything are around as at auch auf away back be became
because become been before began behind being below beside between both but by came can cannot
com con could dans das de dem den der des did die do does doing done down du during each ein
eine either el else en er es est et etc even ever every everybody everyone everything few for
from further für get given gives go goes going got had has have having he hence her here hers
herself him himself his how however http https i if il im in into is ist it its itself ja just
la las le les los made make makes many may me might mine mit more most much must my myself
near neither never nicht no nobody none nor not nothing now of off often on once one only onto
or other others our ours ourselves out over own para pas per perhaps por pour que qui quite
rather really s same see seen several shall she should sich since sind so some somebody
someone something soon still such sur t than that the their theirs them themselves then there
these they thing things this those though through thus to together too toward towards un una
und under une until up upon us used uses using very via von was we well went were what
whatever when where whether which while who whom whose why will with within without would www
yet you your yours yourself zu
"""
"""Function words and the scaffolding of applications; they never make a sentence relevant."""

_COMMON = """
able academic academy account achieve achieved achievement act active activity add added
address advice age aim app application area art article arts assistant attend audience
available award awarded based best better big blog book books build building built business
call care career case centre chair channel chief child children city class classes classroom
club co coach coached college comment community company complete completed contact content
contribute contributed contributor coordinator course courses cover create created creator
current currently curriculum daily date day days deliver delivered department deputy design
designed designer develop developed developer development different digital direct director
district document during early easy edit editor education educational email episode episodes
event events example experience facebook family feature featured few final find first follow
followers following found founded founder free friend full fun games general give good great
group groups grow guide hall head help helped high history hold home host hosted hour hours
house idea ideas image important include included includes including information instagram
interest international introduce issue job join junior keep key kind know large last launch
launched lead leader leading learn learner learning led lesson lessons level library life like
link linkedin list little live local located long look main maintain maintained maintainer
making manage managed management manager material media meeting member members million minute
modern month monthly months name national need new news newsletter next note number offer
office officer old online open opened organisation organise organised organiser organization
original page pages paper parent parents part participant people person phase photo photos
piece place plan planning play podcast point popular post posted posts practice present
presented presenter primary principal prize produce produced producer product professional
profile program programme project projects provide provided public publish published publisher
pupil pupils put question questions read reader readers reading received recent record regular
regularly related release report research resource resources result results review role run
running runs say school schools science second secondary section senior series serve served
service set share shared show site skill skills small social special staff start started state
story student students studied study subject subscriber subscribers support supported take
taught teach teacher teachers teaching team technology term test third three time times title
today top topic town trainer training trust tutor twitter two university update updated upload
use user users video videos view views visit volunteer volunteered website week weekly weeks
welcome win winner won work worked working works workshop workshops world write writer writing
written wrote year yearly years young youth youtube
"""
"""Words that a school, a curriculum vitae or a web page holds anyway."""

FIGURE = "#"
"""Stands for a number that the claim does not hold."""
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS.split())}
_QUOTED = re.compile(r"[‘“\"«„]([^‘’“”\"«»„]{2,120})[’”\"»“]|(?<![\w’'])'([^']{2,120})'(?!\w)")
_TITLE_RUN = re.compile(
    r"\b[A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*"
    r"(?:\s+(?:(?:of|the|and|in|on|for|to|with|without|de|la|a|an|&)\s+){0,2}"
    r"(?:[A-Z][^\W_]*|\d+(?:[.,]\d+)*)(?:['’-][^\W_]+)*)+"
)
_LEAD = re.compile(r"[A-Z]\w*\s+(?:(?:of|the|and|in|on|for|to|with|a|an)\s+)+")
"""`Author of` before a title that opens a sentence: it may belong to the title, or not."""
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-zA-Z]{2,}(?:/[^\s,;)]*)?")
_HANDLE = re.compile(r"(?<![\w.])@([\w.-]{2,40})")

LEAST = 0.9
"""A sentence must hold this much: about one telling word, or several common ones; half of what the
claim has where that is less, because some claims are made of common words."""
STRONG = 2.0
"""So much says that the sentence speaks of the claim: a title, or two telling words together."""
MOST = 2 / 3
"""A sentence that holds so much of all that the claim says bears on it, however often the page
repeats the words: a page about nothing but the claim must not go dark for that."""


class Forms(dict[str, str]):
    """Maps a word as written to the term it is a regular form of, "" for none, or to `FIGURE`.

    Each word of a page is worked out once; a page repeats its words.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        """Take the terms as folded words."""
        super().__init__()
        self._terms: dict[str, str] = {}
        for term in terms:
            self._terms.setdefault(term, term)
        for term in tuple(self._terms):
            for lemma in lemmas(term):
                self._terms.setdefault(lemma, term)
        self._initials = {term[0] for term in self._terms if term}

    def __missing__(self, word: str) -> str:
        """Work out one word."""
        folded = _folded(word)
        found = self._terms.get(folded, "")
        if not found and folded[:1] in self._initials:
            found = next((self._terms[x] for x in sorted(lemmas(folded)) if x in self._terms), "")
        if not found and folded[:1].isdigit():
            found = FIGURE
        self[word] = found
        return found


def _folded(word: str) -> str:
    folded = plain(word)
    if folded[:1].isdigit():
        folded = folded.replace(",", "")
    return _NUMBER_WORDS.get(folded, folded)


_NOTHING_WORDS = frozenset(map(_folded, _NOTHING.split()))
_COMMON_WORDS = frozenset(_COMMON.split())


@dataclass(frozen=True, slots=True)
class Terms:
    """What to look for. `weights` maps a term to what it is worth; 0 for words that bind."""

    weights: dict[str, float]
    forms: Forms
    phrases: tuple[tuple[str, ...], ...]
    """Titles and names of the claim, as terms in order; at least two each."""
    triples: frozenset[tuple[str, str, str]]
    """Three words in a row of the claim, binding ones too: its own wording."""
    pairs: frozenset[tuple[str, str]]
    """Telling words that stand side by side in the claim."""
    counted: frozenset[str] = frozenset()
    """What the claim gives a number of: `followers` of `1,150 followers`."""
    least: float = LEAST
    """How much of the claim a sentence must hold to be shown."""
    whole: float = 0.0
    """What all the terms are worth together."""

    def read(self, text: str) -> list[str]:
        """The words of a text as terms, `FIGURE` or "" for what the claim does not hold."""
        forms = self.forms
        return [forms[word] for word in WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Bearing:
    """What one sentence holds of the claim."""

    score: float
    terms: frozenset[str] = frozenset()


_NO_BEARING = Bearing(0.0)


@lru_cache(maxsize=16)
def terms(claim: str, name: str = "") -> Terms:
    """The terms of a claim. The applicant's name is no term: it bears on everything and nothing."""
    titles = [first or second for first, second in _QUOTED.findall(claim)]
    for run in _TITLE_RUN.finditer(claim):
        titles.append(run[0])
        if _opens(claim, run.start()) and (lead := _LEAD.match(run[0])):
            titles.append(run[0][lead.end() :])
    marked = {_folded(word) for title in titles for word in WORD.findall(title)}
    own = {_folded(word) for word in WORD.findall(name)}
    weights: dict[str, float] = {}
    for address in _HOST.findall(claim):
        host, _, path = (address.partition("://")[2] or address).partition("/")
        for label in (*host.split(".")[:-1], *WORD.findall(path)):
            weights |= {_folded(part): 2.0 for part in WORD.findall(label) if part != "www"}
    for handle in _HANDLE.findall(claim):
        weights |= {_folded(part): 2.0 for part in (handle, *WORD.findall(handle))}
    in_order: list[str] = []
    for match in WORD.finditer(claim):
        word = _folded(match[0])
        in_order.append(word)
        opens = _opens(claim, match.start())
        weight = _weight(match[0], word, marked=word in marked, opens=opens)
        weights[word] = 0.0 if word in own else max(weights.get(word, 0.0), weight)
    forms = Forms(weights)
    weights[FIGURE] = 0.0
    phrases = {
        tuple(keys)
        for title in titles
        if len(keys := [forms[word] for word in WORD.findall(title)]) > 1
        and all(keys)
        and any(weights[key] for key in keys)
    }
    return Terms(
        weights,
        forms,
        tuple(sorted(phrases)),
        frozenset(
            triple
            for triple in zip(in_order, in_order[1:], in_order[2:], strict=False)
            if any(weights[word] for word in triple)
        ),
        frozenset(pair for pair in pairwise(in_order) if weights[pair[0]] and weights[pair[1]]),
        frozenset(
            what for number, what in pairwise(in_order) if _is_count(number) and weights[what]
        ),
        min(LEAST, max(0.25, 0.5 * sum(weights.values()))),
        sum(weights.values()),
    )


def _is_year(word: str) -> bool:
    return len(word) == 4 and word[:2] in ("19", "20")


def _is_count(word: str) -> bool:
    """Whether a folded word is a number that is no year."""
    return word[:1].isdigit() and not _is_year(word)


def _opens(claim: str, at: int) -> bool:
    """Whether a sentence begins here, so that a capital letter says nothing."""
    before = claim[:at].rstrip()
    return not before or before[-1] in ".!?|"


def _weight(given: str, word: str, *, marked: bool, opens: bool) -> float:
    """What a word of the claim is worth, from 0 (it only binds) to 1.6 (a name with figures).

    `given` is the word as written and `word` folded; `marked`: it stands in a title; `opens`: it
    opens its sentence, so that its capital says nothing. What these figures and those of
    `_together` have to achieve, `tests/lens/test_corpus.py` measures.
    """
    if word.isdigit():
        return 0.5 if _is_year(word) else 0.9 if len(word) > 2 else 0.3
    if word in _NOTHING_WORDS or len(word) == 1:
        return 0.0
    if word in _COMMON_WORDS or not _COMMON_WORDS.isdisjoint(lemmas(word)):
        return 0.5 if marked else 0.35
    if any(c.isdigit() for c in given) or (given.isupper() and len(given) > 1):
        return 1.6
    named = marked or (given[0].isupper() and not opens)
    return 1.5 if named else 1.3 if len(word) >= 8 else 1.0


def telling(text: str) -> bool:
    """Whether the text says more than binding words, common words of work, and numbers."""
    for word in WORD.findall(text):
        folded = _folded(word)
        if folded in _NOTHING_WORDS or folded in _COMMON_WORDS or len(folded) == 1:
            continue
        if not folded[:1].isdigit() and _COMMON_WORDS.isdisjoint(lemmas(folded)):
            return True
    return False


def bearings(sentences: Sequence[Sequence[str]], wanted: Terms) -> tuple[Bearing, ...]:
    """What each sentence of a page holds of the claim; sentences as `Terms.read` gives them."""
    weights = wanted.weights
    found = [{term for term in set(sentence) if term and weights[term]} for sentence in sentences]
    often = Counter(term for terms in found for term in terms)
    calm = max(3.0, 0.03 * len(sentences))
    worth = {
        term: weights[term] * (1.0 if n <= calm else max(0.3, 1.0 / (1.0 + math.log2(n / calm))))
        for term, n in often.items()
    }
    return tuple(
        Bearing(
            sum(worth[t] for t in terms)
            + _together(sentence, wanted)
            + _covered(terms, wanted)
            + _counts(sentence, wanted),
            frozenset(terms),
        )
        if terms
        else _NO_BEARING
        for sentence, terms in zip(sentences, found, strict=True)
    )


def _covered(terms: Collection[str], wanted: Terms) -> float:
    """Worth of holding most of what the claim says, or a number of it among words of it.

    One word alone is not most of anything.
    """
    share = sum(wanted.weights[term] for term in terms) / wanted.whole
    most = 1.5 * share if len(terms) > 1 and share >= MOST else 0.0
    figure = 0.5 if len(terms) > 2 and any(term[0].isdigit() for term in terms) else 0.0
    return most + figure


def _counts(sentence: Sequence[str], wanted: Terms) -> float:
    """Worth of another number of what the claim counts: `1,148 followers`, `Followers: 1.1 K`."""
    return (
        1.0
        if any(
            term in wanted.counted
            and any(
                near[:1].isdigit() or near == FIGURE for near in sentence[max(0, at - 2) : at + 2]
            )
            for at, term in enumerate(sentence)
        )
        else 0.0
    )


def _together(sentence: Sequence[str], wanted: Terms) -> float:
    """Worth of words that stand together as they do in the claim."""
    titles = sum(1 for phrase in wanted.phrases if _holds(sentence, phrase))
    pairs = sum(1 for pair in pairwise(sentence) if pair in wanted.pairs)
    rows = zip(sentence, sentence[1:], sentence[2:], strict=False)
    triples = sum(1 for triple in rows if triple in wanted.triples)
    return 1.5 * titles + 0.4 * min(pairs, 3) + 0.6 * min(triples, 4)


def _holds(sentence: Sequence[str], phrase: tuple[str, ...]) -> bool:
    first, size = phrase[0], len(phrase)
    return any(
        term == first and tuple(sentence[at : at + size]) == phrase
        for at, term in enumerate(sentence)
    )


def best(
    found: Sequence[Bearing], lengths: Sequence[int], *, least: float, room: int, spare: int
) -> set[int]:
    """The sentences to show, so that each part of the claim gets its best ones first.

    A term that earlier choices cover already counts half, then a quarter. Sentences that bear
    strongly may fill `room` characters, weaker ones only `spare`; the first is always taken.
    """
    seen: Counter[str] = Counter()
    waiting = [
        (-bearing.score, number) for number, bearing in enumerate(found) if bearing.score >= least
    ]
    heapq.heapify(waiting)
    chosen: set[int] = set()
    used = 0
    while waiting:
        priority, number = heapq.heappop(waiting)
        bearing = found[number]
        again = sum(0.5 ** min(seen[term], 2) for term in bearing.terms) / len(bearing.terms)
        now = -bearing.score * again
        if now > priority + 1e-9 and waiting and now > waiting[0][0]:
            heapq.heappush(waiting, (now, number))
            continue
        limit = room if bearing.score >= STRONG else spare
        if chosen and used + lengths[number] > limit:
            continue
        chosen.add(number)
        used += lengths[number]
        seen.update(bearing.terms)
    return chosen
