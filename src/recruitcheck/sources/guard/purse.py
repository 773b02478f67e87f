"""Budgets without a register, pauses between requests, and one request at a time per host."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from recruitcheck.errors import GrantError, LookupFailed
from recruitcheck.records import Grant
from recruitcheck.sources.guard.wire import Clock, Watch

Spend = Callable[[int, int], None]

PAUSE = 1.0
"""Seconds between two requests of a grant to one host; more where the host asks for it."""

_lock = threading.Lock()
_spent: dict[str, tuple[int, int]] = {}
_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
_last: dict[tuple[str, str], float] = {}


def in_process(grant: Grant) -> Spend:
    """Count per grant in this process, for callers that keep no register.

    The counts are never forgotten while the process lives, because forgetting would refund.
    """

    def spend(requests: int, size: int) -> None:
        with _lock:
            so_far = _spent.get(grant.id, (0, 0))
            now = (so_far[0] + requests, so_far[1] + size)
            if now[0] > grant.max_requests:
                raise GrantError(
                    "This permission has no requests left.",
                    "Finish with what was found, or ask again with a reason.",
                )
            _spent[grant.id] = now
            if now[1] > grant.max_total_bytes:
                raise GrantError(
                    "This permission has used up the amount of text it may read.",
                    "Finish with what was found, or ask again with a narrower address.",
                )

    return spend


@contextmanager
def turn(host: str, watch: Watch) -> Iterator[None]:
    """Wait until nobody else in this process asks `host` anything."""
    with _lock:
        lock = _turns[host]
    while not lock.acquire(timeout=watch.slice()):
        pass  # `slice` raises once nothing is left
    try:
        yield
    finally:
        lock.release()


def pause(grant: Grant, host: str, delay: float, clock: Clock, watch: Watch) -> None:
    """Wait until `delay` seconds have passed since the grant's last request to `host`.

    Raises:
        LookupFailed: the pause would outlast the call.
    """
    before = _last.get((grant.id, host))
    if before is None:
        return
    # A different clock may have measured `before`: never wait for more than one whole pause.
    wait = min(delay, before + delay - clock.monotonic())
    if wait > 0:
        wait_for(wait, watch)


def wait_for(seconds: float, watch: Watch) -> None:
    """Sleep by the caller's clock if the call has that long.

    Raises:
        LookupFailed: it has not.
    """
    if seconds >= watch.left():
        raise LookupFailed(
            "The source asks for a longer pause than this lookup may last.",
            "Try again later, within what is left.",
        )
    watch.sleep(seconds)


def remember(grant: Grant, host: str, clock: Clock) -> None:
    """A request to `host` has just ended."""
    _last[(grant.id, host)] = clock.monotonic()
