"""The less travelled ways of a case: what lapses, is taken back, is appealed, or lies elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from asking import ANSWERS, granted
from office import Office, settled, text_of
from test_after_the_decision import contradicted

from recruitcheck.records import Decision, Role, Verdict
from recruitcheck.steps import approval, intake, people, referrals
from recruitcheck.tui.app import RecruitcheckApp
from recruitcheck.tui.screens.audit import Audit
from recruitcheck.tui.screens.decision import DecisionPage
from recruitcheck.tui.screens.home import Home
from recruitcheck.tui.screens.look import Look
from recruitcheck.tui.screens.people import People
from recruitcheck.tui.screens.referrals import Referrals
from recruitcheck.tui.screens.result import ResultPage
from recruitcheck.tui.widgets.fields import Field
from world import PASSPHRASE


async def do(app: RecruitcheckApp, pilot: Any, act: str, **answers: str) -> None:
    """What a button does; where it opens a form, fill that in and record it."""
    await app.screen.action_do(act)
    await settled(app, pilot)
    for name, value in answers.items():
        app.screen.query_one(f"#field-{name}", Field).value = value
    if answers:
        await settled(app, pilot)
        await pilot.press("ctrl+s")
        await settled(app, pilot)


def referred(office: Office) -> str:
    """A request about somebody who is not of age, which a reviewer decides; its justification."""
    desk = office.desk()
    applicant = intake.add_applicant(
        desk, office.vacancy.id, name="Joan Fitch", adult=False, notice_on=date(2026, 5, 1)
    )
    text = office.document.text.replace("Ann Berg", "Joan Fitch")
    document = intake.add_document(
        desk, applicant.id, kind="cv", filename="cv.txt", data=text.encode()
    )
    start = document.text.index("I write")
    claim = intake.mark_claim(desk, document.id, start, document.text.index("\n", start))
    answers = approval.Answers(claim=claim.id, **{**ANSWERS, "holder": desk.me.id})
    made = approval.justify(desk, answers).justification.id
    desk.register.close()
    return made


async def test_a_reply_that_never_comes_is_weighed_too(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The letter is saved for the person to send; nobody can say that no answer came before its
    day; after it, that is weighed, closed and told to the panel."""
    monkeypatch.chdir(tmp_path)
    found = contradicted(office)
    async with office.app("Dan Reed") as (app, pilot):
        assert "invite a reply" in text_of(app)
        await app.push_screen(ResultPage(found))
        await settled(app, pilot)
        assert app.screen.why_not("finding.letter") == "invite the reply first"
        await do(app, pilot, "finding.reply")
        await do(app, pilot, "finding.letter")
        (letter,) = tmp_path.glob("reply-*.txt")
        assert "Ann Berg" in letter.read_text()
        await do(app, pilot, "finding.letter")
        assert len(list(tmp_path.glob("reply-*.txt"))) == 2
        await do(app, pilot, "finding.lapse")
        assert "✗" in text_of(app)
        assert "No reply came by" not in text_of(app)
        office.clock.forward(timedelta(days=30))
        await do(app, pilot, "finding.lapse")
        assert "No reply came by" in text_of(app)
        await do(app, pilot, "finding.weigh", text="They had a month.", weight="differs")
        assert "Weighed: They had a month." in text_of(app)
        await do(app, pilot, "finding.close")
        await do(app, pilot, "finding.panel")
        assert "The panel has its line." in text_of(app)
        await pilot.press("escape", "escape")
        await settled(app, pilot)
        assert "the panel has it" in text_of(app)


