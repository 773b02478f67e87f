"""Screens that people meet once a term or once in a post: the first run, joining, settings,
retention, patterns, finding candidates, an outside researcher, jumping by letter."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asking import ANSWERS, granted
from office import Office, settled, text_of
from test_desks import fill

from recruitcheck.records import Justification, Role, Stage
from recruitcheck.steps import approval, intake, people
from recruitcheck.steps.desk import open_desk
from recruitcheck.tui import deliver, preferences
from recruitcheck.tui.app import RecruitcheckApp
from recruitcheck.tui.screens.first_run import FirstRun
from recruitcheck.tui.screens.form import FormPage
from recruitcheck.tui.screens.home import Home
from recruitcheck.tui.screens.join import Join
from recruitcheck.tui.screens.look import Look
from recruitcheck.tui.screens.patterns import Patterns
from recruitcheck.tui.screens.people import People
from recruitcheck.tui.screens.record import Record
from recruitcheck.tui.screens.retention import Retention
from recruitcheck.tui.screens.settings import Settings
from recruitcheck.tui.screens.sourcing import Sourcing
from recruitcheck.tui.screens.thirdparty import ThirdParty
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.table import Table

WORDS = "copper lantern forest bicycle"


def put(app: Any, **answers: str) -> None:
    """Type into fields of the screen."""
    for name, value in answers.items():
        app.screen.query_one(f"#field-{name}", Field).value = value


async def do(app: Any, pilot: Any, action: str) -> None:
    """What the button, the key and the palette do."""
    await app.screen.action_do(action)
    await settled(app, pilot)


async def test_the_first_person_sets_up_a_register_in_four_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made before the passphrase is good and typed twice; the recovery code must be
    kept before going on, and two of three sheets serve; at the end one sits at one's desk."""
    where = tmp_path / "register"
    app = RecruitcheckApp(str(where))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(app, pilot)
        assert app.screen.why_not("first.continue") == "fill in all three"
        put(app, origin="Northfield Trust", name="Ann Lee")
        await settled(app, pilot)
        await do(app, pilot, "first.continue")
        put(app, passphrase="short", again="short")
        await settled(app, pilot)
        assert app.screen.why_not("first.continue") == "a stronger passphrase"
        put(app, passphrase=WORDS, again="another")
        await settled(app, pilot)
        assert "not the same" in text_of(app)
        assert not where.exists()
        put(app, again=WORDS)
        await settled(app, pilot)
        await do(app, pilot, "first.continue")
        assert isinstance(app.screen, FirstRun)
        assert "recovery sheet" in text_of(app)
        monkeypatch.setattr(deliver, "_free", lambda name: tmp_path / "no such folder" / name)
        await do(app, pilot, "first.sheets")
        assert app.screen.why_not("first.continue") == "print or copy it first"
        monkeypatch.setattr(deliver, "_free", lambda name: tmp_path / name)
        await do(app, pilot, "first.sheets")
        await do(app, pilot, "first.continue")
        assert "No quoted claim, no search" in text_of(app)
        await do(app, pilot, "first.continue")
        assert not isinstance(app.screen, FirstRun)
    opened = open_desk(str(where), "Ann Lee", WORDS)
    assert opened.me.roles == (Role.HR,)
    second, third = (
        (tmp_path / f"recruitcheck-recovery-sheet-{number}-of-3.txt").read_text()
        for number in (2, 3)
    )
    line = r"Together with sheet {}: +(\S+)"
    lines = [re.findall(line.format(3), second)[0], re.findall(line.format(2), third)[0]]
    opened.register.recover(" ".join(lines), "Ann Lee", "other words for the same person")
    opened.register.close()


async def test_an_invited_person_joins_and_hr_admits_them(office: Office) -> None:
    """The code and a passphrase of one's own make the keys; nobody is in before HR says so."""
    hr = office.desk("Ruth Hale")
    code = people.invite(hr, "Cy Dow", (Role.RECRUITER,))
    hr.register.close()
    async with office.app(size=(80, 24)) as (app, pilot):
        await app.push_screen(Join())
        await settled(app, pilot)
        put(app, code=code, passphrase="abc", again="abc")
        await settled(app, pilot)
        assert app.screen.why_not("form.submit") == "a stronger passphrase"
        put(app, passphrase=WORDS, again=WORDS)
        await settled(app, pilot)
        await do(app, pilot, "form.submit")
        assert "Your keys are made, Cy Dow" in text_of(app)
    async with office.app("Ruth Hale", size=(80, 24)) as (app, pilot):
        await app.push_screen(People())
        await settled(app, pilot)
        names = [person.name for person in app.screen._people]
        app.screen.query_one(Table).cursor = names.index("Cy Dow")
        await do(app, pilot, "people.admit")
    opened = office.desk("Cy Dow", WORDS)
    assert opened.me.roles == (Role.RECRUITER,)
    opened.register.close()


