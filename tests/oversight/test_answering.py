"""Answering for it: declarations, breach, misuse, papers, candidate finding, policy change."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from generate import World

from recruitcheck.errors import BadInput, NotFound, NotPermitted, PolicyError, RecruitcheckError
from recruitcheck.records import DeclarationKind, Draft
from recruitcheck.reports.markdown import markdown, plain
from recruitcheck.reports.page import html
from recruitcheck.steps import (
    consideration,
    declarations,
    exceptions,
    governance,
    incidents,
    oversight,
    periods,
    policy,
    retention,
    sourcing,
)
from recruitcheck.steps.desk import Desk, new_id


def flat(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


# --- declarations -------------------------------------------------------------------------------


def test_a_search_outside_the_tool_is_declared(fresh: World) -> None:
    """It stands in HR's list, marked where an amnesty is open; what was seen is not asked for."""
    applicant = fresh.applicants[0]
    today = fresh.clock.at.date()
    first = declarations.off_tool_search(
        fresh.recruiter, applicant=applicant, on=today, place="search engine", why="Out of habit."
    )
    assert not first.amnesty
    declarations.open_amnesty(
        fresh.hr, first=today, until=today + timedelta(days=30), text="Declare freely."
    )
    assert declarations.amnesty(fresh.recruiter)
    second = declarations.off_tool_search(
        fresh.recruiter, vacancy=fresh.vacancies[0], on=today, place="other", why="A colleague did."
    )
    assert second.amnesty
    rows = oversight.audit(fresh.hr, "state:declared-off-tool")
    assert {row.id for row in rows} == {first.id, second.id}
    assert {row.school for row in rows} == {"Rockwood Academy"}
    assert {one.id for one in declarations.declarations(fresh.recruiter)} == {first.id, second.id}


@pytest.mark.parametrize(
    "change",
    [
        {"place": "https://facebook.example/x"},
        {"why": "I saw it at www.somewhere.example/she"},
        {"why": "@her_account"},
        {"why": " "},
        {"on": date(2040, 1, 1)},
        {"applicant": "", "vacancy": ""},
    ],
)
def test_a_declaration_takes_down_no_address(fresh: World, change: dict[str, object]) -> None:
    """An address or handle could lead back to what was seen, so it is refused."""
    usual: dict[str, object] = {
        "applicant": fresh.applicants[0],
        "on": fresh.clock.at.date(),
        "place": "other",
        "why": "Out of habit.",
    }
    with pytest.raises(BadInput):
        declarations.off_tool_search(fresh.recruiter, **(usual | change))  # type: ignore[arg-type]


def test_an_exposure_can_bar_a_person(fresh: World) -> None:
    """Recorded without its content; HR bars."""
    applicant = fresh.applicants[0]
    made = declarations.exposure(fresh.recruiter, applicant)
    assert made.text == "" and made.place == ""
    assert not declarations.barred(fresh.hr, applicant)
    with pytest.raises(NotPermitted):
        declarations.bar(fresh.recruiter, made.id, "Dev Patel")
    declarations.bar(fresh.hr, made.id, "Cara Jones")
    assert declarations.barred(fresh.recruiter, applicant) == {fresh.recruiter.me.id}
    with pytest.raises(NotPermitted, match="no further part"):
        declarations.demand_unbarred(fresh.recruiter, applicant)
    declarations.demand_unbarred(fresh.desk("Dev Patel"), applicant)
    with pytest.raises(NotFound):
        declarations.exposure(fresh.recruiter, "A-0000")


def test_what_a_barred_person_does_all_the_same_needs_attention(fresh: World) -> None:
    """An older program knows of no bar; HR sees the act, and none from before the bar."""
    applicant, other = fresh.applicants[:2]

    def act(desk: Desk, case: str) -> str:
        (made,) = desk.enter(Draft(type="panel-line", subject=new_id("L"), case=case))
        return made.subject

    act(fresh.recruiter, applicant)
    made = declarations.exposure(fresh.recruiter, applicant)
    declarations.bar(fresh.hr, made.id, "Cara Jones")
    act(fresh.recruiter, other)
    act(fresh.desk("Dev Patel"), applicant)
    late = act(fresh.recruiter, applicant)
    found = [o for o in exceptions.exceptions(fresh.hr) if o.kind == "barred-person-acted"]
    assert [(one.subject, one.applicant) for one in found] == [(late, applicant)]


def test_disparaging_content_is_kept_nowhere(fresh: World) -> None:
    """It stands on the paper for the headteacher, and in no file of the register."""
    words = "UNFLATTERING-WORDS about the trust"
    made, paper = declarations.disparagement(fresh.recruiter, words)
    assert words in html(paper) and made.handed_to == "Headteacher"
    for desk in (fresh.hr, fresh.recruiter):
        for entry in desk.register.entries():
            for box in entry.boxes:
                try:
                    text = desk.register.read(entry, box)
                except RecruitcheckError:
                    continue
                assert b"UNFLATTERING" not in text
    assert made.kind is DeclarationKind.DISPARAGEMENT


