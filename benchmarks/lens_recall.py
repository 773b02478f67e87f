"""What the lens keeps and shows of pages that nobody wrote for it.

    python benchmarks/lens_recall.py [FOLDER ...] [--pages N] [--seed N]

Reads HTML documentation installed on this computer (or in the folders), makes claims out of the
pages' own words and looks whether the sentence that a claim was made of is shown. The pages are
taken apart by BeautifulSoup and a splitter of this file, so that the lens is not measured with its
own ruler. Three kinds of claim: a run of words as they stand, single words in another regular form,
and a number with two words. Private statements from `tests/lens/private.txt` are planted as
sentences of their own and inside the sentence that bears on the claim.

Bars: 99 % of wanted sentences kept, 10 % of text and 2 % of boilerplate shown, fewer than 1 in 100
private statements shown where they are unrelated and fewer than 1 in 20 where they are not. Ends
with 1 where one is missed. Pages with less than 3,000 characters of text are left out: a tenth of
them is no sentence.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup

from recruitcheck.errors import BadInput
from recruitcheck.rules import folder, passages, screen
from recruitcheck.sources import page

ROOT = Path(__file__).resolve().parents[1]
LEAST_TEXT = 3_000
_BLOCKS = (
    *("p", "li", "td", "th", "dd", "dt", "pre", "blockquote", "div", "caption", "article", "main"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "section", "table", "ul", "ol", "dl", "form"),
)
_EDGES = ("nav", "footer", "aside")
_EDGE_ROLES = ("navigation", "search", "contentinfo", "complementary")
_EDGE_NAMES = re.compile(
    r"(?:nav|navheader|navfooter|sphinxsidebar|sidebar|footer|breadcrumbs?|toc|related|comments?)"
)
_UNSEEN = ("script", "style", "template", "noscript", "head", "textarea", "select", "svg")
_END = re.compile(r"(?<!e\.g)(?<!i\.e)(?<=[^\s.])[.!?][)\"”’»']?\s+(?=[^\Wa-z_]|[“\"«(‘'_<\[–-])")
_TWO = re.compile(r"[\w)]{2}\. [a-z]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’-]*[A-Za-z0-9]")
_BINDING_WORDS = """
the an of to in on for and or but with by from at as is are was were be been being it its this
that these those they their his her you your we our us not no do does did can could will would
should may might must have has had if then than so such when where which while who what how there
here all any some each into over under about after before between also only very more most much
many same new use used using
"""
_BINDING = frozenset(_BINDING_WORDS.split())
_FRAMES = ("I wrote that {}.", "My guide explains that {}.", "{} (described on my website).")


@dataclass(slots=True)
class Tally:
    """What was found so far."""

    wanted: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    shown: int = 0
    size: int = 0
    boilerplate: int = 0
    leaked: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)


class Lens:
    """Reading and choosing, as the child does, without starting one for each page."""

    def __init__(self) -> None:
        self._screener = screen.compiled(folder.refusals(folder.find_folder()))
        lines = (ROOT / "tests" / "lens" / "private.txt").read_text("utf-8").splitlines()
        self.private = [line for line in lines if line and not line.startswith("#")]

    def choose(self, read: page.Text, claim: str) -> passages.Selection:
        """The passages of a page that a recruiter would see."""
        return passages.select(
            read.extracted, read.blocks, claim=claim, name="Aoife Byrne", screener=self._screener
        )


def main() -> int:
    """Measure, print, and say by the exit code whether the bars are met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[Path("/usr/share/doc")])
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    lens, dice, tally, pages = Lens(), random.Random(given.seed), Tally(), 0
    for body in _pages(given.folders, dice):
        pages += _measure(body, lens, dice, tally)
        if pages >= given.pages:
            break
    if not pages:
        print("No pages with enough text were found; name a folder that holds some.")
        return 0
    return _report(pages, tally)


def _pages(folders: Sequence[Path], dice: random.Random) -> Iterator[str]:
    """English pages; one of each folder before a second of any."""
    by_folder: dict[Path, list[Path]] = {}
    for place in folders:
        for file in sorted(place.rglob("*.htm*")):
            if file.is_file() and LEAST_TEXT < file.stat().st_size < page.MOST_BYTES:
                by_folder.setdefault(file.parent, []).append(file)
    turns = list(by_folder.values())
    dice.shuffle(turns)
    for files in turns:
        dice.shuffle(files)
    while turns:
        for files in turns:
            try:
                body = page.decoded(files.pop().read_bytes())
            except BadInput:
                continue
            if body[:20_000].count(" the ") > 5:
                yield body
        turns = [files for files in turns if files]


def _measure(body: str, lens: Lens, dice: random.Random, tally: Tally) -> bool:
    """Take one page; False where it has too little text to say anything."""
    wanted, edges = _taken_apart(body)
    try:
        read = page.read(body, "text/html")
    except BadInput:
        return False
    if len(wanted) < 6 or len(read.extracted) < LEAST_TEXT:
        return False
    own = "\n".join(wanted)
    edges = [edge for edge in edges if edge not in own]
    for sentence in dice.sample(wanted, 3):
        for kind, claim in _claims(sentence, dice):
            made = lens.choose(read, claim)
            spans = [read.extracted[one.start : one.end] for one in made.shown]
            tally.wanted[kind] += 1
            tally.kept[kind] += _letters(sentence) in _letters(" ".join(spans))
            tally.shown += sum(map(len, spans))
            tally.size += len(read.extracted)
            tally.boilerplate += len(edges)
            tally.leaked += sum(any(edge in span for span in spans) for edge in edges)
            _plant(body, sentence, claim, lens, dice, tally)
    return True


