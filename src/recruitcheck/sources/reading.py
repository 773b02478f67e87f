"""JSON answers, taken apart without trusting their shape."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Page

_STRANGE = "The source answered in another form than it documents, so nothing was read."
_BY_HAND = "Try again later, or ask the applicant for the item itself."


def answer(page: Page) -> Any:
    """The JSON of a page.

    Raises:
        LookupFailed: it is not JSON.
    """
    try:
        return json.loads(page.text)
    except (ValueError, RecursionError) as error:
        raise LookupFailed(_STRANGE, _BY_HAND) from error


def table(page: Page) -> dict[str, Any]:
    """The JSON object of a page.

    Raises:
        LookupFailed: it is something else.
    """
    found = answer(page)
    if not isinstance(found, dict):
        raise LookupFailed(_STRANGE, _BY_HAND)
    return found


def rows(found: object, *path: str) -> list[dict[str, Any]]:
    """The objects of a list at `path`, or of `found` itself; anything else there is passed over."""
    place = at(found, *path)
    return [row for row in place if isinstance(row, dict)] if isinstance(place, list) else []


def at(found: object, *path: str) -> Any:
    """The value at `path`, or None."""
    for key in path:
        if not isinstance(found, dict):
            return None
        found = found.get(key)
    return found


def words(found: object, *path: str) -> str:
    """The text at `path`; a number as its digits; anything else empty."""
    value = at(found, *path)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return whole(value) if isinstance(value, str) else ""


def whole(text: str) -> str:
    """The text without halves of characters, which JSON can spell and nothing can store."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def question(place: str, **keys: str | int) -> str:
    """An address with a query; values are percent-encoded, keys are the adapter's own."""
    given = {key: str(value) for key, value in keys.items() if value != ""}
    return f"{place}?{urlencode(given, quote_via=quote)}" if given else place


def joined(address: str, link: str) -> str:
    """A link as it stands on the page at `address`; empty where it leads nowhere."""
    try:
        return urljoin(address, link.strip())
    except ValueError:  # half of an IPv6 literal, and the like
        return ""
