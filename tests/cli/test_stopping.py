"""Ctrl+C during a lookup: it ends at once, keeps what was read, and can be gone on with."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

import gardener
from recruitcheck import cli
from recruitcheck.cli import looking
from recruitcheck.cli.plain import granted
from recruitcheck.cli.plain.asking import Talk
from recruitcheck.demo.site import ROBOTS, Answer
from recruitcheck.records import Draft, Grant, Sight
from recruitcheck.steps import budget
from recruitcheck.steps.desk import Desk, box
from recruitcheck.vault import verify
from world import PASSPHRASE, World, world

HOST = "seedtoplate.example"
HOSTS = {
    HOST: {
        "/robots.txt": ROBOTS,
        "/beds": Answer(
            body="<p>Seed to Plate is a blog about school gardens, with raised beds.</p>"
        ),
        "/slow": Answer(body="<p>Seed to Plate, a blog about school gardens.</p>", wait=60.0),
    }
}


@pytest.fixture
def school(tmp_path) -> Iterator[World]:
    with world(tmp_path, HOSTS) as made:
        yield made


@pytest.fixture
def grant(school: World) -> Grant:
    """A permission for two pages of the blog, of which the second does not come."""
    desk = school.recruiter
    address = f"{HOST}:{school.web.port}"
    applicant = gardener.applicant(desk, gardener.post(desk).id)
    claim = gardener.claim(desk, gardener.cv(desk, applicant.id, address), address)
    given = gardener.asked(desk, claim.id).grant
    assert given
    two = replace(given, addresses=tuple(school.address(HOST, p) for p in ("/beds", "/slow")))
    refs = (two.decision,)
    made = Draft(
        type="grant", subject=two.id, case=two.applicant, refs=refs, boxes={"case": box(two)}
    )
    desk.enter(made)
    return two


def press_when_asked_for(web, page: str) -> None:
    """Send this process what a terminal sends on Ctrl+C, once the site is asked for a page."""
    before = len(web.asked)

    def wait() -> None:
        for _ in range(1500):
            if any(asked.endswith(page) for asked in web.asked[before:]):
                os.kill(os.getpid(), signal.SIGINT)
                return
            threading.Event().wait(0.02)

    threading.Thread(target=wait, daemon=True).start()


def test_what_was_read_before_ctrl_c_is_shown_kept_and_gone_on_with(school, grant):
    """The first page is shown and stands in the ledger, both requests are spent, and the next try
    has what is left. Afterwards Ctrl+C means what it meant before."""
    desk, said = school.recruiter, []
    before = budget.left(desk, grant).requests
    usual = signal.getsignal(signal.SIGINT)
    press_when_asked_for(school.web, "/slow")
    sight = looking.look_up(desk, grant.id, said.append)
    assert signal.getsignal(signal.SIGINT) is usual
    assert sight.lookup.outcome == "stopped"
    assert ["raised beds" in p.text for p in sight.passages] == [True]
    assert desk.get(Sight, sight.lookup.id) == sight
    assert budget.left(desk, grant).requests == before - 2
    assert str(before - 2) in looking.left(desk, sight)
    assert any("/beds" in line for line in said) and any("Stopping" in line for line in said)
    school.clock.forward(timedelta(seconds=5))
    press_when_asked_for(school.web, "/slow")
    again = looking.look_up(desk, grant.id, said.append)
    assert again.lookup.outcome == "stopped" and again.passages
    assert budget.left(desk, grant).requests == before - 4
    assert verify.verify(school.where).ok


def test_the_command_says_that_it_was_stopped(school, grant, tmp_path, monkeypatch, capsys):
    """The exit code is the shell's own for Ctrl+C; passages are printed all the same."""
    from recruitcheck.steps import desk as desks

    (tmp_path / "secret").write_text(PASSPHRASE)
    monkeypatch.setattr(desks, "open_desk", lambda _where, name, _word, **_: school.open(name))
    press_when_asked_for(school.web, "/slow")
    code = cli.run(
        ["lookup", grant.id, "--register", str(school.where), "--as", "Dan Reed",
         "--passphrase-file", str(tmp_path / "secret")]
    )  # fmt: skip
    shown = capsys.readouterr()
    assert code == 130, shown.err
    assert "raised beds" in shown.out and "stopped" in shown.out
    assert "You can look again" in shown.err


def test_plain_mode_goes_on_after_ctrl_c(school, grant):
    """The person is back at the choices, with what was read to judge."""
    said: list[str] = []
    numbers = iter(["1", "0"])
    talk = Talk(read=lambda _: next(numbers), say=said.append, secret=lambda _: "")
    press_when_asked_for(school.web, "/slow")
    granted.look(talk, school.recruiter, grant)
    text = "\n".join(said)
    assert "Stopped by the person looking." in text
    assert "Judge the passage" in text


def test_ctrl_c_twice_leaves_and_the_lookup_stands(school, grant):
    """Whoever cannot wait even for that loses what was read, and neither entries nor the count."""
    desk: Desk = school.recruiter
    before = budget.left(desk, grant).requests

    def hasty(line: str) -> None:
        if "Stopping" in line:
            os.kill(os.getpid(), signal.SIGINT)

    press_when_asked_for(school.web, "/slow")
    with pytest.raises(KeyboardInterrupt):
        looking.look_up(desk, grant.id, hasty)
    *_, begun, ended = desk.register.entries(case=grant.applicant)
    assert (begun.type, ended.type) == ("lookup", "lookup-result")
    seen = desk.get(Sight, begun.subject)
    assert seen.lookup.outcome == "stopped" and not seen.passages
    assert any(attempt.address.endswith("/beds") for attempt in seen.attempts)
    assert budget.left(desk, grant).requests == before - 2
    assert verify.verify(school.where).ok
