"""What happens when the disk, the power or somebody else ends things in the middle."""

from __future__ import annotations

import fcntl
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from recruitcheck.errors import IntegrityError, RecruitcheckError
from recruitcheck.records import Draft
from recruitcheck.vault import files
from recruitcheck.vault.journal import JournalDB
from recruitcheck.vault.register import open_register

from . import faults, kills
from .conftest import PASS, Office

ANN = ("Ann Lee", PASS["Ann Lee"])


def _calls(office: Office, tmp_path: Path) -> int:
    shutil.copytree(office.folder, tmp_path / "count")
    counter = faults.Faults()
    faults.run(tmp_path / "count", *ANN, counter)
    return counter.count


@pytest.mark.parametrize("kind", faults.KINDS)
def test_a_fault_at_any_call_loses_nothing_acknowledged(
    office: Office, tmp_path: Path, kind: str
) -> None:
    """An error, a full disk or a kill at a call to the system: every sixth call is tried here."""
    total = _calls(office, tmp_path)
    assert total > 60
    for at in range(2 * faults.KINDS.index(kind), total, 6):
        folder = tmp_path / f"at-{at}"
        shutil.copytree(office.folder, folder)
        seen = faults.run(folder, *ANN, faults.Faults(at, kind))
        try:
            faults.check(folder, *ANN, seen)
        except BaseException as error:
            raise AssertionError(f"{kind} at call {at} of {total}") from error
        shutil.rmtree(folder)


def test_killed_in_the_middle_of_writes_nothing_acknowledged_is_missing(office: Office) -> None:
    """SIGKILL again and again on one register: it opens, verifies, and has what was confirmed."""
    rng = random.Random(7)
    entries: set[str] = set()
    documents: set[int] = set()
    inside = 0
    for _ in range(8):
        told = kills.once(office.folder, *ANN, rng, slow=0.003)
        entries.update(told.entries)
        documents.update(told.documents)
        inside += told.inside
        with office.open() as ann:
            assert entries <= {e.id for e in ann.entries()}
            assert documents <= {d["n"] for d in ann.table("things").all()}
            done = ann.verify()
            assert done.ok, done.problems
    assert inside >= 5
    assert entries and documents


def test_a_torn_tail_is_kept_aside_and_entered(office: Office) -> None:
    """Bytes behind the last closed batch are not shown, not lost, and their count is entered."""
    ledger = office.folder / "ledger"
    whole = ledger.read_bytes()
    tail = b'{"half an entry'
    ledger.write_bytes(whole + tail)
    with open_register(office.where) as public:
        before = public.size
        assert ledger.read_bytes().endswith(tail)
    with office.open() as ann:
        (entry,) = ann.entries(type="recovered")
        assert entry.facts == {"bytes": len(tail)}
        assert ann.size == before + 1
        assert ann.verify().ok
    aside = list((office.folder / "kept-aside").iterdir())
    assert [path.read_bytes() for path in aside] == [tail]


def test_a_writer_sets_aside_what_another_left_torn(office: Office) -> None:
    """When a colleague's program dies in a write, the next entry goes in behind what counts."""
    with office.open("Ann") as ann:
        for _ in range(2):  # behind the last byte of the file, then inside the room at its end
            with (office.folder / "ledger").open("r+b") as file:
                file.seek(len(file.read().rstrip(b"\0")))
                file.write(b"+case half a box")
            (made,) = ann.append([Draft(type="note")])
            kinds = [e.type for e in ann.entries(after_seq=made.seq - 2)]
            assert kinds == ["recovered", "note"]
        assert ann.verify().ok


def test_room_at_the_end_is_no_part_of_the_ledger(office: Office) -> None:
    """Zero bytes made ready for what comes next: given back on closing, harmless after a kill."""
    ledger = office.folder / "ledger"
    with office.open("Ann") as ann, office.open("Sam") as sam:
        ann.append([Draft(type="note", subject="N-1")])
        assert ledger.read_bytes().endswith(bytes(1000))
        sam.append([Draft(type="note", subject="N-2")])  # each goes in behind the other's
        ann.append([Draft(type="note", subject="N-3")])
        assert [e.subject for e in sam.entries(type="note")] == ["N-1", "N-2", "N-3"]
        killed = ledger.read_bytes()
        assert killed.endswith(bytes(1000))
    assert ledger.read_bytes().endswith(b"\n")
    assert b"\0" not in ledger.read_bytes()
    ledger.write_bytes(killed)
    with open_register(office.where) as public:
        assert public.verify().ok
    with office.open() as ann:
        ann.append([Draft(type="note", subject="N-4")])
        assert len(list(ann.entries(type="note"))) == 4
        assert not list(ann.entries(type="recovered"))
        assert ann.verify().ok


