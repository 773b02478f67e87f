"""What `doctor` finds wrong, and what it says to do about it."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from importlib import metadata
from pathlib import Path

from recruitcheck import cli
from recruitcheck.cli import doctor
from recruitcheck.rules import grounds


def wrong(where: Path | str) -> dict[str, doctor.Sign]:
    """What is not well, by its name."""
    return {sign.what: sign for sign in doctor.examine(str(where)) if not sign.well}


def test_before_there_is_a_register_nothing_is_wrong(tmp_path, capsys):
    """Somebody who has just installed it learns where one would lie; a program can read it, too."""
    cli.run(["doctor", "--register", str(tmp_path / "none"), "--json"])
    signs = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (register,) = [sign for sign in signs if sign["what"] == "register"]
    assert register["well"] and str(tmp_path / "none") in register["found"]


def test_a_damaged_register_is_named_with_a_way_on(school, capsys):
    """Exit code 1; whoever reads it writes nothing before HR has looked."""
    ledger = school.where / "ledger"
    ledger.write_bytes(ledger.read_bytes().replace(b'"type":"person', b'"type":"qerson', 1))
    assert wrong(school.where)["register"].mend
    assert cli.run(["doctor", "--register", str(school.where)]) == 1
    assert "WRONG  register" in capsys.readouterr().out


def test_policy_files_that_nobody_adopted_are_named(school):
    """After an edit in place nothing new can be asked for; a mistake is counted beside it."""
    own = Path(shutil.copytree(grounds.find_folder(), school.where / "justifications"))
    assert not {"policy pack", "policy pack adopted"} & wrong(school.where).keys()
    policy = own / "policy.toml"
    policy.write_text(policy.read_text().replace("reply_days = 7", "reply_days = 0"))
    found = wrong(school.where)
    assert "1 mistake(s)" in found["policy pack"].found
    assert "policy check" in found["policy pack"].mend
    assert "other files" in found["policy pack adopted"].found


def test_a_full_disk_and_an_open_folder_are_named(school, monkeypatch):
    """Before they stop somebody at work, or show it to others."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 99, 1))
    school.where.chmod(0o755)
    found = wrong(school.where)
    assert "Make room" in found["room for the register"].mend
    assert "chmod 700" in found["who else can read the register's folder"].mend


def test_a_database_that_is_away_is_named(tmp_path):
    """The register's sign says what the commands would say."""
    found = wrong("postgresql://app@127.0.0.1:1/none?connect_timeout=2")
    assert "cannot be reached" in found["register"].found


def test_an_installation_with_parts_missing_or_of_another_time_is_named(tmp_path, monkeypatch):
    """Each library that is not as wanted; an optional part that is not there is no fault."""
    kept = metadata.version

    def version(name: str) -> str:
        if name in ("httpx", "pyrage"):
            raise metadata.PackageNotFoundError(name)
        return "0.1" if name == "textual" else kept(name)

    monkeypatch.setattr(metadata, "version", version)
    found = wrong(tmp_path / "none")
    assert found["httpx"].found == "not installed"
    assert "fresh environment" in found["textual"].mend
    assert "pyrage" not in found


def test_a_computer_that_cannot_set_limits_is_told_to_use_the_browser(tmp_path, monkeypatch):
    """Pages and documents are read nowhere else."""

    def none(_: int) -> tuple[int, int]:
        raise OSError

    monkeypatch.setattr("resource.getrlimit", none)
    assert "browser" in wrong(tmp_path / "none")["limits for reading outside files"].mend
