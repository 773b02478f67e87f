"""The register that somebody set up or joined on a computer is the one it opens next time."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import Office, settled, text_of
from test_occasional_screens import WORDS, do, put

from recruitcheck.records import Role
from recruitcheck.steps import people
from recruitcheck.tui import app as apps
from recruitcheck.tui import preferences
from recruitcheck.tui.screens.join import Join
from recruitcheck.tui.screens.unlock import Unlock
from recruitcheck.vault import ownplace
from world import PASSPHRASE


def _invited(office: Office, name: str) -> str:
    hr = office.desk("Ruth Hale")
    code = people.invite(hr, name, (Role.RECRUITER,))
    hr.register.close()
    return code


async def test_whoever_joined_is_told_to_wait_and_finds_the_register_again(office: Office) -> None:
    """The list to unlock from comes next; the place need not be typed a second time."""
    code = _invited(office, "Cy Dow")
    async with office.app(size=(80, 24)) as (app, pilot):
        await app.push_screen(Join())
        await settled(app, pilot)
        put(app, code=code.replace("-", " ").lower(), passphrase=WORDS, again=WORDS)
        await settled(app, pilot)
        await do(app, pilot, "form.submit")
        assert isinstance(app.screen, Unlock)
        await settled(app, pilot)
        shown = " ".join(text_of(app).split())
        assert "Your keys are made, Cy Dow" in shown
        assert "Not admitted by HR yet: Cy Dow" in shown
    assert ownplace.own() == str(office.where)


async def test_a_folder_without_a_register_is_told_to_the_invited(
    office: Office, tmp_path: Path
) -> None:
    """They are sent to HR, not told to make a register of their own."""
    code = _invited(office, "Cy Dow")
    async with office.app(size=(80, 24)) as (app, pilot):
        await app.push_screen(Join())
        await settled(app, pilot)
        put(app, where=str(tmp_path / "nowhere"), code=code, passphrase=WORDS, again=WORDS)
        await settled(app, pilot)
        await do(app, pilot, "form.submit")
        assert "Ask HR which folder it is" in " ".join(text_of(app).split())


async def test_a_register_on_a_drive_that_is_away_is_not_made_anew(tmp_path: Path) -> None:
    """The first run says what is missing before anybody fills it in."""
    ownplace.remember(str(tmp_path / "drive" / "register"))
    app = apps.RecruitcheckApp(ownplace.own())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Do not make a new one" in " ".join(text_of(app).split())


@pytest.mark.parametrize(
    "secret",
    ["//app:sesame@db.example/checks", "//db.example/checks?sslmode=require&password=sesame"],
)
async def test_an_address_with_a_password_is_not_written_down(
    office: Office, tmp_path: Path, secret: str
) -> None:
    """Secrets lie nowhere in the clear: neither as the computer's register nor as the last one."""
    ownplace.remember(f"postgresql:{secret}#north")
    assert ownplace.own() == ownplace.usual()
    async with office.app(size=(80, 24)) as (app, pilot):
        app.where = f"postgresql:{secret}#north"
        app.screen.query_one("#passphrase").value = PASSPHRASE
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.desk is not None
    kept = preferences.load()
    assert kept.person and not kept.register
    assert not any(b"sesame" in file.read_bytes() for file in tmp_path.glob("*") if file.is_file())
    ownplace.remember("postgresql://app@db.example/checks#north")
    assert ownplace.own() == "postgresql://app@db.example/checks#north"


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("postgresql://app:se@same@db.example/checks#r", "postgresql://app@db.example/checks#r"),
        (
            "postgresql://db.example/c?password=sesame&a=b#r",
            "postgresql://db.example/c?password=…&a=b#r",
        ),
        ("postgresql://app@db.example/checks#r", "postgresql://app@db.example/checks#r"),
        ("/srv/register", "/srv/register"),
    ],
)
def test_what_is_printed_of_an_address_holds_no_password(given: str, printed: str) -> None:
    """Output lands in logs and mails; the rest of the address still says where it is."""
    assert ownplace.shown(given) == printed
