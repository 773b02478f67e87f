"""An outside time for a head: RFC 3161 time stamps, carried as files.

    request   what a time-stamping authority is asked: a digest of the checkpoint, nothing else
    check     whether its answer is about this checkpoint, and when it says it saw it

The office sends the request itself (`curl`, a web form); recruitcheck talks to nobody here. What is
stamped are the bytes of the checkpoint's file, so `openssl ts -verify` checks the same two files.
The authority's certificate must have been good when it stamped; that it has run out since is no
fault, since an old stamp is what somebody wants to show years later.
"""

from __future__ import annotations

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from recruitcheck.errors import BadInput, IntegrityError, RecruitcheckError
from recruitcheck.vault import files, note


def request(checkpoint: Path, target: Path) -> None:
    """Write what an authority is asked about a checkpoint.

    Raises:
        BadInput: the file is no checkpoint.
        RegisterError: `target` cannot be written.
    """
    data = _checkpoint(checkpoint)
    _library()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    asked = TimestampRequestBuilder(data, HashAlgorithm.SHA256).build()
    files.replace(target, asked.as_bytes(), outside=True)


def check(checkpoint: Path, answer: Path, authority: Path) -> datetime:
    """When the authority saw this checkpoint.

    Raises:
        BadInput: a file is not what it should be.
        IntegrityError: the stamp is about something else, or not the authority's.
    """
    data = _checkpoint(checkpoint)
    _library()
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        trusted = load_pem_x509_certificates(_bytes(authority))
    except ValueError as error:
        raise BadInput(
            f"{authority} holds no certificate in PEM form.",
            "Take the certificates that the authority publishes, as text.",
        ) from error
    try:
        stamp = decode_timestamp_response(_bytes(answer))
    except ValueError as error:
        raise BadInput(
            f"{answer} is no answer of a time-stamping authority.",
            "Send the request again, and keep what comes as it comes.",
        ) from error
    try:
        VerifierBuilder(roots=trusted).build().verify_message(stamp, data)
        return stamp.tst_info.gen_time
    except (VerificationError, ValueError) as error:
        raise IntegrityError(
            f"{answer} does not prove when this checkpoint was there.",
            f"What was found: {error}. Compare the files and the authority's certificate.",
        ) from error


def _checkpoint(path: Path) -> bytes:
    note.checkpoint(note.from_file(path))
    return _bytes(path)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read.", "Check the file's name and place.") from error


def _library() -> None:
    """Raises `RecruitcheckError` where the library for time stamps was not installed."""
    if find_spec("rfc3161_client") is None:
        raise RecruitcheckError(
            "Time stamps need a library that is not installed here.",
            "Install it with: pip install 'recruitcheck[stamp]'",
        )
