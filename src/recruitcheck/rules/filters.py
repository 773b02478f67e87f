"""The audit filter: `key:value`, `-key:value` and bare words, all joined by “and”.

Keys are state, by, school, vacancy, applicant, ground, decision, rule, before and after; `before`
excludes its day, `after` includes it (YYYY-MM-DD). A value with spaces is double-quoted. Upper and
lower case are one. A value matches a whole word or words of what it is compared with, so
`school:north` finds “North Academy” and `vacancy:T-1` does not find “T-10”.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from recruitcheck.errors import BadInput
from recruitcheck.records import AuditRow as Row
from recruitcheck.records import Verdict

__all__ = ["KEYS", "Index", "Row", "Term", "parse"]

TEXT_KEYS = ("state", "by", "school", "vacancy", "applicant", "ground", "decision", "rule")
KEYS = (*TEXT_KEYS, "before", "after")
DECISIONS = tuple(str(verdict) for verdict in Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One part of a filter; an empty key is a bare word."""

    key: str
    value: str
    wanted: bool = True


_PART = re.compile(r'(-?)(?:([A-Za-z_]+):)?(?:"([^"]*)"|(\S+))(?=\s|$)')
"""Minus, key, then the value in quotation marks or bare."""


def parse(text: str) -> tuple[Term, ...]:
    """Read a filter as typed.

    Raises:
        BadInput: an unknown key (with the nearest known one), a value that is missing, a date that
            is none, or a quotation mark without its partner.
    """
    terms: list[Term] = []
    at = 0
    while (at := _skip(text, at)) < len(text):
        part = _PART.match(text, at)
        word = text[at:].split(maxsplit=1)[0]
        if part is None or (part[4] and '"' in part[4]):
            raise BadInput(
                f"This part of the filter cannot be read: {word}",
                'Put double quotes around the whole value: school:"North Academy"',
            )
        terms.append(_term(part, word))
        at = part.end()
    return tuple(terms)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _term(part: re.Match[str], word: str) -> Term:
    minus, key, quoted, bare = part.groups()
    key = (key or "").lower()
    value = quoted if quoted is not None else bare
    if key and key not in KEYS:
        near = difflib.get_close_matches(key, KEYS, n=1)
        guess = f"Did you mean “{near[0]}:”? " if near else ""
        raise BadInput(f"The filter has no key “{key}”.", f"{guess}Keys: {', '.join(KEYS)}.")
    if (not key and bare and bare.endswith(":")) or not value.strip():
        raise BadInput(f"The filter “{word}” has no value.", "Write it as key:value.")
    if key in ("before", "after"):
        _day(value)
    if key == "decision" and value.strip().lower() not in DECISIONS:
        raise BadInput(f"There is no decision “{value}”.", f"There are: {', '.join(DECISIONS)}.")
    return Term(key=key, value=value.strip(), wanted=not minus)


def _day(value: str) -> datetime:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError(value)
        return datetime.combine(date.fromisoformat(value), time(), UTC)
    except ValueError:
        raise BadInput(
            "A date in a filter is written YYYY-MM-DD.", "For example after:2026-09-01"
        ) from None


class Index:
    """Rows ready for filtering: each once lower-cased, each value once with its rows.

    Built once and kept; a filter over a hundred thousand rows then costs milliseconds, because
    the distinct values of a key are few and a bare word is looked for in one prepared string.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._rows: list[Row] = []
        self._text: list[str] = []
        self._where: dict[str, dict[str, list[int]]] = {key: {} for key in TEXT_KEYS}
        for row in rows:
            self.add(row)

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, row: Row) -> None:
        """Add one row after those that are there."""
        number = len(self._rows)
        self._rows.append(row)
        words: list[str] = [row.id.casefold()]
        for key in TEXT_KEYS:
            for value in _values(row, key):
                self._where[key].setdefault(value, []).append(number)
                words.append(value)
        self._text.append("\n".join(words))

    def matching(self, filter: str | Sequence[Term]) -> list[Row]:
        """The rows that a filter leaves, in their order.

        Raises:
            BadInput: the filter cannot be read.
        """
        terms = parse(filter) if isinstance(filter, str) else tuple(filter)
        left: Iterable[int] = range(len(self._rows))
        for term in sorted(terms, key=lambda term: term.key == ""):
            left = self._narrowed(left, term)
        return [self._rows[number] for number in left]

    def _narrowed(self, left: Iterable[int], term: Term) -> list[int]:
        if term.key in self._where:
            found = self._found(term)
            if isinstance(left, range) and term.wanted:
                return sorted(found)
            return [n for n in left if (n in found) is term.wanted]
        if term.key:
            day, later = _day(term.value), term.key == "after"
            rows = self._rows
            return [n for n in left if ((rows[n].at >= day) is later) is term.wanted]
        word, text = term.value.casefold(), self._text
        return [n for n in left if (word in text[n]) is term.wanted]

    def _found(self, term: Term) -> set[int]:
        says = _matcher(term.value)
        found: set[int] = set()
        for value, numbers in self._where[term.key].items():
            if says(value):
                found.update(numbers)
        return found


def _values(row: Row, key: str) -> Iterator[str]:
    if key == "rule":
        yield from (rule.casefold() for rule in row.rule)
        return
    also = {"by": (row.by_id,), "vacancy": (row.vacancy_id, row.title)}.get(key, ())
    for value in (getattr(row, key), *also):
        if value:
            yield value.casefold()


def _matcher(value: str) -> Callable[[str], bool]:
    """Whether the value stands in a text as whole words; hyphens and digits belong to a word."""
    found = re.compile(rf"(?<![\w-]){re.escape(value.casefold())}(?![\w-])").search
    return lambda text: found(text) is not None
