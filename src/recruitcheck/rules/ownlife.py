"""Claims whose confirming would show what the applicant is, though they speak of work.

Three kinds (design, section 2): an office held in politics, a union or a religious body; a work
about one's own life (`my blog about teaching with …`); and what is done as one of a group (`as a
deaf comedian`, `the network of … teachers`). Such work is no secret, the applicant names it; but
whoever checks it learns a protected fact, so an equality reviewer decides.

Whether a word tells such a fact is the screener's to say: this module finds where a quotation
speaks of its writer, and puts what stands there to the screener as a question about the applicant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, Protocol

from recruitcheck.rules import belonging, words

_OFFICE = (
    r"(?:chair(?:s|ed|man|woman|person)?|co-?chair(?:ed)?|vice[- ]chair|secretary|treasurer"
    r"|president|convenor|convener|leader|trustee|elder|warden|steward|rep(?:resentative)?|delegate|organiser"
    r"|officer|agent|candidate|reader|verger|sacristan|stood|elected|campaign(?:ed|er)?|preach(?:es|ed|er)?|minister|serve[ds]?"
    r"|founder|founded|spokes(?:man|woman|person)|committee|executive|moderator|canvass(?:ed|er)?)"
)
_POLITICAL = (
    r"(?:(?:town|parish|county|borough|city|district|community|metropolitan|unitary)\s+council"
    r"|labour|conservatives?|tory|tories|green party|greens|liberal democrats?|lib dems?"
    r"|plaid(?: cymru)?|snp|reform uk|ukip|momentum|sinn fein|dup|sdlp|alliance party|fabian"
    r"|(?:uk |scottish |european )?parliament|senedd|holyrood|stormont"
    r"|(?:general|local) elections?|by-?election|constituency|ward"
    r"|cnd|extinction rebellion|brexit|remain campaign|leave campaign)"
)
_UNION = (
    r"(?:(?:trade )?union|unison|neu|nut|nasuwt|atl|naht|ascl|gmb|unite|ucu|eis|utu|into|voice|ucac"
    r"|tuc|rmt|pcs|branch)"
)
_RELIGIOUS = (
    r"(?:church(?:es)?|chapel|cathedral|diocese|diocesan|parish church council|pcc|congregation"
    r"|synagogue|mosque|masjid|gurdwara|mandir|temple|methodist circuit|circuit plan|deanery"
    r"|synod|scripture union|christian union|bible society|sunday school)"
)
_ALONE = re.compile(
    r"\b(?:councillor|cllr|member of parliament|former mp|lay (?:preacher|reader|minister)"
    r"|churchwarden|church warden|local preacher|deacon(?:ess)?|imam|rabbi|cantor"
    r"|eucharistic minister"
    r"|youth pastor|worship (?:leader|music|band|team)|i (?:lead|led) (?:the )?(?:\w+ )?worship"
    r"|two (?:mums|dads|mothers|fathers)|shop steward|union rep(?:resentative)?"
    r"|branch secretary"
    r"|party (?:agent|member|activist)"
    r"|(?:youth|press|national|regional) officer of a political party"
    r"|bible study|quran class|prayer (?:group|meeting)|alpha course|i preach(?:ed)?|my sermons?"
    r"|served (?:\w+ ){0,4}(?:inside|in (?:prison|jail)))\b"
)
"""An office or a part in worship that needs no body beside it."""
_BESIDE = tuple(
    re.compile(
        rf"\b{_OFFICE}\b[^.;|]{{0,60}}\b{body}\b|\b{body}\b(?:'s)?[^.;|]{{0,60}}\b{_OFFICE}\b"
    )
    for body in (_POLITICAL, _UNION, _RELIGIOUS)
)
"""An office within sight of a political, union or religious body."""
_BODY = re.compile(
    rf"(?i)\b{_OFFICE}\b[^.;|]{{0,30}}?\b(?:the|our|a)\s+(?P<body>[^.;,|]{{3,60}}?"
    r"\b(?:network|association|society|union|federation|guild|caucus|group|forum|council|alliance))\b"
)
"""An office in a body whose name may say who its members are."""
_SCHOOL = re.compile(
    r"(?i)\b(?:school|student|pupil|youth|sixth form)s?['’]?s? (?:council|union|parliament)\b"
    r"|\bmock (?:general )?elections?\b"
)
"""Pupils' councils, unions and elections."""

