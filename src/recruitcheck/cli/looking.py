"""A lookup at the keyboard: told line by line, and stopped by Ctrl+C without losing anything.

Whoever presses Ctrl+C wants it to end, and not that what was read so far is thrown away. So the
first press only tells the step to stop: it ends within a fraction of a second, enters that it was
stopped, and shows what it had read. The second press ends recruitcheck as anywhere else.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recruitcheck.records import Sight
    from recruitcheck.steps.desk import Desk
    from recruitcheck.steps.sight import Progress

Tell = Callable[[str], object]

_STATES = {
    "asking": "Asking",
    "answered": "It answered:",
    "refused": "Not permitted:",
    "failed": "No use:",
    "reading": "Reading what came.",
}
"""What is told of each state; what came of it all is told with the result."""


def look_up(desk: Desk, grant: str, tell: Tell) -> Sight:
    """Fetch what the grant names, telling each step; see `search.look_up` for what it raises."""
    from recruitcheck.steps import search

    opening = iter(("Looking. Ctrl+C stops it; what was read until then is kept.",))

    def progress(now: Progress) -> None:
        for line in opening:  # once, and not where the step refuses to look at all
            tell(line)
        if words := _STATES.get(now.state):
            place = now.address.partition("?")[0]  # what was searched for stays off the screen
            tell("  " + " ".join(filter(None, (words, place, now.message))))

    with _stopped_by_ctrl_c(tell) as stop:
        return search.look_up(desk, grant, progress=progress, stop=stop)


def left(desk: Desk, sight: Sight) -> str:
    """What can still be done after a lookup that was stopped or failed."""
    from recruitcheck.records import Grant
    from recruitcheck.steps import budget

    requests = budget.left(desk, desk.get(Grant, sight.lookup.grant)).requests
    if not requests:
        return "This permission has no requests left."
    return f"You can look again: {requests} more request{'s' * (requests != 1)} may be made."


@contextmanager
def _stopped_by_ctrl_c(tell: Tell) -> Iterator[threading.Event]:
    stop = threading.Event()

    def pressed(_signal: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, before)
        stop.set()
        tell("Stopping. Ctrl+C once more leaves at once, without the result.")

    if threading.current_thread() is not threading.main_thread():
        yield stop  # signals reach the main thread alone
        return
    before = signal.signal(signal.SIGINT, pressed)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
