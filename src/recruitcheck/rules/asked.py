"""What a reason asks of people, beside what it asks of the work.

A claim check asks whether a work is there and whose it is. So of the applicant a reason may say
only what claims say (`she edits it`), how the application puts it (`as he states`) and how a page
names somebody (`is she listed as editor`). Whatever else it asks of the applicant, or of anybody,
is a second aim, in whatever words: the lists in `vocabulary.toml` hold what may be said, not what
may not. The grammar by which sentences are read is in `grammar.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from recruitcheck.rules import words
from recruitcheck.rules.claimwords import DEEDS
from recruitcheck.rules.explained import EXPLAINED, Sentence, Word, group
from recruitcheck.rules.grammar import (
    AIM,
    AUXILIARY,
    BE,
    MODAL,
    NOUNS,
    POSSESSIVE,
    PRONOUNS,
    of_somebody,
    opens_question,
    predicate,
    stands_alone,
    states_need,
    words_before,
)
from recruitcheck.rules.pack import Vocabulary


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_REFLEXIVE = _set("himself herself themselves")
_NO = _set("no not nothing never without none nor")
_SERVED = _set("for by to with at among between")
_ASKING = _set("if whether who whom whose what which how where why when")
_FOR = _set("for at into through")
_ENGLISH = _set("the a an of is in to for and on it that this check confirm see read")
_EACH = _set("each every")
_ALL = _set("all both other others any same")
_WHERE = _set("page address host server section issue edition format post")
_TURNS = _set("of on in for as by with at from under about")
_FEW = _set("one ones two three four five six seven eight nine ten")
_HOME = _set("home house family life")
_PUT = _set("write wrote put back query reply sent send emailed phoned rang asked objection")
_ANSWERS = _set("asked invited sending sent bringing supplying told emailed chased reminded giving")
_OTHER_THAN = _set("than way end hand side half")
_THERE = _set("at under there by from in on with that")
_SEEN = _set("show see watch hear find look")


def strays(sentences: tuple[Sentence, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """What is asked of the applicant or of others that no claim explains, by its kind."""
    reader = _Reader(vocabulary)
    return tuple(dict.fromkeys(kind for s in sentences for kind in reader.read(s)))


def compares(sentence: Sentence, vocabulary: Vocabulary) -> bool:
    """Whether it speaks of all applicants, or of the others: `as for every candidate`."""
    applicants = group(vocabulary.beyond, "applicants")
    return any(
        words.holds(applicants, word.plain)
        and word.source != "claim"
        and not (_EACH | _ALL if word.plain.endswith("s") else _EACH).isdisjoint(
            words_before(sentence, at, 3)
        )
        for at, word in enumerate(sentence)
    )


def of_the_work(
    sentence: Sentence, vocabulary: Vocabulary
) -> tuple[frozenset[int], frozenset[int]]:
    """Where words stand that speak of no person here, whatever else they may mean.

    First those that surely do not: words of checking in a sentence that speaks of nobody (`it came
    out each term`), or of the claim in one that says what the post needs. Then words of the claim
    that are not said of somebody (`her article on …`); they count where they stand as in the claim.
    """
    claimed = frozenset(w.token.start for w in sentence if w.source in {"claim", "weak"})
    sure: frozenset[int] = frozenset()
    if not of_somebody(sentence, vocabulary):
        sure = frozenset(w.token.start for w in sentence if w.source) - claimed
        makers = group(vocabulary.business, "makers")
        need = states_need(sentence)
        sure |= {
            w.token.start
            for w in sentence
            if w.token.start in claimed and (need or words.holds(makers, w.plain))
        }
    return sure, claimed - _said_of_somebody(sentence, vocabulary)


def _said_of_somebody(sentence: Sentence, vocabulary: Vocabulary) -> set[int]:
    """Where words stand that say what somebody is or has: `is he a …`, `her own …`."""
    makers = group(vocabulary.business, "makers")
    said: set[int] = set()
    for at, word in enumerate(sentence):
        if word.plain in POSSESSIVE:
            said.update(w.token.start for w in sentence[at + 1 : at + 3])
        elif word.plain in PRONOUNS | NOUNS | {"who", "they"} or words.holds(makers, word.plain):
            auxiliaries, rest = predicate(sentence, at)
            if auxiliaries[-1:] in (["do"], ["does"], ["did"]):  # `does he present …`
                continue
            for told in rest:
                if told.plain in _TURNS:
                    break
                said.add(told.token.start)
    return said


class _Reader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        person, business, beyond = vocabulary.person, vocabulary.business, vocabulary.beyond
        self.deeds = group(person, "deeds") | DEEDS
        self.says = group(person, "says")
        self.applies = group(person, "applies")
        self.recorded = group(person, "recorded")
        self.makers = group(business, "makers")
        self.belongings = group(person, "belongings")
        self.ownable = self.belongings.union(
            group(business, "work", "papers", "makers", "keepers", "skills", "subjects", "things")
        ) - group(person, "own_affairs")
        self.affairs = group(person, "own_affairs")
        self.countable = group(business, "work", "papers", "amounts", "time", "makers")
        self.papers = group(business, "papers", "post")
        self.taught = group(business, "skills", "posts", "papers")
        self.people = group(beyond, "people")
        self.more = group(beyond, "more")
        self.contact = group(beyond, "contact")
        self.checking = group(business, "checking")

    def read(self, sentence: Sentence) -> Iterator[str]:
        """The kinds of stray aims in one sentence."""
        need = states_need(sentence)
        person = False
        for at, word in enumerate(sentence):
            if self._is_subject(sentence, at, need=need):
                person = person or word.plain in PRONOUNS
                if not self._may_be_said(sentence, at, need=need):
                    yield "done"
            elif word.plain == "him" or (word.plain == "her" and stands_alone(sentence, at)):
                person = True
                if not self._may_be_done_to(sentence, at):
                    yield "done to"
            elif word.plain in _REFLEXIVE:  # `holds himself`; not `made it himself`
                person = True
                if words.holds(self.deeds | self.says, "".join(words_before(sentence, at, 1))):
                    yield "done to"
            elif word.plain in POSSESSIVE:
                person = True
                if not self._may_be_owned(sentence, at):
                    yield "owned"
            elif not need and (self._leads_on(sentence, at) or self._looks_at_others(sentence, at)):
                yield "beyond"
            if self._asks_apart(sentence, at):
                yield "question"
        if not need and (person or self._asks(sentence)) and not all(w.source for w in sentence):
            yield "unexplained"

    # --- the applicant ----------------------------------------------------------------------

    def _is_subject(self, sentence: Sentence, at: int, *, need: bool) -> bool:
        """Whether something is said of the word at this place, as of a person."""
        word = sentence[at]
        if word.plain in PRONOUNS:
            return True
        before = words_before(sentence, at, 2)
        if word.plain == "who":
            return not need
        if word.token.text.endswith(("'s", "’s", "s'")):
            return False
        maker = not need and words.holds(self.makers, word.plain)
        noun = word.plain in NOUNS or (maker and before[-1:] in (["the"], ["this"]))
        return noun and opens_question(sentence, at - 2)

    def _may_be_said(self, sentence: Sentence, at: int, *, need: bool) -> bool:
        """Whether what follows is what claims, applications and pages say of somebody."""
        auxiliaries, rest = predicate(sentence, at)
        auxiliary = auxiliaries[-1] if auxiliaries else ""
        if not MODAL.isdisjoint(auxiliaries):
            shown = next((w.plain for w in rest if w.source != "small"), "")
            listed = auxiliary in BE and words.holds(self.recorded, shown)
            return need or listed or self._is_duty(sentence, rest)  # `she should be listed`
        if auxiliary in BE:
            return self._may_be(sentence[at].plain, rest)
        if not rest:
            return not auxiliary
        head = rest[0]
        held = next((w for w in rest if w.source != "small"), None)  # `has the blog`, `has one`
        applies = not auxiliary and words.holds(self.applies, head.plain)
        if head.source == "claim" or self._is_deed(rest) or applies:
            return True
        if auxiliary in {"do", "does", "did"} and head.plain in {"the", "all", "its"}:
            return held is not None and self._is_work((held,))  # `does the editing`
        owns = auxiliary in {"has", "have", "had"} and head.plain != "to"
        return owns and (held is None or held.source in {"claim", "kind", "weak"})

    def _may_be(self, subject: str, rest: Sentence) -> bool:
        """`is listed`, `is the editor`, `is on the programme`, `has been asked`."""
        head = rest[0].plain if rest else ""
        told = next((w for w in rest if w.source != "small" or self._records(w)), None)
        if head in {"on", "in"}:
            return told is None or (told.plain != "there" and self._is_place(told))
        if told is None or head == "through":  # `what she has been through`
            return False
        there = told.plain == "there" and subject == "who"
        return head in _ANSWERS or (self._records(told) and not there)

    def _is_place(self, word: Word) -> bool:
        """Where a page or a paper can name somebody."""
        apart = words.holds(self.affairs, word.plain) and word.source not in {"claim", "kind"}
        return word.source in {"claim", "kind"} or (
            words.holds(self.countable, word.plain) and not apart
        )

    def _is_duty(self, sentence: Sentence, rest: Sentence) -> bool:
        """`she would be running our chess club`: what the post is about; no question."""
        explained = all(w.source in EXPLAINED for w in rest)
        duty = any(words.holds(self.deeds | self.taught, w.plain) for w in rest[:2])
        plain = [w.plain for w in sentence]
        asks = plain[0] in AUXILIARY or not _ASKING.isdisjoint(plain)
        return explained and duty and not asks

    def _is_deed(self, rest: Sentence) -> bool:
        """Whether it begins with a verb that claims and applications use, alone or with `after`."""
        allowed, head = self.deeds | self.says, rest[0].plain
        two = f"-{rest[1].plain}" if len(rest) > 1 else ""
        return words.holds(allowed, head) or any(f + two in allowed for f in words.lemmas(head))

    def _records(self, word: Word) -> bool:
        """`listed`, `editor`, `third`: what a page says somebody is in relation to the work."""
        return word.source in {"claim", "kind"} or words.holds(
            self.recorded | self.makers | self.deeds, word.plain
        )

    def _may_be_done_to(self, sentence: Sentence, at: int) -> bool:
        """`names her`, `credited to him`, `ask her`; not `think of her`."""
        before = words_before(sentence, at, 2)
        after = [w.plain for w in sentence[at + 1 : at + 3]]
        if not before or before[-1] in {"by", "from"} or after[:1] in (["as"], ["down"]):
            return True
        if before[-1] in {"to", "for"}:  # `credited to her`, `an entry for him`, `wrote to her`
            earlier = words_before(sentence, at, 5)
            return words.holds(self.recorded, before[0]) or not _PUT.isdisjoint(earlier)
        if before[-1] == "with" and after:  # `with him named as editor`
            return words.holds(self.recorded, after[0])
        asked_to = after[:1] != ["to"] or (len(after) > 1 and words.holds(self.says, after[1]))
        return asked_to and words.holds(self.recorded | self.says, before[-1])

    def _may_be_owned(self, sentence: Sentence, at: int) -> bool:
        """`her blog`, `his own work`, `her name`; not `her house`, nor `her own page`."""
        rest = sentence[at + 1 : at + 4]
        if not rest or rest[0].source == "small":
            return True
        if rest[0].plain == "own":
            return len(rest) == 1 or (
                words.holds(self.belongings, rest[1].plain) or rest[1].source == "kind"
            )
        before = words_before(sentence, at, 2)
        if rest[0].plain.endswith("ing") and words.holds(_SEEN, before[-1] if before else ""):
            return False
        if words.holds(self.people, rest[0].plain):  # `belongs to her colleague`
            return before[-1:] in (["by"], ["to"]) and words.holds(
                self.recorded | self.deeds, before[0]
            )
        if rest[0].plain == "time":
            return not _set("in during from over within").isdisjoint(words_before(sentence, at, 1))
        known = rest[0].source in EXPLAINED
        kin = rest[0].source in {"claim", "kind"}
        apart = words.holds(self.affairs, rest[0].plain) and not kin
        return (
            known
            and not apart
            and any(
                w.source in {"claim", "kind", "weak"} or words.holds(self.ownable, w.plain)
                for w in sentence[at + 1 : at + 5]
            )
        )

    # --- others, and more -------------------------------------------------------------------

    def _leads_on(self, sentence: Sentence, at: int) -> bool:
        """`anything else`, `other accounts`; not `nothing else`, nor `around 300`."""
        word, before = sentence[at], words_before(sentence, at, 2)
        if word.source == "claim" or not words.holds(self.more, word.plain):
            return False
        last = before[-1] if before else ""
        after = sentence[at + 1].plain if at + 1 < len(sentence) else ""
        match word.plain:
            case "around":  # `around 300`, `around the time`; not `look around`
                leads = words.holds(_SEEN, last) and not after[:1].isdigit()
            case "anything" | "something":  # `is there anything at that address`
                leads = after not in _THERE and not last.endswith("ing")
                aims = self._asks(sentence) or not AIM.isdisjoint(w.plain for w in sentence)
                enough = at == 0 and "would" in (
                    w.plain for w in sentence
                )  # `anything close would`
                leads = leads and (aims or word.plain == "anything") and not enough
            case "else":  # `or is it by somebody else`
                leads = last not in {"somebody", "someone"}
            case "another" | "other":  # `it moved to another page`, `another author`
                maker = word.plain == "another" and words.holds(self.makers, after)
                named = after in _WHERE or maker or after in _OTHER_THAN
                leads = not named and self._is_work(sentence[at + 1 : at + 3])
            case "others":  # `written with others`
                leads = last != "with" or not words.holds(self.deeds, before[0])
            case _:
                leads = True
        return leads and _NO.isdisjoint([*words_before(sentence, at, 4), word.plain])

    def _is_work(self, after: Sentence) -> bool:
        """Whether some work, place or person is named: `other blogs`, not `other criteria`."""
        named = self.ownable | self.affairs | self.people | _FEW
        return any(
            w.source in {"claim", "kind"} or words.holds(named, w.plain) for w in after
        ) and not any(words.holds(self.papers, w.plain) for w in after)

    def _looks_at_others(self, sentence: Sentence, at: int) -> bool:
        """Whether people are asked about; not whom a work or a post is for."""
        word, before = sentence[at], words_before(sentence, at, 3)
        if not words.holds(self.people, word.plain) or words.holds(self.makers, word.plain):
            return False
        if not _ASKING.isdisjoint(before) or not _set("other any").isdisjoint(before):
            return not (word.plain == "people" and "many" in before)
        after = sentence[at + 1].plain if at + 1 < len(sentence) else ""
        compound = words.holds(self.taught, after)  # `staff development`, `pupil voice`
        if word.source == "claim" or compound or not _SERVED.isdisjoint(before):
            return False
        wanted = _set("need needs want wants could can would")
        return not (
            word.plain in {"someone", "somebody", "anyone", "anybody"}
            and (after in {"else", "else's", "other"} or not wanted.isdisjoint(before))
        )

    def _asks_apart(self, sentence: Sentence, at: int) -> bool:
        """Questions that lead from the work to the person by their form alone."""
        after = sentence[at + 1 : at + 5]
        plain = [w.plain for w in after]
        if not plain:
            return sentence[at].plain == "why"
        of_person = not (PRONOUNS | {"they"}).isdisjoint(plain[:2])
        match sentence[at].plain:
            case "about":  # `the page about the author`
                maker = words.holds(self.makers, plain[1]) if len(plain) > 1 else False
                asks = plain[0] in {"the", "its"} and maker and after[1].source != "claim"
            case word if at == 0 and words.holds(self.contact, word):  # `Join the forum as …`
                asks = plain[0] not in {"the", "up"} or word == "join"
            case "i" | "we":  # looking takes no account, no message and no other name
                asks = any(words.holds(self.contact, p) for p in plain)
            case "why":
                asks = True
            case "who" | "whom":
                asks = of_person or plain[0] == "else"
            case "where":
                asks = not (PRONOUNS | POSSESSIVE | {"him", "they", "them"}).isdisjoint(plain)
            case "whose":
                asks = not words.holds(self.belongings, plain[0])
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
        return not (PRONOUNS.isdisjoint(plain) or of_work or words.holds(self.countable, plain[0]))

    def _asks(self, sentence: Sentence) -> bool:
        """Whether a sentence asks or looks for something; outside English nothing marks that."""
        plain = [w.plain for w in sentence]
        return (
            plain[0] in AUXILIARY
            or not _ASKING.isdisjoint(plain)
            or _ENGLISH.isdisjoint(plain)
            or any(
                word in _FOR and any(words.holds(self.checking, w) for w in plain[:at])
                for at, word in enumerate(plain)
            )
        )
