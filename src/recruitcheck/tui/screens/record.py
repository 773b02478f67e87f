"""One request with its whole history, for HR: from the claim in its place to the panel line."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from recruitcheck.records import Verdict
from recruitcheck.tui import telling
from recruitcheck.tui.page import Page
from recruitcheck.tui.text import safe
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words

_TONES = {Verdict.PERMIT: "go", Verdict.REFER: "ask", Verdict.REFUSE: "stop"}


class Record(Page):
    """What was asked, decided, looked at, kept and said."""

    CSS_PATH = "record.tcss"
    ACTS: ClassVar[tuple[str, ...]] = (
        "record.ask",
        "record.note",
        "record.accept",
        "record.applicant",
    )
    HELP = """The whole record of one request. HR sees how much was withheld and for which of the \
two neutral reasons, never what it was.

Ask the recruiter: the question appears on their home screen and the answer comes back here. \
Accept: you looked and found the answer in order. Nobody notes or accepts their own act.

“The applicant” opens the case: hand it over when its recruiter has left, and finish a reply or \
the panel line yourself."""

    def __init__(self, id: str) -> None:
        super().__init__()
        self._record_id = id
        self._open_question = ""
        self._applicant = ""

    def way(self) -> str:
        return self._record_id

    def compose_body(self) -> ComposeResult:
        with Deeds(classes="buttons"):
            yield Push("record.ask")
            yield Push("record.note", plain=True)
            yield Push("record.accept", plain=True)
            yield Push("record.applicant", plain=True)
        yield Vertical(id="parts")

    async def load(self) -> None:
        file, asked, names = await self.ask(_read, self.desk, self._record_id)
        waiting = [a for a in asked if a.answers and a.open]
        self._open_question = waiting[0].question.id if waiting else ""
        self._applicant = file.applicant.id if file.applicant else ""
        self.ask_again()
        box = self.query_one("#parts")
        await box.remove_children()
        parts = [part for part in _parts(self, file, names) if part[1]]
        widgets: list[Words] = []
        for title, content in parts:
            words = Words(content, classes="box")
            words.border_title = title
            widgets.append(words)
        await box.mount(*widgets)

    def do_record_ask(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import oversight

        self.app.push_screen(
            FormPage(oversight.ask(self._record_id), draft=f"ask:{self._record_id}")
        )

    def do_record_note(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import oversight

        self.app.push_screen(
            FormPage(oversight.note(self._record_id), draft=f"note:{self._record_id}")
        )

    def why_not_record_applicant(self) -> str | None:
        return None if self._applicant else "there is none to be read here"

    def do_record_applicant(self) -> None:
        from recruitcheck.tui.screens.applicant import ApplicantPage

        self.app.push_screen(ApplicantPage(self._applicant))

    def why_not_record_accept(self) -> str | None:
        return None if self._open_question else "there is no answer to accept"

    async def do_record_accept(self) -> None:
        from recruitcheck.steps import oversight

        if await self.attempt(oversight.accept, self.desk, self._open_question) is not None:
            self.tell("Accepted.")
            await self.load()


def _read(desk: Any, id: str) -> tuple[Any, ...]:
    from recruitcheck.steps import oversight

    file = oversight.record(desk, id)
    asked = [
        a for a in oversight.questions(desk, open_only=False) if file.id in a.question.subjects
    ]
    return file, asked, telling.names(desk)


def _parts(page: Page, file: Any, names: dict[str, str]) -> list[tuple[str, Content | str]]:
    """The told parts, with the claim painted in its place."""
    colours = page.app.theme_variables
    found: list[tuple[str, Content | str]] = []
    for title, text in telling.parts(file, names):
        if title == "The claim":
            who = f"{file.applicant.name} ({file.case})" if file.applicant else file.case
            post = f" · {file.vacancy.title}, {file.vacancy.school}" if file.vacancy else ""
            marked = f"bold {colours['onmark']} on {colours['mark']}"
            claim = (
                safe(f"{who}{post}\n…{file.before}", colours["faint"], lines=True)
                + safe(file.claim.quote, marked, lines=True)
                + safe(f"{file.after}…", colours["faint"], lines=True)
            )
            found.append((title, claim))
        elif title == "Decision":
            verdict, line, rest = text.partition("\n")
            tone = f"bold {colours[_TONES[file.decision.verdict]]}"
            found.append((title, safe(verdict, tone) + safe(line + rest, lines=True)))
        else:
            found.append((title, text))
    return found
