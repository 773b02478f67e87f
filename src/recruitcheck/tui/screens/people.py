"""People and keys: who works here, in which role; invite, admit, record a leaver."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult

from recruitcheck.records import Person, Role
from recruitcheck.tui.page import Page
from recruitcheck.tui.questions import Ask, Task
from recruitcheck.tui.text import role_words
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.table import Column, Rows, Table
from recruitcheck.tui.widgets.words import Words


class People(Page):
    """Everybody with keys of their own."""

    CSS_PATH = "audit.tcss"
    WAY = "People"
    ACTS: ClassVar[tuple[str, ...]] = (
        "people.invite",
        "people.admit",
        "people.code",
        "people.trained",
        "people.leave",
    )
    HELP = """Invite somebody and give them the code in person. They make their own keys with it \
under “I was invited”. Then admit them: only now can they open what their role may.

When somebody leaves, record it the same day: the roles get new keys, which the leaver does not \
have. Nobody may hold both sides of one case.

Somebody forgot their passphrase? “New code” lets them make new keys under “I was invited”; admit \
them again, and their cases are theirs as before.

“Record training” writes down until when somebody's training holds. After that day they can finish \
what they began and start nothing new."""

    def __init__(self) -> None:
        super().__init__()
        self._people: list[Person] = []

    def compose_body(self) -> ComposeResult:
        yield Words("", id="code")
        yield Table(
            (Column("Name", 0, most=40), Column("Roles", 26), Column("State", 26)),
            empty="Nobody yet.",
        )
        with Deeds(classes="buttons"):
            yield Push("people.invite")
            yield Push("people.admit", plain=True)
            yield Push("people.code", plain=True)
            yield Push("people.trained", plain=True)
            yield Push("people.leave", plain=True)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Table))

    async def load(self) -> None:
        from recruitcheck.steps import people

        self._people = sorted(
            await self.ask(people.everyone, self.desk),
            key=lambda p: (p.left_at is not None, p.name.casefold()),
        )
        self.query_one(Table).show(
            Rows([(p.name, role_words(p.roles), _state(p)) for p in self._people])
        )
        self.query_one(Table).focus()

    def _chosen(self) -> Person | None:
        at = self.query_one(Table).cursor
        return self._people[at] if at < len(self._people) else None

    def do_people_invite(self) -> None:
        from recruitcheck.tui.screens.form import FormPage

        self.app.push_screen(FormPage(_INVITE, then=self._invited))

    def _invited(self, code: str) -> None:
        self.query_one("#code", Words).say(
            f"Invitation code, to be given in person and used once:\n{code}",
            f"bold {self.app.theme_variables['focus']}",
        )

    def why_not_people_admit(self) -> str | None:
        person = self._chosen()
        if person is None:
            return "choose a person"
        if person.left_at:
            return "they have left"
        if person.admitted_at:
            return "they are admitted"
        return None if person.waiting else "they have to join with their code first"

    async def do_people_admit(self) -> None:
        from recruitcheck.steps import people

        person = self._chosen()
        if person is None:
            return
        if await self.attempt(people.admit, self.desk, person.id) is not None:
            self.tell(f"{person.name} is admitted and can unlock.")
            await self.load()

    def why_not_people_code(self) -> str | None:
        person = self._chosen()
        if person is None or person.left_at:
            return "choose somebody who works here"
        return "somebody else of HR gives you yours" if person.id == self.desk.me.id else None

    async def do_people_code(self) -> None:
        from recruitcheck.steps import people

        person = self._chosen()
        if person is None:
            return
        code = await self.attempt(people.new_code, self.desk, person.id)
        if code is not None:
            self._invited(code)
            self.tell(f"{person.name} joins with the new code; then admit them again.")
            await self.load()

    def why_not_people_trained(self) -> str | None:
        person = self._chosen()
        if person is None or person.left_at or not person.admitted_at:
            return "choose somebody who works here"
        return "somebody else records your own" if person.id == self.desk.me.id else None

    async def do_people_trained(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import papers

        if (person := self._chosen()) is not None:
            self.app.push_screen(FormPage(await self.ask(papers.training, self.desk, person)))

    def on_table_moved(self, event: Table.Moved) -> None:
        event.stop()
        self.ask_again()

    def why_not_people_leave(self) -> str | None:
        person = self._chosen()
        if person is None or person.left_at:
            return "choose somebody who works here"
        return "that is you" if person.id == self.desk.me.id else None

    def do_people_leave(self) -> None:
        from recruitcheck.tui.screens.confirm import Confirm

        person = self._chosen()
        if person is None:
            return
        self.app.push_screen(
            Confirm(
                f"{person.name} leaves: their keys open nothing new from now on. This cannot be "
                "undone; they would have to be invited again.",
                "Record the leaver",
            ),
            lambda sure: self.beside(partial(self._leave, person.id), "act") if sure else None,
        )

    async def _leave(self, person: str) -> None:
        from recruitcheck.steps import exceptions, people

        if await self.attempt(people.leave, self.desk, person) is not None:
            await self.load()
            alone = await self.ask(lambda desk: tuple(exceptions.left_alone(desk)), self.desk)
            cases = ", ".join(one.applicant for one in alone)
            self.tell(
                "Recorded. The roles have new keys.",
                f"No recruiter is left on {cases}: hand them over on the applicant's page."
                if cases
                else "",
            )


def _state(person: Person) -> tuple[str, str]:
    if person.left_at:
        return f"– left {person.left_at:%-d %b %Y}", "faint"
    if not person.admitted_at:
        if not person.waiting:
            return "○ invited, has not joined", "faint"
        return "○ joined, waits for you", "ask"
    if person.trained_until:
        return f"✓ trained until {person.trained_until:%-d %b %Y}", "go"
    return "✓ admitted", "go"


def _invite(desk: Any, answers: Mapping[str, str]) -> str:
    from recruitcheck.steps import people

    roles = tuple(role for role in Role if answers.get(str(role)) == "yes")
    return people.invite(desk, answers["name"], roles)


_INVITE = Task(
    id="invite",
    title="Invite",
    button="Make the invitation",
    record=_invite,
    intro="The code that you get is to be given in person. It works once.",
    done=lambda _: "The invitation is made.",
    asks=(
        Ask(id="name", label="Name"),
        Ask(
            id="recruiter",
            label="Recruiter: asks for searches and looks",
            kind="tick",
            required=False,
        ),
        Ask(
            id="hr",
            label="HR: audits, looks after people and retention",
            kind="tick",
            required=False,
        ),
        Ask(
            id="equality",
            label="Equality reviewer: decides referrals, sees figures",
            kind="tick",
            required=False,
        ),
    ),
)
