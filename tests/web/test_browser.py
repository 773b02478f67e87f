"""The app in a real Chromium."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from chrome import browser

from recruitcheck.steps.desk import create_desk
from recruitcheck.web.server import Settings, application
from world import PASSPHRASE

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with one person."""
    where = tmp_path_factory.mktemp("browser") / "register"
    desk, _ = create_desk(
        str(where), organisation="northfield.example", name="Ruth Hale", passphrase=PASSPHRASE
    )
    desk.register.close()
    return where


@pytest.fixture
async def served(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    """The address of a running server."""
    monkeypatch.setenv("RECRUITCHECK_PREFERENCES", str(tmp_path / "preferences.json"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    runner = web.AppRunner(application(Settings(where=str(register), origins=(address,), most=2)))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield address
    await runner.cleanup()


async def test_unlock_read_and_come_back(served: str, tmp_path: Path) -> None:
    """A person unlocks in the browser; the screen stands in the accessibility tree, nothing is
    asked of any other host, and a reload finds the screen as it was."""
    async with browser(tmp_path / "profile") as tab:
        await tab.go(served + "/")
        await tab.until("document.getElementById('text').textContent.includes('Who are you?')")
        await tab.until("document.getElementById('text').textContent.includes('Ruth Hale')", 60)
        await tab.run("document.querySelector('.xterm-helper-textarea').focus()")
        await tab.type(PASSPHRASE)
        await tab.until("document.getElementById('text').textContent.includes('•••')")
        await tab.key("Enter", 13)
        await tab.until("document.getElementById('text').textContent.includes('Open the record')")
        names = await tab.accessible()
        assert "Audit" in names
        assert "No search was asked for yet" in names
        await tab.call("Page.reload")
        await tab.until("document.getElementById('text')?.textContent.includes('Audit')")
        assert "Who are you?" not in await tab.text()
        assert {address.split("/")[2] for address in tab.asked if "//" in address} == {
            served.removeprefix("http://")
        }
        await tab.picture(tmp_path / "page.png")
        assert not tab.said


HERE = "document.activeElement"
SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...given) { super(...given); window.sockets.push(this); }
};
"""
LOST = """
window.fetch = () => Promise.reject(new TypeError("the network is down"));
const files = new DataTransfer();
files.items.add(new File(["%PDF"], "cv.pdf"));
const input = document.querySelector("#upload input");
input.files = files.files;
input.dispatchEvent(new Event("change"));
"""


async def test_keys_are_enough_and_a_dropped_link_is_taken_up(served: str, tmp_path: Path) -> None:
    """Keys go to the screen at once, F8 leads out of it and back, text follows the screen; after
    the link dropped one key brings back what was being typed."""
    async with browser(tmp_path / "profile") as tab:
        await tab.call("Page.addScriptToEvaluateOnNewDocument", source=SOCKETS)
        await tab.go(served + "/")
        await tab.until("document.getElementById('text').textContent.includes('Ruth Hale')", 60)
        await tab.until(f"{HERE}.className === 'xterm-helper-textarea'")
        assert "Terminal input" in await tab.accessible()
        await tab.type("not all of")
        await tab.until("document.getElementById('text').textContent.includes('••••••••••')")
        await tab.run(LOST)
        await tab.until("document.getElementById('said').textContent.includes('was not sent')")
        await tab.key("F8", 119)
        assert await tab.run(f"{HERE}.id") == "show-text"
        await tab.key("Enter", 13)
        await tab.until("document.body.classList.contains('as-text')")
        await tab.run("window.sockets.forEach((socket) => socket.close())")
        await tab.until(f"{HERE}.id === 'again'")
        assert "The connection has ended" in await tab.accessible()
        await tab.key("Enter", 13)
        await tab.until("document.getElementById('text')?.textContent.includes('••••••••••')")
        await tab.until(f"{HERE}.className === 'xterm-helper-textarea'")
        await tab.until("document.getElementById('focus').textContent.includes('your passphrase')")
