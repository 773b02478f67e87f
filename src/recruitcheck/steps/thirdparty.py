"""Somebody outside looks: the instruction that goes out, and the report that comes back.

Section 7 of the policy holds third parties to the same limit. The instruction is an export of the
grant, signed by its holder, with a nonce and a plain letter; the report must carry the nonce back
and each of its items passes the same scope, author, window and lens checks as a fetched page. A
report that nobody asked for is sealed unread.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from recruitcheck.errors import BadInput, Destroyed, GrantError, Sealed
from recruitcheck.records import Claim, Decision, Draft, Grant, Item, Justification, Sight
from recruitcheck.rules.words import plain
from recruitcheck.steps import declarations
from recruitcheck.steps.desk import Desk, new_id
from recruitcheck.steps.search import check_grant, take_report

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
    observed_at: datetime
    method: str
    text: str
    author: str = ""
    published: datetime | None = None


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
    asked = desk.get(Justification, desk.get(Decision, held.decision).justification).third_party
    if plain(asked) != plain(researcher):
        raise BadInput(
            f"The request was to have {asked} look.",
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
            "It must be the JSON file that the instruction describes.",
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
    items = tuple(
        Item(url=i.url, text=i.text, author=i.author, published=i.published) for i in answer.items
    )
    sight = take_report(desk, held, items, answer.researcher)
    outside = sum(1 for attempt in sight.attempts if attempt.outcome == "refused")
    if outside > _MAX_OUTSIDE:
        declarations.researcher_strayed(desk, held, outside)
    return sight


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
            f"Send back the JSON report with grant {grant.id} and nonce {grant.nonce}, your "
            "declaration that you opened nothing else and contacted nobody, and for each item the "
            "source, address, time, method and the passage. Then delete what you hold.",
            f"Questions: {contact.title}, {contact.address}.",
        )
    )
