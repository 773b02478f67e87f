"""The recovery sheet, whole or in three parts: plain text for a paper that is found years later.

Whoever takes it out of the safe may never have seen recruitcheck, so each sheet says what it is
of, what it opens, and how it is used.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date

_WIDTH = 76


def whole(organisation: str, place: str, code: str, made_on: date) -> str:
    """The sheet with the whole code."""
    return _sheet(
        "RECOVERY SHEET",
        (organisation, place, made_on),
        [f"Recovery code:    {code}"],
        (
            "Print this, lock the paper away and delete the file. Whoever has this code can open "
            "every record.",
            "It is needed on the day on which nobody of HR can unlock. Start recruitcheck, choose "
            "“Lost passphrase”, and type your name and the code.",
        ),
    )


def part(organisation: str, place: str, number: int, lines: Mapping[int, str], on: date) -> str:
    """One of the three sheets of which any two are needed."""
    return _sheet(
        f"RECOVERY SHEET {number} OF 3",
        (organisation, place, on),
        [f"Together with sheet {other}:  {line}" for other, line in lines.items()],
        (
            "Print this, give the paper to the person who keeps it, and delete the file. Any two "
            "of the three sheets open every record; this one alone says nothing, so no two may "
            "lie in one place.",
            "They are needed on the day on which nobody of HR can unlock. Start recruitcheck, "
            "choose “Lost passphrase”, and type your name. As the code type two lines: from each "
            "of two sheets, the line for the other.",
        ),
    )


def _sheet(title: str, of: tuple[str, str, date], code: list[str], told: tuple[str, ...]) -> str:
    organisation, place, made_on = of
    lines = [
        f"recruitcheck: {title}",
        "",
        f"Trust or school:  {organisation}",
        f"Register:         {place}",
        f"Printed on:       {made_on:%-d %B %Y}",
        "",
        *code,
    ]
    return "\n\n".join(("\n".join(lines), *(textwrap.fill(t, _WIDTH) for t in told))) + "\n"
