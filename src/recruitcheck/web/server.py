"""Serve the app to browsers, on loopback or a Unix socket; TLS and sign-in are a proxy's work.

What stands between a browser and the app:

1. exact Origin: only pages that this server sent may open the socket or send a file (403 else);
2. a session cookie that this server signed, HttpOnly and SameSite=Strict;
3. where a proxy signs people in: its shared secret, and the user it verified, on every request;
4. a content security policy that lets the page load nothing from elsewhere and open no window;
5. the person's own passphrase, as everywhere.

The terminal component and the font come from the installed package textual-serve; the page, its
script and its style are ours.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from importlib import resources
from urllib.parse import unquote

from aiohttp import WSMsgType, web

from recruitcheck.errors import BadInput
from recruitcheck.web.child import Child
from recruitcheck.web.sessions import COOKIE, Session, Sessions, Signer

_CLOSING = "closing"
_LARGEST = 32 * 1024 * 1024
"""Bytes of a file that a browser may send."""
_STATIC = {
    "page.js": ("own", "page.js", "text/javascript"),
    "page.css": ("own", "page.css", "text/css"),
    "textual.js": ("serve", "js/textual.js", "text/javascript"),
    "xterm.css": ("serve", "css/xterm.css", "text/css"),
    "font.ttf": ("serve", "fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'; "
        "sandbox allow-scripts allow-same-origin allow-downloads allow-forms"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), display-capture=()",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this server is reached and whom it trusts."""

    where: str
    origins: tuple[str, ...]
    """Exact origins of our own pages, such as `https://checks.trust.example`."""
    hosts: tuple[str, ...] = ()
    """Names by which requests may call this server; empty: whatever its proxy calls it."""
    user_header: str = ""
    """Header in which a proxy names the user it verified; empty: no proxy signs people in."""
    proxy_secret: str = ""
    """What the proxy must send as `X-Recruitcheck-Proxy`; needed with `user_header`."""
    most: int = 8
    linger: float = 600.0
    """Seconds an app waits for its browser to come back."""


_SETTINGS = web.AppKey("settings", Settings)
_SESSIONS = web.AppKey("sessions", Sessions)
_SIGNER = web.AppKey("signer", Signer)


def application(settings: Settings) -> web.Application:
    """The web application.

    Raises:
        BadInput: a user header without a shared secret: anybody could send it.
    """
    if settings.user_header and len(settings.proxy_secret) < 16:
        raise BadInput(
            "A verified user is only believed from a proxy that knows a shared secret.",
            "Put at least 16 random characters into a file and name it with --proxy-secret-file.",
        )
    app = web.Application(middlewares=[_guard], client_max_size=_LARGEST)
    app[_SETTINGS] = settings
    app[_SESSIONS] = Sessions(most=settings.most, linger=settings.linger)
    app[_SIGNER] = Signer()
    app.add_routes(
        [
            web.get("/", _page),
            web.get("/ws", _socket),
            web.get("/events", _events),
            web.get("/static/{name}", _static),
            web.get("/download/{key}", _download),
            web.post("/upload", _upload),
        ]
    )
    app.cleanup_ctx.append(_sweeping)
    app.on_shutdown.append(_closing)
    return app


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Proxy secret, then the handler, then the headers on whatever it answered."""
    settings = request.app[_SETTINGS]
    try:
        if settings.hosts and request.host not in settings.hosts:
            # a foreign name that leads here (DNS rebinding) must not become our own origin
            raise web.HTTPForbidden(text="This server answers to its own name only.")
        if settings.proxy_secret:
            sent = request.headers.get("X-Recruitcheck-Proxy", "")
            if not hmac.compare_digest(sent.encode(), settings.proxy_secret.encode()):
                raise web.HTTPForbidden(text="This server answers its own proxy only.")
        if settings.user_header and not _user(request):
            raise web.HTTPForbidden(text="The proxy named no verified user.")
        response = await handler(request)
    except web.HTTPException as refused:
        refused.headers.update(_HEADERS)
        raise
    if not response.prepared:
        response.headers.update(_HEADERS)
    return response


def _user(request: web.Request) -> str:
    header = request.app[_SETTINGS].user_header
    values = request.headers.getall(header, []) if header else []
    return values[0].strip()[:200] if len(values) == 1 else ""


def _own_origin(request: web.Request) -> None:
    """Refuse what another site's page asks for."""
    origins = request.headers.getall("Origin", [])
    if len(origins) != 1 or origins[0] not in request.app[_SETTINGS].origins:
        raise web.HTTPForbidden(text="This request does not come from recruitcheck's own page.")


def _session(request: web.Request) -> Session:
    """The session of a request that must have one.

    Raises:
        HTTPForbidden: no cookie of ours, another user's, or no place.
    """
    name = request.app[_SIGNER].read(request.cookies.get(COOKIE, ""))
    session = request.app[_SESSIONS].get(name) if name else None
    if session is None or session.user != _user(request):
        raise web.HTTPForbidden(text="Open recruitcheck's start page first.")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise web.HTTPForbidden(text="This request does not come from recruitcheck's own page.")
    return session


