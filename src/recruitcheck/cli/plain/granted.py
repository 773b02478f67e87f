"""From the permission to the panel line, in prompts: look, judge, find, hear the applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recruitcheck.cli import looking
from recruitcheck.cli.plain.asking import Talk
from recruitcheck.records import (
    Claim,
    Finding,
    Grant,
    PanelLine,
    Passage,
    Reply,
    ReplyState,
    Result,
    Sight,
)
from recruitcheck.tui.tasks import looking as looked
from recruitcheck.tui.tasks import search as tasks
from recruitcheck.tui.tasks import thirdparty
from recruitcheck.tui.text import here

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk


_ASKED = {"reply": tasks.reply, "weigh": tasks.weigh}
"""Steps of a reply about which there are questions to answer."""


def look(talk: Talk, desk: Desk, grant: Grant) -> None:
    """Use a permission, again and again until something was judged or the person goes back."""
    from recruitcheck.steps import approval, search

    source = desk.pack.sources[grant.source]
    where = ", ".join(search.places(desk, grant)) or "no address"
    until = f", until {here(grant.not_after):%-d %B at %H:%M}" if grant.not_after else ""
    talk.tell(
        f"\nThe claim: “{desk.get(Claim, grant.claim).quote}”\n"
        f"You may look at: {where} ({source.title}){until}"
    )
    while True:
        sights = [s for s in desk.all(Sight, grant.applicant) if s.lookup.grant == grant.id]
        shown = next((s for s in reversed(sights) if s.passages), None)
        options = _ways(desk, grant)
        if shown is not None:
            many = len(shown.passages)
            words = (
                f"Judge {many} passages and keep them"
                if many > 1
                else "Judge the passage and keep it"
            )
            options.append(("judge", words))
        elif sights:
            options.append(("nothing", "Nothing was found: record that"))
        chosen = talk.choose("How do you look?", options)
        if chosen is None:
            return
        with talk.troubles():
            if chosen == "letter":
                talk.tell(approval.letter(desk, grant.id))
            elif chosen == "judge" and shown is not None:
                _judge(talk, desk, shown)
                return
            elif chosen == "nothing":
                finding(talk, desk, grant)
                return
            else:
                _use(talk, desk, grant, chosen)


def _ways(desk: Desk, grant: Grant) -> list[tuple[str, str]]:
    """The ways in which this permission can be used."""
    source = desk.pack.sources[grant.source]
    ways = []
    if grant.hosts and source.manner in ("page", "adapter"):
        ways.append(("start", "Let the program look"))
    ways += [("observe", "I looked myself"), ("supplied", "The applicant sent it")]
    if grant.nonce:
        ways += [
            ("instruct", "Write the instruction for the outside researcher"),
            ("report", "Take in the report that came back"),
        ]
    if not grant.hosts:
        ways.append(("letter", "Show the letter that asks the applicant"))
    return ways


def _use(talk: Talk, desk: Desk, grant: Grant, way: str) -> None:
    if way == "start":
        seen = looking.look_up(desk, grant.id, talk.tell)
        _show(talk, seen)
        if seen.lookup.outcome != "done":
            talk.tell(looking.left(desk, seen))
    elif way == "instruct":
        talk.do(thirdparty.instruction(desk, grant), desk)
    else:
        make = {
            "observe": looked.observation,
            "supplied": looked.supplied,
            "report": thirdparty.report,
        }
        if (made := talk.do(make[way](desk, grant), desk)) is not None:
            _show(talk, made)


def _show(talk: Talk, sight: Sight) -> None:
    from recruitcheck.steps.search import CONSTANT_SENTENCE

    if sight.lookup.message:
        talk.tell(sight.lookup.message)
    for number, passage in enumerate(sight.passages, 1):
        talk.tell(f"{number}  {_place(passage)}\n   “{passage.text}”")
    if sight.lookup.outcome != "failed":
        talk.tell(CONSTANT_SENTENCE)


def _place(passage: Passage) -> str:
    day = f"{passage.published:%-d %B %Y}" if passage.published else "date unknown"
    return f"{day}, {passage.address or 'supplied item'}"


def _judge(talk: Talk, desk: Desk, sight: Sight) -> None:
    from recruitcheck.steps import search

    judgements = []
    claim = desk.get(Claim, desk.get(Grant, sight.lookup.grant).claim)
    for number, passage in enumerate(sight.passages, 1):
        judged = talk.choose(
            f"Passage {number} of {len(sight.passages)}, {_place(passage)}: “{passage.text}”\n"
            f"What does it say of the claim “{claim.quote}”?",
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
    finding(talk, desk, desk.get(Grant, sight.lookup.grant))


def finding(talk: Talk, desk: Desk, grant: Grant) -> None:
    """Record what the kept passages say of the claim, and go on from there."""
    made: Any = talk.do(tasks.finding(desk, grant), desk)
    if made is not None:
        result(talk, desk, made)


def result(talk: Talk, desk: Desk, found: Finding) -> None:
    """What follows a finding: the applicant's reply where it contradicts, else the panel line."""
    from recruitcheck.steps import finding as steps

    grant = desk.get(Grant, found.grant)
    words = f"“{desk.get(Claim, grant.claim).quote}”\nFinding: {found.result.replace('_', ' ')}"
    told = [line for line in desk.all(PanelLine, grant.applicant) if line.finding == found.id]
    if told:
        talk.tell(f"\n{words}\nThe panel reads: {told[-1].text}\nNothing is left to do here.")
        return
    reply = steps.reply_to(desk, found.id)
    if reply is not None and reply.state is ReplyState.INVITED:
        words += f"\nThe applicant may answer until {reply.due_on:%-d %B}."
    chosen = talk.choose(f"{words}\nWhat next?", _next(found, reply))
    if chosen is None:
        return
    with talk.troubles():
        if chosen == "invite":
            talk.tell(steps.invite_reply(desk, found.id)[1])
        elif chosen == "panel":
            talk.tell(f"The panel reads: {steps.panel_line(desk, found.id).text}")
            return
        elif reply is not None and not _moved(talk, desk, reply.id, chosen):
            return
        result(talk, desk, found)


def _next(found: Finding, reply: Reply | None) -> list[tuple[str, str]]:
    """What can be done with a finding now."""
    state = reply.state if reply else None
    if found.result is not Result.CONTRADICTED or state is ReplyState.CLOSED:
        return [("panel", "Write the panel line")]
    step = {
        None: ("invite", "Invite the applicant to reply"),
        ReplyState.INVITED: ("reply", "The reply came"),
        ReplyState.REPLIED: ("weigh", "Weigh the reply"),
        ReplyState.LAPSED: ("weigh", "Weigh that no reply came"),
        ReplyState.WEIGHED: ("close", "Close the reply"),
    }[state]
    return [step, ("lapse", "No reply came")] if state is ReplyState.INVITED else [step]


def _moved(talk: Talk, desk: Desk, reply: str, step: str) -> bool:
    """Take the reply one step on; False where the person goes back instead."""
    from recruitcheck.steps import finding as steps

    if step in _ASKED:
        return talk.do(_ASKED[step](reply), desk) is not None
    if step == "lapse":
        steps.lapse(desk, reply)
    else:
        steps.close(desk, reply)
    talk.tell("Recorded.")
    return True
