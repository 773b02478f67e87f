"""A real Chromium, driven over its own debugging socket: a page, its accessibility tree, and every
address it asked for."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp


class Tab:
    """One page of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.asked: list[str] = []
        self.said: list[str] = []
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            if told.get("method") == "Network.requestWillBeSent":
                self.asked.append(told["params"]["request"]["url"])
            elif told.get("method") == "Runtime.exceptionThrown" or (
                told.get("method") == "Log.entryAdded"
                and told["params"]["entry"]["level"] == "error"
            ):
                self.said.append(json.dumps(told["params"])[:500])
            waiting = self._answers.pop(told.get("id", 0), None)
            if waiting and not waiting.done():
                waiting.set_result(told)

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the protocol."""
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        told = await asyncio.wait_for(self._answers[number], 20)
        assert "error" not in told, told
        return told["result"]

    async def go(self, address: str) -> None:
        await self.call("Page.enable")
        await self.call("Network.enable")
        await self.call("Log.enable")
        await self.call("Runtime.enable")
        await self.call("Page.navigate", url=address)

    async def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        told = await self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        return told["result"].get("value")

    async def until(self, script: str, seconds: float = 20) -> Any:
        """Wait until an expression is true in the page."""
        for _ in range(int(seconds * 10)):
            if value := await self.run(script):
                return value
            await asyncio.sleep(0.1)
        raise AssertionError(f"never came true: {script}\n{await self.text()}\n{self.said}")

    async def text(self) -> str:
        """The screen as the page tells it to screen readers."""
        return str(await self.run("document.getElementById('text')?.textContent ?? ''"))

    async def type(self, text: str) -> None:
        await self.call("Input.insertText", text=text)

    async def key(self, key: str, code: int, modifiers: int = 0) -> None:
        same = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        extra = {"text": "\r"} if key == "Enter" else {}
        await self.call("Input.dispatchKeyEvent", type="keyDown", **same, **extra)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **same)

    async def accessible(self) -> str:
        """Names of all nodes in the accessibility tree."""
        await self.call("Accessibility.enable")
        tree = await self.call("Accessibility.getFullAXTree")
        return "\n".join(str(node.get("name", {}).get("value", "")) for node in tree["nodes"])

    async def picture(self, path: Path) -> None:
        told = await self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(told["data"]))


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Tab]:
    """Chromium with one empty tab and a profile of its own."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program
    process = await asyncio.create_subprocess_exec(
        program,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--remote-debugging-port=0",
        "--window-size=1200,800",
        f"--user-data-dir={folder}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        port_file = folder / "DevToolsActivePort"
        for _ in range(200):
            if port_file.exists() and port_file.read_text().count("\n"):
                break
            await asyncio.sleep(0.1)
        port = port_file.read_text().split("\n")[0]
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = [p for p in await answer.json() if p["type"] == "page"]
            async with session.ws_connect(
                pages[0]["webSocketDebuggerUrl"], max_msg_size=0
            ) as socket:
                tab = Tab(socket)
                yield tab
                tab._reader.cancel()
    finally:
        process.terminate()
        await process.wait()
