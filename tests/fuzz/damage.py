"""Sound inputs, damaged: the inputs that a parser meets between "as written" and "noise"."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator, Sequence

from hypothesis import HealthCheck
from hypothesis import strategies as st

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)
"""What Hypothesis would complain of: whole files as inputs."""
SECONDS = 20
"""A parser that takes longer has been caught in a loop."""

_TOKENS = (
    b"", b"\0", b"\xff", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae",
    b"[", b"]", b"{", b"}", b'"', b"'", b"\\", b"\\u0000", b"\\ud800", b"<", b">", b"</", b"<!--",
    b"<![CDATA[", b"&#0;", b"&lt;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"=", b":", b",", b";",
    b"-1", b"0", b"1e999", b"NaN", b"null", b"true", b"99999999999999999999", b"2024-02-30",
    b"%00", b"%2e%2e", b"..", b"//", b"@", b"#", b"?", b"+", b" ", b"--", b"=== ", b"A" * 300,
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """One of `seeds` after a few edits: cut, doubled, swapped, many times repeated, mixed."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 64)))
        data = data[:start] + _in_place_of(draw, data[start:end], seeds) + data[end:]
    return data


def _in_place_of(draw: st.DrawFn, piece: bytes, seeds: Sequence[bytes]) -> bytes:
    """What stands there afterwards."""
    match draw(st.sampled_from(("token", "noise", "repeat", "other"))):
        case "token":
            return draw(st.sampled_from(_TOKENS)) + (piece if draw(st.booleans()) else b"")
        case "noise":
            return draw(st.binary(max_size=8))
        case "repeat":
            return piece * draw(st.sampled_from((2, 3, 50, 3000)))
        case _:
            other = draw(st.sampled_from(seeds))
            start = draw(st.integers(0, len(other)))
            return other[start : start + 200]


@contextlib.contextmanager
def ends() -> Iterator[None]:
    """Fails where the block does not end."""

    def caught(*_: object) -> None:
        raise AssertionError(f"not done after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, caught)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
