"""Destruction: nothing that was sealed about a person is left, and everything else stands."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from tinydb import where

from recruitcheck.errors import Destroyed, IntegrityError, NotFound, RecruitcheckError
from recruitcheck.records import Draft
from recruitcheck.vault import leaves, ledgerfile, shred
from recruitcheck.vault.register import Register
from recruitcheck.vault.verify import verify

from .conftest import Office

CASE = "A-GONE"
LARGE = b"large " * 30_000


def _filled(register: Register) -> None:
    register.append(
        [
            Draft(
                type="applicant-added",
                subject=CASE,
                case=CASE,
                boxes={"case": b"a name", "equality": b"ref", "hr": b"note", "mine": b"m"},
            ),
            Draft(type="document-added", subject="D-1", case=CASE, boxes={"case": LARGE}),
            Draft(type="note", case="A-STAYS", boxes={"case": b"stays", "hr": LARGE + b"2"}),
        ]
    )
    register.table("drafts").insert({"case": CASE, "text": register.seal_mine(b"draft")})
    register.table("drafts").insert({"case": "A-STAYS", "n": 1})


def _secrets(register: Register) -> list[bytes]:
    """Every sealed byte string of the case: boxes as kept, wraps as kept."""
    found = []
    for entry in register.entries(case=CASE):
        for name in entry.boxes:
            digest = leaves.parse(register.store.leaf(entry.seq)).boxes[name].sha256
            sealed = register.store.box(entry.seq, name, digest)
            if sealed is not None:
                found.append(sealed)
    wraps = register.store.keys("wraps").search(where("case") == CASE)
    return found + [row["wrap"].encode() for row in wraps]


def test_whoever_was_at_work_meanwhile_goes_on(anywhere: Office) -> None:
    """Two sessions, one of them entries behind, read what stays, lose what went, and enter more."""
    with anywhere.open("Sam") as sam, anywhere.open("Ann") as ann, anywhere.open("Sam") as twin:
        _filled(sam)
        assert twin.size == sam.size
        ann.append([Draft(type="note", case="A-STAYS", boxes={"case": b"later"})])
        root = ann.root
        ann.shred(CASE, "retention")
        for session in (sam, twin):
            with pytest.raises(Destroyed):
                session.append([Draft(type="note", case=CASE, boxes={"case": b"late"})])
            gone, *_ = session.entries(case=CASE)
            with pytest.raises(Destroyed):
                session.read(gone, "case")
            stays = [session.read(e, "case") for e in session.entries(case="A-STAYS")][:2]
            assert stays == [b"stays", b"later"]
            size = session.size
            session.append([Draft(type="note", case="A-STAYS", boxes={"case": b"more"})])
            assert session.size == size + 1
        assert sam.root == twin.root == ann.root != root
        assert not sam.store.keys("wraps").search(where("case") == CASE)
        assert ann.verify().ok


def test_a_ledger_put_in_place_of_ours_is_not_taken_for_it(office: Office, tmp_path: Path) -> None:
    """A session holds a file to the leaves it knows: one in which a leaf was changed is damage."""
    with office.open("Sam") as sam:
        _filled(sam)
        ledger = Path(sam.where) / "ledger"
        changed = tmp_path / "changed"
        changed.write_bytes(ledger.read_bytes().replace(CASE.encode(), b"A-G0NE"))
        changed.replace(ledger)
        with pytest.raises(IntegrityError):
            list(sam.entries())


def test_after_destruction_only_the_entries_remain(anywhere: Office) -> None:
    """Texts read as destroyed, with the day; other cases read as before; the root is kept."""
    with anywhere.open("Sam") as sam:
        _filled(sam)
        before = sam.size
        root = sam.store.tree.root(before)
        old_note = sam.checkpoint()
    with anywhere.open("Ann") as ann:
        done = ann.shred(CASE, "retention")
        assert (done.applicant, done.cause, done.by) == (CASE, "retention", anywhere.ids["Ann Lee"])
        assert done.boxes == 5
        assert done.wraps >= 4
        assert ann.store.tree.root(before) == root
        for entry in ann.entries(case=CASE):
            for name in entry.boxes:
                with pytest.raises(Destroyed) as caught:
                    ann.read(entry, name)
                assert caught.value.at == done.at
        stays = next(ann.entries(case="A-STAYS"))
        assert ann.read(stays, "case") == b"stays"
        assert ann.read(stays, "hr") == LARGE + b"2"
        assert [d["case"] for d in ann.table("drafts").all()] == ["A-STAYS"]
        with pytest.raises(Destroyed):
            ann.append([Draft(type="note", case=CASE)])
        assert f"{done.at:%d %B %Y}" in shred.caveat(done)
        assert "backup" in shred.caveat(done)
        again = ann.shred(CASE, "retention")
        assert (again.boxes, again.at) == (done.boxes, done.at)
        with pytest.raises(NotFound):
            ann.shred("A-NOBODY", "retention")
        path = anywhere.folder.parent if not anywhere.where.startswith("postgres") else None
        if path is not None:
            (path / "old-head").write_text(old_note)
            assert ann.verify(against=str(path / "old-head")).ok
        assert ann.verify().ok


def test_each_certificate_counts_its_own_case(office: Office) -> None:
    """The figures of a destruction are never those of one before it, which held more keys."""
    with office.open() as ann:
        _filled(ann)
        held = ann.store.keys("wraps").search(where("case") == "A-STAYS")
        first = ann.shred(CASE, "retention")
        second = ann.shred("A-STAYS", "retention")
        assert second.wraps == len(held) < first.wraps
        begun = [entry.facts["keys"] for entry in ann.entries(type="shred-intent")]
        assert [entry.facts["keys"] for entry in ann.entries(type="shred-done")] == begun


def test_a_handing_over_goes_with_its_case_and_no_other(office: Office) -> None:
    """Who was let into a case is part of it; who may read another case still may."""
    with office.open() as ann:
        _filled(ann)
        for case in (CASE, "A-STAYS"):
            ann.share(case, "case", office.ids["Eva Quist"])
        ann.shred(CASE, "retention")
        assert [row["case"] for row in ann.store.keys("shares").all()] == ["A-STAYS"]
        rooms = {row["room"].split("/")[0] for row in ann.store.keys("wraps").all()}
        assert CASE not in rooms and "A-STAYS" in rooms
    with office.open("Eva") as eva:
        assert eva.read(next(eva.entries(case="A-STAYS")), "case") == b"stays"


def test_no_byte_of_the_case_is_left_in_any_file(office: Office) -> None:
    """Neither boxes nor wraps nor drafts of the case are in the folder, in any form."""
    with office.open("Sam") as sam:
        _filled(sam)
        secrets = _secrets(sam)
        secrets.append(sam.table("drafts").all()[0]["text"].encode())
    assert len(secrets) >= 8
    for secret in secrets:  # the search below finds them while they are there
        forms = (secret[:48], b64encode(secret)[:60])
        assert any(form in p.read_bytes() for form in forms for p in _files(office.folder))
    with office.open("Ann") as ann:
        ann.shred(CASE, "retention")
    for path in _files(office.folder):
        data = path.read_bytes()
        for secret in secrets:
            for form in (secret[:48], secret[-48:], b64encode(secret)[:60]):
                assert form not in data, path.name


def _files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file()]


def test_all_keys_together_open_nothing_of_it(office: Office) -> None:
    """Even with a copy of every old box, nobody's keys open the case any more."""
    with office.open("Sam") as sam:
        _filled(sam)
        deks = {row["dek"] for row in sam.store.keys("wraps").search(where("case") == CASE)}
    with office.open("Ann") as ann:
        ann.shred(CASE, "retention")
    for name in ("Ann", "Sam", "Eva"):
        with office.open(name) as register:
            chest = register._session.chest  # type: ignore[union-attr]
            assert [chest.open(dek) for dek in deks] == [None] * len(deks)


