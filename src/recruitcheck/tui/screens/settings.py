"""A person's own settings on this computer."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult

from recruitcheck.tui import preferences
from recruitcheck.tui.actions import ACTIONS, keymap_problems, spoken
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask
from recruitcheck.tui.theme import NAMES
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words

_MINUTES = ("2", "5", "10", "20", "30")


class Settings(Page):
    """Colours, motion, idle lock, keys."""

    CSS_PATH = "form.tcss"
    WAY = "Settings"
    ACTS: ClassVar[tuple[str, ...]] = ("form.submit", "settings.passphrase")
    HELP = """Settings are yours, on this computer. They hold nothing about applicants.

Colours take effect at once. The lock covers the screen and puts the keys away after some minutes \
without a key. To change a key, write the action's id from the list below and the new key, one on \
a line, such as justify.submit = f9."""
    needs_desk = False

    def compose_body(self) -> ComposeResult:
        prefs = self.app_.prefs
        yield Field(
            Ask(
                id="theme",
                label="Colours",
                kind="pick",
                options=tuple((name, name) for name in NAMES),
            ),
            prefs.theme,
        )
        yield Field(
            Ask(id="motion", label="Less motion", kind="tick", required=False),
            "yes" if prefs.less_motion else "",
        )
        yield Field(
            Ask(
                id="minutes",
                label="Lock after this many minutes without a key",
                kind="pick",
                options=tuple((m, m) for m in _MINUTES),
            ),
            str(prefs.lock_minutes),
        )
        written = "\n".join(f"{name} = {keys}" for name, keys in prefs.keys.items())
        yield Field(
            Ask(
                id="keys",
                label="Keys of your own, such as justify.submit = f9",
                kind="text",
                required=False,
                help="One on a line: the action's id, =, the key.",
            ),
            written,
        )
        with Deeds(classes="buttons"):
            yield Push("form.submit", "Save settings")
            yield Push("settings.passphrase", plain=True)
        yield Words("Every action: its id, its key, its name", classes="heading gap")
        yield Words(
            "\n".join(
                f"{act.id:22} {spoken(act.keys) if act.keys else '–':9} {act.words}"
                for act in ACTIONS.values()
            ),
            classes="faint",
        )

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#in-theme"), scroll_visible=False)

    def on_field_changed(self, event: Field.Changed) -> None:
        if event.ask.id == "theme" and event.value in NAMES:
            self.app_.wear(event.value)

    def do_form_submit(self) -> None:
        value = {field.ask.id: field.value for field in self.query(Field)}
        keys, wrong = _keys(value["keys"])
        if wrong := (*wrong, *keymap_problems(keys)):
            self.query_one("#field-keys", Field).complain(" ".join(wrong))
            return
        prefs = replace(
            self.app_.prefs,
            theme=value["theme"] or NAMES[0],
            less_motion=value["motion"] == "yes",
            lock_minutes=int(value["minutes"] or 10),
            keys=MappingProxyType(keys),
        )
        preferences.save(prefs)
        self.app_.apply_preferences(prefs)
        self.tell("Saved.")

    def why_not_settings_passphrase(self) -> str | None:
        return None if self.app_.unlocked else "unlock first"

    def do_settings_passphrase(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks.ownkeys import PASSPHRASE

        self.app.push_screen(FormPage(PASSPHRASE))

    def leave(self) -> None:
        self.app_.apply_preferences(self.app_.prefs)  # colours that were only tried on
        super().leave()


def _keys(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    keys, wrong = {}, []
    for line in filter(str.strip, text.splitlines()):
        name, sign, key = (part.strip() for part in line.partition("="))
        if not sign or not key:
            wrong.append(f"“{line.strip()}” lacks a key.")
        else:
            keys[name] = key
    return keys, tuple(wrong)
