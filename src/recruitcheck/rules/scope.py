"""Where a permit leads: the query composed from the quotation, and the grant made narrow.

The query is composed, never typed. A grant reaches one address of the quotation (or one that the
applicant gave) over https, its bare and `www.` host, and what the source file adds for it; the
window comes from the dates that the claim states; limits come from the policy. Where the
quotation names nothing that could be opened there is no grant but a letter that asks the
applicant (policy 7(search), design section 2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

from recruitcheck.records import Applicant, Claim, Grant, Justification, QueryWord
from recruitcheck.rules import words
from recruitcheck.rules.claims import searchable
from recruitcheck.rules.claimwords import KIND_OF
from recruitcheck.rules.pack import Ground, Pack, Source

_FUNCTION = frozenset(
    word
    for line in (
        "a an and as at by for from i in is it me my of on or our the their this to us was we with",
        "have has had been be are were which that where who since during into also",
    )
    for word in line.split()
)
_LIGHT = frozenset(["run", "use", "make", "have", "take", "get", "do", "go", "give", "present"])
_SIGNED = frozenset(["publication", "performance", "result", "office", "code", "organisation"])
"""Kinds of claim whose public record names the person."""
_HOLE = re.compile(r"\{(handle|id|path|address)\}")
_FULL = 8
"""Words of the quotation that a query is filled up with where few of them tell."""
_FIRST_POSTS = 1990
"""Years before this one speak of a subject: nobody could have posted then."""


# --- the query ------------------------------------------------------------------------------


def compose(quote: str, source: Source, ground: Ground, name: str = "") -> tuple[QueryWord, ...]:
    """The query for a claim: its telling words in their order, and nothing from elsewhere.

    Titles, handles, addresses, platforms, dates, names and kinds of work tell most; where they
    are few, the other words of the quotation are added. The applicant's name joins only where the
    quotation gives no title, handle or address to recognise the work by, and where the work is
    one that a name is printed on: beside an employer's account it would find the person's own.
    """
    found = searchable(quote)
    marked = _spans(quote, found.titles)
    telling: list[QueryWord] = []
    others: list[QueryWord] = []
    for token in words.tokens(quote):
        word = QueryWord(text=token.text, origin=_origin(token.kind), start=token.start)
        inside = any(a <= token.start < b for a, b in marked)
        called = words.holds(words.folded(source.names), token.plain)
        if inside or called or token.kind in {"handle", "address"} or _tells(token, quote):
            telling.append(word)
        elif token.plain not in _FUNCTION and words.lemmas(token.plain).isdisjoint(_LIGHT):
            others.append(word)
    if len(telling) < 3:
        telling = sorted([*telling, *others[:_FULL]], key=lambda w: w.start or 0)
    chosen = _once(telling)
    named = any(w.origin in {"handle", "host"} for w in chosen) or found.titles
    signed = _SIGNED.intersection(found.kinds, ground.claims)
    if name and signed and not named and not found.platforms:
        chosen += [QueryWord(text=part, origin="name") for part in name.split()]
    return tuple(chosen)


def _origin(kind: str) -> str:
    return {"handle": "handle", "hashtag": "handle", "address": "host"}.get(kind, "quote")


def _spans(quote: str, titles: Sequence[str]) -> list[tuple[int, int]]:
    return [(at, at + len(t)) for t in titles if (at := quote.find(t)) >= 0]


def _tells(token: words.Token, quote: str) -> bool:
    """A kind of work, a year or larger figure, or a name inside the sentence."""
    if token.kind == "number":
        return len(token.plain) > 2 or not token.plain.isdigit()
    opens = token.start == 0 or quote[: token.start].rstrip()[-1:] in ".!?"
    return _kind_word(token.plain) or (token.capital and token.text != "I" and not opens)


def _kind_word(plain: str) -> bool:
    return any(form in KIND_OF for form in words.lemmas(plain)) and plain not in _LIGHT


def _once(found: Sequence[QueryWord]) -> list[QueryWord]:
    seen: set[str] = set()
    kept = []
    for word in found:
        if words.plain(word.text) not in seen:
            seen.add(words.plain(word.text))
            kept.append(word)
    return kept


def query_text(query: Sequence[QueryWord]) -> str:
    """The query as one line, as a person would type it."""
    return " ".join(word.text for word in query)


# --- the grant ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """One address to look at, taken apart."""

    given: str
    host: str = ""
    port: int | None = None
    """Only where the address names one; the scheme's own is never widened."""
    path: str = ""
    query: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    handle: str = ""


