"""Verification: everything that was changed is named, and an honest register passes."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import pytest

from recruitcheck.errors import BadInput, NotPermitted, RegisterError
from recruitcheck.records import Draft
from recruitcheck.vault import entering, locks, signatures
from recruitcheck.vault.leaves import checked, signed
from recruitcheck.vault.register import open_register
from recruitcheck.vault.verify import Verification, lines, verify

from .conftest import Office


def _kinds(found: Verification) -> set[str]:
    assert found.ok is (not found.problems)
    return {fault.kind for fault in found.problems}


def rewritten(office: Office, change: Callable[[list[bytes]], list[bytes]]) -> Verification:
    """The ledger with its leaves changed and every sum and root made to fit again."""
    path = office.folder / "ledger"
    out, stack, crc, size = b"", [], 0, 0
    head, *rest = path.read_bytes().splitlines(keepends=True)
    for line in change(rest):
        if line.startswith(b"="):
            root = _root(stack)
            closing = b"= %d %s" % (size, root.hex().encode())
            out += b"%s %08x\n" % (closing, crc32(closing, crc))
            crc = 0
            continue
        if line.startswith(b"{"):
            stack.append(sha256(b"\x00" + line[:-1]).digest())
            size += 1
        crc = crc32(line, crc)
        out += line
    path.write_bytes(head + out)
    return verify(office.where)


def _root(hashes: list[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    cut = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\x01" + _root(hashes[:cut]) + _root(hashes[cut:])).digest()


def _filled(office: Office) -> None:
    with office.open("Sam") as sam:
        for number in range(4):
            sam.append([Draft(type="note", subject=f"N-{number}", boxes={"staff": b"x"})])


def test_whoever_rewrites_the_file_cleverly_is_still_found_out(office: Office) -> None:
    """Changed, dropped, swapped and repeated entries, with all sums made to fit, are named."""
    _filled(office)
    whole = (office.folder / "ledger").read_bytes()

    def changed(rows: list[bytes]) -> list[bytes]:
        return [row.replace(b'"N-2"', b'"N-9"') for row in rows]

    def dropped(rows: list[bytes]) -> list[bytes]:
        at = next(n for n, row in enumerate(rows) if b'"N-2"' in row)
        return rows[:at] + rows[at + 3 :]

    def swapped(rows: list[bytes]) -> list[bytes]:
        one = next(n for n, row in enumerate(rows) if b'"N-1"' in row)
        two = next(n for n, row in enumerate(rows) if b'"N-2"' in row)
        first, second = rows[one : one + 3], rows[two : two + 3]
        return rows[:one] + second + first + rows[two + 3 :]

    def repeated(rows: list[bytes]) -> list[bytes]:
        at = next(n for n, row in enumerate(rows) if b'"N-2"' in row)
        return rows[: at + 3] + rows[at : at + 3] + rows[at + 3 :]

    for change, kinds in (
        (changed, {"signature"}),
        (dropped, {"chain"}),
        (swapped, {"chain"}),
        (repeated, {"chain"}),
    ):
        (office.folder / "ledger").write_bytes(whole)
        found = rewritten(office, change)
        assert kinds | {"checkpoint"} <= _kinds(found), change


def test_an_entry_by_nobody_or_by_a_forger_is_named(office: Office) -> None:
    """Signed with a stranger's, a colleague's or the log's own key, an entry does not pass."""
    _filled(office)
    stranger = locks.signer(bytes(range(32)))
    body = json.loads(_leaves(office)[-1])
    body.pop("sig")
    previous = sha256(b"\x00" + _leaves(office)[-1]).hexdigest()
    following = {**body, "aseq": body["aseq"] + 1, "aprev": previous, "id": "0" * 32}
    forged = signed({**body, "aseq": body["aseq"] + 1, "id": "0" * 32}, stranger)
    nobody = signed({**body, "author": "P-0000", "aseq": 0, "aprev": "", "id": "1" * 32}, stranger)
    with office.open("Eva") as eva:
        seed = eva._unlocked().chest.log_seed()
        assert seed is not None
        by_log = signed(following, locks.signer(seed))
        by_colleague = signed(following, eva._unlocked().signer)
    whole = (office.folder / "ledger").read_bytes()
    for leaf, kinds in (
        (forged, {"signature", "chain"}),
        (nobody, {"author"}),
        (by_log, {"signature"}),
        (by_colleague, {"signature"}),
    ):
        (office.folder / "ledger").write_bytes(whole)
        found = rewritten(office, lambda rows, leaf=leaf: [*rows, leaf + b"\n", b"=\n"])
        assert kinds <= _kinds(found)


