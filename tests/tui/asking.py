"""The request that most tests of the screens begin with: its answers, by keys or by steps."""

from __future__ import annotations

from office import Office, settled

from recruitcheck.steps import approval, intake
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


def granted(office: Office, name: str = "Dan Reed", **changes: str) -> str:
    """A permitted claim; returns the id of its grant."""
    desk = office.desk(name)
    start = office.document.text.index("I write")
    end = office.document.text.index("\n", start)
    claim = intake.mark_claim(desk, office.document.id, start, end)
    given = {**ANSWERS, "holder": desk.me.id, **changes}
    outcome = approval.justify(desk, approval.Answers(claim=claim.id, **given))
    desk.register.close()
    assert outcome.grant, outcome.decision
    return outcome.grant.id
