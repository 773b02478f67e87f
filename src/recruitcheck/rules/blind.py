"""The blind view: a text without the applicant's name.

An equality reviewer decides on the request, the quote and the reason, not on the person. Names in
the texts are replaced, whole and in parts, with their titles (which say more than the name about a
person) and initials; so are addresses and handles that spell them out, because
`grace-oyelaran.example` says as much as the name itself. Pronouns stay.

On doubt a word goes: a reviewer can decide with one word less, and cannot forget a name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

STAND_IN = "the applicant"
ACCOUNT = "[the applicant's account]"

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "prof", "professor"})
_PLAIN_WORDS = frozenset(
    ("he", "we", "me", "my", "us", "it", "an", "am", "as", "at", "be", "by", "do", "go", "if",
     "in", "is", "no", "of", "on", "or", "so", "to", "up")
)  # fmt: skip
"""Two letters that are words before they are names."""
_JOINTS = "'’ʼ\\-‐‑\u00ad\u200b-\u200d\u2060"  # as they stand in names
_WORD = re.compile(rf"[^\W_]+(?:[{_JOINTS}][^\W_]+)*")
_RUN = re.compile(r"[^\s,;()<>\"“”„«»\[\]]+")
_ENDS = ".:!?'’"
_OWNED = re.compile(r"['’ʼ][sS]$")
_BETWEEN = re.compile(r"[\s,.·]*")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the forms in which it can stand in a text, folded."""

    parts: frozenset[str]
    """What stands for the person on its own; two letters and more."""
    long: tuple[str, ...]
    """What is looked for inside addresses; three letters and more."""
    initials: str


def without_name(text: str, name: str) -> str:
    """Replace the applicant's name, its parts, and accounts that spell a part of it."""
    known = _read(name)
    if not known.parts:
        return text
    text = _RUN.sub(lambda run: _account(run.group(), known), text)
    words = list(_WORD.finditer(text))
    made: list[str] = []
    at = number = 0
    while number < len(words):
        run = _run(text, words[number:], known)
        if run:
            last = words[number + run - 1]
            owned = _OWNED.search(last.group())
            made += [text[at : words[number].start()], STAND_IN, owned.group() if owned else ""]
            at = last.end()
        number += max(run, 1)
    return _without_initials("".join([*made, text[at:]]), known.initials)


def _without_initials(text: str, initials: str) -> str:
    """`G.O.` on its own; without full stops it could be any word."""
    if len(initials) < 2:
        return text
    dotted = r"[.]\s?".join(map(re.escape, initials))
    return re.sub(rf"\b{dotted}[.]", STAND_IN, text, flags=re.IGNORECASE)


def _read(name: str) -> _Name:
    parts: list[str] = []
    whole: list[str] = []
    initials = ""
    for part in re.split(r"[\s,]+", name):
        folded = _fold(part)
        if not folded or folded in _TITLES:
            continue
        whole.append(folded)
        initials += folded[0]
        pieces = [_fold(piece) for piece in re.split(rf"[{_JOINTS}]", part)]
        parts += [folded, *(piece for piece in pieces if len(piece) > 1)]
    kept = frozenset(part for part in parts if len(part) > 1)
    together = ("".join(whole), "".join(reversed(whole)))
    long = tuple(part for part in (*kept, *together) if len(part) > 2)
    return _Name(parts=kept, long=long, initials=initials)


def _account(run: str, known: _Name) -> str:
    """An address, handle or mailbox that spells a part of the name, as one stand-in."""
    bare = _OWNED.sub("", run.rstrip(_ENDS))
    squeezed = _fold(bare)
    spells = [part for part in known.long if part in squeezed]
    marked = re.search(r"[@/_~]|\w[.]\w|\d", bare)
    if (spells and marked) or (len(spells) > 1 and "".join(spells) != squeezed and bare.islower()):
        return ACCOUNT + run[len(bare) :]
    return run


def _named(word: str, known: _Name) -> bool:
    """Whether a word, as it is written, stands for the person on its own."""
    for piece in {word, *re.split(rf"[{_JOINTS}]", word)}:
        folded = _fold(piece)
        if folded in known.parts and piece[:1] != piece[:1].lower():
            return folded not in _PLAIN_WORDS
    return False


def _run(text: str, words: list[re.Match[str]], known: _Name) -> int:
    """How many of these words, from the first, are one run of title, initials and name.

    Two parts beside each other are a name however they are written; one alone only with a capital,
    because `will`, `grace` and `young` are words too.
    """
    parts = end = 0
    certain = False
    for at, word in enumerate(words):
        if at and not _BETWEEN.fullmatch(text[words[at - 1].end() : word.start()]):
            break
        bare = _OWNED.sub("", word.group())
        folded = _fold(bare)
        if _named(bare, known) or folded in known.parts:
            certain = certain or _named(bare, known)
            parts, end = parts + 1, at + 1
        elif folded not in _TITLES and not (bare.isupper() and folded in known.initials):
            break
        if bare != word.group():
            break
    return end if certain or parts > 1 else 0


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if c.isalnum())
