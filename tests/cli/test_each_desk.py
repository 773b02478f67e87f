"""What recruiters, HR and reviewers do by command beside the search itself."""

from __future__ import annotations

import json

import pytest

from recruitcheck import cli
from world import PASSPHRASE

from .conftest import EQUALITY, HR, QUOTE, RECRUITER, ask

PROFILE = "https://www.instagram.com/ashdownprimary/"
SEEN = ("--public", "--not-logged-in", "--no-contact")


@pytest.fixture
def grant(do, case) -> str:
    """A permission to look at the account that the claim names."""
    claim = do(RECRUITER, "claim", "mark", case["document"], "--quote", QUOTE)
    return str(ask(do, claim["id"])["grant"]["id"])


@pytest.fixture
def contradicted(do, grant) -> str:
    """A finding against the applicant."""
    sight = do(
        RECRUITER, "observe", grant, "--address", PROFILE, "--author", "ashdownprimary",
        "--text", "Reading week at Ashdown Primary School, run by another school, March 2023.",
        "--published", "2023-03-06", *SEEN,
    )  # fmt: skip
    kept = do(RECRUITER, "keep", sight["lookup"]["id"], "--judge", "contradicts")
    finding = do(
        RECRUITER, "finding", grant, "contradicted", "--identity", "@ashdownprimary",
        "--evidence", kept["id"], "--note", "Another school ran it.",
    )  # fmt: skip
    return str(finding["id"])


def test_a_contradiction_reaches_the_panel_only_through_the_reply(do, contradicted, tmp_path):
    """Invited, heard, weighed and closed, in this order and in no other."""
    finding = contradicted
    do(RECRUITER, "panel", finding, code=1)
    invited = do(RECRUITER, "reply", "invite", finding)
    assert "Another school" not in invited["letter"]
    assert invited["state"] == "invited"
    reply = invited["id"]
    assert "until" in do(RECRUITER, "reply", "lapse", reply, code=2)
    do(RECRUITER, "reply", "close", reply, code=1)
    said = tmp_path / "reply.txt"
    said.write_text("We ran it together; here is the school's letter.")
    assert do(RECRUITER, "reply", "record", reply, "--text", f"@{said}")["state"] == "replied"
    weighed = do(
        RECRUITER, "reply", "weigh", reply, "--text", "The letter settles it.",
        "--outcome", "settled",
    )  # fmt: skip
    assert (weighed["state"], weighed["weight"]) == ("weighed", "settled")
    assert do(RECRUITER, "reply", "close", reply)["state"] == "closed"
    assert do(RECRUITER, "panel", finding)["finding"] == finding


def test_a_permission_is_listed_used_up_and_taken_back(do, case, grant):
    """The list names where one may look; after it is taken back nothing more is shown."""
    (listed,) = do(RECRUITER, "grant", "list", many=True)
    assert (listed["id"], listed["source"]) == (grant, "instagram")
    assert do(RECRUITER, "grant", "revoke", grant, "--why", "The post was withdrawn.") == {
        "revoked": grant
    }
    do(RECRUITER, "observe", grant, "--address", PROFILE, "--text", "Reading week", *SEEN, code=1)
    do(RECRUITER, "grant", "revoke", grant, "--why", " ", code=2)


def test_what_the_applicant_brings_goes_through_the_same_checks(do, grant, tmp_path):
    """A file they sent is shown as theirs; without words there is nothing to look at."""
    file = tmp_path / "screenshot.txt"
    file.write_text("Reading week at Ashdown Primary School, posted in March 2023.")
    sight = do(
        RECRUITER, "supplied", grant, "--file", str(file), "--address", PROFILE,
        "--published", "2023-03-06",
    )  # fmt: skip
    assert "Reading week" in sight["passages"][0]["text"]
    assert "suppl" in sight["passages"][0]["mark"]
    do(RECRUITER, "supplied", grant, "--text", "  ", code=2)


