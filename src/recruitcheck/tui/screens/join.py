"""Join: an invited person makes their own keys with the code that HR gave them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from recruitcheck.errors import RecruitcheckError
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask, place
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.strength import ENOUGH, bar, judged
from recruitcheck.tui.widgets.words import Words
from recruitcheck.vault import ownplace

_INTRO = (
    "Type the code that HR gave you and choose a passphrase of your own. "
    "Then HR lets you in, and you can unlock."
)


class NewKeys(Page):
    """A code on paper, and a passphrase of one's own: what both ways to new keys ask for."""

    CSS_PATH = "form.tcss"
    ACTS: ClassVar[tuple[str, ...]] = ("form.submit",)
    needs_desk = False

    def compose_keys(self, code: str, button: str) -> ComposeResult:
        """The fields below whatever else is asked."""
        yield Field(Ask(id="code", label=code))
        yield Field(Ask(id="passphrase", label="Your own passphrase", kind="secret"))
        yield Words(self._strength(""), id="strength", classes="faint")
        yield Field(Ask(id="again", label="The same again", kind="secret"))
        with Deeds(classes="buttons"):
            yield Push("form.submit", button)

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#in-code"))

    def _value(self, name: str) -> str:
        return self.query_one(f"#field-{name}", Field).value

    def _strength(self, passphrase: str) -> str:
        mark, words = judged(passphrase)
        return f"{bar(mark)} {words}"

    def on_field_changed(self, event: Field.Changed) -> None:
        event.stop()
        self.query_one("#strength", Words).say(self._strength(self._value("passphrase")))
        self.ask_again()

    def why_not_form_submit(self) -> str | None:
        if not self.is_mounted or not self._value("code").strip():
            return "the code is missing"
        if judged(self._value("passphrase"))[0] < ENOUGH:
            return "a stronger passphrase"
        return None if self._value("passphrase") == self._value("again") else "type it twice"

    def unlock_next(self, why: str) -> None:
        """Close, and show the list to unlock from, with what has been done."""
        from recruitcheck.tui.screens.unlock import Unlock

        self.app.pop_screen()
        self.app.push_screen(Unlock(why=why))


class Join(NewKeys):
    """The invitation's code, and where the register lies."""

    WAY = "Join"
    HELP = """HR gives you an invitation code in person, and tells you where the register lies. \
Choose a passphrase that only you know; your keys are made from it on this computer. HR then \
admits you, and you can unlock."""

    def compose_body(self) -> ComposeResult:
        yield Words("You were invited", classes="heading")
        yield Words(_INTRO, classes="intro")
        yield Field(
            Ask(id="where", label="Folder of the register (HR tells you which)"),
            self.app_.where or "",
        )
        yield from self.compose_keys("Invitation code", "Join")

    async def do_form_submit(self) -> None:
        from recruitcheck.vault import register

        where, code = self._value("where").strip(), self._value("code").strip()
        if "://" not in where:
            where = str(place(where))
        if not ownplace.exists(where):
            self.tell(
                "There is no register in that folder.",
                "Ask HR which folder it is, and whether a shared drive has to be connected.",
                wrong=True,
            )
            return

        def join(passphrase: str) -> str:
            with register.open_register(where) as held:
                return held.join(code, passphrase).name

        try:
            name = await self.ask(join, self._value("passphrase"))
        except RecruitcheckError as error:
            self.tell(error.message, error.hint, wrong=True)
            return
        self.app_.where = where
        if not self.app_.demo:
            ownplace.remember(where)
        self.unlock_next(
            f"Your keys are made, {name}. Ask HR to admit you; then your name stands in "
            "this list, and you can unlock."
        )
