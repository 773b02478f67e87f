"""Somebody outside is to look: the instruction that goes out, and who was ever given one.

Section 7 of the policy holds third parties to the same limit. The instruction is an export of the
grant, signed by its holder, with a nonce, the form of the report and a plain letter;
`thirdparty.py` takes in what comes back.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from recruitcheck.errors import BadInput, Destroyed, GrantError, NotFound, Sealed
from recruitcheck.records import Claim, Decision, Draft, Grant, Justification, Referral
from recruitcheck.rules.words import plain
from recruitcheck.steps.desk import Desk, new_id
from recruitcheck.steps.search import check_grant, places

FORMAT = "recruitcheck instruction 1"

NEVER = (
    "anything about health, disability, pregnancy, family, partner, religion or belief, politics, "
    "union, ethnicity, nationality, age, sex, gender or sexual orientation",
    "pictures, follower lists, likes, comments, friends, relatives or colleagues",
    "any account, page or address that this instruction does not name",
    "logging in, following, befriending or writing to anyone",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """What goes to the researcher: a signed file for programs and a letter for people."""

    file: bytes
    letter: str


def instruct(desk: Desk, grant: str, researcher: str) -> Instruction:
    """Write the instruction for an outside researcher; handing it over is an entry.

    Raises:
        NotPermitted, GrantError: see `search.check_grant`; GrantError also where the permission
            was given for one of us to look.
        BadInput: no researcher is named, or another one than the request named; or the claim
            names nowhere to look.
    """
    held = check_grant(desk, grant)
    _demand_named(desk, held, researcher)
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
    for name, content in (
        ("instruction.json", made.file),
        ("letter.txt", f"{made.letter}\n".encode()),
    ):
        with files.replacing(folder / name, outside=True) as descriptor:
            files.write_all(descriptor, content)


def asked(desk: Desk, held: Grant) -> str:
    """The outside researcher whom the request names."""
    basis: Decision | Referral
    try:
        basis = desk.get(Decision, held.decision)
    except NotFound:  # the permission rests on what a reviewer decided
        basis = desk.get(Referral, held.decision)
    return desk.get(Justification, basis.justification).third_party


def researchers(desk: Desk, applicant: str | None = None) -> tuple[tuple[datetime, str], ...]:
    """When who was instructed to look, about one applicant or about any, as far as one may read."""
    found: list[tuple[datetime, str]] = []
    for entry in desk.register.entries(type="disclosure", case=applicant):
        if entry.facts.get("kind") == "instruction":
            with suppress(Sealed, Destroyed):
                body = json.loads(desk.register.read(entry, "case"))
                found.append((entry.at, str(body["researcher"])))
    return tuple(found)


def _demand_named(desk: Desk, grant: Grant, researcher: str) -> None:
    """Refuse an instruction to anybody but the researcher whom the request named."""
    if not researcher.strip():
        raise BadInput(
            "Name the researcher.", "The instruction is addressed to one person or firm."
        )
    if not grant.hosts:
        raise BadInput(
            "The claim names no address, so there is nowhere to look.",
            "Send the applicant the letter that asks for it.",
        )
    if not grant.nonce:
        raise GrantError(
            "This permission was given for one of us to look.",
            "Ask again and name the outside researcher in the request (`justify --third-party`).",
        )
    named = asked(desk, grant)
    if plain(named) != plain(researcher):
        raise BadInput(
            f"The request was to have {named} look.",
            "Address the instruction to them, or ask again.",
        )


def _form(held: Grant, researcher: str) -> dict[str, Any]:
    """The report to be filled in and sent back; `thirdparty.Report` reads it."""
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
    where = places(desk, grant) or ("nowhere else than the source named above",)
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
            f"You may look at this source: {desk.pack.sources[grant.source].title}. "
            "Only here, and on pages below it:",
            "\n".join(f"  - {place}" for place in where),
            *((f"Only what was published{window}.",) if window else ()),
            f"You may look until {until}.",
            "You may never look for or report:",
            "\n".join(f"  - {rule}" for rule in NEVER),
            "If you cannot look without that, do not look, and tell us so.",
            "Send back the report that the file instruction.json holds under “report”, filled in: "
            "your declaration that you opened nothing else and contacted nobody, and for each item "
            "its address, when and how you saw it, the passage, its author, and the day it was "
            "published. Write days like 2026-03-31. Leave the codes "
            f"{grant.id} (grant) and {grant.nonce} (nonce) as they are. If you found nothing, "
            "leave the list of items empty. Then delete what you hold.",
            f"Questions: {contact.title}, {contact.address}.",
        )
    )
