"""One applicant: notice, documents, claims and where each stands."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.records import Applicant, Document, Role, Vacancy
from recruitcheck.tui.cases import Job, jobs
from recruitcheck.tui.page import Page
from recruitcheck.tui.screens.home import open_job
from recruitcheck.tui.text import safe
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Column, Rows, Table, Whole
from recruitcheck.tui.widgets.words import Words


class ApplicantPage(Page):
    """Everything about one case that this person may see."""

    CSS_PATH = "applicant.tcss"
    ACTS: ClassVar[tuple[str, ...]] = (
        "applicant.mark",
        "applicant.document",
        "applicant.open",
        "applicant.notice",
        "applicant.accounts",
        "applicant.post",
        "applicant.share",
        "applicant.monitoring",
        "applicant.object",
    )
    HELP = """One applicant. Add the application, then mark in it what has to be checked. Each \
line below is one claim with its next step.

Without a notice on record nothing can be searched: record the day on which the applicant was told.

When a decision asks for an address, the applicant's answer goes in with “Add an address”, and \
whatever they send goes in as a document."""

    def __init__(self, applicant: str) -> None:
        super().__init__()
        self._case_id = applicant
        self._applicant: Applicant | None = None
        self._vacancy: Vacancy | None = None
        self._documents: tuple[Document, ...] = ()
        self._jobs: list[Job] = []

    def way(self) -> str:
        return self._applicant.name if self._applicant else self._case_id

    def compose_body(self) -> ComposeResult:
        yield Words(id="who", classes="heading")
        yield Words(id="facts")
        yield Words(id="documents")
        with Deeds(classes="buttons"):
            yield Push("applicant.mark")
            yield Push("applicant.document", plain=True)
            yield Push("applicant.notice", plain=True)
            yield Push("applicant.accounts", plain=True)
        yield Table(
            (Column("State", 12), Column("Claim", 0), Column("Next", 24)),
            empty="No claim is marked yet. “Mark a claim” opens the application.",
            id="claims",
        )
        yield Whole()
        with Deeds(classes="buttons"):
            yield Push("applicant.open")
            yield Push("applicant.post", plain=True)
            yield Push("applicant.share", plain=True)
            yield Push("applicant.monitoring", plain=True)
            yield Push("applicant.object", plain=True)

    async def load(self) -> None:
        self._applicant, self._vacancy, self._documents, found = await self.ask(
            _read, self.desk, self._case_id
        )
        self._jobs = [job for job in found if job.page not in ("document", "mark")]
        applicant, vacancy = self._applicant, self._vacancy
        self.show_way()
        colours = self.app.theme_variables
        self.query_one("#who", Words).say(f"{applicant.name}   {applicant.id}")
        told = (
            safe(f"✓ told about searches on {applicant.notice_on:%-d %B %Y}", colours["go"])
            if applicant.notice_on
            else safe("✗ not told about searches: no search is possible", colours["stop"])
        )
        facts = safe(f"{vacancy.title}, {vacancy.school} · {vacancy.stage}\n", lines=True) + told
        if applicant.objected_on:
            facts += safe(
                f"\n✗ objected on {applicant.objected_on:%-d %B}: searching has stopped",
                colours["stop"],
                lines=True,
            )
        if not applicant.adult:
            facts += safe(
                "\n◆ under 18: an equality reviewer decides every search",
                colours["ask"],
                lines=True,
            )
        self.query_one("#facts", Words).say(facts)
        self.query_one("#documents", Words).say(
            "Documents: " + (", ".join(d.title for d in self._documents) or "none yet")
        )
        self.query_one(Table).show(Rows([((j.state, j.tone), j.what, j.next) for j in self._jobs]))

    def why_not_applicant_mark(self) -> str | None:
        return None if self._documents else "add the application first"

    def do_applicant_mark(self) -> None:
        from recruitcheck.tui.screens.justify import Justify

        self.app.push_screen(Justify(self._case_id))

    async def do_applicant_document(self) -> None:
        from recruitcheck.tui.tasks import intake

        await self._form(intake.document)

    def why_not_applicant_notice(self) -> str | None:
        return "it is on record" if self._applicant and self._applicant.notice_on else None

    async def do_applicant_notice(self) -> None:
        from recruitcheck.tui.tasks import intake

        await self._form(intake.notice)

    async def do_applicant_monitoring(self) -> None:
        from recruitcheck.tui.tasks import intake

        await self._form(intake.monitoring)

    async def do_applicant_accounts(self) -> None:
        from recruitcheck.tui.tasks import intake

        await self._form(intake.accounts)

    def do_applicant_post(self) -> None:
        from recruitcheck.tui.screens.vacancy import VacancyPage

        if self._applicant:
            self.app.push_screen(VacancyPage(self._applicant.vacancy))

    async def do_applicant_share(self) -> None:
        from recruitcheck.tui.tasks import declare

        await self._form(declare.share)

    async def do_applicant_object(self) -> None:
        from recruitcheck.tui.tasks import declare

        await self._form(declare.objection)

    def why_not_applicant_object(self) -> str | None:
        roles = self.desk.me.roles
        if Role.HR not in roles and Role.RECRUITER not in roles:
            return "only a recruiter or HR"
        return "it is on record" if self._applicant and self._applicant.objected_on else None

    async def _form(self, make: Any) -> None:
        from recruitcheck.tui.screens.form import FormPage

        self.app.push_screen(
            FormPage(await self.ask(make, self.desk, self._case_id), case=self._case_id)
        )

    def why_not_applicant_open(self) -> str | None:
        return None if self._jobs else "no claim is marked"

    async def do_applicant_open(self) -> None:
        await open_job(self, self._jobs[self.query_one(Table).cursor])

    async def on_table_chosen(self, event: Table.Chosen) -> None:
        event.stop()
        await self.action_do("applicant.open")


def _read(desk: Any, applicant_id: str) -> tuple[Any, ...]:
    applicant = desk.get(Applicant, applicant_id)
    return (
        applicant,
        desk.get(Vacancy, applicant.vacancy),
        desk.all(Document, applicant_id),
        jobs(desk, applicant_id),
    )
