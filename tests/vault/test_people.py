"""Coming, going, forgetting and recovering."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import date
from itertools import combinations

import pytest
from tinydb import where

from recruitcheck.errors import (
    BadInput,
    IntegrityError,
    KeyringError,
    NotFound,
    NotPermitted,
    Sealed,
)
from recruitcheck.records import Draft, Role
from recruitcheck.vault import chest, joining, keyring, locks
from recruitcheck.vault.register import create, open_register, people

from .conftest import NEW, PASS, Office

CALIBRATED = locks.calibrated
"""The real one: the tests of this folder put another in its place."""


def _joined(office: Office, name: str, *roles: Role) -> str:
    with office.open() as ann, open_register(office.where) as public:
        person = public.join(ann.invite(name, roles), NEW)
        ann.admit(person.id)
    return person.id


def test_the_first_person_is_hr_and_gets_a_recovery_code(place: str) -> None:
    """A new register has one person, whose code is seven groups of four."""
    register, code = create(place, origin="x.example", name="Ann", passphrase=NEW)
    with register:
        assert register.me is not None
        assert register.me.roles == (Role.HR,)
        assert [len(group) for group in code.split("-")] == [4] * 7
        assert [p.name for p in people(place)] == ["Ann"]


def test_an_invitation_is_used_once_and_needs_admission(anywhere: Office) -> None:
    """Between joining and admission nobody gets in; a used or wrong code opens nothing."""
    with anywhere.open() as ann, open_register(anywhere.where) as public:
        code = ann.invite("New Colleague", (Role.RECRUITER, Role.EQUALITY))
        slip = code[:-1] + ("A" if code[-1] != "A" else "B")
        for bad in (slip, "nonsense", "P-0000-" + code[7:]):
            with pytest.raises(KeyringError):
                public.join(bad, NEW)
        person = public.join(code.lower().replace("-", "- ", 3), NEW)
        assert person.admitted_at is None
        with pytest.raises(KeyringError):
            public.join(code, NEW)
        with pytest.raises(KeyringError):
            open_register(anywhere.where, name="New Colleague", passphrase=NEW)
        admitted = ann.admit(person.id)
        assert admitted.roles == (Role.EQUALITY, Role.RECRUITER)
        assert admitted.admitted_at is not None
    with open_register(anywhere.where, name="  new COLLEAGUE ", passphrase=NEW) as new:
        new.append([Draft(type="note", case="A-1", boxes={"case": b"mine"})])
        assert new.verify().ok


def test_only_hr_looks_after_people(anywhere: Office) -> None:
    """Inviting, admitting and ending membership are refused to everybody else."""
    with anywhere.open("Sam") as sam:
        for refused in (
            lambda: sam.invite("X Y", (Role.HR,)),
            lambda: sam.admit(anywhere.ids["Eva Quist"]),
            lambda: sam.leave(anywhere.ids["Eva Quist"]),
        ):
            with pytest.raises(NotPermitted):
                refused()


def test_keys_swapped_before_admission_are_noticed(office: Office) -> None:
    """Who writes to the disk cannot put their own keys in the place of a colleague's."""
    with office.open() as ann, open_register(office.where) as public:
        person = public.join(ann.invite("New One", (Role.HR,)), NEW)
        mine = keyring.fresh()
        forged = {
            "sign": mine.sign_public.hex(),
            "seal": b64encode(mine.seal_public).decode(),
        }
        ann.store.keys("people").update(forged, where("id") == person.id)
        with pytest.raises(IntegrityError):
            ann.admit(person.id)


def test_nothing_is_sealed_to_a_key_no_entry_names(office: Office) -> None:
    """A role's or a person's key exchanged in the key store is refused when it would be used."""
    thief = b64encode(keyring.fresh().seal_public).decode()
    with office.open() as ann:
        hr_key = (where("role") == "hr") & (where("epoch") == 1)
        ann.store.keys("roles").update({"seal": thief}, hr_key)
    with office.open("Sam") as sam:
        before = sam.size
        with pytest.raises(IntegrityError):
            sam.append([Draft(type="note", case="A-1", boxes={"case": b"x"})])
        assert sam.size == before


