"""What every test of the gate needs: the shipped pack and its screener, and one good case."""

from __future__ import annotations

from typing import Any

import pytest
from gatecase import Case

from recruitcheck.rules import grounds, screen
from recruitcheck.rules.pack import Pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The pack as shipped."""
    return grounds.load(grounds.find_folder())


@pytest.fixture(scope="session")
def screener(pack: Pack) -> Any:
    """The shipped refusals, compiled."""
    return screen.compiled(pack.refusals)


@pytest.fixture
def case(pack: Pack, screener: Any) -> Case:
    """A request that is permitted as it stands."""
    return Case(pack, screener)
