"""Hostile texts through every screen: no action runs, no control byte is painted, nothing exits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from asking import ANSWERS
from office import Office, settled
from test_text import FORBIDDEN

from recruitcheck.records import DocumentKind, Stage
from recruitcheck.steps import approval, intake, oversight, search
from recruitcheck.tui.page import Page
from world import PASSPHRASE

CORPUS = (
    "[@click=app.quit]press[/]",
    "[bold]unbalanced [/red] [",
    "\x1b]0;title\x07\x1b]52;c;ZXZpbA==\x07\x1b[2J\x1b[31m",
    "\x9b31m\x9d0;x\x9c C1",
    "\u202egnp.exe\u2066 direction\u2069",
    "👨\u200d👩\u200d👧\u200d👦 🇬🇧 z\u0335\u0336\u0337\u0338\u0339\u033a\u033b",
    "$ink {braces} %s {0} \\n \\x1b",
    "a" * 400,
    "أهلا \u200f وسهلا",
)
EVIL = " ".join(CORPUS)


def painted(app) -> list[str]:
    """Every piece of text on the screen, as it would be written out."""
    return [segment.text for strip in app.screen._compositor.render_strips() for segment in strip]


def check(app) -> None:
    bad = FORBIDDEN & set("".join(painted(app)))
    assert not bad, (app.screen, bad)


@pytest.fixture
def poisoned(office: Office) -> Office:
    """The same office with hostile text wherever somebody outside, or inside, can put some."""
    desk = office.desk()
    vacancy = intake.add_vacancy(
        desk,
        reference="N-2 " + CORPUS[0],
        title=EVIL[:300],
        school=EVIL[:200],
        requirements=[EVIL, "Experience of school gardens"],
        stage=Stage.SHORTLISTED,
    )
    applicant = intake.add_applicant(
        desk, vacancy.id, name="Eve " + EVIL, notice_on=date(2026, 5, 1), accounts=[EVIL]
    )
    document = intake.add_document(
        desk,
        applicant.id,
        kind=DocumentKind.CV,
        filename="cv.txt",
        title=EVIL[:120],
        data=f"I write Seed to Plate, a blog at seedtoplate.example. {EVIL}".encode(),
    )
    claim = intake.mark_claim(desk, document.id, 0, len(document.text))
    given = approval.Answers(
        claim=claim.id, holder=desk.me.id, **{k: v for k, v in ANSWERS.items() if k != "route"}
    )
    approval.justify(desk, replace(given, route="asked_applicant", reason=EVIL, note=EVIL))
    desk.register.close()
    hr = office.desk("Ruth Hale")
    request = oversight.audit(hr)[0].id
    oversight.ask(hr, request, EVIL)
    oversight.note(hr, request, EVIL)
    hr.register.close()
    return replace(office, applicant=applicant, document=document, vacancy=vacancy)


async def every_page(app, pilot, pages: list[Page]) -> None:
    for page in pages:
        await app.push_screen(page)
        await settled(app, pilot)
        check(app)
        for x, y in ((3, 3), (20, 5), (40, 8), (10, 12)):
            await pilot.click(offset=(x, y))
            await settled(app, pilot)
            check(app)
        while app.screen is not page:
            app.pop_screen()
        app.pop_screen()
        await settled(app, pilot)
    assert app.is_running
    assert app.return_code is None
    assert app.clipboard == ""


async def test_recruiter_screens_obey_nothing(poisoned: Office) -> None:
    """Every screen of the recruiter shows hostile text as text."""
    from recruitcheck.tui.screens.applicant import ApplicantPage
    from recruitcheck.tui.screens.decision import DecisionPage
    from recruitcheck.tui.screens.help import Help
    from recruitcheck.tui.screens.home import Home
    from recruitcheck.tui.screens.justify import Justify
    from recruitcheck.tui.screens.messages import Messages
    from recruitcheck.tui.screens.vacancy import VacancyPage

    async with poisoned.app("Dan Reed") as (app, pilot):
        app.notify(EVIL)
        asked = app.desk.register.entries(type="justification")
        await every_page(
            app,
            pilot,
            [
                Home(),
                ApplicantPage(poisoned.applicant.id),
                VacancyPage(poisoned.vacancy.id),
                Justify(poisoned.applicant.id),
                DecisionPage(next(iter(asked)).subject),
                Messages(),
                Help(Home()),
            ],
        )


async def test_hr_and_reviewer_screens_obey_nothing(poisoned: Office) -> None:
    """The audit list and the whole record show hostile text as text."""
    from recruitcheck.tui.screens.audit import Audit
    from recruitcheck.tui.screens.record import Record

    async with poisoned.app("Ruth Hale") as (app, pilot):
        request = oversight.audit(app.desk)[0].id
        await every_page(app, pilot, [Audit(), Record(request)])


async def test_a_hostile_page_is_shown_as_text(office: Office) -> None:
    """Passages of a page that carries escapes and markup are painted, not obeyed."""
    desk = office.desk()
    start = office.document.text.index("I write")
    claim = intake.mark_claim(
        desk, office.document.id, start, office.document.text.index("\n", start)
    )
    outcome = approval.justify(
        desk,
        replace(
            approval.Answers(
                claim=claim.id,
                holder=desk.me.id,
                **{k: v for k, v in ANSWERS.items() if k != "route"},
            ),
            route="asked_applicant",
        ),
    )
    assert outcome.grant
    text = f"Seed to Plate is a blog about school gardens {EVIL[:600]}"
    search.observe(
        desk,
        outcome.grant.id,
        search.Observation(
            address=outcome.grant.addresses[0],
            text=text,
            seen_on=date(2026, 5, 4),
            public=True,
            not_logged_in=True,
            no_contact=True,
        ),
    )
    desk.register.close()
    from recruitcheck.tui.screens.look import Look

    async with office.app("Dan Reed") as (app, pilot):
        await every_page(app, pilot, [Look(outcome.grant.id)])


async def test_pasting_hostile_text_into_fields(office: Office) -> None:
    """What is pasted into a line or an area neither paints control bytes nor adds lines."""
    from textual import events

    from recruitcheck.tui.screens.form import FormPage
    from recruitcheck.tui.tasks import intake as tasks

    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(FormPage(await app.ask(tasks.vacancy, app.desk)))
        await settled(app, pilot)
        for name in ("title", "requirements"):
            field = app.screen.query_one(f"#in-{name}")
            field.focus()
            field.post_message(events.Paste("one\r\ntwo " + EVIL))
            await settled(app, pilot)
            check(app)
        answers = app.screen.answers
        assert "\n" not in answers["title"]
        assert not FORBIDDEN - {"\n"} & set(answers["title"] + answers["requirements"])


async def test_unlock_shows_names_as_text(office: Office) -> None:
    """Even the list of people before anybody unlocked is only painted."""
    async with office.app() as (app, pilot):
        app.screen.tell(EVIL, EVIL, wrong=True, kept=EVIL)
        await settled(app, pilot)
        check(app)
        assert PASSPHRASE not in "".join(painted(app))
