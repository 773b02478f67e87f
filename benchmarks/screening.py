"""How fast screening is, beside one compiled alternation of 150 words.

    python benchmarks/screening.py [FILE.jsonl]

Both read JSON Lines, look through the text and write JSON Lines, in the same run and the same
process; processor time is measured, so other programs disturb little. The bars: at least 0.3 times
the alternation's rate on short texts and 1.2 times on pages, a start within 0.3 s of a bare
interpreter, and less than 150 MiB. Ends with 1 where one is missed.

FILE has one `{"text", "kind"}` per line; without it a few built-in lines are used.
"""

from __future__ import annotations

import json
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from recruitcheck.rules import folder
from recruitcheck.rules.screen import Screener, compiled

SHORT_BAR, PAGE_BAR, START_BAR, MEMORY_BAR = 0.3, 1.2, 0.3, 150
SECONDS = 2.0
"""How long each side works at least."""
LINES = [
    ("Look for posts that suggest the candidate is good at spreadsheets.", "query"),
    ("Confirm that the newsletter names her as its editor, as section 3 says.", "justification"),
    ("Calibrate scales, record weights and report faults to the site manager.", "claim"),
    ("Planned and taught a unit on rivers to three Year 8 classes of mixed ability.", "claim"),
    ("The new release of the seating planner fixes the import of class lists.", "passage"),
    ("Our Year 6 classes built bridges from paper and tested them to destruction.", "passage"),
    ("Is he a Quaker?", "query"),
    ("We always check everybody before the interview.", "justification"),
    ("Back on my feet after the operation, and marking again.", "passage"),
    ("Responsible for ordering stock, training volunteers and keeping the accounts.", "claim"),
]
PARAGRAPH = (
    "The club meets every Thursday in the science block. This term we are building weather "
    "stations from spare parts, and each group keeps a log of rain, wind and temperature. The code "
    "is free to copy; the wiring diagram is on page two. Last year's group found that the sensor "
    "drifts when it gets wet, so this year's boxes have a small roof. If you want to help, bring "
    "an old phone charger and a jam jar with a lid. "
)


def alternation(screener: Screener) -> re.Pattern[str]:
    """The yardstick: 150 words of the vocabulary, any of them, ignoring case."""
    words = sorted(w for w in screener.lexicon.terms if w.isascii() and w.isalpha())
    chosen = random.Random(1).sample(words, 150)
    return re.compile(r"\b(?:" + "|".join(chosen) + r")\b", re.IGNORECASE)


def rate(work: Callable[[str], str], lines: list[str]) -> float:
    """Lines a second of processor time."""
    for line in lines:
        work(line)
    done, start = 0, time.process_time()
    while time.process_time() - start < SECONDS:
        for line in lines:
            work(line)
        done += len(lines)
    return done / (time.process_time() - start)


def compare(name: str, screener: Screener, lines: list[str], bar: float) -> bool:
    """Print both rates and what one is of the other; whether that is as much as it must be."""
    yardstick = alternation(screener)

    def plain(line: str) -> str:
        record = json.loads(line)
        found = [m.span() for m in yardstick.finditer(record["text"])]
        return json.dumps({"id": record.get("id"), "findings": found})

    def screened(line: str) -> str:
        record = json.loads(line)
        result = screener.screen(record["text"], record.get("kind", "justification"))
        found = [(h.rule, h.characteristic, h.start, h.end) for h in result.hits]
        return json.dumps({"id": record.get("id"), "outcome": result.outcome, "findings": found})

    theirs, ours = rate(plain, lines), rate(screened, lines)
    ratio = ours / theirs
    print(f"{name:12} {ours:8.0f}/s, alternation {theirs:8.0f}/s, ratio {ratio:.2f} (bar {bar})")
    return ratio >= bar


def start_up() -> tuple[float, float]:
    """Seconds of processor time of `try text` above a bare interpreter: to start, and to answer.

    Phrases are compiled when a text first needs them, so the first answer is told apart.
    """
    line = json.dumps({"id": 0, "text": LINES[0][0], "kind": LINES[0][1]}).encode()
    command = ["-m", "recruitcheck", "try", "text"]
    bare = least(["-c", ""], b"")
    return least(command, b"") - bare, least(command, line) - bare


def least(command: list[str], typed: bytes) -> float:
    """The least processor time of five runs of a command."""
    best = float("inf")
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], input=typed, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best, spent)
    return best


def main() -> int:
    """Measure and print; 1 where a bar is missed."""
    screener = compiled(folder.refusals(folder.find_folder()))
    if len(sys.argv) > 1:
        lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    else:
        lines = [json.dumps({"id": i, "text": t, "kind": k}) for i, (t, k) in enumerate(LINES)]
    met = compare("short texts", screener, lines, SHORT_BAR)
    page = json.dumps({"id": 0, "text": PARAGRAPH * 12, "kind": "passage"})
    met &= compare("pages", screener, [page], PAGE_BAR)
    start, answer = start_up()
    print(
        f"start        {start:.3f} s of processor time above a bare interpreter (bar {START_BAR})"
    )
    print(f"first answer {answer:.3f} s of processor time above a bare interpreter")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory       {memory:.0f} MiB (bar {MEMORY_BAR})")
    return 0 if met and start <= START_BAR and memory < MEMORY_BAR else 1


if __name__ == "__main__":
    sys.exit(main())
