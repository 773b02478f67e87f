"""What stands between a browser and the app."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from recruitcheck.errors import BadInput
from recruitcheck.web.server import Settings, application
from recruitcheck.web.serving import serve
from recruitcheck.web.sessions import LIFETIME, Sessions, Signer

ORIGIN = "http://checks.northfield.example"
SECRET = "a-secret-of-the-proxy"


@asynccontextmanager
async def client(tmp_path: Path, **options: object) -> AsyncIterator[TestClient]:
    """A browser's side of a server on a register that does not exist."""
    settings = Settings(where=str(tmp_path / "none"), origins=(ORIGIN,), **options)
    async with TestClient(
        TestServer(application(settings)), cookie_jar=aiohttp.CookieJar(unsafe=True)
    ) as made:
        yield made


async def test_a_foreign_page_is_refused(tmp_path: Path) -> None:
    """Another site's page can neither open the socket nor send a file, with or without a
    cookie; a request that names no origin cannot either."""
    async with client(tmp_path) as browser:
        await browser.get("/")
        for headers in (
            {"Origin": "http://evil.example"},
            {"Origin": ORIGIN + ".evil.example"},
            {"Origin": "null"},
            {},
        ):
            assert (await browser.get("/ws", headers=headers)).status == 403
            assert (await browser.post("/upload", data=b"x", headers=headers)).status == 403


async def test_no_session_no_socket(tmp_path: Path) -> None:
    """The right origin without a cookie that this server signed opens nothing."""
    async with client(tmp_path) as browser:
        assert (await browser.get("/ws", headers={"Origin": ORIGIN})).status == 403
        forged = {"Origin": ORIGIN, "Cookie": "recruitcheck=abc.1.0000"}
        assert (await browser.get("/ws", headers=forged)).status == 403
        assert (await browser.get("/events")).status == 403
        assert (await browser.get("/download/x")).status == 403


async def test_every_answer_carries_the_security_headers(tmp_path: Path) -> None:
    """Pages, files and refusals alike forbid foreign content, framing and sniffing."""
    async with client(tmp_path) as browser:
        for path in ("/", "/static/page.js", "/static/textual.js", "/static/font.ttf", "/nothing"):
            answer = await browser.get(path)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
            assert "allow-popups" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        page = await browser.get("/")
        assert "http://" not in await page.text() and "https://" not in await page.text()
        assert (await browser.get("/static/../server.py")).status == 404


async def test_only_the_proxy_is_believed(tmp_path: Path) -> None:
    """Without the shared secret nothing is answered, and a user is taken from its header alone."""
    options = {"user_header": "X-User", "proxy_secret": SECRET}
    async with client(tmp_path, **options) as browser:
        assert (await browser.get("/", headers={"X-User": "ann"})).status == 403
        wrong = {"X-User": "ann", "X-Recruitcheck-Proxy": "wrong"}
        assert (await browser.get("/", headers=wrong)).status == 403
        nobody = {"X-Recruitcheck-Proxy": SECRET}
        assert (await browser.get("/", headers=nobody)).status == 403
        ann = {"X-User": "ann", "X-Recruitcheck-Proxy": SECRET}
        assert (await browser.get("/", headers=ann)).status == 200
        bob = {"X-User": "bob", "X-Recruitcheck-Proxy": SECRET, "Origin": ORIGIN}
        assert (await browser.get("/ws", headers=bob)).status == 403
    with pytest.raises(BadInput, match="shared secret"):
        application(Settings(where="x", origins=(ORIGIN,), user_header="X-User"))


async def test_full_house_makes_a_queue(tmp_path: Path) -> None:
    """When all places are taken a newcomer is told their number, and moves up."""
    clock = [0.0]
    sessions = Sessions(most=1, linger=60, clock=lambda: clock[0])
    assert [sessions.place(name, "") for name in ("a", "b", "c")] == [0, 1, 2]
    assert sessions.place("b", "") == 1
    clock[0] = 61
    sessions.place("b", ""), sessions.place("c", "")
    await sessions.sweep()
    assert sessions.place("b", "") == 0
    assert sessions.place("c", "") == 1
    async with client(tmp_path, most=0) as browser:
        answer = await browser.get("/")
        assert answer.status == 503
        assert "number 1 in the queue" in await answer.text()


