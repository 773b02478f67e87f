"""First run: where the records live, who is the first person, a passphrase, a recovery sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from recruitcheck.errors import RecruitcheckError
from recruitcheck.tui.page import Page, disk_words
from recruitcheck.tui.questions import Ask, place
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.strength import ENOUGH, bar, judged
from recruitcheck.tui.widgets.words import Words
from recruitcheck.vault import ownplace

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk

_STEPS = 4
_POLICY = """1  No quoted claim, no search: the applicant's words come first.
2  Nothing leaves this computer that the claim does not contain.
3  Only what bears on the claim is shown; nothing else is kept.
4  Nobody on the interview panel looks. The panel gets one line.
5  Before a contradiction is used, the applicant is asked.
6  Every request is recorded, permitted or not, and HR reads it.
7  Equality reviewers see how groups fare, without names."""


class FirstRun(Page):
    """Four steps, each on one screen; nothing is made before the third."""

    CSS_PATH = "first_run.tcss"
    ACTS: ClassVar[tuple[str, ...]] = (
        "first.continue",
        "first.sheet",
        "first.sheets",
        "unlock.join",
        "first.demo",
    )
    HELP = """You set up a register: the place where your trust keeps what was asked, decided and \
found. The first person has the HR role and invites the others.

Everything about applicants is sealed with keys that only your people hold. If all passphrases are \
lost, the printed recovery sheet is the only way back, so lock it away.

