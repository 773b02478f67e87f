"""From what was gathered to what is shown: the way every use of a grant takes.

Entered first, then gathered through the guarded client or the item checks, then put through the
lens in its child, then entered again with what it showed. `search.py` holds the ways in.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Protocol

from recruitcheck.errors import GrantError, LookupFailed, RecruitcheckError, Unreachable
from recruitcheck.records import (
    Applicant,
    Attempt,
    Claim,
    Draft,
    Grant,
    Item,
    Lookup,
    LookupKind,
    Page,
    Passage,
    Sight,
    Vacancy,
    Withheld,
)
from recruitcheck.steps import budget, lens
from recruitcheck.steps.desk import Desk, box, new_id


class Stop(Protocol):
    """Asked before each request; a `threading.Event` will do."""

    def is_set(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a lookup is doing, for the person who waits."""

    source: str
    address: str
    state: str
    """`asking`, `answered`, `refused`, `failed`, `reading` or `done`."""
    message: str = ""


Watcher = Callable[[Progress], None]


class _Stopped(Exception):
    """The person pressed stop."""


@dataclass(slots=True)
class Run:
    """What one use of a grant gathers on its way; never kept."""

    items: list[Item] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    size: int = 0
    outcome: str = "done"
    message: str = ""


@contextmanager
def opened(
    desk: Desk, lookup: Lookup, *, run: Run | None = None, before: Callable[[], None] | None = None
) -> Iterator[None]:
    """Enter the lookup before anything leaves or is read; inside, it comes to its result.

    Where it does not (Ctrl+C, a closed window, a fault of ours) it is entered that it broke off,
    with what `run` had asked for until then, so that no lookup stays open in the ledger.

    Args:
        lookup: of `begun`.
        run: what the lookup gathers, where it gathers anything from outside.
        before: looks at what was entered already; nobody else writes between it and the entry.
    """
    draft = Draft(
        type="lookup",
        subject=lookup.id,
        case=lookup.applicant,
        refs=(lookup.grant,),
        facts={"kind": str(lookup.kind)},
        boxes={f"lookup:{lookup.grant}": box(lookup)},
    )

    def entered() -> None:
        if before:
            before()
        desk.enter(draft)

    try:
        desk.alone(entered)
        yield
    except BaseException as error:
        with suppress(RecruitcheckError):  # what broke it off is what the person must hear of
            _broken_off(desk, lookup, run or Run(), stopped=isinstance(error, KeyboardInterrupt))
        raise


def begun(desk: Desk, grant: Grant, kind: LookupKind, *, address: str) -> Lookup:
    """A lookup that begins now, not entered yet."""
    return Lookup(
        id=new_id("L"),
        grant=grant.id,
        applicant=grant.applicant,
        kind=kind,
        source=grant.source,
        address=address,
        by=desk.me.id,
        at=desk.now,
    )


def _broken_off(desk: Desk, lookup: Lookup, run: Run, *, stopped: bool) -> None:
    """Enter that nothing came of a lookup, if it was entered and has no result."""
    if [e.type for e in desk.register.entries(subject=lookup.id)] != ["lookup"]:
        return
    run.outcome = "stopped" if stopped else "failed"
    run.message = f"{'Stopped' if stopped else 'Broken off'} before anything was shown."
    enter_sight(desk, lookup, run, withheld=Withheld(lookup=lookup.id, unrelated=0, personal=0))


def collect(
    desk: Desk,
    grant: Grant,
    adapter: str,
    run: Run,
    *,
    progress: Watcher | None,
    stop: Stop | None,
) -> None:
    """Let the adapter fetch what it needs through the guarded client; gather admitted items."""
    from recruitcheck import sources
    from recruitcheck.sources import items

    fetching = _Fetching(desk, grant, run, budget.spender(desk, grant), progress, stop)
    try:
        for item in sources.adapter(adapter).collect(grant, fetching.fetch):
            if not items.admit(grant, item):
                run.items.append(item)
            fetching.heed_stop()
    except _Stopped:
        run.outcome, run.message = "stopped", "Stopped by the person looking."
    except (GrantError, LookupFailed) as error:
        run.outcome = "failed"
        run.message = f"{error.message} {error.hint}".strip()


@dataclass(slots=True)
class _Fetching:
    """What an adapter is given to fetch with: each request is told, counted and can be stopped."""

    desk: Desk
    grant: Grant
    run: Run
    spend: Callable[[int, int], None]
    progress: Watcher | None
    stop: Stop | None
    dead: dict[str, Unreachable] = field(default_factory=dict)
    """Origins that did not answer; other pages of them would only use the budget up."""

    def fetch(self, url: str) -> Page:
        """One page; raises what stands against it, or that the person pressed stop."""
        self.heed_stop()
        if known := self.dead.get(_origin(url)):
            raise known
        self._tell(url, "asking")
        try:
            page = self._asked(url)
        except (GrantError, LookupFailed) as error:
            self._failed(url, error)
            raise
        self.run.attempts.append(Attempt(address=page.url, outcome="answered"))
        self.run.size += len(page.text.encode())
        self._tell(page.url, "answered")
        return page

    def heed_stop(self) -> None:
        """Leave the adapter where the person pressed stop."""
        if self.stop and self.stop.is_set():
            raise _Stopped

    def _asked(self, url: str) -> Page:
        from recruitcheck.sources import web

        return web.fetch(
            self.grant,
            url,
            resolver=self.desk.resolver,
            permitted_addresses=self.desk.permitted_addresses,
            tls=self.desk.tls,
            clock=self.desk.clock,
            spend=self.spend,
            contact=self.desk.pack.policy.user_agent_contact,
            stop=self.stop,
        )

    def _failed(self, url: str, error: GrantError | LookupFailed) -> None:
        stopped = self.stop is not None and self.stop.is_set()
        state = "refused" if isinstance(error, GrantError) and not stopped else "failed"
        self.run.attempts.append(Attempt(address=url, outcome=state, message=error.message))
        if stopped:
            raise _Stopped from None
        self._tell(url, state, error.message)
        if isinstance(error, Unreachable):
            self.dead[_origin(url)] = error

    def _tell(self, address: str, state: str, message: str = "") -> None:
        if self.progress:
            told = Progress(source=self.grant.source, address=address, state=state, message=message)
            self.progress(told)


