"""A register by commands alone, as an administrator without a screen would use it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from measured import handed_on
from recruitcheck.rules import grounds

Run = Callable[..., subprocess.CompletedProcess[str]]


def runner(folder: Path) -> Run:
    """A function that runs commands in a folder, as a person there would."""

    def run(*words: str, code: int = 0, given: str = "") -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "recruitcheck", *words],
            cwd=folder,
            env={
                "PATH": "/usr/bin:/bin",
                "HOME": str(folder),
                "LANG": "C.UTF-8",
                **handed_on(),
            },
            input=given,
            capture_output=True,
            text=True,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture(scope="module")
def made_once(tmp_path_factory) -> tuple[Path, str]:
    """A register with Ann Lee as HR and Ben Ash as recruiter, made by commands; recovery code."""
    folder = tmp_path_factory.mktemp("made")
    run = runner(folder)
    for who in ("ann", "ben", "new"):
        (folder / who).write_text(f"{who} has a long passphrase\n")
    created = run(
        "register", "create", "--organisation", "Northfield Trust", "--register", "reg",
        "--as", "Ann Lee", "--passphrase-file", "ann", "--json",
    )  # fmt: skip
    code = run("people", "invite", "Ben Ash", "--role", "recruiter", *ANN).stdout.strip()
    run("people", "join", code, "--register", "reg", "--passphrase-file", "ben")
    run("people", "admit", "Ben Ash", *ANN)
    return folder, str(json.loads(created.stdout)["recovery_code"])


@pytest.fixture
def made(made_once, tmp_path) -> str:
    """A copy of that register in this test's folder; the recovery code."""
    folder, code = made_once
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return code


@pytest.fixture
def run(tmp_path) -> Run:
    """Run a command in this test's folder."""
    return runner(tmp_path)


ANN = ("--register", "reg", "--as", "Ann Lee", "--passphrase-file", "ann")
BEN = ("--register", "reg", "--as", "Ben Ash", "--passphrase-file", "ben")


def test_a_vacancy_is_added_by_one_and_read_by_another(run, made):
    """`--json` prints the record made; a list prints one record a line."""
    added = run(
        "vacancy", "add", "--reference", "N-1", "--title", "Librarian", "--school", "Northfield",
        "--requirement", "Knows books", "--stage", "shortlisted", *BEN, "--json",
    )  # fmt: skip
    vacancy = json.loads(added.stdout)
    assert vacancy["requirements"] == [{"id": "S1", "text": "Knows books"}]
    listed = run("vacancy", "list", *ANN, "--json").stdout.splitlines()
    assert [json.loads(line)["id"] for line in listed] == [vacancy["id"]]


def test_a_step_that_is_not_yours_ends_with_1(run, made):
    """The recruiter invites nobody and reads no audit list."""
    assert run("people", "invite", "Cy Dow", "--role", "hr", *BEN, code=1).stdout == ""
    assert run("audit", "list", *BEN, code=1).stdout == ""


def test_a_lost_passphrase_is_recovered_and_a_known_one_is_changed(run, made):
    """The code of the recovery sheet makes new keys; the old passphrase opens nothing then."""
    told = run("register", "split-code", made, "--register", "reg", "--json").stdout
    sheets = {sheet["sheet"]: sheet["lines"] for sheet in map(json.loads, told.splitlines())}
    shown = run("register", "split-code", made, "--register", "reg").stdout
    assert shown.count("RECOVERY SHEET") == 3 and made not in shown
    assert shown.count("choose “Lost") == 3  # each says how it is used to whoever finds it
    run("people", "recover", f"{sheets[3]['1']} {sheets[1]['3']}", "--register", "reg",
        "--as", "Ben Ash", "--passphrase-file", "new")  # fmt: skip
    run("people", "recover", made, "--register", "reg", "--as", "Ben Ash",
        "--passphrase-file", "new")  # fmt: skip
    run("vacancy", "list", *BEN, code=2)
    fresh = ("--register", "reg", "--as", "Ben Ash", "--passphrase-file", "new")
    run("vacancy", "list", *fresh)
    run("people", "passphrase", *fresh, "--new-passphrase-file", "ben")
    run("vacancy", "list", *BEN)
    run("people", "recover", "WRONG-CODE", "--register", "reg", "--as", "Ben Ash",
        "--passphrase-file", "new", code=2)  # fmt: skip


def test_verify_and_export_need_no_passphrase(run, made, tmp_path):
    """And a changed byte is found, with exit code 1."""
    found = json.loads(run("verify", "--register", "reg", "--json").stdout)
    assert found["ok"]
    assert found["problems"] == []
    run("ledger", "export", "out", "--tiles", "--register", "reg")
    assert (tmp_path / "out" / "tile" / "entries").is_dir()
    written = {p.name for p in (tmp_path / "out").iterdir()}
    assert {"checkpoint", "log.vkey", "entries.jsonl", "proofs.json"} <= written
    run("verify", "--against", "out/checkpoint", "--register", "reg")
    ledger = tmp_path / "reg" / "ledger"
    data = bytearray(ledger.read_bytes())
    data[data.index(b'"type":"') + 9] ^= 1
    ledger.write_bytes(data)
    found = json.loads(run("verify", "--register", "reg", "--json", code=1).stdout)
    assert not found["ok"]
    assert found["problems"]


