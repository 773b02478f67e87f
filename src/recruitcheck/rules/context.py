"""Whether a word of the vocabulary speaks of a person here, or of the work.

Vocabulary is the easy half. `Polish` in "is he Polish?" is a fact sought about a person; in "the
Polish leaflet she translated" it is the work. This module reads the words around a hit: what is
said of whom (a predicate, a possession, a description of one person), and what marks the work (a
subject taught, a title, a group served, a thing made). The word lists it reads are data, in
`justifications/refusals/contexts.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from recruitcheck.rules.lexicon import WORD, words_of

_QUOTED = re.compile(r'"[^"]{3,120}"|(?<!\w)\'[^\']{3,120}\'(?!\w)')
_JOINS = frozenset({"of", "and", "s", "the", "in"})
"""Small words that a name or title may hold: Pride of Britain, Women in Science."""
_ABSTRACT = (
    "ity", "ion", "ness", "ment", "ing", "ance", "ence", "ism", "ology", "ure", "ons", "ies", "ers",
)  # fmt: skip
"""Endings of words for things; a capital at the start of a sentence makes no name of them."""
_PASSED_OVER = frozenset({"s", "anti", "pro", "non"})
"""Before what a word describes: women's team, an LGBT+ anti-bullying assembly."""
_HURRIED = frozenset({"hes", "shes", "theyre"})
"""`he's` as it is typed in a hurry."""
_STOPS = ".!?;:\n"


class Sign:
    """What the words around a hit say, as bits of one number (an enum's flags cost too much)."""

    PREDICATE = 1
    """Said of a person: is, was, identifies as, comes across as."""
    DESCRIBES = 2
    """Stands before a word for one person: a deaf man."""
    OWNED = 4
    """His, her, my, the candidate's."""
    HAD = 8
    """Has, with, suffers from, goes to, belongs to."""
    NOUN = 16
    """Used as a word for a person: a Muslim."""
    FIRST = 32
    """The person spoken of is the writer."""
    THING = 64
    """What it is said of is no person: a page, a course."""
    WORK_AFTER = 128
    """A word for work follows: lesson, policy, toolkit."""
    WORK_BEFORE = 256
    """Work is done on it or for it: taught, a blog about, supports."""
    GROUP = 512
    """People served follow: pupils, patients, families."""
    TITLE = 1024
    """Inside a quoted title or a run of capitalised names."""
    ENDS = 2048
    """Nothing that it could describe follows."""
    ASKED = 4096
    """Whether, any sign of, find out."""
    OPENS = 8192
    """Opens its sentence and stands alone in it: Married, two children."""


PERSONAL = Sign.PREDICATE | Sign.DESCRIBES | Sign.OWNED | Sign.HAD | Sign.NOUN
WORK = Sign.WORK_AFTER | Sign.WORK_BEFORE | Sign.GROUP | Sign.TITLE


class View:
    """A folded text as words with their places, read once and asked about many times."""

    __slots__ = ("ends", "given", "sets", "starts", "text", "there", "words")

    def __init__(self, text: str, given: str, sets: Mapping[str, frozenset[str]]) -> None:
        """`given` has capitals and the offsets of `text`."""
        self.text = text
        self.given = given
        self.sets = sets
        self.words = words_of(text)
        self.there = set(self.words)

    def __getattr__(self, name: str) -> list[int]:
        """Work out where words begin and end when first asked: most texts are never asked."""
        if name not in {"starts", "ends"}:
            raise AttributeError(name)
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in WORD.finditer(self.text):
            start, end = match.span()
            self.starts.append(start)
            self.ends.append(end)
        return self.starts if name == "starts" else self.ends

    def breaks(self, i: int) -> bool:
        """Whether a sentence, or a part of one set off by a colon, ends before word i."""
        gap = self.text[self.ends[i - 1] : self.starts[i]]
        if gap in {" ", "'", "-", ", "}:
            return False
        return "\n" in gap or (len(gap) > 1 and any(c in _STOPS for c in gap))

    def left(self, i: int, most: int) -> list[str]:
        """Words before word i in its sentence, nearest first."""
        found: list[str] = []
        while i > 0 and len(found) < most and not self.breaks(i):
            i -= 1
            found.append(self.words[i])
        return found

    def right(self, j: int, most: int) -> list[str]:
        """Words after word j - 1 in its sentence."""
        found: list[str] = []
        while j < len(self.words) and len(found) < most and not self.breaks(j):
            found.append(self.words[j])
            j += 1
        return found

    def capital(self, i: int) -> bool:
        """Whether word i is written with a capital that means something.

        In a heading where nearly every word has one, a capital marks no name.
        """
        if not self.given[self.starts[i]].isupper():
            return False
        around = range(max(0, i - 6), min(len(self.words), i + 7))
        tall = sum(self.given[self.starts[n]].isupper() for n in around)
        return len(around) < 5 or tall <= 0.6 * len(around)

    def quoted(self, i: int, j: int) -> bool:
        """Whether words i to j stand, with others, between quotation marks."""
        start, end = self.starts[i], self.ends[j - 1]
        if '"' not in self.text and "'" not in self.text:
            return False
        return any(
            m.start() < start and end < m.end() and len(m.group()) - (end - start) > 4
            for m in _QUOTED.finditer(self.text, max(0, start - 120), end + 120)
        )

    def comma_after(self, j: int) -> bool:
        """Whether the text ends, or punctuation stands, after word j - 1."""
        if j >= len(self.words):
            return True
        gap = self.text[self.ends[j - 1] : self.starts[j]]
        return any(c in ",.!?;:\n)(/" for c in gap)


