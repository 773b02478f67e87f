"""What a request may not ask about a person, and what it may say about the work."""

from __future__ import annotations

import pytest

from recruitcheck.rules.screen import Screener

ASKED = [
    ("How many candles were on his cake?", "age"),
    ("Which year did she leave secondary school?", "age"),
    ("Can she manage the stairs?", "disability"),
    ("Find out if he is dyslexic.", "disability"),
    ("Was he born a girl?", "gender_reassignment"),
    ("Does she wear a ring?", "marriage"),
    ("Is she planning to start a family?", "pregnancy"),
    ("Where did his parents come from?", "race"),
    ("Look for posts that suggest the candidate is Vietnamese.", "race"),
    ("Does he pray?", "religion"),
    ("Check whether the applicant is a Lutheran.", "religion"),
    ("Is Alex a man or a woman?", "sex"),
    ("See if she lives with another woman.", "sexual_orientation"),
    ("Which party does he support?", "political"),
    ("Find out if she is a libertarian.", "political"),
    ("Has she been off sick a lot?", "health"),
    ("He has sarcoidosis, look at his page.", "health"),
    ("Has he done time?", "criminal"),
    ("Was she on the picket line?", "union"),
    ("He looks barely out of uniform, is the photo recent?", "age"),
    ("She never seems to hear the bell, does she post about it?", "disability"),
    ("See whether he once sang under a girl's name.", "gender_reassignment"),
    ("Is the choir leader male? Parents ask.", "sex"),
    ("Who is the girlfriend she travels with?", "sexual_orientation"),
    ("Which party is she with?", "political"),
    ("She quotes the Burgundy Book at us all day, is she an activist?", "union"),
]

OTHER_LANGUAGES = [
    ("Wie alt ist sie?", "age"),
    ("Est-elle enceinte ?", "pregnancy"),
    ("¿Está casada?", "marriage"),
    ("Ydy hi'n feichiog?", "pregnancy"),
    ("Czy chodzi do kościoła?", "religion"),
    ("kya woh bimar hai", "health"),
    ("کیا وہ شادی شدہ ہے", "marriage"),
    ("क्या वह मुसलमान है", "religion"),
    ("ਕੀ ਉਹ ਗਰਭਵਤੀ ਹੈ", "pregnancy"),
    ("هل هو متزوج", "marriage"),
]

THE_WORK = [
    "Black History Month assembly slides",
    "unit of work on Islam for Year 8",
    "Check the German exchange blog for the 2019 trip.",
    "deaf awareness training workshop",
    "race condition in the print queue",
    "Church Lane Primary newsletter",
    "Faith Adewale physics channel",
    "Catholic primary school choir recording",
    "the SEND toolkit and its author name",
    "Pride and Prejudice scheme of work",
    "single-page timetable app repository",
    "Year 9 rocketry club results",
    "Does the list show the hymns he arranged?",
    "Confirm her talk on supporting pupils with depression.",
    "How good is his Spanish, going by the videos?",
    "Does he know Welsh well enough to edit in it?",
    "the naval history pages and the fret repair guide",
    "clear skies over the museums",
]

PLAIN_SKILLS = [
    "good at spreadsheets",
    "fluent in French",
    "a qualified first aider",
    "able to teach RE",
    "experienced with deaf pupils",
    "confident on stage",
    "a keen gardener",
    "able to lead assemblies",
]


@pytest.mark.parametrize(("text", "characteristic"), ASKED)
def test_a_fact_sought_about_a_person_is_found(
    screener: Screener, text: str, characteristic: str
) -> None:
    """A question after a protected fact is refused, also where no word names the group."""
    result = screener.screen(text, "query")
    assert result.outcome != "clear"
    assert characteristic in {hit.characteristic for hit in result.hits}


@pytest.mark.parametrize("condition", ["multiple sclerosis", "diabetes", "cerebral palsy"])
def test_a_diagnosis_that_is_a_disability_is_named_as_both(
    screener: Screener, condition: str
) -> None:
    """Much that is a disability is health data as well; either reason alone tells half."""
    text = f"Look for anything that shows the candidate has {condition}."
    found = {h.characteristic for h in screener.screen(text, "query").hits}
    assert {"health", "disability"} <= found


@pytest.mark.parametrize(("text", "characteristic"), OTHER_LANGUAGES)
def test_the_languages_of_school_staff_are_read(
    screener: Screener, text: str, characteristic: str
) -> None:
    """The same questions in the languages that school staff here commonly speak are found."""
    hits = screener.screen(text, "query").hits
    assert characteristic in {hit.characteristic for hit in hits}


@pytest.mark.parametrize("text", THE_WORK)
def test_words_of_the_work_are_clear(screener: Screener, text: str) -> None:
    """A subject, title, name, place or term of software is no fact sought about a person."""
    assert screener.screen(text, "query").outcome == "clear"


@pytest.mark.parametrize("skill", PLAIN_SKILLS)
def test_a_recruiters_frame_around_a_skill_is_clear(screener: Screener, skill: str) -> None:
    """Asking after a plain skill in the same frame as an improper question is no alarm."""
    text = f"Look for posts that suggest the candidate is {skill}."
    assert screener.screen(text, "query").outcome == "clear"


def test_the_span_is_that_of_the_telling_words_as_given(screener: Screener) -> None:
    """The hit covers the telling words, in code points of the text as it was given."""
    text = "📌 Look up whether he is Nepalese, please."
    hit = screener.screen(text, "query").hits[0]
    assert text[hit.start : hit.end] == "Nepalese"


def test_words_of_the_quote_do_not_count_against_a_query(screener: Screener) -> None:
    """A protected word that only repeats the quoted work is clear beside its quote."""
    claim = "I edit the newsletter of the Deaf Theatre Company."
    assert screener.screen("Deaf Theatre Company newsletter editor", "query", claim).outcome == (
        "clear"
    )


def test_a_step_from_the_work_to_its_author_is_found(screener: Screener) -> None:
    """Words of the quote are no cover for a question after the person."""
    claim = "I run a blog of lessons on world faiths."
    result = screener.screen("is the author of the world faiths blog a Muslim", "query", claim)
    assert result.outcome == "refuse"


def test_boilerplate_on_equality_is_not_refused(screener: Screener) -> None:
    """A policy sentence that lists the characteristics asks after none."""
    text = "We welcome applicants of every age, race, religion, sex and sexual orientation."
    assert screener.screen(text, "claim").outcome != "refuse"
