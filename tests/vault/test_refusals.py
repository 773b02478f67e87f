"""What the register will not do for its people, and what it changes when it refuses: nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import where

from recruitcheck.errors import (
    BadInput,
    IntegrityError,
    KeyringError,
    NotFound,
    NotPermitted,
    RegisterError,
    Sealed,
)
from recruitcheck.records import Draft, Role
from recruitcheck.vault import heads, note, witness
from recruitcheck.vault.register import Register, create, open_register
from recruitcheck.vault.shred import certificate

from .conftest import NEW, NOW, PASS, Office


def second_of_hr(office: Office) -> Register:
    """The register, unlocked by another person of HR."""
    with office.open() as ann, open_register(office.where) as public:
        joined = public.join(ann.invite("Hal Orr", (Role.HR,)), NEW)
        ann.admit(joined.id)
    return open_register(office.where, name="Hal Orr", passphrase=NEW)


@pytest.mark.parametrize(
    ("name", "roles", "why"),
    [
        ("Nia Poe", (), "at least one role"),
        ("  sam   ROE ", (Role.HR,), "already a person of that name"),
        ("   ", (Role.HR,), "at most 100"),
        ("N" * 101, (Role.HR,), "at most 100"),
        ("Nia\x07Poe", (Role.HR,), "at most 100"),
    ],
)
def test_an_invitation_needs_a_new_name_and_a_role(
    office: Office, name: str, roles: tuple[Role, ...], why: str
) -> None:
    """Nobody is invited without a role, under a name that is taken, or under none to be listed."""
    with office.open() as ann:
        before = (ann.size, ann.people())
        with pytest.raises(BadInput, match=why):
            ann.invite(name, roles)
        assert (ann.size, ann.people()) == before


def test_whoever_invited_admits_and_only_who_waits_is_admitted(office: Office) -> None:
    """Only the one who handed over the code can tell that the keys were made with it."""
    with second_of_hr(office) as hal, office.open() as ann, open_register(office.where) as public:
        person = public.join(ann.invite("Nia Poe", (Role.RECRUITER,)), NEW)
        with pytest.raises(NotPermitted, match="invited"):
            hal.admit(person.id)
        ann.admit(person.id)
        for nobody in (person.id, "P-0000"):
            with pytest.raises(NotFound, match="waits"):
                ann.admit(nobody)
        with pytest.raises(NotFound):
            ann.reinvite("P-0000")


def test_nobody_enters_their_own_leaving(office: Office) -> None:
    """Somebody else of HR does; who was never a member cannot leave, nor anybody twice."""
    with second_of_hr(office) as hal:
        assert hal.me is not None
        with pytest.raises(NotPermitted, match="Somebody else"):
            hal.leave(hal.me.id)
        hal.leave(office.ids["Sam Roe"])
        for gone in (office.ids["Sam Roe"], "P-0000"):
            with pytest.raises(NotFound):
                hal.leave(gone)
    with open_register(office.where) as public, pytest.raises(KeyringError, match="no member"):
        public.recover(office.code, "Sam Roe", NEW)


def test_the_sheet_lets_a_second_reviewer_read_what_came_before(office: Office) -> None:
    """With the recovery code, HR admits a reviewer while the first one is away."""
    with office.open("Eva") as eva:
        (old,) = eva.append([Draft(type="note", boxes={"equality": b"before"})])
    with office.open() as ann, open_register(office.where) as public:
        person = public.join(ann.invite("Rae Fox", (Role.EQUALITY,)), NEW)
        ann.admit(person.id, recovery_code=office.code)
    with open_register(office.where, name="Rae Fox", passphrase=NEW) as rae:
        assert rae.read(old, "equality") == b"before"
    with office.open() as ann, pytest.raises(Sealed):
        ann.read(old, "equality")


def test_a_recovery_key_slipped_in_is_not_used(office: Office) -> None:
    """New role keys are sealed to the recovery key that was entered, or not made at all."""
    other, _ = create(f"{office.where}-other", origin="o.example", name="O Ther", passphrase=NEW)
    with other:
        foreign = other.store.keys("settings").get(where("recovery_seal").exists())
    with office.open() as ann:
        ann.store.keys("settings").update(
            {"recovery_seal": foreign["recovery_seal"]}, where("recovery_seal").exists()
        )
        with pytest.raises(IntegrityError, match="recovery key"):
            ann.leave(office.ids["Sam Roe"])


def test_a_paper_of_destruction_needs_a_destruction(office: Office) -> None:
    """No certificate before the content is gone, and none about somebody unknown."""
    with office.open() as ann:
        (made,) = ann.append([Draft(type="note", case="A-1", boxes={"case": b"x"})])
        with pytest.raises(NotFound, match="not destroyed"):
            certificate(ann, "A-1")
        with pytest.raises(NotFound, match="no applicant"):
            certificate(ann, "A-2")
        with pytest.raises(NotFound, match="Nothing was entered"):
            ann.shred("A-2", "retention")
        first = ann.shred("A-1", "retention")
        again = ann.shred("A-1", "something else")
        assert (again.cause, again.at, again.boxes) == (first.cause, first.at, first.boxes)
        with pytest.raises(NotFound, match="sealed"):
            ann.read(made, "hr")


def test_without_any_signed_head_a_stranger_gets_none(office: Office) -> None:
    """Who cannot sign hands out the last signed head; where none is kept, none is made up."""
    with open_register(office.where) as public:
        assert note.checkpoint(note.parse(public.checkpoint())).size == public.size
        public.table("things").insert({"n": 1})
    (office.folder / "state").unlink()
    with open_register(office.where) as public, pytest.raises(RegisterError, match="No head"):
        public.checkpoint()
    with office.open() as ann:
        assert note.checkpoint(note.parse(ann.checkpoint())).size == ann.size


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.update({"type": "other"}, where("id").exists()),
        lambda table: table.remove(where("id").exists()),
        lambda table: table.truncate(),
        lambda table: table.storage.write({}),
    ],
    ids=["update", "remove", "truncate", "rewrite"],
)
def test_entries_cannot_be_changed_through_their_table(
    office: Office, change: Callable[..., object]
) -> None:
    """TinyDB's ways of changing documents are refused for what was entered."""
    with office.open() as ann:
        before = [dict(document) for document in ann.ledger.all()]
        with pytest.raises(NotPermitted, match="What was entered stands"):
            change(ann.ledger)
        assert [dict(document) for document in ann.ledger.all()] == before


