"""What goes wrong: each time a clear word, a next step, and nothing lost."""

from __future__ import annotations

import errno
import threading
from datetime import date

import pytest
from office import Office, settled, text_of
from test_story import ANSWERS, answer, mark

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Role, Verdict
from recruitcheck.steps import approval, intake, search
from recruitcheck.tui.screens.home import Home
from recruitcheck.tui.screens.justify import Justify
from recruitcheck.tui.screens.look import Look
from recruitcheck.tui.screens.unlock import Unlock
from recruitcheck.tui.widgets.fields import Field
from world import PASSPHRASE


def granted(office: Office, name: str = "Dan Reed", **changes: str) -> str:
    """A permitted claim; returns the id of its grant."""
    desk = office.desk(name)
    start = office.document.text.index("I write")
    end = office.document.text.index("\n", start)
    claim = intake.mark_claim(desk, office.document.id, start, end)
    given = {**ANSWERS, "holder": desk.me.id, **changes}
    outcome = approval.justify(desk, approval.Answers(claim=claim.id, **given))
    desk.register.close()
    assert outcome.grant, outcome.decision
    return outcome.grant.id


async def test_wrong_passphrase(office: Office) -> None:
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


async def test_site_down(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
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
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "did not answer" in text_of(app)
        assert app.screen.why_not("look.start") is None
        assert app.screen.why_not("look.observe") is None
    assert office.types().count("lookup") == 1
    assert office.types().count("lookup-result") == 1


async def test_stop_half_way(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
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
        await pilot.press("ctrl+s")
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


async def test_small_screen_in_the_middle(office: Office) -> None:
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


async def test_lock_while_working(office: Office) -> None:
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


async def test_idle_screen_locks(office: Office) -> None:
    """After the set minutes without a key the screen is covered."""
    async with office.app("Dan Reed") as (app, pilot):
        app._last_touch -= 11 * 60
        app._lock_when_idle()
        await settled(app, pilot)
        assert isinstance(app.screen, Unlock)
        assert "10 minutes" in text_of(app)


async def test_draft_survives_a_crash(office: Office) -> None:
    """What was typed and not recorded is there again in the next sitting, and nobody else's."""
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


async def test_disk_full(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
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


async def test_contradiction_waits_for_the_reply(office: Office) -> None:
    """A contradiction goes the whole way: invited, replied, weighed, closed, and only then does
    the panel get its line."""
    from recruitcheck.records import Result
    from recruitcheck.steps import finding
    from recruitcheck.tui.screens.result import ResultPage

    grant = granted(office)
    desk = office.desk()
    sight = search.observe(
        desk,
        grant,
        search.Observation(
            address=desk.get(approval.Grant, grant).addresses[0],
            text="Seed to Plate is a blog about school gardens, but nobody writes it any more.",
            seen_on=date(2026, 5, 4),
            published=date(2026, 4, 1),
            public=True,
            not_logged_in=True,
            no_contact=True,
        ),
    )
    kept = search.keep(desk, sight, ["contradicts"] * len(sight.passages))
    found = finding.record(
        desk,
        claim=desk.get(approval.Grant, grant).claim,
        grant=grant,
        result=Result.CONTRADICTED,
        identity=finding.identities(desk, grant)[0],
        evidence=(kept.id,),
    )
    desk.register.close()
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(ResultPage(found.id))
        await settled(app, pilot)
        assert app.screen.why_not("finding.panel") == "the reply comes first"
        await pilot.press("r")
        await settled(app, pilot)
        assert "Invited to reply" in text_of(app)
        for key, words in (("e", "It moved to another address."), ("w", "That explains it.")):
            await pilot.press(key)
            await settled(app, pilot)
            app.screen.query_one("#in-text").text = words
            if key == "w":
                app.screen.query_one("#field-weight", Field).value = "settled"
            await pilot.pause()
            await pilot.press("ctrl+s")
            await settled(app, pilot)
        await pilot.press("c")
        await settled(app, pilot)
        await pilot.press("p")
        await settled(app, pilot)
        assert "not contradicted" in " ".join(text_of(app).split())
        assert app.screen.why_not("finding.panel") == "the panel has its line"


async def test_roles_open_their_own_desk(office: Office) -> None:
    """HR starts at the audit list, the reviewer at the referrals without names, and neither can
    take the other's steps."""
    granted(office)
    async with office.app("Ruth Hale") as (app, pilot):
        assert "1 of 1 shown" in text_of(app)
        await pilot.press("v")
        await settled(app, pilot)
        assert "WHOLE" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Why it was to be checked" in text_of(app)
        await pilot.press("q")
        await settled(app, pilot)
        app.screen.query_one("#in-text").text = "Which line of the specification?"
        await pilot.pause()
        await pilot.press("ctrl+s")
        await settled(app, pilot)
    async with office.app("Dan Reed") as (app, pilot):
        assert "HR ASKS" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        app.screen.query_one("#in-text").text = "The first line: school gardens."
        await pilot.pause()
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "HR ASKS" not in text_of(app)
    async with office.app("Mina Shaw") as (app, pilot):
        assert Role.EQUALITY in app.desk.me.roles
        assert "Names are hidden here" in text_of(app)
        assert "Ann Berg" not in text_of(app)


async def test_reviewer_decides_without_the_name(office: Office) -> None:
    """A sensitive claim is referred; the reviewer sees no name, decides with a reason, and the
    recruiter takes the permission up."""
    desk = office.desk()
    applicant = intake.add_applicant(
        desk, office.vacancy.id, name="Joan Fitch", adult=False, notice_on=date(2026, 5, 1)
    )
    document = intake.add_document(
        desk,
        applicant.id,
        kind="cv",
        filename="cv.txt",
        data=office.document.text.replace("Ann Berg", "Joan Fitch").encode(),
    )
    start = document.text.index("I write")
    claim = intake.mark_claim(desk, document.id, start, document.text.index("\n", start))
    outcome = approval.justify(
        desk, approval.Answers(claim=claim.id, **{**ANSWERS, "holder": desk.me.id})
    )
    desk.register.close()
    assert outcome.decision.verdict is Verdict.REFER
    async with office.app("Mina Shaw") as (app, pilot):
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Fitch" not in text_of(app)
        app.screen.query_one("#in-why").text = "The blog is offered as proof, so it is fair."
        await pilot.pause()
        await app.screen.action_do("review.permit")
        await settled(app, pilot)
    async with office.app("Dan Reed") as (app, pilot):
        assert "PERMITTED" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Look)


async def test_a_refusal_explains_and_can_be_asked_again(office: Office) -> None:
    """A routine request is refused with what would mend it first, recorded, and one key goes back
    to the same claim to ask properly."""
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        await mark(office, app, pilot)
        await answer(app, pilot)
        await answer(app, pilot, {"reason": "We always check the social media of all applicants."})
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        words = text_of(app)
        assert "REFUSED" in words
        assert words.index("✗ ") < words.index("✓ ") if "✓ " in words else True
        await pilot.press("a")
        await settled(app, pilot)
        assert isinstance(app.screen, Justify)
        assert "This can be checked" in text_of(app)
        asked = {**ANSWERS, "reason": "We always check the social media of all applicants."}
        assert asked.items() <= app.screen.answers.items()
    assert office.types().count("decision") == 1
    assert "grant" not in office.types()
