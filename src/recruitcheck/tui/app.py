"""The app: a table of contents for its screens, and the few things they share.

What stays out of the first frame: no HTTP client, no HTML reader, no Markdown, no cryptography;
each is imported by the screen that needs it. Every step runs on one thread of its own, so a key
is never kept waiting and the register never sees two writers of this process.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType

from recruitcheck.tui import preferences
from recruitcheck.tui.actions import ACTIONS, EVERYWHERE
from recruitcheck.tui.everywhere import Everywhere, locked
from recruitcheck.tui.page import Page, binding
from recruitcheck.tui.text import role_words, visible
from recruitcheck.tui.theme import NAMES, theme
from recruitcheck.vault import ownplace

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from textual.screen import Screen

    from recruitcheck.steps.desk import Desk

T = TypeVar("T")
DeskFactory = Callable[[str, str, str], "Desk"]
"""(where, name, passphrase) -> desk."""
_SEATED = 5.0
"""Seconds after unlocking, when the first page has been read and nobody has asked anything yet."""
_LOOK_AT_IDLE = 15
"""Seconds between two looks whether the person is idle; the shortest lock is two minutes."""
_MIRROR_EVERY = 0.4
"""Seconds between two looks at what is painted: sooner than anybody hears a sentence to its end."""


class RecruitcheckApp(Everywhere, inherit_bindings=False):
    """recruitcheck at work for one person on one register."""

    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding(ACTIONS[name]) for name in EVERYWHERE),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("ctrl+c", "screen.copy_text", show=False),
    ]
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012  # as Textual has it
        (0, "-narrow"),
        (100, "-wide"),
        (140, "-very-wide"),
    ]
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012  # as above
        (0, "-low"),
        (30, "-high"),
    ]

    def __init__(
        self,
        where: str | None,
        *,
        demo: bool = False,
        desk_factory: DeskFactory | None = None,
        first_task: str | None = None,
    ) -> None:
        super().__init__()
        self.title = "recruitcheck"
        self.where = where
        self.demo = demo
        self.first_task = first_task
        self.keys: dict[str, str] = {}
        self.said: list[tuple[float, str]] = []
        self._desk_factory = desk_factory
        self._desk: Desk | None = None
        self._desk_owner = ""
        self._covered = False
        self._mirror: Any = None
        self._pool: ThreadPoolExecutor | None = None
        self._last_touch = time.monotonic()
        self.prefs = preferences.load()
        self.apply_preferences(self.prefs)

    # --- start -----------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.set_interval(_LOOK_AT_IDLE, self._lock_when_idle)
        if getattr(self._driver, "mirror", None) is not None:
            from recruitcheck.tui.mirror import Mirror

            self._mirror = Mirror(self)
            self.set_interval(_MIRROR_EVERY, self._mirror.tell)

    def get_default_screen(self) -> Page:
        """Unlock where there is a register, else the first run."""
        screen = self._unlock_or_first_run()
        self._load_screen_css(screen)  # Textual does so for every screen but this one
        return screen

    def _unlock_or_first_run(self) -> Page:
        if self.where and self.register_exists():
            from recruitcheck.tui.screens.unlock import Unlock

            return Unlock()
        from recruitcheck.tui.screens.first_run import FirstRun

        return FirstRun()

    def register_exists(self) -> bool:
        """Whether there is a register where this app looks."""
        return bool(self.where) and ownplace.exists(self.where or "")

    def apply_preferences(self, prefs: preferences.Preferences) -> None:
        """Use these preferences from now on."""
        self.prefs = prefs
        self.wear(prefs.theme if prefs.theme in NAMES else NAMES[0])
        if prefs.less_motion or os.environ.get("TEXTUAL_ANIMATIONS") == "none":
            self.animation_level = "none"
        self.keys = dict(prefs.keys)
        self.set_keymap(self.keys)

    def wear(self, name: str) -> None:
        """Put on the colours of that name."""
        if name not in self._registered_themes:
            self.register_theme(theme(name))
        self.theme = name

    # --- desk ------------------------------------------------------------------------------

    @property
    def unlocked(self) -> bool:
        """Whether somebody's keys are open."""
        return self._desk is not None

    @property
    def desk(self) -> Desk:
        """The desk of the person at work; only while unlocked."""
        if self._desk is None:
            raise locked()
        return self._desk

    async def ask(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run work on the one thread that touches the register."""
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(1, "desk")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, partial(work, *args, **kwargs))

    def open_desk(self, name: str, passphrase: str) -> Desk:
        """Unlock; runs beside the screen, because deriving a key takes a third of a second."""
        if self._desk_factory is not None:
            return self._desk_factory(self.where or "", name, passphrase)
        from recruitcheck.steps.desk import open_desk

        return open_desk(self.where or "", name, passphrase)

    def sit_down(self, desk: Desk) -> None:
        """Go to work: the home screen of the person's first role, or back to where they were."""
        before = self._desk_owner
        self._desk, self._desk_owner = desk, desk.me.id
        self._covered = False
        self.demo = self.demo or desk.register.demo
        self._last_touch = time.monotonic()
        if before == desk.me.id and len(self.screen_stack) > 2:
            self.pop_screen()  # only the cover of the lock
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()
        home = self.home()
        self.push_screen(home)
        if self.first_task:  # the demo was begun to learn from
            self.call_after_refresh(self.do_app_tour)
        job: Any = partial(self._warn, home)
        self.run_worker(job, group="warn")
        self.set_timer(_SEATED, self._prepare)

    def _prepare(self) -> None:
        """Compile the rules' tables before the first request needs them."""
        if self.unlocked:
            job: Any = partial(self.ask, self.desk.screener.prepare)
            self.run_worker(job, group="prepare")

    async def _warn(self, home: Page) -> None:
        """Tell HR at every unlock what is wrong with the policy pack."""
        from recruitcheck.records import Role

        if Role.HR not in self.desk.me.roles:
            return
        from recruitcheck.steps import policy

        if self.unlocked and (told := await self.ask(policy.warnings, self.desk)):
            home.tell(
                told[0],
                " ".join(told[1:]) or "Papers leads to Compare policies, where it is settled.",
                wrong=True,
            )

    def mirror_again(self) -> None:
        """Tell the whole screen as text once more; a page that came back asks for it."""
        if self._mirror is not None:
            self._mirror.tell(again=True)

    def take_upload(self, path: str, name: str) -> None:
        """A file that the browser's page received: it goes into the form that asks for one."""
        from recruitcheck.tui.screens.form import FormPage

        screen = self.screen
        if isinstance(screen, FormPage) and screen.form.file_for and self.unlocked:
            screen.take_file(path)
            screen.tell(f"{visible(name)} arrived. Press the button to read it.")
        else:
            Path(path).unlink(missing_ok=True)
            self.notify("Open “Add a document” first, then send the file again.")

    def home(self) -> Page:
        """The first screen for this person's roles."""
        from recruitcheck.records import Role

        roles = self.desk.me.roles
        if Role.RECRUITER in roles:
            from recruitcheck.tui.screens.home import Home

            return Home()
        if Role.HR in roles:
            from recruitcheck.tui.screens.audit import Audit

            return Audit()
        from recruitcheck.tui.screens.referrals import Referrals

        return Referrals()

    def put_keys_away(self) -> None:
        """Close the register; nothing is readable until somebody unlocks it."""
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.forget()
            desk.register.close()

    # --- what is shared by screens ---------------------------------------------------------

    def way_here(self, page: Page) -> list[str]:
        """The names of the pages that led to this one, the last four of them."""
        if not page.needs_desk and not self.unlocked:
            return (["DEMO"] if self.demo else []) + [page.way()]  # a locked screen names nobody
        way = []
        for screen in self.screen_stack:
            root = isinstance(screen, Page) and not screen.needs_desk and screen is not page
            if isinstance(screen, Page) and screen.way() and not root:
                way.append(visible(screen.way()))
            if screen is page:
                break
        return (["DEMO"] if self.demo else []) + way[-4:]

    def who_words(self) -> str:
        """Who is at work, for the top line."""
        if self._desk is None:
            return "DEMO: invented people" if self.demo else "nobody is signed in"
        me = self._desk.me
        return f"{visible(me.name)} · {role_words(me.roles)}"

    def remember(self, message: str) -> None:
        """Keep what was said for the Messages screen."""
        self.said.append((time.time(), message))
        del self.said[:-200]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: Any = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """A passing confirmation; never read as markup, and kept in Messages."""
        del markup
        self.remember(message)
        super().notify(
            visible(message), title=visible(title), severity=severity, timeout=timeout, markup=False
        )

    async def action_do(self, act_id: str) -> None:
        """Run an action that every screen has."""
        screen = self.screen
        if isinstance(screen, Page):
            await screen.action_do(act_id)
        elif act_id == "app.back":
            screen.dismiss()
        elif act_id == "app.lock":
            self.do_app_lock()
        elif act_id == "app.quit":
            await self.do_app_quit()

    def do_app_lock(self) -> None:
        self.lock("You locked the screen.")

    async def do_app_quit(self) -> None:
        await self._flush_drafts()
        await self.ask(self.put_keys_away)
        self.exit(0)

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        """Show a screen; what was asked for before a lock does not come to lie upon it."""
        if self._covered and isinstance(screen, Page) and screen.needs_desk:
            raise locked()
        return super().push_screen(screen, *args, **kwargs)

    # --- lock ------------------------------------------------------------------------------

    def lock(self, why: str) -> None:
        """Save drafts, cover the screen, put the keys away."""
        if self._desk is None or self._covered:
            return
        from recruitcheck.tui.screens.unlock import Unlock

        self._covered = True
        self.clear_notifications()  # they may name somebody
        cover = Unlock(person=self._desk.me.name, why=why)
        job: Any = partial(self._lock, cover)
        self.run_worker(job, group="lock")

    async def _lock(self, cover: Screen[Any]) -> None:
        await self.push_screen(cover)
        await self._flush_drafts()
        await self.ask(self.put_keys_away)
        if isinstance(cover, Page):
            cover.show_way()

    async def _flush_drafts(self) -> None:
        for screen in self.screen_stack:
            if (flush := getattr(screen, "save_draft_now", None)) and self._desk is not None:
                await flush()

    def _lock_when_idle(self) -> None:
        minutes = self.prefs.lock_minutes
        if self._desk and minutes and time.monotonic() - self._last_touch > minutes * 60:
            self.lock(f"Locked after {minutes} minutes without a key. Your work is as you left it.")

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self._last_touch = time.monotonic()
        await super().on_event(event)

    # --- the end ---------------------------------------------------------------------------

    async def on_unmount(self) -> None:
        if self._pool is not None:
            await self.ask(self.put_keys_away)
            self._pool.shutdown(wait=False)

    def _handle_exception(self, error: Exception) -> None:
        """Stop with a report that names places in the program and nothing of the applicant."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        from rich.text import Text

        from recruitcheck.tui.crash import write_report

        path = write_report(error)
        self._exit_renderables.append(
            Text(
                "recruitcheck had to stop. What was recorded and your drafts are kept.\n"
                f"A report without personal data is in {path}; please give it to whoever looks "
                "after recruitcheck, and start again."
            )
        )
        self._close_messages_no_wait()


def run(
    where: str | None,
    *,
    demo: bool = False,
    desk_factory: DeskFactory | None = None,
    first_task: str | None = None,
) -> int:
    """Open the app; returns the exit code, or `SHOW_DEMO`."""
    app = RecruitcheckApp(
        where or ownplace.own(),
        demo=demo,
        desk_factory=desk_factory,
        first_task=first_task,
    )
    ended = app.run()
    return app.return_code or ended or 0
