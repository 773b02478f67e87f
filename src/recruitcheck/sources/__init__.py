"""The only exit to the network, and what comes in by it.

`address`   what an address must look like and whether a scope covers it; opens nothing
`web`       `fetch`: one address under a grant, through every check (`guard/`)
`adapters/` one file per source: which addresses to ask, and what of the answers is an item
`reading`   JSON answers without trust in their shape
`pagehead`  what the head of a page links to
`items`     checked again after arrival: author, date, place
`imported`  saved, pasted and supplied material in the same form
`page`      HTML, feeds, JSON and text to passages; `markup` for what of HTML is passed over
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Protocol, cast

from recruitcheck.errors import BadInput
from recruitcheck.records import Grant, Item, Page

Fetch = Callable[[str], Page]


class Adapter(Protocol):
    """A module in `adapters/`."""

    def collect(self, grant: Grant, fetch: Fetch) -> Iterator[Item]:
        """Ask the source as far as `grant` goes and yield what is the author's own."""
        ...


def adapter(name: str) -> Adapter:
    """The adapter of that name; loaded when first asked for.

    Raises:
        BadInput: there is none.
    """
    if re.fullmatch(r"[a-z][a-z_]{0,30}", name):
        place = f"{__name__}.adapters.{name}"
        try:
            return cast(Adapter, import_module(place))
        except ModuleNotFoundError as error:
            if error.name != place:
                raise
    raise BadInput(
        f"recruitcheck has no way to read a source called {name!r}.",
        "See docs/sources.md for the names; the policy pack's source file holds one of them.",
    )
