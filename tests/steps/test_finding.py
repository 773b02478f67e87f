"""Finding, reply and the panel's one line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from recruitcheck.errors import BadInput, NotPermitted
from recruitcheck.records import ReplyState, Result, Weight
from recruitcheck.steps import finding, rights, search
from recruitcheck.tui import cases


@pytest.fixture
def kept(asking, blog):
    """A grant with one kept lookup that contradicts, dated by the applicant's own export."""
    grant = asking.grant(blog)
    item = search.SuppliedItem(
        text="Tide Pool Diary has not been updated since 2020.", published=date(2026, 5, 1)
    )
    sight = search.supplied(asking.world.recruiter, grant.id, item)
    assert sight.passages, sight
    evidence = search.keep(asking.world.recruiter, sight, ["contradicts"] * len(sight.passages))
    return asking, grant, evidence


def contradicted(kept):
    """A contradiction on record."""
    asking, grant, evidence = kept
    desk = asking.world.recruiter
    return finding.record(
        desk,
        claim=grant.claim,
        grant=grant.id,
        result=Result.CONTRADICTED,
        identity=finding.identities(desk, grant.id)[0],
        evidence=[evidence.id],
    )


def test_a_contradiction_waits_for_the_applicants_reply(kept):
    """No panel line before invited, replied, weighed and closed; then there is one."""
    asking = kept[0]
    desk = asking.world.recruiter
    found = contradicted(kept)
    with pytest.raises(NotPermitted):
        finding.panel_line(desk, found.id)
    reply, letter = finding.invite_reply(desk, found.id)
    assert "has not been updated since 2020" in letter
    reply = finding.record_reply(desk, reply.id, "I moved to a new address last year.")
    with pytest.raises(NotPermitted):
        finding.panel_line(desk, found.id)
    finding.weigh(desk, reply.id, "The old address was given up.", Weight.DIFFERS)
    assert finding.close(desk, reply.id).state is ReplyState.CLOSED
    assert "is contradicted" in finding.panel_line(desk, found.id).text


@pytest.mark.parametrize(
    ("weight", "told"),
    [
        (Weight.DIFFERS, "is contradicted"),
        (Weight.SETTLED, "so it is not contradicted"),
        (Weight.OPEN, "unclear and counts for nothing"),
    ],
)
def test_the_panel_reads_what_came_of_the_answer(kept, weight, told):
    """An answer that explains the difference clears the applicant; one that leaves it open counts
    for nothing."""
    desk = kept[0].world.recruiter
    found = contradicted(kept)
    reply, _ = finding.invite_reply(desk, found.id)
    finding.record_reply(desk, reply.id, "I moved to a new address last year.")
    finding.weigh(desk, reply.id, "We looked at the new address.", weight)
    finding.close(desk, reply.id)
    assert told in finding.panel_line(desk, found.id).text


def test_a_reply_lapses_only_after_its_day(kept):
    """The applicant has the whole time that the letter names; the panel is told that none came, as
    the letter says."""
    desk = kept[0].world.recruiter
    found = contradicted(kept)
    reply, _ = finding.invite_reply(desk, found.id)
    with pytest.raises(BadInput):
        finding.lapse(desk, reply.id)
    kept[0].world.clock.forward(timedelta(days=30))
    assert finding.lapse(desk, reply.id).state is ReplyState.LAPSED
    finding.weigh(desk, reply.id, "The page names another writer.", Weight.DIFFERS)
    finding.close(desk, reply.id)
    assert "no reply came" in finding.panel_line(desk, found.id).text


def test_a_reply_is_weighed_before_it_is_closed(kept):
    """The states follow each other; none is skipped."""
    desk = kept[0].world.recruiter
    reply, _ = finding.invite_reply(desk, contradicted(kept).id)
    with pytest.raises(NotPermitted):
        finding.weigh(desk, reply.id, "No reply, so it must be true.", Weight.DIFFERS)
    with pytest.raises(NotPermitted):
        finding.close(desk, reply.id)


def test_a_finding_needs_something_the_applicant_supplied(kept):
    """A name, or any identifier of somebody else's, is no identity match."""
    asking, grant, evidence = kept
    for identity in ("", "Maren Holt", "other.example"):
        with pytest.raises(BadInput):
            finding.record(
                asking.world.recruiter,
                claim=grant.claim,
                grant=grant.id,
                result=Result.CONFIRMED,
                identity=identity,
                evidence=[evidence.id],
            )


def test_an_undated_page_cannot_alone_contradict(asking, blog):
    """Date unknown: at most unclear."""
    desk = asking.world.recruiter
    grant = asking.grant(blog)
    sight = search.look_up(desk, grant.id)
    evidence = search.keep(desk, sight, ["contradicts"] * len(sight.passages))
    with pytest.raises(BadInput, match="unknown date"):
        finding.record(
            desk,
            claim=grant.claim,
            grant=grant.id,
            result=Result.CONTRADICTED,
            identity=finding.identities(desk, grant.id)[0],
            evidence=[evidence.id],
        )