_ABOUT = re.compile(
    r"\b(?:about|on|of|for|documents?|documenting|follows?|following|charts?|charting|shares?|sharing"
    r"|describes?|describing|records?|recording|tells?|called|through)\b(?P<subject>[^.;|]*)"
)
"""What a work is about."""
_OWN = re.compile(
    r"\b(?:with|as an?|being|after|during|my|our|growing up|living|while|having|through|from)\s+"
    r"(?P<what>[^.,;|]{3,60})"
)
"""Within that: what the writer is, has or went through."""
_LIVING = re.compile(
    r"\b(?:living|life|lives|coping|days|years|journey|parenting) (?:with|as an?|without) "
    r"(?P<what>[\w'’-]+(?: [\w'’-]+)?)"
)
"""`my blog Living With …`: what somebody lives with is their own."""
_LATE = re.compile(
    r"\b(?:teach\w*|career|retrain\w*|start\w*|began|qualif\w*|degree|graduat\w*)\b[^.;|]{0,30}"
    r"\bat (?:[4-8]\d|forty|fifty|sixty|seventy)\b"
)
"""`starting to teach at 61`: the writer's age."""
_SOMEBODYS = re.compile(r"\w+(?:'s|s')\s")
"""`my town's strike`, `our school's centenary`: not the writer's own life."""
_COUNTED = re.compile(r"[\d,.]+ (?!year)")
"""`with 26 episodes`: how much of it there is."""
_MYSELF = re.compile(
    r"(?:^|[.,;:(] ?)(?:being |as )?(?:an? )?(?P<what>[\w-]+(?: [\w-]+)?) (?:myself|my own self)\b"
)
"""`Dyslexic myself, I write …`: what the writer says of themselves in passing."""
_AGED = re.compile(
    r"^\W*(?:aged|at) \d{1,2}\W+i\b|\bi(?:'m| am) (?:only )?\d{2}(?: years old)?(?=[,.;]|$| and\b)"
)
"""`Aged 17, I referee …`: the writer's age."""
_ADDRESS = re.compile(r"\S+\.[a-z]{2,}\S*")
_MEMBER = re.compile(
    rf"\bi(?:'m| am| was|'ve been| have been)\s+(?:\w+\s+){{0,3}}member of (?:the )?"
    rf"(?:{_POLITICAL}|{_UNION})\b"
)
"""`I am a member of the` union or party."""
_BORN = re.compile(
    r"\b(?:i was )?born (?:in|on) (?:the )?(?:\d|january|february|march|april|may|june|july"
    r"|august|september|october|november|december)"
    r"|^\W*i was (?:born|raised|brought up) in \w+\W*$"
)
"""A date or place of birth."""
_AS = re.compile(
    r"\b(?:as (?:the |an? )|(?:blog|channel|podcast|column|vlog|page) by an? "
    r"|(?:blog|write|post|perform|tweet|known|vlog)(?:s|ed|ging|ing)? as )"
    r"(?P<what>[^.,;|]{3,40})"
)
"""`I perform as a …`, `I blog as The …`: what the writer goes by."""
_COLLEAGUES = (
    r"(?:(?:head)?teacher|educator|head|leader|governor|staff|professional|colleague|practitioner"
    r"|academic|researcher|scientist|engineer|technician|assistant|librarian|caterer|cook|comedian"
    r"|poet|writer|author|artist|musician|singer|dancer|actor|coach|player|runner)s?"
)
_GROUP = re.compile(rf"(?P<what>(?:[\w+&-]+ ){{1,3}}{_COLLEAGUES})\b")
"""`the network for … teachers`, `our … staff circle`: a group of people like the writer."""
_JOINED = re.compile(
    r"\b(?:network|group|circle|association|guild|forum|society|club|collective|caucus|alliance"
    r"|community|page|side|squad)\b"
)
"""What such a group is called, or where it shows itself."""
_LIKE_ME = re.compile(
    r"\b(?:mine|myself|me) included|including (?:mine|myself|me)|i also play\b"
    r"|(?:been|went|gone) through it\b|been there myself\b|am one myself\b"
    r"|^i (?:record|keep|film|make) a (?:vlog|diary|video diary) (?:on|of|about)\b"
    r"(?!.*\b(?:pupil|child|student|teach|support))"
)
_SUCH = re.compile(
    r"(?P<what>(?:[\w-]+ ){0,2}[\w-]+)(?: like (?:me|us|myself|ourselves)\b"
    r"|,? of wh(?:ich|om) i am one\b|,? myself included\b)"
)
"""`for … teachers like me`: a group of which the writer is one."""
_HONOUR = re.compile(
    r"(?i)\b(?:won|winner|finalist|runner-up|shortlisted|named|received|awarded|nominated|honoured|was)\b"
    r"(?P<what>[^.;|,]{0,80}?)\b(?:awards?|of the year|power list|list|prize|honours?)\b"
)
"""`Disabled Entrepreneur of the Year`: an honour for people of a group."""
_HOME_NATIONS = frozenset(
    ["british", "english", "welsh", "scottish", "irish", "uk", "national", "young", "old"]
)
"""They name where an honour is given."""
_PLACE = frozenset(
    ["country", "isle", "sea", "forest", "horse", "swan", "bull", "box", "book", "belt"]
)
"""What makes a place or a thing of a colour: Black Country."""
_BEING = re.compile(
    r"\b(?:talk|panel|chapter|essay|article|session|speech|column|piece|keynote|lecture)\b[^.;|]{0,20}?"
    r"\b(?:being|life as|living as|growing up) (?:an? )?(?P<what>[\w -]{3,40})"
)
"""A talk of one's own: `on the panel Being a …`."""
_PLAYED = re.compile(
    r"\bi (?:\w+ ){0,3}?(?:play(?:ed)?|sw[ia]m|rac(?:e|ed)|compet(?:e|ed)|represent(?:ed)?"
    r"|captain(?:ed)?|fenced?|won|medalled|ran|rowed|selected|picked)\b[^.;|]*"
    r"\b(?:(?:wheelchair|powerchair|para|deaf|blind|amputee|visually impaired|cerebral palsy)[- ]?"
    r"(?:basketball|rugby|tennis|football|cricket|golf|bowls|judo|curling|fencing|racing|dance"
    r"|sw[ia]m\w*|cycl\w+|athletics?|rowing|triathlon|badminton|table tennis|archery|climbing"
    r"|sports?)"
    r"|paralympics?|deaflympics|special olympics|invictus|transplant games|goalball|boccia"
    r"|over[- ]?[3-9][05]s?)\b"
)
"""Sport that only those play whom it is for."""
_SERVED = re.compile(r"\b(?:pupil|child|student|learner|parent)")
"""Whom a work serves, which its writer need not be."""
_MY_OWN = re.compile(r"\b(?:my|our) (?:own )?(?P<what>[\w-]{4,}(?: [\w-]{4,})?)")
"""`my allotment`, `our own shop`: a thing or an affair of the writer's."""
_WITHIN = re.compile(
    r"(?i)^(?:(?:the|an?|one|two|only|being) )?(?P<what>[\w-]+)"
    r"(?: (?:and|in|at|while|on|but)\b.*)?$"
)
"""`… and in Physics`, `Two … at the Gate`: a title that opens with what its writer is."""
_SUBJECT = re.compile(r"\b(?:teach(?:es|ing)?|taught|stud(?:y|ied)|learn(?:s|ed|t)?|speak|spoke) $")
"""Before what is taught or spoken, which is no title: `teach Polish at …`."""
_ARTICLE = re.compile(r"\b(?:the|our|an?|and)\W*(?:\w+,? )?$|, $")
_ANY_NOUN = re.compile(r"^ (?!(?:and|about|on|for|is|was|has|in|at|which|that)\b)\w{3,}")
"""Before and after words that only name what something is for."""
_DIARY = re.compile(
    r"\b(?:diary|diaries|journal|memoir) of (?P<kept>\w+(?:[- ]\w+)?)"
    r"|(?P<before>(?:(?!an?\b)\w+[- ])?(?!an?\b)\w+)[- ]"
    r"(?:diary|diaries|journey|memoir|survivor|recovery)\b"
    r"|\b(?:surviving|survivor of|recovery from|journey (?:through|with)) "
    r"(?P<after>\w+(?:[- ]\w+)?)"
)
"""`stoma-care diary`, `survivor of …`: what stands beside such a word is the writer's own."""
_LIFE = re.compile(
    r"\b(?:memoirs?|autobiograph\w+|my (?:own )?(?:life|story|experiences?|journey|years|days))\b"
)
"""A work that is said to tell its writer's life: then its title tells who that is."""
_RANK = re.compile(
    r"(?i)^(?:(?:honorary|chartered|senior) )?(?:fellow|member|associate)s? of (?:the )?"
)
"""`Fellow of the Royal Society`: a rank that says nothing of the person."""
_VOICE = re.compile(
    r"\b(?:blog|vlog|channel|podcast|column|memoir|diary|account|instagram|tiktok|youtube|newsletter"
    r"|log|journal|book|site|website|articles?|story|series|zine|page|poems?|essays?|flog|sianel)\b"
)
"""Works in which people speak of themselves."""


