"""What a person waits for while justifying, with 10,000 earlier requests of theirs in the register.

    python benchmarks/deciding.py [--earlier 10000]

While they type, the screen asks the structural rules again and again; when they submit, their own
earlier requests are read once for the patterns, and the decision is entered. The bars are those of
a screen: one frame (16 ms) for what is asked at each change, 300 ms for the decision.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import gardener
from recruitcheck.records import Route
from recruitcheck.steps import approval, asking
from recruitcheck.steps.desk import Desk, new_id
from world import world

FRAME, DECISION = 16.0, 300.0
BATCH = 250


def fill(desk: Desk, vacancy: str, earlier: int) -> None:
    """Enter that many requests, each a copy of one that was really made, in large batches."""
    document = gardener.cv(desk, gardener.applicant(desk, vacancy).id)
    claim = gardener.claim(desk, document)
    made = gardener.asked(desk, claim.id)
    case = asking.case_of_claim(desk, claim.id)
    act = asking.act_of(desk, case, made.justification)
    for _ in range(0, earlier, BATCH):
        drafts = []
        for _ in range(BATCH):
            given = replace(made.justification, id=new_id("J"))
            decided = replace(made.decision, id=new_id("X"), justification=given.id)
            drafts += approval._entries(desk, case, given, decided, act)
        desk.enter(*drafts)


def answers(desk: Desk, vacancy: str, name: str) -> approval.Answers:
    """A new applicant's claim, with what a person types about it."""
    document = gardener.cv(desk, gardener.applicant(desk, vacancy, name).id)
    return approval.Answers(
        claim=gardener.claim(desk, document).id,
        ground="hobby-or-skill-online",
        requirement="S1",
        route=Route.ASKED_APPLICANT,
        route_note="The applicant named the blog.",
        confirms="Posts about school gardens.",
        refutes="No blog about school gardens there.",
        source="web_page",
        holder=desk.me.id,
        reason="We ask for experience of school gardens; see whether the blog is kept up.",
    )


def ms(work: Callable[[], object]) -> float:
    """Milliseconds of wall time."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def late(work: Callable[[], object]) -> float:
    """Milliseconds of the 95th percentile of 200 calls."""
    return statistics.quantiles((ms(work) for _ in range(200)), n=20)[-1]


def main() -> int:
    """Measure; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--earlier", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, world(Path(folder)) as office:
        vacancy = gardener.post(office.recruiter).id
        fill(office.recruiter, vacancy, options.earlier)
        office.clock.forward(timedelta(days=30))  # so that nothing is a burst
        desk = office.open(office.recruiter.me.name)
        beside = ms(desk.screener.prepare)  # as the app does, soon after somebody has unlocked
        asked = answers(desk, vacancy, "Ada Moss")
        typed = late(lambda: approval.preview(desk, asked))
        query = late(lambda: approval.composed(desk, asked))
        first = ms(lambda: approval.justify(desk, asked))
        later = statistics.median(
            ms(lambda given=given: approval.justify(desk, given))
            for given in [answers(desk, vacancy, f"Bo Lane {n}") for n in range(7)]
        )
        desk.register.close()
    print(f"with {options.earlier:,} earlier requests of one person:")
    print(f"structural rules at a change, 95th percentile  {typed:7.1f} ms  (bar {FRAME:.0f})")
    print(f"query word by word, 95th percentile            {query:7.1f} ms  (bar {FRAME:.0f})")
    print(f"tables compiled beside the screen              {beside:7.1f} ms")
    print(f"first decision of a sitting                    {first:7.1f} ms  (bar {DECISION:.0f})")
    print(f"later decisions, median                        {later:7.1f} ms  (bar {DECISION:.0f})")
    return 0 if max(typed, query) <= FRAME and max(first, later) <= DECISION else 1


if __name__ == "__main__":
    raise SystemExit(main())
