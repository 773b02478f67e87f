"""Shares as bars of text, always with the number, its basis and a word beside them."""

from __future__ import annotations

from textual.content import Content

from recruitcheck.tui.text import shortened

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_SPARKS = "▁▂▃▄▅▆▇█"


def bar(share: float, cells: int) -> str:
    """`share` (0 to 1) of `cells` columns, in eighths of a column."""
    eighths = round(max(0.0, min(share, 1.0)) * cells * 8)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def share_line(
    name: str,
    share: float | None,
    low: float | None,
    high: float | None,
    n: int,
    *,
    cells: int = 30,
    colour: str = "",
) -> Content:
    """One group: its name, the bar, the figure, how sure it is, and out of how many."""
    if share is None:
        return Content(f"{shortened(name, 22):<22}  nobody applied")
    told = f" {share:5.0%}  n={n}"
    if low is not None and high is not None:
        told += f"  (95 % sure: {low:.0%} to {high:.0%})"
    return Content.assemble(
        f"{shortened(name, 22):<22} ", (f"{bar(share, cells):<{cells}}", colour), told
    )


def spark(values: list[float]) -> str:
    """A trend as one sign for each value; empty for fewer than two."""
    if len(values) < 2:
        return ""
    top = max(values) or 1.0
    return "".join(_SPARKS[min(int(v / top * 7.999), 7)] for v in values)
