"""Somebody writes entries and state of any shape, with all sums made to fit."""

from __future__ import annotations

import json
from zlib import crc32

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from recruitcheck.vault.verify import verify

from .conftest import Office
from .test_verify import rewritten

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "hr", "N-1", "00" * 32]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_an_entry_of_any_shape_is_named_and_stops_nothing(
    office: Office, data: st.DataObject
) -> None:
    """Whatever stands where a field should, sums made to fit: the check ends, and names it."""
    path = office.folder / "ledger"
    whole = path.read_bytes()
    try:

        def change(rows: list[bytes]) -> list[bytes]:
            places = [number for number, row in enumerate(rows) if row.startswith(b"{")]
            at = data.draw(st.sampled_from(places))
            leaf = json.loads(rows[at])
            leaf["type"] = data.draw(st.sampled_from([leaf["type"], "witness-added", "lookup"]))
            field = data.draw(st.sampled_from(sorted(leaf)))
            value = data.draw(JSON)
            if field == "facts" and data.draw(st.booleans()):
                value = {**leaf["facts"], data.draw(st.sampled_from(["name", "key"])): value}
            assume(leaf[field] != value)
            changed = json.dumps({**leaf, field: value}, sort_keys=True, separators=(",", ":"))
            return [*rows[:at], changed.encode() + b"\n", *rows[at + 1 :]]

        assert not rewritten(office, change).ok
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("body", [b"7", b"[1]", b'[["_checkpoints",{"1":{}},[]]]', b"[[[],{},[]]]",
                                  b'[["_checkpoints",{"1":7},[]]]', b"[" * 9000])  # fmt: skip
def test_a_state_of_any_shape_is_named_and_stops_nothing(office: Office, body: bytes) -> None:
    """A line whose sum fits and that no journal would hold: named as damage."""
    with (office.folder / "state").open("ab") as file:
        file.write(b"%08x %s\n" % (crc32(body), body))
    assert not verify(office.where).ok
