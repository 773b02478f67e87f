"""Screens show the school's own time."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from recruitcheck.tui.text import here


def test_a_summer_moment_is_shown_in_british_summer_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the ledger holds as 15:30 UTC ends at half past four on the wall in July."""
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    try:
        assert f"{here(datetime(2026, 7, 1, 15, 30, tzinfo=UTC)):%H:%M}" == "16:30"
    finally:
        monkeypatch.undo()
        time.tzset()
