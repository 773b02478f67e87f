"""From a host name to bytes: one resolution, one pinned connection, one deadline.

The names of a connection (Host, SNI, certificate) stay the host's; the socket goes to the address
that was checked, and no second lookup exists that could answer differently. httpcore speaks HTTP
above this through its public `network_backend` seam.
"""

from __future__ import annotations

import errno
import os
import queue
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from itertools import islice
from typing import Any, Protocol

import httpcore

from recruitcheck.errors import GrantError, LookupFailed, Unreachable
from recruitcheck.sources.guard.public import IP, is_public

MOST_HEAD = 64 * 1024
"""Bytes that may arrive before the answer's own headers are complete."""
MOST_INTERIM = 8
"""Interim answers (1xx) that may come before the real one."""
MOST_ANSWERS = 64
"""Addresses a name may have."""
_SLICE = 0.2
"""Seconds after which a waiting read looks whether somebody pressed stop."""

Resolver = Callable[[str], Sequence[str | IPv4Address | IPv6Address]]


class Clock(Protocol):
    """Time, as the caller has it; tests bring their own."""

    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...
    def sleep(self, seconds: float, /) -> None: ...


class Stop(Protocol):
    """Something that can be pressed, such as a `threading.Event`."""

    def is_set(self) -> bool: ...


class Watch:
    """One call's patience: when it ends, how many bytes may come, and whether to stop.

    The caller's clock decides, and the machine's own decides too: a clock that stands still must
    not let a slow server keep a socket open for ever.
    """

    def __init__(self, seconds: float, clock: Clock, *, wire: int, stop: Stop | None) -> None:
        self._clock = clock
        self._end = clock.monotonic() + seconds
        self._real_end = time.monotonic() + seconds
        self.stop = stop
        self.wire = wire
        self.head: bytearray | None = None
        self.interim = 0

    def left(self) -> float:
        """Seconds left.

        Raises:
            LookupFailed: none is left, or somebody pressed stop.
        """
        if self.stop is not None and self.stop.is_set():
            raise LookupFailed("The lookup was stopped.", "Look again when you are ready.")
        left = min(self._end - self._clock.monotonic(), self._real_end - time.monotonic())
        if left <= 0:
            raise LookupFailed(
                "The source took too long to answer.", "Try again later, within what is left."
            )
        return left

    def slice(self) -> float:
        """Seconds to wait at one stretch."""
        left = self.left()
        return left if self.stop is None else min(left, _SLICE)

    def sleep(self, seconds: float) -> None:
        """Pause by the caller's clock, in stretches short enough to be stopped."""
        if self.stop is None:
            self._clock.sleep(seconds)
            return
        while seconds > 0:
            self.left()
            self._clock.sleep(min(seconds, _SLICE))
            seconds -= _SLICE

    def begin_head(self) -> None:
        """From here on what arrives belongs to the head of an answer."""
        self.head = bytearray()
        self.interim = 0

    def end_head(self) -> None:
        """The answer's own headers are complete."""
        self.head = None

    def nothing_yet(self) -> bool:
        """Whether an answer is awaited of which no byte has come."""
        return self.head is not None and not self.head and not self.interim

    def took(self, data: bytes) -> None:
        """Count what arrived.

        Raises:
            LookupFailed: headers without end, or interim answers without end.
            GrantError: more bytes than the answer may have, framing included.
        """
        self.wire -= len(data)
        if self.wire < 0:
            raise GrantError(
                "The source sent more than the permission covers.",
                "Ask for a narrower address, or let the applicant bring the item.",
            )
        if self.head is not None:
            self.head += data
            self._weigh_head(self.head)

    def _weigh_head(self, head: bytearray) -> None:
        while head[:7] == b"HTTP/1." and head[9:10] == b"1":
            end = head.find(b"\r\n\r\n")
            if end < 0:
                break
            del head[: end + 4]
            self.interim += 1
        if self.interim > MOST_INTERIM or (len(head) >= MOST_HEAD and b"\r\n\r\n" not in head):
            raise LookupFailed(
                "The source sent far more ahead of its page (headers) than any page needs.",
                "Ask the applicant to bring the item.",
            )


class Stale(Exception):
    """A kept connection was closed by the other side before it took up this request."""


class Stream(httpcore.NetworkStream):
    """A connected socket that obeys the watch of the call under way."""

    def __init__(self, sock: socket.socket, backend: Backend) -> None:
        self._sock = sock
        self._backend = backend
        self._heard = False

    # httpcore names a time for each step; the watch of the whole call stands in its place.

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  # as said
        watch = self._backend.watch
        while True:
            self._sock.settimeout(watch.slice())
            try:
                data = self._sock.recv(max_bytes)
            except TimeoutError:
                continue  # `slice` raises once nothing is left
            except ConnectionError:
                self._refuse_stale(watch)
                raise
            if not data:
                self._refuse_stale(watch)
            watch.took(data)
            self._heard = True
            return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  # as said
        if not buffer:
            return
        watch = self._backend.watch
        self._sock.settimeout(watch.left())
        try:
            self._sock.sendall(buffer)
        except ConnectionError:
            self._refuse_stale(watch)
            raise

    def _refuse_stale(self, watch: Watch) -> None:
        """An earlier answer came this way, and of this one not a byte: it was never begun."""
        if self._heard and watch.nothing_yet():
            raise Stale

    def close(self) -> None:
        self._sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002  # as said
    ) -> httpcore.NetworkStream:
        try:
            # A connection cut short must not look like the end of an answer.
            self._sock = ssl_context.wrap_socket(
                self._sock,
                server_hostname=server_hostname,
                suppress_ragged_eofs=False,
                do_handshake_on_connect=False,
            )
            _shake_hands(self._sock, self._backend.watch)
        except BaseException:
            self.close()
            raise
        return Stream(self._sock, self._backend)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return _readable(self._sock)
        if info == "ssl_object" and isinstance(self._sock, ssl.SSLSocket):
            return self._sock
        return None


