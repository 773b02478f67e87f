"""Finding, reply, panel line: what the evidence says, heard with the applicant, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from recruitcheck.errors import BadInput, NotPermitted
from recruitcheck.records import (
    Applicant,
    Claim,
    Draft,
    Evidence,
    Finding,
    Grant,
    PanelLine,
    Reply,
    ReplyState,
    Result,
    Sight,
    Vacancy,
    Weight,
)
from recruitcheck.steps import declarations
from recruitcheck.steps.desk import Desk, box, new_id

_PANEL_WORDS = {
    Result.CONFIRMED: "A claim in the application was checked and is confirmed.",
    Result.CONTRADICTED: (
        "A claim in the application was checked and is contradicted; the applicant was invited to "
        "reply and the reply was weighed."
    ),
    Result.NOT_FOUND: "A claim in the application was checked; nothing was found, which counts for "
    "nothing.",
    Result.UNCLEAR: "A claim in the application was checked; the result is unclear and counts for "
    "nothing.",
}
_UNANSWERED_WORDS = (
    "A claim in the application was checked and is contradicted; the applicant was invited to "
    "reply and no reply came."
)
_WEIGHED_WORDS = {
    Weight.DIFFERS: _PANEL_WORDS[Result.CONTRADICTED],
    Weight.SETTLED: (
        "A claim in the application was checked; a difference was put to the applicant, whose "
        "answer explains it, so it is not contradicted."
    ),
    Weight.OPEN: _PANEL_WORDS[Result.UNCLEAR],
}


def record(
    desk: Desk,
    *,
    claim: str,
    grant: str,
    result: Result,
    identity: str = "",
    evidence: Sequence[str] = (),
    note: str = "",
) -> Finding:
    """Record what the evidence says of the claim.

    A finding other than "not found" rests on kept evidence and on something the applicant
    supplied by which it is the same person (an address, a handle, a title). A page without a
    date cannot alone contradict.

    Raises:
        NotPermitted: somebody else holds the grant, or this person is barred from the decision.
        BadInput: no evidence, no identity match, only undated evidence for a contradiction, or
            "not found" where the last look was stopped or its page could not be read.
    """
    held = desk.get(Grant, grant)
    desk.demand("finding.record", only=(held.holder,))
    if held.claim != claim:
        raise BadInput("This permission was given for another claim.", "Choose the claim it names.")
    kept = _kept(desk, held, evidence)
    declarations.demand_unbarred(desk, held.applicant)
    if result is not Result.NOT_FOUND:
        _demand_borne_out(desk, held, result, identity, kept)
    elif _unread(desk, held):
        raise BadInput(
            "The last look was not completed, so nothing can be said yet.",
            "Look again within what is left of the permission, or record “unclear”.",
        )
    finding = Finding(
        id=new_id("F"),
        applicant=held.applicant,
        claim=claim,
        grant=held.id,
        result=result,
        identity=identity.strip(),
        evidence=tuple(evidence),
        note=note.strip(),
        by=desk.me.id,
        at=desk.now,
    )
    desk.enter(_entry(finding))
    return finding


def _entry(finding: Finding) -> Draft:
    return Draft(
        type="finding",
        subject=finding.id,
        case=finding.applicant,
        refs=(finding.claim, finding.grant, *finding.evidence),
        boxes={f"lookup:{finding.grant}": box(finding)},
    )


def _kept(desk: Desk, grant: Grant, evidence: Sequence[str]) -> tuple[Evidence, ...]:
    """The evidence a finding rests on, which was kept under the same grant."""
    kept = tuple(desk.get(Evidence, id) for id in evidence)
    if any(e.grant != grant.id for e in kept):
        raise BadInput(
            "This evidence belongs to another permission.", "Choose evidence of this one."
        )
    return kept


def identities(desk: Desk, grant: str) -> tuple[str, ...]:
    """What the applicant supplied by which they can be recognised at the source.

    Addresses, handles and titles of the quote, and the accounts the applicant gave.
    """
    held = desk.get(Grant, grant)
    from recruitcheck.rules import claims

    found = claims.searchable(desk.get(Claim, held.claim).quote)
    given = desk.get(Applicant, held.applicant).accounts
    every = (*found.addresses, *found.hosts, *found.handles, *found.titles, *given)
    return tuple(dict.fromkeys(every))


def _demand_borne_out(
    desk: Desk, grant: Grant, result: Result, identity: str, kept: Sequence[Evidence]
) -> None:
    if not kept:
        raise BadInput(
            "A finding rests on kept passages.", "Keep the passages first, or record “not found”."
        )
    if identity.strip() not in identities(desk, grant.id):
        raise BadInput(
            "Say by what it is the same person: something the applicant supplied.",
            "An address, handle or title of the claim. A name alone is never enough; without a "
            "match, record “not found”.",
        )
    if result is Result.CONTRADICTED:
        against = [
            passage
            for evidence in kept
            for passage, judgement in zip(evidence.passages, evidence.judgements, strict=True)
            if judgement == "contradicts"
        ]
        if not against:
            raise BadInput(
                "No kept passage was judged to contradict the claim.",
                "Judge the passages again, or record another result.",
            )
        if all(passage.published is None for passage in against):
            raise BadInput(
                "Every passage that contradicts is of unknown date, and such a page cannot alone "
                "contradict.",
                "Record “unclear”, or ask the applicant.",
            )


def _unread(desk: Desk, grant: Grant) -> bool:
    """Whether the last look was stopped, or a page came that could not be read."""
    last = None
    for sight in desk.all(Sight, case=grant.applicant):
        if sight.lookup.grant == grant.id and (last is None or sight.lookup.at >= last.lookup.at):
            last = sight
    if last is None:
        return False
    came = bool(last.attempts) and last.attempts[-1].outcome == "answered"
    return last.lookup.outcome == "stopped" or (last.lookup.outcome == "failed" and came)


def invite_reply(desk: Desk, finding: str) -> tuple[Reply, str]:
    """Invite the applicant to reply before a contradiction may be used; returns the letter too.

    Raises:
        NotPermitted: neither the holder nor hr.
        BadInput: nothing was contradicted, or they were invited already.
    """
    held = desk.get(Finding, finding)
    desk.demand("reply.invite")
    if held.result is not Result.CONTRADICTED:
        raise BadInput(
            "This finding contradicts nothing, so there is nothing to reply to.",
            "Only a contradiction is put to the applicant; this finding can be told to the panel.",
        )
    if reply_to(desk, finding):
        raise BadInput(
            "The applicant was invited to reply already.", "Record the reply, or that none came."
        )
    reply = Reply(
        id=new_id("Y"),
        finding=held.id,
        applicant=held.applicant,
        state=ReplyState.INVITED,
        invited_on=desk.today,
        due_on=desk.today + timedelta(days=desk.pack.policy.limits.reply_days),
    )
    _enter_reply(desk, held, reply)
    return reply, reply_letter(desk, reply)


def reply_letter(desk: Desk, reply: Reply) -> str:
    """The letter that tells the applicant what was found and invites an answer (UK GDPR 5, 16)."""
    finding = desk.get(Finding, reply.finding)
    applicant = desk.get(Applicant, reply.applicant)
    vacancy = desk.get(Vacancy, applicant.vacancy)
    claim = desk.get(Claim, finding.claim)
    passages = [
        f"  “{passage.text}”\n  {passage.address or 'supplied item'}, "
        + (f"{passage.published:%-d %B %Y}" if passage.published else "date unknown")
        for id in finding.evidence
        for evidence in (desk.get(Evidence, id),)
        for passage, judgement in zip(evidence.passages, evidence.judgements, strict=True)
        if judgement == "contradicts"
    ]
    return "\n".join(
        (
            f"Dear {applicant.name},",
            "",
            f"Your application for {vacancy.title} at {vacancy.school} says:",
            "",
            f"  “{claim.quote}”",
            "",
            "We checked this claim, as our notice to applicants said we might. What we read does "
            "not seem to agree with it:",
            "",
            *passages,
            "",
            f"Nothing follows from this until you have had the chance to answer. Please reply by "
            f"{reply.due_on:%-d %B %Y}. You may correct us, explain, or send something that shows "
            "more. If you prefer not to reply, your application goes on and the panel is told that "
            "no reply came.",
            "",
            f"Yours sincerely,\n{desk.settings().organisation}",
        )
    )


def reply_to(desk: Desk, finding: str) -> Reply | None:
    """The reply that belongs to a finding, if one was invited."""
    held = desk.get(Finding, finding)
    for reply in desk.all(Reply, case=held.applicant):
        if reply.finding == finding:
            return reply
    return None


def record_reply(desk: Desk, reply: str, text: str) -> Reply:
    """Record what the applicant answered.

    Raises:
        NotPermitted: not this person's step, or the reply is closed.
        BadInput: the answer is empty.
    """
    desk.demand("reply.record")
    if not text.strip():
        raise BadInput("The reply is empty.", "Type or paste what the applicant wrote.")
    return _move(
        desk,
        reply,
        (ReplyState.INVITED, ReplyState.LAPSED, ReplyState.REPLIED),
        state=ReplyState.REPLIED,
        text=text.strip(),
        received_on=desk.today,
    )


def lapse(desk: Desk, reply: str) -> Reply:
    """Record that no reply came in time.

    Raises:
        NotPermitted: not this person's step.
        BadInput: the applicant still has time.
    """
    desk.demand("reply.record")
    held = desk.get(Reply, reply)
    if desk.today <= held.due_on:
        raise BadInput(
            f"The applicant has until {held.due_on:%-d %B %Y} to reply.",
            "Wait for the day after, or record the reply.",
        )
    return _move(desk, reply, (ReplyState.INVITED,), state=ReplyState.LAPSED)


def weigh(desk: Desk, reply: str, weighing: str, weight: Weight) -> Reply:
    """Record how the reply, or its absence, was weighed, and what came of it.

    Raises:
        NotPermitted: not this person's step.
        BadInput: nothing was written.
    """
    desk.demand("reply.weigh")
    declarations.demand_unbarred(desk, desk.get(Reply, reply).applicant)
    if not weighing.strip():
        raise BadInput("Say how the reply was weighed.", "A sentence or two is enough.")
    return _move(
        desk,
        reply,
        (ReplyState.REPLIED, ReplyState.LAPSED),
        state=ReplyState.WEIGHED,
        weighing=weighing.strip(),
        weight=weight,
        weighed_by=desk.me.id,
    )


def close(desk: Desk, reply: str) -> Reply:
    """Close a weighed reply; only now may a contradiction reach the panel.

    Raises:
        NotPermitted: not this person's step, or it was not weighed.
    """
    desk.demand("reply.weigh")
    return _move(desk, reply, (ReplyState.WEIGHED,), state=ReplyState.CLOSED)


def panel_line(desk: Desk, finding: str) -> PanelLine:
    """Give the panel the one line it may see.

    Raises:
        NotPermitted: not this person's step, the applicant restricted the use of what was found,
            or a contradiction has no closed reply yet.
    """
    from recruitcheck.steps import rights  # it knows the access bundle, which no other step needs

    desk.demand("panel.line")
    held = desk.get(Finding, finding)
    declarations.demand_unbarred(desk, held.applicant)
    rights.demand_unrestricted(desk, held.applicant)
    reply = reply_to(desk, finding)
    if held.result is Result.CONTRADICTED and (not reply or reply.state is not ReplyState.CLOSED):
        raise NotPermitted(
            "A contradiction cannot be used before the applicant was invited to reply and the "
            "reply was weighed.",
            "Invite the reply, wait for it or its date, weigh it and close it.",
        )
    line = PanelLine(
        id=new_id("N"),
        applicant=held.applicant,
        finding=held.id,
        text=_panel_words(held, reply),
        by=desk.me.id,
        at=desk.now,
    )
    desk.enter(
        Draft(
            type="panel-line",
            subject=line.id,
            case=held.applicant,
            refs=(held.id, *((reply.id,) if reply else ())),
            boxes={"case": box(line)},
        )
    )
    return line


def _panel_words(finding: Finding, reply: Reply | None) -> str:
    """What the panel reads: of a contradiction, what came of the applicant's answer."""
    if reply is None or finding.result is not Result.CONTRADICTED:
        return _PANEL_WORDS[finding.result]
    weight = reply.weight or Weight.DIFFERS
    if weight is Weight.DIFFERS and reply.received_on is None:
        return _UNANSWERED_WORDS
    return _WEIGHED_WORDS[weight]


def _move(desk: Desk, reply: str, allowed: Sequence[ReplyState], **changes: object) -> Reply:
    held = desk.get(Reply, reply)
    if held.state not in allowed:
        raise NotPermitted(
            f"This reply is {held.state}; that step does not follow.",
            "The order is: invited, replied or lapsed, weighed, closed.",
        )
    moved: Reply = replace(held, **changes)  # type: ignore[arg-type]  # callers name real fields
    _enter_reply(desk, desk.get(Finding, held.finding), moved)
    return moved


def _enter_reply(desk: Desk, finding: Finding, reply: Reply) -> None:
    desk.enter(
        Draft(
            type="reply",
            subject=reply.id,
            case=finding.applicant,
            refs=(finding.id,),
            facts={"state": str(reply.state)},
            boxes={f"lookup:{finding.grant}": box(reply)},
        )
    )
