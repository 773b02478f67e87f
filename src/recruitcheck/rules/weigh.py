"""What a hit weighs: a person's affair, the work, or in doubt, for a request, a page or a claim.

`rules/context.py` reads the words around a hit; here it is decided what they mean for each use,
because a wrong refusal of a request costs a referral and a wrong showing cannot be undone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from typing import Literal

from recruitcheck.rules import context, objects
from recruitcheck.rules.context import PERSONAL, WORK, Sign, View
from recruitcheck.rules.phrasebook import Sheet

Kind = Literal["query", "justification", "claim", "passage"]

_GOES_ON_ABOUT_A_PERSON = (["and"], ["who"], ["was"], ["had"], ["said"], ["asked"], ["both"])
EVERYDAY = frozenset({"weak", "topics", "matters"})
"""Classes that tell only where something more is said."""
_AND = frozenset({"and", "or"})
_THE = frozenset({"the", "this"})
_TELLS = frozenset({"always", "conditions", "private"})
"""Classes that tell of a person in anybody's own voice, with nothing more said."""


def of_the_work(view: View, start: int, end: int, kind: Kind, asks: Collection[str] = ()) -> bool:
    """Whether the telling words of a phrase are of a title, a thing made, a skill, or of nobody.

    `asks` are the words that the phrase itself asks for.
    """
    i, j = bisect_left(view.starts, start), bisect_left(view.starts, end)
    if i >= j:
        return False
    of_nobody = (
        kind == "passage" and (j - i < 2 or _said_of_a_thing(view, i)) and not personal(view, i)
    )
    if of_nobody or context.called_after(view, j - 1, j) or objects.of_served(view, i):
        return True
    if kind != "passage" and (_of_a_skill(view, i, asks) or objects.worked_on(view, i, j, asks)):
        return True
    if j - i > 2:
        return False
    signs = context.read(view, i, j)
    if signs & PERSONAL:
        return False
    return bool(signs & Sign.TITLE) or not view.sets["products"].isdisjoint(view.right(j, 3))


def made_by_kin(view: View, end: int) -> bool:
    """Whether a word of the family, ending there, only says whose thing it is: my mum's recipe."""
    j = bisect_left(view.starts, end)
    return view.right(j, 1) == ["s"] and objects.ware(view, j)


def _of_a_skill(view: View, i: int, asks: Collection[str]) -> bool:
    """Whether what was done, taught or learnt stands before word i in its part of the sentence.

    A word that the phrase itself asks for is no such mark: what he would have made of the leader.
    """
    left = view.left(i, 8)
    for k, word in enumerate(left):
        somebody = left[k + 1 : k + 2] in (["the"], ["our"], ["this"])  # is the coach …
        if word in view.sets["skill_marks"] and word not in asks and not somebody:
            return True
        if word in view.sets["second_part"]:
            return False
    return False


def softened(sheet: Sheet, kind: Kind, view: View) -> str:
    """The outcome of a phrase; a request that says it repeats the application is for a person."""
    if kind == "passage" or not sheet.characteristic:
        return sheet.outcome
    cites = not view.sets["referring"].isdisjoint(view.there)
    checks = not view.sets["checking"].isdisjoint(view.there)
    return "refer" if cites and checks else sheet.outcome


def sign_tells(kind: str, use: Kind, view: View) -> bool:
    """Whether an emoji or a word of another script tells something; see `rules/signs.py`."""
    if use != "passage" or kind not in EVERYDAY:
        return True
    return not view.sets["own_person"].isdisjoint(view.words)


def weigh(kind: str, signs: int, use: Kind, view: View, at: tuple[int, int]) -> str:
    """What a term comes to, from its class and the signs around it; `at` are its words."""
    i, j = at
    if use == "passage":
        return _weigh_passage(kind, signs, view, i, j)
    if use == "claim":
        return _weigh_claim(kind, signs)
    return _weigh_request(kind, signs, view, i, j)


