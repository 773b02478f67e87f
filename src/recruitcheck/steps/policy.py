"""Changing the policy pack of a register: compare, replay, propose, adopt.

A pack is a folder of files; a register knows it by its digest. One person proposes a changed pack
and another adopts it, each with an entry of their own, so no single person can loosen a rule. Old
decisions stay under the pack they were made with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from recruitcheck.errors import BadInput, Destroyed, NotFound, NotPermitted, Sealed
from recruitcheck.records import (
    Applicant,
    Claim,
    Decision,
    Document,
    Draft,
    Justification,
    Person,
    PolicyChange,
    Vacancy,
    Verdict,
)
from recruitcheck.rules import decide, grounds, policytools, screen
from recruitcheck.rules.patterns import Act
from recruitcheck.rules.policytools import Change, Replayed
from recruitcheck.rules.question import Question
from recruitcheck.steps import equality, packplace, reading
from recruitcheck.steps.desk import WHERE, Desk, box, new_id

R = TypeVar("R")

_STAFF = ("staff",)


def in_force(desk: Desk) -> str:
    """Digest of the pack this register has adopted; empty for none."""
    digest = ""
    for entry in desk.register.entries(type="policy-set"):
        digest = str(entry.facts.get("digest", ""))
    return digest


def demand_in_force(desk: Desk) -> None:
    """Refuse to decide under a pack that two people have not adopted.

    Raises:
        NotPermitted: the files differ from the adopted pack.
    """
    if in_force(desk) != desk.pack.digest:
        raise NotPermitted(
            "The policy files have changed and the change is not adopted yet.",
            "HR proposes the files under Papers, Compare policies; an equality reviewer or another "
            "member of HR adopts them. After an upgrade that is expected; else tell HR.",
        )


def compare(desk: Desk, folder: Path) -> tuple[Change, ...]:
    """What a pack in another folder would change, key by key.

    Raises:
        PolicyError: the other pack is unusable.
    """
    return policytools.compare(desk.pack, grounds.load(grounds.find_folder(folder)))


def replay(desk: Desk, folder: Path) -> tuple[Replayed, ...]:
    """Decide all old requests again under another pack; nothing is recorded.

    Each is put as it was then: the vacancy and the applicant in the version of that moment.

    Raises:
        NotPermitted: only those who may propose a pack.
        PolicyError: the other pack is unusable.
    """
    desk.demand("policy.propose")
    pack = grounds.load(grounds.find_folder(folder))
    screener = screen.compiled(pack.refusals)
    return tuple(policytools.replay(_old(desk), pack, screener))


def propose(desk: Desk, folder: Path, why: str) -> PolicyChange:
    """Propose the pack in a folder.

    Raises:
        NotPermitted: only HR.
        PolicyError: the pack is unusable, with every mistake in it.
        BadInput: no reason, or it is the pack in force.
    """
    desk.demand("policy.propose")
    pack = grounds.load_whole(grounds.find_folder(folder), desk.today)
    if not why.strip():
        raise BadInput("Say why the policy changes.", "A sentence for those who read it later.")
    if pack.digest == in_force(desk):
        raise BadInput("This is the pack in force already.", "Change its files first.")
    made = PolicyChange(
        id=new_id("Z"),
        digest=pack.digest,
        version=pack.policy.version,
        why=why.strip(),
        proposed_by=desk.me.id,
        at=desk.now,
    )
    desk.enter(
        Draft(
            type="policy-proposed",
            subject=made.id,
            facts={"digest": made.digest},
            boxes={"staff": box(made)},
        )
    )
    return made


def adopt(desk: Desk, proposal: str, folder: Path) -> PolicyChange:
    """Adopt a proposed pack; somebody else than who proposed it, looking at the same files.

    The files are put in place where that can be done; they hold from the next unlocking.

    Raises:
        NotPermitted: whoever proposed it, or neither HR nor an equality reviewer.
        NotFound: there is no such proposal.
        BadInput: the files differ from those proposed, or it is settled already.
    """
    try:
        held = reading.one(desk, PolicyChange, "policy-proposed", _STAFF, proposal)
    except NotFound:
        waiting = ", ".join(f"{one.id} of {one.at:%-d %B %Y}" for one in proposals(desk))
        raise NotFound(
            f"There is no proposal {proposal!r} here.",
            f"Waiting for a second person: {waiting or 'none'}.",
        ) from None
    desk.demand("policy.adopt", made_by=(held.proposed_by,))
    pack = grounds.load_whole(grounds.find_folder(folder), desk.today)
    if pack.digest != held.digest:
        raise BadInput(
            "These files are not the ones that were proposed.",
            "Look at the proposed folder, or propose these files.",
        )
    if held.id not in {one.id for one in proposals(desk)}:
        raise BadInput("This proposal is settled already.", "Propose the pack again.")
    made = replace(held, adopted_by=desk.me.id, adopted_at=desk.now)
    desk.enter(
        Draft(
            type="policy-set",
            subject=held.id,
            refs=(held.id, held.proposed_by),
            facts={"digest": pack.digest},
            boxes={"staff": box(made)},
        )
    )
    packplace.put(str(desk.register.where), folder)
    return made


def proposals(desk: Desk) -> tuple[PolicyChange, ...]:
    """Proposals waiting for a second person; one adopted later settles those before it."""
    settled = -1
    for entry in desk.register.entries(type="policy-set"):
        settled = entry.seq
    return tuple(
        record
        for entry, record in reading.versions(desk, PolicyChange, "policy-proposed", _STAFF)
        if entry.seq > settled
    )


def warnings(desk: Desk) -> tuple[str, ...]:
    """What HR should hear about the pack at every unlock."""
    policy = desk.pack.policy
    found = []
    if policy.review_due < desk.today:
        found.append(f"The policy pack was due for review on {policy.review_due:%-d %B %Y}.")
    if in_force(desk) != desk.pack.digest:
        found.append("The policy files have changed and the change is not adopted yet.")
    return tuple(found)


# --- old requests as they were put ----------------------------------------------------------------


def _old(desk: Desk) -> Iterator[tuple[str, Verdict, Question]]:
    people = {person.id: person for person in desk.register.people()}
    acts = equality.acts(desk)
    verdicts = {decision.justification: decision.verdict for decision in desk.all(Decision)}
    for justification in desk.all(Justification):
        if justification.id not in verdicts:
            continue
        try:
            question = _question(desk, justification, people, acts)
        except (NotFound, Sealed, Destroyed):
            continue
        yield justification.id, verdicts[justification.id], question


def _question(
    desk: Desk, asked: Justification, people: Mapping[str, Person], acts: Sequence[Act]
) -> Question:
    """A request as the gate saw it then; `acts` are all that were ever made."""
    seq = next(entry.seq for entry in desk.register.entries(subject=asked.id))
    claim = desk.get(Claim, asked.claim)
    applicant = _as_of(desk, Applicant, asked.applicant, seq)
    act = next((one for one in acts if one.id == asked.id), None)
    return decide.ask(
        desk.pack,
        desk.screener,
        vacancy=_as_of(desk, Vacancy, applicant.vacancy, seq),
        applicant=applicant,
        document=desk.get(Document, claim.document),
        claim=claim,
        justification=asked,
        holder=people.get(asked.holder),
        by=people.get(asked.by),
        now=asked.at or desk.now,
        own=[one for one in acts if act and one.by == asked.by and one.at < act.at],
        act=act,
        applicants=sum(
            applicant.vacancy in entry.refs
            for entry in desk.register.entries(type="applicant-added")
            if entry.seq < seq
        ),
    )


def _as_of(desk: Desk, kind: type[R], id: str, seq: int) -> R:
    """The version of a record that stood when an entry was made."""
    types, boxes = WHERE[kind]
    for entry in desk.register.entries(subject=id, reverse=True):
        if entry.seq < seq and entry.type in types:
            return desk.open(kind, entry, boxes)
    raise NotFound(f"There was no record {id!r} then.", "It may have been destroyed.")
