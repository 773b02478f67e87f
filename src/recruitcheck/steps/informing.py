"""What applicants are told without asking: the notice, and the letter after a search.

Everything handed out is entered first, of what kind and for whom.
"""

from __future__ import annotations

from recruitcheck.errors import NotFound
from recruitcheck.records import Applicant, Reply, ReplyState, Sight, Vacancy
from recruitcheck.reports import letters
from recruitcheck.reports.casefile import RESULTS
from recruitcheck.reports.paper import Paper
from recruitcheck.steps import casefile, declarations, oversight, stories
from recruitcheck.steps.desk import Desk


def notice(desk: Desk, vacancy: str) -> Paper:
    """The notice that applicants for a post get, with every topic the pack asks for.

    Raises:
        NotPermitted: only HR.
        NotFound: there is no such vacancy.
    """
    desk.demand("papers.make")
    post = desk.get(Vacancy, vacancy)
    policy = desk.pack.policy
    return letters.notice(
        stories.office(desk),
        post,
        policy.notice.topics,
        position=(policy.kcsie.on, policy.kcsie.decision),
        made_at=desk.now,
        made_by=desk.me.name,
    )


def article_14(desk: Desk, applicant: str) -> Paper:
    """The letter that tells a searched applicant so, within a month; making it is entered.

    Raises:
        NotPermitted: only HR.
        NotFound: nothing was looked at, so there is nothing to tell.
    """
    desk.demand("papers.make")
    person = desk.get(Applicant, applicant)
    told = _searches(desk, applicant)
    if not told:
        raise NotFound(
            "Nothing was looked at for this applicant.", "No letter is due after a refusal."
        )
    made = oversight.disclose(
        desk, kind="article-14", recipient="the applicant", applicant=applicant
    )
    return letters.article_14(
        stories.office(desk),
        person,
        desk.get(Vacancy, person.vacancy),
        told,
        outside=len(declarations.outside(desk, applicant)),
        made_at=made.at,
        made_by=desk.me.name,
    )


def _searches(desk: Desk, applicant: str) -> list[letters.Searched]:
    found = []
    for id in stories.requests_of(desk, applicant):
        file = casefile.open_file(desk, id)
        if not file.sights or not file.claim:
            continue
        result = RESULTS[file.findings[-1].result] if file.findings else "Not yet concluded."
        found.append(
            letters.Searched(
                quote=file.claim.quote,
                on=file.sights[0].lookup.at,
                places=_places(file.sights),
                result=result,
                reply=_reply(file.replies),
            )
        )
    return found


def _reply(replies: tuple[Reply, ...]) -> str:
    """What the letter says of the applicant's answer, where one was invited."""
    if not replies:
        return ""
    last = replies[-1]
    said = f"We invited you to answer on {last.invited_on:%-d %B %Y}"
    if last.state is ReplyState.INVITED:
        return f"{said} and wait for your answer until {last.due_on:%-d %B %Y}."
    said += ", and you answered." if last.text else ". No answer reached us in time."
    if not last.weighing:
        return said
    came = f" What came of it: {last.weight.words}." if last.weight else ""
    return f"{said} How that was weighed: {last.weighing}{came}"


def _places(sights: tuple[Sight, ...]) -> tuple[str, ...]:
    seen = [
        attempt.address
        for sight in sights
        for attempt in sight.attempts
        if attempt.outcome == "answered" and attempt.address
    ]
    return tuple(dict.fromkeys(seen))
