"""Declarations, objections, and handing a case over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from recruitcheck.records import Applicant, Vacancy
from recruitcheck.tui.questions import Ask, Task, day, written

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk


def share(desk: Desk, applicant_id: str) -> Task:
    """Let a colleague read this case."""
    from recruitcheck.steps import people as steps

    people = tuple((p.id, p.name) for p in steps.takers(desk) if p.id != desk.me.id)

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
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


def objection(desk: Desk, applicant_id: str) -> Task:
    """The applicant objects to searching."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import rights

        return rights.object_to(
            desk, applicant_id, answers["text"], received_on=day(answers["received"])
        )

    return Task(
        id="objection",
        title="Objection",
        button="Record the objection",
        record=record,
        intro="From now on nothing is looked at until HR has answered.",
        done=lambda _: "Recorded; searching has stopped.",
        asks=(
            Ask(id="text", label="What the applicant wrote", kind="text", least=3),
            Ask(id="received", label="Received on", kind="date", initial=written(desk.today)),
        ),
    )


def off_tool(desk: Desk) -> Task:
    """Declare a search made outside recruitcheck."""
    from recruitcheck.steps import declarations

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        return declarations.off_tool_search(
            desk,
            applicant=answers["applicant"],
            vacancy=answers["vacancy"],
            on=day(answers["on"]) or desk.today,
            place=answers["place"],
            why=answers["why"],
        )

    return Task(
        id="off-tool",
        title="A search outside the tool",
        button="Declare it",
        record=record,
        intro="Say that it happened, where and why. What was seen is not asked for; please do not "
        "write it here.",
        done=lambda _: "Declared. Thank you for saying so.",
        asks=(
            _about_whom(desk, required=False),
            Ask(
                id="vacancy",
                label="Or about which post",
                kind="pick",
                required=False,
                options=tuple((v.id, f"{v.title}, {v.school}") for v in desk.all(Vacancy)),
            ),
            Ask(id="on", label="When", kind="date", initial=written(desk.today)),
            Ask(
                id="place",
                label="What kind of place",
                kind="pick",
                options=tuple((place, place) for place in declarations.PLACES),
            ),
            Ask(id="why", label="Why", kind="text", least=5),
        ),
    )


def _about_whom(desk: Desk, *, required: bool = True) -> Ask:
    """The applicants whose cases this person may read; others cannot be declared about by name."""
    return Ask(
        id="applicant",
        label="About whom",
        kind="pick",
        required=required,
        options=tuple((a.id, f"{a.name} ({a.id})") for a in desk.all(Applicant)),
    )


def exposure(desk: Desk) -> Task:
    """“I saw something protected.”"""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import declarations

        return declarations.exposure(desk, answers["applicant"], on=day(answers["on"]))

    return Task(
        id="exposure",
        title="I saw something protected",
        button="Declare it",
        record=record,
        intro="It happens. Only that you saw something is recorded, never what it was. HR is told "
        "and decides whether somebody else goes on.",
        done=lambda _: "Declared. HR is told that, not what, you saw.",
        asks=(
            _about_whom(desk),
            Ask(id="on", label="When", kind="date", initial=written(desk.today)),
        ),
    )


def unasked_report(desk: Desk) -> Task:
    """Lock away a report that nobody asked for."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import thirdparty
        from recruitcheck.tui.tasks.intake import read_file

        thirdparty.quarantine(desk, answers["applicant"], read_file(answers["file"].strip()))
        return answers["applicant"]

    return Task(
        id="unasked-report",
        title="A report nobody asked for",
        button="Lock it away",
        record=record,
        intro="Do not read it. It is sealed as it came, and only HR can open it. Delete the file "
        "afterwards, and tell the sender that nobody asked for it.",
        done=lambda _: "Locked away unread; HR is told.",
        file_for="file",
        asks=(
            _about_whom(desk),
            Ask(id="file", label="File on this computer"),
        ),
    )
