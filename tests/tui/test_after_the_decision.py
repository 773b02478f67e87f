"""What follows a decision: each role at its own desk, the reply, the referral, asking again."""

from __future__ import annotations

from datetime import date

from asking import ANSWERS, answer, granted, mark
from office import Office, settled, text_of

from recruitcheck.records import Result, Role, Verdict
from recruitcheck.steps import approval, finding, intake, search
from recruitcheck.tui.screens.justify import Justify
from recruitcheck.tui.screens.look import Look
from recruitcheck.tui.screens.result import ResultPage
from recruitcheck.tui.widgets.fields import Field


def contradicted(office: Office) -> str:
    """A finding that contradicts the claim; returns its id."""
    grant = granted(office)
    desk = office.desk()
    sight = search.observe(
        desk,
        grant,
        search.Observation(
            address=desk.get(approval.Grant, grant).addresses[0],
            text="Seed to Plate is a blog about school gardens, but nobody writes it any more.",
            seen_on=date(2026, 5, 4),
            published=date(2026, 4, 1),
            public=True,
            not_logged_in=True,
            no_contact=True,
        ),
    )
    kept = search.keep(desk, sight, ["contradicts"] * len(sight.passages))
    found = finding.record(
        desk,
        claim=desk.get(approval.Grant, grant).claim,
        grant=grant,
        result=Result.CONTRADICTED,
        identity=finding.identities(desk, grant)[0],
        evidence=(kept.id,),
    )
    desk.register.close()
    return found.id


async def test_a_contradiction_waits_for_the_reply(office: Office) -> None:
    """A contradiction goes the whole way: invited, replied, weighed, closed, and only then does
    the panel get its line."""
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(ResultPage(contradicted(office)))
        await settled(app, pilot)
        assert app.screen.why_not("finding.panel") == "the reply comes first"
        await pilot.press("r")
        await settled(app, pilot)
        assert "Invited to reply" in text_of(app)
        for key, words in (("e", "It moved to another address."), ("w", "That explains it.")):
            await pilot.press(key)
            await settled(app, pilot)
            app.screen.query_one("#in-text").text = words
            if key == "w":
                app.screen.query_one("#field-weight", Field).value = "settled"
            await pilot.pause()
            await pilot.press("ctrl+s")
            await settled(app, pilot)
        await pilot.press("c")
        await settled(app, pilot)
        await pilot.press("p")
        await settled(app, pilot)
        assert "not contradicted" in " ".join(text_of(app).split())
        assert app.screen.why_not("finding.panel") == "the panel has its line"


async def test_each_role_begins_at_a_desk_of_its_own(office: Office) -> None:
    """HR starts at the audit list, the reviewer at the referrals without names, and neither can
    take the other's steps."""
    granted(office)
    async with office.app("Ruth Hale") as (app, pilot):
        assert "1 of 1 shown" in text_of(app)
        await pilot.press("v")
        await settled(app, pilot)
        assert "WHOLE" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Why it was to be checked" in text_of(app)
        await pilot.press("q")
        await settled(app, pilot)
        app.screen.query_one("#in-text").text = "Which line of the specification?"
        await pilot.pause()
        await pilot.press("ctrl+s")
        await settled(app, pilot)
    async with office.app("Dan Reed") as (app, pilot):
        assert "HR ASKS" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        app.screen.query_one("#in-text").text = "The first line: school gardens."
        await pilot.pause()
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "HR ASKS" not in text_of(app)
    async with office.app("Mina Shaw") as (app, pilot):
        assert Role.EQUALITY in app.desk.me.roles
        assert "Names are hidden here" in text_of(app)
        assert "Ann Berg" not in text_of(app)


async def test_the_reviewer_decides_without_the_name(office: Office) -> None:
    """A sensitive claim is referred; the reviewer sees no name, decides with a reason, and the
    recruiter takes the permission up."""
    desk = office.desk()
    applicant = intake.add_applicant(
        desk, office.vacancy.id, name="Joan Fitch", adult=False, notice_on=date(2026, 5, 1)
    )
    document = intake.add_document(
        desk,
        applicant.id,
        kind="cv",
        filename="cv.txt",
        data=office.document.text.replace("Ann Berg", "Joan Fitch").encode(),
    )
    start = document.text.index("I write")
    claim = intake.mark_claim(desk, document.id, start, document.text.index("\n", start))
    outcome = approval.justify(
        desk, approval.Answers(claim=claim.id, **{**ANSWERS, "holder": desk.me.id})
    )
    desk.register.close()
    assert outcome.decision.verdict is Verdict.REFER
    async with office.app("Mina Shaw") as (app, pilot):
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Fitch" not in text_of(app)
        app.screen.query_one("#in-why").text = "The blog is offered as proof, so it is fair."
        await pilot.pause()
        await app.screen.action_do("review.permit")
        await settled(app, pilot)
    async with office.app("Dan Reed") as (app, pilot):
        assert "PERMITTED" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Look)


async def test_a_refusal_explains_and_can_be_asked_again(office: Office) -> None:
    """A routine request is refused with what would mend it first, recorded, and one key goes back
    to the same claim to ask properly."""
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        await mark(office, app, pilot)
        await answer(app, pilot)
        await answer(app, pilot, {"reason": "We always check the social media of all applicants."})
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "REFUSED" in text_of(app)
        reasons = str(app.screen.query_one("#reasons").content)
        assert reasons.startswith("✗ ") and "✓ " not in reasons[: reasons.rindex("✗ ")]
        await pilot.press("a")
        await settled(app, pilot)
        assert isinstance(app.screen, Justify)
        assert "This can be checked" in text_of(app)
        asked = {**ANSWERS, "reason": "We always check the social media of all applicants."}
        assert asked.items() <= app.screen.answers.items()
    assert office.types().count("decision") == 1
    assert "grant" not in office.types()
