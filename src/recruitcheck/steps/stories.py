"""From the records of a request to the paper that tells it."""

from __future__ import annotations

from collections.abc import Collection

from recruitcheck.records import Applicant, Role, Vacancy
from recruitcheck.reports.casefile import Story, told
from recruitcheck.reports.entries import entries_table
from recruitcheck.reports.letters import Office
from recruitcheck.reports.paper import Block, Facts, Paper, section
from recruitcheck.steps import audit_index, casefile
from recruitcheck.steps.casefile import CaseFile
from recruitcheck.steps.desk import Desk


def office(desk: Desk) -> Office:
    """Who writes to applicants, from the policy pack."""
    return Office(
        organisation=desk.settings().organisation,
        applicants=_contact(desk, "applicants"),
        data_protection=data_protection(desk),
        content_months=desk.pack.policy.retention.content_months,
        skeleton_months=desk.pack.policy.retention.skeleton_months,
    )


def _contact(desk: Desk, key: str) -> str:
    one = desk.pack.policy.contacts.get(key)
    return f"{one.title}, {one.address}" if one else ""


def data_protection(desk: Desk) -> str:
    """Where to write to the data protection officer, without the title."""
    one = desk.pack.policy.contacts.get("data_protection")
    return one.address if one else ""


def names(desk: Desk, *, for_applicant: bool = False) -> dict[str, str]:
    """Ids of people to names; for an applicant, reviewers stand under their office."""
    found: dict[str, str] = {}
    for person in desk.register.people():
        reviewer = Role.EQUALITY in person.roles and for_applicant
        found[person.id] = "an equality reviewer" if reviewer else person.name
    return found


def story(
    desk: Desk,
    file: CaseFile,
    *,
    for_applicant: bool = False,
    without: Collection[str] = (),
) -> Story:
    """One request as the records a paper is made of; `without` leaves reviews out by id."""
    asked = file.justification
    wanted = [
        line.text
        for line in (file.vacancy.requirements if file.vacancy else ())
        if asked and line.id == asked.requirement
    ]
    ground = desk.pack.grounds.get(asked.ground) if asked else None
    source = desk.pack.sources.get(asked.source) if asked else None
    return Story(
        id=file.id,
        claim=file.claim,
        document=file.document.title if file.document else "",
        justification=asked,
        requirement=wanted[0] if wanted else "",
        stage=str(file.trace.stage) if file.trace else "",
        ground=ground.title if ground else (asked.ground if asked else ""),
        source=source.title if source else (asked.source if asked else ""),
        decision=file.decision,
        referrals=file.referrals,
        grants=file.grants,
        sights=file.sights,
        withheld=file.withheld,
        evidence=file.evidence,
        findings=file.findings,
        replies=file.replies,
        panel_lines=file.panel_lines,
        reviews=tuple(one for one in file.reviews if one.id not in without),
        names=names(desk, for_applicant=for_applicant),
    )


def requests_of(desk: Desk, applicant: str) -> tuple[str, ...]:
    """Ids of the requests about one applicant, oldest first."""
    rows = audit_index.index(desk).matching(f"applicant:{applicant}")
    return tuple(row.id for row in rows if row.decision and row.applicant == applicant)


def record_paper(desk: Desk, id: str) -> Paper:
    """One request as HR audits it, on paper.

    Raises:
        NotPermitted: only HR.
        NotFound: there is no such request.
    """
    desk.demand("audit.read")
    file = casefile.open_file(desk, id)
    known = names(desk)
    return Paper(
        title=f"Record of one request: {file.id}",
        organisation=desk.settings().organisation,
        made_at=desk.now,
        made_by=desk.me.name,
        about=_about(file.applicant, file.vacancy),
        confidential="For HR",
        sections=(
            section("The claim in its place", *_in_place(file)),
            told(story(desk, file), 1),
            section("Rules that were satisfied", _satisfied(file)),
            section("Entries of the ledger", entries_table(file.entries, known)),
        ),
    )


def _in_place(file: CaseFile) -> list[Block]:
    """The claim where it stands in its document, and what the applicant had been told by then."""
    if file.claim is None:
        return ["Destroyed or sealed."]
    document, person = file.document, file.applicant
    title = document.title if document else ""
    return [
        f"… {file.before}[{file.claim.quote}]{file.after} …",
        Facts(
            facts=(
                ("Document", f"{title}, characters {file.claim.start} to {file.claim.end}"),
                ("Kinds of claim", ", ".join(file.trace.claim_kinds) if file.trace else ""),
                ("Told about searches on", person.notice_on or "not on record" if person else ""),
                ("Version of the notice", person.notice_version if person else ""),
                ("Policy pack", file.decision.pack_digest[:16] if file.decision else ""),
            )
        ),
    ]


def _satisfied(file: CaseFile) -> str:
    held = (
        [reason.rule for reason in file.decision.reasons if reason.holds] if file.decision else []
    )
    return ", ".join(held) or "None on record."


def _about(applicant: Applicant | None, vacancy: Vacancy | None) -> str:
    parts = [applicant.id] if applicant else []
    if vacancy:
        parts += [vacancy.title, vacancy.school, vacancy.reference]
    return ", ".join(parts)


def facts_of(applicant: Applicant, vacancy: Vacancy) -> Facts:
    """What is on record about an applicant and the post."""
    return Facts(
        facts=(
            ("Name", applicant.name),
            ("Pseudonym in our lists", applicant.id),
            ("Post", f"{vacancy.title}, {vacancy.school}, {vacancy.reference}"),
            ("Accounts and addresses you gave us", ", ".join(applicant.accounts) or "none"),
            ("Told about searches on", applicant.notice_on or "no notice on record"),
            ("Version of the notice", applicant.notice_version),
            ("Objected on", applicant.objected_on or "no objection on record"),
        )
    )
