"""The demo is a promise: every chapter of it ends as it should."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from measured import handed_on
from recruitcheck.demo import trust
from recruitcheck.records import Claim, Route, Verdict
from recruitcheck.steps import approval
from recruitcheck.steps.desk import open_desk

RUN = [sys.executable, "-m", "recruitcheck", "demo", "--plain"]


def test_the_demo_ends_as_it_should_and_leaves_a_marked_register(tmp_path):
    """Exit code 0, a sound register marked as a demo, and the people who can unlock it."""
    kept = tmp_path / "kept"
    narrow = os.environ | {"COLUMNS": "60"}
    done = subprocess.run(
        [*RUN, "--register", str(kept)], capture_output=True, text=True, env=narrow
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "NOT AS IT SHOULD" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 60
    # whoever asks again with a better reason is not stopped by what else the demo answered
    assert any(line.split()[1::2] == ["refuse", "routine"] for line in done.stdout.splitlines())
    for never in ("second child", "Sunday worship", "a redirect was followed"):
        assert never not in done.stdout
    listed = json.loads((kept / "demo.json").read_text())["people"]
    assert [set(one) for one in listed] == [{"name", "roles", "passphrase"}] * len(trust.MEMBERS)
    assert (kept / "demo.json").stat().st_mode & 0o077 == 0
    from recruitcheck.vault.register import open_register

    for one in listed:
        with open_register(kept, name=one["name"], passphrase=one["passphrase"]) as register:
            assert register.demo
            assert register.verify().ok
    assert _first_task(str(kept)) is Verdict.PERMIT


def _first_task(register: str) -> Verdict:
    """What an honest request about the first task gets, moments after the story was told."""
    desk = open_desk(register, trust.RECRUITER.name, trust.PASSPHRASE)
    with desk.register:
        claim = next(c for c in desk.all(Claim) if "Bridge Building" in c.quote)
        given = approval.Answers(
            claim=claim.id,
            ground="skill-shown-in-public",
            requirement="S2",
            route=Route.CANNOT_SETTLE,
            route_note="A reference would only repeat it; the list of winners is public.",
            holder=desk.me.id,
            source="publication",
            reason="The post asks for enrichment outside lessons. Confirm that the team won the "
            "Bridge Building Challenge in 2024.",
            confirms="The list of winners names the team.",
            refutes="The organiser names another team.",
        )
        return approval.justify(desk, given).decision.verdict


def test_the_demo_does_not_write_into_a_folder_that_holds_something(tmp_path):
    """A real register's folder is never touched."""
    (tmp_path / "mine.txt").write_text("mine")
    done = subprocess.run([*RUN, "--register", str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 2
    assert "not empty" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_of_the_demo_is_left_behind(tmp_path):
    """Without `--register` the register lives in a temporary folder that goes away."""
    environment = {"TMPDIR": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    environment |= handed_on()
    done = subprocess.run(RUN, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [p for p in tmp_path.iterdir() if p.name.startswith("recruitcheck-demo-")] == []
