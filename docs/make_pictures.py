"""Write docs/pictures/: screens of the app on the demo's register, as SVG.

`python docs/make_pictures.py` plays the demo first, so it takes about twenty seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import re
from pathlib import Path
from typing import Any

from recruitcheck import demo
from recruitcheck.demo import trust
from recruitcheck.demo.play import Play
from recruitcheck.tui.app import RecruitcheckApp

PICTURES = Path(__file__).with_name("pictures")
SIZE = (118, 34)

ANSWERS = {
    "ground": "hobby-or-skill-online",
    "requirement": "S2",
    "reason": "The post asks for enrichment outside lessons. Confirm that Friday Puzzles is a "
    "weekly maths puzzle blog and has run since September 2021.",
    "route": "cannot_settle",
    "route_note": "A reference would only repeat the statement; the blog itself is public.",
}


async def settled(app: RecruitcheckApp, pilot: Any) -> None:
    """Wait until nothing runs beside the screen."""
    for _ in range(4):
        with contextlib.suppress(Exception):
            await app.workers.wait_for_complete()
        await pilot.pause()


async def request(play: Play, folder: Path) -> None:
    """The request screen: the application on the left, what is still missing on the right."""
    from recruitcheck.tui.screens.justify import Justify
    from recruitcheck.tui.widgets.fields import Field

    app = RecruitcheckApp(str(play.where), demo=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(app, pilot)
        app.sit_down(await app.ask(play.unlocked, trust.RECRUITER))
        await settled(app, pilot)
        claim = play.claims["priya blog"]
        app.push_screen(Justify(claim.applicant, claim.id))
        await settled(app, pilot)
        for name, value in ANSWERS.items():
            app.screen.query_one(f"#field-{name}", Field).value = value
        await pilot.pause(0.3)
        await settled(app, pilot)
        save(app, folder / "justify.svg")


async def recruiter(play: Play, folder: Path) -> None:
    """The unlock screen, what to do next, and a decision with its query."""
    from recruitcheck.tui.screens.decision import DecisionPage

    app = RecruitcheckApp(str(play.where), demo=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(app, pilot)
        await pilot.pause(0.3)
        save(app, folder / "unlock.svg")
        app.sit_down(await app.ask(play.unlocked, trust.RECRUITER))
        await settled(app, pilot)
        save(app, folder / "home.svg")
        case = play.claims["priya blog"].applicant
        asked = next(iter(app.desk.register.entries(type="justification", case=case)))
        app.push_screen(DecisionPage(asked.subject))
        await settled(app, pilot)
        save(app, folder / "decision.svg")


async def oversight(play: Play, folder: Path) -> None:
    """HR's list after a verification, one whole record, and what stands out across cases."""
    for member, key, name in (
        (trust.HR, "v", "audit"),
        (trust.HR, "enter", "record"),
        (trust.EQUALITY, "p", "patterns"),
    ):
        app = RecruitcheckApp(str(play.where), demo=True)
        async with app.run_test(size=SIZE) as pilot:
            await settled(app, pilot)
            app.sit_down(await app.ask(play.unlocked, member))
            await settled(app, pilot)
            await pilot.press(key)
            await settled(app, pilot)
            save(app, folder / f"{name}.svg")


def save(app: RecruitcheckApp, file: Path) -> None:
    """Save what is painted; no address of a font is left in it, so nothing is loaded."""
    drawn = app.export_screenshot(title="recruitcheck")
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.S)
    file.write_text(drawn.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas"), "utf-8")


def main() -> None:
    """Play the demo quietly, then draw."""
    PICTURES.mkdir(exist_ok=True)
    with demo.playing(None) as play:
        with contextlib.redirect_stdout(io.StringIO()):
            sound = demo.told(play)
        if not sound:
            raise SystemExit("The demo did not end as it should; run `recruitcheck demo --plain`.")
        for draw in (request, recruiter, oversight):
            asyncio.run(draw(play, PICTURES))
    print(f"Written to {PICTURES}.")


if __name__ == "__main__":
    main()
