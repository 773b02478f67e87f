"""Fetching under a grant: the ordinary works, the hostile gets nothing through."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpcore
import httpx
import pytest
from hostile import HOST, PAGE, Hostile, QuickClock, answer, drip, fetch, here, moved

from recruitcheck.errors import GrantError, LookupFailed, RecruitcheckError
from recruitcheck.sources import web
from recruitcheck.sources.guard import session as sessions
from recruitcheck.sources.guard.wire import Backend

NewId = Callable[[], str]
FEED = b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel/></rss>'


# --- the ordinary ---------------------------------------------------------------------------


def test_an_ordinary_page_comes_as_text(site: Hostile, new_id: NewId) -> None:
    """A page comes with its address, number, type, text and the time it was fetched."""
    site.pages["/science?q=club"] = answer("<p>Café</p>".encode())
    before = datetime.now(UTC)
    page = fetch(site.grant(new_id()), site.url("/science?q=club"))
    assert (page.status, page.type, page.text) == (200, "text/html", "<p>Café</p>")
    assert page.url == site.url("/science?q=club")
    assert page.fetched_at >= before


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("x-gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("identity", PAGE),
        ("GZIP", gzip.compress(PAGE, mtime=0)),
    ],
)
def test_a_compressed_page_is_read(
    site: Hostile, new_id: NewId, encoding: str, packed: bytes
) -> None:
    """gzip, and both readings of deflate, are unpacked."""
    site.pages["/"] = answer(packed, "text/html", f"Content-Encoding: {encoding}")
    assert fetch(site.grant(new_id()), site.url()).text == PAGE.decode()


@pytest.mark.parametrize(
    ("type", "body"),
    [
        ("application/rss+xml", FEED),
        ("application/atom+xml; charset=UTF-8", b"<feed xmlns='http://www.w3.org/2005/Atom'/>"),
        ("text/xml", FEED),
        ("application/json", b'{"a": [1]}'),
        ("application/feed+json", b'{"items": []}'),
        ("application/activity+json", b"{}"),
        ("text/plain", b"We met every week."),
        ("application/xhtml+xml", b"<?xml version='1.0'?><!DOCTYPE html><html/>"),
        ("Text/HTML ; Charset = utf-8", PAGE),
    ],
)
def test_pages_feeds_data_and_text_are_admitted(
    site: Hostile, new_id: NewId, type: str, body: bytes
) -> None:
    """The four kinds of answer that hold words are read."""
    site.pages["/"] = answer(body, type)
    assert fetch(site.grant(new_id()), site.url()).text.encode() == body


def test_a_chunked_answer_is_read(site: Hostile, new_id: NewId) -> None:
    """An answer that says its length piece by piece is whole when its last piece came."""
    chunks = b"".join(b"%x\r\n%b\r\n" % (1, PAGE[i : i + 1]) for i in range(len(PAGE)))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.pages["/"] = head + chunks + b"0\r\n\r\n"
    assert fetch(site.grant(new_id()), site.url()).text == PAGE.decode()


@pytest.mark.parametrize(
    ("declared", "body", "text"),
    [
        ("text/html; charset=iso-8859-1", b"<p>caf\xe9 \x93x\x94</p>", "<p>café “x”</p>"),
        ("text/html; charset=windows-1250", b"<p>\xb3\xf3d\x9f</p>", "<p>łódź</p>"),
        ("text/html", b"<meta charset=windows-1251><p>\xef</p>", None),
        ("text/html; charset=utf-8", b"\xef\xbb\xbf<p>x</p>", "<p>x</p>"),
        ("text/html; charset=latin1", "\ufeff<p>ł</p>".encode(), "<p>ł</p>"),
        ("text/html", "\ufeff<p>Ω</p>".encode("utf-16-le"), "<p>Ω</p>"),
        ("text/html; charset=shift_jis", "<p>日本</p>".encode("shift_jis"), "<p>日本</p>"),
        ("text/plain", "Zażółć".encode(), "Zażółć"),
        ("application/xml", b'<?xml version="1.0" encoding="iso-8859-2"?><a>\xb3</a>', None),
    ],
)
def test_letters_are_read_in_the_encoding_they_were_written_in(
    site: Hostile, new_id: NewId, declared: str, body: bytes, text: str | None
) -> None:
    """Byte order mark, then declaration, then the document's own word, then UTF-8."""
    site.pages["/"] = answer(body, declared)
    found = fetch(site.grant(new_id()), site.url()).text
    assert found == text if text else ("п" in found or "ł" in found)


