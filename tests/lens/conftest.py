"""What the lens's tests share: the shipped refusal files, compiled once."""

from __future__ import annotations

from pathlib import Path

import pytest

from recruitcheck.rules import folder, screen


@pytest.fixture(scope="session")
def pack() -> Path:
    """The policy pack that recruitcheck ships."""
    return folder.find_folder()


@pytest.fixture(scope="session")
def screener(pack: Path) -> screen.Screener:
    """The screen as the shipped pack words it."""
    return screen.compiled(folder.refusals(pack))
