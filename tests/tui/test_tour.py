"""The demo's tour: five sentences at the first screen of each desk, which can be skipped."""

from __future__ import annotations

import pytest
from office import Office, settled, text_of

from recruitcheck.tui.app import RecruitcheckApp
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.tour import Tour


def words(app: RecruitcheckApp) -> str:
    """What is painted as one line of words, without frames."""
    return " ".join(text_of(app).replace("│", " ").split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("person", "first", "last"),
    [
        ("Dan Reed", "what comes next", "The panel hears one sentence"),
        ("Ruth Hale", "permitted or not", "People, retention and papers"),
        ("Mina Shaw", "without the applicant's name", "Statistics compare groups"),
    ],
)
async def test_five_sentences_for_each_desk(
    office: Office, person: str, first: str, last: str, size: tuple[int, int]
) -> None:
    """F4 leads from sentence to sentence and ends the tour; the whole of it is on the screen."""
    async with office.app(person, size=size, demo=True, first_task="Mark a claim.") as (app, pilot):
        assert first in words(app)
        for _ in range(4):
            await pilot.press("f4")
            await settled(app, pilot)
        assert "5 of 5" in text_of(app)
        assert last in words(app)
        assert "Skip the tour" in text_of(app)
        await pilot.press("f4")
        await settled(app, pilot)
        assert not app.screen.query(Tour)


async def test_the_tour_can_be_skipped_and_begun_again(office: Office) -> None:
    """One click ends it, F4 begins it again, and the list keeps the keys all the while."""
    async with office.app("Dan Reed", demo=True, first_task="Mark a claim.") as (app, pilot):
        await pilot.click("#push-app-tour_end")
        await settled(app, pilot)
        assert not app.screen.query(Tour)
        await pilot.press("f4")
        await settled(app, pilot)
        assert "1 of 5" in text_of(app)
        assert not isinstance(app.focused, Push)


async def test_no_tour_at_work(office: Office) -> None:
    """Outside the demo nothing is in the way, and F4 says why there is no tour."""
    async with office.app("Dan Reed") as (app, pilot):
        assert not app.screen.query(Tour)
        await pilot.press("f4")
        await settled(app, pilot)
        assert "the tour is part of the demo" in text_of(app)
