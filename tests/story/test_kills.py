"""Stopped at any moment: what was acknowledged is there, the register opens, `verify` passes."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recruitcheck import records
from recruitcheck.records import Role
from recruitcheck.steps import people
from recruitcheck.steps.desk import create_desk, open_desk
from recruitcheck.vault import verify
from recruitcheck.vault.register import open_register

PASSPHRASE = "a long enough passphrase"
WORKER = Path(__file__).with_name("killed.py")


def killed(where: Path, secret: Path, at: int) -> list[dict[str, str]]:
    """Let somebody work until they are killed; what was acknowledged to the parent by then."""
    with subprocess.Popen(
        [sys.executable, str(WORKER), str(where), str(secret), "Dan Reed", str(at)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdout
        assert worker.stderr
        acknowledged = []
        if at == 0:
            worker.stdout.readline()
            time.sleep(random.uniform(0.01, 0.4))
            worker.kill()
        acknowledged = [json.loads(line) for line in worker.stdout]
        said = worker.stderr.read()
        assert worker.wait(60) == -signal.SIGKILL, said
    return [one for one in acknowledged if one["kind"] != "ready"]


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_acknowledged_survives_being_killed(tmp_path, seed):
    """Twenty-five kills a seed: twenty-two inside a write that was not acknowledged yet."""
    chance = random.Random(seed)
    where, secret = tmp_path / "register", tmp_path / "secret"
    secret.write_text(PASSPHRASE)
    desk, _ = create_desk(
        str(where), organisation="northfield.example", name="Ruth Hale", passphrase=PASSPHRASE
    )
    code = people.invite(desk, "Dan Reed", (Role.RECRUITER,))
    desk.register.join(code, PASSPHRASE)
    people.admit(desk, "Dan Reed")
    desk.register.close()

    inside = [chance.randrange(1, 60) for _ in range(22)]
    promised: list[dict[str, str]] = []
    for at in [*inside, 0, 0, 0]:
        promised += killed(where, secret, at)
        assert verify.verify(where).ok
        with open_register(where) as public:
            there = {entry.subject for entry in public.entries()}
        assert {one["id"] for one in promised} <= there

    assert len(promised) > 25
    again = open_desk(str(where), "Dan Reed", PASSPHRASE)
    try:
        for one in promised:
            assert again.get(getattr(records, one["kind"]), one["id"])
        assert again.register.verify().ok
    finally:
        again.register.close()
