"""Fixtures of the app's tests: a world made once, copied for each test, driven by keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from office import Office, furnished
from textual.css.stylesheet import Stylesheet


@pytest.fixture(scope="package", autouse=True)
def _styles_parsed_once() -> Iterator[None]:
    """Each test starts an app of its own, and all have the same style sheets: reading them anew
    would be a good part of every start."""
    real, known = Stylesheet._parse_rules, dict[Any, Any]()

    def parsed(self: Stylesheet, css: str, **place: Any) -> Any:
        same = css, *place.values(), frozenset(self._variables.items())
        if same not in known:
            known[same] = real(self, css, **place)
        return known[same]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        yield


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECRUITCHECK_PREFERENCES", str(tmp_path / "preferences.json"))
    monkeypatch.setenv("RECRUITCHECK_REPORTS", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(scope="package")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The world, made once: deriving four people's keys takes seconds."""
    with furnished(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    """A copy of that register, for one test to change."""
    where = tmp_path / "register"
    shutil.copytree(made.where, where)
    return replace(made, where=where, apps=[])
