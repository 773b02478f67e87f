"""Key screens as text, whole: what a person sees at once, on a small and on a wide terminal.

After a wanted change, `REDRAW=1 pytest tests/tui/test_layout.py` writes them again; read the
difference before committing it.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asking import ANSWERS
from office import Office, settled, text_of

from recruitcheck.steps import approval, intake
from recruitcheck.steps.desk import Desk
from recruitcheck.tui.page import Page
from recruitcheck.tui.screens import applicant, decision, justify
from recruitcheck.tui.tasks.search import answers_of

SCREENS = Path(__file__).with_name("layouts")
SIZES = [(80, 24), (160, 45)]
ROUTINE = "We check the online profiles of everybody we shortlist."


@pytest.fixture(autouse=True)
def _one_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hours as they are in Greenwich, wherever the test runs."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def asked(desk: Desk, office: Office, **changes: str) -> str:
    """A request for the claim of the application; its id."""
    text = office.document.text
    start = text.index("I write Seed")
    claim = intake.mark_claim(desk, office.document.id, start, text.index("\n", start))
    given = replace(answers_of(claim.id, {**ANSWERS, **changes}), holder=desk.me.id)
    return approval.justify(desk, given).justification.id


def opened(office: Office, name: str) -> tuple[str, Callable[[Desk], Page | None]]:
    """Who looks at a screen, and how it is made; None: the screen this person begins with."""
    person = "Ruth Hale" if name == "audit" else "Dan Reed"
    return person, {
        "home": lambda desk: None,
        "applicant": lambda desk: applicant.ApplicantPage(office.applicant.id),
        "justify": lambda desk: justify.Justify(office.applicant.id),
        "permitted": lambda desk: decision.DecisionPage(asked(desk, office)),
        "refused": lambda desk: decision.DecisionPage(asked(desk, office, reason=ROUTINE)),
        "audit": lambda desk: None,
    }[name]  # type: ignore[return-value]


def drawn(text: str) -> str:
    """The text of a screen without what is new in each run; columns stay where they are."""
    text = re.sub(r"\b([A-Z]-)[0-9A-Z]{4,12}\b", lambda m: m[1] + "x" * (len(m[0]) - 2), text)
    for port in (r"(?<=example:)\d{1,5}", r"\b\d{1,4}(?=/\.)"):  # it may go on in the next line
        text = re.sub(port, lambda m: "0" * len(m[0]), text)
    head, found, _ = text.partition("Every reason")  # below it stand the words of the policy pack
    return "\n".join(line.rstrip() for line in (head + found).splitlines()) + "\n"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", ["home", "applicant", "justify", "permitted", "refused", "audit"])
async def test_nothing_on_a_key_screen_moves_unseen(
    office: Office, name: str, size: tuple[int, int]
) -> None:
    """Nothing that mattered on a key screen moved out of sight or changed its words unseen."""
    person, make = opened(office, name)
    if name == "audit":
        desk = office.desk()
        asked(desk, office, reason=ROUTINE)
        desk.register.close()
    async with office.app(person, size=size) as (app, pilot):
        page = await app.ask(make, app.desk)
        if page is not None:
            app.push_screen(page)
        await settled(app, pilot)
        seen = drawn(text_of(app))
    kept = SCREENS / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("REDRAW"):
        SCREENS.mkdir(exist_ok=True)
        kept.write_text(seen, "utf-8")
    assert seen == kept.read_text("utf-8")


async def test_a_refusal_is_read_without_scrolling(office: Office) -> None:
    """On the smallest screen stand the verdict, the first reason, its way out and the next step."""
    async with office.app("Dan Reed", size=(80, 24)) as (app, pilot):
        app.push_screen(await app.ask(opened(office, "refused")[1], app.desk))
        await settled(app, pilot)
        seen = text_of(app)
    for words in ("✗ REFUSED", "Nothing was looked at", "Ask again", "→ "):
        assert words in seen, seen


async def test_a_refusal_promises_nobody_who_decides(office: Office) -> None:
    """Where a request is refused, what alone would have gone to a reviewer says no more so."""
    odd = f"{ROUTINE} See whether the blog shows the hospital."
    async with office.app("Dan Reed", size=(120, 60)) as (app, pilot):

        def make(desk: Desk) -> Page:
            return decision.DecisionPage(asked(desk, office, reason=odd))

        app.push_screen(await app.ask(make, app.desk))
        await settled(app, pilot)
        seen = text_of(app)
    assert "✗ REFUSED" in seen
    assert "◆ " in seen
    assert "An equality reviewer decides" not in seen
