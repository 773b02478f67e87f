"""The second guard on passages: private life said of a person."""

from __future__ import annotations

import pytest

from recruitcheck.rules import guard


@pytest.mark.parametrize(
    "sentence",
    [
        "I was diagnosed last spring.",
        "She is twenty weeks pregnant.",
        "My wife drew the pictures.",
        "He goes to church before the match.",
        "Her parents came from Pakistan; she was born in Leeds.",
        "I turned sixty in May.",
        "He voted for the Green Party.",
        "We stood on the picket line.",
        "She was convicted of fraud.",
        "They came out as gay.",
        "Written by a cancer survivor for schools.",
        "A 58-year-old from Leeds runs the blog.",
        "An ex-offender's maths blog.",
        "The site of a practising Muslim.",
        "One black woman wrote it all.",
        "By a Unison steward and author.",
    ],
)
def test_private_life_of_a_person_is_doubted(sentence: str) -> None:
    """Health, family, belief, origin, age, politics, union and crime are noticed of anybody."""
    assert guard.doubts(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The church organ was tuned in 2019.",
        "Compiler diagnostics print the line and column.",
        "We teach puzzles to pupils every Friday.",
        "She wrote forty worksheets on fractions.",
        "The union of two sets is drawn as a circle.",
        "A puzzle for 9-year-olds and their teachers.",
        "A black box theatre, a green page and an Indian drum.",
        "The module is a parent of two others.",
        "I released version 2.1 of the timetable exporter.",
    ],
)
def test_work_is_not_doubted(sentence: str) -> None:
    """Sentences about work, and private words said of no person, pass this guard."""
    assert not guard.doubts(sentence)
