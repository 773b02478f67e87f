"""The documented Apache configuration: people sign in at an identity provider by OpenID Connect,
and who they are is told to the server by the proxy alone."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from bs4 import BeautifulSoup

from recruitcheck.web.server import Settings, application

MODULES = Path("/usr/lib/apache2/modules")
pytestmark = pytest.mark.needs("apache2", "oidc_provider_mock")
SECRET = "the shared secret"
DOCUMENT = Path(__file__).parents[2] / "docs" / "browser.md"
ANN = {"sub": "ann", "email": "ann@trust.example"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def configured(folder: Path, port: int, provider: int, ours: int) -> str:
    """The documented block, without TLS and on ports of its own."""
    text = DOCUMENT.read_text("utf-8")
    block = re.search(r"```apache\n(.*?)```", text, re.S)
    named = re.search(r"The modules needed are (.*?)\.\n", text, re.S)
    assert block and named
    site = (
        block[1]
        .replace("https://login.trust.example", f"http://127.0.0.1:{provider}")
        .replace("https://checks.trust.example", f"http://127.0.0.1:{port}")
        .replace("127.0.0.1:8321", f"127.0.0.1:{ours}")
        .replace('"…"', '"invented for this test"')
    )
    wanted = ["mpm_event", "authn_core", "authz_core", "authz_user"]
    wanted += re.findall(r"`(\w+)`", named[1])
    loads = [f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in wanted]
    # as root, Apache asks for an account to work under
    account = ["User www-data", "Group www-data"] if os.geteuid() == 0 else []
    return "\n".join(
        [
            *loads,
            *account,
            f"ServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile {folder}/apache.pid",
            f"DefaultRuntimeDir {folder}\nErrorLog {folder}/error.log",
            site,
        ]
    )


async def listening(port: int) -> None:
    """Wait until somebody answers at a port."""
    async with asyncio.timeout(30):
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def running(*program: str) -> AsyncIterator[None]:
    """A program that is ended again."""
    process = await asyncio.create_subprocess_exec(
        *program, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


@dataclass(frozen=True, slots=True)
class Office:
    """The address that browsers use, and whom the server was told of."""

    origin: str
    told: set[str] = field(default_factory=set)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Our server, an identity provider, and Apache in front."""
    port, provider, ours = free_port(), free_port(), free_port()
    office = Office(f"http://127.0.0.1:{port}")

    async def listens(request: web.Request, _: web.StreamResponse) -> None:
        office.told.add(request.headers.get("X-Verified-User", ""))

    app = application(
        Settings(
            where=str(tmp_path / "none"),
            origins=(office.origin,),
            user_header="X-Verified-User",
            proxy_secret=SECRET,
        )
    )
    app.on_response_prepare.append(listens)
    conf = tmp_path / "apache.conf"
    conf.write_text(configured(tmp_path, port, provider, ours))
    apache = shutil.which("apache2") or "/usr/sbin/apache2"
    async with contextlib.AsyncExitStack() as stack:
        runner = web.AppRunner(app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", ours).start()
        provides = ["-W", "ignore", "-m", "oidc_provider_mock", "--host", "127.0.0.1"]
        provides += ["--port", str(provider), "--user-claims", json.dumps(ANN)]
        await stack.enter_async_context(running(sys.executable, *provides))
        await listening(provider)
        await stack.enter_async_context(running(apache, "-f", str(conf), "-D", "FOREGROUND"))
        await listening(port)
        yield office


async def sign_in(browser: aiohttp.ClientSession, origin: str) -> aiohttp.ClientResponse:
    """Ask for the page as a browser does, and say at the provider who one is."""
    async with browser.get(origin + "/") as asked:
        assert asked.status == 200
        assert str(asked.url.origin()) != origin, "nobody was sent to the provider"
        form = BeautifulSoup(await asked.text(), "html.parser").form
        assert form is not None
    return await browser.post(asked.url, data={"sub": ANN["sub"]})


async def test_the_documented_sign_in(office: Office) -> None:
    """Nobody passes unsigned; after signing in at the provider the page and the socket are there,
    and a header that a browser sends itself is overwritten."""
    signed = office.origin
    jar = aiohttp.CookieJar(unsafe=True)
    forged = {"X-Verified-User": "head", "X-Recruitcheck-Proxy": SECRET}
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        async with browser.get(signed + "/", headers=forged, allow_redirects=False) as answer:
            assert answer.status == 302
        async with await sign_in(browser, signed) as page:
            assert page.status == 200
            assert str(page.url.origin()) == signed
            assert "recruitcheck" in await page.text()
        async with browser.ws_connect(
            signed + "/ws", headers={"Origin": signed, "X-Verified-User": "head"}
        ) as socket_:
            async with asyncio.timeout(30):
                async for message in socket_:
                    if b"First run" in (message.data or b""):
                        break
            await socket_.send_str('["stdin", "\\u0011"]')
        async with browser.get(signed + "/ws", headers={"Origin": "http://evil.example"}) as other:
            assert other.status == 403
    assert office.told == {ANN["email"]}
