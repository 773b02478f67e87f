"""False proofs are refused: too short, too long, for another place, of another tree."""

from __future__ import annotations

from base64 import b64encode

import pytest

from recruitcheck.errors import BadInput
from recruitcheck.vault import note
from recruitcheck.vault.merkle import (
    EMPTY_ROOT,
    Tree,
    check_consistency,
    check_inclusion,
    leaf_hash,
)

SIZES = (1, 2, 3, 4, 5, 7, 8, 9, 13, 16)
OTHER = leaf_hash(b"another tree altogether")


def tree(size: int) -> Tree:
    """A tree of so many leaves."""
    grown = Tree()
    grown.extend([leaf_hash(b"%d" % n) for n in range(size)])
    return grown


@pytest.mark.parametrize("size", SIZES)
def test_a_leaf_is_proved_at_its_own_place_only(size: int) -> None:
    """Not before the first, not after the last, not at a neighbour's place, not in no tree."""
    grown, root = tree(size), tree(size).root(size)
    for index in range(size):
        leaf, proof = leaf_hash(b"%d" % index), list(grown.inclusion(index, size))
        assert check_inclusion(index, size, leaf, proof, root)
        for place in (-1, size, *(n for n in range(size) if n != index)):
            assert not check_inclusion(place, size, leaf, proof, root)
        for more in ([*proof, OTHER], [OTHER, *proof], [*proof, root]):
            assert not check_inclusion(index, size, leaf, more, root)
        if proof:
            assert not check_inclusion(index, size, leaf, proof[:-1], root)
            assert not check_inclusion(index, size, leaf, proof[1:], root)
        assert not check_inclusion(index, size, leaf, proof, OTHER)
        assert not check_inclusion(index, size, OTHER, proof, root)
    assert not check_inclusion(0, 0, leaf_hash(b"0"), [], EMPTY_ROOT)


@pytest.mark.parametrize("new", SIZES)
def test_a_tree_continues_its_own_beginnings_only(new: int) -> None:
    """Neither another beginning, nor another end, nor with a step too many or too few."""
    grown = tree(new)
    for old in range(1, new):
        proof = list(grown.consistency(old, new))
        before, after = grown.root(old), grown.root(new)
        assert check_consistency(old, new, before, after, proof)
        assert not check_consistency(old, new, OTHER, after, proof)
        assert not check_consistency(old, new, before, OTHER, proof)
        assert not check_consistency(old, new, before, after, [*proof, OTHER])
        assert not check_consistency(old, new, before, after, [OTHER, *proof])
        assert not check_consistency(old, new, before, after, proof[:-1])
        assert not check_consistency(new, old, after, before, proof)
        assert not check_consistency(-1, new, before, after, proof)


def test_equal_trees_and_the_empty_one_need_no_proof_and_take_none() -> None:
    """A step that nothing asks for is a lie, and so is a root that is not the same."""
    root = tree(5).root(5)
    assert check_consistency(5, 5, root, root, [])
    assert not check_consistency(5, 5, root, root, [OTHER])
    assert not check_consistency(5, 5, root, OTHER, [])
    assert check_consistency(0, 5, EMPTY_ROOT, root, [])
    assert not check_consistency(0, 5, EMPTY_ROOT, root, [OTHER])
    assert not check_consistency(0, 5, OTHER, root, [])
    assert not check_consistency(3, 5, tree(3).root(3), root, [])


def test_a_tree_cut_back_forgets_what_it_had() -> None:
    """What is appended afterwards gives the tree that never was longer, at every height."""
    for size in (33, 64, 70, 1030):
        for left in (0, 1, 31, 32, 33, size - 1):
            cut, fresh = tree(size), tree(left)
            cut.root(size)
            cut.truncate(left)
            assert cut.root() == fresh.root()
            cut.extend([leaf_hash(b"new %d" % n) for n in range(40)])
            fresh.extend([leaf_hash(b"new %d" % n) for n in range(40)])
            assert cut.root(left + 40) == fresh.root(left + 40)


@pytest.mark.parametrize(
    ("kind", "length"), [(note.ED25519, 31), (note.ED25519, 33), (7, 32), (0, 32)]
)
def test_a_key_of_another_kind_or_length_is_refused(kind: int, length: int) -> None:
    """Though its id fits, nothing could be verified with it."""
    with pytest.raises(BadInput, match="its kind of key is not known here"):
        note.verifier(vkey(kind, b"k" * length))


def test_a_key_with_anything_between_its_signs_is_refused() -> None:
    """A key is compared as text in many places, so it has one form only."""
    key = vkey(note.ED25519, b"k" * 32)
    assert str(note.verifier(key)) == key
    for changed in (key[:-4] + " " + key[-4:], key[:-4] + "\n" + key[-4:], key.replace("a", "b")):
        with pytest.raises(BadInput):
            note.verifier(changed)


def vkey(kind: int, public: bytes) -> str:
    """A verifier key whose id fits its key, whatever the key is."""
    name, key = "a.example/r/1", b64encode(bytes([kind]) + public).decode()
    return f"{name}+{note.key_id(name, kind, public).hex()}+{key}"
