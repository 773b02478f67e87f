"""The head of an answer and what follows from it; who asks; what foreign errors mean."""

from __future__ import annotations

import math
import re
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache
from types import MappingProxyType

import httpx

from recruitcheck.errors import GrantError, LookupFailed
from recruitcheck.sources.guard import purse, walls
from recruitcheck.sources.guard.robots import AGENT
from recruitcheck.sources.guard.wire import Clock

_LATER = "Try again later, or ask the applicant to bring the item."
FOLLOWED = (301, 302, 303, 307, 308)
"""Redirects that are followed; other answers of the three hundreds are not."""
LONGEST_PATIENCE = 60.0
"""Seconds that `Retry-After` is obeyed for within one call; beyond, the lookup ends."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ONCE = ("content-length", "content-type", "content-encoding", "location", "retry-after")


@dataclass(frozen=True, slots=True)
class Head:
    """Number and headers of an answer, names in lower case."""

    status: int
    headers: Mapping[str, str]


def read(response: httpx.Response) -> Head:
    """Headers with one meaning each.

    Raises:
        LookupFailed: a header that must stand once stands twice, or two framings at once.
    """
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.extensions["head"]:
        name, value = raw_name.decode("ascii").lower(), raw_value.decode("latin-1")
        if name in headers and name in _ONCE and headers[name] != value:
            raise LookupFailed("The source contradicts itself about what it sent.", _LATER)
        headers[name] = value
    if "content-length" in headers and "transfer-encoding" in headers:
        raise LookupFailed("The source contradicts itself about how long its answer is.", _LATER)
    return Head(response.status_code, MappingProxyType(headers))


def location(head: Head, url: str) -> str:
    """Where a redirect leads, written out on the raw characters.

    Raises:
        GrantError: it leads nowhere, or is of a kind that is not followed.
    """
    place = head.headers.get("location", "")
    if head.status not in FOLLOWED or not place:
        raise GrantError(
            "The source sends visitors on in a way that is not followed.",
            "Ask the applicant for the address where the item now is.",
        )
    scheme, _, rest = url.partition("://")
    authority = rest.partition("?")[0].partition("/")[0]
    path = rest.partition("?")[0][len(authority) :] or "/"
    if _ABSOLUTE.match(place):
        return place
    if place.startswith("//"):
        return f"{scheme}:{place}"
    if place.startswith("/"):
        return f"{scheme}://{authority}{place}"
    if place.startswith("?"):
        return f"{scheme}://{authority}{path}{place}"
    return f"{scheme}://{authority}{path.rpartition('/')[0]}/{place}"


def patience(head: Head, clock: Clock) -> float:
    """Seconds the source asks to wait.

    Raises:
        LookupFailed: it does not say, or asks for more than a call may wait.
    """
    asked = head.headers.get("retry-after", "").strip()
    seconds = math.inf
    if asked.isascii() and asked.isdigit() and len(asked) < 8:
        seconds = float(asked)
    elif asked:
        with suppress(ValueError, TypeError, OverflowError):
            when = parsedate_to_datetime(asked)
            when = when if when.tzinfo else when.replace(tzinfo=UTC)
            seconds = max(0.0, (when - clock.now()).total_seconds())
    if seconds > LONGEST_PATIENCE:
        walls.check_status(head.status)
    return max(seconds, purse.PAUSE)


def translated(error: Exception) -> LookupFailed:
    """What a person is told when the layers below fail; anything unknown counts as damage."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return LookupFailed(
            "The source cannot prove who it is: its certificate is not valid for this address.",
            "Check the address. If the school filters its network, ask the network's staff.",
        )
    if isinstance(cause, ssl.SSLError):
        return LookupFailed(
            "No protected connection (https) to the source could be made.",
            "Check the address, or try again later.",
        )
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return LookupFailed(
            "The source took too long to answer.", "Try again later, within what is left."
        )
    if isinstance(error, httpx.NetworkError | OSError):
        return LookupFailed("The connection to the source broke off.", "Try again later.")
    return LookupFailed("What came is damaged.", _LATER)


@lru_cache(maxsize=16)
def user_agent(contact: str) -> bytes:
    """Who is asking, honestly: name, version, purpose, and whom to write to."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("recruitcheck")
    except PackageNotFoundError:  # run from a copy that was never installed
        number = "0"
    words = "".join(char for char in contact if char.isascii() and char.isprintable())
    words = words.translate({ord(char): None for char in "()\\"}).strip()[:200]
    purpose = "checks one claim of a job application at a person's request"
    return f"{AGENT}/{number} ({purpose}; contact: {words or 'the employer'})".encode()
