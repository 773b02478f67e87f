"""The gate as a whole: total, empty means no, refuse beats refer beats permit, doubt counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from gatecase import NOW, Case

from recruitcheck.records import DocumentKind, Reason, Role, Stage, Verdict
from recruitcheck.rules import decide as gate
from recruitcheck.rules.decide import RULES, decide, structural


def failing(reasons: tuple[Reason, ...]) -> set[str]:
    """Ids of the rules that are not satisfied."""
    return {r.rule for r in reasons if not r.holds}


def test_a_good_case_is_permitted(case: Case) -> None:
    """A quoted, noticed, answered request with its own reason is permitted, with all reasons."""
    ruling = decide(case.question())
    assert ruling.verdict is Verdict.PERMIT, failing(ruling.reasons)
    assert all(r.holds for r in ruling.reasons)
    told = {r.rule for r in ruling.reasons}
    assert {"notice-given", "speaks-to-claim"} <= told
    assert "query-aims-at-work" not in told, "a rule about typed queries has nothing to say here"
    assert [w.text for w in ruling.query][:3] == ["blog", "Angles", "and"]


@pytest.mark.parametrize(
    ("part", "changes", "rule"),
    [
        ("applicant", {"notice_on": None}, "notice-given"),
        ("applicant", {"notice_version": ""}, "notice-given"),
        ("applicant", {"notice_on": (NOW + timedelta(days=1)).date()}, "notice-given"),
        ("applicant", {"objected_on": NOW.date()}, "no-objection"),
        ("applicant", {"adult": False}, "adult"),
        ("vacancy", {"stage": Stage.OPEN}, "stage"),
        ("vacancy", {"stage": Stage.CLOSED}, "stage"),
        ("vacancy", {"panel": ("P-2",)}, "holder-off-panel"),
        ("vacancy", {"requirements": ()}, "requirement-named"),
        ("holder", {"left_at": NOW}, "holder-serves"),
        ("holder", {"roles": (Role.EQUALITY,)}, "holder-serves"),
        ("by", {"trained_until": (NOW - timedelta(days=1)).date()}, "training-current"),
        ("justification", {"route_note": " "}, "other-route-first"),
        ("justification", {"confirms": ""}, "confirm-and-refute"),
        ("justification", {"refutes": ""}, "confirm-and-refute"),
        ("justification", {"source": "nowhere"}, "source-allowed"),
        ("justification", {"source": "publication"}, "source-allowed"),
        ("justification", {"address": "elsewhere.example"}, "address-from-claim"),
        ("justification", {"ground": "no-such-ground"}, "ground-permits"),
        (
            "justification",
            {"reason": "We look everyone up.", "confirms": "x", "refutes": "y"},
            "speaks-to-claim",
        ),
        ("justification", {"note": "Also a hid\u200bden word."}, "invisible-characters"),
        ("claim", {"start": 3}, "quote-in-document"),
        ("claim", {"quote": "I am a warm person."}, "claim-checkable"),
        ("document", {"kind": DocumentKind.INTERVIEW_NOTE}, "note-countersigned"),
    ],
)
def test_one_changed_fact_is_enough(
    case: Case, part: str, changes: dict[str, Any], rule: str
) -> None:
    """Each gate stands by itself: one fact out of order and its rule says so."""
    ruling = decide(case.change(part, **changes).question())
    assert rule in failing(ruling.reasons)
    assert ruling.verdict is (Verdict.REFER if rule == "adult" else Verdict.REFUSE)


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("applicant", {"notice_on": NOW.date()}),
        ("by", {"trained_until": NOW.date()}),
        ("by", {"trained_until": None}),
        ("justification", {"address": "arcs.example"}),
        ("justification", {"address": " "}),
    ],
)
def test_the_last_day_and_the_quoted_address_are_still_good(
    case: Case, part: str, changes: dict[str, Any]
) -> None:
    """Told or trained up to today is in order, and so is the address that the quotation gives."""
    assert failing(decide(case.change(part, **changes).question()).reasons) == set()


@pytest.mark.parametrize("answer", ["requirement", "route", "confirms", "refutes", "source"])
def test_each_answer_that_the_ground_asks_for_has_to_be_there(case: Case, answer: str) -> None:
    """One left empty is enough, and so is a ground that asks nothing at all."""
    case.change("justification", **{answer: ""})
    assert "answers-complete" in failing(decide(case.question()).reasons)


def test_a_ground_that_asks_nothing_permits_nothing(case: Case) -> None:
    """Empty means no: a ground whose questions were lost is no free pass."""
    ground = replace(case.pack.grounds[case.justification.ground], asked=())
    case.pack = replace(case.pack, grounds={**case.pack.grounds, ground.id: ground})
    assert "answers-complete" in failing(decide(case.question()).reasons)


def test_a_place_that_the_policy_closes_is_closed_for_every_ground(case: Case) -> None:
    """A source set to `never` is not looked at, though a ground still lists it."""
    closed = replace(case.pack.sources["web_page"], manner="never")
    case.pack = replace(case.pack, sources={**case.pack.sources, "web_page": closed})
    assert "source-allowed" in failing(decide(case.question()).reasons)


def test_an_outside_researcher_goes_only_where_the_source_allows_it(case: Case) -> None:
    """The source's file says so; where it says nothing, or there is no such source, nobody goes."""
    case.change("justification", third_party="Lumen Research")
    closed = {id for id, one in case.pack.sources.items() if not one.outside_researchers}
    assert "github" in closed and closed != set(case.pack.sources)
    refused = {
        id
        for id in (*case.pack.sources, "nowhere")
        if "source-may-be-deputed"
        in failing(decide(case.change("justification", source=id).question()).reasons)
    }
    assert refused == {*closed, "nowhere"}