def test_a_safeguarding_concern_shows_the_route_and_records_only_that(fresh: World) -> None:
    """No field takes the concern; the entry has no box and names nobody."""
    size = fresh.recruiter.register.size
    route = declarations.safeguarding(fresh.recruiter)
    assert "safeguarding lead" in route.title.lower() and "now" in route.route
    entry = fresh.recruiter.register.entry(size)
    assert entry.type == "safeguarding-routed"
    assert not entry.boxes and not entry.case and not entry.refs and not entry.facts


def test_the_consideration_record_contains_no_search(fresh: World) -> None:
    """Decision, reasons, what is done instead, and who signed, from the pack."""
    made = consideration.consider(fresh.hr)
    assert made.kind is DeclarationKind.CONSIDERATION
    text = flat(plain(consideration.paper(fresh.hr)))
    position = fresh.hr.pack.policy.kcsie
    assert position.decision in text and position.instead[0] in text
    assert fresh.hr.pack.policy.approval[0].name in text


# --- breach and misuse --------------------------------------------------------------------------


def breach(world: World, **changes: object) -> str:
    """A breach that became known five hours ago."""
    usual: dict[str, object] = {
        "what": "A printed list was left in a staff room.",
        "aware_at": world.clock.at - timedelta(hours=5),
        "people": "Three applicants: names and posts.",
        "effect": "Little; two colleagues may have read it.",
        "containment": "Collected within the hour.",
        "entries": [3],
    }
    return incidents.report_breach(world.hr, **(usual | changes)).id  # type: ignore[arg-type]


def test_the_breach_clock_counts_down_and_says_when_it_ended(fresh: World) -> None:
    """Seventy-two hours from becoming aware; afterwards the delay must be explained."""
    id = breach(fresh)
    assert not [one for one in exceptions.exceptions(fresh.hr) if one.kind == "breach-clock-over"]
    assert "66 hours are left" in plain(incidents.breach_paper(fresh.hr, id)).replace("\n", " ")
    fresh.clock.sleep(86_400 * 4)
    assert "reasons for the delay" in flat(plain(incidents.breach_paper(fresh.hr, id)))
    late = [one for one in exceptions.exceptions(fresh.hr) if one.kind == "breach-clock-over"]
    assert [one.subject for one in late] == [id]
    incidents.update_breach(
        fresh.hr, id, told="The Commissioner, by telephone.", reported_at=fresh.clock.at
    )
    for wrong in (fresh.clock.at + timedelta(hours=1), fresh.clock.at - timedelta(days=30)):
        with pytest.raises(BadInput, match="cannot be right"):
            incidents.update_breach(fresh.hr, id, reported_at=wrong)
    text = flat(plain(incidents.breach_paper(fresh.hr, id)))
    assert "Reported on" in text and ", late." in text and "by telephone" in text
    [held] = incidents.breaches(fresh.hr)
    assert held.entries == (3,)


@pytest.mark.parametrize(
    "change",
    [{"what": " "}, {"entries": [10**6]}, {"clause": "99", "person": "P-1"}, {"person": "P-1"}],
)
def test_an_incomplete_breach_report_is_refused(fresh: World, change: dict[str, object]) -> None:
    """What happened, whom it concerns, real entries, a real clause."""
    with pytest.raises(BadInput):
        breach(fresh, **change)
    with pytest.raises(BadInput, match="future"):
        breach(fresh, aware_at=fresh.clock.at + timedelta(days=1))


def test_misuse_goes_to_the_headteacher_and_never_through_the_person(fresh: World) -> None:
    """The paper names person and clause and asks for no passphrase; nobody reports on oneself."""
    id = breach(fresh, clause="10", person=fresh.recruiter.me.id)
    text = flat(plain(incidents.breach_paper(fresh.hr, id)))
    assert "Cara Jones" in text and fresh.hr.pack.policy.clauses["10"] in text
    assert "Nobody may be asked for a passphrase" in text and "hear the person first" in text
    with pytest.raises(NotPermitted, match="own act"):
        breach(fresh, clause="10", person=fresh.hr.me.id)


