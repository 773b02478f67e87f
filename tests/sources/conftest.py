"""What the tests of the sources share."""

from __future__ import annotations

import itertools
import ssl
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hostile import Hostile

from recruitcheck.sources import web

_numbers = itertools.count(1)


@pytest.fixture
def site() -> Iterator[Hostile]:
    """A server of our own; its connections are closed when the test is over."""
    with Hostile() as server:
        yield server
        web.close()


@pytest.fixture
def new_id() -> Callable[[], str]:
    """A grant id that no other test counts under."""
    return lambda: f"G-{next(_numbers)}"


@pytest.fixture(scope="session")
def certificates() -> Callable[[str], tuple[ssl.SSLContext, ssl.SSLContext]]:
    """For a name: a server's context with a certificate, and a client's that trusts it."""
    return _made


def _made(name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        file.write(pem + secret)
        file.flush()
        server.load_cert_chain(file.name)
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trust.load_verify_locations(cadata=pem.decode())
    return server, trust
