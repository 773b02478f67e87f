"""Retention: what is due, what pauses it, destroying it, and the certificate.

Content goes when its clock has run; the skeleton of entries stays, without content, until its own
end. A hold pauses the clock: a legal hold, a complaint, a claim, or an access request, because
destroying what somebody has asked to see is an offence (DPA 2018 s.173).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from recruitcheck.errors import BadInput, NotPermitted
from recruitcheck.records import Applicant, Destruction, Draft, Entry, Hold, Trace, Vacancy
from recruitcheck.rules.retention import Case, Due, Periods, all_due, skeleton_until
from recruitcheck.rules.retention import warnings as period_warnings
from recruitcheck.steps import reading
from recruitcheck.steps.desk import Desk, box, new_id

CAUSES = {
    "legal-hold": "legal hold",
    "access-request": "access request",
    "complaint": "complaint",
    "claim": "claim at a tribunal or court",
    "restriction": "restriction asked for by the applicant",
}
_EVER = 36_500
"""Days; a hundred years, which no period of a policy reaches."""
DESTRUCTION_CAUSES = {
    "retention": "the retention period has ended",
    "erasure": "the applicant asked for erasure (UK GDPR 17)",
}


def due(desk: Desk, *, within_days: int = 0) -> tuple[Due, ...]:
    """What is due for destruction by today, or within so many days; held ones say by what.

    Raises:
        NotPermitted: only HR.
    """
    desk.demand("retention.read")
    return all_due(_cases(desk), periods(desk), desk.today, within_days=within_days)


def listed(desk: Desk) -> tuple[Due, ...]:
    """Every applicant's due date, whenever it is.

    Raises:
        NotPermitted: only HR.
    """
    return due(desk, within_days=_EVER)


def warnings(desk: Desk) -> tuple[str, ...]:
    """Where the policy's periods are shorter than claim periods; from the pack's own figures."""
    told = desk.pack.policy.retention
    claims = [(one.since, one.months, one.note) for one in told.claim_periods]
    return period_warnings(told.content_months, told.warn_below_months, claims, desk.today)


def periods(desk: Desk) -> Periods:
    """The pack's two clocks, in months; a post that nobody ever decides waits twice as long."""
    told = desk.pack.policy.retention
    return Periods(
        content=told.content_months,
        skeleton=told.skeleton_months,
        undecided=2 * told.content_months,
    )


# --- holds --------------------------------------------------------------------------------------


def hold(desk: Desk, applicant: str, cause: str, *, note: str = "") -> Hold:
    """Pause destruction for one applicant.

    Raises:
        NotPermitted: only HR.
        BadInput: the cause is not one of `CAUSES`.
        Destroyed: the records are gone already.
    """
    desk.demand("hold.set")
    if cause not in CAUSES:
        raise BadInput(
            f"There is no cause {cause!r} for a hold.", f"Choose one of: {', '.join(CAUSES)}."
        )
    desk.get(Applicant, applicant)
    made = Hold(
        id=new_id("H"),
        applicant=applicant,
        cause=cause,
        by=desk.me.id,
        since=desk.now,
        note=note.strip(),
    )
    _enter(desk, "hold", made)
    return made


def lift(desk: Desk, hold: str, *, why: str = "") -> Hold:
    """Let the clock run again.

    Raises:
        NotPermitted: only HR.
        NotFound: no such hold.
        BadInput: it was lifted already.
    """
    desk.demand("hold.set")
    held = reading.one(desk, Hold, "hold", ("hr",), hold)
    if hold in _lifted(desk):
        raise BadInput("This hold was lifted already.", "The clock is running.")
    over = replace(held, until=desk.now, note="\n".join(filter(None, (held.note, why.strip()))))
    _enter(desk, "hold-lifted", over)
    return over


def holds(desk: Desk, *, applicant: str | None = None, now_only: bool = True) -> tuple[Hold, ...]:
    """Holds in force, or also those that were lifted.

    Raises:
        NotPermitted: only HR.
    """
    desk.demand("retention.read")
    lifted = {h.id: h for h in reading.newest(desk, Hold, "hold-lifted", ("hr",), case=applicant)}
    every = reading.newest(desk, Hold, "hold", ("hr",), case=applicant)
    found = (lifted.get(one.id, one) for one in every)
    return tuple(one for one in found if not (now_only and one.until))


def skeleton_holds(desk: Desk, applicant: str) -> tuple[Hold, ...]:
    """The holds there were on a destroyed case, from what its entries still show: when, not why."""
    desk.demand("retention.read")
    ends = {
        entry.subject: entry.at
        for entry in desk.register.entries(case=applicant, type="hold-lifted")
    }
    return tuple(
        Hold(
            id=entry.subject,
            applicant=applicant,
            cause="destroyed with the content",
            by=entry.author,
            since=entry.at,
            until=ends.get(entry.subject),
        )
        for entry in desk.register.entries(case=applicant, type="hold")
    )


def _lifted(desk: Desk) -> set[str]:
    return {entry.subject for entry in desk.register.entries(type="hold-lifted")}


def _enter(desk: Desk, type_: str, held: Hold) -> None:
    desk.enter(
        Draft(
            type=type_,
            subject=held.id,
            case=held.applicant,
            refs=(held.applicant,),
            boxes={"hr": box(held)},
        )
    )


# --- destruction --------------------------------------------------------------------------------


