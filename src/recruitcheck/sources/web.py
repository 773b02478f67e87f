"""The only exit to the network: fetch one address under a grant.

The order of checks, each before the next thing happens:

1. the address, on its raw characters, against the grant's scope (`sources.address`);
2. the grant's own time window;
3. one request at a time per host;
4. the budget, durable before the request leaves;
5. the owner's wishes (robots), asked once per grant and origin;
6. the pause since the last request;
7. resolution, and a connection pinned to the address that was checked (`guard.wire`);
8. the answer: number, framing, type, size, text, and whether a wall stands before the page.

A redirect is a decision: its address begins again at 1, and there are three at most. No cookie is
kept, no proxy, credential or trust store is taken from the environment, and no flag or variable
loosens anything. The client is httpx with a transport of our own (`guard.transport`), which sends
the target byte for byte as it was checked.
"""

from __future__ import annotations

import atexit
import logging
import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from recruitcheck.records import Grant, Page
from recruitcheck.sources.guard.public import IP
from recruitcheck.sources.guard.purse import Spend, in_process
from recruitcheck.sources.guard.session import Session
from recruitcheck.sources.guard.wire import Clock, Resolver, Stop

# These log addresses when their loggers are turned on; an address can be an applicant's words.
for _chatty in ("httpx", "httpcore"):
    logging.getLogger(_chatty).setLevel(logging.CRITICAL)

_MOST_SESSIONS = 8
"""Grants whose connections are kept at once; those used longest ago are closed."""
_sessions: OrderedDict[tuple[object, ...], Session] = OrderedDict()
_lock = threading.Lock()


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The time of day, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()

    def sleep(self, seconds: float, /) -> None:
        """Wait."""
        time.sleep(seconds)


SYSTEM_CLOCK = SystemClock()


def fetch(
    grant: Grant,
    url: str,
    *,
    resolver: Resolver | None = None,
    permitted_addresses: Iterable[str | IPv4Address | IPv6Address] = (),
    tls: ssl.SSLContext | None = None,
    clock: Clock | None = None,
    spend: Spend | None = None,
    contact: str = "",
    stop: Stop | None = None,
) -> Page:
    """Fetch `url` as far as `grant` allows; at most three redirects are followed.

    Args:
        grant: scope, window and budget; `max_seconds` is for this call, pauses included.
        url: the address, exactly as it will be asked.
        resolver: host in A-label form to its addresses; None: the machine's own.
        permitted_addresses: addresses that are not public and may be reached all the same.
        tls: what certificates to trust; None: the public authorities.
        clock: `now()`, `monotonic()`, `sleep(seconds)`; None: the machine's own.
        spend: makes requests and bytes durable before they are used, or raises `GrantError`;
            None: they are counted per `grant.id` in this process.
        contact: whom a site's owner may ask, for the User-Agent.
        stop: when set, the call ends within a fraction of a second.

    Raises:
        GrantError: outside scope or window, count or bytes used up, a redirect that is not
            followed.
        LookupFailed: no answer in time, robots, resolution, type, log-in, challenge, damage.
    """
    session = _session(grant, resolver, permitted_addresses, tls)
    return session.fetch(
        grant,
        url,
        clock=clock or SYSTEM_CLOCK,
        spend=spend or in_process(grant),
        contact=contact,
        stop=stop,
    )


def close() -> None:
    """Close every connection that is kept for reuse."""
    with _lock:
        sessions = list(_sessions.values())
        _sessions.clear()
    for session in sessions:
        session.close()


atexit.register(close)


def _session(
    grant: Grant,
    resolver: Resolver | None,
    permitted: Iterable[str | IPv4Address | IPv6Address],
    tls: ssl.SSLContext | None,
) -> Session:
    """The grant's connections, reused only under the same resolver, permission and trust."""
    addresses = frozenset(_address(address) for address in permitted)
    asked = resolver if isinstance(resolver, Hashable) else id(resolver)
    key = (grant.id, asked, addresses, id(tls))
    with _lock:
        session = _sessions.pop(key, None)
        if session is None:
            session = Session(resolver, addresses, tls or _public_authorities())
        _sessions[key] = session
        surplus = [_sessions.popitem(last=False)[1] for _ in range(len(_sessions) - _MOST_SESSIONS)]
    for old in surplus:
        old.close()
    return session


def _address(address: str | IPv4Address | IPv6Address) -> IP:
    return ip_address(address) if isinstance(address, str) else address


@lru_cache(maxsize=1)
def _public_authorities() -> ssl.SSLContext:
    """Trust in the public authorities that certifi lists.

    Built by hand, because `ssl.create_default_context` takes a trust store and a file for session
    secrets from environment variables.
    """
    import certifi

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(certifi.where())
    return context
