"""Justify a search: the application on the left, the questions on the right.

While it is being filled in, the page says what is missing and what the structural rules say; typed
words are judged only on submission, and every submission is an entry, so the page is no oracle.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer

from recruitcheck.records import Applicant, Claim, Document, Nature, Reason
from recruitcheck.tui import drafts
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask, missing
from recruitcheck.tui.tasks import search as tasks
from recruitcheck.tui.text import safe, shortened
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.document import ClaimDocument
from recruitcheck.tui.widgets.fields import Field, Pick
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words

if TYPE_CHECKING:
    from recruitcheck.steps.approval import Outcome
    from recruitcheck.steps.asking import Answers
    from recruitcheck.steps.desk import Desk

_NATURES = {
    Nature.CHECKABLE: ("✓ This can be checked.", "go"),
    Nature.OPINION: ("✗ This is an opinion; nothing public could settle it.", "stop"),
    Nature.SENSITIVE: ("◆ Sensitive: an equality reviewer would decide.", "ask"),
    Nature.CHARACTERISTIC: ("✗ This states something protected; it is never searched.", "stop"),
}


_ASKED_BY = {
    "ground-permits": "ground",
    "ground-in-force": "ground",
    "ground-fits-claim": "ground",
    "requirement-named": "requirement",
    "reason-given": "reason",
    "other-route-first": "route",
    "confirm-and-refute": "refutes",
    "source-named-by-claim": "source",
    "source-allowed": "source",
    "source-may-be-deputed": "source",
    "holder-off-panel": "holder",
    "holder-serves": "holder",
    "answers-complete": "refutes",
    "safeguarding-route": "ground",
    "query-from-quote": "source",
}
"""Rule to the question it judges; until that is answered, the rule is not complained about."""


class Justify(Page):
    """Mark a claim, say why it must be checked, record, and get the decision."""

    CSS_PATH = "justify.tcss"
    ACTS: ClassVar[tuple[str, ...]] = ("justify.mark", "justify.submit", "applicant.document")
    HELP = """On the left is the application. Mark the applicant's own words: hold Shift and press \
the arrow keys, or pull with the mouse, then press Ctrl+G. Words that were marked before are \
underlined; choose one from the list to go on with it.

On the right say why this claim must be checked for this post. The list shows what is still \
missing. The decision comes when you record it, with every reason, and it is kept whatever it is.

