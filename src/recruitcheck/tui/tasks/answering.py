"""What HR answers for, as questions: a breach, an applicant's objection, the end of a hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING

from recruitcheck.errors import BadInput
from recruitcheck.tui.questions import Ask, Task, day, written
from recruitcheck.tui.text import here, shortened

if TYPE_CHECKING:
    from recruitcheck.records import Breach, Objection
    from recruitcheck.steps.desk import Desk


def breach(desk: Desk) -> Task:
    """A breach report, from which the 72 hours run."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import incidents

        return incidents.report_breach(
            desk,
            what=answers["what"],
            aware_at=_moment(desk, answers["day"], answers["hour"]),
            people=answers["people"],
            effect=answers["effect"],
            containment=answers["containment"],
        )

    def done(made: Breach) -> str:
        return f"{made.id} is open; the 72 hours run from {here(made.aware_at):%-d %B, %H:%M}."

    now = here(desk.now)
    return Task(
        id="breach",
        title="Breach report",
        button="Open the report",
        record=record,
        intro="Within 72 hours of noticing, the Commissioner is told, unless a risk to people is "
        "unlikely. Later, “Another paper” prints the report under its reference.",
        done=done,
        asks=(
            Ask(id="what", label="What happened", kind="text", least=5),
            Ask(id="people", label="Whom it concerns, by kind and number"),
            Ask(id="effect", label="What it may lead to", kind="text"),
            Ask(id="containment", label="What was done at once", kind="text"),
            Ask(id="day", label="Noticed on", kind="date", initial=written(now)),
            Ask(id="hour", label="At what time", initial=f"{now:%H:%M}"),
        ),
    )


def objection(desk: Desk) -> Task:
    """The answer to an objection or a restriction; one's own search is another's to answer for."""
    from recruitcheck.steps import rights

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        return rights.answer_objection(
            desk, answers["objection"], answers["why"], upheld=answers["verdict"] == "upheld"
        )

    def done(made: Objection) -> str:
        return "Answered: searching " + ("stays stopped." if made.upheld else "may go on.")

    return Task(
        id="answer-objection",
        title="Answer an objection",
        button="Record the answer",
        record=record,
        intro="Until it is answered, nothing more is looked at for that applicant. What is upheld "
        "stops searching for good. The applicant can ask for your reasons.",
        done=done,
        asks=(
            Ask(id="objection", label="Which", kind="pick", options=tuple(
                (one.id, f"{one.applicant}, {one.kind} of {one.received_on:%-d %B}: "
                 f"{shortened(one.text, 60)}")
                for one in rights.objections(desk))),
            Ask(id="verdict", label="Does searching stay stopped?", kind="pick",
                options=(("upheld", "yes, the objection is upheld"),
                         ("refused", "no, searching may go on"))),
            Ask(id="why", label="Your answer, with reasons", kind="text", least=5),
        ),
    )  # fmt: skip


def lift(hold: str, case: str) -> Task:
    """The end of a hold, with the reason."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import retention

        return retention.lift(desk, hold, why=answers["why"])

    return Task(
        id="lift",
        title="Lift the hold",
        button="Lift it",
        record=record,
        intro=f"The clock of {case} goes on, and what is due can be destroyed.",
        done=lambda _: "The clock goes on.",
        asks=(Ask(id="why", label="Why does it end?", kind="text", least=5),),
    )


def _moment(desk: Desk, on: str, at: str) -> datetime:
    """The school's own day and time as a moment."""
    try:
        hour = time.fromisoformat(at.strip())
    except ValueError:
        raise BadInput(f"{at!r} is no time.", "Write it as 09:30.") from None
    return datetime.combine(day(on) or here(desk.now).date(), hour).astimezone()