class Screener(Protocol):
    """The part of the screener that is asked here."""

    def screen(self, text: str, kind: Literal["query"], claim: str | None = None) -> _Screening:
        """Screen one text."""


class _Hit(Protocol):
    @property
    def characteristic(self) -> str | None: ...


class _Screening(Protocol):
    @property
    def hits(self) -> tuple[_Hit, ...]: ...


def sensitive(quote: str, screener: Screener, titles: Sequence[str] = ()) -> bool:
    """Whether confirming the quotation would disclose something protected about its writer.

    `titles` are those that the quotation gives.
    """
    text = _ADDRESS.sub(" ", words.plain(quote).replace("’", "'"))
    plain = without_school_councils(text)
    if (
        _ALONE.search(plain)
        or _PLAYED.search(plain)
        or _LATE.search(plain)
        or _AGED.search(plain)
        or any(pattern.search(plain) for pattern in _BESIDE)
    ):
        return True
    return any(
        any(hit.characteristic for hit in screener.screen(question, "query", None).hits)
        for question in _questions(quote, text, titles)
    )


def _questions(quote: str, text: str, titles: Sequence[str]) -> Iterator[str]:
    """What a reader of the quotation, folded as `text`, would know of its writer, as questions."""
    for what in (*_bodies(quote), *(m["what"] for m in _AS.finditer(text))):
        if not _SOMEBODYS.match(what):
            yield f"Is the applicant a {what}?"
    if _JOINED.search(text):
        for match in _GROUP.finditer(text):
            yield from _is_one_of(match["what"])
    yield from (f"Is the applicant {word}?" for word in _honoured(quote))
    for match in _BEING.finditer(text):
        if not _SERVED.search(match["what"]):
            yield from _is_one_of(match["what"])
    for match in (*_SUCH.finditer(text), *_MYSELF.finditer(text)):
        yield from _is_one_of(match["what"])
    if _LIKE_ME.search(text):
        yield from (f"Does the applicant have {t.plain}?" for t in words.tokens(text))
    for match in _DIARY.finditer(text):
        told = match.group("before") or match.group("after") or match.group("kept")
        for word in re.findall(r"\w{4,}", told):
            yield f"Does the applicant have {word}?"
            yield f"Is the applicant {word}?"
    named = [words.plain(title) for title in titles]
    if _LIFE.search(text):
        yield from (
            f"Is the applicant {opening}{name}?" for name in named for opening in ("", "a ")
        )
    if _VOICE.search(text):
        yield from _own_life(text, named)


