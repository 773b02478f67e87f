"""Look: progress per address, stop, try again; then judge each passage that is shown."""

from __future__ import annotations

import threading
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from recruitcheck.records import Applicant, Claim, Evidence, Grant, Passage, Sight
from recruitcheck.tui.page import Page
from recruitcheck.tui.tasks import looking as tasks
from recruitcheck.tui.text import here, safe
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.lists import Lines
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words

_JUDGED = {
    "supports": ("✓ supports", "go"),
    "contradicts": ("▲ contradicts", "stop"),
    "neither": ("– says nothing", "faint"),
    "": ("○ not judged", "ask"),
}
_STATES = {
    "asking": "◐ asking",
    "answered": "✓ answered",
    "refused": "✗ not permitted",
    "failed": "✗ did not answer",
    "reading": "◐ reading",
    "done": "✓ done",
}


class Look(Page):
    """One grant in use."""

    CSS_PATH = "look.tcss"
    ACTS: ClassVar[tuple[str, ...]] = (
        "look.start",
        "look.keep",
        "look.stop",
        "look.observe",
        "look.supplied",
        "look.supports",
        "look.contradicts",
        "look.neither",
        "look.nothing",
        "look.instruct",
        "look.letter",
    )
    HELP = """The permission names what may be looked at. Before anything is asked, the lookup is \
entered in the ledger.

“Start looking” lets the program read the permitted address. Where a source may only be seen by a \
person, open it yourself, logged in to nothing, and paste what bears on the claim. The applicant \
may also have sent the item.

Then judge each passage: 1 supports, 2 contradicts, 3 says nothing. Keep them, and record the \
finding. Only passages that bear on the claim are shown; the rest was not kept."""

    def __init__(self, grant: str) -> None:
        super().__init__()
        self._grant_id = grant
        self._grant: Grant | None = None
        self._claim: Claim | None = None
        self._name = ""
        self._source = ""
        self._manner = ""
        self._sights: list[Sight] = []
        self._kept = False
        self._judged: dict[str, str] = {}
        self._stop: threading.Event | None = None
        self._steps: dict[str, tuple[str, str]] = {}

    def way(self) -> str:
        return f"{self._name or 'Case'} ▸ Look"

    def compose_body(self) -> ComposeResult:
        from recruitcheck.steps.search import CONSTANT_SENTENCE

        yield Words(id="claim")
        yield Words(id="scope", classes="faint")
        with Deeds(classes="buttons"):
            yield Push("look.start")
            yield Push("look.stop", plain=True)
            yield Push("look.observe", plain=True)
            yield Push("look.supplied", plain=True)
            yield Push("look.letter", plain=True)
        yield Words(id="progress")
        with Vertical(id="passages-box", classes="box"):
            yield Lines(id="passages")
            yield Words(id="empty", classes="faint")
        with Deeds(classes="buttons", id="judging"):
            yield Push("look.supports", "1 Supports", plain=True)
            yield Push("look.contradicts", "2 Contradicts", plain=True)
            yield Push("look.neither", "3 Says nothing", plain=True)
        with Deeds(classes="buttons"):
            yield Push("look.keep")
            yield Push("look.nothing", plain=True)
        yield Words(CONSTANT_SENTENCE, classes="faint", id="constant")

    def on_mount(self) -> None:
        self.query_one("#passages-box").border_title = "Passages"

    async def load(self) -> None:
        if self._stop is not None:
            return
        grant, claim, name, source, places, sights, kept = await self.ask(
            _read, self.desk, self._grant_id
        )
        self._grant, self._claim, self._name = grant, claim, name
        self._source, self._manner = source.title, source.manner
        done = {e.passages for e in kept}
        self._kept = bool(kept)
        self._sights = [s for s in sights if s.passages not in done or not s.passages]
        self.show_way()
        self.query_one("#claim", Words).say(f"“{claim.quote}”", "bold")
        where = ", ".join(places) or "no address: ask the applicant"
        until = f" · until {here(grant.not_after):%-d %b %H:%M}" if grant.not_after else ""
        self.query_one("#scope", Words).say(f"{source.title}: {where}{until}")
        self.query_one("#push-look-letter").display = not grant.hosts
        self.query_one("#push-look-start").display = bool(grant.hosts)
        self._show_passages()
        self._show_progress()

    # --- what is shown ---------------------------------------------------------------------

    @property
    def _passages(self) -> list[Passage]:
        """Passages of the newest lookup that showed any."""
        for sight in reversed(self._sights):
            if sight.passages:
                return list(sight.passages)
        return []

    def _show_passages(self) -> None:
        colours = self.app.theme_variables
        lines = []
        for number, passage in enumerate(self._passages, 1):
            words, tone = _JUDGED[self._judged.get(passage.id, "")]
            day = f"{passage.published:%-d %b %Y}" if passage.published else "date unknown"
            where = " · ".join(filter(None, (passage.address, passage.mark)))
            head = safe(f"{number}  ", "bold") + safe(words, f"bold {colours[tone]}")
            about = safe(f"   {day} · {where or 'supplied item'}", colours["faint"])
            quoted = safe(f"\n   “{passage.text}”", lines=True)
            lines.append((passage.id, Content("").join((head, about, quoted))))
        self.query_one("#passages", Lines).show(lines)
        for name in ("#judging", "#push-look-keep"):
            self.query_one(name).display = bool(lines)  # nothing to judge, no buttons to judge it
        self.query_one("#push-look-nothing").display = not lines
        self.query_one("#passages").display = bool(lines)
        empty = self.query_one("#empty", Words)
        empty.display = not lines
        if self._stop is not None:
            empty.say("Looking…")
        elif any(s.lookup.outcome == "done" for s in self._sights):
            empty.say("Nothing that bears on the claim was found. That counts against nobody.")
        elif self._kept:
            empty.say("What was found is kept and sealed; go on from the case's line at home.")
        else:
            empty.say(f"Nothing was looked at yet. {self._how()}")

    def _how(self) -> str:
        """The next step, for somebody who has not done it before."""
        if not self.why_not_look_start():
            return "“Start looking” reads the permitted address for you."
        if self.query_one("#push-look-letter").display:
            return "Save the letter and ask the applicant; then add what they send."
        return "Open the permitted address yourself, then press “I looked myself”."

    def _show_progress(self) -> None:
        colours = self.app.theme_variables
        lines: list[Content] = []
        if self._steps:
            lines = [
                safe(f"{state}  {address}") + safe(f"  {message}", colours["stop"])
                for address, (state, message) in self._steps.items()
            ]
        elif self._sights:
            last = self._sights[-1]
            lines = [
                safe(f"{_STATES.get(a.outcome, a.outcome)}  {a.address}")
                + safe(f"  {a.message}", colours["stop"])
                for a in last.attempts
            ]
            if last.lookup.message:
                lines.append(safe(last.lookup.message, colours["stop"]))
        self.query_one("#progress", Words).say(Content("\n").join(lines))

    # --- looking ---------------------------------------------------------------------------

    def _why_not_look(self) -> str | None:
        if self._grant is None:
            return "one moment"
        if self._stop is not None:
            return "it is looking now"
        if self._grant.holder != self.desk.me.id:
            return "somebody else was named to look"
        if self._grant.not_after and self.desk.now >= self._grant.not_after:
            return "the permission has ended; ask again if it is still needed"
        return None

    def why_not_look_start(self) -> str | None:
        if why := self._why_not_look():
            return why
        if self._manner not in ("page", "adapter"):
            return "this source may only be seen by a person"
        if self._grant is None:
            return None
        return None if self._grant.hosts else "the claim names no address"

    async def do_look_start(self) -> None:
        from recruitcheck.steps import search
        from recruitcheck.steps.sight import Progress

        self._stop, self._steps = threading.Event(), {}
        self.ask_again()
        self._show_passages()

        def told(progress: Progress) -> None:
            self.app.call_from_thread(
                self._progressed, progress.address or self._source, progress.state, progress.message
            )

        sight = await self.attempt(
            search.look_up,
            self.desk,
            self._grant_id,
            progress=told,
            stop=self._stop,
            kept="The lookup stands in the ledger; nothing else was lost.",
        )
        self._stop = None
        if sight is not None:
            self._take(sight)
        self.ask_again()

    def _progressed(self, address: str, state: str, message: str) -> None:
        self._steps[address] = (_STATES.get(state, state), message)
        self._show_progress()

    def _take(self, sight: Sight) -> None:
        self._sights.append(sight)
        self._steps = {}
        if sight.lookup.outcome == "failed":
            self.tell(
                "The source could not be read.",
                "Try again while the permission lasts, look yourself, or ask the applicant.",
                wrong=True,
                kept=sight.lookup.message,
            )
        elif sight.lookup.outcome == "stopped":
            self.tell("Stopped. The lookup is recorded as stopped.")
        self._show_passages()
        self._show_progress()
        self.ask_again()
        if self._passages:
            self.query_one("#passages").focus()

    def why_not_look_stop(self) -> str | None:
        return None if self._stop is not None else "nothing is running"

    def do_look_stop(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self.tell("Stopping. What was read until now is kept.")

    def why_not_look_observe(self) -> str | None:
        return self._why_not_look()

    async def do_look_observe(self) -> None:
        await self._form(tasks.observation)

    def why_not_look_supplied(self) -> str | None:
        return self._why_not_look()

    async def do_look_supplied(self) -> None:
        await self._form(tasks.supplied)

    async def _form(self, make: Any) -> None:
        from recruitcheck.tui.screens.form import FormPage

        if self._grant is None:
            return
        task = await self.ask(make, self.desk, self._grant)
        self.app.push_screen(
            FormPage(
                task,
                case=self._grant.applicant,
                then=self._take,
                draft=f"{task.id}:{self._grant_id}",
            )
        )

    def why_not_look_letter(self) -> str | None:
        if self._grant is None:
            return "one moment"
        return "the claim names where to look" if self._grant.hosts else None

    async def do_look_letter(self) -> None:
        from recruitcheck.steps import approval
        from recruitcheck.tui.deliver import deliver

        text = await self.attempt(approval.letter, self.desk, self._grant_id)
        if text is not None:
            deliver(self, text, f"letter-{self._grant_id}.txt")

    def why_not_look_instruct(self) -> str | None:
        return self._why_not_look()

    def do_look_instruct(self) -> None:
        from recruitcheck.tui.screens.thirdparty import ThirdParty

        self.app.push_screen(ThirdParty(self._grant_id))

    # --- judging ---------------------------------------------------------------------------

    def _why_not_judge(self) -> str | None:
        return None if self._passages else "there is no passage to judge"

    why_not_look_supports = why_not_look_contradicts = why_not_look_neither = _why_not_judge

    def do_look_supports(self) -> None:
        self._judge("supports")

    def do_look_contradicts(self) -> None:
        self._judge("contradicts")

    def do_look_neither(self) -> None:
        self._judge("neither")

    def _judge(self, judgement: str) -> None:
        lines = self.query_one("#passages", Lines)
        passages = self._passages
        at = lines.highlighted or 0
        self._judged[passages[at].id] = judgement
        self._show_passages()
        later = [i for i, p in enumerate(passages) if p.id not in self._judged]
        lines.highlighted = later[0] if later else at

    def why_not_look_keep(self) -> str | None:
        if why := self._why_not_judge():
            return why
        left = sum(1 for p in self._passages if p.id not in self._judged)
        return f"{left} not judged yet" if left else None

    async def do_look_keep(self) -> None:
        from recruitcheck.steps import search
        from recruitcheck.tui.screens.result import open_finding

        sight = next(s for s in reversed(self._sights) if s.passages)
        judgements = [self._judged[p.id] for p in sight.passages]
        staying = "Your judgements are still on the screen."
        made = await self.attempt(search.keep, self.desk, sight, judgements, kept=staying)
        if made is not None:
            self.app.notify("Kept and sealed.")
            await open_finding(self, self._grant_id, replace=True)

    def why_not_look_nothing(self) -> str | None:
        if why := self._why_not_look():
            return why
        if not self._sights:
            return "look first"
        return "judge and keep what was shown" if self._passages else None

    async def do_look_nothing(self) -> None:
        from recruitcheck.tui.screens.result import open_finding

        await open_finding(self, self._grant_id, replace=True)

    def leave(self) -> None:
        if self._stop is not None:
            self._stop.set()
        super().leave()


def _read(desk: Any, grant_id: str) -> tuple[Any, ...]:
    from recruitcheck.steps import search

    grant = desk.get(Grant, grant_id)
    sights = [s for s in desk.all(Sight, grant.applicant) if s.lookup.grant == grant.id]
    kept = [e for e in desk.all(Evidence, grant.applicant) if e.grant == grant.id]
    return (
        grant,
        desk.get(Claim, grant.claim),
        desk.get(Applicant, grant.applicant).name,
        desk.pack.sources[grant.source],
        search.places(desk, grant),
        sights,
        kept,
    )
