"""The gate: every rule, every reason, one verdict.

Pure and total. Every rule that applies runs and gives a reason, satisfied or not, because people
ask why something was permitted as often as why not. A rule that cannot be evaluated counts as not
satisfied. No reason at all means no. Refuse beats refer beats permit.
"""

from __future__ import annotations

from collections.abc import Iterator

from recruitcheck.records import Hit, Nature, QueryWord, Reason, Verdict
from recruitcheck.rules import (
    claims,
    rules_of_claims,
    rules_of_flow,
    rules_of_queries,
    rules_of_reasons,
    rules_of_sourcing,
    scope,
    words,
)
from recruitcheck.rules.question import Question, Ruling, Screening, ask
from recruitcheck.rules.rule import Rule, reason
from recruitcheck.rules.speaking import Speech

__all__ = ["RULES", "Question", "Ruling", "ask", "decide", "structural"]

RULES: tuple[Rule, ...] = (
    *rules_of_claims.RULES,
    *rules_of_queries.RULES,
    *rules_of_reasons.RULES,
    *rules_of_queries.SHARED,
    *rules_of_sourcing.RULES,
    *rules_of_flow.RULES,
)

_LOOKS = words.listed("look see check glance read watch")
_OWN = frozenset({"speaks-to-claim"})
"""Screened where a text stands alone; here `rules/speaking.py` compares it with its quotation."""
_WHEN = frozenset(
    ["before", "ahead", "of", "prior", "to", "the", "interview", "interviews", "panel"]
)
_NEEDS_CLAIM = _OWN | {"fishing"}
"""Marks of a reason without a claim; candidate finding and a note beside the reason have none by
their nature."""


def decide(question: Question) -> Ruling:
    """Decide one request.

    The verdict is refuse if any reason that does not hold refuses, else refer if one refers, else
    permit. A permit of a justification carries the query that the grant will use.
    """
    reasons = _merged([*_reasons(question, RULES), *_screened(question)])
    return Ruling(verdict=_verdict(reasons), reasons=reasons, query=_query(question))


def structural(question: Question) -> tuple[Reason, ...]:
    """What the screen may show while somebody still types: facts and what is missing.

    Typed words are screened only on submission, which is entered in the ledger; so nobody can try
    words here until one passes.
    """
    return tuple(_reasons(question, [r for r in RULES if r.structural]))


def _merged(reasons: list[Reason]) -> tuple[Reason, ...]:
    """One reason for each rule: a rule of the gate and a screened one may share their name."""
    kept: dict[str, Reason] = {}
    for one in reasons:
        held = kept.get(one.rule)
        worse = held is not None and not one.holds and (held.holds or one.effect is Verdict.REFUSE)
        if held is None or worse:
            kept[one.rule] = one
    return tuple(kept.values())


def _reasons(question: Question, rules: tuple[Rule, ...] | list[Rule]) -> Iterator[Reason]:
    seen = set()
    for rule in rules:
        if rule.register and question.trying:
            continue
        try:
            applies = rule.applies(question)
            holds = not applies or rule.holds(question)
        except Exception:  # whatever went wrong: doubt counts against, and the rest still runs
            applies, holds = True, False
        if applies and rule.id not in seen:
            seen.add(rule.id)
            yield rule.say(question, holds=holds)


def _screened(question: Question) -> Iterator[Reason]:
    """What the screener found, under its own rule ids; each known one that found nothing holds."""
    if question.kind == "claim":
        return
    known = {str(t["rule"]) for t in question.pack.refusals.values() if "rule" in t}
    known -= _NEEDS_CLAIM if question.sourcing else _OWN
    found: dict[str, Verdict] = {}
    try:
        for screening, ignored in _screenings(question):
            effect = Verdict.REFER if screening.outcome == "refer" else Verdict.REFUSE
            for hit in screening.hits:
                if hit.rule in ignored or _is_the_claim(question, hit):
                    continue
                if found.get(hit.rule) is not Verdict.REFUSE:
                    found[hit.rule] = Verdict.REFER if _repeats_claim(question, hit) else effect
    except Exception:  # an unreadable text is not a harmless one
        yield reason(question.pack, "screening", Verdict.REFUSE, holds=False)
    for rule in sorted(known - found.keys()):
        yield reason(question.pack, rule, Verdict.REFUSE, holds=True)
    for rule, effect in found.items():
        yield reason(question.pack, rule, effect, holds=False)


def _repeats_claim(question: Question, hit: Hit) -> bool:
    """Whether a protected word only says again what the quotation tells of its writer.

    Such a claim goes to a reviewer anyway, who sees what the reason makes of it.
    """
    if hit.characteristic is None or question.kind != "justification":
        return False
    if claims.nature(question.quote, question.screener) is not Nature.SENSITIVE:
        return False
    quoted = words.tokens(question.quote)
    told = [t for t in words.tokens(question.text) if hit.start <= t.start < hit.end]
    return bool(told) and all(any(words.related(t.plain, q.plain) for q in quoted) for t in told)


