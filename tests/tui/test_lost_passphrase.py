"""A passphrase that is lost, or that somebody wants to change."""

from __future__ import annotations

from asking import ANSWERS, granted
from office import Office, settled, text_of
from test_occasional_screens import WORDS, do, put

from recruitcheck.records import Applicant, Claim
from recruitcheck.steps import approval
from recruitcheck.tui.screens.form import FormPage
from recruitcheck.tui.screens.join import Join
from recruitcheck.tui.screens.people import People
from recruitcheck.tui.screens.recover import Recover
from recruitcheck.tui.screens.settings import Settings
from recruitcheck.tui.screens.unlock import Unlock
from recruitcheck.tui.tasks.ownkeys import PASSPHRASE
from recruitcheck.tui.widgets.table import Table
from recruitcheck.tui.widgets.words import Words
from world import PASSPHRASE as OLD


async def test_hr_gives_a_new_code_and_the_cases_stay(office: Office) -> None:
    """New code, join, admit: the same person unlocks with the new words, reads the case and asks
    again, though what they asked before was sealed to keys that are gone."""
    granted(office)
    async with office.app("Ruth Hale", size=(100, 32)) as (app, pilot):
        await app.push_screen(People())
        await settled(app, pilot)
        names = [person.name for person in app.screen._people]
        app.screen.query_one(Table).cursor = names.index("Dan Reed")
        await do(app, pilot, "people.code")
        assert app.screen.why_not("people.admit") == "they have to join with their code first"
        code = str(app.screen.query_one("#code", Words).render()).splitlines()[-1]
    async with office.app(size=(100, 32)) as (app, pilot):
        await app.push_screen(Join())
        await settled(app, pilot)
        put(app, code=code, passphrase=WORDS, again=WORDS)
        await settled(app, pilot)
        await do(app, pilot, "form.submit")
        assert isinstance(app.screen, Unlock)
    async with office.app("Ruth Hale", size=(100, 32)) as (app, pilot):
        await app.push_screen(People())
        await settled(app, pilot)
        assert "joined, waits for you" in text_of(app)
        app.screen.query_one(Table).cursor = names.index("Dan Reed")
        await do(app, pilot, "people.admit")
    opened = office.desk("Dan Reed", WORDS)
    assert opened.get(Applicant, office.applicant.id).name == office.applicant.name
    (claim,) = opened.all(Claim, office.applicant.id)
    given = approval.Answers(claim=claim.id, **{**ANSWERS, "holder": opened.me.id})
    assert approval.justify(opened, given).grant is not None
    opened.register.close()


async def test_the_recovery_sheet_can_be_used_from_the_first_screen(office: Office) -> None:
    """A code that is none is refused in words; the page says to ask HR first."""
    async with office.app(size=(80, 24)) as (app, pilot):
        await do(app, pilot, "unlock.lost")
        assert isinstance(app.screen, Recover)
        assert "Ask HR first" in text_of(app)
        put(app, name="Ruth Hale", code="ABCD-EFGH", passphrase=WORDS, again=WORDS)
        await settled(app, pilot)
        await do(app, pilot, "form.submit")
        assert "Compare it with the sheet" in " ".join(text_of(app).split())
        put(app, code=office.recovery, passphrase=WORDS, again=WORDS)
        await settled(app, pilot)
        await do(app, pilot, "form.submit")
        assert "Ruth Hale has new keys" in " ".join(text_of(app).split())
    office.desk("Ruth Hale", WORDS).register.close()


async def test_ones_own_passphrase_is_changed_in_the_settings(office: Office) -> None:
    """The old one is asked for, the new one twice; both mistakes are told."""
    async with office.app("Dan Reed", size=(100, 32)) as (app, pilot):
        await app.push_screen(Settings())
        await settled(app, pilot)
        await do(app, pilot, "settings.passphrase")
        assert isinstance(app.screen, FormPage)
        assert app.screen.form is PASSPHRASE
        put(app, old=OLD, new=WORDS, again="something else entirely")
        await do(app, pilot, "form.submit")
        assert "not typed twice alike" in text_of(app)
        put(app, old="not the old one", again=WORDS)
        await do(app, pilot, "form.submit")
        assert "does not fit" in text_of(app)
        put(app, old=OLD)
        await do(app, pilot, "form.submit")
        assert isinstance(app.screen, Settings)
    office.desk("Dan Reed", WORDS).register.close()
