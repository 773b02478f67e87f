"""Recover: new keys with the code of the recovery sheet, when nobody of HR can give a new one."""

from __future__ import annotations

from textual.app import ComposeResult

from recruitcheck.tui.questions import Ask
from recruitcheck.tui.screens.join import NewKeys
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.words import Words

_INTRO = (
    "Ask HR first: under People, “New code” gives you a code for “I was invited”, and your cases "
    "stay yours. Only if nobody of HR can unlock: type your name and the code of the printed "
    "recovery sheet; of three sheets, the lines that two have for each other. Its use is recorded."
)


class Recover(NewKeys):
    """One's name and the recovery code."""

    WAY = "Lost passphrase"
    HELP = """A passphrase cannot be looked up. HR gives you a new code; with it you make new keys.

The recovery sheet is for the day on which nobody of HR can unlock. Where it was printed as three \
sheets, type the line that two of them have for each other. Your drafts are lost; everything \
recorded is there."""

    def compose_body(self) -> ComposeResult:
        yield Words("Your passphrase is lost", classes="heading")
        yield Words(_INTRO, classes="intro")
        yield Field(
            Ask(id="name", label="Your name, as the register has it"), self.app_.prefs.person
        )
        yield from self.compose_keys("Code of the recovery sheet", "Make new keys")

    def why_not_form_submit(self) -> str | None:
        if self.is_mounted and not self._value("name").strip():
            return "your name is missing"
        return super().why_not_form_submit()

    async def do_form_submit(self) -> None:
        from recruitcheck.vault import register

        where, code, who = self.app_.where or "", self._value("code").strip(), self._value("name")

        def recover(passphrase: str) -> str:
            with register.open_register(where) as held:
                return held.recover(code, who.strip(), passphrase).name

        name = await self.attempt(recover, self._value("passphrase"))
        if name is not None:
            self.unlock_next(
                f"{name} has new keys. Unlock with the new passphrase, and tell HR why the sheet "
                "was used."
            )
