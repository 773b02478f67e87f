"""The demo is a promise: every chapter of it ends as it should."""

from __future__ import annotations

import json
import subprocess
import sys

from measured import handed_on
from recruitcheck.demo import trust

RUN = [sys.executable, "-m", "recruitcheck", "demo", "--plain"]


def test_the_demo_ends_as_it_should_and_leaves_a_marked_register(tmp_path):
    """Exit code 0, a sound register marked as a demo, and the people who can unlock it."""
    kept = tmp_path / "kept"
    done = subprocess.run([*RUN, "--register", str(kept)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "NOT AS IT SHOULD" not in done.stdout
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
