"""A server of our own, for what real ones will not do.

A test maps paths to bytes, or to a function that is handed the open connection and may do with it
what it likes. Everything asked is remembered.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from recruitcheck.records import Grant, Page
from recruitcheck.sources import web

HOST = "blog.ashgrove.example"
PAGE = b"<!doctype html><title>Ashgrove</title><p>Our science club met every week in 2024.</p>"
OPEN_END = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
"""The head of an answer that ends where its connection does."""
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
"""The head of an answer that comes in chunks, each after its length."""
Talk = Callable[[socket.socket], None]


def answer(
    body: bytes = PAGE,
    type: str = "text/html; charset=utf-8",
    *headers: str,
    status: str = "200 OK",
    length: int | None = None,
) -> bytes:
    """One well-formed answer; `headers` come on top."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    if type:
        lines.append(f"Content-Type: {type}")
    return "\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + body


def moved(place: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer(b"", "", f"Location: {place}", status=status)


@dataclass
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    connection: int


@dataclass
class Hostile:
    """The server; `pages` can be changed while it runs."""

    pages: dict[str, bytes | Talk] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Hostile:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._number = 0
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for conn in list(self._open):
            with contextlib.suppress(OSError):
                conn.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    @property
    def paths(self) -> list[str]:
        """Paths asked for, robots left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def url(self, path: str = "/") -> str:
        """The address of a path, under the granted name."""
        return f"{'https' if self.tls else 'http'}://{HOST}:{self.port}{path}"

    def grant(self, id: str, **changes: object) -> Grant:
        """A grant for this server."""
        given = {
            "hosts": (HOST,),
            "path_prefixes": ("/",),
            "schemes": ("https" if self.tls else "http",),
            "ports": (self.port,),
            "query_keys": ("q",),
            "max_seconds": 20.0,
            **changes,
        }
        return Grant(id=id, **given)  # type: ignore[arg-type]

    def _accept(self) -> None:
        while True:
            try:
                conn, _ = self._listener.accept()
            except OSError:
                return
            self._number += 1
            number = self._number
            threading.Thread(target=self._serve, args=(conn, number), daemon=True).start()

    def _serve(self, conn: socket.socket, number: int) -> None:
        if self.tls is not None:
            conn = self.tls.wrap_socket(conn, server_side=True, do_handshake_on_connect=False)
        self._open.add(conn)
        with contextlib.suppress(OSError), conn:
            self._talk(conn, number)
        self._open.discard(conn)

    def _talk(self, conn: socket.socket, number: int) -> None:
        while head := _head(conn):
            lines = head.decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1]
            headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
            self.asked.append(Asked(path, headers, number))
            said = self.pages.get(path)
            if said is None:
                said = answer(b"none", "text/plain", status="404 Not Found")
            if callable(said):
                said(conn)
                return
            conn.sendall(said)


def _head(conn: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        more = conn.recv(65536)
        if not more:
            return b""
        head += more
    return head


class QuickClock:
    """The machine's clock, with pauses that pass at once and are remembered."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.pauses: list[float] = []

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def sleep(self, seconds: float, /) -> None:
        self.pauses.append(seconds)
        self.ahead += seconds


def fetch(grant: Grant, url: str, **changes: object) -> Page:
    """`web.fetch` with a resolver that leads every name here, and pauses that pass at once."""
    given: dict[str, object] = {
        "resolver": here,
        "permitted_addresses": ("127.0.0.1",),
        "clock": QuickClock(),
        **changes,
    }
    return web.fetch(grant, url, **given)  # type: ignore[arg-type]


def here(_host: str) -> list[str]:
    """Every name leads to this machine."""
    return ["127.0.0.1"]


def drip(conn: socket.socket, start: bytes, piece: bytes, pause: float, times: int) -> None:
    """Send `start`, then `piece` again and again."""
    conn.sendall(start)
    for _ in range(times):
        conn.sendall(piece)
        if pause:
            time.sleep(pause)
