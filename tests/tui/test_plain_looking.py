"""Plain mode: an outside researcher, a place from which nothing is copied, finding candidates."""

from __future__ import annotations

import json
from pathlib import Path

from asking import ANSWERS, granted
from office import Office
from test_plain import Script

from recruitcheck.records import DocumentKind
from recruitcheck.steps import approval, intake

PROFILE = "https://www.linkedin.com/company/fern-hall-garden"


def linkedin(office: Office) -> None:
    """A permission for a place from which nothing may be copied."""
    quote = f"I ran the LinkedIn page {PROFILE} of the school garden to publicise its plant sales."
    desk = office.desk()
    document = intake.add_document(
        desk, office.applicant.id, kind=DocumentKind.LETTER, filename="l.txt", data=quote.encode()
    )
    claim = intake.mark_claim(desk, document.id, 0, len(quote))
    given = {
        **ANSWERS,
        "ground": "publicity-account",
        "source": "linkedin",
        "reason": "The post asks for experience of school gardens; see that the LinkedIn page "
        "publicises the plant sales of the school garden.",
        "confirms": "The page publicises plant sales of the school garden.",
        "refutes": "The page has no plant sales.",
    }
    outcome = approval.justify(desk, approval.Answers(claim=claim.id, holder=desk.me.id, **given))
    desk.register.close()
    assert outcome.grant, outcome.decision


def test_a_researcher_is_instructed_and_reports_in_prompts(office: Office, tmp_path: Path) -> None:
    """The form of the instruction is filled in and taken in; once more, and it is refused."""
    granted(office, third_party="Lumen Research")
    folder, filled = tmp_path / "out", tmp_path / "report.json"
    instruct = Script(
        "Dan Reed", "Cases", "Ann Berg", "Write the instruction", str(folder), "0", "0", "0"
    )
    assert instruct.run(office) == 0
    assert "To Lumen Research" in (folder / "letter.txt").read_text()
    body = json.loads((folder / "instruction.json").read_text())["instruction"]["report"]
    body["declaration"] = "I opened nothing else."
    body["items"][0] |= {
        "url": f"https://seedtoplate.example:{office.web.port}/",
        "observed_at": "2026-05-04",
        "text": "Seed to Plate is a blog about school gardens.",
    }
    filled.write_text(json.dumps(body))
    for said in ("Only passages that bear on the claim are shown", "taken in already"):
        script = Script(
            "Dan Reed", "Cases", "Ann Berg", "Take in the report", str(filled), "0", "0", "0"
        )
        assert script.run(office) == 0
        assert said in script.text
    assert office.types().count("lookup-result") == 2


def test_a_place_from_which_nothing_is_copied_is_answered_in_prompts(office: Office) -> None:
    """The person says whether the claimed fact stands there, and nothing is pasted."""
    linkedin(office)
    script = Script(
        "Dan Reed", "Cases", "Ann Berg", "I looked myself",
        "plant sales", "it states it", "", "", "0", "0", "0",
    )  # fmt: skip
    assert script.run(office) == 0
    assert "The source states: “plant sales”" in script.text


def test_candidates_are_found_in_prompts(office: Office, tmp_path: Path, monkeypatch) -> None:
    """The advertisement's words, one person noted with the notice to send, and told."""
    monkeypatch.chdir(tmp_path)
    desk = office.desk()
    intake.add_vacancy(
        desk, reference="P-12", title="Teacher of physics", school="Northfield School",
        requirements=["Teaches physics"], advertised_words="Physics with workshop skills",
    )  # fmt: skip
    desk.register.close()
    script = Script(
        "Dan Reed", "Cases", "Find candidates", "Ask to look", "Teacher of physics",
        "workshop skills", "", "None of these", "",
        "Note somebody", "Kit Lowe", "openwork.example/kit", "0", "Kit Lowe was told",
        "0", "0", "0",
    )  # fmt: skip
    assert script.run(office) == 0
    assert "Words: workshop skills" in script.text
    notice = next(tmp_path.glob("notice-*.html"))
    assert "openwork.example/kit" in notice.read_text()
    assert office.types().count("sourcing-approached") == 2
