"""What applicants are owed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from generate import World

from recruitcheck.errors import BadInput, NotFound, NotPermitted
from recruitcheck.records import Applicant, Finding
from recruitcheck.reports.markdown import plain
from recruitcheck.steps import exceptions, finding, informing, oversight, retention, rights, search
from recruitcheck.vault import export


def told(world: World) -> tuple[str, str]:
    """A request that was told to the panel, and its applicant."""
    row = oversight.audit(world.hr, "state:told")[0]
    return row.id, row.applicant


def test_the_notice_covers_every_topic_of_the_pack(trust: World) -> None:
    """Wording, topics, time limits, rights, and the separate KCSIE position."""
    text = plain(informing.notice(trust.hr, trust.vacancies[0]))
    flat = " ".join(text.split())
    for topic in trust.hr.pack.policy.notice.topics:
        assert topic in flat
    assert trust.hr.pack.policy.kcsie.decision in flat
    assert "12 months" in flat and "Information Commissioner" in flat


def test_the_letter_after_a_search_says_what_was_looked_at(trust: World) -> None:
    """Quote, place, date, result and rights; making it is entered and settles the exception."""
    id, applicant = told(trust)
    person = trust.hr.get(Applicant, applicant)
    text = " ".join(plain(informing.article_14(trust.hr, applicant)).split())
    file = oversight.record(trust.hr, id)
    assert file.claim and file.claim.quote in text and person.name in text
    assert file.sights[0].attempts[0].address in text
    assert "The claim is confirmed." in text
    trust.clock.sleep(86_400 * 40)
    due = [one for one in exceptions.exceptions(trust.hr) if one.kind == "article-14-due"]
    assert applicant not in {one.applicant for one in due}


def test_no_letter_after_a_refusal(trust: World) -> None:
    """Nothing was looked at, so there is nothing to tell."""
    refused = oversight.audit(trust.hr, "decision:refuse")[0]
    with pytest.raises(NotFound):
        informing.article_14(trust.hr, refused.applicant)


@pytest.fixture
def bundle(fresh: World, tmp_path: Path) -> tuple[World, str, str, Path]:
    """A bundle written for a searched applicant."""
    id, applicant = told(fresh)
    oversight.ask(fresh.hr, id, "WHY-QUESTION")
    rights.access_bundle(fresh.hr, applicant, tmp_path / "bundle", identity="Came in person.")
    return fresh, id, applicant, tmp_path / "bundle"


def test_the_bundle_holds_everything(bundle: tuple[World, str, str, Path]) -> None:
    """Name, quote, request, look, withheld counts, finding, panel line, HR's question."""
    world, id, applicant, folder = bundle
    file = oversight.record(world.hr, id)
    summary = (folder / "2-summary.html").read_text(encoding="utf-8")
    assert file.claim and file.sights and file.panel_lines
    for words in (
        world.hr.get(Applicant, applicant).name,
        file.claim.quote,
        file.sights[0].passages[0].text,
        "Not shown to the person who looked",
        "The claim is confirmed.",
        file.panel_lines[0].text,
        "WHY-QUESTION",
    ):
        assert words in summary
    lines = (folder / "3-records.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = {json.loads(line)["kind"] for line in lines}
    assert {"applicant-added", "document-added", "claim-marked", "justification", "decision",
            "grant", "lookup", "lookup-result", "evidence-kept", "finding", "panel-line",
            "review"} <= kinds  # fmt: skip
    letter = (folder / "1-letter.txt").read_text(encoding="utf-8")
    assert "Came in person." in letter
    left = (folder / "5-left-out.csv").read_text(encoding="utf-8")
    assert "monitoring form" in left


def test_the_checksums_of_the_bundle_are_right(bundle: tuple[World, str, str, Path]) -> None:
    """Every file is listed once with its SHA-256."""
    *_, folder = bundle
    listed = dict(
        reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    files = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert set(listed) == files - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_receipt_in_the_bundle_verifies_without_the_register(
    bundle: tuple[World, str, str, Path],
) -> None:
    """It opens texts against the signed head, and a changed word is noticed."""
    *_, folder = bundle
    receipt = folder / "6-receipt.json"
    assert export.check_receipt(receipt).ok
    receipt.write_text(receipt.read_text(encoding="utf-8").replace("weekly", "hourly"))
    assert not export.check_receipt(receipt).ok


def test_an_open_request_freezes_destruction(bundle: tuple[World, str, str, Path]) -> None:
    """Due long ago, but not destroyed until the request is closed (DPA 2018 s.173)."""
    world, _, applicant, _ = bundle
    world.clock.to(date(2029, 6, 1))
    with pytest.raises(NotPermitted):
        retention.run(world.hr, [applicant])
    assert applicant not in {one.applicant for one in retention.run(world.hr)}
    rights.close_request(world.hr, applicant)
    assert [one.applicant for one in retention.run(world.hr)] == [applicant]


def test_the_bundle_is_written_only_into_a_new_folder(fresh: World, tmp_path: Path) -> None:
    """Two people's papers are never mixed; a redaction needs a reason; only HR makes bundles."""
    _, applicant = told(fresh)
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "x").write_text("x")
    with pytest.raises(BadInput, match="not empty"):
        rights.access_bundle(fresh.hr, applicant, tmp_path / "used")
    with pytest.raises(BadInput, match="reason"):
        rights.access_bundle(fresh.hr, applicant, tmp_path / "new", redact={"W-1": " "})
    with pytest.raises(NotPermitted):
        rights.access_bundle(fresh.recruiter, applicant, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_letter_says_only_what_is_known(fresh: World, tmp_path: Path) -> None:
    """How the applicant was recognised is left to fill in; nobody asks for records tomorrow."""
    _, applicant = told(fresh)
    tomorrow = fresh.clock.at.date() + timedelta(days=1)
    with pytest.raises(BadInput, match="received"):
        rights.access_bundle(fresh.hr, applicant, tmp_path / "new", asked_on=tomorrow)
    rights.access_bundle(fresh.hr, applicant, tmp_path / "new")
    letter = (tmp_path / "new" / "1-letter.txt").read_text(encoding="utf-8")
    assert "How we made sure it is you: ____" in letter


def test_a_redaction_lists_its_reason_and_not_its_text(fresh: World, tmp_path: Path) -> None:
    """The applicant learns that and why, in every file; the text is in none."""
    id, applicant = told(fresh)
    made = oversight.note(fresh.hr, id, "ADVICE-OF-COUNSEL")
    rights.access_bundle(
        fresh.hr, applicant, tmp_path / "b", redact={made.id: "legal professional privilege"}
    )
    for file in (tmp_path / "b").rglob("*"):
        if file.is_file():
            assert "ADVICE-OF-COUNSEL" not in file.read_text(encoding="utf-8")
    assert "legal professional privilege" in (tmp_path / "b" / "5-left-out.csv").read_text()


def test_an_objection_stops_searching_until_it_is_answered(fresh: World) -> None:
    """No look, no new request; not upheld, it may go on; upheld, it stays stopped."""
    open_grants = [o for o in fresh.outcomes if o.grant and o.grant.hosts]
    grant = open_grants[0].grant
    assert grant
    made = rights.object_to(fresh.hr, grant.applicant, "Please do not look at my blog.")
    holder = fresh.desk("Cara Jones" if grant.holder == fresh.recruiter.me.id else "Dev Patel")
    with pytest.raises(NotPermitted, match="objected"):
        search.check_grant(holder, grant.id)
    assert [one.id for one in rights.objections(fresh.hr)] == [made.id]
    with pytest.raises(NotPermitted):
        rights.answer_objection(holder, made.id, "We go on.", upheld=False)
    rights.answer_objection(fresh.desk("Ben Okafor"), made.id, "The claim matters.", upheld=False)
    assert fresh.desk("Ben Okafor").get(Applicant, grant.applicant).objected_on is None
    assert not rights.objections(fresh.hr)
    with pytest.raises(BadInput):
        rights.answer_objection(fresh.hr, made.id, "Again.", upheld=True)


def test_one_answer_does_not_answer_the_other_objection(fresh: World) -> None:
    """While another objection stands, unanswered or upheld, searching stays stopped."""
    applicant = fresh.applicants[0]
    first = rights.object_to(fresh.hr, applicant, "Please do not look at my blog.")
    second = rights.restrict(fresh.hr, applicant, "This is not my blog.")
    other = fresh.desk("Ben Okafor")
    rights.answer_objection(other, first.id, "The claim matters.", upheld=False)
    assert other.get(Applicant, applicant).objected_on
    rights.answer_objection(other, second.id, "It is theirs.", upheld=False)
    assert other.get(Applicant, applicant).objected_on is None


def test_a_restriction_also_pauses_destruction(fresh: World) -> None:
    """What the applicant disputes is neither used nor destroyed (UK GDPR 18)."""
    id, applicant = told(fresh)
    found = oversight.record(fresh.hr, id).findings[0]
    made = rights.restrict(fresh.hr, applicant, "This is not my blog.")
    with pytest.raises(NotPermitted, match="not used for now"):
        finding.panel_line(fresh.recruiter, found.id)
    assert [one.cause for one in retention.holds(fresh.hr, applicant=applicant)] == ["restriction"]
    assert fresh.hr.get(Applicant, applicant).objected_on
    rights.answer_objection(fresh.hr, made.id, "The page names the applicant.", upheld=False)
    assert finding.panel_line(fresh.recruiter, found.id)


def test_a_correction_stands_beside_the_finding(fresh: World) -> None:
    """The finding is not rewritten; both can be read by HR and by who holds the grant."""
    id, applicant = told(fresh)
    found = oversight.record(fresh.hr, id).findings[0]
    made = rights.correct(fresh.hr, found.id, "The blog began in 2019, not 2021.")
    assert fresh.hr.get(Finding, found.id) == found
    assert rights.corrections(fresh.hr, applicant) == (made,)
    again = rights.correct(fresh.hr, applicant, "And it was weekly.")
    assert again.finding == found.id  # the pseudonym stands for the only finding
    tomorrow = fresh.clock.at.date() + timedelta(days=1)
    for text, day in ((" ", None), ("It came tomorrow.", tomorrow)):
        with pytest.raises(BadInput):
            rights.correct(fresh.hr, found.id, text, received_on=day)


def test_a_receipt_on_its_own(fresh: World, tmp_path: Path) -> None:
    """A small file that can be checked against a head published elsewhere."""
    _, applicant = told(fresh)
    assert rights.receipt(fresh.hr, applicant, tmp_path / "r.json") > 5
    assert export.check_receipt(tmp_path / "r.json").ok


def test_a_bundle_of_somebody_never_searched(fresh: World, tmp_path: Path) -> None:
    """There is a bundle for everybody, also where nothing was asked."""
    asked = {row.applicant for row in oversight.audit(fresh.hr)}
    quiet = next(one for one in fresh.applicants if one not in asked)
    made = rights.access_bundle(
        fresh.hr, quiet, tmp_path / "b", asked_on=fresh.clock.at.date() - timedelta(days=2)
    )
    assert made.searches == 0
    text = (tmp_path / "b" / "2-summary.html").read_text(encoding="utf-8")
    assert "No search was asked for about you." in text
