"""What is asked of somebody by name is asked of a person; whose essay it is says nothing."""

from __future__ import annotations

import pytest

from recruitcheck.rules.screen import Screener

ASKED = {
    "Does Priya light candles on a Friday night?": ("religion", "candles"),
    "Has Ms Tranter ever taken her employer on?": ("union", "employer on"),
    "What would Mr Hale have made of Corbyn?": ("political", "Corbyn"),
    "Would the new chap be a diversity hire?": ("race", "diversity hire"),
    "We wonder whether Grace took the veil.": ("religion", "the veil"),
}
OF_THE_WORK = [
    "Find the essay by Toni Morrison that the lesson plan names.",
    "Does Priya Shah's page list the lesson on candles and shadows?",
    "Will the page show that Mr Hale wrote the worksheet?",
]


@pytest.mark.parametrize("text", ASKED)
def test_a_name_is_read_as_a_person(screener: Screener, text: str) -> None:
    """The same is found as of `he`, and the same words are pointed at in the text as given."""
    characteristic, telling = ASKED[text]
    spans = [
        text[hit.start : hit.end]
        for hit in screener.screen(text, "query").hits
        if hit.characteristic == characteristic
    ]
    assert spans
    assert all(telling in span and len(span) <= 3 * len(telling) for span in spans)


@pytest.mark.parametrize("text", OF_THE_WORK)
def test_a_name_beside_work_is_no_aim_at_a_person(screener: Screener, text: str) -> None:
    """An author, an owner or a witness is not asked about."""
    assert screener.screen(text, "query").outcome == "clear"
