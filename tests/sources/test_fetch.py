"""Fetching under a grant: the ordinary works, and nothing leaves scope, window or budget."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hostile import CHUNKED, HOST, PAGE, Hostile, answer, fetch, here, moved

from recruitcheck.errors import GrantError, LookupFailed, RecruitcheckError

NewId = Callable[[], str]
FEED = b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel/></rss>'


# --- the ordinary ----------------------------------------------------------------------------


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
    site.pages["/"] = CHUNKED + chunks + b"0\r\n\r\n"
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


# --- scope, window, budgets ------------------------------------------------------------------


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
    site.pages["/"] = lambda conn: conn.sendall(CHUNKED + b"400\r\n" + b"x" * 1024 + b"\r\n")
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url(), spend=lambda n, size: told.append((n, size)))
    assert sum(size for _, size in told) == len(b"none") + 1024


# --- redirects -------------------------------------------------------------------------------


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
