"""Where coverage measures, the app behind a browser is counted too."""

from __future__ import annotations

import pytest

from measured import handed_on
from recruitcheck.web import child


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app's environment lets coverage's variables through; without it there are none."""
    monkeypatch.setattr(child, "_PASSED_ON", (*child._PASSED_ON, *handed_on()))
