"""The capture package: commitments, the tree over them, and one passage proved alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from recruitcheck.errors import BadInput
from recruitcheck.records import Evidence, Lookup, LookupKind, Passage
from recruitcheck.rules import capture

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _salts(count: int) -> tuple[bytes, ...]:
    return tuple(bytes([n, 7]) * 16 for n in range(count))


def _evidence(texts: list[str]) -> Evidence:
    salts = _salts(len(texts))
    made = capture.commit(texts, salts)
    return Evidence(
        id="E-1",
        applicant="A-1",
        claim="C-1",
        grant="G-1",
        passages=tuple(
            Passage(
                id=f"S-{n}", lookup="L-1", text=text, address="https://a.example/", source="page"
            )
            for n, text in enumerate(texts)
        ),
        judgements=("supports",) * len(texts),
        commitments=made.commitments,
        salts=tuple(salt.hex() for salt in salts),
        root=made.root,
        at=NOON,
        by="P-1",
    )


@given(st.lists(st.text(max_size=40), min_size=1, max_size=40), st.data())
def test_every_passage_is_proved_alone(texts: list[str], data: st.DataObject) -> None:
    """Each passage of a package of any size is proved by its own text, salt and path."""
    evidence = _evidence(texts)
    index = data.draw(st.integers(0, len(texts) - 1))
    assert capture.proved(capture.prove(evidence, index), evidence.root)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=40))
def test_the_root_is_that_of_rfc_6962(texts: list[str]) -> None:
    """An independent implementation finds the same root over the same commitments."""
    made = capture.commit(texts, _salts(len(texts)))
    tree = InmemoryTree(algorithm="sha256")
    for commitment in made.commitments:
        tree.append_entry(bytes.fromhex(commitment))
    assert tree.get_root().hex() == made.root


def test_a_changed_word_proves_nothing() -> None:
    """A proof whose text, place or path was changed does not lead to the root."""
    evidence = _evidence(["one", "two", "three", "four", "five"])
    honest = json.loads(capture.prove(evidence, 2))
    for change in (
        {"text": "Three"},
        {"index": 3},
        {"size": 4},
        {"path": honest["path"][:-1]},
        {"path": [*honest["path"], honest["path"][0]]},
        {"salt": "00" * 32},
        {"format": "other"},
        {"index": -1},
    ):
        assert not capture.proved(json.dumps(honest | change).encode(), evidence.root), change
    assert not capture.proved(b"not json", evidence.root)
    assert not capture.proved(b"[]", evidence.root)


def test_a_proof_holds_one_passage_only() -> None:
    """What is handed out to prove one passage contains nothing of the others, salts included."""
    evidence = _evidence(["the shown passage", "another person's words", "a third"])
    proof = capture.prove(evidence, 0).decode()
    assert "the shown passage" in proof
    assert "another" not in proof
    assert evidence.salts[1] not in proof
    assert evidence.commitments[2] not in proof


def test_without_its_salt_a_short_text_cannot_be_guessed() -> None:
    """The same text under other salts gives other commitments, so trying texts finds nothing."""
    first = capture.commit(["yes"], [b"a" * 32])
    second = capture.commit(["yes"], [b"b" * 32])
    assert first.commitments != second.commitments
    assert first.root != second.root


@pytest.mark.parametrize(
    ("texts", "salts"),
    [
        ([], []),
        (["a"], []),
        (["a"], [b"short"]),
        (["a", "b"], [b"s" * 32, b"s" * 32]),
    ],
)
def test_bad_salts_are_refused(texts: list[str], salts: list[bytes]) -> None:
    """A package is not made with missing, short or repeated salts."""
    with pytest.raises(BadInput):
        capture.commit(texts, salts)


def test_the_manifest_says_what_was_kept_and_is_the_same_each_time() -> None:
    """The manifest names lookups, passages, judgements and root, in bytes that never vary."""
    evidence = _evidence(["first", "zweite – größer"])
    lookup = Lookup(
        id="L-1",
        grant="G-1",
        applicant="A-1",
        kind=LookupKind.FETCH,
        source="page",
        address="https://a.example/",
        by="P-1",
        at=NOON,
        outcome="done",
    )
    made = capture.manifest(evidence, [lookup])
    assert made == capture.manifest(evidence, [lookup])
    read = json.loads(made)
    assert [passage["text"] for passage in read["passages"]] == ["first", "zweite – größer"]
    assert read["root"] == evidence.root
    assert read["lookups"][0]["address"] == "https://a.example/"
    again = capture.commit(
        [passage["text"] for passage in read["passages"]],
        [bytes.fromhex(passage["salt"]) for passage in read["passages"]],
    )
    assert again.root == read["root"]


def test_there_is_no_passage_beyond_the_last() -> None:
    """Asking for a passage that does not exist is an error with a hint."""
    with pytest.raises(BadInput) as caught:
        capture.prove(_evidence(["only"]), 1)
    assert caught.value.hint
