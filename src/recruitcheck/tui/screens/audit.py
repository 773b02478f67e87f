"""HR's audit list: every request, permitted or not, with the state of the whole ledger above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from recruitcheck.errors import RecruitcheckError
from recruitcheck.records import Role
from recruitcheck.rules.filters import Index, Row
from recruitcheck.tui.page import Page
from recruitcheck.tui.text import here
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.line import Line
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Cell, Column, Table, Whole
from recruitcheck.tui.widgets.words import Words

TONES = {
    "refused": ("✗ ", "stop"),
    "referred": ("◆ ", "ask"),
    "permitted": ("✓ ", "go"),
    "granted": ("▶ ", "go"),
    "searched": ("▶ ", "go"),
    "found": ("✓ ", "go"),
    "told": ("✓ ", "go"),
    "destroyed": ("∅ ", "faint"),
    "expired": ("– ", "faint"),
    "revoked": ("– ", "faint"),
}
STATES = {
    "found": "finding made",
    "told": "panel was told",
    "invited": "reply invited",
    "searched": "looked at",
    "granted": "may look",
    "declared-unasked-report": "unasked report",
    "declared-researcher-strayed": "researcher strayed",
}
"""States that the filter names with one word, told as far as the column is wide; papers have room
for more words (`reports.audit.STATES`)."""
_ORDERS = (
    ("number", "seq"),
    ("state", "state"),
    ("person", "by"),
    ("applicant", "applicant"),
    ("ground", "ground"),
)


class _Found:
    """Rows of the audit list as the table wants them, newest first; cells are made on demand."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    @property
    def total(self) -> int:
        return len(self.rows)

    def page(self, start: int, count: int) -> Sequence[Sequence[Cell]]:
        last = len(self.rows) - 1
        return [
            _cells(self.rows[last - i]) for i in range(start, min(start + count, len(self.rows)))
        ]

    def at(self, index: int) -> Row:
        """The row shown at `index`."""
        return self.rows[len(self.rows) - 1 - index]


