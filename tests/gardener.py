"""One honest request for tests: a gardener's post, an application that names a blog, why it is
checked. Step by step, because some tests stop in between."""

from __future__ import annotations

from datetime import timedelta

from recruitcheck.records import Applicant, Claim, Document, DocumentKind, Route, Stage, Vacancy
from recruitcheck.steps import approval, intake
from recruitcheck.steps.desk import Desk

ADDRESS = "seedtoplate.example"


def quote(address: str = ADDRESS) -> str:
    """What the applicant claims."""
    return f"I write Seed to Plate, a blog about school gardens, at {address}"


def post(desk: Desk, reference: str = "T-3") -> Vacancy:
    """The post, shortlisted."""
    return intake.add_vacancy(
        desk,
        reference=reference,
        title="Gardener and teacher",
        school="Northfield School",
        requirements=("Experience of school gardens",),
        stage=Stage.SHORTLISTED,
    )


def applicant(desk: Desk, vacancy: str, name: str = "Una Field") -> Applicant:
    """Somebody who applied and was told that claims may be checked."""
    return intake.add_applicant(desk, vacancy, name=name, notice_on=desk.today - timedelta(days=7))


def cv(desk: Desk, applicant: str, address: str = ADDRESS) -> Document:
    """The application, as plain text."""
    text = f"Teacher. {quote(address)}."
    return intake.add_document(
        desk, applicant, kind=DocumentKind.CV, filename="cv.txt", data=text.encode()
    )


def claim(desk: Desk, document: Document, address: str = ADDRESS) -> Claim:
    """The claim, marked."""
    return intake.mark_claim(desk, document.id, *intake.find_span(document, quote(address)))


def asked(desk: Desk, claim: str) -> approval.Outcome:
    """Why it is to be checked, and what was decided."""
    return approval.justify(
        desk,
        approval.Answers(
            claim=claim,
            ground="hobby-or-skill-online",
            requirement="S1",
            route=Route.ASKED_APPLICANT,
            route_note="The applicant named the blog.",
            confirms="Posts about school gardens.",
            refutes="No blog about school gardens there.",
            source="web_page",
            holder=desk.me.id,
            reason="We ask for experience of school gardens; see whether the blog is kept up.",
        ),
    )
