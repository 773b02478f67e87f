"""Rules about a query: every word from the quotation, one person, the work and not the person."""

from __future__ import annotations

import re

from recruitcheck.rules import words
from recruitcheck.rules.binding import Binding, bind
from recruitcheck.rules.claims import searchable
from recruitcheck.rules.claimwords import PLATFORMS, SOCIAL
from recruitcheck.rules.pack import Pack
from recruitcheck.rules.question import Question
from recruitcheck.rules.rule import Rule


def _query(q: Question) -> bool:
    return q.kind == "query" and not q.sourcing


def _bound(q: Question) -> bool:
    return _query(q) and bool(q.quote.strip())


def neutral_words(pack: Pack, grounds: tuple[str, ...]) -> tuple[str, ...]:
    """The neutral source words of these grounds."""
    return tuple(dict.fromkeys(w for g in grounds for w in pack.grounds[g].query_words))


def binding(q: Question) -> Binding:
    """The typed query, traced to the quotation."""
    return bind(
        q.text,
        q.quote,
        q.pack.vocabulary,
        neutral=neutral_words(q.pack, tuple(g.id for g in q.grounds)),
        name=q.name,
        accounts=q.accounts,
    )


_LEFT_OUT = re.compile(r"(?:^|\s)(?:-[^\W\d]|NOT\s)")
"""What a search engine is told to leave out: `-retrieval`, which looks for all the rest."""


def _from_quote(q: Question) -> bool:
    found = binding(q)
    if _LEFT_OUT.search(q.text):
        return False
    return not found.strangers and bool(found.anchors) and found.telling


def _name_beside(q: Question) -> bool:
    return binding(q).beside


def _one_person(q: Question) -> bool:
    found = binding(q)
    return len(found.names) < 2 and not found.companions


def _aims_at_work(q: Question) -> bool:
    """A name beside nothing but a characteristic or a platform asks about the person."""
    found = binding(q)
    if not found.names:
        return True
    said = q.screener.screen(q.text, "query", None)
    spans = [(h.start, h.end) for h in said.hits if h.characteristic]
    return any(
        t.plain not in PLATFORMS and not any(a < t.end and t.start < b for a, b in spans)
        for t in found.anchors
    )


def _source_named(q: Question) -> bool:
    """A platform in the typed text is one that the quotation names, or is called like there."""
    asked = {p for p in searchable(q.text).platforms if p in SOCIAL}
    return asked <= _named_platforms(q)


def _named_platforms(q: Question) -> set[str]:
    named = set(searchable(q.quote).platforms)
    for source in q.pack.sources.values():
        if words.phrase_in(source.names, q.quote):
            named.add(source.id)
    return named


def _no_adverse_aim(q: Question) -> bool:
    found = words.phrase_in(q.pack.vocabulary.trawl, q.asked)
    return found is None or words.phrase_in((found.group(),), q.quote) is not None


def _no_third_person(q: Question) -> bool:
    """Nobody beside the applicant is looked for, nor what is a person's own."""
    other = words.phrase_in(q.pack.vocabulary.others, q.asked)
    if other is None:
        return True
    return words.phrase_in((other.group(),), q.quote) is not None and not _private(q)


def _private(q: Question) -> bool:
    own = words.folded(q.pack.vocabulary.private_places)
    held = {t.plain for t in words.tokens(q.quote)}
    return any(words.holds(own, t.plain) and t.plain not in held for t in words.tokens(q.asked))


RULES = (
    Rule("query-from-quote", _from_quote, _bound),
    Rule("name-beside-claim", _name_beside, _bound),
    Rule("one-person", _one_person, _bound),
    Rule("query-aims-at-work", _aims_at_work, _bound),
    Rule("third-person", _no_third_person, _query),
)

SHARED = (
    Rule("source-named-by-claim", _source_named, lambda q: q.kind != "claim" and not q.sourcing),
    Rule("adverse-trawl", _no_adverse_aim, lambda q: q.kind != "claim" and not q.sourcing),
)
"""They read reasons as well as queries."""
