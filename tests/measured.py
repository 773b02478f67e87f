"""Coverage across processes: what a test hands on, and how a limited child is counted.

Coverage loads this as a plugin (`plugins` in pyproject.toml). Two kinds of process would otherwise
count as never run: a command in an environment of its own, and the child that reads documents,
which may write no file and so cannot leave its figures behind.
"""

from __future__ import annotations

import atexit
import os
import resource
from pathlib import Path
from typing import Any

_LIFTED = (resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE)


def handed_on() -> dict[str, str]:
    """Coverage's own variables where it measures, else nothing."""
    found = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    return {**found, "PYTHONPATH": str(Path(__file__).parent)} if found else {}


def unmeasured() -> dict[str, str]:
    """The environment for a child of which a test looks at what it loads or how it is limited:
    where coverage measures, both would be coverage's own."""
    own = ("COVERAGE_", "COV_CORE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(own)}


def coverage_init(_registry: Any, _options: dict[str, str]) -> None:
    """Let a limited child lift its limits on files again at its very end, and only then.

    The child sets a limit once and for all. Where coverage measures, the same limit stays in force
    while the child works, as a soft one that can be lifted when it leaves.
    """
    forever, before = resource.setrlimit, {}

    def for_now(what: int, limits: tuple[int, int]) -> None:
        if what not in _LIFTED:
            return forever(what, limits)
        before.setdefault(what, resource.getrlimit(what))
        if len(before) == 1:
            _at_the_end(lift)
        return forever(what, (limits[0], before[what][1]))

    def lift() -> None:
        for what, limits in before.items():
            forever(what, limits)

    resource.setrlimit = for_now


def _at_the_end(lift: Any) -> None:
    """Before coverage saves: it registered its own end earlier, and ends run newest first."""
    atexit.register(lift)
    leave = os._exit

    def left(code: int) -> None:
        lift()
        leave(code)

    os._exit = left