def test_backups_are_put_back_and_checked(run, made, tmp_path):
    """Ledger and key store apart; together they open as before."""
    run("vacancy", "add", "--reference", "N-1", "--title", "Cook", "--school", "Northfield",
        "--requirement", "Cooks", *ANN)  # fmt: skip
    listed = run("vacancy", "list", *BEN).stdout
    assert "Cook" in listed
    run("backup", "ledger.tar", "keys.tar", "--register", "reg")
    run("restore", "ledger.tar", "back", "--keys", "keys.tar")
    back = ("--register", "back", "--as", "Ben Ash", "--passphrase-file", "ben")
    assert run("vacancy", "list", *back).stdout == listed
    run("restore", "ledger.tar", "back", code=3)


def test_a_strict_register_has_a_key_that_no_backup_holds(run, made, tmp_path):
    """`--strict` makes `vault-key`; ledger and key store put back without it open nothing."""
    run("register", "create", "--organisation", "Northfield Trust", "--register", "strict",
        "--strict", "--as", "Ann Lee", "--passphrase-file", "ann")  # fmt: skip
    ann = ("--as", "Ann Lee", "--passphrase-file", "ann")
    run("vacancy", "add", "--reference", "N-1", "--title", "Cook", "--school", "Northfield",
        "--requirement", "Cooks", "--register", "strict", *ANN[2:])  # fmt: skip
    run("vacancy", "list", "--register", "strict", *ann)
    run("backup", "ledger.tar", "keys.tar", "--register", "strict")
    run("restore", "ledger.tar", "back", "--keys", "keys.tar")
    assert "vault key" in run("vacancy", "list", "--register", "back", *ann, code=3).stderr


def test_a_witness_signs_only_what_continues(run, made, tmp_path):
    """Request, answer and acceptance travel as files."""
    (tmp_path / "w").write_text("the auditor's own passphrase\n")
    key = run("witness", "create", "witness.json", "auditor.example", "--passphrase-file", "w")
    run("ledger", "export", "out", "--register", "reg")
    run("witness", "watch", "witness.json", "out/log.vkey", "--passphrase-file", "w")
    run("witness", "add", key.stdout.strip(), *ANN)
    asked = run("witness", "request", "0", *ANN).stdout
    (tmp_path / "asked").write_text(asked)
    answer = run("witness", "answer", "witness.json", "asked", "--passphrase-file", "w").stdout
    (tmp_path / "answer").write_text(answer)
    assert "auditor.example" in run("witness", "accept", "answer", *ANN).stdout
    (tmp_path / "scan").write_bytes(b"\x89PNG\x00")
    assert "scan is no text" in run("witness", "accept", "scan", *ANN, code=2).stderr
    # The same request again starts from a size that the witness has left behind.
    run("witness", "answer", "witness.json", "asked", "--passphrase-file", "w", code=2)


def test_doctor_names_what_is_wrong_and_holds_nothing_personal(run, made, tmp_path):
    """A sound installation ends with 0; names of people never appear."""
    done = run("doctor", "--register", "reg")
    assert "Ann Lee" not in done.stdout
    assert "policy pack" in done.stdout
    Path(tmp_path / "reg").chmod(0o755)
    assert "chmod 700" in run("doctor", "--register", "reg", code=1).stdout


def test_an_export_by_somebody_who_unlocks_is_about_the_ledger_as_it_is(run, made, tmp_path):
    """With `--as` the head is signed now; without it the last one that was signed is used."""
    run("vacancy", "add", "--reference", "N-1", "--title", "Cook", "--school", "Northfield",
        "--requirement", "Cooks", *BEN)  # fmt: skip
    run("ledger", "export", "out", *ANN)
    size = json.loads(run("verify", "--register", "reg", "--json").stdout)["size"]
    assert len((tmp_path / "out" / "entries.jsonl").read_text().splitlines()) == size


def test_a_restored_backup_is_gone_on_with_only_if_hr_says_so(run, made, tmp_path):
    """The hint names --accept-loss; the option is there, works for HR, and is entered."""
    shutil.copytree(tmp_path / "reg", tmp_path / "saved")
    add = ("vacancy", "add", "--title", "Cook", "--school", "N", "--requirement", "Cooks")
    run(*add, "--reference", "N-1", *ANN)
    shutil.rmtree(tmp_path / "reg")
    (tmp_path / "saved").rename(tmp_path / "reg")
    told = run("vacancy", "list", *ANN, code=1)
    assert "--accept-loss" in told.stderr
    run("vacancy", "list", *ANN, "--accept-loss")
    run("vacancy", "list", *ANN)
    run("ledger", "export", "out", "--register", "reg")
    assert '"recovered"' in (tmp_path / "out" / "entries.jsonl").read_text()


