"""The story of the demo, played through the same steps and the same client as real work.

Each chapter is one thing that the tool promises; it says what happened and whether that is what
should have happened. The demo succeeds only if every chapter does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from recruitcheck.demo import papers, trust
from recruitcheck.demo.play import Chapter, Play, answers, kept, refused, unexpected
from recruitcheck.demo.site import LOOPBACK
from recruitcheck.errors import NotPermitted, RecruitcheckError
from recruitcheck.records import (
    BlindReferral,
    Result,
    Stage,
    Trace,
    Verdict,
)
from recruitcheck.steps import approval, finding, intake, people, referrals, search
from recruitcheck.steps.desk import Desk, create_desk


def chapters() -> tuple[Callable[[Play], Chapter], ...]:
    """The chapters in their order; each needs those before it."""
    return (
        register_made,
        papers_read,
        claim_confirmed,
        account_observed,
        claim_contradicted,
        routine_refused,
        protected_refused,
        sensitive_referred,
        redirect_refused,
        listed_for_hr,
        ledger_verified,
    )


def played(play: Play) -> Iterator[Chapter]:
    """Play chapter after chapter; an error ends its chapter, and the story, as not as it should."""
    for chapter in chapters():
        try:
            yield chapter(play)
        except RecruitcheckError as error:
            title = chapter.__name__.replace("_", " ").capitalize()
            yield Chapter(title=title, lines=(error.message, error.hint), as_it_should=False)
            return


# --- the chapters -----------------------------------------------------------------------------


def register_made(play: Play) -> Chapter:
    """A register with four people, each with keys of their own."""
    desk, _ = create_desk(
        str(play.where),
        organisation=trust.ORGANISATION,
        name=trust.HR.name,
        passphrase=trust.HR.passphrase,
        demo=True,
        resolver=play.web.resolve,
        permitted_addresses=(LOOPBACK,),
    )
    play.desks[trust.HR.name] = desk
    for member in trust.MEMBERS[1:]:
        code = people.invite(desk, member.name, member.roles)
        desk.register.join(code, member.passphrase)
        people.admit(desk, member.name)
    return Chapter(
        title=f"{trust.ORGANISATION} makes its register",
        lines=tuple(f"{m.name}: {', '.join(m.roles)}" for m in trust.MEMBERS),
        as_it_should=all(person.admitted_at for person in people.everyone(desk)),
    )


def papers_read(play: Play) -> Chapter:
    """Two posts and five applications, read from real PDF and DOCX files; claims are marked."""
    desk = play.desk(trust.RECRUITER)
    for post in (trust.MATHS, trust.OUTREACH):
        play.vacancies[post.reference] = intake.add_vacancy(
            desk,
            reference=post.reference,
            title=post.title,
            school=post.school,
            requirements=post.requirements,
            panel=(trust.PANEL.name,),
            advertised_words=post.advert,
            stage=Stage.SHORTLISTED,
        )
    lines = [f"{p.title}, {p.school}" for p in (trust.MATHS, trust.OUTREACH)]
    for person in trust.applicants(play.web.port):
        lines.append(_application(play, desk, person))
    for name in ("laura", "samuel", "grace"):
        people.share_case(desk, play.applicants[name].id, trust.PANEL.name)
    lines.append(
        f"{trust.PANEL.name} gets three of the cases; he is on the panel, so he may ask, "
        "and somebody else will look."
    )
    return Chapter(
        title="Two posts, five applications",
        lines=tuple(lines),
        as_it_should=len(play.applicants) == 5 and len(play.claims) == 6,
    )


def _application(play: Play, desk: Desk, person: trust.Person) -> str:
    applicant = intake.add_applicant(
        desk,
        play.vacancies[person.post.reference].id,
        name=person.name,
        notice_on=desk.today - timedelta(days=14),
    )
    document = intake.add_document(
        desk,
        applicant.id,
        kind=person.kind,
        filename=person.filename,
        data=paper(person),
    )
    first = person.name.partition(" ")[0].lower()
    play.applicants[first] = applicant
    for key, quote in person.claims.items():
        start, end = intake.find_span(document, quote)
        play.claims[f"{first} {key}"] = intake.mark_claim(desk, document.id, start, end)
    return f"{applicant.id}: {person.filename}, {len(document.text)} characters read"


def paper(person: trust.Person) -> bytes:
    """The file that an invented applicant sent."""
    if person.filename.endswith(".pdf"):
        return papers.pdf(person.name, person.text())
    return papers.docx(person.name, person.text(), person.form)


def claim_confirmed(play: Play) -> Chapter:
    """A permitted search: the blog shows what the application says, and nothing else is shown."""
    desk = play.desk(trust.RECRUITER)
    outcome = approval.justify(desk, _about_the_blog(play))
    if outcome.grant is None:
        return unexpected("The blog is looked at", outcome)
    sight = search.look_up(desk, outcome.grant.id)
    made = kept(desk, outcome.grant, sight, Result.CONFIRMED, "supports")
    line = finding.panel_line(desk, made.id)
    shown = " ".join(passage.text for passage in sight.passages)
    quiet = not any(word in shown for word in ("wife", "child", "worship", "Anita"))
    return Chapter(
        title="A claim about a blog is checked and confirmed",
        lines=(
            f"Claim: “{play.claims['priya blog'].quote}”",
            "Decision: permit. One address, three days, and nothing the claim does not name.",
            *(f"Shown: “{passage.text}”" for passage in sight.passages),
            search.CONSTANT_SENTENCE,
            f"The panel reads: {line.text}",
        ),
        as_it_should=bool(sight.passages) and quiet and made.result is Result.CONFIRMED,
    )


def _about_the_blog(play: Play) -> approval.Answers:
    return answers(
        play,
        "priya blog",
        ground="hobby-or-skill-online",
        requirement="S2",
        source="web_page",
        reason="The post asks for enrichment outside lessons. Confirm that Friday Puzzles is a "
        "weekly maths puzzle blog and has run since September 2021.",
        confirms="Weekly puzzles from September 2021 on, under the name Friday Puzzles.",
        refutes="No such blog at this address, or one that began later.",
    )


def account_observed(play: Play) -> Chapter:
    """A school's account, run as a publicity tool: a person looks, logged out, and types."""
    desk = play.desk(trust.RECRUITER)
    outcome = approval.justify(
        desk,
        answers(
            play,
            "owen account",
            ground="publicity-account",
            requirement="S1",
            source="instagram",
            reason="The post includes running the school's account. Confirm that @ashdownprimary "
            "posted about the reading week between 2022 and 2024.",
            confirms="Posts about the reading week in March of those years.",
            refutes="The account does not exist, or shows no reading week in those years.",
        ),
    )
    if outcome.grant is None:
        return unexpected("A school's account is looked at", outcome)
    sight = search.observe(
        desk,
        outcome.grant.id,
        search.Observation(
            address="https://www.instagram.com/ashdownprimary/",
            text="ashdownprimary: Reading week at Ashdown Primary School, March 2023. Our "
            "account has shared every reading week since 2022.",
            seen_on=desk.today,
            published=date(2023, 3, 6),
            author="ashdownprimary",
            public=True,
            not_logged_in=True,
            no_contact=True,
        ),
    )
    made = kept(desk, outcome.grant, sight, Result.CONFIRMED, "supports")
    return Chapter(
        title="A school's account is looked at by a person, not by a program",
        lines=(
            f"Claim: “{play.claims['owen account'].quote}”",
            "Instagram's owner does not allow programs, so somebody looked, logged out.",
            *(f"Kept, observed by a person: “{p.text}”" for p in sight.passages),
        ),
        as_it_should=bool(sight.passages) and made.result is Result.CONFIRMED,
    )


