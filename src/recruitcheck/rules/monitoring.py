"""Equality monitoring answers from a CSV file: checked whole, refused whole.

The file has one line per person: the reference printed on the monitoring form, then one column
per question. Nothing of a file is used unless every line of it can be; messages name the line and
the reason and never repeat what a cell says.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from recruitcheck.errors import BadInput

REFERENCE = "reference"
MOST_BYTES = 8 * 1024 * 1024
MOST_PEOPLE = 50_000
MOST_QUESTIONS = 12
MOST_ANSWERS = 40
"""Different answers to one question; more is a free-text column, which could name a person."""
LONGEST = 80
"""Characters of a cell; set answers are short, and a longer text is somebody's own words."""
NOT_ANSWERED = "not answered"

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%", "＝", "＋", "－", "＠")
_NAMING = frozenset(
    ("name", "surname", "forename", "email", "e-mail", "mail", "address", "postcode", "telephone",
     "phone", "mobile", "dob", "birthday", "birthdate", "ni", "nino", "insurance", "trn", "handle")
)  # fmt: skip
"""Headings of columns by which people could be told apart."""
_HINT = "Nothing was imported. Mend the file and import it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What one person answered: question to answer, in the order of the columns."""

    reference: str
    answers: Mapping[str, str]


def read(
    data: bytes, *, known: Collection[str] = (), taken: Collection[str] = ()
) -> tuple[Answers, ...]:
    """Read a monitoring CSV.

    Args:
        data: the file as it is; UTF-8, comma or semicolon.
        known: references that were given to applicants; empty leaves the question out.
        taken: references whose answers were imported before.

    Raises:
        BadInput: with the line and the reason; then nothing of the file may be used.
    """
    lines = _lines(data)
    if not lines:
        raise _bad("The file is empty.")
    questions = _questions(lines[0][1])
    people: dict[str, Answers] = {}
    wanted, before = {_key(one) for one in known}, {_key(one) for one in taken}
    for number, cells in lines[1:]:
        person = _person(number, cells, questions)
        key = _key(person.reference)
        if key in people:
            raise _bad(f"Line {number}: this reference stands in the file twice.")
        if key in before:
            raise _bad(f"Line {number}: answers for this reference were imported already.")
        if wanted and key not in wanted:
            raise _bad(f"Line {number}: no applicant was given this reference.")
        people[key] = person
    if not people:
        raise _bad("The file has a heading but no people.")
    found = tuple(people.values())
    _few_answers(found, questions)
    return found


def _bad(reason: str) -> BadInput:
    return BadInput(reason, _HINT)


def _key(reference: str) -> str:
    return reference.strip().casefold()


def _lines(data: bytes) -> list[tuple[int, list[str]]]:
    """The lines of the file with their numbers; blank ones left out."""
    if len(data) > MOST_BYTES:
        raise _bad(f"The file is larger than {MOST_BYTES // 1024 // 1024} MiB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _bad(f"Line {line} is not UTF-8; save the file as “CSV UTF-8”.") from None
    if "\0" in text:
        raise _bad("The file contains zero bytes; it is no CSV file.")
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((reader.line_num, cells))
            if len(lines) > MOST_PEOPLE + 1:
                raise _bad(f"The file has more than {MOST_PEOPLE:,} people.")
    except csv.Error as error:
        # the reader gives up on a cell of more than 128 KiB, and else only on quotation marks
        long = "limit" in str(error)
        why = "a cell is far too long" if long else "the quotation marks do not match up"
        raise _bad(f"Line {reader.line_num}: {why}.") from None
    return lines


def _questions(heading: Sequence[str]) -> tuple[str, ...]:
    names = [" ".join(cell.split()).casefold() for cell in heading]
    if names[0] != REFERENCE:
        raise _bad(f"Line 1: the first column must be called “{REFERENCE}”.")
    questions = names[1:]
    if not questions or not all(questions):
        raise _bad("Line 1: every column needs a heading, and there must be at least one question.")
    if len(set(questions)) != len(questions) or REFERENCE in questions:
        raise _bad("Line 1: two columns have the same heading.")
    if len(questions) > MOST_QUESTIONS:
        raise _bad(f"Line 1: more than {MOST_QUESTIONS} questions.")
    for number, name in enumerate(questions, start=2):
        _plain(1, number, name)
        words = name.replace("_", " ").replace("date of birth", "dob").split()
        if any(word in _NAMING or word.removesuffix("s") in _NAMING for word in words):
            raise _bad(
                f"Line 1, column {number}: a column that names or reaches people does not belong "
                "in a monitoring file."
            )
    return tuple(questions)


def _person(line: int, cells: Sequence[str], questions: tuple[str, ...]) -> Answers:
    if len(cells) != len(questions) + 1:
        raise _bad(f"Line {line}: {len(cells)} cells where the heading has {len(questions) + 1}.")
    for number, cell in enumerate(cells, start=1):
        _plain(line, number, cell)
    if not cells[0].strip():
        raise _bad(f"Line {line}: the reference is missing.")
    answers = {
        question: " ".join(cell.split()) or NOT_ANSWERED
        for question, cell in zip(questions, cells[1:], strict=True)
    }
    return Answers(reference=cells[0].strip(), answers=answers)


def _plain(line: int, column: int, cell: str) -> None:
    where = f"Line {line}, column {column}"
    if cell.lstrip(" ").startswith(_FORMULA):
        raise _bad(f"{where}: the text begins like a spreadsheet formula.")
    if len(cell) > LONGEST:
        raise _bad(f"{where}: longer than {LONGEST} characters.")
    if any(not sign.isprintable() for sign in cell):
        raise _bad(f"{where}: a sign that cannot be printed.")


def _few_answers(people: Sequence[Answers], questions: tuple[str, ...]) -> None:
    for number, question in enumerate(questions, start=2):
        different = {person.answers[question].casefold() for person in people}
        if len(different) > MOST_ANSWERS:
            raise _bad(
                f"Column {number} has more than {MOST_ANSWERS} different answers; only questions "
                "with set answers can be counted."
            )
