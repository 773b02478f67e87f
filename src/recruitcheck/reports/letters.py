"""Letters and notices to applicants, in plain English, as papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from recruitcheck.records import Applicant, Vacancy
from recruitcheck.reports.paper import Block, Facts, Paper, Points, Quote, Section, section


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who writes, and whom the applicant can turn to; from the policy pack."""

    organisation: str
    applicants: str
    """Where to write about the application or object."""
    data_protection: str
    content_months: int
    skeleton_months: int
    basis: str = (
        "our task of running a fair recruitment (UK GDPR Article 6(1)(e)); where that does not "
        "apply, our legitimate interest in checking what an application says (Article 6(1)(f))"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """One search as the applicant is told of it."""

    quote: str
    on: datetime
    places: tuple[str, ...]
    result: str
    """What was found, in plain words."""
    reply: str = ""
    """Whether the applicant answered, and how the answer was weighed."""


_RIGHTS = (
    "ask for a copy of everything we hold about this search, free of charge",
    "have something that is wrong put right; your correction is kept beside our finding",
    "object to searching, or ask us to stop using what we found while we look at your objection; "
    "this is not held against you",
    "ask us to delete it",
    "complain to us: we acknowledge a complaint within 30 days; and to the Information "
    "Commissioner (ico.org.uk, 0303 123 1113)",
)

_NEVER = (
    "We do not look for, and do not keep, anything about health, disability, pregnancy, religion, "
    "ethnic background, sexual orientation, gender reassignment, marriage, age, politics or union "
    "membership. Where our program reads a page, it leaves out what does not bear on your words "
    "and such things as far as it recognises them. Where a person has to read the page, that "
    "person notes only what bears on your words and takes no part in the decision."
)


def notice(
    office: Office,
    vacancy: Vacancy,
    topics: Sequence[str],
    *,
    position: tuple[date, str],
    made_at: datetime,
    made_by: str,
) -> Paper:
    """The privacy notice about searches for one vacancy (UK GDPR 13)."""
    decided, decision = position
    return Paper(
        title="How we check claims in applications",
        organisation=office.organisation,
        made_at=made_at,
        made_by=made_by,
        about=f"{vacancy.title}, {vacancy.school}, reference {vacancy.reference}. Notice version "
        f"{vacancy.notice_version}.",
        sections=(
            section("In short", vacancy.notice_text),
            section("What this notice tells you", Points(points=tuple(topics))),
            section(
                "Who looks, and where",
                "One person who is not on the interview panel. Only at the public page, account or "
                "work that your application names, or at a copy that you bring us yourself. Nobody "
                "logs in, follows you or writes to anybody.",
                "If somebody outside looks for us, they are named to you on request, have written "
                "instructions for the one claim, and must delete everything afterwards.",
            ),
            section("What we never look for", _NEVER),
            section(
                "You are asked before anything counts against you",
                "If what we find seems to differ from what you said, you get a letter and time to "
                "answer before anybody uses it. If we find nothing, that counts for nothing.",
            ),
            *_basis_and_rights(office),
            section(
                "Online searches under Keeping children safe in education",
                f"This is separate from what is described here. Our position of "
                f"{decided:%-d %B %Y}: {decision}",
            ),
            section("Whom to ask", _contacts(office)),
        ),
    )


def _basis_and_rights(office: Office) -> tuple[Section, ...]:
    """Why, how long, and what the applicant can do: the same in the notice and after a search."""
    return (
        section("Why we may do this", f"We rely on {office.basis}."),
        section("How long we keep it", _kept(office)),
        section("Your rights", "You can:", Points(points=_RIGHTS)),
    )


def _kept(office: Office) -> str:
    return (
        f"What we quoted, saw and kept is destroyed {office.content_months} months after the "
        "appointment decision, or earlier; later only if a request, a complaint or a claim needs "
        "it. A record without content (when, who, which rule) stays "
        f"{_span(office.skeleton_months)} longer, so that it can be checked that we kept to the "
        "rules."
    )


def _span(months: int) -> str:
    return f"{months // 12} years" if months % 12 == 0 and months > 12 else f"{months} months"


def article_14(
    office: Office,
    applicant: Applicant,
    vacancy: Vacancy,
    searches: Sequence[Searched],
    *,
    outside: int = 0,
    made_at: datetime,
    made_by: str,
) -> Paper:
    """What a searched applicant is told within a month (UK GDPR 14).

    `outside` is how many searches outside the tool somebody declared about this applicant; the
    letter must not say that nothing else was looked at when somebody said that it was.
    """
    return Paper(
        title="We checked something in your application",
        organisation=office.organisation,
        made_at=made_at,
        made_by=made_by,
        letter=True,
        about=f"{vacancy.title}, {vacancy.school}, reference {vacancy.reference}.",
        sections=(
            section(
                f"Dear {applicant.name},",
                "Your application says something that can be checked in public. We have looked at "
                "that, to see whether it is as you wrote. The law asks us to tell you so.",
                _nothing_else(outside),
            ),
            *(_search(number, one) for number, one in enumerate(searches, start=1)),
            section(
                "What kind of information this is, and where it comes from",
                "Passages of public pages, or of what you brought us, that bear on what you wrote, "
                "with their address and date. We keep nothing else of those pages, and no "
                "pictures.",
            ),
            section(
                "Who has seen it",
                "The person who looked, who is not on the interview panel, and our human resources "
                "staff. The panel is told one line: whether the claim is borne out.",
            ),
            *_basis_and_rights(office),
            section(
                "No decision by a machine",
                "A person decides about your application. The program we use gives no score, no "
                "ranking and no recommendation.",
            ),
            section("Whom to ask", _contacts(office)),
        ),
    )


def _nothing_else(outside: int) -> str:
    if not outside:
        return "As far as our records show, nothing else about you was looked at."
    times = "once" if outside == 1 else f"{outside} times"
    return (
        f"Besides, somebody here told us {times} that they had searched for you in another way, "
        "which our rules do not allow. What they saw is recorded nowhere and must play no part. "
        "You can ask us about it."
    )


def _search(number: int, one: Searched) -> Section:
    places = (
        (f"We looked on {one.on:%-d %B %Y} at:", Points(points=one.places))
        if one.places
        else (f"We looked on {one.on:%-d %B %Y}; no public page was opened.",)
    )
    return section(
        f"What we checked ({number})",
        Quote(text=one.quote, source="from your application"),
        *places,
        f"Result: {one.result}",
        *([one.reply] if one.reply else []),
    )


def candidate_notice(
    office: Office, name: str, where: str, vacancy: Vacancy, *, made_at: datetime, made_by: str
) -> Paper:
    """What somebody found as a candidate is told with the first contact (UK GDPR 14)."""
    return Paper(
        title="How we found you",
        organisation=office.organisation,
        made_at=made_at,
        made_by=made_by,
        letter=True,
        about=f"{vacancy.title}, {vacancy.school}, reference {vacancy.reference}.",
        sections=(
            section(
                f"Dear {name},",
                f"You tell employers about yourself in public ({where}). We found you there while "
                f"looking for people for the post above, by what the post asks for. We noted "
                "your name and where you can be reached, and nothing else.",
                "If you are not interested, tell us and we delete it. If you apply, our notes "
                "stop here: what we learned before plays no part.",
            ),
            section("Why we may do this", f"We rely on {office.basis}."),
            section("Your rights", "You can:", Points(points=_RIGHTS)),
            section("Whom to ask", _contacts(office)),
        ),
    )


def cover(
    office: Office,
    applicant: Applicant,
    *,
    made_at: datetime,
    made_by: str,
    asked_on: date,
    due_on: date,
    identity: str,
    contents: Sequence[tuple[str, str]],
) -> Paper:
    """The letter on top of an access bundle (UK GDPR 15)."""
    return Paper(
        title="The records we hold about you",
        organisation=office.organisation,
        made_at=made_at,
        made_by=made_by,
        letter=True,
        confidential="For the applicant only",
        sections=(
            section(
                f"Dear {applicant.name},",
                f"On {asked_on:%-d %B %Y} you asked for the records we hold about searches made "
                f"in your application. They are in this folder. The law gives us one month, until "
                f"{due_on:%-d %B %Y}; that time can pause while we wait for something we have to "
                "ask you.",
                f"How we made sure it is you: {identity or '____________________'}",
            ),
            section("What is in this folder", Facts(facts=tuple(contents))),
            section(
                "What happens now",
                "Nothing of your records is destroyed while your request is open. If something is "
                "wrong, missing or unclear, write to us.",
            ),
            section("Your rights", "You can:", Points(points=_RIGHTS)),
            section("Whom to ask", _contacts(office)),
        ),
    )


def _contacts(office: Office) -> Block:
    facts: Mapping[str, str] = {
        "About your application": office.applicants,
        "Data protection officer": office.data_protection,
        "Information Commissioner": "ico.org.uk, 0303 123 1113",
    }
    return Facts(facts=tuple(facts.items()))
