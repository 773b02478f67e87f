"""With the mouse alone, by name, by paste; and the forms of an applicant, a post and a person."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from asking import granted
from office import Office, settled, text_of
from textual.events import Paste

from recruitcheck.records import Applicant, Vacancy
from recruitcheck.rules import grounds
from recruitcheck.tui.app import RecruitcheckApp
from recruitcheck.tui.screens.applicant import ApplicantPage
from recruitcheck.tui.screens.compare import Compare
from recruitcheck.tui.screens.confirm import Confirm
from recruitcheck.tui.screens.first_run import FirstRun
from recruitcheck.tui.screens.form import FormPage
from recruitcheck.tui.screens.home import Home
from recruitcheck.tui.screens.join import Join
from recruitcheck.tui.screens.look import Look
from recruitcheck.tui.screens.messages import Messages
from recruitcheck.tui.screens.people import People
from recruitcheck.tui.screens.recover import Recover
from recruitcheck.tui.screens.unlock import Unlock
from recruitcheck.tui.screens.vacancy import VacancyPage
from recruitcheck.tui.widgets.chrome import Hints
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.table import Table


async def press(app: RecruitcheckApp, pilot: Any, *keys: str) -> str:
    """Press keys, wait, and read the screen, its lines as one."""
    await pilot.press(*keys)
    await settled(app, pilot)
    return " ".join(text_of(app).split())


async def form(app: RecruitcheckApp, pilot: Any, act: str, **answers: str) -> str:
    """Open a form, fill it in, record it, and read what was told last."""
    await app.screen.action_do(act)
    await settled(app, pilot)
    assert isinstance(app.screen, FormPage), text_of(app)
    for name, value in answers.items():
        app.screen.query_one(f"#field-{name}", Field).value = value
    await settled(app, pilot)
    await press(app, pilot, "ctrl+s")
    return app.said[-1][1]


async def test_the_mouse_alone_is_enough(office: Office) -> None:
    """A click chooses a line and a second opens it; the keys named at the foot can be clicked, and
    so can a message to close it and an answer to a question."""
    granted(office)
    async with office.app("Dan Reed") as (app, pilot):
        await pilot.click(Table, offset=(5, 1), times=2)
        await settled(app, pilot)
        assert isinstance(app.screen, Look)
        await pilot.click("#push-look-stop")
        await settled(app, pilot)
        assert "“Stop” cannot be done yet: nothing is running." in text_of(app)
        await pilot.click("#notice")
        await settled(app, pilot)
        assert "cannot be done yet" not in text_of(app)
        foot = app.screen.query_one(Hints).told().plain
        await pilot.click(Hints, offset=(foot.index("Back") + 1, 0))
        await settled(app, pilot)
        assert isinstance(app.screen, Home)
    async with office.app("Ruth Hale") as (app, pilot):
        await app.push_screen(People())
        await settled(app, pilot)
        names = [person.name for person in app.screen._people]
        await pilot.click(Table, offset=(3, 1 + names.index("Tom Ellis")))
        await pilot.click("#push-people-leave")
        await settled(app, pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.click("Answer:last-of-type")
        await settled(app, pilot)
        assert "The roles have new keys." in text_of(app)
        assert "– left" in text_of(app)
        assert office.types().count("person-left") == 1
        assert app.screen.why_not("people.leave") == "choose somebody who works here"
        assert app.screen.why_not("people.admit") == "they have left"


async def test_an_action_is_found_by_its_name(office: Office) -> None:
    """The commands list what can be done here by name, and do it."""
    async with office.app("Dan Reed") as (app, pilot):
        await press(app, pilot, "ctrl+p")
        await press(app, pilot, *"vacancy")
        await press(app, pilot, "down", "enter")
        assert isinstance(app.screen, FormPage)
        assert app.screen.way() == "Add a vacancy"


async def test_help_tells_of_the_page_the_field_and_every_key(office: Office) -> None:
    """Also why something cannot be done now; messages say what was told, or that nothing was."""
    async with office.app("Dan Reed") as (app, pilot):
        assert "Nothing was said yet" in await press(app, pilot, "f3")
        await press(app, pilot, "escape")
        seen = await press(app, pilot, "f1")
        assert "the most urgent first" in seen
        words = " ".join(str(words.content) for words in app.screen.query("Words"))
        assert "(not now: only HR reads the audit list)" in words
        await press(app, pilot, "escape", "f2", "shift+tab", "shift+tab")
        app.screen.query_one("#in-keys").focus()
        await settled(app, pilot)
        assert "One on a line: the action's id" in await press(app, pilot, "f1")
        await press(app, pilot, "escape", "escape")
        app.notify("A word to find again.")
        assert "A word to find again." in await press(app, pilot, "f3")
        assert isinstance(app.screen, Messages)


async def test_an_applicant_is_told_answers_and_objects(office: Office) -> None:
    """Each form of the applicant's page is recorded, and the page tells what stands there."""
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(ApplicantPage(office.applicant.id))
        await settled(app, pilot)
        assert app.screen.why_not("applicant.notice") == "it is on record"
        await form(app, pilot, "applicant.accounts", accounts="https://berg.example\n@annberg")
        held = app.desk.get(Applicant, office.applicant.id)
        assert len(held.accounts) == 2
        told = await form(app, pilot, "applicant.object", text="Please do not search for me.")
        assert told == "Recorded; searching has stopped."
        assert "objected" in text_of(app)
        assert app.screen.why_not("applicant.object") == "it is on record"
        await app.screen.action_do("applicant.post")
        await settled(app, pilot)
        assert isinstance(app.screen, VacancyPage)
    assert office.types().count("objection") == 1


