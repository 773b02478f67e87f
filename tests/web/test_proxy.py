"""The documented nginx configuration in front of the server: who is signed in is told by the proxy
alone, and sockets pass."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from recruitcheck.web.server import Settings, application

pytestmark = pytest.mark.needs("nginx")
SECRET = "the shared secret"
DOCUMENT = Path(__file__).parents[2] / "docs" / "browser.md"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def configured(folder: Path, port: int, sign_in: int) -> str:
    """The documented server block, without TLS and on ports of its own."""
    block = re.search(r"```nginx\n(.*?)```", DOCUMENT.read_text("utf-8"), re.S)
    assert block
    server = (
        block[1]
        .replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
        .replace("127.0.0.1:4180", f"127.0.0.1:{sign_in}")
        .replace("/run/recruitcheck/web.sock", f"{folder}/web.sock")
    )
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # as root, nginx would give its worker an account that cannot enter the test's folder
    user = "user root; " if os.geteuid() == 0 else ""
    return (
        f"{user}pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off; "
        f"events {{}} http {{ access_log off; {temporary} {server} }}"
    )


@pytest.fixture
async def proxied(tmp_path: Path) -> AsyncIterator[str]:
    """Our server on a socket, a small sign-in service, and nginx in front."""
    port, sign_in = free_port(), free_port()
    origin = f"http://127.0.0.1:{port}"

    async def signed_in(request: web.Request) -> web.Response:
        who = request.cookies.get("who", "")
        return web.Response(status=200 if who else 401, headers={"X-User": who})

    door = web.Application()
    door.add_routes([web.get("/auth", signed_in)])
    ours = application(
        Settings(
            where=str(tmp_path / "none"),
            origins=(origin,),
            user_header="X-Verified-User",
            proxy_secret=SECRET,
        )
    )
    async with contextlib.AsyncExitStack() as stack:
        for app, site in (
            (door, lambda runner: web.TCPSite(runner, "127.0.0.1", sign_in)),
            (ours, lambda runner: web.UnixSite(runner, str(tmp_path / "web.sock"))),
        ):
            runner = web.AppRunner(app)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await site(runner).start()
        (tmp_path / "nginx.conf").write_text(configured(tmp_path, port, sign_in))
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        process = await asyncio.create_subprocess_exec(
            program, "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path),
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            for _ in range(100):
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                await asyncio.sleep(0.05)
            yield origin
        finally:
            process.terminate()
            await process.wait()


async def test_the_documented_proxy(proxied: str) -> None:
    """Nobody passes unsigned; a signed-in person reaches the page and the socket; a header that a
    browser sends itself is overwritten."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        forged = {"X-Verified-User": "head", "X-Recruitcheck-Proxy": SECRET}
        async with browser.get(proxied + "/", headers=forged) as answer:
            assert answer.status == 401
        jar.update_cookies({"who": "ann"}, URL(proxied))
        async with browser.get(proxied + "/", headers={"X-Verified-User": "head"}) as answer:
            assert answer.status == 200
        async with browser.ws_connect(
            proxied + "/ws", headers={"Origin": proxied, "X-Verified-User": "head"}
        ) as page:
            async with asyncio.timeout(30):
                async for message in page:
                    if b"First run" in (message.data or b""):
                        break
                await page.send_str('["stdin", "\\u0011"]')
        async with browser.get(proxied + "/ws", headers={"Origin": "http://evil.example"}) as other:
            assert other.status == 403