def test_a_forged_handing_over_gives_nothing(office: Office) -> None:
    """A share written into the key store without the giver's signature is ignored."""
    with office.open("Ann") as ann, office.open("Eva") as eva:
        (one,) = ann.append([Draft(type="note", case="A-1", boxes={"case": b"x"})])
        ann.store.keys("shares").insert(
            {
                "room": "A-1/case",
                "case": "A-1",
                "person": office.ids["Eva Quist"],
                "by": office.ids["Ann Lee"],
                "at": "2026-01-01T00:00:00.000000Z",
                "sig": "00" * 64,
            }
        )
        (two,) = ann.append([Draft(type="note", case="A-1", boxes={"case": b"y"})])
        for entry in (one, two):
            with pytest.raises(Sealed):
                eva.read(entry, "case")


def test_a_handing_over_by_somebody_without_the_case_gives_nothing(office: Office) -> None:
    """A share that a stranger to the case signs as well as they can does not seal it to anybody."""
    with office.open("Ann") as ann, office.open("Eva") as eva:
        ann.append([Draft(type="note", case="A-1", boxes={"case": b"x"})])
        mine = office.ids["Eva Quist"]
        share = {"room": "A-1/case", "case": "A-1", "person": mine, "by": mine, "at": "2026-01-01"}
        message = chest._share(share, eva.log_id)
        signed = locks.signer(eva._unlocked().secrets.sign).sign(message).hex()
        eva.store.keys("shares").insert({**share, "sig": signed})
        (later,) = ann.append([Draft(type="note", case="A-1", boxes={"case": b"y"})])
        with pytest.raises(Sealed):
            eva.read(later, "case")


def test_a_second_reviewer_reads_what_came_before_once_the_first_has_unlocked(
    anywhere: Office,
) -> None:
    """Hr cannot hand on a key it does not hold; the present reviewer's next unlocking does."""
    with anywhere.open("Ann") as ann:
        (old,) = ann.append([Draft(type="note", case="A-1", boxes={"equality": b"old"})])
    _joined(anywhere, "Second Reviewer", Role.EQUALITY)
    second = open_register(anywhere.where, name="Second Reviewer", passphrase=NEW)
    with second, pytest.raises(Sealed):
        second.read(old, "equality")
    anywhere.open("Eva").close()
    with open_register(anywhere.where, name="Second Reviewer", passphrase=NEW) as second:
        assert second.read(old, "equality") == b"old"
        (new,) = second.append([Draft(type="note", case="A-1", boxes={"equality": b"new"})])
    with anywhere.open("Eva") as eva, anywhere.open("Ann") as ann:
        assert eva.read(new, "equality") == b"new"
        with pytest.raises(Sealed):
            ann.read(new, "equality")


def test_a_leaver_gets_no_further(anywhere: Office) -> None:
    """After leaving, unlocking is refused; old keys open nothing sealed since, and few wraps."""
    with anywhere.open("Sam") as sam, anywhere.open("Ann") as ann:
        boxes = {"case": b"old", "hr": b"h", "staff": b"s"}
        (old,) = sam.append([Draft(type="note", case="A-1", boxes=boxes)])
        held = sam._unlocked().chest.held()
        assert ann.read(old, "hr") == b"h"
        ann.leave(anywhere.ids["Sam Roe"])
        (new,) = ann.append([Draft(type="note", case="A-1", boxes={"case": b"new"})])
        (wide,) = ann.append([Draft(type="vacancy-added", subject="V-1", boxes={"staff": b"v"})])
        assert ann.read(old, "case") == b"old"
        for entry, compartment in ((new, "case"), (wide, "staff")):
            with pytest.raises(Sealed):
                sam.read(entry, compartment)
        wraps = ann.store.keys("wraps")
        assert not wraps.search(where("to") == anywhere.ids["Sam Roe"])
        assert ("staff", 1) in held  # the key is theirs, and no wrap made for it is left
        assert not wraps.search(where("to") == "role:staff:1")
        with pytest.raises(KeyringError):
            open_register(anywhere.where, name="Sam Roe", passphrase=PASS["Sam Roe"])
        assert ann.verify().ok
    with anywhere.open("Eva") as eva:
        assert eva.read(eva.entry(wide.seq), "staff") == b"v"


