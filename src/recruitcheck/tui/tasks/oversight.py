"""HR's questions and notes, and the recruiter's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recruitcheck.tui.questions import Task
from recruitcheck.tui.tasks.search import text_task

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk


def answer(desk: Desk, question: str) -> Task:
    """Answer a question that HR asked about one's own request."""
    from recruitcheck.steps import oversight

    asked = next((a for a in oversight.questions(desk) if a.question.id == question), None)
    words = asked.question.text if asked else ""
    return text_task(
        "answer",
        "HR asks",
        "Your answer",
        "Answer",
        f"HR asks: {words}",
        lambda desk, text: oversight.answer(desk, question, text),
        "HR has your answer.",
    )


def ask(request: str) -> Task:
    """Ask the recruiter about a request."""

    def act(desk: Desk, text: str) -> object:
        from recruitcheck.steps import oversight

        return oversight.ask(desk, request, text)

    return text_task(
        "ask",
        "Ask the recruiter",
        "Your question",
        "Ask",
        "It appears on their home screen, and their answer comes back here.",
        act,
        "Asked.",
    )


def note(request: str) -> Task:
    """Write an audit note."""

    def act(desk: Desk, text: str) -> object:
        from recruitcheck.steps import oversight

        return oversight.note(desk, request, text)

    return text_task(
        "note",
        "Note",
        "Your note",
        "Write it down",
        "Only HR reads it. It stands beside the record for good.",
        act,
        "Noted.",
    )
