"""Join: an invited person makes their own keys with the code that HR gave them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from recruitcheck.errors import RecruitcheckError
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.strength import bar, judged
from recruitcheck.tui.widgets.words import Words


class Join(Page):
    """The code, and a passphrase of one's own."""

    WAY = "Join"
    ACTS: ClassVar[tuple[str, ...]] = ("form.submit",)
    HELP = """HR gives you an invitation code in person. Choose a passphrase that only you know; \
your keys are made from it on this computer. HR then admits you, and you can unlock."""
    needs_desk = False

    def compose_body(self) -> ComposeResult:
        yield Words("You were invited", classes="heading")
        yield Field(Ask(id="where", label="Folder of the register"), self.app_.where or "")
        yield Field(Ask(id="code", label="Invitation code"))
        yield Field(Ask(id="passphrase", label="Your own passphrase", kind="secret"))
        yield Words("▯▯▯ four unrelated words", id="strength", classes="faint")
        yield Field(Ask(id="again", label="The same again", kind="secret"))
        with Deeds(classes="buttons"):
            yield Push("form.submit", "Make my keys")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#in-code").focus()

    def _value(self, name: str) -> str:
        return self.query_one(f"#field-{name}", Field).value

    def on_field_changed(self, event: Field.Changed) -> None:
        event.stop()
        mark, words = judged(self._value("passphrase"))
        self.query_one("#strength", Words).say(f"{bar(mark)} {words}")
        self.ask_again()

    def why_not_form_submit(self) -> str | None:
        if not self.is_mounted or not self._value("code").strip():
            return "the code is missing"
        if judged(self._value("passphrase"))[0] < 2:
            return "a stronger passphrase"
        return None if self._value("passphrase") == self._value("again") else "type it twice"

    async def do_form_submit(self) -> None:
        from recruitcheck.vault import register

        where, code = self._value("where").strip(), self._value("code").strip()

        def join(passphrase: str) -> str:
            with register.open_register(where) as held:
                return held.join(code, passphrase).name

        try:
            name = await self.ask(join, self._value("passphrase"))
        except RecruitcheckError as error:
            self.tell(error.message, error.hint, wrong=True)
            return
        self.app_.where = where
        for field in ("code", "passphrase", "again"):
            self.query_one(f"#field-{field}", Field).value = ""
        self.tell(f"Your keys are made, {name}. HR admits you next; then you can unlock.")
