"""Does a reason speak to the claim it quotes, and to nothing else?

Most routine requests are known not by a phrase but by this: the reason would fit anybody. A
reason speaks to its claim when it takes up the claim's own words, or words of the same kind of
work; it has a second aim when it asks something of the person that the claim does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from recruitcheck.rules import words
from recruitcheck.rules.claims import searchable
from recruitcheck.rules.claimwords import KIND_OF, LINKED_TO
from recruitcheck.rules.pack import Vocabulary
from recruitcheck.rules.words import Token

_ONLINE = frozenset({"blog", "site", "channel", "podcast", "video", "account"})
_PRINT = frozenset({"publication", "site", "blog"})
_GROUPS = (
    _ONLINE,
    _PRINT,
    frozenset({"code", "site"}),
    frozenset({"shop", "site"}),
    frozenset({"performance", "video", "organisation"}),
    frozenset({"result", "organisation", "office"}),
)
_NUMBERED = re.compile(
    r"\b(?:claim|section|question|paragraph|line|item|page|answer|box|point|part)s?\s+"
    r"(?:no\.?\s*)?(?:\d+|[a-h]\b|one|two|three|four|five|six|seven|eight|nine|ten)"
)
_IT = re.compile(r"\b(?:it|its|this|that|these|those|they are|hwn|il|ello|es)\b")
_AIM = (
    r"(?:\b(?:if|whether|that|how|what|why|who|whom|where|see|check|confirm|verify|know|find out)"
    r"|(?:^|[.;:!?,]\s*|\band )(?:is|are|was|were|does|do|did|has|have|will|would|could|might|can))"
)
_PERSON = re.compile(
    rf"{_AIM}\s+(?:\w+\s+)?"
    r"(?:she|he|they|(?:the|this|our) (?:candidate|applicant|man|woman|lady|guy))\b"
    r"(?P<said>[^.;:!?\n]*)"
)
_PRIVATE = re.compile(
    r"\bwhere\b[^.;!?]{0,40}\b(?:live|lives|lived|grew up|born)\b"
    r"|\bhow (?:much\b[^.;!?]{0,30}\b(?:earn|earns|make|makes|paid)|old)\b"
    r"|\bwhy\b[^.;!?]{0,30}\b(?:leave|left|leaving|sacked|go|went)\b"
    r"|\bwho(?:m)?\b[^.;!?]{0,20}\b(?:follow|follows|befriend|befriends|knows?|dates?)\b"
    r"|\bwhat\b[^.;!?]{0,30}\b(?:say|says|think|thinks|feel|feels) (?:about|of) (?:him|her|them)\b"
    r"|\b(?:about|into|on|up) (?:him|her|them)\b"
    r"|\b(?:look|looks|looking|find|visit|open)\b[^.;!?]{0,12}\b(?:her|his|their) own"
    r" (?:page|account|profile|feed|channel|one|site)\b"
    r"|\bother\s+(?:\w+['’]?s?\s+)?(?:accounts?|profiles?|pages|posts|platforms|handles)\b"
    r"|\b(?:posts?|posted|writes?|active)\s+elsewhere\b|\bunder (?:that|the same) name\b"
    r"|\b(?:her|his|their) (?:private|personal)\b(?! (?:statement|blog|site|website|best|project))"
    r"|\b(?:see|seeing|meet|picture) (?:her|him)(?=\s*(?:[.;!?]|$))"
    r"|\b(?:she|he|they) lives?\b|\blives? (?:near|with|alone|close|locally|nearby)\b"
    r"|\bfor (?:\w+[- ]){1,3}(?:views|opinions|attitudes|beliefs|leanings)\b"
    r"|\b(?:signs?|hints?|clues?|whiff|trace) (?:of|about|as to|that)\b(?! (?:updat|activ|use))"
    r"|\bwhy (?:does|did|do|is|was|would|has|should) (?:an?|she|he|they|someone|somebody|any)\b"
    r"|\blook(?:ing|ed)? into (?:it|this|matters)\b|\bbehind (?:it|this|him|her|them)\b"
    r"|\b(?:is|sounds?|looks?) (?:(?:the|that|her|his|their) )?"
    r"(?:surname|last name|family name|maiden name)\b"
    r"(?! (?:the same|given|listed|spel\w+|on|there))"
    r"|\btime off\b|\boff sick\b"
    r"|\b(?:her|his|their) other\b|\bwhen (?:she|he|they) (?:should|ought|is meant|was meant)\b"
    r"|\bwho(?:m|ever)? (?:else )?(?:lives?|sleeps?|stays?)\b"
    r"|\bwhose (?:\w+ )?"
    r"(?:kitchen|house|home|flat|garden|sofa|car|dog|baby|child\w*|kids?|hands?)\b"
    r"|\bwh(?:ich|at) (?:of the )?(?:children|pupils|kids|boys?|girls?)\b"
    r"(?![^.;!?]{0,25}\b(?:for|aimed|used?|uses|years?|ages?|stage)\b)"
    r"|\bhow (?:many (?:hours|nights|evenings)|much time|late|often)\b[^.;!?]{0,30}"
    r"\b(?:a night|at night|a day|online|spends?|play|plays|sleep|up)\b"
)
_FARE = re.compile(
    r"\b(?:bankrupt(?:cy)?|insolven(?:t|cy)|liquidat\w+|receivership|bailiffs?|creditors?)\b"
    r"|\b(?:go|goes|going|went|gone) (?:bust|broke|under|to the wall|belly up)\b"
    r"|\b(?:ow(?:e|es|ed|ing) (?:\w+ ){0,2}(?:money|rent|wages|tax)|unpaid|in arrears|in the red)\b"
    r"|\b(?:business|company|firm|caf\w|shop|club|charity|venture|enterprise|scheme|project|it|this|that"
    r"|she|he|they) (?:\w+ )?(?:fail|failed|flop|flopped|fold|folded|collapse|collapsed)\b"
    r"|\b(?:make|made|making|lose|lost|losing) (?:her|him|them|any|much|a lot of)? ?money\b"
    r"|\b(?:his|her|their|whose) fault\b|\bto blame\b|\bblamed?\b"
    r"|\b(?:ask|asked|tell|told|force|forced|made) (?:him|her|them) to "
    r"(?:leave|go|resign|step down)\b"
    r"|\b(?:pushed|forced|thrown|kicked|voted|drummed) out\b|\bfall(?:en|ing)? out with\b"
    r"|\bfell out with\b|\bparted company\b|\bunder a cloud\b|\bgiven up on\b"
    r"|\bno longer (?:trad|operat|employ|work|welcome)\w*|\b(?:ceased|stopped) trading\b"
    r"|\bin (?:any |some |a bit of |a spot of )?(?:bother|hot water|difficult(?:y|ies))\b"
    r"|\b(?:family|parents['’]?|husband['’]?s|wife['’]?s) money\b|\bwell[- ]off\b|\bwealthy\b"
    r"|\binherit(?:ed|ance)\b|\blate (?:at )?nights?\b|\bin pubs?\b|\bdrink(?:ing|ers?)\b"
    r"|\bstill (?:able|capable|fit|well|strong|up to)\b"
)
"""How somebody fared, and whose doing it was: nothing a claim says of a work asks for that."""
_DONE_TO = re.compile(
    r"\b(?:drop|sack|leave|tire|cost|earn|pay|make|making|bring|stop|keep)(?:s|ed|ped|ing|ping)?"
    r" (?:him|her)\b(?P<what>(?: [\w'’-]+)?)"
)
"""What a work does to its maker: `leave her any energy`. Not `make her blog known`."""
_OWNING = re.compile(r"\b(?:his|her|their) own (?P<what>[\w'’-]+)")
_WELSH = re.compile(r"\b(?:yr|yn|y|mae|rwy'n|bum|wedi|oedd|fy|am|gan|a'r|dwi|rydw)\b")
_PARTY = re.compile(
    r"\b(?:Labour|Tory|Tories|Conservatives?|Lib ?Dems?|Liberal Democrats?|Green Party|Plaid Cymru"
    r"|Reform UK|UKIP|SNP|Corbynite|Remainer|Brexiteer)\b"
)
_THEIRS = re.compile(
    r"\b(?:about|into|regarding|concerning|reveals?|betrays?|shows?) (?:his|her|their)\b"
    r"(?P<said>[^.,;:!?\n]*)"
)
_ROUTINE = re.compile(
    r"\bothers?\b[^.;!?]*\b(?:too|as well|likewise|the same)\b"
    r"|\bsame (?:again|as|for|with|checks?|way)\b[^.;!?]{0,20}"
    r"\b(?:others?|last|previous|all|every\w*|usual|before|rest)\b"
    r"|\b(?:check|search|vet|screen|google|look(?:ed)? up|do|did|run)\w*\b[^.;!?]{0,20}"
    r"\b(?:everyone|everybody|anyone|anybody|whoever|(?:each|every) (?:one|candidate|applicant)"
    r"|all (?:of )?(?:them|the )?(?:candidates|applicants|finalists|shortlist\w*)?)\b"
    r"(?= (?:candidate|applicant|who|we|before|the same|for|in|on|like|gets?)|\s*[.;,!?]|$)"
)
_MADE = frozenset(
    {"work", "words", "name", "making", "design", "writing", "code", "idea", "material"}
)
"""What may be somebody's own in an honest question: `is it her own work`, not `her own wedding`."""
_SPLIT = re.compile(r"\s(?:and|but|while|whilst|also|plus|then|or)\s|,")
_SAYING = re.compile(
    r"\s*(?:also |has |have |had |only |just )*"
    r"(?:says?|said|claims?|claimed|states?|stated|mentions?|mentioned|cites?|cited|gives?|gave"
    r"|names?|named|lists?|listed|describes?|described|tells?|told|writes?|wrote|refers?|referred"
    r"|quotes?|quoted|points?|pointed|offers?|offered|put|puts|provided?|provides)\b"
)