def test_the_breach_pack_needs_no_passphrase(fresh: World, tmp_path: Path) -> None:
    """Records, one page a request, the ledger with proofs, and checksums that are right."""
    names = incidents.breach_pack(fresh.hr, tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        assert set(archive.namelist()) == set(names)
        sums = archive.read("SHA256SUMS").decode().splitlines()
        for line in sums:
            digest, name = line.split("  ")
            assert sha256(archive.read(name)).hexdigest() == digest
        requests = [row for row in oversight.audit(fresh.hr) if row.decision]
        assert {f"requests/{row.id}.html" for row in requests} <= set(names)
        checked = json.loads(archive.read("verification.json"))
        assert checked["ok"] and checked["size"] == fresh.hr.register.size
        lines = archive.read("ledger/entries.jsonl").splitlines()
        assert len(lines) == checked["size"]
    with pytest.raises(BadInput):
        incidents.breach_pack(fresh.hr, tmp_path / "pack.zip")
    with pytest.raises(NotPermitted):
        incidents.breach_pack(fresh.recruiter, tmp_path / "other.zip")


# --- papers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(governance.GOVERNANCE))
def test_governance_papers_are_filled_from_the_settings(trust: World, kind: str) -> None:
    """Organisation, schools or grounds, periods and contacts stand in them; no field is blank."""
    made = governance.paper(trust.hr, kind)
    for text in (markdown(made), html(made)):
        assert "Beacon Hill Learning Trust" in text
        assert "{" not in text.split("</style>")[-1] and "None" not in text.replace("None.", "")
    if kind == "processing-record":
        assert "St Edith’s Primary School" in markdown(made)
        assert "12 months after the appointment decision" in markdown(made)
    else:
        title = next(iter(trust.hr.pack.grounds.values())).title
        assert title in markdown(made)


def test_a_paper_of_a_term_or_year_counts_it_and_no_small_school(trust: World) -> None:
    """Counts of the period, nil where there was nothing, and small schools not broken down."""
    made = flat(plain(periods.termly_summary(trust.hr, day=date(2026, 2, 1))))
    assert f"Requests: {len(trust.outcomes)} " in made
    assert "each has fewer than 10 requests" in made and "Arena" not in made
    assert "Nil return" in plain(periods.termly_summary(trust.hr, day=date(2030, 2, 1)))
    year = flat(plain(periods.yearly_figures(trust.hr, day=date(2026, 3, 2))))
    assert "school year 2025/26" in year and f"Requests: {len(trust.outcomes)} " in year
    one = flat(
        plain(periods.termly_summary(trust.hr, day=date(2026, 2, 1), school="Arena Academy"))
    )
    assert "Arena Academy" in one and "Rockwood" not in one
    attention = "Applicants searched three weeks ago or longer and not told by letter; How many: "
    assert int(one.split(attention)[1].split()[0]) < int(year.split(attention)[1].split()[0])
    with pytest.raises(BadInput, match="Atlantis"):
        periods.termly_summary(trust.hr, school="Atlantis")
    with pytest.raises(NotPermitted):
        periods.yearly_figures(trust.recruiter)


def test_every_paper_handed_out_is_an_entry(fresh: World) -> None:
    """Its kind and for whom stand in the ledger."""
    periods.yearly_figures(fresh.hr)
    governance.paper(fresh.hr, "impact-assessment")
    kinds = [str(e.facts["kind"]) for e in fresh.hr.register.entries(type="disclosure")]
    assert kinds[-2:] == ["year-figures", "impact-assessment"]
    with pytest.raises(BadInput):
        governance.paper(fresh.hr, "horoscope")


# --- candidate finding --------------------------------------------------------------------------


def test_candidates_are_found_by_the_words_of_the_advertisement(fresh: World) -> None:
    """Only those words, only where people advertise themselves, and nobody is kept."""
    look = sourcing.find(
        fresh.recruiter, vacancy=fresh.vacancies[0], criteria=["Teacher of Music", "performances"]
    )
    assert look.query == "Teacher of Music performances"
    assert look.where and all(source.advertises for source in look.where)
    with pytest.raises(BadInput, match="advertisement"):
        sourcing.find(fresh.recruiter, vacancy=fresh.vacancies[0], criteria=["young teacher"])
    with pytest.raises(BadInput, match="no place to look"):
        sourcing.find(
            fresh.recruiter, vacancy=fresh.vacancies[0], criteria=["Music"], source="facebook"
        )
    assert [row.state for row in oversight.audit(fresh.hr, "ground:sourcing")] == ["sourcing"]
    assert not sourcing.candidates(fresh.hr)


def test_a_candidate_is_told_and_the_notes_freeze(fresh: World) -> None:
    """The notice goes with the first contact; who applies is marked for the patterns."""
    look = sourcing.find(fresh.recruiter, vacancy=fresh.vacancies[0], criteria=["Music"])
    made, notice = sourcing.approach(
        fresh.recruiter, look.sourcing.id, name="Zoe Quill", where="https://jobs.example/zoe"
    )
    assert "Zoe Quill" in plain(notice) and "https://jobs.example/zoe" in plain(notice)
    fresh.clock.sleep(86_400 * 40)
    assert sourcing.overdue_notices(fresh.recruiter) == (made,)
    kinds = {one.kind for one in exceptions.exceptions(fresh.hr)}
    assert "candidate-not-told" in kinds
    sourcing.told(fresh.recruiter, made.id)
    assert not sourcing.overdue_notices(fresh.recruiter)
    frozen = sourcing.applied(fresh.recruiter, made.id, fresh.applicants[0])
    assert frozen.applicant == fresh.applicants[0]
    with pytest.raises(BadInput, match="frozen"):
        sourcing.applied(fresh.recruiter, made.id, fresh.applicants[1])


def test_a_candidates_record_ends_too(fresh: World) -> None:
    """By the ground's own, shorter period, and its keys with it."""
    look = sourcing.find(fresh.recruiter, vacancy=fresh.vacancies[0], criteria=["Music"])
    made, _ = sourcing.approach(fresh.recruiter, look.sourcing.id, name="Zoe Quill", where="jobs")
    fresh.clock.sleep(86_400 * 190)
    assert made.id in {one.applicant for one in retention.run(fresh.hr)}
    assert not sourcing.candidates(fresh.recruiter)


# --- policy -------------------------------------------------------------------------------------


@pytest.fixture
def changed(fresh: World, tmp_path: Path) -> Path:
    """A copy of the pack that refuses what it permitted: no ground is in force any more."""
    folder = tmp_path / "pack"
    shutil.copytree(fresh.hr.pack_folder, folder)
    for file in (folder / "grounds").glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("in_force = 2026-01-05", "in_force = 2026-12-24"))
    return folder


