"""Using a grant: what is shown, what is entered, what is spent."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest

from recruitcheck.errors import BadInput, GrantError, NotPermitted, Sealed
from recruitcheck.records import Evidence, Finding, Sight, Withheld
from recruitcheck.steps import (
    budget,
    people,
    search,
)

INSTAGRAM = "I run the Instagram account @rockpool_school to publicise our science club."


def instagram(asking):
    """A grant for a source that only a person may look at."""
    return asking.grant(
        INSTAGRAM,
        ground="publicity-account",
        source="instagram",
        confirms="The Instagram account publicises the science club.",
        refutes="The Instagram account does not publicise the science club.",
        reason="Check that the Instagram account @rockpool_school publicises the science club.",
    )


def seen(**changes):
    """An observation as an honest person records it."""
    honest = {
        "address": "https://www.instagram.com/rockpool_school",
        "text": "Science club meets on Tuesday. Rock pool trip for the science club, all welcome.",
        "seen_on": date(2026, 5, 4),
        "author": "rockpool_school",
        "public": True,
        "not_logged_in": True,
        "no_contact": True,
    }
    return search.Observation(**{**honest, **changes})


def test_a_lookup_shows_what_bears_on_the_claim_and_nothing_else(asking, blog):
    """The sentence on the blog is shown; dinner and illness are not."""
    sight = search.look_up(asking.world.recruiter, asking.grant(blog).id)
    shown = " ".join(p.text for p in sight.passages)
    assert sight.lookup.outcome == "done", sight.lookup.message
    assert "weekly blog about rock pools" in shown
    assert "soup" not in shown
    assert "chemotherapy" not in shown


def test_a_lookup_is_entered_before_it_leaves_and_its_result_after(asking, blog):
    """When a host is first asked for, the lookup stands in the ledger; its result comes later."""
    grant = asking.grant(blog)
    desk, public = asking.world.recruiter, asking.world.hr.register
    there = []

    def asked(host: str) -> tuple[str, ...]:
        there.append([e.type for e in public.entries(case=grant.applicant)][-1])
        return tuple(desk.resolver(host))

    sight = search.look_up(replace(desk, resolver=asked), grant.id)
    assert set(there) == {"lookup"}
    kinds = [e.type for e in public.entries(subject=sight.lookup.id)]
    assert kinds == ["lookup", "lookup-result"]


def test_how_much_was_withheld_is_for_hr_alone(asking, blog):
    """The holder's keys do not open the count."""
    sight = search.look_up(asking.world.recruiter, asking.grant(blog).id)
    assert asking.world.hr.get(Withheld, sight.lookup.id).unrelated >= 1
    with pytest.raises(Sealed):
        asking.world.recruiter.get(Withheld, sight.lookup.id)


def test_another_recruiter_opens_nothing_of_it(asking, blog):
    """A person on the panel gets no passage and no evidence."""
    sight = search.look_up(asking.world.recruiter, asking.grant(blog).id)
    evidence = search.keep(asking.world.recruiter, sight, ["supports"] * len(sight.passages))
    for kind, id in ((Sight, sight.lookup.id), (Evidence, evidence.id)):
        with pytest.raises(Sealed):
            asking.world.panel.get(kind, id)


def test_only_the_holder_may_use_a_grant(asking, blog):
    """HR audits searches and makes none."""
    grant = asking.grant(blog)
    with pytest.raises(NotPermitted):
        search.look_up(asking.world.hr, grant.id)


def test_a_redirect_to_another_host_is_refused_and_entered(asking, everything):
    """Scope never moves with a redirect; the refusal is part of the record."""
    port = everything.web.port
    quote = f"I write a weekly blog about rock pools, Tide Pool Diary, at tidepool.example:{port}."
    grant = asking.grant(quote)
    desk = asking.world.recruiter
    from recruitcheck.records import Draft
    from recruitcheck.steps.desk import box

    away = replace(
        grant, addresses=(f"https://tidepool.example:{port}/away",), path_prefixes=("/away",)
    )
    desk.enter(
        Draft(
            type="grant",
            subject=grant.id,
            case=grant.applicant,
            refs=(grant.decision,),
            boxes={"case": box(away)},
        )
    )
    sight = search.look_up(desk, grant.id)
    assert sight.passages == ()
    assert sight.lookup.outcome == "failed"
    assert "refused" in [a.outcome for a in sight.attempts]
    assert not any("elsewhere.example" in asked for asked in everything.web.asked)


def test_a_stopped_lookup_keeps_its_entry_and_can_be_tried_again(asking, blog):
    """Stop before the first request; the second try works within what is left."""
    grant = asking.grant(blog)
    stop = threading.Event()
    stop.set()
    sight = search.look_up(asking.world.recruiter, grant.id, stop=stop)
    assert sight.lookup.outcome == "stopped"
    kept = asking.world.hr.register.entries(subject=sight.lookup.id)
    assert [e.type for e in kept] == ["lookup", "lookup-result"]
    assert search.look_up(asking.world.recruiter, grant.id).passages


