"""What bears on a claim, and how much."""

from __future__ import annotations

import pytest

from recruitcheck.rules import relevance

CLAIM = "I run a weekly maths puzzle blog, Puzzle Friday, used by teachers in six schools."


def _scores(claim: str, *sentences: str, name: str = "") -> list[float]:
    wanted = relevance.terms(claim, name)
    return [
        found.score for found in relevance.bearings([wanted.read(s) for s in sentences], wanted)
    ]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("I publish fractions worksheets.", "She published a worksheet on the fraction."),
        ("My allotment blog.", "Our ALLOTMENTS are muddy."),
        ("Author of the café guide.", "The CAFE guides."),
        ("I coached two cooking teams.", "The cooks were coached, both of them."),
        ("Used in six schools.", "It is used in 6 schools."),
        ("2,400 subscribers to Free Body.", "It has 2400 subscribers."),
    ],
)
def test_regular_forms_of_a_word_are_the_word(claim: str, sentence: str) -> None:
    """Plural, past, case, accents and ways of writing a number do not hide what bears."""
    assert _scores(claim, sentence)[0] >= relevance.terms(claim).least


def test_a_title_weighs_more_than_its_words_apart() -> None:
    """The title in one piece bears more than its words apart, and these more than a common one."""
    whole, apart, common = _scores(
        CLAIM, "Welcome to Puzzle Friday.", "On Friday we ate; a puzzle is hard.", "Teachers came."
    )
    assert whole > apart > common


def test_common_words_alone_do_not_make_a_sentence_relevant() -> None:
    """That a sentence speaks of teachers, schools or weeks says nothing about a claim."""
    wanted = relevance.terms(CLAIM)
    for sentence in ("Teachers met this week.", "Our schools are closed.", "I run and you use it."):
        assert _scores(CLAIM, sentence)[0] < wanted.least


def test_the_applicants_name_is_no_term() -> None:
    """A sentence does not bear on a claim because it names the applicant."""
    claim = "Jane Doe wrote the timetable exporter."
    assert _scores(claim, "Jane Doe moved to Leeds.", name="Jane Doe")[0] == 0
    assert _scores(claim, "The timetable exporter was released.", name="Jane Doe")[0] > 1


def test_labels_of_a_host_and_handles_are_terms() -> None:
    """What an address or handle in the claim is called by bears on it."""
    claim = "Code at code.example/quizmaker, posts as @mathsowl"
    first, second, third = _scores(claim, "Download quizmaker.", "Follow mathsowl.", "Buy an owl.")
    assert first >= 1.5
    assert second >= 1.5
    assert third == 0


def test_a_word_on_every_line_of_the_page_says_little() -> None:
    """Where the page repeats a term everywhere, sentences with rarer terms of the claim lead."""
    claim = "The allotment diary explains composting."
    page = ["The allotment is green."] * 60 + ["Composting starts in March."]
    scores = _scores(claim, *page)
    assert scores[-1] > scores[0]


def test_a_page_about_nothing_but_the_claim_does_not_go_dark() -> None:
    """A sentence that holds most of the claim bears on it, although the page repeats the words."""
    claim = "I documented the clue and the music."
    page = [*["The clue is here."] * 20, *["The music is here."] * 20, "A clue comes with music."]
    scores = _scores(claim, *page)
    assert scores[-1] >= relevance.terms(claim).least > scores[0]


def test_a_figure_among_common_words_of_the_claim_bears_on_it() -> None:
    """Common words say little and a figure says little; together they say what the claim says."""
    claim = "I manage the account of the parents' club; it grew for 6 months."
    figure, words = _scores(claim, "The account after 6 months.", "An account of some months.")
    assert figure >= relevance.LEAST > words


@pytest.mark.parametrize("line", ["1,148 followers", "Followers: 1.1 K", "900 posts, 2k followers"])
def test_todays_figure_of_what_the_claim_counts_bears_on_it(line: str) -> None:
    """The count on the page is what the claim is about, whatever it is today; other counts not."""
    claim = "I set up @larkfield_music and grew it to 1,150 followers."
    counted, other = _scores(claim, line, "They have 300 friends and followers of the church.")
    assert counted >= relevance.terms(claim).least > other


def test_a_version_in_a_title_is_read_whole() -> None:
    """`Puzzle Kit 3.2` is no name with anything at all behind it, and `Author of` may lead it."""
    claim = "Author of Puzzle Kit 3.2."
    right, wrong = _scores(claim, "Puzzle Kit 3.2 is out.", "Puzzle Kit sale is out.")
    assert ("puzzle", "kit", "3.2") in relevance.terms(claim).phrases
    assert right > wrong + 1.5


def test_terms_come_from_the_claim_only() -> None:
    """A page cannot bring in terms: whatever it repeats, only the claim's words count."""
    assert _scores("Timetable exporter.", "Scandal, scandal, and more scandal.") == [0]


def test_each_part_of_the_claim_gets_its_best_sentence_first() -> None:
    """With little room, a second part of the claim comes before more of the first."""
    claim = "Timetable exporter and beekeeping newsletter."
    sentences = ["The timetable exporter is out."] * 6 + ["A beekeeping issue."]
    wanted = relevance.terms(claim)
    found = relevance.bearings([wanted.read(s) for s in sentences], wanted)
    chosen = relevance.best(found, [30] * 7, least=wanted.least, room=70, spare=70)
    assert 6 in chosen
    assert len(chosen) == 2


def test_an_empty_claim_finds_nothing() -> None:
    """Nothing bears on nothing."""
    assert _scores("", "Anything at all.") == [0]
    assert _scores("I, the and of", "I and the of.") == [0]