@dataclass(frozen=True, slots=True)
class Speech:
    """What a reason has to do with its claim."""

    strong: int
    """Different words that only this claim, or its kind of work, explains."""
    weak: int
    """Different words it shares that any school text might hold."""
    numbered: bool
    """It names the place of the claim: claim 4, section 2."""
    particulars: int
    """What it wants to see: exists, author, dates, updated …"""
    it: bool
    """It speaks of a thing already named."""
    checking: bool
    stray: tuple[str, ...]
    """What it asks of the person that the claim does not hold."""
    routine: bool
    """It points to others who were checked, or to everybody."""
    private: bool
    """It asks where somebody lives, why they left, how they fared, what others say of them …"""

    @property
    def speaks(self) -> bool:
        """Whether the reason is about this claim and could not stand under just any."""
        if self.strong or self.weak > 1:
            return True
        pointed = self.numbered or (self.it and self.checking)
        return pointed and self.particulars > 0


@lru_cache(maxsize=512)
def read(reason: str, quote: str, vocabulary: Vocabulary) -> Speech:
    """Compare a reason with the quotation it stands on."""
    text = words.plain(reason).replace("’", "'")
    links = _Links(quote, vocabulary)
    strong: set[str] = set()
    weak: set[str] = set()
    particulars = 0
    checking = False
    for token in words.tokens(reason):
        level = links.level(token)
        if level == 2:
            strong.add(min(words.lemmas(token.plain)))
        elif level == 1:
            weak.add(min(words.lemmas(token.plain)))
        particulars += links.particular(token)
        checking = checking or words.holds(links.checking, token.plain)
    return Speech(
        strong=len(strong),
        weak=len(weak),
        numbered=bool(_NUMBERED.search(text)),
        particulars=particulars,
        it=bool(_IT.search(text)),
        checking=checking,
        stray=tuple(_strays(reason, links)),
        routine=bool(_ROUTINE.search(text)),
        private=bool(_PRIVATE.search(text))
        or any(m.group() not in words.plain(quote) for m in _FARE.finditer(text))
        or any(m.group() not in quote for m in _PARTY.finditer(reason)),
    )