If the answer is no, the reason says what would make a proper request, or whom to ask."""

    def __init__(self, applicant: str, claim: str = "", before: str = "") -> None:
        """`before` is the request that is asked again: its answers stand in the fields."""
        super().__init__()
        self._before = before
        self._begun: dict[str, str] = {}
        self._applicant_id = applicant
        self._claim_id = claim
        self._name = ""
        self._documents: tuple[Document, ...] = ()
        self._document: Document | None = None
        self._claims: dict[str, Claim] = {}
        self._asks: tuple[Ask, ...] = ()
        self._structural: tuple[Reason, ...] = ()
        self._changed = self._busy = False
        self._soon: Timer | None = None

    def way(self) -> str:
        return f"{self._name or self._applicant_id} ▸ Justify"

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="halves"):
            with Vertical(id="left", classes="box"):
                yield Words("Reading the application…", id="wait", classes="faint")
            with Vertical(id="right", classes="box"):
                yield Words(id="verdict")
                with VerticalScroll(id="state", can_focus=False):
                    yield Words(id="todo")
                yield VerticalScroll(id="fields", can_focus=False)
                with Deeds(classes="buttons"):
                    yield Push("justify.submit")

    def on_mount(self) -> None:
        self.query_one("#left").border_title = "The application"
        self.query_one("#right").border_title = "Why it must be checked"
        self.set_interval(0.5, self._save_soon)

    # --- reading ---------------------------------------------------------------------------

    async def load(self) -> None:
        if self._asks:
            return
        applicant, documents, claims, asks, kept = await self.ask(
            _read, self.desk, self._applicant_id, self._before
        )
        self._name, self._documents, self._asks = applicant.name, documents, asks
        self._claims = {claim.id: claim for claim in claims}
        self.show_way()
        if not self._claim_id:
            self._claim_id = kept.get("claim", "")
        await self._show_fields(kept)
        claim = self._claims.get(self._claim_id)
        wanted = claim.document if claim else kept.get("document", "")
        chosen = next((d for d in documents if d.id == wanted), None)
        await self._show_document(chosen or (documents[0] if documents else None))
        if claim is not None and claim.document in {d.id for d in documents}:
            self.query_one(ClaimDocument).show_span(claim.start, claim.end)
        self._after_typing()

    async def _show_fields(self, kept: dict[str, str]) -> None:
        box = self.query_one("#fields")
        await box.remove_children()
        await box.mount(*(Field(ask, kept.get(ask.id, ""), rows=3) for ask in self._asks))
        if len(kept) > 2:
            again = "Your answers stand here as before. Change what the reasons named."
            self.app.notify(again if self._before else "Your draft is back as you left it.")
        self._begun = self._kept()

    async def _show_document(self, document: Document | None) -> None:
        self._document = document
        left = self.query_one("#left")
        await left.remove_children()
        if document is None:
            await left.mount(
                Words(
                    "There is no application yet. Add the CV, form or letter first.",
                    classes="faint",
                ),
                Push("applicant.document"),
            )
            return
        pieces: list[Any] = []
        if len(self._documents) > 1:
            pieces.append(
                Pick(
                    tuple((d.id, d.title) for d in self._documents),
                    document.id,
                    id="which-document",
                )
            )
        shown = ClaimDocument(document.text, id="document")
        pieces += [shown, Words(id="marked"), Push("justify.mark", id="use-marked")]
        own = [c for c in self._claims.values() if c.document == document.id]
        if own:
            pieces.append(
                Pick(
                    tuple((c.id, f"“{c.quote}”") for c in own),
                    self._claim_id if self._claim_id in {c.id for c in own} else "",
                    id="which-claim",
                    prompt="a claim marked before…",
                )
            )
        await left.mount(*pieces)
        shown.paint((c.start, c.end) for c in own)
        shown.focus()

    # --- what is shown ---------------------------------------------------------------------

    @property
    def answers(self) -> dict[str, str]:
        """The answers as they stand."""
        box = self.query_one("#fields")
        return {field.ask.id: field.value for field in box.children if isinstance(field, Field)}

    def _lacking(self) -> list[str]:
        lacking = [] if self._claim_id else ["Mark the claim in the application"]
        return lacking + list(missing(self._asks, self.answers))

    def _show_state(self) -> None:
        colours = self.app.theme_variables
        claim = self._claims.get(self._claim_id)
        lines: list[Content] = []
        if claim is not None:
            words, tone = _NATURES[claim.nature]
            quote = f"“{claim.quote}”"  # in full it is painted in the application beside this
            lines += [safe(shortened(quote, 70), "bold"), safe(words, colours[tone])]
        lacking = self._lacking()
        lines += [
            Content.assemble(("○ ", f"bold {colours['ask']}")) + safe(words)
            for words in lacking[:3]
        ]
        if len(lacking) > 3:
            lines.append(safe(f"  and {len(lacking) - 3} more", colours["faint"]))
        answers = self.answers
        held = sum(1 for reason in self._structural if reason.holds)
        if held:
            lines.append(safe(f"✓ {held} rules of the policy hold so far", colours["go"]))
        for reason in self._structural:
            question = _ASKED_BY.get(reason.rule)
            if reason.holds or (question is not None and not answers.get(question)):
                continue  # what is not answered yet stands in the list above
            lines.append(
                Content.assemble(("✗ ", f"bold {colours['stop']}"))
                + safe(" ".join(filter(None, (reason.message, reason.mend))))
            )
        self.query_one("#todo", Words).say(Content("\n").join(lines))
        self.query_one("#verdict", Words).say(
            safe(f"○ NOT COMPLETE: {len(lacking)} still missing", f"bold {colours['ask']}")
            if lacking
            else safe("● COMPLETE: the decision comes when you record it", f"bold {colours['go']}")
        )
        self.ask_again()

    def on_text_area_selection_changed(self) -> None:
        documents = self.query(ClaimDocument)
        if not documents:
            return
        start, end = documents.first().marked
        line = self.query_one("#marked", Words)
        if start == end:
            line.say(
                "Shift and arrow keys, or the mouse, mark a claim.",
                self.app.theme_variables["faint"],
            )
        elif self._is_claim(start, end):
            line.say("This is the claim.", self.app.theme_variables["go"])
        elif self._document is not None:
            line.say(f"Marked: “{self._document.text[start:end]}”")
        self.query_one("#use-marked", Push).ask_again()

    def _is_claim(self, start: int, end: int) -> bool:
        claim = self._claims.get(self._claim_id)
        here = self._document.id if self._document else ""
        return claim is not None and (claim.document, claim.start, claim.end) == (here, start, end)

    def on_field_changed(self, event: Field.Changed) -> None:
        event.stop()
        self._changed = True
        if self._soon is not None:
            self._soon.stop()
        # the list of what is missing is worked out after the key was answered, not before
        self._soon = self.set_timer(0.08, self._after_typing)

    def _after_typing(self) -> None:
        self._show_state()
        if self._claim_id:
            self.beside(self._preview, "preview")

    async def _preview(self) -> None:
        from recruitcheck.steps import approval

        given = tasks.answers_of(self._claim_id, self.answers)
        self._structural = await self.ask(approval.preview, self.desk, given)
        self._show_state()

    async def on_select_changed(self, event: Pick.Changed) -> None:
        event.stop()
        if event.select.id == "which-document" and isinstance(event.value, str):
            if self._document is None or event.value != self._document.id:
                await self._show_document(next(d for d in self._documents if d.id == event.value))
        elif event.select.id == "which-claim" and isinstance(event.value, str):
            self._use(self._claims[event.value])

    def _use(self, claim: Claim) -> None:
        self._claim_id = claim.id
        self._changed = True
        self.query_one(ClaimDocument).show_span(claim.start, claim.end)
        self._after_typing()

    # --- acts ------------------------------------------------------------------------------

    def why_not_justify_mark(self) -> str | None:
        documents = self.query(ClaimDocument)
        if not documents:
            return "add the application first"
        start, end = documents.first().marked
        if self._is_claim(start, end):
            return "in use"
        return None if end > start else "mark words"

    async def do_justify_mark(self) -> None:
        from recruitcheck.steps import intake

        if self._document is None:
            return
        start, end = self.query_one(ClaimDocument).marked
        known = next(
            (
                c
                for c in self._claims.values()
                if (c.document, c.start, c.end) == (self._document.id, start, end)
            ),
            None,
        )
        claim = known or await self.attempt(
            intake.mark_claim, self.desk, self._document.id, start, end
        )
        if claim is None:
            return
        self._claims[claim.id] = claim
        self.query_one(ClaimDocument).paint(
            (c.start, c.end) for c in self._claims.values() if c.document == self._document.id
        )
        self._use(claim)
        fields = self.query("#fields Field")
        if fields:
            fields.first().query("Pick, Line, Area").first().focus()

    def why_not_justify_submit(self) -> str | None:
        if self._busy:
            return "one moment"
        lacking = self._lacking()
        return f"{len(lacking)} missing" if lacking else None

    async def do_justify_submit(self) -> None:
        from recruitcheck.tui.screens.decision import DecisionPage

        self._busy = True
        self.ask_again()
        given = tasks.answers_of(self._claim_id, self.answers)
        outcome = await self.attempt(self._justify, self.desk, given, kept="Your answers are kept.")
        self._busy = False
        if outcome is None:
            return
        self._changed = False
        page = DecisionPage(outcome.justification.id)
        self.in_turn(partial(self.app.switch_screen, page))

    def _justify(self, desk: Desk, given: Answers) -> Outcome:
        """Record, and forget the draft in the same breath: a lock may take the keys away next."""
        from recruitcheck.steps import approval

        outcome = approval.justify(desk, given)
        with suppress(OSError):  # it is recorded; a draft too many does no harm
            drafts.drop(desk, f"justify:{self._applicant_id}")
        return outcome

    async def do_applicant_document(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import intake

        task = await self.ask(intake.document, self.desk, self._applicant_id)
        self.app.push_screen(FormPage(task, case=self._applicant_id, then=self._read_again))

    def _read_again(self, _made: Document) -> None:
        self._asks = ()
        self.reload()

    # --- drafts ----------------------------------------------------------------------------

    def _save_soon(self) -> None:
        if self._changed and self.app_.unlocked and not self._busy:
            self.beside(self.save_draft_now, "draft")

    def _kept(self) -> dict[str, str]:
        """What of the page goes into a draft."""
        return {**{k: v for k, v in self.answers.items() if v}, "claim": self._claim_id}

    async def save_draft_now(self) -> None:
        """Keep what was typed and which claim it is about."""
        if not self._changed or self._busy or not self._asks:
            return
        if (kept := self._kept()) == self._begun:
            self._changed = False
            return  # nothing was typed or marked: no draft
        case = self._applicant_id
        draft = {**kept, "document": self._document.id if self._document else ""}
        await self.ask(drafts.save, self.desk, f"justify:{case}", draft, case=case)
        self._changed = self._kept() != kept  # until it is kept, whoever leaves keeps it first

    def leave(self) -> None:
        self.beside(self._leave, "leave", exclusive=False)

    async def _leave(self) -> None:
        await self.save_draft_now()
        self.in_turn(self.app.pop_screen)


def _read(desk: Any, applicant_id: str, before: str) -> tuple[Any, ...]:
    applicant = desk.get(Applicant, applicant_id)
    return (
        applicant,
        desk.all(Document, applicant_id),
        desk.all(Claim, applicant_id),
        tasks.justification(desk, applicant_id),
        tasks.answered(desk, before) if before else drafts.load(desk, f"justify:{applicant_id}"),
    )
