"""Clauses that only tell that somebody else cannot be asked: `His line manager has retired.`

They say why a less intrusive way is closed and ask for nothing, so what they hold of an employer,
a referee or a club is no aim. Only the plainest form counts: a body or an office that has gone,
and nothing after it in which the applicant comes up again.
"""

from __future__ import annotations

import re

_WHO = r"""
    (?: heads? | headteachers? | head\ teachers? | manager | boss | editor | principal | supervisor
      | secretary | clerk | deputy | owner | director | chair | chairman | treasurer | tutor
        | lecturer
      | coach | conductor | organisers? | publisher | firm | school | college | company | club
      | society | council | charity | shop | theatre | nursery | academy | business | agency
        | office
      | employer | referee | coordinator | co-ordinator | landlord | bursar | librarian | curator
      | producer | promoter | colleague | team | press )
"""
_GONE = r"""
    (?: left (?: \ (?:there|long\ ago|since) )? | retired | died | passed\ away
      | moved\ (?:on|away|abroad|out) | gone (?: \ (?:bust|under|abroad) )? | closed (?:\ down)?
      | shut (?:\ down)? | folded | dissolved | merged | emigrated | sold\ up
      | changed\ (?:hands|jobs|schools) | (?:away|off|out) | deleted\ [^,.;!?]{1,40} )
"""
_UNREACHABLE = re.compile(
    rf"""(?ix) (?: ^\W* | (?<=[.!?;:,])\s* | (?<=\ because)\s+ | (?<=\ since)\s+ | (?<=\ as)\s+ )
    (?: (?: and | but | also | sadly | unfortunately | because | since | as ) \W+ )*
    (?: the | her | his | their | our | both | that | its | this ) \s+
    (?: [\w’'-]+ \s+ ){{0,3}}? {_WHO} \b
    (?: \s+ (?: there | then | here | at\ the\ time | of\ the\ time | who\ would\ know ) )*
    (?: \s+ (?: has | have | had | is | are | was | also | both | since | now | long | just | been
          | already ) | ['’]s )* \s+ {_GONE} \b
    (?! [^,.;!?]* \b (?: she | he | her | him | herself | himself | wh(?:y|o|om|at|ether|ere)
          | because | over | under | after | see | find | check | look | ask ) \b )
    [^,.;!?]* (?= [,.;!?] | \s*$ )"""
)


def without_unreachable(text: str) -> str:
    """The text with such clauses blanked, every other letter in its place; never all of it."""
    rest = _UNREACHABLE.sub(lambda m: " " * len(m.group()), text)
    return rest if re.search(r"\w", rest) else text
