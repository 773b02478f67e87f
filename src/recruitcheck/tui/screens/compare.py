"""Compare policies: what another pack would change, and which old requests it would decide
otherwise. Nothing is recorded."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.records import PolicyChange, Role
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask, place
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Column, Rows, Table
from recruitcheck.tui.widgets.words import Words


class Compare(Page):
    """The pack in force beside another one."""

    CSS_PATH = "audit.tcss"
    WAY = "Compare policies"
    AUTO_FOCUS = "#in-folder"
    ACTS: ClassVar[tuple[str, ...]] = (
        "policy.compare",
        "policy.replay",
        "policy.propose",
        "policy.adopt",
    )
    HELP = """Name the folder of another policy pack. “Compare” lists every line that differs. \
“Decide again” puts all old requests to the other pack and shows which it would decide otherwise; \
nothing is recorded by it.

“Propose” asks for the change; “Adopt” is for a second person, who names the same files. Both are \
recorded, so nobody can loosen a rule alone."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: tuple[PolicyChange, ...] = ()

    def compose_body(self) -> ComposeResult:
        yield Field(Ask(id="folder", label="Folder of the other policy pack"))
        with Deeds():
            yield Push("policy.compare")
            yield Push("policy.replay", plain=True)
            yield Push("policy.propose", plain=True)
            yield Push("policy.adopt", plain=True)
        yield Words("", id="waiting")
        yield Words("", id="count", classes="faint")
        yield Table(
            (Column("What", 44, narrow=26), Column("Now", 0), Column("Then", 0)),
            empty="Nothing was compared yet.",
        )

    async def load(self) -> None:
        self._waiting, words = await self.ask(_waiting, self.desk)
        self.query_one("#waiting", Words).say(words)
        self.ask_again()

    def on_field_changed(self, event: Field.Changed) -> None:
        event.stop()
        self.ask_again()

    def _folder(self) -> str:
        found = self.query("#field-folder").results(Field)
        return next((field.value.strip() for field in found), "")

    def why_not_policy_compare(self) -> str | None:
        return None if self._folder() else "name the folder"

    def why_not_policy_replay(self) -> str | None:
        if Role.HR not in self.desk.me.roles:
            return "only HR can open old requests"
        return self.why_not_policy_compare()

    def why_not_policy_propose(self) -> str | None:
        if Role.HR not in self.desk.me.roles:
            return "only HR proposes"
        return self.why_not_policy_compare()

    def do_policy_propose(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import papers

        self.app.push_screen(FormPage(papers.propose(self._folder())))

    def why_not_policy_adopt(self) -> str | None:
        if not self._waiting:
            return "nothing is proposed"
        if all(one.proposed_by == self.desk.me.id for one in self._waiting):
            return "somebody else adopts what you proposed"
        return None

    async def do_policy_adopt(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import papers

        others = tuple(one for one in self._waiting if one.proposed_by != self.desk.me.id)
        task = await self.ask(papers.adopt, self.desk, self._folder(), others)
        self.app.push_screen(FormPage(task))

    async def do_policy_compare(self) -> None:
        from recruitcheck.steps import policy

        found: Any = await self.attempt(policy.compare, self.desk, place(self._folder()))
        if found is not None:
            differ = "1 difference" if len(found) == 1 else f"{len(found)} differences"
            self.query_one("#count", Words).say(differ)
            self.query_one(Table).empty = "The two packs say the same."
            self.query_one(Table).show(
                Rows([(c.key, c.before or "–", c.after or "–") for c in found])
            )

    async def do_policy_replay(self) -> None:
        from recruitcheck.steps import policy

        found: Any = await self.attempt(policy.replay, self.desk, place(self._folder()))
        if found is not None:
            changed = [r for r in found if r.changed]
            self.query_one("#count", Words).say(
                f"{len(changed)} of {len(found)} requests would be decided otherwise"
            )
            self.query_one(Table).empty = "Every request would be decided as it was."
            self.query_one(Table).show(
                Rows([(r.id, str(r.before), f"{r.after}: {', '.join(r.rules)}")
                      for r in changed])
            )  # fmt: skip


def _waiting(desk: Any) -> tuple[tuple[PolicyChange, ...], str]:
    from recruitcheck.steps import policy
    from recruitcheck.tui.tasks import papers

    waiting = policy.proposals(desk)
    words = [f"Waiting for a second person: {papers.proposal_words(desk, one)}" for one in waiting]
    return waiting, "\n".join(words)
