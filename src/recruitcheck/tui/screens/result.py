"""After looking: the finding, the applicant's reply, and the one line for the panel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from recruitcheck.records import (
    Applicant,
    Claim,
    Evidence,
    Finding,
    Grant,
    PanelLine,
    Reply,
    ReplyState,
    Result,
)
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Task
from recruitcheck.tui.tasks import search as tasks
from recruitcheck.tui.telling import judgement
from recruitcheck.tui.text import safe
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words

_SIGNS = {
    Result.CONFIRMED: ("✓ CONFIRMED", "go"),
    Result.CONTRADICTED: ("▲ CONTRADICTED", "stop"),
    Result.NOT_FOUND: ("– NOT FOUND: counts against nobody", "faint"),
    Result.UNCLEAR: ("? UNCLEAR: counts for nothing", "faint"),
}
_STATES = {
    ReplyState.INVITED: "Invited to reply by {due}. Nothing may be used until then.",
    ReplyState.REPLIED: "The applicant replied. Weigh the answer.",
    ReplyState.LAPSED: "No reply came by {due}. Weigh that, too.",
    ReplyState.WEIGHED: "The reply was weighed. Close it.",
    ReplyState.CLOSED: "The reply is closed.",
}


class ResultPage(Page):
    """One finding and what follows from it."""

    CSS_PATH = "result.tcss"
    WAY = "Finding"
    ACTS: ClassVar[tuple[str, ...]] = (
        "finding.reply",
        "finding.panel",
        "finding.letter",
        "finding.received",
        "finding.lapse",
        "finding.weigh",
        "finding.close",
    )
    HELP = """What the evidence says of the claim. A contradiction cannot be used before the \
applicant was invited to reply and the answer, or its absence, was weighed and closed.

