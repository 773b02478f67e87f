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

from recruitcheck.rules import guard, masking, relevance
from recruitcheck.rules.screen import Screener
from recruitcheck.rules.sentences import sentences

SHARE = 0.10
"""No more than this part of a page's text is ever shown …"""
SPARE = 0.05
"""… of which weaker passages may fill this part …"""
ALWAYS = 400
"""… except that so many characters may be, because a post of three sentences is short."""


class Span(Protocol):
    """A passage of the text by half-open offsets."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
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
    found = relevance.bearings([wanted.read(text[p.start : p.end]) for p in parts], wanted)
    chosen = relevance.best(
        [
            _lowered(bearing) if part.linked else bearing
            for part, bearing in zip(parts, found, strict=True)
        ],
        [part.end - part.start for part in parts],
        least=wanted.least,
        room=max(ALWAYS, int(SHARE * len(text))),
        spare=max(ALWAYS, int(SPARE * len(text))),
    )
    known = masking.known(claim=claim, name=name, url=url, allowed=allowed_names)
    page = masking.survey(text)
    views: dict[int, str] = {}
    personal = 0
    for number in sorted(chosen):
        view = _view(text, parts[number], claim, wanted, screener)
        if view is None:
            personal += 1
        else:
            views[number] = view
    for number in tuple(views):
        after = number + 1
        if after < len(parts) and after not in chosen and _continues(text, parts, number):
            sentence = text[parts[after].start : parts[after].end]
            if _protected(sentence, claim, screener) == [] and not _of_someone(sentence):
                views[after] = sentence
    shown = _passages(parts, views, known, page)
    return Selection(shown, len(parts) - len(views) - personal, personal)


def _lowered(bearing: relevance.Bearing) -> relevance.Bearing:
    """A list of links to other pages must hold more of the claim."""
    return replace(bearing, score=bearing.score * 0.6)


_CONTINUES = re.compile(r"(?:It|Its|This|These|Those|That|Both|The (?:series|blog|site))\b")


def _continues(text: str, parts: Sequence[_Sentence], number: int) -> bool:
    here, after = parts[number], parts[number + 1]
    if here.block != after.block or after.end - after.start > 240:
        return False
    return text[here.end - 1] == ":" or bool(_CONTINUES.match(text, after.start))


def _of_someone(sentence: str) -> bool:
    return (
        guard.speaks_of_one(sentence) or guard.private(sentence) or masking.names_someone(sentence)
    )


def _protected(sentence: str, claim: str, screener: Screener) -> list[tuple[int, int]] | None:
    """Where the sentence says something protected; None: it does, but nobody can say where.

    Words that the claim itself holds are spared where the sentence speaks of no one person: the
    recruiter has read them in the claim, and of the work they may be read again.
    """
    screening = screener.screen(sentence, "passage", claim=claim)
    spans = [(hit.start, hit.end) for hit in screening.hits]
    if screening.outcome != "clear" and not spans:
        return None
    spans += guard.doubts(sentence)
    if spans and not guard.speaks_of_one(sentence):
        said = claim.casefold()
        spans = [(a, b) for a, b in spans if sentence[a:b].casefold() not in said]
    return spans


def _view(
    text: str, part: _Sentence, claim: str, wanted: relevance.Terms, screener: Screener
) -> str | None:
    """The sentence, masked where the claim survives it; None where it must be withheld."""
    sentence = text[part.start : part.end]
    spans = _protected(sentence, claim, screener)
    if spans is None:
        return None
    pieces = masking.clauses(sentence)
    hidden = _hidden(sentence, pieces, spans, wanted)
    if not hidden:
        return sentence
    masked = masking.hide(sentence, pieces, hidden)
    rest = masked.replace(masking.SIGN, " ")
    bearing = relevance.bearings([wanted.read(rest)], wanted)[0]
    if bearing.score < wanted.least or _protected(rest, claim, screener) != []:
        return None
    return masked


def _hidden(
    sentence: str,
    pieces: Sequence[tuple[int, int]],
    spans: Sequence[tuple[int, int]],
    wanted: relevance.Terms,
) -> set[int]:
    """Clauses to mask: protected ones, and what else a sentence says of a person by the way.

    A clause that holds no telling term of the claim and tells something of one person does not
    bear on the claim, whether or not a rule knows what it tells. What follows such a clause belongs
    to it until the claim is spoken of again.
    """
    hidden: set[int] = set()
    for number, (start, end) in enumerate(pieces):
        clause = sentence[start:end]
        protected = any(a < end and b > start for a, b in spans)
        if protected or (
            _worth(clause, wanted) < relevance.LEAST
            and _by_the_way(clause, follows=number - 1 in hidden)
        ):
            hidden.add(number)
    return hidden


def _worth(clause: str, wanted: relevance.Terms) -> float:
    return sum(wanted.weights[term] for term in set(wanted.read(clause)) if term)


def _by_the_way(clause: str, *, follows: bool) -> bool:
    if guard.private(clause):
        return True
    return relevance.telling(clause) and (follows or guard.speaks_of_one(clause))


def _passages(
    parts: Sequence[_Sentence],
    views: dict[int, str],
    known: masking.Known,
    page: masking.Survey,
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
            masking.mask(" ".join(views[number] for number in run), known, page),
            parts[run[0]].start,
            parts[run[-1]].end,
        )
        for run in runs
    )
