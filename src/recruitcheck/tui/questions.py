"""A task as questions: what is asked, in which words, and what is still missing.

Both faces ask from these records: the screens as fields, `recruitcheck --plain` as numbered
prompts. Nothing here knows a screen.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

Kind = Literal["line", "text", "pick", "tick", "date", "secret"]
Option = tuple[str, str]
"""(value, words)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question."""

    id: str
    label: str
    kind: Kind = "line"
    help: str = ""
    """What to write here, in one or two plain sentences; F1 shows it."""
    options: tuple[Option, ...] = ()
    required: bool = True
    least: int = 0
    """Fewest letters that can be an answer at all."""
    initial: str = ""

    @property
    def question(self) -> str:
        """The label as it is asked, and whether the answer may stay away."""
        told = self.required or self.kind == "tick" or "empty" in self.label
        return self.label if told else f"{self.label} (may stay empty)"

    def missing(self, answer: str) -> str:
        """What is still missing from this answer; empty when nothing is."""
        answer = answer.strip()
        if not answer:
            return self.label if self.required and self.kind != "tick" else ""
        if self.kind == "date" and day(answer) is None:
            return f"{self.label}: write the day as 11/05/2026 or 2026-05-11"
        if self.least and len(answer) < self.least:
            return f"{self.label.rstrip('?')}: a few more words"
        return ""


def in_words(options: Iterable[tuple[object, str]]) -> tuple[Option, ...]:
    """Values of an enumeration, each with its words, as options."""
    return tuple((str(value), words) for value, words in options)


_FIGURES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDED = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def day(text: str) -> date | None:
    """The day written in `text` as 2026-05-11, 11/05/2026 or 11 May 2026, or None."""
    text = text.strip()
    try:
        if found := _FIGURES.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WORDED.fullmatch(text):
            return date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def written(on: date) -> str:
    """A day as schools write it, which `day` reads."""
    return f"{on:%d/%m/%Y}"


def place(answer: str) -> Path:
    """The file or folder that was typed, with `~` for one's own; there is none for `~nobody`."""
    return Path(os.path.expanduser(answer.strip()))  # noqa: PTH111  # the other raises there


def missing(asks: tuple[Ask, ...], answers: Mapping[str, str]) -> tuple[str, ...]:
    """Labels and words of everything still missing, in the order of the questions."""
    return tuple(words for ask in asks if (words := ask.missing(answers.get(ask.id, ask.initial))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to fill in and record.

    `record` takes the desk and the answers and calls the step; it runs beside the screen.
    `done` gives the words that confirm it.
    """

    id: str
    title: str
    intro: str
    asks: tuple[Ask, ...]
    button: str
    record: Callable[[Any, Mapping[str, str]], Any]
    done: Callable[[Any], str] = lambda _made: "Recorded."
    drafts: bool = True
    """False: what is typed is kept nowhere, not even sealed, until it is recorded."""
    file_for: str = ""
    """Id of the question whose text may be taken from a file."""
