"""What the guard costs: a guarded fetch against a plain httpx client, paired in one run.

    python benchmarks/guard.py [--pairs 60] [--each 50]

Both ask a small server in a process of its own for the same page of 10 KB, over connections that
are kept alive. The guarded side checks everything it always checks; its robots file is cached, its
pauses pass at once by an injected clock, and its spending is counted in memory. Turns alternate in
blocks, because a busy machine slows both alike. The bar is a ratio of at most 1.5.
"""

from __future__ import annotations

import argparse
import multiprocessing
import socket
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta

import httpx

from recruitcheck.records import Grant
from recruitcheck.sources import web

BAR = 1.5
HOST = "blog.ashgrove.example"
PAGE = b"<!doctype html><title>Club</title>" + b"<p>Our science club met every week.</p>" * 265
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
    % len(PAGE)
) + PAGE
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class QuickClock:
    """The machine's clock, with pauses that pass at once."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> datetime:
        """The time of day, moved on by the pauses."""
        return datetime.now(UTC) + timedelta(seconds=self._ahead)

    def monotonic(self) -> float:
        """Seconds, moved on by the pauses."""
        return time.monotonic() + self._ahead

    def sleep(self, seconds: float, /) -> None:
        """Let a pause pass at once."""
        self._ahead += seconds


def serve(listener: socket.socket) -> None:
    """Answer every request of every connection, one connection in a thread each."""
    import threading

    def talk(conn: socket.socket) -> None:
        with conn:
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while head := conn.recv(65536):
                conn.sendall(MISSING if head.startswith(b"GET /robots.txt") else ANSWER)

    while True:
        conn, _ = listener.accept()
        threading.Thread(target=talk, args=(conn,), daemon=True).start()


def measure(port: int, pairs: int, each: int) -> tuple[list[float], list[float]]:
    """Seconds per request of each block: plain, guarded."""
    clock = QuickClock()
    grant = Grant(
        id="G-benchmark",
        hosts=(HOST,),
        path_prefixes=("/science",),
        schemes=("http",),
        ports=(port,),
        max_requests=10**9,
        max_total_bytes=10**12,
    )
    address = f"http://{HOST}:{port}/science/2024/club"

    def guarded() -> None:
        page = web.fetch(
            grant,
            address,
            resolver=_here,
            permitted_addresses=("127.0.0.1",),
            clock=clock,
        )
        assert len(page.text) == len(PAGE)

    plain_times, guarded_times = [], []
    with httpx.Client(trust_env=False) as client:

        def plain() -> None:
            page = client.get(f"http://127.0.0.1:{port}/science/2024/club")
            assert len(page.text) == len(PAGE)

        for _ in range(3 * each):
            plain()
            guarded()
        for turn in range(pairs):
            sides = [(plain, plain_times), (guarded, guarded_times)]
            for ask, times in sides if turn % 2 else reversed(sides):
                begin = time.perf_counter()
                for _ in range(each):
                    ask()
                times.append((time.perf_counter() - begin) / each)
    web.close()
    return plain_times, guarded_times


def _here(_host: str) -> list[str]:
    return ["127.0.0.1"]


def main() -> int:
    """Measure and print; 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--each", type=int, default=50)
    given = parser.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = multiprocessing.get_context("fork").Process(
            target=serve, args=(listener,), daemon=True
        )
        server.start()
        try:
            plain, guarded = measure(listener.getsockname()[1], given.pairs, given.each)
        finally:
            server.terminate()
            server.join()
    ratio = statistics.median(b / a for a, b in zip(plain, guarded, strict=True))
    print(f"plain httpx   {statistics.median(plain) * 1e6:8.0f} µs a request")
    print(f"guarded fetch {statistics.median(guarded) * 1e6:8.0f} µs a request")
    print(f"ratio {ratio:.2f} (median of {given.pairs} pairs of {given.each}; bar {BAR})")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
