"""Typing in the request screen and deciding on submission, with many earlier requests.

    python benchmarks/justify_typing.py [--earlier 10000] [--keys 120]

The register is filled through the desk, sealed and signed as real requests are, on a hundred
applicants; the policy pack is the whole one. Keys come at the pace of a quick typist, so that the
rules are worked out between them. A key counts as answered when its letter stands in the field and
every handler that it set off has run. Bars: 16 ms at the 95th percentile, 300 ms for a decision.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from textual import events

from recruitcheck.records import (
    Applicant,
    Decision,
    DocumentKind,
    Draft,
    Justification,
    Role,
    Route,
    Stage,
)
from recruitcheck.steps import approval, asking, intake, people
from recruitcheck.steps.desk import Desk, box, create_desk, new_id, open_desk
from recruitcheck.tui.app import RecruitcheckApp
from recruitcheck.tui.screens.justify import Justify
from recruitcheck.tui.widgets.fields import Area, Field

PASSPHRASE = "four unrelated words"
PEOPLE = 100
AT_ONCE = 100
KEY_BAR, DECISION_BAR = 16.0, 300.0
CV = "Teacher. I write Seed to Plate, a blog about school gardens, at seedtoplate.example. "
REASON = "The post asks for school gardens; confirm that Seed to Plate is such a blog. "


def sit_down(folder: Path) -> Desk:
    """A recruiter's desk on a new register."""
    where = str(folder / "register")
    hr, _ = create_desk(
        where, organisation="northfield.example", name="Ruth Hale", passphrase=PASSPHRASE
    )
    hr.register.join(people.invite(hr, "Dan Reed", [Role.RECRUITER]), PASSPHRASE)
    people.admit(hr, "Dan Reed")
    hr.register.close()
    return open_desk(where, "Dan Reed", PASSPHRASE)


def applied(desk: Desk, vacancy: str, number: int) -> tuple[Applicant, approval.Answers]:
    """An applicant with a marked claim, and the answers of a proper request."""
    who = intake.add_applicant(
        desk, vacancy, name=f"Una Field {number}", notice_on=desk.today - timedelta(days=7)
    )
    text = CV.encode()
    document = intake.add_document(desk, who.id, kind=DocumentKind.CV, filename="cv.txt", data=text)
    start = document.text.index("I write")
    claim = intake.mark_claim(desk, document.id, start, document.text.index(". ", start))
    return who, approval.Answers(
        claim=claim.id,
        ground="hobby-or-skill-online",
        requirement="S1",
        reason=REASON.strip(),
        route=Route.ASKED_APPLICANT,
        route_note="She referred us to the blog itself.",
        confirms="Posts about school gardens on the blog",
        refutes="There is no such blog",
        source="web_page",
        holder=desk.me.id,
    )


def fill(desk: Desk, vacancy: str, earlier: int) -> None:
    """Earlier requests, each with its decision and what HR and equality read of it."""
    cases = [applied(desk, vacancy, n) for n in range(min(PEOPLE, max(earlier, 1)))]
    first = approval.justify(desk, cases[0][1])
    case = asking.case_of_claim(desk, cases[0][1].claim)
    act = asking.act_of(desk, case, first.justification)
    asking.remember(desk, *(replace(act, id=new_id("J")) for _ in range(earlier)))
    drafts: list[Draft] = []
    for number in range(earlier):
        who, answers = cases[number % len(cases)]
        drafts += _request(first.justification, first.decision, who.id, answers.claim)
        if len(drafts) >= 2 * AT_ONCE:
            desk.enter(*drafts)
            drafts.clear()
    if drafts:
        desk.enter(*drafts)


def _request(asked: Justification, decided: Decision, case: str, claim: str) -> tuple[Draft, Draft]:
    given = replace(asked, id=new_id("J"), claim=claim, applicant=case)
    decision = replace(decided, id=new_id("D"), justification=given.id)
    return (
        Draft(
            type="justification", subject=given.id, case=case, refs=(claim,),
            boxes={"case": box(given)},
        ),
        Draft(
            type="decision", subject=decision.id, case=case, refs=(given.id,),
            facts={"verdict": str(decision.verdict)}, boxes={"case": box(decision)},
        ),
    )  # fmt: skip


async def typed(app: RecruitcheckApp, pilot: Any, keys: int) -> list[float]:
    """Milliseconds until each key stands in the field and whatever it set off has run."""
    field = app.screen.query_one("#field-reason", Field)
    area = field.query_one(Area)
    area.focus()
    await pilot.pause()
    times = []
    for number in range(keys):
        before, key = len(area.text), REASON[number % len(REASON)]
        start = time.perf_counter()
        app.post_message(events.Key("space" if key == " " else key, key))
        while len(area.text) == before:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        times.append(1000 * (time.perf_counter() - start))
        await asyncio.sleep(0.1)  # long enough for the rules to be worked out before the next key
    return times


async def measure(desk: Desk, vacancy: str, keys: int) -> tuple[list[float], list[float]]:
    """Milliseconds a key, and milliseconds a decision: the first of a sitting, then later ones."""
    fresh = [applied(desk, vacancy, 10_000 + n) for n in range(5)]
    where, decisions = str(desk.register.where), []
    desk.register.close()
    app = RecruitcheckApp(where)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.sit_down(await app.ask(open_desk, where, "Dan Reed", PASSPHRASE))
        await app.workers.wait_for_complete()
        who, answers = fresh[0]
        app.push_screen(Justify(who.id, answers.claim))
        for _ in range(600):
            if app.screen.query("#field-reason"):
                break
            await pilot.pause(0.1)
        times = await typed(app, pilot, keys)
        for _, given in fresh:
            start = time.perf_counter()
            outcome = await app.ask(approval.justify, app.desk, given)
            decisions.append(1000 * (time.perf_counter() - start))
            assert outcome.decision.reasons
    return times, decisions


def main() -> int:
    """Measure and print; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--earlier", type=int, default=10_000)
    parser.add_argument("--keys", type=int, default=120)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = sit_down(Path(folder))
        vacancy = intake.add_vacancy(
            desk,
            reference="N-1",
            title="Teacher of science",
            school="Northfield School",
            requirements=("Experience of school gardens",),
            stage=Stage.SHORTLISTED,
        )
        fill(desk, vacancy.id, given.earlier)
        times, decisions = asyncio.run(measure(desk, vacancy.id, given.keys))
    late = statistics.quantiles(times, n=20)[-1]
    slowest = max(decisions)
    print(f"{given.earlier:,} earlier requests, {given.keys} keys")
    print(f"a key: median {statistics.median(times):.1f} ms, 95th percentile {late:.1f} ms "
          f"(bar {KEY_BAR:.0f})")  # fmt: skip
    print(f"a decision: first {decisions[0]:.0f} ms, later {statistics.median(decisions[1:]):.0f} "
          f"ms (bar {DECISION_BAR:.0f})")  # fmt: skip
    return int(late > KEY_BAR or slowest > DECISION_BAR)


if __name__ == "__main__":
    sys.exit(main())
