"""What of one sentence may be read: its private clauses hidden, or the whole of it withheld. Pure.

A sentence that bears on the claim is cut into clauses. Hidden are clauses in which the screen or
the second guard finds something protected, and clauses that tell something of a person without
holding anything telling of the claim: they do not bear on it, whether or not a rule knows what
they tell. If what is left no longer bears on the claim, or still says something protected, the
sentence is withheld.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from recruitcheck.rules import guard, masking, relevance
from recruitcheck.rules.screen import Screener

_WORDS = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d").search


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads sentences of one page for one claim."""

    claim: str
    wanted: relevance.Terms
    screener: Screener
    known: masking.Known
    survey: masking.Survey

    def view(self, sentence: str) -> str | None:
        """The sentence with private clauses hidden; None where it must be withheld."""
        spans = self.protected(sentence)
        if spans is None:
            return None
        pieces = masking.clauses(sentence)
        hidden = self._hidden([sentence[a:b] for a, b in pieces], _touched(pieces, spans))
        if not hidden:
            return sentence
        masked = masking.hide(sentence, pieces, hidden)
        rest = masked.replace(masking.SIGN, " ")
        bearing = relevance.bearings([self.wanted.read(rest)], self.wanted)[0]
        if bearing.score < self.wanted.least or self.protected(rest) != []:
            return None
        return masked

    def protected(self, sentence: str) -> list[tuple[int, int]] | None:
        """Where the sentence says something protected; None: it does, but nobody can say where.

        Words that the claim itself holds are spared where they stand among the same neighbours as
        there, or where the sentence speaks of no one person: the recruiter has read them in the
        claim, and of the work they may be read again.
        """
        screening = self.screener.screen(sentence, "passage", claim=self.claim)
        spans = [(hit.start, hit.end) for hit in screening.hits]
        if screening.outcome != "clear" and not spans:
            return None
        spans += guard.doubts(sentence)
        if not spans:
            return spans
        said = " ".join(_WORDS.findall(self.claim.casefold()))
        of_one = guard.speaks_of_one(sentence)
        return [span for span in spans if not _quoted(sentence, span, said, wide=of_one)]

    def harmless(self, sentence: str) -> bool:
        """Whether a sentence without terms of the claim speaks of no person and nothing private."""
        return (
            self.protected(sentence) == []
            and not guard.private(sentence)
            and not guard.speaks_of_one(sentence)
            and self._without_people(sentence) == sentence
        )

    def _hidden(self, clauses: list[str], protected: set[int]) -> set[int]:
        """Numbers of the clauses to hide: the protected ones and what belongs to them or to people.

        Beside a protected clause every clause that is not about the claim goes with it (dates of
        the work stay); beside one that is hidden only for telling of a person, what tells more.
        """
        off = [self._off_claim(clause) for clause in clauses]
        telling = [self._telling(clause) for clause in clauses]
        hidden = set(protected)
        for number, clause in enumerate(clauses):
            if off[number] and (
                guard.private(clause)
                or (telling[number] and (self._of_people(clause) or number - 1 in hidden))
            ):
                hidden.add(number)
        for step in (1, -1):
            for number in sorted(protected)[::step]:
                at = number + step
                while (
                    0 <= at < len(clauses) and off[at] and (telling[at] or not _DIGIT(clauses[at]))
                ):
                    hidden.add(at)
                    at += step
        return hidden

    def _off_claim(self, clause: str) -> bool:
        weights = self.wanted.weights
        held = sum(weights[term] for term in set(self.wanted.read(clause)) if term)
        return held < relevance.LEAST

    def _of_people(self, clause: str) -> bool:
        return guard.speaks_of_people(clause) or masking.speaks_of_somebody(clause, self.known)

    def _telling(self, clause: str) -> bool:
        return relevance.telling(self._without_people(clause).replace(masking.SIGN, " "))

    def _without_people(self, text: str) -> str:
        """The text without anybody's name, the applicant's included."""
        return masking.mask(masking.without_names(text, self.known), self.known, self.survey)


def _touched(pieces: list[tuple[int, int]], spans: list[tuple[int, int]]) -> set[int]:
    return {
        number
        for number, (start, end) in enumerate(pieces)
        if any(a < end and b > start for a, b in spans)
    }


def _quoted(sentence: str, span: tuple[int, int], said: str, *, wide: bool) -> bool:
    """Whether the claim says the same words; `wide`: with the same words before and after."""
    before = _WORDS.findall(sentence[: span[0]].casefold())
    here = _WORDS.findall(sentence[span[0] : span[1]].casefold())
    after = _WORDS.findall(sentence[span[1] :].casefold())
    if wide:
        here = [*before[-1:], *here, *after[:1]]
    return bool(here) and f" {' '.join(here)} " in f" {said} "
