"""The recruiter's whole flow, by keys, on a real register and a real small site."""

from __future__ import annotations

from office import Office, settled, text_of

from recruitcheck.tui.screens.justify import Justify
from recruitcheck.tui.widgets.document import ClaimDocument

ANSWERS = {
    "ground": "hobby-or-skill-online",
    "requirement": "S1",
    "reason": "The post asks for experience of school gardens, and the blog is offered as proof.",
    "route": "asked_applicant",
    "route_note": "She referred us to the blog itself.",
    "confirms": "Posts about school gardens on the blog",
    "refutes": "There is no such blog, or it is not about school gardens",
    "source": "web_page",
}


async def mark(office: Office, app, pilot, words: str = "I write Seed to Plate") -> None:
    """Mark the claim with Shift and the arrow keys, as a person would."""
    text = office.document.text
    start = text.index(words)
    end = text.index("\n", start)
    document = app.screen.query_one(ClaimDocument)
    document.focus()
    document.move_cursor(document.place_of(start))
    while document.marked[1] < end:
        await pilot.press("shift+down", "shift+end")
    await pilot.press("ctrl+g")
    await settled(app, pilot)


async def answer(app, pilot, answers: dict[str, str] = ANSWERS) -> None:
    """Fill in the questions."""
    from recruitcheck.tui.widgets.fields import Field

    for name, value in answers.items():
        app.screen.query_one(f"#field-{name}", Field).value = value
    await pilot.pause(0.15)
    await settled(app, pilot)


async def test_from_claim_to_panel_line_by_keys(office: Office) -> None:
    """A recruiter goes from the application to the panel's one line without leaving the keyboard,
    and the ledger then holds the same kinds of entries as the commands would leave."""
    before = len(office.types())
    async with office.app("Dan Reed") as (app, pilot):
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Justify)
        await mark(office, app, pilot)
        assert "This can be checked" in text_of(app)
        await answer(app, pilot)
        assert "COMPLETE" in text_of(app)
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "PERMITTED" in text_of(app), text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "Seed to Plate is a blog" in text_of(app)
        assert "seaside" not in text_of(app)
        assert "Only passages that bear on the claim are shown" in text_of(app)
        while not app.screen.why_not("look.supports") and app.screen.why_not("look.keep"):
            await pilot.press("1")
            await settled(app, pilot)
        await pilot.press("ctrl+k")
        await settled(app, pilot)
        app.screen.query_one("#field-identity").value = app.screen.form.asks[1].options[0][0]
        await settled(app, pilot)
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "CONFIRMED" in text_of(app)
        await pilot.press("p")
        await settled(app, pilot)
        assert "is confirmed" in text_of(app)
    made = office.types()[before:]
    wanted = [
        "claim-marked",
        "justification",
        "decision",
        "grant",
        "lookup",
        "lookup-result",
        "evidence-kept",
        "finding",
        "panel-line",
    ]
    assert [type_ for type_ in made if type_ in wanted] == wanted
