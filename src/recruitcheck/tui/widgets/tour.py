"""The demo's tour: five sentences for each desk, one at a time at the foot of the screen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical

from recruitcheck.records import Role
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words

STEPS: Final = {
    Role.RECRUITER: (
        "Each line is one claim of one applicant; its last column says what comes next.",
        "Press m on a line to open the application and mark the words that need checking.",
        "Say why this claim matters for this post; the decision comes at once, with every reason.",
        "After a yes the program looks only there, and shows only what bears on the claim.",
        "The panel hears one sentence, and never what else is online.",
    ),
    Role.HR: (
        "Every search that anybody asked for stands here, permitted or not.",
        "Enter opens a line: the claim in its place, the reasons, what was looked at and kept.",
        "Press / and type, for example, state:refused to see only those lines.",
        "Press v to check that no entry was changed, removed or added.",
        "People, retention and papers: who works here, what is due to go, what to hand out.",
    ),
    Role.EQUALITY: (
        "What only you may decide waits here, without the applicant's name.",
        "Enter opens a request; your written reason is recorded, and the recruiter reads it.",
        "Past its date a request goes to your deputy, and never becomes a yes by itself.",
        "Patterns show what stands out across cases: a question, never a verdict.",
        "Statistics compare groups without names, and leave out groups that are too small.",
    ),
}


def steps_for(roles: Collection[Role]) -> tuple[str, ...]:
    """The tour of the desk at which somebody with these roles begins."""
    return next((STEPS[role] for role in STEPS if role in roles), ())


class Tour(Vertical):
    """Sentence by sentence; it covers nothing, and the screen below it works as ever."""

    DEFAULT_CSS = """
    Tour { dock: bottom; height: auto; margin: 0 0 1 0; padding: 0 1; background: $sheet;
        border: round $key;
        Deeds { margin: 0; } }
    """

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self._at = 0
        self.border_title = "A short tour"

    def compose(self) -> ComposeResult:
        yield Words(id="tour-step")
        with Deeds():
            yield Push("app.tour", "Next  F4")
            yield Push("app.tour_end", plain=True)

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        self.query_one("#tour-step", Words).say(
            f"{self._at + 1} of {len(self._steps)}  {self._steps[self._at]}"
        )

    def go_on(self) -> bool:
        """Show the next sentence; False when there was none left."""
        if self._at + 1 >= len(self._steps):
            return False
        self._at += 1
        self._show()
        return True