async def test_a_post_goes_on_and_gets_an_applicant_who_was_not_told_yet(office: Office) -> None:
    """The stage changes, the new applicant stands in the list, and opens with Enter."""
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(VacancyPage(office.vacancy.id))
        await settled(app, pilot)
        told = await form(app, pilot, "vacancy.stage", stage="interview")
        assert told == "Teacher of science is now interview."
        assert "Stage: interview" in text_of(app)
        assert app.desk.get(Vacancy, office.vacancy.id).stage == "interview"
        await form(app, pilot, "vacancy.applicant", name="Bea Cole", notice="")
        assert "not told yet" in text_of(app)
        app.screen.query_one(Table).focus()
        row = [person.name for person in app.screen._people].index("Bea Cole")
        app.screen.query_one(Table).cursor = row
        assert "Bea Cole" in await press(app, pilot, "enter")
        assert isinstance(app.screen, ApplicantPage)
        await form(app, pilot, "applicant.notice", told="04/05/2026")
        assert app.screen.why_not("applicant.notice") == "it is on record"


@pytest.mark.parametrize(
    ("act", "page"), [("unlock.new", FirstRun), ("unlock.join", Join), ("unlock.lost", Recover)]
)
async def test_who_cannot_unlock_finds_another_way_and_back(
    office: Office, act: str, page: type
) -> None:
    """A new register, an invitation and a lost passphrase lie behind the list of names; Esc comes
    back to it."""
    async with office.app() as (app, pilot):
        assert isinstance(app.screen, Unlock)
        assert app.screen.why_not("unlock.open") == "type your passphrase"
        await app.screen.action_do(act)
        await settled(app, pilot)
        assert isinstance(app.screen, page)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, Unlock)


async def test_what_is_pasted_leaves_nothing_unseen_behind(office: Office) -> None:
    """Pasted into the middle, on one line in a line, and without what cannot be seen."""
    async with office.app("Dan Reed") as (app, pilot):
        await press(app, pilot, "v")
        line = app.screen.query_one("#in-title")
        line.focus()
        line.value, line.cursor_position = "Teacher music", 8
        await pilot.pause()
        line.post_message(Paste("of\n\u200b"))
        await settled(app, pilot)
        assert line.value == "Teacher ofmusic"
        assert app.said[-1][1].startswith("1 signs that cannot be seen were left out")
        area = app.screen.query_one("#in-requirements")
        area.focus()
        await pilot.pause()
        area.post_message(Paste("Plays\u202e the piano\r\nSings"))
        await settled(app, pilot)
        assert area.text == "Plays the piano\nSings"
        app.copy_to_clipboard("well")
        await press(app, pilot, "ctrl+v")
        assert area.text == "Plays the piano\nSingswell"
        line.focus()
        await press(app, pilot, "ctrl+v")
        assert line.value.count("well") == 1
        assert "To paste from another program" in app.said[-1][1]


async def test_two_packs_are_compared_and_old_requests_decided_again(
    office: Office, tmp_path: Path
) -> None:
    """Each line that differs is listed; what another pack would decide otherwise is told, and
    nothing is recorded by it."""
    granted(office)
    other = tmp_path / "pack"
    shutil.copytree(grounds.find_folder(), other)
    before = office.types()
    async with office.app("Ruth Hale") as (app, pilot):

        async def told(folder: str, act: str) -> str:
            app.screen.query_one("#field-folder", Field).value = folder
            await settled(app, pilot)
            await app.screen.action_do(act)
            await settled(app, pilot)
            return " ".join(text_of(app).split())

        await app.push_screen(Compare())
        await settled(app, pilot)
        assert app.screen.why_not("policy.compare") == "name the folder"
        assert "The two packs say the same." in await told(str(other), "policy.compare")
        assert "decided as it was" in await told(str(other), "policy.replay")
        place = other / "policy.toml"
        place.write_text(place.read_text().replace('"2026.1"', '"2026.2"'))
        (other / "grounds" / "hobby-or-skill-online.toml").unlink()
        assert "2026.2" in await told(str(other), "policy.compare")
        assert "1 of 1 requests would be decided otherwise" in await told(
            str(other), "policy.replay"
        )
        assert "There is no policy pack at" in await told("~nobody-here/pack", "policy.compare")
        assert app.screen.why_not("policy.adopt") == "nothing is proposed"
    assert office.types() == before
