"""What a page says of a person is withheld; what it says of the work is shown."""

from __future__ import annotations

import pytest

from recruitcheck.rules.screen import Screener

PRIVATE = [
    ("Half term: recovering from my gallbladder surgery.", "health"),
    ("Twenty-two weeks and the kicks have started!", "pregnancy"),
    ("My wife took this photo of the winning team.", "marriage"),
    ("Lovely Diwali evening with the family.", "religion"),
    ("As an autistic teacher I plan every minute.", "disability"),
    ("Marched against the cuts on Saturday.", "political"),
    ("On the picket line again this morning.", "union"),
    ("A young man and his grandmother were waiting at the bus stop.", "age"),
    ("In 2003 Dora Lane was diagnosed with multiple sclerosis and stopped touring.", "health"),
    ("He was arrested for fraud in Lisbon.", "criminal"),
    ("The divorce is final. New flat, same cat.", "marriage"),
    ("Hot flushes in the chemistry store, again.", "health"),
    ("Guide dog number two is asleep under the desk.", "disability"),
]

SHOWN = [
    "Version 2.1 of the seating planner exports to CSV.",
    "Our Year 5 class launched three rockets on Friday.",
    "The talk covers race conditions and how to test for them.",
    "Nurses monitor patients with diabetes and record blood sugar levels.",
    "The scheme of work on Judaism is free to download.",
    "Registration for the county chess league closes in May.",
    "A guide to captions for deaf learners.",
    "Polish and German versions of the app are available.",
    "The club is over forty years old and still going strong.",
    "Ten ways to plan lessons for pupils who use wheelchairs.",
    "A round of applause for the third round of the quiz.",
    "Great turnout for the careers evening.",
]


@pytest.mark.parametrize(("text", "characteristic"), PRIVATE)
def test_private_matter_is_withheld(screener: Screener, text: str, characteristic: str) -> None:
    """A sentence that tells a protected fact of a person is not shown."""
    hits = screener.screen(text, "passage").hits
    assert characteristic in {hit.characteristic for hit in hits}


@pytest.mark.parametrize("text", SHOWN)
def test_page_text_about_the_work_is_not_lost(screener: Screener, text: str) -> None:
    """A sentence about work, pupils, patients or a product stays visible."""
    assert screener.screen(text, "passage").outcome == "clear"


def test_one_private_sentence_does_not_colour_another(screener: Screener) -> None:
    """What is said of the writer in one sentence makes no private matter of the next."""
    text = "I wrote this guide in May. Cardiologists treat angina and heart failure."
    assert screener.screen(text, "passage").outcome == "clear"


@pytest.mark.parametrize(
    ("on_a_page", "of_themselves", "asked"),
    [
        ("🚨 NEW RESOURCE 🚨 fractions for Year 5", "Three points 🚨 and I lost it", "Ade Bell 🚨"),
        ("🕌 Tile patterns drawn by Year 8", "🕌 with my cousins, then home", "Ade Bell 🕌"),
        ("पुराने मंदिर की वास्तुकला", "मंदिर this morning, as I always do", "क्या वह मंदिर जाता है"),
    ],
)
def test_an_everyday_sign_tells_only_of_somebody(
    screener: Screener, on_a_page: str, of_themselves: str, asked: str
) -> None:
    """Pages are full of emoji; nobody asks after an applicant with one by chance."""
    assert screener.screen(on_a_page, "passage").outcome == "clear"
    assert screener.screen(of_themselves, "passage").outcome == "refuse"
    assert screener.screen(asked, "query").outcome == "refuse"


@pytest.mark.parametrize(
    ("word", "other_word"),
    [
        ("هل هي حامل", "حملة الكتب"),
        ("क्या वह सिख है", "गणित सिखाना"),
        ("क्या वह मुसलमानों में से है", "राष्ट्रपति भवन का चित्र"),
    ],
)
def test_a_word_of_another_script_counts_only_whole(
    screener: Screener, word: str, other_word: str
) -> None:
    assert screener.screen(word, "query").outcome == "refuse"
    assert screener.screen(other_word, "query").outcome == "clear"
