"""Pages and apps that do what they should not, or end in the middle of something."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from recruitcheck.errors import BadInput
from recruitcheck.web import child
from recruitcheck.web.server import Settings, application
from recruitcheck.web.serving import serve

ORIGIN = "http://checks.northfield.example"
OWN = {"Origin": ORIGIN}
APP = """
import json, sys
from textual._binary_encode import dump
out, ask = sys.stdout.buffer, sys.stdin.buffer
def say(kind, what):
    out.write(kind + len(what).to_bytes(4, "big") + what)
    out.flush()
def meta(**what):
    say(b"M", json.dumps(what).encode())
def heard():
    kind, size = ask.read(1), int.from_bytes(ask.read(4), "big")
    what = ask.read(size)
    told = what.decode() if kind == b"D" else json.loads(what)
    return sys.exit() if told == {"type": "quit"} else told
out.write(b"a word of the interpreter\\n__GANGLION__\\n")
"""
"""An app of a few lines that speaks as Textual's web driver does."""
HANDS_OUT = APP + "meta(type='deliver_file_start', key='k', path='audit.csv')\n"
PIECES = "for piece in {}:\n    heard()\n    say(b'P', dump(('deliver_chunk', 'k', piece)))\n"

Apps = Callable[[str], Awaitable[TestClient]]


@pytest.fixture
async def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Apps]:
    """Gives a browser's side of a server whose app is the given script."""
    made: list[TestClient] = []

    async def with_app(script: str) -> TestClient:
        monkeypatch.setattr(child, "_START", script)
        settings = Settings(where=str(tmp_path / "none"), origins=(ORIGIN,))
        server = TestServer(application(settings))
        made.append(TestClient(server, cookie_jar=aiohttp.CookieJar(unsafe=True)))
        await made[0].start_server()
        await made[0].get("/")
        return made[0]

    yield with_app
    for client in made:
        await client.close()


@asynccontextmanager
async def handed_out(browser: TestClient) -> AsyncIterator[str]:
    """Where the file is that the app hands out."""
    async with browser.get("/events") as events, browser.ws_connect("/ws", headers=OWN):
        async for raw in events.content:
            if raw.startswith(b"data: "):
                yield "/download/" + json.loads(raw[6:])["key"]
                return


async def test_a_long_file_arrives_whole_and_once(app: Apps) -> None:
    """However many pieces it comes in, text or bytes; a second request finds nothing."""
    browser = await app(HANDS_OUT + PIECES.format("[*['a' * 65536] * 20, b'end', b'']") + "heard()")
    async with handed_out(browser) as address:
        async with browser.get(address) as answer:
            assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
            assert await answer.read() == b"a" * 65536 * 20 + b"end"
        assert (await browser.get(address)).status == 404


async def test_a_file_that_breaks_off_is_no_file(app: Apps) -> None:
    """Where the app ends in the middle, half an export is not taken for the whole."""
    browser = await app(HANDS_OUT + PIECES.format("['half of it']"))
    async with handed_out(browser) as address:
        with pytest.raises(aiohttp.ClientPayloadError):
            async with browser.get(address) as answer:
                await answer.read()


async def test_nonsense_from_a_page_is_passed_over(app: Apps) -> None:
    """What is no message does not reach the app; what follows does, within bounds."""
    browser = await app(APP + "while True:\n    say(b'D', repr(heard()).encode())")
    async with browser.ws_connect("/ws?width=wide&height=9", headers=OWN) as page:
        await page.send_bytes(b"\x00")
        for nonsense in ("{", "[]", "5", '["stdin", 5]', '["resize", {}]', '["fly", 1]'):
            await page.send_str(nonsense)
        await page.send_str('["ping", "still there?"]')
        assert (await page.receive_json(timeout=20)) == ["pong", "still there?"]
        for message in ('["focus"]', '["resize", {"width": 1, "height": 9999}]', '["stdin", "m"]'):
            await page.send_str(message)
        told = [(await page.receive_bytes(timeout=20)).decode() for _ in range(3)]
    assert told == ["{'type': 'focus'}", "{'type': 'resize', 'width': 20, 'height': 500}", "'m'"]


async def test_the_newest_tab_has_the_screen(app: Apps) -> None:
    """An older tab of the same person is told that its connection has ended, instead of standing
    there as if keys were heard; the newest goes on."""
    browser = await app(APP + "while True:\n    say(b'D', repr(heard()).encode())")
    async with browser.ws_connect("/ws", headers=OWN) as older:
        await older.send_str('["stdin", "one"]')
        assert await older.receive_bytes(timeout=20) == b"'one'"
        async with browser.ws_connect("/ws", headers=OWN) as newest:
            assert (await older.receive(timeout=20)).type is aiohttp.WSMsgType.CLOSE
            await newest.send_str('["stdin", "two"]')
            seen = b""
            while b"'two'" not in seen:
                seen = await newest.receive_bytes(timeout=20)


@pytest.mark.parametrize("last", ["out.write(b'D' + b'\\xff' * 4)", "sys.exit(1)"])
async def test_an_app_that_breaks_down_closes_its_page(app: Apps, last: str) -> None:
    """A packet of four gigabytes, or none any more: the page is closed and says so."""
    browser = await app(APP + last)
    async with browser.ws_connect("/ws", headers=OWN) as page:
        assert (await page.receive(timeout=20)).type is aiohttp.WSMsgType.CLOSE


async def test_an_app_that_does_not_close_is_ended(
    app: Apps, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server's end waits for nobody for long, and leaves no process behind."""
    monkeypatch.setattr(child, "_PATIENCE", 0.1)
    browser = await app(APP + "say(b'D', b'up')\nwhile True:\n    ask.read(1)")
    async with browser.ws_connect("/ws", headers=OWN) as page:
        assert await page.receive_bytes(timeout=20) == b"up"
    async with asyncio.timeout(20):
        await browser.close()


async def test_a_file_needs_an_app_and_something_in_it(app: Apps) -> None:
    """What is wrong with a file that was sent is told in words that the page shows."""
    browser = await app(APP + "say(b'D', b'up')\nheard()")
    early = await browser.post("/upload", data=b"%PDF", headers=OWN)
    assert (early.status, await early.text()) == (409, "Unlock recruitcheck first.")
    async with browser.ws_connect("/ws", headers=OWN):
        empty = await browser.post("/upload", data=b"", headers=OWN)
        assert (empty.status, await empty.text()) == (400, "The file is empty.")
    foreign = {**OWN, "Sec-Fetch-Site": "cross-site"}
    assert (await browser.post("/upload", data=b"x", headers=foreign)).status == 403
    assert (await browser.get("/static/passwords.txt")).status == 404


def test_a_socket_needs_the_address_that_browsers_see(tmp_path: Path) -> None:
    """Behind a proxy the server cannot know its own address."""
    with pytest.raises(BadInput, match="at which address browsers see it"):
        serve(str(tmp_path), socket=str(tmp_path / "socket"))
    with pytest.raises(BadInput, match="There is no folder"):
        serve(str(tmp_path), socket=str(tmp_path / "no" / "socket"), origins=(ORIGIN,))