class _Links:
    """The quotation, ready to be compared with one word after the other."""

    def __init__(self, quote: str, vocabulary: Vocabulary) -> None:
        self.function = words.folded(vocabulary.function_words)
        self.weak = words.folded(vocabulary.weak)
        self.particulars = words.folded(vocabulary.particulars)
        self.checking = words.folded(vocabulary.checking)
        self.papers = words.folded(vocabulary.papers)
        self.posts = words.folded(vocabulary.posts)
        held = [t for t in words.tokens(quote) if t.plain not in self.function]
        parts = [p for t in held for p in (t.plain, *re.findall(r"[^\W_]+", t.plain))]
        self.strong_words = frozenset(p for p in parts if not words.holds(self.weak, p))
        self.weak_words = frozenset(p for p in parts if words.holds(self.weak, p))
        found = searchable(quote)
        self.kinds = frozenset(
            kind for group in _GROUPS if not group.isdisjoint(found.kinds) for kind in group
        )
        self.welsh = len(_WELSH.findall(words.plain(quote))) > 1

    def level(self, token: Token) -> int:
        """2: only this claim explains the word; 1: it shares an everyday word; 0: neither."""
        plain = token.plain.removesuffix("'s")
        if plain in self.function:
            return 0
        parts = [plain, *(re.findall(r"[^\W_]+", plain) if token.kind != "word" else ())]
        if any(self._strong(p) for p in parts):
            return 2
        if any(words.same(p, w) for p in parts for w in self.weak_words):
            return 1
        return 0

    def _strong(self, plain: str) -> bool:
        if plain.isdigit():
            return plain in self.strong_words
        if any(words.related(plain, w) for w in self.strong_words):
            return True
        if self.welsh and any(words.mutated(plain, w) for w in self.strong_words):
            return True
        if not self.kinds.isdisjoint(LINKED_TO.get(plain, frozenset())):
            return True
        if words.holds(self.weak, plain):
            return False
        forms = words.lemmas(plain)
        return any(
            KIND_OF.get(form) in self.kinds
            or not self.kinds.isdisjoint(LINKED_TO.get(form, frozenset()))
            for form in forms
        )

    def particular(self, token: Token) -> bool:
        """A word for what one wants to see of a piece of work."""
        return words.holds(self.particulars, token.plain) and not words.holds(
            self.papers, token.plain
        )

    def neutral(self, token: Token) -> bool:
        """A word that says nothing of a person: function, checking, what and where."""
        return token.plain in self.function or any(
            words.holds(listed, token.plain)
            for listed in (self.particulars, self.checking, self.papers, self.posts)
        )


def _strays(reason: str, links: _Links) -> Iterator[str]:
    """Parts in which something is asked of the person that nothing in the claim explains."""
    text = words.plain(reason)
    for match in (*_PERSON.finditer(text), *_THEIRS.finditer(text)):
        said = match.group("said")
        if _SAYING.match(said):
            continue
        for part in _SPLIT.split(said):
            tokens = [t for t in words.tokens(part) if not links.neutral(t)]
            if tokens and not any(links.level(t) for t in tokens):
                yield part.strip()
    for match in _OWNING.finditer(text):
        for token in words.tokens(match.group("what")):
            if token.plain not in _MADE and not links.neutral(token) and not links.level(token):
                yield match.group()
    for match in _DONE_TO.finditer(text):
        if not any(links.level(t) or t.plain in _MADE for t in words.tokens(match.group("what"))):
            yield match.group()
