"""The httpx transport under the one client: the pinned pool, and nothing an answer could leave.

httpx has no public seam for the backend of its own transport, so this transport builds the
httpcore pool itself, with the backend that goes only to checked addresses. It hands on the target
byte for byte as it was checked (httpx would rewrite it), and keeps from the client what it would
act on by itself: cookies and redirects. A lower error comes up as the httpx error it stands for.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx

from recruitcheck.sources.guard.wire import Backend

_KEEP_SECONDS = 15.0
"""Long enough for the pause between two requests, short enough not to hold a server's place."""

_KEPT_FROM_CLIENT = (b"set-cookie", b"location")
"""The client would keep the one and take apart the other; `heads` reads them from `head`."""

# the most telling first: an httpcore error is often several of these
_RAISED: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.ReadTimeout, httpx.ReadTimeout),
    (httpcore.WriteTimeout, httpx.WriteTimeout),
    (httpcore.PoolTimeout, httpx.PoolTimeout),
    (httpcore.TimeoutException, httpx.TimeoutException),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.ReadError, httpx.ReadError),
    (httpcore.WriteError, httpx.WriteError),
    (httpcore.NetworkError, httpx.NetworkError),
    (httpcore.RemoteProtocolError, httpx.RemoteProtocolError),
    (httpcore.LocalProtocolError, httpx.LocalProtocolError),
    (httpcore.ProtocolError, httpx.ProtocolError),
    (httpcore.UnsupportedProtocol, httpx.UnsupportedProtocol),
)


class _Body(httpx.SyncByteStream):
    """The raw body, as it comes."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _raising_as_httpx():
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class PinnedTransport(httpx.BaseTransport):
    """Sends what the client asks over connections of `backend` alone."""

    def __init__(self, backend: Backend, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=4,
            max_keepalive_connections=2,
            keepalive_expiry=_KEEP_SECONDS,
            retries=0,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; its checked target travels as the extension `target`."""
        url = request.url
        sent = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=url.raw_scheme,
                host=url.raw_host,
                port=url.port,
                target=request.extensions["target"],
            ),
            headers=request.headers.raw,
        )
        with _raising_as_httpx():
            response = self._pool.handle_request(sent)
        shown = [pair for pair in response.headers if pair[0].lower() not in _KEPT_FROM_CLIENT]
        return httpx.Response(
            response.status,
            headers=shown,
            stream=_Body(response),
            extensions={"head": tuple(response.headers)},
        )

    def close(self) -> None:
        self._pool.close()


@contextmanager
def _raising_as_httpx() -> Iterator[None]:
    """Raise the httpx error that stands for a lower one; anything else passes as it is."""
    try:
        yield
    except Exception as error:
        for lower, upper in _RAISED:
            if isinstance(error, lower):
                raise upper(str(error)) from error
        raise


def client(backend: Backend, tls: ssl.SSLContext) -> httpx.Client:
    """The one client of a grant: no redirects, no cookies, nothing from the environment."""
    return httpx.Client(
        transport=PinnedTransport(backend, tls),
        trust_env=False,
        follow_redirects=False,
        timeout=None,  # noqa: S113  # the watch of the whole call stands in its place
    )
