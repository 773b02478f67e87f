"""HR audits every search and every refusal."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from generate import World, ask

import gardener
from recruitcheck.cli import talking
from recruitcheck.errors import BadInput, NotFound, NotPermitted
from recruitcheck.records import Role, Sample
from recruitcheck.steps import (
    approval,
    audit_index,
    exceptions,
    intake,
    oversight,
    people,
    stories,
)
from recruitcheck.steps.audit_export import COLUMNS, as_json
from recruitcheck.steps.desk import open_desk
from recruitcheck.vault import register as vault


def test_the_list_has_every_request_once(trust: World) -> None:
    """Permitted, referred and refused requests each have one row, in the order they were made."""
    rows = [row for row in oversight.audit(trust.hr) if row.decision]
    assert [row.id for row in rows] == [one.justification.id for one in trust.outcomes]
    for row, outcome in zip(rows, trust.outcomes, strict=True):
        assert row.decision == outcome.decision.verdict
        assert set(row.rule) == {r.rule for r in outcome.decision.reasons if not r.holds}
        assert row.school and row.vacancy and row.applicant.startswith("A-")


def test_filters_work_on_real_rows(trust: World) -> None:
    """School, person, decision, rule and dates narrow the list; minus turns a part round."""
    every = oversight.audit(trust.hr)
    refused = oversight.audit(trust.hr, "decision:refuse")
    assert refused and all(row.decision == "refuse" for row in refused)
    assert len(refused) + len(oversight.audit(trust.hr, "-decision:refuse")) == len(every)
    one = refused[0]
    found = oversight.audit(
        trust.hr, f'school:"{one.school}" by:"{one.by}" rule:{one.rule[0]} after:{one.at.date()}'
    )
    assert one.id in {row.id for row in found}


def test_rows_for_machines_carry_the_keys_of_the_filter(trust: World) -> None:
    """`audit list --json` prints these: keys of the filter, seq, and the time in UTC."""
    made = as_json(oversight.audit(trust.hr)[0])
    for key in ("state", "by", "school", "vacancy", "applicant", "ground", "decision"):
        assert isinstance(made[key], str)
    assert isinstance(made["rule"], list) and isinstance(made["seq"], int)
    assert str(made["at"]).endswith("Z")


def test_only_hr_reads_the_list(trust: World) -> None:
    """Recruiters and equality reviewers are refused, in words that say whom to ask."""
    for desk in (trust.recruiter, trust.equality):
        with pytest.raises(NotPermitted, match="Only HR"):
            oversight.audit(desk)


def test_a_record_holds_the_whole_story(trust: World) -> None:
    """From the span in the document to the line for the panel, with what was withheld."""
    row = oversight.audit(trust.hr, "state:told")[0]
    file = oversight.record(trust.hr, row.id)
    assert file.claim and file.document and file.justification and file.decision
    assert file.document.text[file.claim.start : file.claim.end] == file.claim.quote
    assert file.before.endswith("post. ") and file.after.startswith(" I look")
    assert file.sights and file.findings and file.panel_lines
    assert sum(one.unrelated + one.personal for one in file.withheld) > 0
    kinds = [entry.type for entry in file.entries if entry.type != "review"]  # HR's own notes on it
    assert kinds[:3] == ["justification", "decision", "grant"] and kinds[-1] == "panel-line"
    assert oversight.record(trust.hr, file.findings[0].id).id == row.id
    paper = stories.record_paper(trust.hr, row.id)
    assert file.claim.quote in str(paper)


def test_an_unknown_record_is_not_found(trust: World) -> None:
    """An id of nothing, or of something that is no request, is said to be none."""
    with pytest.raises(NotFound):
        oversight.record(trust.hr, "J-00000000")


def test_a_sample_can_be_drawn_again_by_anyone(trust: World) -> None:
    """The seed is entered with the draw; the same list and seed give the same requests."""
    made = oversight.sample(trust.hr, 3)
    entry = next(trust.hr.register.entries(subject=made.id))
    assert entry.type == "audit-sample" and entry.facts["drawn"] == 3
    rows = [row.id for row in oversight.audit(trust.hr) if row.seq <= made.up_to]
    assert oversight.draw(rows, 3, made.seed) == made.drawn
    assert oversight.draw(rows[::-1], 3, made.seed) == made.drawn
    assert trust.hr.open(Sample, entry, ("hr",)) == made
    assert len(set(oversight.draw(rows, 99, "x"))) == len(rows)
    with pytest.raises(BadInput):
        oversight.sample(trust.hr, 2, filter="decision:refuse decision:permit")


def test_a_question_comes_back_to_the_person_who_asked(trust: World) -> None:
    """It is a task for that recruiter alone, until HR accepts the answer."""
    row = oversight.audit(trust.hr, "by:cara")[0]
    question = oversight.ask(trust.hr, row.id, "Why was a blog needed for this post?")
    cara, dev = trust.recruiter, trust.desk("Dev Patel")
    assert [one.question for one in oversight.questions(cara)] == [question]
    assert not oversight.questions(dev)
    with pytest.raises((NotPermitted, NotFound)):
        oversight.answer(dev, question.id, "It was not me.")
    with pytest.raises(NotPermitted, match="reserved"):
        oversight.answer(trust.hr, question.id, "I answer for Cara.")
    with pytest.raises(BadInput, match="no open answer"):
        oversight.accept(trust.hr, question.id)
    oversight.answer(cara, question.id, "The post writes for families.")
    [asked] = [one for one in oversight.questions(trust.hr) if one.question == question]
    assert [one.text for one in asked.answers] == ["The post writes for families."]
    oversight.accept(trust.hr, question.id)
    assert not oversight.questions(cara)
    with pytest.raises(BadInput):
        oversight.answer(cara, question.id, "One more thing.")


def test_nobody_audits_their_own_request(fresh: World) -> None:
    """HR who also recruits can neither note, nor question, nor accept about their own request."""
    code = people.invite(fresh.hr, "Gus Both", [Role.HR, Role.RECRUITER])
    opened = vault.open_register(fresh.where, clock=fresh.clock)
    opened.join(code, "silver-cradle-62-ribbon")
    opened.close()
    people.admit(fresh.hr, "Gus Both")
    gus = open_desk(
        fresh.where,
        "Gus Both",
        "silver-cradle-62-ribbon",
        clock=fresh.clock,
        pack_folder=fresh.pack_folder,
    )
    fresh.desks["Gus Both"] = gus
    outcome: approval.Outcome = ask(gus, fresh.claims[-1][0], 0)
    with pytest.raises(NotPermitted, match="own act"):
        oversight.note(gus, outcome.justification.id, "All fine.")
    with pytest.raises(NotPermitted, match="own act"):
        oversight.ask(gus, outcome.justification.id, "Was it fine?")
    found = [one for one in exceptions.exceptions(fresh.hr) if one.kind == "reviewers-own-act"]
    assert [one.subject for one in found] == [outcome.justification.id]


def test_notes_are_for_hr_only(trust: World) -> None:
    """What HR notes about a request, its recruiter does not read."""
    row = oversight.audit(trust.hr, "by:cara")[1]
    made = oversight.note(trust.hr, row.id, "Reason is thin.")
    assert made in oversight.record(trust.hr, row.id).reviews
    entry = next(trust.hr.register.entries(subject=made.id))
    assert entry.boxes == ("hr",)
    with pytest.raises(BadInput):
        oversight.note(trust.hr, row.id, "  ")


def test_exceptions_list_what_is_out_of_the_ordinary(trust: World) -> None:
    """Grants that expired unused, replies that lapsed, notices that are missing or due."""
    trust.clock.sleep(86_400 * 40)
    kinds = {one.kind for one in exceptions.exceptions(trust.hr)}
    assert {"expired-grant", "article-14-due", "missing-notice"} <= kinds


def test_a_referral_is_late_after_its_working_days_and_not_before(fresh: World) -> None:
    """HR hears of it when it is the deputy's, whatever weekend lies between."""
    desk = fresh.recruiter
    minor = intake.add_applicant(
        desk, gardener.post(desk).id, name="Una Field", adult=False, notice_on=desk.today
    )
    held = gardener.asked(desk, gardener.claim(desk, gardener.cv(desk, minor.id)).id).referral
    assert held
    minute = timedelta(minutes=1)
    for moment, told in ((held.due - minute, set()), (held.due + minute, {held.id})):
        fresh.clock.to(moment.date(), moment.hour)
        fresh.clock.sleep((moment - fresh.clock.now()).total_seconds())
        assert late(fresh) == told