def test_a_recruiter_cannot_enter_people(office: Office) -> None:
    """An admission by somebody who is not hr is refused; forced in, it is named, and moot."""
    facts = {"sign": "00" * 32, "seal": "00" * 32, "roles": "hr"}
    draft = Draft(type="person-admitted", subject="P-EVIL", facts=facts)
    with office.open("Sam") as sam:
        with pytest.raises(NotPermitted):
            sam.append([draft])
        entering.enter(sam.store, sam._unlocked(), sam.clock, [(checked(draft), draft)])
        sam.append([Draft(type="note", case="A-1", boxes={"hr": b"x"})])
    assert "author" in _kinds(verify(office.where))
    with office.open() as ann:
        roll = ann._unlocked().roll
        assert "P-EVIL" not in roll.members


def _leaves(office: Office) -> list[bytes]:
    data = (office.folder / "ledger").read_bytes()
    return [line for line in data.split(b"\n") if line.startswith(b"{")]


def test_missing_changed_and_foreign_boxes_are_named(office: Office) -> None:
    """A box taken away, changed or put where none belongs is a problem at its entry."""
    with office.open("Sam") as sam:
        (small, large) = sam.append(
            [
                Draft(type="note", boxes={"staff": b"small"}),
                Draft(type="note", case="A-1", boxes={"case": b"large " * 20_000}),
            ]
        )
    whole = (office.folder / "ledger").read_bytes()

    def gone(rows: list[bytes]) -> list[bytes]:
        return [row for row in rows if not row.startswith(b"+")]

    def other(rows: list[bytes]) -> list[bytes]:
        return [b"+staff AAAA\n" if row.startswith(b"+staff") else row for row in rows]

    def extra(rows: list[bytes]) -> list[bytes]:
        return [*rows[:-1], b"+hr AAAA\n", rows[-1]]

    for change, index in ((gone, small.seq), (other, small.seq), (extra, large.seq)):
        (office.folder / "ledger").write_bytes(whole)
        found = rewritten(office, change)
        assert _kinds(found) == {"box"}
        assert {fault.index for fault in found.problems} == {index}
    (office.folder / "ledger").write_bytes(whole)
    (path,) = (office.folder / "evidence").glob("*/*")
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    assert _kinds(verify(office.where)) == {"box"}
    path.unlink()
    assert _kinds(verify(office.where)) == {"box"}


def test_a_destroyed_case_that_is_not_destroyed_is_named(office: Office) -> None:
    """A box put back after its destruction was entered is a problem."""
    with office.open("Sam") as sam:
        sam.append([Draft(type="note", case="A-1", boxes={"case": b"x"})])
        box = next(
            line
            for line in (office.folder / "ledger").read_bytes().splitlines(keepends=True)
            if line.startswith(b"+case")
        )
        seq = sam.size - 1
        sam.shred("A-1", "retention")
    leaf = _leaves(office)[seq]

    def back(rows: list[bytes]) -> list[bytes]:
        at = rows.index(leaf + b"\n")
        return [*rows[: at + 1], box, *rows[at + 1 :]]

    found = rewritten(office, back)
    assert [(f.kind, f.index) for f in found.problems] == [("box", seq)]


