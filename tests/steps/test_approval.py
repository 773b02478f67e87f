"""From a claim to a grant, a referral or a reasoned no."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from recruitcheck.errors import BadInput, NotPermitted, RecruitcheckError, Sealed
from recruitcheck.records import Applicant, Justification, Nature, Role, Verdict
from recruitcheck.rules.blind import without_name
from recruitcheck.steps import approval, instructions, intake, people, referrals, search
from world import PASSPHRASE

OFFICE = "I have chaired Ashby Town Council's education committee since 2019."
INSTAGRAM = "I run the Instagram account @rockpool_school to publicise our science club."
ARTICLE = "My article Counting Limpets was published in Primary Science in 2021."


def entered(asking):
    """The kinds of entries of this applicant's case."""
    register = asking.world.recruiter.register
    return [e.type for e in register.entries(case=asking.document.applicant)]


def broken(outcome):
    """Ids of the rules that did not hold."""
    return {r.rule for r in outcome.decision.reasons if not r.holds}


def test_an_honest_check_is_permitted_and_its_grant_reaches_only_the_quoted_address(asking, blog):
    """The grant names the blog's host over https and the person who will look."""
    grant = asking.grant(blog)
    assert set(grant.hosts) == {"tidepool.example", "www.tidepool.example"}
    assert grant.schemes == ("https",)
    assert grant.holder == asking.world.recruiter.me.id


def test_a_refusal_is_entered_like_a_permit(asking, blog):
    """A refused request leaves justification and decision in the ledger, and no grant."""
    claim = asking.claim(blog)
    outcome = approval.justify(
        asking.world.recruiter,
        asking.answers(claim, reason="We look at everybody before interview."),
    )
    assert outcome.decision.verdict is Verdict.REFUSE
    assert outcome.grant is None
    assert entered(asking)[-2:] == ["justification", "decision"]


def test_every_reason_tells_rule_clause_and_words(asking, blog):
    """Satisfied or not, a reason says which rule and clause it is, in words."""
    outcome = approval.justify(asking.world.recruiter, asking.answers(asking.claim(blog)))
    for reason in outcome.decision.reasons:
        assert reason.rule
        assert reason.clause
        assert reason.message


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"requirement": "", "reason": "Does Tide Pool Diary exist, week by week?"}, "requirement"),
        ({"confirms": ""}, "confirm"),
        ({"refutes": ""}, "refute"),
        ({"route_note": ""}, "route"),
        ({"holder": ""}, "holder"),
    ],
)
def test_an_empty_answer_is_refused_and_shown_before_submitting(asking, blog, changes, rule):
    """What is missing shows while the form is filled in, and refuses if submitted anyway."""
    answers = asking.answers(asking.claim(blog), **changes)
    shown = {r.rule for r in approval.preview(asking.world.recruiter, answers) if not r.holds}
    assert any(rule in name for name in shown), shown
    assert approval.justify(asking.world.recruiter, answers).decision.verdict is Verdict.REFUSE


def test_the_preview_screens_no_typed_word(asking, blog):
    """Typing a protected aim changes nothing on the screen: the form is no oracle."""
    claim = asking.claim(blog)
    desk = asking.world.recruiter
    plain = approval.preview(desk, asking.answers(claim))
    typed = approval.preview(desk, asking.answers(claim, reason="Find out if she is pregnant."))
    assert plain == typed


def test_without_a_notice_nobody_is_searched(asking, blog):
    """An applicant who was not told about searches cannot be searched."""
    desk = asking.world.recruiter
    untold = intake.add_applicant(desk, asking.vacancy.id, name="Tove Lind")
    document = intake.add_document(
        desk,
        untold.id,
        kind=asking.document.kind,
        filename="letter.txt",
        data=asking.document.text.encode(),
    )
    claim = intake.mark_claim(desk, document.id, *intake.find_span(document, blog))
    outcome = approval.justify(desk, asking.answers(claim))
    assert outcome.decision.verdict is Verdict.REFUSE
    assert any("notice" in rule for rule in broken(outcome))


def test_somebody_on_the_panel_can_ask_but_not_hold_the_grant(asking, blog):
    """The panel must not see what a search shows."""
    outcome = approval.justify(
        asking.world.recruiter,
        asking.answers(asking.claim(blog), holder=asking.world.panel.me.id),
    )
    assert outcome.decision.verdict is Verdict.REFUSE
    assert any("panel" in rule for rule in broken(outcome))


def test_an_opinion_is_not_searched(asking):
    """Nothing public could settle self-praise."""
    claim = asking.claim("I am a warm and inspiring colleague.")
    assert claim.nature is Nature.OPINION
    outcome = approval.justify(
        asking.world.recruiter, asking.answers(claim, reason="Check how warm a colleague she is.")
    )
    assert outcome.decision.verdict is Verdict.REFUSE


def refer(asking):
    """Ask about the town council, which goes to an equality reviewer."""
    answers = asking.answers(
        asking.claim(OFFICE),
        ground="published-work",
        requirement="S2",
        confirms="The council's own page names the chair of the education committee.",
        refutes="The council's page names somebody else as chair.",
        reason="Check on Ashby Town Council's page who chairs the education committee.",
        address="",
    )
    return approval.justify(asking.world.recruiter, answers)


