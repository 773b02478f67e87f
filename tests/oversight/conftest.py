"""One generated trust for all tests that only add to it, and a small fresh one for the others."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from recruitcheck import cli
from recruitcheck.rules import grounds
from recruitcheck.vault import locks

sys.path.insert(0, str(Path(__file__).parent))

from generate import PASSPHRASES, World, make  # the folder is put on the path above


@pytest.fixture(scope="session", autouse=True)
def light_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Argon2id at its least, and heads remembered in a folder of the tests."""
    patch = pytest.MonkeyPatch()
    patch.setattr(locks, "LEAST", locks.Effort(8 * 1024, 1, 1))
    patch.setattr(locks, "calibrated", lambda seconds, measure: locks.Effort(8 * 1024, 1, 1))
    patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("home")))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The policy pack, copied: a register refuses files that change under it."""
    folder = tmp_path_factory.mktemp("pack") / "justifications"
    shutil.copytree(grounds.find_folder(), folder)
    return folder


@pytest.fixture(scope="session")
def trust(
    tmp_path_factory: pytest.TempPathFactory, light_work: None, pack: Path
) -> Iterator[World]:
    """A register that tests add to but destroy nothing in."""
    world = make(
        tmp_path_factory.mktemp("trust") / "register",
        vacancies=6,
        applicants=42,
        searches=12,
        pack_folder=pack,
    )
    yield world
    world.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, light_work: None, pack: Path) -> World:
    """A small register, locked, that tests copy: three posts, few applicants, three searches."""
    world = make(
        tmp_path_factory.mktemp("template") / "register",
        vacancies=3,
        applicants=12,
        searches=3,
        pack_folder=pack,
    )
    world.close()
    return world


@pytest.fixture
def fresh(template: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A copy of the small register, of one test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    shutil.copytree(template.where, tmp_path / "register")
    world = template.copied(str(tmp_path / "register"))
    yield world
    world.close()


@pytest.fixture
def run(
    fresh: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Run a command as somebody; its exit code and its output."""
    fresh.close()

    def run(who: str, *words: str) -> tuple[int, str]:
        secret = tmp_path / f"{who}.txt"
        secret.write_text(PASSPHRASES[who])
        pack = str(fresh.pack_folder)
        given = (*words, "--register", fresh.where, "--as", who)
        code = cli.run([*given, "--passphrase-file", str(secret), "--justifications", pack])
        return code, capsys.readouterr().out

    return run
