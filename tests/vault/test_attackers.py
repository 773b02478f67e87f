"""SECURITY.md says what an attacker meets; each of its lines stands on a test, or says why not."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
TEXT = (HERE.parent.parent / "SECURITY.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`(test_\w+\.py)?(?:::)?(test_\w+)?`")


def _rows() -> list[tuple[str, str]]:
    cells = [line.strip("|").split("|") for line in TEXT.splitlines() if line.startswith("| ")]
    return [
        (row[0].strip(), row[1].strip())
        for row in cells
        if row[0].strip() not in ("attempt", "---")
    ]


def test_every_line_names_a_test_or_says_that_it_can_be_done() -> None:
    """No line of the tables is a bare claim."""
    rows = _rows()
    assert len(rows) > 25
    for attempt, outcome in rows:
        proved = "test_" in outcome or "the same test" in outcome or "as above" in outcome
        assert proved or "**can" in outcome, attempt


def test_every_test_that_is_named_exists() -> None:
    """In the file it is said to be in; `::name` means the file named just before."""
    file, found = "", 0
    for match in _NAMED.finditer(TEXT):
        file = match[1] or file
        if match[1] or match[2]:
            source = (HERE / file).read_text(encoding="utf-8")
            assert match[2] is None or f"def {match[2]}(" in source, match[0]
            found += 1
    assert found > 30