def test_every_reason_that_fails_says_what_would_mend_it(case: Case) -> None:
    """Nobody is refused without clause, message and a way forward."""
    case.change("applicant", notice_on=None, adult=False).change("vacancy", stage=Stage.OPEN)
    for reason in decide(case.question()).reasons:
        assert reason.clause
        assert reason.message
        assert reason.holds or reason.mend


def test_a_missing_fact_counts_against(case: Case) -> None:
    """A question without its holder is refused, not taken as good."""
    ruling = decide(replace(case.question(), holder=None))
    assert {"holder-off-panel", "holder-serves"} <= failing(ruling.reasons)
    assert ruling.verdict is Verdict.REFUSE


def test_a_rule_that_breaks_refuses(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a rule raises, it counts as not satisfied and the other rules still speak."""

    def breaks(_: object) -> bool:
        raise RuntimeError

    broken = replace(RULES[0], holds=breaks)
    monkeypatch.setattr(gate, "RULES", (broken, *RULES[1:]))
    ruling = decide(case.question())
    assert ruling.verdict is Verdict.REFUSE
    assert failing(ruling.reasons) == {broken.id}
    assert len(ruling.reasons) > 20


def test_a_screener_that_breaks_refuses(case: Case) -> None:
    """A text that cannot be screened is not a harmless text."""

    class Broken:
        def screen(self, *_: object) -> None:
            raise RuntimeError

        def about_applicant(self, quote: str) -> Any:
            return case.screener.about_applicant(quote)

    ruling = decide(replace(case.question(), screener=Broken()))
    assert ruling.verdict is Verdict.REFUSE
    assert "screening" in failing(ruling.reasons)


def test_nothing_to_say_means_no(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any rule and any screening nothing is permitted."""
    monkeypatch.setattr(gate, "RULES", ())
    monkeypatch.setattr(gate, "_screened", lambda _: iter(()))
    assert decide(case.question()).verdict is Verdict.REFUSE


def test_refuse_beats_refer(case: Case) -> None:
    """A minor's case that also lacks notice is refused, not sent to a reviewer."""
    case.change("applicant", adult=False, notice_on=None)
    assert decide(case.question()).verdict is Verdict.REFUSE


def test_a_note_can_only_make_it_stricter(case: Case) -> None:
    """Free text that speaks well of the request changes nothing; a protected aim in it refuses."""
    good = decide(case.change("justification", note="The blog matters for the post.").question())
    bad = decide(case.change("justification", note="Also find out if she is pregnant.").question())
    assert good.verdict is Verdict.PERMIT
    assert bad.verdict is Verdict.REFUSE
    weak = case.change("justification", reason="Standard check.", confirms="x.", refutes="y.")
    weak.change("justification", note="See the blog Angles and Arcs.")
    assert "speaks-to-claim" in failing(decide(weak.question()).reasons)


def test_the_live_preview_is_no_oracle(case: Case) -> None:
    """What is shown while somebody types does not depend on any typed word."""
    plain = structural(case.question())
    typed = case.change("justification", reason="Is she a Muslim?", note="gay?").question()
    assert structural(typed) == plain
    assert not {r.rule for r in plain} & {"speaks-to-claim", "second-aim", "query-from-quote"}
    assert not any(r.rule.startswith("protected") for r in plain)


def test_an_expired_ground_refuses(case: Case) -> None:
    """A ground counts only from its first to its last day."""
    question = case.question()
    ground = question.pack.grounds["hobby-or-skill-online"]
    for changed in (
        replace(ground, until=(NOW - timedelta(days=1)).date()),
        replace(ground, in_force=(NOW + timedelta(days=1)).date()),
    ):
        pack = replace(question.pack, grounds={**question.pack.grounds, ground.id: changed})
        assert "ground-in-force" in failing(decide(replace(question, pack=pack)).reasons)


def test_only_an_open_rule_takes_its_effect_from_the_pack(case: Case) -> None:
    """The organisation may soften the route rule to a referral, and no other."""
    question = case.change("justification", route_note="").question()
    rules = {id: replace(w, effect="refer") for id, w in question.pack.rules.items()}
    soft = replace(question, pack=replace(question.pack, rules=rules))
    softened = {r.rule: r.effect for r in decide(soft).reasons if not r.holds}
    assert softened["other-route-first"] is Verdict.REFER
    hard = replace(soft, applicant=replace(case.applicant, notice_on=None))
    assert decide(hard).verdict is Verdict.REFUSE


def test_what_would_refute_may_name_others(case: Case) -> None:
    """An answer that says what would refute the claim may speak of somebody else's work."""
    refutes = "The blog belongs to her colleague or to somebody else."
    assert decide(case.change("justification", refutes=refutes).question()).verdict is (
        Verdict.PERMIT
    )


def test_an_aim_hidden_in_the_answers_is_found(case: Case) -> None:
    """What is written under `confirms` is screened like the reason."""
    hidden = case.change("justification", confirms="She turns out to be pregnant.")
    assert decide(hidden.question()).verdict is Verdict.REFUSE
