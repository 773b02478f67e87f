"""A paper as one HTML file: no script, nothing loaded from elsewhere, made for print as well.

Everything from outside is escaped and shown with its hidden characters made visible; a content
security policy inside the file forbids the browser whatever an oversight might have let through.
"""

from __future__ import annotations

import re
from html import escape

from recruitcheck.reports import charts
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
    visible,
    words,
)

_STYLE = """
:root { --ink: #1b1f24; --faint: #57606a; --line: #c9d1d9; --tint: #f3f5f7; --mark: #1f5a7a; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: var(--ink);
  background: #fff; margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; }
header { border-bottom: 3px solid var(--mark); padding-bottom: .75rem; margin-bottom: 1.5rem; }
header p { margin: .15rem 0; color: var(--faint); }
.confidential { display: inline-block; border: 2px solid var(--ink); color: var(--ink);
  padding: .1rem .6rem; font-weight: 600; margin-top: .5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; break-after: avoid; }
p { margin: .5rem 0; white-space: pre-line; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 1.25rem; font-size: .92rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem 1rem .35rem 0;
  border-bottom: 1px solid var(--line); }
td { overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid var(--ink); overflow-wrap: normal; }
.id { white-space: nowrap; }
thead { display: table-header-group; }
tr, svg, blockquote { break-inside: avoid; }
.foot { break-before: avoid; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
dl { display: grid; grid-template-columns: minmax(10rem, 16rem) 1fr; gap: .25rem 1rem; }
dt { color: var(--faint); } dd { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
blockquote { margin: .75rem 0; padding: .4rem .9rem; border-left: 4px solid var(--mark);
  background: var(--tint); white-space: pre-line; overflow-wrap: anywhere; }
blockquote footer { color: var(--faint); font-size: .9rem; }
svg.chart { width: 100%; height: auto; margin: .5rem 0 1rem; font-size: 13px; }
svg .grid { stroke: var(--line); } svg .small { font-size: 11.5px; fill: #57606a; }
svg .whisker { stroke: #1b1f24; stroke-width: 1.6; fill: none; }
svg .mark { stroke: #9c3848; stroke-width: 2; stroke-dasharray: 6 4; }
.figure { font-weight: 600; margin: 1.25rem 0 0; break-after: avoid; }
.none { color: var(--faint); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@page { size: A4; margin: 18mm 16mm 20mm; }
@media print {
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 18pt; } h2 { font-size: 12.5pt; margin-top: .85rem; }
  p { margin: .35rem 0; } dl { row-gap: .05rem; margin: .4rem 0; } ul, ol { margin: .4rem 0; }
  table { font-size: 9.2pt; margin: .4rem 0 .7rem; } th, td { padding: .2rem .8rem .2rem 0; }
  a { color: inherit; text-decoration: none; }
}
"""

_ID = re.compile(r"\b(?:[A-Z]{1,3}-[0-9A-Z]{3,16}|\d{4}-\d\d-\d\d)\b|\b\d+\([a-z-]+\)")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(paper: Paper) -> str:
    """The paper as HTML."""
    body: list[str] = []
    figures = 0
    for part in paper.sections:
        body.append(f"<section><h2>{_text(part.title)}</h2>")
        for block in part.blocks:
            if isinstance(block, Bars):
                figures += 1
                body.append(_chart(block, figures))
            else:
                body.append(_block(block))
        body.append("</section>")
    closing = [f'<p class="foot">{_text(said)}</p>' for said in foot(paper)]
    return "\n".join([*_head(paper), *body, *closing, "</main></body></html>\n"])


def _head(paper: Paper) -> list[str]:
    confidential = (
        f'<p class="confidential">{_text(paper.confidential)}</p>' if paper.confidential else ""
    )
    about = f"<p>{_text(paper.about)}</p>" if paper.about else ""
    return [
        "<!doctype html>",
        '<html lang="en-GB"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_text(paper.title)}</title><style>{_STYLE}{_footer(paper)}</style></head><body><main>",
        f"<header><h1>{_text(paper.title)}</h1>{about}",
        f"<p>{escape(head(paper))}</p>{confidential}</header>",
    ]


def _footer(paper: Paper) -> str:
    """Every printed page says what it belongs to, who may read it, and which of how many it is."""
    says = ". ".join(filter(None, (paper.title, paper.confidential)))
    box = "font: 8.5pt sans-serif; color: #57606a"
    return (
        f'@page {{ @bottom-left {{ content: "{_quoted(says)}"; {box}; width: 80%; }}\n'
        f'@bottom-right {{ content: counter(page) " of " counter(pages); {box}; }} }}\n'
    )


def _quoted(text: str) -> str:
    """A text inside quotation marks of a style sheet: letters as they are, all else by number.

    Spaces too, because a style sheet swallows the one after a number.
    """
    return "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in ".,") else f"\\{ord(sign):06x}"
        for sign in visible(text)
    )


def _text(value: Cell) -> str:
    return escape(words(value))


def _block(block: Block) -> str:
    if isinstance(block, str):
        return f"<p>{_text(block)}</p>"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Facts):
        facts = [(name, value) for name, value in block.facts if value not in ("", None)]
        inner = "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in facts)
        return f"<dl>{inner}</dl>"
    if isinstance(block, Points):
        kind = "ol" if block.numbered else "ul"
        inner = "".join(f"<li>{_text(point)}</li>" for point in block.points)
        return f"<{kind}>{inner}</{kind}>"
    if isinstance(block, Quote):
        source = f"<footer>{_text(block.source)}</footer>" if block.source else ""
        return f'<blockquote dir="auto">{escape(visible(block.text))}{source}</blockquote>'
    raise TypeError(f"no such part of a paper: {type(block).__name__}")


def _chart(chart: Bars, number: int) -> str:
    if not chart.bars:
        return f'<p class="figure">{_text(chart.title)}</p><p class="none">Nothing to show.</p>'
    return f'<p class="figure">{_text(chart.title)}</p>{charts.svg(chart, number)}'


def _table(table: Table) -> str:
    caption = f"<caption>{_text(table.title)}</caption>" if table.title else ""
    if not table.rows:
        return f"<p>{_text(table.title)}</p>" * bool(table.title) + (
            f'<p class="none">{_text(table.empty)}</p>'
        )
    heads = "".join(
        f'<th scope="col"{_kind(table, at)}>{_text(name)}</th>'
        for at, name in enumerate(table.headings)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{_kind(table, at)}>{_cell(cell)}</td>" for at, cell in enumerate(row))
        + "</tr>"
        for row in table.rows
    )
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(cell: Cell) -> str:
    """A cell; ids, references and dates stay in one piece."""
    return _ID.sub(r'<span class="id">\g<0></span>', _text(cell))


def _kind(table: Table, at: int) -> str:
    return ' class="n"' if at in table.numeric else ""
