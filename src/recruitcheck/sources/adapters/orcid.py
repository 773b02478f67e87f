"""Works in an ORCID record whose identifier the application gives. Never a search by name.

Cannot say: what the holder keeps private, or whether a work was checked by anybody: the holder or
a publisher entered it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.items import base
from recruitcheck.sources.reading import rows, table, words

HOST = "pub.orcid.org"
_ID = re.compile(r"([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])")


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield the works of the record inside the window.

    Raises:
        LookupFailed: the claim gives no valid identifier.
    """
    number = identifier(grant)
    found = table(fetch(f"{base(grant, HOST)}/v3.0/{number}/works"))
    for group in rows(found, "group"):
        for work in rows(group, "work-summary")[:1]:
            # summaries below one group are the same work as told by several sources
            if words(work, "visibility").lower() in ("", "public") and _inside(grant, work):
                yield _item(work, number)


def identifier(grant: Grant) -> str:
    """The ORCID iD that the claim gives, if its check digit fits (ISO 7064, 11-2).

    Raises:
        LookupFailed: there is none.
    """
    for text in (*grant.handles, *grant.addresses):
        match = _ID.search(text)
        if match and _check_digit(match[1]) == match[1][-1]:
            return match[1]
    raise LookupFailed(
        "The claim gives no valid ORCID iD.", "Ask the applicant for it; names are not searched."
    )


def _check_digit(number: str) -> str:
    total = 0
    for digit in number.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def _date(work: dict[str, object]) -> tuple[int, int | None, int | None] | None:
    parts = [words(work, "publication-date", part, "value") for part in ("year", "month", "day")]
    numbers = [int(part) if part.isascii() and part.isdigit() else None for part in parts]
    return None if numbers[0] is None else (numbers[0], numbers[1], numbers[2])


def _inside(grant: Grant, work: dict[str, object]) -> bool:
    """Many works are dated by year alone; such a year must touch the window."""
    if grant.since is None and grant.until is None:
        return True
    when = _date(work)
    if when is None:
        return False
    early = grant.since is None or when[0] >= grant.since.year
    return early and (grant.until is None or when[0] <= grant.until.year)


def _item(work: dict[str, object], number: str) -> Item:
    when = _date(work)
    published = None
    if when and when[1] and when[2]:
        try:
            published = datetime(when[0], when[1], when[2], tzinfo=UTC)
        except ValueError:
            published = None
    lines = (
        words(work, "title", "title", "value"),
        words(work, "journal-title", "value"),
        words(work, "type").replace("-", " "),
        f"Published {when[0]}" if when else "",
    )
    return Item(
        url=f"https://orcid.org/{number}",
        title=lines[0],
        text="\n".join(line for line in lines if line),
        author=f"{number} orcid.org/{number}",
        published=published,
    )