def _taken_apart(body: str) -> tuple[list[str], list[str]]:
    """Sentences of the page's own text, and what stands at its edges alone."""
    soup = BeautifulSoup(body, "lxml")
    for tag in soup(_UNSEEN):
        tag.decompose()
    marked = [*soup(_EDGES), *soup(role=_EDGE_ROLES), *soup(class_=_is_edge), *soup(id=_is_edge)]
    edges = {" ".join(text.split()) for tag in marked for text in tag.stripped_strings}
    for tag in marked:
        tag.decompose()
    own = {" ".join(tag.get_text().split()) for tag in soup(_BLOCKS)}
    wanted = []
    for tag in soup(["p", "li", "td", "dd", "dt"]):
        text = " ".join(tag.get_text().split())
        linked = sum(len(link.get_text()) for link in tag("a"))
        if tag.find(_BLOCKS) is None and linked <= 0.5 * len(text):
            wanted += [s for s in _sentences(text) if _is_one(s)]
    headings = "\n".join(text for text in own if len(text) < 200)
    return wanted, sorted(e for e in edges if len(e) >= 15 and e not in headings)


def _is_one(sentence: str) -> bool:
    """A sentence of an ordinary length; one that holds ". enter()" could as well be two."""
    ordinary = 6 <= len(sentence.split()) <= 45 and len(sentence) < 420
    return ordinary and not _TWO.search(sentence)


def _is_edge(name: str | None) -> bool:
    return name is not None and _EDGE_NAMES.fullmatch(name) is not None


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        yield text[start : match.end()].strip()
        start = match.end()
    yield text[start:].strip()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _telling(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.lower() not in _BINDING]


def _claims(sentence: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    words = sentence.split()
    for _ in range(6):
        size = min(dice.randint(5, 9), len(words))
        at = dice.randint(0, len(words) - size)
        run = " ".join(words[at : at + size]).strip(".,;:()")
        if len(_telling(run)) >= 3:
            yield "a run of words", dice.choice(_FRAMES).format(run)
            break
    telling = list(dict.fromkeys(word for word in _telling(sentence) if len(word) > 3))
    if len(telling) >= 4:
        places = sorted(dice.sample(range(len(telling)), dice.randint(3, min(5, len(telling)))))
        chosen = [_other_form(telling[place]) for place in places]
        yield "other forms", f"I documented {', '.join(chosen[:-1])} and {chosen[-1]}."
    numbers = re.findall(r"\b\d[\d.,]*\d\b|\b\d\b", sentence)
    named = [word for word in telling if not word[0].isdigit()]
    if numbers and len(named) >= 2:
        one, other = dice.sample(named, 2)
        number = dice.choice(numbers)
        yield "a number", f"I gave the figure of {number} for {one} and {other}."


def _other_form(word: str) -> str:
    """The word in another regular form, where that is easily said."""
    if not word.isalpha() or not word.islower() or len(word) < 5 or word.endswith(("ss", "us")):
        return word
    for ending, other in (("ies", "y"), ("ing", "ed"), ("ed", "ing")):
        if word.endswith(ending) and len(word) > 6:
            return f"{word.removesuffix(ending)}{other}"
    if word.endswith("s") and not word.endswith("is"):
        return word[:-1]
    return f"{word}s" if word.endswith(("tion", "ment", "er", "or", "age", "ure")) else word


def _plant(
    body: str, sentence: str, claim: str, lens: Lens, dice: random.Random, tally: Tally
) -> None:
    """Plant a private statement before and inside a sentence that stands in one piece."""
    if body.count(sentence) != 1 or not sentence.endswith("."):
        return
    private = dice.choice(lens.private)
    joined = dice.choice(("{}, and {}.", "{}; {}.", "{} ({}).", "{}, although {}.", "{} – {}."))
    words = {word.casefold() for word in _telling(private) if len(word) > 3}
    words -= {word.casefold() for word in _WORD.findall(f"{body} {claim}")}
    for place, text in (
        ("unrelated", f"{private[0].upper()}{private[1:]}. {sentence}"),
        ("bearing", joined.format(sentence.rstrip("."), private)),
    ):
        read = page.read(body.replace(sentence, text), "text/html")
        shown = " ".join(one.text for one in lens.choose(read, claim).shown).casefold()
        there = sum(re.search(rf"\b{re.escape(word)}\b", shown) is not None for word in words)
        tally.planted[place] += 1
        tally.told[place] += private.casefold() in shown or there >= max(2, len(words) / 2)


def _report(pages: int, tally: Tally) -> int:
    wanted, kept = tally.wanted.total(), tally.kept.total()
    kinds = ", ".join(f"{kind} {tally.kept[kind]} of {n}" for kind, n in tally.wanted.items())
    print(f"{pages} pages, {wanted} claims: kept {kept / wanted:.2%} (bar 99 %): {kinds}")
    print(f"shown {tally.shown / tally.size:.1%} of the text (bar 10 %)")
    leaked = tally.leaked / max(tally.boilerplate, 1)
    print(f"boilerplate shown: {tally.leaked} of {tally.boilerplate}, {leaked:.2%} (bar 2 %)")
    met = kept >= 0.99 * wanted and tally.shown <= 0.10 * tally.size and leaked <= 0.02
    for place, most in (("unrelated", 0.01), ("bearing", 0.05)):
        told, planted = tally.told[place], tally.planted[place]
        print(f"private statements, {place}: {told} of {planted} shown (bar: below {most:.0%})")
        met &= told < most * planted or planted == 0
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
