"""What leaves the register for people who check it elsewhere, checked as they would."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from unittest.mock import patch

import pytest
from pymerkle import InmemoryTree

from recruitcheck.errors import BadInput, IntegrityError, NotFound, RecruitcheckError, RegisterError
from recruitcheck.records import Draft
from recruitcheck.vault import files, heads, note, tiles
from recruitcheck.vault.export import check_receipt, chosen, export, receipt
from recruitcheck.vault.register import Register, create
from recruitcheck.vault.store import Store

from . import outsider
from .conftest import PASS, Office
from .test_tree import state


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
    assert outsider.check(tmp_path / "all") == (list(range(size)), [])
    export(anywhere.where, tmp_path / "some", entries="3,5-7,0")
    assert outsider.check(tmp_path / "some") == ([0, 3, 5, 6, 7], [])


def test_an_export_proves_that_it_continues_an_earlier_head(office: Office, tmp_path: Path) -> None:
    """`--since` adds a consistency proof; a stranger's or impossible head is refused."""
    export(office.where, tmp_path / "old")
    with office.open() as ann:
        ann.append([Draft(type="note", subject=f"N-{n}") for n in range(9)])
        old = note.checkpoint(note.parse((tmp_path / "old" / "checkpoint").read_text()))
        export(office.where, tmp_path / "new", since=tmp_path / "old" / "checkpoint", register=ann)
        assert outsider.check(tmp_path / "new")[1] == [(old.size, ann.size)]
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
    for bad in ("3", "1-", "a", "", "2-1", "-1", "0-9", "+1", "1_0", "٢"):
        with pytest.raises(BadInput):
            chosen(bad, 3)


DEBIAN = Path("/usr/share/gocode/src/golang.org/x/mod")
"""Where Debian's golang-golang-x-mod-dev puts the packages; otherwise Go fetches them."""


@pytest.fixture(scope="module")
def go_check(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], int]:
    """Our sixty lines over Go's own note and tlog packages, built; answers with the exit code."""
    base = tmp_path_factory.mktemp("go")
    shutil.copytree(Path(__file__).parent / "check", base / "check")
    packages = Path(os.environ.get("RECRUITCHECK_TEST_GO_MOD", DEBIAN))
    if packages.is_dir():
        with (base / "check" / "go.mod").open("a") as file:
            file.write(f"\nreplace golang.org/x/mod => {packages}\n")
    env = {**os.environ, "GOPATH": str(base / "path"), "GOFLAGS": "-mod=mod -modcacherw"}
    built = subprocess.run(
        ["go", "build", "-o", str(base / "program"), "."],
        cwd=base / "check",
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return lambda folder: (
        subprocess.run([base / "program", folder], check=False, capture_output=True).returncode
    )


@dataclass
class AtSize:
    """The register as its log signed it when it had `size` entries."""

    store: Store
    size: int
    seed: bytes

    def checkpoint(self) -> str:
        """The head at that size."""
        origin = self.store.meta.origin
        head = note.Checkpoint(origin, self.size, self.store.tree.root(self.size))
        return str(note.sign(head.text(), origin, self.seed))


@pytest.fixture
def grown(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], AtSize]]:
    """A register of 1,100 entries, at any size it had."""
    monkeypatch.setattr(files, "settle", lambda fd: None)  # proofs are tested, not disks
    monkeypatch.setattr(files, "settle_folder", lambda folder: None)
    with office.open() as ann:
        ann.append([Draft(type="note", subject=f"N-{n}") for n in range(1100 - ann.size)])
        seed = ann._unlocked().chest.log_seed()
        assert seed is not None
        yield lambda size: AtSize(ann.store, size, seed)


SIZES = [*range(1, 101), 127, 128, 129, 511, 512, 513, 1023, 1024, 1025, 1100]


TILED = (1, 2, 100, 511, 512, 513, 1100)


def _exports(grown: Callable[[int], AtSize], base: Path) -> Iterator[tuple[int, Path]]:
    """An export at each size, which proves all leaves (some, where there are many) and that it
    continues the size before; some are whole logs in tiles."""
    since = None
    for size in SIZES:
        some = "all" if size <= 100 else f"0,{size // 3}-{size // 3 + 3},{size - 1}"
        folder = base / str(size)
        register = cast(Register, grown(size))
        tiled = size in TILED
        export("", folder, entries=some, since=since, whole=tiled, register=register)
        assert (folder / "tile").exists() == tiled
        since = folder / "checkpoint"
        yield size, folder


def test_every_size_is_verified_by_somebody_elses_few_lines(
    grown: Callable[[int], AtSize], tmp_path: Path
) -> None:
    """Heads, inclusion and consistency from 1 to 100 entries and some large sizes; the roots are
    those that pymerkle computes."""
    other = InmemoryTree(algorithm="sha256")
    before = 0
    for size, folder in _exports(grown, tmp_path):
        indices, consistent = outsider.check(folder)
        assert indices == list(range(size)) if size <= 100 else len(indices) == 6
        assert consistent == ([(before, size)] if before else [])
        for index in range(before, size):
            other.append_entry(grown(size).store.leaf(index))
        assert outsider.head(folder) == (size, state(other))
        before = size


