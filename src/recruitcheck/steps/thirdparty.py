"""What comes back from an outside researcher: the report that answers an instruction.

It must carry the nonce of `instructions.py` back, and each of its items passes the same scope,
author, window and lens checks as a fetched page. The same report is taken in once. A report that
nobody asked for is sealed unread.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from recruitcheck.errors import BadInput, GrantError
from recruitcheck.records import Attempt, Grant, Item, Lookup, LookupKind, Sight
from recruitcheck.steps import declarations, instructions, lens, sight
from recruitcheck.steps.desk import Desk
from recruitcheck.steps.search import check_grant

_MAX_REPORT = 256 * 1024
_MAX_OUTSIDE = 3
_LONGEST = timedelta(seconds=2 * lens.SECONDS)
"""Within which a report comes to its result, reading and writing together."""


class ReportItem(msgspec.Struct, frozen=True):
    """One thing the researcher saw."""

    source: str
    url: str
    observed_at: str
    """As RFC 3339 writes it; a mere day will do."""
    method: str
    text: str
    author: str = ""
    published: str | None = None


class Report(msgspec.Struct, frozen=True):
    """What a researcher sends back."""

    grant: str
    nonce: str
    researcher: str
    declaration: str
    items: tuple[ReportItem, ...]


def report(desk: Desk, grant: str, data: bytes) -> Sight:
    """Take in the report that answers an instruction, through the same checks as any page.

    Raises:
        NotPermitted, GrantError: see `search.check_grant`; GrantError also where the nonce or the
            grant is another one: use `quarantine` for a report that nobody asked for.
        BadInput: not a report, or too large.
    """
    held = check_grant(desk, grant)
    if len(data) > _MAX_REPORT:
        raise BadInput("The report is too large.", "Ask the researcher for the passages alone.")
    answer = _read(data)
    if answer.grant != held.id or not held.nonce or answer.nonce != held.nonce:
        raise GrantError(
            "This report does not answer this instruction.",
            "Do not open it. Lock it away unread: Declare, “A report nobody asked for” "
            "(`recruitcheck declare report`).",
        )
    if not answer.declaration.strip():
        raise BadInput(
            "The researcher's declaration is missing.",
            "Ask for the signed sentence that no other page was opened and nobody was contacted.",
        )
    for item in answer.items:  # before anything is entered
        if not item.url.strip() or not item.text.strip():
            raise BadInput(
                "Something in the report has no address or no passage.",
                "Ask the researcher to complete it, or to leave it out.",
            )
        _moment(item.observed_at)
        _moment(item.published)
    return _take_in(desk, held, answer)


def _read(data: bytes) -> Report:
    """The report; also where somebody filled it in and sent the whole instruction back.

    Raises:
        BadInput: it is neither.
    """
    try:
        raw = msgspec.json.decode(data)
        if isinstance(raw, dict) and isinstance(whole := raw.get("instruction"), dict):
            raw = whole.get("report")
        return msgspec.convert(raw, Report)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(
            "This is not a report that recruitcheck can read.",
            "It must be the form that instruction.json holds under “report”, filled in.",
        ) from error


def _take_in(desk: Desk, held: Grant, answer: Report) -> Sight:
    """Pass the items through the checks and the lens; those of an earlier report are left out.

    A corrected report may follow the first, so items are compared and not files. A report with
    nothing new in it is refused whole, and the attempt is entered.
    """
    items = list(dict.fromkeys(answer.items))
    salt = secrets.token_bytes(32)
    lookup = replace(
        sight.begun(desk, held, LookupKind.THIRD_PARTY, address=""),
        salt=salt.hex(),
        marks=tuple(_mark(salt, item) for item in items),
    )
    earlier: list[Lookup] = []

    def before() -> None:
        earlier[:] = _earlier(desk, held)

    with sight.opened(desk, lookup, before=before):
        new = [item for item in items if not any(_holds(one, item) for one in earlier)]
        if earlier and not new:
            return sight.finish(desk, held, lookup, _again(earlier[-1]), mark="")
        run, outside = _checked(held, new)
        seen = sight.finish(
            desk, held, lookup, run, mark=f"reported by {instructions.asked(desk, held)}"
        )
    if outside > _MAX_OUTSIDE:
        declarations.researcher_strayed(desk, held, outside)
    return seen


def _again(earlier: Lookup) -> sight.Run:
    """What a report with nothing new in it comes to."""
    message = (
        f"This report was taken in already, on {earlier.at:%-d %B %Y} ({earlier.id}). "
        "It was not taken in a second time."
        if earlier.outcome == "done"
        else "This report is being taken in at this moment, in another window. Look there."
    )
    attempt = Attempt(address="", outcome="refused", message="It was taken in already.")
    return sight.Run(attempts=[attempt], outcome="failed", message=message)


def _checked(held: Grant, reported: Sequence[ReportItem]) -> tuple[sight.Run, int]:
    """What passes the checks of the grant, and how many items do not.

    Where the instruction did not cover an item's place, the place is not repeated either: it
    could say more about the applicant than the claim does.
    """
    from recruitcheck.sources.address import covers

    run = sight.Run()
    outside = 0
    for one in reported:
        item = Item(
            url=sight.written_out(one.url),
            text=one.text,
            author=one.author,
            published=_moment(one.published),
            seen_at=_moment(one.observed_at),
        )
        found = sight.checked(held, item)
        run.items += found.items
        if found.outcome == "done":
            run.attempts += found.attempts
            continue
        outside += 1
        attempt = found.attempts[0] if covers(held, item.url) else _ELSEWHERE
        if attempt not in run.attempts:
            run.attempts.append(attempt)
    if reported and not run.items:
        run.outcome = "failed"
        run.message = "Nothing of this report was read: " + " ".join(
            attempt.message for attempt in run.attempts
        )
    return run, outside


_ELSEWHERE = Attempt(
    address="",
    outcome="refused",
    message="It speaks of a place that the instruction does not name.",
)


# --- the same report once more ------------------------------------------------------------------


def _earlier(desk: Desk, held: Grant) -> list[Lookup]:
    """Reports under this grant that were taken in, and those that another window is reading."""
    ended = {one.lookup.id: one.lookup for one in desk.all(Sight, case=held.applicant)}
    begun = [
        one
        for one in desk.all(Lookup, case=held.applicant)
        if one.grant == held.id and one.kind is LookupKind.THIRD_PARTY
    ]
    newest = [ended.get(one.id, one) for one in begun]
    return [one for one in newest if one.outcome == "done" or _being_read(desk, one)]


def _being_read(desk: Desk, lookup: Lookup) -> bool:
    """Whether it may still come to a result; one that a power cut ended must not stand for good."""
    return lookup.outcome == "started" and desk.now - lookup.at < _LONGEST


def _holds(earlier: Lookup, item: ReportItem) -> bool:
    return _mark(bytes.fromhex(earlier.salt), item) in earlier.marks


def _mark(salt: bytes, item: ReportItem) -> str:
    """A commitment to what an item says and where it stands, whenever and however it was seen."""
    said = [item.url, item.text, item.author, str(_moment(item.published))]
    return hmac.digest(salt, json.dumps(said).encode(), hashlib.sha256).hex()


def _moment(text: str | None) -> datetime | None:
    """A time of the report; None where there is none.

    Raises:
        BadInput: it cannot be read as one.
    """
    from recruitcheck.sources import items

    found = items.moment(text)
    if found is None and text:
        raise BadInput(
            "A day or time in the report cannot be read.",
            "Write it like 2026-03-31 or 2026-03-31T14:00:00Z.",
        )
    return found


def quarantine(desk: Desk, applicant: str, data: bytes) -> None:
    """Seal a report that nobody asked for, unread, to hr; it goes with the applicant's case.

    Raises:
        NotPermitted: not this person's step.
        NotFound: there is no such applicant.
        BadInput: too large to keep.
    """
    if len(data) > _MAX_REPORT:
        raise BadInput("The report is too large to keep.", "Return it to the sender unread.")
    declarations.unasked_report(desk, applicant, data)