def _weigh_request(kind: str, signs: int, view: View, i: int, j: int) -> str:  # noqa: PLR0911  # cases
    of_a_thing = signs & Sign.THING and not signs & (Sign.OWNED | Sign.DESCRIBES)
    if (
        of_a_thing
        or objects.worked_on(view, i, j)
        or _of_a_trade(kind, signs, view, j)
        or _only_means_somebody(view, i, j)
        or _language_as_a_skill(signs, view, i, j)
    ):
        return "clear"
    if kind == "weak":
        direct = signs & Sign.PREDICATE and signs & (Sign.ENDS | Sign.DESCRIBES)
        if direct or (signs & Sign.DESCRIBES and not signs & WORK):
            return "refuse"
        return "clear"
    if kind in {"matters", "topics"}:
        signs &= ~Sign.NOUN
    strong = signs & PERSONAL
    if strong and not signs & WORK:
        return "refuse"
    if signs & (Sign.PREDICATE | Sign.NOUN) and not signs & (Sign.WORK_AFTER | Sign.GROUP):
        return "refuse"
    if signs & Sign.OWNED and not signs & WORK:
        return "refuse"
    if signs & Sign.HAD and signs & Sign.ASKED and not signs & (Sign.WORK_AFTER | Sign.GROUP):
        return "refuse"
    if signs & WORK:
        return "clear"
    if kind not in {"always", "topics"} and (
        not view.sets["work_text"].isdisjoint(view.words)
        and view.sets["person_words"].isdisjoint(view.words)
    ):
        return "clear"
    if kind not in {"always", "topics"} and len(view.words) > 3 and not _about_someone(view):
        return "clear"
    if not view.sets["referring"].isdisjoint(view.words):
        return "refer"
    return "refuse"


def _only_means_somebody(view: View, i: int, j: int) -> bool:
    """Whether a word for a person is only how the applicant is called: the gentleman quotes."""
    before, after = view.left(i, 1), view.right(j, 1)
    sets = view.sets
    return (
        view.words[i] in sets["persons"]
        and before in (["the"], ["this"], ["our"])
        and len(view.left(i, 2)) < 2
        and bool(after)
        and after[0] in sets["referring"]
    )


def _language_as_a_skill(signs: int, view: View, i: int, j: int) -> bool:
    """Whether a language is what somebody is to be able to do: how good is her French.

    Not English, which is asked of those who are taken for foreigners, and not where somebody's
    people or home are asked after as well.
    """
    sets = view.sets
    if view.words[j - 1] not in sets["languages"] - {"english"} or signs & Sign.DESCRIBES:
        return False
    after = view.right(j, 1)
    if not signs & Sign.ENDS and after != ["well"]:
        return False
    before = view.left(i, 4)
    owned = before[:1] != [] and before[0] in sets["of_a_skill"]
    owned = owned or (before[1:] != [] and before[0] in _AND and before[1] in sets["languages"])
    return owned and sets["of_origin"].isdisjoint(view.words)


def _of_a_trade(kind: str, signs: int, view: View, j: int) -> bool:
    """Whether a word of private affairs only names a trade: a wedding florist, not her doctor."""
    if kind in {"always", "described", "weak"} or signs & (Sign.OWNED | Sign.HAD):
        return False
    trades = view.sets["trades"]
    if view.words[j - 1] in trades:  # is she a sign language interpreter?
        return bool(signs & Sign.PREDICATE)
    after = [w for w in view.right(j, 2) if w != "s"]
    return bool(after) and after[0] in trades and not view.comma_after(j)


def _about_someone(view: View) -> bool:
    """Whether a request names or means a person at all."""
    sets = view.sets
    if not sets["person_words"].isdisjoint(view.words):
        return True
    return any(view.capital(i) for i in range(1, len(view.words)) if not view.breaks(i)) or (
        view.capital(0) and len(view.words) < 6
    )


def _weigh_passage(kind: str, signs: int, view: View, i: int, j: int) -> str:  # noqa: PLR0911  # cases
    if signs & Sign.THING and not signs & (Sign.OWNED | Sign.DESCRIBES):
        return "clear"
    if kind == "weak":
        direct = signs & Sign.PREDICATE and signs & Sign.ENDS and personal(view, i)
        direct = direct and not _said_of_a_thing(view, i)
        return "refuse" if direct or signs & Sign.DESCRIBES else "clear"
    called = signs & Sign.TITLE and context.called_after(view, i, i + 1)
    if called or objects.acts_on(view, j) or objects.of_served(view, i):
        return "clear"
    if kind not in _TELLS and _boilerplate(view, i):
        return "clear"
    if kind in _TELLS:
        if signs & PERSONAL == Sign.NOUN and signs & WORK:
            return "clear"
        if (
            signs & PERSONAL
            and _of_a_person(signs, view, i)
            and not signs & (Sign.WORK_AFTER | Sign.GROUP)
        ):
            return "refuse"
        if signs & WORK:
            return "clear"
        return "refuse" if personal(view, i) else "clear"
    if kind == "topics":
        return "refuse" if signs & Sign.OWNED and not signs & WORK else "clear"
    if kind == "matters":
        told = signs & (Sign.OWNED | Sign.HAD)
        return "refuse" if told and not signs & WORK else "clear"
    if signs & (Sign.PREDICATE | Sign.NOUN | Sign.DESCRIBES | Sign.HAD) and not signs & (
        Sign.WORK_AFTER | Sign.GROUP
    ):
        return "refuse"
    if signs & Sign.OWNED and not signs & WORK:
        return "refuse"
    return "clear"