def test_a_stray_byte_does_not_cost_the_page(site: Hostile, new_id: NewId) -> None:
    """One bad byte becomes a sign for itself."""
    site.pages["/"] = answer(b"<p>caf\xe9</p>")
    assert fetch(site.grant(new_id()), site.url()).text == "<p>caf\ufffd</p>"


def test_it_says_who_asks_and_carries_nothing_else(
    site: Hostile, new_id: NewId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name, version, purpose and contact go out; no cookie, credential, referrer or proxy."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.pages["/"] = answer(PAGE, "text/html", "Set-Cookie: a=b")
    grant = site.grant(new_id())
    for _ in range(2):
        fetch(grant, site.url(), contact="dpo@trust.example (\r\nCookie: x)")
    for asked in site.asked:
        assert set(asked.headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
        assert asked.headers["Host"] == f"{HOST}:{site.port}"
        assert asked.headers["User-Agent"].startswith("recruitcheck/")
        assert "contact: dpo@trust.example Cookie: x" in asked.headers["User-Agent"]


def test_the_address_leaves_as_it_was_checked(site: Hostile, new_id: NewId) -> None:
    """Nothing between the check and the wire repairs, decodes or encodes it."""
    site.pages["/a%20b/'|~?q=%41"] = answer()
    fetch(site.grant(new_id()), site.url("/a%20b/'|~?q=%41"))
    assert site.paths == ["/a%20b/'|~?q=%41"]


def test_a_connection_is_kept_for_the_next_request(site: Hostile, new_id: NewId) -> None:
    """Robots file and pages of one grant come over one connection."""
    site.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow:\n", "text/plain")
    site.pages["/"] = answer()
    grant = site.grant(new_id())
    for _ in range(3):
        fetch(grant, site.url())
    assert {asked.connection for asked in site.asked} == {1}


# --- scope, window, budgets -----------------------------------------------------------------


@pytest.mark.parametrize("path", ["/private", "/science/../private", "/science?x=1", "/science#a"])
def test_outside_the_scope_nothing_leaves(site: Hostile, new_id: NewId, path: str) -> None:
    """An address outside the scope is refused before anything is resolved or asked."""
    grant = site.grant(new_id(), path_prefixes=("/science",))
    asked: list[str] = []
    with pytest.raises(GrantError):
        fetch(grant, site.url(path), resolver=lambda host: asked.append(host) or here(host))
    assert asked == [] and site.asked == []


def test_before_and_after_its_window_a_grant_opens_nothing(site: Hostile, new_id: NewId) -> None:
    """A grant holds from its first to its last moment."""
    now = datetime.now(UTC)
    site.pages["/"] = answer()
    early = site.grant(new_id(), not_before=now + timedelta(hours=1))
    late = site.grant(new_id(), not_after=now - timedelta(seconds=1))
    for grant in (early, late):
        with pytest.raises(GrantError):
            fetch(grant, site.url())
    assert site.asked == []
    inside = site.grant(new_id(), not_before=now, not_after=now + timedelta(hours=1))
    assert fetch(inside, site.url()).status == 200


def test_the_count_of_requests_is_kept_in_this_process(site: Hostile, new_id: NewId) -> None:
    """Without a register the count is kept per grant; the robots file is outside it."""
    site.pages["/"] = answer()
    grant = site.grant(new_id(), max_requests=2)
    for _ in range(2):
        fetch(grant, site.url())
    with pytest.raises(GrantError):
        fetch(grant, site.url())
    assert len(site.paths) == 2


def test_all_bytes_of_a_grant_are_counted(site: Hostile, new_id: NewId) -> None:
    """Pages are charged until the grant's bytes are used up; then nothing more is handed over."""
    site.pages["/"] = answer(b"<p>" + b"x" * 997)
    grant = site.grant(new_id(), max_total_bytes=2500)
    for _ in range(2):
        fetch(grant, site.url())
    with pytest.raises(GrantError):
        fetch(grant, site.url())


def test_the_robots_file_is_inside_the_bytes(site: Hostile, new_id: NewId) -> None:
    """What the robots file weighs is charged too."""
    site.pages["/robots.txt"] = answer(b"# " + b"x" * 3000, "text/plain")
    site.pages["/"] = answer()
    with pytest.raises(GrantError):
        fetch(site.grant(new_id(), max_total_bytes=2500), site.url())
    assert site.paths == []


def test_spending_is_durable_before_anything_leaves(site: Hostile, new_id: NewId) -> None:
    """The request is spent first, and the announced bytes before the body is read."""
    told: list[tuple[int, int, int]] = []
    site.pages["/"] = answer()
    grant = site.grant(new_id())
    fetch(grant, site.url(), spend=lambda n, size: told.append((n, size, len(site.asked))))
    assert told[0] == (1, 0, 0)
    assert sum(n for n, _, _ in told) == 1
    assert sum(size for _, size, _ in told) == len(b"none") + len(PAGE)


def test_a_refused_spend_stops_the_request(site: Hostile, new_id: NewId) -> None:
    """Where the register cannot write the budget down, nothing is asked."""

    def broke(_requests: int, _size: int) -> None:
        raise GrantError("Nothing is left.")

    site.pages["/"] = answer()
    with pytest.raises(GrantError, match="Nothing is left"):
        fetch(site.grant(new_id()), site.url(), spend=broke)
    assert site.asked == []


def test_a_failed_answer_is_charged_all_the_same(site: Hostile, new_id: NewId) -> None:
    """What was received counts, even where it cannot be used."""
    told: list[tuple[int, int]] = []
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.pages["/"] = lambda conn: conn.sendall(head + b"400\r\n" + b"x" * 1024 + b"\r\n")
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url(), spend=lambda n, size: told.append((n, size)))
    assert sum(size for _, size in told) == len(b"none") + 1024


# --- redirects ------------------------------------------------------------------------------


def test_a_redirect_is_checked_and_charged_like_a_new_address(site: Hostile, new_id: NewId) -> None:
    """Three hops are followed, each from the budget."""
    site.pages |= {"/a": moved("/b"), "/b": moved("c?q=1", "301 X"), "/c?q=1": moved("?q=2")}
    site.pages |= {"/c?q=2": answer()}
    told: list[int] = []
    page = fetch(site.grant(new_id()), site.url("/a"), spend=lambda n, _: told.append(n))
    assert page.url == site.url("/c?q=2")
    assert sum(told) == 4


@pytest.mark.parametrize(
    "place",
    [
        "http://evil.example/",
        "//evil.example/",
        f"http://{HOST}:1/",
        "/private",
        "/a/../private",
        "/science/%2e%2e/private",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "/science#part",
        "/science?other=1",
        "/science\\..",
        "/sci\tence",
        "",
        "ftp:science",
        "data:text/html,x",
        "/sciénce",
    ],
)
def test_scope_never_moves_with_a_redirect(site: Hostile, new_id: NewId, place: str) -> None:
    """Wherever a source points, the next address passes the same check or the lookup ends."""
    site.pages["/science"] = moved(place)
    grant = site.grant(new_id(), path_prefixes=("/science",))
    with pytest.raises(GrantError):
        fetch(grant, site.url("/science"))
    assert site.paths == ["/science"]


def test_a_fourth_hop_is_refused(site: Hostile, new_id: NewId) -> None:
    """A chain that does not arrive ends."""
    site.pages |= {f"/{n}": moved(f"/{n + 1}") for n in range(20)}
    with pytest.raises(GrantError):
        fetch(site.grant(new_id(), max_requests=50), site.url("/0"))
    assert site.paths == ["/0", "/1", "/2", "/3"]


@pytest.mark.parametrize(
    "said",
    [
        answer(b"", "", status="302 Found"),
        answer(b"", "", "Location: /b", "Location: /c", status="302 Found"),
        answer(b"", "", "Location: /b", status="300 Multiple Choices"),
        answer(b"", "", "Location: /b", status="305 Use Proxy"),
    ],
)
def test_an_unclear_redirect_is_not_followed(site: Hostile, new_id: NewId, said: bytes) -> None:
    """Without one clear place to go, nothing is followed."""
    site.pages["/"] = said
    with pytest.raises(RecruitcheckError):
        fetch(site.grant(new_id()), site.url())
    assert site.paths == ["/"]


# --- resolution and pinning -----------------------------------------------------------------


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.2"],
        ["127.0.0.1", "10.0.0.1"],
        ["127.0.0.1", "::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["169.254.169.254"],
        ["fe80::1%lo"],
        [],
        ["nonsense"],
        [b"127.0.0.1"],
        [None],
        ["127.0.0.1"] * 100,
    ],
)
def test_a_name_with_any_answer_that_is_not_public_is_refused(
    site: Hostile, new_id: NewId, answers: list[object]
) -> None:
    """One closed or unreadable address among the answers refuses the whole name."""
    site.pages["/"] = answer()
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url(), resolver=lambda _: answers)
    assert site.asked == []


