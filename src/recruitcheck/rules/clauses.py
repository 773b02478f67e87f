"""What of one sentence may be read: its private clauses hidden, or the whole of it withheld. Pure.

A sentence that bears on the claim is cut into clauses. Hidden are clauses in which the screen or
the second guard finds something protected, and clauses that tell something of a person without
holding anything telling of the claim: they do not bear on it, whether or not a rule knows what
they tell. If what is left no longer bears on the claim, or still says something protected, the
sentence is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass

from recruitcheck.rules import guard, masking, relevance
from recruitcheck.rules.screen import Screener


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
        hidden: set[int] = set()
        for number, (start, end) in enumerate(pieces):
            if any(a < end and b > start for a, b in spans) or self._by_the_way(
                sentence[start:end], follows=number - 1 in hidden
            ):
                hidden.add(number)
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

        Words that the claim itself holds are spared where the sentence speaks of no one person:
        the recruiter has read them in the claim, and of the work they may be read again.
        """
        screening = self.screener.screen(sentence, "passage", claim=self.claim)
        spans = [(hit.start, hit.end) for hit in screening.hits]
        if screening.outcome != "clear" and not spans:
            return None
        spans += guard.doubts(sentence)
        if spans and not guard.speaks_of_one(sentence):
            said = self.claim.casefold()
            spans = [(a, b) for a, b in spans if sentence[a:b].casefold() not in said]
        return spans

    def harmless(self, sentence: str) -> bool:
        """Whether a sentence without terms of the claim speaks of no person and nothing private."""
        return (
            self.protected(sentence) == []
            and not guard.private(sentence)
            and not guard.speaks_of_one(sentence)
            and self._without_people(sentence) == sentence
        )

    def _by_the_way(self, clause: str, *, follows: bool) -> bool:
        weights = self.wanted.weights
        held = sum(weights[term] for term in set(self.wanted.read(clause)) if term)
        if held >= relevance.LEAST:
            return False
        if guard.private(clause):
            return True
        rest = self._without_people(clause)
        of_a_person = (
            follows or guard.speaks_of_one(clause) or masking.speaks_of_somebody(clause, self.known)
        )
        return of_a_person and relevance.telling(rest.replace(masking.SIGN, " "))

    def _without_people(self, text: str) -> str:
        """The text without anybody's name, the applicant's included."""
        return masking.mask(masking.without_names(text, self.known), self.known, self.survey)
