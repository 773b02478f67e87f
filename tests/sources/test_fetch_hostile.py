"""Hostile answers: nothing of them gets through, hangs, or fills the memory."""

from __future__ import annotations

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable

import pytest
from hostile import CHUNKED, OPEN_END, PAGE, Hostile, QuickClock, answer, drip, fetch

from recruitcheck.errors import GrantError, LookupFailed

NewId = Callable[[], str]


BOMB = gzip.compress(b"\0" * 20_000_000)
NESTED = gzip.compress(gzip.compress(PAGE, mtime=0))


def _flood(start: bytes, piece: bytes, pause: float = 0.0) -> Callable[[socket.socket], None]:
    return lambda conn: drip(conn, start, piece, pause, 200_000)


HOSTILE: dict[str, bytes | Callable[[socket.socket], None]] = {
    "bomb": answer(BOMB, "text/html", "Content-Encoding: gzip"),
    "bomb of zeros in deflate": answer(
        zlib.compress(b" " * 20_000_000), "text/html", "Content-Encoding: deflate"
    ),
    "two packings": answer(NESTED, "text/html", "Content-Encoding: gzip, gzip"),
    "two packing headers": answer(
        NESTED, "text/html", "Content-Encoding: gzip", "Content-Encoding: deflate"
    ),
    "packing nobody asked for": answer(PAGE, "text/html", "Content-Encoding: br"),
    "cut packing": answer(gzip.compress(PAGE, mtime=0)[:-9], "text/html", "Content-Encoding: gzip"),
    "packing that goes on": answer(
        gzip.compress(PAGE, mtime=0) * 2, "text/html", "Content-Encoding: gzip"
    ),
    "packing that is none": answer(PAGE, "text/html", "Content-Encoding: gzip"),
    "empty packing": answer(b"", "text/html", "Content-Encoding: gzip"),
    "endless body": _flood(OPEN_END, b"x" * 65536),
    "endless chunks": _flood(CHUNKED, b"4000\r\n" + b"x" * 0x4000 + b"\r\n"),
    "chunks of nothing but extensions": _flood(CHUNKED, b"1;" + b"a" * 9000 + b"\r\nx\r\n"),
    "too long by its own word": answer(PAGE, length=50_000_000),
    "cut body": answer(PAGE, length=len(PAGE) + 1),
    "cut chunk": CHUNKED + b"ff\r\nabc",
    "bad chunk": CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n",
    "two lengths": answer(PAGE, "text/html", "Content-Length: 3"),
    "two framings": answer(
        b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE), "text/html", "Transfer-Encoding: chunked"
    ),
    "unknown framing": answer(PAGE, "text/html", "Transfer-Encoding: gzip"),
    "negative length": answer(PAGE, length=-5),
    "slow head": _flood(b"HTTP/1.1 200 OK\r\n", b"X", 0.05),
    "slow body": _flood(OPEN_END, b"x", 0.05),
    "silence": lambda conn: time.sleep(20),
    "silence after the head": lambda conn: (conn.sendall(CHUNKED), time.sleep(20)),
    "header flood": _flood(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 1000 + b"\r\n"),
    "one endless header": _flood(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 4096),
    "interim flood": _flood(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
    "slow interim flood": _flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
    "switching protocols": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + PAGE,
    "no http": b"220 mail.example ESMTP\r\n",
    "old http": PAGE,
    "nothing": lambda conn: None,
    "reset": lambda conn: conn.setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
    ),
    "bad header": b"HTTP/1.1 200 OK\r\nContent-Type text/html\r\n\r\n" + PAGE,
    "header with a nul": b"HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
    "strange number": b"HTTP/1.1 999999 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE,
    "no type": answer(PAGE, ""),
    "picture": answer(b"\x89PNG\r\n\x1a\n", "image/png"),
    "download": answer(PAGE, "application/octet-stream"),
    "pdf": answer(b"%PDF-1.7", "application/pdf"),
    "pdf called a page": answer(b"%PDF-1.7 text", "text/html"),
    "archive called text": answer(b"PK\x03\x04abc", "text/plain"),
    "packed without saying so": answer(gzip.compress(PAGE, mtime=0), "text/html"),
    "picture called data": answer(b"\x89PNG\r\n\x1a\n", "application/json"),
    "page called data": answer(PAGE, "application/json"),
    "page called a feed": answer(PAGE, "application/rss+xml"),
    "page called text": answer(PAGE, "text/plain"),
    "nuls": answer(b"<p>a\0b</p>"),
    "two types": answer(PAGE, "text/html", "Content-Type: application/json"),
    "script": answer(b"alert(1)", "text/javascript"),
    "many parts": answer(PAGE, "multipart/mixed; boundary=x"),
    "entities": answer(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "application/xml"),
    "outside dtd": answer(b'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://x/">', "text/xml"),
    "utf-7": answer(b"+ADw-p+AD4-", "text/html; charset=utf-7"),
    "codec that is no encoding": answer(b"aGk=", "text/html; charset=base64"),
    "escape codec": answer(b"\\x41", "text/html; charset=unicode_escape"),
    "unknown encoding": answer(PAGE, "text/html; charset=x-nobody"),
    "noise": answer(bytes(range(128, 256)) * 20, "text/html; charset=utf-8"),
    "part": answer(PAGE, "text/html", "Content-Range: bytes 0-9/99", status="206 Partial"),
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "log in first": answer(PAGE, status="401 Unauthorized"),
    "not for you": answer(PAGE, status="403 Forbidden"),
    "proxy log-in": answer(PAGE, status="407 Proxy"),
    "gone": answer(PAGE, status="410 Gone"),
    "not there": answer(PAGE, status="404 Not Found"),
    "legal reasons": answer(PAGE, status="451 Unavailable"),
    "broken": answer(PAGE, status="500 Internal"),
    "too many": answer(PAGE, status="429 Too Many"),
    "too many for a day": answer(PAGE, "text/html", "Retry-After: 86400", status="429 Too Many"),
    "out of order for ever": answer(
        PAGE, "text/html", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", status="503 X"
    ),
    "a retry in no year": answer(
        PAGE, "text/html", f"Retry-After: Fri, 31 Dec {'9' * 40} 23:59:59 GMT", status="503 X"
    ),
    "bad retry": answer(PAGE, "text/html", "Retry-After: -1e999", status="503 X"),
    "unchanged": b"HTTP/1.1 304 Not Modified\r\n\r\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_hostile_gets_through_or_hangs(site: Hostile, new_id: NewId, name: str) -> None:
    """Whatever a server does instead of answering, the call ends in time, with our own error."""
    site.pages["/"] = HOSTILE[name]
    grant = site.grant(new_id(), max_seconds=0.6, max_bytes=1_000_000)
    begin = time.monotonic()
    with pytest.raises((GrantError, LookupFailed)) as caught:
        fetch(grant, site.url())
    assert time.monotonic() - begin < 5
    assert caught.value.message.endswith(".")
    assert "science club" not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize("name", ["bomb", "endless body", "endless chunks", "interim flood"])
