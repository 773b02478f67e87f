"""Destruction: on time, with proof, and for good."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from generate import PASSPHRASES, World

from recruitcheck.errors import BadInput, Destroyed, NotPermitted, Sealed
from recruitcheck.records import Applicant, Stage
from recruitcheck.reports.markdown import plain
from recruitcheck.steps import incidents, intake, oversight, retention
from recruitcheck.steps.desk import open_desk

LATER = date(2029, 6, 1)


def told(world: World) -> str:
    """An applicant whose search is concluded."""
    return oversight.audit(world.hr, "state:told")[0].applicant


def decide(world: World, applicant: str) -> None:
    """Close the post of an applicant today."""
    vacancy = world.hr.get(Applicant, applicant).vacancy
    intake.change_vacancy(world.recruiter, vacancy, stage=Stage.CLOSED)


def test_content_is_due_twelve_months_after_the_decision(fresh: World) -> None:
    """By the pack's figure, from the day the post was decided."""
    applicant = told(fresh)
    decide(fresh, applicant)
    day = fresh.clock.at.date()
    [due] = [one for one in retention.listed(fresh.hr) if one.applicant == applicant]
    assert due.on == date(day.year + 1, day.month, day.day) and not due.now
    with pytest.raises(NotPermitted, match="not due"):
        retention.run(fresh.hr, [applicant])


def test_a_hold_pauses_and_lifting_it_lets_go(fresh: World) -> None:
    """Held records are listed with the cause and survive the run."""
    applicant = told(fresh)
    held = retention.hold(fresh.hr, applicant, "claim", note="Acas number on file")
    fresh.clock.to(LATER)
    [due] = [one for one in retention.due(fresh.hr) if one.applicant == applicant]
    assert due.held == ("claim at a tribunal or court",) and not due.now
    gone = {one.applicant for one in retention.run(fresh.hr)}
    assert gone and applicant not in gone
    retention.lift(fresh.hr, held.id, why="settled")
    with pytest.raises(BadInput, match="lifted already"):
        retention.lift(fresh.hr, held.id)
    assert [one.applicant for one in retention.run(fresh.hr)] == [applicant]
    with pytest.raises(BadInput, match="cause"):
        retention.hold(fresh.hr, applicant, "because")


def test_a_hold_set_while_others_are_destroyed_is_kept_to(fresh: World) -> None:
    """Somebody asks for their records while a run is on: they are passed over, the rest goes."""
    fresh.clock.to(LATER)
    asked: list[str] = []

    def meanwhile(done: int, _: int, who: str) -> None:
        if done == 1:
            retention.hold(fresh.desk("Ben Okafor"), who, "access-request")
            asked.append(who)

    ready = [one.applicant for one in retention.ready(fresh.hr)]
    gone = [one.applicant for one in retention.run(fresh.hr, progress=meanwhile)]
    assert asked and gone == [one for one in ready if one not in asked]
    assert fresh.hr.get(Applicant, asked[0])


def test_after_destruction_no_key_opens_anything_of_the_case(fresh: World) -> None:
    """Everybody's keys, and the folder's files, old ones included, hold nothing of it any more."""
    applicant = told(fresh)
    name = fresh.hr.get(Applicant, applicant).name.encode()
    quote = oversight.record(fresh.hr, oversight.audit(fresh.hr, "state:told")[0].id).claim
    boxes = _sealed_boxes(fresh, applicant)
    wraps = _wraps(fresh, applicant)
    assert name and quote and boxes and wraps
    root, size = fresh.hr.register.root, fresh.hr.register.size
    fresh.clock.to(LATER)
    [made] = [one for one in retention.run(fresh.hr) if one.applicant == applicant]
    assert made.boxes >= len(boxes) and made.wraps == len(wraps)
    for person in PASSPHRASES:
        desk = fresh.desk(person)
        for entry in desk.register.entries(case=applicant):
            for box in entry.boxes:
                with pytest.raises((Destroyed, Sealed)):
                    desk.register.read(entry, box)
    files = [file for file in Path(fresh.where).rglob("*") if file.is_file()]
    everything = b"".join(file.read_bytes() for file in files)
    assert not [one for one in boxes if one in everything]
    assert not [one for one in wraps if one in everything]
    assert fresh.hr.register.size > size and fresh.hr.register.root != root
    assert oversight.verify(fresh.hr).ok


def _sealed_boxes(world: World, applicant: str) -> list[bytes]:
    """The sealed texts of a case as the ledger file writes them: lines under its leaves."""
    found: list[bytes] = []
    ours = False
    for line in (Path(world.where) / "ledger").read_bytes().splitlines():
        if line.startswith(b"{"):
            ours = json.loads(line)["case"] == applicant
        elif line.startswith(b"+") and ours:
            found.append(line.split(b" ", 1)[1])
    return found


