"""The lens against BeautifulSoup with lxml, on the same pages, turn by turn in one run.

    python benchmarks/lens.py [--rounds N] [--html FOLDER]

Bar: reading a page and choosing its passages takes at most 1.3 times as long as BeautifulSoup with
lxml needs to parse the same page. Start of the child process is measured apart. Ends with 1 where
the bar is missed. Without a folder the pages are those of `tests/lens/corpus.py` and the HTML
documentation installed on this computer.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from lens import corpus
from recruitcheck.rules import folder, passages, screen
from recruitcheck.sources import page
from recruitcheck.steps import lens

BAR = 1.3
CLAIM = "I run a weekly maths puzzle blog, Puzzle Friday, used by teachers in six schools."


def main() -> int:
    """Measure, print, and say by the exit code whether the bar is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--html", type=Path, default=Path("/usr/share/doc"))
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    pack = folder.find_folder()
    screener = screen.compiled(folder.refusals(pack))
    met = True
    for name, pages in (
        ("made-up pages", [corpus.page(seed).html for seed in range(60)]),
        ("installed pages", _installed(arguments.html)),
    ):
        if pages:
            met &= _pair(name, pages, screener, arguments.rounds)
    _child(pack)
    return 0 if met else 1


def _installed(place: Path) -> list[str]:
    files = sorted(f for f in place.rglob("*.html") if 5_000 < f.stat().st_size < page.MOST_BYTES)
    step = max(1, len(files) // 60)
    return [file.read_text("utf-8", "replace") for file in files[::step]]


def _pair(name: str, pages: list[str], screener: screen.Screener, rounds: int) -> bool:
    def lens_reads(body: str) -> None:
        read = page.read(body, "text/html")
        passages.select(
            read.extracted, read.blocks, claim=CLAIM, name="Jane Doe", screener=screener
        )

    def soup_parses(body: str) -> None:
        BeautifulSoup(body, "lxml")

    for body in pages[:5]:
        lens_reads(body)
        soup_parses(body)
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(rounds):
        order: list[tuple[Callable[[str], None], list[float]]] = [
            (lens_reads, ours),
            (soup_parses, theirs),
        ]
        for work, times in order if turn % 2 else reversed(order):
            start = time.perf_counter()
            for body in pages:
                work(body)
            times.append(time.perf_counter() - start)
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    size = sum(map(len, pages)) / 1e6
    print(
        f"{name}: {len(pages)} pages, {size:.1f} MB; lens {1e3 * min(ours) / len(pages):.2f} ms a "
        f"page, BeautifulSoup with lxml {1e3 * min(theirs) / len(pages):.2f} ms a page; "
        f"ratio {ratio:.2f} (bar {BAR})"
    )
    return ratio <= BAR


def _child(pack: Path) -> None:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        lens.look([("<p>Puzzle Friday.</p>", "text/html")], claim=CLAIM, name="", pack_folder=pack)
        times.append(time.perf_counter() - start)
    print(
        f"child start, one tiny page and end: {1e3 * statistics.median(times):.0f} ms (median of 5)"
    )


if __name__ == "__main__":
    sys.exit(main())