def test_the_cases_of_a_leaver_are_named_until_they_are_handed_over(fresh: World) -> None:
    """A recruiter who leaves leaves nobody's case unseen."""
    name = fresh.recruiter.me.name
    people.leave(fresh.hr, name)
    named = [one.applicant for one in exceptions.left_alone(fresh.hr)]
    assert named
    taker = next(p for p in people.takers(fresh.hr) if Role.RECRUITER in p.roles)
    people.share_case(fresh.hr, named[0], taker.name)
    assert [one.applicant for one in exceptions.left_alone(fresh.hr)] == named[1:]
    told = {one.subject for one in exceptions.exceptions(fresh.hr) if one.kind == "case-left-alone"}
    assert told == set(named[1:])


def late(world: World) -> set[str]:
    """Referrals that HR's list names as overdue."""
    return {
        one.subject for one in exceptions.exceptions(world.hr) if one.kind == "overdue-referral"
    }


def test_the_spreadsheet_has_every_column_and_no_digest(trust: World) -> None:
    """One line a row, what was withheld included; nothing that looks like a digest of a text."""
    text = "".join(oversight.export(trust.hr, "csv", recipient="internal audit"))
    read = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert list(read[0]) == list(COLUMNS)
    told = [line for line in read if line["state"] == "told"]
    assert any(int(line["withheld_unrelated"]) > 0 for line in told)
    for column in ("claim", "claim_kinds", "finding", "retention_due", "query", "ground"):
        assert all(line[column] for line in told), column
    assert not any(len(cell) == 64 and set(cell) <= set("0123456789abcdef")
                   for line in read for cell in line.values())  # fmt: skip