def _said_of_a_thing(view: View, i: int) -> bool:
    """Whether word i is said of a thing in plain sight: my sewing machine is, the club is older."""
    sets = view.sets
    before = view.left(i, 8)
    link = next((k for k, word in enumerate(before) if word in sets["linking"]), None)
    if link is None or link + 2 > len(before):
        return False
    subject, owner = before[link + 1], before[link + 1 :]
    people = sets["persons"] | sets["pronouns"] | sets["function_words"] | sets["served"]
    return subject not in people and not (sets["owners"] | _THE).isdisjoint(owner[1:3])


def _weigh_claim(kind: str, signs: int) -> str:  # noqa: PLR0911  # cases
    if kind == "weak":
        first = signs & Sign.FIRST and not signs & WORK
        return "refuse" if first and signs & (Sign.NOUN | Sign.DESCRIBES) else "clear"
    if not signs & PERSONAL:
        if kind == "always" and signs & Sign.OPENS and not signs & WORK:
            return "refuse"
        return "clear"
    if signs & (Sign.WORK_AFTER | Sign.GROUP):
        return "clear"
    if signs & Sign.FIRST:
        return "refuse"
    if kind == "always" and signs & Sign.PREDICATE:
        return "refuse"
    return "clear"


def _boilerplate(view: View, i: int) -> bool:
    """Whether word i stands in a sentence on equal treatment, which asks after nobody."""
    marks = view.sets["boilerplate"]
    return not marks.isdisjoint(view.left(i, 30)) or not marks.isdisjoint(view.right(i + 1, 30))


def _of_a_person(signs: int, view: View, i: int) -> bool:
    """Whether more than an article speaks for a person: `the refugee and`, not `a trade union`."""
    if signs & PERSONAL != Sign.NOUN:
        return True
    if personal(view, i):
        return True
    sentence = {*view.left(i, 40), *view.right(i, 40)}
    goes_on = view.right(i + 1, 1) in _GOES_ON_ABOUT_A_PERSON
    return goes_on and view.sets["served"].isdisjoint(sentence)


def personal(view: View, i: int) -> bool:
    """Whether the sentence of word i is somebody's own voice, or about one person.

    Posts often leave the I out ("Chemo number four done."); a short sentence without any of the
    words in which things and groups are described counts as one.
    """
    sets = view.sets
    before = view.left(i, 40)
    sentence = {*before, *view.right(i, 40)}
    if not sets["personal_marks"].isdisjoint(sentence):
        return True
    if not sets["served"].isdisjoint(sentence):
        return False
    if not sets["group_marks"].isdisjoint(sentence):
        return True
    first = before[-1] if before else view.words[i]
    if len(sentence) < 30 and (first in sets["diary_openers"] or _under_way(first, sets)):
        return True
    return (
        len(sentence) < 17
        and first not in sets["task_verbs"]
        and _tells_of_no_thing(view, i, before, sentence)
    )


def _tells_of_no_thing(view: View, i: int, before: list[str], sentence: set[str]) -> bool:
    """Whether a short sentence without a person holds no word in which things are described."""
    sets = view.sets
    first = before[-1] if before else view.words[i]
    if first.endswith("s") and len(before) < 2 and view.right(i + 1, 1)[:1]:
        second = before[-2] if len(before) > 1 else view.right(i + 1, 1)[0]
        if second in sets["task_verbs"]:
            return False
    return sets["impersonal"].isdisjoint(sentence) and sets["work_text"].isdisjoint(sentence)


def _under_way(word: str, sets: Mapping[str, frozenset[str]]) -> bool:
    """Whether a post opens with what its writer is or was at: Choosing a dress, Soaked through."""
    work = sets["task_verbs"] | sets["work_before"] | sets["skill_marks"] | sets["making"]
    return word.endswith(("ing", "ed")) and word not in work