async def test_the_end_of_the_app_closes_the_page(tmp_path: Path) -> None:
    """The app behind a page is started with the page's own size, and its end closes the socket."""
    async with client(tmp_path) as browser:
        await browser.get("/")
        async with browser.ws_connect("/ws?width=100&height=30", headers={"Origin": ORIGIN}) as ws:
            seen = b""
            async with asyncio.timeout(30):
                async for message in ws:
                    if message.type is aiohttp.WSMsgType.BINARY:
                        seen += message.data
                    if b"First run" in seen:
                        await ws.send_str(json.dumps(["stdin", "\x11"]))
            assert b"First run" in seen


def test_a_signed_cookie_ends() -> None:
    """A cookie of another server, a changed one, and one of yesterday are refused."""
    now = [1000.0]
    signer = Signer(clock=lambda: now[0])
    cookie = signer.issue()
    assert signer.read(cookie)
    assert signer.read(cookie[:-1] + ("0" if cookie[-1] != "0" else "1")) is None
    assert Signer().read(cookie) is None
    now[0] += LIFETIME + 1
    assert signer.read(cookie) is None


def test_only_loopback_is_served() -> None:
    """An address that other machines reach is refused, with what to do instead."""
    with pytest.raises(BadInput, match="own address only") as refused:
        serve("x", host="0.0.0.0")
    assert "proxy" in refused.value.hint


async def test_a_foreign_name_for_this_server_is_refused(tmp_path: Path) -> None:
    """A name that only leads here (DNS rebinding) never becomes our own page."""
    own = ("127.0.0.1:8321",)
    async with client(tmp_path, hosts=own) as browser:
        assert (await browser.get("/", headers={"Host": "127.0.0.1:8321"})).status == 200
        evil = {"Host": "evil.example", "Origin": "http://evil.example"}
        assert (await browser.get("/", headers=evil)).status == 403


@pytest.mark.parametrize("port", [0, 99999])
def test_a_port_that_is_none_is_told_in_words(tmp_path: Path, port: int) -> None:
    """Nobody is told that the server is ready before it listens."""
    with pytest.raises(BadInput, match="no port"):
        serve(str(tmp_path), port=port)


def test_a_port_that_is_taken_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another program listens there: say so, and do not say that recruitcheck is ready."""
    import socket

    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        pytest.raises(BadInput, match="cannot listen"),
    ):
        serve(str(tmp_path), port=other.getsockname()[1])
    assert "ready" not in capsys.readouterr().err


def test_a_socket_in_use_and_a_file_that_is_none_are_left_alone(tmp_path: Path) -> None:
    """A second server does not take the first one's place, and a mistyped name deletes nothing."""
    import socket

    place, file = tmp_path / "web.sock", tmp_path / "secret"
    file.write_text("kept")
    with socket.socket(socket.AF_UNIX) as first:
        first.bind(str(place))
        first.listen()
        with pytest.raises(BadInput, match="serves there already"):
            serve(str(tmp_path), socket=str(place), origins=["https://checks.example"])
    with pytest.raises(BadInput, match="no socket"):
        serve(str(tmp_path), socket=str(file), origins=["https://checks.example"])
    assert file.read_text() == "kept"
    with pytest.raises(BadInput, match="no folder"):
        serve(str(tmp_path), socket=str(tmp_path / "no" / "s"), origins=["https://checks.example"])


def test_what_people_save_has_modes_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the socket is for the proxy's group; folders made later can still be entered."""
    made = tmp_path / "made"
    monkeypatch.setattr("aiohttp.web.run_app", lambda *_, **__: made.mkdir(mode=0o700))
    place = tmp_path / "web.sock"
    serve(str(tmp_path), socket=str(place), origins=["https://checks.example"])
    assert made.stat().st_mode & 0o777 == 0o700
    assert place.stat().st_mode & 0o777 == 0o660
