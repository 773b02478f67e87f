"""The small phrase language in which `justifications/refusals/` describes how people ask.

One phrase per line, in ordinary words:

    what year was WHO [born]          square brackets: the telling words, which are reported
    does WHO live with [another (man|woman)]
    WHO (is|was) ever in [trouble] with the police?     ?: the word before may be missing
    any sign of ... [stress leave]    three dots: up to four words of any kind
    HE .. [tablets] LAST              two dots: up to five small words, none that says anything;
                                      LAST: nothing that the telling words describe may follow
    (has|got) a [record] END          END: the sentence ends there
    WHO vote* for                     star: the word and its regular forms

`WHO`, `THEIR` and the other words in capitals stand for the groups given in `contexts.toml`.
A phrase costs nothing until one of its telling words occurs in a text; only then is it compiled
and tried, so thousands of phrases do not slow a page down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, NamedTuple

from recruitcheck.rules.wordforms import forms

_PIECE = re.compile(r"\.\.\.?|\[|\]|\(|\)|\||\?|[^\s\[\]()|?]+")
_BEFORE, _BEHIND = 130, 110
"""Characters before and behind a telling word in which its phrase is looked for."""

Groups = Mapping[str, tuple[str, frozenset[str]]]
"""The groups that phrases name in capitals: an expression, and words of which one must occur
(none for a group that any word can stand for)."""
_TOKEN = re.compile(r"[^\W_]+")
_GAP = r"(?:[\w'-]+[^\w.!?;]{1,3}){0,4}?"
_AFTER = r"(?!\w)[^\w.!?;]{0,3}"
_ANY = r"(?!(?:there|any|anything|something|nothing|it|this|that|what|not)\b)[\w'-]+"
"""Any word that may stand for a person; those that never do would make a name of everything."""


class Common(NamedTuple):
    """Words by which no phrase should be looked for, because they stand in nearly every text."""

    always: frozenset[str]
    often: frozenset[str]

    def cost(self, words: AbstractSet[str]) -> int:
        """How much of a text one would have to look at, in the roughest of measures."""
        return 9 * len(words & self.always) + len(words & self.often)


NONE_COMMON = Common(frozenset(), frozenset())


class Phrase:
    """One phrase; compiled when first tried."""

    __slots__ = ("_common", "_groups", "_pattern", "needs", "said", "source", "triggers")
    needs: tuple[frozenset[str], ...]
    said: frozenset[str]

    def __init__(self, source: str, groups: Groups, common: Common = NONE_COMMON) -> None:
        """Read a phrase; `common` are words too frequent to be looked for.

        Raises:
            ValueError: brackets that do not close, an unknown group, or no word to look for.
        """
        self.source = source
        self._groups = groups
        self._common = common
        self._pattern: re.Pattern[str] | None = None
        self.triggers = _plainly(source, common)
        if not self.triggers:
            self.triggers = _triggers(source, groups, common)[0]
        if not self.triggers:
            raise ValueError(f"no word to look for in the phrase `{source}`")

    def __getattr__(self, name: str) -> Any:
        """Work out what is only known once asked: most phrases never are, some for every text.

        `needs` are sets of words of each of which one must be near for the phrase to be there at
        all; `said` are the words that the phrase asks for itself, as against those in its gaps.
        """
        if name == "needs":
            sets = _triggers(self.source, self._groups, self._common)[1]
            self.needs = tuple(s for s in sets if s != self.triggers)
            return self.needs
        if name == "said":
            self.said = frozenset(_spelled_out(self.source))
            return self.said
        raise AttributeError(name)

    def check(self) -> None:
        """Read all of the phrase now, as `policy check` does.

        Raises:
            ValueError: as when it is made.
        """
        translate(self.source, self._groups)

    def find(self, text: str, near: int) -> Iterator[tuple[int, int]]:
        """Spans of the telling words where the phrase occurs around a place of a folded text.

        Looking only around the word that called for the phrase keeps long pages cheap; no phrase
        is longer than the window.
        """
        if self._pattern is None:
            self._pattern = re.compile(translate(self.source, self._groups))
        for match in self._pattern.finditer(text, max(0, near - _BEFORE), near + _BEHIND):
            start, end = match.span(match.lastindex or 0)
            while end > start and not (text[end - 1].isalnum() or ord(text[end - 1]) > 0x2190):
                end -= 1
            if end > start:  # telling words that may all be missing tell nothing
                yield start, end


def translate(source: str, groups: Groups) -> str:
    """The phrase as a regular expression over folded text."""
    out: list[str] = [r"(?<!\w)"]
    starts: list[int] = [0]
    last = 1
    for piece in _PIECE.findall(source):
        if piece == "...":
            out.append(_GAP)
        elif piece == "..":
            out.append(f"(?:{_light(groups)}){{0,5}}?")
        elif piece == "END":
            out.append(r"(?=\W*$|[^\w\s]*[.!?;:)])")
        elif piece == "LAST":
            out.append(rf"(?!s\b)(?=\W*$|[^\w\s]*[.,!?;:)]|[^\w]*{_light(groups)})")
        elif piece in "([":
            starts.append(len(out))
            out.append("(?:" if piece == "(" else "(")
        elif piece in ")]":
            last = starts.pop()
            out.append(")")
        elif piece == "|":
            out.append("|")
        elif piece == "?":
            out[last] = "(?:" + out[last]
            out[-1] += ")?"
        else:
            last = len(out)
            out.append(_word(piece, groups))
    if len(starts) != 1:
        raise ValueError(f"brackets do not close in the phrase `{source}`")
    return "".join(out)


def _light(groups: Groups) -> str:
    """The small words that may stand in a gap of two dots."""
    return groups["LIGHT"][0] if "LIGHT" in groups else _ANY + _AFTER


def _word(piece: str, groups: Groups) -> str:
    if piece == "ANY":
        return _ANY + _AFTER
    if piece == "ORDINAL":
        return r"\d+(?:st|nd|rd|th)" + _AFTER
    if piece == "NUMBER":
        return r"\d+" + _AFTER
    if piece.isupper() and len(piece) > 1 and piece.isalpha():
        if piece not in groups:
            raise ValueError(f"there is no group of words called `{piece}`")
        return groups[piece][0]
    if piece.endswith("*"):
        return f"(?:{'|'.join(map(re.escape, forms(piece[:-1])))}){_AFTER}"
    return re.escape(piece) + _AFTER


def group(words: str) -> str:
    """A group of words or word sequences, one expression for all of them."""
    choices = [w.split() for w in words.replace("\n", ",").split(",") if w.strip()]
    choices.sort(key=len, reverse=True)
    inner = "|".join(r"(?!\w)[^\w.!?;]{0,3}".join(map(_choice, c)) for c in choices)
    return f"(?:{inner}){_AFTER}"


def telling_words(words: str, common: Common) -> frozenset[str]:
    """For each choice of a group its rarest word; nothing if any word can stand for the group."""
    choices = [w.split() for w in words.replace("\n", ",").split(",") if w.strip()]
    if any("ANY" in word for choice in choices for word in choice):
        return frozenset()
    parts = [_TOKEN.findall(" ".join(choice)) for choice in choices]
    return frozenset(max(part, key=lambda w: (-common.cost({w}), len(w))) for part in parts)


def _choice(word: str) -> str:
    return re.escape(word).replace("ANY", _ANY)


class _Node:
    """One place of a phrase: alternatives, each a sequence of places, or one word."""

    __slots__ = ("choices", "optional", "telling", "word")

    def __init__(self, word: str = "", *, telling: bool = False) -> None:
        self.word = word
        self.choices: list[list[_Node]] = [[]]
        self.optional = False
        self.telling = telling


def _parse(source: str) -> list[_Node]:
    root = _Node()
    open_nodes = [root]
    for piece in _PIECE.findall(source):
        here = open_nodes[-1].choices[-1]
        if piece in "([":
            node = _Node(telling=piece == "[")
            here.append(node)
            open_nodes.append(node)
        elif piece in ")]":
            open_nodes.pop()
            if not open_nodes:
                break
        elif piece == "|":
            open_nodes[-1].choices.append([])
        elif piece == "?":
            if here:
                here[-1].optional = True
        else:
            here.append(_Node(piece))
    if len(open_nodes) != 1:
        raise ValueError(f"brackets do not close in the phrase `{source}`")
    return root.choices[0]


def _plainly(source: str, common: Common) -> frozenset[str]:
    """The rarest word of each telling alternative, where a look at the line is enough."""
    start, end = source.find("[") + 1, source.rfind("]")
    if not start or source.find("]") != end:
        return frozenset()
    words: set[str] = set()
    for choice in _alternatives(source[start:end]):
        if choice.isalpha() and choice.islower():
            rare = [choice] if choice not in common.always else []
        elif _PLAIN.issuperset(choice):
            rare = [w for w in choice.split() if w not in common.always]
        else:
            rare = _sure_words(choice, common)
        if not rare:
            return frozenset()
        word = max(rare, key=lambda w: (w not in common.often, len(w))) if rare[1:] else rare[0]
        words.update(forms(word[:-1]) if word[-1] == "*" else (word,))
    return frozenset(words)


def _sure_words(choice: str, common: Common) -> list[str]:
    """Words of an alternative that cannot be missing; none where that takes a closer look."""
    sure = _UNSURE.sub(" ", choice)
    if "(" in sure or _GROUP_NAME.search(sure):
        return []
    return [w for w in _SURE_WORD.findall(sure) if w.rstrip("*") not in common.always]


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz ")
_UNSURE = re.compile(r"\([^()]*\)\??|[\w'-]+\*?\?|[\w]+['-][\w'*-]+")
"""What may be missing, or is one of several, within an alternative; and words of two parts."""
_SURE_WORD = re.compile(r"[^\W_]+\*?")
_GROUP_NAME = re.compile(r"\b[A-Z]{2,}\b")


def _alternatives(inside: str) -> list[str]:
    """The alternatives of what stands between square brackets."""
    if inside.startswith("(") and inside.endswith(")"):
        inside = inside[1:-1]
    if "(" not in inside:
        return inside.split("|")
    return _parted(inside)


def _parted(inside: str) -> list[str]:
    """What stands between the bars that are in no brackets; nothing if a bracket closes first."""
    depth, parts, last = 0, [], 0
    for match in _SIGN.finditer(inside):
        sign = match.group()
        depth += (sign in "([") - (sign in ")]")
        if depth < 0:
            return []  # two groups one after the other
        if sign == "|" and not depth:
            parts.append(inside[last : match.start()])
            last = match.end()
    parts.append(inside[last:])
    return parts


_SIGN = re.compile(r"[()|\[\]]")


def _triggers(
    source: str, groups: Groups, common: Common
) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """Words of which one occurs wherever the phrase does, and all such sets of words."""
    sets: list[frozenset[str]] = []
    telling: list[frozenset[str]] = []
    for node in _parse(source):
        found = _required([node], groups, common)
        sets += found
        if node.telling:
            telling += found
    best = max(
        sets,
        key=lambda s: (-common.cost(s), s in telling, min(map(len, s))),
        default=frozenset[str](),
    )
    if not best:
        translate(source, groups)
    return best, tuple(sets)


def _rarest(sets: list[frozenset[str]], common: Common) -> frozenset[str]:
    if len(sets) == 1:
        return sets[0]
    return max(sets, key=lambda s: (-common.cost(s), min(map(len, s))), default=frozenset[str]())


def _required(sequence: list[_Node], groups: Groups, common: Common) -> list[frozenset[str]]:
    """For each place that cannot be missing, the words of which one must occur."""
    sets: list[frozenset[str]] = []
    for node in sequence:
        if node.optional:
            continue
        if node.word:
            sets.append(
                (groups[node.word][1] if node.word in groups else None) or _literal(node.word)
            )
            continue
        if len(node.choices) == 1:
            sets += _required(node.choices[0], groups, common)
            continue
        parts = [
            _literal(c[0].word)
            if len(c) == 1 and c[0].word.islower()
            else _rarest(_required(c, groups, common), common)
            for c in node.choices
        ]
        sets.append(frozenset[str]().union(*parts) if all(parts) else frozenset())
    return [s for s in sets if s]


def _spelled_out(source: str) -> Iterator[str]:
    """Every word written in a phrase, with the forms that a star stands for."""
    for piece in _PIECE.findall(source):
        if piece.endswith("*"):
            yield from forms(piece[:-1])
        elif piece.islower():
            yield from _TOKEN.findall(piece)


@cache
def _literal(piece: str) -> frozenset[str]:
    if piece in {"...", ".."} or (piece.isupper() and len(piece) > 1):
        return frozenset()
    if piece.isalpha():
        return frozenset((piece,))
    words = forms(piece[:-1]) if piece.endswith("*") else (piece,)
    return frozenset(max(_TOKEN.findall(w), key=len) for w in words if _TOKEN.search(w))


def only_words(phrase: str) -> bool:
    """Whether a phrase has no sign of the language, so that it can be looked up word by word."""
    return phrase.replace(" ", "").isalpha() and phrase.islower()


def worded(wordings: str) -> Iterator[str]:
    """Wordings separated by commas or line ends, each all telling, as phrases."""
    for written in wordings.replace("\n", ",").split(","):
        wording = written.strip()
        if wording:
            yield wording if only_words(wording) or "[" in wording else f"[{wording}]"


def spread(source: str) -> list[str]:
    """A phrase that is one set of telling alternatives, as one phrase for each."""
    if not (source.startswith("[(") and source.endswith(")]")):
        return [source]
    parts = _parted(source[2:-2])
    return [part if only_words(part) else f"[{part}]" for part in parts] or [source]
