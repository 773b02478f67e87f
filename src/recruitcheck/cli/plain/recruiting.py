"""The recruiter's whole flow as prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recruitcheck.cli.plain.asking import BACK, Talk
from recruitcheck.records import (
    Applicant,
    Claim,
    Decision,
    Document,
    Evidence,
    Finding,
    Grant,
    Justification,
    ReplyState,
    Result,
    Sight,
    Verdict,
    Weight,
)
from recruitcheck.tui import cases, telling
from recruitcheck.tui.tasks import declare, intake, oversight
from recruitcheck.tui.tasks import search as tasks

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk

_OTHER = (
    ("+vacancy", "Add a vacancy"),
    ("+applicant", "Add an applicant"),
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
        options = [(f"?{a.question.id}", f"HR ASKS: {a.question.text}") for a in asked]
        options += [
            (str(i), f"{job.state}, {job.name}: {job.what}. Next: {job.next}")
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

        _look(talk, desk, approval.take_up(desk, job.target))
    elif job.page in ("look", "grant"):
        _look(talk, desk, desk.get(Grant, job.target))
    elif job.page == "finding":
        _finding(talk, desk, desk.get(Grant, job.target))
    elif job.page == "result":
        _result(talk, desk, desk.get(Finding, job.target))
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
            talk.tell(f"Marked. {steps.natures_words(claim.nature)}")
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
    asked = desk.get(Justification, justification)
    decision = [d for d in desk.all(Decision, asked.applicant) if d.justification == asked.id][-1]
    talk.tell("\nDecision\n" + telling.decision(decision))
    if decision.verdict is not Verdict.PERMIT:
        return
    grants = [g for g in desk.all(Grant, asked.applicant) if g.decision == decision.id]
    if grants:
        _look(talk, desk, grants[-1])


def _look(talk: Talk, desk: Desk, grant: Grant) -> None:
    from recruitcheck.steps import approval, search

    source = desk.pack.sources[grant.source]
    talk.tell(f"\nYou may look at: {', '.join(grant.addresses) or 'no address'} ({source.title})")
    while True:
        options = []
        if grant.hosts and source.manner in ("page", "adapter"):
            options.append(("start", "Let the program look"))
        options += [("observe", "I looked myself"), ("supplied", "The applicant sent it")]
        if not grant.hosts:
            options.append(("letter", "Show the letter that asks the applicant"))
        sights = [s for s in desk.all(Sight, grant.applicant) if s.lookup.grant == grant.id]
        shown = next((s for s in reversed(sights) if s.passages), None)
        if shown is not None:
            options.append(("judge", f"Judge {len(shown.passages)} passages and keep them"))
        elif sights:
            options.append(("nothing", "Nothing was found: record that"))
        chosen = talk.choose("Look", options)
        if chosen is None:
            return
        with talk.troubles():
            if chosen == "start":
                seen = search.look_up(
                    desk, grant.id, progress=lambda p: talk.tell(f"{p.state}: {p.address}")
                )
                _shown(talk, seen)
            elif chosen in ("observe", "supplied"):
                make = tasks.observation if chosen == "observe" else tasks.supplied
                if (seen := talk.do(make(desk, grant), desk)) is not None:
                    _shown(talk, seen)
            elif chosen == "letter":
                talk.tell(approval.letter(desk, grant.id))
            elif chosen == "judge" and shown is not None:
                _judge(talk, desk, shown)
                return
            else:
                _finding(talk, desk, grant)
                return


def _shown(talk: Talk, sight: Sight) -> None:
    from recruitcheck.steps.search import CONSTANT_SENTENCE

    if sight.lookup.message:
        talk.tell(sight.lookup.message)
    for number, passage in enumerate(sight.passages, 1):
        day = f"{passage.published:%-d %B %Y}" if passage.published else "date unknown"
        talk.tell(f"{number}  {day}, {passage.address or 'supplied item'}\n   “{passage.text}”")
    talk.tell(CONSTANT_SENTENCE)


def _judge(talk: Talk, desk: Desk, sight: Sight) -> None:
    from recruitcheck.steps import search

    judgements = []
    for passage in sight.passages:
        judged = talk.choose(
            f"“{passage.text}”",
            [
                ("supports", "supports the claim"),
                ("contradicts", "contradicts the claim"),
                ("neither", "says nothing about it"),
            ],
        )
        if judged is None:
            return
        judgements.append(judged)
    search.keep(desk, sight, judgements)
    talk.tell("Kept and sealed.")
    _finding(talk, desk, desk.get(Grant, sight.lookup.grant))


def _finding(talk: Talk, desk: Desk, grant: Grant) -> None:
    kept = [e for e in desk.all(Evidence, grant.applicant) if e.grant == grant.id]
    made: Any = talk.do(tasks.finding(desk, grant, "", tuple(e.id for e in kept)), desk)
    if made is not None:
        _result(talk, desk, made)


def _result(talk: Talk, desk: Desk, finding: Finding) -> None:
    from recruitcheck.steps import finding as steps

    reply = steps.reply_to(desk, finding.id)
    state = reply.state if reply else None
    options = []
    if finding.result is Result.CONTRADICTED and state is not ReplyState.CLOSED:
        options.append(
            {
                None: ("invite", "Invite the applicant to reply"),
                ReplyState.INVITED: ("reply", "The reply came"),
                ReplyState.REPLIED: ("weigh", "Weigh the reply"),
                ReplyState.LAPSED: ("weigh", "Weigh that no reply came"),
                ReplyState.WEIGHED: ("close", "Close the reply"),
            }[state]
        )
        if state is ReplyState.INVITED:
            options.append(("lapse", "No reply came"))
    else:
        options.append(("panel", "Write the panel line"))
    chosen = talk.choose(f"Finding: {finding.result}".replace("_", " "), options)
    if chosen is None:
        return
    with talk.troubles():
        if chosen == "invite":
            talk.tell(steps.invite_reply(desk, finding.id)[1])
        elif chosen == "panel":
            talk.tell(f"The panel reads: {steps.panel_line(desk, finding.id).text}")
            return
        elif reply is not None:
            if chosen == "reply":
                steps.record_reply(desk, reply.id, talk.text("Their own words"))
            elif chosen == "weigh":
                said = talk.text("How was the answer taken into account?")
                came = talk.choose("What came of it?", [(str(w), w.words) for w in Weight])
                if came:
                    steps.weigh(desk, reply.id, said, Weight(came))
            elif chosen == "lapse":
                steps.lapse(desk, reply.id)
            else:
                steps.close(desk, reply.id)
            talk.tell("Recorded.")
        _result(talk, desk, finding)
