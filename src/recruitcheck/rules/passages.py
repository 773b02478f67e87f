"""Which passages of a page a recruiter may see. Pure.

A sentence is shown because it holds terms of the claim, with the neighbour that continues it;
everything else is withheld as "unrelated". A sentence that bears on the claim and says something
protected about a person is masked where the claim survives without it and withheld as "personal"
otherwise; in doubt it is withheld, because a wrong showing cannot be undone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from recruitcheck.rules import masking, relevance
from recruitcheck.rules.clauses import Reader
from recruitcheck.rules.screen import Screener
from recruitcheck.rules.sentences import sentences

SHARE = 0.10
"""No more than this part of a page's text is ever shown …"""
SPARE = 0.05
"""… of which weaker passages may fill this part …"""
ALWAYS = 400
"""… except that so many characters may be, because a post of three sentences is short."""
MOST = 20_000
"""Characters: nobody reads more of one page, and choosing must end soon on a page made to tire."""

_SHORT = 240
"""Characters of a sentence that may come along with a shown one."""
_LINKED = 0.6
"""What a sentence in a list of links to other pages counts: it must hold more of the claim."""


class Span(Protocol):
    """A passage of the text by half-open offsets."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def heading(self) -> bool: ...
    @property
    def linked(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage as a recruiter sees it; offsets are those of the unmasked text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown, and how many passages were not, by neutral reason (for hr only)."""

    shown: tuple[Shown, ...]
    unrelated: int
    personal: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    block: int
    linked: bool

    def of(self, text: str) -> str:
        """Its words."""
        return text[self.start : self.end]


def select(
    text: str,
    blocks: Sequence[Span],
    *,
    claim: str,
    name: str,
    screener: Screener,
    url: str = "",
    allowed_names: Collection[str] = (),
) -> Selection:
    """Choose and mask the passages of `text` that bear on `claim`.

    Args:
        text: the page's words, as `sources.page.read` gives them.
        blocks: its passages; a sentence never runs over the end of one.
        name: the applicant's name, which stays readable.
        url: address of the page; its host stays readable.
        allowed_names: employer, school and other names that are no third person.
    """
    parts = [
        _Sentence(start, end, number, block.linked)
        for number, block in enumerate(blocks)
        for start, end in sentences(text, block.start, block.end)
    ]
    wanted = relevance.terms(claim, name)
    found = relevance.bearings([wanted.read(part.of(text)) for part in parts], wanted)
    chosen = _chosen(parts, found, wanted.least, len(text))
    reader = Reader(
        claim,
        wanted,
        screener,
        masking.known(claim=claim, name=name, url=url, allowed=allowed_names),
        masking.survey(text),
    )
    read = {number: reader.view(parts[number].of(text)) for number in sorted(chosen)}
    views = {number: view for number, view in read.items() if view is not None}
    personal = len(read) - len(views)
    for number in _company(text, blocks, parts, found, views) - chosen:
        sentence = parts[number].of(text)
        if reader.harmless(sentence):
            views[number] = sentence
    shown = _passages(parts, views, reader)
    return Selection(shown, len(parts) - len(views) - personal, personal)


def _chosen(
    parts: Sequence[_Sentence], found: Sequence[relevance.Bearing], least: float, size: int
) -> set[int]:
    """Numbers of the sentences that bear on the claim, as many as a page of that size may show."""
    return relevance.best(
        [
            replace(bearing, score=bearing.score * _LINKED) if part.linked else bearing
            for part, bearing in zip(parts, found, strict=True)
        ],
        [part.end - part.start for part in parts],
        least=least,
        room=min(MOST, max(ALWAYS, int(SHARE * size))),
        spare=min(MOST, max(ALWAYS, int(SPARE * size))),
    )


_CONTINUES = re.compile(
    r"(?:It|Its|These|(?:This|The) (?:is|was|has|app|blog|book|channel|episode|guide|issue|page|"
    r"podcast|post|project|resource|series|site|tool|website|work))\b",
    re.IGNORECASE,
)


def _company(
    text: str,
    blocks: Sequence[Span],
    parts: Sequence[_Sentence],
    found: Sequence[relevance.Bearing],
    shown: Collection[int],
) -> set[int]:
    """Sentences that belong to shown ones: what goes on from one, and the heading that dates it.

    News pages and result lists write the year once, above everything that happened in it.
    """
    heads: list[int | None] = []  # for each block, the first sentence of the heading it is under
    first = {part.block: number for number, part in reversed(tuple(enumerate(parts)))}
    under: int | None = None
    for number, block in enumerate(blocks):
        heads.append(under)
        if block.heading:
            under = first.get(number)
    company: set[int] = set()
    for number in shown:
        if number + 1 < len(parts) and _continues(text, parts, number):
            company.add(number + 1)
        head = heads[parts[number].block]
        if head is not None and any(term[0].isdigit() for term in found[head].terms):
            company.add(head)
    return {number for number in company if parts[number].end - parts[number].start <= _SHORT}


def _continues(text: str, parts: Sequence[_Sentence], number: int) -> bool:
    here, after = parts[number], parts[number + 1]
    if here.block != after.block:
        return False
    return text[here.end - 1] == ":" or bool(_CONTINUES.match(text, after.start))


def _passages(
    parts: Sequence[_Sentence],
    views: dict[int, str],
    reader: Reader,
) -> tuple[Shown, ...]:
    """Neighbouring sentences of one block as one passage, people and contact details masked."""
    runs: list[list[int]] = []
    for number in sorted(views):
        if runs and runs[-1][-1] == number - 1 and parts[number].block == parts[number - 1].block:
            runs[-1].append(number)
        else:
            runs.append([number])
    return tuple(
        Shown(
            masking.mask(" ".join(views[n] for n in run), reader.known, reader.survey),
            parts[run[0]].start,
            parts[run[-1]].end,
        )
        for run in runs
    )
