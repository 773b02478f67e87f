"""Whether telling words name what somebody works on, and so nothing that they are.

`wheelchairs` in "can she repair wheelchairs?" is the object of a craft; `dispute` in "her dispute
resolution course" only says what kind of course it is; `retired` in "he retired the old server"
is done to a thing. The verbs and things are lists in `justifications/refusals/contexts.toml`.
"""

from __future__ import annotations

from collections.abc import Collection

from recruitcheck.rules.context import View

_FOLLOWING = frozenset({"follow", "follows", "followed", "following", "likes", "joins", "joined"})
"""Before what somebody follows: `antenatal class pages` then tells of them."""
_WHICH = frozenset({"that", "which"})
_WITH = frozenset({"with", "in", "to", "at", "from", "about", "his", "her", "their"})
_ARTICLES = frozenset({"a", "an", "the", "their", "some", "any"})
_ONES_OWN = frozenset({"one", "among", "parent", "parents", "mother", "father", "mum", "dad", "my"})
"""Before those who are no one's pupils: `a mother of children with …`."""
_REACH = 6
"""Words between a verb and what it is done to."""


def worked_on(view: View, i: int, j: int, said: Collection[str] = ()) -> bool:
    """Whether words i to j - 1 are the object of work, or part of the name of a thing.

    `said` are words that the phrase which found them asks for itself: what is `organised` in
    "has she organised a strike?" is the very thing asked.
    """
    ware_there = ware(view, j) and _FOLLOWING.isdisjoint(view.left(i, 3))
    return (
        made(view, i, said)
        or made_before(view, i, j, said)
        or ware_there
        or acts_on(view, j)
        or subject(view, i)
        or of_served(view, i)
    )


def made(view: View, i: int, said: Collection[str] = ()) -> bool:
    """Whether a verb of making, mending, teaching … governs word i."""
    making, ends = view.sets["making"], view.sets["ends_object"]
    left = view.left(i, _REACH + 1)
    for k, word in enumerate(left[:_REACH]):
        if word in ends or view.comma_after(i - k):
            return False
        if word in making and not _noun(view, left, k):
            return word not in said
    return False


def made_before(view: View, i: int, j: int, said: Collection[str] = ()) -> bool:
    """Whether words i to j - 1 are what somebody made: the hymns (that) he arranged.

    Not what they did something with: the congregation she sings with.
    """
    if view.left(i, 1) != ["the"] or view.words[j - 1] in view.sets["persons"]:
        return False
    after = [word for word in view.right(j, 4) if word not in _WHICH]
    if len(after) < 2 or after[0] not in view.sets["pronouns"] or view.comma_after(j):
        return False
    verb, goes_on = after[1], after[2:3]
    return verb in view.sets["making"] and verb not in said and _WITH.isdisjoint(goes_on)


def of_served(view: View, i: int) -> bool:
    """Whether word i tells of those whom a work is for: pupils who use a wheelchair."""
    left = [word for word in view.left(i, 9) if word not in _ARTICLES]
    beside = view.sets["beside_served"]
    if not left or left[0] not in beside:
        return False
    whom = next((k for k, word in enumerate(left) if word not in beside), 0)
    if not whom or left[whom] not in view.sets["cared_for"]:
        return False
    if not _ONES_OWN.isdisjoint(left[whom + 1 : whom + 4]):
        return False
    works = view.sets["works"] | view.sets["work_before"] | view.sets["making"]
    return left[whom] != "those" or not works.isdisjoint(left[whom + 1 :])


def _noun(view: View, left: list[str], k: int) -> bool:
    """Whether a word that may be a verb is a noun there: in the archive of the paper."""
    return k + 1 < len(left) and left[k + 1] in view.sets["before_nouns"]


def subject(view: View, i: int) -> bool:
    """Whether word i is what a work is about: the booklet on the Windrush generation."""
    left = view.left(i, _REACH)
    about = next((k for k, word in enumerate(left) if word in view.sets["of_subjects"]), None)
    if about is None or not view.sets["ends_object"].isdisjoint(left[:about]):
        return False
    works = view.sets["works"] | view.sets["wares"] if left[about] == "of" else view.sets["works"]
    return not works.isdisjoint(left[about + 1 : about + 3])


def ware(view: View, j: int) -> bool:
    """Whether words before j only say what kind of thing follows: a ring binder scheme."""
    if view.comma_after(j):
        return False
    wares, function_words = view.sets["wares"], view.sets["function_words"]
    for word in view.right(j, 3):
        if word in wares:
            return True
        if word in function_words and word != "s":
            return False
    return False


def acts_on(view: View, j: int) -> bool:
    """Whether the word before j is a verb done to a thing here: recovered the files."""
    after = view.right(j, 1)
    return (
        view.words[j - 1] in view.sets["transitive"]
        and bool(after)
        and after[0] in view.sets["before_things"]
    )