def test_a_sensitive_claim_goes_to_an_equality_reviewer_without_the_name(asking):
    """Holding political office is sensitive; the reviewer's view holds no name of the applicant."""
    outcome = refer(asking)
    assert outcome.decision.verdict is Verdict.REFER, broken(outcome)
    views = referrals.waiting(asking.world.equality)
    view = next(v for v in views if v.referral == outcome.referral.id)
    assert "Maren" not in repr(view)
    assert "Holt" not in repr(view)
    assert view.quote == OFFICE


def test_the_reviewer_can_open_neither_identity_nor_justification(asking):
    """The equality keys open no applicant's identity."""
    outcome = refer(asking)
    with pytest.raises(Sealed):
        asking.world.equality.get(Applicant, asking.document.applicant)
    with pytest.raises(Sealed):
        asking.world.equality.get(Justification, outcome.justification.id)


def test_no_case_is_handed_to_who_decides_blind(asking):
    """A reviewer is not handed a case; who is a recruiter too may be, and then does not decide."""
    outcome, hr = refer(asking), asking.world.hr
    applicant = asking.document.applicant
    before = hr.register.size
    with pytest.raises(BadInput, match="Mina Shaw"):
        people.share_case(hr, applicant, "Mina Shaw")
    assert hr.register.size == before
    with pytest.raises(Sealed):
        asking.world.equality.get(Applicant, applicant)
    code = people.invite(hr, "Ola Reyes", (Role.RECRUITER, Role.EQUALITY))
    hr.register.join(code, PASSPHRASE)
    people.admit(hr, "Ola Reyes")
    people.share_case(hr, applicant, "Ola Reyes")
    both = asking.world.open("Ola Reyes")
    with both.register, pytest.raises(NotPermitted, match="somebody else"):
        referrals.decide(both, outcome.referral.id, Verdict.PERMIT, "Office only.")


def test_a_permitted_referral_is_taken_up_once_by_the_person_who_asked(asking):
    """Permit, take up, and not twice; nobody else can."""
    outcome = refer(asking)
    with pytest.raises(NotPermitted):
        approval.take_up(asking.world.recruiter, outcome.referral.id)
    referrals.decide(
        asking.world.equality, outcome.referral.id, Verdict.PERMIT, "Office only.", yes_no_only=True
    )
    grant = approval.take_up(asking.world.recruiter, outcome.referral.id)
    assert grant.yes_no_only
    with pytest.raises(BadInput):
        approval.take_up(asking.world.recruiter, outcome.referral.id)


def test_a_permission_from_a_reviewer_can_go_to_a_researcher(asking, blog):
    """The instruction is addressed to whom the request names, whoever permitted it."""
    desk = asking.world.recruiter
    young = replace(desk.get(Applicant, asking.document.applicant), adult=False)
    intake.change_applicant(desk, young)
    answers = asking.answers(asking.claim(blog), third_party="Lumen Research")
    referral = approval.justify(desk, answers).referral
    referrals.decide(asking.world.equality, referral.id, Verdict.PERMIT, "The blog alone.")
    grant = approval.take_up(desk, referral.id)
    assert "To Lumen Research" in instructions.instruct(desk, grant.id, "Lumen Research").letter


def test_a_referral_needs_a_written_reason_and_a_decision(asking):
    """Neither an empty reason nor a second referral decides."""
    referral = refer(asking).referral
    for verdict, why in ((Verdict.PERMIT, " "), (Verdict.REFER, "Not sure.")):
        with pytest.raises(BadInput):
            referrals.decide(asking.world.equality, referral.id, verdict, why)


def test_a_recruiter_cannot_decide_a_referral(asking):
    """Referrals are for equality reviewers."""
    referral = refer(asking).referral
    with pytest.raises(NotPermitted):
        referrals.decide(asking.world.recruiter, referral.id, Verdict.PERMIT, "Fine.")


def test_an_appeal_goes_to_somebody_else(asking):
    """Who refused cannot decide the appeal."""
    referral = refer(asking).referral
    referrals.decide(asking.world.equality, referral.id, Verdict.REFUSE, "Ask her.")
    again = referrals.appeal(asking.world.recruiter, referral.id, "The page shows the office only.")
    with pytest.raises(NotPermitted):
        referrals.decide(asking.world.equality, again.id, Verdict.PERMIT, "On reflection.")
    with pytest.raises(BadInput, match="only once"):
        referrals.appeal(asking.world.recruiter, referral.id, "And once more.")


def test_an_overdue_referral_is_never_permitted_by_itself(asking):
    """Past its deadline it is still open, and still no grant."""
    outcome = refer(asking)
    asking.world.clock.forward(timedelta(days=10))
    view = next(
        v for v in referrals.waiting(asking.world.equality) if v.referral == outcome.referral.id
    )
    assert referrals.overdue(asking.world.equality, view)
    with pytest.raises(NotPermitted):
        approval.take_up(asking.world.recruiter, outcome.referral.id)


