"""Sentences that only say what a reason does not ask: `I do not need to know how old she is.`

Such a sentence asks for nothing, so what it names is no aim. It is easily abused (`not that it
matters, but …`), so only the plainest form counts, and only where nothing turns it round.
"""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*\s*")
_LIMIT = re.compile(
    r"(?i)^\W*(?:(?:and|so|please|also)\W+)?(?:i|we|the panel|nobody|no one)\s+"
    r"(?:do not|don['’]t|dont|does not|doesn['’]t|shall not|shan['’]t|will not|won['’]t|need not"
    r"|needn['’]t|have no|wish no)\s+"
    r"(?:(?:need|wish|want|ask|be asking|care|intend|mean)\s+)?"
    r"(?:(?:to|be)\s+)?(?:know|knowing|see|seeing|read|reading|hear|look(?:ing)?\s+(?:at|for|into)"
    r"|open|opening|go\s+into|touch|ask|her|his|their|any(?:thing)?|interest\s+in"
    r"|need\s+(?:of|for))\b"
    r"|^\W*(?:he|she|they|the\s+(?:agency|researcher|vendor|bureau|translator))\s+"
    r"(?:is\s+not|isn['’]t|are\s+not|aren['’]t|must\s+not|mustn['’]t|may\s+not|will\s+not"
    r"|won['’]t)\s+(?:to\s+)?(?:search|look|open|read|go|ask|touch|browse|click|report)\b"
    r"|^\W*they\s+(?:do\s+not|don['’]t)\s+look\s+(?:her|him|them|for|into|at)\b"
    r"|^\W*(?:(?:i|we)(?:['’]m|['’]re| am| are)\s+)?not\s+"
    r"(?:(?:bothered|fussed|concerned)\s+(?:about|with|who|what|how)|interested\s+in"
    r"|(?:looking|asking)\s+(?:at|for|about))\b"
    r"|^\W*(?:will\s+not|won['’]t|shall\s+not|shan['’]t)\s+(?:be\s+)?"
    r"(?:look(?:ing)?|read(?:ing)?|open(?:ing)?|not(?:e|ing))\b"
    r"|^\W*no\b[^.;!?]*\bto\s+be\s+(?:looked\s+at|opened|read|saved|kept|copied|noted|recorded|searched)\b"
    r"|^\W*(?:what(?:ever)?|anything)\b[^.;!?]*\b(?:(?:has|have|bears?)\s+no\s+(?:bearing|relevance)"
    r"|(?:is|are)\s+not\s+to\s+be\s+(?:looked\s+at|opened|read|noted|recorded))\b"
)
_TURNS = (
    r"(?i)\b(?:but|{only}unless|until|still|yet|though|although|if|except|apart|however|just"
    r"|whether|otherwise|hope|hoping|worry|surprised?|afraid|suspect|anyway|mind\s+you|even\s+so"
    r"|instead)\b"
)
_TURNED = re.compile(_TURNS.format(only="only|"))
_BUT_ASKS = re.compile(
    r"(?i),\s*(?:but\s+)?(?:just|only)\b(?!.*\b(?:it|that|this|so|one|ones|them|those|either)\b)"
)
"""`I do not want …, just whether …`: what is asked after all, unless it points back."""
_PART = re.compile(
    r"(?i)(?:,\s*|\s-\s|\band\s+|^)(?:nothing\s+(?:else\s+)?(?:about|on|of)|not\s+(?:her|his|their))"
    r"\s+[^,.;!?]+"
    r"|,\s*(?:i|we)\s+(?:shan['’]t|won['’]t|(?:shall|will|do)\s+not|don['’]t)\s+(?:be\s+)?"
    r"(?:look(?:ing)?\s+(?:at|into)|read(?:ing)?|open(?:ing)?)\s+[^,.;!?]+"
    r"|(?i:\bso\s+)?\bno\s+(?:notes?|pictures?|photos?)\s+(?:about|of|on)\s+[^,.;!?]+"
)
"""`only the date, nothing about the band`, `not her connections`: a limit in part of a sentence."""
_PART_TURNED = re.compile(_TURNS.format(only=""))


def without_disclaimers(text: str) -> str:
    """The text with such sentences blanked, every other letter in its place.

    Where a later sentence turns it round (`Still, …`), or nothing else is left, all of it stays.
    """
    kept: list[str] = []
    limited = False
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        asks = _BUT_ASKS.search(sentence)
        end = asks.start() if asks else len(sentence)
        if _LIMIT.match(sentence) and not _TURNED.search(sentence[:end]):
            limited = True
            kept.append(" " * end + sentence[end:])
        elif limited and _TURNED.match(sentence.lstrip(" \"'“‘(-")):
            return text
        elif _PART.search(sentence) and not _PART_TURNED.search(sentence):
            limited = True
            kept.append(_PART.sub(lambda m: " " * len(m.group()), sentence))
        else:
            kept.append(sentence)
    rest = "".join(kept)
    return rest if rest.strip() else text