def _origin(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])


def written_out(address: str) -> str:
    """An address as it would be asked; what people copy often lacks its beginning."""
    address = address.strip()
    return address if not address or "://" in address else f"https://{address}"


def checked(grant: Grant, item: Item, *, from_applicant: bool = False) -> Run:
    """Scope and item checks for what did not come through the client; refused whole or taken."""
    from recruitcheck.sources import address, items

    if (item.url or not from_applicant) and (why := address.allowed(grant, item.url)):
        return refused(item.url, f"{why}{'' if from_applicant else _permitted(grant)}")
    if not from_applicant and (why := items.admit(grant, item)):
        return refused(item.url, why)
    if from_applicant and (why := items.outside_window(grant, item)):
        return refused(item.url, why)
    return Run(items=[item], attempts=[Attempt(address=item.url, outcome="answered")])


def _permitted(grant: Grant) -> str:
    """Which address to give instead: a post's own often does not name the account."""
    if not grant.hosts or grant.path_prefixes in ((), ("/",)):
        return ""
    return f" Give the address of what is permitted: {grant.hosts[-1]}{grant.path_prefixes[0]}"


def refused(address: str, why: str) -> Run:
    """A run in which nothing was read, because it lies outside the permission."""
    return Run(
        attempts=[Attempt(address=address, outcome="refused", message=why)],
        outcome="failed",
        message=f"This lies outside the permission, so nothing of it was read: {why}",
    )


def finish(
    desk: Desk,
    grant: Grant,
    lookup: Lookup,
    run: Run,
    *,
    mark: str,
    progress: Watcher | None = None,
) -> Sight:
    """Put what was gathered through the lens, enter the result, and return what is shown."""
    passages: list[Passage] = []
    unrelated = personal = 0
    if run.items:
        if progress:
            progress(Progress(source=grant.source, address="", state="reading"))
        applicant = desk.get(Applicant, grant.applicant)
        school = desk.get(Vacancy, applicant.vacancy).school
        try:
            looks = lens.look(
                [(_content(item), item.type) for item in run.items],
                claim=desk.get(Claim, grant.claim).quote,
                name=applicant.name,
                url=run.items[0].url,
                pack_folder=desk.pack_folder,
                allowed_names=(school, desk.settings().organisation),
            )
        except LookupFailed as error:
            run.outcome, run.message = "failed", error.message
            looks = ()
        for item, look in zip(run.items, looks, strict=False):
            unrelated += look.unrelated
            personal += look.personal
            passages += [_passage(desk, lookup, item, text, mark) for text in look.shown]
    withheld = Withheld(lookup=lookup.id, unrelated=unrelated, personal=personal)
    sight = enter_sight(desk, lookup, run, passages=tuple(passages), withheld=withheld)
    if progress:
        progress(Progress(source=grant.source, address="", state="done", message=run.message))
    return sight


def _passage(desk: Desk, lookup: Lookup, item: Item, text: str, mark: str) -> Passage:
    return Passage(
        id=new_id("S"),
        lookup=lookup.id,
        text=text,
        address=item.url,
        source=lookup.source,
        published=item.published,
        seen_at=item.seen_at or desk.now,
        mark=mark,
    )


def enter_sight(
    desk: Desk,
    lookup: Lookup,
    run: Run,
    *,
    passages: tuple[Passage, ...] = (),
    withheld: Withheld,
) -> Sight:
    """Enter what a lookup showed, sealed to its holder and HR, and how much it withheld, to HR."""
    done = replace(lookup, outcome=run.outcome, message=run.message)
    sight = Sight(lookup=done, passages=passages, attempts=tuple(run.attempts))
    desk.enter(
        Draft(
            type="lookup-result",
            subject=lookup.id,
            case=lookup.applicant,
            refs=(lookup.id, lookup.grant),
            facts={
                "outcome": run.outcome,
                "requests": len(run.attempts),
                "bytes": run.size,
            },
            boxes={f"lookup:{lookup.grant}": box(sight), "hr": box(withheld)},
        )
    )
    return sight


def _content(item: Item) -> str:
    """The item's text with its title in front, as one thing to read."""
    if not item.title:
        return item.text
    if item.type == "text/html":
        return f"<h1>{html.escape(item.title)}</h1>{item.text}"
    return f"{item.title}\n\n{item.text}"


def midnight(day: date | None) -> datetime | None:
    """The first moment of a day in UTC, for what has a day and no hour."""
    return None if day is None else datetime.combine(day, time(), UTC)
