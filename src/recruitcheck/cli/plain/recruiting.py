"""The recruiter's whole flow as prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recruitcheck.cli.plain import candidates, granted
from recruitcheck.cli.plain.asking import BACK, Talk
from recruitcheck.records import Applicant, Claim, Document, Finding, Grant
from recruitcheck.tui import cases, telling
from recruitcheck.tui.tasks import declare, intake, oversight
from recruitcheck.tui.tasks import search as tasks

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk

_OTHER = (
    ("+vacancy", "Add a vacancy"),
    ("+applicant", "Add an applicant"),
    ("+candidates", "Find candidates by the advertisement"),
    ("+declare", "Declare a search outside the tool"),
    ("+saw", "Declare that you saw something protected"),
    ("+report", "Lock away a report that nobody asked for"),
)

_DECLARED = {
    "+declare": declare.off_tool,
    "+saw": declare.exposure,
    "+report": declare.unasked_report,
}


def work(talk: Talk, desk: Desk) -> None:
    """The list of what to do next, again and again until the person goes back."""
    from recruitcheck.steps import oversight as steps

    while True:
        jobs = cases.jobs(desk)
        asked = [a for a in steps.questions(desk) if a.to == desk.me.id and not a.answers]
        options = [(f"?{a.question.id}", f"HR asks: {a.question.text}") for a in asked]
        options += [
            (str(i), f"{job.heard}, {job.name}: {job.what}. {job.goes_on}")
            for i, job in enumerate(jobs)
        ]
        chosen = talk.choose("Your work", [*options, *_OTHER])
        if chosen is None:
            return
        with talk.troubles():
            if chosen.startswith("?"):
                talk.do(oversight.answer(desk, chosen[1:]), desk)
            elif chosen == "+vacancy":
                talk.do(intake.vacancy(desk), desk)
            elif chosen == "+applicant":
                talk.do(intake.applicant(desk), desk)
            elif chosen == "+candidates":
                candidates.find(talk, desk)
            elif chosen in _DECLARED:
                talk.do(_DECLARED[chosen](desk), desk)
            else:
                _go_on(talk, desk, jobs[int(chosen)])


def _go_on(talk: Talk, desk: Desk, job: cases.Job) -> None:
    if job.page == "document":
        talk.do(intake.document(desk, job.case), desk)
    elif job.page == "mark":
        _mark(talk, desk, job.case)
    elif job.page == "justify":
        _justify(talk, desk, desk.get(Claim, job.target))
    elif job.page == "decision":
        _decided(talk, desk, job.target)
    elif job.page == "take_up":
        from recruitcheck.steps import approval

        granted.look(talk, desk, approval.take_up(desk, job.target))
    elif job.page in ("look", "grant"):
        granted.look(talk, desk, desk.get(Grant, job.target))
    elif job.page == "finding":
        granted.finding(talk, desk, desk.get(Grant, job.target))
    elif job.page == "result":
        granted.result(talk, desk, desk.get(Finding, job.target))
    elif job.page == "vacancy":
        talk.do(intake.stage(desk, job.target), desk)


def _mark(talk: Talk, desk: Desk, case: str) -> None:
    from recruitcheck.steps import intake as steps

    applicant = desk.get(Applicant, case)
    if applicant.notice_on is None:
        talk.tell("The applicant was not told about searches yet; no search is possible.")
        talk.do(intake.notice(desk, case), desk)
    documents = desk.all(Document, case)
    chosen = talk.choose("Which document?", [(d.id, d.title) for d in documents])
    if chosen is None:
        return
    document = desk.get(Document, chosen)
    for number, line in enumerate(document.text.splitlines(), 1):
        if line.strip():
            talk.tell(f"{number:4}  {line}")
    while quote := talk.text("Type or paste the applicant's own words, exactly"):
        if quote.lower() == BACK:
            return
        with talk.troubles():
            start, end = steps.find_span(document, quote)
            claim = steps.mark_claim(desk, document.id, start, end)
            talk.tell(f"Marked. {steps.nature_words(claim.nature)}")
            _justify(talk, desk, claim)
            return


def _justify(talk: Talk, desk: Desk, claim: Claim) -> None:
    from recruitcheck.steps import approval

    talk.tell(f"\nWhy must this be checked: “{claim.quote}”")
    asks = tasks.justification(desk, claim.applicant)
    answers = talk.fill(asks)
    while answers is not None:
        given = tasks.answers_of(claim.id, answers)
        for reason in approval.preview(desk, given):
            if not reason.holds:
                talk.tell(f"Not yet: {reason.message} {reason.mend}".rstrip())
        chosen = talk.choose(
            "Record it and decide?",
            [("yes", "Record and decide"), ("change", "Change an answer")],
            leave="Leave without recording",
        )
        if chosen is None:
            return
        if chosen == "change":
            answers = talk.change(asks, answers)
            continue
        with talk.troubles():
            outcome = approval.justify(desk, given)
            _decided(talk, desk, outcome.justification.id)
            return


def _decided(talk: Talk, desk: Desk, justification: str) -> None:
    claim, decision, referral, grant = cases.decided(desk, justification)
    mine = grant is not None and grant.holder == desk.me.id
    talk.tell(f"\nDecision on “{claim.quote}”\n{telling.heard(telling.decision(decision))}")
    talk.tell(
        telling.what_now(
            decision,
            grant,
            referral,
            now=desk.now,
            letter=grant is not None and not grant.hosts,
            mine=mine,
        )
    )
    if grant is not None and mine:
        granted.look(talk, desk, grant)