async def _page(request: web.Request) -> web.Response:
    signer, sessions = request.app[_SIGNER], request.app[_SESSIONS]
    await sessions.sweep()
    cookie = request.cookies.get(COOKIE, "")
    name = signer.read(cookie)
    place = sessions.place(name, _user(request)) if name else -1
    if name is None or place < 0:
        cookie = signer.issue()
        place = sessions.place(cookie.split(".")[0], _user(request))
    own = resources.files("recruitcheck.web") / "page"
    if place:
        text = (own / "waiting.html").read_text("utf-8").replace("{place}", str(place))
    else:
        text = (own / "index.html").read_text("utf-8")
    response = web.Response(text=text, content_type="text/html", status=503 if place else 200)
    secure = all(origin.startswith("https:") for origin in request.app[_SETTINGS].origins)
    response.set_cookie(COOKIE, cookie, httponly=True, samesite="Strict", secure=secure, path="/")
    return response


async def _static(request: web.Request) -> web.Response:
    known = _STATIC.get(request.match_info["name"])
    if known is None:
        raise web.HTTPNotFound(text="There is no such file.")
    home, name, kind = known
    base = (
        resources.files("recruitcheck.web") / "page"
        if home == "own"
        else (resources.files("textual_serve") / "static")
    )
    return web.Response(body=(base / name).read_bytes(), content_type=kind)


async def _socket(request: web.Request) -> web.WebSocketResponse:
    _own_origin(request)
    session = _session(request)
    width, height = _size(request)
    socket = web.WebSocketResponse(heartbeat=20, max_msg_size=256 * 1024)
    socket.headers.update(_HEADERS)
    await socket.prepare(request)
    fresh = session.child is None
    if session.child is None:
        session.child = Child(request.app[_SETTINGS].where, session.user)
        session.child.on_event = session.tell
        await session.child.start(width, height)
    child = session.child
    # another tab of this session would go on looking alive, and show nothing that is typed
    before, session.page = session.page, socket
    closing = asyncio.create_task(before.close()) if before is not None else None
    child.send = socket.send_bytes
    session.watching += 1
    watcher = asyncio.create_task(_close_at_end(child, socket))
    try:
        if not fresh:
            await child.meta(type="resize", width=width, height=height)
            await child.meta(type="repaint")
        await _pass_on(socket, child)
    finally:
        watcher.cancel()
        if closing is not None:
            closing.cancel()
        session.watching -= 1
        session.seen = asyncio.get_running_loop().time()
        if child.send == socket.send_bytes:
            child.send = None
    return socket


async def _close_at_end(child: Child, socket: web.WebSocketResponse) -> None:
    await child.ended.wait()
    await socket.close()


async def _pass_on(socket: web.WebSocketResponse, child: Child) -> None:
    """What the page sends, to the app; anything else is ignored."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        try:
            kind, *rest = json.loads(message.data)
            if kind == "stdin" and isinstance(rest[0], str):
                await child.type(rest[0])
            elif kind == "resize":
                width, height = int(rest[0]["width"]), int(rest[0]["height"])
                await child.meta(type="resize", width=_within(width), height=_within(height))
            elif kind in ("focus", "blur"):
                await child.meta(type=kind)
            elif kind == "ping":
                await socket.send_json(["pong", str(rest[0])[:40]])
        except (ValueError, TypeError, KeyError, IndexError):
            continue


def _within(cells: int) -> int:
    """A browser's count of rows or columns, as far as it can be meant."""
    return max(20, min(cells, 500))


def _size(request: web.Request) -> tuple[int, int]:
    try:
        return (
            _within(int(request.query.get("width", "80"))),
            _within(int(request.query.get("height", "24"))),
        )
    except ValueError:
        return 80, 24


async def _events(request: web.Request) -> web.StreamResponse:
    """The screen as text, and files to download, as server-sent events."""
    session = _session(request)
    response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
    await response.prepare(request)
    queue: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    session.listeners.append(queue)
    try:
        if session.last_mirror:
            queue.put_nowait(("mirror", session.last_mirror))
        while True:
            try:
                kind, data = await asyncio.wait_for(queue.get(), 15)
                if kind == _CLOSING:
                    return response
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            await response.write(f"event: {kind}\ndata: {data}\n\n".encode())
    except (ConnectionError, asyncio.CancelledError):
        return response
    finally:
        session.listeners.remove(queue)


async def _download(request: web.Request) -> web.StreamResponse:
    session = _session(request)
    key = request.match_info["key"]
    if session.child is None or key not in session.child.names:
        raise web.HTTPNotFound(text="There is no such file, or it was downloaded already.")
    name, kind = session.child.names[key]
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
    response = web.StreamResponse(
        headers={
            **_HEADERS,
            "Content-Type": kind,
            "Content-Disposition": f'attachment; filename="{plain}"',
        }
    )
    await response.prepare(request)
    async for piece in session.child.download(key):  # what breaks off, the browser calls failed
        await response.write(piece)
    await response.write_eof()
    return response


async def _upload(request: web.Request) -> web.Response:
    _own_origin(request)
    session = _session(request)
    if session.child is None:
        raise web.HTTPConflict(text="Unlock recruitcheck first.")
    data = await request.read()
    if not data:
        raise web.HTTPBadRequest(text="The file is empty.")
    await session.child.upload(unquote(request.headers.get("X-File-Name", "upload")), data)
    return web.Response(text="sent")


async def _closing(app: web.Application) -> None:
    """Let pages that wait for events go, so that the end of the server waits for nobody."""
    app[_SESSIONS].tell_all(_CLOSING)


async def _sweeping(app: web.Application) -> AsyncIterator[None]:
    async def sweep() -> None:
        while True:
            await asyncio.sleep(5)
            await app[_SESSIONS].sweep()

    task = asyncio.create_task(sweep())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await app[_SESSIONS].close_all()
