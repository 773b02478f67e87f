"""The screener over the policy's own refusal files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recruitcheck.rules.screen import Screener, compiled

FOLDER = Path(__file__).parents[2] / "justifications" / "refusals"


@pytest.fixture(scope="session")
def refusals() -> dict[str, dict[str, Any]]:
    """Every refusal file by its id."""
    tables = (tomllib.loads(p.read_text("utf-8")) for p in sorted(FOLDER.rglob("*.toml")))
    return {table["id"]: table for table in tables}


@pytest.fixture(scope="session")
def screener(refusals: dict[str, dict[str, Any]]) -> Screener:
    """The compiled screener, one for all tests."""
    return compiled(refusals)
