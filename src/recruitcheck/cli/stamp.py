"""Commands for time stamps: proof from outside that a checkpoint was there at a time.

They need no register and no passphrase; request and answer are files.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group


def add(commands: Commands) -> None:
    """Add `stamp`."""
    stamp = group(commands, "stamp", "proof of an outside authority that a checkpoint was there")
    request = command(
        stamp,
        "request",
        "write what a time-stamping authority (RFC 3161) is asked about a checkpoint",
        _request,
        more="Only a digest of the checkpoint is in it. Send it yourself, for example with "
        "`curl -H 'Content-Type: application/timestamp-query' --data-binary @REQUEST`, and keep "
        "the answer beside the checkpoint.",
    )
    check = command(
        stamp,
        "check",
        "check an authority's answer; prints when it saw the checkpoint",
        _check,
        more="`openssl ts -verify` checks the same files.",
    )
    for one in (request, check):
        one.add_argument(
            "checkpoint", metavar="CHECKPOINT", type=Path, help="`checkpoint` of a ledger export"
        )
    request.add_argument("file", metavar="REQUEST", type=Path, help="the file to write")
    check.add_argument("answer", metavar="ANSWER", type=Path, help="what the authority sent")
    check.add_argument(
        "--authority",
        metavar="PEM-FILE",
        type=Path,
        required=True,
        help="the authority's certificates, from a place you trust",
    )
    check.add_argument("--json", action="store_true", help="print JSON")


def _request(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import stamps

    stamps.request(arguments.checkpoint, arguments.file)
    say(f"Written to {arguments.file}.")
    return ExitCode.DONE


def _check(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import stamps

    at = stamps.check(arguments.checkpoint, arguments.answer, arguments.authority)
    words = f"The authority saw this checkpoint on {at:%d %B %Y at %H:%M:%S} UTC."
    talking.show(arguments, {"at": at}, words)
    return ExitCode.DONE
