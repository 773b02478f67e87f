"""The tree, its proofs and signed notes, held against other implementations."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
from base64 import b64decode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from recruitcheck.errors import BadInput, IntegrityError, NotFound, RegisterError
from recruitcheck.records import Draft
from recruitcheck.vault import canonical, merkle, note
from recruitcheck.vault.export import check_receipt, chosen, export, receipt
from recruitcheck.vault.merkle import Tree

from .conftest import Office

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


def test_a_tree_cut_back_grows_again() -> None:
    """Forgetting leaves leaves no trace of them in later roots."""
    tree = _tree(200)
    tree.root()
    tree.truncate(67)
    assert tree.root() == _tree(67).root()
    for leaf in LEAVES[67:300]:
        tree.append(merkle.leaf_hash(leaf))
    assert tree.root() == _tree(300).root()


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
    from recruitcheck.vault import locks

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


# --- exports and receipts -------------------------------------------------------------------


def _check_export(folder: Path) -> dict[str, list[dict[str, object]]]:
    """Check an export as somebody would who has only the contract: hashes by hand."""
    signed = note.parse((folder / "checkpoint").read_text())
    key = note.verifier((folder / "log.vkey").read_text())
    head = note.checkpoint(signed)
    assert key.signed(signed) and key.name == head.origin
    leaves = (folder / "entries.jsonl").read_bytes().split(b"\n")[:-1]
    proofs = json.loads((folder / "proofs.json").read_text())
    assert len(leaves) == len(proofs["inclusion"])
    for leaf, item in zip(leaves, proofs["inclusion"], strict=True):
        assert b64decode(item["leaf_data_base64"]) == leaf
        assert (item["tree_size"], b64decode(item["root"])) == (head.size, head.root)
        value, index, last = sha256(b"\x00" + leaf).digest(), item["leaf_index"], head.size - 1
        for part in map(b64decode, item["inclusion_proof"]):
            if index % 2 or index == last:
                value = sha256(b"\x01" + part + value).digest()
                while index % 2 == 0 and index:
                    index, last = index // 2, last // 2
            else:
                value = sha256(b"\x01" + value + part).digest()
            index, last = index // 2, last // 2
        assert value == head.root
    return proofs  # type: ignore[no-any-return]


def test_an_export_is_checked_by_its_contract_alone(anywhere: Office, tmp_path: Path) -> None:
    """Four files, byte-exact leaves, proofs for all or for those named, without a passphrase."""
    with anywhere.open() as ann:
        ann.append([Draft(type="note", subject=f"N-{n}", boxes={"hr": b"x"}) for n in range(20)])
        size = ann.size
    head = export(anywhere.where, tmp_path / "all")
    assert head.size == size
    assert {p.name for p in (tmp_path / "all").iterdir()} >= {
        "checkpoint",
        "log.vkey",
        "entries.jsonl",
        "proofs.json",
    }
    assert len(_check_export(tmp_path / "all")["inclusion"]) == size
    export(anywhere.where, tmp_path / "some", entries="3,5-7,0")
    proofs = _check_export(tmp_path / "some")
    assert [item["leaf_index"] for item in proofs["inclusion"]] == [0, 3, 5, 6, 7]
    assert proofs["consistency"] == []


def test_an_export_proves_that_it_continues_an_earlier_head(office: Office, tmp_path: Path) -> None:
    """`--since` adds a consistency proof; a stranger's or impossible head is refused."""
    export(office.where, tmp_path / "old")
    with office.open() as ann:
        ann.append([Draft(type="note", subject=f"N-{n}") for n in range(9)])
        old = note.checkpoint(note.parse((tmp_path / "old" / "checkpoint").read_text()))
        export(office.where, tmp_path / "new", since=tmp_path / "old" / "checkpoint", register=ann)
        (item,) = _check_export(tmp_path / "new")["consistency"]
        assert (item["old_size"], item["new_size"]) == (old.size, ann.size)
        assert merkle.check_consistency(
            old.size,
            ann.size,
            b64decode(str(item["old_root"])),
            b64decode(str(item["new_root"])),
            [b64decode(part) for part in item["consistency_proof"]],  # type: ignore[attr-defined]
        )
        lie = note.Checkpoint(old.origin, old.size, bytes(32))
        (tmp_path / "lie").write_text(str(note.sign(lie.text(), old.origin, bytes(32))))
        with pytest.raises(BadInput):
            export(office.where, tmp_path / "x", since=tmp_path / "lie")
        seed = ann._unlocked().chest.log_seed()
        assert seed is not None
        (tmp_path / "lie").write_text(str(note.sign(lie.text(), old.origin, seed)))
        with pytest.raises(IntegrityError):
            export(office.where, tmp_path / "x", since=tmp_path / "lie")


def test_entries_are_chosen_by_number_and_range() -> None:
    """`all`, numbers and inclusive ranges; anything else, or beyond the end, is refused."""
    assert list(chosen("all", 3)) == [0, 1, 2]
    assert list(chosen("2, 0-1,1", 3)) == [0, 1, 2]
    for bad in ("3", "1-", "a", "", "2-1", "-1", "0-9"):
        with pytest.raises(BadInput):
            chosen(bad, 3)


DEBIAN = Path("/usr/share/gocode/src/golang.org/x/mod")
"""Where Debian's golang-golang-x-mod-dev puts the packages; otherwise Go fetches them."""