def read(view: View, i: int, j: int) -> int:
    """What the words around words i to j - 1 say of them."""
    sets = view.sets
    left = view.left(i, 9)
    right = view.right(j, 4)
    signs = _after(view, j, right)
    signs |= _before(view, i, left)
    if signs & Sign.OWNED and right[:1] == ["history"] and _ends(view, j + 1):
        signs &= ~Sign.WORK_AFTER  # her medical history is no lesson
    one = not view.words[j - 1].endswith(("s", "men"))
    if one and left and left[0] in sets["articles"] and signs & Sign.ENDS:
        signs |= Sign.NOUN
    if view.words[i] in sets["months"] and _month(view, i, j):
        return Sign.TITLE
    if _titled(view, i, j):
        signs = (signs & ~Sign.OWNED) | Sign.TITLE
    elif (
        view.quoted(i, j)
        or called_after(view, i, j)
        or (not signs & PERSONAL and _name(view, i, j))
    ):
        signs |= Sign.TITLE
    if left and all(w in sets["identity_openers"] for w in left):
        signs |= Sign.PREDICATE | Sign.FIRST
    if not left and signs & Sign.ENDS:
        signs |= Sign.OPENS
    if signs & Sign.DESCRIBES and len(left) > 1 and left[1] == "as" and left[0] in sets["articles"]:
        signs |= Sign.PREDICATE | Sign.FIRST
    if any(w in sets["asking"] for w in left):
        signs |= Sign.ASKED
    return signs


def _after(view: View, j: int, right: list[str]) -> int:  # noqa: PLR0911  # cases
    """What the words after word j - 1 say of it."""
    sets = view.sets
    if not right or view.comma_after(j):
        return Sign.ENDS
    if right[0] in _PASSED_OVER and len(right) > 1:
        right = right[1:]
    if view.words[j - 1] in sets["languages"] and right[0] in sets["of_language"]:
        return Sign.WORK_AFTER
    if right[0] in sets["persons"]:
        if right[0] == "one" and (sets["persons"] | sets["served"]).isdisjoint(
            view.there - {"one", "person"}
        ):
            return 0
        follows = len(right) > 1 and right[1] in sets["work_nouns"]
        return Sign.WORK_AFTER if follows else Sign.DESCRIBES
    if right[0] in sets["served"]:
        return Sign.GROUP
    if right[0] in sets["work_nouns"]:
        return 0 if _counted(right, sets) else Sign.WORK_AFTER
    if right[0] in sets["function_words"]:
        return Sign.ENDS
    if len(right) > 1 and not view.comma_after(j + 1):  # red lentils, one onion
        if right[1] in sets["persons"]:
            return Sign.DESCRIBES
        if right[1] in sets["served"]:
            return Sign.GROUP
        if right[1] in sets["work_nouns"]:
            return Sign.WORK_AFTER
    return 0


def _ends(view: View, j: int) -> bool:
    """Whether nothing that belongs to it follows word j - 1."""
    return view.comma_after(j) or view.words[j] in view.sets["function_words"]


def _counted(right: list[str], sets: Mapping[str, frozenset[str]]) -> bool:
    """Whether a day or week is one that somebody counts: paternity leave, day one."""
    return right[0] in sets["counted"] and len(right) > 1 and right[1] in sets["counting"]


def _before(view: View, i: int, left: list[str]) -> int:
    """What the words before word i say of it; `left` has the nearest first."""
    sets = view.sets
    signs = 0
    linking, having, stoppers = sets["linking"], sets["having"], sets["stoppers"]
    blocked = False
    for k, word in enumerate(left):
        if not blocked:
            if (word in sets["owners"] and k < (1 if word in sets["group_marks"] else 3)) or (
                k < 3 and word == "s" and k + 1 < len(left) and _person(view, i - k - 2)
            ):
                signs |= Sign.OWNED
                if word in sets["first_person"]:
                    signs |= Sign.FIRST
            if word in _HURRIED and k < 6:
                signs |= Sign.PREDICATE
                blocked = True
            elif word in linking and k < 6:
                signs |= _said_of(view, i, k, left)
                blocked = True
            elif word in sets["using"] and not sets["articles"].issuperset(left[:k]):
                blocked = True
            elif word in having and k < 5:
                signs |= _had_by(view, i, k, left)
                blocked = blocked or word in stoppers
            elif word in stoppers:
                blocked = True
        if k < 7 and word in sets["work_before"]:
            signs |= Sign.WORK_BEFORE
    return signs