async def test_settings_keep_a_key_of_ones_own_and_refuse_one_that_is_none(office: Office) -> None:
    """Mistakes are named in place; what is saved holds at once and next time."""
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        await app.push_screen(Settings())
        await settled(app, pilot)
        put(app, keys="justify.submitt = f9")
        await do(app, pilot, "form.submit")
        assert preferences.load().keys == {}
        put(app, keys="form.submit = s\nhome.vacancy = ctrl+l")
        await settled(app, pilot)
        await do(app, pilot, "form.submit")
        assert preferences.load().keys == {}
        wrong = " ".join(text_of(app).split())
        assert "s is typed in answers, too" in wrong
        assert "ctrl+l already means “Lock”" in wrong
        put(app, keys="home.vacancy = f9", theme="light", minutes="30")
        await do(app, pilot, "form.submit")
        assert "Saved." in text_of(app)
        assert app.theme == "light"
        await pilot.press("escape", "escape")  # the notice first, then the screen
        await settled(app, pilot)
        assert isinstance(app.screen, Home)
        await pilot.press("f9")
        await settled(app, pilot)
        assert "Add a vacancy" in text_of(app) or "Vacancy" in text_of(app)
    kept = preferences.load()
    assert (dict(kept.keys), kept.theme, kept.lock_minutes) == (
        {"home.vacancy": "f9"}, "light", 30,
    )  # fmt: skip


async def test_colours_that_are_gone_are_replaced(office: Office, tmp_path: Path) -> None:
    """A name of colours that this version does not know is no fault; what was tried on and not
    saved is taken off again."""
    (tmp_path / "preferences.json").write_text('{"theme": "solarized"}')
    async with office.app("Dan Reed") as (app, pilot):
        await pilot.press("f2")
        await settled(app, pilot)
        put(app, theme="contrast light")
        await settled(app, pilot)
        assert app.theme == "contrast light"
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, Home)
        assert app.theme == "dark"


async def test_a_hold_pauses_destruction_and_destruction_is_asked_first(office: Office) -> None:
    """A case on hold is never destroyed; lifted and due, it is, after a question that Esc answers
    with no; the ledger then holds intent and certificate."""
    granted(office)
    clerk = office.desk("Dan Reed")
    intake.change_vacancy(clerk, office.vacancy.id, stage=Stage.CLOSED, decided_on=clerk.today)
    clerk.register.close()
    office.clock.forward(timedelta(days=900))
    case = office.applicant.id
    async with office.app("Ruth Hale", size=(100, 30)) as (app, pilot):
        await app.push_screen(Retention())
        await settled(app, pilot)
        assert "days over" in text_of(app)
        await do(app, pilot, "retention.hold")
        await fill(app, pilot, cause="claim", note="A letter before action came.")
        assert "on hold" in text_of(app)
        assert app.screen.why_not("retention.run") == "nothing is due"
        await do(app, pilot, "retention.lift")
        await fill(app, pilot, why="The claim was settled.")
        assert "days over" in text_of(app)
        await do(app, pilot, "retention.run")
        assert case in text_of(app)
        await pilot.press("escape")
        await settled(app, pilot)
        assert "shred-intent" not in office.types()
        await do(app, pilot, "retention.run")
        await pilot.press("tab", "enter")
        await settled(app, pilot)
        assert "certificate" in text_of(app)
    assert office.types().count("shred-done") == 1


async def test_hr_hands_a_leavers_case_over_from_its_record(office: Office) -> None:
    """Whoever records a leaver is told which cases are left alone, and can hand them on."""
    granted(office)
    hr = office.desk("Ruth Hale")
    request = hr.all(Justification)[0].id
    hr.register.close()
    async with office.app("Ruth Hale", size=(100, 32)) as (app, pilot):
        await app.push_screen(People())
        await settled(app, pilot)
        names = [person.name for person in app.screen._people]
        app.screen.query_one(Table).cursor = names.index("Dan Reed")
        await do(app, pilot, "people.leave")
        await pilot.press("tab", "enter")
        await settled(app, pilot)
        assert f"No recruiter is left on {office.applicant.id}" in text_of(app)
        await app.push_screen(Record(request))
        await settled(app, pilot)
        await do(app, pilot, "record.applicant")
        await do(app, pilot, "applicant.share")
        assert isinstance(app.screen, FormPage)
        assert all("Dan Reed" not in words for _, words in app.screen.form.asks[0].options)