def test_the_machine_itself_is_not_public(site: Hostile, new_id: NewId) -> None:
    """Without being permitted by name of address, loopback is out of reach."""
    site.pages["/"] = answer()
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url(), permitted_addresses=())
    assert site.asked == []


def test_a_name_that_changes_its_mind_is_asked_once(site: Hostile, new_id: NewId) -> None:
    """The connection goes to the address that was checked; no second lookup exists."""
    turns = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    site.pages["/"] = answer()
    grant = site.grant(new_id())
    resolver = lambda _: next(turns)  # noqa: E731
    assert fetch(grant, site.url(), resolver=resolver).status == 200
    web.close()
    with pytest.raises(LookupFailed):
        fetch(grant, site.url(), resolver=resolver)


def test_the_resolver_gets_the_name_in_its_comparable_form(site: Hostile, new_id: NewId) -> None:
    """International names are resolved as A-labels."""
    asked: list[str] = []
    grant = site.grant(new_id(), hosts=("bücher.example",))
    site.pages["/"] = answer()
    fetch(
        grant,
        f"http://bücher.example:{site.port}/",
        resolver=lambda host: asked.append(host) or here(host),
    )
    assert asked == ["xn--bcher-kva.example"]
    assert site.asked[-1].headers["Host"] == f"xn--bcher-kva.example:{site.port}"


