"""Words written in a code that programs use: base64, hexadecimal, percent signs, character codes.

Only the traces are recognised here and read; whether what they say is a word of the vocabulary is
for `rules/disguise.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ENCODED = re.compile(
    r"(?<![\w+/=%&\\-])(?:"
    r"(?P<percent>(?:%[0-9a-fA-F]{2}|\w){0,40}%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2}|\w)*)"
    r"|(?P<entity>(?:&#x?[0-9a-fA-F]{2,5};){3,})"
    r"|(?P<escape>(?:\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}){3,})"
    r"|(?P<binary>[01]{7,8}(?:[ ,]?[01]{7,8}){2,})"
    r"|(?P<hex>(?:0x)?[0-9a-fA-F]{2}(?:[ :]?[0-9a-fA-F]{2}){2,})"
    r"|(?P<decimal>\d{2,3}(?:[ ,]{1,2}\d{2,3}){2,})"
    r"|(?P<base32>[A-Z2-7]{5,}={0,6})"
    r"|(?P<base64>[A-Za-z0-9+/_-]{4,}={0,2})"
    r")(?![\w+/=%])"
)
"""A run of signs in one of the codes; the group tells which. Noughts and ones come before
hexadecimal, which could be read into them."""
_DECIMALS = re.compile(r"\d{2,3}(?:[ ,]{1,2}\d{2,3})+")
_ORDINARY = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
"""A plain word or number, which is no base64 although it could be read as such."""
_ODD = re.compile(r"[0-9%]|&#|\S[A-Z]|[^\sA-Za-z]{3}")
"""What ASCII text has somewhere, if one of its words could be in a code."""


def maybe_coded(text: str) -> bool:
    """A cheap look that hardly any text passes: words with capitals or figures within, figures."""
    if text.isascii() and not _ODD.search(text):
        return False
    figures = 0
    for token in text.split():
        if len(token) > 4 and not _written_plainly(token[1:-1]):
            return True
        figures = figures + 1 if token[0].isdigit() or token[-1].isdigit() else 0
        if figures > 2:
            return True
    return "%" in text or "&#" in text


def _written_plainly(inner: str) -> bool:
    """Whether a word, without its first and last sign, is small letters, or a short figure."""
    if inner.isalpha():
        return inner.islower()
    if inner.isdigit():
        return len(inner) < 5
    return inner.islower() and not any(map(str.isdigit, inner))


def decoded(way: str, coded: str) -> Iterator[str]:
    """What a coded run of signs says, in each way it could be read; nothing if in none."""
    import base64  # hardly any text is coded; loading these would slow every start
    import codecs
    import html
    from urllib.parse import unquote

    try:
        if way == "percent":
            yield unquote(coded)
        elif way == "entity":
            yield html.unescape(coded)
        elif way == "escape":
            yield codecs.decode(coded, "unicode_escape")
        elif way == "binary":
            for letter in (r"[01]{8}", r"[01]{7}"):
                yield "".join(chr(int(b, 2)) for b in re.findall(letter, coded))
        if _DECIMALS.fullmatch(coded):  # capitals are two figures each, as in hexadecimal
            yield "".join(chr(int(d)) for d in re.findall(r"\d+", coded))
        if way in {"hex", "decimal", "binary"}:
            yield bytes.fromhex(re.sub(r"0x|[ :]", "", coded)).decode()
        if way == "base32":
            bare = coded.rstrip("=")
            yield base64.b32decode(bare + "=" * (-len(bare) % 8)).decode()
        if way in {"base32", "base64", "hex"} and not _ORDINARY.fullmatch(coded):
            bare = coded.rstrip("=").replace("-", "+").replace("_", "/")
            yield base64.b64decode(bare + "=" * (-len(bare) % 4)).decode()
    except (ValueError, OverflowError):
        return