def test_the_last_of_hr_stays(anywhere: Office) -> None:
    """A register without hr could never be looked after again."""
    with anywhere.open() as ann, pytest.raises(NotPermitted):
        ann.leave(anywhere.ids["Ann Lee"])
    _joined(anywhere, "Other Hr", Role.HR)
    with open_register(anywhere.where, name="Other Hr", passphrase=NEW) as other:
        other.leave(anywhere.ids["Ann Lee"])
        with pytest.raises(NotFound):
            other.leave(anywhere.ids["Ann Lee"])
    with pytest.raises(KeyringError):
        anywhere.open()


def test_the_passphrase_changes_and_the_old_one_is_gone(anywhere: Office) -> None:
    """The same keys under new words; the old words open nothing, not even the file's remains."""
    with anywhere.open("Sam") as sam:
        (old,) = sam.append([Draft(type="note", case="A-1", boxes={"case": b"x"})])
        with pytest.raises(KeyringError):
            sam.change_passphrase("not the old one", NEW)
        with pytest.raises(BadInput):
            sam.change_passphrase(PASS["Sam Roe"], "short")
        before = sam.store.keys("people").get(where("name") == "Sam Roe")["ring"]
        sam.change_passphrase(PASS["Sam Roe"], NEW)
    with pytest.raises(KeyringError):
        anywhere.open("Sam")
    with open_register(anywhere.where, name="Sam Roe", passphrase=NEW) as sam:
        assert sam.read(old, "case") == b"x"
    with anywhere.open("Ann") as ann:  # a colleague's passphrase stays theirs
        assert ann.verify().ok
    if not anywhere.where.startswith("postgres"):
        assert before.encode() not in (anywhere.folder / "keys").read_bytes()


def test_the_recovery_sheet_brings_a_person_back(anywhere: Office) -> None:
    """New keys, the same reading rights, an entry that says the sheet was used."""
    with anywhere.open("Sam") as sam:
        (old,) = sam.append([Draft(type="note", case="A-1", boxes={"case": b"x", "mine": b"m"})])
    with open_register(anywhere.where) as public:
        with pytest.raises(KeyringError):
            public.recover("0000-0000-0000-0000-0000-0000-0000", "Sam Roe", NEW)
        public.recover(anywhere.code.lower().replace("0", "o"), "sam roe", NEW)
    with pytest.raises(KeyringError):
        anywhere.open("Sam")
    with open_register(anywhere.where, name="Sam Roe", passphrase=NEW) as sam:
        assert sam.read(old, "case") == b"x"
        with pytest.raises(Sealed):
            sam.read(old, "mine")
        sam.append([Draft(type="note", case="A-1", boxes={"case": b"y"})])
        (entry,) = sam.entries(type="person-recovered")
        assert entry.subject == anywhere.ids["Sam Roe"]
        assert sam.verify().ok


def test_any_two_of_three_sheets_bring_a_person_back(anywhere: Office) -> None:
    """One sheet, or two lines that do not belong together, bring nobody back."""
    with open_register(anywhere.where) as public:
        sheets = joining.split(public, anywhere.code)
        for one, other in combinations(sheets, 2):
            pair = f"{sheets[other][one]}\n{sheets[one][other].lower()}"
            assert joining.split(public, pair).keys() == sheets.keys()
        for wrong in (
            sheets[1][2],
            sheets[1][2] + sheets[1][3],
            sheets[1][2] + sheets[3][2],
            sheets[1][2] + sheets[2][1][:-1] + "*",
        ):
            with pytest.raises(KeyringError):
                public.recover(wrong, "Sam Roe", NEW)
        public.recover(sheets[3][2] + " " + sheets[2][3], "Sam Roe", NEW)
    open_register(anywhere.where, name="Sam Roe", passphrase=NEW).close()


def test_a_sheet_alone_is_random(office: Office) -> None:
    """Each line is new each time: what one sheet bears has nothing to do with the code."""
    with open_register(office.where) as public:
        made = [joining.split(public, office.code) for _ in range(20)]
    lines = {line for sheets in made for sheet in sheets.values() for line in sheet.values()}
    assert len(lines) == 20 * 6


