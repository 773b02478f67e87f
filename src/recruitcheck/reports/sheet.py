"""Tables as CSV that a spreadsheet opens without running anything, and as JSON Lines.

A cell that begins like a formula gets an apostrophe in front, in full-width signs too: Excel and
LibreOffice run `=`, `+`, `-` and `@` cells of a file they open. The file is UTF-8 with a byte order
mark and CRLF lines, which is what Excel needs to read accents.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from recruitcheck.reports.paper import Cell, visible

BOM = "\ufeff"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A whole CSV file."""
    return "".join(csv_lines(headings, rows))


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A CSV file piece by piece, so that a year of records needs no memory for a year."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    buffer.write(BOM)
    writer.writerow([safe(name) for name in headings])
    yield _taken(buffer)
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def safe(cell: Cell) -> str | int | float:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if cell is None or isinstance(cell, bool):
        return {None: "", True: "yes", False: "no"}[cell]
    if isinstance(cell, int | float):
        return cell
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, date):
        return cell.isoformat()
    text = visible(str(cell).replace("\r\n", "\n").replace("\r", "\n"))
    if text.lstrip(" \u00a0").startswith(_DANGEROUS):
        return "'" + text
    return text


def json_lines(records: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """One JSON object a line; times as RFC 3339 in UTC."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False, default=_jsonable) + "\n"


def _jsonable(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset | set):
        return sorted(value) if isinstance(value, frozenset | set) else list(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"cannot be written as JSON: {type(value).__name__}")
