"""A short turn of `soak.py`: several people on one register at once, in a folder and a database."""

from __future__ import annotations

import pytest

from story import soak


@pytest.mark.parametrize(
    "postgres", [False, pytest.param(True, marks=pytest.mark.needs("postgresql"))]
)
def test_people_at_work_at_once_lose_nothing(monkeypatch, tmp_path, postgres):
    """Two recruiters take applicants through the flow while HR reads and destroys; every decision
    they were told of is there, the register verifies, and no handle is left open."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with soak.place(postgres) as where:
        told, destroyed = soak.run(where, flows=8, workers=2)
        soak.check(where, told, destroyed)
    assert [len(one.decisions) for one in told] == [4, 4]
