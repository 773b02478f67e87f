"""The blind view: a text without the applicant's name.

An equality reviewer decides on the request, the quote and the reason, not on the person. Names in
the texts are replaced, whole and in parts, and so are addresses and handles that spell them out,
because `grace-oyelaran.example` says as much as the name itself.
"""

from __future__ import annotations

import re
import unicodedata

STAND_IN = "the applicant"
ACCOUNT = "[the applicant's account]"

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "prof", "professor"})
_ADDRESS = re.compile(r"(?:https?://)?@?[\w.-]+(?:\.[\w-]+)+(?:/[^\s,;)]*)?|@[\w.-]+")


def without_name(text: str, name: str) -> str:
    """Replace the applicant's name, its parts, and accounts that spell a part of it.

    Parts shorter than three letters are left alone inside accounts, and replaced in the text only
    as words of their own beside another part.
    """
    parts = [p for p in re.split(r"[\s,]+", name) if p and p.strip(".").casefold() not in _TITLES]
    if not parts:
        return text
    long = [p for p in parts if len(p) > 2]
    plain = [_plain(p) for p in long]

    def account(match: re.Match[str]) -> str:
        squeezed = _plain(match.group())
        return ACCOUNT if any(p in squeezed for p in plain) else match.group()

    text = _ADDRESS.sub(account, text)
    every = "|".join(re.escape(p) for p in sorted(parts, key=len, reverse=True))
    run = rf"\b(?:{every})(?:[\s,.-]+(?:{every}))+\b"
    text = re.sub(run, STAND_IN, text, flags=re.IGNORECASE)
    if long:
        single = "|".join(re.escape(p) for p in sorted(long, key=len, reverse=True))
        text = re.sub(rf"\b(?:{single})\b", STAND_IN, text)
    return text


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if c.isalnum())