def _wraps(world: World, applicant: str) -> list[bytes]:
    rows = world.hr.register.store.keys("wraps").all()
    return [row["wrap"].encode() for row in rows if row["case"] == applicant]


def test_a_stranger_to_the_register_can_still_verify_it(fresh: World) -> None:
    """The skeleton stays: entries, tree and signatures hold, and readers see the day."""
    fresh.clock.to(LATER)
    retention.run(fresh.hr)
    from recruitcheck.vault import verify

    assert verify.verify(fresh.where).ok
    with pytest.raises(Destroyed) as caught:
        fresh.hr.get(Applicant, fresh.applicants[0])
    assert "1 June 2029" in caught.value.message or "01 June 2029" in caught.value.message


def test_the_audit_list_keeps_the_skeleton(fresh: World) -> None:
    """Who asked, when, at which school and with which verdict stays; the content is gone."""
    before = {row.id: row for row in oversight.audit(fresh.hr)}
    fresh.clock.to(LATER)
    retention.run(fresh.hr)
    after = {row.id: row for row in oversight.audit(fresh.hr)}
    assert before.keys() == after.keys()
    for id, row in after.items():
        assert row.state == "destroyed"
        assert (row.seq, row.by, row.school, row.decision, row.applicant) == (
            before[id].seq, before[id].by, before[id].school, before[id].decision,
            before[id].applicant,
        )  # fmt: skip
        assert not row.rule and not row.ground
    file = oversight.record(fresh.hr, next(iter(after)))
    assert file.destroyed and file.claim is None and file.justification is None
    "".join(oversight.export(fresh.hr, "csv"))


def test_the_certificate_says_what_when_why_and_what_remains(fresh: World) -> None:
    """Counts, fingerprint, cause, holds, exports made earlier, and the honest line on backups."""
    applicant = told(fresh)
    oversight.disclose(
        fresh.hr, kind="access-bundle", recipient="the applicant", applicant=applicant
    )
    held = retention.hold(fresh.hr, applicant, "complaint")
    retention.lift(fresh.hr, held.id)
    fresh.clock.to(LATER)
    [made] = [one for one in retention.run(fresh.hr) if one.applicant == applicant]
    text = " ".join(plain(incidents.certificate(fresh.hr, applicant)).split())
    for words in (applicant, made.key_fingerprint, "retention period has ended", "access-bundle",
                  "backup", "Ann Lee", "1 June 2029", "2035"):  # fmt: skip
        assert words in text


def test_erasure_waits_for_the_decision_and_for_holds(fresh: World) -> None:
    """Somebody may ask for erasure; it is done once the post is decided and nothing holds it."""
    applicant = told(fresh)
    with pytest.raises(NotPermitted, match="not decided"):
        retention.erase(fresh.hr, applicant)
    decide(fresh, applicant)
    held = retention.hold(fresh.hr, applicant, "complaint")
    with pytest.raises(NotPermitted, match="held"):
        retention.erase(fresh.hr, applicant)
    retention.lift(fresh.hr, held.id)
    assert retention.erase(fresh.hr, applicant).cause == "erasure"


def test_only_hr_destroys(fresh: World) -> None:
    """Recruiters and equality reviewers can neither hold, nor run, nor erase."""
    for desk in (fresh.recruiter, fresh.equality):
        for step in (
            lambda desk=desk: retention.run(desk),
            lambda desk=desk: retention.due(desk),
            lambda desk=desk: retention.erase(desk, fresh.applicants[0]),
            lambda desk=desk: retention.hold(desk, fresh.applicants[0], "claim"),
        ):
            with pytest.raises(NotPermitted):
                step()


def test_progress_is_told(fresh: World) -> None:
    """Whoever waits sees how many are done of how many."""
    fresh.clock.to(LATER)
    seen: list[tuple[int, int]] = []
    done = retention.run(fresh.hr, progress=lambda at, of, who: seen.append((at, of)))
    assert seen[0] == (0, len(done)) and seen[-1] == (len(done), len(done))


def test_the_pack_warns_where_it_keeps_too_briefly(fresh: World) -> None:
    """With twelve months no warning; the figures are the pack's, not the program's."""
    assert retention.warnings(fresh.hr) == ()


def test_a_register_opened_later_still_says_destroyed(fresh: World) -> None:
    """The state does not live in one person's memory."""
    fresh.clock.to(LATER)
    retention.run(fresh.hr)
    where = fresh.where
    fresh.close()
    desk = open_desk(
        where,
        "Ben Okafor",
        PASSPHRASES["Ben Okafor"],
        clock=fresh.clock,
        pack_folder=fresh.pack_folder,
    )
    try:
        assert {row.state for row in oversight.audit(desk)} == {"destroyed"}
    finally:
        desk.register.close()
