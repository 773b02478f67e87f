"""What a paper is made of, whatever it is written as."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings. `numeric` are the columns that are aligned right."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    numeric: frozenset[int] = frozenset()
    empty: str = "Nothing to list."


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and values, one under the other."""

    facts: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list."""

    points: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of somebody else, set apart; `source` says whose."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: parts stacked in the order of the chart's keys, or one value with its interval."""

    name: str
    parts: tuple[float, ...]
    low: float | None = None
    high: float | None = None
    label: str = ""
    """What stands behind the bar; empty: the sum of the parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A chart of horizontal bars. `line` draws a reference at a value, such as four fifths."""

    title: str
    bars: tuple[Bar, ...]
    keys: tuple[str, ...] = ()
    top: float | None = None
    """Where the axis ends; None: at the longest bar."""
    percent: bool = False
    line: float | None = None
    line_name: str = ""
    says: str = ""
    """One sentence that tells what the chart shows, for those who cannot see it."""


Block = str | Table | Facts | Points | Quote | Bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper."""

    title: str
    organisation: str
    made_at: datetime
    made_by: str
    sections: tuple[Section, ...]
    about: str = ""
    """A line under the title: period, reference, for whom."""
    confidential: str = ""
    """Who may read it."""
    letter: bool = False
    """Whether it goes to a person: dated at its head, signed at its foot."""


def section(title: str, *blocks: Block) -> Section:
    """A section, written without ceremony."""
    return Section(title=title, blocks=blocks)


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    title: str = "",
    numeric: Sequence[int] = (),
    empty: str = "Nothing to list.",
) -> Table:
    """A table, written without ceremony."""
    return Table(
        headings=tuple(headings),
        rows=tuple(tuple(row) for row in rows),
        title=title,
        numeric=frozenset(numeric),
        empty=empty,
    )


def words(cell: Cell) -> str:
    """A cell as people read it; times are UTC and say so."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return f"{cell:%-d %B %Y, %H:%M} UTC"
    if isinstance(cell, date):
        return f"{cell:%-d %B %Y}"
    if isinstance(cell, float):
        return f"{cell:.3g}"
    return visible(str(cell))


def moment(at: datetime) -> str:
    """A time as a table has it, under a heading that says UTC."""
    return f"{at:%-d %b %Y, %H:%M}"


def head(paper: Paper) -> str:
    """Who made it and when, on one line; a letter has its date there and its author at the end."""
    if paper.letter:
        return f"{visible(paper.organisation)}, {words(paper.made_at.date())}"
    return (
        f"{visible(paper.organisation)}. Made on {words(paper.made_at)} by "
        f"{visible(paper.made_by)} with recruitcheck."
    )


def foot(paper: Paper) -> tuple[str, ...]:
    """What stands under a letter; nothing under another paper."""
    if not paper.letter:
        return ()
    return "Yours sincerely", f"{visible(paper.made_by)}\nfor {visible(paper.organisation)}"


def visible(text: str) -> str:
    """Text from outside with its invisible and direction-changing characters made visible.

    A right-to-left override could otherwise make a printed page say something else than its file.
    Joiners stay: some scripts need them.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        sign if sign in "\n\t" or not _hidden(sign) else f"⟨U+{ord(sign):04X}⟩" for sign in text
    )


def _hidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") and sign not in "\u200c\u200d"