def narrow(
    pack: Pack,
    claim: Claim,
    justification: Justification,
    applicant: Applicant,
    *,
    now: datetime,
    grant_id: str,
    decision_id: str,
    nonce: str = "",
    yes_no_only: bool = False,
) -> Grant | None:
    """The narrowest grant that can settle the claim; None: nowhere to look.

    A source that the applicant supplies, and a typed finding, need no address to be opened, so
    they always have a grant. Everything else needs an address or handle that the applicant wrote.
    """
    source = pack.sources.get(justification.source)
    ground = pack.grounds.get(justification.ground)
    if source is None or ground is None or source.manner == "never":
        return None
    place = _place(claim.quote, source, justification.address, applicant.accounts)
    hosts, prefixes, keys, exact = _reach(source, place)
    fetched = source.manner in {"page", "adapter", "manual"}
    if fetched and not (hosts and prefixes):
        return None
    limits, own = pack.policy.limits, ground.limits
    since, until = window(claim.quote, limits.window_days)
    query = compose(claim.quote, source, ground, applicant.name)
    return Grant(  # long, because each field of a permission is set in sight of the others
        id=grant_id,
        hosts=hosts,
        path_prefixes=prefixes,
        ports=(place.port,) if place and place.port else (),
        query_keys=keys,
        query=exact,
        not_before=now,
        not_after=now + timedelta(hours=min(own.grant_hours, limits.grant_hours)),
        max_requests=min(own.max_requests, limits.max_requests),
        max_bytes=limits.max_bytes,
        max_total_bytes=limits.max_total_bytes,
        max_seconds=limits.max_seconds,
        applicant=applicant.id,
        claim=claim.id,
        decision=decision_id,
        holder=justification.holder,
        source=source.id,
        addresses=(_opened(place),) if place and place.host else (),
        handles=(place.handle,) if place and place.handle else (),
        terms=tuple(w.text for w in query if w.origin != "function word"),
        since=since,
        until=until,
        yes_no_only=yes_no_only,
        nonce=nonce,
    )


def _opened(place: _Place) -> str:
    return place.given if "://" in place.given else f"https://{place.given}"


def _place(quote: str, source: Source, wanted: str, accounts: Sequence[str]) -> _Place | None:
    """The address or handle to look at: the one asked for, else the first that suits the source."""
    found = searchable(quote)
    offered = (*found.addresses, *found.handles, *accounts)
    if wanted.strip():
        if wanted not in (*offered, *found.hosts):
            return None
        offered = (wanted,)
    for one in offered:
        place = _taken_apart(one, source)
        if _suits(place, source, found.platforms, from_quote=one in quote):
            return place
    return None


def _taken_apart(given: str, source: Source) -> _Place:
    if not words.ADDRESS.fullmatch(given):
        handle = given.lstrip("@")
        host = source.hosts[0] if source.hosts else ""
        return _Place(given=f"{host}/{handle}" if host else given, handle=handle)
    parts = urlsplit(given if "://" in given else f"https://{given}")
    try:
        port = parts.port
    except ValueError:  # beyond 65535: no address at all
        return _Place(given=given)
    path = parts.path.rstrip("/")
    first = path.strip("/").split("/")[0].lstrip("@") if source.hosts else ""
    return _Place(
        given=given,
        host=(parts.hostname or "").lower(),
        port=port,
        path=path,
        query=MappingProxyType(dict(parse_qsl(parts.query, keep_blank_values=True))),
        handle=first,
    )


def _suits(place: _Place, source: Source, platforms: Sequence[str], *, from_quote: bool) -> bool:
    if source.hosts:  # a platform: its own address below the front page, or a handle for it
        if place.host:
            known = place.host in source.hosts
            return known and bool(place.path or place.query)
        return bool(place.handle) and (source.id in platforms or not from_quote)
    return bool(place.host)


