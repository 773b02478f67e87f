"""One grant's connections, and the road one request takes; `sources.web` lists its stations."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from recruitcheck.errors import GrantError, LookupFailed, RecruitcheckError
from recruitcheck.records import Grant, Page
from recruitcheck.sources.address import DEFAULT_PORTS, Address, Unfit, check, parse
from recruitcheck.sources.guard import answer, heads, purse, robots, transport, walls
from recruitcheck.sources.guard.heads import Head
from recruitcheck.sources.guard.public import IP
from recruitcheck.sources.guard.wire import Backend, Clock, Resolver, Stale, Stop, Watch

MOST_HOPS = 3
"""Redirects that one call follows."""
_SHORT = 16 * 1024
"""Bytes of an unwanted answer up to which reading it is cheaper than a new connection."""
_FRAMING = 256 * 1024
"""Bytes that may come besides twice the page: headers, chunk sizes, packing that does not pay."""
_REDIRECTS = range(300, 400)
_AGAIN_LATER = (429, 503)
_ACCEPT = (
    b"text/html, application/xhtml+xml, application/json;q=0.9, application/feed+json;q=0.9, "
    b"application/atom+xml;q=0.8, application/rss+xml;q=0.8, application/xml;q=0.7, "
    b"text/xml;q=0.7, text/plain;q=0.5"
)

_rules: dict[tuple[str, str], robots.Rules] = {}
"""Robots rules by grant and origin, for the life of the process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What one call to `fetch` carries along."""

    grant: Grant
    clock: Clock
    spend: purse.Spend
    watch: Watch
    agent: bytes


class Session:
    """Connections of one grant. Used by one call at a time."""

    def __init__(
        self, resolver: Resolver | None, permitted: frozenset[IP], tls: ssl.SSLContext
    ) -> None:
        self._backend = Backend(resolver, permitted)
        self._lock = threading.Lock()
        self._tls = tls  # also keeps its identity from being reused while the session lives
        self._client = transport.client(self._backend, tls)

    def close(self) -> None:
        """Close all connections, unless a call is still using them: those end with it."""
        if self._lock.acquire(timeout=1):
            try:
                with suppress(RuntimeError):
                    self._client.close()
            finally:
                self._lock.release()

    def fetch(
        self,
        grant: Grant,
        url: str,
        *,
        clock: Clock,
        spend: purse.Spend,
        contact: str,
        stop: Stop | None,
    ) -> Page:
        """See `sources.web.fetch`."""
        address = _inside(grant, url)
        _in_window(grant, clock)
        watch = Watch(grant.max_seconds, clock, wire=0, stop=stop)
        errand = Errand(
            grant=grant, clock=clock, spend=spend, watch=watch, agent=heads.user_agent(contact)
        )
        while not self._lock.acquire(timeout=watch.slice()):
            pass  # `slice` raises once nothing is left
        try:
            self._backend.watch = watch
            return self._follow(errand, address, url)
        finally:
            self._lock.release()

    # --- one address after the other --------------------------------------------------------

    def _follow(self, errand: Errand, address: Address, url: str) -> Page:
        for _ in range(MOST_HOPS + 1):
            head, page = self._ask(errand, address, url)
            if page is not None:
                return page
            url = heads.location(head, url)
            before, address = address, _inside(errand.grant, url, moved=True)
            if before.scheme == "https" and address.scheme == "http":
                raise GrantError(
                    "The source leads from a protected address (https) to an open one (http).",
                    "Ask the applicant for the present address.",
                )
            _in_window(errand.grant, errand.clock)
        raise GrantError(
            "The source leads from address to address without arriving.",
            "Ask the applicant for the address where the item now is.",
        )

    def _ask(self, errand: Errand, address: Address, url: str) -> tuple[Head, Page | None]:
        """Ask one address; once more if the source says when, and that is soon enough."""
        with purse.turn(address.host, errand.watch):
            head, page = self._request(errand, address, url)
            if head.status in _AGAIN_LATER:
                purse.wait_for(heads.patience(head, errand.clock), errand.watch)
                _in_window(errand.grant, errand.clock)
                head, page = self._request(errand, address, url)
            if page is None and head.status not in _REDIRECTS:
                walls.check_status(head.status)
            return head, page

    def _request(self, errand: Errand, address: Address, url: str) -> tuple[Head, Page | None]:
        grant = errand.grant
        errand.spend(1, 0)
        rules = self._rules_of(errand, address)
        rules.check(str(address))
        purse.pause(grant, address.origin, rules.delay(), errand.clock, errand.watch)
        try:
            with self._exchange(errand, address) as (head, pieces):
                if head.status not in (200, 203):
                    _set_aside(head, pieces, errand)
                    return head, None
                answer.media_type(head.headers.get("content-type", ""))
                limit = min(grant.max_bytes, answer.MOST_BYTES)
                body = _body(head, pieces, limit, errand)
        finally:
            purse.remember(grant, address.origin, errand.clock)
        declared = head.headers["content-type"]
        kind = answer.media_type(declared)
        text = answer.text(body, declared)
        walls.check_page(kind, head.headers, address.path, text)
        now = errand.clock.now()
        return head, Page(url=url, status=head.status, type=kind, text=text, fetched_at=now)

    # --- the owner's wishes -----------------------------------------------------------------

    def _rules_of(self, errand: Errand, address: Address) -> robots.Rules:
        key = (errand.grant.id, address.origin)
        rules = _rules.get(key)
        if rules is None:
            rules = self._ask_robots(errand, address)
            _rules[key] = rules
        return rules

    def _ask_robots(self, errand: Errand, address: Address) -> robots.Rules:
        grant = errand.grant
        place = _robots_of(address)
        for _ in range(MOST_HOPS + 1):
            with self._exchange(errand, place) as (head, pieces):
                if head.status == 200:
                    limit = min(grant.max_bytes, robots.MOST_BYTES)
                    body = _body(head, pieces, limit, errand, cut=limit == robots.MOST_BYTES)
                    return robots.read(bytes(body))
                _set_aside(head, pieces, errand)
            if head.status in robots.MISSING:
                return robots.Rules()
            if head.status not in heads.FOLLOWED:
                break
            place = _robots_moved(grant, place, head)
        raise LookupFailed(
            "The source does not say whether programs (robots) may read it.",
            "Nothing is read where the owner's wishes are unknown. Try again later.",
        )

    # --- one exchange -----------------------------------------------------------------------

    @contextmanager
    def _exchange(self, errand: Errand, address: Address) -> Iterator[tuple[Head, Iterable[bytes]]]:
        """Send one request and hand over head and body; every foreign error is translated."""
        watch = errand.watch
        watch.wire = 2 * min(errand.grant.max_bytes, answer.MOST_BYTES) + _FRAMING
        request = self._client.build_request(
            "GET",
            f"{address.origin}/",
            headers=[
                (b"Host", address.netloc.encode()),
                (b"User-Agent", errand.agent),
                (b"Accept", _ACCEPT),
                (b"Accept-Encoding", b"gzip, deflate"),
            ],
            extensions={"target": address.target.encode()},
        )
        del request.headers["Connection"]  # httpx's own; an HTTP/1.1 connection is kept anyway
        try:
            watch.begin_head()
            try:
                response = self._client.send(request, stream=True)
            except Stale:  # once more, over a connection that is not stale
                watch.begin_head()
                response = self._client.send(request, stream=True)
            watch.end_head()
            try:
                yield heads.read(response), response.iter_raw()
            finally:
                response.close()
        except RecruitcheckError:
            raise
        except Exception as error:
            raise heads.translated(error) from error


# --- small decisions ------------------------------------------------------------------------


def _inside(grant: Grant, url: str, *, moved: bool = False) -> Address:
    try:
        return check(grant, url)
    except Unfit as error:
        if moved:
            raise GrantError(
                f"The source sends visitors on to another address. {error}",
                "Ask the applicant for the address where the item now is.",
            ) from error
        raise GrantError(
            str(error), "Only what the claim itself names can be looked at."
        ) from error


def _in_window(grant: Grant, clock: Clock) -> None:
    now = clock.now()
    if grant.not_before is not None and now < grant.not_before:
        raise GrantError("The permission does not hold yet.", "Wait until its first hour.")
    if grant.not_after is not None and now > grant.not_after:
        raise GrantError("The permission has run out.", "Ask for the search again.")


def _body(
    head: Head, pieces: Iterable[bytes], limit: int, errand: Errand, *, cut: bool = False
) -> bytearray:
    """Read the body within the limit; what came is charged even where it cannot be used."""
    declared = head.headers.get("content-length", "")
    expected = int(declared) if declared.isascii() and declared.isdigit() else 0
    if expected > limit and not cut:
        raise answer.too_large()
    expected = min(expected, limit)
    weigher = answer.Weigher(head.headers.get("content-encoding", ""), limit)
    errand.spend(0, expected)
    body = bytearray()
    try:
        for piece in pieces:
            for inflated in weigher.take(piece):
                body += inflated
            errand.watch.left()
        weigher.finish()
    except GrantError:
        if not cut:
            _charge_rest(errand, weigher, expected)
            raise
    except BaseException:
        _charge_rest(errand, weigher, expected)
        raise
    if weigher.size > expected:
        errand.spend(0, weigher.size - expected)
    return body


def _set_aside(head: Head, pieces: Iterable[bytes], errand: Errand) -> None:
    """Take in and forget a short answer that is not wanted, so that its connection can be kept."""
    declared = head.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) <= _SHORT:
        errand.spend(0, int(declared))
        for _ in pieces:
            errand.watch.left()


def _charge_rest(errand: Errand, weigher: answer.Weigher, charged: int) -> None:
    if weigher.size > charged:
        with suppress(GrantError):  # the failure under way says more
            errand.spend(0, weigher.size - charged)


def _robots_of(address: Address) -> Address:
    return Address(
        scheme=address.scheme,
        host=address.host,
        port=address.port,
        path=robots.PATH,
        query=None,
        target=robots.PATH,
    )


def _robots_moved(grant: Grant, place: Address, head: Head) -> Address:
    """Follow a robots file only within its own host, and never from https to http.

    Raises:
        LookupFailed: it lies elsewhere.
    """
    elsewhere = LookupFailed(
        "What the owner asks of programs (robots.txt) stands somewhere else.",
        "Nothing is read where the owner's wishes are unknown. Ask the applicant instead.",
    )
    try:
        moved = parse(heads.location(head, str(place)))
    except (Unfit, GrantError) as error:
        raise elsewhere from error
    ports = grant.ports or tuple(DEFAULT_PORTS.values())
    upgraded = (place.scheme, moved.scheme) == ("http", "https")
    same = (moved.scheme, moved.port) == (place.scheme, place.port)
    if moved.host != place.host or not (same or (upgraded and moved.port in ports)):
        raise elsewhere
    return moved
