"""What can be done on every screen: help, commands, jumping, settings, messages, tour, demo."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Final

from textual.app import App

from recruitcheck.tui.page import Page

if TYPE_CHECKING:
    from recruitcheck.errors import RecruitcheckError
    from recruitcheck.steps.desk import Desk

SHOW_DEMO: Final = -1
"""What `run` returns when the person asked for the demo; whoever opened the app starts it."""


class Everywhere(App[int], inherit_bindings=False):
    """The part of the app that its screens share as actions; the registry names them."""

    demo: bool
    """Whether the register is the invented one."""

    @property
    @abstractmethod
    def desk(self) -> Desk:
        """The desk of whoever unlocked."""

    def do_app_help(self) -> None:
        from recruitcheck.tui.screens.help import Help

        screen = self.screen
        if isinstance(screen, Page):
            self.push_screen(Help(screen))

    def do_app_commands(self) -> None:
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            from recruitcheck.tui.palette import Commands, PageCommands

            self.push_screen(Commands(providers=[PageCommands]))

    def do_app_jump(self) -> None:
        from recruitcheck.tui.screens.jump import Jump

        self.push_screen(Jump(self.screen))

    def do_app_settings(self) -> None:
        from recruitcheck.tui.screens.settings import Settings

        self.push_screen(Settings())

    def do_app_messages(self) -> None:
        from recruitcheck.tui.screens.messages import Messages

        self.push_screen(Messages())

    def why_not_app_tour(self) -> str | None:
        """Why there is no tour here."""
        if not self.demo:
            return "the tour is part of the demo"
        screen = self.screen
        if isinstance(screen, Page) and not screen.needs_desk and not screen.leads_back:
            return "unlock first"
        at_home = isinstance(screen, Page) and screen.needs_desk and not screen.leads_back
        return None if at_home else "go back to your first screen"

    def do_app_tour(self) -> None:
        """Begin the tour, or go on to its next sentence; after the last it closes."""
        from recruitcheck.tui.widgets.tour import Tour, steps_for

        running = self.screen.query(Tour)
        if not running:
            self.screen.mount(Tour(steps_for(self.desk.me.roles)))
        elif not running.first().go_on():
            self.do_app_tour_end()

    def do_app_tour_end(self) -> None:
        from recruitcheck.tui.widgets.table import Table
        from recruitcheck.tui.widgets.tour import Tour

        self.screen.query(Tour).remove()
        self.screen.query(Table).first().focus()

    def why_not_demo(self) -> str | None:
        """Why the demo cannot be started from here."""
        if self.demo:
            return "this is the demo"
        return "start it in a terminal: recruitcheck demo" if self.is_web else None

    def show_demo(self) -> None:
        """Close, and let whoever opened the app start the demo."""
        self.exit(SHOW_DEMO)


def locked() -> RecruitcheckError:
    """What is said where somebody's keys would be needed."""
    from recruitcheck.errors import Sealed

    return Sealed("The register is locked.", "Unlock it with your passphrase.")
