"""An outside researcher: the instruction that goes out, and the report that comes back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from recruitcheck.records import Grant, Sight
from recruitcheck.tui.deliver import deliver
from recruitcheck.tui.page import Page
from recruitcheck.tui.screens.form import FormPage
from recruitcheck.tui.tasks import thirdparty as tasks
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words


class ThirdParty(Page):
    """The researcher gets the permission's limits and nothing else."""

    CSS_PATH = "form.tcss"
    WAY = "Researcher"
    ACTS: ClassVar[tuple[str, ...]] = ("third.instruct", "third.report")
    HELP = """The instruction says what may be looked at, until when, and what must come back. \
Hand over both files. The report passes the same checks as a page you looked at yourself; what \
lies outside the permission is not read."""

    def __init__(self, grant: str) -> None:
        super().__init__()
        self._grant_id = grant
        self._grant: Grant | None = None
        self._researcher = ""

    def compose_body(self) -> ComposeResult:
        yield Words("", id="whom")
        with Deeds():
            yield Push("third.instruct")
            yield Push("third.report", plain=True)

    async def load(self) -> None:
        from recruitcheck.steps import instructions

        self._grant = await self.ask(self.desk.get, Grant, self._grant_id)
        self._researcher = await self.ask(instructions.asked, self.desk, self._grant)
        self.query_one("#whom", Words).say(
            f"The request has {self._researcher} look. Write the instruction and send both files; "
            "when the report comes back, read it here."
            if self._researcher
            else "The request has one of us look, and no outside researcher."
        )
        self.ask_again()

    def why_not_third_instruct(self) -> str | None:
        if self._grant is None:
            return "one moment"
        return None if self._grant.nonce else "the justification names no researcher"

    why_not_third_report = why_not_third_instruct

    async def do_third_instruct(self) -> None:
        from recruitcheck.steps import instructions

        made = await self.attempt(
            instructions.instruct, self.desk, self._grant_id, self._researcher
        )
        if made is not None:
            deliver(self, made.letter, f"instruction-{self._grant_id}.txt")
            deliver(self, made.file.decode(), f"instruction-{self._grant_id}.json")

    def do_third_report(self) -> None:
        if self._grant is not None:
            self.app.push_screen(FormPage(tasks.report(self.desk, self._grant), then=self._came))

    def _came(self, sight: Sight) -> None:
        if sight.lookup.outcome == "failed":
            self.tell(sight.lookup.message, wrong=True, kept="That it came is recorded.")
        else:
            self.app.pop_screen()
