"""The colours: a dark pair, a light pair, and high contrast for each.

Every foreground that a style sheet may put on a background is listed in `PAIRS`, and a test
computes each contrast (WCAG 2.2: 4.5 to 1 for text, 3 to 1 for lines). Allowed and refused are
blue and orange, which stay apart in the common kinds of colour blindness; beside each stands a
sign and a word, so that nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.theme import Theme

COLOURS: Final[Mapping[str, Mapping[str, str]]] = {
    "dark": {
        "paper": "#14181d",
        "sheet": "#1c2229",
        "raised": "#28313b",
        "ink": "#e8eaed",
        "faint": "#a9b4c0",
        "line": "#66747f",
        "focus": "#ffd75e",
        "go": "#56b4e9",
        "stop": "#e69f00",
        "ask": "#d6a5d0",
        "key": "#8fd0c4",
        "onfocus": "#14181d",
        "mark": "#2f4a5e",
        "onmark": "#ffffff",
        "chosen": "#33475a",
        "onchosen": "#ffffff",
        "deed": "#2b6a94",
        "ondeed": "#ffffff",
    },
    "light": {
        "paper": "#faf9f6",
        "sheet": "#f1efe9",
        "raised": "#e4e0d6",
        "ink": "#1d2329",
        "faint": "#50585f",
        "line": "#777d81",
        "focus": "#7a4b00",
        "go": "#005a8f",
        "stop": "#943f00",
        "ask": "#7a3278",
        "key": "#00604f",
        "onfocus": "#ffffff",
        "mark": "#cfe3f2",
        "onmark": "#10161b",
        "chosen": "#d5dfe8",
        "onchosen": "#10161b",
        "deed": "#005a8f",
        "ondeed": "#ffffff",
    },
    "contrast dark": {
        "paper": "#000000",
        "sheet": "#000000",
        "raised": "#1c1c1c",
        "ink": "#ffffff",
        "faint": "#dcdcdc",
        "line": "#b8b8b8",
        "focus": "#ffff00",
        "go": "#7fd1ff",
        "stop": "#ffb733",
        "ask": "#ffb8f5",
        "key": "#9fffe9",
        "onfocus": "#000000",
        "mark": "#004a77",
        "onmark": "#ffffff",
        "chosen": "#ffffff",
        "onchosen": "#000000",
        "deed": "#ffffff",
        "ondeed": "#000000",
    },
    "contrast light": {
        "paper": "#ffffff",
        "sheet": "#ffffff",
        "raised": "#ececec",
        "ink": "#000000",
        "faint": "#333333",
        "line": "#4a4a4a",
        "focus": "#5c0000",
        "go": "#003f66",
        "stop": "#6b2d00",
        "ask": "#5a1658",
        "key": "#00402f",
        "onfocus": "#ffffff",
        "mark": "#b9dcff",
        "onmark": "#000000",
        "chosen": "#000000",
        "onchosen": "#ffffff",
        "deed": "#000000",
        "ondeed": "#ffffff",
    },
}

TEXT: Final = 4.5
LINES: Final = 3.0

PAIRS: Final[tuple[tuple[str, str, float], ...]] = (
    *(
        (ink, ground, TEXT)
        for ink in ("ink", "faint", "go", "stop", "ask", "key", "focus")
        for ground in ("paper", "sheet", "raised")
    ),
    *(("line", ground, LINES) for ground in ("paper", "sheet")),
    ("onmark", "mark", TEXT),
    ("onchosen", "chosen", TEXT),
    ("ondeed", "deed", TEXT),
    ("onfocus", "focus", TEXT),
)
"""(foreground, background, least contrast) of everything the style sheets may combine."""

NAMES: Final = tuple(COLOURS)


def contrast(one: str, other: str) -> float:
    """Contrast of two `#rrggbb` colours after WCAG 2.2, from 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def theme(name: str) -> Theme:
    """The Textual theme of that name, with every colour as a variable of the style sheets."""
    from textual.theme import Theme

    c = COLOURS[name]
    return Theme(
        name=name,
        primary=c["go"],
        secondary=c["ask"],
        warning=c["stop"],
        error=c["stop"],
        success=c["go"],
        accent=c["focus"],
        foreground=c["ink"],
        background=c["paper"],
        surface=c["sheet"],
        panel=c["raised"],
        dark="dark" in name,
        variables={
            **c,
            "block-cursor-background": c["chosen"],
            "block-cursor-foreground": c["onchosen"],
            "block-cursor-blurred-background": c["raised"],
            "block-cursor-blurred-foreground": c["ink"],
            "input-cursor-background": c["ink"],
            "input-cursor-foreground": c["paper"],
            "input-selection-background": c["mark"],
            "border": c["focus"],
            "border-blurred": c["line"],
            "scrollbar": c["line"],
            "scrollbar-hover": c["focus"],
            "scrollbar-active": c["focus"],
            "scrollbar-background": c["sheet"],
            "scrollbar-background-hover": c["sheet"],
            "scrollbar-background-active": c["sheet"],
            "scrollbar-corner-color": c["sheet"],
            "text-muted": c["faint"],
            "text-disabled": c["faint"],
        },
    )
