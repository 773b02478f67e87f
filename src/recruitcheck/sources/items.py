"""Items are checked again after they arrive, because servers ignore what they were asked.

A real server asked for posts by one person since one year answers with another person's post of an
earlier year. Narrowing a request is courtesy; this is the check. What only the source itself can
tell (repost, reply, visibility, an owner's wish not to be shown) its adapter drops before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from recruitcheck.records import Grant, Item
from recruitcheck.sources.address import DEFAULT_PORTS, covers

UNDATED = "It has no date, and the claim sets one."


def admit(grant: Grant, item: Item) -> str | None:
    """Say why an item that arrived lies outside the grant, or None where it lies inside."""
    return _not_the_author(grant, item) or outside_window(grant, item)


def outside_window(grant: Grant, item: Item) -> str | None:
    """Say why an item's date lies outside the window that the claim sets, or None.

    An undated item passes where the claim sets no window, and where it stands at an address of
    the claim itself: that one is shown as "date unknown".
    """
    if grant.since is None and grant.until is None:
        return None
    if item.published is None:
        named = any(same_place(item.url, address) for address in starts(grant))
        return None if named or not item.url else UNDATED
    day = item.published.date()
    if grant.since is not None and day < grant.since:
        return "It is older than the claim."
    if grant.until is not None and day > grant.until:
        return "It is younger than the claim."
    return None


def before_window(grant: Grant, dates: Iterable[datetime | None]) -> bool:
    """Whether even the newest of these items is older than the claim, so that all later ones are.

    For answers that come newest first; one pinned item may be old, so the newest decides.
    """
    known = [when.date() for when in dates if when is not None]
    return grant.since is not None and bool(known) and max(known) < grant.since


def _not_the_author(grant: Grant, item: Item) -> str | None:
    if item.author:
        # Permanent identifier first, then the names it goes by; one of them was granted.
        wanted = {plain_handle(handle) for handle in grant.handles}
        wanted |= {plain_handle(address) for address in (*grant.addresses, *starts(grant))}
        if any(plain_handle(part) in wanted for part in item.author.split()):
            return None
        return "It is by somebody else."
    if covers(grant, item.url):
        return None
    return "It stands at an address that the claim does not name."


# --- addresses and handles ------------------------------------------------------------------


def starts(grant: Grant) -> Iterator[str]:
    """The grant's addresses in a form that can be asked; https before http where none was named."""
    for address in grant.addresses:
        place = address.strip().partition("#")[0]
        if place.startswith("http://") and "http" not in grant.schemes:
            place = f"https{place.removeprefix('http')}"
        if "://" in place:
            yield _encoded(place)
            continue
        for scheme in sorted(grant.schemes, reverse=True):
            yield _encoded(_with_port(grant, scheme, place.lstrip("/")))


def handles(grant: Grant) -> list[str]:
    """The handles that were granted as such, and not as a mere piece of a granted address."""
    pieces = {piece for address in grant.addresses for piece in _PIECES.split(address)}
    return [handle for handle in grant.handles if handle not in pieces]


def base(grant: Grant, host: str) -> str:
    """`https://host`, or what the grant allows in its place, with the port where one is needed."""
    scheme = "https" if "https" in grant.schemes else "http"
    return _with_port(grant, scheme, host)


def _with_port(grant: Grant, scheme: str, place: str) -> str:
    host, slash, rest = place.partition("/")
    if ":" not in host and grant.ports and DEFAULT_PORTS.get(scheme) not in grant.ports:
        host = f"{host}:{grant.ports[0]}"
    return f"{scheme}://{host}{slash}{rest}"


def _encoded(address: str) -> str:
    """Percent-encode letters that only a host may hold as they are."""
    scheme, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host}{slash}{quote(path, safe=_ASCII_AS_IT_IS)}"


_PIECES = re.compile(r"[/?=&@]")
_ASCII_AS_IT_IS = "".join(chr(code) for code in range(33, 127))


def same_place(one: str, other: str) -> bool:
    """Whether two addresses name one page, whatever their scheme and closing slash."""
    return plain_handle(one) == plain_handle(other)


def plain_handle(text: str) -> str:
    """A handle or address without the signs around it, for comparison."""
    text = unicodedata.normalize("NFC", text.strip()).removeprefix("@").rstrip("/")
    if "://" in text:
        text = text.partition("://")[2]
    host, slash, path = text.partition("/")
    return f"{host.casefold().removeprefix('www.')}{slash}{path}"


# --- dates ----------------------------------------------------------------------------------


def moment(text: object) -> datetime | None:
    """A date and time as sources write them (RFC 3339, RFC 5322), or None. UTC where unsaid.

    A moment that UTC cannot say (before the year 1, after 9999) is none either.
    """
    if not isinstance(text, str) or not (text := text.strip()):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        found.astimezone(UTC)
    except OverflowError:
        return None
    return found


def day_start(day: date) -> str:
    """Midnight at which `day` begins, as RFC 3339 in UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def day_end(day: date) -> str:
    """The last second of `day`, as RFC 3339 in UTC."""
    return f"{day.isoformat()}T23:59:59Z"
