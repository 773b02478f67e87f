"""What each desk starts from its own screens: by keys, on a real register."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from asking import granted
from office import Office, settled, text_of

from recruitcheck.rules import grounds
from recruitcheck.tui import app as opened
from recruitcheck.tui import drafts
from recruitcheck.tui.app import RecruitcheckApp
from recruitcheck.tui.everywhere import SHOW_DEMO
from recruitcheck.tui.screens.compare import Compare
from recruitcheck.tui.screens.declare import Declare
from recruitcheck.tui.screens.first_run import FirstRun
from recruitcheck.tui.screens.justify import Justify
from recruitcheck.tui.screens.papers import Papers
from recruitcheck.tui.screens.people import People
from recruitcheck.tui.screens.statistics import Statistics
from recruitcheck.tui.widgets.fields import Field


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
    granted(office)
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        assert f"{office.applicant.id} Ann Berg" in text_of(app)
        await pilot.press("m")
        await settled(app, pilot)
        assert isinstance(app.screen, Justify)
        assert "Ann Berg" in text_of(app)


async def fill(app, pilot, **answers: str) -> None:
    """Fill in a form and record it."""
    for name, value in answers.items():
        app.screen.query_one(f"#field-{name}", Field).value = value
    await settled(app, pilot)
    await pilot.press("ctrl+s")
    await settled(app, pilot)


async def test_hr_records_training(office: Office) -> None:
    """HR records on the People screen until when somebody's training holds, and never their own."""
    async with office.app("Ruth Hale", size=(80, 24)) as (app, pilot):
        await app.push_screen(People())
        await settled(app, pilot)
        names = [person.name for person in app.screen._people]
        down = ["down"] * names.index("Ruth Hale")
        await pilot.press(*down)
        await settled(app, pilot)
        assert app.screen.why_not("people.trained") == "somebody else records your own"
        await pilot.press(*["up"] * (names.index("Ruth Hale") - names.index("Dan Reed")))
        await settled(app, pilot)
        await pilot.press("t")
        await settled(app, pilot)
        await fill(app, pilot, until="2028-05-01")
        assert "trained until 1 May 2028" in text_of(app)
        assert "equality reviewer" in text_of(app)
    assert office.types()[-1] == "training-attested"


async def test_hr_answers_an_access_request(office: Office, tmp_path: Path) -> None:
    """Two keys and a form lead from the audit list to the folder for an applicant who asks."""
    folder = tmp_path / "bundle"
    async with office.app("Ruth Hale", size=(80, 24)) as (app, pilot):
        await pilot.press("b")
        await settled(app, pilot)
        await pilot.press("a")
        await settled(app, pilot)
        known = "Came in person with a passport."
        await fill(app, pilot, applicant=office.applicant.id, identity=known, folder=str(folder))
        assert isinstance(app.screen, Papers), text_of(app)
        assert "Written to" in text_of(app)
    assert (folder / "SHA256SUMS").is_file()
    assert "disclosure" in office.types()


async def test_hr_opens_a_breach_report(office: Office) -> None:
    """From the form on the Papers screen the 72 hours run; a time that is none is told in words."""
    async with office.app("Ruth Hale", size=(80, 24)) as (app, pilot):
        await app.push_screen(Papers())
        await settled(app, pilot)
        await pilot.press("r")
        await settled(app, pilot)
        given = {"people": "Six applicants", "effect": "Names were read", "containment": "Locked"}
        await fill(app, pilot, what="A laptop was left on a train.", hour="nine", **given)
        assert "is no time" in text_of(app)
        held = app.screen.query_one("#field-day", Field).value
        assert held.count("/") == 2  # as schools write a day
        await fill(app, pilot, hour="00:00")
        assert "the 72 hours run from" in text_of(app), text_of(app)
    assert office.types()[-1] == "breach"


async def test_hr_answers_an_objection(office: Office) -> None:
    """It is answered with reasons by somebody in HR; where none waits, that is said."""
    from recruitcheck.steps import rights

    async with office.app("Ruth Hale", size=(80, 24)) as (app, pilot):
        await app.push_screen(Papers())
        await settled(app, pilot)
        await pilot.press("j")
        await settled(app, pilot)
        assert "No objection waits" in text_of(app)
        made = await app.ask(rights.object_to, app.desk, office.applicant.id, "Please do not.")
        await pilot.press("j")
        await settled(app, pilot)
        await fill(app, pilot, objection=made.id, verdict="upheld", why="They are right.")
        assert "searching stays stopped" in text_of(app), text_of(app)
        assert not await app.ask(rights.objections, app.desk)


async def test_hr_writes_a_breach_pack(office: Office, tmp_path: Path) -> None:
    """The pack for an investigator is a form on the Papers screen."""
    file = tmp_path / "pack.zip"
    async with office.app("Ruth Hale", size=(80, 24)) as (app, pilot):
        await app.push_screen(Papers())
        await settled(app, pilot)
        await pilot.press("k")
        await settled(app, pilot)
        await fill(app, pilot, file=str(file))
        assert "Written to" in text_of(app)
    assert zipfile.is_zipfile(file)