def test_a_head_given_by_hand_settles_a_cut_tail_and_a_fork(office: Office, tmp_path: Path) -> None:
    """`--against` names a missing tail, another history, a stranger's head and a broken one."""
    _filled(office)
    early = (office.folder / "ledger").read_bytes()
    with office.open() as ann:
        state = (office.folder / "state").read_bytes()
        ann.append([Draft(type="note", subject="N-LATE")])
        (tmp_path / "head").write_text(ann.checkpoint())
    assert verify(office.where, against=tmp_path / "head").ok
    (office.folder / "ledger").write_bytes(early)
    (office.folder / "state").write_bytes(state)
    assert verify(office.where).ok  # without a later head a cut tail looks whole
    found = verify(office.where, against=str(tmp_path / "head"))
    assert _kinds(found) == {"checkpoint"}
    assert "tail is missing" in found.problems[0].message
    with open_register(office.where) as public:
        text = (tmp_path / "head").read_text().replace(public.origin, "other.example")
    (tmp_path / "other").write_text(text)
    assert _kinds(verify(office.where, against=tmp_path / "other")) == {"checkpoint"}
    for bad in ("nonsense", "", "a\n1\n"):
        (tmp_path / "bad").write_text(bad)
        with pytest.raises(BadInput):
            verify(office.where, against=tmp_path / "bad")
    with pytest.raises(BadInput):
        verify(office.where, against=tmp_path / "missing")


def test_an_unlocked_check_opens_what_it_can(office: Office) -> None:
    """With keys, a commitment that does not fit its text is found as well."""
    with office.open("Sam") as sam:
        real = locks.commitment
        locks.commitment = lambda salt, text: real(salt, text + b"!")  # type: ignore[assignment]
        try:
            (made,) = sam.append([Draft(type="note", case="A-1", boxes={"case": b"x"})])
        finally:
            locks.commitment = real  # type: ignore[assignment]
        assert verify(office.where).ok
        found = sam.verify()
        assert [(f.kind, f.index) for f in found.problems] == [("box", made.seq)]


def test_progress_is_told_and_both_cores_agree(office: Office) -> None:
    """Long checks say how far they are; several workers answer exactly as one would."""
    stages: set[str] = set()
    with office.open("Sam") as sam:
        for _ in range(3):
            sam.append([Draft(type="note", subject="N-1")] * 800)
    assert verify(office.where, progress=lambda stage, done, total: stages.add(stage)).ok
    assert stages == {"entries", "signatures"}
    key = locks.signer(bytes(32))
    other = locks.signer(bytes([1] * 32))
    rng = random.Random(1)
    right = [rng.random() < 0.5 for _ in range(5000)]
    good = signed({"subject": "S", "n": 1}, key)
    bad = signed({"subject": "S", "n": 1}, other)
    work = [(key.public_key().public_bytes_raw(), good if ok else bad) for ok in right]
    told: list[int] = []
    assert signatures.check(work, told.append) == right
    assert told[-1] == len(work)


def test_what_is_no_register_is_said_so(tmp_path: Path) -> None:
    """An empty folder is not a register with nothing wrong."""
    with pytest.raises(RegisterError):
        verify(tmp_path)


def test_random_damage_never_passes_unnoticed(office: Office) -> None:
    """Single changed bits in the ledger: each is a problem or cuts the last batch."""
    _filled(office)
    path = office.folder / "ledger"
    whole = path.read_bytes()
    last_batch = whole.index(b"\n", whole.rindex(b"\n= ", 0, whole.rindex(b"\n= ")) + 1)
    rng = random.Random(11)
    for _ in range(150):
        at = rng.randrange(len(whole))
        path.write_bytes(
            whole[:at] + bytes([whole[at] ^ (1 << rng.randrange(8))]) + whole[at + 1 :]
        )
        found = verify(office.where)
        assert not found.ok or at > last_batch