STAGES = ("wraps", "shares", "boxes", "state", "compact", "done")


@pytest.mark.parametrize("stage", STAGES)
def test_a_crash_at_any_stage_is_finished_by_whoever_unlocks_next(
    anywhere: Office, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped anywhere between intent and done, the next unlocking brings the same end."""

    class Crash(BaseException):
        pass

    def crash(*_: object, **__: object) -> None:
        raise Crash

    with anywhere.open("Sam") as sam:
        _filled(sam)
    register = anywhere.open("Ann")
    store = register.store
    wraps = len(store.keys("wraps").search(where("case") == CASE))
    with monkeypatch.context() as patch:
        if stage == "wraps":
            patch.setattr(shred, "_wraps_gone", crash)
        elif stage in ("boxes", "compact"):
            patch.setattr(store, {"boxes": "drop_boxes"}.get(stage, stage), crash)
        elif stage == "state":
            patch.setattr(store, "state_tables", crash)
        elif stage == "shares":
            keys = store.keys
            patch.setattr(store, "keys", lambda n: crash() if n == "shares" else keys(n))
        else:
            append = register.append
            patch.setattr(
                register, "append", lambda d: crash() if d[0].type == "shred-done" else append(d)
            )
        with pytest.raises(Crash):
            register.shred(CASE, "retention")
    with pytest.raises(Destroyed):
        register.read(next(register.entries(case=CASE)), "case")
    register.store.close()
    with anywhere.open("Eva") as eva:
        done = list(eva.entries(case=CASE, type="shred-done"))
        assert len(done) == 1
        told = shred.certificate(eva, CASE)
        assert (told.boxes, told.wraps) == (5, wraps)
        assert told.key_fingerprint != sha256(b"").hexdigest()[:16]
        assert not eva.store.keys("wraps").search(where("case") == CASE)
        assert eva.verify().ok
        assert [d["case"] for d in eva.table("drafts").all()] == ["A-STAYS"]


def test_a_cause_is_needed(office: Office) -> None:
    """Nothing is destroyed without saying why."""
    with office.open("Sam") as sam:
        _filled(sam)
        for cause in ("", "because I say so"):
            with pytest.raises(RecruitcheckError):
                sam.shred(CASE, cause)
        assert sam.read(next(sam.entries(case=CASE)), "case") == b"a name"


@pytest.mark.parametrize("piece", [64, 997])
def test_a_ledger_of_many_pieces_is_read_and_rewritten_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    """Lines that begin in one piece of the file and end in another are neither lost nor doubled."""
    with office.open() as ann:
        made = [
            ann.append([Draft(type="note", case=case, boxes={"case": case.encode() * 40})])[0]
            for case in ("A-1", "A-2", "A-1", "A-3")
        ]
    monkeypatch.setattr(ledgerfile, "_CHUNK", piece)
    with office.open() as ann:
        ann.shred("A-1", "retention")
        for entry in made:
            if entry.case == "A-1":
                with pytest.raises(Destroyed):
                    ann.read(entry, "case")
            else:
                assert ann.read(entry, "case") == entry.case.encode() * 40
    assert (office.folder / "ledger").read_bytes().count(b"\n+case ") == 2
    assert verify(office.where).ok


def test_what_a_crash_left_aside_goes_with_the_next_destruction(office: Office) -> None:
    """A torn end could hold a text of the case, so it is not kept any longer than the case."""
    with office.open() as ann:
        _filled(ann)
    with (office.folder / "ledger").open("ab") as file:
        file.write(b'{"half":"an entry')
    with office.open() as ann:
        ann.append([Draft(type="note")])
        assert list((office.folder / "kept-aside").iterdir())
        ann.shred(CASE, "retention")
        assert not list((office.folder / "kept-aside").iterdir())
        assert ann.verify().ok