def test_a_power_cut_may_leave_any_pages_of_a_write(office: Office) -> None:
    """Whichever pages of an unconfirmed batch reached the disk: all before it is there."""
    rng = random.Random(11)
    cut = office.folder.parent / "cut"
    with office.open() as ann:
        (kept,) = ann.append([Draft(type="note", case="A-1", boxes={"case": b"kept"})])
        shutil.copytree(office.folder, cut)
        ann.append([Draft(type="note", case="A-1", boxes={"case": b"lost" * 2000})] * 2)
        after = (office.folder / "ledger").read_bytes().rstrip(b"\0")
    before = (cut / "ledger").read_bytes()
    end = len(before.rstrip(b"\0"))
    pages = [slice(at, at + 4096) for at in range(end // 4096 * 4096, len(after), 4096)]
    some = [rng.sample(pages, 1 + number % (len(pages) - 1)) for number in range(12)]
    for there in [*some, pages[1:]]:
        mixed = bytearray(before)
        for page in there:
            mixed[page] = after[page].ljust(4096, b"\0")
        (cut / "ledger").write_bytes(mixed)
        with open_register(cut) as public:
            assert public.size == kept.seq + 1
            done = public.verify()
            assert done.ok, done.problems
    with open_register(cut, name="Sam Roe", passphrase=PASS["Sam Roe"]) as sam:
        sam.append([Draft(type="note")])
        kinds = [e.type for e in sam.entries(after_seq=kept.seq)]
        assert kinds == ["recovered", "note"]
        assert sam.verify().ok
    aside = [path.read_bytes() for path in (cut / "kept-aside").iterdir()]
    assert aside == [bytes(mixed[end:].rstrip(b"\0"))]


def _damaged(data: bytes, rng: random.Random) -> Iterator[tuple[int, bytes]]:
    """Damaged copies of a file, each with the place where its damage ends."""
    while True:
        at = rng.randrange(len(data))
        way = rng.randrange(3)
        if way == 0:
            yield at + 1, data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]
        elif way == 1:
            size = min(rng.randrange(1, 4096), len(data) - at)
            changed = data[:at] + bytes(size) + data[at + size :]
            if changed != data:
                yield at + size, changed
        else:
            yield len(data), data[:at]


def test_every_damage_to_the_ledger_is_named_or_cut_back_to_what_counts(office: Office) -> None:
    """Flipped bits, zeroed pages and cut files: never a wrong entry, never a silent gap inside."""
    with office.open() as ann:
        for number in range(6):
            boxes = {"case": b"text %d" % number}
            ann.append([Draft(type="note", case="A-1", boxes=boxes)] * (1 + number % 2))
        before = [ann.store.leaf(seq) for seq in range(ann.size)]
    ledger = office.folder / "ledger"
    whole = ledger.read_bytes()
    last = whole.rindex(b"\n= ", 0, whole.rindex(b"\n= "))
    last_batch = whole.index(b"\n", last + 1) + 1
    rng = random.Random(3)
    for _, (end, changed) in zip(range(400), _damaged(whole, rng), strict=False):
        ledger.write_bytes(changed)
        try:
            with open_register(office.where) as public:
                after = [public.store.leaf(seq) for seq in range(public.size)]
        except RecruitcheckError as error:
            assert error.hint
            continue
        assert after == before[: len(after)]
        assert end > last_batch  # only what reaches into the last batch can look like a torn tail
        if len(after) < len(before):
            with pytest.raises(IntegrityError):  # and is noticed by who saw more
                office.open()


def test_what_a_member_saw_cannot_be_taken_back_unnoticed(office: Office) -> None:
    """A cut tail, an old copy and a fork are refused at unlocking, whoever wrote to the disk."""
    early = office.folder.parent / "early"
    with office.open() as ann:
        ann.append([Draft(type="note")])
    shutil.copytree(office.folder, early)
    with office.open() as ann:
        ann.append([Draft(type="note", subject="N-1")])
        ann.append([Draft(type="note", subject="N-2")])
        size = ann.size
    ledger = office.folder / "ledger"
    whole = ledger.read_bytes()
    cut = whole[: whole.rindex(b"\n= ", 0, len(whole) - 5) + 1]
    ledger.write_bytes(cut[: cut.rindex(b"\n{") + 1])
    with pytest.raises(IntegrityError, match=f"{size} entries"):
        office.open()
    ledger.write_bytes((early / "ledger").read_bytes())
    with pytest.raises(IntegrityError):
        office.open()
    shutil.rmtree(office.folder)
    shutil.copytree(early, office.folder)
    with pytest.raises(IntegrityError):
        office.open()
    fork = open_register(early, name="Sam Roe", passphrase=PASS["Sam Roe"])
    with fork:
        fork.append([Draft(type="note", subject=f"X-{n}") for n in range(5)])
    shutil.rmtree(office.folder)
    shutil.copytree(early, office.folder)
    with pytest.raises(IntegrityError):
        office.open()
    with pytest.raises(IntegrityError):
        office.open("Ann", accept_loss=False)
    with office.open("Ann", accept_loss=True) as ann:
        assert [e.facts["had"] for e in ann.entries(type="recovered")] == [size]
    office.open("Ann").close()


def test_only_hr_accepts_a_loss(office: Office) -> None:
    """A recruiter cannot wave a shortened ledger through."""
    early = (office.folder / "ledger").read_bytes()
    with office.open("Sam") as sam:
        sam.append([Draft(type="note")])
    (office.folder / "ledger").write_bytes(early)
    with pytest.raises(IntegrityError):
        office.open("Sam", accept_loss=True)


def test_a_register_of_a_newer_version_is_left_alone(office: Office) -> None:
    """A newer format is refused with a clear message, in each of the files that tell."""
    for name, old, new in (
        ("register.json", b'"format":1', b'"format":2'),
        ("ledger", b"recruitcheck ledger 1", b"recruitcheck ledger 2"),
        ("keys", b"recruitcheck journal 1", b"recruitcheck journal 2"),
    ):
        path = office.folder / name
        before = path.read_bytes()
        path.write_bytes(before.replace(old, new, 1))
        with pytest.raises(RecruitcheckError) as caught:
            office.open()
        assert "newer" in caught.value.message + caught.value.hint
        assert path.read_bytes() == before.replace(old, new, 1)
        path.write_bytes(before)
    office.open().close()


def test_damage_in_the_middle_of_a_journal_is_refused(tmp_path: Path) -> None:
    """A journal is never repaired silently: only a torn last line goes aside."""
    with JournalDB(tmp_path / "j") as db:
        for number in range(20):
            db.table("t").insert({"n": number})
    path = tmp_path / "j"
    whole = path.read_bytes()
    rng = random.Random(5)
    last_line = whole.rindex(b"\n", 0, len(whole) - 1)
    for _, (end, changed) in zip(range(300), _damaged(whole, rng), strict=False):
        path.write_bytes(changed)
        try:
            with JournalDB(path) as db:
                numbers = [d["n"] for d in db.table("t").all()]
        except IntegrityError:
            continue
        assert numbers == list(range(len(numbers)))
        assert end > last_line


def test_who_only_reads_a_journal_leaves_its_end_to_who_writes(tmp_path: Path) -> None:
    """Half a line may be a colleague's write in progress: reading neither cuts it nor shows it."""
    path = tmp_path / "j"
    with JournalDB(path) as writer, JournalDB(path) as reader:
        writer.insert({"n": 1})
        whole = path.read_bytes()
        writer.insert({"n": 2})
        done = path.read_bytes()
        path.write_bytes(done[:-3])
        assert [row["n"] for row in reader.all()] == [1]
        assert path.read_bytes() == done[:-3] != whole
        path.write_bytes(done)
        assert [row["n"] for row in reader.all()] == [1, 2]
        assert not list(tmp_path.glob("*torn*"))


def test_another_history_of_the_same_length_is_told_apart(office: Office, tmp_path: Path) -> None:
    """As many entries as one has seen, and not the same: that is what the message says."""
    other = tmp_path / "other"
    shutil.copytree(office.folder, other)
    for where, subject in ((office.where, "N-MINE"), (str(other), "N-THEIRS")):
        with open_register(where, name="Ann Lee", passphrase=PASS["Ann Lee"]) as ann:
            ann.append([Draft(type="note", subject=subject)])
            size = ann.size
    shutil.copy(other / "ledger", office.folder / "ledger")
    with pytest.raises(IntegrityError, match=f"first {size} entries are not the ones") as caught:
        office.open()
    assert "--accept-loss" in caught.value.hint


def test_a_lock_file_that_was_cleared_away_is_made_again(tmp_path: Path) -> None:
    """Whoever holds the lock holds the file that others will lock."""
    path = tmp_path / "lock"
    lock = files.Lock(path)
    with lock.held():
        path.unlink()
    with lock.held(), path.open() as others, pytest.raises(BlockingIOError):
        fcntl.flock(others, fcntl.LOCK_EX | fcntl.LOCK_NB)
    lock.close()
