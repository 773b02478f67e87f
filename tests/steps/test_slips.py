"""What people get wrong at a step: each hears what it is and what to do, and nothing is entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from recruitcheck.errors import GrantError, NotPermitted, RecruitcheckError
from recruitcheck.records import DocumentKind, Grant, Result, Role
from recruitcheck.steps import (
    approval,
    declarations,
    equality,
    finding,
    incidents,
    instructions,
    intake,
    monitoring,
    oversight,
    people,
    periods,
    policy,
    retention,
    rights,
    search,
    shelf,
    sourcing,
    thirdparty,
)
from recruitcheck.steps.desk import Desk
from world import SetClock

SECRET = "what nobody else may read"
"""Stands in whatever is typed; no message repeats it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A permitted check, and the desks of those around it."""

    hr: Desk
    me: Desk
    equality: Desk
    applicant: str
    vacancy: str
    grant: Grant
    lookup: Any
    advertised: str
    """A vacancy whose advertisement is on record."""
    declared: str
    """A search outside the tool, declared."""
    lifted: str
    """A hold that was lifted."""

    @property
    def tomorrow(self) -> date:
        """A day on which nothing can have happened."""
        return self.me.today + timedelta(days=1)

    def seen(self, **changes: Any) -> search.Observation:
        """An honest observation, with some of it changed."""
        honest = {
            "address": self.grant.addresses[0],
            "text": f"Tide Pool Diary. {SECRET}",
            "seen_on": self.me.today,
            "public": True,
            "not_logged_in": True,
            "no_contact": True,
        }
        return search.Observation(**{**honest, **changes})


@pytest.fixture
def case(asking, blog) -> Case:
    world = asking.world
    grant = asking.grant(blog)
    item = search.SuppliedItem(text="Lunch was soup.", published=date(2026, 5, 1))
    post = {"reference": "S-2", "title": "Cook", "school": "S", "requirements": ["Cooks"]}
    advertised = intake.add_vacancy(world.recruiter, **post, advertised_words="A cook for soups.")
    held = retention.hold(world.hr, grant.applicant, "complaint")
    retention.lift(world.hr, held.id, why="Settled.")
    told = {
        "applicant": grant.applicant,
        "on": world.recruiter.today,
        "place": declarations.PLACES[0],
    }
    declared = declarations.off_tool_search(world.recruiter, **told, why="Out of habit.")
    return Case(
        hr=world.hr,
        me=world.recruiter,
        equality=world.equality,
        applicant=grant.applicant,
        vacancy=asking.vacancy.id,
        grant=grant,
        lookup=search.supplied(world.recruiter, grant.id, item),
        advertised=advertised.id,
        declared=declared.id,
        lifted=held.id,
    )


def _finding(c: Case, result: Result, **more: Any) -> Any:
    return finding.record(c.me, claim=c.grant.claim, grant=c.grant.id, result=result, **more)


def _declare(c: Case, **changes: Any) -> Any:
    honest = {"applicant": c.applicant, "on": c.me.today, "place": declarations.PLACES[0]}
    return declarations.off_tool_search(c.me, **{**honest, "why": "Out of habit.", **changes})


SLIPS: dict[str, Callable[[Case], object]] = {
    "whom or which post": lambda c: _declare(c, applicant=""),
    "There is no place": lambda c: _declare(c, place="the moon"),
    "day of the search lies in the future": lambda c: _declare(c, on=c.tomorrow),
    "Say how it came about": lambda c: _declare(c, why=" "),
    "without addresses or handles": lambda c: _declare(c, why=f"{SECRET} at https://x.example/"),
    "There is no applicant": lambda c: _declare(c, applicant="A-0000"),
    "Only an exposure can bar": lambda c: declarations.bar(c.hr, c.declared, c.me.me.name),
    "Say what staff are told": lambda c: declarations.open_amnesty(
        c.hr, first=c.hr.today, until=c.tomorrow, text=" "
    ),
    "day lies in the future": lambda c: declarations.disparagement(
        c.me, SECRET, seen_on=c.tomorrow
    ),
    "lifted already": lambda c: retention.lift(c.hr, c.lifted),
    "Nothing is held about this applicant": lambda c: rights.sealed_part(c.equality, "A-0000"),
    "too large to keep": lambda c: thirdparty.quarantine(c.me, c.applicant, b"x" * 2**19),
    "The report is too large": lambda c: thirdparty.report(c.me, c.grant.id, b"x" * 2**19),
    "There are no criteria": lambda c: sourcing.find(c.me, vacancy=c.advertised, criteria=[]),
    "does not advertise|do not advertise": lambda c: sourcing.find(
        c.me, vacancy=c.advertised, criteria=["soups"], source="instagram"
    ),
    "cannot be changed": lambda c: intake.change_vacancy(c.hr, c.vacancy, schol="S"),
    "Say why the permission is taken back": lambda c: approval.revoke(c.hr, c.grant.id, " "),
    "Nobody called": lambda c: people.share_case(c.me, c.applicant, "Nobody Here"),
    "cannot be handed to": lambda c: people.share_case(c.me, c.applicant, c.equality.me.name),
    "needs a name and at least one role": lambda c: people.invite(c.hr, " ", (Role.HR,)),
    "is no equality reviewer": lambda c: people.name_deputy(c.hr, c.me.me.name),
    "at least one line of its person specification": lambda c: intake.add_vacancy(
        c.me, reference="S-1", title="T", school="S", requirements=[" "]
    ),
    "The title is missing": lambda c: intake.add_vacancy(
        c.me, reference="S-1", title=" ", school="S", requirements=["Writes"]
    ),
    "must lie between": lambda c: intake.change_vacancy(c.hr, c.vacancy, decided_on=c.tomorrow),
    "day of the notice lies in the future": lambda c: intake.add_applicant(
        c.me, c.vacancy, name=SECRET, notice_on=c.tomorrow
    ),
    "needs the name of a second person": lambda c: intake.add_document(
        c.me, c.applicant, kind=DocumentKind.INTERVIEW_NOTE, filename="n.txt", data=SECRET.encode()
    ),
    "given for another claim": lambda c: finding.record(
        c.me, claim="C-0", grant=c.grant.id, result=Result.UNCLEAR, note=SECRET
    ),
    "rests on kept passages": lambda c: _finding(c, Result.CONFIRMED, note=SECRET),
    "Paste between 1 and": lambda c: search.observe(c.me, c.grant.id, c.seen(text=" ")),
    "observation lies in the future": lambda c: search.observe(
        c.me, c.grant.id, c.seen(seen_on=c.tomorrow)
    ),
    "no text in what was supplied": lambda c: search.supplied(
        c.me, c.grant.id, search.SuppliedItem(text=" ")
    ),
    "no passage to keep": lambda c: search.keep(c.me, c.lookup, []),
    "Name the researcher": lambda c: instructions.instruct(c.me, c.grant.id, " "),
    "for one of us to look": lambda c: instructions.instruct(c.me, c.grant.id, "Watch Ltd"),
    "must have days": lambda c: declarations.open_amnesty(
        c.hr, first=c.tomorrow, until=c.hr.today, text=SECRET
    ),
    "The day lies in the future": lambda c: declarations.exposure(c.me, c.applicant, on=c.tomorrow),
    "nothing to print": lambda c: declarations.disparagement(c.me, " ", vacancy=c.vacancy),
    "There is no search or refusal": lambda c: oversight.note(c.hr, "J-0", SECRET),
    "There is no question": lambda c: oversight.answer(c.me, "W-0", SECRET),
    "nothing to draw from": lambda c: oversight.sample(c.hr, 0),
    "nothing written yet": lambda c: equality.note(c.equality, ("own-burst",), " "),
    "No applicant has a monitoring reference": lambda c: monitoring.import_monitoring(
        c.equality, SECRET.encode()
    ),
    "no cause": lambda c: retention.hold(c.hr, c.applicant, "a feeling", note=SECRET),
    "appointment is not decided yet": lambda c: retention.erase(c.hr, c.applicant),
    "No access request": lambda c: rights.close_request(c.hr, c.applicant, why=SECRET),
    "There is no text": lambda c: rights.object_to(c.me, c.applicant, " "),
    "Nothing was entered about": lambda c: rights.receipt(c.hr, "A-0", "never-written.json"),
    "content was not destroyed": lambda c: incidents.certificate(c.hr, c.applicant),
    "Say why the policy changes": lambda c: policy.propose(c.hr, c.hr.pack_folder, " "),
    "in force already": lambda c: policy.propose(c.hr, c.hr.pack_folder, SECRET),
    "Say which": lambda c: shelf.make(c.hr, "article-14"),
    "not about one person": lambda c: shelf.make(
        c.hr, "processing-record", shelf.Wanted(subject=c.applicant)
    ),
    "There is no paper": lambda c: shelf.make(c.hr, "poem"),
    "No post of": lambda c: periods.termly_summary(c.hr, school="Elsewhere School"),
    "advertisement of this vacancy is not on record": lambda c: sourcing.find(
        c.me, vacancy=c.vacancy, criteria=["science"], reason=SECRET
    ),
}


def test_a_slip_is_told_with_a_way_on_and_enters_nothing(case: Case) -> None:
    """A message and a hint; no entry; nothing of what was typed in either."""
    size = case.hr.register.size
    for words, slip in SLIPS.items():
        with pytest.raises(RecruitcheckError, match=words) as told:
            slip(case)
        assert told.value.hint, words
        assert SECRET not in told.value.message + told.value.hint, words
        assert case.hr.register.size == size, words


def test_a_permission_that_ended_shows_nothing_more(case: Case) -> None:
    """Taken back, or past its last hour: no look is entered, and the way on is named."""
    size = case.hr.register.size
    later = replace(case.me, clock=SetClock(case.me.now + timedelta(days=60)))
    with pytest.raises(GrantError, match="expired") as told:
        search.observe(later, case.grant.id, case.seen())
    assert "ask for it again" in told.value.hint and case.hr.register.size == size
    approval.revoke(case.hr, case.grant.id, "The post was withdrawn.")
    with pytest.raises(NotPermitted, match="taken back") as refused:
        search.observe(case.me, case.grant.id, case.seen())
    assert refused.value.hint and case.hr.register.size == size + 1


def test_a_safeguarding_route_is_shown_whatever_was_typed_beside_it(case: Case) -> None:
    """A concern about a child never waits for the right id of a post."""
    for typed, refs in (("the post at St Mary's", ()), (case.vacancy, (case.vacancy,))):
        assert declarations.safeguarding(case.me, vacancy=typed).route
        (*_, routed) = case.hr.register.entries(type="safeguarding-routed")
        assert routed.refs == refs
