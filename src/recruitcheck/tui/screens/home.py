"""The recruiter's home: what to do next, the most urgent first."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.records import Applicant, Claim, Role
from recruitcheck.tui import drafts
from recruitcheck.tui.cases import Job, jobs
from recruitcheck.tui.page import Page
from recruitcheck.tui.screens.confirm import Confirm
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.line import Line
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Column, Rows, Table, Whole
from recruitcheck.tui.widgets.words import Words

_DRAFT = "✎ DRAFT"


class Home(Page):
    """Everything this person can go on with."""

    CSS_PATH = "home.tcss"
    WAY = "Home"
    ACTS: ClassVar[tuple[str, ...]] = (
        "home.open",
        "applicant.mark",
        "home.vacancy",
        "home.applicant",
        "home.filter",
        "home.drop",
        "home.sourcing",
        "home.declare",
        "hr.audit",
        "hr.people",
        "equality.queue",
        "page.refresh",
    )
    HELP = """Your work, the most urgent first. Each line is one claim of one applicant, with the \
next step; Enter goes on with it, and “Mark a claim” opens the applicant's document. Every list \
names applicants by their pseudonym; the name beside it stands in your own list only.

To start: add the vacancy with its person specification, add the applicant, add the application, \
then mark in it what the applicant says. Nothing here searches anyone by itself."""
    leads_back = False

    def __init__(self) -> None:
        super().__init__()
        self._jobs: tuple[Job, ...] = ()
        self._shown: list[Job] = []

    def compose_body(self) -> ComposeResult:
        if self.app_.first_task:
            yield Words(f"First task: {self.app_.first_task}", id="task")
        yield Line(placeholder="a word to filter by; Esc shows everything", id="filter")
        yield Table(
            (
                Column("State", 12),
                Column("Applicant", 24, narrow=17),
                Column("Claim", 0),
                Column("Next", 24, narrow=24),
                Column("Until", 7, wide_only=True),
            ),
            empty="Nothing to do yet. Add a vacancy, then an applicant, then the application.",
            id="jobs",
        )
        yield Whole()
        with Deeds(classes="buttons"):
            yield Push("home.open")
            yield Push("applicant.mark", plain=True)
            yield Push("home.vacancy", plain=True)
            yield Push("home.applicant", plain=True)
            yield Push("home.drop", plain=True)
            if Role.HR in self.desk.me.roles:
                yield Push("hr.audit", plain=True)
            if Role.EQUALITY in self.desk.me.roles:
                yield Push("equality.queue", plain=True)
        yield Words("Nothing here searches anyone by itself.", classes="faint", id="calm")

    def on_mount(self) -> None:
        self.query_one("#filter").display = False
        self.set_focus(self.query_one(Table))

    async def load(self) -> None:
        self._jobs = await self.ask(_read, self.desk)
        self.show_jobs()

    def show_jobs(self) -> None:
        """Show the jobs that the filter leaves."""
        word = self.query_one("#filter", Line).value.casefold()
        self._shown = [
            job
            for job in self._jobs
            if word in f"{job.state} {job.name} {job.case} {job.what} {job.next}".casefold()
        ]
        rows = [
            (
                (job.state, job.tone),
                f"{job.case} {job.name}".strip(),
                job.what,
                job.next,
                f"{job.due:%-d %b}" if job.due else "",
            )
            for job in self._shown
        ]
        self.query_one(Table).show(Rows(rows))
        self.ask_again()

    def on_input_changed(self) -> None:
        self.show_jobs()

    def on_input_submitted(self) -> None:
        self.query_one(Table).focus()

    def do_home_filter(self) -> None:
        field = self.query_one("#filter", Line)
        field.display = True
        field.focus()

    def do_app_back(self) -> None:
        field = self.query_one("#filter", Line)
        if field.display:
            field.value = ""
            field.display = False
            self.query_one(Table).focus()
        else:
            super().do_app_back()

    def why_not_home_open(self) -> str | None:
        return None if self._shown else "nothing is in the list"

    async def on_table_chosen(self, event: Table.Chosen) -> None:
        event.stop()
        await self.action_do("home.open")

    async def do_home_open(self) -> None:
        job = self._shown[self.query_one(Table).cursor]
        await open_job(self, job)

    def _chosen(self) -> Job | None:
        tables = self.query(Table).results()  # none yet, while the page is being put together
        at = next((table.cursor for table in tables), 0)
        return self._shown[at] if at < len(self._shown) else None

    def on_table_moved(self, event: Table.Moved) -> None:
        event.stop()
        self.query_one("#push-home-drop").display = not self.why_not_home_drop()
        self.ask_again()

    def why_not_applicant_mark(self) -> str | None:
        job = self._chosen()
        if job is None or not job.case:
            return "choose the line of an applicant"
        return "add the application first" if job.page == "document" else None

    def do_applicant_mark(self) -> None:
        from recruitcheck.tui.screens.justify import Justify

        if (job := self._chosen()) is not None:
            self.app.push_screen(Justify(job.case))

    def why_not_home_drop(self) -> str | None:
        job = self._chosen()
        return None if job is not None and job.state == _DRAFT else "choose the line of a draft"

    def do_home_drop(self) -> None:
        if (job := self._chosen()) is None:
            return

        def dropped(sure: bool | None) -> None:
            if sure:
                self.beside(partial(self._drop, job.case), "act")

        self.app.push_screen(
            Confirm(f"The request you began for {job.name} is thrown away.", "Drop the draft"),
            dropped,
        )

    async def _drop(self, case: str) -> None:
        await self.ask(drafts.drop, self.desk, f"justify:{case}")
        await self.load()

    async def do_home_vacancy(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import intake

        task = await self.ask(intake.vacancy, self.desk)
        self.app.push_screen(FormPage(task))

    async def do_home_applicant(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import intake

        task = await self.ask(intake.applicant, self.desk)
        if not task.asks[0].options:
            self.tell("There is no vacancy yet.", "Add the vacancy first.", wrong=True)
            return
        self.app.push_screen(FormPage(task, then=self._go_to_applicant))

    def _go_to_applicant(self, made: Applicant) -> None:
        from recruitcheck.tui.screens.applicant import ApplicantPage

        self.app.push_screen(ApplicantPage(made.id))

    def do_page_refresh(self) -> None:
        self.reload()

    def do_hr_audit(self) -> None:
        from recruitcheck.tui.screens.audit import Audit

        self.app.push_screen(Audit())

    def why_not_hr_audit(self) -> str | None:
        return None if Role.HR in self.desk.me.roles else "only HR reads the audit list"

    def do_hr_people(self) -> None:
        from recruitcheck.tui.screens.people import People

        self.app.push_screen(People())

    def why_not_hr_people(self) -> str | None:
        return None if Role.HR in self.desk.me.roles else "only HR looks after people and keys"

    def do_equality_queue(self) -> None:
        from recruitcheck.tui.screens.referrals import Referrals

        self.app.push_screen(Referrals())

    def why_not_equality_queue(self) -> str | None:
        roles = self.desk.me.roles
        return None if Role.EQUALITY in roles else "only equality reviewers read referrals"

    def do_home_sourcing(self) -> None:
        from recruitcheck.tui.screens.sourcing import Sourcing

        self.app.push_screen(Sourcing())

    def do_home_declare(self) -> None:
        from recruitcheck.tui.screens.declare import Declare

        self.app.push_screen(Declare())


def _read(desk: Any) -> tuple[Job, ...]:
    """Jobs, with drafts and questions of HR in front."""
    found = list(jobs(desk))
    names = {job.case: job.name for job in found if job.case}
    for key in drafts.keys(desk):
        kind, _, target = key.partition(":")
        if kind == "justify" and target in names:
            begun = drafts.load(desk, key).get("claim", "")
            quote = next((c.quote for c in desk.all(Claim, target) if c.id == begun), "")
            found.insert(
                0,
                Job(
                    state=_DRAFT,
                    tone="ask",
                    case=target,
                    name=names[target],
                    what=f"“{quote}”" if quote else "a request you began",
                    next="go on where you stopped",
                    page="mark",
                    target=target,
                    rank=0,
                ),
            )
    from recruitcheck.steps import oversight

    for asked in oversight.questions(desk):
        if asked.to != desk.me.id or asked.answers:
            continue
        case = desk.case_of(asked.question.id)
        found.insert(
            0,
            Job(
                state="? HR ASKS",
                tone="ask",
                case=case,
                name=names.get(case, case),
                what=asked.question.text,
                next="answer HR's question",
                page="answer",
                target=asked.question.id,
                rank=0,
            ),
        )
    return tuple(found)


async def open_job(page: Page, job: Job) -> None:
    """Open the page that goes on with a job."""
    app = page.app
    if job.page in ("look", "grant"):
        from recruitcheck.tui.screens.look import Look

        app.push_screen(Look(job.target))
    elif job.page == "finding":
        from recruitcheck.tui.screens.result import open_finding

        await open_finding(page, job.target)
    elif job.page == "result":
        from recruitcheck.tui.screens.result import ResultPage

        app.push_screen(ResultPage(job.target))
    elif job.page == "decision":
        from recruitcheck.tui.screens.decision import DecisionPage

        app.push_screen(DecisionPage(job.target))
    elif job.page == "take_up":
        from recruitcheck.steps import approval
        from recruitcheck.tui.screens.look import Look

        if (grant := await page.attempt(approval.take_up, page.desk, job.target)) is not None:
            app.push_screen(Look(grant.id))
    elif job.page == "vacancy":
        from recruitcheck.tui.screens.vacancy import VacancyPage

        app.push_screen(VacancyPage(job.target))
    elif job.page == "answer":
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import oversight

        task = await page.ask(oversight.answer, page.desk, job.target)
        app.push_screen(FormPage(task, case=job.case, draft=f"answer:{job.target}"))
    elif job.page in ("mark", "justify"):
        from recruitcheck.tui.screens.justify import Justify

        app.push_screen(Justify(job.case, claim=job.target if job.page == "justify" else ""))
    else:
        from recruitcheck.tui.screens.applicant import ApplicantPage

        app.push_screen(ApplicantPage(job.case))
