"""The whole flow by commands: the same steps as the screens, one record printed by each."""

from __future__ import annotations

import importlib
import json
import shutil
from pathlib import Path

import pytest

from recruitcheck import cli
from recruitcheck.rules import grounds
from recruitcheck.vault import verify

from .conftest import EQUALITY, HR, QUOTE, RECRUITER, UNION, Do, ask


def test_a_search_by_commands_from_claim_to_papers(do, case, school, tmp_path):
    """Every command prints the record it made; the next one takes its id."""
    claim = do(RECRUITER, "claim", "mark", case["document"], "--quote", QUOTE)
    assert claim["nature"] == "checkable"
    outcome = ask(do, claim["id"])
    assert outcome["decision"]["verdict"] == "permit"
    grant = outcome["grant"]["id"]
    sight = do(
        RECRUITER, "observe", grant, "--address", "https://www.instagram.com/ashdownprimary/",
        "--text", "Reading week at Ashdown Primary School, March 2023.",
        "--published", "2023-03-06", "--author", "ashdownprimary",
        "--public", "--not-logged-in", "--no-contact",
    )  # fmt: skip
    assert len(sight["passages"]) == 1
    evidence = do(RECRUITER, "keep", sight["lookup"]["id"], "--judge", "supports")
    finding = do(RECRUITER, "finding", grant, "confirmed", "--identity", "@ashdownprimary")
    assert finding["evidence"] == [evidence["id"]]  # what was kept, where nobody names any
    do(RECRUITER, "reply", "invite", finding["id"], code=2)  # nothing was contradicted
    assert "confirmed" in do(RECRUITER, "panel", finding["id"])["text"]
    shown = do(RECRUITER, "applicant", "show", case["applicant"], many=True)
    made = {claim["id"], grant, sight["lookup"]["id"], evidence["id"], finding["id"]}
    assert made <= {record["id"] for record in shown}
    _seen_by_hr(do, case, tmp_path)
    assert verify.verify(school.where).ok


def _seen_by_hr(do: Do, case: dict[str, str], folder: Path) -> None:
    rows = do(HR, "audit", "list", "--filter", "decision:permit", many=True)
    assert [row["applicant"] for row in rows] == [case["applicant"]]
    assert {"seq", "at", "state", "by", "school", "vacancy", "ground", "rule"} <= set(rows[0])
    assert do(HR, "audit", "list", "--filter", "-decision:permit", many=True) == []
    do(HR, "audit", "export", str(folder / "audit.csv"))  # the ending says how
    do(HR, "audit", "export", str(folder / "audit"), code=2)
    assert case["applicant"] in (folder / "audit.csv").read_text()
    do(HR, "access-bundle", case["applicant"], str(folder / "bundle"))
    assert any((folder / "bundle").iterdir())
    do(HR, "receipt", case["applicant"], str(folder / "receipt.json"))
    assert cli.run(["receipt", "check", str(folder / "receipt.json")]) == 0
    do(HR, "breach-pack", str(folder / "pack.zip"))
    assert (folder / "pack.zip").stat().st_mode & 0o077 == 0


@pytest.mark.needs("pyrage")
def test_a_receipt_is_sealed_to_who_is_named_and_a_wrong_key_changes_nothing(
    do, case, school, tmp_path
):
    """What is handed out is entered, so a key that is none is told before."""
    pyrage = importlib.import_module("pyrage")
    expert, sealed = pyrage.x25519.Identity.generate(), tmp_path / "receipt.age"
    size = verify.verify(school.where).size
    do(HR, "receipt", case["applicant"], str(sealed), "--to", "age1nobody", code=2)
    assert verify.verify(school.where).size == size
    do(HR, "receipt", case["applicant"], str(sealed), "--to", str(expert.to_public()))
    assert json.loads(pyrage.decrypt(sealed.read_bytes(), [expert]))["opened"]


def test_a_refusal_ends_with_1_and_says_which_clause(do, case, capsys):
    """The reasons go to standard error, the record to standard output."""
    claim = do(RECRUITER, "claim", "mark", case["document"], "--quote", QUOTE)
    outcome = ask(
        do, claim["id"], code=1, reason="We look up every shortlisted candidate as a routine."
    )
    assert outcome["decision"]["verdict"] == "refuse"
    assert outcome["grant"] is None
    assert any(not reason["holds"] for reason in outcome["decision"]["reasons"])


def test_a_referral_is_decided_blind_and_by_nobody_who_asked(do, case):
    """The list has no name; the recruiter cannot decide; the grant is taken up afterwards."""
    claim = do(RECRUITER, "claim", "mark", case["document"], "--quote", UNION)
    assert claim["nature"] == "sensitive"
    outcome = ask(
        do, claim["id"], ground="skill-shown-in-public", source="publication", requirement="S2",
        reason="The post asks for clear writing. Confirm that the newsletter Chalk Lines has been "
        "written by the branch secretary since 2020.",
        confirms="Issues of Chalk Lines since 2020.",
        refutes="No newsletter called Chalk Lines.",
    )  # fmt: skip
    assert outcome["decision"]["verdict"] == "refer"
    referral = outcome["referral"]["id"]
    (blind,) = do(EQUALITY, "refer", "list", many=True)
    assert "Owen" not in json.dumps(blind)
    do(RECRUITER, "refer", "decide", referral, "permit", "--why", "I want to.", code=1)
    decided = do(
        EQUALITY, "refer", "decide", referral, "permit", "--yes-no-only",
        "--why", "The post asks for published writing.",
    )  # fmt: skip
    assert decided["yes_no_only"]
    assert do(RECRUITER, "refer", "take-up", referral)["id"].startswith("G-")