async def test_a_claim_without_an_address_leads_to_a_letter(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can be asked by the program; the letter asks the applicant where to look."""
    monkeypatch.chdir(tmp_path)
    desk = office.desk()
    start = office.document.text.index("I write")
    end = office.document.text.index(", at https", start)
    claim = intake.mark_claim(desk, office.document.id, start, end)
    made = approval.justify(
        desk, approval.Answers(claim=claim.id, **{**ANSWERS, "holder": desk.me.id})
    )
    desk.register.close()
    async with office.app("Dan Reed") as (app, pilot):
        assert "ask where to look" in text_of(app)
        await app.push_screen(DecisionPage(made.justification.id))
        await settled(app, pilot)
        assert "names nowhere to look" in " ".join(text_of(app).split())
        await do(app, pilot, "decision.letter")
        assert "Seed to Plate" in next(tmp_path.glob("letter-*.txt")).read_text()
        await do(app, pilot, "decision.go")
        assert isinstance(app.screen, Look)
        assert "Save the letter and ask the applicant" in " ".join(text_of(app).split())
        assert app.screen.why_not("look.start") == "the claim names no address"
        await do(app, pilot, "look.letter")
        assert len(list(tmp_path.glob("letter-*.txt"))) == 2


async def test_a_permission_that_ended_or_was_taken_back_permits_nothing(office: Office) -> None:
    """The line at home says so, and so does the button."""
    grant = granted(office)
    async with office.app("Dan Reed") as (app, pilot):
        office.clock.forward(timedelta(days=60))
        await pilot.press("f5")
        await settled(app, pilot)
        assert "✗ EXPIRED" in text_of(app)
        await app.push_screen(Look(grant))
        await settled(app, pilot)
        await do(app, pilot, "look.start")
        assert "the permission has ended" in " ".join(text_of(app).split())
        assert "lookup" not in office.types()
        asked = app.desk.get(approval.Grant, grant).decision
        await app.push_screen(DecisionPage(app.desk.get(Decision, asked).justification))
        await settled(app, pilot)
        assert "The permission has ended" in text_of(app)
    desk = office.desk()
    approval.revoke(desk, grant, "The applicant withdrew.")
    desk.register.close()
    async with office.app("Dan Reed") as (app, pilot):
        assert "→ REVOKED" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "The permission was taken back" in text_of(app)
        assert app.screen.why_not("decision.go") == "there is nothing to look at"


async def test_a_refused_referral_is_appealed_once(office: Office) -> None:
    """The recruiter reads the reviewer's reason, appeals it with their own, and cannot do so
    again."""
    asked = referred(office)
    desk = office.desk("Mina Shaw")
    waiting = referrals.waiting(desk)[0].referral
    referrals.decide(desk, waiting, Verdict.REFUSE, "The blog says nothing about the post.")
    desk.register.close()
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(DecisionPage(asked))
        await settled(app, pilot)
        assert "The reviewer's answer is no" in text_of(app)
        assert "says nothing about the post" in " ".join(text_of(app).split())
        await do(app, pilot, "decision.appeal", text="The post asks for school gardens.")
        assert isinstance(app.screen, DecisionPage)
        assert "A reviewer decides by" in text_of(app)
        assert app.screen.why_not("decision.appeal") is not None
        await pilot.press("escape")
        await settled(app, pilot)
        assert "WITH REVIEWER" in text_of(app) or "REFERRED" in text_of(app)
    assert office.types().count("referral") == 2


async def test_somebody_with_all_roles_goes_between_the_desks(office: Office) -> None:
    """Buttons lead from the recruiter's list to the audit list and referrals; Esc comes back."""
    desk = office.desk("Ruth Hale")
    code = people.invite(desk, "Ida Cole", (Role.RECRUITER, Role.HR, Role.EQUALITY))
    desk.register.join(code, PASSPHRASE)
    people.admit(desk, "Ida Cole")
    desk.register.close()
    async with office.app("Ida Cole") as (app, pilot):
        assert isinstance(app.screen, Home)
        for act, page in (
            ("hr.audit", Audit), ("equality.queue", Referrals), ("hr.people", People),
        ):  # fmt: skip
            await do(app, pilot, act)
            assert isinstance(app.screen, page)
            await pilot.press("escape")
            await settled(app, pilot)
            assert isinstance(app.screen, Home)


async def test_a_draft_is_dropped_after_a_question(office: Office) -> None:
    """The line of a draft goes when one is sure, and stays when one is not."""
    from recruitcheck.tui import drafts

    desk = office.desk()
    drafts.save(desk, f"justify:{office.applicant.id}", {"reason": "half a thought", "claim": ""})
    desk.register.close()
    async with office.app("Dan Reed") as (app, pilot):
        assert "✎ DRAFT" in text_of(app)
        await do(app, pilot, "home.drop")
        await pilot.press("escape")
        await settled(app, pilot)
        assert "✎ DRAFT" in text_of(app)
        await do(app, pilot, "home.drop")
        await pilot.press("tab", "enter")
        await settled(app, pilot)
        assert "✎ DRAFT" not in text_of(app)
        assert app.screen.why_not("home.drop") == "choose the line of a draft"
        await pilot.press("slash", *"nobody")
        await settled(app, pilot)
        assert app.screen.why_not("home.open") == "nothing is in the list"
        assert app.screen.why_not("applicant.mark") == "choose the line of an applicant"
