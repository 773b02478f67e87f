"""Papers: hostile words stay words, spreadsheets run nothing, charts speak."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitcheck.records import AuditRow
from recruitcheck.reports import audit, figures, markdown, page, sheet
from recruitcheck.reports.paper import (
    Bar,
    Bars,
    Facts,
    Paper,
    Points,
    Quote,
    section,
    table,
    visible,
)
from recruitcheck.reports.quarter import Quarter, Signal

HOSTILE = '<script>alert(1)</script> & "quoted" | *bold* [x](javascript:1) \u202eevil\u202c \x07'


def paper(words: str = HOSTILE) -> Paper:
    """A paper with the same words in every part that a paper can have."""
    return Paper(
        title=words,
        organisation=words,
        made_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        made_by=words,
        about=words,
        confidential=words,
        sections=(
            section(
                words,
                words,
                Facts(facts=((words, words), ("empty", ""))),
                Points(points=(words,), numbered=True),
                Quote(text=words, source=words),
                table((words, "n"), [(words, 3)], title=words, numeric=(1,)),
                table(("a",), [], empty=words),
                Bars(
                    title=words,
                    keys=("one", words),
                    bars=(Bar(name=words, parts=(1.0, 2.0), low=0.5, high=3.0),),
                    line=2.0,
                    line_name=words,
                ),
            ),
        ),
    )


def test_html_escapes_everything_from_outside() -> None:
    """No tag, no attribute and no hidden character of a text reaches the page as such."""
    made = page.html(paper())
    assert "<script" not in made
    assert "\u202e" not in made and "\x07" not in made
    assert "⟨U+202E⟩" in made
    assert "default-src &#x27;none&#x27;" in made or "default-src 'none'" in made


def test_html_loads_nothing() -> None:
    """The file needs no other: no address in an attribute, no import, no script."""
    made = page.html(paper("Words"))
    assert not re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?https?:""", made)
    assert "@import" not in made and "<link" not in made and "<img" not in made


def test_charts_say_their_figures_in_words() -> None:
    """A chart has a title and a sentence with every figure, for those who cannot see it."""
    made = page.html(
        Paper(
            title="T",
            organisation="O",
            made_at=datetime(2026, 1, 1, tzinfo=UTC),
            made_by="M",
            sections=(
                section(
                    "S",
                    Bars(
                        title="By school",
                        keys=("permitted", "refused"),
                        bars=(Bar(name="North", parts=(4.0, 1.0)),),
                    ),
                ),
            ),
        )
    )
    assert "North: 4 permitted, 1 refused." in made
    assert 'role="img"' in made


def test_a_list_that_is_cut_says_so() -> None:
    """A chart of the most frequent rules names how many there are; every pattern has its row, and
    says of how many requests it names the first."""
    asked = AuditRow(
        seq=1,
        at=datetime(2026, 3, 1, tzinfo=UTC),
        id="J-1",
        state="refused",
        by="Ann",
        decision="refuse",
        rule=tuple(f"rule-{number}" for number in range(20)),
    )
    assert audit.by_rule([asked]).title.endswith("(15 of 20, the most frequent)")
    assert "(" not in audit.by_rule([replace(asked, rule=("one",))]).title
    signals = tuple(
        Signal(
            name="burst",
            strength="flag",
            message=f"Signal {number}.",
            figure=1.0,
            requests=tuple(f"J-{number}-{one}" for one in range(10)),
            cases=("A-1",),
        )
        for number in range(70)
    )
    made = str(figures.equality_report(quarter(signals)))
    assert all(one.message in made for one in signals)
    assert "J-69-7 and 2 more" in made


def quarter(signals: tuple[Signal, ...]) -> Quarter:
    """A quarter in which nothing else happened."""
    return Quarter(
        organisation="Beacon Hill Learning Trust",
        made_at=datetime(2026, 4, 1, tzinfo=UTC),
        made_by="Eve",
        first=date(2026, 1, 1),
        last=date(2026, 3, 31),
        asked=(),
        signals=signals,
        gaps=(),
        terms=(),
        off_tool=0,
        exposures=0,
        characteristics={},
    )


def test_markdown_keeps_words_from_becoming_mark_up() -> None:
    """A pipe stays in its cell, a bracket makes no link, a line start makes no heading."""
    made = markdown.markdown(paper("# a | b\n[x](http://y)\n- z"))
    assert "\\|" in made and "\\[x\\]" in made
    assert "\n# a" not in made.split("\n", 1)[1]


def test_plain_text_holds_every_part() -> None:
    """A letter as text loses nothing but its looks."""
    made = markdown.plain(paper("Words"))
    assert made.count("Words") >= 12 and "Made on 1 March 2026, 09:30 UTC" in made


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+44 7700", "-2", "@SUM(A1)", " =cmd|' /C calc'!A0", "\t=1", "\r=1", "＝1", "\n@x"],
)
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    """Every text that a spreadsheet would run gets an apostrophe in front."""
    [_, row] = csv.reader(io.StringIO(sheet.csv_text(("h",), [(cell,)]).lstrip("\ufeff")))
    assert row[0].startswith("'")


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_csv_reads_back(rows: list[list[str]]) -> None:
    """What is written is read again cell by cell, whatever quotes and commas it holds."""
    text = sheet.csv_text(("a", "b"), [tuple(row) for row in rows])
    read = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    assert read[1:] == [[str(sheet.safe(cell)) for cell in row] for row in rows]
    shown = [cell.lstrip(" \u00a0")[:1] for row in read[1:] for cell in row]
    assert not set("=+@") & set(shown)


def test_numbers_and_times_stay_what_they_are() -> None:
    """A negative number is no formula; a time is UTC and sorts as text."""
    moment = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    text = sheet.csv_text(("a", "b", "c", "d"), [(-3, moment, date(2026, 3, 1), None)])
    assert text.endswith("-3,2026-03-01T09:30:00Z,2026-03-01,\r\n")


def test_json_lines_are_one_object_each() -> None:
    """Times, tuples and accents come out as JSON that any program reads."""
    [line] = sheet.json_lines([{"at": datetime(2026, 3, 1, tzinfo=UTC), "rule": ("é", "b")}])
    assert json.loads(line) == {"at": "2026-03-01T00:00:00Z", "rule": ["é", "b"]}


@given(st.text())
def test_visible_leaves_no_hidden_character(text: str) -> None:
    """Control and direction characters are spelt out; joiners that scripts need stay."""
    assert not set(visible(text)) & {"\u202e", "\u2066", "\ufeff", "\x00", "\x1b", "\u200b"}
    assert visible("می\u200cخواهم") == "می\u200cخواهم"
