"""Rules about the ground, the label and the quotation itself (policy 7(search), 7(equality))."""

from __future__ import annotations

from recruitcheck.records import DocumentKind, Nature, Verdict
from recruitcheck.rules import claims, words
from recruitcheck.rules.question import NEVER_LABELS, Question, given
from recruitcheck.rules.rule import Rule, always


def _stands_on_claim(q: Question) -> bool:
    return not q.sourcing and q.ground not in NEVER_LABELS


def _has_quote(q: Question) -> bool:
    return _stands_on_claim(q) and bool(q.quote.strip())


def _in_force(q: Question) -> bool:
    today = given(q.now).date()
    return any(g.in_force <= today and (g.until is None or today <= g.until) for g in q.grounds)


def _is_span(q: Question) -> bool:
    if q.kind == "claim":
        return any(claims.find_quote(p, q.text) is not None for p in q.passages)
    if q.document is None or q.claim is None:
        return False
    start, end = q.claim.start, q.claim.end
    marked = words.quoted_form(q.document.text[start:end])[0].strip()
    return marked != "" and marked == words.quoted_form(q.claim.quote)[0].strip()


def _visible(q: Question) -> bool:
    """Typed text holds nothing that cannot be seen; a quotation may hold what its document does."""
    if q.kind == "claim":
        return not words.invisible(q.text) or any(q.text.strip() in p for p in q.passages)
    return not any(words.invisible(t) for t in (q.text, *q.answers, *q.extra))


def _fits_ground(q: Question) -> bool:
    found = claims.searchable(q.quote)
    kinds = {*found.kinds, "work", "skill"} if claims.checkable(q.quote) else set(found.kinds)
    return any(not kinds.isdisjoint(g.claims) for g in q.grounds)


def _nature(q: Question) -> Nature:
    return claims.nature(q.quote, q.screener)


def _countersigned(q: Question) -> bool:
    document = given(q.document)
    note = document.kind is DocumentKind.INTERVIEW_NOTE
    return not note or bool(document.countersigned_by)


RULES = (
    Rule(
        "ground-permits",
        lambda q: bool(q.grounds) or q.ground == "safeguarding",
        always,
        structural=True,
    ),
    Rule(
        "safeguarding-route",
        lambda q: q.ground != "safeguarding",
        lambda q: q.ground == "safeguarding",
        structural=True,
    ),
    Rule("ground-in-force", _in_force, always, structural=True, register=True),
    Rule("invisible-characters", _visible, always),
    Rule("claim-given", lambda q: bool(q.quote.strip()), _stands_on_claim, structural=True),
    Rule(
        "quote-is-span",
        _is_span,
        lambda q: q.kind == "claim" and _stands_on_claim(q),
        structural=True,
    ),
    Rule(
        "quote-in-document",
        _is_span,
        lambda q: q.kind != "claim" and _stands_on_claim(q),
        structural=True,
        register=True,
    ),
    Rule("note-countersigned", _countersigned, _stands_on_claim, structural=True, register=True),
    Rule(
        "claim-checkable",
        lambda q: _nature(q) is not Nature.OPINION,
        _has_quote,
        structural=True,
    ),
    Rule(
        "claim-not-characteristic",
        lambda q: _nature(q) is not Nature.CHARACTERISTIC,
        _has_quote,
        structural=True,
    ),
    Rule(
        "claim-not-sensitive",
        lambda q: _nature(q) is not Nature.SENSITIVE,
        _has_quote,
        effect=Verdict.REFER,
        structural=True,
    ),
    Rule(
        "ground-fits-claim",
        _fits_ground,
        lambda q: _has_quote(q) and bool(q.grounds),
        structural=True,
    ),
)
