"""The exceptions list: what HR should look at before anybody else finds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from recruitcheck.errors import Destroyed, Sealed
from recruitcheck.records import Applicant, Entry, Reply, ReplyState, Role, Stage, Vacancy
from recruitcheck.rules.retention import breach_deadline
from recruitcheck.steps import audit_index, incidents, reading, referrals, retention, sourcing
from recruitcheck.steps.desk import Desk

_PATIENCE = timedelta(days=14)
"""How long a reply, or a destruction that is due, may wait before it stands here. No law says so:
two weeks are long enough for a holiday and too short to be forgotten."""
_UNTOLD = timedelta(days=21)
"""A week before the month is over in which the applicant must be told (UK GDPR 14(3)(a))."""
_SEARCHABLE = (Stage.SHORTLISTED, Stage.INTERVIEW, Stage.OFFER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notable:
    """One thing out of the ordinary."""

    kind: str
    subject: str
    applicant: str
    since: datetime
    words: str


def exceptions(desk: Desk) -> tuple[Notable, ...]:
    """Everything out of the ordinary now, the oldest first.

    Raises:
        NotPermitted: only HR.
    """
    desk.demand("audit.read")
    gone = reading.destroyed(desk)
    found = [
        *_unused_grants(desk, gone),
        *_replies(desk),
        *_overdue_referrals(desk, gone),
        *_retention(desk),
        *_notices(desk, gone),
        *_article_14(desk, gone),
        *_own_acts(desk),
        *_barred(desk),
        *_candidates(desk),
        *_breaches(desk),
        *left_alone(desk),
        *_people(desk),
        *_policy(desk),
    ]
    return tuple(sorted(found, key=lambda one: one.since))


def _unused_grants(desk: Desk, gone: dict[str, Entry]) -> Iterator[Notable]:
    for row in audit_index.index(desk).matching("state:expired"):
        if row.applicant not in gone:
            yield Notable(
                kind="expired-grant",
                subject=row.id,
                applicant=row.applicant,
                since=row.at,
                words="A search was permitted and the permission ended unused.",
            )


def _replies(desk: Desk) -> Iterator[Notable]:
    for reply in desk.all(Reply):
        late = reply.state is ReplyState.INVITED and reply.due_on < desk.today
        unweighed = reply.state in (ReplyState.REPLIED, ReplyState.LAPSED) and (
            (reply.received_on or reply.due_on) + _PATIENCE < desk.today
        )
        if late or unweighed:
            yield Notable(
                kind="lapsed-reply" if late else "unweighed-reply",
                subject=reply.id,
                applicant=reply.applicant,
                since=_start(desk, reply.id),
                words="No reply came in time and nobody recorded that."
                if late
                else "A reply waits to be weighed for more than two weeks.",
            )


def _overdue_referrals(desk: Desk, gone: dict[str, Entry]) -> Iterator[Notable]:
    decided = {entry.subject for entry in desk.register.entries(type="referral-decided")}
    days = desk.pack.policy.limits.referral_days
    for entry in desk.register.entries(type="referral"):
        late = desk.now > referrals.working_days(entry.at, days)
        if entry.subject not in decided and entry.case not in gone and late:
            yield Notable(
                kind="overdue-referral",
                subject=entry.subject,
                applicant=entry.case,
                since=entry.at,
                words="A referral is past its deadline; it is the deputy's now.",
            )


def _retention(desk: Desk) -> Iterator[Notable]:
    for due in retention.listed(desk):
        if due.now and due.days_over > _PATIENCE.days:
            yield Notable(
                kind="overdue-retention",
                subject=due.applicant,
                applicant=due.applicant,
                since=desk.now - timedelta(days=due.days_over),
                words=f"These records were due for destruction {due.days_over} days ago.",
            )


def _notices(desk: Desk, gone: dict[str, Entry]) -> Iterator[Notable]:
    stages = {vacancy.id: vacancy.stage for vacancy in desk.all(Vacancy)}
    for applicant in desk.all(Applicant):
        if applicant.notice_on or applicant.id in gone:
            continue
        if stages.get(applicant.vacancy) in _SEARCHABLE:
            yield Notable(
                kind="missing-notice",
                subject=applicant.id,
                applicant=applicant.id,
                since=_start(desk, applicant.id),
                words="Shortlisted, but no notice about searches is on record.",
            )


def _article_14(desk: Desk, gone: dict[str, Entry]) -> Iterator[Notable]:
    """After a search the applicant is told within a month (UK GDPR 14(3)(a))."""
    told = {
        entry.case
        for entry in desk.register.entries(type="disclosure")
        if entry.facts.get("kind") == "article-14"
    }
    searched: dict[str, datetime] = {}
    for entry in desk.register.entries(type="lookup"):
        searched.setdefault(entry.case, entry.at)
    for case, at in searched.items():
        if case not in told and case not in gone and desk.now - at > _UNTOLD:
            yield Notable(
                kind="article-14-due",
                subject=case,
                applicant=case,
                since=at,
                words="Searched three weeks ago or longer and not yet told (one month at most).",
            )


def _own_acts(desk: Desk) -> Iterator[Notable]:
    """Requests of people who also hold the role that audits them: somebody else must read these."""
    reviewers = {
        person.id: person.name
        for person in desk.register.people()
        if {Role.HR, Role.EQUALITY} & set(person.roles)
    }
    for row in audit_index.index(desk).matching(""):
        if row.by_id in reviewers and row.decision:
            yield Notable(
                kind="reviewers-own-act",
                subject=row.id,
                applicant=row.applicant,
                since=row.at,
                words=f"{reviewers[row.by_id]} asked for this and also reviews; another person "
                "must audit it.",
            )


def _barred(desk: Desk) -> Iterator[Notable]:
    """Somebody barred by an exposure declaration who acted on the case afterwards."""
    barred: dict[tuple[str, str], datetime] = {}
    for entry in desk.register.entries(type="declaration"):
        if entry.facts.get("kind") == "exposure":
            for person in entry.refs:
                if person.startswith("P-"):
                    barred[entry.case, person] = entry.at
    for (case, person), at in barred.items():
        for entry in desk.register.entries(case=case):
            acts = ("finding", "panel-line", "reply", "justification")
            if entry.author == person and entry.at > at and entry.type in acts:
                yield Notable(
                    kind="barred-person-acted",
                    subject=entry.subject,
                    applicant=case,
                    since=entry.at,
                    words="Somebody who is barred from this decision acted on it.",
                )


def _candidates(desk: Desk) -> Iterator[Notable]:
    """People found and approached who were not told within a month (UK GDPR 14(3))."""
    for candidate in sourcing.overdue_notices(desk):
        yield Notable(
            kind="candidate-not-told",
            subject=candidate.id,
            applicant="",
            since=candidate.at,
            words="Somebody found as a candidate was not told in time how we found them.",
        )


def _breaches(desk: Desk) -> Iterator[Notable]:
    """Breaches whose 72 hours are over with no word on reporting (UK GDPR 33)."""
    for breach in incidents.breaches(desk):
        over = breach_deadline(breach.aware_at) < desk.now
        if over and breach.reported_at is None and not breach.person and not breach.lessons:
            yield Notable(
                kind="breach-clock-over",
                subject=breach.id,
                applicant="",
                since=breach.aware_at,
                words="The 72 hours of a breach are over; report it, or write down why not.",
            )


def left_alone(desk: Desk) -> Iterator[Notable]:
    """Cases of open posts whose recruiters have all left: HR hands them over, or nobody goes on."""
    people = {person.id: person for person in desk.register.people()}
    readers: dict[str, set[str]] = defaultdict(set)
    for entry in desk.register.entries(type="applicant-added"):
        readers[entry.case].add(entry.author)
    for entry in desk.register.entries(type="case-shared"):
        readers[entry.case].update(entry.refs)
    posts = {vacancy.id for vacancy in desk.all(Vacancy) if vacancy.stage is not Stage.CLOSED}
    for applicant in desk.all(Applicant):
        held = [people[id] for id in readers[applicant.id] if id in people]
        gone = [person.left_at for person in held if person.left_at]
        at_work = any(not one.left_at and Role.RECRUITER in one.roles for one in held)
        if applicant.vacancy in posts and gone and not at_work:
            yield Notable(
                kind="case-left-alone",
                subject=applicant.id,
                applicant=applicant.id,
                since=max(gone),
                words="The recruiter of this case has left; hand the case over to another.",
            )


def _people(desk: Desk) -> Iterator[Notable]:
    for person in desk.register.people():
        lapsed = person.trained_until is not None and person.trained_until < desk.today
        if lapsed and not person.left_at and person.admitted_at:
            yield Notable(
                kind="training-lapsed",
                subject=person.id,
                applicant="",
                since=person.admitted_at,
                words=f"{person.name}'s training attestation has lapsed.",
            )


def _policy(desk: Desk) -> Iterator[Notable]:
    due = desk.pack.policy.review_due
    if due < desk.today:
        yield Notable(
            kind="policy-review-overdue",
            subject="policy",
            applicant="",
            since=desk.now - (desk.today - due),
            words=f"The policy pack was due for review on {due:%-d %B %Y}.",
        )


def _start(desk: Desk, subject: str) -> datetime:
    try:
        return next(entry.at for entry in desk.register.entries(subject=subject))
    except (StopIteration, Sealed, Destroyed):
        return desk.now
