"""Candidate finding in prompts: ask, note whom you approach, record that they were told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recruitcheck.cli.plain.asking import Talk
from recruitcheck.tui.tasks import sourcing as tasks

if TYPE_CHECKING:
    from recruitcheck.reports.paper import Paper
    from recruitcheck.steps.desk import Desk


def find(talk: Talk, desk: Desk) -> None:
    """What is to be done about candidates, again and again until the person goes back."""
    from recruitcheck.steps import sourcing

    while True:
        waiting = [c for c in sourcing.candidates(desk) if not c.told_on and not c.applicant]
        told = [(c.id, f"{c.name} was told now ({tasks.state(c)})") for c in waiting]
        chosen = talk.choose("Find candidates", [("ask", "Ask to look for candidates"), *told])
        if chosen is None:
            return
        with talk.troubles():
            if chosen == "ask":
                _ask(talk, desk)
            else:
                sourcing.told(desk, chosen)
                talk.tell("Recorded.")


def _ask(talk: Talk, desk: Desk) -> None:
    look = talk.do(tasks.question(desk), desk)
    if look is None:
        return
    talk.tell(tasks.permitted(look))
    while talk.choose("Look there now.", [("approach", "Note somebody to approach")]) is not None:
        made = talk.do(tasks.approach(look.sourcing.id), desk)
        if made is not None:
            talk.tell(f"The notice for your first contact is {_written(made[1], made[0].id)}.")


def _written(notice: Paper, candidate: str) -> Path:
    """The notice as a file in the folder in which recruitcheck was started."""
    from recruitcheck.cli.talking import write
    from recruitcheck.reports import page

    place = Path.cwd() / f"notice-{candidate}.html"
    write(place, [page.html(notice)])
    return place
