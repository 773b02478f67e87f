"""The auditor's and the reviewer's main tasks as prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recruitcheck.cli.plain.asking import BACK, Talk
from recruitcheck.records import AuditRow, Verdict
from recruitcheck.reports.audit import STATES
from recruitcheck.reports.names import plain
from recruitcheck.tui import telling
from recruitcheck.tui.tasks import oversight as tasks

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk

_AT_ONCE = 20
"""Lines read out at once; more are found by a narrower filter."""


def audit(talk: Talk, desk: Desk) -> None:
    """Filter, choose a line, read the whole record, ask or note."""
    from recruitcheck.steps import oversight

    while True:
        talk.tell("\nWhich requests? For example state:refused. Empty: everything; 0: go back.")
        words = talk.read("Filter: ").strip()
        if words in ("0", BACK):
            return
        rows = None
        with talk.troubles():
            rows = oversight.audit(desk, words)
        if rows is None:
            continue
        newest = f"; the newest {_AT_ONCE}:" if len(rows) > _AT_ONCE else ""
        talk.tell(f"{len(rows)} found{newest}")
        options = [(row.id, _line(row)) for row in reversed(rows[-_AT_ONCE:])]
        if not options:
            continue
        if (chosen := talk.choose("Which?", options)) is None:
            continue
        _record(talk, desk, chosen)


def _line(row: AuditRow) -> str:
    state = plain(STATES, row.state)
    return f"{row.at:%-d %b %Y}, {row.by}, {row.applicant}, {row.title}, {state}"


def _record(talk: Talk, desk: Desk, request: str) -> None:
    from recruitcheck.steps import oversight

    names = telling.names(desk)
    for title, text in telling.parts(oversight.record(desk, request), names):
        talk.tell(f"\n{title}\n{telling.heard(text) if title == 'Decision' else text}")
    asked = oversight.questions(desk)
    waiting = [a for a in asked if request in a.question.subjects and a.answers]
    options = [("ask", "Ask the recruiter"), ("note", "Write a note")]
    if waiting:
        options.append(("accept", "Accept the answer"))
    chosen = talk.choose("What next?", options)
    with talk.troubles():
        if chosen == "ask":
            talk.do(tasks.ask(request), desk)
        elif chosen == "note":
            talk.do(tasks.note(request), desk)
        elif chosen == "accept":
            oversight.accept(desk, waiting[0].question.id)
            talk.tell("Accepted.")


def verify(talk: Talk, desk: Desk) -> None:
    """Check everything now, and say what was found."""
    from recruitcheck.steps import oversight

    talk.tell("Checking every entry, seal and signature; this may take a moment.")
    found = oversight.verify(desk)
    if found.ok:
        talk.tell(f"Whole: {found.size} entries verified.")
        return
    talk.tell(f"BROKEN: {len(found.problems)} problems. Change nothing, and tell IT.")
    for fault in found.problems[:_AT_ONCE]:
        talk.tell(f"  {'' if fault.index is None else fault.index}  {fault.message}")


def referrals(talk: Talk, desk: Desk) -> None:
    """The queue without names, and deciding one."""
    from recruitcheck.steps import referrals as steps

    waiting = {r.referral: r for r in steps.waiting(desk)}
    chosen = talk.choose(
        "Referrals, the most urgent first" if waiting else "Nothing waits for a decision.",
        [(id, f"due {r.due:%-d %b}: “{r.quote}”") for id, r in waiting.items()],
    )
    if chosen is None:
        return
    held = waiting[chosen]
    talk.tell(
        f"\nQuoted: “{held.quote}”\nPost: {held.vacancy_title}, {held.school}\n"
        f"Line of the person specification: {held.requirement}\n"
        f"Ground: {held.ground}\nReason: {held.reason}\n"
        f"Tried first: {held.route}\n"
        f"Confirms: {held.confirms}\nRefutes: {held.refutes}"
    )
    for reason in held.reasons:
        if not reason.holds:
            talk.tell(f"Referred because: {reason.message}")
    verdict = talk.choose(
        "Your decision",
        [("permit", "Permit"), ("yesno", "Permit, yes or no only"), ("refuse", "Refuse")],
    )
    if verdict is None:
        return
    while why := talk.text("Your reason (it is recorded, and the recruiter reads it)"):
        if why.lower() == BACK:
            return
        with talk.troubles():
            steps.decide(
                desk,
                chosen,
                Verdict.REFUSE if verdict == "refuse" else Verdict.PERMIT,
                why,
                yes_no_only=verdict == "yesno",
            )
            talk.tell("Recorded.")
            return
