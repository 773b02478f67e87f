"""What the lens's tests share: the shipped refusal files, compiled once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from recruitcheck.rules import screen

PACK = Path(__file__).parents[2] / "justifications"


@pytest.fixture(scope="session")
def pack() -> Path:
    """The policy pack that recruitcheck ships."""
    return PACK


@pytest.fixture(scope="session")
def screener() -> screen.Screener:
    """The screen as the shipped pack words it."""
    folder = PACK / "refusals"
    return screen.compiled(
        {
            file.relative_to(folder).with_suffix("").as_posix(): tomllib.loads(file.read_text())
            for file in sorted(folder.rglob("*.toml"))
        }
    )
