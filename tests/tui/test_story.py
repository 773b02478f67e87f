"""The recruiter's whole flow, by keys, on a real register and a real small site."""

from __future__ import annotations

from asking import answer, mark
from office import Office, settled, text_of

from recruitcheck.records import Vacancy
from recruitcheck.tui.screens.applicant import ApplicantPage
from recruitcheck.tui.screens.justify import Justify


async def test_from_claim_to_panel_line_by_keys(office: Office) -> None:
    """A recruiter goes from the application to the panel's one line without leaving the keyboard,
    and the ledger then holds the same kinds of entries as the commands would leave."""
    before = len(office.types())
    async with office.app("Dan Reed") as (app, pilot):
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Justify)
        await mark(office, app, pilot)
        assert "This can be checked" in text_of(app)
        await answer(app, pilot)
        assert "COMPLETE" in text_of(app)
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "PERMITTED" in text_of(app), text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        await pilot.press("g")
        await settled(app, pilot)
        assert "Seed to Plate is a blog" in text_of(app)
        assert "seaside" not in text_of(app)
        assert "Only passages that bear on the claim are shown" in text_of(app)
        while not app.screen.why_not("look.supports") and app.screen.why_not("look.keep"):
            await pilot.press("1")
            await settled(app, pilot)
        await pilot.press("ctrl+k")
        await settled(app, pilot)
        app.screen.query_one("#field-identity").value = app.screen.form.asks[1].options[0][0]
        await settled(app, pilot)
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "CONFIRMED" in text_of(app)
        await pilot.press("p")
        await settled(app, pilot)
        assert "is confirmed" in text_of(app)
    made = office.types()[before:]
    wanted = [
        "claim-marked",
        "justification",
        "decision",
        "grant",
        "lookup",
        "lookup-result",
        "evidence-kept",
        "finding",
        "panel-line",
    ]
    assert [type_ for type_ in made if type_ in wanted] == wanted


async def test_a_post_with_applicants_can_be_closed_from_home_and_from_a_case(office: Office):
    """The line of the post stays until it is closed; the day of the decision is kept, from which
    retention counts. A closed post is reached from its applicants."""
    from recruitcheck.tui.screens.vacancy import VacancyPage

    async with office.app("Dan Reed", size=(120, 40)) as (app, pilot):
        assert "close it once decided" in text_of(app)
        await pilot.press("end", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, VacancyPage)
        await pilot.press("t")
        await settled(app, pilot)
        await answer(app, pilot, {"stage": "closed"})
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "Stage: closed, decided on" in text_of(app)
        await pilot.press("escape")
        await settled(app, pilot)
        assert "POST" not in text_of(app)
        app.push_screen(ApplicantPage(office.applicant.id))
        await settled(app, pilot)
        await pilot.press("p")
        await settled(app, pilot)
        assert isinstance(app.screen, VacancyPage)
        assert app.desk.get(Vacancy, office.vacancy.id).decided_on == app.desk.today
