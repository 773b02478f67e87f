"""The lists each desk begins with: adding to them, filtering, sorting, handing out, statistics."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from asking import granted
from office import Office, settled, text_of
from test_desks import fill
from textual.widgets import DirectoryTree

from recruitcheck.records import DocumentKind
from recruitcheck.steps import intake
from recruitcheck.tui.screens.applicant import ApplicantPage
from recruitcheck.tui.screens.audit import Audit
from recruitcheck.tui.screens.choose_file import ChooseFile
from recruitcheck.tui.screens.form import FormPage
from recruitcheck.tui.screens.home import Home
from recruitcheck.tui.screens.people import People
from recruitcheck.tui.screens.statistics import Statistics
from recruitcheck.tui.widgets.bars import bar, share_line, spark
from recruitcheck.tui.widgets.fields import Field
from recruitcheck.tui.widgets.table import Table


async def press(app, pilot, *keys: str) -> str:
    """Press keys, wait, and read the screen."""
    await pilot.press(*keys)
    await settled(app, pilot)
    return text_of(app)


async def test_a_post_an_applicant_and_an_application_are_added_by_keys(
    office: Office, tmp_path: Path
) -> None:
    """From an empty form to the sealed words of a file, each step ending where the next begins."""
    application = tmp_path / "letter.txt"
    application.write_text("Jo Hart\n\nI run the chess club of Ashdown Primary School.\n")
    async with office.app("Dan Reed") as (app, pilot):
        await press(app, pilot, "v")
        await fill(
            app, pilot, title="Chess Coach", school="Ashdown", reference="C-1",
            requirements="Plays chess\nRuns clubs", panel="Tom Ellis, ", stage="shortlisted",
            closes="2026-06-30",
        )  # fmt: skip
        await press(app, pilot, "a")
        post = next(v for v, words in app.screen.form.asks[0].options if "Chess Coach" in words)
        await fill(app, pilot, vacancy=post, name="Jo Hart", notice="2026-05-01", minor="yes")
        assert isinstance(app.screen, ApplicantPage)
        await press(app, pilot, "a")
        await fill(app, pilot, kind="letter", file=str(application))
        assert "Still missing" not in text_of(app)
    added = [entry for entry in office.types() if entry.endswith("-added")][-3:]
    assert added == ["vacancy-added", "applicant-added", "document-added"]
    desk = office.desk()
    (jo,) = (a for a in desk.all(intake.Applicant) if a.name == "Jo Hart")
    assert (jo.adult, jo.notice_on, jo.vacancy) == (False, date(2026, 5, 1), post)
    assert desk.get(intake.Vacancy, post).closes_on == date(2026, 6, 30)
    (letter,) = desk.all(intake.Document, jo.id)
    assert (letter.title, "chess club" in letter.text) == ("letter.txt", True)
    desk.register.close()


@pytest.mark.parametrize(
    ("said", "next_"),
    [
        ("I am a patient and caring person.", "ask at interview"),
        ("I am a Muslim.", "never searched"),
    ],
)
async def test_home_asks_no_reason_for_what_is_never_looked_up(
    office: Office, said: str, next_: str
) -> None:
    """Whoever marked an opinion is sent to the interview, and not on to a certain refusal."""
    desk = office.desk()
    letter = intake.add_document(
        desk, office.applicant.id, kind=DocumentKind.LETTER, filename="letter.txt",
        data=said.encode(), title="Letter",
    )  # fmt: skip
    intake.mark_claim(desk, letter.id, 0, len(said))
    desk.register.close()
    async with office.app("Dan Reed") as (app, pilot):
        await settled(app, pilot)
        shown = text_of(app)
    assert next_ in shown
    assert "say why it is checked" not in shown


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"file": "", "text": "   "}, "one of the two"),
        ({"file": "/none/cv.pdf", "text": "pasted as well"}, "one of the two"),
        ({"file": "/none/cv.pdf"}, "no such file"),
        ({"file": "~nobody-here/cv.pdf"}, "no such file"),
        ({"kind": "interview_note", "text": "She told us of her club."}, "second person"),
    ],
)
async def test_a_document_that_cannot_be_taken_is_told_and_the_form_stays(
    office: Office, answers: dict[str, str], why: str
) -> None:
    """Nothing is entered, and what was typed is kept."""
    before = office.types()
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(ApplicantPage(office.applicant.id))
        await settled(app, pilot)
        await press(app, pilot, "a")
        await fill(app, pilot, **answers)
        assert why in text_of(app)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, FormPage)
        kind = answers.get("kind", "cv")
        assert app.screen.answers | answers | {"kind": kind} == app.screen.answers | {"kind": kind}
    assert office.types() == before


async def test_a_file_is_chosen_from_the_persons_own_folder(office: Office, tmp_path: Path) -> None:
    """Ctrl+O lists what can be read, hides what cannot, and puts the chosen path into the form."""
    (tmp_path / "application.txt").write_text("I run a chess club.")
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / ".hidden.txt").write_text("x")
    async with office.app("Dan Reed") as (app, pilot):
        await app.push_screen(ApplicantPage(office.applicant.id))
        await settled(app, pilot)
        await press(app, pilot, "a")
        await pilot.press("ctrl+o")
        await pilot.pause(0.3)  # the list reads on beside the screen: nothing settles there
        shown = text_of(app)
        assert isinstance(app.screen, ChooseFile)
        assert "application.txt" in shown
        assert "holiday.jpg" not in shown and ".hidden" not in shown
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert isinstance(app.screen, FormPage)
        await pilot.press("ctrl+o")
        await pilot.pause(0.3)
        tree = app.screen.query_one(DirectoryTree)
        for _ in range(len(list(tmp_path.iterdir()))):
            if tree.cursor_node and "application" in str(tree.cursor_node.label):
                break
            await pilot.press("down")
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert isinstance(app.screen, FormPage)
        chosen = app.screen.query_one("#field-file", Field).value
        assert chosen == str(tmp_path / "application.txt")


async def test_the_recruiters_list_is_filtered_and_whole_again(office: Office) -> None:
    """A slash asks for a word; Esc takes it back; a line that is left opens where the case is."""
    granted(office)
    async with office.app("Dan Reed") as (app, pilot):
        whole = await press(app, pilot, "f5")
        assert "Ann Berg" in whole
        await press(app, pilot, "slash")
        assert "Ann Berg" not in await press(app, pilot, *"zzz")
        assert app.screen.why_not("home.open") == "nothing is in the list"
        assert "Ann Berg" in await press(app, pilot, "escape")
        await press(app, pilot, "slash", *"berg", "enter")
        assert app.screen.query_one(Table).has_focus
        await press(app, pilot, "enter")
        assert not isinstance(app.screen, Home)


async def test_hrs_list_is_filtered_sorted_and_handed_out(office: Office, tmp_path: Path) -> None:
    """What cannot be read as a filter is told beside it; the shown lines go into a file."""
    granted(office)
    (tmp_path / "Downloads").mkdir()
    async with office.app("Ruth Hale") as (app, pilot):
        assert isinstance(app.screen, Audit)
        shown = await press(app, pilot, "slash", *"before:someday")
        assert "! " in shown and "someday" in shown
        shown = await press(app, pilot, "escape")
        assert office.applicant.id in shown
        for _ in range(3):
            assert office.applicant.id in await press(app, pilot, "s")
        await press(app, pilot, "slash", *"decision:refuse", "enter")
        await press(app, pilot, "e")
        await press(app, pilot, "slash")
        app.screen.query_one("#filter").value = ""
        await press(app, pilot, "enter", "e")
    files = sorted((tmp_path / "Downloads").iterdir(), key=lambda file: file.stat().st_size)
    assert [file.suffix for file in files] == [".csv", ".csv"]
    assert office.applicant.id not in files[0].read_text()
    assert office.applicant.id in files[1].read_text()


async def test_hrs_list_leads_to_the_other_desks(office: Office) -> None:
    """People, retention and cases are a key away, and Esc comes back."""
    async with office.app("Ruth Hale") as (app, pilot):
        for key, words in (("p", "Tom Ellis"), ("r", "hold"), ("d", "something protected")):
            assert words in await press(app, pilot, key)
            await press(app, pilot, "escape")
            assert isinstance(app.screen, Audit)
        await app.push_screen(People())
        await press(app, pilot, "escape")
        assert isinstance(app.screen, Audit)


async def test_a_damaged_register_is_told_with_its_first_entry(office: Office) -> None:
    """Verify names how many problems there are, where the first one lies, and whom to tell."""
    import re

    async with office.app("Ruth Hale") as (app, pilot):
        assert "verified" in await press(app, pilot, "v")
        ledger = office.where / "ledger"
        data = ledger.read_bytes()
        at = [match.start() for match in re.finditer(rb'"sig":"', data)][2]
        ledger.write_bytes(data[: at + 7] + bytes([data[at + 7] ^ 1]) + data[at + 8 :])
        shown = await press(app, pilot, "v")
        assert "first at entry" in shown or "damaged" in shown, shown


@pytest.mark.parametrize(
    ("share", "drawn"), [(0.0, " "), (0.5, "█████"), (1.0, "█" * 10), (2.0, "█" * 10), (0.06, "▋")]
)
def test_a_bar_is_as_long_as_its_share(share: float, drawn: str) -> None:
    """In eighths of a column, never longer than its room."""
    assert bar(share, 10).strip() == drawn.strip()


def test_a_share_is_always_told_in_figures_too() -> None:
    """Name, percentage, basis and certainty stand beside the bar; nobody is no share."""
    line = share_line("a group with a very long name indeed", 0.25, 0.1, 0.5, 12, cells=8).plain
    assert " 25%" in line and "n=12" in line and "10% to 50%" in line
    assert "95" not in share_line("group", 0.25, None, None, 12).plain
    assert "nobody applied" in share_line("group", None, None, None, 0).plain


def test_a_trend_needs_two_terms() -> None:
    """One figure is no trend; the highest is the tallest sign, and nothing but noughts is flat."""
    assert spark([0.3]) == ""
    assert spark([0.0, 0.5, 1.0]) == "▁▄█"
    assert spark([0.0, 0.0]) == "▁▁"


def test_the_kinds_of_documents_have_words() -> None:
    """Every kind of document that can be kept can be chosen in the form."""
    from recruitcheck.tui.tasks.intake import DOCUMENT_KINDS

    assert {kind for kind, _ in DOCUMENT_KINDS} == set(DocumentKind)


async def test_a_term_is_imported_published_and_read_by_group(
    office: Office, tmp_path: Path
) -> None:
    """A group that may be shown has figures; small ones, and who would give them away, do not."""
    desk = office.desk()
    lines = ["reference,sex"]
    for number, group in enumerate(["Woman"] * 12 + ["Man"] * 11 + ["Other"] * 9 + ["None"] * 9):
        intake.add_applicant(
            desk, office.vacancy.id, name=f"Person {number}", monitoring_reference=f"M-{number}"
        )
        lines.append(f"M-{number},{group}")
    desk.register.close()
    file = tmp_path / "answers.csv"
    file.write_text("\n".join(lines) + "\n")
    async with office.app("Mina Shaw", size=(120, 40)) as (app, pilot):
        await app.push_screen(Statistics())
        await settled(app, pilot)
        assert "Nothing is published" in text_of(app)
        await press(app, pilot, "i")
        await fill(app, pilot, file=str(file))
        await pilot.click("#push-statistics-publish")
        await settled(app, pilot)
        shown = text_of(app)
        assert "Woman" in shown and "n=12" in shown and "95 % sure: 0% to 26%" in shown
        assert "n=11" not in shown and "n=9" not in shown
        assert "not shown, too few: 3 groups" in shown
    assert office.types()[-1] != "applicant-added"