def test_a_hold_pauses_and_an_objection_stops(do, case):
    """HR's and the applicant's own brakes work from the command line."""
    held = do(HR, "hold", "set", case["applicant"], "complaint", "--note", "Letter of 3 May")
    assert held["cause"] == "complaint"
    do(HR, "hold", "lift", held["id"], "--why", "Answered")
    claim = do(RECRUITER, "claim", "mark", case["document"], "--quote", QUOTE)
    grant = ask(do, claim["id"])["grant"]["id"]
    do(HR, "objection", case["applicant"], "--text", "I do not want this.")
    refused = do(
        RECRUITER, "observe", grant, "--address", "https://www.instagram.com/ashdownprimary/",
        "--text", "Reading week", "--public", "--not-logged-in", "--no-contact", code=1,
    )  # fmt: skip
    assert "objected" in refused


def test_retention_due_also_says_what_is_on_hold(do, case):
    """A paused case that is not due yet is on the list HR reads, apart from the data."""
    held = do(HR, "hold", "set", case["applicant"], "complaint")
    assert f"{case['applicant']} (complaint, {held['id']})" in do(HR, "retention", "due")


def test_what_was_refused_whole_is_not_said_to_be_shown(do, case):
    """A post without a date: the command says how to give one, and not that passages are shown."""
    claim = do(RECRUITER, "claim", "mark", case["document"], "--quote", QUOTE)
    grant = ask(do, claim["id"])["grant"]["id"]
    words = ("observe", grant, "--address", "https://www.instagram.com/ashdownprimary/p/1/",
             "--text", "Reading week", "--author", "@ashdownprimary",
             "--public", "--not-logged-in", "--no-contact")  # fmt: skip
    said = do(RECRUITER, *words, code=1, said=True)
    assert "--published" in said
    assert "are shown" not in said


def test_a_changed_policy_is_compared_proposed_and_adopted_by_two(do, case, tmp_path):
    """The person who proposed it cannot adopt it; afterwards the register works with that pack,
    from a place of its own."""
    new = tmp_path / "pack"
    shutil.copytree(grounds.find_folder(), new)
    file = new / "policy.toml"
    file.write_text(file.read_text().replace("reply_days = 7", "reply_days = 10"))
    proposal = do(HR, "policy", "propose", str(new), "--why", "More time to reply.")["id"]
    do(HR, "policy", "adopt", proposal, str(new), code=1)
    do(EQUALITY, "policy", "adopt", proposal, str(new))
    assert do(HR, "policy", "replay", str(new), many=True) == []
    assert cli.run(["policy", "compare", str(new), "--json"]) == 0
    shutil.rmtree(new)  # the copy that was worked on may go
    claim = do(RECRUITER, "claim", "mark", case["document"], "--quote", QUOTE)
    assert ask(do, claim["id"])["decision"]["verdict"] == "permit"


def test_a_new_source_is_compared_by_what_its_file_says(tmp_path, capsys):
    """A source copied from another one, as its page tells, passes the check; what the new file
    leaves out is not listed."""
    new = tmp_path / "pack"
    shutil.copytree(grounds.find_folder(), new)
    shutil.copy(new / "sources/publication.toml", new / "sources/local_radio.toml")
    assert cli.run(["policy", "check", str(new)]) == 0
    capsys.readouterr()
    assert cli.run(["policy", "compare", str(new)]) == 0
    told = capsys.readouterr().out
    assert "sources.local_radio.manner\n  - (nothing)\n  + supplied" in told
    assert "  - (nothing)\n  + (nothing)" not in told


def test_a_candidate_is_found_by_the_advertisement_told_and_frozen(do, case, tmp_path):
    """No word that the advertisement lacks; the notice is written; applying freezes the notes."""
    post = do(
        RECRUITER, "vacancy", "add", "--reference", "B-4", "--title", "Music Teacher",
        "--school", "Beacon Mill", "--requirement", "Teaches the cello",
        "--advert", "We look for a teacher of music who plays the cello.",
    )  # fmt: skip
    said = do(RECRUITER, "candidate", "find", post["id"], "--criterion", "young", code=2, said=True)
    assert "does not stand in the advertisement" in said
    found = do(RECRUITER, "candidate", "find", post["id"], "--criterion", "music cello")
    notice = tmp_path / "notice.html"
    near = do(
        RECRUITER, "candidate", "approach", found["id"], str(notice), "--name", "Ada Finch",
        "--where", "https://jobs.example/ada",
    )  # fmt: skip
    assert "https://jobs.example/ada" in notice.read_text()
    assert do(RECRUITER, "candidate", "told", near["id"])["told_on"]
    do(RECRUITER, "candidate", "applied", near["id"], case["applicant"])
    (listed,) = do(RECRUITER, "candidate", "list", many=True)
    assert listed["applicant"] == case["applicant"]
    again = ("candidate", "applied", near["id"], case["applicant"])
    assert "frozen already" in do(RECRUITER, *again, code=2, said=True)
