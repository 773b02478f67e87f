"""What breaks off in the middle, and what two windows do in the same instant."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import timedelta

import pytest
from test_approval import refer
from test_outside_researcher import WEEKLY, reported
from test_search import instagram, seen

from recruitcheck.errors import BadInput
from recruitcheck.records import Grant, Referral, Sight, Verdict
from recruitcheck.steps import approval, lens, referrals, search, thirdparty
from recruitcheck.vault import verify
from recruitcheck.vault.register import Register

USES = {
    "observe": lambda desk, grant, _: search.observe(desk, grant.id, seen()),
    "supplied": lambda desk, grant, _: search.supplied(
        desk, grant.id, search.SuppliedItem(text="Science club meets on Tuesday.")
    ),
    "report": lambda desk, grant, report: thirdparty.report(desk, grant.id, report),
}


def once_before(monkeypatch, owner: object, name: str, act: Callable[[], object]) -> None:
    """Do something right before the next call of a function, and only then."""
    usual = getattr(owner, name)

    def first(*given: object, **named: object) -> object:
        monkeypatch.setattr(owner, name, usual)
        act()
        return usual(*given, **named)

    monkeypatch.setattr(owner, name, first)


def last_lookup(desk, grant: Grant) -> tuple[list[str], Sight]:
    """The types of the entries about the newest lookup of a case, and its result."""
    *_, newest = desk.register.entries(case=grant.applicant, type="lookup")
    kinds = [e.type for e in desk.register.entries(subject=newest.subject)]
    return kinds, desk.get(Sight, newest.subject)


@pytest.mark.parametrize("use", USES)
def test_ctrl_c_while_something_is_read_is_entered_as_stopped(asking, blog, monkeypatch, use):
    """No lookup stays open in the ledger, nothing of it is shown, and the next try works."""
    desk = asking.world.recruiter
    told = use == "report"
    grant = asking.grant(blog, third_party="Lumen Research") if told else instagram(asking)
    report = reported(asking, grant, WEEKLY)
    once_before(monkeypatch, lens, "look", lambda: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        USES[use](desk, grant, report)
    kinds, broken_off = last_lookup(desk, grant)
    assert kinds == ["lookup", "lookup-result"]
    assert broken_off.lookup.outcome == "stopped" and not broken_off.passages
    assert USES[use](desk, grant, report).passages
    assert verify.verify(asking.world.where).ok


def test_ctrl_c_right_after_the_result_changes_nothing(asking, monkeypatch):
    """A result that was entered stays the only one."""
    desk, grant = asking.world.recruiter, instagram(asking)
    usual = search.sight.enter_sight

    def and_then(*given: object, **named: object) -> object:
        usual(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(search.sight, "enter_sight", and_then)
    with pytest.raises(KeyboardInterrupt):
        search.observe(desk, grant.id, seen())
    kinds, result = last_lookup(desk, grant)
    assert kinds == ["lookup", "lookup-result"] and result.passages


def test_two_windows_take_one_report_in_once(asking, blog, monkeypatch):
    """While one window reads it, the other is told so; what the first shows is there once."""
    grant = asking.grant(blog, third_party="Lumen Research")
    report = reported(asking, grant, WEEKLY)
    other, told = asking.world.open("Dan Reed"), []
    with other.register:
        once_before(
            monkeypatch,
            lens,
            "look",
            lambda: told.append(thirdparty.report(other, grant.id, report)),
        )
        first = thirdparty.report(asking.world.recruiter, grant.id, report)
    (refused,) = told
    assert first.passages and not refused.passages
    assert "another window" in refused.lookup.message


def test_a_report_whose_reading_a_power_cut_ended_can_be_read_again(asking, blog, monkeypatch):
    """A lookup that never came to a result bars the report for less than a minute."""
    desk, grant = asking.world.recruiter, asking.grant(blog, third_party="Lumen Research")
    report = reported(asking, grant, WEEKLY)
    with monkeypatch.context() as cut:
        cut.setattr(thirdparty.sight, "_broken_off", lambda *_, **__: None)
        cut.setattr(lens, "look", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            thirdparty.report(desk, grant.id, report)
    assert not thirdparty.report(desk, grant.id, report).passages
    asking.world.clock.forward(timedelta(minutes=1))
    assert thirdparty.report(desk, grant.id, report).passages


def test_two_windows_decide_a_referral_once(asking, monkeypatch):
    """Permit in one and refuse in the other, at the same instant: the first one counts."""
    desk, referral = asking.world.equality, refer(asking).referral

    def refuse() -> None:
        referrals.decide(desk, referral.id, Verdict.REFUSE, "Ask her.")

    once_before(monkeypatch, Register, "alone", refuse)
    with pytest.raises(BadInput, match="decided already"):
        referrals.decide(desk, referral.id, Verdict.PERMIT, "Office only.")
    assert desk.get(Referral, referral.id).verdict is Verdict.REFUSE


def test_two_windows_take_a_permission_up_once(asking, monkeypatch):
    """Two permissions would be twice as many requests as were permitted."""
    desk, referral = asking.world.recruiter, refer(asking).referral
    referrals.decide(asking.world.equality, referral.id, Verdict.PERMIT, "Office only.")
    once_before(monkeypatch, Register, "alone", lambda: approval.take_up(desk, referral.id))
    with pytest.raises(BadInput, match="taken up already"):
        approval.take_up(desk, referral.id)
    held = [g for g in desk.all(Grant, asking.document.applicant) if g.decision == referral.id]
    assert len(held) == 1
