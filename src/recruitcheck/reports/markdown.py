"""A paper as Markdown and as plain text, for those who will edit it or read it in a letter."""

from __future__ import annotations

import re
import textwrap

from recruitcheck.reports.paper import (
    Bars,
    Block,
    Cell,
    Facts,
    Paper,
    Points,
    Quote,
    Table,
    foot,
    head,
    words,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def markdown(paper: Paper) -> str:
    """The paper as Markdown; words from outside can start no mark-up of their own."""
    lines = [f"# {_inline(paper.title)}", ""]
    if paper.about:
        lines += [_inline(paper.about), ""]
    lines += [_inline(head(paper)), ""]
    if paper.confidential:
        lines += [f"**{_inline(paper.confidential)}**", ""]
    for part in paper.sections:
        lines += [f"## {_inline(part.title)}", ""]
        for block in part.blocks:
            lines += [*_markdown(block), ""]
    for said in foot(paper):
        lines += [_paragraph(said).replace("\n", "\\\n"), ""]
    return "\n".join(lines).rstrip() + "\n"


def _inline(cell: Cell) -> str:
    text = _SPECIAL.sub(r"\\\1", words(cell))
    return " ".join(line.strip() for line in text.splitlines())


def _paragraph(text: str) -> str:
    lines = (_SPECIAL.sub(r"\\\1", words(line)) for line in text.split("\n"))
    return "\n".join(re.sub(r"^(\s*)([-+]|\d+[.)])(\s)", r"\1\\\2\3", line) for line in lines)


def _markdown(block: Block) -> list[str]:
    if isinstance(block, Bars):
        block = _as_table(block)
    if isinstance(block, str):
        return [_paragraph(block)]
    if isinstance(block, Facts):
        return [f"- **{_inline(name)}:** {_inline(value)}" for name, value in _filled(block)]
    if isinstance(block, Points):
        return [
            f"{f'{at}.' if block.numbered else '-'} {_inline(point)}"
            for at, point in enumerate(block.points, start=1)
        ]
    if isinstance(block, Quote):
        quoted = [f"> {_inline(line)}" for line in block.text.splitlines()]
        return quoted + ([f">\n> {_inline(block.source)}"] if block.source else [])
    title = [f"**{_inline(block.title)}**", ""] if block.title else []
    if not block.rows:
        return [*title, _inline(block.empty)]
    rule = ["---:" if at in block.numeric else "---" for at in range(len(block.headings))]
    return [
        *title,
        _row([_inline(name) for name in block.headings]),
        _row(rule),
        *(_row([_inline(cell) for cell in row]) for row in block.rows),
    ]


def _filled(block: Facts) -> list[tuple[str, Cell]]:
    return [(name, value) for name, value in block.facts if value not in ("", None)]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _as_table(chart: Bars) -> Table:
    """A chart's figures as a table."""
    names = chart.keys or ("figure",)
    rows = []
    for bar in chart.bars:
        figures: list[Cell] = list(bar.parts) if chart.keys else [bar.label or sum(bar.parts)]
        rows.append((bar.name, *(_whole(figure) for figure in figures)))
    return Table(
        title=chart.title,
        headings=("", *names),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(names) + 1)),
    )


def _whole(figure: Cell) -> Cell:
    return int(figure) if isinstance(figure, float) and figure.is_integer() else figure


def plain(paper: Paper, width: int = 76) -> str:
    """The paper as plain text."""
    lines = [words(paper.title), "=" * min(width, len(paper.title)), ""]
    for said in (paper.about, paper.confidential):
        if said:
            lines += [words(said), ""]
    lines += [*textwrap.wrap(head(paper), width), ""]
    for part in paper.sections:
        lines += [words(part.title), "-" * min(width, len(part.title)), ""]
        for block in part.blocks:
            lines += [*_plain(block, width), ""]
    for said in foot(paper):
        lines += [said, ""]
    return "\n".join(lines).rstrip() + "\n"


def _plain(block: Block, width: int) -> list[str]:
    if isinstance(block, Bars):
        block = _as_table(block)
    if isinstance(block, str):
        return [
            wrapped
            for line in words(block).split("\n")
            for wrapped in (textwrap.wrap(line, width) or [""])
        ]
    if isinstance(block, Facts):
        return [f"{words(name)}: {words(value)}" for name, value in _filled(block)]
    if isinstance(block, Points):
        return [
            line
            for at, point in enumerate(block.points, start=1)
            for line in textwrap.wrap(
                f"{f'{at}.' if block.numbered else '-'} {words(point)}",
                width,
                subsequent_indent="  ",
            )
        ]
    if isinstance(block, Quote):
        quoted = [f"    {line}" for line in words(block.text).split("\n")]
        return quoted + ([f"    ({words(block.source)})"] if block.source else [])
    title = [words(block.title)] if block.title else []
    if not block.rows:
        return [*title, words(block.empty)]
    return [*title, *(_record(block, row) for row in block.rows)]


def _record(table: Table, row: tuple[Cell, ...]) -> str:
    """A row as a line of `heading: value`; columns would not survive a letter's font."""
    parts = [
        f"{name}: {words(cell)}" if name else words(cell)
        for name, cell in zip(table.headings, row, strict=True)
        if words(cell)
    ]
    return "- " + "; ".join(parts)