def test_json_lines_and_html_tell_the_same(trust: World) -> None:
    """All formats list the same requests."""
    rows = oversight.audit(trust.hr, "decision:permit")
    lines = "".join(oversight.export(trust.hr, "jsonl", filter="decision:permit")).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [row.id for row in rows]
    made = "".join(oversight.export(trust.hr, "html", filter="decision:permit"))
    assert all(row.applicant in made for row in rows)
    with pytest.raises(BadInput, match="format"):
        oversight.export(trust.hr, "docx")


def test_every_export_is_an_entry(trust: World) -> None:
    """Before the first line is written, the ledger says that and for whom."""
    before = trust.hr.register.size
    pieces = oversight.export(trust.hr, "csv", recipient="trustees")
    entry = trust.hr.register.entry(before)
    assert entry.type == "disclosure" and entry.facts["kind"] == "audit-csv"
    assert next(iter(pieces)).startswith("\ufeff")


def test_verification_reports_progress(trust: World) -> None:
    """The register verifies, and says how far it is."""
    seen: list[str] = []
    found = oversight.verify(trust.hr, progress=lambda stage, done, total: seen.append(stage))
    assert found.ok and not found.problems and seen


def test_the_first_list_tells_how_far_it_is(
    fresh: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It counts up to the size of the record; a filter that cannot be read is told before."""
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(audit_index, "_TELL_EACH", 10)

    def note(done: int, total: int) -> None:
        told.append((done, total))

    with pytest.raises(BadInput):
        oversight.audit(fresh.hr, "colour:blue", progress=note)
    assert not told
    rows = oversight.audit(fresh.hr, progress=note)
    assert told == sorted(told) and told[0][0] == 0
    assert {total for _, total in told} == {fresh.hr.register.size}
    told.clear()
    assert oversight.audit(fresh.hr, progress=note) == rows and not told, "kept for the sitting"
    tell = talking.patience("Reading")
    tell(1, 2)
    assert capsys.readouterr().err == "", "nobody wants to hear of half a second"
