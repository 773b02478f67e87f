"""What a reason asks beyond its claim: of other people, of other places, of the person apart.

The grammar by which sentences are read is in `grammar.py`; what may be said of the applicant is
the concern of `asked.py`.
"""

from __future__ import annotations

from recruitcheck.rules import words
from recruitcheck.rules.explained import Sentence
from recruitcheck.rules.grammar import (
    AIM,
    ASKING,
    AUXILIARY,
    NEGATED,
    POSSESSIVE,
    PRONOUNS,
    SEEN,
    words_before,
)
from recruitcheck.rules.knownwords import KnownWords
from recruitcheck.rules.words import listed

_SERVED = listed("for by to with at among between against")
"""Before people whom a work or a post is for."""
_FOR = listed("for at into through")
"""After a word of checking these lead on to what is looked for: `look for`, `search through`."""
_ENGLISH = listed("the a an of is in to for and on it that this check confirm see read")
"""Small words of English; a sentence without any is in another language."""
_WHERE = listed("page address host server section issue edition format post link copy one")
"""What another one of leads nowhere new: `it moved to another page`."""
_FEW = listed("one ones two three four five six seven eight nine ten")
"""Small numbers, and what they count."""
_HOME = listed("home house family life")
"""Where somebody is in private."""
_OTHER_THAN = listed("than way end hand side half")
"""What `other` only binds: `other than`, `the other half`."""
_PUBLIC = listed("online up published printed listed posted")
"""Before `anywhere`: `is it published anywhere` asks of the work."""
_CALLED = listed("called named titled")
"""Before `something`, which is then only a name."""
_KEPT = listed("record records data premium register list lists page pages")
"""Papers of people that are no people: `staff record`."""
_ANYBODY = listed("someone somebody anyone anybody")
"""Words for nobody in particular."""
_WANTED = listed("need needs want wants could can like")
"""Before nobody in particular who is wanted for the post: `we need somebody who`."""
_ASK = listed("ask explain say tell")
"""Before a closing `why` that asks of the claim: `ask her why`."""
_DROPPED = listed("deleted unread discarded ignored destroyed")
"""What is to happen with anything else that turns up."""
_NEEDS = listed("need needs should must has would could can will shall to")
"""What makes `someone` one whom the post or the school needs."""
_OFFICE = listed("panel office department team trust school hr")
"""Where the trust's own people sit: `anybody on the panel`."""
_ON_IT = (["are", "on", "it"], ["are", "in", "it"], ["is", "on", "it"], ["is", "in", "it"])
"""After people whom a page only shows."""
_LISTS = listed("list name show")
"""Before people whom a page names."""
_ONE = (["some", "one"], ["no", "one"])
_COUNTED = listed("more fewer many most enough hundred thousand")
"""Before people who are only counted: `more people`."""
_TAUGHT = listed("train teach lead help support coach mentor supervise manage")
"""Before others whom somebody teaches or leads, as a claim says."""
_NEAR = listed("like near close approaching")
"""After `something`: `something close` is what the claim says, nearly."""
_THERE = listed("at under there by from in on with that")
"""After `anything`: `anything at that address`."""
_RIVALS = listed(
    "school academy college trust team club class choir band group company firm agency charity"
    " organisation publisher town county year month day date season teacher winner name"
)
"""What a page may name instead, which refutes the claim: `another school`."""
_SHOWS = listed("names lists credits shows gives carries says belongs went by in on to as is was")
"""Before what a page names instead."""


def _would_refute(sentence: Sentence, at: int) -> bool:
    """`the list names another school`, `another school is named`: what a page may say instead."""
    after = [w.plain for w in sentence[at + 1 : at + 3]]
    before = words_before(sentence, at, 1)
    told = before[0] in _SHOWS if before else after[1:] in (["is"], ["was"])
    asks = any(w.plain in AIM or w.plain in SEEN for w in sentence[:at])
    return (
        sentence[at].plain == "another"
        and after[:1] != []
        and after[0] in _RIVALS
        and (told and not asks)
    )


