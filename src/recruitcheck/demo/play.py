"""What the chapters of the demo share: the desks, the answers, and what a chapter says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from recruitcheck.demo import trust
from recruitcheck.demo.site import LOOPBACK, Web
from recruitcheck.records import (
    Applicant,
    Claim,
    Finding,
    Grant,
    Justification,
    Result,
    Route,
    Sight,
    Vacancy,
    Verdict,
)
from recruitcheck.steps import approval, finding, people, search
from recruitcheck.steps.desk import Desk, open_desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One thing the tool promises, and how it ended."""

    title: str
    lines: tuple[str, ...]
    as_it_should: bool


@dataclass(slots=True, kw_only=True)
class Play:
    """What the chapters hand on to each other."""

    where: Path
    web: Web
    desks: dict[str, Desk] = field(default_factory=dict)
    vacancies: dict[str, Vacancy] = field(default_factory=dict)
    applicants: dict[str, Applicant] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)

    def desk(self, member: trust.Member) -> Desk:
        """The desk of a member, unlocked once and kept."""
        if member.name not in self.desks:
            self.desks[member.name] = self.unlocked(member)
        return self.desks[member.name]

    def unlocked(self, member: trust.Member) -> Desk:
        """Unlock for a member; this desk alone knows the way to the demo's site."""
        opened = open_desk(
            str(self.where),
            member.name,
            member.passphrase,
            resolver=self.web.resolve,
            permitted_addresses=(LOOPBACK,),
        )
        return replace(opened, tls=self.web.trust)

    def close(self) -> None:
        """Lock every desk."""
        while self.desks:
            self.desks.popitem()[1].register.close()


def answers(play: Play, claim: str, **given: str) -> approval.Answers:
    """Answers about a claim of the story; Daniel Price will look."""
    daniel = people.person(play.desk(trust.RECRUITER), trust.RECRUITER.name)
    return approval.Answers(
        claim=play.claims[claim].id,
        route=Route.CANNOT_SETTLE,
        route_note="A reference would only repeat the statement; the work itself is public.",
        holder=daniel.id,
        **given,
    )


def refused(play: Play, claim: str, *, title: str, **given: str) -> Chapter:
    """A request that must be refused for its reason alone, whatever else is answered well."""
    outcome = approval.justify(
        play.desk(trust.PANEL),
        answers(
            play,
            claim,
            requirement="S2",
            source="web_page" if "blog" in claim else "publication",
            **given,
        ),
    )
    against = [r for r in outcome.decision.reasons if not r.holds and r.effect is Verdict.REFUSE]
    return Chapter(
        title=title,
        lines=(
            f"Asked: “{given['reason']}”",
            *(
                f"Refused (policy, section {_section(one.clause)}): {one.message}"
                for one in against[:2]
            ),
        ),
        as_it_should=outcome.decision.verdict is Verdict.REFUSE and outcome.grant is None,
    )


def _section(clause: str) -> str:
    return clause.partition("(")[0]


def kept(desk: Desk, grant: Grant, sight: Sight, result: Result, judged: str) -> Finding:
    """Keep what was seen, and record what it says; recognised by what the applicant supplied."""
    evidence = search.keep(desk, sight, [judged] * len(sight.passages))
    identity = finding.identities(desk, grant.id)[0]
    return finding.record(
        desk,
        claim=grant.claim,
        grant=grant.id,
        result=result,
        identity=identity,
        evidence=(evidence.id,),
    )


def unexpected(title: str, outcome: approval.Outcome) -> Chapter:
    """A search that should have been permitted and was not, with what stood against it."""
    against = tuple(f"{r.rule}: {r.message}" for r in outcome.decision.reasons if not r.holds)
    about: Justification = outcome.justification
    return Chapter(
        title=title,
        lines=(f"{about.id}: {outcome.decision.verdict}", *against, outcome.letter),
        as_it_should=False,
    )
