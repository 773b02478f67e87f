"""Unlock: who you are, and your passphrase. Also the cover of a locked screen."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from recruitcheck.errors import RecruitcheckError
from recruitcheck.tui import preferences
from recruitcheck.tui.page import Page, disk_words
from recruitcheck.tui.text import role_words
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.line import Line
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words, joined
from recruitcheck.vault import ownplace

if TYPE_CHECKING:
    from recruitcheck.records import Person

_RECORDED = "What you do here is recorded, so that it can be shown to be fair."

_LOOK_AGAIN = 20
"""Seconds until the list is read again while somebody waits for HR."""


class Unlock(Page):
    """Nobody's work is visible before the right passphrase was given."""

    CSS_PATH = "unlock.tcss"
    WAY = "Unlock"
    ACTS: ClassVar[tuple[str, ...]] = (
        "unlock.open",
        "unlock.join",
        "unlock.new",
        "unlock.lost",
        "first.demo",
    )
    HELP = """Choose your name and type your own passphrase. Everybody here has one of their own; \
nobody can look it up, and nobody should ask you for it.

Forgotten? “Lost passphrase” says what to do: HR gives you a new code; only if nobody of HR can \
unlock is the printed recovery sheet needed.

What you do here is recorded: who asked for which search and why, who looked, who read it."""
    leads_back = False
    needs_desk = False

    def __init__(self, person: str = "", why: str = "") -> None:
        super().__init__()
        self._person = person
        self._why = why
        self._busy = False
        self._names: list[str] = []
        self._listed: list[str] | None = None  # whom the list shows; None: there is no list yet

    def compose_body(self) -> ComposeResult:
        with Vertical(id="card"):
            colours = self.app.theme_variables
            yield Words(
                joined(
                    ("recruitcheck\n", f"bold {colours['key']}"),
                    (
                        "Checks what an application says. No quoted claim, no search.",
                        colours["faint"],
                    ),
                )
            )
            if self._why:
                yield Words(self._why, classes="why")
            yield Words("Who are you?", classes="label")
            yield Words("one moment…", id="known")
            yield Words("", id="waiting", classes="faint")
            yield Words("Your passphrase", classes="label")
            yield Line(secret=True, id="passphrase")
            with Deeds(classes="buttons"):
                yield Push("unlock.open")
                if not self._person:
                    yield Push("unlock.join", plain=True)
                    yield Push("unlock.new", "New register", plain=True)
                    yield Push("unlock.lost", plain=True)
                    if not self.app_.why_not_demo():
                        yield Push("first.demo", plain=True)
            yield Words(_RECORDED, id="state", classes="faint")
            if words := _demo_words(self.app_.where or ""):
                yield Words(words, classes="why")

    def on_mount(self) -> None:
        self.query_one("#passphrase").focus()
        # a proxy that signed somebody in says who it is; the passphrase is theirs to give
        signed_in = os.environ.get("RECRUITCHECK_USER", "")
        self._person = self._person or signed_in
        known = self._person or (
            self.app_.prefs.person if self.app_.prefs.register == self.app_.where else ""
        )
        if known and not signed_in:  # shown before the register was read; the list follows
            self._names = [known]
            self.query_one("#known", Words).say(known)

    async def load(self) -> None:
        try:
            people = await self.ask(_people, self.app_.where or "")
        except RecruitcheckError as error:
            self.tell(error.message, error.hint, wrong=True)
            return
        here = sorted(
            (p for p in people if p.admitted_at and not p.left_at), key=lambda p: p.name.casefold()
        )
        self._tell_waiting([p.name for p in people if not p.admitted_at and not p.left_at])
        names = [person.name for person in here]
        if names == self._listed:
            return
        from recruitcheck.tui.widgets.lists import Lines

        found = self.query("#people").results(Lines)
        lines = next(found, None) or Lines(id="people")
        if not lines.is_attached:
            await self.query_one("#card").mount(lines, after="#known")
        self.query_one("#known").display = False
        self._names = self._listed = names
        lines.show(
            (
                str(index),
                joined(
                    person.name,
                    ("   " + role_words(person.roles), self.app.theme_variables["faint"]),
                ),
            )
            for index, person in enumerate(here)
        )
        last = self._person or self.app_.prefs.person
        if last in self._names:
            lines.highlighted = self._names.index(last)

    def _tell_waiting(self, names: list[str]) -> None:
        """Say whom HR has not admitted yet, and look again by and by whether it has."""
        said = f"Not admitted by HR yet: {', '.join(sorted(names, key=str.casefold))}"
        self.query_one("#waiting", Words).say(said if names else "")
        self.query_one("#waiting").display = bool(names)
        if names:
            self.set_timer(_LOOK_AGAIN, self.reload)

    def why_not_unlock_open(self) -> str | None:
        if self._busy:
            return "one moment"
        if not self.query_one("#passphrase", Line).value:
            return "type your passphrase"
        return None

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.ask_again()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.action_do("unlock.open")

    def on_option_list_option_selected(self) -> None:
        self.query_one("#passphrase").focus()

    def _chosen(self) -> int | None:
        """Which of the names is chosen; the one known beforehand until the list is there."""
        lists = self.query("#people")
        if lists:
            return getattr(lists.first(), "highlighted", None)
        return 0 if self._names else None

    async def do_unlock_open(self) -> None:
        field = self.query_one("#passphrase", Line)
        state = self.query_one("#state", Words)
        chosen = self._chosen()
        if chosen is None or chosen >= len(self._names):
            self.tell("Choose your name first.", wrong=True)
            return
        name, passphrase, field.value = self._names[chosen], field.value, ""
        self._busy = True
        state.say("◐ Working out your key; this takes a moment on purpose.")
        self.ask_again()
        try:
            desk = await self.ask(self.app_.open_desk, name, passphrase)
        except RecruitcheckError as error:
            self.tell(error.message, error.hint, wrong=True)
            field.focus()
            return
        except OSError as error:
            self.tell(*disk_words(error), wrong=True)
            return
        finally:
            self._busy = False
            state.say(_RECORDED)
        where = self.app_.where or ""
        register = "" if ownplace.holds_password(where) else where
        self.app_.prefs = replace(self.app_.prefs, person=name, register=register)
        if not self.app_.demo:
            preferences.save(self.app_.prefs)
        self.app_.sit_down(desk)

    def do_unlock_new(self) -> None:
        from recruitcheck.tui.screens.first_run import FirstRun

        self.app.push_screen(FirstRun())

    def do_unlock_join(self) -> None:
        from recruitcheck.tui.screens.join import Join

        self.app.push_screen(Join())

    def do_unlock_lost(self) -> None:
        from recruitcheck.tui.screens.recover import Recover

        self.app.push_screen(Recover())

    def why_not_first_demo(self) -> str | None:
        return "unlock first" if self._person else self.app_.why_not_demo()

    def do_first_demo(self) -> None:
        self.app_.show_demo()

    def why_not_app_lock(self) -> str | None:
        return "it is locked"

    def why_not_app_messages(self) -> str | None:
        return "unlock first"


def _people(where: str) -> tuple[Person, ...]:
    """Who works here; imports what reading a register needs, beside the screen."""
    from recruitcheck.vault import register

    return register.people(where)


def _demo_words(where: str) -> str:
    """In a demo's register, which keeps its invented people's passphrase in the open: that."""
    file = Path(where) / "demo.json"
    if "://" in where or not file.is_file():
        return ""
    import json

    try:
        people = json.loads(file.read_text(encoding="utf-8"))["people"]
        words = {str(person["passphrase"]) for person in people}
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return f"DEMO. Everybody's passphrase is: {words.pop()}" if len(words) == 1 else ""
