"""The equality reviewer's queue: requests without names, and deciding one."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from recruitcheck.records import BlindReferral, Verdict
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask
from recruitcheck.tui.telling import section
from recruitcheck.tui.text import safe
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Column, Rows, Table, Whole
from recruitcheck.tui.widgets.words import Words


class Referrals(Page):
    """What waits for a decision, the most urgent first."""

    CSS_PATH = "audit.tcss"
    WAY = "Referrals"
    AUTO_FOCUS = "Table"
    ACTS: ClassVar[tuple[str, ...]] = (
        "review.open",
        "equality.patterns",
        "equality.statistics",
        "equality.policy",
        "home.declare",
    )
    HELP = """Requests that only an equality reviewer may decide, without the applicant's name. \
Enter opens one. Past its date it goes to the deputy, and never becomes a yes by itself.

Patterns show what stands out across cases; statistics show how groups fare, without names and \
without small groups."""
    leads_back = False

    def __init__(self) -> None:
        super().__init__()
        self._waiting: tuple[BlindReferral, ...] = ()

    def compose_body(self) -> ComposeResult:
        yield Words("Names are hidden here.", classes="faint")
        yield Table(
            (Column("Due", 9), Column("Case", 9), Column("Post", 26), Column("Quoted", 0)),
            empty="Nothing waits for a decision. Referred requests come here by themselves.",
        )
        yield Whole()
        with Deeds(classes="buttons"):
            yield Push("review.open")
            yield Push("equality.patterns", plain=True)
            yield Push("equality.statistics", plain=True)
            yield Push("equality.policy", plain=True)

    def on_mount(self) -> None:
        self.leads_back = len(self.app.screen_stack) > 2

    async def load(self) -> None:
        from recruitcheck.steps import referrals

        self._waiting = await self.attempt(referrals.waiting, self.desk) or ()
        now = self.desk.now
        self.query_one(Table).show(
            Rows(
                [
                    (
                        (
                            f"{'▲' if r.due < now else ''}{r.due:%-d %b}",
                            "stop" if r.due < now else "",
                        ),
                        r.applicant,
                        r.vacancy_title,
                        f"“{r.quote}”",
                    )
                    for r in self._waiting
                ]
            )
        )

    def why_not_review_open(self) -> str | None:
        return None if self._waiting else "nothing waits"

    def do_review_open(self) -> None:
        self.app.push_screen(ReferralPage(self._waiting[self.query_one(Table).cursor]))

    async def on_table_chosen(self, event: Table.Chosen) -> None:
        event.stop()
        await self.action_do("review.open")

    def do_equality_patterns(self) -> None:
        from recruitcheck.tui.screens.patterns import Patterns

        self.app.push_screen(Patterns())

    def do_equality_statistics(self) -> None:
        from recruitcheck.tui.screens.statistics import Statistics

        self.app.push_screen(Statistics())

    def do_equality_policy(self) -> None:
        from recruitcheck.tui.screens.compare import Compare

        self.app.push_screen(Compare())

    def do_home_declare(self) -> None:
        from recruitcheck.tui.screens.declare import Declare

        self.app.push_screen(Declare())


class ReferralPage(Page):
    """One request without the person, and the decision."""

    CSS_PATH = "record.tcss"
    WAY = "Referral"
    ACTS: ClassVar[tuple[str, ...]] = ("review.permit", "review.yesno", "review.refuse")
    HELP = """The request as it was put, without the name. Decide with a written reason.

“Yes or no only” permits the search, and the recruiter learns only whether the claim is borne out, \
not what else the passage says. The decision and its reason are entries; the recruiter can appeal \
a refusal once, to somebody else."""

    def __init__(self, held: BlindReferral) -> None:
        super().__init__()
        self._held = held

    def compose_body(self) -> ComposeResult:
        held, sources = self._held, self.desk.pack.sources
        where = sources[held.source].title if held.source in sources else held.source
        with VerticalScroll(id="parts"):
            quote = Words(safe(f"“{held.quote}”", "bold", lines=True), classes="box")
            quote.border_title = "Quoted from the application"
            yield quote
            reasons = Words(_reasons(held, self.app.theme_variables), classes="box")
            reasons.border_title = "Why it comes to you"
            yield reasons
            told = Words(_told(held, where), classes="box")
            told.border_title = "What is asked"
            yield told
        yield Field(
            Ask(
                id="why",
                label="Your reason (it is recorded, and the recruiter reads it)",
                kind="text",
                least=10,
            ),
            rows=2,
        )
        with Deeds(classes="buttons"):
            yield Push("review.permit")
            yield Push("review.yesno", plain=True)
            yield Push("review.refuse", plain=True)

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#in-why"))

    def on_field_changed(self, event: Field.Changed) -> None:
        event.stop()
        self.ask_again()

    def _why_not(self) -> str | None:
        if not self.is_mounted:
            return "one moment"
        why = self.query_one("#field-why", Field).value.strip()
        return None if len(why) >= 10 else "give a reason"

    why_not_review_permit = why_not_review_yesno = why_not_review_refuse = _why_not

    async def do_review_permit(self) -> None:
        await self._decide(Verdict.PERMIT)

    async def do_review_yesno(self) -> None:
        await self._decide(Verdict.PERMIT, yes_no_only=True)

    async def do_review_refuse(self) -> None:
        await self._decide(Verdict.REFUSE)

    async def _decide(self, verdict: Verdict, **more: bool) -> None:
        from recruitcheck.steps import referrals

        why = self.query_one("#field-why", Field).value
        made = await self.attempt(
            referrals.decide,
            self.desk,
            self._held.referral,
            verdict,
            why,
            kept="Your reason is still on the screen.",
            **more,
        )
        if made is not None:
            self.app.notify("Recorded.")
            self.in_turn(self.app.pop_screen)


def _told(held: BlindReferral, source: str) -> str:
    return "\n".join(
        (
            f"post:      {held.vacancy_title}, {held.school}",
            f"line:      {held.requirement}",
            f"ground:    {held.ground}",
            f"reason:    {held.reason}",
            f"tried:     {held.route}",
            f"confirms:  {held.confirms}",
            f"refutes:   {held.refutes}",
            f"source:    {source}",
            f"query:     {held.query}",
            f"due:       {held.due:%-d %B %Y}",
        )
    )


def _reasons(held: BlindReferral, colours: Any) -> Content:
    lines = [
        Content.assemble(("◆ " if r.effect is Verdict.REFER else "✗ ", f"bold {colours['ask']}"))
        + safe(f"{r.message} ({section(r.clause)})")
        for r in held.reasons
        if not r.holds
    ]
    return Content("\n").join(lines) if lines else Content("Referred by choice.")
