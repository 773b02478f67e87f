"""Wheel, source archive and editable install: the policy pack travels with each."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACK = {path.relative_to(ROOT).as_posix() for path in (ROOT / "justifications").rglob("*.toml")}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Wheel and source archive, made by the build backend itself, without the network."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return out


def clean_environment(folder: Path) -> Path:
    """A fresh environment that sees the libraries of this one, but no other recruitcheck."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # A plain path line adds a folder without running the .pth files inside it, so the editable
    # recruitcheck of this environment stays out of sight.
    (Path(site) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def found_pack(python: Path, cwd: Path) -> Path:
    """Where an installation finds its pack when it is run from somewhere else."""
    program = "from recruitcheck.rules import grounds; print(grounds.find_folder())"
    done = subprocess.run(
        [python, "-c", program], cwd=cwd, check=True, capture_output=True, text=True
    )
    return Path(done.stdout.strip())


def pack_of(folder: Path) -> set[str]:
    return {f"justifications/{p.relative_to(folder).as_posix()}" for p in folder.rglob("*.toml")}


def install(python: Path, archive: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(python),
            "install",
            "-q",
            "--no-deps",
            "--no-index",
            "--no-build-isolation",
            str(archive),
        ],
        check=True,
        capture_output=True,
    )


def test_the_wheel_holds_the_whole_pack_and_no_test(built):
    """Every file of `justifications/`, and nothing that only developers need."""
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"recruitcheck/{name}" for name in PACK} <= names
    assert {name for name in names if name.endswith(".tcss")} == {
        path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.tcss")
    }
    assert not [name for name in names if name.startswith("tests/")]


def test_the_source_archive_holds_what_a_build_needs(built):
    """A distribution built from it is complete: pack, tests, documents, changelog."""
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as held:
        names = {name.partition("/")[2] for name in held.getnames()}
    assert names >= PACK
    assert {"README.md", "CHANGELOG.md", "pyproject.toml", ".ci/run"} <= names
    assert not [name for name in names if name.startswith(".venv")]


@pytest.mark.parametrize("form", ["*.whl", "*.tar.gz"])
def test_an_installed_recruitcheck_finds_its_pack_from_anywhere(built, tmp_path, form):
    """From a wheel and from a source archive alike, in a fresh environment."""
    python = clean_environment(tmp_path / "env")
    (archive,) = built.glob(form)
    install(python, archive)
    folder = found_pack(python, tmp_path)
    assert folder.is_relative_to(tmp_path / "env")
    assert pack_of(folder) == PACK
    said = subprocess.run(
        [tmp_path / "env" / "bin" / "recruitcheck", "policy", "check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stdout + said.stderr


def test_an_editable_install_finds_the_pack_of_the_repository(tmp_path):
    """So that HR's change to a file in the clone is what runs."""
    assert found_pack(Path(sys.executable), tmp_path) == ROOT / "justifications"
