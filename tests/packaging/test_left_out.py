"""A test that could not run is never silently green."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

TESTS = """
import pytest


@pytest.mark.needs("no-such-program-anywhere")
def test_with_it():
    assert False, "must not run"


@pytest.mark.needs("json")
def test_with_a_module_that_is_here():
    pass
"""
SETTINGS = """
[pytest]
addopts = -q --strict-markers
markers = needs(program): left out where the program cannot be had
"""


@pytest.fixture
def project(tmp_path) -> Path:
    shutil.copy(HERE.parent / "conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    return tmp_path


def run(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
        cwd=project,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "on two cores"])
def test_what_is_left_out_is_listed_by_program(project, options):
    """The run is green, and says at its end which test did not happen and why."""
    done = run(project, *options)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
    assert done.stdout.count("needs no-such-program-anywhere:") == 1
    assert done.stdout.count("test_it.py::test_with_it") == 1


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "on two cores"])
def test_with_nothing_left_out_it_is_a_failure(project, options):
    """As CI calls it: the missing program is named."""
    done = run(project, "--nothing-left-out", *options)
    assert done.returncode == 1
    assert "1 passed, 1 error" in done.stdout
    assert "needs no-such-program-anywhere, which is not on this computer" in done.stdout