def test_a_host_that_cannot_be_found_costs_one_request(asking, blog):
    """Other pages of it are not tried, so that what is left is there for the second try."""
    grant = asking.grant(blog, source="wordpress")
    desk = asking.world.recruiter
    before = budget.left(desk, grant).requests

    def unknown(host: str) -> tuple[str, ...]:
        raise OSError(host)

    sight = search.look_up(replace(desk, resolver=unknown), grant.id)
    assert sight.lookup.outcome == "failed" and "could not be found" in sight.lookup.message
    assert len(sight.attempts) == 1
    assert budget.left(desk, grant).requests == before - 1
    assert search.look_up(desk, grant.id).attempts[0].outcome != "refused"


def test_a_spent_grant_asks_for_nothing_more(asking, blog):
    """The budget is durable and never refunded."""
    grant = asking.grant(blog)
    desk = asking.world.recruiter
    spend = budget.spender(desk, grant)
    spend(budget.left(desk, grant).requests, 0)
    with pytest.raises(GrantError):
        spend(1, 0)
    before = len(asking.world.web.asked)
    with pytest.raises(GrantError):
        search.look_up(desk, grant.id)
    assert len(asking.world.web.asked) == before


def test_an_observation_passes_the_same_lens(asking):
    """What a person pastes is cut to what bears on the claim, and marked as observed."""
    text = "Science club meets on Tuesday by the Instagram wall. My wife is expecting in June."
    sight = search.observe(asking.world.recruiter, instagram(asking).id, seen(text=text))
    shown = " ".join(p.text for p in sight.passages)
    assert "Science club" in shown
    assert "expecting" not in shown
    assert {p.mark for p in sight.passages} == {"observed by a person"}


def test_an_observation_of_another_account_is_refused_whole(asking):
    """Nothing of it is shown, and the refusal is entered."""
    sight = search.observe(
        asking.world.recruiter,
        instagram(asking).id,
        seen(address="https://www.instagram.com/maren_private", author="maren_private"),
    )
    assert sight.passages == ()
    assert [a.outcome for a in sight.attempts] == ["refused"]


@pytest.mark.parametrize("missing", ["public", "not_logged_in", "no_contact"])
def test_an_observation_needs_all_three_confirmations(asking, missing):
    """Private, logged in or after contact: not recorded."""
    with pytest.raises(BadInput):
        search.observe(asking.world.recruiter, instagram(asking).id, seen(**{missing: False}))


def test_a_program_may_not_ask_a_platform_that_forbids_it(asking):
    """Instagram is for people's eyes; look_up says so and enters nothing."""
    grant = instagram(asking)
    before = asking.world.recruiter.register.size
    with pytest.raises(BadInput):
        search.look_up(asking.world.recruiter, grant.id)
    assert asking.world.recruiter.register.size == before


def test_an_address_may_be_given_without_its_beginning(asking):
    """People copy what the browser's bar shows, and the account of the claim is named in full."""
    grant = instagram(asking)
    assert search.places(asking.world.recruiter, grant) == (
        "https://instagram.com/rockpool_school",
    )
    sight = search.observe(
        asking.world.recruiter, grant.id, seen(address="www.instagram.com/rockpool_school")
    )
    assert sight.passages[0].address == "https://www.instagram.com/rockpool_school"


def test_what_the_applicant_brings_passes_the_lens_too(asking, blog):
    """A supplied text is cut like any page and marked as supplied."""
    item = search.SuppliedItem(
        text="Tide Pool Diary, the weekly rock pool blog. I am recovering from surgery."
    )
    sight = search.supplied(asking.world.recruiter, asking.grant(blog).id, item)
    assert "Tide Pool Diary" in sight.passages[0].text
    assert "surgery" not in repr(sight)
    assert sight.passages[0].mark == "supplied by the applicant"


def test_evidence_commits_to_each_passage_under_its_own_salt(asking, blog):
    """Salts differ and the commitments can be checked with them."""
    import hashlib
    import hmac

    sight = search.look_up(asking.world.recruiter, asking.grant(blog).id)
    evidence = search.keep(asking.world.recruiter, sight, ["supports"] * len(sight.passages))
    for passage, salt, told in zip(
        evidence.passages, evidence.salts, evidence.commitments, strict=True
    ):
        made = hmac.digest(bytes.fromhex(salt), passage.text.encode(), hashlib.sha256)
        assert made.hex() == told


def test_every_passage_needs_a_judgement(asking, blog):
    """Evidence without a judgement per passage is refused."""
    sight = search.look_up(asking.world.recruiter, asking.grant(blog).id)
    with pytest.raises(BadInput):
        search.keep(asking.world.recruiter, sight, [])


def test_a_case_handed_over_opens_for_the_other_person(asking):
    """Handing over is an entry, and only then can the colleague read the case."""
    desk = asking.world.recruiter
    other = asking.world.panel
    with pytest.raises(Sealed):
        other.get(type(asking.document), asking.document.id)
    people.share_case(desk, asking.document.applicant, other.me.id)
    assert other.get(type(asking.document), asking.document.id) == asking.document


def test_findings_are_not_for_the_panel(asking, blog):
    """The finding is sealed to holder and hr; the panel reads its line elsewhere."""
    from recruitcheck.records import Result
    from recruitcheck.steps import finding

    grant = asking.grant(blog)
    made = finding.record(
        asking.world.recruiter, claim=grant.claim, grant=grant.id, result=Result.NOT_FOUND
    )
    with pytest.raises(Sealed):
        asking.world.panel.get(Finding, made.id)
