"""Marking where an applicant sent several documents, or none yet."""

from __future__ import annotations

from datetime import date

import pytest
from office import Office, settled, text_of

from recruitcheck.steps import intake
from recruitcheck.tui.screens.form import FormPage
from recruitcheck.tui.screens.justify import Justify
from recruitcheck.tui.widgets.document import ClaimDocument
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.strength import ENOUGH, judged

LETTER = "I run the chess club of Northfield, see https://chess.example/club\n"


async def test_one_goes_between_documents_and_claims_marked_before(office: Office) -> None:
    """The other document is shown when it is chosen; a claim marked before is taken up where it
    stands, and makes no second one."""
    desk = office.desk()
    letter = intake.add_document(
        desk, office.applicant.id, kind="cv", filename="letter.txt",
        data=LETTER.encode(), title="Letter",
    )  # fmt: skip
    claim = intake.mark_claim(desk, letter.id, 0, len(LETTER) - 1)
    desk.register.close()
    async with office.app("Dan Reed", size=(120, 40)) as (app, pilot):
        await app.push_screen(Justify(office.applicant.id))
        await settled(app, pilot)
        assert "12 Long Lane" in text_of(app)
        assert "Mark the claim in the application" in text_of(app)
        app.screen.query_one("#which-document").value = letter.id
        await settled(app, pilot)
        assert "12 Long Lane" not in text_of(app)
        app.screen.query_one("#which-claim").value = claim.id
        await settled(app, pilot)
        assert "This is the claim." in text_of(app)
        assert app.screen.why_not("justify.mark") == "in use"
        document = app.screen.query_one(ClaimDocument)
        document.move_cursor((0, 0))
        await settled(app, pilot)
        assert app.screen.why_not("justify.mark") == "mark words"
    assert office.types().count("claim-marked") == 1


async def test_without_an_application_there_is_a_button_for_it(office: Office) -> None:
    """The application is added from the page that needs it, which then shows it."""
    desk = office.desk()
    applicant = intake.add_applicant(
        desk, office.vacancy.id, name="Bea Cole", notice_on=date(2026, 5, 1)
    )
    desk.register.close()
    async with office.app("Dan Reed", size=(120, 40)) as (app, pilot):
        await app.push_screen(Justify(applicant.id))
        await settled(app, pilot)
        assert "There is no application yet." in text_of(app)
        assert app.screen.why_not("justify.mark") == "add the application first"
        await pilot.click("#push-applicant-document")
        await settled(app, pilot)
        assert isinstance(app.screen, FormPage)
        app.screen.query_one("#field-text", Field).value = LETTER
        await settled(app, pilot)
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert isinstance(app.screen, Justify)
        assert "I run the chess club" in text_of(app)


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("Password12345678", "a word everybody tries"),
        ("abababababababab", "the same few characters"),
        ("plum river seven", "one more unrelated word makes it good"),
        ("plum river seven chalk", "good"),
    ],
)
def test_a_passphrase_is_judged_in_words(passphrase: str, words: str) -> None:
    """What is easily guessed does not do, however long it is; the words say what would."""
    mark, said = judged(passphrase)
    assert words in said
    assert (mark >= ENOUGH) == ("weak" not in said)
