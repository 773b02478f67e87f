"""Prompts: numbered choices, questions of a task, and troubles told in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recruitcheck.errors import RecruitcheckError
from recruitcheck.tui.questions import Ask, Task
from recruitcheck.tui.text import cleaned, visible

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class Talk:
    """How a person is spoken with; tests bring their own."""

    read: Callable[[str], str]
    say: Callable[[str], object]
    secret: Callable[[str], str]

    def tell(self, text: str) -> None:
        """Say something; outside text in it is made safe."""
        self.say(visible(text, lines=True))

    def choose(
        self, question: str, options: Sequence[tuple[str, str]], *, leave: str = "Go back"
    ) -> str | None:
        """One of several, by number; 0 or an empty line leaves."""
        self.tell(f"\n{question}")
        for number, (_, words) in enumerate(options, 1):
            self.tell(f"  {number}  {' '.join(words.split())}")
        self.tell(f"  0  {leave}")
        while True:
            answer = self._line("Number: ")
            if answer in ("", "0"):
                return None
            if answer.isdecimal() and 1 <= int(answer) <= len(options):
                return options[int(answer) - 1][0]
            self.tell(f"Please type a number from 0 to {len(options)}.")

    def text(self, label: str) -> str:
        """Several lines; an empty line ends them."""
        self.tell(f"{label} (an empty line ends it)")
        lines: list[str] = []
        while line := self._line("> "):
            lines.append(line)
        return "\n".join(lines)

    def answer(self, ask: Ask) -> str:
        """The answer to one question, asked again until it is complete."""
        while True:
            given = self._once(ask)
            if not (lacking := ask.missing(given)):
                return given
            self.tell(f"Still missing: {lacking}")

    def _once(self, ask: Ask) -> str:
        optional = "" if ask.required or ask.kind == "tick" else ", may stay empty"
        if ask.help:
            self.tell(f"  ({ask.help})")
        if ask.kind == "pick":
            return self.choose(ask.label + optional, ask.options, leave="none") or ""
        if ask.kind == "tick":
            return "yes" if self._line(f"{ask.label}? yes or no: ").lower() in ("y", "yes") else ""
        if ask.kind == "text":
            return self.text(ask.label + optional)
        if ask.kind == "secret":
            return self.secret(f"{ask.label}: ")
        usual = f" [{ask.initial}]" if ask.initial else ""
        return self._line(f"{ask.label}{optional}{usual}: ") or ask.initial

    def fill(self, asks: Sequence[Ask]) -> dict[str, str]:
        """The answers to all questions, in their order."""
        return {ask.id: self.answer(ask) for ask in asks}

    def do(self, task: Task, desk: Desk) -> Any:
        """Ask a task's questions and record it; None where a step refused it."""
        self.tell(f"\n{task.title}\n{task.intro}")
        answers: Mapping[str, str] = self.fill(task.asks)
        made = None
        with self.troubles():
            made = task.record(desk, answers)
            self.tell(task.done(made))
        return made

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """Tell what a step refuses, and go on."""
        try:
            yield
        except RecruitcheckError as error:
            self.tell(f"\nThat did not work: {error.message}\n{error.hint}".rstrip())

    def _line(self, prompt: str) -> str:
        try:
            typed, left_out = cleaned(self.read(prompt))
        except EOFError:
            return ""
        if left_out:
            self.tell(f"{left_out} signs that cannot be seen were left out.")
        return typed.strip()