class Beyond:
    """Reads for one vocabulary."""

    def __init__(self, known: KnownWords) -> None:
        self.known = known

    def leads_on(self, sentence: Sentence, at: int) -> bool:
        """`anything else`, `other accounts`; not `nothing else`, nor `around 300`."""
        word, before = sentence[at], words_before(sentence, at, 2)
        if word.source == "claim" or not words.holds(self.known.more, word.plain):
            return False
        last = before[-1] if before else ""
        after = sentence[at + 1].plain if at + 1 < len(sentence) else ""
        match word.plain:
            case "around":  # `around 300`, `around the time`; not `look around`
                leads = words.holds(SEEN, last) and not after[:1].isdigit()
            case "anything" | "something":  # `is there anything at that address`
                leads = self._leads_to_a_thing(sentence, at, last, after)
            case "else" if not _DROPPED.isdisjoint(w.plain for w in sentence[at + 1 :]):
                leads = False  # `anything else to be deleted unread`
            case "else":  # `or is it by somebody else`
                whose = last in {"somebody", "someone", "nobody"} or before[-2:] in _ONE
                subject = before[-2:] == ["about", "something"] and not after  # of the work itself
                leads = not (whose or subject)
            case "somewhere":  # `up there somewhere`; not `look somewhere else`
                leads = any(words.holds(SEEN, w) for w in words_before(sentence, at, 3))
            case "anywhere":  # `anywhere on the site`, `online anywhere`
                there = any(
                    w.source in {"claim", "kind"} or w.plain == "it"
                    for w in sentence[at + 2 : at + 4]
                )
                near = after in _NEAR  # `anywhere near 5,200`
                leads = last not in _PUBLIC and not (
                    (after in {"on", "at", "in"} and there) or near
                )
            case "another" | "other":  # `it moved to another page`, `can train other staff`
                leads = (
                    not words.holds(_TAUGHT, last)
                    and not self._names_its_like(sentence, at)
                    and not _would_refute(sentence, at)
                    and self.is_work(sentence[at + 1 : at + 3])
                )
            case "others":  # `written with others`, `that others use`, `how many others wrote it`
                used = after in {"use", "used"} and last == "that"
                written = last == "with" and words.holds(self.known.deeds, before[0])
                taught = words.holds(_TAUGHT, last)  # `evidence of training others`
                leads = not (used or written or taught or last == "many")
            case _:
                leads = True
        return leads and NEGATED.isdisjoint([*words_before(sentence, at, 4), word.plain])

    def _leads_to_a_thing(self, sentence: Sentence, at: int, last: str, after: str) -> bool:
        """`anything about him`; not `80 something`, `anything close would do`, `at something`."""
        placed = after in _THERE | _NEAR or last.endswith("ing")
        counted = last[-1:].isdigit() or last in _CALLED
        enough = at == 0 and any(w.plain == "would" for w in sentence)
        dropped = not _DROPPED.isdisjoint(w.plain for w in sentence[at + 1 :])
        if placed or counted or enough or dropped:
            return False
        aims = self.asks(sentence) or not AIM.isdisjoint(w.plain for w in sentence)
        return aims or sentence[at].plain == "anything"

    def _names_its_like(self, sentence: Sentence, at: int) -> bool:
        """`another page`, `other writers`, `the other two of …`; not `the other founder's …`."""
        if at + 1 == len(sentence):
            return False
        after = sentence[at + 1]
        if after.plain == "name" and (
            len(sentence) == 2 or not AIM.isdisjoint(w.plain for w in sentence[:at])
        ):
            return True  # `if another name is there`, `Another name.`
        owns = after.token.text.endswith(("'s", "’s"))
        rest = after.plain in _FEW and [w.plain for w in sentence[at + 2 : at + 3]] == ["of"]
        maker = words.holds(self.known.makers, after.plain) and not owns
        return after.plain in _WHERE | _OTHER_THAN or maker or rest

    def is_work(self, after: Sentence) -> bool:
        """Whether some work, place or person is named: `other blogs`, not `other criteria`."""
        named = self.known.ownable | self.known.affairs | self.known.people | _FEW
        return any(
            w.source in {"claim", "kind"} or words.holds(named, w.plain) for w in after
        ) and not any(words.holds(self.known.papers, w.plain) for w in after)

    def looks_at_others(self, sentence: Sentence, at: int) -> bool:
        """Whether people are asked about; not whom a work or a post is for."""
        word, before = sentence[at], words_before(sentence, at, 3)
        if not words.holds(self.known.people, word.plain) or words.holds(
            self.known.makers, word.plain
        ):
            return False
        if not ASKING.isdisjoint(before) or not listed("other any").isdisjoint(before):
            counted = word.plain == "people" and "many" in before
            return not (counted or self._another_maker(sentence, at))
        if word.plain in {"someone", "somebody"} and at < 2:  # `someone outside IT needs to see it`
            wanted = [*before, *(w.plain for w in sentence[1:10])]
            # ... nor `Somebody else writes it`, which would refute
            return _NEEDS.isdisjoint(wanted) and not self._another_maker(sentence, at)
        taught = before[-1:] == ["other"] and words.holds(_TAUGHT, "".join(before[-2:-1]))
        if taught or self._of_ours(sentence, at) or self._listed(sentence, at):
            return False
        if word.source == "claim":  # `look up the two neighbours too`
            after = [w.plain for w in sentence[at + 1 : at + 3]]
            return after[:1] in (["too"], ["also"]) or after == ["as", "well"]
        return not self._is_served(sentence, at, before)

    def _of_ours(self, sentence: Sentence, at: int) -> bool:
        """`before anybody on the panel hears`, `the chair of governors`: who looks or is asked."""
        after = [w.plain for w in sentence[at + 1 : at + 4]]
        ours = after[:1] in (["on"], ["in"], ["from"]) and not _OFFICE.isdisjoint(after)
        chair = words_before(sentence, at, 2) == ["chair", "of"]
        return (sentence[at].plain in _ANYBODY and ours) or chair

    def _listed(self, sentence: Sentence, at: int) -> bool:
        """`should list commended people`, `pupils are on it`: whom a page shows, not a search."""
        after = [w.plain for w in sentence[at + 1 : at + 4]]
        of_claim = at > 1 and sentence[at - 1].source == "claim"
        named = of_claim and words.holds(_LISTS, sentence[at - 2].plain)
        return named or (at == 0 and after in _ON_IT)

    def _is_served(self, sentence: Sentence, at: int, before: list[str]) -> bool:
        """Whether people are those whom a work or a post is for, or that it reached."""
        word, last = sentence[at].plain, before[-1] if before else ""
        after = sentence[at + 1].plain if at + 1 < len(sentence) else ""
        compound = words.holds(self.known.taught | _KEPT, after)  # `staff development`
        # `40 of our staff`, `more people`
        counted = last == "our" or last.isdigit() or words.holds(_COUNTED | _FEW, last)
        if compound or counted or not _SERVED.isdisjoint(before):
            return True
        wanted = not _WANTED.isdisjoint(before)
        return word in _ANYBODY and (after in {"else", "else's", "other"} or wanted)

    def _another_maker(self, sentence: Sentence, at: int) -> bool:
        """`if someone else wrote it`, `if someone else's, ask him`: whose the work is."""
        plain = [w.plain for w in sentence[at : at + 3]]
        told = self.known.deeds | self.known.says | {"we", "i", "then", "please", "that"}
        return plain[1:2] in (["else"], ["else's"]) and all(words.holds(told, p) for p in plain[2:])

    def asks_apart(self, sentence: Sentence, at: int) -> bool:
        """Questions that lead from the work to the person by their form alone."""
        after = sentence[at + 1 : at + 5]
        plain = [w.plain for w in after]
        if not plain:  # `we would ask her why`
            told = any(words.holds(_ASK, w) for w in words_before(sentence, at, 2))
            return sentence[at].plain == "why" and not told and at > 0  # `Why? The post …`
        of_person = not (PRONOUNS | {"they"}).isdisjoint(plain[:2])
        match sentence[at].plain:
            case "about":  # `the page about the author`
                maker = words.holds(self.known.makers, plain[1]) if len(plain) > 1 else False
                asks = plain[0] in {"the", "its"} and maker and after[1].source != "claim"
            case word if at == 0 and words.holds(self.known.contact, word):  # `Join the forum as …`
                asks = plain[0] not in {"the", "up"} or word == "join"
            case "i" | "we":  # looking takes no account, no message and no other name
                asks = NEGATED.isdisjoint(plain) and any(
                    words.holds(self.known.contact, p) for p in plain
                )
            case "why":  # `which is why I ask`
                asks = sentence[at - 1].plain != "is" or plain[0] not in {"i", "we"}
            case "who" | "whom":
                asks = of_person or plain[0] == "else"
            case "where":
                asks = not (PRONOUNS | POSSESSIVE | {"him", "they", "them"}).isdisjoint(plain)
            case "whose":
                of_work = after[0].source in {"claim", "kind"}
                asks = not (of_work or words.holds(self.known.belongings, plain[0]))
            case "how":
                asks = plain[0] in {"much", "old", "far"} and "of" not in plain
            case "what" | "which":
                asks = self._chooses_apart(after)
            case _:
                asks = False
        return asks

    def _chooses_apart(self, after: Sentence) -> bool:
        """`which groups is she in`, `what time does he`; not `which issue did she edit`."""
        plain = [w.plain for w in after]
        if plain[0] in {"time", "hour", "hours", "day", "days"}:
            return True
        if any(words.holds(_HOME, w.plain) and w.source not in {"claim", "kind"} for w in after):
            return True
        of_work = after[0].source in {"claim", "kind", "small"}
        return not (
            PRONOUNS.isdisjoint(plain) or of_work or words.holds(self.known.countable, plain[0])
        )

    def asks(self, sentence: Sentence) -> bool:
        """Whether a sentence asks or looks for something; outside English nothing marks that."""
        plain = [w.plain for w in sentence]
        return (
            plain[0] in AUXILIARY
            or not ASKING.isdisjoint(plain)
            or _ENGLISH.isdisjoint(plain)
            or any(
                word in _FOR and any(words.holds(self.known.checking, w) for w in plain[:at])
                for at, word in enumerate(plain)
            )
        )
