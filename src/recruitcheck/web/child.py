"""One app process behind one browser session.

The process speaks the packets of Textual's web driver: one letter, four bytes of length, payload.
It outlives a dropped link, so that somebody who reloads the page finds the screen as it was.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, cast

_START = "import sys; from recruitcheck.tui.app import run; sys.exit(run(sys.argv[1] or None))"
_PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "XDG_DATA_HOME",
    "RECRUITCHECK_PREFERENCES",
    "RECRUITCHECK_REPORTS",
    "SSL_CERT_FILE",
)
_LONGEST = 32 * 1024 * 1024
"""Bytes of one packet of the app; more is a fault, and ends it."""
_PATIENCE = 5.0
"""Seconds that an app has to close when it is asked to."""

Send = Callable[[bytes], Awaitable[None]]


class Child:
    """The process, its output while somebody watches, and the files it hands out."""

    def __init__(self, where: str, user: str) -> None:
        self._where = where
        self._user = user
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._chunks: dict[str, asyncio.Queue[bytes | None]] = {}
        self.names: dict[str, tuple[str, str]] = {}
        """Delivery key to (file name, type)."""
        self.send: Send | None = None
        """Where the screen's bytes go; None: nobody is watching, and they are dropped."""
        self.on_event: Callable[[str, str], None] = lambda _kind, _data: None
        self.ended = asyncio.Event()
        self._uploads = tempfile.TemporaryDirectory(prefix="recruitcheck-upload-")

    async def start(self, width: int, height: int) -> None:
        """Start the app."""
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {
            "TEXTUAL_DRIVER": "recruitcheck.web.driver:BrowserDriver",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "TERM_PROGRAM": "textual",
            "COLUMNS": str(width),
            "ROWS": str(height),
            "PYTHONUNBUFFERED": "1",
            "RECRUITCHECK_USER": self._user,
        }
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _START,
            self._where,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
            limit=_LONGEST,
        )
        output = cast("asyncio.StreamReader", self._process.stdout)
        self._reader = asyncio.create_task(self._read(output))

    async def _read(self, stdout: asyncio.StreamReader) -> None:
        try:
            while (await stdout.readline()) not in (b"__GANGLION__\n", b""):
                continue
            while True:
                kind = await stdout.readexactly(1)
                size = int.from_bytes(await stdout.readexactly(4), "big")
                if size > _LONGEST:
                    break
                await self._take(kind, await stdout.readexactly(size))
        except (asyncio.IncompleteReadError, ConnectionResetError):
            pass
        finally:
            self.ended.set()
            self._uploads.cleanup()
            for queue in self._chunks.values():
                queue.put_nowait(None)

    async def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == b"D":
            if self.send is not None:
                with contextlib.suppress(ConnectionError, RuntimeError):
                    await self.send(payload)
        elif kind == b"M":
            self._take_meta(json.loads(payload))
        elif kind == b"P":
            from textual._binary_encode import load

            told: Any = load(payload)
            word, key, chunk = told
            if word == "deliver_chunk" and key in self._chunks:
                data = chunk.encode() if isinstance(chunk, str) else chunk
                self._chunks[key].put_nowait(data)

    def _take_meta(self, meta: dict[str, object]) -> None:
        if meta.get("type") == "mirror":
            told = {name: meta[name] for name in ("text", "focus", "light")}
            self.on_event("mirror", json.dumps(told))
        elif meta.get("type") == "deliver_file_start":
            key, name = str(meta["key"]), Path(str(meta["path"])).name
            self.names[key] = (name, str(meta.get("mime_type") or "application/octet-stream"))
            self._chunks[key] = asyncio.Queue()
            self.on_event("download", json.dumps({"key": key, "name": name}))
        # open_url and anything else is ignored: the app never sends a browser elsewhere

    async def download(self, key: str) -> AsyncIterator[bytes]:
        """A file that the app hands out, piece by piece; each key works once.

        Raises:
            ConnectionError: the app ended, and what came until now is not the whole file.
        """
        queue = self._chunks[key]
        self.names.pop(key, None)
        try:
            while True:
                await self.meta(type="deliver_chunk_request", key=key, size=64 * 1024)
                chunk = await asyncio.wait_for(queue.get(), 30)
                if chunk is None:
                    raise ConnectionError("the app ended before the file did")
                if not chunk:
                    return
                yield chunk
        finally:
            self._chunks.pop(key, None)

    async def upload(self, name: str, data: bytes) -> None:
        """Hand a file to the app."""
        safe_name = "".join(c if c.isalnum() or c in "._- " else "_" for c in Path(name).name)[-80:]
        descriptor, path = tempfile.mkstemp(
            dir=self._uploads.name, suffix=Path(safe_name).suffix[:10]
        )
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        await self.meta(type="upload", path=path, name=safe_name or "upload")

    async def type(self, text: str) -> None:
        """Pass on what was typed."""
        await self._write(b"D", text.encode())

    async def meta(self, **values: object) -> None:
        """Pass on a message."""
        await self._write(b"M", json.dumps(values).encode())

    async def _write(self, kind: bytes, payload: bytes) -> None:
        if self._process is None or self._process.stdin is None or self.ended.is_set():
            return
        with contextlib.suppress(ConnectionError, RuntimeError):
            self._process.stdin.write(kind + len(payload).to_bytes(4, "big") + payload)
            await self._process.stdin.drain()

    async def stop(self) -> None:
        """Ask the app to close, and see that it does."""
        await self.meta(type="quit")
        if self._process is not None:
            try:
                await asyncio.wait_for(self._process.wait(), _PATIENCE)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        if self._reader is not None:
            await self._reader
