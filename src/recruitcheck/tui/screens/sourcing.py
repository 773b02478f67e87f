"""Candidate finding: the one search without a quote, and the one that names nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.records import Stage, Vacancy
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask, Task
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Column, Rows, Table
from recruitcheck.tui.widgets.words import Words


class Sourcing(Page):
    """Ask, look where people advertise themselves, note whom you approach, tell them."""

    CSS_PATH = "audit.tcss"
    WAY = "Find candidates"
    ACTS: ClassVar[tuple[str, ...]] = ("sourcing.ask", "sourcing.approach", "sourcing.told")
    HELP = """Look for people who advertise themselves to employers, with the words of the \
advertisement and no others, and nobody's name. Note nobody until you decide to approach them; \
from then on a clock runs to tell them that you hold their name.

Whoever applies is an applicant from then on: what you saw plays no part."""

    def __init__(self) -> None:
        super().__init__()
        self._look: Any = None
        self._candidates: tuple[Any, ...] = ()

    def compose_body(self) -> ComposeResult:
        yield Words("Ask first; the decision says where and with which words.", id="look")
        with Deeds():
            yield Push("sourcing.ask")
            yield Push("sourcing.approach", plain=True)
            yield Push("sourcing.told", plain=True)
        yield Table(
            (Column("Name", 0), Column("Where", 30), Column("Tell by", 14), Column("Told", 14)),
            empty="Nobody is to be approached yet.",
        )

    async def load(self) -> None:
        from recruitcheck.steps import sourcing

        self._candidates = await self.ask(sourcing.candidates, self.desk)
        self.query_one(Table).show(
            Rows([(c.name, c.where, str(c.told_by or ""), str(c.told_on or "– not yet"))
                  for c in self._candidates])
        )  # fmt: skip

    async def do_sourcing_ask(self) -> None:
        from recruitcheck.tui.screens.form import FormPage

        self.app.push_screen(FormPage(await self.ask(_question, self.desk), then=self._decided))

    def _decided(self, look: Any) -> None:
        self._look = look
        places = ", ".join(source.title for source in look.where)
        steps = "\n".join(f"  {n}  {words}" for n, words in enumerate(look.instructions, 1))
        self.query_one("#look", Words).say(
            f"✓ You may look at: {places}\nWords: {look.query}\n{steps}"
        )
        self.ask_again()

    def why_not_sourcing_approach(self) -> str | None:
        return None if self._look is not None else "ask first"

    def do_sourcing_approach(self) -> None:
        from recruitcheck.steps import sourcing
        from recruitcheck.tui.screens.form import FormPage

        asked = self._look.sourcing.id

        def record(desk: Any, answers: Mapping[str, str]) -> object:
            return sourcing.approach(desk, asked, name=answers["name"], where=answers["where"])

        self.app.push_screen(FormPage(Task(
            id="approach", title="Approach", button="Note this person", record=record,
            intro="The notice that goes with your first contact is made now.",
            done=lambda made: f"Noted; tell them by {made[0].told_by}.",
            asks=(Ask(id="name", label="Name"),
                  Ask(id="where", label="Where they advertise themselves")),
        )))  # fmt: skip

    def why_not_sourcing_told(self) -> str | None:
        return None if self._chosen() else "choose somebody who was not told yet"

    def _chosen(self) -> Any:
        at = self.query_one(Table).cursor
        held = self._candidates[at] if at < len(self._candidates) else None
        return held if held is not None and not held.told_on else None

    async def do_sourcing_told(self) -> None:
        from recruitcheck.steps import sourcing

        if await self.attempt(sourcing.told, self.desk, self._chosen().id) is not None:
            await self.load()


def _question(desk: Any) -> Task:
    from recruitcheck.steps import sourcing

    def record(desk: Any, answers: Mapping[str, str]) -> object:
        return sourcing.find(
            desk,
            vacancy=answers["vacancy"],
            criteria=[line for line in answers["criteria"].splitlines() if line.strip()],
            source=answers["source"],
            reason=answers["reason"],
        )

    posts = [v for v in desk.all(Vacancy) if v.stage is not Stage.CLOSED]
    return Task(
        id="sourcing",
        title="Ask",
        button="Record and decide",
        record=record,
        intro="Only words that stand in the advertisement; nothing about a person.",
        done=lambda _: "Permitted: only these words, only there.",
        asks=(
            Ask(id="vacancy", label="For which post", kind="pick",
                options=tuple((v.id, f"{v.title}, {v.school}") for v in posts)),
            Ask(id="criteria", label="Criteria of the advertisement, one line each", kind="text"),
            Ask(id="source", label="Where", kind="pick", required=False,
                options=tuple((s.id, s.title) for s in sourcing.sources(desk))),
            Ask(id="reason", label="Why", kind="text", required=False),
        ),
    )  # fmt: skip
