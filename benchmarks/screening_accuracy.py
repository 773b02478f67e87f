"""How often the screen finds what it should, and how often it cries out at plain work.

    python benchmarks/screening_accuracy.py [--misses] [FILE.jsonl ...]

A case is `{"text", "kind", "expected": "flag" | "clear" | "refer-ok", ...}` with, where they
apply, `claim`, `accept` (characteristics that count as right), `span` (the telling words) and
`row` or `family` (the kind of case). Refer counts as found, and on a clear case as an alarm; a
span counts if it overlaps the telling words and is at most three times as long. Without a file the
cases of `tests/screen/data` are read. `--misses` prints the cases that went wrong. There is no bar:
cases differ from file to file, and a test holds those of `tests/screen/data`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from recruitcheck.rules import folder
from recruitcheck.rules.screen import Screener, Screening, compiled

ROOT = Path(__file__).resolve().parents[1]
Case = Mapping[str, Any]


def found(case: Case, result: Screening) -> bool:
    """Whether something was found, of an accepted characteristic where the case names some."""
    accepted = case.get("accept") or [case.get("characteristic")]
    if accepted == [None]:
        return result.outcome != "clear"
    return any(hit.characteristic in accepted for hit in result.hits)


def right(case: Case, result: Screening) -> bool:
    """Whether the screen said of a case what it should."""
    if case["expected"] == "clear":
        return result.outcome == "clear"
    if case["expected"] == "refer-ok":
        return result.outcome != "refuse"
    return found(case, result)


def span_found(case: Case, result: Screening) -> bool:
    """Whether a hit overlaps the telling words and is at most three times as long."""
    start, end = case["span"]
    return any(
        hit.start < end and start < hit.end and hit.end - hit.start <= 3 * (end - start)
        for hit in result.hits
    )


def row(case: Case) -> str:
    """The kind of a case, as the file names it."""
    named = case.get("row") or case.get("family") or case.get("source") or case["kind"]
    return f"{case['expected']:8} {named}"


def per_cent(answers: Iterable[bool]) -> float:
    """The share of yeses."""
    told = list(answers)
    return 100 * sum(told) / len(told)


def report(name: str, cases: list[Case], screener: Screener, *, misses: bool) -> None:
    """Print the figures of one file."""
    results = [screener.screen(c["text"], c["kind"], c.get("claim")) for c in cases]
    rows: dict[str, list[bool]] = defaultdict(list)
    recall: dict[str, list[bool]] = defaultdict(list)
    spans: list[bool] = []
    for case, result in zip(cases, results, strict=True):
        good = right(case, result)
        rows[row(case)].append(good)
        if case["expected"] == "flag" and case.get("characteristic"):
            recall[case["characteristic"]].append(good)
        if case["expected"] == "flag" and case.get("span") and good:
            spans.append(span_found(case, result))
        if misses and not good:
            said = [(h.rule, case["text"][h.start : h.end][:60]) for h in result.hits]
            print(f"  [{row(case)}] {case.get('characteristic')} {case['kind']}", end=" | ")
            print(f"{case['text']!r} {case.get('claim', '')!r} -> {said}")
    print(f"{name}: {len(cases)} cases")
    for kind, answers in sorted(rows.items()):
        alarm = kind.startswith(("clear", "refer"))
        share = 100 - per_cent(answers) if alarm else per_cent(answers)
        print(f"  {kind:58} {len(answers):5}  {share:5.1f} % {'alarms' if alarm else 'found'}")
    if recall:
        shares = {key: per_cent(answers) for key, answers in recall.items()}
        mean = sum(shares.values()) / len(shares)
        print(f"  recall by characteristic: mean {mean:.1f}, worst {min(shares.values()):.1f} %")
        for key, share in sorted(shares.items(), key=lambda one: one[1]):
            print(f"    {key:20} {len(recall[key]):4}  {share:5.1f} %")
    if spans:
        print(f"  telling span, of those found: {per_cent(spans):.1f} % of {len(spans)}")


def main() -> int:
    """Measure the files that were named, or the cases kept with the tests."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="print the cases that went wrong")
    asked = parser.parse_args()
    screener = compiled(folder.refusals(folder.find_folder()))
    for file in asked.files or sorted((ROOT / "tests" / "screen" / "data").glob("*.jsonl")):
        cases = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
        report(file.name, cases, screener, misses=asked.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
