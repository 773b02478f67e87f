"""What each desk starts from its own screens: by keys, on a real register."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import Office, settled, text_of

from recruitcheck.tui import app as opened
from recruitcheck.tui.app import SHOW_DEMO, RecruitcheckApp
from recruitcheck.tui.screens.first_run import FirstRun
from recruitcheck.tui.screens.justify import Justify


async def test_just_show_me_ends_with_the_wish_for_the_demo(tmp_path: Path) -> None:
    """Somebody new who only wants to look sets up nothing, and the app ends asking for the demo."""
    app = RecruitcheckApp(str(tmp_path / "none"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(app, pilot)
        assert isinstance(app.screen, FirstRun)
        assert "Just show me" in text_of(app)
        await pilot.click("#push-first-demo")
        await settled(app, pilot)
    assert app.return_value == SHOW_DEMO
    assert not (tmp_path / "none").exists()


async def test_the_demo_does_not_offer_itself(office: Office) -> None:
    """Inside the demo there is no button for the demo, and at a real register there is."""
    async with office.app(demo=True) as (app, _):
        assert "Just show me" not in text_of(app)
    async with office.app(size=(80, 24)) as (app, _):
        assert "Just show me" in text_of(app)


def test_the_command_line_opens_the_demo_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """`recruitcheck` without a command plays the demo when the app ended with that wish."""
    from recruitcheck import cli
    from recruitcheck.cli import upkeep

    played: list[Path | None] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr(opened, "run", lambda *_, **__: SHOW_DEMO)
    monkeypatch.setattr(upkeep, "demo_in_app", lambda place: played.append(place) or 0)
    assert cli.run([]) == 0
    assert played == [None]


async def test_home_names_applicants_by_pseudonym_and_m_opens_the_document(office: Office) -> None:
    """The recruiter's own list has the pseudonym before the name; `m` leads to the application
    whatever the line's next step is."""
    from test_troubles import granted

    granted(office)
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        assert f"{office.applicant.id} Ann Berg" in text_of(app)
        await pilot.press("m")
        await settled(app, pilot)
        assert isinstance(app.screen, Justify)
        assert "Ann Berg" in text_of(app)