class Backend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only. `watch` is that of the call under way."""

    watch: Watch

    def __init__(self, resolver: Resolver | None, permitted: frozenset[IP]) -> None:
        self._resolver = resolver or system_addresses
        self._permitted = permitted

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # httpcore's signature, as for the next two
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        addresses = self.addresses(host)
        failure: OSError | None = None
        for position, address in enumerate(addresses):
            try:
                return Stream(self._connected(address, port, len(addresses) - position), self)
            except OSError as error:
                failure = error
        raise Unreachable(
            "The source could not be reached.", "Check the address, or try again later."
        ) from failure

    def addresses(self, host: str) -> tuple[IP, ...]:
        """Resolve once and refuse the name if any answer is not public (or permitted).

        Raises:
            LookupFailed: no answer, an unusable answer, or one that must not be reached.
        """
        found = tuple(dict.fromkeys(_ip(answer) for answer in self._answers(host)))
        if not found:
            raise Unreachable(
                "There is no site of this name.", "Check the address for typing mistakes."
            )
        if not all(address in self._permitted or is_public(address) for address in found):
            # A mixed set is refused whole: which answer is used must not be the name's choice.
            raise Unreachable(
                "The site's name leads into a private network, where nothing is looked at.",
                "Check the address. If it is right, ask the network's staff.",
            )
        return found

    def _answers(self, host: str) -> Sequence[object]:
        """Ask the resolver in a thread of its own: looking up names knows no time limit."""
        answers: queue.SimpleQueue[Sequence[object] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(list(islice(self._resolver(host), MOST_ANSWERS + 1)))
            except Exception as error:
                answers.put(error)

        threading.Thread(target=ask, name="resolve", daemon=True).start()
        while True:
            try:
                answer = answers.get(timeout=self.watch.slice())
            except queue.Empty:
                continue
            break
        if isinstance(answer, Exception):
            raise Unreachable(
                "The site could not be found.", "Check the address for typing mistakes."
            ) from answer
        if len(answer) > MOST_ANSWERS:
            raise LookupFailed(
                "The site's name leads to more places than any site needs.",
                "Check the address. If it is right, ask the network's staff.",
            )
        return answer

    def _connected(self, address: IP, port: int, remaining: int) -> socket.socket:
        family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            # The first of several addresses may be a black hole: each gets its share of time.
            _connect(sock, (str(address), port), self.watch, self.watch.left() / remaining)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if ip_address(sock.getpeername()[0]) != address:
                raise LookupFailed(
                    "The connection did not end where it was sent.",
                    "If the school filters its network, ask the network's staff.",
                )
        except BaseException:
            sock.close()
            raise
        return sock


def system_addresses(host: str) -> list[str]:
    """Addresses of a host by the machine's own resolver.

    The closing dot makes the name complete, so that neither a search domain nor an alias from the
    environment can make another name of it.
    """
    found = socket.getaddrinfo(f"{host}.", None, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def _ip(answer: object) -> IP:
    if isinstance(answer, IPv4Address | IPv6Address):
        return answer
    try:
        if not isinstance(answer, str):
            raise ValueError
        return ip_address(answer)
    except ValueError as error:
        raise LookupFailed(
            "The place to which the site's name leads could not be understood.",
            "If the school filters its network, ask the network's staff.",
        ) from error


def _connect(sock: socket.socket, place: tuple[str, int], watch: Watch, seconds: float) -> None:
    """Connect within `seconds`, in stretches short enough to be stopped.

    Raises:
        OSError: nobody answers there, or not in time.
    """
    end = time.monotonic() + seconds
    sock.setblocking(False)
    failure = sock.connect_ex(place)
    if failure == errno.EINPROGRESS:
        poll = select.poll()
        poll.register(sock, select.POLLOUT)
        while not poll.poll(1000 * min(watch.slice(), max(0.0, end - time.monotonic()))):
            if time.monotonic() >= end:
                raise TimeoutError
        failure = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if failure:
        raise OSError(failure, os.strerror(failure))


def _shake_hands(sock: ssl.SSLSocket, watch: Watch) -> None:
    """Agree on a protected connection, in stretches short enough to be stopped."""
    while True:
        sock.settimeout(watch.slice())
        try:
            sock.do_handshake()
        except TimeoutError:
            continue  # the next call goes on where this one ended; `slice` raises in the end
        return


def _readable(sock: socket.socket) -> bool:
    """An idle connection with something to read was closed, or speaks out of turn."""
    if sock.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))
