"""What a reason asks of the applicant, beside what it asks of the work.

A claim check asks whether a work is there and whose it is. So of the applicant a reason may say
only what claims say (`she edits it`), how the application puts it (`as he states`) and how a page
names somebody (`is she listed as editor`). Whatever else it asks of the applicant, or of anybody,
is a second aim, in whatever words: the lists in `vocabulary.toml` hold what may be said, not what
may not. The grammar by which sentences are read is in `grammar.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from recruitcheck.rules import background, words
from recruitcheck.rules.beyond import Beyond
from recruitcheck.rules.explained import EXPLAINED, Sentence, Word, group
from recruitcheck.rules.grammar import (
    AIM,
    AUXILIARY,
    BE,
    MODAL,
    NEGATED,
    NOUNS,
    POSSESSIVE,
    PRONOUNS,
    TURNS,
    of_somebody,
    opens_question,
    predicate,
    stands_alone,
    states_need,
    words_before,
)
from recruitcheck.rules.knownwords import KnownWords
from recruitcheck.rules.owned import Owned
from recruitcheck.rules.pack import Vocabulary
from recruitcheck.rules.words import listed

_REFLEXIVE = listed("himself herself themselves")
_EACH = listed("each every previous earlier")
_ALL = listed("all both other others any same")
_PUT = listed(
    "write wrote put back query question reply sent send emailed phoned rang asked objection talk "
    "speak"
)
_ANSWERS = listed(
    "asked invited sending sent bringing supplying told emailed phoned called contacted messaged "
    "chased reminded giving pointed"
)
_JOINS = listed("and or")
_TAKEN = listed("the all its it this that these well")
_OURS = listed("our us")
_STATES = listed("on in away done using")
_GIVEN = listed("it this that them one")
_NAMED = listed("calls called names named")
_SAID = (["a", "line"], ["at", "his"], ["at", "her"])
"""After `drop her`, `take him`: a line, at his word."""
_DID_SO = (["that"], ["as"], ["so"], ["if"], ["whether"])
"""Before a subject of which no more is said than that it did: `to see if she did`."""
_STANDS = listed("by from is was before after")
_FOUND = listed("find see spot")
_MANAGED = listed("find see open get remember recall say reach send give tell lay put trace")
_UNTIL = listed("till until this next from for")


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
                if told.plain in TURNS:
                    break
                said.add(told.token.start)
    return said


class _Reader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.known = KnownWords(vocabulary)
        self.beyond = Beyond(self.known)
        self.owned = Owned(self.known)

    def read(self, sentence: Sentence) -> Iterator[str]:
        """The kinds of stray aims in one sentence."""
        need = states_need(sentence)
        person = False
        for at, word in enumerate(sentence):
            if self._is_subject(sentence, at, need=need):
                person = person or word.plain in PRONOUNS
                told = self._may_be_said(sentence, at, need=need)
                if not (
                    told or background.has_moved(sentence, at) or background.has_lost(sentence, at)
                ):
                    yield "done"
            elif word.plain == "him" or (word.plain == "her" and stands_alone(sentence, at)):
                person = True
                if not self._may_be_done_to(sentence, at):
                    yield "done to"
            elif word.plain in _REFLEXIVE:  # `holds himself`; not `made it himself`
                person = True
                if not self._may_be_done_by_oneself(sentence, at):
                    yield "done to"
            elif word.plain in POSSESSIVE:
                person = True
                if not (self.owned.may_be(sentence, at) or background.has_answered(sentence, at)):
                    yield "owned"
            elif not need and (
                self.beyond.leads_on(sentence, at) or self.beyond.looks_at_others(sentence, at)
            ):
                yield "beyond"
            if self.beyond.asks_apart(sentence, at):
                yield "question"
        if (
            not need
            and (person or self.beyond.asks(sentence))
            and not all(w.source for w in sentence)
        ):
            yield "unexplained"

    # --- the applicant ----------------------------------------------------------------------

    def _is_subject(self, sentence: Sentence, at: int, *, need: bool) -> bool:
        """Whether something is said of the word at this place, as of a person."""
        word = sentence[at]
        if word.plain in PRONOUNS:
            return True
        before = words_before(sentence, at, 2)
        if word.plain == "who":
            employer = bool(before) and words.holds(self.known.keepers, before[-1])
            return not need and not employer  # `from her employer, who has a new system`
        if word.token.text.endswith(("'s", "’s", "s'")):
            return False
        maker = not need and words.holds(self.known.makers, word.plain)
        after = "".join(w.plain for w in sentence[at + 1 : at + 2])
        maker = maker and after not in TURNS  # `the title and the author in the catalogue`
        noun = word.plain in NOUNS or (maker and before[-1:] in (["the"], ["this"]))
        return noun and opens_question(sentence, at - 2)

    def _may_be_said(self, sentence: Sentence, at: int, *, need: bool) -> bool:
        """Whether what follows is what claims, applications and pages say of somebody."""
        auxiliaries, rest = predicate(sentence, at)
        denied = "not" in auxiliaries
        auxiliaries = [a for a in auxiliaries if a != "not"]
        auxiliary = auxiliaries[-1] if auxiliaries else ""
        has_to = need and [w.plain for w in rest[:1]] == ["to"]  # `he has to demonstrate`
        if has_to or not MODAL.isdisjoint(auxiliaries):
            return need or self._may_come(auxiliary, rest) or self._is_duty(sentence, rest)
        if not rest or rest[0].plain in _JOINS:  # `which ones he still has`, `and that it is she`
            # ... or `that she does`
            before = words_before(sentence, at, 2)
            left_out = auxiliary in {"has", "had"} or before[-1:] in _DID_SO
            left_out = left_out or (
                auxiliary == "did" and before[:1] == ["the"]
            )  # `the work he did`
            return before[:1] == ["it"] or not auxiliary or left_out
        if auxiliary in BE:
            return self._may_be(sentence[at].plain, rest)
        if rest[0].plain in {"it", "they"} and self._tells_us(rest[1:2]):  # `who it says led it`
            rest = rest[2:] or rest
        head = rest[0]
        if denied and auxiliary in {"can", "could"}:  # `she could not find the page`
            return words.holds(_MANAGED, head.plain) or self._is_duty(sentence, rest)
        knows_how = [w.plain for w in rest] in (["knows", "how"], ["know", "how"])
        answers = knows_how or (auxiliary == "can" and self._tells_us(rest))
        with_it = self._does_with_it(rest)
        applies = not auxiliary and words.holds(self.known.applies, head.plain)
        if head.source == "claim" or self._is_deed(rest) or applies or answers or with_it:
            return True
        return self._has_or_does(auxiliary, rest)

    def _does_with_it(self, rest: Sentence) -> bool:
        """`read The Heron's Winter`, `keeps it`: an explained verb with the claim as its object."""
        done_to = [w for w in rest[1:3] if w.plain not in _TAKEN]
        of_claim = [w.source for w in done_to[:1]] == ["claim"] or (
            len(rest) > 1 and rest[1].plain in {"it", "them"}
        )
        return of_claim and rest[0].source in EXPLAINED and rest[0].source != "small"

    def _may_come(self, auxiliary: str, rest: Sentence) -> bool:
        """`should be listed`, `will be asked`, `will email it`."""
        shown = next((w.plain for w in rest if w.source != "small"), "")
        listed = words.holds(self.known.recorded, shown) or shown in _ANSWERS
        return (auxiliary in BE and listed) or (auxiliary == "will" and self._tells_us(rest))

    def _tells_us(self, rest: Sentence) -> bool:
        """`she will email it`, `he can explain`: what is done with a question of ours."""
        return bool(rest) and words.holds(self.known.says, rest[0].plain)

    def _has_or_does(self, auxiliary: str, rest: Sentence) -> bool:
        """`has the blog`, `has got one`, `does the editing`, `does it regularly`."""
        held = next((w for w in rest if w.source != "small" and w.plain != "got"), None)
        if auxiliary in {"do", "does", "did"} and rest[0].plain in _GIVEN:
            return len(rest) < 3 and all(w.source in EXPLAINED for w in rest)
        if auxiliary in {"do", "does", "did"} and rest[0].plain in _TAKEN:
            return held is not None and self.beyond.is_work(rest[1:3])
        if rest[0].plain == "done":  # `that he really has done so`
            return [w.plain for w in rest[1:2]] in (["so"], ["it"], ["this"], ["that"])
        owns = auxiliary in {"has", "have", "had"} and rest[0].plain != "to"
        return owns and (held is None or held.source in {"claim", "kind", "weak"})

    def _may_be(self, subject: str, rest: Sentence) -> bool:
        """`is listed`, `is the editor`, `is on the programme`, `has been asked`."""
        head = rest[0].plain if rest else ""
        if head in _STATES:
            return self._may_be_in_state(head, rest)
        told = next((w for w in rest if w.source != "small" or self._records(w)), None)
        if told is None or head == "through":  # `what she has been through`
            return False
        there = told.plain == "there" and subject == "who"
        return head in _ANSWERS or (self._records(told) and not there)

    def _may_be_in_state(self, head: str, rest: Sentence) -> bool:
        """`is away till Monday`, `is using it to show …`, `is on it`, `is in the catalogue`."""
        after = {w.plain for w in rest[1:2]}
        if head == "away":
            return not _UNTIL.isdisjoint(after)
        if head == "using" or not _GIVEN.isdisjoint(after):
            return not _GIVEN.isdisjoint(after)
        if head == "done":  # `she is done the new one`, as `she's done` is read
            return self.beyond.is_work(rest[1:4])
        if [w.plain for w in rest[1:3]] == ["charge", "of"]:
            return self.beyond.is_work(rest[3:6])
        told = next((w for w in rest if w.source != "small"), None)
        told = next((w for w in rest if w.source not in {"small", "weak"}), told)
        return told is None or (told.plain != "there" and self._is_place(told))

    def _is_place(self, word: Word) -> bool:
        """Where a page or a paper can name somebody."""
        apart = words.holds(self.known.affairs, word.plain) and word.source not in {"claim", "kind"}
        return word.source in {"claim", "kind"} or (
            words.holds(self.known.countable, word.plain) and not apart
        )

    def _is_duty(self, sentence: Sentence, rest: Sentence) -> bool:
        """`she would be running our chess club`: what the post is about; no question."""
        if not rest:  # `well, he would`
            return False
        explained = all(w.source in EXPLAINED for w in rest)
        duty = any(words.holds(self.known.deeds | self.known.taught, w.plain) for w in rest[:2])
        duty = duty or rest[0].plain.endswith("ing")  # `he will be cutting the virtual tour`
        plain = [w.plain for w in sentence]
        duty = duty or not _OURS.isdisjoint(w.plain for w in rest)  # `he would do the same for us`
        asks = plain[0] in AUXILIARY or not AIM.isdisjoint(plain)
        return explained and duty and not asks

    def _is_deed(self, rest: Sentence) -> bool:
        """Whether it begins with a verb that claims and applications use, alone or with `after`."""
        allowed, head = self.known.deeds | self.known.says, rest[0].plain
        two = f"-{rest[1].plain}" if len(rest) > 1 else ""
        return words.holds(allowed, head) or any(f + two in allowed for f in words.lemmas(head))

    def _records(self, word: Word) -> bool:
        """`listed`, `editor`, `third`: what a page says somebody is in relation to the work."""
        return word.source in {"claim", "kind"} or words.holds(
            self.known.recorded | self.known.makers | self.known.deeds, word.plain
        )

    def _may_be_done_to(self, sentence: Sentence, at: int) -> bool:
        """`names her`, `credited to him`, `ask her`; not `think of her`."""
        before = words_before(sentence, at, 2)
        after = [w.plain for w in sentence[at + 1 : at + 3]]
        stands = not before or before[-1] in _STANDS or after[:1] in (["as"], ["down"])
        maker = not after and words.holds(self.known.makers, "".join(before[-1:]))
        if (
            stands
            or maker
            or after in _SAID
            or (before[-1] in {"be", "is", "its", "it"} and not after)
        ):
            return True  # `by her`, `is the seller him`, `drop her a line`, `explained to be him`
        if before[-1] == "that" and after[:1] in (["in"], ["on"]):  # `is that her in the credits`
            return any(self._is_place(w) for w in sentence[at + 2 : at + 5])
        if before[-1] in {"to", "for"}:  # `credited to her`, `an entry for him`, `wrote to her`
            earlier = words_before(sentence, at, 5)
            return words.holds(self.known.recorded, before[0]) or not _PUT.isdisjoint(earlier)
        if before[-1] in {"against", "doubt"} or words.holds(_FOUND, before[-1]):  # `not see her`
            return not NEGATED.isdisjoint(words_before(sentence, at, 6))
        if before[-1] == "with" and after:  # `with him named as editor`
            return words.holds(self.known.recorded, after[0])
        may_do = self.known.says
        if "would" in words_before(sentence, at, 4):  # `we would ask her to lead workshops`
            may_do = may_do | self.known.deeds
        told = after[:1] != ["to"] or words.holds(may_do, "".join(after[1:2]))
        return told and words.holds(self.known.recorded | self.known.says, before[-1])

    def _may_be_done_by_oneself(self, sentence: Sentence, at: int) -> bool:
        """`made it himself`, `that he wrote himself`; not `how she describes herself`."""
        before = words_before(sentence, at, 3)
        if before[-1:] == [] or before[-1] in _NAMED:
            return True
        made = words.holds(self.known.deeds, before[-1]) and before[0] in {"that", "which"}
        return made or not words.holds(self.known.deeds | self.known.says, before[-1])
