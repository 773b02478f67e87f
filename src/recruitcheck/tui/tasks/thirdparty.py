"""The instruction for an outside researcher, and the report that came back, as questions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from recruitcheck.records import Grant
from recruitcheck.tui.questions import Ask, Task, place

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk


def instruction(desk: Desk, grant: Grant) -> Task:
    """The letter and the file that go to the researcher whom the request names."""
    from recruitcheck.steps import instructions

    researcher = instructions.asked(desk, grant)

    def record(desk: Desk, answers: Mapping[str, str]) -> Path:
        made = instructions.instruct(desk, grant.id, researcher)
        folder = place(answers["folder"])
        instructions.write(made, folder)
        return folder

    return Task(
        id="instruction",
        title="Instruction",
        button="Write the instruction",
        record=record,
        intro=f"It is addressed to {researcher}, and says what may be looked at, until when, and "
        "what must come back.",
        done=lambda folder: f"Written to {folder}. Send both files: letter.txt, instruction.json.",
        asks=(Ask(id="folder", label="Folder to write it to"),),
    )


def report(desk: Desk, grant: Grant) -> Task:
    """The report that came back; it passes the same checks as a page."""
    from recruitcheck.tui.tasks.intake import read_file

    del desk

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import thirdparty

        return thirdparty.report(desk, grant.id, read_file(answers["file"].strip()))

    return Task(
        id="report",
        title="Report",
        button="Take it in",
        record=record,
        intro="It passes the same checks as a page you looked at yourself. What lies outside the "
        "permission is not read.",
        done=lambda _: "Recorded. Delete the file now.",
        file_for="file",
        asks=(Ask(id="file", label="File of the report"),),
    )
