"""Declarations, objections, and handing a case over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from recruitcheck.tui.questions import Ask, Task

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk


def share(desk: Desk, applicant_id: str) -> Task:
    """Let a colleague read this case."""
    people = tuple(
        (p.id, p.name)
        for p in desk.register.people()
        if p.admitted_at and not p.left_at and p.id != desk.me.id
    )

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import people as steps

        steps.share_case(desk, applicant_id, answers["person"])
        return applicant_id

    return Task(
        id="share",
        title="Hand the case over",
        button="Hand it over",
        record=record,
        intro="That person can then read the documents and justifications of this case, now and "
        "later. It stands in the ledger.",
        done=lambda _: "Handed over.",
        asks=(Ask(id="person", label="To whom?", kind="pick", options=people),),
    )
