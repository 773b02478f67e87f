"""The audit filter language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitcheck.errors import BadInput
from recruitcheck.rules.filters import KEYS, Index, Row, parse


def row(seq: int, **changes: object) -> Row:
    """A row with something in every column."""
    usual: dict[str, object] = {
        "seq": seq,
        "at": datetime(2026, 3, seq, 12, tzinfo=UTC),
        "id": f"J-{seq:04}",
        "state": "found",
        "by": "Maria Gonçalves",
        "by_id": "P-1",
        "school": "North Academy",
        "vacancy": "T-1",
        "title": "Teacher of Music",
        "vacancy_id": "V-1",
        "applicant": "A-7F3K",
        "ground": "published-work",
        "decision": "permit",
    }
    return Row(**(usual | changes))  # type: ignore[arg-type]


ROWS = [
    row(1),
    row(2, decision="refuse", state="refused", rule=("claim.quote", "screen.religion")),
    row(
        3,
        school="South Academy",
        vacancy="T-10",
        title="Caretaker",
        vacancy_id="V-10",
        by="Sam Poole",
    ),
    row(4, decision="refer", state="referred", applicant="A-9ZZZ", by_id="P-2"),
]


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("", [1, 2, 3, 4]),
        ("decision:refuse", [2]),
        ("-decision:refuse", [1, 3, 4]),
        ("decision:refuse decision:permit", []),
        ("DECISION:Refuse", [2]),
        ('school:"North Academy"', [1, 2, 4]),
        ("school:academy -school:south", [1, 2, 4]),
        ("vacancy:T-1", [1, 2, 4]),
        ("vacancy:V-10", [3]),
        ("vacancy:music", [1, 2, 4]),
        ("by:GONÇALVES", [1, 2, 4]),
        ("by:P-2", [4]),
        ("applicant:a-7f3k", [1, 2, 3]),
        ("rule:claim.quote", [2]),
        ("-rule:screen.religion", [1, 3, 4]),
        ("after:2026-03-02", [2, 3, 4]),
        ("before:2026-03-02", [1]),
        ("after:2026-03-02 before:2026-03-03", [2]),
        ("-after:2026-03-02", [1]),
        ("caretaker", [3]),
        ("-caretaker", [1, 2, 4]),
        ('"Teacher of"', [1, 2, 4]),
        ("refer", [4]),
        ("nothing-like-it", []),
    ],
)
def test_filters_select(filter: str, expected: list[int]) -> None:
    """Each key selects by whole words, minus turns it round, and all parts must hold."""
    assert [found.seq for found in Index(ROWS).matching(filter)] == expected


@pytest.mark.parametrize(
    ("filter", "hint"),
    [
        ("scool:x", "school"),
        ("before:yesterday", "2026"),
        ("after:2026-02-30", "2026"),
        ("after:20260202", "2026"),
        ("state:", "key:value"),
        ('school:""', "key:value"),
        ('school:"North Academy', "double quotes"),
        ('"a"b', "double quotes"),
    ],
)
def test_bad_filters_are_explained(filter: str, hint: str) -> None:
    """A filter that cannot be meant is refused, with how to write it."""
    with pytest.raises(BadInput) as caught:
        parse(filter)
    assert hint in caught.value.hint + caught.value.message


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is typed is either a filter or refused in words; nothing else happens."""
    try:
        terms = parse(text)
    except BadInput:
        return
    assert all(term.key == "" or term.key in KEYS for term in terms)
    Index(ROWS).matching(text)


@given(st.lists(st.sampled_from(["state:found", "-state:found", "decision:permit", "north"])))
def test_order_makes_no_difference(parts: list[str]) -> None:
    """The parts of a filter may stand in any order."""
    index = Index(ROWS)
    assert index.matching(" ".join(parts)) == index.matching(" ".join(reversed(parts)))


@pytest.mark.parametrize(
    ("filter", "said"),
    [
        ("decison:permit", "no key “decison”. Did you mean “decision:”? Keys: state, by, "),
        ("zzz:permit", "no key “zzz”. Keys: state, by, "),
        ("state:", "“state:” has no value"),
        ("decision:maybe", "no decision “maybe”. There are: permit, "),
        ("after:1 May", "written YYYY-MM-DD. For example after:2026-09-01"),
        ('by:lind school:"North', "cannot be read: school:"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_way_on(filter: str, said: str) -> None:
    """The part that is wrong stands in the message, and what could stand there in the hint."""
    with pytest.raises(BadInput) as caught:
        parse(filter)
    assert said in f"{caught.value.message} {caught.value.hint}"


def test_the_first_moment_of_a_day_belongs_to_it() -> None:
    """Midnight is after the day before, and not before the day itself."""
    index = Index()
    index.add(row(1, at=datetime(2026, 3, 2, tzinfo=UTC)))
    assert [r.seq for r in index.matching("after:2026-03-02")] == [1]
    assert list(index.matching("before:2026-03-02")) == []
    assert [r.seq for r in index.matching(parse("after:2026-03-02"))] == [1]
