"""Files in and out of a browser session, and coming back to it, without a browser's own habits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from recruitcheck.steps.desk import create_desk
from recruitcheck.web.server import Settings, application
from world import PASSPHRASE

ORIGIN = "http://checks.northfield.example"


@pytest.fixture
async def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TestClient]:
    """A client of a server on a register with one person."""
    monkeypatch.setenv("RECRUITCHECK_PREFERENCES", str(tmp_path / "preferences.json"))
    desk, _ = create_desk(
        str(tmp_path / "register"),
        organisation="northfield.example",
        name="Ruth Hale",
        passphrase=PASSPHRASE,
    )
    desk.register.close()
    settings = Settings(where=str(tmp_path / "register"), origins=(ORIGIN,))
    async with TestClient(
        TestServer(application(settings)), cookie_jar=aiohttp.CookieJar(unsafe=True)
    ) as client:
        yield client


class Watch:
    """Reads the session's events: the screen as text, and downloads."""

    def __init__(self, browser: TestClient) -> None:
        self._browser = browser
        self.text = ""
        self.downloads: list[dict[str, str]] = []
        self._task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async with self._browser.get("/events") as answer:
            kind = ""
            async for raw in answer.content:
                line = raw.decode().strip()
                if line.startswith("event: "):
                    kind = line[7:]
                elif line.startswith("data: "):
                    told = json.loads(line[6:])
                    if kind == "mirror":
                        self.text = told["text"] + "\n" + told["focus"]
                    else:
                        self.downloads.append(told)

    async def until(self, words: str) -> None:
        async with asyncio.timeout(40):
            while words not in self.text:
                await asyncio.sleep(0.05)

    def stop(self) -> None:
        self._task.cancel()


async def drain(socket: aiohttp.ClientWebSocketResponse) -> None:
    async for _ in socket:
        pass


async def test_export_upload_and_return(browser: TestClient) -> None:
    """An export is downloaded once and by its own session only; a file sent while no form asks for
    one is not kept; and a socket that drops finds the same screen again."""
    await browser.get("/")
    watch = Watch(browser)
    headers = {"Origin": ORIGIN}
    async with browser.ws_connect("/ws?width=100&height=30", headers=headers) as socket:
        reading = asyncio.create_task(drain(socket))
        await watch.until("Ruth Hale")
        await socket.send_str(json.dumps(["stdin", PASSPHRASE + "\r"]))
        await watch.until("Open the record")
        await socket.send_str(json.dumps(["stdin", "e"]))
        async with asyncio.timeout(20):
            while not watch.downloads:
                await asyncio.sleep(0.05)
        told = watch.downloads[0]
        assert told["name"].endswith(".csv")
        async with browser.get(f"/download/{told['key']}") as answer:
            assert answer.status == 200
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert "applicant" in await answer.text()
        async with browser.get(f"/download/{told['key']}") as answer:
            assert answer.status == 404
        sent = {**headers, "X-File-Name": "cv.pdf"}
        async with browser.post("/upload", data=b"%PDF-1.4", headers=sent) as answer:
            assert answer.status == 200
        await watch.until("Add a document")
        reading.cancel()
    async with browser.ws_connect("/ws?width=90&height=28", headers=headers) as socket:
        async with asyncio.timeout(20):
            async for message in socket:
                if b"Audit" in message.data:
                    break
        await socket.send_str(json.dumps(["stdin", "\x11"]))
        async with asyncio.timeout(20):
            await drain(socket)
    watch.stop()
