"""The demo's own small part of the web: a few invented hosts on this computer's loopback.

One server answers for all hosts over TLS, with a certificate from an authority that lives for one
run in memory. The real client reaches it because the demo's process gives its desk a resolver, the
loopback address as permitted, and trust in that authority; nobody else can.
"""

from __future__ import annotations

import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a host answers at one path."""

    body: str = ""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    location: str = ""
    wait: float = 0.0
    """Seconds of silence before the answer, for a site that is slow."""


Hosts = Mapping[str, Mapping[str, Answer]]
"""Per host, what it answers at each path."""

ROBOTS = Answer(body="User-agent: *\nAllow: /\n", type="text/plain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """The running site, and what a desk needs to reach it."""

    port: int
    trust: ssl.SSLContext
    asked: list[str]
    """Every address that was asked for, so that the story can show what was not."""

    def resolve(self, host: str) -> tuple[str, ...]:
        """Every name is on this computer: nothing the demo asks leaves it."""
        return (LOOPBACK,) if host else ()


@contextmanager
def running(answers: Callable[[int], Hosts]) -> Iterator[Web]:
    """Run the hosts that `answers` gives for the server's port, until the block ends."""
    asked: list[str] = []
    gone = threading.Event()
    with socket.create_server((LOOPBACK, 0)) as listener:
        hosts = answers(listener.getsockname()[1])
        serving, trust = _certificates(tuple(hosts))
        server = ThreadingHTTPServer(listener.getsockname(), _handler(hosts, asked, gone), False)
        server.daemon_threads = True
        server.socket.close()
        server.socket = serving.wrap_socket(
            listener, server_side=True, do_handshake_on_connect=False
        )
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield Web(port=server.server_address[1], trust=trust, asked=asked)
        finally:
            gone.set()
            server.shutdown()
            thread.join()
            server.server_close()


def _handler(hosts: Hosts, asked: list[str], gone: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers for the hosts, and notes which addresses were asked for."""

        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            """Answer as the host does at this path; after its silence, if it is a slow one."""
            host = self.headers.get("Host", "").partition(":")[0]
            asked.append(f"{host}{self.path}")
            pages = hosts.get(host, MappingProxyType({}))
            default = ROBOTS if self.path == "/robots.txt" else Answer(body="", status=404)
            answer = pages.get(self.path, default)
            body = answer.body.encode()
            gone.wait(answer.wait)
            with suppress(OSError):  # whoever asked did not wait
                self._send(answer, body)

        def _send(self, answer: Answer, body: bytes) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(body)))
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is written down about who asked for what."""

    return Handler


def _certificates(hosts: tuple[str, ...]) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A context to serve the hosts with, and one that trusts exactly that."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "recruitcheck demo")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(h) for h in hosts]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # The ssl module reads certificates from files only; this one lives for these two lines.
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "both.pem"
        place.touch(mode=0o600)
        place.write_bytes(public + private)
        serving.load_cert_chain(place)
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trust.load_verify_locations(cadata=public.decode())
    return serving, trust