def ready(desk: Desk, applicants: Sequence[str] | None = None) -> tuple[Due, ...]:
    """What `run` would destroy: all that is due today and not held, or those named among it.

    Raises:
        NotPermitted: only HR, or one of those named is held or not due.
    """
    desk.demand("retention.run")
    known = {one.applicant: one for one in due(desk) if one.now}
    if applicants is None:
        return tuple(known.values())
    if strange := [a for a in applicants if a not in known]:
        raise NotPermitted(
            f"{strange[0]} is not due for destruction, or is held.",
            "Look at the retention list: it says until when, and by what.",
        )
    return tuple(known[applicant] for applicant in dict.fromkeys(applicants))


def run(
    desk: Desk,
    applicants: Sequence[str] | None = None,
    *,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[Destruction, ...]:
    """Destroy the content of all that is due today and not held, or of those named among it.

    Each destruction is whole before the next begins, and one that a crash interrupted is
    finished when the register is next unlocked. Whoever is put on hold meanwhile is passed over.

    Raises:
        NotPermitted: only HR, or one of those named is held or not due.
    """
    chosen = [one.applicant for one in ready(desk, applicants)]
    done: list[Destruction] = []
    for number, applicant in enumerate(chosen, start=1):
        if progress:
            progress(number - 1, len(chosen), applicant)
        try:
            done.append(_destroy(desk, applicant, "retention"))
        except NotPermitted:
            continue  # put on hold since the list was made
    if progress:
        progress(len(chosen), len(chosen), "")
    return tuple(done)


def erase(desk: Desk, applicant: str) -> Destruction:
    """Destroy one applicant's content early, because they asked for it (UK GDPR 17).

    Raises:
        NotPermitted: only HR; or the records are held, or the post is not yet decided.
        Destroyed: the records are gone already.
    """
    desk.demand("retention.run")
    _demand_free(desk, applicant)
    person = desk.get(Applicant, applicant)
    if desk.get(Vacancy, person.vacancy).decided_on is None:
        raise NotPermitted(
            "The appointment is not decided yet.",
            "Tell the applicant that it waits for that; erase once the post is closed.",
        )
    return _destroy(desk, applicant, "erasure")


def _destroy(desk: Desk, applicant: str, cause: str) -> Destruction:
    def unless_held() -> Destruction:
        _demand_free(desk, applicant)  # a hold may have been set in another window meanwhile
        return desk.register.shred(applicant, cause)

    made = desk.alone(unless_held)
    desk.forget()
    return made


def _demand_free(desk: Desk, applicant: str) -> None:
    """Refuse where the applicant's records are held."""
    if held := holds(desk, applicant=applicant):
        raise NotPermitted(
            f"These records are held: {CAUSES[held[0].cause]}.",
            "Erasure waits until the hold is lifted; tell the applicant so (UK GDPR 17(3)).",
        )


def skeleton_end(desk: Desk, destruction: Destruction) -> date:
    """Until when the content-free entries of a destroyed case are kept."""
    return skeleton_until(destruction.at.date(), periods(desk))


# --- the dates of every case --------------------------------------------------------------------


@dataclass(slots=True)
class _Known:
    """What the dates of all cases are read from, gathered once."""

    vacancies: dict[str, Vacancy]
    destroyed: dict[str, Entry]
    holds: dict[str, list[str]] = field(default_factory=dict)
    grounds: dict[str, set[int]] = field(default_factory=dict)
    searched: dict[str, datetime] = field(default_factory=dict)


def _cases(desk: Desk) -> list[Case]:
    known = _Known(
        vacancies={vacancy.id: vacancy for vacancy in desk.all(Vacancy)},
        destroyed=reading.destroyed(desk),
    )
    for held in holds(desk):
        known.holds.setdefault(held.applicant, []).append(CAUSES[held.cause])
    months = {ground.id: ground.retention_months for ground in desk.pack.grounds.values()}
    for trace in desk.all(Trace):
        if trace.ground in months:
            known.grounds.setdefault(trace.applicant, set()).add(months[trace.ground])
    for entry in desk.register.entries(type="lookup"):
        known.searched[entry.case] = entry.at
    found = [_case(entry, known) for entry in desk.register.entries(type="applicant-added")]
    return found + _candidates(desk, known)


def _candidates(desk: Desk, known: _Known) -> list[Case]:
    """People found and approached: their clock runs from the approach, by their ground's period."""
    periods_of = [g.retention_months for g in desk.pack.grounds.values() if g.mode == "sourcing"]
    first: dict[str, Entry] = {}
    for entry in desk.register.entries(type="sourcing-approached"):
        first.setdefault(entry.case, entry)
    return [
        Case(
            applicant=id,
            received_on=entry.at.date(),
            decided_on=entry.at.date(),
            grounds_months=tuple(periods_of),
            clock_from="the first approach",
            holds=tuple(known.holds.get(id, ())),
            destroyed_on=known.destroyed[id].at.date() if id in known.destroyed else None,
        )
        for id, entry in first.items()
    ]


def _case(entry: Entry, known: _Known) -> Case:
    vacancy = known.vacancies.get(entry.refs[0]) if entry.refs else None
    ended = known.destroyed.get(entry.case)
    searched = known.searched.get(entry.case)
    return Case(
        applicant=entry.case,
        received_on=entry.at.astimezone(UTC).date(),
        closes_on=vacancy.closes_on if vacancy else None,
        decided_on=vacancy.decided_on if vacancy else None,
        grounds_months=tuple(sorted(known.grounds.get(entry.case, ()))),
        last_search_on=searched.date() if searched else None,
        holds=tuple(known.holds.get(entry.case, ())),
        destroyed_on=ended.at.date() if ended else None,
    )