def test_a_resolver_that_never_answers_ends_with_the_call(site: Hostile, new_id: NewId) -> None:
    """Looking up names is inside the deadline."""
    hold = threading.Event()
    with pytest.raises(LookupFailed):
        fetch(
            site.grant(new_id(), max_seconds=0.3),
            site.url(),
            resolver=lambda _: hold.wait(30) and [],
        )
    hold.set()


def test_a_resolver_that_fails_is_reported_as_such(site: Hostile, new_id: NewId) -> None:
    """Its exceptions do not escape in their own form."""

    def broken(_host: str) -> list[str]:
        raise socket.gaierror("no such name")

    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url(), resolver=broken)


def test_a_connection_is_reused_only_under_the_same_permission(
    site: Hostile, new_id: NewId
) -> None:
    """What one call was permitted to reach, another call does not inherit."""
    site.pages["/"] = answer()
    grant = site.grant(new_id())
    fetch(grant, site.url())
    with pytest.raises(LookupFailed):
        fetch(grant, site.url(), permitted_addresses=())


# --- hostile answers ------------------------------------------------------------------------

CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
OPEN_END = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
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


# --- walls ----------------------------------------------------------------------------------

LOG_IN = (
    b"<!doctype html><title>Log in</title><form action=/login method=post>"
    b"<input name=u><input TYPE='password' name=p></form>"
)
CHALLENGE = (
    b"<!doctype html><title>Just a moment...</title><p>Enable JavaScript</p>"
    b"<script src=/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1></script>"
)
BLOG_WITH_BOX = (
    b"<!doctype html><title>Ashgrove science</title><article>"
    + b"<p>We met every week and wrote about it. </p>" * 60
    + b"</article><aside><input type=password></aside>"
)


