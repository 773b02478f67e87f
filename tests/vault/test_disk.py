"""A disk that fails, is full or takes its time: nothing is promised before it has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recruitcheck.errors import RegisterError
from recruitcheck.records import Draft
from recruitcheck.vault import files
from recruitcheck.vault.folder import make as lay_out
from recruitcheck.vault.folder import read_meta

from .conftest import Office


def test_after_a_failed_fsync_nothing_more_is_promised(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows what the disk kept, so the handle refuses; opening again finds out."""
    with office.open() as ann:

        def fails(fd: int) -> None:
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as patch:
            patch.setattr(files, "settle", fails)
            with pytest.raises(RegisterError):
                ann.append([Draft(type="note", subject="N-MAYBE")])
        with pytest.raises(RegisterError, match="nobody knows"):
            ann.append([Draft(type="note")])
        with pytest.raises(RegisterError, match="nobody knows"):
            list(ann.entries(subject="N-MAYBE"))
    with office.open() as ann:
        ann.append([Draft(type="note", subject="N-AFTER")])
        assert ann.verify().ok


def test_a_full_disk_is_told_plainly_and_nothing_is_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No space: a clear message with a hint; once there is space, work goes on."""
    with office.open() as ann:
        size = ann.size

        def full(fd: int, data: bytes) -> None:
            os.write(fd, data[: len(data) // 2])
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(files, "write_all", full)
            with pytest.raises(RegisterError, match="disk is full") as caught:
                ann.append([Draft(type="note")])
            assert caught.value.hint
            with pytest.raises(RegisterError, match="disk is full"):
                ann.table("x").insert({"a": 1})
        assert ann.size == size
        ann.append([Draft(type="note")])
        ann.table("x").insert({"a": 1})
        assert ann.verify().ok


def test_a_folder_that_can_only_be_read_is_still_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unlocking and reading work in a read-only folder; writing is refused plainly."""
    with office.open() as ann:
        (made,) = ann.append([Draft(type="note", case="A-1", boxes={"case": b"x"})])
    real = os.open

    def readonly(path: object, flags: int, *rest: int, **kwargs: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(30, "Read-only file system")
        return real(path, flags, *rest, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", readonly)
    with office.open() as ann:
        assert ann.read(made, "case") == b"x"
        with pytest.raises(RegisterError, match="only be read"):
            ann.append([Draft(type="note")])
        with pytest.raises(RegisterError, match="only be read"):
            ann.table("x").insert({"a": 1})


def test_an_entry_is_kept_where_the_disk_has_space_for_it_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room that is made for later entries does not stand in the way of this one."""
    real = files.write_all

    def nearly_full(fd: int, data: bytes) -> None:
        real(fd, data[:6000])
        if len(data) > 6000:
            raise OSError(28, "No space left on device")

    with office.open() as ann:
        monkeypatch.setattr(files, "write_all", nearly_full)
        (made,) = ann.append([Draft(type="note", case="A-1", boxes={"case": b"x" * 900})])
        with pytest.raises(RegisterError, match="disk is full"):
            ann.append([Draft(type="note", case="A-1", boxes={"case": b"x" * 9000})])
        monkeypatch.setattr(files, "write_all", real)
    with office.open() as ann:
        assert ann.read(made, "case") == b"x" * 900
        assert ann.size == made.seq + 1
        assert ann.verify().ok


@pytest.mark.parametrize("act", ["entry", "document"])
def test_what_was_refused_is_gone_for_sure_or_nothing_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """A power cut must not bring back what was refused: if that is not sure, the handle stops."""

    def do() -> None:
        if act == "entry":
            ann.append([Draft(type="note")])
        else:
            ann.table("x").insert({"a": 1})

    def half(fd: int, data: bytes) -> None:
        os.write(fd, data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    def fails(fd: int) -> None:
        raise OSError(5, "Input/output error")

    with office.open() as ann:
        with monkeypatch.context() as patch:
            patch.setattr(files, "write_all", half)
            patch.setattr(files, "settle", fails)
            with pytest.raises(RegisterError, match="disk is full"):
                do()
        with pytest.raises(RegisterError, match="nobody knows"):
            do()
    with office.open() as ann:
        do()
        assert ann.verify().ok


def test_names_are_made_and_taken_away_durably(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new register's folder outlasts a power cut; destroyed evidence does not come back."""
    settled: list[Path] = []
    real = files.settle_folder

    def noting(folder: Path) -> None:
        settled.append(folder)
        real(folder)

    monkeypatch.setattr(files, "settle_folder", noting)
    lay_out(tmp_path / "school" / "register", read_meta(office.folder))
    assert {tmp_path, tmp_path / "school"} <= set(settled)
    with office.open() as ann:
        ann.append([Draft(type="note", case="A-1", boxes={"case": b"x" * 40_000})])
        (evidence,) = (office.folder / "evidence").glob("*/*")
        settled.clear()
        ann.shred("A-1", "retention")
    assert not evidence.exists()
    assert evidence.parent in settled


@pytest.mark.parametrize("act", ["checkpoint", "close"])
def test_a_head_is_signed_and_remembered_only_of_what_the_disk_has(
    office: Office, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """Another's entry can be read before it is settled; a power cut then is no rollback."""
    ledger = (office.folder / "ledger").stat().st_ino
    settled: list[int] = []
    real = files.settle

    def noting(fd: int) -> None:
        settled.append(os.fstat(fd).st_ino)
        real(fd)

    with office.open("Eva") as eva, office.open() as ann:
        ann.append([Draft(type="note")])
        monkeypatch.setattr(files, "settle", noting)
        if act == "checkpoint":
            eva.checkpoint()
        else:
            eva.close()
        monkeypatch.setattr(files, "settle", real)
    assert settled[0] == ledger


@pytest.mark.parametrize("within", ["alone", "by itself"])
def test_an_entry_is_settled_before_its_writer_hears_of_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, within: str
) -> None:
    """Whoever got an entry back can act on it; that holds inside a longer hold of the lock, too."""
    done: list[tuple[str, int]] = []
    write, settle = files.write_all, files.settle

    def writing(fd: int, data: bytes) -> None:
        write(fd, data)
        done.append(("written", os.fstat(fd).st_ino))

    def settling(fd: int) -> None:
        settle(fd)
        done.append(("settled", os.fstat(fd).st_ino))

    ledger = (office.folder / "ledger").stat().st_ino
    with office.open() as ann:
        monkeypatch.setattr(files, "write_all", writing)
        monkeypatch.setattr(files, "settle", settling)

        def act() -> list[str]:
            ann.append([Draft(type="note")])
            return [what for what, file in done if file == ledger]

        seen = ann.alone(act) if within == "alone" else act()
    assert seen == ["written", "settled"]


def test_interrupted_while_the_disk_is_waited_for_an_entry_is_there_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C in that moment: nothing was acknowledged, what was written is whole, work goes on."""

    def interrupted(fd: int) -> None:
        raise KeyboardInterrupt

    with office.open() as ann:
        with monkeypatch.context() as patch:
            patch.setattr(files, "settle", interrupted)
            with pytest.raises(KeyboardInterrupt):
                ann.append([Draft(type="note", subject="N-FIRST")])
        ann.append([Draft(type="note", subject="N-SECOND")])
        seen = [entry.subject for entry in ann.entries(type="note")]
    with office.open() as ann:
        assert [entry.subject for entry in ann.entries(type="note")] == seen
        assert sorted(seen) == ["N-FIRST", "N-SECOND"]
        assert ann.verify().ok
