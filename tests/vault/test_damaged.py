"""Files that are not what they were, and a system that refuses: named, and nothing made worse."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from recruitcheck.errors import Destroyed, IntegrityError, RecruitcheckError, RegisterError
from recruitcheck.records import Draft
from recruitcheck.vault import backup, files, moving, tiles
from recruitcheck.vault.journal import JournalDB
from recruitcheck.vault.merkle import Tree
from recruitcheck.vault.register import Register, create, open_register
from recruitcheck.vault.verify import verify

from .conftest import NEW, PASS, Office, found

TEXT = b"a text to find again"


def noted(register: Register, text: bytes = TEXT) -> int:
    """One entry with a text; its place."""
    (made,) = register.append([Draft(type="note", case="A-1", boxes={"case": text})])
    return made.seq


def patched(path: Path, change: Callable[[bytes], bytes]) -> None:
    """The file changed where it lies, as a failing disk does."""
    before = path.read_bytes()
    after = change(before)
    assert after != before
    with path.open("r+b") as file:
        file.write(after)
        file.truncate(len(after))


# --- while somebody works on it -----------------------------------------------------------------


def test_a_ledger_cut_while_it_is_open_is_noticed(office: Office) -> None:
    """Whoever has it open is told to stop, at the next thing they do and when they close."""
    ann = office.open()
    noted(ann)
    patched(office.folder / "ledger", lambda data: data[:200])
    with pytest.raises(IntegrityError, match="shorter"):
        _ = ann.size
    for act in (lambda: noted(ann), ann.close):
        with pytest.raises(IntegrityError):
            act()


def test_a_leaf_changed_under_the_readers_eyes_is_not_shown(office: Office) -> None:
    """An entry is compared with the tree each time it is read from the disk."""
    with office.open() as ann:
        place = noted(ann)
        patched(office.folder / "ledger", lambda data: data.replace(b'"A-1"', b'"A-9"'))
        with pytest.raises(IntegrityError, match="not what was written"):
            ann.entry(place)


def test_a_box_changed_under_the_readers_eyes_does_not_open(office: Office) -> None:
    """Signs that no box is written in, and a box of other bytes, are damage by name."""
    with office.open() as ann:
        place = noted(ann)
        path = office.folder / "ledger"
        whole = path.read_bytes()
        line = re.search(rb"\+case ([^\n]+)\n(?!.*\+case)", whole, re.DOTALL)
        assert line
        for strange in (b"!" * len(line[1]), b64encode(bytes(len(line[1])))[: len(line[1])]):
            patched(path, lambda data, new=strange: data.replace(line[1], new))
            with pytest.raises(IntegrityError):
                ann.read(ann.entry(place), "case")
            path.write_bytes(whole)
        assert ann.read(ann.entry(place), "case") == TEXT


@pytest.mark.parametrize("act", ["entry", "document"])
def test_a_write_that_can_neither_end_nor_be_undone_ends_the_sitting(
    office: Office, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """Half a line that cannot be cut off again: nothing more is promised until it is reopened."""

    def do(register: Register) -> None:
        if act == "entry":
            noted(register)
        else:
            register.table("things").insert({"n": 2})

    def half(fd: int, data: bytes) -> None:
        os.write(fd, data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    def never(fd: int, length: int) -> None:
        raise OSError(5, "Input/output error")

    with office.open() as ann:
        ann.table("things").insert({"n": 1})
        place = noted(ann)
        with monkeypatch.context() as patch:
            patch.setattr(files, "write_all", half)
            patch.setattr(os, "ftruncate", never)
            with pytest.raises(RegisterError, match="disk is full"):
                do(ann)
        with pytest.raises(RegisterError, match="nobody knows"):
            do(ann)
    with office.open() as ann:
        assert ann.read(ann.entry(place), "case") == TEXT
        assert ann.table("things").all() == [{"n": 1}]
        do(ann)
        assert ann.verify().ok


def test_a_journal_that_cannot_be_read_or_settled_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is named; after a failed settling the handle refuses, a new one goes on."""

    def fails(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with JournalDB(tmp_path / "state") as db:
        db.table("things").insert({"n": 1})
        with monkeypatch.context() as patch:
            patch.setattr(files, "settle", fails)
            with pytest.raises(RegisterError, match="could not be written"):
                db.table("things").insert({"n": 2})
        with pytest.raises(RegisterError, match="nobody knows"):
            db.table("things").all()
    with JournalDB(tmp_path / "state") as db:
        (tmp_path / "state").rename(tmp_path / "elsewhere")
        with pytest.raises(RegisterError, match="`state` could not be read"):
            db.table("things").all()


def test_a_large_text_that_cannot_be_read_is_not_taken_for_missing(office: Office) -> None:
    """A sealed file the system refuses is told as that; one that is gone as missing."""
    with office.open() as ann:
        place = noted(ann, b"large " * 20_000)
        (sealed,) = (p for p in (office.folder / "evidence").glob("*/*"))
        whole = sealed.read_bytes()
        sealed.unlink()
        with pytest.raises(IntegrityError, match="missing"):
            ann.read(ann.entry(place), "case")
        sealed.mkdir()
        with pytest.raises(RegisterError, match="could not be read"):
            ann.read(ann.entry(place), "case")
        sealed.rmdir()
        sealed.write_bytes(whole)
        assert ann.read(ann.entry(place), "case") == b"large " * 20_000


# --- places ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "why"), [("ledger", "remains"), ("letter.txt", "not empty")])
def test_a_folder_with_anything_in_it_becomes_no_register(
    tmp_path: Path, name: str, why: str
) -> None:
    """Neither the rest of a register nor somebody's files are written over."""
    (tmp_path / name).write_text("kept")
    with pytest.raises(RegisterError, match=why):
        create(tmp_path, origin="x.example", name="Ann", passphrase=NEW)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [(name, "kept")]


def test_a_place_inside_a_file_is_refused_in_words(office: Office, tmp_path: Path) -> None:
    """Making, restoring and exporting below something that is a file end as a plain refusal."""
    (tmp_path / "file").write_text("kept")
    saved = backup.save_ledger(office.where, tmp_path / "ledger.tar")
    below = tmp_path / "file" / "register"
    with pytest.raises(RegisterError):
        create(below, origin="x.example", name="Ann", passphrase=NEW)
    with pytest.raises(RegisterError):
        backup.restore(saved, None, below)
    with office.open() as ann, pytest.raises(RegisterError):
        tiles.write(ann.store, ann.size, below)
    assert (tmp_path / "file").read_text() == "kept"


def test_a_strict_register_without_its_vault_key_opens_for_nobody(tmp_path: Path) -> None:
    """Texts stay shut and the message says where the key lies; the register stays beside it."""
    register, _ = create(
        tmp_path / "strict", origin="s.example", name="Ann", passphrase=NEW, strict=True
    )
    with register:
        noted(register)
    with pytest.raises(RegisterError, match="strict"):
        moving.move(str(tmp_path / "strict"), str(tmp_path / "moved"))
    key = tmp_path / "strict" / "vault-key"
    whole = key.read_bytes()
    key.unlink()
    for why in ("is missing", "could not be read"):
        with open_register(tmp_path / "strict", name="Ann", passphrase=NEW) as ann:
            entry = next(ann.entries(type="note"))
            with pytest.raises(RegisterError, match=why):
                ann.read(entry, "case")
        key.mkdir(exist_ok=True)
    key.rmdir()
    key.write_bytes(whole)
    with open_register(tmp_path / "strict", name="Ann", passphrase=NEW) as ann:
        assert ann.read(entry, "case") == TEXT


@pytest.mark.parametrize(
    "kind", ["folder", pytest.param("postgres", marks=pytest.mark.needs("postgresql"))]
)
def test_what_did_not_arrive_whole_is_taken_away_again(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    """A move that lost entries on its way leaves the old place as it was and the new one free."""
    office = found(str(tmp_path / "register"))  # a database holds the same register once
    target = str(tmp_path / "moved")
    if kind == "postgres":
        target = f"{request.getfixturevalue('database')}#lost{tmp_path.name.replace('-', '')}"
    with monkeypatch.context() as patch:
        patch.setattr(moving, "_copy", lambda origin, there: None)
        with pytest.raises(IntegrityError, match="not what was sent"):
            moving.move(office.where, target)
    with pytest.raises(RecruitcheckError):
        open_register(target)
    size, _ = moving.move(office.where, target)
    with office.open() as ann:
        assert ann.size >= size > 0
    assert verify(target).ok


def test_a_database_is_not_backed_up_as_a_folder(tmp_path: Path) -> None:
    """The way to do it is told, and no file is made."""
    with pytest.raises(RegisterError, match="backed up by the database") as caught:
        backup.save_keys("postgresql://127.0.0.1/x", tmp_path / "keys.tar")
    assert "docs/postgresql.md" in caught.value.hint
    assert not list(tmp_path.iterdir())


def test_a_tree_answers_for_its_own_sizes_only() -> None:
    """No root and no proof of a size or place that never was."""
    tree = Tree()
    tree.extend([bytes([n]) * 32 for n in range(5)])
    for impossible in (
        lambda: tree.root(6),
        lambda: tree.root(-1),
        lambda: tree.inclusion(5),
        lambda: tree.inclusion(3, 3),
        lambda: tree.inclusion(-1),
        lambda: tree.inclusion(0, 6),
        lambda: tree.consistency(4, 3),
        lambda: tree.consistency(2, 6),
        lambda: tree.consistency(-1, 3),
    ):
        with pytest.raises(ValueError, match="no such"):
            impossible()


def test_a_register_with_a_destroyed_case_moves_whole(office: Office, tmp_path: Path) -> None:
    """What is gone stays gone at the new place, and nothing else is."""
    with office.open() as ann:
        (gone,) = ann.append([Draft(type="note", case="A-GONE", boxes={"case": b"gone"})])
        kept = noted(ann)
        ann.shred("A-GONE", "retention")
    moving.move(office.where, str(tmp_path / "moved"))
    with open_register(tmp_path / "moved", name="Ann Lee", passphrase=PASS["Ann Lee"]) as ann:
        assert ann.read(ann.entry(kept), "case") == TEXT
        with pytest.raises(Destroyed):
            ann.read(ann.entry(gone.seq), "case")
        assert ann.verify().ok


def test_a_system_that_takes_a_write_in_pieces_loses_none(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Network folders do that: everything is written, in order, before it counts."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, bytes(data)[:7]))
    with office.open() as ann:
        place = noted(ann)
        ann.table("things").insert({"n": 1})
    monkeypatch.setattr(os, "write", real)
    with office.open() as ann:
        assert ann.read(ann.entry(place), "case") == TEXT
        assert ann.table("things").all() == [{"n": 1}]
        assert ann.verify().ok


def test_a_destruction_that_the_disk_refused_is_finished_by_asking_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, the case stays closed meanwhile, and one certificate comes of it."""
    with office.open() as ann:
        place = noted(ann)
        with monkeypatch.context() as patch:

            def full(*_: object) -> None:
                raise OSError(28, "No space left on device")

            patch.setattr(files, "replacing", full)
            with pytest.raises(RegisterError, match="disk is full"):
                ann.shred("A-1", "retention")
        with pytest.raises(Destroyed):
            ann.read(ann.entry(place), "case")
        assert ann.shred("A-1", "retention").cause == "retention"
        assert [e.type for e in ann.entries(case="A-1")][-2:] == ["shred-intent", "shred-done"]
        assert ann.verify().ok
