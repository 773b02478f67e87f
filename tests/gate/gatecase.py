"""One good request, of which a test changes one fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from recruitcheck.records import (
    Applicant,
    Claim,
    Document,
    DocumentKind,
    Justification,
    Nature,
    Person,
    Requirement,
    Role,
    Route,
    Stage,
    Vacancy,
)
from recruitcheck.rules.decide import Question, ask
from recruitcheck.rules.pack import Pack

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
TEXT = "I teach maths. I run the blog Angles and Arcs at arcs.example since 2021. I like hills."
QUOTE = "I run the blog Angles and Arcs at arcs.example since 2021."


class Case:
    """One good request, of which a test changes one fact."""

    def __init__(self, pack: Pack, screener: Any) -> None:
        self.pack = pack
        self.screener = screener
        self.vacancy = Vacancy(
            id="V-1",
            reference="MA-1",
            title="Teacher of mathematics",
            school="Ashgrove School",
            requirements=(Requirement(id="R-1", text="Shares resources with colleagues"),),
            panel=("P-9",),
            stage=Stage.SHORTLISTED,
        )
        self.applicant = Applicant(
            id="A-1",
            vacancy="V-1",
            name="Tamsin Cole",
            notice_version="2026-01",
            notice_on=date(2026, 2, 1),
        )
        self.document = Document(
            id="D-1", applicant="A-1", kind=DocumentKind.CV, title="CV", text=TEXT
        )
        start = TEXT.index(QUOTE)
        self.claim = Claim(
            id="C-1",
            applicant="A-1",
            document="D-1",
            quote=QUOTE,
            start=start,
            end=start + len(QUOTE),
            nature=Nature.CHECKABLE,
        )
        self.justification = Justification(
            id="J-1",
            claim="C-1",
            applicant="A-1",
            ground="hobby-or-skill-online",
            requirement="R-1",
            route=Route.ASKED_APPLICANT,
            route_note="Asked on 2 March; she pointed to the blog again.",
            confirms="The blog has posts since 2021.",
            refutes="The blog does not exist.",
            source="web_page",
            holder="P-2",
            reason="See whether the blog Angles and Arcs has run since 2021.",
            by="P-1",
            at=NOW,
        )
        self.holder = Person(id="P-2", name="Holder", roles=(Role.RECRUITER,))
        self.by = Person(id="P-1", name="Asker", roles=(Role.RECRUITER,))
        self.more: dict[str, Any] = {}

    def change(self, part: str, **changes: Any) -> Case:
        """The same case with one record changed."""
        setattr(self, part, replace(getattr(self, part), **changes))
        return self

    def question(self) -> Question:
        """The question that this case puts."""
        return ask(
            self.pack,
            self.screener,
            vacancy=self.vacancy,
            applicant=self.applicant,
            document=self.document,
            claim=self.claim,
            justification=self.justification,
            holder=self.holder,
            by=self.by,
            now=NOW,
            **self.more,
        )
