"""Backups, moves, strict mode and witnesses."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest

from recruitcheck.errors import (
    BadInput,
    Destroyed,
    IntegrityError,
    KeyringError,
    NotFound,
    RecruitcheckError,
    RegisterError,
    Sealed,
)
from recruitcheck.records import Draft
from recruitcheck.vault import backup, heads, moving, note, witness
from recruitcheck.vault.register import create, open_register
from recruitcheck.vault.verify import verify

from .conftest import NEW, NOW, PASS, Office


def _with_entries(office: Office) -> list[int]:
    with office.open() as ann:
        made = ann.append(
            [
                Draft(type="note", case="A-1", boxes={"case": b"one", "hr": b"h"}),
                Draft(type="note", case="A-2", boxes={"case": b"large " * 20_000}),
            ]
        )
        ann.table("things").insert({"case": "A-1", "n": 1})
        return [entry.seq for entry in made]


def test_a_backup_comes_back_whole(office: Office, tmp_path: Path) -> None:
    """Ledger and key store, saved apart, make the register again in a new place."""
    seqs = _with_entries(office)
    ledger = backup.save_ledger(office.where, tmp_path / "ledger.tar")
    keys = backup.save_keys(office.where, tmp_path / "keys.tar")
    assert backup.restore(ledger, keys, tmp_path / "again").ok
    with open_register(tmp_path / "again", name="Ann Lee", passphrase=PASS["Ann Lee"]) as ann:
        assert ann.read(ann.entry(seqs[0]), "case") == b"one"
        assert ann.read(ann.entry(seqs[1]), "case") == b"large " * 20_000
        assert ann.table("things").all() == [{"case": "A-1", "n": 1}]


def test_each_backup_alone_opens_nothing(office: Office, tmp_path: Path) -> None:
    """The ledger's backup holds no key, the key store's no box; the ledger alone verifies."""
    _with_entries(office)
    ledger = backup.save_ledger(office.where, tmp_path / "ledger.tar")
    keys = backup.save_keys(office.where, tmp_path / "keys.tar")
    with tarfile.open(ledger) as one, tarfile.open(keys) as two:
        assert {n.split("/")[0] for n in one.getnames()} == {
            "register.json",
            "ledger",
            "state",
            "evidence",
        }
        assert set(two.getnames()) == {"register.json", "keys"}
    assert backup.restore(ledger, None, tmp_path / "again").ok
    with pytest.raises(KeyringError):
        open_register(tmp_path / "again", name="Ann Lee", passphrase=PASS["Ann Lee"])


def test_an_old_ledger_with_a_newer_key_store_does_not_bring_a_case_back(
    office: Office, tmp_path: Path
) -> None:
    """The retention promise: after destruction, a kept ledger backup opens nothing of it."""
    seqs = _with_entries(office)
    ledger = backup.save_ledger(office.where, tmp_path / "ledger.tar")
    with office.open() as ann:
        ann.shred("A-1", "retention")
    keys = backup.save_keys(office.where, tmp_path / "keys.tar")
    backup.restore(ledger, keys, tmp_path / "again")
    where = tmp_path / "again"
    with pytest.raises(IntegrityError):
        open_register(where, name="Ann Lee", passphrase=PASS["Ann Lee"])
    with open_register(where, name="Ann Lee", passphrase=PASS["Ann Lee"], accept_loss=True) as ann:
        with pytest.raises(Sealed):
            ann.read(ann.entry(seqs[0]), "case")
        assert ann.read(ann.entry(seqs[1]), "case")


def test_backups_of_two_registers_do_not_mix(office: Office, tmp_path: Path) -> None:
    """A key store of another register is refused, and so is anything that is no backup."""
    other, _ = create(tmp_path / "other", origin="o.example", name="O", passphrase=NEW)
    other.close()
    ledger = backup.save_ledger(office.where, tmp_path / "ledger.tar")
    keys = backup.save_keys(tmp_path / "other", tmp_path / "keys.tar")
    with pytest.raises(IntegrityError):
        backup.restore(ledger, keys, tmp_path / "again")
    (tmp_path / "no.tar").write_bytes(b"not a tar file")
    with pytest.raises(BadInput):
        backup.restore(tmp_path / "no.tar", None, tmp_path / "third")
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(ledger, arcname="../escaped")
    with pytest.raises(BadInput):
        backup.restore(tmp_path / "evil.tar", None, tmp_path / "fourth")
    assert not (tmp_path / "escaped").exists()
    with pytest.raises(RegisterError):
        backup.restore(ledger, None, office.where)


def test_a_backup_tells_nothing_of_the_computer(office: Office, tmp_path: Path) -> None:
    """No account is named in it, and what a crash left half written is not kept."""
    _with_entries(office)
    (office.folder / "evidence" / "00").mkdir()
    (office.folder / "evidence" / "00" / "half.new").write_bytes(b"half")
    with tarfile.open(backup.save_ledger(office.where, tmp_path / "ledger.tar")) as archive:
        members = archive.getmembers()
    assert not [m.name for m in members if m.name.endswith(".new")]
    assert {(m.uid, m.gid, m.uname, m.gname) for m in members} == {(0, 0, "", "")}


@pytest.mark.parametrize(
    "name", ["keys", "vault-key", "lock", "ledger/x", "evidence/../keys", "/ledger", "evidence/.."]
)
def test_a_backup_brings_its_own_files_and_no_others(
    office: Office, tmp_path: Path, name: str
) -> None:
    """Whoever prepares such a file puts no key store and nothing beside the register with it."""
    ledger = backup.save_ledger(office.where, tmp_path / "ledger.tar")
    with tarfile.open(ledger, "a") as archive:
        archive.addfile(tarfile.TarInfo(name))
    with pytest.raises(BadInput, match="not such a backup"):
        backup.restore(ledger, None, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_restored_register_is_its_owners_alone(office: Office, tmp_path: Path) -> None:
    """Nobody else on the computer may look into its folder, as with one that was made there."""
    ledger = backup.save_ledger(office.where, tmp_path / "ledger.tar")
    (tmp_path / "again").mkdir(mode=0o755)
    backup.restore(ledger, None, tmp_path / "again")
    assert (tmp_path / "again").stat().st_mode & 0o777 == 0o700


@pytest.mark.needs("postgresql")
def test_a_register_moves_to_a_database_and_back_byte_for_byte(
    office: Office, database: str, tmp_path: Path
) -> None:
    """Every leaf, box, key and document arrives; heads seen before stay good; work goes on."""
    seqs = _with_entries(office)
    with office.open() as ann:
        before = [ann.store.leaf(seq) for seq in range(ann.size)]
        (tmp_path / "head").write_text(ann.checkpoint())
    address = f"{database}#moved{tmp_path.name.replace('-', '')}"
    size, root = moving.move(office.where, address)
    assert size == len(before)
    with pytest.raises(RegisterError):
        moving.move(office.where, address)
    assert verify(address, against=tmp_path / "head").ok
    with open_register(address, name="Ann Lee", passphrase=PASS["Ann Lee"]) as ann:
        assert [ann.store.leaf(seq) for seq in range(size)] == before
        assert ann.root == root
        assert ann.read(ann.entry(seqs[1]), "case") == b"large " * 20_000
        ann.append([Draft(type="note", case="A-1", boxes={"case": b"there"})])
    moving.move(address, str(tmp_path / "back"))
    assert verify(tmp_path / "back", against=tmp_path / "head").ok
    with open_register(tmp_path / "back", name="Sam Roe", passphrase=PASS["Sam Roe"]) as sam:
        assert sam.size == size + 1
        assert sam.table("things").all() == [{"case": "A-1", "n": 1}]


def test_in_strict_mode_an_old_key_store_is_dead_after_a_destruction(tmp_path: Path) -> None:
    """The vault key lies in no backup and changes: yesterday's key store opens nothing today."""
    folder = tmp_path / "strict"
    register, _ = create(
        folder, origin="s.example", name="Ann", passphrase=PASS["Ann Lee"], strict=True
    )
    with register:
        kept, gone = register.append(
            [
                Draft(type="note", case="A-KEPT", boxes={"case": b"kept"}),
                Draft(type="note", case="A-GONE", boxes={"case": b"gone"}),
            ]
        )
        keys = backup.save_keys(folder, tmp_path / "keys.tar")
        ledger = backup.save_ledger(folder, tmp_path / "ledger.tar")
        old_key = (folder / "vault-key").read_bytes()
        register.shred("A-GONE", "retention")
        assert register.read(kept, "case") == b"kept"
        assert (folder / "vault-key").read_bytes() != old_key
        assert not any(old_key in p.read_bytes() for p in folder.rglob("*") if p.is_file())
    backup.restore(ledger, keys, tmp_path / "again")
    shutil.copy(folder / "vault-key", tmp_path / "again" / "vault-key")
    with (
        open_register(
            tmp_path / "again", name="Ann", passphrase=PASS["Ann Lee"], accept_loss=True
        ) as thief,
        pytest.raises(RecruitcheckError),
    ):
        thief.read(thief.entry(gone.seq), "case")
    with open_register(folder, name="Ann", passphrase=PASS["Ann Lee"]) as register:
        assert register.read(kept, "case") == b"kept"
        with pytest.raises(Destroyed):
            register.read(gone, "case")
        assert register.verify().ok


