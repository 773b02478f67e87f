"""A page that asks the questions of a task and records the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from recruitcheck.tui import drafts
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Task, missing
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk


class FormPage(Page):
    """Questions, what is still missing, one button."""

    CSS_PATH = "form.tcss"
    ACTS: ClassVar[tuple[str, ...]] = ("form.submit", "form.load")
    HELP = "Fill in the questions; beside the button stands what is still missing. Esc leaves, \
and what you typed is kept as a draft."

    def __init__(
        self,
        task: Task,
        *,
        case: str = "",
        draft: str = "",
        then: Callable[[Any], Any] | None = None,
        start: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.form = task
        self._case = case
        self._draft_key = draft or f"{task.id}:{case}"
        self._then = then
        self._start = dict(start or {})
        self._changed = False
        self._filled = False
        self._recording = False

    def way(self) -> str:
        return self.form.title

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="asks", can_focus=False):  # so that the button is always in sight
            yield Words(self.form.intro, classes="intro")
            for ask in self.form.asks:
                yield Field(ask, self._start.get(ask.id, ""), rows=6 if ask.least else 4)
        with Deeds(classes="buttons"):
            yield Push("form.submit", self.form.button)
            if self.form.file_for:
                yield Push("form.load", plain=True)
        yield Words("", id="missing", classes="faint")

    def on_mount(self) -> None:
        self.set_interval(0.5, self.save_draft_soon)
        fields = self.query(Field)
        if fields:
            self.set_focus(fields.first().query("Line, Area, Pick, Tick").first())

    async def load(self) -> None:
        if self._filled:
            return
        kept = await self.ask(drafts.load, self.desk, self._draft_key)
        self._filled = True
        for field in self.query(Field):
            if kept.get(field.ask.id) and field.ask.kind != "secret":
                field.value = kept[field.ask.id]
        if any(kept.values()):
            self.app.notify("Your draft is back as you left it.")
        self.show_missing()

    @property
    def answers(self) -> dict[str, str]:
        """The answers as they stand."""
        return {field.ask.id: field.value for field in self.query(Field)}

    def on_field_changed(self, event: Field.Changed) -> None:
        event.stop()
        self._changed = True
        self.show_missing()

    def show_missing(self) -> None:
        """Say what is still missing, below the button and beside it."""
        lacking = missing(self.form.asks, self.answers)
        self.query_one("#missing", Words).say(
            "" if not lacking else "Still missing: " + "; ".join(lacking)
        )
        self.ask_again()

    def save_draft_soon(self) -> None:
        if self._changed and self.app_.unlocked and not self._recording:
            self.beside(self.save_draft_now, "draft")

    async def save_draft_now(self) -> None:
        """Keep what was typed."""
        if not self._changed or self._recording or not self.form.drafts:
            return
        kept = self._kept()
        await self.ask(drafts.save, self.desk, self._draft_key, kept, case=self._case)
        self._changed = self._kept() != kept  # until it is kept, whoever leaves keeps it first

    def _kept(self) -> dict[str, str]:
        """What of the answers goes into a draft."""
        answers = self.answers
        return {
            ask.id: value
            for ask in self.form.asks
            if ask.kind != "secret" and (value := answers.get(ask.id, ""))
        }

    def why_not_form_submit(self) -> str | None:
        if self._recording:
            return "one moment"
        lacking = missing(self.form.asks, self.answers)
        return f"{len(lacking)} still missing" if lacking else None

    def why_not_form_load(self) -> str | None:
        return None if self.form.file_for else "nothing here is read from a file"

    async def do_form_submit(self) -> None:
        self._recording = True
        self.ask_again()
        made = await self.attempt(
            self._record, self.desk, self.answers, kept="What you typed is kept."
        )
        self._recording = False
        if made is None:
            return
        self._changed = False
        self.in_turn(partial(self._recorded, made))

    def _record(self, desk: Desk, answers: Mapping[str, str]) -> Any:
        """Record, and forget the draft in the same breath: a lock may take the keys away next."""
        made = self.form.record(desk, answers)
        with suppress(OSError):  # it is recorded; a draft too many does no harm
            drafts.drop(desk, self._draft_key)
        return made

    def _recorded(self, made: Any) -> None:
        self.app.notify(self.form.done(made))
        self.app.pop_screen()
        if self._then is not None:
            self._then(made)

    def do_form_load(self) -> None:
        if self.app_.is_web:
            self.tell("Press “Send a file” below the screen.", "Your browser sends it here.")
            return
        from recruitcheck.tui.screens.choose_file import ChooseFile

        self.app.push_screen(ChooseFile(), self.take_file)

    def take_file(self, path: str | None) -> None:
        """Put the path of a chosen or uploaded file into the question that asks for it."""
        if path is not None:
            self.query_one(f"#field-{self.form.file_for}", Field).value = path

    def leave(self) -> None:
        # a second Esc must not end the first while that keeps the draft
        self.beside(self._leave, "leave", exclusive=False)

    async def _leave(self) -> None:
        await self.save_draft_now()
        self.in_turn(self.app.pop_screen)
