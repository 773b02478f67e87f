"""Exact statistics for small numbers: the Clopper-Pearson interval and Fisher's test.

Search figures of a trust are small, so nothing here leans on a normal approximation. Only the
standard library is used: the two functions are needed by `recruitcheck try statistics`, which
must start at once, and the tests hold them against SciPy.
"""

from __future__ import annotations

import math
from functools import lru_cache

MOST = 1_000_000_000
"""Largest number of people these functions count; beyond it the sums would take minutes."""

_TINY = 1e-300
"""Stands for nought where one would divide by it."""
_NOTHING = 1e-290
"""Below this a float loses digits, and a p value has nothing more to say."""
_SERIES = (1 / 12, 1 / 360, 1 / 1260, 1 / 1680, 1 / 1188, 691 / 360360, 1 / 156)
"""Stirling's series for log n!: what stands before 1/n, 1/n³, 1/n⁵ …, signs by turns."""
_EXACT_TIES_TO = 4_000
"""People in a table whose ties are settled in whole numbers, which beyond have too many digits."""


@lru_cache(maxsize=4096)
def interval(hits: int, people: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Clopper-Pearson interval of a rate: (low, high), fractions from 0 to 1.

    Clopper and Pearson (1934): it covers the true rate at least as often as it says, also for a
    handful of people, at the price of being wide.

    Raises:
        ValueError: `people` is not from 1 to `MOST`, or `hits` not from 0 to `people`.
    """
    if not 1 <= people <= MOST or not 0 <= hits <= people:
        raise ValueError("an interval needs 0 <= hits <= people and at least one person")
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else _rate_at(hits, people, tail)
    high = 1.0 if hits == people else 1.0 - _rate_at(people - hits, people, tail)
    return low, high


def fisher(hits_a: int, people_a: int, hits_b: int, people_b: int) -> float:
    """Fisher's exact test, two-sided: how often chance alone would part two groups this far.

    The p value adds up every table with the same margins that is no more likely than the one
    observed. It is 1.0 where a group is empty. Weights are taken relative to the likeliest table
    and divided by their own sum, so no factorial is ever formed and nothing is lost to rounding
    in large ones.

    Raises:
        ValueError: a group is larger than `MOST`, or has more hits than people.
    """
    if not (0 <= hits_a <= people_a <= MOST and 0 <= hits_b <= people_b <= MOST):
        raise ValueError("a table needs 0 <= hits <= people in both groups")
    hits = hits_a + hits_b
    lowest, highest = max(0, hits - people_b), min(people_a, hits)
    if lowest == highest:
        return 1.0
    mode = (hits + 1) * (people_a + 1) // (people_a + people_b + 2)
    mode = min(max(mode, lowest), highest)
    table = _Table(people_a, people_b, hits, mode)
    observed = table.weight(hits_a)
    if observed == 0.0:
        return 0.0
    floor = max(observed * 1e-18, _NOTHING)
    total, extreme = [1.0], [1.0] if table.no_likelier(mode, 1.0, hits_a, observed) else []
    for step, end in ((-1, lowest), (1, highest)):
        weight, at = 1.0, mode
        while at != end and weight > floor:
            weight *= table.ratio(at, step)
            at += step
            total.append(weight)
            if table.no_likelier(at, weight, hits_a, observed):
                extreme.append(weight)
    return min(1.0, math.fsum(extreme) / math.fsum(total))


class _Table:
    """The hypergeometric weights of a two-by-two table with fixed margins, relative to `mode`."""

    __slots__ = ("hits", "mode", "people_a", "people_b")

    def __init__(self, people_a: int, people_b: int, hits: int, mode: int) -> None:
        self.people_a, self.people_b, self.hits, self.mode = people_a, people_b, hits, mode

    def ratio(self, at: int, step: int) -> float:
        """Weight one step further, over the weight at `at`."""
        if step > 0:
            return ((self.people_a - at) * (self.hits - at)) / (
                (at + 1) * (self.people_b - self.hits + at + 1)
            )
        return (at * (self.people_b - self.hits + at)) / (
            (self.people_a - at + 1) * (self.hits - at + 1)
        )

    def weight(self, where: int) -> float:
        """Weight of the table with `where` hits in group a; 0.0 where it is below 1e-290."""
        weight, at, step = 1.0, self.mode, 1 if where > self.mode else -1
        while at != where:
            weight *= self.ratio(at, step)
            at += step
            if weight < _NOTHING:
                return 0.0
        return weight

    def no_likelier(self, at: int, weight: float, where: int, observed: float) -> bool:
        """Whether the table with `at` is at most as likely as the observed one with `where`.

        Tables that are equally likely must count on both sides; rounding alone could tell them
        apart, so a near tie is settled in whole numbers, or, where those would be enormous, is
        taken as a tie.
        """
        if abs(weight - observed) > observed * 1e-9:
            return weight < observed
        if at == where or self.people_a + self.people_b > _EXACT_TIES_TO:
            return True
        return self._ways(at) <= self._ways(where)

    def _ways(self, at: int) -> int:
        return math.comb(self.people_a, at) * math.comb(self.people_b, self.hits - at)


def _rate_at(hits: int, people: int, tail: float) -> float:
    """The rate p at which `hits` or more of `people` happen with probability `tail`.

    Newton's method inside a bracket: the tail probability grows with p, so each value tried
    narrows the bracket, and a step that leaves it is replaced by halving.
    """
    if hits == people:
        return math.exp(math.log(tail) / people)
    if hits == 1:
        return -math.expm1(math.log1p(-tail) / people)
    low, high = 0.0, hits / people
    rate = _first_guess(hits, people)
    for _ in range(200):
        value, slope = _tail(hits, people, rate), _slope(hits, people, rate)
        if value < tail:
            low = rate
        else:
            high = rate
        # In the logarithm the tail is nearly straight, even where it is minute.
        step = (math.log(value / tail) * value / slope) if value > _TINY and slope > 0 else math.inf
        following = rate - step
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - rate) <= 1e-15 * rate or following in (low, high):
            return following
        rate = following
    return rate


def _first_guess(hits: int, people: int) -> float:
    """Wilson's interval as a place to start from."""
    z, share = 1.96, (hits - 0.5) / people
    middle = share + z * z / (2 * people)
    spread = z * math.sqrt(share * (1 - share) / people + z * z / (4 * people * people))
    return max((middle - spread) / (1 + z * z / people), share / 100)


def _slope(hits: int, people: int, rate: float) -> float:
    """Derivative of the tail by the rate: hits x pmf(hits) / rate."""
    return _pmf(hits, people, rate) * hits / rate


def _tail(hits: int, people: int, rate: float) -> float:
    """P(X >= hits) for X binomial: the regularised incomplete beta function I_rate(a, b)."""
    a, b = float(hits), float(people - hits + 1)
    if rate < (a + 1) / (a + b + 2):
        # x^a (1-x)^b / (a B(a,b)) in terms of the binomial probability of `hits`
        return _pmf(hits, people, rate) * (1 - rate) * _fraction(a, b, rate)
    complement = _pmf(hits - 1, people, rate) * rate * _fraction(b, a, 1 - rate)
    return 1.0 - complement


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1.0 / (d if abs(d) > _TINY else _TINY)
    value = d
    for m in range(1, 1_000_000):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + numerator * d
            c = 1.0 + numerator / c
            d = 1.0 / (d if abs(d) > _TINY else _TINY)
            c = c if abs(c) > _TINY else _TINY
            change = c * d
            value *= change
        if abs(change - 1.0) < 1e-16:
            return value
    raise ArithmeticError("the continued fraction did not settle")


def _pmf(hits: int, people: int, rate: float) -> float:
    """Binomial probability by Loader's saddle-point form.

    The plain form subtracts logarithms of factorials, which for a million people costs eight of
    sixteen digits; here only the small corrections to Stirling's formula are subtracted.
    """
    if hits == 0:
        return math.exp(people * math.log1p(-rate))
    if hits == people:
        return math.exp(people * math.log(rate))
    rest = people - hits
    correction = _stirling_error(people) - _stirling_error(hits) - _stirling_error(rest)
    deviance = _deviance(hits, people * rate) + _deviance(rest, people * (1 - rate))
    return math.exp(correction - deviance) * math.sqrt(people / (2 * math.pi * hits * rest))


@lru_cache(maxsize=4096)
def _stirling_error(n: int) -> float:
    """log(n!) minus Stirling's formula."""
    if n <= 15:
        return math.log(math.factorial(n)) - (
            (n + 0.5) * math.log(n) - n + 0.5 * math.log(2 * math.pi)
        )
    square, total = 1.0 / (n * n), 0.0
    for sign, term in zip((1, -1, 1, -1, 1, -1, 1)[::-1], _SERIES[::-1], strict=True):
        total = total * square + sign * term
    return total / n


def _deviance(x: float, mean: float) -> float:
    """x log(x / mean) + mean - x, without cancellation where the two are close."""
    if abs(x - mean) >= 0.1 * (x + mean):
        return x * math.log(x / mean) + mean - x
    v = (x - mean) / (x + mean)
    total, term = (x - mean) * v, 2 * x * v
    for j in range(1, 1000):
        term *= v * v
        following = total + term / (2 * j + 1)
        if following == total:
            break
        total = following
    return total
