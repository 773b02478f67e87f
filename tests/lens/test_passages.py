"""Choosing the passages that a recruiter may see."""

from __future__ import annotations

import pytest

from recruitcheck.rules.passages import Selection, select
from recruitcheck.rules.screen import Screener
from recruitcheck.sources import page

CLAIM = "I run a weekly maths puzzle blog, Puzzle Friday, used by teachers in six schools."
PADDING = (
    "Books are returned on Mondays. The shelves are tidied after lunch. Tickets are sold at the "
    "door. A new fence was put up along the field. Bring a coat, for the forecast says rain. "
)


def _select(html: str, screener: Screener, claim: str = CLAIM) -> tuple[Selection, str]:
    read = page.read(html, "text/html")
    made = select(
        read.extracted,
        read.blocks,
        claim=claim,
        name="Aoife Byrne",
        screener=screener,
        url="https://puzzle.example/",
    )
    for shown in made.shown:
        assert 0 <= shown.start < shown.end <= len(read.extracted)
    return made, read.extracted


def _shown(html: str, screener: Screener, claim: str = CLAIM) -> str:
    return "\n".join(shown.text for shown in _select(html, screener, claim)[0].shown)


def test_only_what_bears_on_the_claim_is_shown(screener: Screener) -> None:
    """The claim's sentences come through; the rest of the page does not."""
    html = f"<p>{PADDING}</p><p>Puzzle Friday is used in six schools.</p><p>{PADDING}</p>"
    made, text = _select(html, screener)
    assert [shown.text for shown in made.shown] == ["Puzzle Friday is used in six schools."]
    shown = made.shown[0]
    assert text[shown.start : shown.end] == shown.text
    assert (made.unrelated, made.personal) == (10, 0)


def test_flattened_paragraphs_do_not_slip_through(screener: Screener) -> None:
    """Where an engine ran paragraphs together, colleague, telephone and church stay behind."""
    html = (
        "<div>Puzzle Friday is a weekly maths puzzle blog. My colleague Tom Baker cooks. "
        "Call 01632 960123. We sing in church on Sundays. " + PADDING + "</div>"
    )
    assert _shown(html, screener) == "Puzzle Friday is a weekly maths puzzle blog."


def test_a_post_in_small_letters_is_no_single_sentence(screener: Screener) -> None:
    """What stands beside the claim in it is neither shown with it nor the reason to lose it."""
    shown = _shown(
        "<p>quiet week. i take the sacrament weekly. our chess league website is up again. i am "
        "recovering from surgery</p>",
        screener,
        "I launched the website of our chess league in 2019.",
    )
    assert shown == "our chess league website is up again."


def test_the_heading_that_dates_a_passage_is_shown_with_it(screener: Screener) -> None:
    """Result lists write the year once, above everything that happened in it."""
    html = (
        f"<h2>Shows of 2017</h2><p>{PADDING}</p><h2>Shows of 2018</h2><p>{PADDING}</p>"
        f"<p>Aoife Byrne took second prize for a dry stone wall.</p><h2>Shows of 2019</h2>"
        f"<p>{PADDING}</p>"
    )
    claim = "Second prize for dry stone walling, 2018."
    assert _shown(html, screener, claim).splitlines() == [
        "Shows of 2018",
        "Aoife Byrne took second prize for a dry stone wall.",
    ]


def test_a_heading_that_tells_of_a_person_does_not_come_along(screener: Screener) -> None:
    """A year in it is no reason to show what a heading says of somebody's life."""
    html = (
        f"<h2>2018: my year in a wheelchair</h2><p>{PADDING}</p>"
        "<p>Second prize for a dry stone wall.</p>"
    )
    shown = _shown(html, screener, "Second prize for dry stone walling, 2018.")
    assert shown == "Second prize for a dry stone wall."


def test_the_neighbour_that_continues_is_shown(screener: Screener) -> None:
    """What goes on about the work is shown with it; a sentence about a person is not."""
    html = f"<p>Puzzle Friday is a maths blog. It has forty posts. She cooks well.</p><p>{PADDING}"
    assert _shown(html, screener) == "Puzzle Friday is a maths blog. It has forty posts."


def test_a_neighbour_in_another_passage_is_not_shown(screener: Screener) -> None:
    """Continuing ends with the paragraph."""
    html = f"<p>Puzzle Friday is a maths blog.</p><p>It has forty posts.</p><p>{PADDING}</p>"
    assert _shown(html, screener) == "Puzzle Friday is a maths blog."


@pytest.mark.parametrize(
    "clause",
    [
        ", which I began while on maternity leave,",
        " (my husband drew the pictures)",
        " – begun after my cancer treatment –",
        ", as a practising Muslim I must add,",
        ", though he voted for the Conservative Party,",
        ", something I told my parole officer,",
        ", since I limp and use a stairlift,",
    ],
)
def test_a_protected_clause_is_masked_where_the_claim_survives(
    clause: str, screener: Screener
) -> None:
    """The claim's own part stays, the private part becomes the sign, known word or not."""
    html = f"<p>{PADDING}</p><p>Puzzle Friday{clause} is used by teachers in six schools.</p>"
    shown = _shown(html, screener)
    assert shown.startswith("Puzzle Friday")
    assert "[…]" in shown
    assert "six schools" in shown
    for word in clause.strip(" ,()–").split():
        if len(word) > 4 and word not in ("which", "while", "began", "begun"):
            assert word not in shown


