"""What in a page bears on a claim: terms of the claim, and how much of them a sentence holds.

Terms come from the claim and from nothing else, never from what was found. Titles and names weigh
most, ordinary words less, words that every page of a school or blog holds least; a word that this
page repeats everywhere says little about any one sentence of it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

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

_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS.split())}
_QUOTED = re.compile(r"[‘“\"«„]([^‘’“”\"«»„]{2,120})[’”\"»“]|(?<![\w’'])'([^']{2,120})'(?!\w)")
_TITLE_RUN = re.compile(
    r"\b[A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*"
    r"(?:\s+(?:(?:of|the|and|in|on|for|to|with|without|de|la|a|an|&)\s+){0,2}"
    r"(?:[A-Z][^\W_]*|\d+)(?:['’-][^\W_]+)*)+"
)
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-zA-Z]{2,}(?:/[^\s,;)]*)?")
_HANDLE = re.compile(r"(?<![\w.])@([\w.-]{2,40})")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """One key for the regular inflections of a word: case, accents, plural, -ed, -ing, 's."""
    word = word.casefold()
    if not word.isascii():
        word = "".join(
            c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)
        )
    word = word.replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    elif word.endswith("s'"):
        word = word[:-1]
    word = word.replace("'", "")
    if word.isdigit() or len(word) <= 3:
        return _NUMBER_WORDS.get(word, word)
    if word in _NUMBER_WORDS:
        return _NUMBER_WORDS[word]
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and re.search("[aeiouy]", base):
            word = base[:-1] if len(base) > 3 and base[-1] == base[-2] not in "lsz" else base
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word


def stems(text: str) -> list[str]:
    """The keys of the words of a text, in order."""
    return [stem(word) for word in WORD.findall(text)]


_NOTHING_KEYS = frozenset(map(stem, _NOTHING.split()))
_COMMON_KEYS = frozenset(map(stem, _COMMON.split()))


@dataclass(frozen=True, slots=True)
class Terms:
    """What to look for. `weights` maps the key of a word to what it is worth."""

    weights: dict[str, float]
    phrases: tuple[tuple[str, ...], ...]
    """Titles and names of the claim, as keys in order; at least two words each."""
    pairs: frozenset[tuple[str, str]]
    """Words that stand side by side in the claim."""
    total: float
    threshold: float


def terms(claim: str, name: str = "") -> Terms:
    """The terms of a claim. The applicant's name is no term: it bears on everything and nothing."""
    own = set(stems(name)) if name else set()
    weights: dict[str, float] = {}
    titles = [first or second for first, second in _QUOTED.findall(claim)]
    titles += _TITLE_RUN.findall(claim)
    marked = {key for title in titles for key in stems(title)}
    for match in _HOST.finditer(claim):
        for label in WORD.findall(match[0].partition("://")[2] or match[0])[:-1]:
            weights[stem(label)] = 2.0
    for handle in _HANDLE.findall(claim):
        for part in (handle, *WORD.findall(handle)):
            weights[stem(part)] = 2.0
    previous = ""
    pairs: set[tuple[str, str]] = set()
    for match in WORD.finditer(claim):
        key = stem(match[0])
        if key in _NOTHING_KEYS or (key in own and key not in marked):
            previous = ""
            continue
        at_start = match.start() == 0 or claim[: match.start()].rstrip()[-1:] in ".!?"
        weight = _weight(match[0], key, marked=key in marked, initial=at_start)
        weights[key] = max(weights.get(key, 0.0), weight)
        if previous:
            pairs.add((previous, key))
        previous = key
    for key in own - marked:
        weights.pop(key, None)
    phrases = {
        tuple(keys)
        for title in titles
        if len(keys := stems(title)) > 1 and any(key in weights and key not in own for key in keys)
    }
    total = sum(weights.values())
    return Terms(
        weights, tuple(sorted(phrases)), frozenset(pairs), total, min(max(0.3 * total, 0.7), 2.0)
    )


def _weight(word: str, key: str, *, marked: bool, initial: bool) -> float:
    if key.isdigit():
        if len(key) == 4 and key[:2] in ("19", "20"):
            return 0.5
        return 0.9 if len(key) > 2 else 0.3
    if key in _COMMON_KEYS:
        return 0.5 if marked else 0.35
    if any(c.isdigit() for c in word) or (word.isupper() and len(word) > 1):
        return 1.6
    if marked or (word[0].isupper() and not initial):
        return 1.5
    return 1.3 if len(key) >= 8 else 1.0


def scores(sentences: Sequence[Sequence[str]], wanted: Terms) -> list[float]:
    """How much of the claim each sentence holds; sentences are given as keys in order."""
    weights = wanted.weights
    found = [weights.keys() & set(keys) if keys else set() for keys in sentences]
    often = Counter(key for keys in found for key in keys)
    calm = max(3.0, 0.03 * len(sentences))
    worth = {
        key: weights[key] * (1.0 if n <= calm else max(0.3, 1.0 / (1.0 + math.log2(n / calm))))
        for key, n in often.items()
    }
    return [
        sum(worth[key] for key in keys) + _together(sentence, keys, wanted) if keys else 0.0
        for sentence, keys in zip(sentences, found, strict=True)
    ]


def _together(sentence: Sequence[str], keys: set[str], wanted: Terms) -> float:
    """Worth of words that stand together as they do in the claim."""
    if len(keys) < 2:
        return 0.0
    bonus = 0.0
    for phrase in wanted.phrases:
        if keys.issuperset(key for key in phrase if key in wanted.weights) and _holds(
            sentence, phrase
        ):
            bonus += 1.5
    joined = sum(1 for pair in pairwise(sentence) if pair in wanted.pairs)
    return bonus + 0.4 * min(joined, 3)


def _holds(sentence: Sequence[str], phrase: tuple[str, ...]) -> bool:
    first, size = phrase[0], len(phrase)
    return any(
        key == first and tuple(sentence[at : at + size]) == phrase
        for at, key in enumerate(sentence)
    )
