"""Bars as inline SVG: no script, no picture file, readable in black and white.

Every bar has its name and its figure in words beside it, stacked parts differ in lightness and in
hatching, and a title and a sentence stand in the SVG for screen readers.
"""

from __future__ import annotations

import math
from html import escape

from recruitcheck.reports.paper import Bar, Bars, visible

_WIDTH, _NAMES, _LABELS, _ROW, _THICK = 720, 210, 150, 26, 16
"""Units of the drawing: the whole, the columns of names and of figures, a row, and its bar."""
_LETTER = 7.2
"""Width of a letter of a key, on average; an SVG cannot measure its own text."""
_COLOURS = ("#1f5a7a", "#d99a2b", "#9c3848", "#6b7280")
_PALE = "#9cc0d3"
"""Under an interval, whose line must be seen on the bar."""
_LONGEST_NAME = 34
"""Letters that fit beside a bar."""


def svg(chart: Bars, number: int = 0) -> str:
    """The chart as one SVG element; `number` keeps its ids apart from those of other charts."""
    top = _top(chart)
    head = 34 if chart.keys or chart.line is not None else 8
    height = head + _ROW * len(chart.bars) + 26
    parts = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="t{number} d{number}" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="t{number}">{escape(visible(chart.title))}</title>',
        f'<desc id="d{number}">{escape(visible(chart.says or _spoken(chart)))}</desc>',
        _patterns(number),
        *_keys(chart, number),
        *_axis(chart, top, head, height),
    ]
    for at, bar in enumerate(chart.bars):
        parts += _bar(bar, chart, top, head + at * _ROW, number)
    parts += _line(chart, top, head, height)
    return "".join([*parts, "</svg>"])


def _top(chart: Bars) -> float:
    if chart.top:
        return chart.top
    longest = max((max(sum(bar.parts), bar.high or 0.0) for bar in chart.bars), default=0.0)
    if chart.percent or longest <= 2:
        return longest or 1.0
    return float(2 * math.ceil(longest / 2))  # so that the middle of the axis is a whole number


def _x(value: float, top: float) -> float:
    room = _WIDTH - _NAMES - _LABELS
    return _NAMES + room * min(max(value / top, 0.0), 1.0)


def _patterns(number: int) -> str:
    """Fills: plain, dots, stripes one way, stripes the other; they survive a grey printer."""
    marks = (
        "",
        '<circle cx="3" cy="3" r="1.2" fill="#fff"/>',
        '<path d="M0 6L6 0" stroke="#fff" stroke-width="1.4"/>',
        '<path d="M0 0L6 6" stroke="#fff" stroke-width="1.4"/>',
    )
    made = "".join(
        f'<pattern id="f{at}-{number}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{colour}"/>{mark}</pattern>'
        for at, (colour, mark) in enumerate(zip(_COLOURS, marks, strict=True))
    )
    return f"<defs>{made}</defs>"


def _fill(at: int, number: int) -> str:
    return f"url(#f{at % len(_COLOURS)}-{number})"


def _keys(chart: Bars, number: int) -> list[str]:
    parts, at = [], float(_NAMES)
    for index, key in enumerate(chart.keys):
        words = escape(visible(key))
        parts.append(
            f'<rect x="{at:.0f}" y="6" width="12" height="12" fill="{_fill(index, number)}"/>'
            f'<text x="{at + 17:.0f}" y="16">{words}</text>'
        )
        at += 17 + _LETTER * len(key) + 22
    return parts


def _axis(chart: Bars, top: float, head: int, height: int) -> list[str]:
    bottom = height - 22
    shown = (0.0, top / 2, top) if chart.percent or top >= 2 else (0.0, top)
    parts = []
    for value in shown:
        x = _x(value, top)
        parts.append(
            f'<line x1="{x:.1f}" y1="{head}" x2="{x:.1f}" y2="{bottom}" class="grid"/>'
            f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle" class="small">'
            f"{_figure(value, percent=chart.percent)}</text>"
        )
    return parts


def _bar(bar: Bar, chart: Bars, top: float, y: float, number: int) -> list[str]:
    name = bar.name if len(bar.name) <= _LONGEST_NAME else bar.name[: _LONGEST_NAME - 1] + "…"
    label = bar.label or _figure(sum(bar.parts), percent=chart.percent)
    middle = y + _THICK / 2 + 5
    parts = [
        f'<text x="{_NAMES - 8}" y="{middle:.0f}" text-anchor="end">{escape(visible(name))}</text>',
        f'<text x="{_WIDTH - _LABELS + 10}" y="{middle:.0f}">{escape(visible(label))}</text>',
    ]
    done = 0.0
    for at, part in enumerate(bar.parts):
        left, right = _x(done, top), _x(done + part, top)
        if part > 0:
            parts.append(
                f'<rect x="{left:.1f}" y="{y}" width="{max(right - left, 1):.1f}" '
                f'height="{_THICK}" fill="{_PALE if bar.low is not None else _fill(at, number)}"/>'
            )
        done += part
    if bar.low is not None and bar.high is not None:
        low, high, line = _x(bar.low, top), _x(bar.high, top), y + _THICK / 2
        parts.append(
            f'<path d="M{low:.1f} {line - 5}v10M{low:.1f} {line}H{high:.1f}M{high:.1f} {line - 5}'
            'v10" class="whisker"/>'
        )
    return parts


def _line(chart: Bars, top: float, head: int, height: int) -> list[str]:
    if chart.line is None:
        return []
    x = _x(chart.line, top)
    return [
        f'<line x1="{x:.1f}" y1="{head - 8}" x2="{x:.1f}" y2="{height - 22}" class="mark"/>'
        f'<text x="{x:.1f}" y="{head - 12}" text-anchor="middle" class="small">'
        f"{escape(visible(chart.line_name))}</text>"
    ]


def _figure(value: float, *, percent: bool) -> str:
    if percent:
        return f"{value * 100:.0f}%"
    return f"{value:g}" if value == int(value) else f"{value:.1f}"


def _spoken(chart: Bars) -> str:
    """The chart in words, from its own figures."""
    said = []
    for bar in chart.bars:
        if chart.keys:
            part = ", ".join(
                f"{_figure(value, percent=chart.percent)} {key}"
                for key, value in zip(chart.keys, bar.parts, strict=True)
            )
        else:
            part = bar.label or _figure(sum(bar.parts), percent=chart.percent)
        said.append(f"{bar.name}: {part}")
    return "; ".join(said) + "." if said else "Nothing to show."
