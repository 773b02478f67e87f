"""What a quoted claim says of the applicant's own person."""

from __future__ import annotations

import pytest

from recruitcheck.rules.screen import Screener


@pytest.mark.parametrize(
    "quote",
    [
        "I am a practising Catholic.",
        "I have dyslexia.",
        "I am married with two children.",
        "As a gay man I understand difference.",
        "I am a mother of three.",
    ],
)
def test_the_bare_statement_of_a_characteristic_is_refused(screener: Screener, quote: str) -> None:
    """Nothing but a protected fact about the applicant: no search may start from it."""
    assert screener.about_applicant(quote).outcome == "refuse"


@pytest.mark.parametrize(
    "quote",
    [
        "I chair the town council's planning committee.",
        "I am branch secretary of Unison and edit its newsletter.",
        "Churchwarden at St Luke's; I built the parish website.",
        "My podcast about coming back from paternity leave has 30 episodes.",
        "I blog about my recovery from anorexia.",
    ],
)
def test_work_that_would_disclose_a_characteristic_is_referred(
    screener: Screener, quote: str
) -> None:
    """Confirming it would show the applicant's own characteristic or office: a person decides."""
    assert screener.about_applicant(quote).outcome == "refer"


@pytest.mark.parametrize(
    "quote",
    [
        "I wrote the autism-friendly timetable guide for our website.",
        "My dissertation covers Jewish migration to Leeds, 1880 to 1914.",
        "I teach German and run the languages blog.",
        "Captain of the women's cricket team; results on the league page.",
        "I translated the admissions guide into Polish.",
        "I chair the student council debates and publish the results.",
        "My MA thesis was on menopause at work.",
        "I manage the helpline page for carers on the county website.",
    ],
)
def test_protected_words_of_the_work_are_clear(screener: Screener, quote: str) -> None:
    """A subject, a team, pupils or readers do not make the claim the applicant's own fact."""
    assert screener.about_applicant(quote).outcome == "clear"