def _honoured(quote: str) -> Iterator[str]:
    """Words of the names of honours, which have capitals, that may say for whom they are."""
    for match in _HONOUR.finditer(quote):
        named = re.findall(r"[\w+-]+", match["what"])
        for word, after in zip(named, [*named[1:], ""], strict=True):
            plain = word.lower()
            if word[0].isupper() and plain not in _HOME_NATIONS and after.lower() not in _PLACE:
                yield plain


def _is_one_of(group: str) -> Iterator[str]:
    """Whether the applicant is one of a group, by each end of its name."""
    named = re.sub(r"staff$", "teacher", group.removesuffix("s")).split()
    yield from (f"Is the applicant a {' '.join(named[at:])}?" for at in range(len(named)))


def _own_life(text: str, titles: Sequence[str]) -> Iterator[str]:
    """The same of a work with these titles, which may be about its writer."""
    for about in _ABOUT.finditer(text):
        subject = about.group("subject")
        for own in _OWN.finditer(subject):
            if not _SOMEBODYS.match(own["what"]) and not _COUNTED.match(own["what"]):
                yield f"Is the applicant a {own['what']}?"
                yield f"Does the applicant have {own['what']}?"
        for own in _MY_OWN.finditer(subject):
            yield f"Does the applicant have {own['what']}?"
        if subject.split()[:1] and subject.split()[0].endswith("ing"):
            yield f"Is the applicant {subject.strip()}?"
    yield from (f"Does the applicant have {m['what']}?" for m in _LIVING.finditer(text))
    for title in titles:
        before, _, after = text.partition(title)
        if " my own " in after:
            yield f"Does the applicant have {title}?"
        opening = _WITHIN.match(title)
        told = opening and opening["what"] != title and not _SUBJECT.search(before)
        if told and not _only_names(before, after) and _voiced(title, before):
            yield f"Is the applicant {title}?"


