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

BACK = "back"
"""What a person types to return to the question before."""


class _Back(Exception):
    """The person returns to the question before."""


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
        self,
        question: str,
        options: Sequence[tuple[str, str]],
        *,
        leave: str = "Go back",
        empty: str | None = None,
    ) -> str | None:
        """One of several, by number; None leaves. An empty line means `empty`."""
        self.tell(f"\n{question}")
        for number, (_, words) in enumerate(options, 1):
            self.tell(f"  {number}  {' '.join(words.split())}")
        self.tell(f"  0  {leave}")
        while True:
            answer = self._line("Number: ")
            if not answer and empty is not None:
                return empty
            if answer == "0" or answer.lower() == BACK:
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
            if lines == [BACK]:
                break
        return "\n".join(lines)

    def answer(self, ask: Ask, so_far: str) -> str:
        """The answer to one question, asked again until it is complete; `_Back` goes back."""
        while True:
            given = self._once(ask, so_far)
            if not (lacking := ask.missing(given)):
                return given
            self.tell(f"Still missing: {lacking}")

    def _once(self, ask: Ask, so_far: str) -> str:
        question = ask.question + (f"\n({ask.help})" if ask.help else "")
        if so_far and ask.kind != "secret":
            question += f"\nSo far: {_shown(ask, so_far)}. An empty line keeps it."
        if ask.kind == "secret":
            return self.secret(f"{question}: ")
        if ask.kind == "pick":
            none = () if ask.required else (("", "None of these"),)
            given = self.choose(question, (*ask.options, *none), empty=so_far)
            if given is None:
                raise _Back
            return given
        if ask.kind == "text":
            given = self.text(question)
        else:
            self.tell(question)
            given = self._line("yes or no; empty means no: " if ask.kind == "tick" else "Answer: ")
        if given.lower() == BACK:
            raise _Back
        if ask.kind == "tick" and given:
            return "yes" if given.lower() in ("y", "yes") else ""
        return given or so_far

    def fill(self, asks: Sequence[Ask]) -> dict[str, str] | None:
        """The answers to all questions, in their order; None where the person goes back from the
        first."""
        self.tell(f"Type {BACK} to return to the question before; from the first, it leaves.")
        answers = {ask.id: ask.initial for ask in asks}
        at = 0
        while at < len(asks):
            self.tell(f"\nQuestion {at + 1} of {len(asks)}")
            try:
                answers[asks[at].id] = self.answer(asks[at], answers[asks[at].id])
                at += 1
            except _Back:
                if at == 0:
                    return None
                at -= 1
        return answers

    def change(self, asks: Sequence[Ask], answers: Mapping[str, str]) -> dict[str, str] | None:
        """The answers with one of them given anew; None where the person leaves."""
        chosen = self.choose(
            "Which answer do you want to change?",
            [(ask.id, f"{ask.label}: {_shown(ask, answers[ask.id])}") for ask in asks],
            leave="Leave without recording",
        )
        if chosen is None:
            return None
        ask = next(ask for ask in asks if ask.id == chosen)
        try:
            return {**answers, chosen: self.answer(ask, answers[chosen])}
        except _Back:
            return dict(answers)

    def do(self, task: Task, desk: Desk) -> Any:
        """Ask a task's questions and record it; what a step refuses can be mended and tried
        again. None where the person leaves."""
        self.tell(f"\n{task.title}\n{task.intro}")
        answers = self.fill(task.asks)
        while answers is not None:
            try:
                made = task.record(desk, answers)
            except RecruitcheckError as error:
                self._trouble(error)
                answers = self.change(task.asks, answers)
            else:
                self.tell(task.done(made))
                return made
        self.tell("You left this; what you typed is not kept.")
        return None

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """Tell what a step refuses, and go on."""
        try:
            yield
        except RecruitcheckError as error:
            self._trouble(error)

    def _trouble(self, error: RecruitcheckError) -> None:
        self.tell(f"\nThat did not work: {error.message}\n{error.hint}".rstrip())

    def _line(self, prompt: str) -> str:
        typed, left_out = cleaned(self.read(prompt))
        if left_out:
            self.tell(f"{left_out} signs that cannot be seen were left out.")
        return typed.strip()


def _shown(ask: Ask, answer: str) -> str:
    """An answer in words; a secret is never shown."""
    if ask.kind == "secret":
        return "typed" if answer else "empty"
    if ask.kind == "tick":
        return answer or "no"
    return dict(ask.options).get(answer, answer) or "empty"
