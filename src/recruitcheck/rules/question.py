"""What is put to the gate, and what it answers.

A `Question` is one request with the facts that its rules need; a fact that is missing counts
against the request. Under `recruitcheck try request` (`trying`) no register exists: the rules that
need its facts are left out, as if those facts were in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from recruitcheck.records import (
    Applicant,
    Claim,
    Document,
    Hit,
    Justification,
    Person,
    QueryWord,
    Reason,
    Vacancy,
    Verdict,
)
from recruitcheck.rules import words
from recruitcheck.rules.limits import without_limits
from recruitcheck.rules.unreachable import without_unreachable

if TYPE_CHECKING:
    from recruitcheck.rules.pack import Ground, Pack
    from recruitcheck.rules.patterns import Act

Kind = Literal["query", "justification", "claim"]

CLAIM_LABELS = frozenset({"claim", "skill", "third_party"})
NEVER_LABELS = frozenset(
    {"safeguarding", "due_diligence", "reputation", "culture_fit", "curiosity", "other"}
)
LABELS = CLAIM_LABELS | NEVER_LABELS | {"sourcing"}
"""The reason as the person labels it, beside the ids of ground files."""


class Screening(Protocol):
    """The answer of the screener."""

    @property
    def outcome(self) -> str:
        """clear, refer or refuse."""

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What was found, and where."""


class Screener(Protocol):
    """`rules/screen.py`, as far as the gate needs it."""

    def screen(
        self, text: str, kind: Literal["query", "justification"], claim: str | None = None
    ) -> Screening:
        """Screen one text."""

    def about_applicant(self, quote: str) -> Screening:
        """What a quote says of the applicant's own person."""


SPEAKING = re.compile(r"(?P<language>\w+)[- ](?:speaking|speakers?|medium|language)\b")
"""`Welsh-speaking`, `Polish speakers`: a language that somebody is to speak."""

F = TypeVar("F")


def given(fact: F | None) -> F:
    """A fact that a rule needs; without it the rule cannot hold.

    Raises:
        LookupError: it is missing, which the gate counts against the request.
    """
    if fact is None:
        raise LookupError("a fact of the case is missing")
    return fact


@dataclass(frozen=True, kw_only=True)
class Question:
    """One request, with everything its rules may look at."""

    pack: Pack
    screener: Screener
    kind: Kind
    ground: str
    """A label of `LABELS`, or the id of a ground file."""
    quote: str
    text: str
    """The typed query, the reason, or the proposed quotation; by kind."""
    passages: tuple[str, ...] = ()
    """For a proposed quotation: the passages of the application it must be a span of."""
    name: str = ""
    accounts: tuple[str, ...] = ()
    trying: bool = False
    answers: tuple[str, ...] = ()
    """What would confirm and what would refute: part of the reason, and screened like it."""
    extra: tuple[str, ...] = ()
    """Other free texts of the justification; screened, so that they can only make it stricter."""
    vacancy: Vacancy | None = None
    applicant: Applicant | None = None
    document: Document | None = None
    claim: Claim | None = None
    justification: Justification | None = None
    holder: Person | None = None
    by: Person | None = None
    now: datetime | None = None
    own: tuple[Act, ...] = ()
    """What the submitting person has asked before: own cases, which they can read."""
    act: Act | None = None
    """This request in the same form, to compare with them."""
    applicants: int = 0
    """How many people applied for the vacancy."""

    @cached_property
    def sourcing(self) -> bool:
        """Whether candidates are to be found, which is the one search without a quotation."""
        if self.ground in self.pack.grounds:
            return self.pack.grounds[self.ground].mode == "sourcing"
        return self.ground == "sourcing"

    @cached_property
    def grounds(self) -> tuple[Ground, ...]:
        """The ground files this request may rest on; none for labels that never permit."""
        if self.ground in self.pack.grounds:
            return (self.pack.grounds[self.ground],)
        if self.ground in NEVER_LABELS or self.ground not in LABELS:
            return ()
        mode = "sourcing" if self.sourcing else "claim"
        return tuple(g for g in self.pack.grounds.values() if g.mode == mode)

    @cached_property
    def asked(self) -> str:
        """The text without what limits it, and without who cannot be asked any more."""
        return without_unreachable(without_limits(self.text))

    @cached_property
    def criteria(self) -> str:
        """For candidate finding: the text without what is no fact about anybody.

        That is how people say that they look for work, what posts are called and ask for, and
        languages that somebody is to speak.
        """
        known = self.pack.vocabulary
        text = words.without(known.advertises, self.text)
        spoken = tuple(m["language"] for m in SPEAKING.finditer(text))
        text = words.without(spoken, SPEAKING.sub(" ", text)) if spoken else text
        return words.without(known.criteria, text)

    @cached_property
    def screening(self) -> tuple[Screening, ...]:
        """Every typed text as the screener sees it, each held against the quotation."""
        if self.kind == "claim":
            return ()
        if self.sourcing:
            first = self.screener.screen(self.criteria, "justification", None)
        else:
            use: Literal["query", "justification"] = (
                "query" if self.kind == "query" else "justification"
            )
            first = self.screener.screen(words.undated(self.asked), use, self.quote or None)
        rest = (
            self.screener.screen(words.undated(text), "justification", self.quote or None)
            for text in (*self.answers, *self.extra)
            if text.strip()
        )
        return (first, *rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The verdict, every reason (holding or not), and the query that a permit would use."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    query: tuple[QueryWord, ...] = ()


def ask(
    pack: Pack,
    screener: Screener,
    *,
    vacancy: Vacancy,
    applicant: Applicant,
    document: Document,
    claim: Claim,
    justification: Justification,
    holder: Person | None,
    by: Person | None,
    now: datetime,
    own: Iterable[Act] = (),
    act: Act | None = None,
    applicants: int = 0,
) -> Question:
    """The question that a recorded justification puts, from the records of a register."""
    answers = justification
    return Question(
        pack=pack,
        screener=screener,
        kind="justification",
        ground=answers.ground,
        quote=claim.quote,
        text=answers.reason,
        name=applicant.name,
        accounts=applicant.accounts,
        answers=(answers.confirms, answers.refutes),
        extra=(answers.note, answers.route_note),
        vacancy=vacancy,
        applicant=applicant,
        document=document,
        claim=claim,
        justification=answers,
        holder=holder,
        by=by,
        now=now,
        own=tuple(own),
        act=act,
        applicants=applicants,
    )
