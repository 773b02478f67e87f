"""Many written cases from either side: what must be found, and what must be left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from recruitcheck.rules.screen import Screener

DATA = Path(__file__).parent / "data"


def cases(first: str) -> dict[str, list[dict[str, Any]]]:
    """The cases by their kind, of all files whose names begin with a word."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(DATA.glob(f"{first}_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            by_kind.setdefault(case["row"], []).append(case)
    return by_kind


AIMS = cases("aims")
WORK = cases("work")


@pytest.mark.parametrize("kind", AIMS)
def test_what_is_aimed_at_a_person_is_found(screener: Screener, kind: str) -> None:
    """However it is asked or told, it is found, under a characteristic that fits."""
    missed = []
    for case in AIMS[kind]:
        hits = screener.screen(case["text"], case["kind"], case.get("claim")).hits
        wanted = set(case.get("accept", ()))
        if not hits or (wanted and wanted.isdisjoint(hit.characteristic for hit in hits)):
            missed.append(case["text"])
    assert missed == []


@pytest.mark.parametrize("kind", AIMS)
def test_the_telling_words_are_pointed_at(screener: Screener, kind: str) -> None:
    """Nearly always a hit lies on the telling words and is not much longer than they are."""
    told = [case for case in AIMS[kind] if "span" in case]
    pointed = 0
    for case in told:
        start, end = case["span"]
        hits = screener.screen(case["text"], case["kind"], case.get("claim")).hits
        pointed += any(
            hit.start < end and start < hit.end and hit.end - hit.start <= 3 * (end - start)
            for hit in hits
        )
    assert pointed >= 0.85 * len(told)


@pytest.mark.parametrize("kind", WORK)
def test_plain_work_is_no_alarm(screener: Screener, kind: str) -> None:
    """Skills, subjects, names, titles, specific reasons and page text are left alone."""
    alarms = []
    for case in WORK[kind]:
        outcome = screener.screen(case["text"], case["kind"], case.get("claim")).outcome
        if outcome == "refuse" or (outcome == "refer" and case["expected"] == "clear"):
            alarms.append(case["text"])
    assert alarms == []