def _is_the_claim(question: Question, hit: Hit) -> bool:
    """Whether a hit is explained by the quotation, which the screener does not take apart.

    `the Friends' page` is no page of friends where the quotation names the Friends of a wood; `it
    came out in May` says nothing of a person; and a reason of nothing but explained words is about
    the claim, in whatever tone it asks.
    """
    screened = question.criteria if question.sourcing else question.text
    told = [t for t in words.tokens(screened) if hit.start <= t.start < hit.end]
    if question.sourcing:
        odd = rules_of_sourcing.unexplained(question)
        known = not any(t.plain in odd or t.plain.isdigit() for t in told)
        return known and hit.characteristic not in {None, "age"}
    if question.kind != "justification" or not question.quote.strip():
        return False
    speech = rules_of_reasons.speech(question)
    if hit.rule == "fishing":
        about = speech.strong > 2 or (speech.plain and speech.strong > 0)
        return about and not _looks_beyond(told, speech)
    if hit.rule == "routine":  # when it is wanted is no practice, if the rest is about the claim
        return speech.plain and speech.strong > 0 and all(t.plain in _WHEN for t in told)
    if hit.rule == "third-person":
        others = words.folded(question.pack.vocabulary.others)
        named = [t.plain for t in words.tokens(question.text) if words.holds(others, t.plain)]
        held = {t.plain for t in words.tokens(question.quote)}
        looked_up = not any(words.holds(others, t.plain) for t in told)  # `look up the neighbours`
        return bool(named) and not looked_up and all(n in held for n in named)
    return hit.characteristic is not None and _of_the_work(question, hit, speech, told)


def _looks_beyond(told: list[words.Token], speech: Speech) -> bool:
    """Whether words for looking around say more than how to look at the claim.

    `A quick look` says no more; `red flags`, `fit in` and `rumour` do. One word of checking alone
    means many things: `a scan of the certificate`.
    """
    if any(words.holds(_LOOKS, t.plain) for t in told):
        return False
    loose = [speech.loose[t.start] for t in told if t.start in speech.loose]
    return bool(loose) and (len(told) > 1 or loose != ["business"])


def _of_the_work(question: Question, hit: Hit, speech: Speech, told: list[words.Token]) -> bool:
    """Whether the words of a hit speak of the work here, as the grammar of the reason shows."""
    if told and all(t.start in speech.impersonal for t in told):
        return True
    quoted = all(t.start in speech.quoted for t in told)
    return speech.plain and quoted and _quoted_with_neighbour(question, hit)


def _quoted_with_neighbour(question: Question, hit: Hit) -> bool:
    """Whether the hit, with the word before or after it, stands in the quotation as in the text."""
    found = words.tokens(question.text)
    here = [n for n, t in enumerate(found) if hit.start <= t.start < hit.end]
    if not here:
        return False
    first, last = here[0], here[-1] + 1
    quoted = f" {' '.join(t.plain for t in words.tokens(question.quote))} "
    runs = (found[max(0, first - 1) : last], found[first : last + 1])
    return any(
        len(run) > len(here) and f" {' '.join(t.plain for t in run)} " in quoted for run in runs
    )


def _screenings(question: Question) -> Iterator[tuple[Screening, frozenset[str]]]:
    """What was screened, as far as it counts, with the rules that do not count there.

    Protected words inside the quotation never count against a query made of it. Where a query
    holds strangers it is refused anyway; they are screened by themselves as well, so that the
    refusal names what fits.
    """
    if question.kind != "query" or question.sourcing or not question.quote.strip():
        first, *notes = question.screening
        yield first, _NEEDS_CLAIM if question.sourcing else _OWN
        yield from ((note, _NEEDS_CLAIM) for note in notes)
        return
    found = rules_of_queries.binding(question)
    if found.strangers or not found.anchors:
        yield from ((s, _OWN) for s in question.screening)
        apart = " ".join(t.text for t in found.strangers)
        yield question.screener.screen(apart, "query", None), _OWN


def _verdict(reasons: tuple[Reason, ...]) -> Verdict:
    asked = {r.effect for r in reasons if not r.holds}
    if not reasons or Verdict.REFUSE in asked:
        return Verdict.REFUSE
    return Verdict.REFER if Verdict.REFER in asked else Verdict.PERMIT


def _query(question: Question) -> tuple[QueryWord, ...]:
    given = question.justification
    if given is None or question.claim is None:
        return ()
    source = question.pack.sources.get(given.source)
    ground = question.pack.grounds.get(given.ground)
    if source is None or ground is None:
        return ()
    return scope.compose(question.quote, source, ground, question.name)
