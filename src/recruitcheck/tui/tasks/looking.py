"""What a person saw, and what the applicant sent, as questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from recruitcheck.records import Claim, Grant, Sight
from recruitcheck.tui.questions import Ask, Task, day, written

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk


def observation(desk: Desk, grant: Grant) -> Task:
    """What a person saw at the permitted address, typed or pasted."""
    if desk.pack.sources[grant.source].manner == "typed_finding":
        return typed(desk, grant)
    from recruitcheck.steps import search

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        return search.observe(
            desk,
            grant.id,
            search.Observation(
                address=answers["address"].strip(),
                text=answers["text"],
                seen_on=day(answers["seen"]) or desk.today,
                published=day(answers["published"]),
                author=answers["author"].strip(),
                public=answers["public"] == "yes",
                not_logged_in=answers["logged_out"] == "yes",
                no_contact=answers["quiet"] == "yes",
            ),
        )

    return Task(
        id="observation",
        title="I looked myself",
        button="Show what bears on the claim",
        record=record,
        done=_shown,
        intro="Open the permitted address in a browser where you are logged in to nothing, and "
        "paste the part that bears on the claim. What does not bear on it is not kept.",
        asks=(
            _seen_at(desk, grant),
            Ask(id="text", label="What it says (paste it here)", kind="text", least=3),
            Ask(
                id="published",
                label="Date of the post or page, if it shows one",
                kind="date",
                required=False,
                help="Without a date it cannot alone contradict the claim.",
            ),
            Ask(id="author", label="Account or author, as shown", required=False),
            Ask(id="seen", label="Seen on", kind="date", initial=written(desk.today)),
            Ask(id="public", label="Anyone can see it, without an account", kind="tick"),
            Ask(id="logged_out", label="I was not logged in to anything", kind="tick"),
            Ask(id="quiet", label="I followed nobody and wrote to nobody", kind="tick"),
        ),
    )


def _seen_at(desk: Desk, grant: Grant) -> Ask:
    from recruitcheck.steps import search

    return Ask(
        id="address",
        label="Address of the page you saw",
        initial=next(iter(search.places(desk, grant)), ""),
    )


def _shown(sight: Sight) -> str:
    """What was refused whole is not said to be shown; its own message follows."""
    refused = sight.lookup.outcome == "failed"
    return "Recorded." if refused else "Recorded. What bears on the claim is shown."


def typed(desk: Desk, grant: Grant) -> Task:
    """Whether a fact of the claim stands at a place from which nothing may be copied."""

    from recruitcheck.steps import search

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        return search.typed(
            desk,
            grant.id,
            fact=answers["fact"],
            seen=answers["stated"] == "yes",
            seen_on=day(answers["seen"]) or desk.today,
            address=answers["address"].strip(),
        )

    quote = desk.get(Claim, grant.claim).quote
    source = desk.pack.sources[grant.source].title
    return Task(
        id="typed",
        title="I looked myself",
        button="Record it",
        record=record,
        done=lambda _: "Recorded.",
        intro=f"Nothing may be copied from {source}. Open the permitted address in a browser where "
        "you are logged in to nothing, contact nobody, and say only whether the claimed fact "
        "stands there.",
        asks=(
            Ask(
                id="fact",
                label="Words of the claim that you looked for",
                help=f"As they stand in the claim: “{quote}”",
            ),
            Ask(
                id="stated",
                label="Does the page state it?",
                kind="pick",
                options=(("yes", "it states it"), ("no", "it does not state it")),
            ),
            _seen_at(desk, grant),
            Ask(id="seen", label="Seen on", kind="date", initial=written(desk.today)),
        ),
    )


def supplied(desk: Desk, grant: Grant) -> Task:
    """What the applicant brought when asked."""
    from recruitcheck.tui.tasks.intake import read_file

    del desk

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from pathlib import Path

        from recruitcheck.steps import search

        path = answers["file"].strip()
        return search.supplied(
            desk,
            grant.id,
            search.SuppliedItem(
                filename=Path(path).name if path else "",
                data=read_file(path) if path else b"",
                text=answers["text"],
                address=answers["address"].strip(),
                published=day(answers["published"]),
            ),
        )

    return Task(
        id="supplied",
        title="The applicant sent it",
        button="Show what bears on the claim",
        record=record,
        done=_shown,
        intro="An export, a file or a text that the applicant brought. It passes the same checks "
        "as a page, and what is kept of it is marked “supplied by the applicant”.",
        file_for="file",
        asks=(
            Ask(id="file", label="File on this computer", required=False),
            Ask(id="text", label="Or paste the text here", kind="text", required=False),
            Ask(id="address", label="Where it was published, if they said", required=False),
            Ask(id="published", label="Date of it, if it shows one", kind="date", required=False),
        ),
    )