@pytest.mark.parametrize(
    "said",
    [
        answer(LOG_IN),
        answer(CHALLENGE),
        answer(PAGE, "text/html", "cf-mitigated: challenge"),
        answer(b"<title>Access denied</title><p>You have been blocked.</p>"),
        answer(b"<div class='g-recaptcha'></div><p>Prove it.</p>"),
        answer(b"<script>window.awsWafIntegration</script>"),
    ],
)
def test_a_wall_before_the_page_ends_the_lookup(site: Hostile, new_id: NewId, said: bytes) -> None:
    """A log-in form or a challenge is not the page, although its number says 200."""
    site.pages["/"] = said
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url())
    assert site.paths == ["/"]


@pytest.mark.parametrize(
    "body",
    [
        BLOG_WITH_BOX,
        b"<title>Signing in the classroom</title><p>Makaton for beginners.</p>",
        b"<title>How we log in data</title><p>Sensors.</p>",
    ],
)
def test_an_ordinary_page_with_a_log_in_box_is_no_wall(
    site: Hostile, new_id: NewId, body: bytes
) -> None:
    """A box in the margin of a page that says something does not make it a log-in page."""
    site.pages["/"] = answer(body)
    assert fetch(site.grant(new_id()), site.url()).text == body.decode()


# --- robots and manners ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "open_"),
    [
        ("User-agent: *\nDisallow: /private", True),
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\nAllow: /science", True),
        ("User-agent: *\nDisallow: /sci*nce$", False),
        ("User-agent: recruitcheck\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: RecruitCheck\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: other\nDisallow: /", True),
        ("<html>no robots here</html>", True),
        ("", True),
    ],
)
def test_the_owners_word_to_robots_holds(
    site: Hostile, new_id: NewId, rules: str, open_: bool
) -> None:
    """RFC 9309: longest match, wildcards, our own name before everybody's."""
    site.pages["/robots.txt"] = answer(rules.encode(), "text/plain")
    site.pages["/science"] = answer()
    grant = site.grant(new_id(), path_prefixes=("/science",))
    if open_:
        assert fetch(grant, site.url("/science")).status == 200
        return
    with pytest.raises(LookupFailed):
        fetch(grant, site.url("/science"))
    assert site.paths == []


@pytest.mark.parametrize(
    ("status", "open_"),
    [("404 X", True), ("410 X", True), ("401 X", False), ("403 X", False), ("500 X", False),
     ("503 X", False), ("429 X", False)],
)  # fmt: skip
def test_a_missing_robots_file_opens_and_an_unknown_one_closes(
    site: Hostile, new_id: NewId, status: str, open_: bool
) -> None:
    """Missing is consent; refused or out of order is not."""
    site.pages["/robots.txt"] = answer(b"x", "text/plain", status=status)
    site.pages["/"] = answer()
    if open_:
        assert fetch(site.grant(new_id()), site.url()).status == 200
        assert {asked.connection for asked in site.asked} == {1}
        return
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url())
    assert site.paths == []


def test_a_robots_file_may_move_within_its_host_only(site: Hostile, new_id: NewId) -> None:
    """The owner's word is read where the owner put it, and not on another host."""
    site.pages["/robots.txt"] = moved("/here.txt")
    site.pages["/here.txt"] = answer(b"User-agent: *\nDisallow: /", "text/plain")
    site.pages["/"] = answer()
    with pytest.raises(LookupFailed, match="asks robots"):
        fetch(site.grant(new_id()), site.url())
    for place in (
        f"http://evil.example:{site.port}/here.txt",
        f"http://{HOST}:{site.port + 1}/here.txt",
        "//evil.example/here.txt",
        "/../here.txt",
    ):
        site.pages["/robots.txt"] = moved(place)
        with pytest.raises(LookupFailed, match="somewhere else"):
            fetch(site.grant(new_id()), site.url())
    assert site.paths.count("/here.txt") == 1