def _person(view: View, i: int, *, beside: bool = False) -> bool:
    """Whether word i stands for one person: a pronoun, a word for people, or a name.

    A capital at the start of a sentence makes no name, except right beside what is said of it.
    """
    if i < 0:
        return False
    word = view.words[i]
    sets = view.sets
    if word in sets["pronouns"] or word in sets["persons"] or word in sets["first_person"]:
        return True
    if not view.capital(i) or len(word) < 2 or word in sets["function_words"]:
        return False
    if word in sets["things"] or word in sets["not_names"]:
        return False
    if beside and word.endswith(_ABSTRACT):
        return False
    return beside or (i > 0 and not view.breaks(i))


def called_after(view: View, i: int, j: int) -> bool:
    """Whether the words begin the name of a street or a firm: Labour Street, Dyke and Sons."""
    return (
        view.capital(i)
        and not view.comma_after(j)
        and not view.sets["of_places"].isdisjoint(view.right(j, 2))
    )


def _name(view: View, i: int, j: int) -> bool:
    """Whether the words are part of a name: Faith Adeyemi, Grace Church, Pride of Britain."""
    if not view.capital(i):
        return False
    sets = view.sets
    known = view.words[i] in sets["name_words"]
    after = j
    while after < len(view.words) and view.words[after] in _JOINS:
        after += 1
    if after < len(view.words) and not view.comma_after(j) and view.capital(after):
        if known and view.words[after] not in sets["persons"]:
            return True
        if not sets["work_text"].isdisjoint(view.there):
            return sets["person_words"].isdisjoint(view.there)
    return known and 0 < i < 3 and not view.breaks(i) and view.capital(i - 1)


def _titled(view: View, i: int, j: int) -> bool:
    """Whether the words begin a title that follows its work: my book Widows of Ypres."""
    if i == 0 or not view.capital(i) or view.capital(i - 1) or view.comma_after(j):
        return False
    goes_on = range(j, min(j + 3, len(view.words)))
    return view.words[i - 1] in view.sets["titled"] and any(view.capital(k) for k in goes_on)


def _month(view: View, i: int, j: int) -> bool:
    """Whether a word that is also a month is one here: 2 March, in May 2019."""
    before = view.words[i - 1] if i else ""
    after = view.words[j] if j < len(view.words) else ""
    return (
        before[:1].isdigit()
        or after[:1].isdigit()
        or (view.capital(i) and before in view.sets["month_marks"])
    )


def _said_of(view: View, i: int, k: int, left: list[str]) -> int:  # noqa: PLR0911  # cases
    """Whom a linking word k places before word i speaks of."""
    sets = view.sets
    around = left[k + 1 : k + 5]
    between = left[:k]
    if left[k] in {"m", "am"} or (not around and left[k] in {"being", "growing"}):
        return Sign.PREDICATE | Sign.FIRST
    for word in between:
        if word in sets["things"]:
            return Sign.THING
        if word in sets["pronouns"] or word in sets["applicants"]:
            return Sign.PREDICATE
    for n, word in enumerate(around):
        place = i - (k + 1 + n) - 1
        if word in sets["first_person"]:
            return Sign.PREDICATE | Sign.FIRST
        if word in sets["things"]:
            return Sign.THING
        if word in sets["served"]:
            return Sign.GROUP
        if _person(view, place, beside=n == 0):
            return Sign.PREDICATE
        if word not in sets["function_words"] and n > 1:
            break
    if not around and between and _person(view, i - len(between)):
        return Sign.PREDICATE
    if not around and any(_person(view, i - n - 1) for n in range(len(between))):
        return Sign.PREDICATE
    return 0


def _had_by(view: View, i: int, k: int, left: list[str]) -> int:
    """Who has what word i names, where a word of having stands k places before it."""
    sets = view.sets
    for n, word in enumerate(left[k + 1 : k + 5]):
        if word in sets["first_person"]:
            return Sign.HAD | Sign.FIRST
        if word in sets["served"] or word in sets["things"]:
            return Sign.GROUP
        beside = n == 0 and left[k] in sets["verbs_of_having"]
        place = i - (k + 1 + n) - 1
        if _person(view, place, beside=beside) and (n == 0 or not view.capital(place)):
            return Sign.HAD
        if word in sets["work_before"]:
            return Sign.WORK_BEFORE
    for word in left[:k]:
        if word in sets["pronouns"] or word in sets["applicants"]:
            return Sign.HAD
    return 0
