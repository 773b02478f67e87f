"""Sources as their documentation says they answer, and grants as the rules would give them."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache

from recruitcheck import sources
from recruitcheck.errors import GrantError, LookupFailed
from recruitcheck.records import (
    Applicant,
    Claim,
    Grant,
    Item,
    Justification,
    Nature,
    Page,
    Route,
)
from recruitcheck.rules import grounds, scope
from recruitcheck.rules.pack import Pack
from recruitcheck.sources import items
from recruitcheck.sources.address import allowed

_numbers = itertools.count(1)


@cache
def pack() -> Pack:
    """The policy pack as delivered."""
    return grounds.load(grounds.find_folder())


def granted(source: str, quote: str, **changes: object) -> Grant:
    """The grant that the rules give for a quotation and a source of the policy pack."""
    claim = Claim(
        id="C", applicant="A", document="D", quote=quote, start=0, end=len(quote),
        nature=Nature.CHECKABLE,
    )  # fmt: skip
    justification = Justification(
        id="J", claim="C", applicant="A", ground="published-work", requirement="Q",
        route=Route.CANNOT_SETTLE, route_note="n", confirms="c", refutes="r", source=source,
        holder="P",
    )  # fmt: skip
    applicant = Applicant(id="A", vacancy="V", name="Ana Gomes")
    grant = scope.narrow(
        pack(), claim, justification, applicant,
        now=datetime.now(UTC), grant_id=f"N-{next(_numbers)}", decision_id="X",
    )  # fmt: skip
    assert grant is not None, "the rules gave no grant"
    return replace(grant, **changes)  # type: ignore[arg-type]


@dataclass
class Told:
    """Answers by the beginning of an address; everything asked is held against the grant."""

    grant: Grant
    answers: dict[str, object] = field(default_factory=dict)
    type: str = "application/json"
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> Page:
        """Answer as a source would, through the same scope check as the real client's."""
        if why := allowed(self.grant, url):
            raise GrantError(f"{why} {url}")
        self.asked.append(url)
        if len(self.asked) > self.grant.max_requests:
            raise GrantError("This grant has no requests left.")
        for start in sorted(self.answers, key=len, reverse=True):
            if url.startswith(start):
                return self._page(url, self.answers[start])
        raise LookupFailed("There is nothing at this address.")

    def _page(self, url: str, said: object) -> Page:
        kind = self.type
        if isinstance(said, list) and said and isinstance(said[0], Page):
            said = said.pop(0).text  # one answer after the other
        if isinstance(said, Exception):
            raise said
        if isinstance(said, tuple):
            kind, said = said
        text = said if isinstance(said, str) else json.dumps(said)
        return Page(url=url, status=200, type=kind, text=text, fetched_at=datetime.now(UTC))


def in_turn(*answers: object) -> list[Page]:
    """Answers that come one after the other at one address."""
    return [
        Page(url="", status=200, type="", text=json.dumps(said), fetched_at=datetime.now(UTC))
        for said in answers
    ]


def admitted(name: str, told: Told) -> list[Item]:
    """What an adapter yields and the check after arrival lets in."""
    found = sources.adapter(name).collect(told.grant, told.fetch)
    return [item for item in found if not items.admit(told.grant, item)]


def yielded(name: str, told: Told) -> list[Item]:
    """What an adapter yields, before that check."""
    return list(sources.adapter(name).collect(told.grant, told.fetch))
