"""Statistics: who was searched, by group; no names, no small groups, and how sure a figure is."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from recruitcheck.records import Role
from recruitcheck.reports.sentences import BY_CHANCE, FOUR_FIFTHS
from recruitcheck.tui.page import Page
from recruitcheck.tui.text import safe
from recruitcheck.tui.widgets.bars import share_line, spark
from recruitcheck.tui.widgets.deeds import Deeds
from recruitcheck.tui.widgets.push import Push
from recruitcheck.tui.widgets.words import Words

_WIDE = 100
_CELLS, _NARROW_CELLS = 30, 14
"""Columns of a bar, so that its figures fit beside it on a wide and on a narrow screen."""


class Statistics(Page):
    """Published tables of the newest term, with the trend."""

    CSS_PATH = "record.tcss"
    WAY = "Statistics"
    ACTS: ClassVar[tuple[str, ...]] = ("statistics.publish", "statistics.import")
    HELP = """For each question of the monitoring form: which share of each group was searched. \
The bar shows the share, n how many applied, and the brackets where the true share lies with 95 % \
certainty; wide brackets mean: too few to tell.

A pair is marked ▲ when the lower share is less than four fifths of the higher one. “Small sample” \
means that chance alone could make such a difference. Groups below the policy's size are not \
shown, and one more with them where the total would give them away."""

    def compose_body(self) -> ComposeResult:
        with Deeds(classes="buttons"):
            yield Push("statistics.import")
            yield Push("statistics.publish", plain=True)
        yield Vertical(id="parts")

    async def load(self) -> None:
        figures, before = await self.ask(_read, self.desk)
        box = self.query_one("#parts")
        await box.remove_children()
        if figures is None:
            await box.mount(
                Words(
                    "Nothing is published for this term yet. Import the answers of the "
                    "monitoring form first, then publish.",
                    classes="faint",
                )
            )
            return
        widgets = []
        for question, table in figures.tables.items():
            words = Words(self._table(question, table, before), classes="box")
            words.border_title = question.replace("_", " ")
            widgets.append(words)
        if figures.note:
            widgets.append(Words(figures.note, classes="faint"))
        await box.mount(*widgets)

    def _table(self, question: str, table: Any, before: tuple[Any, ...]) -> Content:
        colours = self.app.theme_variables
        cells = _CELLS if self.size.width >= _WIDE else _NARROW_CELLS
        lines = []
        for rate in table.shown:
            line = share_line(
                rate.group,
                rate.rate,
                rate.low,
                rate.high,
                rate.applicants,
                cells=cells,
                colour=colours["go"],
            )
            trend = spark(
                [
                    r.rate
                    for held in before
                    if question in held.tables
                    for r in held.tables[question].shown
                    if r.group == rate.group and r.rate is not None
                ]
            )
            lines.append(line + safe(f"  {trend}"))
        if table.suppressed:
            lines.append(
                safe(f"not shown, too few: {len(table.suppressed)} groups", colours["faint"])
            )
        for pair in table.pairs:
            if pair.selection_ratio is not None and pair.selection_ratio < FOUR_FIFTHS:
                sure = "small sample" if pair.fisher_p >= BY_CHANCE else "unlikely to be chance"
                lines.append(
                    safe(
                        f"▲ {pair.a} and {pair.b}: the lower share is "
                        f"{pair.selection_ratio:.0%} of the higher ({sure}, p={pair.fisher_p:.3f})",
                        colours["stop"],
                    )
                )
        return Content("\n").join(lines)

    def why_not_statistics_import(self) -> str | None:
        return None if Role.EQUALITY in self.desk.me.roles else "only an equality reviewer"

    async def do_statistics_import(self) -> None:
        from recruitcheck.tui.screens.form import FormPage
        from recruitcheck.tui.tasks import papers

        self.app.push_screen(FormPage(await self.ask(papers.monitoring, self.desk)))

    async def do_statistics_publish(self) -> None:
        from recruitcheck.steps import monitoring

        made = await self.attempt(
            lambda: monitoring.publish(self.desk, monitoring.this_term(self.desk))
        )
        if made is not None:
            self.tell("Published for this term.", made.note)
            await self.load()


def _read(desk: Any) -> tuple[Any, tuple[Any, ...]]:
    from recruitcheck.steps import monitoring

    terms = monitoring.terms(desk)
    before = monitoring.trend(desk, terms)
    return (before[-1] if before else None), before