async def test_patterns_name_their_cases_and_take_a_note(office: Office) -> None:
    """The same reason for claims of other kinds stands out by code, never by name, and what the
    reviewer makes of it is an entry."""
    granted(office)
    clerk = office.desk("Dan Reed")
    start = office.document.text.index("2019 to 2024")
    end = office.document.text.index("\n", start)
    claim = intake.mark_claim(clerk, office.document.id, start, end)
    approval.justify(clerk, approval.Answers(claim=claim.id, holder=clerk.me.id, **ANSWERS))
    clerk.register.close()
    async with office.app("Mina Shaw", size=(100, 30)) as (app, pilot):
        await app.push_screen(Patterns())
        await settled(app, pilot)
        assert office.applicant.id in text_of(app)
        assert "Ann Berg" not in text_of(app)
        await do(app, pilot, "record.note")
        await fill(app, pilot, text="Two claims, one reason copied; I spoke to HR.")
    assert office.types()[-1] == "review"


async def test_candidates_are_found_with_the_advertisements_words_only(
    office: Office, tmp_path: Path
) -> None:
    """A word that the advertisement lacks is refused in place; a person who is approached is
    listed with the day by which they must be told, and the notice to tell them is handed over."""
    (tmp_path / "Downloads").mkdir()
    clerk = office.desk("Dan Reed")
    post = intake.add_vacancy(
        clerk,
        reference="P-12",
        title="Teacher of physics",
        school="Northfield School",
        requirements=["Teaches physics"],
        advertised_words="Teacher of physics with workshop skills",
    )
    clerk.register.close()
    async with office.app("Dan Reed", size=(100, 30)) as (app, pilot):
        await app.push_screen(Sourcing())
        await settled(app, pilot)
        assert app.screen.why_not("sourcing.approach") == "ask first"
        await do(app, pilot, "sourcing.ask")
        await fill(app, pilot, vacancy=post.id, criteria="young physics teachers")
        assert not isinstance(app.screen, Sourcing)
        await fill(app, pilot, criteria="physics\nworkshop skills")
        assert isinstance(app.screen, Sourcing), text_of(app)
        assert "You may look at" in text_of(app)
        await do(app, pilot, "sourcing.approach")
        await fill(app, pilot, name="Kit Lowe", where="openwork.example/kit")
        assert "Kit Lowe" in text_of(app)
        assert "not yet" in text_of(app)
        notice = next((tmp_path / "Downloads").glob("notice-*.html"))
        assert "openwork.example/kit" in notice.read_text()
        await do(app, pilot, "sourcing.told")
        assert "not yet" not in text_of(app)


async def test_a_researcher_gets_an_instruction_and_the_report_is_judged(
    office: Office, tmp_path: Path
) -> None:
    """Two files go out; the report that comes back shows passages to judge like any other."""
    (tmp_path / "Downloads").mkdir()
    grant = granted(office, third_party="Lumen Research")
    async with office.app("Dan Reed", size=(100, 30)) as (app, pilot):
        await app.push_screen(Look(grant))
        await settled(app, pilot)
        await app.push_screen(ThirdParty(grant))
        await settled(app, pilot)
        assert "Lumen Research" in text_of(app)
        await do(app, pilot, "third.instruct")
        letter = tmp_path / "Downloads" / f"instruction-{grant}.txt"
        told = json.loads(letter.with_suffix(".json").read_text())
        assert "Seed to Plate" in letter.read_text()
        report = tmp_path / "report.json"
        body = told["instruction"]["report"]
        body["declaration"] = "No other page was opened."
        body["items"][0] |= {
            "url": f"https://seedtoplate.example:{office.web.port}/",
            "observed_at": office.clock.now().isoformat(),
            "text": "Seed to Plate is a blog about school gardens, written by Ann Berg every week.",
        }
        report.write_text(json.dumps(body))
        await do(app, pilot, "third.report")
        await fill(app, pilot, file=str(report))
        assert isinstance(app.screen, Look)
        await app.push_screen(ThirdParty(grant))
        await settled(app, pilot)
        await do(app, pilot, "third.report")
        await fill(app, pilot, file=str(report))
        assert "taken in already" in text_of(app)
    assert office.types().count("lookup") == 2


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_f6_puts_a_letter_on_what_can_be_reached(office: Office, size) -> None:
    """One key shows the letters, the next goes there; any other key changes nothing."""
    async with office.app("Dan Reed", size=size) as (app, pilot):
        chain = [widget for widget in app.screen.focus_chain if widget.region]
        await pilot.press("f6", "c")
        await settled(app, pilot)
        assert app.screen.focused is chain[2]
        await pilot.press("f6", "9")
        await settled(app, pilot)
        assert isinstance(app.screen, Home)
        assert app.screen.focused is chain[2]
