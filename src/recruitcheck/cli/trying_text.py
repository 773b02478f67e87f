"""One line of `recruitcheck try text`: a text in, its screening out (a contract)."""

from __future__ import annotations

from typing import Any

from recruitcheck.errors import BadInput
from recruitcheck.rules.screen import KINDS, Screener


def answer(record: dict[str, Any], screener: Screener) -> dict[str, Any]:
    """Screen one record of `try text`.

    Raises:
        BadInput: `text` is missing, or `text`, `kind` or `claim` is of the wrong type or unknown.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise BadInput("The key `text` is missing or is not a string.")
    kind = record.get("kind", "justification")
    if kind not in KINDS:
        raise BadInput("The key `kind` is none of query, justification, claim and passage.")
    claim = record.get("claim")
    if claim is not None and not isinstance(claim, str):
        raise BadInput("The key `claim` is not a string.")
    result = screener.screen(text, kind, claim)
    return {
        "id": record.get("id"),
        "outcome": result.outcome,
        "findings": [
            {
                "rule": hit.rule,
                "characteristic": hit.characteristic,
                "start": hit.start,
                "end": hit.end,
            }
            for hit in result.hits
        ],
    }
