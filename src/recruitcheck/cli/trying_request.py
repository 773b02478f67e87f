"""One line of `recruitcheck try request`: would the gate permit, refer or refuse it?

Takes as given that notice, stage, age, panel and the structured answers are in order, since no
register is asked; the rules that need one are left out of the reasons.
"""

from __future__ import annotations

from typing import Any

from recruitcheck.errors import BadInput
from recruitcheck.records import Verdict
from recruitcheck.rules.claims import find_quote
from recruitcheck.rules.decide import Ruling, decide
from recruitcheck.rules.pack import Pack
from recruitcheck.rules.question import LABELS, Kind, Question, Screener
from recruitcheck.rules.words import tokens

_WEIGHT = {Verdict.PERMIT: 0, Verdict.REFER: 1, Verdict.REFUSE: 2}


def answer(record: dict[str, Any], pack: Pack, screener: Screener) -> dict[str, Any]:
    """Decide one line: `{id, kind, ground, claim, text, applicant?}` to its decision.

    Raises:
        BadInput: a required key is missing or has the wrong type, or kind or ground is unknown.
    """
    for key in ("kind", "ground", "claim", "text"):
        if not isinstance(record.get(key), str):
            raise BadInput(f"The key `{key}` must be there, and text.")
    applicant = record.get("applicant")
    if applicant is not None and not isinstance(applicant, str):
        raise BadInput("The key `applicant` must be text.")
    if record["kind"] not in {"query", "justification", "claim"}:
        raise BadInput("The key `kind` must be query, justification or claim.")
    if record["ground"] not in LABELS:
        raise BadInput(f"The key `ground` must be one of {', '.join(sorted(LABELS))}.")
    ruling = _ruling(record, applicant or "", pack, screener)
    return {
        "id": record.get("id"),
        "decision": ruling.verdict.value,
        "reasons": [
            {
                "rule": r.rule,
                "holds": r.holds,
                "effect": r.effect.value,
                "clause": r.clause,
                "message": r.message if r.holds or not r.mend else f"{r.message} {r.mend}",
            }
            for r in ruling.reasons
        ],
    }


def _ruling(record: dict[str, Any], applicant: str, pack: Pack, screener: Screener) -> Ruling:
    kind: Kind = record["kind"]
    passages = tuple(p.strip() for p in record["claim"].split(" | ") if p.strip())
    quoted = record["text"] if kind == "claim" else _meant(passages, record["text"])
    return decide(
        Question(
            pack=pack,
            screener=screener,
            kind=kind,
            ground=record["ground"],
            quote=quoted,
            text=record["text"],
            passages=passages,
            name=applicant,
            trying=True,
        )
    )


def _meant(passages: tuple[str, ...], text: str) -> str:
    """Of several passages, the one whose words the text takes up most; a request quotes one."""
    if len(passages) < 2:
        return passages[0] if passages else ""
    asked = {t.plain for t in tokens(text)}
    exact = next((p for p in passages if find_quote(p, text) is not None), None)
    return exact or max(passages, key=lambda p: len(asked & {t.plain for t in tokens(p)}))
