"""The tree, its proofs and signed notes, held against other implementations."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from recruitcheck.errors import BadInput, IntegrityError
from recruitcheck.vault import canonical, locks, merkle, note
from recruitcheck.vault.merkle import Tree

LEAVES = [b"leaf %d" % n for n in range(300)]


def _tree(size: int) -> Tree:
    return Tree(merkle.leaf_hash(leaf) for leaf in LEAVES[:size])


def state(tree: InmemoryTree, size: int | None = None) -> bytes:
    """The root, as pymerkle 7 or 6 calls it."""
    ask = getattr(tree, "get_root", None) or tree.get_state
    return bytes(ask(size))


def test_roots_agree_with_another_implementation() -> None:
    """pymerkle computes the same root for every size from 1 to 130, and a large one."""
    other = InmemoryTree(algorithm="sha256")
    tree = Tree()
    for leaf in LEAVES[:130]:
        other.append_entry(leaf)
        tree.append(merkle.leaf_hash(leaf))
        assert tree.root() == state(other)
    for number in range(3000):
        other.append_entry(b"%d" % number)
        tree.append(merkle.leaf_hash(b"%d" % number))
    assert tree.root() == state(other)
    assert tree.root(77) == _tree(77).root() == state(other, 77)


def test_the_empty_tree_and_one_leaf_are_as_the_rfc_says() -> None:
    """RFC 6962 fixes both."""
    assert Tree().root() == sha256(b"").digest()
    assert _tree(1).root() == sha256(b"\x00" + LEAVES[0]).digest()


def test_every_proof_up_to_seventy_leaves_checks_and_no_other_does() -> None:
    """Inclusion and consistency: right ones pass; other index, size, root or step fail."""
    tree = _tree(70)
    roots = [tree.root(n) for n in range(71)]
    for size in range(1, 71):
        for index in range(size):
            proof = tree.inclusion(index, size)
            leaf = merkle.leaf_hash(LEAVES[index])
            assert merkle.check_inclusion(index, size, leaf, proof, roots[size])
            assert not merkle.check_inclusion(
                (index + 1) % size, size, leaf, proof, roots[size]
            ) or (size == 1)
            assert not merkle.check_inclusion(index, size, leaf, [*proof, leaf], roots[size])
            if proof:
                assert not merkle.check_inclusion(index, size, leaf, proof[:-1], roots[size])
        for old in range(size + 1):
            proof = tree.consistency(old, size)
            assert merkle.check_consistency(old, size, roots[old], roots[size], proof)
            if 0 < old < size:
                assert not merkle.check_consistency(old, size, roots[old - 1], roots[size], proof)
                assert not merkle.check_consistency(old, size, roots[old], roots[size - 1], proof)
                assert not merkle.check_consistency(old, size, roots[old], roots[size], proof[1:])


# --- canonical form and notes ---------------------------------------------------------------

PLAIN = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
VALUES = st.recursive(
    PLAIN | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(PLAIN, VALUES, max_size=6))
def test_canonical_form_is_what_the_standard_library_sorts(value: dict[str, object]) -> None:
    """Two writers agree byte for byte, and what is read prints back."""
    data = canonical.dumps(value)
    assert data == json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
    assert canonical.loads(data) == value
    spaced = json.dumps(value, sort_keys=True, indent=1).encode()
    if spaced != data:
        with pytest.raises(IntegrityError):
            canonical.loads(spaced)


@pytest.mark.parametrize("value", [1.5, None, True, "é", 2**53, "\n", object(), {1: "x"}])
def test_what_canonical_form_does_not_allow_is_refused(value: object) -> None:
    """Fractions, nothing, truth values, other letters and large numbers have no place in a leaf."""
    with pytest.raises(BadInput):
        canonical.dumps({"x": value})


@given(st.binary(max_size=300) | PLAIN.map(str.encode))
def test_any_bytes_parse_as_a_note_or_are_refused(data: bytes) -> None:
    """A note that is accepted prints back as it was; everything else is a plain refusal."""
    text = data.decode("utf-8", "replace")
    with suppress(BadInput):
        assert str(note.parse(text)) == text


def test_a_checkpoint_prints_parses_and_verifies() -> None:
    """Signed and cosigned heads read back; one changed letter anywhere makes them fail."""
    head = note.Checkpoint("x.example/recruitcheck/1", 7, bytes(32))
    signed = note.sign(head.text(), head.origin, bytes(32))
    both = note.cosign(signed, "auditor.example", bytes([1] * 32), 1_700_000_000)
    text = str(both)
    again = note.parse(text)
    assert note.checkpoint(again) == head
    log = note.Verifier(head.origin, locks.sign_public(bytes(32)))
    witness = note.Verifier("auditor.example", locks.sign_public(bytes([1] * 32)), note.COSIGNATURE)
    assert note.verifier(str(log)) == log
    assert note.verifier(str(witness)) == witness
    assert log.signed(again)
    assert witness.signed(again)
    assert not note.Verifier("other.example", log.public).signed(again)
    for at in range(len(text)):
        changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        try:
            other = note.parse(changed)
        except BadInput:
            continue
        assert not (log.signed(other) and witness.signed(other))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x\n1\n",
        "a\n01\nAAAA\n\n— a AAAAAAA=\n",
        "a\n-1\nAAAA\n",
        "a+b\n1\nAA==\n\n— a+b AAAA\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    """Too few lines, sizes with a leading nought, short roots: refused, never guessed."""
    with pytest.raises(BadInput):
        note.checkpoint(note.parse(text))


@pytest.mark.parametrize("text", ["", "a+b", "a+00000000+AAAA", "a+zz+!!", "+0+AQ=="])
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    """A key whose id does not fit it is not used."""
    with pytest.raises(BadInput):
        note.verifier(text)
