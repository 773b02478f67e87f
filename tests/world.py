"""The world of a test: a clock that is set by hand, a small site on loopback, desks over a folder.

The real client, ledger, keys and lens stand on top; only time, names and trust are brought along,
through the same seams that the demo uses.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from unittest.mock import patch

from recruitcheck.demo import site
from recruitcheck.records import Role
from recruitcheck.steps import people
from recruitcheck.steps.desk import Desk, create_desk, open_desk
from recruitcheck.vault import locks

PASSPHRASE = "a long enough passphrase"


class SetClock:
    """Time that moves only when somebody sleeps or moves it; safe to share between threads."""

    def __init__(self, now: datetime = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)) -> None:
        self._now = now
        self._since = 0.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def monotonic(self) -> float:
        with self._lock:
            return self._since

    def sleep(self, seconds: float, /) -> None:
        self.forward(timedelta(seconds=seconds))

    def forward(self, time: timedelta) -> None:
        """Move on; never back."""
        with self._lock:
            self._now += time
            self._since += time.total_seconds()


@dataclass(slots=True, kw_only=True)
class World:
    """One register, its people at their desks, a clock and a site."""

    where: Path
    clock: SetClock
    web: site.Web
    recovery_code: str
    desks: dict[str, Desk] = field(default_factory=dict)

    @property
    def hr(self) -> Desk:
        return self.desks["Ruth Hale"]

    @property
    def recruiter(self) -> Desk:
        return self.desks["Dan Reed"]

    @property
    def equality(self) -> Desk:
        return self.desks["Mina Shaw"]

    @property
    def panel(self) -> Desk:
        return self.desks["Tom Ellis"]

    def open(self, name: str) -> Desk:
        """Unlock for one more person, or once more for the same."""
        opened = open_desk(
            str(self.where),
            name,
            PASSPHRASE,
            clock=self.clock,
            resolver=self.web.resolve,
            permitted_addresses=(site.LOOPBACK,),
        )
        return replace(opened, tls=self.web.trust)

    def address(self, host: str, path: str = "/") -> str:
        """An address of the site as an applicant would write it."""
        return f"https://{host}:{self.web.port}{path}"


MEMBERS = {
    "Dan Reed": (Role.RECRUITER,),
    "Tom Ellis": (Role.RECRUITER,),
    "Mina Shaw": (Role.EQUALITY,),
}

_derived = cache(locks.derive)
"""The key of a passphrase, worked out once per test run and not weakened: the same each time."""


@cache
def _made_once() -> tuple[Path, str]:
    """A register with one person per role and one on the panel; every world begins as its copy."""
    folder = Path(tempfile.mkdtemp(prefix="recruitcheck-world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    desk, code = create_desk(
        str(folder / "register"),
        organisation="northfield.example",
        name="Ruth Hale",
        passphrase=PASSPHRASE,
        clock=SetClock(),
    )
    for name, roles in MEMBERS.items():
        invitation = people.invite(desk, name, roles)
        desk.register.join(invitation, PASSPHRASE)
        people.admit(desk, name)
    desk.register.close()
    return folder / "register", code


@contextmanager
def world(folder: Path, hosts: site.Hosts | None = None) -> Iterator[World]:
    """A register, its people at their desks, a clock and a site, until the block ends."""
    with (
        patch.object(locks, "derive", _derived),
        site.running(lambda _: hosts or {"nothing.example": {}}) as web,
    ):
        made_once, code = _made_once()
        shutil.copytree(made_once, folder / "register")
        made = World(where=folder / "register", clock=SetClock(), web=web, recovery_code=code)
        for name in ("Ruth Hale", *MEMBERS):
            made.desks[name] = made.open(name)
        try:
            yield made
        finally:
            for one in made.desks.values():
                one.register.close()