def test_a_crash_while_the_vault_key_changes_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped between new wraps and new key, everything still opens, and the change is finished."""
    folder = tmp_path / "strict"
    register, _ = create(
        folder, origin="s.example", name="Ann", passphrase=PASS["Ann Lee"], strict=True
    )
    (kept, _) = register.append(
        [
            Draft(type="note", case="A-KEPT", boxes={"case": b"kept"}),
            Draft(type="note", case="A-GONE", boxes={"case": b"gone"}),
        ]
    )

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(register.store, "compact", crash)
        with pytest.raises(KeyboardInterrupt):
            register.shred("A-GONE", "retention")
    register.store.close()
    with open_register(folder, name="Ann", passphrase=PASS["Ann Lee"]) as again:
        assert again.read(kept, "case") == b"kept"
        assert len(list(again.entries(type="shred-done"))) == 1
    assert [p.name for p in folder.glob("vault-key*")] == ["vault-key"]


def test_a_witness_signs_what_continues_and_nothing_else(office: Office, tmp_path: Path) -> None:
    """Growing heads get a line that verifies; a fork, a rollback and a stranger get none."""
    auditor = witness.create(tmp_path / "witness.json", "auditor.example", NEW)
    fork = tmp_path / "fork"
    with office.open() as ann:
        with pytest.raises(NotFound):
            witness.answer(auditor, witness.request(ann, 0), NOW)
        witness.watch(auditor, str(heads.log_verifier(ann.store)))
        witness.add(ann, auditor.vkey)
        line = witness.answer(auditor, witness.request(ann, 0), NOW)
        signed = note.parse(witness.accept(ann, line))
        assert note.verifier(auditor.vkey).signed(signed)
        seen = note.checkpoint(signed).size
    shutil.copytree(office.folder, fork)
    with office.open() as ann:
        ann.append([Draft(type="note", subject="N-1")])
        witness.accept(ann, witness.answer(auditor, witness.request(ann, seen), NOW))
        size = ann.size
        with pytest.raises(BadInput):
            witness.answer(auditor, witness.request(ann, seen), NOW)
        assert ann.verify().ok
    with open_register(fork, name="Ann Lee", passphrase=PASS["Ann Lee"]) as liar:
        with pytest.raises(BadInput):
            witness.request(liar, size)
        liar.append([Draft(type="note", subject=f"X-{n}") for n in range(4)])
        with pytest.raises(IntegrityError):
            witness.answer(auditor, witness.request(liar, size), NOW)
    again = witness.opened(tmp_path / "witness.json", NEW)
    assert again.vkey == auditor.vkey
    with pytest.raises(KeyringError):
        witness.opened(tmp_path / "witness.json", "not the passphrase")


def test_a_forged_witness_line_is_a_problem(office: Office, tmp_path: Path) -> None:
    """A line under a head that claims to be a known witness's, and is not, fails verification."""
    auditor = witness.create(tmp_path / "witness.json", "auditor.example", NEW)
    with office.open() as ann:
        witness.add(ann, auditor.vkey)
        signed = note.parse(ann.checkpoint())
        good = note.cosign(signed, auditor.name, auditor.secrets.sign, 1)
        value = good.signatures[-1].value[:-1] + bytes([good.signatures[-1].value[-1] ^ 1])
        bad = note.Signature(auditor.name, good.signatures[-1].key_id, value)
        with pytest.raises(IntegrityError):
            witness.accept(ann, bad.line())
        heads.keep(ann.store, note.Note(signed.text, (*signed.signatures, bad)))
        done = ann.verify()
        assert [fault.kind for fault in done.problems] == ["checkpoint"]