@pytest.mark.parametrize("leaves", [False, True])
def test_past_its_day_a_referral_is_the_deputys_alone(asking, leaves):
    """Another reviewer is refused; whom HR names instead decides, or any once the deputy left."""
    world = asking.world
    deputy = "Dee Poole" if leaves else "Dora Poole"
    code = people.invite(world.hr, deputy, (Role.EQUALITY,))
    world.hr.register.join(code, PASSPHRASE)
    people.admit(world.hr, deputy)
    people.name_deputy(world.hr, deputy)
    referral = refer(asking).referral
    world.clock.forward(timedelta(days=30))
    with pytest.raises(NotPermitted, match="deputy's now"):
        referrals.decide(world.equality, referral.id, Verdict.PERMIT, "Late, but fine.")
    if leaves:
        people.leave(world.hr, deputy)
    else:
        people.name_deputy(world.hr, "Mina Shaw")
    decided = referrals.decide(world.equality, referral.id, Verdict.REFUSE, "Ask for a reference.")
    assert decided.decided_by == world.equality.me.id


def test_a_permit_with_nowhere_to_look_gives_the_letter(asking):
    """Without an address there is a letter to the applicant, and a grant that fetches nothing."""
    outcome = approval.justify(
        asking.world.recruiter,
        asking.answers(
            asking.claim(ARTICLE),
            ground="published-work",
            source="web_page",
            confirms="Primary Science lists Counting Limpets in 2021.",
            refutes="No such article appeared in Primary Science in 2021.",
            reason="Check that Counting Limpets was published in Primary Science in 2021.",
        ),
    )
    assert outcome.decision.verdict is Verdict.PERMIT, broken(outcome)
    assert "Counting Limpets" in outcome.letter
    assert outcome.grant.hosts == ()
    with pytest.raises(RecruitcheckError, match="nowhere to look"):
        search.look_up(asking.world.recruiter, outcome.grant.id)


def test_a_grant_taken_back_cannot_be_used(asking, blog):
    """After revoking, the holder gets a plain no."""
    grant = asking.grant(blog)
    approval.revoke(asking.world.hr, grant.id, "The vacancy was withdrawn.")
    with pytest.raises(NotPermitted):
        search.look_up(asking.world.recruiter, grant.id)


def test_a_grant_expires(asking, blog):
    """Past its last hour a grant is of no use."""
    grant = asking.grant(blog)
    asking.world.clock.forward(grant.not_after - asking.world.clock.now())
    with pytest.raises(RecruitcheckError, match="expired"):
        search.look_up(asking.world.recruiter, grant.id)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Grace Oyelaran writes", "the applicant writes"),
        ("Ms G. Oyelaran and Grace", "the applicant and the applicant"),
        ("Oyelaran’s talk, GRACE'S blog", "the applicant’s talk, the applicant'S blog"),
        ("Oyélaran-Smith; G.O.; ＧＲＡＣＥ", "the applicant; the applicant; the applicant"),
        ("write to g.oyelaran@mail.example.", "write to [the applicant's account]."),
        (
            "on grace_oyelaran or graceoyelaran99",
            "on [the applicant's account] or [the applicant's account]",
        ),
        ("she says her grace note is hers", "she says her grace note is hers"),
        ("see grace-oyelaran.example/blog", "see [the applicant's account]"),
        ("by @graceoyelaran today", "by [the applicant's account] today"),
        ("a graceful page at tidepool.example", "a graceful page at tidepool.example"),
    ],
)
def test_the_blind_view_holds_no_part_of_the_name(text, shown):
    """Whole names, parts, and accounts that spell them are replaced; other words stay."""
    assert without_name(text, "Grace Oyelaran") == shown


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("Li Na", "Na says: li.na@x.example", "the applicant says: [the applicant's account]"),
        ("Mary-Ann O'Brien", "O’Brien; Mary Ann's", "the applicant; the applicant's"),
        ("Siân Wynne-Jones", "Sian Wynne Jones", "the applicant"),
        ("Will Young", "I will write for young readers", "I will write for young readers"),
        ("Will Young", "will young wrote; Will’s", "the applicant wrote; the applicant’s"),
        (
            "José García López",
            "joseg@x.example, Garcia",
            "[the applicant's account], the applicant",
        ),
        ("An Do", "An essay; I do go; An Do's", "An essay; I do go; the applicant's"),
    ],
)
def test_the_blind_view_knows_names_as_people_have_them(name, text, shown):
    """Accents, hyphens, apostrophes, two letters; a name that is a word goes where it is a name."""
    assert without_name(text, name) == shown


@pytest.mark.parametrize(
    "slip", [{"ground": "hobby"}, {"source": "telepathy"}, {"requirement": "S9"}]
)
def test_an_answer_that_names_nothing_is_no_request(asking, blog, slip):
    """A slip of the pen is told with what there is, and not entered as a refusal."""
    claim = asking.claim(blog)
    before = entered(asking)
    with pytest.raises(BadInput) as told:
        approval.justify(asking.world.recruiter, asking.answers(claim, **slip))
    assert "There are:" in told.value.hint
    assert entered(asking) == before
