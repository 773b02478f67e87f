"""A lookup that somebody stops ends at once, wherever it is waiting."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from hostile import HOST, Hostile, fetch

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant
from recruitcheck.sources import web

NewId = Callable[[], str]


class Pressed:
    """A stop that is pressed half a second after it was first looked at."""

    def __init__(self) -> None:
        self._at: float | None = None

    def is_set(self) -> bool:
        self._at = self._at or time.monotonic() + 0.5
        return time.monotonic() > self._at


def _patient(new_id: NewId, port: int, scheme: str) -> Grant:
    """A grant whose own deadline lies far behind the end of this test."""
    return Grant(
        id=new_id(),
        hosts=(HOST,),
        path_prefixes=("/",),
        schemes=(scheme,),
        ports=(port,),
        max_seconds=30.0,
    )


@contextlib.contextmanager
def _silent(backlog: int) -> Iterator[int]:
    """A port where connections are taken up by the system and by nobody else."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
        yield listener.getsockname()[1]
        web.close()


def test_a_page_that_does_not_come(site: Hostile, new_id: NewId) -> None:
    """A person who presses stop does not wait for the source."""
    stop = threading.Event()
    site.pages["/"] = lambda conn: (stop.set(), time.sleep(20))
    with pytest.raises(LookupFailed, match="stopped"):
        fetch(site.grant(new_id(), max_seconds=30.0), site.url(), stop=stop)


def test_a_name_that_is_not_found(new_id: NewId) -> None:
    """The resolver has not answered yet."""
    hold = threading.Event()
    with pytest.raises(LookupFailed, match="stopped"):
        fetch(
            _patient(new_id, 80, "http"),
            f"http://{HOST}/",
            resolver=lambda _: hold.wait(30) and [],
            stop=Pressed(),
        )
    hold.set()


def test_a_silent_handshake(
    new_id: NewId,
    certificates: Callable[[str], tuple[ssl.SSLContext, ssl.SSLContext]],
) -> None:
    """The connection stands, and the other side says nothing about protecting it."""
    _, trust = certificates(HOST)
    with _silent(8) as port, pytest.raises(LookupFailed, match="stopped"):
        fetch(_patient(new_id, port, "https"), f"https://{HOST}:{port}/", tls=trust, stop=Pressed())


def test_a_connection_that_nobody_takes_up(new_id: NewId) -> None:
    """The other side's queue is full: the connection neither stands nor fails."""
    with _silent(0) as port, contextlib.ExitStack() as crowd:
        for _ in range(4):
            waiting = crowd.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        with pytest.raises(LookupFailed, match="stopped"):
            fetch(_patient(new_id, port, "http"), f"http://{HOST}:{port}/", stop=Pressed())