def test_robots_are_asked_once_per_grant(site: Hostile, new_id: NewId) -> None:
    """One grant asks once; another asks for itself."""
    site.pages["/"] = answer()
    grant = site.grant(new_id())
    for _ in range(3):
        fetch(grant, site.url())
    fetch(site.grant(new_id()), site.url())
    assert [asked.path for asked in site.asked].count("/robots.txt") == 2


def test_a_long_robots_file_is_read_as_far_as_the_standard_asks(
    site: Hostile, new_id: NewId
) -> None:
    """Rules within the first 512 KiB count; what lies beyond is left."""
    rules = b"User-agent: *\nDisallow: /science\n" + b"# filler\n" * 200_000
    site.pages["/robots.txt"] = answer(rules, "text/plain")
    site.pages["/science"] = answer()
    with pytest.raises(LookupFailed, match="asks robots"):
        fetch(site.grant(new_id()), site.url("/science"))


def test_a_second_passes_between_two_requests(site: Hostile, new_id: NewId) -> None:
    """One second at least, more where the owner asks for it, measured by the caller's clock."""
    site.pages["/"] = answer()
    clock, grant = QuickClock(), site.grant(new_id())
    for _ in range(3):
        fetch(grant, site.url(), clock=clock)
    assert len(clock.pauses) == 2 and all(0.9 < pause <= 1 for pause in clock.pauses)
    site.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 5", "text/plain")
    clock, grant = QuickClock(), site.grant(new_id())
    for _ in range(2):
        fetch(grant, site.url(), clock=clock)
    assert len(clock.pauses) == 1 and 4.9 < clock.pauses[0] <= 5


def test_a_pause_longer_than_the_call_ends_it(site: Hostile, new_id: NewId) -> None:
    """A host that asks for hours is left alone instead of being waited for."""
    site.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 3600", "text/plain")
    site.pages["/"] = answer()
    grant = site.grant(new_id())
    fetch(grant, site.url())
    with pytest.raises(LookupFailed, match="longer pause"):
        fetch(grant, site.url())
    assert site.paths == ["/"]


def test_retry_after_is_obeyed_once(site: Hostile, new_id: NewId) -> None:
    """A source that says when is asked again then, from the budget, and once only."""
    first = answer(b"", "", "Retry-After: 7", status="429 Too Many")

    def busy(conn: socket.socket) -> None:
        site.pages["/"] = answer()
        conn.sendall(first)

    site.pages["/"] = busy
    clock = QuickClock()
    told: list[int] = []
    grant = site.grant(new_id())
    page = fetch(grant, site.url(), clock=clock, spend=lambda n, _: told.append(n))
    assert page.status == 200
    assert max(clock.pauses) == 7 and sum(told) == 2
    site.pages["/"] = first
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url())


def test_one_request_at_a_time_per_host(site: Hostile, new_id: NewId) -> None:
    """Two lookups at one host wait for each other."""
    inside = 0
    most = 0

    def slow(conn: socket.socket) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.1)
        inside -= 1
        conn.sendall(answer())

    site.pages["/"] = slow
    grants = [site.grant(new_id()) for _ in range(4)]
    threads = [threading.Thread(target=fetch, args=(grant, site.url())) for grant in grants]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1 and len(site.paths) == 4


# --- TLS and the border ---------------------------------------------------------------------


def test_a_certificate_for_another_name_is_refused(
    new_id: NewId, certificates: Callable[[str], tuple[ssl.SSLContext, ssl.SSLContext]]
) -> None:
    """The name on the certificate must be the host's; the pinned address changes nothing."""
    server, trust = certificates(HOST)
    with Hostile(tls=server) as site:
        site.pages["/"] = answer()
        grant = site.grant(new_id())
        for _ in range(3):
            assert fetch(grant, site.url(), tls=trust).status == 200
        assert {asked.connection for asked in site.asked} == {1}
        with pytest.raises(LookupFailed, match="certificate"):
            fetch(site.grant(new_id()), site.url())
        web.close()
    other, trust = certificates("evil.example")
    with Hostile(tls=other) as site:
        site.pages["/"] = answer()
        with pytest.raises(LookupFailed, match="certificate"):
            fetch(site.grant(new_id()), site.url(), tls=trust)
        web.close()


