"""Checking many signatures, on as many cores as there are.

Workers are separate interpreters that read `key leaf` lines from standard input and answer one
byte each, so nothing of the caller's program is run again in them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

_ALONE: Final = 4000
"""Below this many signatures a second interpreter costs more than it saves."""
_SHARE: Final = 2000
"""Signatures a worker is given at once: enough to keep it busy, few enough to show progress."""
_PREFIX: Final = b"recruitcheck event v1\n"
"""As in `leaves.py`, written again here: checking leans on nothing that the writer wrote."""


def check(
    work: Sequence[tuple[bytes, bytes]], progress: Callable[[int], None] | None = None
) -> list[bool]:
    """For each (public key, leaf): whether the leaf's signature is that key's."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if len(work) < _ALONE or not cores or cores < 2:
        return _alone(work, progress)
    shares = [work[at : at + _SHARE] for at in range(0, len(work), _SHARE)]
    results: list[bool] = []
    with ThreadPoolExecutor(cores) as pool:
        crew = [_Worker() for _ in range(cores)]
        try:
            jobs = [pool.submit(_share, crew, share) for share in shares]
            for job in jobs:
                results += job.result()
                if progress:
                    progress(len(results))
        finally:
            for worker in crew:
                worker.close()
    return results


def _share(crew: list[_Worker], share: Sequence[tuple[bytes, bytes]]) -> list[bool]:
    worker = crew.pop()
    try:
        return worker.check(share)
    finally:
        crew.append(worker)


class _Worker:
    """One more interpreter, checking signatures."""

    def __init__(self) -> None:
        code = "from recruitcheck.vault.signatures import serve; serve()"
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter, our own words
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def check(self, share: Sequence[tuple[bytes, bytes]]) -> list[bool]:
        """Answer one share of the work."""
        send, receive = self._process.stdin, self._process.stdout
        if send is None or receive is None:
            return _alone(share, None)
        lines = b"".join(b"%s %s\n" % (key.hex().encode(), leaf) for key, leaf in share)
        answer = b""
        with suppress(OSError):
            send.write(b"%d\n" % len(share) + lines)
            send.flush()
            answer = receive.read(len(share))
        if len(answer) != len(share):  # the worker died; the answer must not be guessed
            return _alone(share, None)
        return [byte == 49 for byte in answer]

    def close(self) -> None:
        """End the interpreter."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()


def serve() -> None:
    """What a worker does: answer shares until standard input ends."""
    while head := sys.stdin.buffer.readline():
        work = []
        for _ in range(int(head)):
            key, _, leaf = sys.stdin.buffer.readline()[:-1].partition(b" ")
            work.append((bytes.fromhex(key.decode()), leaf))
        sys.stdout.buffer.write(b"".join(b"1" if ok else b"0" for ok in _alone(work, None)))
        sys.stdout.buffer.flush()


def _alone(
    work: Sequence[tuple[bytes, bytes]], progress: Callable[[int], None] | None
) -> list[bool]:
    results = []
    for number, (key, leaf) in enumerate(work, start=1):
        results.append(one(key, leaf))
        if progress and number % 500 == 0:
            progress(number)
    return results


def one(key: bytes, leaf: bytes) -> bool:
    """Whether one leaf is signed by one key; by the standard library's json, not the writer's."""
    from recruitcheck.vault.locks import signed_by

    try:
        body = json.loads(leaf)
        signature = b64decode(body.pop("sig"), validate=True)
    except (ValueError, KeyError, AttributeError, TypeError):
        return False
    message = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    return signed_by(key, signature, _PREFIX + message)
