"""What goes wrong: each time a clear word, a next step, and nothing lost."""

from __future__ import annotations

import asyncio
import errno
import threading
from typing import Any

import pytest
from asking import ANSWERS, answer, granted, mark
from office import Office, settled, text_of
from textual.containers import Vertical

from recruitcheck.errors import LookupFailed
from recruitcheck.steps import approval
from recruitcheck.tui import drafts
from recruitcheck.tui.page import Page
from recruitcheck.tui.screens.home import Home
from recruitcheck.tui.screens.justify import Justify
from recruitcheck.tui.screens.look import Look
from recruitcheck.tui.screens.unlock import Unlock
from world import PASSPHRASE


async def test_a_wrong_passphrase_says_so_and_can_be_tried_again(office: Office) -> None:
    """A wrong passphrase says so and lets one try again; the right one opens the register."""
    async with office.app() as (app, pilot):
        people = app.screen.query_one("#people")
        people.highlighted = app.screen._names.index("Dan Reed")
        field = app.screen.query_one("#passphrase")
        field.value = "not the right words"
        await pilot.press("enter")
        await settled(app, pilot)
        assert "✗" in text_of(app)
        assert "passphrase" in text_of(app)
        assert isinstance(app.screen, Unlock)
        assert field.value == ""
        assert "not the right words" not in text_of(app)
        field.value = PASSPHRASE
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Home)


async def test_a_site_that_is_down_is_told_with_what_else_can_be_done(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site that does not answer is told in words, the lookup stands in the ledger, and one
    can try again, look oneself, or ask the applicant."""
    from recruitcheck.sources import web

    def down(*_: object, **__: object) -> None:
        raise LookupFailed("The site did not answer.", "Try again later.")

    monkeypatch.setattr(web, "fetch", down)
    grant = granted(office)
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Look(grant))
        await settled(app, pilot)
        await pilot.press("ctrl+s")  # it records elsewhere; here nothing leaves by mistake
        await settled(app, pilot)
        assert not office.types().count("lookup")
        await pilot.press("g")
        await settled(app, pilot)
        assert "did not answer" in text_of(app)
        assert app.screen.why_not("look.start") is None
        assert app.screen.why_not("look.observe") is None
    assert office.types().count("lookup") == 1
    assert office.types().count("lookup-result") == 1


async def test_stop_is_obeyed_while_the_source_is_still_asked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stop is obeyed while the source is still being asked, keys are answered meanwhile, and the
    lookup is recorded as stopped."""
    from recruitcheck.sources import web

    real, asked, go_on = web.fetch, threading.Event(), threading.Event()

    def slow(*args: object, **options: object) -> object:
        asked.set()
        go_on.wait(20)
        return real(*args, **options)

    monkeypatch.setattr(web, "fetch", slow)
    grant = granted(office)
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Look(grant))
        await settled(app, pilot)
        await pilot.press("g")
        while not asked.is_set():
            await pilot.pause(0.02)
        assert app.screen.why_not("look.start") == "it is looking now"
        await pilot.press("x")
        await pilot.pause()
        assert "Stopping" in text_of(app)
        go_on.set()
        await settled(app, pilot)
        assert "Stopped" in text_of(app)
        assert app.screen._sights[-1].lookup.outcome == "stopped"


async def test_a_window_made_small_keeps_every_answer(office: Office) -> None:
    """Shrinking the window to 80 by 24 while a justification is being written keeps every answer
    and leaves the button in reach."""
    async with office.app("Dan Reed", size=(160, 45)) as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        await mark(office, app, pilot)
        await answer(app, pilot)
        await pilot.resize_terminal(80, 24)
        await settled(app, pilot)
        assert app.screen.answers["reason"] == ANSWERS["reason"]
        assert "Record and decide" in text_of(app)
        push = app.screen.query_one("#push-justify-submit")
        assert push.region.bottom <= 23


async def test_a_locked_screen_gives_the_work_back_to_its_person_alone(office: Office) -> None:
    """Locking covers the page, names nobody, closes the register, and the same person finds their
    half-written answers again; somebody else does not."""
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        await answer(app, pilot, {"reason": "half a thought about gardens"})
        await pilot.press("ctrl+l")
        await settled(app, pilot)
        assert isinstance(app.screen, Unlock)
        assert "Ann Berg" not in text_of(app)
        assert not app.unlocked
        app.screen.query_one("#passphrase").value = PASSPHRASE
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.screen.answers["reason"] == "half a thought about gardens"
        await pilot.press("ctrl+l")
        await settled(app, pilot)
        app.screen.query_one("#people").highlighted = app.screen._names.index("Tom Ellis")
        app.screen.query_one("#passphrase").value = PASSPHRASE
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Home)
        assert len(app.screen_stack) == 2


async def test_a_list_read_too_late_for_a_page_that_closes_is_dropped(office: Office) -> None:
    """Somebody else may unlock while the last person's list is read; the app goes on."""
    async with office.app("Dan Reed") as (app, pilot):
        before = app.screen

        async def too_late() -> None:
            app.sit_down(await app.ask(office.desk, "Ruth Hale"))
            before.query_one("#gone")

        app.run_worker(before._finish(too_late))
        await settled(app, pilot)
        assert app.is_running
        assert app.screen is not before


async def test_an_application_that_was_only_read_leaves_no_draft(office: Office) -> None:
    """Home shows a draft where something was typed or marked, and nowhere else."""
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        await pilot.pause(0.7)
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, Home)
        assert "DRAFT" not in text_of(app)


