"""Papers and requests: what HR hands out or draws, each with its own entry."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.records import Role, Sample
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Task
from recruitcheck.tui.tasks import answering
from recruitcheck.tui.tasks import papers as tasks
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words


class Papers(Page):
    """Access requests, objections, breaches, audit samples, the policy."""

    CSS_PATH = "record.tcss"
    WAY = "Papers"
    ACTS: ClassVar[tuple[str, ...]] = (
        "papers.bundle",
        "papers.objection",
        "papers.report",
        "papers.breach",
        "papers.sample",
        "papers.other",
        "equality.policy",
    )
    HELP = """An access request is answered with everything that is held about the applicant, \
within one month. An objection is answered by somebody in HR who did not ask for the search. \
A breach report starts the 72 hours. A breach pack is for an investigator, who needs no \
passphrase for it. An audit sample is drawn by chance, by a word that is kept with it, so that \
anybody can draw it again. Another paper: notices, letters after a search, records, what needs \
attention, the page for a headteacher, the figures for trustees, and what the data protection \
officer signs. The policy changes only when one person proposes and another adopts.

Each of these is recorded before anything is handed out."""

    def compose_body(self) -> ComposeResult:
        for act, words in (
            ("papers.bundle", "An applicant asks what is held about them."),
            ("papers.objection", "An applicant objected, and searching waits for your answer."),
            ("papers.report", "Data was lost, or seen by somebody who may not see it."),
            ("papers.breach", "Somebody investigates and needs the records."),
            ("papers.sample", "Requests to look at closely, drawn by chance."),
            ("papers.other", "A notice, a letter after a search, a report, a record."),
            ("equality.policy", "Compare, propose or adopt a changed policy pack."),
        ):
            yield Words(words, classes="faint")
            with Deeds(classes="buttons"):
                yield Push(act)
        yield Words("", id="result")

    def _files(self) -> str | None:
        if self.app_.is_web:
            return self._hr_only() or "only in the terminal, where files can be written"
        return self._hr_only()

    def why_not_papers_bundle(self) -> str | None:
        return self._files()

    async def do_papers_bundle(self) -> None:
        await self._form(await self.ask(tasks.access_bundle, self.desk))

    def why_not_papers_breach(self) -> str | None:
        return self._files()

    async def do_papers_breach(self) -> None:
        await self._form(await self.ask(tasks.breach_pack, self.desk))

    def _hr_only(self) -> str | None:
        return None if Role.HR in self.desk.me.roles else "only HR"

    def why_not_papers_objection(self) -> str | None:
        return self._hr_only()

    async def do_papers_objection(self) -> None:
        task = await self.ask(answering.objection, self.desk)
        if task.asks[0].options:
            await self._form(task)
        else:
            self.tell("No objection waits for an answer.")

    def why_not_papers_report(self) -> str | None:
        return self._hr_only()

    async def do_papers_report(self) -> None:
        await self._form(answering.breach(self.desk))

    async def do_papers_sample(self) -> None:
        await self._form(tasks.sample())

    def why_not_papers_other(self) -> str | None:
        return self._files()

    async def do_papers_other(self) -> None:
        await self._form(await self.ask(tasks.any_paper, self.desk))

    def do_equality_policy(self) -> None:
        from recruitcheck.tui.screens.compare import Compare

        self.app.push_screen(Compare())

    async def _form(self, task: Task) -> None:
        from recruitcheck.tui.screens.form import FormPage

        def told(made: Any) -> None:
            words = tasks.drawn_words(made) if isinstance(made, Sample) else task.done(made)
            self.query_one("#result", Words).say(words)

        self.app.push_screen(FormPage(task, then=told))
