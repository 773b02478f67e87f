"""Reasons: about their own claim, with one aim, whatever the language."""

from __future__ import annotations

import pytest

from recruitcheck.rules.disclaimers import without_disclaimers
from recruitcheck.rules.pack import Pack
from recruitcheck.rules.speaking import read

BLOG = "I write the walking blog Ten Thousand Stiles."
BAND = "Principal trombone, Ribble Valley Brass Band, since 2015."


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        (BLOG, "The trip leader writes reports; see whether the blog is kept up."),
        (BLOG, "Confirm Ten Thousand Stiles is his."),
        (BLOG, "Is it updated regularly?"),
        (BLOG, "Check the posts are his own."),
        (BAND, "The band's programme should list its principal trombone."),
        (BAND, "Section 2 of the form: confirm the dates."),
        ("Rwy'n ysgrifennu blog cerdded.", "Gweld a yw'r flog yn bodoli."),
    ],
)
def test_a_reason_that_takes_up_its_claim_speaks_to_it(pack: Pack, quote: str, reason: str) -> None:
    """The claim's words, its kind of work, or its numbered place make a reason speak to it."""
    found = read(reason, quote, pack)
    assert found.speaks
    assert found.plain


@pytest.mark.parametrize(
    "reason",
    [
        "To verify the information in the application.",
        "A quick look before the interview.",
        "Checking claim 2.",
        "We like to know our teachers.",
        "Please confirm everything is in order at her current school.",
        "",
    ],
)
def test_a_reason_that_would_fit_anybody_does_not(pack: Pack, reason: str) -> None:
    """A reason that could stand under any claim says nothing about this one."""
    assert not read(reason, BLOG, pack).speaks


STRAY = (
    "Read the blog and see if she has a boyfriend.",
    "Check the blog and find out where he lives.",
    "See who she follows on the blog.",
    "The blog may say why he left his last school.",
    "Check the blog and look at her own page.",
    "Check the blog and look into him.",
    "Check whether the blog names another school she worked at.",
    "The page lists another club she belongs to.",
    "The blog shows another child of hers.",
    "See what else the blog is about, maybe something else.",
)
WOULD_REFUTE = (
    "The list names another school.",
    "Another team is named as the winner.",
    "The page shows another year.",
    "It was won by another school.",
    "The blog is about something else.",
)


@pytest.mark.parametrize(
    ("said", "strays"), [*((s, True) for s in STRAY), *((s, False) for s in WOULD_REFUTE)]
)
def test_a_second_aim_shows(pack: Pack, said: str, strays: bool) -> None:
    """What is asked of the person beside the claim is seen, behind a sound first aim too; that a
    page may name another winner, year or subject is the claim's own question."""
    assert bool(read(said, BLOG, pack).stray) is strays


def test_an_everyday_word_in_common_is_not_enough(pack: Pack) -> None:
    """Sharing `school` or `teachers` with a claim does not make a reason speak to it."""
    quote = "I run a puzzle club for teachers in six schools."
    assert not read("All teachers get looked up.", quote, pack).speaks


@pytest.mark.parametrize(
    ("reason", "explained"),
    [
        ("The title may have a slip in it; check the blog's heading.", True),
        ("Is the blog still at that address, or did the host's invoice lapse?", True),
        ("Check the blog and see if she has a slip in her.", False),
        ("Check the blog for the arrears.", False),
        ("Does the blog show a mosque?", False),
    ],
)
def test_an_ordinary_word_does_no_harm_where_nobody_is_spoken_of(pack, reason, explained):
    """A word that no list knows passes in a sentence about the work; one that could tell of
    somebody's life never does, nor any in a sentence about somebody."""
    assert read(reason, BLOG, pack).plain is explained


def test_a_reason_of_many_unknown_words_goes_to_a_person(pack):
    """With more of them than a slip here and there, it is no longer about the claim."""
    told = "Check the blog. Quokkas vanquish marzipan zeppelins beneath turquoise pagodas."
    assert read(told, BLOG, pack).unexplained


