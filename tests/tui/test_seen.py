"""What somebody sees who has never been here: whole words, a sensible place to begin, a way to
read to the end without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from asking import granted
from office import Office, settled, text_of
from test_layout import ROUTINE, asked
from textual._context import visible_screen_stack

from recruitcheck.rules.folder import find_folder
from recruitcheck.steps.desk import Desk
from recruitcheck.tui import telling
from recruitcheck.tui.app import RecruitcheckApp
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask, day
from recruitcheck.tui.screens.applicant import ApplicantPage
from recruitcheck.tui.screens.compare import Compare
from recruitcheck.tui.screens.confirm import Confirm
from recruitcheck.tui.screens.decision import DecisionPage
from recruitcheck.tui.screens.declare import Declare
from recruitcheck.tui.screens.form import FormPage
from recruitcheck.tui.screens.help import Help
from recruitcheck.tui.screens.home import Home
from recruitcheck.tui.screens.join import Join
from recruitcheck.tui.screens.jump import Jump
from recruitcheck.tui.screens.justify import Justify
from recruitcheck.tui.screens.papers import Papers
from recruitcheck.tui.screens.patterns import Patterns
from recruitcheck.tui.screens.people import People
from recruitcheck.tui.screens.record import Record
from recruitcheck.tui.screens.referrals import Referrals
from recruitcheck.tui.screens.retention import Retention
from recruitcheck.tui.screens.settings import Settings
from recruitcheck.tui.screens.sourcing import Sourcing
from recruitcheck.tui.screens.statistics import Statistics
from recruitcheck.tui.screens.vacancy import VacancyPage
from recruitcheck.tui.tasks import intake
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.push import Push

Visit = tuple[str, Callable[[Desk], Page]]
"""What has the focus at first (an id, or a kind of widget), and how the page is made."""


def recruiters(office: Office) -> list[Visit]:
    """Pages of a recruiter."""
    return [
        ("jobs", lambda desk: Home()),
        ("Table", lambda desk: VacancyPage(office.vacancy.id)),
        ("push-applicant-mark", lambda desk: ApplicantPage(office.applicant.id)),
        ("document", lambda desk: Justify(office.applicant.id)),
        ("push-decision-again", lambda desk: DecisionPage(asked(desk, office, reason=ROUTINE))),
        ("push-declare-child", lambda desk: Declare()),
        ("push-sourcing-ask", lambda desk: Sourcing()),
        ("in-theme", lambda desk: Settings()),
        ("in-code", lambda desk: Join()),
        ("in-kind", lambda desk: FormPage(intake.document(desk, office.applicant.id))),
        ("in-title", lambda desk: FormPage(intake.vacancy(desk))),
    ]


def hr(office: Office) -> list[Visit]:
    """Pages of HR."""
    del office
    return [
        ("Table", lambda desk: People()),
        ("push-papers-bundle", lambda desk: Papers()),
        ("Table", lambda desk: Retention()),
        ("in-folder", lambda desk: Compare()),
    ]


def equality(office: Office) -> list[Visit]:
    """Pages of an equality reviewer."""
    del office
    return [
        ("Table", lambda desk: Referrals()),
        ("Table", lambda desk: Patterns()),
        ("push-statistics-import", lambda desk: Statistics()),
        ("in-folder", lambda desk: Compare()),
    ]


def cut(app: RecruitcheckApp) -> list[str]:
    """Buttons whose words do not stand on the screen whole."""
    seen = text_of(app)
    shown = [push for push in app.screen.query(Push) if push.display and push.region]
    return [
        str(push.render())
        for push in shown
        if (push.region.y < app.size.height - 1 and str(push.render()).strip() not in seen)
        or str(push.render()).rstrip().endswith("…")
    ]


@pytest.mark.parametrize(
    ("name", "pages"),
    [("Dan Reed", recruiters), ("Ruth Hale", hr), ("Mina Shaw", equality)],
    ids=["recruiter", "hr", "equality"],
)
async def test_every_button_is_whole_and_the_focus_is_where_one_begins(
    office: Office, name: str, pages: Callable[[Office], list[Visit]]
) -> None:
    """On the smallest screen each button shows all its words, and keys go to what comes first."""
    async with office.app(name, size=(80, 24)) as (app, pilot):
        for focus, make in pages(office):
            page = await app.ask(make, app.desk)
            app.push_screen(page)
            await settled(app, pilot)
            assert cut(app) == [], text_of(app)
            held = app.focused
            assert held is not None, page
            assert held is not None, page
            assert focus in (held.id, type(held).__name__), (page, held)
            app.pop_screen()
            await settled(app, pilot)


async def test_a_page_without_buttons_is_read_to_its_end_by_keys(office: Office) -> None:
    """Help, and a decision that waits for somebody else, scroll though nothing has the focus."""
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        app.push_screen(Help(app.screen))
        await settled(app, pilot)
        assert "Why it works this way" not in text_of(app)
        await pilot.press("end")
        await settled(app, pilot)
        lowest = text_of(app)
        await pilot.press("home", "pagedown", "down")
        await settled(app, pilot)
        assert lowest != text_of(app)
        assert "Everywhere" in text_of(app)


async def test_the_first_run_fits_the_smallest_screen(tmp_path: Path) -> None:
    """Its first question is seen whole, frame and buttons too, and nobody is told of a lock."""
    app = RecruitcheckApp(str(tmp_path / "register"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(app, pilot)
        seen = text_of(app)
    for words in ("╭", "╰", "Your name", "Continue", "I was invited", "nobody is signed in"):
        assert words in seen, seen


async def test_whom_to_speak_to_about_a_child_is_seen_at_once(office: Office) -> None:
    """The route stands below the button that was pressed, not at the foot of the page."""
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        app.push_screen(Declare())
        await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Speak now to: " in text_of(app)


def test_a_day_is_read_as_people_here_write_it() -> None:
    """Day before month; what is no day is asked for again, with both ways to write it."""
    for written in ("2026-05-11", "11/05/2026", "11.5.2026", "11 May 2026", " 11 may 2026 "):
        assert day(written) == date(2026, 5, 11), written
    for wrong in ("05/31/2026", "31/02/2026", "11/05/26 or so", "soon", ""):
        assert day(wrong) is None, wrong
    told = Ask(id="on", label="Seen on", kind="date").missing("soon")
    assert "11/05/2026" in told


def test_a_question_says_once_that_it_may_stay_empty() -> None:
    """Nobody reads it twice in one line."""
    assert Ask(id="a", label="A note", required=False).question == "A note (may stay empty)"
    assert Ask(id="a", label="Which (empty: all)", required=False).question == "Which (empty: all)"
    assert Ask(id="a", label="A note").question == "A note"


def test_the_policy_is_named_by_its_printed_section() -> None:
    """What tells clauses of one section apart in the files is not put before people."""
    assert telling.section("7(equality)") == "policy, section 7"
    assert telling.section("7(a)") == "policy, section 7(a)"
    assert telling.section("4.1") == "policy, section 4.1"


async def test_a_record_speaks_in_words(office: Office) -> None:
    """HR reads the verdict once, and entries by name instead of by their id."""
    desk = office.desk()
    request = asked(desk, office, reason=ROUTINE)
    desk.register.close()
    async with office.app("Ruth Hale", size=(120, 90)) as (app, pilot):
        app.push_screen(Record(request))
        await settled(app, pilot)
        seen = text_of(app)
    assert "✗ refused: " in seen
    assert "rules do not hold" in seen
    assert "decision of the rules" in seen


async def test_colourless_screens_reverse_nothing_but_what_has_the_focus(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under NO_COLOR text stays as plain as elsewhere; the focus is underlined."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        app.push_screen(DecisionPage(await app.ask(asked, app.desk, office, reason=ROUTINE)))
        await settled(app, pilot)
        written = [
            (segment.text.strip(), segment.style)
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if any(letter.isalpha() for letter in segment.text)  # no bar at the side
        ]
    assert not any(style and style.reverse for _, style in written)
    assert [words for words, style in written if style and style.underline] == ["Ask again"]


async def test_a_request_only_looked_at_is_no_draft(office: Office) -> None:
    """Opening the questions and leaving them begins nothing; an answer does."""
    async with office.app("Dan Reed", size=(120, 34)) as (app, pilot):
        for answered in (False, True):
            app.push_screen(Justify(office.applicant.id))
            await settled(app, pilot)
            if answered:
                app.screen.query_one("#field-reason", Field).value = "Because of the gardens."
            await pilot.pause(0.2)
            await app.screen.action_do("app.back")
            await settled(app, pilot)
            states = [job.state for job in app.screen._jobs]
            assert ("✎ DRAFT" in states) is answered


async def test_a_draft_that_nobody_wants_is_dropped(office: Office) -> None:
    """Only on the line of a draft, after a question; then its line is gone."""
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        assert app.screen.why_not("home.drop") == "choose the line of a draft"
        app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        app.screen.query_one("#field-reason", Field).value = "Because of the gardens."
        await pilot.pause()
        await app.screen.action_do("app.back")
        await settled(app, pilot)
        assert "Drop the draft" in text_of(app)
        for keys, kept in ((["x", "enter"], True), (["x", "tab", "enter"], False)):
            for key in keys:
                await pilot.press(key)
                await settled(app, pilot)
            assert ("✎ DRAFT" in text_of(app)) is kept


def seen_through(app: RecruitcheckApp) -> str:
    """What is painted, with the page that shows below the top one, as the app itself paints it."""
    token = visible_screen_stack.set([*app._background_screens])
    try:
        return text_of(app)
    finally:
        visible_screen_stack.reset(token)


async def test_what_stands_over_a_page_lets_it_be_seen(office: Office) -> None:
    """Letters stand on the things they lead to, and a question above the list it is about."""
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        for page in (Jump(app.screen), Confirm("Destroy it?", "Destroy")):
            app.push_screen(page)
            await settled(app, pilot)
            assert "Ann Berg" in seen_through(app), page
            app.pop_screen()


async def test_a_folder_without_a_policy_is_told_as_that(office: Office, tmp_path: Path) -> None:
    """The wrong folder is named as what it is; the same policy as one without a difference."""
    async with office.app("Mina Shaw", size=(80, 24)) as (app, pilot):
        app.push_screen(Compare())
        await settled(app, pilot)
        for folder, told in (
            (tmp_path, "There is no policy pack at "),
            (find_folder(), "The two packs say the same."),
        ):
            app.screen.query_one("#field-folder", Field).value = str(folder)
            await settled(app, pilot)
            await app.screen.action_do("policy.compare")
            await settled(app, pilot)
            assert told in text_of(app)


async def test_judging_stays_in_sight_under_many_passages(office: Office) -> None:
    """Passages scroll in their box on the smallest screen; the buttons below it do not leave."""
    granted(office)
    grown = ("beans", "peas", "carrots", "kale", "leeks", "chard", "mint")
    sent = "\n\n".join(f"Seed to Plate, my blog about school gardens, grows {it}." for it in grown)
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        for act, answer in (("home.open", ""), ("look.supplied", sent), ("form.submit", "")):
            await app.screen.action_do(act)
            await settled(app, pilot)
            if answer:
                app.screen.query_one("#field-text", Field).value = answer
                await settled(app, pilot)
        assert len(app.screen._passages) > 5
        for words in ("1 Supports", "Keep and go on", "Only passages that bear on the claim"):
            assert words in text_of(app), text_of(app)