def claim_contradicted(play: Play) -> Chapter:
    """A contradiction: the applicant is asked before anybody may use it."""
    desk = play.desk(trust.RECRUITER)
    outcome = approval.justify(
        play.desk(trust.PANEL),
        answers(
            play,
            "laura article",
            ground="published-work",
            requirement="S2",
            source="web_page",
            reason="The post asks for published writing. Check that the article 'Reading Aloud to "
            "Reluctant Readers' appeared in March 2023 and is hers.",
            confirms="The article of that title, of March 2023, with her as its writer.",
            refutes="The article names somebody else as its writer.",
        ),
    )
    if outcome.grant is None:
        return unexpected("An article is looked for", outcome)
    sight = search.look_up(desk, outcome.grant.id)
    made = kept(desk, outcome.grant, sight, Result.CONTRADICTED, "contradicts")
    try:
        finding.panel_line(desk, made.id)
        held_back = ""
    except NotPermitted as error:
        held_back = error.message
    reply, letter = finding.invite_reply(desk, made.id)
    return Chapter(
        title="A claim is contradicted, so the applicant is asked first",
        lines=(
            f"Claim: “{play.claims['laura article'].quote}”",
            *(f"Shown: “{passage.text}”" for passage in sight.passages),
            f"Told to the panel? {held_back}",
            f"Reply invited until {reply.due_on:%-d %B %Y}, by a letter of "
            f"{len(letter.splitlines())} lines.",
        ),
        as_it_should=bool(held_back) and made.result is Result.CONTRADICTED,
    )