async def test_hr_makes_any_other_paper(office: Office, tmp_path: Path) -> None:
    """Letters, reports and records are one form; what cannot be is told before a file is made."""
    file = tmp_path / "attention.html"
    async with office.app("Ruth Hale", size=(80, 24)) as (app, pilot):
        await app.push_screen(Papers())
        await settled(app, pilot)
        await pilot.press("o")
        await settled(app, pilot)
        await fill(app, pilot, kind="record", file=str(file))
        assert "Say which request" in text_of(app) and not file.exists()
        await fill(app, pilot, kind="exceptions")
        assert "Written to" in text_of(app)
    assert "What needs attention" in file.read_text()


async def test_hr_draws_an_audit_sample(office: Office) -> None:
    """A draw shows its word and what was drawn; a number that is none is told in words."""
    granted(office)
    async with office.app("Ruth Hale", size=(80, 24)) as (app, pilot):
        await app.push_screen(Papers())
        await settled(app, pilot)
        await pilot.press("s")
        await settled(app, pilot)
        await fill(app, pilot, size="many", seed="larkfield")
        assert "must be a number" in text_of(app)
        await fill(app, pilot, size="1")
        assert "Drawn (1 of 1): J-" in text_of(app), text_of(app)
        assert "Drawn by: larkfield" in text_of(app)
    assert office.types()[-1] == "audit-sample"


async def test_content_about_the_trust_stands_on_one_paper_only(
    office: Office, tmp_path: Path
) -> None:
    """What is typed for the headteacher is in the file that is handed over and in no draft."""
    words = "A post calls our dinners grey."
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        await app.push_screen(Declare())
        await settled(app, pilot)
        await pilot.click("#push-declare-trust")
        await settled(app, pilot)
        app.screen.query_one("#field-content", Field).value = words
        await settled(app, pilot)
        await app.screen.save_draft_now()
        assert not await app.ask(drafts.load, app.desk, app.screen._draft_key)
        (tmp_path / "Downloads").mkdir()
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "Saved as" in text_of(app)
    assert words in (tmp_path / "Downloads" / "for-the-headteacher.html").read_text()
    assert office.types()[-1] == "declaration"


async def test_a_report_nobody_asked_for_is_locked_away_unread(
    office: Office, tmp_path: Path
) -> None:
    """Whoever received it seals it from the app; HR's list says that it came, not what it says."""
    (tmp_path / "report.txt").write_text("Everything about her.")
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        await app.push_screen(Declare())
        await settled(app, pilot)
        await pilot.click("#push-declare-report")
        await settled(app, pilot)
        await fill(app, pilot, applicant=office.applicant.id, file=str(tmp_path / "report.txt"))
    assert office.types()[-2:] == ["declaration", "report-quarantined"]
    async with office.app("Ruth Hale", size=(160, 45)) as (app, pilot):
        seen = text_of(app)
        assert "unasked report" in seen, seen
        assert "Everything" not in seen


async def test_two_people_change_the_policy(office: Office, tmp_path: Path) -> None:
    """HR proposes a changed pack and may not adopt it; an equality reviewer adopts it, and HR
    works under it from the next unlock on, with nothing to put in place."""
    folder = tmp_path / "pack"
    shutil.copytree(grounds.find_folder(), folder)
    text = (folder / "policy.toml").read_text()
    (folder / "policy.toml").write_text(text.replace('version = "2026.1"', 'version = "2026.2"'))
    async with office.app("Ruth Hale", size=(80, 24)) as (app, pilot):
        await app.push_screen(Compare())
        await settled(app, pilot)
        app.screen.query_one("#field-folder", Field).value = str(folder)
        await settled(app, pilot)
        await app.screen.action_do("policy.propose")
        await settled(app, pilot)
        await fill(app, pilot, why="The version year has a second edition.")
        assert "Waiting for a second person" in text_of(app)
        assert "somebody else" in (app.screen.why_not("policy.adopt") or "")
    async with office.app("Mina Shaw", size=(80, 24)) as (app, pilot):
        await app.push_screen(Compare())
        await settled(app, pilot)
        await app.screen.action_do("policy.adopt")
        await settled(app, pilot)
        await fill(app, pilot, folder=str(folder))
        assert isinstance(app.screen, Compare), text_of(app)
    assert office.types()[-1] == "policy-set"
    async with office.app("Ruth Hale", size=(80, 24)) as (app, _):
        assert app.desk.pack.policy.version == "2026.2"
        assert "policy files have changed" not in text_of(app)


async def test_monitoring_answers_that_fit_nobody_are_not_imported(
    office: Office, tmp_path: Path
) -> None:
    """An equality reviewer names the CSV file on the Statistics screen; what is wrong with it is
    told in place, and nothing is recorded then."""
    file = tmp_path / "answers.csv"
    file.write_text("reference,sex\nM-1,Woman\n")
    async with office.app("Mina Shaw", size=(80, 24)) as (app, pilot):
        await app.push_screen(Statistics())
        await settled(app, pilot)
        await pilot.press("i")
        await settled(app, pilot)
        await fill(app, pilot, file=str(file))
        assert "monitoring reference" in text_of(app), text_of(app)
    assert "monitoring" not in office.types()
