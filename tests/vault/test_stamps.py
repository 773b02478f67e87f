"""Time stamps of a checkpoint, by an authority that openssl plays."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from recruitcheck.errors import BadInput, IntegrityError, RecruitcheckError
from recruitcheck.records import Draft
from recruitcheck.vault import stamps
from recruitcheck.vault.export import export

from .conftest import Office

pytestmark = pytest.mark.needs("openssl", "rfc3161_client")

CONFIG = """
[tsa]
default_tsa = it
[it]
serial = serial
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """A certificate authority, and a time-stamping service under it."""

    folder: Path

    @property
    def root(self) -> Path:
        """The certificate to be trusted."""
        return self.folder / "root.pem"

    def answer(self, asked: Path, target: Path) -> None:
        """Stamp a request."""
        self._openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", asked, "-out", target)

    def accepts(self, data: Path, answer: Path) -> bool:
        """Whether openssl finds an answer right."""
        told = ["openssl", "ts", "-verify", "-data", data, "-in", answer, "-CAfile", self.root]
        return subprocess.run(told, capture_output=True, check=False).returncode == 0

    def _openssl(self, *words: str | Path) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=True)


def found(folder: Path, *, until: timedelta = timedelta(days=1)) -> Authority:
    """Make an authority whose service's certificate is good until some time from now."""
    folder.mkdir()
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root, signer = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, n)]) for n in "RS")
    now = datetime.now(UTC)

    def made(subject: x509.Name, public: ec.EllipticCurvePublicKey, ca: bool) -> bytes:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(root)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=3))
            .not_valid_after(now + (timedelta(days=9) if ca else until))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if not ca:
            right = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(right, critical=True)
        signed = builder.sign(root_key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.PEM)

    (folder / "root.pem").write_bytes(made(root, root_key.public_key(), True))
    (folder / "signer.pem").write_bytes(made(signer, key.public_key(), False))
    (folder / "signer.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (folder / "tsa.cnf").write_text(CONFIG)
    (folder / "serial").write_text("01\n")
    return Authority(folder)


def test_a_stamp_proves_when_a_checkpoint_was_there(office: Office, tmp_path: Path) -> None:
    """openssl understands the question; we and openssl accept its answer, and nobody else's."""
    authority = found(tmp_path / "authority")
    export(office.where, tmp_path / "out")
    head, asked, answer = tmp_path / "out" / "checkpoint", tmp_path / "tsq", tmp_path / "tsr"
    stamps.request(head, asked)
    assert b"recruitcheck" not in asked.read_bytes()  # a digest goes out, no name of a register
    before = datetime.now(UTC) - timedelta(seconds=2)
    authority.answer(asked, answer)
    at = stamps.check(head, answer, authority.root)
    assert before <= at <= datetime.now(UTC) + timedelta(seconds=2)
    assert authority.accepts(head, answer)
    with pytest.raises(IntegrityError):
        stamps.check(head, answer, found(tmp_path / "another").root)
    with office.open() as ann:
        ann.append([Draft(type="note")])
    export(office.where, tmp_path / "later")
    with pytest.raises(IntegrityError):
        stamps.check(tmp_path / "later" / "checkpoint", answer, authority.root)


def test_a_certificate_must_have_been_good_when_it_stamped(office: Office, tmp_path: Path) -> None:
    """An authority whose certificate had run out by then proves nothing."""
    authority = found(tmp_path / "authority", until=timedelta(days=-1))
    export(office.where, tmp_path / "out")
    head, asked, answer = tmp_path / "out" / "checkpoint", tmp_path / "tsq", tmp_path / "tsr"
    stamps.request(head, asked)
    authority.answer(asked, answer)
    with pytest.raises(IntegrityError, match="does not prove"):
        stamps.check(head, answer, authority.root)


def test_files_that_are_something_else_are_named(office: Office, tmp_path: Path) -> None:
    """Mixed-up files are told apart before anything is believed."""
    authority = found(tmp_path / "authority")
    export(office.where, tmp_path / "out")
    head, asked, answer = tmp_path / "out" / "checkpoint", tmp_path / "tsq", tmp_path / "tsr"
    stamps.request(head, asked)
    authority.answer(asked, answer)
    for files in (
        (asked, answer, authority.root),
        (head, head, authority.root),
        (head, asked, authority.root),
        (head, answer, head),
        (head, tmp_path / "nowhere", authority.root),
    ):
        with pytest.raises(BadInput):
            stamps.check(*files)


def test_without_the_library_the_way_to_it_is_told(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time stamps are an extra; who lacks it is told what to install, not shown a traceback."""
    export(office.where, tmp_path / "out")
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(RecruitcheckError, match="not installed") as told:
        stamps.request(tmp_path / "out" / "checkpoint", tmp_path / "tsq")
    assert "recruitcheck[stamp]" in told.value.hint
