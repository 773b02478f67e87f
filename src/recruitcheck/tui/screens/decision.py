"""The decision on a justification: the verdict, every reason, and the query word by word."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from recruitcheck.records import Claim, Decision, Grant, Referral, Verdict
from recruitcheck.tui import cases, telling
from recruitcheck.tui.deliver import deliver
from recruitcheck.tui.page import Page
from recruitcheck.tui.text import safe
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words

_VERDICTS = {
    Verdict.PERMIT: ("✓ PERMITTED", "go"),
    Verdict.REFER: ("◆ REFERRED to an equality reviewer", "ask"),
    Verdict.REFUSE: ("✗ REFUSED", "stop"),
}

_WORD = 16
"""Columns for a word of the query; where a longer one comes from stands below it."""
_ORIGINS = {
    "quote": "from the quote",
    "source word": "a word for this kind of source",
    "name": "the applicant's name, beside a word of the claim",
    "handle": "an account the applicant wrote or gave",
    "host": "an address the applicant wrote or gave",
    "function word": "a small word; it says nothing by itself",
}


class DecisionPage(Page):
    """What was decided, and why."""

    CSS_PATH = "decision.tcss"
    ACTS: ClassVar[tuple[str, ...]] = (
        "decision.go",
        "decision.again",
        "decision.letter",
        "decision.appeal",
    )
    HELP = """The decision stands in the ledger, with every reason. What did not hold comes first, \
with what would mend it. A refusal is not a mark against you; it is the record that the question \
was asked and properly answered.

