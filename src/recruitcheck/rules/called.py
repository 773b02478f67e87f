"""Somebody called by name, or as `the chap`, read as a pronoun: it is a person that is asked about.

The phrases of the refusal files speak of `HE`. A name stands for one where it is the subject of
what is asked or told (`is Priya …`, `whether Ms Tranter …`, `Priya seems …`), and nowhere else:
the essay by Toni Morrison says nothing of the applicant.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from recruitcheck.rules.context import View
from recruitcheck.rules.given_names import ALSO_WORDS, GIVEN

_GIVEN = GIVEN | ALSO_WORDS
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})
_POINTING = frozenset({"the", "this", "that", "our"})
_PERSONS = frozenset({
    "man", "woman", "chap", "bloke", "lady", "gentleman", "guy", "lad", "lass", "girl", "fellow",
    "fella", "person", "colleague", "teacher", "favourite", "frontrunner", "recruit", "starter",
    "newcomer", "appointee", "contender", "interviewee",
})  # fmt: skip
_BEFORE_SUBJECTS = frozenset({
    "is", "was", "are", "were", "does", "do", "did", "has", "had", "have", "would", "will", "can",
    "could", "should", "might", "may", "must", "whether", "if", "that", "when", "what", "who",
    "how", "where", "why", "and", "but", "because", "since",
})  # fmt: skip
_OPENED_BY_SUBJECT = frozenset({
    "is", "was", "does", "did", "has", "had", "would", "will", "could", "might", "may", "seems",
    "looks", "sounds", "comes", "goes", "went", "says", "used", "lives", "strikes", "struck",
})  # fmt: skip
"""What follows a person who opens a sentence; the search words `Sian Mostyn essay` are none."""
_LONGEST = 3
"""Words of a name, its title not counted."""


@dataclass(frozen=True, slots=True)
class Called:
    """A text with pronouns for names, and how places in it lead back to the text as given."""

    view: View
    ends: tuple[int, ...]
    """Where each pronoun ends."""
    names: tuple[tuple[int, int], ...]
    """Where the name that each stands for begins and ends in the text as it was."""

    def given(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as it was."""
        return self._origin(start), self._origin(end)

    def _origin(self, place: int) -> int:
        k = bisect_right(self.ends, place) - 1
        if k + 1 < len(self.ends) and place > self.ends[k + 1] - 2:
            return self.names[k + 1][0]
        return place + self.names[k][1] - self.ends[k] if k >= 0 else place


def by_pronoun(view: View) -> Called | None:
    """The text with a pronoun for each name that is a subject; nothing if it holds none."""
    if all(map(view.there.isdisjoint, (_GIVEN, _TITLES, _PERSONS))):
        return None
    names = list(_names(view))
    if not names:
        return None
    folded, written, ends, last, length = [], [], [], 0, 0
    for start, end in names:
        folded += [view.text[last:start], "he"]
        written += [view.given[last:start], "he"]
        length += start - last + 2
        ends.append(length)
        last = end
    plain = View(
        "".join([*folded, view.text[last:]]), "".join([*written, view.given[last:]]), view.sets
    )
    return Called(plain, tuple(ends), tuple(names))


def _names(view: View) -> list[tuple[int, int]]:
    """Where names stand as subjects, by their places in the text."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(view.words):
        end = _name_at(view, i)
        if end > i and _is_subject(view, i, end):
            found.append((view.starts[i], view.ends[end - 1]))
        i = max(end, i + 1)
    return found


def _is_subject(view: View, i: int, end: int) -> bool:
    """Whether somebody named by words i to end - 1 is who a sentence asks or tells about."""
    after = view.right(end, 1)
    if i == 0 or view.breaks(i):
        return bool(after) and after[0] in _OPENED_BY_SUBJECT
    return view.words[i - 1] in _BEFORE_SUBJECTS and after != ["s"]


def _name_at(view: View, i: int) -> int:
    """Behind the last word of the person that word i begins to name; i itself if it names none."""
    words = view.words
    if words[i] in _POINTING:
        here = next((k for k, w in enumerate(view.right(i + 1, 3)) if w in _PERSONS), None)
        return i if here is None else i + here + 2
    first = i + 1 if words[i] in _TITLES else i
    end = first
    while end < min(len(words), first + _LONGEST) and view.given[view.starts[end]].isupper():
        if end > first and view.breaks(end):
            break
        end += 1
    if end == first:
        return i
    sure = words[first] not in ALSO_WORDS or end > first + 1 or (i > 0 and not view.breaks(i))
    return end if first > i or (words[first] in _GIVEN and sure) else i
