"""One request with its whole history, for HR: from the claim in its place to the panel line."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from recruitcheck.records import Verdict
from recruitcheck.tui.page import Page
from recruitcheck.tui.text import safe
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words

_VERDICTS = {
    Verdict.PERMIT: ("✓ permitted", "go"),
    Verdict.REFER: ("◆ referred", "ask"),
    Verdict.REFUSE: ("✗ refused", "stop"),
}


class Record(Page):
    """What was asked, decided, looked at, kept and said."""

    CSS_PATH = "record.tcss"
    ACTS: ClassVar[tuple[str, ...]] = ("record.ask", "record.note", "record.accept")
    HELP = """The whole record of one request. HR sees how much was withheld and for which of the \
two neutral reasons, never what it was.

Ask the recruiter: the question appears on their home screen and the answer comes back here. \
Accept: you looked and found the answer in order. Nobody notes or accepts their own act."""

    def __init__(self, id: str) -> None:
        super().__init__()
        self._record_id = id
        self._open_question = ""

    def way(self) -> str:
        return self._record_id

    def compose_body(self) -> ComposeResult:
        with Deeds(classes="buttons"):
            yield Push("record.ask")
            yield Push("record.note", plain=True)
            yield Push("record.accept", plain=True)
        yield Vertical(id="parts")

    def on_mount(self) -> None:
        super().on_mount()

    async def load(self) -> None:
        file, asked, names = await self.ask(_read, self.desk, self._record_id)
        waiting = [a for a in asked if a.answers and a.open]
        self._open_question = waiting[0].question.id if waiting else ""
        box = self.query_one("#parts")
        await box.remove_children()
        parts = [part for part in _parts(self, file, names) if part[1]]
        widgets: list[Words] = []
        for title, content in parts:
            words = Words(content, classes="box")
            words.border_title = title
            widgets.append(words)
        await box.mount(*widgets)

    def do_record_ask(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import oversight

        self.app.push_screen(
            FormPage(oversight.ask(self._record_id), draft=f"ask:{self._record_id}")
        )

    def do_record_note(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import oversight

        self.app.push_screen(
            FormPage(oversight.note(self._record_id), draft=f"note:{self._record_id}")
        )

    def why_not_record_accept(self) -> str | None:
        return None if self._open_question else "there is no answer to accept"

    async def do_record_accept(self) -> None:
        from recruitcheck.steps import oversight

        if await self.attempt(oversight.accept, self.desk, self._open_question) is not None:
            self.tell("Accepted.")
            await self.load()


def _read(desk: Any, id: str) -> tuple[Any, ...]:
    from recruitcheck.steps import oversight

    file = oversight.record(desk, id)
    asked = [
        a for a in oversight.questions(desk, open_only=False) if file.id in a.question.subjects
    ]
    return file, asked, {p.id: p.name for p in desk.register.people()}


def _parts(page: Page, file: Any, names: dict[str, str]) -> list[tuple[str, Content | str]]:
    colours = page.app.theme_variables
    parts: list[tuple[str, Content | str]] = []
    if file.destroyed:
        parts.append(
            (
                "Destroyed",
                "The content was destroyed as the policy demands; the entries below are left.",
            )
        )
    if file.claim is not None:
        who = f"{file.applicant.name} ({file.case})" if file.applicant else file.case
        post = f" · {file.vacancy.title}, {file.vacancy.school}" if file.vacancy else ""
        parts.append(
            (
                "The claim",
                safe(f"{who}{post}\n", colours["faint"], lines=True)
                + safe(f"…{file.before}", colours["faint"], lines=True)
                + safe(
                    file.claim.quote, f"bold {colours['onmark']} on {colours['mark']}", lines=True
                )
                + safe(f"{file.after}…", colours["faint"], lines=True),
            )
        )
    parts.append(("Why it was to be checked", _justification(file, names)))
    if file.decision is not None:
        parts.append(("Decision", _decision(file.decision, colours)))
    parts.append(
        (
            "Referral",
            "\n".join(
                f"{r.verdict or 'waiting'} · due {r.due:%-d %b} · {r.why}" for r in file.referrals
            ),
        )
    )
    parts.append(("Looked at", _looked(file)))
    parts.append(
        (
            "Kept",
            "\n".join(
                f"{j}: “{p.text}”  {p.address}"
                for e in file.evidence
                for p, j in zip(e.passages, e.judgements, strict=True)
            ),
        )
    )
    parts.append(
        (
            "Finding, reply, panel",
            "\n".join(
                [
                    *(
                        f"{f.result} · same person by: {f.identity or '–'} {f.note}".replace(
                            "_", " "
                        )
                        for f in file.findings
                    ),
                    *(
                        f"reply {r.state}: {r.text or '–'} · weighed: {r.weighing or '–'}"
                        for r in file.replies
                    ),
                    *(f"panel: {line.text}" for line in file.panel_lines),
                ]
            ),
        )
    )
    parts.append(
        (
            "Notes and questions",
            "\n".join(
                f"{r.at:%-d %b %H:%M}  {names.get(r.by, r.by)}  {r.kind}: {r.text}"
                for r in file.reviews
            ),
        )
    )
    parts.append(
        (
            "Entries of the ledger",
            "\n".join(
                f"{e.seq:05}  {e.at:%-d %b %Y %H:%M}  {e.type:<18} {names.get(e.author, e.author)}"
                for e in file.entries
            ),
        )
    )
    return parts


def _justification(file: Any, names: dict[str, str]) -> str:
    held = file.justification
    if held is None:
        return ""
    wanted = next(
        (
            r.text
            for r in (file.vacancy.requirements if file.vacancy else ())
            if r.id == held.requirement
        ),
        held.requirement,
    )
    return "\n".join(
        (
            f"asked by   {names.get(held.by, held.by)}"
            + (f", {held.at:%-d %b %Y %H:%M}" if held.at else ""),
            f"ground     {held.ground}",
            f"line       {wanted}",
            f"reason     {held.reason}",
            f"tried      {str(held.route).replace('_', ' ')}: {held.route_note}",
            f"confirms   {held.confirms}",
            f"refutes    {held.refutes}",
            f"source     {held.source}",
            f"looks      {names.get(held.holder, held.holder)}",
        )
    ) + (f"\nnote       {held.note}" if held.note else "")


def _decision(decision: Any, colours: dict[str, str]) -> Content:
    words, tone = _VERDICTS[decision.verdict]
    failed = [r for r in decision.reasons if not r.holds]
    held = len(decision.reasons) - len(failed)
    lines = [
        safe(f"{words} · {held} of {len(decision.reasons)} rules hold", f"bold {colours[tone]}")
    ]
    lines += [safe(f"✗ {r.rule}: {r.message} (policy {r.clause})", lines=True) for r in failed]
    if decision.query:
        lines.append(safe("query: " + " ".join(w.text for w in decision.query)))
    return Content("\n").join(lines)


def _looked(file: Any) -> str:
    withheld = {w.lookup: w for w in file.withheld}
    lines = []
    for sight in file.sights:
        look = sight.lookup
        lines.append(f"{look.at:%-d %b %H:%M}  {look.kind}  {look.outcome}  {look.address}")
        lines += [f"    {a.outcome}  {a.address}  {a.message}" for a in sight.attempts]
        held = withheld.get(look.id)
        if held is not None:
            lines.append(
                f"    shown {len(sight.passages)} · withheld: {held.unrelated} not about "
                f"the claim, {held.personal} personal"
            )
    return "\n".join(lines)