def test_a_hostile_robots_file_is_no_way_in(site: Hostile, new_id: NewId, name: str) -> None:
    """The robots file passes the same bounds."""
    site.pages["/robots.txt"] = HOSTILE[name]
    site.pages["/"] = answer()
    grant = site.grant(new_id(), max_seconds=0.6, max_bytes=400_000)
    with pytest.raises((GrantError, LookupFailed)):
        fetch(grant, site.url())
    assert site.paths == []


def test_a_slow_server_cannot_outlive_a_clock_that_stands_still(
    site: Hostile, new_id: NewId
) -> None:
    """The machine's own time ends a call even where the caller's clock never moves."""

    class Still(QuickClock):
        def monotonic(self) -> float:
            return 1.0

    site.pages["/"] = HOSTILE["slow body"]
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id(), max_seconds=0.4), site.url(), clock=Still())


def test_a_kept_connection_that_was_closed_meanwhile_is_replaced(
    site: Hostile, new_id: NewId
) -> None:
    """Servers close idle connections; the request is sent over a new one and charged once."""
    site.pages["/robots.txt"] = lambda conn: conn.sendall(answer(b"", "text/plain"))
    site.pages["/"] = lambda conn: conn.sendall(answer())
    told: list[int] = []
    grant = site.grant(new_id())
    for _ in range(30):
        fetch(grant, site.url(), spend=lambda n, _: told.append(n))
    assert sum(told) == 30 and len(site.paths) == 30


def test_a_new_connection_that_is_closed_at_once_is_not_tried_again(
    site: Hostile, new_id: NewId
) -> None:
    """A server that hangs up on us has answered."""
    site.pages["/robots.txt"] = answer(b"", "text/plain", "Connection: close")
    site.pages["/"] = lambda conn: None
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url())
    assert site.paths == ["/"]


def test_a_few_interim_answers_are_passed_over(site: Hostile, new_id: NewId) -> None:
    """Early hints are ordinary; more than a handful are not."""
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
    site.pages |= {"/few": hint * 8 + answer(), "/many": hint * 9 + answer()}
    assert fetch(site.grant(new_id()), site.url("/few")).status == 200
    with pytest.raises(LookupFailed, match="headers"):
        fetch(site.grant(new_id()), site.url("/many"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("bomb", GrantError),
        ("bomb of zeros in deflate", GrantError),
        ("endless body", GrantError),
        ("endless chunks", GrantError),
        ("chunks of nothing but extensions", GrantError),
        ("too long by its own word", GrantError),
        ("slow body", LookupFailed),
        ("header flood", LookupFailed),
        ("interim flood", LookupFailed),
    ],
)
def test_too_much_is_outside_the_grant_and_too_slow_is_a_failure(
    site: Hostile, new_id: NewId, name: str, kind: type[Exception]
) -> None:
    """Bytes belong to the permission; time and form belong to the source."""
    site.pages["/"] = HOSTILE[name]
    patience = 0.4 if kind is LookupFailed else 20.0
    with pytest.raises(kind):
        fetch(site.grant(new_id(), max_bytes=200_000, max_seconds=patience), site.url())
