"""One world for the tests of the steps: real register, real client, a small site over TLS."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from recruitcheck.demo.site import ROBOTS, Answer
from recruitcheck.records import Claim, Document, DocumentKind, Grant, Route, Stage, Vacancy
from recruitcheck.steps import approval, intake
from world import World, world

BLOG = "tidepool.example"

PAGE = """<html><head><title>Tide Pool Diary</title></head><body>
<nav>Home About</nav><main><h1>Tide Pool Diary</h1>
<p>Tide Pool Diary is a weekly blog about rock pools, kept since 2019 for primary schools.</p>
<p>Dinner last night was soup.</p>
<p>I had chemotherapy all through the spring term.</p>
</main><footer>Imprint</footer></body></html>"""

HOSTS = {
    BLOG: {
        "/robots.txt": ROBOTS,
        "/": Answer(body=PAGE),
        "/away": Answer(status=302, location="https://elsewhere.example/"),
    },
    "elsewhere.example": {"/": Answer(body="<p>Tide Pool Diary elsewhere</p>")},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A vacancy, an applicant's letter, and how to ask about a part of it."""

    world: World
    vacancy: Vacancy
    document: Document

    def claim(self, quote: str) -> Claim:
        """Mark the quote in the letter."""
        span = intake.find_span(self.document, quote)
        return intake.mark_claim(self.world.recruiter, self.document.id, *span)

    def answers(self, claim: Claim, **changes: object) -> approval.Answers:
        """Honest answers for the blog, with some of them changed."""
        honest: dict[str, object] = {
            "claim": claim.id,
            "ground": "hobby-or-skill-online",
            "requirement": "S1",
            "route": Route.ASKED_APPLICANT,
            "route_note": "She was asked and gave the address of the blog.",
            "confirms": "Tide Pool Diary appears weekly.",
            "refutes": "Tide Pool Diary does not exist.",
            "source": "web_page",
            "holder": self.world.recruiter.me.id,
            "reason": "Check that the blog Tide Pool Diary exists and appears weekly.",
        }
        return approval.Answers(**{**honest, **changes})  # type: ignore[arg-type]

    def grant(self, quote: str, **changes: object) -> Grant:
        """Ask with honest answers and take the grant."""
        outcome = approval.justify(self.world.recruiter, self.answers(self.claim(quote), **changes))
        held = [r.rule for r in outcome.decision.reasons if not r.holds]
        assert outcome.grant is not None, held
        return outcome.grant


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A register with hr, two recruiters and an equality reviewer at their desks."""
    with world(tmp_path_factory.mktemp("steps"), HOSTS) as made:
        yield made


def letter(port: int) -> str:
    """An application letter with claims of every nature."""
    return (
        f"I write a weekly blog about rock pools, Tide Pool Diary, at {BLOG}:{port}.\n\n"
        "I run the Instagram account @rockpool_school to publicise our science club.\n\n"
        "My article Counting Limpets was published in Primary Science in 2021.\n\n"
        "I have chaired Ashby Town Council's education committee since 2019.\n\n"
        "I am a warm and inspiring colleague.\n"
    )


@pytest.fixture
def asking(everything: World) -> Asking:
    """A new applicant with a letter, who was told about searches, for a new vacancy."""
    everything.clock.forward(timedelta(hours=2))  # so that no test is a burst with the one before
    desk = everything.recruiter
    vacancy = intake.add_vacancy(
        desk,
        reference="SCI-1",
        title="Teacher of science",
        school="Northfield School",
        requirements=["Writes about science for children", "Works with other schools"],
        panel=[everything.panel.me.id],
        stage=Stage.SHORTLISTED,
    )
    told = date(2026, 5, 1)
    applicant = intake.add_applicant(desk, vacancy.id, name="Maren Holt", notice_on=told)
    document = intake.add_document(
        desk,
        applicant.id,
        kind=DocumentKind.LETTER,
        filename="letter.txt",
        data=letter(everything.web.port).encode(),
    )
    return Asking(world=everything, vacancy=vacancy, document=document)


@pytest.fixture
def blog(everything: World) -> str:
    """The quote about the blog, with the address it names."""
    port = everything.web.port
    return f"I write a weekly blog about rock pools, Tide Pool Diary, at {BLOG}:{port}."
