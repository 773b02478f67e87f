"""`recruitcheck try statistics`: one line in, one line out, nothing recorded.

Input `{id, groups: {name: {applicants, searched}}, threshold}`; output `{id, groups, pairs}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recruitcheck.errors import BadInput
from recruitcheck.records import Comparison, Rate
from recruitcheck.rules.equality import Count, compare

SUPPRESSED = "suppressed"


def answer(record: Mapping[str, object]) -> dict[str, Any]:
    """Answer one decoded line.

    Raises:
        BadInput: the line cannot be used; the caller writes `{id, error}` in its place.
    """
    counts, threshold = _read(record)
    table = compare(counts, threshold)
    return {"id": record["id"], **_written(table)}


def _read(record: Mapping[str, object]) -> tuple[list[Count], int]:
    for key in ("id", "groups", "threshold"):
        if key not in record:
            raise BadInput(f"The key `{key}` is missing.")
    groups = record["groups"]
    if not isinstance(groups, Mapping):
        raise BadInput("`groups` must be an object of groups.")
    counts = [_count(name, group) for name, group in groups.items()]
    return counts, _whole("threshold", record["threshold"])


def _count(name: str, group: object) -> Count:
    if not isinstance(group, Mapping):
        raise BadInput(f"The group `{name}` must be an object.")
    for key in ("applicants", "searched"):
        if key not in group:
            raise BadInput(f"The group `{name}` lacks the key `{key}`.")
    return Count(
        group=name,
        applicants=_whole("applicants", group["applicants"]),
        searched=_whole("searched", group["searched"]),
    )


def _whole(key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput(f"`{key}` must be a whole number.")
    return value


def _written(table: Comparison) -> dict[str, Any]:
    shown = {rate.group: _rate(rate) for rate in table.shown}
    return {
        "groups": {name: shown.get(name, SUPPRESSED) for name in table.order},
        "pairs": [
            {
                "a": pair.a,
                "b": pair.b,
                "fisher_p": pair.fisher_p,
                "selection_ratio": pair.selection_ratio,
            }
            for pair in table.pairs
        ],
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "applicants": rate.applicants,
        "searched": rate.searched,
        "rate": rate.rate,
        "low": rate.low,
        "high": rate.high,
    }
