"""Sentences that only say what a reason does not ask: `I do not need to know how old she is.`

Such a sentence asks for nothing, so what it names is no aim. It is easily abused (`not that it
matters, but …`), so only the plainest form counts, and only where nothing turns it round.
"""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*\s*")
_LIMIT = re.compile(
    r"""(?ix) ^\W* (?:
        # I do not need to know …, the panel has no wish to see …
        (?: (?:and|so|please|also) \W+ )? (?:i|we|the\ panel|nobody|no\ one) \s+
        (?: do\ not | don['’]t | dont | does\ not | doesn['’]t | shall\ not | shan['’]t | will\ not
          | won['’]t | need\ not | needn['’]t | have\ no | wish\ no ) \s+
        (?: (?: need | wish | want | ask | be\ asking | care | intend | mean ) \s+ )?
        (?: (?:to|be) \s+ )?
        (?: know(?:ing)? | learn | browse | be\ told | see(?:ing)? | read(?:ing)? | hear
          | look(?:ing)?\ (?:at|for|into) | open(?:ing)? | go\ into | touch | ask
          | her | his | their | any(?:thing)? | interest\ in | need\ (?:of|for) )
        # the researcher is not to open …, Stagecheck aren't to go near …
      | (?: he | she | they | the\ (?:agency|researcher|vendor|bureau|translator)
          | (?-i:[A-Z]\w+) ) \s+
        (?: is\ not | isn['’]t | are\ not | aren['’]t | must\ not | mustn['’]t
          | may\ not | will\ not | won['’]t ) \s+ (?:to\ )?
        (?: search | look | open | read | go | ask | touch | browse | click | report )
      | they \s (?: do\ not | don['’]t ) \s look \s (?: her | him | them | for | into | at )
        # not bothered about …, I am not asking for …, not planning on …, will not be reading …
      | (?: (?: i | we ) (?: ['’]m | ['’]re | \ am | \ are ) \s+ )? not \s+
        (?: (?:bothered|fussed|concerned)\ (?:about|with|who|what|how) | interested\ in
          | (?:looking|asking)\ (?:at|for|about) | (?:planning|going|intending|meaning)\ (?:to|on) )
      | (?: will\ not | won['’]t | shall\ not | shan['’]t ) \s+ (?:be\ )?
        (?: look(?:ing)? | read(?:ing)? | open(?:ing)? | not(?:e|ing) )
        # no pictures to be looked at, what the author thinks is not to be noted
      | no \b [^.;!?]* \b to\ be\ (?: looked\ at | opened | read | saved | kept | copied | noted
          | recorded | searched )
      | (?: what(?:ever)? | anything ) \b [^.;!?]* \b
        (?: (?:has|have|bears?)\ no\ (?:bearing|relevance)
          | (?:is|are)\ not\ to\ be\ (?:looked\ at|opened|read|noted|recorded) )
    ) \b"""
)
_NONE = re.compile(r"(?i)^\W*no\s[^,.;!?]+(?:,\s*(?:(?:and|or)\s)?no\s[^,.;!?]+)+[.;!\s]*$")
"""`No comments under the video, no other talks.`"""
_LEFT_ALONE = re.compile(
    r"""(?ix) ^\W* (?:
        (?:please\ )? (?: do\ not | don['’]t | dont ) \s+
        (?: look | read | open | record | save | touch | browse | copy | keep ) \b
        (?! \s+ (?:it|this|that) \b )
      | no\ need\ to \s+ (?: read | look | open | see | note | record ) \b
      | leave \s+ (?: his | her | their | any | the | all ) \b [^.,;!?]* \b alone \b
    ) [^,;:–]* [.!\s]* $"""
)
"""`Please do not record the names`, `Leave his other posts alone`; not `do not note it here`."""
_DISMISSED = re.compile(
    r"""(?ix) \b (?:
        (?: (?:is|are|was|were) \s+ )? none\ of\ (?:our|my)\ (?:business|concern)
      | (?: (?:is|are)\ (?:not|no) | isn['’]t | aren['’]t ) \s+ (?:our\ |my\ )? (?:(?:to\ )?the\ )?
        (?: business | concern | matter | point | question | issue | relevant
          | asked (?: \ (?:for|about) )? )
      | (?:is|are) \s+ (?: irrelevant | immaterial | beside\ the\ point | up\ to\ (?:her|him|them)
          | (?:her|his|their)\ own\ (?:affair|business) )
      | (?:of\ )? no\ (?:interest|concern|relevance) (?: \ (?:to|of)\ (?:us|me|ours|mine) )?
      | (?: does\ not | doesn['’]t | do\ not | don['’]t ) \s+
        (?: come\ into\ it | concern\ us | matter (?:\ to\ (?:us|me))? | interest\ (?:us|me) )
      | (?:has|have)\ nothing\ to\ do\ with\ (?:it|us|this)
    ) \W* $"""
)
"""`Where she is from does not come into it`: what a sentence ends by leaving alone."""
_SEEKS = re.compile(
    r"(?i)^\W*(?:please\W+)?(?:is|are|was|were|do|does|did|has|have|had|can|could|would|will|should)\b"
    r"|,|\b(?:see|find|check|look|tell|know|confirm|verify|ask|get|search|google|go|read|note|show|learn"
    r"|hear|want|need|wonder(?:ing)?|curious)\b"
)
"""What asks all the same, whatever is said of it afterwards: `find out …, it is no concern`."""
_TURNS = (
    r"(?i)\b(?:but|{only}unless|until|still|yet|though|although|if|except|apart|however|just"
    r"|whether|otherwise|hope|hoping|worry|surprised?|afraid|suspect|anyway|mind\s+you|even\s+so"
    r"|instead|without|to\s+(?:learn|find|discover|get)"
    r"|(?:and|then|so)\s+(?:(?:please|also|then|just)\s+)*"
    r"(?:see|find|check|look|tell|search|note|get|go|read|ask|google|let|report))\b"
)
"""What turns a limit round, or goes on to ask: `but`, `and find out`."""
_TURNED = re.compile(_TURNS.format(only="only|"))
_BUT_ASKS = re.compile(
    r"(?i),\s*(?:but\s+)?(?:just|only)(?:\s+that\s+the)?\b"
    r"(?!.*\b(?:it|that|this|so|one|ones|them|those|either)\b)"
)
"""`I do not want …, just whether …`: what is asked after all, unless it points back."""
_PART = re.compile(
    r"""(?ix)
        # , nothing about the band; , not her connections
        (?: , \s* | \s-\s | \band\s+ | ^ )
        (?: nothing\s (?:else\s)? (?:about|on|of) | not\s (?:her|his|their) ) \s+ [^,.;!?]+
        # , we shall not look at other volunteers
      | , \s* (?:i|we) \s+ (?: shan['’]t | won['’]t | (?:shall|will|do)\s+not | don['’]t ) \s+
        (?:be\s)? (?: look(?:ing)?\s(?:at|into) | read(?:ing)? | open(?:ing)? ) \s+ [^,.;!?]+
        # not browsing the pictures; so no notes about pupils
      | ,? \s* \b not\s (?:browsing|looking|reading|opening|searching|trawling|going) \b [^,.;!?]*
      | (?: \bso\s+ )? \b no\s (?:notes?|pictures?|photos?) \s (?:about|of|on) \s+ [^,.;!?]+
    """
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
        limits = (
            _LIMIT.match(sentence)
            or _NONE.match(sentence)
            or _LEFT_ALONE.match(sentence)
            or _dismisses(sentence)
        )
        if limits and not _TURNED.search(sentence[:end]):
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


def _dismisses(sentence: str) -> bool:
    """Whether all that a sentence says is that something is left alone."""
    dismissed = _DISMISSED.search(sentence)
    return dismissed is not None and not _SEEKS.search(sentence[: dismissed.start()])
