"""Papers that answer for the processing, filled from settings and policy pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from recruitcheck.errors import BadInput
from recruitcheck.records import Vacancy, Verdict
from recruitcheck.reports import governance
from recruitcheck.reports.paper import Paper
from recruitcheck.steps import audit_index, instructions, oversight, retention, stories
from recruitcheck.steps.desk import Desk

GOVERNANCE: Mapping[str, Callable[[governance.Settings], Paper]] = MappingProxyType(
    {
        "processing-record": governance.processing_record,
        "impact-assessment": governance.assessment,
        "public-task-test": partial(governance.lawful_basis, basis="public task"),
        "legitimate-interests": partial(governance.lawful_basis, basis="legitimate interests"),
    }
)


def paper(desk: Desk, kind: str) -> Paper:
    """Article 30 record, DPIA or lawful-basis test, filled from settings and pack.

    Raises:
        NotPermitted: only HR.
        BadInput: no such paper.
    """
    desk.demand("papers.make")
    if kind not in GOVERNANCE:
        raise BadInput(f"There is no paper {kind!r}.", f"Choose {', '.join(GOVERNANCE)}.")
    given = _settings(desk)
    oversight.disclose(desk, kind=kind, recipient="data protection officer")
    return GOVERNANCE[kind](given)


_MANNERS = {
    "page": "read by the program",
    "adapter": "read by the program",
    "manual": "looked at by a person, logged out",
    "supplied": "brought by the applicant",
    "typed_finding": "one fact is typed in, nothing is copied",
    "never": "never used",
}


def _settings(desk: Desk) -> governance.Settings:
    pack, policy = desk.pack, desk.pack.policy
    rows = audit_index.index(desk).matching("")
    decided = Counter(row.decision for row in rows if row.decision)
    roles = Counter(
        str(role)
        for person in desk.register.people()
        if person.admitted_at and not person.left_at
        for role in person.roles
    )
    office = stories.office(desk)
    return governance.Settings(
        organisation=desk.settings().organisation,
        made_at=desk.now,
        made_by=desk.me.name,
        schools=tuple(sorted({vacancy.school for vacancy in desk.all(Vacancy)})),
        policy_title=policy.title,
        policy_version=policy.version,
        policy_source=policy.source,
        review_due=policy.review_due,
        approval=tuple((one.name, one.role) for one in policy.approval),
        contacts={"data_protection": office.data_protection, "applicants": office.applicants},
        clauses=policy.clauses,
        grounds=tuple((one.title, one.clause, one.why.strip()) for one in pack.grounds.values()),
        sources=tuple(
            (one.title, _MANNERS[one.manner], one.why.strip()) for one in pack.sources.values()
        ),
        content_months=policy.retention.content_months,
        skeleton_months=policy.retention.skeleton_months,
        grant_hours=policy.limits.grant_hours,
        max_requests=policy.limits.max_requests,
        reply_days=policy.limits.reply_days,
        threshold=policy.limits.suppression_threshold,
        roles=tuple(sorted(roles.items())),
        figures={
            "Requests": sum(decided.values()),
            "Requests permitted": decided[Verdict.PERMIT],
            "Requests referred": decided[Verdict.REFER],
            "Requests refused": decided[Verdict.REFUSE],
            "Applicants on record": sum(
                1 for _ in desk.register.entries(type="applicant-added")
            ),
        },
        third_parties=tuple(sorted({name for _, name in instructions.researchers(desk)})),
        warnings=retention.warnings(desk),
    )  # fmt: skip
