"""Other people, their contact details and protected clauses, replaced by one neutral sign. Pure.

Masked are honorifics with their names, given names, pairs of capitalised words that look like a
person, handles, e-mail addresses, telephone numbers and links to other places. Not masked are
the applicant, what the claim itself names, the page's own host and the names the caller allows
(employer, school). One sign stands for everything, so that it tells nothing about what it hides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recruitcheck.rules.given_names import ALSO_WORDS, GIVEN
from recruitcheck.rules.words import plain

SIGN = "[…]"

_ENDINGS = (
    "com|org|net|co|uk|io|me|sch|ac|edu|info|example|de|fr|es|ie|pl|eu|app|dev|blog|social|page|"
    "wales|scot|cymru"
)
_DOT = r"\s?(?:[(\[{]\s?dot\s?[)\]}]|\sdot\s)\s?"
_CONTACT = re.compile(
    rf"""
    (?P<mail>
        [\w.+-]+ (?: @ | \s?[(\[{{]\s?at\s?[)\]}}]\s? ) [\w-]+ (?:(?:\.|{_DOT}) [\w-]+)+
        | [\w.+-]+ \s at \s [\w-]+ (?:{_DOT} [\w-]+)+ )
    | (?P<handle> (?<![\w.]) @ [\w.-]*\w (?:@[\w.-]*\w)? | \bu/\w+ )
    | (?P<link>
        (?:https?://|www\.) [^\s<>]* [\w/]
        | \b (?:[a-z0-9-]+\.)+ (?:{_ENDINGS}) \b (?:/(?:[^\s<>,;)]*[\w/])?)? )
    | (?P<phone>
        (?<![\w.]) (?: \+\d{{1,3}} | \(?0\d ) (?: [\s().-]* \d){{7,12}} (?!\w)
        | (?<![\w.]) \d{{3}} [\s.-] \d{{3}} [\s.-] \d{{4}} (?!\w) )
    | (?P<post> \b [A-Z]{{1,2}}\d[A-Z\d]? \s \d[A-Z]{{2}} \b )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*(?:['’-][^\W\d_]+)*"
_PARTICLE = (
    r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|al|el|bin|ibn|binti|ap|ab|ten|ter|zu|y)"
)
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lady|Lord|Rev|Revd|Reverend|Canon|Fr|Father|"
    r"Sister|Brother|Imam|Rabbi|Pastor|Cllr|Councillor|Herr|Frau|Mme|Madame|Monsieur|Señora?|Pan|"
    r"Pani|Uncle|Aunt|Auntie|Nana?|Grandma|Grandad|Granny|Coach|Nurse|Judge|Justice|Inspector|"
    r"Sergeant|Captain|Major)"
)
_NAME = re.compile(
    rf"(?P<title>\b{_TITLE}\.?\s+)?"
    rf"(?<![\w@/.])(?P<first>{_CAPITAL})(?P<rest>(?:\s+(?:{_PARTICLE}\s+)*(?:[A-Z]\.|{_CAPITAL}))*)"
)
_INITIALS = re.compile(rf"\b(?:[A-Z]\.\s?){{1,3}}\s?{_CAPITAL}")

_PLACES_AND_WORKS = """
academy act advisory africa after age agency america annual app archive army art arts asia
assembly association august australia authority autumn award awards bank bay beach best big
black blog blue board book books borough bridge britain british broadcasting building
cambridge camp campus canal castle cathedral center central centre century challenge champion
championship championships channel chapel chapter charity chemistry church circle city classic
club coast code college commission committee common community company competition conference
congress coordinator corner council country county court creative creek cross crown cup
curriculum data day days december degree department deputy design developer digital diploma
director district division doctor drama early east eastern economy edinburgh edition education
eleven england english europe european event exam executive exhibition fair farm february
federation festival fiction field figure film final finance first football forest forum
foundation four france french friday friends fund galaxy game games garden gardens general
geography german germany global gold golden government grammar grand great green grove guide
guild hall harbour head heritage high higher hill hills history home hospital hotel house in
inclusion india initiative institute international internet ireland irish island isle italy
january journal july junction june junior key kingdom lake lane language latin law lead leader
league learning level liberty library life line literature little local london long love
magazine maker management manager manchester manor march market mathematics maths media
medical memorial middle mill mission model monday month monthly moon mount mountain museum
music national nature network new news newspaper night north northern november nursery october
of office officer old olympic online open orchestra order organisation oxford page palace
paper parish park parliament party pen phase physics place plan platform play podcast point
pool port post premier press primary prime principal prize product programme project public
publishing pupil quarter queen quiz radio railway range red regional report republic research
reserve review rights river road rock royal rugby rural saturday scheme scholarship school
science scotland scottish sea season second secondary section senior september series service
session seven shop show silver six sixth society song south southern space special specialist
sport sports spring square stage star state station street studies studio summer sunday
support survey swimming symphony system teacher teaching team technology ten term test thames
theatre thursday times top tour tower town trail training trust tuesday tv twelve twenty unit
united university valley version village vision wales walk war water way web wednesday week
weekly welsh west western white winter wood woods workshop world year years young youth zone
"""
_NOT_PEOPLE = frozenset(_PLACES_AND_WORKS.split())
"""Words that make a run of capitals the name of a place, body, work, day or subject."""

_STARTS = """
a about after all also although am an and another any as at because before bei both but by das
der die each ein eine el er es every first for from für has have he her here his how i if im
in is it its la las last le les los many mit more most my nach no not now of on once one or
our over please read see she sie since so some such than thank thanks that the their then
there these they this those though three to today together two un und under une until von was
we welcome well were what when where which while who why wir with yes yet you your
"""
_STARTERS = frozenset(_STARTS.split())
_ARTICLES = frozenset({"the", "a", "an", "this", "our", "each", "every"})
_SURELY_GIVEN = GIVEN - ALSO_WORDS
"""Given names that are nothing else."""
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word, with the apostrophes and hyphens in it."""
_QUALITY = re.compile(r"(?:ed|ive|ous|ary|less|ful)\Z")
"""Endings of words for qualities: Creative Futures is no person."""
_THING = re.compile(
    r"(?:[ts]ions?|ments?|ness|[bl]ility|ivity|[ai]ble|ware|ology|graphy|metry|ship|ism|ics)\Z"
)
"""Endings of words for things; a first name that has one is on the list of names."""
_CLAUSE = re.compile(
    r"[,;:()](?=\s|\Z)|(?=\()|\s[–—-]\s|[–—]"
    r"|\s(?=(?:and|but|or|while|whilst|when|because|since|after|before|although|though|despite|"
    r"during|following|who|whose|which|where|with|having|being|thanks|until|so|then|yet|und|oder|"
    r"et|mais|pero|ale|ond|weil|parce|porque)\s(?!\d))"
    r"|\s(?=as\s(?:a|an|the|i|we|he|she|they|my|his|her)\s)",
    re.IGNORECASE,
)
"""Where a sentence is cut into clauses: at punctuation, and before words that join."""
_HEAD = re.compile(r"[\s,;:()–—-]*")
"""What stands before the first word of a clause, and stays."""
_TAIL = re.compile(r"[\s.!?)\"”]*\Z")
"""What stands behind the last word of a clause, and stays."""
_REPEATED = re.compile(rf"{re.escape(SIGN)}(?:[\s,;:]*{re.escape(SIGN)})+")
"""Signs beside each other, which would tell how much was taken out."""
_CAPITALS = 0.45
"""Part of a page's words with capitals from which on a capital marks no name."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stays readable: words of allowed names, hosts and handles."""

    words: frozenset[str]
    hosts: frozenset[str]
    handles: frozenset[str]
    applicant: frozenset[str] = frozenset()
    """Words of the applicant's name that are no words of the claim."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a whole page tells about its capital letters."""

    plain: frozenset[str]
    """Words that also occur in small letters, and are therefore no names."""
    nouns: bool
    """The page writes nouns with capitals (German) or everything in title case."""


def _key(word: str) -> str:
    """A name as compared: folded, without the possessive ending."""
    return plain(word).removesuffix("'s").removesuffix("'")


def known(*, claim: str, name: str, url: str = "", allowed: Collection[str] = ()) -> Known:
    """What a claim, the applicant and the caller make readable."""
    texts = (claim, name, *allowed)
    words = {_key(word) for text in texts for word in _WORDS.findall(text)}
    words |= {
        _key(part) for text in texts for word in _WORDS.findall(text) for part in word.split("-")
    }
    hosts = {match[0] for text in texts for match in _CONTACT.finditer(text) if match["link"]}
    handles = {word.lstrip("@") for text in texts for word in text.split() if word[:1] == "@"}
    return Known(
        frozenset(words),
        frozenset(_host(address) for address in (*hosts, url) if address),
        frozenset(handle.casefold().strip(".,;:") for handle in handles),
        frozenset(_key(word) for word in _WORDS.findall(name) if len(word) > 2)
        - {_key(word) for word in _WORDS.findall(claim)},
    )


def _host(address: str) -> str:
    host = address.casefold().partition("://")[2] or address.casefold()
    return re.split(r"[/?#:]", host, maxsplit=1)[0].removeprefix("www.")


def survey(text: str) -> Survey:
    """Look over a whole page once."""
    words = set(text.split())
    plain = frozenset(word for word in words if word.islower())
    capital = sum(1 for word in words if word[:1].isupper() and word[1:].islower())
    return Survey(plain, capital > _CAPITALS * max(len(words), 1))


def mask(text: str, allowed: Known, page: Survey) -> str:
    """The text with other people and contact details replaced by the sign."""
    text = _CONTACT.sub(lambda match: _contact(match, allowed), text)
    text = _INITIALS.sub(lambda match: _unless_known(match[0], allowed), text)
    text = _NAME.sub(lambda match: _people(match, allowed, page), text)
    return _tidy(text)


def _contact(match: re.Match[str], allowed: Known) -> str:
    found = match[0]
    if match["link"]:
        return found if _host(found) in allowed.hosts or _bare(found) else SIGN
    if match["handle"]:
        return found if found.lstrip("@").casefold() in allowed.handles else SIGN
    return SIGN


def _bare(found: str) -> bool:
    """Whether it only names a site, such as `crates.io`, and nobody by the name of the site."""
    label = _host(found).partition(".")[0]
    return (
        "/" not in found
        and not found.casefold().startswith("www.")
        and not any(label[:size] in GIVEN for size in range(3, len(label) + 1))
    )


def _unless_known(found: str, allowed: Known) -> str:
    words = _WORDS.findall(found)
    if len(words[-1]) < 2 or words[-1].casefold() in _STARTERS:  # "vitamin C. The"
        return found
    return found if all(len(w) == 1 or _key(w) in allowed.words for w in words) else SIGN


def _people(match: re.Match[str], allowed: Known, page: Survey) -> str:
    """One run of capitalised words with the person in it masked; the rest stays as it is."""
    run = f"{match['first']}{match['rest']}"
    if match["title"]:
        words = [word for word in _WORDS.findall(run) if word[:1].isupper()]
        return match[0] if all(_key(word) in allowed.words for word in words) else SIGN
    spans = [found for found in _WORDS.finditer(run) if found[0][:1].isupper()]
    led = bool(spans) and spans[0][0].casefold() in _ARTICLES
    while spans and spans[0][0].casefold() in _STARTERS:  # "After Jane Smith left"
        spans.pop(0)
    start, end = _person(spans, allowed, page, led=led, opens=_opens_sentence(match))
    if start == end:
        return match[0]
    return f"{run[: spans[start].start()]}{SIGN}{run[spans[end - 1].end() :]}"


def _opens_sentence(match: re.Match[str]) -> bool:
    before = match.string[: match.start()].rstrip(" \"'“‘«([")
    return not before or before[-1] in ".!?:…\n"


def _person(
    words: Sequence[re.Match[str]], allowed: Known, page: Survey, *, led: bool, opens: bool
) -> tuple[int, int]:
    """Which words of a run are a person, as a half-open range; an empty one for none."""
    keys = [_key(word[0]) for word in words]
    place = next((n for n, key in enumerate(keys) if key in _NOT_PEOPLE), len(keys))
    for number, key in enumerate(keys):
        if key in allowed.words or key.partition("-")[0] not in GIVEN:
            continue
        end = next((n for n in range(number, len(keys)) if keys[n] in _NOT_PEOPLE), len(keys))
        if end - number > 1 or (end == len(keys) and key not in ALSO_WORDS):
            return number, end
    strangers = [word[0] for word, key in zip(words, keys, strict=True) if key not in allowed.words]
    by_shape = (
        place == len(keys)
        and 2 <= len(words) <= 4
        and strangers
        and not (led or page.nouns)
        and not (opens and plain(words[0][0]).endswith(("ly", "s", "ing")))
        and not _QUALITY.search(plain(words[0][0]))
        and not any(_THING.search(plain(word)) for word in strangers)
        and not all(word.isupper() for word in strangers)
        and not any(word.casefold() in page.plain for word in strangers)
    )
    return (0, len(words)) if by_shape else (0, 0)


def clauses(sentence: str) -> list[tuple[int, int]]:
    """The sentence cut at commas, dashes, brackets and joining words, without gaps."""
    edges = sorted({0, len(sentence), *(match.start() for match in _CLAUSE.finditer(sentence))})
    return list(pairwise(edges))


def hide(sentence: str, pieces: Sequence[tuple[int, int]], hidden: Collection[int]) -> str:
    """The sentence with the clauses of those numbers replaced by the sign."""
    parts: list[str] = []
    for number, (start, end) in enumerate(pieces):
        clause = sentence[start:end]
        if number in hidden:
            head = _HEAD.match(clause)
            tail = _TAIL.search(clause)
            clause = f"{head[0] if head else ''}{SIGN}{tail[0] if tail else ''}"
        parts.append(clause)
    return _tidy("".join(parts))


def _tidy(text: str) -> str:
    return _REPEATED.sub(SIGN, text)


def speaks_of_somebody(text: str, allowed: Known) -> bool:
    """Whether a person is named: the applicant, or somebody by a given name or a title."""
    return any(
        _key(word) in allowed.applicant or (word[0].isupper() and _key(word) in _SURELY_GIVEN)
        for word in _WORDS.findall(text)
    ) or any(match["title"] for match in _NAME.finditer(text))


def without_names(text: str, allowed: Known) -> str:
    """The text with the applicant's name replaced as well, to ask what else it tells."""
    if not allowed.applicant:
        return text
    return _WORDS.sub(lambda match: SIGN if _key(match[0]) in allowed.applicant else match[0], text)
