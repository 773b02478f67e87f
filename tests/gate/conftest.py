"""What every test of the gate needs: the shipped pack and its screener, and one good case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from gatecase import Case

from recruitcheck.records import Problem
from recruitcheck.rules import grounds, refusal_files, screen
from recruitcheck.rules.pack import Pack


@pytest.fixture(scope="package", autouse=True)
def _phrases_read_once() -> Iterator[None]:
    """Most tests spoil one file of a copied pack; the thousands of phrases in all others stay as
    they are, and whether they can be read is worked out once for each different content."""
    real, known = refusal_files.problems, dict[Any, list[Problem]]()

    def problems(name: str, table: Mapping[str, Any], *, phrases: bool = True) -> list[Problem]:
        content = name, repr(table), phrases
        if content not in known:
            known[content] = real(name, table, phrases=phrases)
        return known[content]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refusal_files, "problems", problems)
        yield


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
