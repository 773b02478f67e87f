"""One claim from the application to its destruction, through the steps, the client and the lens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from recruitcheck.demo import papers
from recruitcheck.demo.site import Answer
from recruitcheck.errors import Destroyed, NotPermitted, RecruitcheckError, Sealed
from recruitcheck.records import (
    Applicant,
    Claim,
    Document,
    DocumentKind,
    Evidence,
    Finding,
    Grant,
    PanelLine,
    ReplyState,
    Result,
    Route,
    Sight,
    Stage,
    Verdict,
    Weight,
    Withheld,
)
from recruitcheck.steps import approval, finding, intake, oversight, people, retention, search
from recruitcheck.vault import verify
from world import World, world

HOST = "seedtoplate.example"

PAGE = """<html><head><title>Seed to Plate</title>
<meta property="article:published_time" content="2026-03-02T08:00:00+00:00"></head><body>
<nav><a href="/family">Family photos</a></nav>
<main><p>Seed to Plate is a blog about school gardens.</p>
<p>My husband and I were married in the chapel.</p>
<p>Call me on 0121 496 0000 about anything.</p></main></body></html>"""


@pytest.fixture
def school(tmp_path):
    with world(tmp_path, {HOST: {"/": Answer(body=PAGE)}}) as made:
        yield made


def sound(school: World) -> None:
    """Re-derive the truth from the bytes up: nothing that a step did may leave doubt."""
    found = verify.verify(school.where)
    assert found.ok, [fault.message for fault in found.problems]


def application(school: World, quote: str) -> tuple[Applicant, Document, Claim]:
    """A shortlisted applicant whose PDF holds the quote, with the claim marked."""
    desk = school.recruiter
    vacancy = intake.add_vacancy(
        desk,
        reference="G-1",
        title="Gardener and teacher",
        school="Northfield School",
        requirements=("Experience of school gardens", "Writes for families"),
        panel=("Tom Ellis",),
        stage=Stage.SHORTLISTED,
    )
    applicant = intake.add_applicant(
        desk,
        vacancy.id,
        name="Una Field",
        notice_on=desk.today - timedelta(days=7),
        monitoring_reference="M-77",
    )
    document = intake.add_document(
        desk,
        applicant.id,
        kind=DocumentKind.CV,
        filename="una-field.pdf",
        data=papers.pdf("Una Field", ("Teacher of biology.", f"{quote}.", "Keen cyclist.")),
    )
    claim = intake.mark_claim(desk, document.id, *intake.find_span(document, quote))
    return applicant, document, claim


def asked(school: World, claim: Claim, **changes: str) -> approval.Outcome:
    answers = {
        "ground": "hobby-or-skill-online",
        "requirement": "S1",
        "route_note": "The applicant offered the address in the application.",
        "confirms": "Posts about school gardens.",
        "refutes": "No blog about school gardens at that address.",
        "source": "web_page",
        "holder": school.recruiter.me.id,
        "reason": "We ask for experience of school gardens; see whether the blog is kept up.",
        **changes,
    }
    return approval.justify(
        school.recruiter,
        approval.Answers(claim=claim.id, route=Route.ASKED_APPLICANT, **answers),
    )


def test_a_claim_goes_all_the_way_and_is_then_destroyed(school):
    """Each step leaves a sound register; in the end nothing of the case can be read by anybody."""
    quote = f"I write Seed to Plate, a blog about school gardens, at {school.address(HOST)}"
    applicant, document, claim = application(school, quote)
    assert document.text[claim.start : claim.end].split() == quote.split()
    sound(school)

    outcome = asked(school, claim)
    against = [reason.rule for reason in outcome.decision.reasons if not reason.holds]
    assert (outcome.decision.verdict, against) == (Verdict.PERMIT, [])
    assert outcome.grant
    assert HOST in outcome.grant.hosts
    sound(school)

    sight = search.look_up(school.recruiter, outcome.grant.id)
    shown = " ".join(passage.text for passage in sight.passages)
    assert "school gardens" in shown
    for private in ("husband", "chapel", "0121", "Family"):
        assert private not in shown
    sound(school)

    evidence = search.keep(school.recruiter, sight, ["supports"] * len(sight.passages))
    made = finding.record(
        school.recruiter,
        claim=claim.id,
        grant=outcome.grant.id,
        result=Result.CONFIRMED,
        identity=finding.identities(school.recruiter, outcome.grant.id)[0],
        evidence=(evidence.id,),
    )
    line = finding.panel_line(school.recruiter, made.id)
    assert "confirmed" in line.text
    sound(school)

    _readers(school, applicant, made, sight)

    rows = oversight.audit(school.hr)
    assert [row.applicant for row in rows] == [applicant.id]
    vacancy = applicant.vacancy
    intake.change_vacancy(
        school.recruiter, vacancy, stage=Stage.CLOSED, decided_on=school.recruiter.today
    )
    school.clock.forward(timedelta(days=400))
    (due,) = retention.due(school.hr)
    assert due.applicant == applicant.id
    retention.run(school.hr)
    sound(school)
    _gone(school, applicant, (claim.id, document.id, made.id, evidence.id, outcome.grant.id))


def _readers(school: World, applicant: Applicant, made: Finding, sight: Sight) -> None:
    """Who can read what while the case lives."""
    assert school.hr.get(Finding, made.id) == made
    withheld = school.hr.get(Withheld, sight.lookup.id)
    assert withheld.unrelated + withheld.personal >= 2
    with pytest.raises(Sealed):
        school.recruiter.get(Withheld, sight.lookup.id)
    for desk in (school.panel, school.equality):
        for kind, id in ((Applicant, applicant.id), (Finding, made.id), (Sight, sight.lookup.id)):
            with pytest.raises(Sealed):
                desk.get(kind, id)


def _gone(school: World, applicant: Applicant, ids: tuple[str, ...]) -> None:
    """Nobody can read anything of the case, and no file holds the applicant's name or words."""
    for desk in (school.hr, school.recruiter):
        desk.forget()
        for kind in (Applicant, Document, Claim, Grant, Evidence, Finding, PanelLine, Withheld):
            for record in desk.all(kind, case=applicant.id):
                raise AssertionError(f"still readable: {record}")
        with pytest.raises((Destroyed, RecruitcheckError)):
            desk.get(Applicant, applicant.id)
    for file in school.where.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert b"Una Field" not in data
            assert b"school gardens" not in data
    assert ids


