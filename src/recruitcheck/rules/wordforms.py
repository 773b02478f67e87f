"""Regular forms of English words, for lists in which each word stands once."""

from __future__ import annotations

_VOWELS = "aeiouyw"


def forms(word: str) -> tuple[str, ...]:
    """A word and its regular forms: `vote` gives votes, voted, voting, voter, voters.

    A stem (`organis`) gives the word it is the stem of as well, and a short word its forms with the
    last letter twice (`dropped`); a form that no word has does no harm.
    """
    if not word:
        raise ValueError("a star needs a word before it")
    stem = word.removesuffix("e")
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        tails: tuple[str, ...] = (
            word[:-1] + "ies",
            word[:-1] + "ied",
            word + "ing",
            word[:-1] + "ier",
        )
    elif word.endswith(("s", "x", "z", "ch", "sh")):
        tails = (word + "e", word + "es", word + "ed", word + "ing", word + "er")
    else:
        tails = (word + "s", stem + "ed", stem + "ing", stem + "er", stem + "ers")
        if word[-1] not in _VOWELS:
            tails += (word + "e",)
            if len(word) < 7 and word[-2:-1] in _VOWELS and word[-3:-2] not in _VOWELS:
                twice = word + word[-1]
                tails += (twice + "ed", twice + "ing", twice + "er")
    return (word, *tails)


def plural(word: str) -> str:
    """The regular plural of a noun."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def singulars(word: str) -> tuple[str, ...]:
    """What a word may be the regular plural of."""
    return (word[:-1], word[:-2], word[:-3] + "y") if len(word) > 4 else (word[:-1],)
