"""A register of a made-up trust over four terms, made by the real steps and nothing else.

Three schools, forty vacancies, four hundred applicants, sixty searches asked for: permitted,
referred and refused, looked at, found, replied to, told; monitoring answers, questions from HR,
declarations, candidate finding, holds and destructions. The numbers can be made smaller, so that
a test need not wait for what it does not look at. Run as a program it writes the register to a
folder:

    python tests/oversight/generate.py FOLDER
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from recruitcheck.errors import RecruitcheckError
from recruitcheck.records import (
    Claim,
    DocumentKind,
    Result,
    Role,
    Route,
    Stage,
    Vacancy,
    Verdict,
    Weight,
)
from recruitcheck.steps import approval, finding, intake, people, referrals, search
from recruitcheck.steps.approval import Answers, Outcome
from recruitcheck.steps.desk import Desk, create_desk, open_desk

PASSPHRASES = {
    "Ann Lee": "violet-harbour-44-lantern",
    "Ben Okafor": "marble-otter-71-kettle",
    "Cara Jones": "copper-meadow-18-violin",
    "Dev Patel": "juniper-anchor-93-saddle",
    "Eve Novak": "amber-thistle-27-compass",
    "Fay Wright": "granite-plum-55-whistle",
}
ROLES = {
    "Ben Okafor": (Role.HR,),
    "Cara Jones": (Role.RECRUITER,),
    "Dev Patel": (Role.RECRUITER,),
    "Eve Novak": (Role.EQUALITY,),
    "Fay Wright": (Role.EQUALITY,),
}
SCHOOLS = ("Rockwood Academy", "Arena Academy", "St Edith’s Primary School")
POSTS = (
    ("Teacher of Music", "Runs performances and shares them with families", "school concerts"),
    ("Teacher of Science", "Explains science in writing for pupils", "kitchen chemistry"),
    ("Library Assistant", "Brings books to readers", "new books for young readers"),
    ("Sports Coach", "Coaches in public events", "track training"),
    ("Marketing Officer", "Has run publicity for an organisation", "open days"),
    ("Gardener", "Plans growing beds with pupils", "school gardens"),
)
FIRST = ("Amara", "Ben", "Chloe", "Dylan", "Esme", "Farid", "Grace", "Harun", "Isla", "Jonah")
LAST = ("Abbott", "Brennan", "Castell", "Dalgleish", "Eccles", "Farrow", "Gilchrist", "Haddon")
ETHNIC = ("White British",) * 11 + ("Asian",) * 5 + ("Black",) * 3 + ("Mixed", "Other")
SEX = ("Female",) * 11 + ("Male",) * 8 + ("Prefer not to say",)


@dataclass(slots=True)
class Time:
    """A clock that stands still until it is told to move."""

    at: datetime = datetime(2026, 1, 7, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """The time, one second later at each look, so that nothing happens at once."""
        self.at += timedelta(seconds=1)
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def to(self, day: date, hour: int = 9) -> None:
        """Go on to a morning, never back."""
        self.at = max(self.at, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


@dataclass(slots=True)
class World:
    """A generated register and the desks of its people."""

    where: str
    clock: Time
    code: str
    desks: dict[str, Desk] = field(default_factory=dict)
    vacancies: list[str] = field(default_factory=list)
    applicants: list[str] = field(default_factory=list)
    claims: list[tuple[str, str, str]] = field(default_factory=list)
    """(claim, applicant, vacancy)"""
    outcomes: list[Outcome] = field(default_factory=list)
    monitoring: list[str] = field(default_factory=list)
    pack_folder: Path | None = None

    def desk(self, name: str) -> Desk:
        """The desk of a person; unlocked once."""
        if name not in self.desks:
            self.desks[name] = open_desk(
                self.where,
                name,
                PASSPHRASES[name],
                clock=self.clock,
                pack_folder=self.pack_folder,
            )
        return self.desks[name]

    def copied(self, where: str) -> World:
        """The same story over a copy of its folder, with a clock of its own and nobody seated."""
        return replace(self, where=where, clock=Time(self.clock.at), desks={})

    @property
    def hr(self) -> Desk:
        return self.desk("Ann Lee")

    @property
    def recruiter(self) -> Desk:
        return self.desk("Cara Jones")

    @property
    def equality(self) -> Desk:
        return self.desk("Eve Novak")

    def close(self) -> None:
        """Lock every desk."""
        for desk in self.desks.values():
            desk.register.close()
        self.desks.clear()


def make(
    where: Path | str,
    *,
    vacancies: int = 40,
    applicants: int = 400,
    searches: int = 60,
    seed: int = 7,
    pack_folder: Path | None = None,
) -> World:
    """Make the register; the same arguments make the same story."""
    chance = random.Random(seed)
    clock = Time()
    hr, code = create_desk(
        str(where),
        organisation="Beacon Hill Learning Trust",
        name="Ann Lee",
        passphrase=PASSPHRASES["Ann Lee"],
        clock=clock,
        pack_folder=pack_folder,
    )
    world = World(
        where=str(where), clock=clock, code=code, desks={"Ann Lee": hr}, pack_folder=pack_folder
    )
    _people(world)
    start, asked = clock.at.date(), 0
    for at in range(vacancies):
        clock.to(start + timedelta(days=at * 8), 8)
        post = _vacancy(world, at)
        for number in range(at, applicants, vacancies):
            _applicant(world, post, number, number // vacancies, chance)
        due = searches * (at + 1) // vacancies
        for claim, applicant in _claims_of(world, post)[: due - asked]:
            _search(world, claim, applicant, asked, chance)
            asked += 1
        if at % 4 == 3:
            intake.change_vacancy(world.recruiter, world.vacancies[at - 3], stage=Stage.CLOSED)
    return world


def _people(world: World) -> None:
    for name, roles in ROLES.items():
        code = people.invite(world.hr, name, roles)
        from recruitcheck.vault import register as vault

        opened = vault.open_register(world.where, clock=world.clock)
        opened.join(code, PASSPHRASES[name])
        opened.close()
        people.admit(world.hr, name)
    people.name_deputy(world.hr, "Fay Wright")


def _vacancy(world: World, at: int) -> Vacancy:
    title, requirement, _ = POSTS[at % len(POSTS)]
    made = intake.add_vacancy(
        world.recruiter,
        reference=f"BH-{at + 1:03}",
        title=title,
        school=SCHOOLS[at % len(SCHOOLS)],
        requirements=[requirement, "Works well with colleagues"],
        panel=["Ben Okafor"],
        advertised_words=f"{title}, {requirement.lower()}",
        stage=Stage.SHORTLISTED,
    )
    world.vacancies.append(made.id)
    return made


def _applicant(world: World, post: Vacancy, at: int, place: int, chance: random.Random) -> None:
    about = next(about for title, _, about in POSTS if title == post.title)
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    told = intake.add_applicant(
        world.recruiter,
        post.id,
        name=name,
        notice_on=world.clock.at.date() if at % 40 else None,
        monitoring_reference=f"M-{at + 1:04}",
    )
    world.applicants.append(told.id)
    if at % 9:
        world.monitoring.append(f"M-{at + 1:04},{chance.choice(SEX)},{chance.choice(ETHNIC)}")
    if place % 5 in (0, 2):
        quote = _quote(at, about, f"{name.split()[1].lower()}{at}.example")
        text = f"Dear panel,\n\nI would like this post. {quote} I look forward to hearing.\n"
        document = intake.add_document(
            world.recruiter,
            told.id,
            kind=DocumentKind.LETTER,
            filename="letter.txt",
            data=text.encode(),
        )
        start, end = intake.find_span(document, quote)
        claim = intake.mark_claim(world.recruiter, document.id, start, end)
        world.claims.append((claim.id, told.id, post.id))


def _claims_of(world: World, post: Vacancy) -> list[tuple[str, str]]:
    return [(claim, case) for claim, case, vacancy in world.claims if vacancy == post.id]


def _quote(at: int, about: str, site: str) -> str:
    if at % 13 == 4:
        return f"I am a practising Catholic and I write a parish blog at {site}."
    return (
        f"I write a blog about {about} at https://{site}/blog, with a post every week since 2021."
    )


def _search(world: World, claim: str, applicant: str, at: int, chance: random.Random) -> None:
    asks = world.recruiter if at % 3 else world.desk("Dev Patel")
    if asks is not world.recruiter:
        people.share_case(world.hr, applicant, "Dev Patel")
    world.clock.to(world.clock.at.date() + timedelta(days=chance.choice((0, 1, 2))), 10)
    outcome = ask(asks, claim, at)
    world.outcomes.append(outcome)
    if outcome.referral and at % 2 == 0:
        outcome = _refer(world, asks, outcome, at)
    if outcome.grant:
        _look(world, asks, outcome, at)


def ask(desk: Desk, claim: str, at: int) -> Outcome:
    """Ask for one search; every seventh in words that no request may have."""
    held = desk.get(Claim, claim)
    about = re.search(r"blog about ([a-z ]+) at|(parish blog)", held.quote)
    topic = (about and (about[1] or about[2])) or "the subject"
    reason = f"The post asks for this. Confirm that the blog about {topic} has its weekly posts."
    return approval.justify(
        desk,
        Answers(
            claim=claim,
            ground="hobby-or-skill-online",
            requirement="S1",
            route=Route.ASKED_APPLICANT,
            route_note="The applicant was asked and pointed to the blog again.",
            confirms=f"Posts of the blog about {topic} since 2021.",
            refutes=f"A blog by somebody else, or no posts about {topic}.",
            source="web_page",
            holder=desk.me.id,
            reason="We look everybody up before interview." if at % 7 == 3 else reason,
        ),
    )


def _refer(world: World, desk: Desk, outcome: Outcome, at: int) -> Outcome:
    assert outcome.referral
    verdict = Verdict.PERMIT if at % 4 else Verdict.REFUSE
    referrals.decide(
        world.equality, outcome.referral.id, verdict, "The blog is named by the applicant."
    )
    if verdict is Verdict.REFUSE:
        return outcome
    return replace(outcome, grant=approval.take_up(desk, outcome.referral.id))


def _look(world: World, desk: Desk, outcome: Outcome, at: int) -> None:
    grant = outcome.grant
    assert grant
    if at % 11 == 5 or not grant.hosts:
        return  # left to expire
    world.clock.sleep(3600)
    text = (
        "A post about school gardens and concerts, our blog since 2021, every week. "
        "I also went to mass on Sunday with my wife. Lunch was soup."
    )
    sight = search.observe(
        desk,
        grant.id,
        search.Observation(
            address=grant.addresses[0],
            text=text,
            seen_on=world.clock.at.date(),
            published=date(2024, 5, 1),
            public=True,
            not_logged_in=True,
            no_contact=True,
        ),
    )
    _conclude(world, desk, outcome, sight, at)


def _conclude(world: World, desk: Desk, outcome: Outcome, sight: search.Sight, at: int) -> None:
    grant = outcome.grant
    assert grant
    kept: Sequence[str] = ()
    if sight.passages:
        says = "contradicts" if at % 6 == 4 else "supports"
        kept = (search.keep(desk, sight, [says] * len(sight.passages)).id,)
    result = Result.NOT_FOUND
    if kept:
        result = Result.CONTRADICTED if at % 6 == 4 else Result.CONFIRMED
    made = finding.record(
        desk,
        claim=outcome.justification.claim,
        grant=grant.id,
        result=result,
        identity=finding.identities(desk, grant.id)[0] if kept else "",
        evidence=kept,
    )
    if result is Result.CONTRADICTED:
        reply, _ = finding.invite_reply(desk, made.id)
        if at % 4 == 0:
            return
        world.clock.sleep(86_400 * 3)
        finding.record_reply(desk, reply.id, "The blog moved; the older posts are in its archive.")
        finding.weigh(
            desk, reply.id, "The archive shows the posts; the claim stands.", Weight.SETTLED
        )
        finding.close(desk, reply.id)
    finding.panel_line(desk, made.id)


def main() -> int:
    """Write the register to the folder named."""
    world = make(Path(sys.argv[1]))
    world.close()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except RecruitcheckError as error:
        sys.exit(f"{error.message} {error.hint}")