Below is the query that was put together from the claim: each word with where it comes from. \
Nobody types a query."""

    def __init__(self, justification: str) -> None:
        super().__init__()
        self._justification_id = justification
        self._decision: Decision | None = None
        self._claim: Claim | None = None
        self._grant: Grant | None = None
        self._referral: Referral | None = None
        self._letter = ""

    def way(self) -> str:
        return "Decision"

    def compose_body(self) -> ComposeResult:
        yield Words("Reading the decision…", id="verdict")
        yield Words(id="claim")
        yield Words(id="next")
        with Deeds(classes="buttons"):
            yield Push("decision.go")
            yield Push("decision.again", plain=True)
            yield Push("decision.letter", plain=True)
            yield Push("decision.appeal", plain=True)
        with Vertical(id="reasons-box", classes="box"):
            yield Words(id="reasons")
        with Vertical(id="query-box", classes="box"):
            yield Words(id="query")

    def on_mount(self) -> None:
        self.query_one("#query-box").border_title = "The query, word by word"
        self.query_one("#reasons-box").border_title = "Every reason"

    async def load(self) -> None:
        claim, decision, referral, grant, letter = await self.ask(
            _read, self.desk, self._justification_id
        )
        self._decision, self._grant, self._letter = decision, grant, letter
        self._claim = claim
        if decision.verdict is Verdict.PERMIT:  # in a refusal, what did not hold stands first
            query, reasons = self.query_one("#query-box"), self.query_one("#reasons-box")
            self.query_one("#body").move_child(query, before=reasons)
        self._referral = referral
        colours = self.app.theme_variables
        words, tone = _VERDICTS[decision.verdict]
        self._show_buttons()
        self.query_one("#verdict", Words).say(words, f"bold {colours[tone]}")
        self.query_one("#claim", Words).say(f"“{claim.quote}”")
        mine = grant is not None and grant.holder == self.desk.me.id
        self.query_one("#next", Words).say(
            telling.what_now(
                decision, grant, referral, now=self.desk.now, letter=bool(letter), mine=mine
            )
        )
        self.query_one("#query", Words).say(self._query(decision))
        self.query_one("#query-box").display = bool(decision.query)
        self.query_one("#reasons", Words).say(self._reasons(decision))

    def _show_buttons(self) -> None:
        """Only what this outcome leads to; F1 and the commands list the rest, each with its why."""
        referred = self._referral is not None and self._referral.verdict is Verdict.REFUSE
        for name, shown in (
            ("go", self._grant is not None),
            ("again", not self.why_not_decision_again()),
            ("letter", bool(self._letter)),
            ("appeal", referred),
        ):
            self.query_one(f"#push-decision-{name}").display = shown

    def _query(self, decision: Decision) -> Content:
        colours = self.app.theme_variables
        return Content("\n").join(
            safe(word.text.ljust(_WORD), "bold")
            + Content("  " if len(word.text) <= _WORD else "\n" + " " * (_WORD + 2))
            + safe(_ORIGINS[word.origin], colours["faint"])
            for word in decision.query
        )

    def _reasons(self, decision: Decision) -> Content:
        """What stands against it first, each with its mend; then whom to ask, each once."""
        colours = self.app.theme_variables
        lines: list[Content] = []
        contacts: dict[str, None] = {}
        for reason in sorted(decision.reasons, key=lambda r: (r.holds, r.effect != "refuse")):
            if reason.holds:
                lines.append(
                    Content.assemble(("✓ ", f"bold {colours['go']}")) + safe(reason.message)
                )
                continue
            refused = reason.effect is Verdict.REFUSE
            sign = ("✗ " if refused else "◆ ", f"bold {colours['stop' if refused else 'ask']}")
            lines.append(Content.assemble(sign) + safe(reason.message, "bold"))
            mend, contact = reason.mend_and_contact
            if mend and (refused or decision.verdict is Verdict.REFER):  # nobody decides a refusal
                lines.append(safe(f"  → {mend}"))
            if contact:
                contacts[contact] = None
        policy = [safe(line, colours["faint"]) for line in self._policy(decision)]
        told = [safe(contact) for contact in contacts]
        if told or policy:
            against = len([line for line in lines if not line.plain.startswith("✓")])
            lines[against:against] = [*told, *policy, Content("")]
        return Content("\n").join(lines)

    def _policy(self, decision: Decision) -> list[str]:
        """The clauses behind what did not hold, in the policy's words."""
        clauses = self.desk.pack.policy.clauses
        broken = dict.fromkeys(r.clause for r in decision.reasons if not r.holds)
        return [
            f"The policy, section {clause.partition('(')[0]}: {clauses[clause]}"
            for clause in broken
            if clause in clauses
        ]

    def why_not_decision_go(self) -> str | None:
        if self._grant is None:
            return "there is nothing to look at"
        if self._grant.holder != self.desk.me.id:
            return "somebody else was named to look"
        return None

    def do_decision_go(self) -> None:
        from recruitcheck.tui.screens.look import Look

        if self._grant is None:
            return
        self.app.switch_screen(Look(self._grant.id))

    def why_not_decision_appeal(self) -> str | None:
        held = self._referral
        if held is None or held.verdict is not Verdict.REFUSE:
            return "only a referral that was refused can be appealed"
        return "it was appealed before" if held.appeal_of else None

    def do_decision_appeal(self) -> None:
        from recruitcheck.steps import referrals
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks.search import text_task

        if self._referral is None:
            return
        referral = self._referral.id
        self.app.push_screen(
            FormPage(
                text_task(
                    "appeal",
                    "Appeal",
                    "Why should it be looked at again?",
                    "Appeal",
                    "Somebody else decides it again, with your reason and still without the name.",
                    lambda desk, text: referrals.appeal(desk, referral, text),
                ),
                draft=f"appeal:{referral}",
            )
        )

    def why_not_decision_again(self) -> str | None:
        if self._decision is None:
            return "one moment"
        if self._decision.verdict is Verdict.REFUSE:
            return None
        held = self._referral
        refused = held is not None and held.verdict is Verdict.REFUSE
        return None if refused else "only what was refused is asked again"

    def do_decision_again(self) -> None:
        from recruitcheck.tui.screens.justify import Justify

        if self._claim is not None:
            self.app.switch_screen(
                Justify(self._claim.applicant, self._claim.id, self._justification_id)
            )

    def why_not_decision_letter(self) -> str | None:
        return None if self._letter else "there is no letter for this decision"

    def do_decision_letter(self) -> None:
        deliver(self, self._letter, f"letter-{self._justification_id}.txt")


def _read(desk: Any, justification_id: str) -> tuple[Any, ...]:
    made = cases.decided(desk, justification_id)
    letter = ""
    if made.grant is not None and not made.grant.hosts:
        from recruitcheck.steps import approval

        letter = approval.letter(desk, made.grant.id)
    return made.claim, made.decision, made.referral, made.grant, letter
