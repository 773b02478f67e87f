"""What every screen shares: the frame, the actions with their reasons, steps run beside the screen,
and errors told where they happened."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.css.query import NoMatches
from textual.screen import Screen

from recruitcheck.errors import RecruitcheckError
from recruitcheck.tui.actions import ACTIONS, Act, while_typing
from recruitcheck.tui.widgets.chrome import Crumbs, Hints, Notice
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Table, Whole

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk
    from recruitcheck.tui.app import RecruitcheckApp

T = TypeVar("T")


class Page(Screen[Any]):
    """A screen of the app.

    A page names its actions in `ACTS` and answers each with a method `do_<id>`; a method
    `why_not_<id>` may say why it cannot run now. Dots of an id become underscores.
    """

    WAY: ClassVar[str] = ""
    """The page's own name in the line at the top."""
    ACTS: ClassVar[tuple[str, ...]] = ()
    HELP: ClassVar[str] = ""
    """What the page is for, in plain words; paragraphs apart by blank lines."""
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [  # where nothing that has the focus takes these keys
        Binding("up", "read_on(-1)", show=False),
        Binding("down", "read_on(1)", show=False),
        Binding("pageup", "read_on(-10)", show=False),
        Binding("pagedown,space", "read_on(10)", show=False),
        Binding("home", "read_edge(0)", show=False),
        Binding("end", "read_edge(1)", show=False),
    ]
    leads_back: bool = True
    """Whether Esc goes to a page below; a page may be somebody's first and lie upon another."""
    needs_desk: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__()
        self._acting: set[str] = set()  # actions at work beside the screen
        self._later: Callable[[], Any] | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        acts = cls.__dict__.get("ACTS", ())
        bindings: list[BindingType] = [
            binding(act) for act in (ACTIONS[name] for name in acts) if act.keys
        ]
        cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *bindings]
        super().__init_subclass__(**kwargs)

    # --- frame -----------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield Crumbs()
        with VerticalScroll(id="body", can_focus=False):
            yield from self.compose_body()
        yield Notice(id="notice")
        yield Hints()

    def compose_body(self) -> ComposeResult:
        """The page's own widgets."""
        yield from ()

    def on_mount(self) -> None:
        # Textual calls this and the on_mount of a page's own class: that one must not call it too
        self.show_way()
        self.reload()

    def on_screen_resume(self) -> None:
        if self._later is not None and self.app.screen is self:
            go, self._later = self._later, None
            go()
            return
        self.show_way()
        if self.is_mounted and getattr(self, "_seen", False):
            self.reload()
        self._seen = True

    def show_way(self) -> None:
        """Write the top line."""
        crumbs = self.query_one(Crumbs)
        crumbs.way = " ▸ ".join(("recruitcheck", *self.app_.way_here(self)))
        crumbs.who = self.app_.who_words()

    def way(self) -> str:
        """The page's name in the top line."""
        return self.WAY

    @property
    def app_(self) -> RecruitcheckApp:
        """The app, as what it is."""
        return cast("RecruitcheckApp", self.app)

    @property
    def desk(self) -> Desk:
        """Who is at work, with everything a step needs."""
        return self.app_.desk

    @property
    def _beneath_a_lock(self) -> bool:
        return self.needs_desk and not self.app_.unlocked

    def action_read_on(self, lines: int) -> None:
        """Scroll what the page shows, for somebody without a mouse."""
        self.query_one("#body").scroll_relative(y=lines, animate=False)

    def action_read_edge(self, end: int) -> None:
        """Scroll to the beginning or the end."""
        body = self.query_one("#body")
        (body.scroll_end if end else body.scroll_home)(animate=False)

    # --- actions ---------------------------------------------------------------------------

    def keys_of(self, act_id: str) -> str:
        """The keys of an action, with the person's own changes."""
        return self.app_.keys.get(act_id, ACTIONS[act_id].keys)

    def why_not(self, act_id: str) -> str | None:
        """Why an action cannot run now; None when it can."""
        if (ask := self._method("why_not", act_id)) is not None:
            return cast("str | None", ask() or None)
        return None if self._method("do", act_id) else "not on this screen"

    def _method(self, kind: str, act_id: str) -> Callable[[], Any] | None:
        """What answers for an action (`do` or `why_not`): of this page, else of the app."""
        name = f"{kind}_{act_id.replace('.', '_')}"
        found: Callable[[], Any] | None = getattr(self, name, None)
        return found or getattr(self.app_, name, None)

    def named(self, act_id: str) -> str:
        """The words of an action on this page: those of its button, where it has one."""
        named = next((push.words for push in self.query(Push) if push.act.id == act_id), "")
        return named or ACTIONS[act_id].words

    async def action_do(self, act_id: str) -> None:
        """Run an action, or say why it cannot run."""
        if act_id in self._acting:
            return  # the key was pressed twice
        if why := self.why_not(act_id):
            self.tell(f"“{self.named(act_id)}” cannot be done yet: {why}.", wrong=True)
            return
        act = self._method("do", act_id)
        if act is None:
            raise LookupError(f"this page says why {act_id} cannot run, and not how it runs")
        if inspect.iscoroutinefunction(act):
            self._acting.add(act_id)
            self.beside(partial(self._act, act_id, act), "act", exclusive=False)
        else:
            act()
            self.ask_again()

    async def _act(self, act_id: str, act: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        try:
            await act()
        finally:
            self._acting.discard(act_id)

    def beside(
        self, work: Callable[[], Coroutine[Any, Any, Any]], group: str, *, exclusive: bool = True
    ) -> None:
        """Do work beside the screen; with `exclusive`, what is newer replaces what is older."""
        job: Any = partial(self._finish, work)
        self.run_worker(job, group=group, exclusive=exclusive)

    async def _finish(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """See work to its end; what a step refuses is told, and what a lock cut off is dropped."""
        try:
            await work()
        except RecruitcheckError as error:
            if self.is_mounted and self.is_current:
                self.tell(error.message, error.hint, wrong=True)
        except OSError as error:  # a shared drive that went away, while a list was read
            self.tell(*disk_words(error), wrong=True)
        except Exception as error:
            if self._beneath_a_lock:
                return
            closed = not self.app.is_running or self not in self.app.screen_stack
            if isinstance(error, NoMatches) and closed:
                return  # the page closed while this was read, as when somebody else unlocks
            raise
        if self.is_mounted and not self._beneath_a_lock:
            self.ask_again()
            self.focus_next_deed()

    def focus_next_deed(self) -> None:
        """Put the focus on what comes next, where nothing has it or what had it is done: the list,
        so that the arrow keys move in it, else the first button that can be pressed.

        A page that wants it elsewhere says so with `set_focus` as it is mounted; `focus()` only
        asks for it, and on a slow computer this comes first.
        """
        held = self.focused
        for table in self.query(Table) if held is None else ():
            if table.display and table.source.total:
                table.focus(scroll_visible=False)
                return
        if held is not None and not (isinstance(held, Push) and self.why_not(held.act.id)):
            return
        for push in self.query(Push):
            if push.display and not self.why_not(push.act.id):
                push.focus(scroll_visible=False)
                return

    def ask_again(self) -> None:
        """Let every button ask whether its action can run now; a page that closes has none left,
        and one beneath a lock asks when it is read again."""
        if self._beneath_a_lock:
            return
        for push in reversed(self.query(Push)):  # each looks at what the one after it says
            push.ask_again()
        for hints in self.query(Hints):
            hints.ask_again()

    def on_table_moved(self, event: Table.Moved) -> None:
        """Say in full what the columns of a list cut."""
        for whole in self.query(Whole):
            whole.tell(event.table)

    # --- telling ---------------------------------------------------------------------------

    def tell(self, message: str, hint: str = "", *, wrong: bool = False, kept: str = "") -> None:
        """Say something in place, and keep it in Messages."""
        self.app_.remember(message)
        for notice in self.query(Notice):  # none on a page that is closing; Messages keeps it
            notice.tell(message, hint, wrong=wrong, kept=kept)

    def do_app_back(self) -> None:
        """Close what was said last, else leave the page."""
        if not self.query_one(Notice).close():
            self.leave()

    def leave(self) -> None:
        """Leave the page; the root page stays."""
        if self.leads_back:
            self.app.pop_screen()

    def in_turn(self, go: Callable[[], Any]) -> None:
        """Leave the page by `go` once something is recorded; where the lock or the help came to lie
        on it meanwhile, when that is gone."""
        if self.app.screen is self:
            go()
        else:
            self._later = go

    # --- working beside the screen ---------------------------------------------------------

    def reload(self) -> None:
        """Read what the page shows, beside the screen."""
        if not self._beneath_a_lock:
            self.beside(self.load, "load")

    async def load(self) -> None:
        """Read and show; the frame is on the screen already."""

    async def ask(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run work on the one thread that touches the register."""
        return await self.app_.ask(work, *args, **kwargs)

    async def attempt(
        self, work: Callable[..., T], *args: Any, kept: str = "", **kwargs: Any
    ) -> T | None:
        """Run a step; what goes wrong is told in place, with what to do. None: it went wrong."""
        try:
            return await self.ask(work, *args, **kwargs)
        except RecruitcheckError as error:
            self.tell(error.message, error.hint, wrong=True, kept=kept)
        except OSError as error:
            self.tell(*disk_words(error), wrong=True, kept=kept)
        return None


def disk_words(error: OSError) -> tuple[str, str]:
    """What the computer's own error means, and what to do; never the path or the content."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            "The disk is full, so nothing more was recorded.",
            "What was recorded before is safe. Make room, then do the last thing again.",
        )
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return ("That place may not be written or read.", "Choose another folder, or ask IT.")
    if error.errno == errno.ENOENT:
        return ("There is no such file.", "Check the name, or choose the file again.")
    return (
        f"The computer reports: {error.strerror or 'input or output failed'}.",
        "Try again; if it happens again, tell IT.",
    )


def binding(act: Act) -> Binding:
    """The keys of an action as Textual wants them; the id lets a person change them."""
    return Binding(
        act.keys,
        f"do('{act.id}')",
        act.words,
        id=act.id,
        show=False,
        priority=while_typing(act.keys),
    )
