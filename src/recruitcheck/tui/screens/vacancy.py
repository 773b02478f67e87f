"""One vacancy: what it asks for, who is on the panel, and how far it is."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.records import Applicant, Vacancy
from recruitcheck.tui.page import Page
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Column, Rows, Table
from recruitcheck.tui.widgets.words import Words


class VacancyPage(Page):
    """A post and its applicants."""

    CSS_PATH = "applicant.tcss"
    AUTO_FOCUS = "Table"
    ACTS: ClassVar[tuple[str, ...]] = ("vacancy.stage", "vacancy.applicant")
    HELP = """A post. What it asks for, line by line, is what a search may be about. Searching is \
possible from shortlisted to offer; people on the panel may ask for a search, but never look. \
Close it when the appointment is decided: the time after which everything is destroyed counts from \
that day."""

    def __init__(self, vacancy: str) -> None:
        super().__init__()
        self._vacancy_id = vacancy
        self._title = "Vacancy"
        self._people: list[Applicant] = []

    def way(self) -> str:
        return self._title

    def compose_body(self) -> ComposeResult:
        yield Words(id="who", classes="heading")
        yield Words(id="facts")
        with Deeds(classes="buttons"):
            yield Push("vacancy.stage")
            yield Push("vacancy.applicant", plain=True)
        yield Table(
            (
                Column("Code", 10),
                Column("Applicant", 0, most=40),
                Column("Told about searches", 20),
            ),
            empty="No applicants that you may see.",
        )

    async def load(self) -> None:
        vacancy, self._people, panel = await self.ask(_read, self.desk, self._vacancy_id)
        self._title = vacancy.title
        self.show_way()
        self.query_one("#who", Words).say(
            f"{vacancy.title}, {vacancy.school}   {vacancy.reference}"
        )
        lines = "\n".join(f"{r.id}  {r.text}" for r in vacancy.requirements)
        decided = f", decided on {vacancy.decided_on:%-d %B %Y}" if vacancy.decided_on else ""
        self.query_one("#facts", Words).say(
            f"Stage: {vacancy.stage}{decided}\n"
            f"Panel: {', '.join(panel) or 'nobody yet'}\nAsks for:\n{lines}"
        )
        self.query_one(Table).show(
            Rows(
                [
                    (a.id, a.name, f"{a.notice_on:%-d %b %Y}" if a.notice_on else "not told yet")
                    for a in self._people
                ]
            )
        )

    async def do_vacancy_stage(self) -> None:
        from recruitcheck.tui.tasks import intake

        await self._form(intake.stage)

    async def do_vacancy_applicant(self) -> None:
        from recruitcheck.tui.tasks import intake

        await self._form(intake.applicant)

    async def _form(self, make: Any) -> None:
        from recruitcheck.tui.screens.form import FormPage

        self.app.push_screen(
            FormPage(
                await self.ask(make, self.desk, self._vacancy_id),
                draft=f"{make.__name__}:{self._vacancy_id}",
            )
        )

    def on_table_chosen(self, event: Table.Chosen) -> None:
        from recruitcheck.tui.screens.applicant import ApplicantPage

        event.stop()
        self.app.push_screen(ApplicantPage(self._people[event.row].id))


def _read(desk: Any, vacancy_id: str) -> tuple[Any, ...]:
    vacancy = desk.get(Vacancy, vacancy_id)
    names = {p.id: p.name for p in desk.register.people()}
    return (
        vacancy,
        [a for a in desk.all(Applicant) if a.vacancy == vacancy_id],
        [names.get(p, p) for p in vacancy.panel],
    )
