"""Exact intervals and Fisher's test, held against SciPy."""

from __future__ import annotations

import math
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from recruitcheck.rules.exact import MOST, fisher, interval


@st.composite
def part_of(draw: st.DrawFn, largest: int) -> tuple[int, int]:
    """Some of many: (hits, people)."""
    people = draw(st.integers(1, largest))
    return draw(st.integers(0, people)), people


@given(part_of(10_000))
def test_intervals_agree_with_scipy(case: tuple[int, int]) -> None:
    """The Clopper-Pearson interval equals SciPy's to 1e-9 for any number of people."""
    hits, people = case
    low, high = interval(hits, people)
    theirs = stats.binomtest(hits, people).proportion_ci(0.95, method="exact")
    assert low == pytest.approx(theirs.low, abs=1e-9)
    assert high == pytest.approx(theirs.high, abs=1e-9)


@pytest.mark.parametrize("people", [10**5, 10**6 + 3, 10**7, 10**9])
@pytest.mark.parametrize("share", [0, 1e-9, 1e-3, 0.37, 0.5, 0.999, 1])
def test_intervals_hold_for_large_numbers(people: int, share: float) -> None:
    """Large groups lose no digits: agreement to 1e-9 and, where the rate is tiny, relatively."""
    hits = round(people * share)
    low, high = interval(hits, people)
    theirs_low = stats.beta.ppf(0.025, hits, people - hits + 1) if hits else 0.0
    theirs_high = stats.beta.ppf(0.975, hits + 1, people - hits) if hits < people else 1.0
    assert low == pytest.approx(theirs_low, rel=1e-9, abs=1e-15)
    assert high == pytest.approx(theirs_high, rel=1e-9, abs=1e-15)


@settings(deadline=None)  # scipy's first call takes as long as its import
@given(st.integers(1, 60))
def test_intervals_cover(people: int) -> None:
    """At every rate the interval covers the truth at least 95 times in a hundred."""
    for rate in (0.03, 0.2, 0.5, 0.81):
        covered = sum(
            stats.binom.pmf(hits, people, rate)
            for hits in range(people + 1)
            if interval(hits, people)[0] <= rate <= interval(hits, people)[1]
        )
        assert covered >= 0.95 - 1e-9


@given(part_of(400), part_of(400))
def test_fisher_agrees_with_scipy(a: tuple[int, int], b: tuple[int, int]) -> None:
    """The two-sided p value equals SciPy's to 1e-9."""
    ours = fisher(*a, *b)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = stats.fisher_exact([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]]).pvalue
    assert ours == pytest.approx(theirs, abs=1e-9)


@given(part_of(60), part_of(60))
def test_fisher_is_the_sum_it_says(a: tuple[int, int], b: tuple[int, int]) -> None:
    """The p value is the share of tables, in whole numbers, no likelier than the one seen."""
    hits = a[0] + b[0]
    ways = {
        k: math.comb(a[1], k) * math.comb(b[1], hits - k)
        for k in range(max(0, hits - b[1]), min(a[1], hits) + 1)
    }
    extreme = sum(way for way in ways.values() if way <= ways[a[0]])
    assert fisher(*a, *b) == pytest.approx(extreme / sum(ways.values()), rel=1e-12)


def test_fisher_agrees_with_scipy_on_large_tables() -> None:
    """Tables of many thousand people agree too."""
    for a, b in [
        ((5_000, 10_000), (5_150, 10_000)),
        ((37, 50_000), (71, 60_000)),
        ((99_990, 100_000), (99_960, 100_000)),
    ]:
        theirs = stats.fisher_exact([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]]).pvalue
        assert fisher(*a, *b) == pytest.approx(theirs, abs=1e-9)


def test_fisher_is_one_for_an_empty_group_and_symmetrical() -> None:
    """An empty group tells nothing; which group comes first makes no difference."""
    assert fisher(0, 0, 3, 9) == 1.0
    assert fisher(0, 5, 0, 9) == 1.0
    assert fisher(2, 9, 7, 11) == pytest.approx(fisher(7, 11, 2, 9), rel=1e-14)


def test_enormous_opposites_end() -> None:
    """A thousand million against a thousand million is answered, and as no chance at all."""
    assert fisher(0, MOST, MOST, MOST) == 0.0
    with pytest.raises(ValueError, match="hits"):
        fisher(0, MOST + 1, 0, 1)
    with pytest.raises(ValueError, match="person"):
        interval(0, 0)