@pytest.mark.parametrize(
    ("reason", "explained"),
    [
        ("Comprobar que el blog Ten Thousand Stiles trata de montañas.", True),
        ("Comprobar cuánto gana con el blog Ten Thousand Stiles.", False),
        ("Prüfen, ob der Blog Ten Thousand Stiles erreichbar ist.", True),
        ("Prüfen, ob er im Blog Ten Thousand Stiles jammert.", False),
        ("Ten Thousand Stiles: quanti anni avrà secondo le immagini?", False),
    ],
)
def test_another_language_passes_as_far_as_it_is_understood(
    pack: Pack, reason: str, explained: bool
) -> None:
    """An unknown word passes beside the claim in a known sentence that asks about nobody."""
    assert read(reason, BLOG, pack).plain is explained


@pytest.mark.parametrize(
    ("reason", "explained"),
    [
        ("i wnat to know did he wriet the walking blog, the page wil show", True),
        ("i wnat to know is he wlaking with his brother", False),
    ],
)
def test_a_slip_of_the_hand_is_read_as_meant(pack: Pack, reason: str, explained: bool) -> None:
    """Haste is no second aim, and hides none."""
    assert read(reason, BLOG, pack).plain is explained


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Is the blog there? I do not need to know how old she is.", "Is the blog there?"),
        ("Is it hers? We won't look at anything of her family.", "Is it hers?"),
        ("I don't want to know her age, only whether she is near it.", None),
        ("I do not need to know her age. Still, is she near it?", None),
        ("We don't want to find out she has slowed down.", None),
        ("I do not need to know her age.", None),
    ],
)
def test_a_sentence_that_only_limits_a_reason_asks_for_nothing(
    text: str, asked: str | None
) -> None:
    """Only the plainest form counts, and nothing may turn it round; letters keep their places."""
    kept = without_disclaimers(text)
    assert kept.strip() == (asked or text)
    assert len(kept) == len(text)


@pytest.mark.parametrize(
    ("reason", "plain"),
    [
        ("Is the walking blog hers? I rang the school and the old secretary has left.", True),
        ("She spelt it out on the phone and sent a scan. Is Ten Thousand Stiles the blog?", True),
        ("The form has a smudge there. Does the page show about ten thousand?", True),
        ("Is the walking blog hers? I wonder how she has the time.", False),
        ("Is the walking blog hers? She seems a lonely sort.", False),
        ("She has left her husband and moved.", False),
    ],
)
def test_how_a_request_came_about_may_be_told(pack: Pack, reason: str, plain: bool) -> None:
    """What only tells the story asks for nothing; what tells of the applicant's person stays."""
    assert read(reason, BLOG, pack).plain is plain


@pytest.mark.parametrize(
    "asked",
    [
        "Find out where her parents are from, it is no concern of ours.",
        "See who she votes for, of no interest to us.",
        "Not reading all of it and find out her religion.",
        "Just the blog, not reading all of it to learn who she lives with.",
        "I will not look at photos and find out her religion.",
        "Whether she is married is none of our business.",
        "Do not look at the blog, read her other posts.",
        "Please do not note it here but tell me.",
    ],
)
def test_what_is_asked_stays_asked_whatever_is_said_of_it(asked: str) -> None:
    """Saying that something does not matter is the oldest way to ask for it."""
    text = f"Is the blog hers? {asked}"
    assert without_disclaimers(text) == text


@pytest.mark.parametrize(
    "left_alone",
    [
        "Where she is from does not come into it.",
        "Who else reads it is none of our business.",
        "What the author thinks has no bearing and is not to be noted.",
        "No pictures of children to be looked at or saved.",
        "No comments under the video, no other talks.",
        "Please do not record the names of any of the girls.",
        "Leave his other posts alone.",
        "No need to read what members write.",
    ],
)
def test_what_is_left_alone_is_no_aim(left_alone: str) -> None:
    text = f"Is the blog hers? {left_alone}"
    assert without_disclaimers(text).strip() == "Is the blog hers?"


def test_no_reason_is_too_short_to_be_read(pack: Pack) -> None:
    """A sentence may end anywhere: what cannot be read counts against an honest recruiter."""
    for who in ("he", "she", "her", "him", "who", "they", "the applicant", "his", "the author"):
        for verb in ("would", "does", "is", "has been", "will not", "should", "can", "had to"):
            for opening in ("", "well, ", "if ", "see whether ", "and what "):
                read(f"Is the blog hers? {opening}{who} {verb}.", BLOG, pack)
                read(f"{opening}{verb} {who}", BLOG, pack)
                read(f"{opening}{who}", BLOG, pack)