@pytest.mark.parametrize(
    "claim",
    [
        "I built our timetable as a single-page app, code at code.example/tt.",
        "I direct The Marriage of Figaro with the county youth opera.",
        "As a disabled-access lead I wrote the lift and ramp guide on estates.example.",
        "Author of a unit on Pride and Prejudice, free at litshelf.example.",
    ],
)
def test_the_claims_own_words_are_not_taken_for_private_ones(
    claim: str, screener: Screener
) -> None:
    """A page that says just what the claim says is shown in full."""
    assert _shown(f"<p>{PADDING}</p><p>{claim}</p>", screener, claim) == claim


def test_a_word_of_the_claim_said_of_a_person_is_private_all_the_same(
    screener: Screener,
) -> None:
    """That the claim speaks of autism as a subject does not show who has it."""
    claim = "I write the Autism in Class blog."
    html = f"<p>{PADDING}</p><p>Autism in Class is a blog, and I have autism myself.</p>"
    shown = _shown(html, screener, claim)
    assert "Autism in Class is a blog" in shown
    assert "have autism" not in shown


def test_a_sentence_that_cannot_be_masked_is_withheld_as_personal(screener: Screener) -> None:
    """Where claim and private life stand in one clause, nothing is shown and one is counted."""
    html = f"<p>{PADDING}</p><p>As a gay Christian man I run Puzzle Friday.</p>"
    made, _ = _select(html, screener)
    assert made.shown == ()
    assert made.personal == 1


def test_unrelated_private_life_counts_as_unrelated(screener: Screener) -> None:
    """What does not bear on the claim is never looked at for what else it is."""
    made, _ = _select("<p>I was diagnosed with lupus.</p><p>My wife cooks.</p>", screener)
    assert (made.shown, made.unrelated, made.personal) == ((), 2, 0)


def test_dates_of_the_work_stay_readable(screener: Screener) -> None:
    """A clause of a person that tells only of the work, such as when it began, is not masked."""
    html = f"<p>{PADDING}</p><p>I run Puzzle Friday, which I started in 2019.</p>"
    assert _shown(html, screener) == "I run Puzzle Friday, which I started in 2019."


def test_people_in_a_shown_passage_are_masked(screener: Screener) -> None:
    """Third people, handles and addresses are masked; the applicant is not."""
    html = (
        "<p>Puzzle Friday by Aoife Byrne and Tom Baker is a maths puzzle blog; "
        "write to tom@mail.example or @tombaker.</p>" + PADDING
    )
    shown = _shown(html, screener)
    assert "Aoife Byrne" in shown
    assert "Tom" not in shown
    assert "@" not in shown


def test_no_more_than_a_tenth_of_a_long_page_is_shown(screener: Screener) -> None:
    """Even where a page speaks of nothing but the claim, the best tenth is enough."""
    line = "<p>Puzzle Friday number {} is a maths puzzle for teachers in schools.</p>"
    made, text = _select("".join(line.format(n) for n in range(400)), screener)
    size = sum(shown.end - shown.start for shown in made.shown)
    assert 0 < size <= 0.1 * len(text)


def test_a_short_post_is_shown_whole(screener: Screener) -> None:
    """The share does not cut a post of two sentences that both bear on the claim."""
    html = "<p>Puzzle Friday 41 is out. A maths puzzle blog for six schools, every week.</p>"
    assert _shown(html, screener).endswith("every week.")


def test_lists_of_links_must_hold_more_of_the_claim(screener: Screener) -> None:
    """Titles of other pages are not shown for sharing one word with the claim."""
    links = "".join(f"<li><a href='/{n}'>Puzzle tips {n}</a></li>" for n in range(30))
    html = f"<ul>{links}</ul><p>Puzzle Friday is a maths blog.</p><p>{PADDING * 5}</p>"
    assert _shown(html, screener) == "Puzzle Friday is a maths blog."


def test_an_empty_page_shows_nothing(screener: Screener) -> None:
    """No text, no passage, no error."""
    made, _ = _select("<html></html>", screener)
    assert made == Selection((), 0, 0)


@pytest.mark.parametrize(
    "body",
    ["0" * 1_500_000, "a." * 700_000, "(" * 1_500_000, "Aa" * 700_000, CLAIM * 20_000],
    ids=["digits", "dots", "brackets", "letters", "the claim over and over"],
)
def test_text_made_to_tire_is_read_to_its_end(body: str, screener: Screener) -> None:
    """Text without a gap, or all of it about the claim, is chosen from without growing slow."""
    made, text = _select(f"<p>{body}</p>", screener)
    assert sum(shown.end - shown.start for shown in made.shown) <= min(20_000, 0.1 * len(text))