def test_a_damaged_key_store_is_named_without_any_key(office: Office) -> None:
    """One flipped bit in the middle of `keys` would lock everybody out: verify says so first."""
    keys = Path(office.where) / "keys"
    data = bytearray(keys.read_bytes())
    data[len(data) // 2] ^= 1
    keys.write_bytes(data)
    assert _kinds(verify(office.where)) == {"keys"}


def closed_again(office: Office, change: Callable[[list[bytes]], list[bytes]]) -> Verification:
    """The ledger's lines changed, and the sums of its batches made to fit, but not the roots."""
    path = office.folder / "ledger"
    head, *rest = path.read_bytes().splitlines(keepends=True)
    out, crc = head, 0
    for line in change(rest):
        if line.startswith(b"="):
            closing = line.rsplit(b" ", 1)[0]
            out += b"%s %08x\n" % (closing, crc32(closing, crc))
            crc = 0
        else:
            crc = crc32(line, crc)
            out += line
    path.write_bytes(out)
    return verify(office.where)


@pytest.mark.parametrize(
    ("old", "new", "kind", "words"),
    [
        (rb"(= \d+ )\w{4}", rb"\g<1>0000", "tree", "root stated here"),
        (rb"= \d+ ", rb"= 999 ", "form", "size it states"),
        (rb"\+staff ", rb"#staff ", "form", "no known kind"),
        (rb"(\+staff )\w{4}", rb"\g<1>!!!!", "box", "not what was entered"),
        (rb"\+staff ", rb"+elsewhere ", "box", "does not name"),
        (rb'"nonce":"\w{4}', rb'"nonce":"0000', "author", "keys its id names"),
        (rb'"log-key":"\w+"', rb'"log-key":"no hex"', "form", "lacks what it must say"),
        (rb'"v":1', rb'"v":2', "form", "not written as entries"),
        (rb"\{", rb"{{", "form", "not written as entries"),
        (rb'"aseq":\d+', rb'"aseq":"0"', "form", "not written as entries"),
        (rb'"at":"[^"]+"', rb'"at":2026', "form", "not written as entries"),
        (rb'"boxes":\{\}', rb'"boxes":{"case":5}', "form", "not written as entries"),
        (rb'"facts":\{', rb'"facts":{"a":[],', "form", "not written as entries"),
        (rb'"refs":\[\]', rb'"refs":[{}]', "form", "not written as entries"),
    ],
)
def test_each_kind_of_damage_has_its_name(
    office: Office, old: bytes, new: bytes, kind: str, words: str
) -> None:
    """Sums made to fit, one thing wrong: what is said names that thing and where it lies."""
    _filled(office)

    def change(rows: list[bytes]) -> list[bytes]:
        at = next(n for n, row in enumerate(rows) if re.search(old, row))
        return [*rows[:at], re.sub(old, new, rows[at], count=1), *rows[at + 1 :]]

    found = closed_again(office, change)
    assert any(fault.kind == kind and words in fault.message for fault in found.problems)
    printed = list(lines(found))
    assert printed[-1] == f"{len(found.problems)} problem(s)."
    assert any(line.startswith(f"{kind}: ") and words in line for line in printed)
    placed = {f"{fault.kind}: entry {fault.index}: " for fault in found.problems if fault.index}
    assert all(any(line.startswith(place) for line in printed) for place in placed)


def test_files_that_are_gone_or_cannot_be_read_end_the_check_in_words(office: Office) -> None:
    """Without a ledger there is nothing to check; what else is missing is named as a problem."""
    (office.folder / "keys").rename(office.folder / "keys-elsewhere")
    assert verify(office.where).ok  # a ledger kept apart from its keys can be checked too
    (office.folder / "keys").mkdir()
    found = verify(office.where)
    assert [(fault.kind, fault.index) for fault in found.problems] == [("keys", None)]
    (office.folder / "ledger").unlink()
    with pytest.raises(RegisterError, match="ledger cannot be read"):
        verify(office.where)


def test_a_helper_that_dies_changes_no_answer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signatures are checked on several cores; where a helper ends, its share is done here."""
    _filled(office)

    class Dead(signatures._Worker):
        def __init__(self) -> None:
            super().__init__()
            self._process.kill()
            self._process.wait()

    monkeypatch.setattr(signatures, "_Worker", Dead)
    monkeypatch.setattr(signatures, "_ALONE", 0)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1}, raising=False)
    assert verify(office.where).ok
    found = rewritten(office, lambda rows: [row.replace(b'"N-2"', b'"N-9"') for row in rows])
    assert "signature" in _kinds(found)


def test_a_torn_end_of_the_keys_is_no_damage_and_another_kind_of_file_is(office: Office) -> None:
    """A crash may leave half a line behind the last whole one; another kind of ledger is named."""
    with (office.folder / "keys").open("ab") as file:
        file.write(b'00000000 [["people",{}\n')
    assert verify(office.where).ok
    ledger = office.folder / "ledger"
    ledger.write_bytes(ledger.read_bytes().replace(b"ledger 1", b"ledger 9", 1))
    assert [(f.kind, f.message) for f in verify(office.where).problems if f.kind == "form"] == [
        ("form", "the ledger's first line is not right")
    ]
