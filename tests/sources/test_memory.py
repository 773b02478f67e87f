"""Whatever a server sends, one call holds less than 64 MiB."""

from __future__ import annotations

import gzip
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import CHUNKED, Hostile, answer, drip

WIDE = "🚀" + "x" * 5_900_000
CHILD = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from hostile import fetch, HOST
from recruitcheck.errors import RecruitcheckError
from recruitcheck.records import Grant
def grant(id):
    return Grant(id=id, hosts=(HOST,), path_prefixes=("/",), schemes=("http",),
                 ports=(int(sys.argv[2]),), max_bytes=10**9, max_total_bytes=10**12, max_seconds=8)
def most():
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with open("/proc/self/status") as status:  # the other count is inherited from the parent
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
fetch(grant("a"), f"http://{HOST}:{sys.argv[2]}/plain")
before = most()
try:
    fetch(grant("b"), f"http://{HOST}:{sys.argv[2]}/hostile")
    print("text", most() - before)
except RecruitcheckError as error:
    print(type(error).__name__, most() - before)
"""


def _endless(conn: socket.socket) -> None:
    drip(conn, CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n", 0, 20_000)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(
            answer(gzip.compress(b"\0" * 200_000_000), "text/html", "Content-Encoding: gzip"),
            id="bomb",
        ),
        pytest.param(_endless, id="endless body"),
        pytest.param(answer(WIDE.encode(), "text/plain; charset=utf-8"), id="wide letters"),
        pytest.param(
            answer(
                gzip.compress(("\ufeff" + WIDE).encode()), "text/plain", "Content-Encoding: gzip"
            ),
            id="wide letters, packed and marked",
        ),
        pytest.param(
            lambda conn: drip(conn, b"HTTP/1.1 200 OK\r\n", b"A: b\r\n" * 1000, 0, 100_000),
            id="headers without end",
        ),
        pytest.param(answer(b"<title>captcha</title>" + b"<" * 5_900_000), id="only brackets"),
        pytest.param(answer(b"<input" * 900_000), id="only beginnings of fields"),
        pytest.param(answer(b"<input type=password>" * 280_000), id="fields only"),
        pytest.param(
            answer(b"<title>captcha</title>" + b"<script>" * 700_000), id="unclosed scripts"
        ),
    ],
)
def test_one_call_holds_less_than_64_mib(
    site: Hostile, said: bytes | Callable[[socket.socket], None]
) -> None:
    """Even where the grant itself would allow a gigabyte."""
    site.pages |= {"/plain": answer(), "/hostile": said}
    run = subprocess.run(
        [sys.executable, "-c", CHILD, str(Path(__file__).parent), str(site.port)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    outcome, kib = run.stdout.split()
    assert outcome in ("GrantError", "LookupFailed", "text")
    assert int(kib) < 64 * 1024
