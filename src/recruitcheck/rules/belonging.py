"""Claims that say which union, party or religious body the writer belongs to.

To belong is itself the protected fact: `a member of the National Education Union`, `I worship at
…`. Learned societies and clubs, credit unions and students' unions say nothing of the kind, and
neither does a colleague who was a member, a street named after a church, or a school.
"""

from __future__ import annotations

import re

_OTHER_UNIONS = (
    r"(?:credit|rugby|football|students?'?|pupils?'?|guild|european|soviet|customs|postal|debating"
    r"|cambridge|oxford|durham|english-speaking|astronomical|geophysical|mathematical|chemical"
    r"|conservation|telecommunication)"
)
_UNIONS = (
    rf"(?!(?:[\w'&-]+ ){{0,3}}{_OTHER_UNIONS} (?:[\w'&-]+ )?union)"
    r"(?:{gap}(?:trade |labour |teaching )?unions?"
    r"|{gap}(?:unison|neu|nut|nasuwt|naht|ascl|gmb|ucu|utu|ucac|tuc|rmt)"
    r"|(?:national )?union of (?!students)[\w, ]+"
    r"|{gap}national association of (?:head ?teachers|schoolmasters)[^.;|]*"
    r"|{gap}association of (?:teachers and lecturers|school and college leaders)"
    r"|{gap}educational institute of scotland)"
)
_PARTIES = (
    r"(?:{gap}(?:labour|conservatives?(?: and unionist)?|tory|green|liberal(?: democrats?)?"
    r"|national|communist|socialist|workers'?|brexit|reform|unionist|co-?operative|alliance|republican"
    r"|women's equality|libertarian|independence) party(?: of [\w ]+?)?"
    r"|(?:the )?(?:lib(?:eral)? dem(?:ocrat)?s?|plaid cymru|snp|ukip|reform uk|sinn f[eé]in"
    r"|dup|sdlp))"
)
_FAITHS = (
    r"(?:{gap}(?:church|chapel|cathedral|synagogue|mosque|masjid|gurdwara|mandir|congregation"
    r"|quaker meeting|parish"
    r"|(?:jewish|muslim|christian|catholic|hindu|sikh|buddhist|baptist|methodist|quaker|evangelical"
    r"|orthodox|pagan|humanist) (?:community|fellowship|society|church|association))"
    r"(?: (?:of|in) (?:england|wales|scotland|ireland|christ|jesus christ[\w -]*))?)"
)
_GAP = (
    r"(?:(?!(?:that|which|who|whose|in|for|at|to|from|on|by|with|into|against|team|panel|crew|staff"
    r"|board|(?!teaching|nursing)\w+ing)\b)[\w'.&-]+ ){0,5}?"
)
"""Words of the body's name (`St Mary's`); none that begins to tell of something else."""
_END = (
    r"(?=\W*$|\W*[,.;:|(]|\s(?:since|in|for|and|as|until|till|from|at|where|when|which|choir|band"
    r"|community|branch|youth|house ?group|worship|now|here|there)\b)"
)
"""What may follow the body's name: the end of a phrase, a time, or a part of it (its choir)."""
_MEMBER = (
    r"(?:(?:^\W*(?:(?:an? )?[\w-]+ ){0,2}?|\bi(?:'m| am| was|'ve been| have been|'d been)\s"
    r"+(?:[\w-]+\s+){0,4}?|\bas (?:an? )?(?:[\w-]+ ){0,2}?)member(?: of|,)"
    r"|\bi(?:'ve| have)? (?:\w+ )?(?:joined|belong(?:ed)? to|am with|pay (?:\w+ )?to"
    r"|subscribe[ds]? to))\s+"
)
"""`a member of`, `I joined`, `I pay dues to`: before the name of a body."""
_WORSHIP = (
    r"(?:\bi(?:'ve| have)? (?:\w+ )?(?:worship(?:ped)?|pray(?:ed)?) (?:at|with|in)"
    r"|\bi(?:'ve| have)? (?:\w+ )?attend(?:ed)?)\s+"
)


def _of(bodies: str) -> str:
    return bodies.replace("{gap}", _GAP)


_BELONGS = tuple(
    re.compile(joins + r"(?:the |our |my |a )?" + _of(bodies) + _END)
    for joins, bodies in (
        (_MEMBER, _UNIONS),
        (_MEMBER, _PARTIES),
        (_MEMBER, _FAITHS),
        (_WORSHIP, _FAITHS),
    )
)
"""How the writer belongs, and to which kind of body."""
_IS_MEMBER = re.compile(
    r"(?:^\W*|\bi(?:'m| am| was|'ve been| have been)\s+(?:an? )?(?:[\w-]+ ){0,2}?)"
    r"(?:unison|neu|nut|nasuwt|naht|ascl|gmb|ucu|unite|(?:trade )?union|(?:labour|conservative"
    r"|tory|green|communist|lib(?:eral)? dem(?:ocrat)?)(?: party)?|snp|plaid(?: cymru)?) member\b"
)
"""`I am a Unison member`: the body's name stands before."""


def belongs(plain: str) -> bool:
    """Whether the quotation, folded, says to which union, party or religious body its writer
    belongs."""
    return any(p.search(plain) for p in _BELONGS) or bool(_IS_MEMBER.search(plain))