def test_vacancies_and_applicants_are_changed_by_command(do, case):
    """Stage, panel and notice can be changed; what cannot be, or says nothing, is told."""
    changed = do(RECRUITER, "vacancy", "change", case["vacancy"], "--stage", "interview")
    assert changed["stage"] == "interview"
    do(RECRUITER, "vacancy", "change", case["vacancy"], "--decided", "2030-01-01", code=2)
    told = do(
        RECRUITER, "applicant", "change", case["applicant"], "--notice-on", "2026-05-02",
        "--account", "@owenblake",
    )  # fmt: skip
    assert (told["notice_on"], told["accounts"]) == ("2026-05-02", ["@owenblake"])
    assert "--account" in do(RECRUITER, "applicant", "change", case["applicant"], code=2)
    assert QUOTE in do(RECRUITER, "document", "show", case["document"])["text"].replace("\n", " ")
    assert do(EQUALITY, "document", "show", case["document"], code=1)


def test_a_case_is_handed_to_a_colleague(do, case):
    """Before, the other recruiter cannot open the application; afterwards they can."""
    do("Tom Ellis", "document", "show", case["document"], code=1)
    do(RECRUITER, "people", "share", case["applicant"], "Tom Ellis")
    assert do("Tom Ellis", "document", "show", case["document"])["applicant"] == case["applicant"]
    do(RECRUITER, "people", "share", case["applicant"], "Nobody Known", code=2)


def test_what_was_seen_by_accident_is_declared_and_bars_by_hr_alone(do, case, tmp_path):
    """The declaration holds no content; HR bars; the barred one decides nothing more."""
    declared = do(RECRUITER, "declare", "exposure", case["applicant"])
    assert (declared["kind"], declared["text"]) == ("exposure", "")
    do(RECRUITER, "declare", "bar", declared["id"], RECRUITER, code=1)
    do(HR, "declare", "bar", declared["id"], RECRUITER)
    (listed,) = do(HR, "declare", "list", many=True)
    assert listed["bars"]
    route = do(RECRUITER, "declare", "safeguarding", "--vacancy", case["vacancy"])
    assert route["title"] and route["address"]
    paper = tmp_path / "head.html"
    do(RECRUITER, "declare", "disparagement", str(paper), "--text", "They mock the school.")
    assert "They mock the school." in paper.read_text()
    assert "mock" not in json.dumps(do(HR, "declare", "list", many=True))


def test_words_for_people_say_what_the_records_say(
    do, case, contradicted, school, tmp_path, capsys
):
    """Without --json each list is lines that a person reads; nothing in them steers a terminal."""
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE)
    for who, words, expected in (
        (RECRUITER, ("grant", "list"), "instagram"),
        (RECRUITER, ("vacancy", "list"), "Outreach Officer"),
        (RECRUITER, ("applicant", "list"), case["applicant"]),
        (HR, ("people", "list"), "Tom Ellis"),
        (HR, ("audit", "list"), case["applicant"]),
        (HR, ("audit", "exceptions"), ""),
        (HR, ("audit", "questions"), ""),
        (HR, ("rights", "list"), ""),
        (HR, ("retention", "due"), "due"),
        (EQUALITY, ("refer", "list"), ""),
    ):
        capsys.readouterr()
        assert cli.run(
            [*words, "--register", str(school.where), "--as", who,
             "--passphrase-file", str(secret)]
        ) == 0, words  # fmt: skip
        shown = capsys.readouterr()
        assert expected in shown.out + shown.err, words
        assert "\x1b" not in shown.out


def test_hr_asks_about_a_request_and_accepts_the_answer(do, case, grant):
    """A question, its answer and HR's acceptance stand beside the record, and so does a note."""
    (row,) = do(HR, "audit", "list", many=True)
    asked = do(HR, "audit", "ask", row["id"], "Why now?")
    (mine,) = do(RECRUITER, "audit", "questions", many=True)
    assert mine["question"]["id"] == asked["id"]
    do(RECRUITER, "audit", "answer", asked["id"], "The interview is on Friday.")
    do(HR, "audit", "accept", asked["id"], "That answers it.")
    assert do(HR, "audit", "note", row["id"], "In order.")
    do(RECRUITER, "audit", "note", row["id"], "Mine.", code=1)


def test_hr_names_the_deputy_of_the_reviewers(do, school):
    """Only HR, and only somebody who is an equality reviewer; the name stands in an entry."""
    do(EQUALITY, "people", "deputy", EQUALITY, code=1)
    assert "equality reviewer" in do(HR, "people", "deputy", RECRUITER, code=2)
    assert do(HR, "people", "deputy", EQUALITY)["name"] == EQUALITY
    desk = school.open(HR)
    assert desk.settings().deputy == next(
        p.id for p in desk.register.people() if p.name == EQUALITY
    )
    desk.register.close()
