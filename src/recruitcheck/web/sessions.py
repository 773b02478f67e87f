"""Who is connected: signed sessions, a cap, a queue, and patience with dropped links."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp.web import WebSocketResponse

from recruitcheck.web.child import Child

COOKIE = "recruitcheck"
LIFETIME = 12 * 3600
"""Seconds after which a session's cookie is refused."""
_ASKS_AGAIN = 20
"""Seconds after which somebody who waits has gone: the waiting page asks every five."""
_BEHIND = 100
"""Events kept for a page that does not fetch them; it gets the next whole screen anyway."""


class Signer:
    """Signs session ids with a key that lives as long as the server."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._key = secrets.token_bytes(32)
        self._clock = clock

    def issue(self) -> str:
        """A new signed value for the cookie."""
        body = f"{secrets.token_urlsafe(18)}.{int(self._clock())}"
        return f"{body}.{self._seal(body)}"

    def read(self, value: str) -> str | None:
        """The session id in a cookie; None unless we signed it and it is not too old."""
        body, _, seal = value.rpartition(".")
        name, _, issued = body.partition(".")
        if not name or not hmac.compare_digest(seal.encode(), self._seal(body).encode()):
            return None
        if not issued.isdigit() or self._clock() - int(issued) > LIFETIME:
            return None
        return name

    def _seal(self, body: str) -> str:
        return hmac.new(self._key, body.encode(), hashlib.sha256).hexdigest()


@dataclass(slots=True)
class Session:
    """One person's browser; the app behind it once a socket came."""

    id: str
    user: str = ""
    child: Child | None = None
    page: WebSocketResponse | None = None
    """The tab that has the screen; there may have been others before."""
    watching: int = 0
    seen: float = 0.0
    listeners: list[asyncio.Queue[tuple[str, str]]] = field(default_factory=list)
    last_mirror: str = ""

    def tell(self, kind: str, data: str) -> None:
        """Pass an event on to every page of this session."""
        if kind == "mirror":
            self.last_mirror = data
        for queue in self.listeners:
            if queue.qsize() < _BEHIND:
                queue.put_nowait((kind, data))


class Sessions:
    """All sessions of the server; at most `most` have a place, the others wait in order."""

    def __init__(
        self, *, most: int, linger: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._linger = linger
        self._clock = clock
        self._all: dict[str, Session] = {}
        self._waiting: dict[str, float] = {}

    def get(self, id: str) -> Session | None:
        """The session of that id, where it has a place."""
        return self._all.get(id)

    def place(self, id: str, user: str) -> int:
        """0: this session has a place; -1: the id is another user's; else a number in the queue."""
        now = self._clock()
        if (held := self._all.get(id)) is not None:
            if held.user == user:
                held.seen = now
                return 0
            return -1
        self._waiting = {k: at for k, at in self._waiting.items() if now - at < _ASKS_AGAIN}
        ahead = list(self._waiting).index(id) if id in self._waiting else len(self._waiting)
        free = self._most - len(self._all)
        if ahead < free:
            self._waiting.pop(id, None)
            self._all[id] = Session(id=id, user=user, seen=now)
            return 0
        self._waiting[id] = now
        return ahead - max(free, 0) + 1

    async def sweep(self) -> None:
        """Close what nobody has watched for a while, and forget what has ended."""
        now = self._clock()
        for session in list(self._all.values()):
            child = session.child
            if (child is not None and child.ended.is_set()) or (
                not session.watching and now - session.seen > self._linger
            ):
                await self.close(session)

    def tell_all(self, kind: str) -> None:
        """Pass an event on to every page of every session."""
        for session in self._all.values():
            for queue in session.listeners:
                queue.put_nowait((kind, ""))

    async def close(self, session: Session) -> None:
        """End one session and its app."""
        self._all.pop(session.id, None)
        if session.child is not None:
            await session.child.stop()

    async def close_all(self) -> None:
        """End all of them."""
        await asyncio.gather(*(self.close(s) for s in list(self._all.values())))
