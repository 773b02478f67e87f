"""How long a key waits for its answer while somebody writes a reason.

    python benchmarks/keys.py [--keys 300] [--earlier 10000]

Both apps are typed into at the same uneven pace, which leaves time for the work that follows a
pause of a tenth of a second: ours, at its justification form with the whole policy pack and with
earlier requests of the same person in the register, and as a floor a plain Textual app with one
text area of the same size. A key counts as answered when the screen that shows it has been handed
to the terminal.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "tui"))

from deciding import fill
from office import furnished, settled
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import TextArea

import gardener
from recruitcheck.tui.screens.justify import Justify

FRAME = 16.0
"""Milliseconds of one frame of a screen."""
SIZE = (120, 40)
TEXT = "the post asks for school gardens and the blog should show them "


class Plain(App[None]):
    """One text area and nothing else."""

    def compose(self) -> ComposeResult:
        yield TextArea()


@asynccontextmanager
async def ours(folder: Path, earlier: int) -> AsyncIterator[App[Any]]:
    """The justification form with its reason in focus."""
    with furnished(folder) as office:
        desk = office.desk("Dan Reed")
        fill(desk, gardener.post(desk).id, earlier)
        desk.register.close()
        async with office.app("Dan Reed", size=SIZE) as (app, pilot):
            app.push_screen(Justify(office.applicant.id))
            await settled(app, pilot)
            app.screen.query_one("#in-reason").focus()
            await settled(app, pilot)
            yield app


@asynccontextmanager
async def floor(_folder: Path, _earlier: int) -> AsyncIterator[App[Any]]:
    """The plain app."""
    app = Plain()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        yield app


async def answered(app: App[Any], keys: int) -> list[float]:
    """Milliseconds from each key to the screen that shows it."""
    pace = random.Random(7)
    shown = asyncio.Event()
    hand_over = app._display

    def display(*given: Any) -> None:
        hand_over(*given)
        shown.set()

    app._display = display  # type: ignore[method-assign]  # to hear of each frame
    taken = []
    for at in range(keys):
        await asyncio.sleep(pace.uniform(0.03, 0.2))
        letter = TEXT[at % len(TEXT)]
        shown.clear()
        start = time.perf_counter()
        app.post_message(events.Key("space" if letter == " " else letter, letter))
        await shown.wait()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


async def measured(keys: int, earlier: int) -> tuple[list[float], list[float]]:
    """Both sides, one after the other, in the same run."""
    found = []
    for side in (floor, ours):
        with tempfile.TemporaryDirectory() as folder:
            async with side(Path(folder), earlier) as app:
                await answered(app, 20)  # what the first keys load is not typing
                found.append(await answered(app, keys))
    return found[0], found[1]


def main() -> int:
    """Measure; 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--earlier", type=int, default=10_000)
    options = parser.parse_args()
    keys = options.keys
    plain, form = asyncio.run(measured(keys, options.earlier))
    print(f"with {options.earlier:,} earlier requests of one person:")
    for name, taken in (("plain text area", plain), ("reason of the form", form)):
        middle, late = taken[keys // 2], taken[keys * 95 // 100]
        print(f"{name:20} median {middle:6.1f} ms   95th percentile {late:6.1f} ms")
    late = form[keys * 95 // 100]
    print(f"{'ratio of medians':20} {form[keys // 2] / plain[keys // 2]:6.2f}   bar {FRAME:.0f} ms")
    return 0 if late <= FRAME else 1


if __name__ == "__main__":
    raise SystemExit(main())