def test_a_changed_pack_needs_two_people(fresh: World, changed: Path) -> None:
    """Whoever proposes cannot adopt; the files must be the proposed ones; both are entries."""
    before = policy.in_force(fresh.hr)
    assert before == fresh.hr.pack.digest and not policy.warnings(fresh.hr)
    made = policy.propose(fresh.hr, changed, "Pause all searches.")
    assert policy.proposals(fresh.equality) == (made,)
    with pytest.raises(NotPermitted, match="own act"):
        policy.adopt(fresh.hr, made.id, changed)
    with pytest.raises(BadInput, match="not the ones"):
        policy.adopt(fresh.desk("Ben Okafor"), made.id, fresh.hr.pack_folder)
    with pytest.raises(NotPermitted):
        policy.adopt(fresh.recruiter, made.id, changed)
    with pytest.raises(NotFound) as mistyped:
        policy.adopt(fresh.equality, "Z-0", changed)
    assert made.id in mistyped.value.hint
    policy.adopt(fresh.equality, made.id, changed)
    assert policy.in_force(fresh.hr) == made.digest
    assert not policy.proposals(fresh.hr)
    assert "not adopted" in policy.warnings(fresh.hr)[0]
    with pytest.raises(NotPermitted):
        policy.demand_in_force(fresh.hr)
    with pytest.raises(BadInput, match="settled"):
        policy.adopt(fresh.equality, made.id, changed)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rules.toml", "[adult]", "[adults]"),
        ("refusals/protected/religion.toml", "[phrases]", "[phrasse]"),
        ("refusals/protected/religion.toml", "request = '''", "request = '''\n[one (two"),
    ],
)
def test_a_pack_with_a_mistake_does_not_come_into_force(
    fresh: World, changed: Path, name: str, old: str, new: str
) -> None:
    """Neither a protection that nothing would read, nor files with which nobody could sit down."""
    (changed / name).write_text((changed / name).read_text("utf-8").replace(old, new, 1), "utf-8")
    size = fresh.hr.register.size
    with pytest.raises(PolicyError) as told:
        policy.propose(fresh.hr, changed, "A slip of the pen.")
    assert name in {problem.path for problem in told.value.problems}
    assert "policy check" in told.value.hint and fresh.hr.register.size == size


def test_replay_shows_what_a_pack_would_change(fresh: World, changed: Path) -> None:
    """Under the pack in force nothing changes; under another the difference is named."""
    same = policy.replay(fresh.hr, fresh.hr.pack_folder)
    assert len(same) == len(fresh.outcomes)
    assert not [one for one in same if one.changed]
    other = policy.replay(fresh.hr, changed)
    permitted = {o.justification.id for o in fresh.outcomes if o.decision.verdict == "permit"}
    assert {one.id for one in other if one.changed} == permitted
    assert all("ground-in-force" in one.rules for one in other if one.changed)
    assert any("in_force" in one.key for one in policy.compare(fresh.hr, changed))


def test_an_overdue_review_warns_and_stands_in_the_exceptions(fresh: World) -> None:
    """It never blocks; it is said at every unlock and listed."""
    fresh.clock.to(date(2027, 9, 2))
    assert "due for review" in policy.warnings(fresh.hr)[0]
    kinds = {one.kind for one in exceptions.exceptions(fresh.hr)}
    assert "policy-review-overdue" in kinds