class Audit(Page):
    """Every search asked for. Nobody audits their own act."""

    CSS_PATH = "audit.tcss"
    WAY = "Audit"
    ACTS: ClassVar[tuple[str, ...]] = (
        "audit.open",
        "audit.filter",
        "audit.verify",
        "audit.export",
        "audit.sort",
        "hr.people",
        "hr.retention",
        "hr.papers",
        "home.vacancy",
        "home.declare",
        "home.go",
    )
    HELP = """Every search that was asked for, permitted or not, and every declaration. Enter \
opens the whole record: the claim in its place, the reasons, what was looked at, what was kept.

Filter with words, or with keys: state:refused by:lind school:"North Field" ground:published-work \
rule:speaks-to-claim after:2026-05-01 before:2026-06-01. A minus sign in front leaves out: \
-state:refused.

The bar at the top says whether the ledger is whole. “Verify” checks every entry, seal and \
signature now; a broken place is named and can be looked at."""
    leads_back = False

    def __init__(self) -> None:
        super().__init__()
        self._index: Index | None = None
        self._order = 0
        self._verifying = False

    def compose_body(self) -> ComposeResult:
        yield Words("◌ not verified yet since you unlocked", id="integrity")
        yield Line(placeholder="words, or state:refused by:lind after:2026-05-01", id="filter")
        yield Words("", id="count", classes="faint")
        yield Table(
            (
                Column("Entry", 7, narrow=6),
                Column("Day", 11),
                Column("Time", 5, wide_only=True),
                Column("By", 16, narrow=12),
                Column("Case", 9),
                Column("Post", 0),
                Column("Ground", 22, wide_only=True),
                Column("State", 18, narrow=16),
            ),
            empty="No search was asked for yet. Refusals, too, would stand here.",
        )
        yield Whole()
        with Deeds(classes="buttons"):
            yield Push("audit.open")
            yield Push("audit.verify", plain=True)
            yield Push("audit.export", plain=True)
            yield Push("hr.people", plain=True)
            yield Push("hr.retention", plain=True)
            yield Push("hr.papers", plain=True)
            yield Push("home.vacancy", plain=True)

    def on_mount(self) -> None:
        self.leads_back = len(self.app.screen_stack) > 2
        self.set_focus(self.query_one(Table))

    async def load(self) -> None:
        from recruitcheck.steps import oversight

        self._index = await self.ask(oversight.index, self.desk, progress=self._reading)
        await self._show()

    def _reading(self, done: int, total: int) -> None:
        """Called by the thread that reads."""
        self.app.call_from_thread(self._progress, f"Reading the record: {done:,} of {total:,}")

    def _progress(self, words: str) -> None:
        for line in self.query("#count").results(Words):  # none on a page that is closing
            line.say(words)

    async def _show(self) -> None:
        if self._index is None:
            return
        words = self.query_one("#filter", Line).value
        try:
            rows = await self.ask(self._index.matching, words)
        except RecruitcheckError as error:
            self.query_one("#count", Words).say(f"! {error.message} {error.hint}")
            return
        name, key = _ORDERS[self._order]
        if key != "seq":
            rows = sorted(rows, key=lambda row: (str(getattr(row, key)), row.seq))
        self.query_one(Table).show(_Found(rows))
        self.query_one("#count", Words).say(
            f"{len(rows):,} of {len(self._index):,} shown, sorted by {name}"
        )
        self.ask_again()

    def on_input_changed(self) -> None:
        self.beside(self._show, "filter")

    def on_input_submitted(self) -> None:
        self.query_one(Table).focus()

    def do_audit_filter(self) -> None:
        self.query_one("#filter").focus()

    async def do_audit_sort(self) -> None:
        self._order = (self._order + 1) % len(_ORDERS)
        await self._show()

    def why_not_audit_open(self) -> str | None:
        return None if self.query_one(Table).source.total else "nothing is shown"

    def do_audit_open(self) -> None:
        from recruitcheck.tui.screens.record import Record

        table = self.query_one(Table)
        source = table.source
        if isinstance(source, _Found) and source.total:
            self.app.push_screen(Record(source.at(table.cursor).id))

    async def on_table_chosen(self, event: Table.Chosen) -> None:
        event.stop()
        await self.action_do("audit.open")

    # --- integrity -------------------------------------------------------------------------

    def why_not_audit_verify(self) -> str | None:
        return "it is being checked" if self._verifying else None

    async def do_audit_verify(self) -> None:
        from recruitcheck.steps import oversight

        self._verifying = True
        self.ask_again()

        def told(stage: str, done: int, total: int) -> None:
            self.app.call_from_thread(self._verified, stage, done, total)

        found = await self.attempt(oversight.verify, self.desk, progress=told)
        self._verifying = False
        if found is None:
            return
        line, colours = self.query_one("#integrity", Words), self.app.theme_variables
        if found.ok:
            at = f"{here(self.desk.now):%H:%M}"
            line.say(
                f"▮▮▮▮▮▮▮▮▮▮ ✓ WHOLE: {found.size:,} entries verified at {at}",
                f"bold {colours['go']}",
            )
            return
        first = min((f.index for f in found.problems if f.index is not None), default=None)
        at = "" if first is None else f", first at entry {first:,}"
        line.say(
            f"▮▮▮✗▯▯▯▯▯▯ ✗ BROKEN: {len(found.problems)} problems{at}", f"bold {colours['stop']}"
        )
        told_of = "\n".join(
            f"{'' if f.index is None else f.index}  {f.message}" for f in found.problems[:8]
        )
        self.tell(
            "The register is not what was written to it.",
            "Change nothing. Keep a copy, and show this to whoever looks after recruitcheck.",
            wrong=True,
            kept=told_of,
        )

    def _verified(self, stage: str, done: int, total: int) -> None:
        full = round(10 * done / total) if total else 0
        self.query_one("#integrity", Words).say(
            f"{'▮' * full}{'▯' * (10 - full)} {stage}: {done:,} of {total:,}"
        )

    # --- out -------------------------------------------------------------------------------

    async def do_audit_export(self) -> None:
        from recruitcheck.steps import oversight
        from recruitcheck.tui.deliver import deliver

        words = self.query_one("#filter", Line).value

        def whole() -> str:
            return "".join(oversight.export(self.desk, "csv", filter=words))

        if (text := await self.attempt(whole)) is not None:
            deliver(self, text, "audit.csv", "text/csv")

    def do_hr_people(self) -> None:
        from recruitcheck.tui.screens.people import People

        self.app.push_screen(People())

    def do_hr_retention(self) -> None:
        from recruitcheck.tui.screens.retention import Retention

        self.app.push_screen(Retention())

    def do_hr_papers(self) -> None:
        from recruitcheck.tui.screens.papers import Papers

        self.app.push_screen(Papers())

    def do_home_go(self) -> None:
        from recruitcheck.tui.screens.home import Home

        self.app.push_screen(Home())

    def why_not_home_go(self) -> str | None:
        return None if Role.HR in self.desk.me.roles else "only HR"

    async def do_home_vacancy(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import intake

        self.app.push_screen(FormPage(await self.ask(intake.vacancy, self.desk)))

    async def do_home_declare(self) -> None:
        from recruitcheck.tui.screens.declare import Declare

        self.app.push_screen(Declare())

    def do_app_back(self) -> None:
        field = self.query_one("#filter", Line)
        if field.has_focus or field.value:
            field.value = ""
            self.query_one(Table).focus()
        else:
            super().do_app_back()


def _cells(row: Row) -> tuple[Cell, ...]:
    sign, tone = TONES.get(row.state, ("○ ", "faint"))
    post = " · ".join(filter(None, (row.title or row.vacancy, row.school)))
    return (
        f"{row.seq:05}",
        f"{here(row.at):%-d %b %Y}",
        f"{here(row.at):%H:%M}",
        row.by,
        row.applicant,
        post,
        row.ground or "–",
        (sign + STATES.get(row.state, row.state.replace("-", " ")), tone),
    )