def test_entries_are_got_by_number_or_by_a_mixed_question(office: Office) -> None:
    """By place, by several places, and by an indexed field joined with any other."""
    with office.open() as ann:
        one, two = ann.append(
            [Draft(type="note", subject="N-1"), Draft(type="note", subject="N-2", refs=("N-1",))]
        )
        assert ann.ledger.get(doc_id=two.seq)["id"] == two.id
        found = ann.ledger.get(doc_ids=[one.seq, two.seq])
        assert [document["id"] for document in found] == [one.id, two.id]
        mixed = (where("type") == "note") & where("refs").any(["N-1"])
        assert [d["id"] for d in ann.ledger.search(mixed)] == [two.id]
        assert ann.ledger.get(where("subject") == "N-9") is None
        assert ann.ledger.get(doc_id=ann.size) is None


def test_a_witness_is_told_what_is_wrong(office: Office, tmp_path: Path) -> None:
    """Names, files, keys and requests that a witness cannot use are refused in words."""
    for bad in ("", "two words", "a+b", "prüferin.example"):
        with pytest.raises(BadInput, match="name"):
            witness.create(tmp_path / "w.json", bad, NEW)
    auditor = witness.create(tmp_path / "w.json", "auditor.example", NEW)
    with office.open() as ann:
        own = str(heads.log_verifier(ann.store))
        with pytest.raises(BadInput, match="witness's key"):
            witness.add(ann, own)
        witness.watch(auditor, own)
        asked = witness.request(ann, 0)
        with pytest.raises(BadInput, match="proof"):
            witness.answer(auditor, asked.replace("old 0\n", "old 0\nno base64!\n", 1), NOW)
    with pytest.raises(RegisterError):
        witness.opened(tmp_path / "none.json", NEW)
    for body in ("{", "[]", json.dumps({"name": "x"}), "[" * 9999):
        (tmp_path / "w.json").write_text(body)
        with pytest.raises(BadInput, match="witness's file"):
            witness.opened(tmp_path / "w.json", PASS["Ann Lee"])
