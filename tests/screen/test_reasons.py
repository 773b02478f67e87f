"""Routine and fishing reasons, second aims, deception; reasons that speak to their claim."""

from __future__ import annotations

import pytest

from recruitcheck.rules.screen import Screener

CLAIM = "I edit Hedgerow Notes, a nature newsletter with 900 readers."

ROUTINE = [
    "We google everyone before the panel.",
    "Standard check, same as the other two.",
    "Want to be sure there are no skeletons.",
    "Let's see what he is like outside school.",
    "The governors expect it for every post.",
    "A quick scroll to get a feel for her.",
    "Due diligence.",
]

SPECIFIC = [
    "Check that Hedgerow Notes names her as its editor.",
    "The letter gives 900 readers; see whether the newsletter's page states a figure.",
    "Confirm that the newsletter exists and since when.",
]


@pytest.mark.parametrize("reason", ROUTINE)
@pytest.mark.parametrize("claim", [None, CLAIM])
def test_a_reason_that_would_fit_anybody_is_found(
    screener: Screener, reason: str, claim: str | None
) -> None:
    """Routine and fishing reasons are found, with a quoted claim and without one."""
    assert screener.screen(reason, "justification", claim).outcome != "clear"


@pytest.mark.parametrize("reason", SPECIFIC)
def test_a_reason_about_its_own_claim_is_clear(screener: Screener, reason: str) -> None:
    """A reason that says what of the claim is to be checked is no alarm."""
    assert screener.screen(reason, "justification", CLAIM).outcome == "clear"


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Translator of 'The Ferry' from Norwegian.", "Is the translation credited to her?"),
        (
            "Lit 'Kes' at the Playhouse in 2008.",
            "See that the archive credits the lighting to him.",
        ),
        (
            "I maintain the seating-plan tool Perch.",
            "His letter links a project; is his name on it?",
        ),
    ],
)
def test_a_reason_in_other_words_than_its_claim_is_clear(
    screener: Screener, claim: str, reason: str
) -> None:
    """Who asks whose the work is need not say again what the claim says."""
    assert screener.screen(reason, "justification", claim).outcome == "clear"


def test_a_reason_that_speaks_of_something_else_is_found(screener: Screener) -> None:
    """A reason without any routine phrase is still found when it ignores its own claim."""
    text = "Would be good to have this sorted by Tuesday."
    rules = {hit.rule for hit in screener.screen(text, "justification", CLAIM).hits}
    assert "speaks-to-claim" in rules


def test_what_would_refute_a_claim_is_no_second_aim(screener: Screener) -> None:
    """Saying what would refute the claim may speak of somebody else."""
    text = (
        "Check who edits Hedgerow Notes. The newsletter names her. "
        "There is no such newsletter, or somebody else edits it."
    )
    assert screener.screen(text, "justification", CLAIM).outcome == "clear"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Make a dummy account and follow him.", "deception"),
        ("Log in as her and read the messages.", "deception"),
        ("See what her husband posts.", "third-person"),
        ("Look at his daughter's TikTok.", "minor"),
        ("Any complaints about her from parents?", "adverse-trawl"),
        ("deleted tweets of the applicant", "adverse-trawl"),
        ("who he follows on Instagram", "adverse-trawl"),
        ("I want a photo to see what she looks like.", "appearance"),
        ("Confirm the readers and while you are there see if she is dating.", "second-aim"),
        ("A colleague said he was messaging pupils at night.", "safeguarding-route"),
    ],
)
def test_other_improper_aims_are_named_by_their_rule(
    screener: Screener, text: str, rule: str
) -> None:
    """Deception, third people, minors, adverse trawls and the rest each have their own rule."""
    rules = {hit.rule for hit in screener.screen(text, "justification", CLAIM).hits}
    assert rule in rules
