"""The dated position on Keeping children safe in education; it contains no search.

The guidance asks schools to consider an online search of shortlisted candidates. What the school
considered, and why, is in the policy pack; it is entered once and printed for inspectors.
"""

from __future__ import annotations

from recruitcheck.records import Declaration, DeclarationKind, Draft
from recruitcheck.reports.paper import Facts, Paper, Points, section
from recruitcheck.steps.declarations import draw_up
from recruitcheck.steps.desk import Desk, box


def consider(desk: Desk) -> Declaration:
    """Record the pack's dated position on online searches under KCSIE; it contains no search.

    Raises:
        NotPermitted: only HR.
    """
    desk.demand("papers.make")
    position = desk.pack.policy.kcsie
    made = draw_up(
        desk,
        DeclarationKind.CONSIDERATION,
        on=position.on,
        text=f"{position.decision} {position.reasons}",
    )
    desk.enter(
        Draft(
            type="consideration",
            subject=made.id,
            facts={"on": position.on.isoformat(), "pack": desk.pack.digest[:32]},
            boxes={"staff": box(made)},
        )
    )
    return made


def paper(desk: Desk) -> Paper:
    """The consideration record as a paper for inspectors."""
    position = desk.pack.policy.kcsie
    policy = desk.pack.policy
    return Paper(
        title="Online searches of shortlisted candidates: our consideration",
        organisation=desk.settings().organisation,
        made_at=desk.now,
        made_by=desk.me.name,
        about=f"Position of {position.on:%-d %B %Y}, policy pack {policy.version}.",
        sections=(
            section("Decision", position.decision),
            section("Reasons", position.reasons),
            section("What we do instead", Points(points=position.instead)),
            section(
                "How this stands beside the social media policy",
                "Keeping children safe in education asks schools to consider an online search of "
                "shortlisted candidates. That is a question of safeguarding, apart from checking a "
                "claim in an application. A search engine check, where one is made, is made "
                "outside recruitcheck, off the panel, the same way for everybody, and announced. A "
                "specific concern about a child goes to the designated safeguarding lead at once.",
            ),
            section(
                "Signed",
                Facts(
                    facts=tuple(
                        (one.name, f"{one.role}, {one.on:%-d %B %Y}") for one in policy.approval
                    )
                ),
            ),
        ),
    )
