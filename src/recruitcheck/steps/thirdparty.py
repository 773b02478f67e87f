"""Somebody outside looks: the instruction that goes out, and the report that comes back.

Section 7 of the policy holds third parties to the same limit. The instruction is an export of the
grant, signed by its holder, with a nonce and a plain letter; the report must carry the nonce back
and each of its items passes the same scope, author, window and lens checks as a fetched page. A
report that nobody asked for is sealed unread.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from recruitcheck.errors import BadInput, Destroyed, GrantError, Sealed
from recruitcheck.records import (
    Attempt,
    Claim,
    Decision,
    Draft,
    Grant,
    Item,
    Justification,
    Lookup,
    LookupKind,
    Sight,
)
from recruitcheck.rules.words import plain
from recruitcheck.steps import declarations, sight
from recruitcheck.steps.desk import Desk, new_id
from recruitcheck.steps.search import check_grant

FORMAT = "recruitcheck instruction 1"

NEVER = (
    "anything about health, disability, pregnancy, family, partner, religion or belief, politics, "
    "union, ethnicity, nationality, age, sex, gender or sexual orientation",
    "pictures, follower lists, likes, comments, friends, relatives or colleagues",
    "any account, page or address that is not named below",
    "logging in, following, befriending or writing to anyone",
)

_MAX_REPORT = 256 * 1024
_MAX_OUTSIDE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """What goes to the researcher: a signed file for programs and a letter for people."""

    file: bytes
    letter: str


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


def instruct(desk: Desk, grant: str, researcher: str) -> Instruction:
    """Write the instruction for an outside researcher; handing it over is an entry.

    Raises:
        NotPermitted, GrantError: see `search.check_grant`; GrantError also where the permission
            was given for one of us to look.
        BadInput: no researcher is named, or another one than the request named.
    """
    held = check_grant(desk, grant)
    if not researcher.strip():
        raise BadInput(
            "Name the researcher.", "The instruction is addressed to one person or firm."
        )
    if not held.nonce:
        raise GrantError(
            "This permission was given for one of us to look.",
            "Ask again and name the outside researcher in the request (`justify --third-party`).",
        )
    named = asked(desk, held)
    if plain(named) != plain(researcher):
        raise BadInput(
            f"The request was to have {named} look.",
            "Address the instruction to them, or ask again.",
        )
    quote = desk.get(Claim, held.claim).quote
    body: dict[str, Any] = {
        "format": FORMAT,
        "grant": held.id,
        "nonce": held.nonce,
        "researcher": researcher.strip(),
        "claim": quote,
        "source": held.source,
        "addresses": list(held.addresses),
        "handles": list(held.handles),
        "words": list(held.terms),
        "since": held.since.isoformat() if held.since else None,
        "until": held.until.isoformat() if held.until else None,
        "expires": held.not_after.isoformat() if held.not_after else None,
        "never": list(NEVER),
        "report": _form(held, researcher.strip()),
    }
    text = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    signature, key = desk.register.sign(b"recruitcheck instruction v1\n" + text)
    file = json.dumps(
        {"instruction": body, "key": key, "signature": signature}, ensure_ascii=False, indent=1
    ).encode()
    desk.enter(
        Draft(
            type="disclosure",
            subject=new_id("O"),
            case=held.applicant,
            refs=(held.id,),
            facts={"kind": "instruction"},
            boxes={"case": text},
        )
    )
    return Instruction(file=file, letter=_letter(desk, held, quote, researcher.strip()))


def write(made: Instruction, folder: Path) -> None:
    """Write the letter and the file into a folder; only this account can read them.

    Raises:
        RegisterError: the system refuses; it names the file.
    """
    from recruitcheck.vault import files

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in (("instruction.json", made.file), ("letter.txt", made.letter.encode())):
        with files.replacing(folder / name, outside=True) as descriptor:
            files.write_all(descriptor, content)


def _demand_named(desk: Desk, grant: Grant, researcher: str) -> None:
    """Refuse an instruction to anybody but the researcher whom the request named."""
    if not researcher.strip():
        raise BadInput(
            "Name the researcher.", "The instruction is addressed to one person or firm."
        )
    if not grant.nonce:
        raise GrantError(
            "This permission was given for one of us to look.",
            "Ask again and name the outside researcher in the request (`justify --third-party`).",
        )
    asked = desk.get(Justification, desk.get(Decision, grant.decision).justification).third_party
    if plain(asked) != plain(researcher):
        raise BadInput(
            f"The request was to have {asked} look.",
            "Address the instruction to them, or ask again.",
        )


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
    try:
        answer = msgspec.json.decode(data, type=Report)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(
            "This is not a report that recruitcheck can read.",
            "It must be the form that instruction.json holds under “report”, filled in.",
        ) from error
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
    for item in answer.items:
        _moment(item.observed_at), _moment(item.published)  # before anything is entered
    return _take_in(desk, held, answer)


def _take_in(desk: Desk, held: Grant, answer: Report) -> Sight:
    """Pass the items through the checks and the lens; those of an earlier report are left out.

    A corrected report may follow the first, so items are compared and not files. A report with
    nothing new in it is refused whole, and the attempt is entered.
    """
    earlier = _earlier(desk, held)
    new = [
        item
        for item in dict.fromkeys(answer.items)
        if not any(_holds(one, item) for one in earlier)
    ]
    lookup = sight.enter_lookup(desk, held, LookupKind.THIRD_PARTY, address="")
    if earlier and not new:
        again = sight.Run(
            attempts=[Attempt(address="", outcome="refused", message="It was taken in already.")],
            outcome="failed",
            message=f"This report was taken in already, on {earlier[-1].at:%-d %B %Y} "
            f"({earlier[-1].id}). It was not taken in a second time.",
        )
        return sight.finish(desk, held, lookup, again, mark="")
    run, outside = _checked(held, new)
    salt = secrets.token_bytes(32)
    lookup = replace(lookup, salt=salt.hex(), marks=tuple(_mark(salt, item) for item in new))
    seen = sight.finish(desk, held, lookup, run, mark=f"reported by {asked(desk, held)}")
    if outside > _MAX_OUTSIDE:
        declarations.researcher_strayed(desk, held, outside)
    return seen


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
            url=one.url,
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
        attempt = found.attempts[0] if covers(held, one.url) else _ELSEWHERE
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
    """Reports under this grant that were taken in."""
    return [
        one.lookup
        for one in desk.all(Sight, case=held.applicant)
        if one.lookup.grant == held.id
        and one.lookup.kind is LookupKind.THIRD_PARTY
        and one.lookup.outcome == "done"
    ]


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


def researchers(desk: Desk, applicant: str | None = None) -> tuple[tuple[datetime, str], ...]:
    """When who was instructed to look, about one applicant or about any, as far as one may read."""
    found: list[tuple[datetime, str]] = []
    for entry in desk.register.entries(type="disclosure", case=applicant):
        if entry.facts.get("kind") == "instruction":
            with suppress(Sealed, Destroyed):
                body = json.loads(desk.register.read(entry, "case"))
                found.append((entry.at, str(body["researcher"])))
    return tuple(found)


def asked(desk: Desk, held: Grant) -> str:
    """The outside researcher whom the request names."""
    return desk.get(Justification, desk.get(Decision, held.decision).justification).third_party


def _form(held: Grant, researcher: str) -> dict[str, Any]:
    """The report to be filled in and sent back; `Report` reads it."""
    return {
        "grant": held.id,
        "nonce": held.nonce,
        "researcher": researcher,
        "declaration": "",
        "items": [
            {
                "source": held.source,
                "url": "",
                "observed_at": "",
                "method": "",
                "text": "",
                "author": "",
                "published": None,
            }
        ],
    }


def _letter(desk: Desk, grant: Grant, quote: str, researcher: str) -> str:
    host = grant.hosts[0] if grant.hosts else ""
    named = [f"https://{host}/{handle}" if host else handle for handle in grant.handles]
    where = list(grant.addresses) or named or ["nowhere else than the source named above"]
    until = f"{grant.not_after.astimezone(UTC):%-d %B %Y, %H:%M} UTC" if grant.not_after else "-"
    window = f" from {grant.since}" if grant.since else ""
    window += f" to {grant.until}" if grant.until else ""
    contact = desk.pack.policy.contacts["hr"]
    return "\n\n".join(
        (
            f"{desk.settings().organisation}, {desk.today:%-d %B %Y}",
            f"To {researcher}",
            "Please check one claim that an applicant made:",
            f"    “{quote}”",
            f"You may look at this source: {desk.pack.sources[grant.source].title}. Only here:",
            "\n".join(f"  - {place}" for place in where),
            *((f"Only what was published{window}.",) if window else ()),
            f"You may look until {until}.",
            "You may never look for or report:",
            "\n".join(f"  - {rule}" for rule in NEVER),
            "If you cannot look without that, do not look, and tell us so.",
            "Send back the report that the file instruction.json holds under “report”, filled in: "
            "your declaration that you opened nothing else and contacted nobody, and for each item "
            "its address, when and how you saw it, the passage, its author, and the day it was "
            "published. Write times like 2026-03-31T14:00:00Z. Leave grant "
            f"{grant.id} and nonce {grant.nonce} as they are. If you found nothing, leave the list "
            "of items empty. Then delete what you hold.",
            f"Questions: {contact.title}, {contact.address}.",
        )
    )
