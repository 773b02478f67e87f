"""Masking other people and their contact details by one neutral sign."""

from __future__ import annotations

import pytest

from recruitcheck.rules import masking

CLAIM = (
    "I run Puzzle Friday on puzzlefriday.example, posts by @puzzlefriday; I teach at Fernhill High."
)


def _masked(text: str, page: str = "") -> str:
    known = masking.known(
        claim=CLAIM,
        name="Aoife Byrne",
        url="https://blog.school.example/post",
        allowed=("Northgate Learning Trust",),
    )
    return masking.mask(text, known, masking.survey(page or text))


@pytest.mark.parametrize(
    "secret",
    [
        "tom.baker@mail.example",
        "tom (at) mail dot org",
        "01632 960 123",
        "+44 20 7946 0958",
        "07700 900123",
        "@tombaker",
        "@tom@social.example",
        "https://facebook.com/tom.baker",
        "www.tombaker.co.uk/me",
        "tombaker.org",
        "LS6 3HN",
        "Tom Baker",
        "Mrs Okonkwo",
        "Dr. Imran Sadiq",
        "Prof Anna-Maria van der Berg",
        "J. R. Hartley",
        "Sinéad O’Connor",
        "Agnieszka Wiśniewska",
        "Mohammed Al Fayed",
        "Yetunde Adebayo",
        "Xiuying Zhang",
        "Rufus Penn",
    ],
)
def test_other_people_are_masked(secret: str) -> None:
    """Names, handles, addresses and numbers of others never come through, whatever their form."""
    shown = _masked(f"The puzzle was checked by {secret} before it went out.")
    assert secret not in shown
    assert shown == "The puzzle was checked by […] before it went out."


@pytest.mark.parametrize(
    "text",
    [
        "Aoife Byrne writes Puzzle Friday.",
        "Ms Byrne teaches at Fernhill High.",
        "See puzzlefriday.example/archive and blog.school.example.",
        "The code was copied from crates.io and Node.js.",
        "The Humble Programmer is an essay.",
        "An array is of type T. The size is fixed.",
        "Installing Rust takes a minute.",
        "The archive is at puzzlefriday.example for anyone to read.",
        "Posts by @puzzlefriday appear weekly.",
        "Supported by Northgate Learning Trust.",
        "In January the Year Six pupils visited York Minster.",
        "The National Theatre staged Pride and Prejudice.",
        "Key Stage Two teachers met on Monday Morning.",
        "It was 2019 before version 2.10 came out, 40 episodes in.",
        "The Black Box Theatre is in North Street.",
    ],
)
def test_what_is_no_third_person_stays(text: str) -> None:
    """The applicant, the employer, what the claim names, places, days and bodies stay readable."""
    assert _masked(text) == text


def test_a_name_beside_an_office_or_a_body_is_masked() -> None:
    """Capitals before or after a name do not hide it."""
    assert "Okafor" not in _masked("Thanks to Sarah Okafor Head of Year for the chairs.")
    assert "Okafor" not in _masked("Ask at Fernhill High Sarah Okafor for a key.")
    assert _masked("We met at St George's School.") == "We met at St George's School."


def test_a_lone_given_name_is_masked() -> None:
    """A first name alone is a person too, unless it is the applicant's."""
    assert _masked("The logo was drawn by Aisha.") == "The logo was drawn by […]."
    assert _masked("The logo was drawn by Aoife.") == "The logo was drawn by Aoife."


def test_one_sign_stands_for_everything() -> None:
    """Neighbouring masks become one sign, so that it tells neither kind nor number."""
    assert _masked("Thanks to Tom Baker, Ann Lee, @annlee and 01632 960123.").count("[…]") <= 2
    assert "[…] […]" not in _masked("Tom Baker Ann Lee tom@mail.example")


def test_words_the_page_also_writes_small_are_no_names() -> None:
    """Title case alone makes no person of words that the page uses as words."""
    page = "a slow cooker and a rice steamer"
    assert _masked("Try the Slow Cooker today.", page) == "Try the Slow Cooker today."


def test_german_nouns_are_no_names() -> None:
    """Where a language writes its nouns with capitals, only real names are masked."""
    text = (
        "Der Verein Berliner Mathematik Freunde lädt Schüler und Eltern zum Rechnen Wettbewerb "
        "nach Potsdam ein. Die Aufgaben stellt Katarzyna Nowak."
    )
    shown = _masked(text)
    assert "Katarzyna" not in shown
    assert "Rechnen Wettbewerb" in shown


def test_clauses_are_hidden_whole() -> None:
    """A hidden clause leaves the sign, and its stop where it ends the sentence."""
    sentence = "Puzzle Friday, which I began after surgery, has 40 posts."
    pieces = masking.clauses(sentence)
    hidden = {n for n, (a, b) in enumerate(pieces) if "surgery" in sentence[a:b]}
    shown = masking.hide(sentence, pieces, hidden)
    assert "surgery" not in shown
    assert shown.startswith("Puzzle Friday, ")
    assert shown.endswith("has 40 posts.")


def test_clauses_leave_no_gap() -> None:
    """The clauses of a sentence, put together, are the sentence."""
    sentence = "When (as I say) it began – in 2015 – we wrote; then, because of rain, we did not."
    pieces = masking.clauses(sentence)
    assert "".join(sentence[a:b] for a, b in pieces) == sentence
    assert len(pieces) > 5
