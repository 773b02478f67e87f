"""One applicant's searches as sections of a paper: for the access bundle and for HR's drill-down.

What is withheld from a recruiter (how much the lens left out) stands here: both readers of this
paper are entitled to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recruitcheck.records import (
    Claim,
    Decision,
    Evidence,
    Finding,
    Grant,
    Justification,
    PanelLine,
    Referral,
    Reply,
    Review,
    Sight,
    Withheld,
)
from recruitcheck.reports.names import LOOKS, REPLIES, ROUTES, plain
from recruitcheck.reports.paper import Block, Facts, Points, Quote, Section, section, table, words

RESULTS = {
    "confirmed": "The claim is confirmed.",
    "contradicted": "What was read does not agree with the claim.",
    "not_found": "Nothing was found, which counts for nothing.",
    "unclear": "What was read does not settle the claim, which counts for nothing.",
}
VERDICTS = {
    "permit": "The search was permitted.",
    "refer": "The request went to an equality reviewer.",
    "refuse": "The search was refused. Nothing was looked at.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The records of one request, as far as the reader may have them."""

    id: str
    claim: Claim | None
    document: str
    """Title of the document the claim stands in."""
    justification: Justification | None
    requirement: str
    stage: str
    ground: str
    source: str
    decision: Decision | None
    referrals: Sequence[Referral]
    grants: Sequence[Grant]
    sights: Sequence[Sight]
    withheld: Sequence[Withheld]
    evidence: Sequence[Evidence]
    findings: Sequence[Finding]
    replies: Sequence[Reply]
    panel_lines: Sequence[PanelLine]
    reviews: Sequence[Review] = ()
    names: Mapping[str, str] | None = None
    """Ids of people to their names or offices."""

    def name(self, id: str) -> str:
        """Who somebody is."""
        return (self.names or {}).get(id, id)


def told(story: Story, number: int) -> Section:
    """One request, from the quoted claim to the line for the panel."""
    blocks: list[Block] = []
    if story.claim:
        blocks.append(Quote(text=story.claim.quote, source=f"quoted from: {story.document}"))
    blocks += _asked(story)
    blocks += _decided(story)
    blocks += _looked(story)
    blocks += _concluded(story)
    return section(f"Search {number} ({story.id})", *blocks)


def _asked(story: Story) -> list[Block]:
    asked = story.justification
    if asked is None:
        return ["The content of this request was destroyed or is sealed."]
    return [
        Facts(
            facts=(
                ("Asked by", story.name(asked.by)),
                ("Asked on", asked.at),
                ("Stage of the post then", story.stage),
                ("Kind of reason", story.ground),
                ("Requirement of the post", story.requirement),
                ("Tried before", _route(asked)),
                ("Would confirm", asked.confirms),
                ("Would refute", asked.refutes),
                ("Kind of source", story.source),
                ("Reason", asked.reason),
                ("Note", asked.note),
                ("Outside researcher", asked.third_party),
            )
        )
    ]


def _route(asked: Justification) -> str:
    return f"{plain(ROUTES, asked.route)}. {asked.route_note}".strip()


def _decided(story: Story) -> list[Block]:
    decision = story.decision
    if decision is None:
        return []
    failed = [
        f"{reason.message} (rule {reason.rule}, policy {reason.clause})"
        for reason in decision.reasons
        if not reason.holds
    ]
    blocks: list[Block] = [VERDICTS[decision.verdict]]
    if failed:
        blocks.append(Points(points=tuple(failed)))
    if decision.query:
        blocks.append("Search words: " + " ".join(word.text for word in decision.query))
    for referral in story.referrals:
        if referral.decided_at:
            verdict = "permitted" if referral.verdict == "permit" else "refused"
            verdict += " (yes or no only)" * referral.yes_no_only
            blocks.append(
                f"The equality reviewer {verdict} it on {words(referral.decided_at)}: "
                f"{referral.why}"
            )
    return [*blocks, *(_permission(story, grant) for grant in story.grants)]


def _permission(story: Story, grant: Grant) -> Facts:
    """How narrow the permission was: for whom, where, how long, how often."""
    return Facts(
        facts=(
            ("Who may look", story.name(grant.holder)),
            ("Where", ", ".join((*grant.addresses, *grant.handles)) or "at what is supplied"),
            ("Posts from", grant.since),
            ("Posts until", grant.until),
            ("Look not before", grant.not_before),
            ("Look not after", grant.not_after),
            ("Requests at most", grant.max_requests),
        )
    )


def _looked(story: Story) -> list[Block]:
    blocks: list[Block] = []
    withheld = {one.lookup: one for one in story.withheld}
    for sight in story.sights:
        look = sight.lookup
        blocks.append(
            f"Looked at on {words(look.at)} by {story.name(look.by)} ({plain(LOOKS, look.kind)})."
        )
        if look.outcome not in ("done", "started"):
            blocks.append(f"The look was not completed ({look.outcome}). {look.message}".strip())
        blocks.append(
            table(
                ("Address", "What came of it"),
                [
                    (attempt.address, f"{attempt.outcome} {attempt.message}".strip())
                    for attempt in sight.attempts
                ],
                empty="No address was opened.",
            )
        )
        for passage in sight.passages:
            dated = f"{passage.published:%-d %B %Y}" if passage.published else "date unknown"
            source = ", ".join(filter(None, (passage.address, dated, passage.mark)))
            blocks.append(Quote(text=passage.text, source=source))
        left = withheld.get(look.id)
        if left:
            blocks.append(
                "Not shown to the person who looked, and not kept: passages that did not bear on "
                f"the claim ({left.unrelated}) and personal ones ({left.personal})."
            )
    return blocks


def _concluded(story: Story) -> list[Block]:
    blocks: list[Block] = []
    kept = sum(len(one.passages) for one in story.evidence)
    if story.evidence:
        were = "passage was" if kept == 1 else "passages were"
        blocks.append(f"{kept} {were} kept as evidence.")
    for finding in story.findings:
        blocks.append(f"Finding of {words(finding.at)}: {RESULTS[finding.result]}")
        if finding.identity:
            blocks.append(f"Recognised by: {finding.identity}")
        if finding.note:
            blocks.append(f"Note: {finding.note}")
    for reply in story.replies:
        blocks.append(
            f"Reply invited on {reply.invited_on:%-d %B %Y}, due by {reply.due_on:%-d %B %Y}: "
            f"{plain(REPLIES, reply.state)}."
        )
        if reply.text:
            blocks.append(Quote(text=reply.text, source="the applicant's reply"))
        if reply.weighing:
            came = f" What came of it: {reply.weight.words}." if reply.weight else ""
            blocks.append(f"How it was weighed: {reply.weighing}{came}")
    blocks += [
        f"The panel was told on {words(line.at)}: “{line.text}”" for line in story.panel_lines
    ]
    blocks += [
        f"{review.kind.capitalize()} by {story.name(review.by)}, {words(review.at)}: {review.text}"
        for review in story.reviews
    ]
    return blocks
