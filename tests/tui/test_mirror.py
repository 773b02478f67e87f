"""What a screen reader hears in the browser: the page, the line under the cursor, what was said."""

from __future__ import annotations

from typing import Any

import pytest
from office import Office, settled

from recruitcheck.tui.mirror import Mirror, painted
from recruitcheck.tui.screens.confirm import Confirm
from recruitcheck.tui.screens.justify import Justify


class Ear:
    """Takes what the mirror hands over."""

    def __init__(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[str] = []
        monkeypatch.setattr(app._driver, "mirror", self._take, raising=False)
        self._mirror = Mirror(app)

    def _take(self, text: str, focus: str, light: bool) -> None:
        del text, light
        self.heard.append(focus)

    def listen(self) -> str:
        """What is heard now."""
        self._mirror.tell()
        return self.heard[-1]


async def test_lists_and_choices_are_heard_line_by_line(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page by its name once, a row with its columns, a choice with its question."""
    async with office.app("Dan Reed", size=(120, 34)) as (app, pilot):
        ear = Ear(app, monkeypatch)
        assert ear.listen().startswith("Page: Home. Line 1 of 2. State: ○ NEW; Applicant: A-")
        app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        assert ear.listen().startswith("Page: Ann Berg ▸ Justify. The application, line 1: Ann")
        await pilot.press("down", "shift+end")
        assert ear.listen() == "Marked: 12 Long Lane, Northfield"
        app.screen.query_one("#in-ground").focus()
        await pilot.press("enter", "down")
        assert ear.listen().startswith("What kind of reason is it?, 2 of ")


async def test_what_the_app_says_is_heard_and_a_question_with_its_answers(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message once, before the focus; a blocked button with its reason; the deed's question."""
    async with office.app("Dan Reed", size=(120, 34)) as (app, pilot):
        ear = Ear(app, monkeypatch)
        app.screen.tell("The disk is full.", wrong=True)
        assert ear.listen().startswith("The disk is full. Line 1 of 2.")
        app.screen.query_one("#push-home-vacancy").focus()
        await pilot.pause()
        assert ear.listen() == "Button: Add a vacancy"
        app.push_screen(Confirm("Destroy 3 cases?", "Destroy"))
        await settled(app, pilot)
        assert ear.listen() == "Destroy 3 cases? Button: Leave it"


async def test_halves_are_read_one_after_the_other_and_frames_are_not(office: Office) -> None:
    """The whole application comes before the questions that stand beside it."""
    async with office.app("Dan Reed", size=(160, 45)) as (app, pilot):
        app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        told = painted(app)
    assert told.index("excellent communicator") < told.index("Why it must be checked")
    assert not set("╭╮╰╯│─▅") & set(told)
    assert "\n\n\n" not in told