def test_a_contradiction_waits_for_the_applicant(school):
    """Invited, replied, weighed, closed: only then may the panel hear of it."""
    quote = f"I write Seed to Plate, a blog about school gardens, at {school.address(HOST)}"
    _, _, claim = application(school, quote)
    outcome = asked(school, claim)
    assert outcome.grant
    sight = search.look_up(school.recruiter, outcome.grant.id)
    evidence = search.keep(school.recruiter, sight, ["contradicts"] * len(sight.passages))
    made = finding.record(
        school.recruiter,
        claim=claim.id,
        grant=outcome.grant.id,
        result=Result.CONTRADICTED,
        identity=finding.identities(school.recruiter, outcome.grant.id)[0],
        evidence=(evidence.id,),
    )
    with pytest.raises(NotPermitted):
        finding.panel_line(school.recruiter, made.id)
    reply, letter = finding.invite_reply(school.recruiter, made.id)
    assert "Una Field" in letter
    with pytest.raises(RecruitcheckError):
        finding.lapse(school.recruiter, reply.id)
    finding.record_reply(school.recruiter, reply.id, "I moved the blog last year.")
    with pytest.raises(NotPermitted):
        finding.panel_line(school.recruiter, made.id)
    finding.weigh(school.recruiter, reply.id, "The move explains the difference.", Weight.SETTLED)
    assert finding.close(school.recruiter, reply.id).state is ReplyState.CLOSED
    assert "answer explains it" in finding.panel_line(school.recruiter, made.id).text
    sound(school)


def test_a_claim_without_an_address_gives_a_letter_and_the_answer_can_be_quoted(school):
    """Nowhere to look is a result: the applicant is asked, and what they send is a document."""
    quote = "I write Seed to Plate, a blog about school gardens"
    applicant, _, claim = application(school, quote)
    outcome = asked(school, claim)
    assert outcome.decision.verdict is Verdict.PERMIT
    assert "Una Field" in (
        outcome.letter or approval.letter(school.recruiter, outcome.justification.id)
    )
    answer = f"The blog Seed to Plate is at {school.address(HOST)} and I still write it"
    document = intake.add_document(
        school.recruiter,
        applicant.id,
        kind=DocumentKind.SUPPLIED,
        filename="answer.txt",
        data=answer.encode(),
    )
    again = intake.mark_claim(school.recruiter, document.id, *intake.find_span(document, answer))
    assert asked(school, again).grant
    sound(school)


def test_a_case_can_be_handed_over_and_only_then_read(school):
    """The panel member reads nothing of the case until somebody hands it over, as an entry."""
    quote = f"I write Seed to Plate, a blog about school gardens, at {school.address(HOST)}"
    applicant, document, _ = application(school, quote)
    with pytest.raises(Sealed):
        school.panel.get(Document, document.id)
    people.share_case(school.recruiter, applicant.id, "Tom Ellis")
    assert school.panel.get(Document, document.id) == document
    sound(school)
