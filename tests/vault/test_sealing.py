"""The small parts that every seal, entry and note rests on, given what they must not take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from recruitcheck.errors import BadInput, IntegrityError, RecruitcheckError
from recruitcheck.vault import canonical, locks, note
from recruitcheck.vault.leaves import instant, stamp

KEY, OTHER = bytes(range(32)), bytes(32)


def flipped(data: bytes, at: int) -> bytes:
    """The data with one bit changed."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize("length", [0, 1, 100, 127, 128, 5000])
def test_a_box_opens_with_its_own_key_place_and_promise_only(length: int) -> None:
    """Another key, another place, a changed bit or another promise: nothing is shown."""
    text = b"x" * length
    sealed, promise = locks.box(KEY, b"entry 1 case", text)
    assert locks.unbox(KEY, b"entry 1 case", sealed, promise)[0] == text
    other_promise = locks.box(KEY, b"entry 1 case", text)[1]
    for key, place, data, said in (
        (OTHER, b"entry 1 case", sealed, promise),
        (KEY, b"entry 2 case", sealed, promise),
        (KEY, b"entry 1 case", flipped(sealed, 0), promise),
        (KEY, b"entry 1 case", flipped(sealed, len(sealed) - 1), promise),
        (KEY, b"entry 1 case", sealed, other_promise),
    ):
        with pytest.raises(IntegrityError):
            locks.unbox(key, place, data, said)


def test_the_size_of_a_box_says_little_about_its_text() -> None:
    """Texts of nearly the same length lie in boxes of the same size."""
    sizes = {len(locks.box(KEY, b"c", b"x" * length)[0]) for length in range(1, 90)}
    assert len(sizes) == 1
    for length in (1000, 5000, 34_000, 60_000, 1 << 20):  # of longer ones the sixteenth part hides
        lengths = range(length, length + length // 16, max(1, length // 500))
        sizes = {len(locks.box(KEY, b"c", b"x" * one)[0]) for one in lengths}
        assert len(sizes) <= 2
        assert max(sizes) < 1.2 * length + 200


def test_what_is_sealed_to_somebody_opens_for_them_and_its_purpose_only() -> None:
    """Another person's key, another purpose and a damaged seal are one and the same refusal."""
    mine, theirs = b"\x01" * locks.SEED_BYTES, b"\x02" * locks.SEED_BYTES
    sealed = locks.seal_to(locks.seal_public(mine), b"a role's key", b"role hr 1")
    assert locks.open_mine(mine, sealed, b"role hr 1") == b"a role's key"
    for seed, data, purpose in (
        (theirs, sealed, b"role hr 1"),
        (mine, sealed, b"role hr 2"),
        (mine, flipped(sealed, len(sealed) - 1), b"role hr 1"),
        (mine, sealed[:20], b"role hr 1"),
        (mine, b"", b"role hr 1"),
    ):
        with pytest.raises(IntegrityError, match="does not fit its place"):
            locks.open_mine(seed, data, purpose)


def test_a_draft_sealed_twice_looks_different_each_time() -> None:
    """Nobody sees that the same words were kept again; a wrong key gives nothing."""
    first, second = (locks.seal_again(KEY, b"draft", b"log") for _ in range(2))
    assert first != second
    assert locks.open_again(KEY, first, b"log") == b"draft"
    assert locks.open_again(OTHER, first, b"log") is None
    assert locks.open_again(KEY, first, b"another log") is None


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'"x"', b"{", b'{"a":1.5}', b'{"a":null}', b'{"b":1,"a":1}', b'{"a": 1}',
             b'{"a":"\xc3\xa9"}', b"[" * 5000]
)  # fmt: skip
def test_bytes_that_are_no_entry_are_refused(data: bytes) -> None:
    """Other forms, other kinds of values, another order and other spaces."""
    with pytest.raises(IntegrityError):
        canonical.loads(data)


@pytest.mark.parametrize("word", ["é", "a\\b", "line\nbreak", 'a"b'])
def test_the_quick_writer_takes_plain_words_only(word: str) -> None:
    """What would need an escape is left to a sealed box."""
    assert canonical.plain({"a": 1, "b": "word"}) == b'{"a":1,"b":"word"}'
    with pytest.raises(BadInput):
        canonical.plain({"a": word})


def test_moments_are_written_in_one_way() -> None:
    """UTC, microseconds, always as long; what is not written so is no moment."""
    moment = datetime(2026, 5, 4, 10, 0, 0, 7, tzinfo=timezone(timedelta(hours=1)))
    assert stamp(moment) == "2026-05-04T09:00:00.000007Z"
    assert instant(stamp(moment)) == moment
    assert stamp(datetime(2026, 5, 4, tzinfo=UTC)) == "2026-05-04T00:00:00.000000Z"
    for text in ("", "2026-05-04", "2026-05-04T09:00:00.0000070Z", "2026-13-04T09:00:00.000007Z"):
        with pytest.raises(IntegrityError, match="readable time"):
            instant(text)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n\n", "\n", 1),
        lambda text: text.rstrip("\n"),
        lambda text: "\n\n" + text.split("\n\n")[1],
        lambda text: text.replace("— ", "- ", 1),
        lambda text: text.replace("— log.example ", "—  log.example ", 1),
        lambda text: text.replace("=\n", "\n", 1),
        lambda text: text + "\n",
    ],
)
def test_a_note_is_read_in_the_one_form_it_prints_in(change: Callable[[str], str]) -> None:
    """Another form of the same words could be signed for as something else."""
    signed = note.sign("log.example\n1\nAAAA\n", "log.example", KEY)
    assert note.parse(str(signed)) == signed
    with pytest.raises(RecruitcheckError):
        note.parse(change(str(signed)))
