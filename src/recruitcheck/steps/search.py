"""Using a grant: a fetch, a manual observation, or an item the applicant supplied.

All of them end the same way. The text passes the item checks and the lens, which shows what bears
on the claim; what it shows is sealed to the holder and to hr, how much it withheld to hr alone,
and the rest is gone with the child process that read it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recruitcheck.errors import BadInput, GrantError, NotPermitted
from recruitcheck.records import (
    JUDGEMENTS,
    Applicant,
    Attempt,
    Claim,
    Draft,
    Evidence,
    Grant,
    Item,
    LookupKind,
    Passage,
    Sight,
    Withheld,
)
from recruitcheck.steps import budget, sight
from recruitcheck.steps.desk import Desk, box, new_id
from recruitcheck.steps.sight import Stop, Watcher

CONSTANT_SENTENCE = "Only passages that bear on the claim are shown. The rest was not kept."

_LONGEST_OBSERVATION = 4096
"""Characters; a few paragraphs, because somebody who pastes a whole page did not choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What somebody saw with their own eyes, outside the tool, and typed or pasted."""

    address: str
    text: str
    seen_on: date
    published: date | None = None
    author: str = ""
    public: bool = False
    """Visible to anyone, without an account."""
    not_logged_in: bool = False
    no_contact: bool = False
    """Nobody was followed, befriended or written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppliedItem:
    """What the applicant brought when asked: an export, a file or a text."""

    filename: str = ""
    data: bytes = b""
    text: str = ""
    address: str = ""
    published: date | None = None


def check_grant(desk: Desk, grant: str) -> Grant:
    """The grant, if its holder is at this desk and it may be used now.

    Raises:
        NotPermitted: somebody else holds it, the applicant objected, or it was taken back.
        GrantError: its time has not come or is over.
    """
    held = desk.get(Grant, grant)
    desk.demand("lookup", only=(held.holder,))
    if any(e.type == "grant-revoked" for e in desk.register.entries(subject=held.id)):
        raise NotPermitted(
            "This permission was taken back.", "Ask for the search again if need be."
        )
    if desk.get(Applicant, held.applicant).objected_on:
        raise NotPermitted(
            "The applicant has objected to searching.",
            "HR answers the objection first; where it was upheld, nothing is looked at any more.",
        )
    if held.not_before and desk.now < held.not_before:
        raise GrantError("This permission is not open yet.", "Wait until its first hour.")
    if held.not_after and desk.now >= held.not_after:
        raise GrantError(
            "This permission has expired.", "If the check is still needed, ask for it again."
        )
    return held


def places(desk: Desk, grant: Grant) -> tuple[str, ...]:
    """Where a person may look under a grant: its addresses, or the accounts that it names."""
    source = desk.pack.sources[grant.source]
    if grant.addresses or source.manner in ("page", "adapter"):
        return grant.addresses or grant.hosts
    prefixes = (prefix.rstrip("/") for prefix in grant.path_prefixes)
    return tuple(f"https://{host}{prefix}" for host in grant.hosts[:1] for prefix in prefixes)


def look_up(
    desk: Desk, grant: str, *, progress: Watcher | None = None, stop: Stop | None = None
) -> Sight:
    """Fetch what the grant names and show what bears on the claim.

    The lookup is entered before anything leaves. A source that fails, refuses or is stopped
    leaves its entry and has spent its budget; what was read before is still shown, and the rest
    can be tried again within what is left.

    Raises:
        NotPermitted, GrantError: see `check_grant`.
        BadInput: this source cannot be asked by a program.
    """
    held = check_grant(desk, grant)
    source = desk.pack.sources[held.source]
    if source.manner not in ("page", "adapter"):
        raise BadInput(
            f"{source.title} cannot be asked by a program.",
            "Look at it yourself and type or paste what bears on the claim, or ask the applicant.",
        )
    if not held.hosts:
        raise BadInput(
            "The claim names no address, so there is nowhere to look.",
            "Send the applicant the letter that asks for it.",
        )
    if budget.left(desk, held).requests == 0:
        raise GrantError(
            "This permission has no requests left.",
            "Finish with what was found, or ask again with a reason.",
        )
    lookup = sight.begun(desk, held, LookupKind.FETCH, address=", ".join(held.addresses))
    run = sight.Run()
    with sight.opened(desk, lookup, run=run):
        sight.collect(desk, held, source.adapter or "page", run, progress=progress, stop=stop)
        return sight.finish(desk, held, lookup, run, mark="", progress=progress)


