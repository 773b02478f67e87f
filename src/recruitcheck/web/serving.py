"""Run the server: where it listens, and what may be asked of it at all.

What it answers is in `server.py`.
"""

from __future__ import annotations

import contextlib
import os
import socket as sockets
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from recruitcheck.errors import BadInput
from recruitcheck.web.server import Settings, application


def serve(
    where: str,
    host: str = "127.0.0.1",
    port: int = 8321,
    socket: str | None = None,
    *,
    origins: Sequence[str] = (),
    user_header: str = "",
    proxy_secret: str = "",
    most: int = 8,
    linger: float = 600.0,
) -> int:
    """Serve until interrupted; returns the exit code.

    Raises:
        BadInput: an address other machines reach, or a user header without a shared secret.
    """
    if socket is None and host not in ("127.0.0.1", "::1", "localhost"):
        raise BadInput(
            "recruitcheck serves on this machine's own address only.",
            "Put a proxy with TLS in front of it; docs/browser.md shows how.",
        )
    if not 0 < port < 65536:
        raise BadInput(f"There is no port {port}.", "Choose one between 1024 and 65535.")
    own = () if socket else (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}")
    seen = tuple(origins) or tuple(f"http://{name}" for name in own)
    settings = Settings(
        where=where,
        origins=seen,
        hosts=() if socket else (*own, *(urlsplit(origin).netloc for origin in origins)),
        user_header=user_header,
        proxy_secret=proxy_secret,
        most=most,
        linger=linger,
    )
    if not settings.origins:
        raise BadInput(
            "With a Unix socket, say at which address browsers see it.",
            "For example --origin https://checks.trust.example",
        )
    app = application(settings)
    ready = f"recruitcheck is ready at {settings.origins[0]} (Ctrl+C ends it)"
    with _listening(host, port, socket) as listening:
        print(ready, file=sys.stderr, flush=True)
        web.run_app(app, sock=listening, print=None)
    return 0


def _listening(host: str, port: int, socket: str | None) -> sockets.socket:
    """Bound before anybody is told that it is ready."""
    if socket is None:
        return _bound(sockets.AF_INET6 if ":" in host else sockets.AF_INET, (host, port))
    _make_way(Path(socket))
    before = os.umask(0o117)  # the proxy's group connects, nobody else
    try:
        return _bound(sockets.AF_UNIX, socket)
    finally:
        os.umask(before)  # what people's apps write has modes of its own


def _make_way(place: Path) -> None:
    """Take away the socket that a server left behind; nothing else.

    Raises:
        BadInput: a server answers there, it is no socket, or its folder is missing.
    """
    if not place.parent.is_dir():
        raise BadInput(f"There is no folder {place.parent}.", "Make it, for this account to write.")
    if not place.exists():
        return
    if not place.is_socket():
        raise BadInput(f"{place} is a file and no socket.", "Choose another place with --socket.")
    with sockets.socket(sockets.AF_UNIX, sockets.SOCK_STREAM) as asking:
        asking.settimeout(1)
        if asking.connect_ex(str(place)) == 0:
            raise BadInput(
                "Another recruitcheck serves there already.", "End it first, or choose --socket."
            )
    with contextlib.suppress(OSError):
        place.unlink()


def _bound(family: sockets.AddressFamily, place: str | tuple[str, int]) -> sockets.socket:
    """A socket that listens at a place.

    Raises:
        BadInput: the place is taken or cannot be used.
    """
    made = sockets.socket(family, sockets.SOCK_STREAM)
    try:
        if family is not sockets.AF_UNIX:
            made.setsockopt(sockets.SOL_SOCKET, sockets.SO_REUSEADDR, 1)
        made.bind(place)
        made.listen(128)
    except OSError as error:
        made.close()
        raise BadInput(
            f"recruitcheck cannot listen there: {error.strerror or 'the address cannot be used'}.",
            "Another program may use it; choose another with --port or --socket.",
        ) from error
    return made