def routine_refused(play: Play) -> Chapter:
    """The same search, asked for because everybody is searched."""
    return refused(
        play,
        "samuel competition",
        title="A routine check is refused",
        ground="skill-shown-in-public",
        reason="We look up every shortlisted candidate online as a matter of routine.",
        confirms="The list of winners names the team.",
        refutes="The organiser names another team.",
    )


def protected_refused(play: Play) -> Chapter:
    """A search that aims at a protected characteristic behind a real quotation."""
    return refused(
        play,
        "grace blog",
        title="A search for a protected characteristic is refused",
        ground="hobby-or-skill-online",
        reason="Have a look at the blog to see whether she is pregnant or planning a family.",
        confirms="The page says what the application says.",
        refutes="The page says otherwise.",
    )


def sensitive_referred(play: Play) -> Chapter:
    """A claim whose confirmation would show a protected characteristic goes to the reviewer."""
    outcome = approval.justify(
        play.desk(trust.PANEL),
        answers(
            play,
            "samuel union",
            ground="skill-shown-in-public",
            requirement="S3",
            source="publication",
            reason="The post asks for clear writing. Confirm that the newsletter Chalk Lines has "
            "been written by the branch secretary since 2020.",
            confirms="Issues of Chalk Lines since 2020.",
            refutes="No newsletter called Chalk Lines.",
        ),
    )
    waiting: tuple[BlindReferral, ...] = referrals.waiting(play.desk(trust.EQUALITY))
    name = next(p.name for p in trust.applicants(play.web.port) if "union" in p.claims)
    blind = all(name not in str(one) for one in waiting)
    return Chapter(
        title="A sensitive claim goes to the equality reviewer, without the name",
        lines=(
            f"Claim: “{play.claims['samuel union'].quote}”",
            f"Decision: {outcome.decision.verdict}.",
            *(f"On {trust.EQUALITY.name}'s desk: {o.vacancy_title}, {o.school}" for o in waiting),
        ),
        as_it_should=outcome.decision.verdict is Verdict.REFER and len(waiting) == 1 and blind,
    )


def redirect_refused(play: Play) -> Chapter:
    """The quoted address sends the client elsewhere; it does not go."""
    desk = play.desk(trust.RECRUITER)
    outcome = approval.justify(
        play.desk(trust.PANEL),
        answers(
            play,
            "grace blog",
            ground="hobby-or-skill-online",
            requirement="S3",
            source="web_page",
            reason="The post asks for work with the local community. Confirm that Canal Notes is "
            "a local history blog.",
            confirms="A local history blog called Canal Notes at this address.",
            refutes="No such blog at this address.",
        ),
    )
    if outcome.grant is None:
        return unexpected("A redirect is not followed", outcome)
    sight = search.look_up(desk, outcome.grant.id)
    went = [one for one in play.web.asked if one.startswith(trust.ELSEWHERE)]
    finding.record(desk, claim=outcome.grant.claim, grant=outcome.grant.id, result=Result.NOT_FOUND)
    return Chapter(
        title="An address that sends us elsewhere is not followed",
        lines=(
            f"Claim: “{play.claims['grace blog'].quote}”",
            sight.lookup.message,
            "The other address was never asked, and “not found” counts for nothing.",
        ),
        as_it_should=sight.lookup.outcome == "failed" and not sight.passages and not went,
    )


def listed_for_hr(play: Play) -> Chapter:
    """HR sees every request, refused ones too."""
    desk = play.desk(trust.HR)
    traces = sorted(desk.all(Trace), key=lambda trace: trace.at)
    counts = {verdict: sum(t.verdict is verdict for t in traces) for verdict in Verdict}
    return Chapter(
        title="HR's list: every request, with the rules that spoke",
        lines=tuple(
            f"{t.at:%H:%M:%S}  {t.verdict:<7} {t.applicant}  {', '.join(t.rules) or '-'}"
            for t in traces
        ),
        as_it_should=counts == {Verdict.PERMIT: 4, Verdict.REFER: 1, Verdict.REFUSE: 2},
    )


def ledger_verified(play: Play) -> Chapter:
    """Anyone can check that nothing was changed, without a key."""
    from recruitcheck.vault import verify

    play.close()
    found = verify.verify(str(play.where))
    return Chapter(
        title="The ledger is checked, without any key",
        lines=(f"{found.size} entries, root {found.root}", *(p.message for p in found.problems)),
        as_it_should=found.ok,
    )
