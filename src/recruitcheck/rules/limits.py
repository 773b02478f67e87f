"""What a reason leaves alone: `I do not need to know how old she is`, `…, not who follows it`.

A limit asks for nothing, so what it names is no aim: the gate reads the reason without it. It is
easily abused (`not that it matters, but …`), so a limit reaches no further than its clause, one
that is turned round later counts for nothing, and whatever stands beside it is read as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*\s*")

_ADVERB = (
    r"(?: (?:also|really|even|please|simply|ever|otherwise|certainly|deliberately|at\ all) \s+ )*"
)
_NOT = r"""(?: (?: do | does | did | will | would | shall | should | need | must | may | is
  | are | was | am
    | can | ['’]d | ['’]ll | ['’]m | ['’]re | ['’]s ) \s+ (?:not|never)
  | (?: do | does | did | would | should | need | must | is | are | was | wo | sha | ca ) n['’]?t
  | cannot | never )"""
_LOOK = r"""(?: look(?:ing|ed)? (?: \ (?:at|for|into|up|through|over|in|on|under) )?
  | see(?:ing|n)?
  | read(?:ing)? | open(?:ing|ed)? | watch(?:ing|ed)? | view(?:ing|ed)? | not(?:e|ing|ed)
  | record(?:ing|ed)? | sav(?:e|ing|ed) | kept | keep(?:ing)? | cop(?:y|ying|ied)
  | writ(?:e|ing|ten)\ down | report(?:ing|ed)? | brows(?:e|ing|ed) | click(?:ing|ed)?
  | scroll(?:ing|ed)? | touch(?:ing|ed)? | search(?:ing|ed)? | trawl(?:ing|ed)?
  | go(?:ing)?\ (?:into|near|through|beyond|past|further|anywhere|elsewhere|outside)
    | gone\ (?:into|through) | visit(?:ing|ed)?
  | zoom(?:ing|ed)? | identif(?:y|ying|ied) | paus(?:e|ing|ed) | screenshot(?:ting|ted)?
  | download(?:ing|ed)? | print(?:ing|ed)? | collect(?:ing|ed)? | judg(?:e|ing|ed)
  | assess(?:ing|ed)? | weigh(?:ing|ed)? | consider(?:ing|ed)? | test(?:ing|ed)?
    | quot(?:e|ing|ed) )"""
"""What a look does, which leaves something alone when it is not done."""
_LEARN = r"""(?: (?: ask(?:ing)? | know(?:ing)? | learn(?:ing)? | hear(?:ing)?
  | be\ (?:told|asked) )
    (?= \s+ (?: (?:about|after|for|of) \s+ (?!this\b|it\b|that\b) | who | what | where | how | why
      | whether | if | when | which | any(?:thing)? | everything | more | further | his | her
        | their | the ) \b ) )"""
"""The same of what somebody would learn; `need not know` alone is something kept back."""
_CARE = r"""(?: need(?:ed)? | want(?:ed)? | wish | care | mind | intend | mean | plan(?:ning)?
  | going
  | propos(?:e|ing) | bothered | fussed | concerned | interested | curious | expect(?:ing)? )"""
_US = r"(?: i | we | the\ (?:panel|school|trust|department) )"
_WHO = r"""(?: he | she | they | (?:the\ )? (?:researcher|agency|vendor|bureau|translator|firm)
  | (?-i:[A-Z]\w+) )"""
_THEIRS = (
    r"(?: his | her | their | any | the | all | him | them | its | other | anything | everything )"
)
_WANTED = rf"(?: about | with | who | what | where | how | why | which | for | in | {_THEIRS} )"

_UNWANTED = rf"""(?:
    {_US} \s* {_NOT} \s+ {_ADVERB} (?: {_CARE} \b \s+ {_ADVERB} )? (?: (?:to|on|in)
      \s+ )? (?: be \s+ )?
      (?: {_LOOK} | {_LEARN} ) \b
    | {_US} \s* {_NOT} \s+ {_ADVERB} {_CARE} \s+ {_WANTED} \b
    | {_US} \s+ (?: has | have | had | wish | take ) \s+ no \s+ (?: (?: wish | interest | need
      | intention
        | reason | desire | business ) \b | (?:to\ )? {_LOOK} )
    | {_WHO} \s* {_NOT} \s+ {_ADVERB} (?:to\ )? (?! see ) {_LOOK} \b
    | (?: nobody | no\ one ) \s* (?: is | ['’]s ) \s+ (?: interested | asking | judging
      | bothered ) \b
    | not \s+ {_ADVERB} (?: (?: bothered | fussed | concerned | interested | planning | going
      | intending
        | meaning | wanting | needing | asking ) \s+ (?:(?:to|on)\ )? (?: {_LOOK} | {_LEARN}
          | {_WANTED} ) \b
        | (?:looking|browsing|reading|opening|searching|trawling|judging|going) \b )
    | (?: (?:will|shall)\ not | wo n['’]?t | sha n['’]?t ) \s+ (?:be\ )? {_LOOK} \b )"""
"""`I do not need to know …`, `the agency is not to open …`, `not bothered about …`."""
_ORDERED = rf"""(?: (?: do \s+ not | don['’]?t ) \s+ (?! {_LOOK} \s+ (?:it|this|that) \b )
      (?: look | read | open | record | save | touch | browse | copy | keep | search | visit ) \b
    | no \s+ need \s+ (?: to \s+ {_LOOK} | for ) \b )"""
_SEEKS = r"""(?: \b (?: find | check | look | tell | confirm | verify | get | search | google
  | ask | curious
      | wonder(?:ing)? ) \b
  | (?: ^ | \b (?: i | we | to | and | please | then | can | could | would | you ) \s+ ) \s*
    (?: see | go | read | note | show | learn | hear | want | need | know | like ) \b )"""
"""What asks all the same, whatever is said of it afterwards: `find out …, it is no concern`."""
_END = r"(?= \s* (?: [,.;!?)] | $ | \b and \b ) )"
_LEFT = rf"""(?: (?: (?: {_US} | {_WHO} ) (?: \s* (?: ['’]ll | ['’]d | will | shall | would
  | can | should ) )? \s+ )?
    (?: (?:leave|keep|leaving|keeping|left) \s+ (?! (?:it|this|that)
      \s+ out ) (?: (?! {_SEEKS} ) [^,.;!?] )*?
        \b (?: alone | out (?: \ of\ (?:it|this|the\ (?:note|notes|record|report|search)) )?
          | unopened
          | unread | aside | to\ one\ side | (?:it\ )? (?:there|at\ that) ) {_END}
      | (?: skip | skipping | ignore | ignoring | disregard | avoid | avoiding | pass\ over
          | steer\ clear\ of | steering\ clear\ of
          | (?:stay|keep|staying|keeping) \s+ (?:off|away\ from|out\ of|clear\ of) )
            \s+ {_THEIRS} \b ) )"""
"""`Leave his other posts alone`, `we'll stay off her own feed`."""
_CONTRAST = r"""(?: (?: not | nor | rather\ than | nothing\ (?:else\ )? (?:about|on|of) ) \s+
    (?= (?: the | her | his | their | its | who | whom | what | where | how | why | which
      | him | them
      | people | pupils | children | comments | pictures | photos | faces | names | likes
        | followers
      | opinions | (?:at|about|for|to|into|of) \s+ (?: the | her | his | their | any | its
        | what | who
        | how | which | whose ) ) \b )
    (?! [^,.;!?]* \b (?: only | just | merely | simply ) \b ) )"""
"""`…, not who the followers are`: what a sentence sets against its aim."""
_CAREFUL = r"""(?: without \s+ (?: reading | looking | opening | going | recording | browsing
  | noting | saving
    | naming | identifying | scrolling ) \b
  | anything\ else \s (?:(?:is|are)\s)? to\ be \s (?:deleted|discarded|destroyed|ignored|left)
  | (?:so\ )? no \s+ (?:notes?|pictures?|photos?) \s (?:about|of|on) \b )"""

_PASSED_OVER = rf"""(?: (?: (?: is | are | was | will | would | need ) (?: \s+ not
  | n['’]?t ) \s+ {_ADVERB} (?:going\ )?
        (?:to\ )? (?:be\ |being\ )? | wo n['’]?t \s+ (?:be\ )? ) {_LOOK}
      | (?: is | are ) \s+ (?:to\ be\ )? (?: left | ignored | skipped
        | disregarded ) ) (?: \ (?:up|at|down|on) )?
    (?: (?: , \s* (?:or\ |nor\ |and\ )?
      | \s+ (?:or|nor|and) \s+ ) {_LOOK} (?: \ (?:on|at|up|down|in) )? )*
    (?: \s+ for\ [^,.;!?]* )?"""
"""`Pupils on it are not to be looked up, paused on or written down.`"""
_POINT = r"""(?: business | concern | matter | point | question | issue | affair | interest
  | relevance | consequence | importance | bearing | part )"""
_NO_MATTER = rf"""(?:
    (?: (?:is|are|was|were) \s+ (?:not|no|none) | (?:is|are|was|were) n['’]?t | none | no ) \s+
      (?: (?: of | our | my | any | a | the | to | at | for | us | anyone['’]s | what | something
        | anything ) \s+ )*
      (?: {_POINT} | relevant | wanted | needed | asked (?:\ (?:for|about))? | sought | required
        | (?:we|i) (?: ['’]re | ['’]m | \ are | \ am )? \s+
          (?: asking | after | looking\ (?:at|for) | here\ for ) )
  | (?:is|are) \s+ (?: irrelevant | immaterial | beside\ the\ point | neither\ here\ nor\ there
    | up\ to\ (?:her|him|them) | (?:her|his|their)\ own\ (?:affair|business) )
  | (?: does\ not | doesn['’]?t | do\ not | don['’]?t ) \s+ (?: come\ into\ it
    | enter\ into\ (?:it|this) | concern\ us | matter | count | interest\ (?:us|me) )
  | (?:has|have) \s+ nothing \s+ to \s+ do \s+ with \s+ (?:it|us|this)
  | (?:has|have|bears?|plays?|takes?|makes?) \s+ no \s+ (?: {_POINT} | difference )
  | counts? \s+ for \s+ nothing )
  (?: \s+ (?: (?:to|of|for|in|on) \s+ )? (?: us | me | ours | mine | it | this | here | about | for
    | anyone['’]s | (?:we|i)(?:['’]re|['’]m|\ are|\ am)\ asking
    | the\ (?:panel|school|trust|post|job|department|decision|matter|choice) (?:['’]s)? ) )*"""
"""`Where she is from does not come into it`, `… is no business of the panel's`."""
_NOTHING = r"""(?: (?: nothing | none | no ) \s+
      (?! doubt | matter\ how | idea | (?:record|note|notes|trace|log) \b
        | (?:is|to|are) \b ) [^,.;!?]*?
    (?: (?: is | are ) \s+ )? (?:to\ be\ )?
    \b (?: wanted | needed | sought | required | asked\ for | looked\ at | opened | saved
      | kept | noted
      | recorded | read | copied | searched | of\ interest ) )"""
"""`Nothing about anybody's hearing is wanted.`"""

_TURNS = r"""\b (?: but | unless | until | still | yet | though | although | except | apart
  | however | otherwise
  | hope | hoping | worry | surprised? | afraid | suspect | anyway | mind\ you | even\ so
    | instead | if
  | only \s* , | (?:just|only) \b (?= .* \b (?: it | this | so | ones? | them | those | either
      | that (?! \s+ the \b ) ) \b )
  | (?: and | then | so ) \s+ (?: (?:please|also|then|just) \s+ )*
    (?: see | find | check | look | tell | search | note | get | go | read | ask | google
      | let | report )
  ) \b"""
"""What turns a limit round, or goes on to ask: `but`, `and find out`."""
_START = r"(?: ^ \W* | [,:(–—] \s* | \s - \s | \b (?: and | so | but | or | because | as ) \s+ )"
_ALSO = r"(?: (?: and | so | but | please | also ) \s+ ){0,3}+"
_TAIL = rf"(?: (?! {_TURNS} ) [^,.;!?)] )*"
_LIST = rf"(?: , \s* (?:{_LOOK}|try) \b [^,.;!?]* \b (?:or|nor) \b {_TAIL} )?"
_WHOLE = rf"(?: (?! {_SEEKS} | {_TURNS} | \b (?:nothing|no|none) \b ) [^,.;!?(] ){{0,200}}?"

_FORMS = tuple(
    re.compile(rf"(?ix) {_START} {_ALSO} (?P<limit> {form} )")
    for form in (
        *(form + _TAIL + _LIST for form in (_UNWANTED, _ORDERED, _LEFT, _CONTRAST, _CAREFUL)),
        *(_WHOLE + form + _END for form in (_PASSED_OVER, _NO_MATTER)),
        _NOTHING + _END,
    )
)
_NONE = re.compile(r"(?i)^\W*no\s[^,.;!?]+(?:,\s*(?:(?:and|or)\s)?no\s[^,.;!?]+)+[.;!\s]*$")
"""`No comments under the video, no other talks.`"""
_STOPS = re.compile(
    r"""(?ix) ^\W* (?:and\ |but\ |please\ )* (?:if|where|when|should) \s+ (?:any\ |other\ |the\ )*
    (?: pupils? | children | child | students? | young\ people | minors? | people | families
      | family )
    \b \s+ (?: \w+ \s+ ){0,4}? (?: shown | seen | named | pictured | there | visible
      | in\ (?:it|them|view) )
    \b [^,.;!?]* , \s* (?: (?:please|then|just|to|i['’]ll|we['’]ll) \s )*
    (?: (?:close|shut|leave|skip|scroll\ past) \s (?:it|that|the|them) | stop | look\ away
      | move\ on )
    \b [^,.;!?]* [.;!?\s]* $"""
)
"""`If pupils are shown, close the page`: what is done so that others are not looked at."""
_TURNED = re.compile(rf"(?ix) [\s\W]* {_TURNS}")
_HIDES = re.compile(
    r"""(?ix) \b (?: this | the \s (?:search|look|check|visit|request)
      | (?: that | how | what | whatever | where ) \s (?: you | we | i | it\ was )
        (?:['’]ve|\s have)? \s (?: find | found | see | saw | look | looked | came | got
          | turn | learnt )
    ) \b (?! \s* $ )"""
)
"""What is kept back and no limit: `do not note that we looked at …`."""
_EMPTY = re.compile(
    r"""(?ix) ^\W* (?: (?:and|so|then|please|just|but) \s+ )*
    (?: find | see | check | look | tell | search | google | let | report | ask | dig | get
      | know | go )
    (?: \W+ (?: out | it | that | them | this | me | us | her | him | anyway | know | for
      | into | up ) )* \W* $"""
)
"""An order without an object, which takes up what was to be left alone: `… Find out.`"""


def without_limits(text: str) -> str:
    """The text with its limits blanked, every other letter in its place.

    Where what follows turns a limit round (`Still, …`), or nothing else is left, all of it stays.
    """
    kept: list[str] = []
    limited = False
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        if limited and (_TURNED.match(sentence) or _EMPTY.match(sentence)):
            return text
        rest = _blanked(sentence)
        limited = limited or rest != sentence
        kept.append(rest)
    rest = "".join(kept)
    return rest if re.search(r"\w", rest) else text


def _blanked(sentence: str) -> str:
    """One sentence without its limits; unchanged where one of them is turned round."""
    if _NONE.match(sentence) or _STOPS.match(sentence):
        return " " * len(sentence)
    rest = sentence
    for start, end in _limits(sentence):
        if _TURNED.match(sentence[end:]) or _EMPTY.match(sentence[end:]):
            return sentence
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return rest


def _limits(sentence: str) -> Iterator[tuple[int, int]]:
    for form in _FORMS:
        for match in form.finditer(sentence):
            if not _HIDES.search(match["limit"]):
                yield match.span("limit")
