"""Retention: what is due for destruction, what holds it up, and doing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask, Task
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Column, Rows, Table, Whole
from recruitcheck.tui.widgets.words import Words


class Retention(Page):
    """Every case and the day on which its content goes."""

    CSS_PATH = "audit.tcss"
    WAY = "Retention"
    ACTS: ClassVar[tuple[str, ...]] = ("retention.hold", "retention.lift", "retention.run")
    HELP = """What was quoted, looked at and kept goes when its time has run; the bare entries \
stay for the audit, without content, until their own end.

A hold pauses the clock: a complaint, a claim, or an access request. Destroying what somebody has \
asked to see is an offence, so such a case is never in the list of what goes."""

    def __init__(self) -> None:
        super().__init__()
        self._due: tuple[Any, ...] = ()
        self._holds: dict[str, str] = {}

    def compose_body(self) -> ComposeResult:
        yield Words("", id="warnings", classes="stop")
        yield Table(
            (Column("Case", 8), Column("Due on", 12), Column("State", 21), Column("Because", 0)),
            empty="No case is in the register.",
        )
        yield Whole()
        with Deeds(classes="buttons"):
            yield Push("retention.hold")
            yield Push("retention.lift", plain=True)
            yield Push("retention.run", plain=True)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Table))

    async def load(self) -> None:
        from recruitcheck.steps import retention

        self._due = await self.ask(retention.listed, self.desk)
        self._holds = {h.applicant: h.id for h in await self.ask(retention.holds, self.desk)}
        told = await self.ask(retention.warnings, self.desk)
        self.query_one("#warnings", Words).say("\n".join(f"▲ {words}" for words in told))
        self.query_one(Table).show(
            Rows([(d.applicant, f"{d.on:%-d %b %Y}", _state(d), d.because) for d in self._due])
        )
        self.query_one(Table).focus()

    def _case(self) -> str:
        at = self.query_one(Table).cursor
        return self._due[at].applicant if at < len(self._due) else ""

    def why_not_retention_hold(self) -> str | None:
        return None if self._case() else "choose a case"

    def do_retention_hold(self) -> None:
        from recruitcheck.steps import retention
        from recruitcheck.tui.screens.form import FormPage

        case = self._case()

        def record(desk: Any, answers: Mapping[str, str]) -> object:
            return retention.hold(desk, case, answers["cause"], note=answers["note"])

        self.app.push_screen(
            FormPage(
                Task(
                    id="hold",
                    title="Hold",
                    button="Put on hold",
                    record=record,
                    intro=f"Destruction of {case} pauses until the hold is lifted.",
                    done=lambda _: "On hold.",
                    asks=(
                        Ask(
                            id="cause",
                            label="Why?",
                            kind="pick",
                            options=tuple(retention.CAUSES.items()),
                        ),
                        Ask(id="note", label="A note", kind="text", required=False),
                    ),
                ),
                case=case,
            )
        )

    def why_not_retention_lift(self) -> str | None:
        return None if self._case() in self._holds else "this case is not on hold"

    def do_retention_lift(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import answering

        case = self._case()
        self.app.push_screen(FormPage(answering.lift(self._holds[case], case), case=case))

    def why_not_retention_run(self) -> str | None:
        return None if any(d.now for d in self._due) else "nothing is due"

    def do_retention_run(self) -> None:
        from recruitcheck.tui.screens.confirm import Confirm

        due = [d.applicant for d in self._due if d.now]
        self.app.push_screen(
            Confirm(
                f"The content of {len(due)} cases is destroyed for good: documents, reasons, "
                f"passages, findings. The entries stay, without content.\n\n{', '.join(due[:12])}",
                f"Destroy {len(due)}",
            ),
            lambda sure: self.beside(partial(self._run, due), "act") if sure else None,
        )

    async def _run(self, due: Sequence[str]) -> None:
        """Destroy what was shown and agreed to, and no more."""
        from recruitcheck.steps import retention

        done = await self.attempt(
            retention.run, self.desk, due, kept="What was destroyed so far has its certificate."
        )
        if done is not None:
            many = "1 case" if len(done) == 1 else f"{len(done)} cases"
            self.tell(f"{many} destroyed, each with a certificate in the ledger.")
            await self.load()


def _state(due: Any) -> tuple[str, str]:
    if due.held:
        return f"‖ on hold: {', '.join(due.held)}", "ask"
    if due.days_over >= 0:
        return f"▲ due, {due.days_over} days over", "stop"
    return f"○ in {-due.days_over} days", "faint"
