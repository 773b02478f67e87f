"""Suppression: what a table may show, alone and together with others."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitcheck.cli.trying_statistics import answer
from recruitcheck.errors import BadInput
from recruitcheck.reports.sentences import says_pair
from recruitcheck.rules.equality import (
    Count,
    compare,
    publishable,
    replaces_safely,
    term_before,
    term_of,
)


def counts(**groups: tuple[int, int]) -> list[Count]:
    """Groups written as name=(applicants, searched)."""
    return [Count(group=g, applicants=a, searched=s) for g, (a, s) in groups.items()]


def test_groups_below_the_threshold_are_suppressed() -> None:
    """Two small groups are suppressed and nothing else."""
    table = compare(counts(a=(40, 8), b=(9, 1), c=(3, 0), d=(22, 3)), 10)
    assert table.suppressed == {"b", "c"}
    assert [rate.group for rate in table.shown] == ["a", "d"]


def test_a_single_small_group_takes_the_next_smallest_along() -> None:
    """One suppressed group could be had by subtraction, so the next smallest goes too."""
    table = compare(counts(a=(40, 8), b=(9, 1), c=(12, 0), d=(12, 3)), 10)
    assert table.suppressed == {"b", "c"}, "of equals the first in the order given"


def test_a_lone_group_is_shown_or_not_by_its_own_size() -> None:
    """With nothing to subtract from, only the size of the group counts."""
    assert compare(counts(a=(9, 1)), 10).suppressed == {"a"}
    assert compare(counts(a=(10, 1)), 10).suppressed == frozenset()


def test_impossible_counts_are_refused() -> None:
    """More searched than applied, or fewer than nobody, is refused."""
    for bad in [(4, 5), (4, -1), (-1, -1), (10**12, 0)]:
        with pytest.raises(BadInput):
            compare(counts(a=bad), 1)


def seen(table: list[Count], threshold: int) -> tuple[object, ...]:
    """All that an outsider knows of a published table: what is shown, and the totals."""
    comparison = publishable(table, threshold)
    return (
        tuple((r.group, r.applicants, r.searched) for r in comparison.shown),
        comparison.suppressed,
        sum(c.applicants for c in table),
        sum(c.searched for c in table),
    )


@pytest.mark.parametrize("total", range(13))
def test_no_suppressed_group_can_be_recovered(total: int) -> None:
    """Whoever knows the table, its totals and these rules is left with several possibilities.

    Every table of three groups is tried; those that look the same from outside are laid side by
    side, and each suppressed group must have more than one possible size among them, and more
    than one possible number searched unless all or nobody was.
    """
    alike = defaultdict(list)
    for a, b in product(range(total + 1), repeat=2):
        c = total - a - b
        if c < 0:
            continue
        for x, y, z in product(range(a + 1), range(b + 1), range(c + 1)):
            table = counts(a=(a, x), b=(b, y), c=(c, z))
            alike[seen(table, 3)].append(table)
    for (_, hidden, people, searched), tables in alike.items():  # type: ignore[misc]
        for at, name in enumerate("abc"):
            if name not in hidden or people < 3:
                continue  # whoever knows that fewer than three applied knows all there is
            assert len({table[at].applicants for table in tables}) > 1
            if searched not in (0, people):
                assert len({table[at].searched for table in tables}) > 1


def test_two_tables_of_the_same_people_do_not_give_each_other_away() -> None:
    """Two questions to the same people: no suppressed group of either follows from both tables.

    Every way in which up to seven people can answer two questions is tried; what looks the same
    from outside in both tables is laid side by side.
    """
    cells = [(a, b) for a in range(3) for b in range(2)]
    for total in range(3, 8):
        alike = defaultdict(list)
        for split in combinations_with_replacement(range(len(cells)), total):
            one = [sum(cells[at][0] == a for at in split) for a in range(3)]
            two = [sum(cells[at][1] == b for at in split) for b in range(2)]
            tables = [
                [Count(group=str(g), applicants=n, searched=0) for g, n in enumerate(sizes)]
                for sizes in (one, two)
            ]
            alike[seen(tables[0], 3), seen(tables[1], 3)].append((one, two))
        for (first, second), possible in alike.items():
            for which, view in enumerate((first, second)):
                for name in view[1]:  # type: ignore[attr-defined]
                    assert len({both[which][int(name)] for both in possible}) > 1


groups = st.dictionaries(
    st.sampled_from("abcdefg"),
    st.integers(0, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    min_size=1,
    max_size=7,
)


@given(groups, groups, st.integers(2, 12))
@settings(max_examples=300)
def test_successive_tables_never_differ_by_a_few(
    first: dict[str, tuple[int, int]], second: dict[str, tuple[int, int]], threshold: int
) -> None:
    """A table may replace another only where no group moved by fewer than the threshold."""
    before, after = counts(**first), counts(**second)
    if replaces_safely(before, after, threshold):
        return
    for name in {*first, *second}:
        (n, s), (m, t) = first.get(name, (0, 0)), second.get(name, (0, 0))
        assert abs(n - m) not in range(1, threshold)
        assert abs(s - t) not in range(1, threshold)


@pytest.mark.parametrize(("earlier", "later"), [(6, 6), (7, 7), (6, 9), (12, 12), (9, 13)])
def test_a_later_table_gives_away_nothing_of_either(earlier: int, later: int) -> None:
    """Whoever has both tables of a term, and these rules, still has several possibilities.

    Every pair of tables of three groups that may follow one another is tried, and those that look
    the same from outside are laid side by side.
    """

    def tables(total: int) -> list[list[Count]]:
        sizes = (s for s in product(range(total + 1), repeat=3) if sum(s) == total)
        return [counts(a=(a, 0), b=(b, 0), c=(c, 0)) for a, b, c in sizes]

    alike = defaultdict(list)
    for one, other in product(tables(earlier), tables(later)):
        if not replaces_safely(one, other, 3):
            alike[seen(one, 3), seen(other, 3)].append((one, other))
    assert alike
    for views, pairs in alike.items():
        for which, at in product(range(2), range(3)):
            if "abc"[at] in views[which][1]:  # type: ignore[operator]
                assert len({pair[which][at].applicants for pair in pairs}) > 1


@given(groups, groups, st.integers(2, 12))
def test_what_was_suppressed_stays_suppressed(
    first: dict[str, tuple[int, int]], second: dict[str, tuple[int, int]], threshold: int
) -> None:
    """A later table of the same term never shows a group that an earlier one suppressed."""
    before, after = counts(**first), counts(**second)
    if replaces_safely(before, after, threshold):
        return
    hidden = publishable(before, threshold).suppressed
    assert not hidden & {rate.group for rate in publishable(after, threshold).shown}


@given(groups, st.integers(0, 12))
def test_a_published_table_shows_no_small_group(
    table: dict[str, tuple[int, int]], threshold: int
) -> None:
    """Nothing under the threshold is ever shown, and one suppressed group never stands alone."""
    shown = publishable(counts(**table), threshold)
    assert all(rate.applicants >= threshold for rate in shown.shown)
    assert len(shown.suppressed) != 1 or len(table) == 1


def test_every_day_lies_in_one_term() -> None:
    """Every day lies in one term, and terms follow one another."""
    assert term_of(date(2026, 11, 22)).id == "2026-autumn"
    assert term_before(term_of(date(2026, 1, 5))).id == "2025-autumn"
    assert term_before(term_of(date(2026, 9, 1))).id == "2026-summer"
    assert term_before(term_of(date(2026, 8, 31))).id == "2026-spring"


def test_sentences_say_what_a_figure_cannot_show() -> None:
    """A wide gap between few people is said to be possible by chance; a narrow p is no cause."""
    small = compare(counts(a=(12, 1), b=(12, 3)), 10)
    shown = {rate.group: rate for rate in small.shown}
    said = says_pair(small.pairs[0], shown)
    assert "n = 24" in said and "below the four-fifths line" in said and "chance" in said
    large = compare(counts(a=(200, 10), b=(200, 60)), 10)
    assert "does not say why" in says_pair(large.pairs[0], {r.group: r for r in large.shown})


# --- try statistics -------------------------------------------------------------------------


def test_try_statistics_answers_in_the_form_of_the_contract() -> None:
    """Groups keep their order; suppressed ones are a word; pairs follow the input order."""
    out = answer(
        {
            "id": 7,
            "threshold": 5,
            "more": "ignored",
            "groups": {
                "z": {"applicants": 20, "searched": 4},
                "a": {"applicants": 10, "searched": 0},
                "m": {"applicants": 3, "searched": 1},
                "b": {"applicants": 4, "searched": 1},
            },
        }
    )
    assert out["id"] == 7
    assert list(out["groups"]) == ["z", "a", "m", "b"]
    assert out["groups"]["m"] == out["groups"]["b"] == "suppressed"
    assert out["groups"]["z"]["rate"] == 0.2
    assert out["groups"]["a"]["low"] == 0.0
    [pair] = out["pairs"]
    assert (pair["a"], pair["b"], pair["selection_ratio"]) == ("z", "a", 0.0)


def test_try_statistics_knows_nothing_about_nobody() -> None:
    """An empty group that is shown has no rate, and its pairs a p value of one."""
    empty = {"applicants": 0, "searched": 0}
    out = answer({"id": "x", "threshold": 0, "groups": {"a": empty, "b": empty}})
    assert out["groups"]["a"] == {**empty, "rate": None, "low": None, "high": None}
    assert out["pairs"] == [{"a": "a", "b": "b", "fisher_p": 1.0, "selection_ratio": None}]


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"id": 1},
        {"id": 1, "groups": {}},
        {"groups": {}, "threshold": 1},
        {"id": 1, "groups": [], "threshold": 1},
        {"id": 1, "groups": {}, "threshold": "1"},
        {"id": 1, "groups": {}, "threshold": True},
        {"id": 1, "groups": {}, "threshold": 1.0},
        {"id": 1, "groups": {"a": 3}, "threshold": 1},
        {"id": 1, "groups": {"a": {"applicants": 3}}, "threshold": 1},
        {"id": 1, "groups": {"a": {"applicants": 3, "searched": 4}}, "threshold": 1},
        {"id": 1, "groups": {"a": {"applicants": 3, "searched": -1}}, "threshold": 1},
        {"id": 1, "groups": {"a": {"applicants": 3.0, "searched": 1}}, "threshold": 1},
        {"id": 1, "groups": {"a": {"applicants": 10**40, "searched": 1}}, "threshold": 1},
    ],
)
def test_try_statistics_refuses_bad_lines(bad: dict[str, object]) -> None:
    """A line that lacks a key, or has one of the wrong type or an impossible count, is refused."""
    with pytest.raises(BadInput):
        answer(bad)


def test_try_statistics_needs_no_scipy() -> None:
    """The command starts without the libraries that only tests and screens need."""
    import subprocess
    import sys

    code = (
        "import sys, recruitcheck.cli.trying_statistics; "
        "print([m for m in ('scipy', 'numpy', 'textual', 'httpx') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