“Just show me” sets up nothing: it plays the demo with invented people and lets you try the app on \
them."""
    needs_desk = False

    def __init__(self) -> None:
        super().__init__()
        self._step = 1
        self._answers: dict[str, str] = {}
        self._desk: Desk | None = None
        self._code = ""
        self._sheet_saved = self._busy = False

    def way(self) -> str:
        return f"First run, step {self._step} of {_STEPS}"

    def compose_body(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Vertical(id="step")
            yield Words("", id="state", classes="faint")
            with Deeds(classes="buttons"):
                yield Push("first.continue")
                yield Push("first.sheet", plain=True)
                yield Push("first.sheets", plain=True)
                yield Push("unlock.join", plain=True)
                yield Push("first.demo", plain=True)

    def on_mount(self) -> None:
        self.beside(self._show_step, "step")
        if ownplace.missing(self.app_.where or ""):
            self.tell(
                f"The register of this computer, {self.app_.where}, is not there now.",
                "Do not make a new one. If it lies on a shared drive, connect the drive and start "
                "again; else ask whoever looks after recruitcheck.",
                wrong=True,
            )

    async def _show_step(self) -> None:
        box = self.query_one("#step", Vertical)
        await box.remove_children()
        await box.mount(
            *{1: self._where, 2: self._passphrase, 3: self._sheet, 4: self._rules}[self._step]()
        )
        self.query_one("#push-first-sheet").display = self._step == 3
        self.query_one("#push-first-sheets").display = self._step == 3
        self.query_one("#push-unlock-join").display = self._step == 1
        self.query_one("#push-first-demo").display = self._step == 1
        self.show_way()
        self.ask_again()
        fields = box.query("Line, Pick")
        (fields.first() if fields else self.query_one(Push)).focus()

    def _where(self) -> list[Vertical | Words]:
        usual = self.app_.where or ownplace.usual()
        return [
            Words("Where should the records be kept, and who are you?", classes="heading"),
            Field(
                Ask(id="where", label="Folder (on this computer, or one that you share)"),
                self._answers.get("where", usual),
            ),
            Words(
                "HR can audit a shared folder without asking you. Everything in it is sealed.",
                classes="faint",
            ),
            Field(Ask(id="origin", label="Your trust or school"), self._answers.get("origin", "")),
            Field(
                Ask(id="name", label="Your name (you will have the HR role)"),
                self._answers.get("name", ""),
            ),
        ]

    def _passphrase(self) -> list[Vertical | Words]:
        return [
            Words("Choose a passphrase of your own", classes="heading"),
            Words(
                "Four unrelated words are easy to remember and hard to guess. Tell nobody.",
                classes="faint",
            ),
            Field(Ask(id="passphrase", label="Passphrase", kind="secret")),
            Words("▯▯▯ " + judged("")[1], id="strength", classes="faint"),
            Field(Ask(id="again", label="The same again", kind="secret")),
            Words("", id="same"),
        ]

    def _sheet(self) -> list[Vertical | Words]:
        return [
            Words("The recovery sheet", classes="heading"),
            Words(
                "If every passphrase is lost, this code is the only way back to your records. "
                "Nobody else has it. Save the sheet, print it, lock the paper away and delete "
                "the file; or copy the code by hand. “Save three sheets” is for three people of "
                "whom no one alone shall open anything."
            ),
            Words(self._code, id="code"),
            Field(
                Ask(
                    id="kept", label="The code is written down or the sheet is printed", kind="tick"
                )
            ),
        ]

    def _rules(self) -> list[Vertical | Words]:
        return [
            Words("The policy in plain words", classes="heading"),
            Words(_POLICY),
            Words(
                "Next: add a vacancy, and invite a recruiter and an equality reviewer.",
                classes="gap",
            ),
        ]

    # --- acts ------------------------------------------------------------------------------

    def _take(self) -> dict[str, str]:
        for field in self.query("#step Field").results(Field):
            self._answers[field.ask.id] = field.value
        return self._answers

    def on_field_changed(self, event: Field.Changed) -> None:
        event.stop()
        answers = self._take()
        if self._step == 2 and self.query("#strength"):
            mark, words = judged(answers.get("passphrase", ""))
            colours = self.app.theme_variables
            tone = "go" if mark >= ENOUGH else "stop" if answers.get("passphrase") else "faint"
            self.query_one("#strength", Words).say(f"{bar(mark)} {words}", colours[tone])
            same = answers.get("passphrase") == answers.get("again")
            self.query_one("#same", Words).say(
                "" if not answers.get("again") else "✓ the same" if same else "✗ not the same",
                colours["go" if same else "stop"],
            )
        self.ask_again()

    def why_not_first_continue(self) -> str | None:
        if self._busy:
            return "one moment"
        answers = self._answers
        if self._step == 1:
            lacking = [w for w in ("where", "origin", "name") if not self._value(w).strip()]
            return "fill in all three" if lacking else None
        if self._step == 2:
            if judged(answers.get("passphrase", ""))[0] < ENOUGH:
                return "a stronger passphrase"
            same = answers.get("passphrase") == answers.get("again")
            return None if same else "type it twice"
        if self._step == 3:
            kept = self._sheet_saved or answers.get("kept") == "yes"
            return None if kept else "print or copy it first"
        return None

    def _value(self, name: str) -> str:
        found = self.query(f"#field-{name}")
        return found.first(Field).value if found else self._answers.get(name, "")

    async def do_first_continue(self) -> None:
        self._take()
        if self._step == 2 and not await self._create():
            return
        if self._step == _STEPS:
            if self._desk is None:
                return
            self.app_.where = self._answers["where"]
            ownplace.remember(self.app_.where)
            self.app_.sit_down(self._desk)
            return
        self._step += 1
        await self._show_step()

    async def _create(self) -> bool:
        from recruitcheck.steps.desk import create_desk

        self._busy = True
        self.query_one("#state", Words).say("◐ Making keys; this takes a moment on purpose.")
        self.ask_again()
        try:
            where = (
                str(place(self._answers["where"]))
                if "://" not in self._answers["where"]
                else self._answers["where"].strip()
            )
            self._answers["where"] = where
            self._desk, self._code = await self.ask(
                create_desk,
                where,
                organisation=self._answers["origin"].strip(),
                name=self._answers["name"].strip(),
                passphrase=self._answers["passphrase"],
            )
        except RecruitcheckError as error:
            self.tell(error.message, error.hint, wrong=True)
            return False
        except OSError as error:
            self.tell(*disk_words(error), wrong=True)
            return False
        finally:
            self._busy = False
            self.query_one("#state", Words).say("")
            for secret in ("passphrase", "again"):
                if self._desk is not None:
                    self._answers.pop(secret, None)
        return True

    def why_not_first_sheet(self) -> str | None:
        return None if self._step == 3 else "it is made in step 3"

    def do_first_sheet(self) -> None:
        from recruitcheck.reports import recovery
        from recruitcheck.tui.deliver import deliver

        if self._desk is None:
            return
        sheet = recovery.whole(*self._register(), self._code, self._desk.today)
        if deliver(self, sheet, "recruitcheck-recovery-sheet.txt"):
            self._saved()

    def why_not_first_sheets(self) -> str | None:
        return self.why_not_first_sheet()

    def do_first_sheets(self) -> None:
        from recruitcheck.reports import recovery
        from recruitcheck.tui.deliver import deliver
        from recruitcheck.vault import sheets
        from recruitcheck.vault.keyring import read_code

        if self._desk is None:
            return
        for number, lines in sheets.split(read_code(self._code)).items():
            sheet = recovery.part(*self._register(), number, lines, self._desk.today)
            if not deliver(self, sheet, f"recruitcheck-recovery-sheet-{number}-of-3.txt"):
                return
        self._saved()
        self.tell(
            "The three sheets are saved.",
            "Give each to another person, and delete the files once they are printed.",
        )

    def _register(self) -> tuple[str, str]:
        return self._answers["origin"].strip(), self._answers["where"]

    def _saved(self) -> None:
        self._sheet_saved = True
        self.ask_again()

    def do_unlock_join(self) -> None:
        from recruitcheck.tui.screens.join import Join

        self.app.push_screen(Join())

    def why_not_first_demo(self) -> str | None:
        if self._step != 1:
            return "finish this first"
        return self.app_.why_not_demo()

    def do_first_demo(self) -> None:
        self.app_.show_demo()

    def leave(self) -> None:
        if self._busy:
            return  # the register is being made; its recovery code comes next
        if self._step == 2:
            self._step -= 1
            self.beside(self._show_step, "step")
        elif self._step == 1 and len(self.app.screen_stack) > 1:
            self.app.pop_screen()