def test_not_found_needs_no_evidence_and_tells_the_panel_that_it_counts_for_nothing(asking, blog):
    """Nothing found never counts against anyone."""
    desk = asking.world.recruiter
    grant = asking.grant(blog)
    found = finding.record(desk, claim=grant.claim, grant=grant.id, result=Result.NOT_FOUND)
    assert "counts for nothing" in finding.panel_line(desk, found.id).text


def test_a_confirmed_claim_needs_kept_passages(asking, blog):
    """No evidence, no confirmation."""
    desk = asking.world.recruiter
    grant = asking.grant(blog)
    with pytest.raises(BadInput):
        finding.record(
            desk,
            claim=grant.claim,
            grant=grant.id,
            result=Result.CONFIRMED,
            identity=finding.identities(desk, grant.id)[0],
        )


def test_a_stopped_look_is_no_not_found(asking, blog):
    """Where the last look was stopped, nothing can be said yet."""
    import threading

    desk = asking.world.recruiter
    grant = asking.grant(blog)
    stop = threading.Event()
    stop.set()
    search.look_up(desk, grant.id, stop=stop)
    with pytest.raises(BadInput, match="not completed"):
        finding.record(desk, claim=grant.claim, grant=grant.id, result=Result.NOT_FOUND)
    search.look_up(desk, grant.id)
    assert finding.record(desk, claim=grant.claim, grant=grant.id, result=Result.NOT_FOUND)


def test_the_day_of_a_decision_is_no_day_to_come_and_none_before_the_opening(asking):
    """Retention counts from that day, so a slip of the pen must not destroy or keep a case."""
    from recruitcheck.steps import intake

    desk = asking.world.recruiter
    today = asking.world.clock.now().date()
    for day in (today + timedelta(days=1), today - timedelta(days=400)):
        with pytest.raises(BadInput):
            intake.change_vacancy(desk, asking.vacancy.id, decided_on=day)


def test_home_sends_nobody_to_a_step_that_would_be_refused(asking, blog):
    """An objection stops looking, and a restriction the panel's line, until HR has answered."""
    desk, hr = asking.world.recruiter, asking.world.hr
    grant = asking.grant(blog)

    def offered():
        return [job.next for job in cases.jobs(desk, grant.applicant)]

    assert offered() == ["look it up"]
    made = rights.object_to(desk, grant.applicant, "Please do not look at my blog.")
    assert offered() == ["wait: they objected"]
    rights.answer_objection(hr, made.id, "The claim matters.", upheld=False)
    finding.record(desk, claim=grant.claim, grant=grant.id, result=Result.NOT_FOUND)
    assert offered() == ["write the panel line"]
    made = rights.restrict(hr, grant.applicant, "This is not my blog.")
    assert offered() == ["wait: use restricted"]
    rights.answer_objection(hr, made.id, "It is.", upheld=False)
    assert offered() == ["write the panel line"]


def test_a_reply_goes_its_way_and_no_other(kept):
    """Each slip is told with a way on, and the reply stays where it was."""
    desk = kept[0].world.recruiter
    found = contradicted(kept)
    reply, _ = finding.invite_reply(desk, found.id)

    def slips(words, act):
        with pytest.raises((BadInput, NotPermitted), match=words) as told:
            act()
        assert told.value.hint

    slips("invited to reply already", lambda: finding.invite_reply(desk, found.id))
    slips("reply is empty", lambda: finding.record_reply(desk, reply.id, " "))
    slips("does not follow", lambda: finding.close(desk, reply.id))
    assert finding.reply_to(desk, found.id) == reply
    finding.record_reply(desk, reply.id, "I moved to a new address last year.")
    slips("how the reply was weighed", lambda: finding.weigh(desk, reply.id, " ", Weight.OPEN))
    assert finding.reply_to(desk, found.id).state is ReplyState.REPLIED


def test_a_contradiction_needs_a_passage_that_contradicts(asking, blog):
    """Kept as supporting, it proves nothing against the applicant."""
    desk = asking.world.recruiter
    grant = asking.grant(blog)
    item = search.SuppliedItem(
        text="Tide Pool Diary has not been updated since 2020.", published=date(2026, 5, 1)
    )
    sight = search.supplied(desk, grant.id, item)
    with pytest.raises(BadInput, match="Every passage needs a judgement"):
        search.keep(desk, sight, [])
    evidence = search.keep(desk, sight, ["supports"] * len(sight.passages))
    wanted = {"claim": grant.claim, "grant": grant.id, "evidence": [evidence.id]}
    who = finding.identities(desk, grant.id)[0]
    with pytest.raises(BadInput, match="judged to contradict") as told:
        finding.record(desk, **wanted, result=Result.CONTRADICTED, identity=who)
    assert "Judge the passages again" in told.value.hint
    with pytest.raises(BadInput, match="same person"):
        finding.record(desk, **wanted, result=Result.CONFIRMED, identity="somebody of that name")