def test_an_invitation_sent_to_the_wrong_person_is_taken_back(run, made):
    """Its code opens nothing any more, the register stays sound, and a new one can be given."""
    invite = ("people", "invite", "Cy Moss", "--role", "recruiter", *ANN)
    code = run(*invite).stdout.strip()
    assert "taken back" in run("people", "leave", "Cy Moss", *ANN).stdout
    join = ("people", "join", "--register", "reg", "--passphrase-file", "new")
    run(*join, code, code=2)
    run("people", "leave", "Cy Moss", *ANN, code=2)
    assert json.loads(run("verify", "--register", "reg", "--json").stdout)["ok"]
    run(*join, run(*invite).stdout.strip())
    run("people", "admit", "Cy Moss", *ANN)
    run("vacancy", "list", "--register", "reg", "--as", "Cy Moss", "--passphrase-file", "new")
    assert json.loads(run("verify", "--register", "reg", "--json").stdout)["ok"]


def test_the_registers_options_may_stand_before_the_command(run, made):
    """`people --register reg list` does not take the folder for a command."""
    assert "Ben Ash" in run("people", "--register", "reg", "list").stdout
    run("vacancy", *BEN, "list")


def test_retention_says_when_nothing_is_due(run, made):
    """An empty answer would leave one wondering whether anything was looked at."""
    done = run("retention", "due", *ANN)
    assert done.stdout == ""
    assert "Nothing is due" in done.stderr
    assert "0 of 0" not in run("retention", "run", *ANN).stderr


def test_an_unknown_applicant_or_folder_is_named_as_such(run, made):
    """Nothing is said about destruction, mistakes in a pack, or a kept register."""
    told = run("certificate", "A-NONE", "c.html", *ANN, code=2)
    assert "no applicant 'A-NONE'" in told.stderr
    assert "nowhere" in run("policy", "check", "nowhere", code=2).stderr


def test_a_paper_that_cannot_be_written_is_named(run, made):
    """The folder of the target is missing; nothing is wrong with the register."""
    told = run("audit", "export", "--format", "csv", "nowhere/a.csv", *ANN, code=3).stderr
    assert "nowhere/a.csv could not be written: its folder does not exist" in told
    told = run("ledger", "export", "/proc/none", "--register", "reg", code=3).stderr
    assert "/proc/none" in told
    assert "A file of the register" not in told


def test_what_happened_outside_is_declared_without_what_was_seen(run, made, tmp_path):
    """A search, an exposure and a concern are entries; a place or a day that is none is not."""
    vacancy = json.loads(
        run("vacancy", "add", "--reference", "N-1", "--title", "Cook", "--school", "Northfield",
            "--requirement", "Cooks", *BEN, "--json").stdout
    )["id"]  # fmt: skip
    applicant = run("applicant", "add", vacancy, "--name", "Una Field", *BEN).stdout.strip()
    listed = run("applicant", "list", *BEN).stdout
    assert applicant in listed
    assert "Una Field" in listed
    search = ("declare", "search", "--applicant", applicant, "--why", "Habit.", *BEN)
    run(*search, "--place", "social network")
    assert "social network" in run(*search, "--place", "pub", code=2).stderr
    run("declare", "exposure", applicant, *BEN)
    run("declare", "exposure", "A-NONE", *BEN, code=2)
    assert run("declare", "safeguarding", *BEN).stdout.strip()
    (tmp_path / "unasked.json").write_text('{"anything": "at all"}')
    run("declare", "report", applicant, "unasked.json", *BEN)
    run("declare", "report", "A-NONE", "unasked.json", *BEN, code=2)
    listed = run("declare", "list", *ANN).stdout
    assert "unasked report" in listed
    assert "anything" not in listed
    run("ledger", "export", "out", *ANN)
    entries = (tmp_path / "out" / "entries.jsonl").read_text()
    assert entries.count('"declaration"') == 3
    assert entries.count('"report-quarantined"') == 1
    assert entries.count('"safeguarding-routed"') == 1


def test_a_register_made_with_a_pack_of_its_own_works_by_it(run, tmp_path):
    """The named files are in force and lie in the register; with a mistake none is made."""
    pack = shutil.copytree(grounds.find_folder(), tmp_path / "pack")
    (tmp_path / "ann").write_text("ann has a long passphrase\n")
    create = (
        "register", "create", "--organisation", "Northfield Trust", *ANN, "--justifications", "pack"
    )  # fmt: skip
    policy = (pack / "policy.toml").read_text()
    (pack / "policy.toml").write_text(policy.replace("reply_days = 7", "reply_days = 0"))
    assert "reply_days" in run(*create, code=1).stderr
    assert not (tmp_path / "reg").exists()
    (pack / "policy.toml").write_text(policy.replace("reply_days = 7", "reply_days = 10"))
    run(*create)
    again = run("policy", "propose", "reg/justifications", "--why", "More time.", *ANN, code=2)
    assert "in force already" in again.stderr
