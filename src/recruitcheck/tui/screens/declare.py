"""Declarations: a search outside the tool, something seen by accident, a concern about a child."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.tui.page import Page
from recruitcheck.tui.tasks import declare as tasks
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words


class Declare(Page):
    """What anybody may say, at any time, without having to say what they saw."""

    CSS_PATH = "record.tcss"
    WAY = "Declare"
    ACTS: ClassVar[tuple[str, ...]] = (
        "declare.child",
        "declare.offtool",
        "declare.exposure",
        "declare.report",
        "declare.trust",
    )
    HELP = """You looked somebody up outside recruitcheck, or came to see something about an \
applicant that nobody should know when deciding: say so here. What you saw is never asked for.

A report that somebody outside sends unasked is locked away unread; only HR can open it.

Content about the trust that you came across goes onto one paper for the headteacher and nowhere \
else; it is no ground for a search.

A concern about a child does not wait and is not written down here: the button shows at once whom \
to speak to."""

    def compose_body(self) -> ComposeResult:
        yield Words("What happened?", classes="heading")
        yield Words(
            "Saying so is part of working fairly. What you saw is never asked for.",
            classes="faint",
        )
        for act, words in (
            ("declare.child", "A child may be at risk. Shows at once whom to speak to."),
            ("declare.offtool", "I looked somebody up by other means than recruitcheck."),
            ("declare.exposure", "I came to see something that must play no part in the choice."),
            ("declare.report", "A report about an applicant came that nobody had asked for."),
            ("declare.trust", "I came across content that runs the trust down."),
        ):
            yield Words(words, classes="gap")
            with Deeds(classes="buttons"):
                yield Push(act)
            if act == "declare.child":
                route = Words(id="route", classes="gap")
                route.display = False
                yield route

    async def do_declare_offtool(self) -> None:
        from recruitcheck.tui.screens.form import FormPage

        self.app.push_screen(FormPage(await self.ask(tasks.off_tool, self.desk)))

    async def do_declare_exposure(self) -> None:
        from recruitcheck.tui.screens.form import FormPage

        self.app.push_screen(FormPage(await self.ask(tasks.exposure, self.desk)))

    async def do_declare_report(self) -> None:
        from recruitcheck.tui.screens.form import FormPage

        self.app.push_screen(FormPage(await self.ask(tasks.unasked_report, self.desk)))

    async def do_declare_trust(self) -> None:
        from recruitcheck.reports import page
        from recruitcheck.tui.deliver import deliver
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import papers

        def hand_over(made: Any) -> None:
            deliver(self, page.html(made[1]), "for-the-headteacher.html", "text/html")

        task = await self.ask(papers.disparagement, self.desk)
        self.app.push_screen(FormPage(task, then=hand_over))

    async def do_declare_child(self) -> None:
        from recruitcheck.steps import declarations

        route = await self.attempt(declarations.safeguarding, self.desk)
        if route is not None:
            told = self.query_one("#route", Words)
            told.display = True
            told.say(
                f"Speak now to: {route.title}\n{route.address}\n{route.route}\n"
                "Only that you were shown this is recorded, not the concern.",
                f"bold {self.app.theme_variables['stop']}",
            )
