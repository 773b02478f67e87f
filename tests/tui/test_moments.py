"""Keys that come at the wrong moment: twice, while something is recorded, while the screen locks.

The thread that touches the register is kept busy meanwhile, as it is on a slow computer or while a
page is looked at.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from asking import ANSWERS, answer, mark
from office import Office, settled, text_of

from recruitcheck.tui import drafts
from recruitcheck.tui.app import RecruitcheckApp
from recruitcheck.tui.screens.confirm import Confirm
from recruitcheck.tui.screens.decision import DecisionPage
from recruitcheck.tui.screens.first_run import FirstRun
from recruitcheck.tui.screens.form import FormPage
from recruitcheck.tui.screens.help import Help
from recruitcheck.tui.screens.home import Home
from recruitcheck.tui.screens.justify import Justify
from recruitcheck.tui.screens.people import People
from recruitcheck.tui.screens.unlock import Unlock
from recruitcheck.tui.widgets.fields import Field
from world import PASSPHRASE

WORDS = "river chalk window plum"
POST = {
    "reference": "N-2",
    "title": "Teacher of music",
    "school": "Northfield School",
    "requirements": "Plays an instrument",
}


@asynccontextmanager
async def busy(app: RecruitcheckApp) -> AsyncIterator[None]:
    """The thread that touches the register has other work in here."""
    go_on = threading.Event()
    waiting = asyncio.create_task(app.ask(go_on.wait, 10))
    await asyncio.sleep(0)
    try:
        yield
    finally:
        go_on.set()
        await waiting


async def put(app: RecruitcheckApp, pilot: Any, **answers: str) -> None:
    """Fill in fields of the screen."""
    for name, value in answers.items():
        app.screen.query_one(f"#field-{name}", Field).value = value
    await settled(app, pilot)


async def unlock(app: RecruitcheckApp, pilot: Any) -> None:
    """Give the passphrase."""
    assert isinstance(app.screen, Unlock)
    assert not app.unlocked
    app.screen.query_one("#passphrase").value = PASSPHRASE
    await pilot.press("enter")
    await settled(app, pilot)


async def new_post(app: RecruitcheckApp, pilot: Any) -> None:
    """Open the form for a post and fill it in."""
    await pilot.press("v")
    await settled(app, pilot)
    await put(app, pilot, **POST)


async def test_a_lock_while_something_is_recorded_keeps_its_cover(office: Office) -> None:
    """It is recorded once, nothing of it is seen before the passphrase, and then the form is
    closed and its draft gone."""
    async with office.app("Dan Reed") as (app, pilot):
        await new_post(app, pilot)
        before = office.types().count("vacancy-added")
        async with busy(app):
            await pilot.press("ctrl+s", "ctrl+l", "ctrl+l")
        await settled(app, pilot)
        assert "music" not in text_of(app)
        await unlock(app, pilot)
        assert isinstance(app.screen, Home)
        assert "Added: Teacher of music" in app.said[-1][1]
        assert office.types().count("vacancy-added") == before + 1
        assert drafts.keys(app.desk) == ()


async def test_a_request_recorded_while_the_screen_locks_leads_to_its_decision(
    office: Office,
) -> None:
    """The decision is shown to the person who unlocks, and the request stands there once."""
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        await mark(office, app, pilot)
        await answer(app, pilot, ANSWERS)
        async with busy(app):
            await pilot.press("ctrl+s", "ctrl+l")
        await settled(app, pilot)
        assert "gardens" not in text_of(app)
        await unlock(app, pilot)
        assert isinstance(app.screen, DecisionPage)
        assert "✓ PERMITTED" in text_of(app)
        assert office.types().count("justification") == 1
        assert drafts.keys(app.desk) == ()


async def test_help_opened_while_something_is_recorded_stays_open(office: Office) -> None:
    """The form closes below it, so that nobody records the same again."""
    async with office.app("Dan Reed") as (app, pilot):
        await new_post(app, pilot)
        async with busy(app):
            await pilot.press("ctrl+s", "f1")
        await settled(app, pilot)
        assert isinstance(app.screen, Help)
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, Home)


async def test_a_key_pressed_twice_acts_once(office: Office) -> None:
    """One form opens, one post is added."""
    async with office.app("Dan Reed") as (app, pilot):
        async with busy(app):
            await pilot.press("v", "v", "v")
        await settled(app, pilot)
        assert [type(screen) for screen in app.screen_stack[1:]] == [Home, FormPage]
        await put(app, pilot, **POST)
        before = office.types().count("vacancy-added")
        async with busy(app):
            await pilot.press("ctrl+s", "ctrl+s")
        await settled(app, pilot)
        assert isinstance(app.screen, Home)
        assert "cannot be done" not in text_of(app)
        assert office.types().count("vacancy-added") == before + 1


async def test_a_page_asked_for_before_a_lock_does_not_come_to_lie_upon_it(office: Office) -> None:
    """What is slow to come is dropped, and the cover is the last thing on the screen."""
    async with office.app("Dan Reed") as (app, pilot):
        async with busy(app):
            await pilot.press("a", "ctrl+l")
        await settled(app, pilot)
        assert "Teacher of science" not in text_of(app)
        await unlock(app, pilot)
        assert isinstance(app.screen, Home)


async def test_esc_twice_keeps_what_was_typed(office: Office) -> None:
    """The draft is kept however impatiently the form is left, and one Esc leaves one page."""
    async with office.app("Dan Reed") as (app, pilot):
        await pilot.press("v")
        await settled(app, pilot)
        async with busy(app):
            app.screen.query_one("#field-title", Field).value = "Teacher of music"
            await pilot.pause()
            app.screen.save_draft_soon()  # as happens every half second
            await pilot.press("escape", "escape")
        await settled(app, pilot)
        assert isinstance(app.screen, Home)
        await pilot.press("v")
        await settled(app, pilot)
        assert app.screen.answers["title"] == "Teacher of music"


async def test_what_was_just_told_is_not_left_upon_the_lock(office: Office) -> None:
    """A passing message may name somebody; it goes when the screen is covered."""
    async with office.app("Dan Reed") as (app, pilot):
        app.notify("Ann Berg is named here.")
        await settled(app, pilot)
        assert [told.message for told in app._notifications] == ["Ann Berg is named here."]
        await pilot.press("ctrl+l")
        await settled(app, pilot)
        assert isinstance(app.screen, Unlock)
        assert not app._notifications


async def test_a_question_does_not_keep_the_screen_from_locking_and_closing(
    office: Office,
) -> None:
    """Ctrl+L and Ctrl+Q work whatever is open; the question waits for the passphrase."""
    async with office.app("Ruth Hale") as (app, pilot):
        await app.push_screen(People())
        await settled(app, pilot)
        names = [person.name for person in app.screen._people]
        app.screen.query_one("Table").cursor = names.index("Tom Ellis")
        await app.screen.action_do("people.leave")
        await settled(app, pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("ctrl+l")
        await settled(app, pilot)
        await unlock(app, pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("ctrl+q")
        await settled(app, pilot)
        assert not app.is_running
    assert "person-left" not in office.types()


async def test_esc_does_not_lose_the_recovery_code(tmp_path: Path) -> None:
    """Once the register is being made there is no way back, because its code is shown only once."""
    app = RecruitcheckApp(str(tmp_path / "new"))
    async with app.run_test(size=(100, 32)) as pilot:
        await settled(app, pilot)
        await put(app, pilot, origin="Northfield Trust", name="Ann Lee")
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        await put(app, pilot, passphrase=WORDS, again=WORDS)
        async with busy(app):
            await pilot.press("ctrl+s", "escape")
        await settled(app, pilot)
        assert isinstance(app.screen, FirstRun)
        assert app.screen._code
        assert app.screen._code in text_of(app)
