"""The screener over the policy's own refusal files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from recruitcheck.rules.folder import find_folder
from recruitcheck.rules.folder import refusals as read
from recruitcheck.rules.screen import Screener, compiled


@pytest.fixture(scope="session")
def refusals() -> Mapping[str, Mapping[str, Any]]:
    """Every refusal file by its id."""
    return read(find_folder())


@pytest.fixture(scope="session")
def screener(refusals: Mapping[str, Mapping[str, Any]]) -> Screener:
    """The compiled screener, one for all tests."""
    return compiled(refusals)
