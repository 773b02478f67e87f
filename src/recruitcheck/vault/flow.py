"""The rules of the flow that anybody can check without a key, over what entries show.

decision          rests on a justification of the same case
referral-decided  by somebody else than who justified
grant             rests on a decision or a referral that permits
lookup            rests on a grant that was neither over nor revoked
lookup-result     rests on its lookup;   evidence-kept on lookups
finding           rests on a grant;      panel-line on a finding
anything          nothing about a case after its `shred-done`
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

_RESTS: Final = {
    "decision": ("justification", "a decision without a justification"),
    "lookup-result": ("lookup", "the result of no lookup"),
    "evidence-kept": ("lookup", "evidence without a lookup"),
    "finding": ("grant", "a finding without a grant"),
    "panel-line": ("finding", "a line to the panel without a finding"),
}


class Flow:
    """Walks over the entries in order and tells what breaks a rule."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], tuple[str, str]] = {}
        """(type, subject) -> (case, author)"""
        self._permits: set[str] = set()
        self._justified: dict[str, str] = {}
        """Referral -> its justification."""
        self._ends: dict[str, str] = {}
        self._revoked: set[str] = set()
        self._gone: set[str] = set()

    def check(self, leaf: Mapping[str, Any]) -> Iterator[str]:
        """What is wrong with the next entry, in words."""
        kind, case, refs = leaf["type"], leaf["case"], leaf["refs"]
        if case and case in self._gone:
            yield "something is entered about a case that was destroyed"
        if kind in _RESTS:
            wanted, what = _RESTS[kind]
            if not any(self._made.get((wanted, r), ("",))[0] == case for r in refs):
                yield what
        if kind == "grant" and not any(ref in self._permits for ref in refs):
            yield "a grant that nothing permits"
        if kind == "referral-decided":
            yield from self._own_case(leaf)
        if kind == "lookup":
            yield from self._lookup(leaf)
        self._take(leaf)

    def _own_case(self, leaf: Mapping[str, Any]) -> Iterator[str]:
        named = [leaf["subject"], *leaf["refs"]]
        justification = next((self._justified[r] for r in named if r in self._justified), "")
        made = self._made.get(("justification", justification))
        if made is None:
            yield "a referral that nobody made is decided"
        elif made[1] == leaf["author"]:
            yield "somebody decided the referral of their own justification"

    def _lookup(self, leaf: Mapping[str, Any]) -> Iterator[str]:
        grants = [r for r in leaf["refs"] if ("grant", r) in self._made]
        if not grants:
            yield "a lookup without a grant"
        for grant in grants:
            if self._made["grant", grant][0] != leaf["case"]:
                yield "a lookup under the grant of another case"
            if grant in self._revoked:
                yield "a lookup after its grant was revoked"
            if _after(leaf["at"], self._ends.get(grant, "")):
                yield "a lookup after its grant was over"

    def _take(self, leaf: Mapping[str, Any]) -> None:
        kind, subject, facts = leaf["type"], leaf["subject"], leaf["facts"]
        self._made.setdefault((kind, subject), (leaf["case"], leaf["author"]))
        if kind in ("decision", "referral-decided"):
            if facts.get("verdict") == "permit":
                self._permits.add(subject)
            else:
                self._permits.discard(subject)
        elif kind == "referral":
            for ref in leaf["refs"]:
                if ("justification", ref) in self._made:
                    self._justified[subject] = ref
        elif kind == "grant":
            self._ends[subject] = str(facts.get("not_after", ""))
        elif kind == "grant-revoked":
            self._revoked |= {subject, *leaf["refs"]}
        elif kind == "shred-done":
            self._gone.add(leaf["case"])


def _after(moment: str, end: str) -> bool:
    try:
        return bool(end) and datetime.fromisoformat(moment) > datetime.fromisoformat(end)
    except (ValueError, TypeError):
        return True
