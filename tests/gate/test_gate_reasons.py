"""Reasons: about their own claim, with one aim, whatever the language."""

from __future__ import annotations

import re

import pytest

from recruitcheck.rules.limits import without_limits
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
    kept = without_limits(text)
    assert _said(kept) == _said(asked or text)
    assert len(kept) == len(text)


def _said(text: str) -> list[str]:
    return re.findall(r"[\w']+", text)


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
        "Find out where her parents are from",
        "See who she votes for",
        "Not reading all of it and find out her religion.",
        "find out who she lives with",
        "I will not look at photos and find out her religion.",
        "read her other posts",
        "Please do not note it here but tell me.",
        "only, if it shows her faith, tell me",
        "keeping an eye out for a limp",
        "leave it out of the record",
        "how she looks",
        "do not note how you found her partner",
        "nobody needs to know",
    ],
)
def test_what_is_asked_stays_asked_whatever_is_said_of_it(asked: str) -> None:
    """Saying that something does not matter is the oldest way to ask for it."""
    for text in (
        f"Is the blog hers? {asked}",
        f"Is the blog hers, {asked}, it is no concern of ours.",
        f"Is the blog hers? Not what she wrote, {asked}, of no interest to us.",
    ):
        assert asked in without_limits(text)


@pytest.mark.parametrize(
    "text",
    [
        "Where she is from does not come into it. Find out.",
        "Who she lives with is not our business, so look it up.",
        "I do not need to know her age unless she is over fifty.",
        "We do not care about her politics, but it would be nice to hear.",
    ],
)
def test_a_limit_that_is_turned_round_is_none(text: str) -> None:
    assert without_limits(f"Is the blog hers? {text}") == f"Is the blog hers? {text}"


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
        "Whether she is married is none of our business.",
        "Leave his politics out, please.",
        "We'd not zoom in on, save or try to identify children.",
        "Pupils on it are not to be looked up, paused on or written down.",
        "Nothing about anybody's hearing is wanted.",
        "What he thinks of the council is no business of the panel's and won't be reported.",
        "Where the applicant comes from plays no part in this.",
        "Why she plays is not a question we're asking.",
        "If pupils are shown, close the page and tell me.",
        "Not who the followers are.",
        "We'll leave the comments well alone.",
    ],
)
def test_what_is_left_alone_is_no_aim(left_alone: str) -> None:
    text = f"Is the blog hers? {left_alone}"
    assert _said(without_limits(text))[:4] == ["Is", "the", "blog", "hers"]
    assert set(_said(without_limits(text).lower())[4:]) <= {"please", "and"}


@pytest.mark.parametrize(
    ("refutes", "plain"),
    [
        ("Somebody else writes it.", True),
        ("Another name.", True),
        ("Another author is named.", True),
        ("Somebody else lives with her.", False),
        ("Another name beside hers, and whose.", False),
    ],
)
def test_what_would_refute_may_name_another_maker(pack: Pack, refutes: str, plain: bool) -> None:
    """That the work is somebody else's is an answer; who else there is in a life is none."""
    assert read(refutes, BLOG, pack).plain is plain


def test_a_long_rambling_reason_is_read_to_its_end() -> None:
    """A reason of nothing but joining words takes no longer than its length."""
    for word in ("and so ", "please also ", "not who, ", "leave the "):
        assert len(without_limits(word * 600)) == len(word * 600)


def test_no_reason_is_too_short_to_be_read(pack: Pack) -> None:
    """A sentence may end anywhere: what cannot be read counts against an honest recruiter."""
    for who in ("he", "she", "her", "him", "who", "they", "the applicant", "his", "the author"):
        for verb in ("would", "does", "is", "has been", "will not", "should", "can", "had to"):
            for opening in ("", "well, ", "if ", "see whether ", "and what "):
                read(f"Is the blog hers? {opening}{who} {verb}.", BLOG, pack)
                read(f"{opening}{verb} {who}", BLOG, pack)
                read(f"{opening}{who}", BLOG, pack)
