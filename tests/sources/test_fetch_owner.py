"""What the owner of a site says: walls before a page, robots files, pauses."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable

import pytest
from hostile import HOST, PAGE, Hostile, QuickClock, answer, fetch, moved

from recruitcheck.errors import LookupFailed

NewId = Callable[[], str]


# --- walls -----------------------------------------------------------------------------------


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


# --- robots and manners ----------------------------------------------------------------------


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
    with pytest.raises(LookupFailed, match="asks programs"):
        fetch(site.grant(new_id()), site.url())
    for place in (
        f"http://evil.example:{site.port}/here.txt",
        f"http://{HOST}:{site.port + 1}/here.txt",
        "//evil.example/here.txt",
        "/../here.txt",
    ):
        site.pages["/robots.txt"] = moved(place)
        with pytest.raises(LookupFailed, match="stands somewhere else"):
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
    with pytest.raises(LookupFailed, match="asks programs"):
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
