"""Candidate finding as questions: what to look for, and whom to approach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from recruitcheck.records import Stage, Vacancy
from recruitcheck.tui.questions import Ask, Task

if TYPE_CHECKING:
    from recruitcheck.records import Candidate
    from recruitcheck.steps.desk import Desk


def question(desk: Desk) -> Task:
    """For which post, and with which words of its advertisement."""
    from recruitcheck.steps import sourcing

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        return sourcing.find(
            desk,
            vacancy=answers["vacancy"],
            criteria=[line for line in answers["criteria"].splitlines() if line.strip()],
            source=answers["source"],
            reason=answers["reason"],
        )

    posts = [v for v in desk.all(Vacancy) if v.stage is not Stage.CLOSED]
    return Task(
        id="sourcing",
        title="Ask",
        button="Record and decide",
        record=record,
        intro="Only words that stand in the advertisement; nothing about a person.",
        done=lambda _: "Permitted: only these words, only there.",
        asks=(
            Ask(id="vacancy", label="For which post", kind="pick",
                options=tuple((v.id, f"{v.title}, {v.school}") for v in posts)),
            Ask(id="criteria", label="What the advertisement asks for, one line each", kind="text"),
            Ask(id="source", label="Where", kind="pick", required=False,
                options=tuple((s.id, s.title) for s in sourcing.sources(desk))),
            Ask(id="reason", label="Why", kind="text", required=False),
        ),
    )  # fmt: skip


def approach(asked: str) -> Task:
    """Whom to approach, found by the search `asked`; gives the candidate and their notice."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import sourcing

        return sourcing.approach(desk, asked, name=answers["name"], where=answers["where"])

    return Task(
        id="approach",
        title="Approach",
        button="Note this person",
        record=record,
        intro="The notice that goes with your first contact is made now.",
        done=lambda made: f"Noted; tell them by {made[0].told_by:%-d %B %Y}.",
        asks=(
            Ask(id="name", label="Name"),
            Ask(id="where", label="Where they advertise themselves"),
        ),
    )


def permitted(look: Any) -> str:
    """What candidate finding permits, in words."""
    places = ", ".join(source.title for source in look.where)
    steps = "\n".join(f"  {n}  {words}" for n, words in enumerate(look.instructions, 1))
    return f"You may look at: {places}\nWords: {look.query}\n{steps}"


def state(candidate: Candidate) -> str:
    """Where somebody approached stands, in words."""
    if candidate.applicant:
        return f"applied as {candidate.applicant}"
    if candidate.told_on:
        return f"told on {candidate.told_on:%-d %B %Y}"
    return f"tell them by {candidate.told_by:%-d %B %Y}"
