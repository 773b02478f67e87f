"""What a figure can and cannot show, in one plain sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from recruitcheck.records import Pair, Rate

FOUR_FIFTHS = 0.8
"""A lower rate under four fifths of the higher one is a common sign to look closer. It comes from
United States guidance (29 CFR 1607.4 D) and is no test in British law."""

BY_CHANCE = 0.05
"""Fisher's p from which a gap is said to come easily by chance: the usual level, and no proof."""


def says_rate(rate: Rate) -> str:
    """One plain sentence about one group's rate."""
    if rate.rate is None or rate.low is None or rate.high is None:
        return "Nobody in this group applied, so there is nothing to compare."
    return (
        f"{rate.searched} of {rate.applicants} were searched ({_percent(rate.rate)}); with numbers "
        f"of this size the underlying rate could lie anywhere from {_percent(rate.low)} to "
        f"{_percent(rate.high)}."
    )


def says_pair(pair: Pair, shown: Mapping[str, Rate]) -> str:
    """One plain sentence about two groups: what the difference can and cannot show."""
    people = shown[pair.a].applicants + shown[pair.b].applicants
    if pair.selection_ratio is None:
        return f"Nobody was searched in either group (n = {people}); there is no difference to see."
    below = (
        "below the four-fifths line" if pair.selection_ratio < FOUR_FIFTHS else "not below the line"
    )
    if pair.fisher_p < BY_CHANCE:
        chance = (
            "a gap this wide would seldom come by chance alone; it does not say why, so read the "
            "cases"
        )
    else:
        chance = (
            "a gap like this can well come by chance; that is no proof that the groups are "
            "treated alike"
        )
    return f"n = {people}, {below}: {chance} (p = {pair.fisher_p:.2g})."


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%" if share in (0, 1) else f"{share * 100:.1f}%"