“Not found” and “unclear” count for nothing. The panel gets one line and no more: not the \
passages, not the address, not what else there was."""

    def __init__(self, finding: str) -> None:
        super().__init__()
        self._finding_id = finding
        self._finding: Finding | None = None
        self._reply: Reply | None = None
        self._line: PanelLine | None = None

    def compose_body(self) -> ComposeResult:
        yield Words("Reading…", id="result")
        yield Words(id="claim")
        yield Words(id="reply")
        with Deeds(classes="buttons", id="reply-deeds"):
            yield Push("finding.reply")
            yield Push("finding.letter", plain=True)
            yield Push("finding.received", plain=True)
            yield Push("finding.lapse", plain=True)
            yield Push("finding.weigh", plain=True)
            yield Push("finding.close", plain=True)
        with Deeds(classes="buttons"):
            yield Push("finding.panel")
        with Vertical(id="panel-box", classes="box"):
            yield Words(id="panel")
        with Vertical(id="evidence-box", classes="box"):
            yield Words(id="evidence")

    def on_mount(self) -> None:
        self.query_one("#panel-box").border_title = "What the panel may see"
        self.query_one("#evidence-box").border_title = "What was kept"

    async def load(self) -> None:
        finding, claim, name, reply, line, evidence = await self.ask(
            _read, self.desk, self._finding_id
        )
        self._finding, self._reply, self._line = finding, reply, line
        colours = self.app.theme_variables
        words, tone = _SIGNS[finding.result]
        self.query_one("#result", Words).say(words, f"bold {colours[tone]}")
        self.query_one("#claim", Words).say(f"{name}: “{claim.quote}”")
        state = self.query_one("#reply", Words)
        if reply is not None:
            said = _STATES[reply.state].format(due=f"{reply.due_on:%-d %B}")
            if reply.text:
                said += f"\nTheir words: “{reply.text}”"
            if reply.weighing:
                came = f" ({reply.weight.words})" if reply.weight else ""
                said += f"\nWeighed: {reply.weighing}{came}"
            state.say(said)
        elif finding.result is Result.CONTRADICTED:
            state.say("Invite the applicant to reply before this may be used.")
        for row in self.query("#reply-deeds"):
            row.display = finding.result is Result.CONTRADICTED
        state.display = reply is not None or finding.result is Result.CONTRADICTED
        self.query_one("#panel", Words).say(
            line.text if line else "Nothing yet. The panel never sees more than one line."
        )
        pieces: list[Content] = []
        for held in evidence:
            for passage, judged in zip(held.passages, held.judgements, strict=True):
                day = f"{passage.published:%-d %b %Y}" if passage.published else "date unknown"
                said = f"{judgement(judged)} · {day} · {passage.address or 'supplied item'}"
                pieces.append(
                    safe(said, colours["faint"]) + safe(f"\n“{passage.text}”", lines=True)
                )
        self.query_one("#evidence", Words).say(
            Content("\n").join(pieces) if pieces else "No passages: nothing was found."
        )

    # --- acts ------------------------------------------------------------------------------

    def _state(self) -> ReplyState | None:
        return self._reply.state if self._reply else None

    def why_not_finding_reply(self) -> str | None:
        if self._finding is None:
            return "one moment"
        if self._finding.result is not Result.CONTRADICTED:
            return "only a contradiction needs a reply"
        return "they were invited already" if self._reply else None

    async def do_finding_reply(self) -> None:
        from recruitcheck.steps import finding as steps

        made = await self.attempt(steps.invite_reply, self.desk, self._finding_id)
        if made is not None:
            self.tell("Invited. Save the letter, print it or send it.")
            await self.load()

    def why_not_finding_letter(self) -> str | None:
        return None if self._reply else "invite the reply first"

    async def do_finding_letter(self) -> None:
        from recruitcheck.steps import finding as steps
        from recruitcheck.tui.deliver import deliver

        if self._reply is None:
            return
        letter = await self.attempt(steps.reply_letter, self.desk, self._reply)
        if letter is not None:
            deliver(self, letter, f"reply-{self._reply.id}.txt")

    def _only(self, *states: ReplyState, words: str) -> str | None:
        return None if self._state() in states else words

    def why_not_finding_received(self) -> str | None:
        return self._only(ReplyState.INVITED, ReplyState.LAPSED, words="no reply is awaited")

    def do_finding_received(self) -> None:
        self._ask(tasks.reply)

    def why_not_finding_lapse(self) -> str | None:
        return self._only(ReplyState.INVITED, words="no reply is awaited")

    async def do_finding_lapse(self) -> None:
        from recruitcheck.steps import finding as steps

        if self._reply is None:
            return
        if await self.attempt(steps.lapse, self.desk, self._reply.id) is not None:
            await self.load()

    def why_not_finding_weigh(self) -> str | None:
        return self._only(ReplyState.REPLIED, ReplyState.LAPSED, words="there is nothing to weigh")

    def do_finding_weigh(self) -> None:
        self._ask(tasks.weigh)

    def _ask(self, make: Callable[[str], Task]) -> None:
        """Put the questions of a task about the reply; its draft is this reply's own."""
        from recruitcheck.tui.screens.form import FormPage

        if self._reply is None:
            return
        task = make(self._reply.id)
        draft = f"{task.id}:{self._reply.id}"
        self.app.push_screen(FormPage(task, case=self._reply.applicant, draft=draft))

    def why_not_finding_close(self) -> str | None:
        return self._only(ReplyState.WEIGHED, words="weigh the reply first")

    async def do_finding_close(self) -> None:
        from recruitcheck.steps import finding as steps

        if self._reply is None:
            return
        if await self.attempt(steps.close, self.desk, self._reply.id) is not None:
            await self.load()

    def why_not_finding_panel(self) -> str | None:
        if self._finding is None:
            return "one moment"
        if self._line is not None:
            return "the panel has its line"
        if self._finding.result is Result.CONTRADICTED:
            return self._only(ReplyState.CLOSED, words="the reply comes first")
        return None

    async def do_finding_panel(self) -> None:
        from recruitcheck.steps import finding as steps

        if await self.attempt(steps.panel_line, self.desk, self._finding_id) is not None:
            self.tell("The panel has its line.")
            await self.load()


async def open_finding(page: Page, grant_id: str, *, replace: bool = False) -> None:
    """Ask for the finding on a grant, then show it."""
    from recruitcheck.tui.screens.form import FormPage

    app = page.app
    grant = await page.ask(page.desk.get, Grant, grant_id)
    task = await page.ask(tasks.finding, page.desk, grant)
    form = FormPage(
        task,
        case=grant.applicant,
        draft=f"finding:{grant_id}",
        then=lambda made: app.push_screen(ResultPage(made.id)),
    )
    if replace:
        page.in_turn(partial(app.switch_screen, form))
    else:
        app.push_screen(form)


def _read(desk: Any, finding_id: str) -> tuple[Any, ...]:
    from recruitcheck.steps import finding as steps

    finding = desk.get(Finding, finding_id)
    line = next(
        (n for n in desk.all(PanelLine, finding.applicant) if n.finding == finding_id), None
    )
    return (
        finding,
        desk.get(Claim, finding.claim),
        desk.get(Applicant, finding.applicant).name,
        steps.reply_to(desk, finding_id),
        line,
        [desk.get(Evidence, id) for id in finding.evidence],
    )