def observe(desk: Desk, grant: str, seen: Observation) -> Sight:
    """Pass what a person saw through the same scope, date and lens checks as a fetched page.

    Raises:
        NotPermitted, GrantError: see `check_grant`; GrantError also where the observation lies
            outside the grant: it is then refused whole.
        BadInput: a confirmation is missing, or the text is empty or longer than a passage may be.
    """
    held = check_grant(desk, grant)
    source = desk.pack.sources[held.source]
    if source.manner == "typed_finding":
        raise BadInput(
            f"Nothing may be copied from {source.title}.",
            "Record in a few words whether you saw the claimed fact there, and when.",
        )
    if not (seen.public and seen.not_logged_in and seen.no_contact):
        raise BadInput(
            "Confirm that the page is public, that you were not logged in, and that nobody was "
            "contacted.",
            "If you cannot confirm all three, do not record the observation; ask the applicant.",
        )
    if not seen.text.strip() or len(seen.text) > _LONGEST_OBSERVATION:
        raise BadInput(
            f"Paste between 1 and {_LONGEST_OBSERVATION:,} characters.",
            "Only the part that bears on the claim.",
        )
    if seen.seen_on > desk.today:
        raise BadInput("The day of the observation lies in the future.", "Check the date.")
    lookup = sight.begun(desk, held, LookupKind.OBSERVATION, address=seen.address)
    item = Item(
        url=sight.written_out(seen.address),
        text=seen.text,
        author=seen.author,
        published=sight.midnight(seen.published),
        seen_at=sight.midnight(seen.seen_on),
    )
    with sight.opened(desk, lookup):
        run = sight.checked(held, item)
        return sight.finish(desk, held, lookup, run, mark="observed by a person")


def typed(desk: Desk, grant: str, *, fact: str, seen: bool, seen_on: date, address: str) -> Sight:
    """Record that a fact of the claim was, or was not, seen at a source nothing may be copied from.

    Raises:
        NotPermitted, GrantError: see `check_grant`.
        BadInput: the fact is not part of the claim.
    """
    held = check_grant(desk, grant)
    claim = desk.get(Claim, held.claim)
    from recruitcheck.rules import claims
    from recruitcheck.sources import address as addresses

    if claims.find_quote(claim.quote, fact) is None:
        raise BadInput(
            "The fact is not part of the claim.", "Choose words of the claim that you looked for."
        )
    lookup = sight.begun(desk, held, LookupKind.OBSERVATION, address=address)
    run = sight.Run(attempts=[Attempt(address=address, outcome="answered")])
    address = sight.written_out(address)
    words = "The source states" if seen else "The source does not state"
    passage = Passage(
        id=new_id("S"),
        lookup=lookup.id,
        text=f"{words}: “{fact.strip()}”",
        address=address,
        source=held.source,
        seen_at=sight.midnight(seen_on),
        mark="typed by the observer",
    )
    nothing = Withheld(lookup=lookup.id, unrelated=0, personal=0)
    with sight.opened(desk, lookup):
        if why := addresses.allowed(held, address):
            return sight.finish(desk, held, lookup, sight.refused(address, why), mark="")
        return sight.enter_sight(desk, lookup, run, passages=(passage,), withheld=nothing)


def supplied(desk: Desk, grant: str, item: SuppliedItem) -> Sight:
    """Pass what the applicant brought through the same date and lens checks.

    Raises:
        NotPermitted, GrantError: see `check_grant`.
        BadInput: there is nothing in it; DocumentError where the file cannot be read.
    """
    held = check_grant(desk, grant)
    text = item.text
    if item.data:
        from recruitcheck import documents

        text = documents.read(item.data, item.filename).text
    if not text.strip():
        raise BadInput("There is no text in what was supplied.", "Add a file or paste the text.")
    lookup = sight.begun(desk, held, LookupKind.SUPPLIED, address=item.address)
    place = sight.written_out(item.address)
    given = Item(url=place, text=text, author="", published=sight.midnight(item.published))
    with sight.opened(desk, lookup):
        run = sight.checked(held, given, from_applicant=True)
        return sight.finish(desk, held, lookup, run, mark="supplied by the applicant")


def keep(desk: Desk, sight: Sight, judgements: Sequence[str]) -> Evidence:
    """Keep the passages of a lookup as evidence, each with the holder's judgement.

    Every passage is committed to under a salt of its own, so that one can be shown and proved
    without the others, and nothing can be guessed once the salts are destroyed.

    Raises:
        NotPermitted: somebody else holds the grant.
        BadInput: a passage has no judgement, or there is nothing to keep.
    """
    held = desk.get(Grant, sight.lookup.grant)
    desk.demand("evidence.keep", only=(held.holder,))
    stored = desk.get(Sight, sight.lookup.id)
    if not stored.passages:
        raise BadInput("There is no passage to keep.", "Record the finding without evidence.")
    if len(judgements) != len(stored.passages) or set(judgements) - set(JUDGEMENTS):
        raise BadInput(
            "Every passage needs a judgement: supports, contradicts or neither.",
            "Judge the passages one after the other.",
        )
    from recruitcheck.rules import capture

    salts = tuple(secrets.token_bytes(32) for _ in stored.passages)
    sealed = capture.commit([p.text for p in stored.passages], salts)
    evidence = Evidence(
        id=new_id("E"),
        applicant=held.applicant,
        claim=held.claim,
        grant=held.id,
        passages=stored.passages,
        judgements=tuple(judgements),
        commitments=sealed.commitments,
        salts=tuple(salt.hex() for salt in salts),
        root=sealed.root,
        at=desk.now,
        by=desk.me.id,
    )
    desk.enter(
        Draft(
            type="evidence-kept",
            subject=evidence.id,
            case=held.applicant,
            refs=(held.id, sight.lookup.id),
            boxes={f"lookup:{held.id}": box(evidence)},
        )
    )
    return evidence