async def test_who_types_ahead_types_into_the_next_field(office: Office) -> None:
    """On a slow computer, what follows Tab goes where Tab leads, however fast it was typed."""
    from textual.events import Key

    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        app.screen.query_one("#in-confirms").focus()
        await pilot.pause()
        for key in ("a", "b", "tab", "c", "d"):
            app.post_message(Key(key, key if len(key) == 1 else "\t"))
        await settled(app, pilot)
        assert app.screen.answers["confirms"] == "ab"
        assert app.screen.answers["refutes"] == "cd"


async def test_an_idle_screen_locks(office: Office) -> None:
    """After the set minutes without a key the screen is covered."""
    async with office.app("Dan Reed") as (app, pilot):
        app._last_touch -= 11 * 60
        app._lock_when_idle()
        await settled(app, pilot)
        assert isinstance(app.screen, Unlock)
        assert "10 minutes" in text_of(app)


async def test_a_draft_survives_a_crash_and_lies_sealed(office: Office) -> None:
    """What was typed and not recorded is there in the next sitting; on the disk it is sealed."""
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        await answer(app, pilot, {"reason": "a thought worth keeping"})
        await pilot.pause(0.6)
        await settled(app, pilot)
    stored = b"".join(f.read_bytes() for f in office.where.rglob("*") if f.is_file())
    assert b"a thought worth keeping" not in stored
    async with office.app("Dan Reed") as (app, pilot):
        assert "DRAFT" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.screen.answers["reason"] == "a thought worth keeping"


async def test_a_draft_may_hold_an_answer_that_can_no_longer_be_chosen(office: Office) -> None:
    """The question is asked again, and the rest of the draft is there."""
    desk = office.desk()
    drafts.save(desk, "applicant:", {"vacancy": "a post that is gone", "name": "Bea Cole"})
    desk.register.close()
    async with office.app("Dan Reed") as (app, pilot):
        await pilot.press("a")
        await settled(app, pilot)
        assert app.screen.answers["name"] == "Bea Cole"
        assert app.screen.answers["vacancy"] == ""
        assert "choose…" in text_of(app)


async def test_a_drive_that_went_away_is_told_and_the_app_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that cannot be read says so; once the drive is back, reading again shows it."""
    from recruitcheck.tui.screens import home

    def gone(_desk: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    async with office.app("Dan Reed") as (app, pilot):
        with monkeypatch.context() as away:
            away.setattr(home, "_read", gone)
            await pilot.press("f5")
            await settled(app, pilot)
        assert "The computer reports: Input/output error." in text_of(app)
        await pilot.press("escape", "f5")
        await settled(app, pilot)
        assert "Ann Berg" in text_of(app)
        assert "Input/output" not in text_of(app)


async def test_a_full_disk_is_told_and_no_answer_is_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told in plain words; the answers stay where they were typed."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/secret/path")

    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        await mark(office, app, pilot)
        await answer(app, pilot)
        monkeypatch.setattr(approval, "justify", full)
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "disk is full" in text_of(app)
        assert "/secret/path" not in text_of(app)
        assert app.screen.answers["reason"] == ANSWERS["reason"]
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Justify)


async def test_a_blocked_action_says_why(office: Office) -> None:
    """An action that cannot run is told with its reason by its key, its button and the palette,
    and nothing happens."""
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        before = app.screen
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert app.screen is before
        assert "cannot be done yet" in text_of(app)
        await pilot.press("escape", "ctrl+p")
        await settled(app, pilot)
        words = text_of(app)
        assert "Record and decide" in words
        assert "not now" in words
        assert "Screenshot" not in words


async def test_a_crash_tells_nothing(office: Office, tmp_path, capsys) -> None:
    """An error nobody foresaw ends the app with a report that has places and no contents."""
    secret = "the applicant's own words"
    with pytest.raises(RuntimeError):
        async with office.app("Dan Reed") as (app, pilot):

            def fail() -> None:
                words = secret
                raise RuntimeError(words)

            app.call_later(fail)
            await pilot.pause()
    reports = list(tmp_path.glob("recruitcheck-report-*.txt"))
    assert len(reports) == 1
    assert secret not in reports[0].read_text()
    assert "RuntimeError" in reports[0].read_text()
    assert secret not in capsys.readouterr().err


async def test_closing_the_app_while_a_page_reads_is_no_fault(office: Office) -> None:
    """The page is taken apart while its list is on the way; that is nothing to report."""
    async with office.app("Dan Reed") as (app, _):
        page = app.screen

        async def arrives_late() -> None:
            while app.is_running:
                await asyncio.sleep(0)
            page.query_one("#no-longer-there")

        page.beside(arrives_late, "load")


async def test_a_list_of_people_that_was_replaced_while_it_came_is_shown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer reading ends an older one, wherever that is; nobody sits before an empty list."""
    real = Vertical.mount
    cut: list[bool] = []

    async def read_anew(self: Vertical, *widgets: Any, **where: Any) -> None:
        await real(self, *widgets, **where)
        people = [widget.id for widget in widgets] == ["people"]
        if people and not cut and isinstance(page := self.screen, Page):
            cut.append(True)
            page.reload()
            await asyncio.sleep(60)  # which the newer reading ends

    monkeypatch.setattr(Vertical, "mount", read_anew)
    async with office.app() as (app, pilot):
        await settled(app, pilot)
        assert cut
        assert "Dan Reed" in text_of(app)
        assert "one moment" not in text_of(app)


async def test_a_page_reads_what_it_shows_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = Page.reload
    monkeypatch.setattr(
        Page, "reload", lambda page: (read.append(type(page).__name__), real(page))[1]
    )
    async with office.app("Dan Reed") as (app, pilot):
        await settled(app, pilot)
    assert read == ["Unlock", "Home"]
