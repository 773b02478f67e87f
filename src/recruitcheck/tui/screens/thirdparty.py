"""An outside researcher: the instruction that goes out, and the report that comes back."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult

from recruitcheck.records import Grant, Sight
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask
from recruitcheck.tui.screens.decision import deliver
from recruitcheck.tui.tasks.intake import read_file
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.fields import Field
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

    def compose_body(self) -> ComposeResult:
        yield Field(Ask(id="name", label="Researcher, as named in the justification"))
        with Deeds():
            yield Push("third.instruct")
        yield Field(Ask(id="file", label="File of the report that came back", required=False))
        with Deeds():
            yield Push("third.report", plain=True)
        yield Words("", id="said")

    async def load(self) -> None:
        self._grant = await self.ask(self.desk.get, Grant, self._grant_id)

    def on_field_changed(self, event: Field.Changed) -> None:
        event.stop()
        self.ask_again()

    def _value(self, name: str) -> str:
        found = self.query(f"#field-{name}").results(Field)
        return next((field.value.strip() for field in found), "")

    def why_not_third_instruct(self) -> str | None:
        if self._grant is not None and not self._grant.nonce:
            return "the justification names no researcher"
        return None if self._value("name") else "name the researcher"

    async def do_third_instruct(self) -> None:
        from recruitcheck.steps import thirdparty

        made = await self.attempt(
            thirdparty.instruct, self.desk, self._grant_id, self._value("name")
        )
        if made is not None:
            deliver(self, made.letter, f"instruction-{self._grant_id}.txt")
            deliver(self, made.file.decode(), f"instruction-{self._grant_id}.json")

    def why_not_third_report(self) -> str | None:
        return None if self._value("file") else "name the file"

    async def do_third_report(self) -> None:
        from recruitcheck.steps import thirdparty

        path = self._value("file")

        def take() -> Sight:
            return thirdparty.report(self.desk, self._grant_id, read_file(path))

        sight = await self.attempt(take)
        if sight is None:
            return
        if sight.lookup.outcome == "failed":
            self.tell(sight.lookup.message, wrong=True, kept="That it came is recorded.")
            return
        self.app.notify(f"{Path(path).name} was read. Judge what it shows.")
        self.app.pop_screen()