def _only_names(before: str, after: str) -> bool:
    """Whether capitals only name what something is for: `the Eid and Diwali window displays`."""
    return bool(_ARTICLE.search(before) and _ANY_NOUN.match(after)) and not _VOICE.match(
        after.strip()
    )


def _voiced(title: str, before: str) -> bool:
    """Whether the writer may speak in a title; of many (`Women in …`) only where it is a blog."""
    many = bool(re.match(r"(?!us\b|ms\b)\w+(?:s|men)\b", title))
    return not many or bool(_VOICE.search(" ".join(before.split()[-3:])))


def bare(quote: str) -> bool:
    """Whether it says no more than when the writer was born, or to which union, party or church
    they belong."""
    plain = words.plain(quote)
    held = without_school_councils(plain.replace("’", "'"))
    return any((_BORN.search(plain), _MEMBER.search(held), belonging.belongs(held)))


def without_school_councils(quote: str) -> str:
    """The quotation without pupils' councils and unions, which are no political bodies."""
    return _SCHOOL.sub(" ", quote)


def _bodies(quote: str) -> Iterator[str]:
    """Words by which a body that the applicant leads names its members."""
    for match in _BODY.finditer(quote):
        yield from (t.plain for t in words.tokens(_RANK.sub("", match.group("body"))) if t.capital)