def test_a_protected_connection_cut_short_is_not_the_end_of_a_page(
    new_id: NewId, certificates: Callable[[str], tuple[ssl.SSLContext, ssl.SSLContext]]
) -> None:
    """Without the protocol's own goodbye, an answer of open length may have been cut."""
    server, trust = certificates(HOST)
    with Hostile(tls=server) as site:
        site.pages["/"] = lambda conn: conn.sendall(OPEN_END + PAGE)
        with pytest.raises(LookupFailed):
            fetch(site.grant(new_id()), site.url(), tls=trust)
        web.close()


def test_a_protected_address_does_not_lead_to_an_open_one(
    site: Hostile,
    new_id: NewId,
    certificates: Callable[[str], tuple[ssl.SSLContext, ssl.SSLContext]],
) -> None:
    """From https there is no way to http, even where the grant covers both."""
    server, trust = certificates(HOST)
    site.pages["/"] = answer()
    with Hostile(tls=server) as protected:
        protected.pages["/"] = moved(site.url())
        grant = protected.grant(
            new_id(), schemes=("https", "http"), ports=(protected.port, site.port)
        )
        with pytest.raises(GrantError):
            fetch(grant, protected.url(), tls=trust)
        assert site.asked == []
        site.pages["/up"] = moved(protected.url("/there"))
        protected.pages["/there"] = answer()
        assert fetch(grant, site.url("/up"), tls=trust).url == protected.url("/there")
        web.close()


def test_the_environment_loosens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust store and session secrets are not taken from environment variables."""
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    monkeypatch.setenv("SSLKEYLOGFILE", "/nowhere/keys")
    web._public_authorities.cache_clear()
    context = web._public_authorities()
    assert context.keylog_filename is None
    assert context.check_hostname and context.verify_mode is ssl.CERT_REQUIRED
    assert len(context.get_ca_certs()) > 50


def _below(kind: type[BaseException]) -> list[type[BaseException]]:
    return [kind, *(deeper for sub in kind.__subclasses__() for deeper in _below(sub))]


FOREIGN = [
    kind
    for library in (httpcore, httpx)
    for name in dir(library)
    if isinstance(kind := getattr(library, name), type) and issubclass(kind, Exception)
]


def _raised(kind: type[Exception]) -> Exception:
    """One of a kind; some of httpx's need an answer to speak of."""
    if issubclass(kind, httpx.HTTPStatusError):
        asked = httpx.Request("GET", "https://a.example/")
        return kind("boom", request=asked, response=httpx.Response(500))
    if issubclass(kind, httpx.StreamError) and kind is not httpx.StreamError:
        return kind()
    return kind("boom")


@pytest.mark.parametrize("kind", [*FOREIGN, *_below(ssl.SSLError), TimeoutError, OSError])
def test_every_foreign_error_is_translated(
    site: Hostile, new_id: NewId, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    """Callers see our own error with the cause attached, whatever the layers below raise."""
    error = _raised(kind)

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(httpcore.ConnectionPool, "handle_request", fail)
    with pytest.raises(LookupFailed) as caught:
        fetch(site.grant(new_id()), site.url())
    cause = caught.value.__cause__
    assert error in (cause, getattr(cause, "__cause__", None))
    assert caught.value.message and "boom" not in caught.value.message


def test_the_walk_over_foreign_errors_is_not_empty() -> None:
    """The list above is taken from the library; an empty one would prove nothing."""
    assert len(FOREIGN) >= 30
    assert issubclass(Backend, httpcore.NetworkBackend)
    assert sessions.MOST_HOPS == 3


def test_an_api_answer_is_data(site: Hostile, new_id: NewId) -> None:
    """Data comes through unchanged."""
    body = json.dumps([{"id": 1, "title": "Żółw"}]).encode()
    site.pages["/"] = answer(
        gzip.compress(body, mtime=0), "application/json", "Content-Encoding: gzip"
    )
    assert json.loads(fetch(site.grant(new_id()), site.url()).text)[0]["title"] == "Żółw"