@pytest.mark.needs("go")
def test_go_verifies_every_size_of_an_export(office: Office, tmp_path: Path) -> None:
    """golang.org/x/mod/sumdb accepts our heads and proofs, and refuses a changed one."""
    shutil.copytree(Path(__file__).parent / "check", tmp_path / "go")
    packages = Path(os.environ.get("RECRUITCHECK_TEST_GO_MOD", DEBIAN))
    if packages.is_dir():
        with (tmp_path / "go" / "go.mod").open("a") as file:
            file.write(f"\nreplace golang.org/x/mod => {packages}\n")
    go = shutil.which("go")
    assert go
    env = {**os.environ, "GOPATH": str(tmp_path / "gopath"), "GOFLAGS": "-mod=mod -modcacherw"}
    built = subprocess.run(
        [go, "build", "-o", str(tmp_path / "check"), "."],
        cwd=tmp_path / "go",
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    export(office.where, tmp_path / "old")
    for _ in range(12):
        with office.open() as ann:
            ann.append([Draft(type="note", subject="N-1")] * 3)
        since = tmp_path / "old" / "checkpoint"
        export(office.where, tmp_path / "now", since=since)
        done = subprocess.run([str(tmp_path / "check"), str(tmp_path / "now")], check=False)
        assert done.returncode == 0
    proofs = (tmp_path / "now" / "proofs.json").read_text()
    (tmp_path / "now" / "proofs.json").write_text(
        proofs.replace('"leaf_index": 1,', '"leaf_index": 2,')
    )
    done = subprocess.run([str(tmp_path / "check"), str(tmp_path / "now")], check=False)
    assert done.returncode == 1


def test_a_receipt_is_checked_without_the_register(anywhere: Office, tmp_path: Path) -> None:
    """An applicant can hold what was entered about them, with texts; a changed word shows."""
    with anywhere.open("Sam") as sam:
        sam.append(
            [
                Draft(type="note", case="A-1", boxes={"case": "Grüße".encode(), "hr": b"not this"}),
                Draft(type="note", case="A-1", boxes={"lookup:G-1": b"\xff\x00binary"}),
                Draft(type="note", case="A-2", boxes={"case": b"another person"}),
            ]
        )
        assert receipt(sam, "A-1", tmp_path / "r.json") == 2
        (tmp_path / "head").write_text(sam.checkpoint())
        with pytest.raises(NotFound):
            receipt(sam, "A-9", tmp_path / "x.json")
    text = (tmp_path / "r.json").read_text()
    assert "Grüße" in text
    assert "not this" not in text and "another person" not in text
    assert check_receipt(tmp_path / "r.json").ok
    assert check_receipt(tmp_path / "r.json", checkpoint=tmp_path / "head").ok
    (tmp_path / "bad.json").write_text(text.replace("Grüße", "Gruesse"))
    assert [f.kind for f in check_receipt(tmp_path / "bad.json").problems] == ["text"]
    body = json.loads(text)
    body["inclusion"][0]["leaf_index"] += 1
    (tmp_path / "bad.json").write_text(json.dumps(body))
    assert not check_receipt(tmp_path / "bad.json").ok
    with anywhere.open("Sam") as sam:
        sam.append([Draft(type="note")])
        (tmp_path / "head").write_text(sam.checkpoint())
        receipt(sam, "A-1", tmp_path / "new.json")
    with pytest.raises(BadInput, match="cannot be compared"):
        check_receipt(tmp_path / "r.json", checkpoint=tmp_path / "head")
    for bad in ("", "[]", "{}", '{"checkpoint": 1}'):
        (tmp_path / "bad.json").write_text(bad)
        with pytest.raises(BadInput):
            check_receipt(tmp_path / "bad.json")


def test_a_receipt_proves_that_it_continues_an_earlier_head(
    anywhere: Office, tmp_path: Path
) -> None:
    """A sound older checkpoint is accepted, a changed one is not, and a junk file is named."""
    old = tmp_path / "old"
    with anywhere.open("Sam") as sam:
        sam.append([Draft(type="note", case="A-1", boxes={"case": b"text"})])
        old.write_text(sam.checkpoint())
        sam.append([Draft(type="note")])
        receipt(sam, "A-1", tmp_path / "r.json")
    assert check_receipt(tmp_path / "r.json", checkpoint=old).ok
    body = json.loads((tmp_path / "r.json").read_text())
    for proof in body["consistency"]:
        proof["consistency_proof"] = proof["consistency_proof"][1:]
    (tmp_path / "bad.json").write_text(json.dumps(body))
    assert not check_receipt(tmp_path / "bad.json", checkpoint=old).ok
    old.write_bytes(b"\xff junk")
    with pytest.raises(BadInput, match="old cannot be read as a checkpoint"):
        check_receipt(tmp_path / "r.json", checkpoint=old)


def test_a_file_handed_out_that_cannot_be_written_is_named(
    anywhere: Office, tmp_path: Path
) -> None:
    """A missing folder or a full disk of the target never reads as a fault of the register."""
    gone = tmp_path / "gone" / "r.json"
    with anywhere.open("Sam") as sam:
        sam.append([Draft(type="note", case="A-1", boxes={"case": b"text"})])
        with pytest.raises(RegisterError, match="its folder does not exist") as told:
            receipt(sam, "A-1", gone)
        assert str(gone) in told.value.message
        full = OSError(errno.ENOSPC, "full")
        with (
            patch("recruitcheck.vault.files.write_all", side_effect=full),
            pytest.raises(RegisterError, match=r"r\.json could not be written: The disk"),
        ):
            receipt(sam, "A-1", tmp_path / "r.json")
    assert not (tmp_path / "r.json").exists()
