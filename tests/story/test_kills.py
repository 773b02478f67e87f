"""Stopped at any moment: what was acknowledged is there, the register opens, `verify` passes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def at_work(where: Path, secret: Path) -> Iterator[Callable[[int], list[dict[str, str]]]]:
    """Somebody who works until they are killed, as often as one asks; each time the answer is
    what was acknowledged by then."""
    with subprocess.Popen(
        [sys.executable, str(WORKER), str(where), str(secret), "Dan Reed"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as worker:
        assert worker.stdin
        assert worker.stdout

        def killed(at: int) -> list[dict[str, str]]:
            worker.stdin.write(f"{at}\n")
            said = []
            for line in worker.stdout:
                said.append(json.loads(line))
                if said[-1]["kind"] == "ready" and at == 0:
                    time.sleep(random.uniform(0.01, 0.4))
                    os.kill(int(said[-1]["id"]), signal.SIGKILL)
                if said[-1]["kind"] == "ended":
                    break
            assert said and said[-1]["id"] == str(int(signal.SIGKILL)), said[-1:]
            return [one for one in said if one["kind"] not in ("ready", "ended")]

        yield killed
        worker.stdin.close()
        assert worker.wait(60) == 0


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
    with at_work(where, secret) as killed:
        for at in [*inside, 0, 0, 0]:
            promised += killed(at)
            assert verify.verify(where).ok
            with open_register(where) as public:
                there = {entry.subject for entry in public.entries()}
            assert {one["id"] for one in promised} <= there

    assert len(promised) > 30
    again = open_desk(str(where), "Dan Reed", PASSPHRASE)
    try:
        for one in promised:
            assert again.get(getattr(records, one["kind"]), one["id"])
        assert again.register.verify().ok
    finally:
        again.register.close()