def test_tiles_are_named_as_other_logs_name_them() -> None:
    """The example of C2SP tlog-tiles, and where the number of digits changes."""
    for number, name in (
        (0, "000"),
        (999, "999"),
        (1000, "x001/000"),
        (1234067, "x001/x234/067"),
    ):
        assert tiles.named(number, 256) == name
    assert tiles.named(1234067, 8) == "x001/x234/067.p/8"


@pytest.mark.needs("go")
def test_every_size_is_verified_by_go(
    grown: Callable[[int], AtSize], tmp_path: Path, go_check: Callable[[Path], int]
) -> None:
    """golang.org/x/mod/sumdb accepts heads and proofs of each size, and nothing changed."""
    folder = tmp_path
    for _, folder in _exports(grown, tmp_path):
        assert go_check(folder) == 0
    proofs = folder / "proofs.json"
    text = proofs.read_text()
    checkpoint = (folder / "checkpoint").read_text()
    for old, new in (
        ('"leaf_index": 0,', '"leaf_index": 1,'),
        ('"old_size": 1025', '"old_size": 9'),
    ):
        assert old in text
        proofs.write_text(text.replace(old, new))
        assert go_check(folder) == 1
    proofs.write_text(text)
    assert go_check(folder) == 0
    for path in ("0/000", "0/004.p/76", "1/000.p/4", "entries/003", "entries/004.p/76"):
        tile = folder / "tile" / path
        data = tile.read_bytes()
        tile.write_bytes(data[:40] + bytes([data[40] ^ 1]) + data[41:])
        assert go_check(folder) == 1
        tile.write_bytes(data)
    assert go_check(folder) == 0
    (folder / "checkpoint").write_text(checkpoint.replace("\n1100\n", "\n1099\n"))
    assert go_check(folder) == 1


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


@pytest.mark.needs("age", "pyrage")
def test_a_receipt_can_be_sealed_to_somebody(anywhere: Office, tmp_path: Path) -> None:
    """Any age program opens it for the holders of the keys; nobody else reads a word of it."""
    publics = []
    for name in ("expert", "union", "stranger"):
        made = ["age-keygen", "-o", str(tmp_path / name)]
        told = subprocess.run(made, capture_output=True, text=True, check=True).stderr
        publics.append(told.split()[-1])
    sealed, opened = tmp_path / "r.age", tmp_path / "r.json"
    with anywhere.open("Sam") as sam:
        sam.append([Draft(type="note", case="A-1", boxes={"case": "Grüße".encode()})])
        assert receipt(sam, "A-1", sealed, to=publics[:2]) == 1
        with pytest.raises(BadInput, match="no public key"):
            receipt(sam, "A-1", tmp_path / "none", to=["age1nobody"])
        assert not (tmp_path / "none").exists()
    assert "Grüße".encode() not in sealed.read_bytes() and b"A-1" not in sealed.read_bytes()
    with pytest.raises(BadInput, match="sealed to somebody"):
        check_receipt(sealed)
    for name, opens in (("expert", True), ("union", True), ("stranger", False)):
        opened.unlink(missing_ok=True)
        read = ["age", "--decrypt", "-i", tmp_path / name, "-o", opened, sealed]
        assert (subprocess.run(read, check=False, capture_output=True).returncode == 0) is opens
        if opens:
            assert "Grüße" in opened.read_text(encoding="utf-8")
            assert check_receipt(opened).ok


def test_without_the_library_an_age_file_is_refused_plainly(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Age files are an extra; nothing is written in the clear instead."""
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with office.open("Sam") as sam:
        sam.append([Draft(type="note", case="A-1", boxes={"case": b"text"})])
        with pytest.raises(RecruitcheckError, match="not installed"):
            receipt(sam, "A-1", tmp_path / "r.age", to=["age1x"])
    assert not (tmp_path / "r.age").exists()


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


def test_a_receipt_is_held_against_its_key_and_the_head_one_was_given(
    office: Office, tmp_path: Path
) -> None:
    """Another register's key or head, and a head of the same size with another root, are named."""
    other, _ = create(tmp_path / "other", origin="o.example", name="O", passphrase=PASS["Ann Lee"])
    with other, office.open("Sam") as sam:
        sam.append([Draft(type="note", case="A-1", boxes={"case": b"text"})])
        receipt(sam, "A-1", tmp_path / "r.json")
        good = json.loads((tmp_path / "r.json").read_text())
        foreign = str(heads.log_verifier(other.store))
        seed = sam._unlocked().chest.log_seed()
        assert seed is not None
        forked = note.Checkpoint(sam.origin, sam.size, b"\x01" * 32)
        (tmp_path / "foreign").write_text(other.checkpoint())
        (tmp_path / "forked").write_text(str(note.sign(forked.text(), sam.origin, seed)))
    (tmp_path / "bad.json").write_text(json.dumps({**good, "vkey": foreign}))
    found = check_receipt(tmp_path / "bad.json")
    assert [fault.kind for fault in found.problems] == ["checkpoint"]
    for name, words in (("foreign", "another register"), ("forked", "another history")):
        found = check_receipt(tmp_path / "r.json", checkpoint=tmp_path / name)
        assert [fault.kind for fault in found.problems] == ["checkpoint"]
        assert words in found.problems[0].message