def _reach(
    source: Source, place: _Place | None
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], Mapping[str, str]]:
    """Hosts, path prefixes, free query keys and exact query values of a grant."""
    if place is None:
        return (), (), (), MappingProxyType({})
    bare = place.host.removeprefix("www.")
    own = () if not bare else (bare,) if bare.count(".") > 2 else (bare, f"www.{bare}")
    filled = [p for p in (_fill(t, place) for t in source.scope.path_prefixes) if p]
    hosts = [*own, *source.scope.hosts]
    prefixes = [*([place.path or "/"] if place.host else []), *filled]
    if not place.host and place.handle:
        hosts = [*source.hosts, *source.scope.hosts]
        prefixes = filled or [f"/{place.handle}"]
    exact = dict(place.query)
    for key, value in source.scope.query.items():
        given = _fill(value, place)
        if given:
            exact[key] = given
    return (
        tuple(dict.fromkeys(hosts)),
        tuple(dict.fromkeys(prefixes)),
        source.scope.query_keys,
        MappingProxyType(exact),
    )


def _fill(template: str, place: _Place) -> str:
    """A scope template with what the quotation gave; empty when a part of it was not given."""
    segments = place.path.strip("/").split("/")
    known = {
        "handle": place.handle,
        "path": place.path.strip("/"),
        "address": _opened(place),
        "id": segments[1] if len(segments) > 1 and segments[0] == "channel" else "",
    }
    if any(not known[hole] for hole in _HOLE.findall(template)):
        return ""
    return _HOLE.sub(lambda m: known[m.group(1)], template)


# --- the window -----------------------------------------------------------------------------

_RANGE = re.compile(
    r"(?i)\b(?:from\s+)?((?:19|20)\d\d)\s*(?:-|–|—|/|to|until|till|through)\s*((?:19|20)?\d\d)\b"
)
_SINCE = re.compile(r"(?i)\b(?:since|from|starting in)\s+(?:\w+\s+)?((?:19|20)\d\d)\b")
_MONTH = re.compile(
    r"(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+((?:19|20)\d\d)\b"
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def window(quote: str, slack: int) -> tuple[date | None, date | None]:
    """First and last day that the claim's own dates allow, `slack` days added at both ends.

    A stated range closes both ends, `since 2021` only the first. One date alone sets the first
    day only: a result of 2021 may well be reported later. Years before `_FIRST_POSTS` set nothing.
    """
    pad = timedelta(days=slack)
    if match := _RANGE.search(quote):
        first = int(match.group(1))
        last = int(match.group(2))
        last = last if last > 99 else first // 100 * 100 + last
        if first >= _FIRST_POSTS and last >= first:
            return date(first, 1, 1) - pad, date(last, 12, 31) + pad
        return None, None
    if match := _SINCE.search(quote):
        return _start(int(match.group(1)), 1, pad), None
    if match := _MONTH.search(quote):
        month = _MONTHS.index(match.group(1).lower()) + 1
        return _start(int(match.group(2)), month, pad), None
    if match := _YEAR.search(quote):
        return _start(int(match.group(1)), 1, pad), None
    return None, None


def _start(year: int, month: int, pad: timedelta) -> date | None:
    return date(year, month, 1) - pad if year >= _FIRST_POSTS else None


# --- the letter -----------------------------------------------------------------------------


def letter(
    pack: Pack, *, quote: str, source: Source, name: str, vacancy_title: str, school: str
) -> str:
    """The letter that asks the applicant where to look, or for the item itself."""
    contact = pack.policy.contacts["applicants"]
    reply_by = pack.policy.limits.reply_days
    if source.manner in {"page", "adapter", "manual"}:
        wanted = "Please send us the address of the page or account that you mean."
    else:
        wanted = "Please send us a copy, a link, or the page or programme where it appears."
    return "\n\n".join(
        (
            f"Dear {name},",
            f"Thank you for applying for the post of {vacancy_title} at {school}.",
            f"In your application you wrote:\n\n    “{quote.strip()}”",
            "We would like to see this for ourselves and do not want to look around for it. "
            + wanted
            + " We will look at that and at nothing else of yours.",
            f"You need not answer. If we hear nothing within {reply_by} days we shall ask you "
            "about it at interview instead; not answering is not held against you. You can also "
            "object to our looking.",
            f"Please reply to {contact.title}, {contact.address}.",
            "Yours sincerely,",
        )
    )