def test_another_registers_code_recovers_nobody(office: Office, tmp_path: object) -> None:
    """A code is good for its own register only."""
    register, code = create(f"{tmp_path}/other", origin="o.example", name="O", passphrase=NEW)
    register.close()
    with open_register(office.where) as public, pytest.raises(KeyringError):
        public.recover(code, "Ann Lee", NEW)


def test_a_colleague_can_give_a_person_new_keys(anywhere: Office) -> None:
    """Lost passphrase without the sheet: hr invites the same person again, who keeps the cases."""
    with anywhere.open("Sam") as sam:
        (old,) = sam.append([Draft(type="note", case="A-1", boxes={"case": b"x"})])
    with anywhere.open() as ann, open_register(anywhere.where) as public:
        code = ann.reinvite(anywhere.ids["Sam Roe"])
        person = public.join(code, NEW)
        ann.admit(person.id)
    with open_register(anywhere.where, name="Sam Roe", passphrase=NEW) as sam:
        assert sam.read(old, "case") == b"x"
        (new,) = sam.append([Draft(type="note", case="A-1", boxes={"case": b"y"})])
        assert sam.read(new, "case") == b"y"
        assert sam.verify().ok


def test_training_is_noted_and_entered(anywhere: Office) -> None:
    """Until when somebody may start searches is on their record and in the ledger."""
    with anywhere.open() as ann:
        sam = ann.attest_training(anywhere.ids["Sam Roe"], date(2027, 7, 31))
        assert sam.trained_until == date(2027, 7, 31)
        (entry,) = ann.entries(type="training-attested")
        assert (entry.subject, entry.facts) == (sam.id, {"until": "2027-07-31"})
        with pytest.raises(NotFound):
            ann.attest_training("P-0000", date(2027, 7, 31))


def test_papers_are_signed_and_never_pass_for_entries(office: Office) -> None:
    """A signature over a paper verifies with the person's key; what looks like an entry is not."""
    with office.open("Sam") as sam:
        signature, key = sam.sign(b"recruitcheck instruction v1\n{}")
        assert sam.me is not None and key == sam.me.sign_key
        message = b"recruitcheck instruction v1\n{}"
        assert locks.signed_by(b64decode(key), b64decode(signature), message)
        for bad in (b"recruitcheck event v1\n{}", b"recruitcheck share v1\n{}"):
            with pytest.raises(BadInput):
                sam.sign(bad)


def test_codes_forgive_look_alikes_and_notice_slips() -> None:
    """What is read off paper with o for 0 works; any one changed letter is noticed."""
    for _ in range(30):
        code = keyring.new_code()
        text = keyring.spelt(code)
        assert keyring.read_code(text.lower().replace("0", "O").replace("1", "l")) == code
        for at, letter in enumerate(text):
            if letter == "-":
                continue
            with pytest.raises(KeyringError):
                keyring.read_code(text[:at] + ("X" if letter != "X" else "Y") + text[at + 1 :])


@pytest.mark.parametrize(
    "asked",
    [
        {"memory": 1 << 30},  # in KiB: a terabyte
        {"memory": 1 << 40},
        {"memory": 0},
        {"passes": 1 << 20},
        {"passes": 0},
        {"lanes": 1 << 40},
        {"lanes": -1},
    ],
)
def test_a_keyring_asking_for_absurd_work_is_refused(office: Office, asked: dict[str, int]) -> None:
    """A key file changed so does not take the machine down, nor end as a traceback."""
    with office.open() as ann:
        ann.store.keys("people").update(asked, where("name") == "Sam Roe")
    with pytest.raises(KeyringError, match="impossible amount of work"):
        office.open("Sam")


def test_calibration_never_goes_below_the_floor() -> None:
    """On a slow machine the least effort stands; on a fast one memory grows, within reason."""

    def memory(taken: float) -> int:
        ticks = iter([7000.0, 7000.0 + taken])  # a clock that counts since the machine was started
        return CALIBRATED(0.3, lambda: next(ticks)).memory

    assert memory(5.0) == locks.LEAST.memory
    assert memory(0.05) == 4 * locks.LEAST.memory
    assert memory(0.001) == 256 * 1024
