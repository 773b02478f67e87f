"""Plain mode: the same flow as numbered prompts, and no screen library in the process."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from asking import ANSWERS, granted
from office import Office

from recruitcheck.cli.plain import run_plain
from recruitcheck.cli.plain.asking import Talk
from recruitcheck.errors import KeyringError
from recruitcheck.records import DocumentKind
from recruitcheck.steps import approval, intake
from world import PASSPHRASE


class Script:
    """Answers to prompts: chosen by the words of an option, or typed in order."""

    def __init__(self, *answers: str, ends: bool = False) -> None:
        self._answers = list(answers)
        self._ends = ends  # the input ends after the last answer
        self.said: list[str] = []
        self._options: dict[str, str] = {}

    def talk(self, *wrong: str) -> Talk:
        words = iter([*wrong, PASSPHRASE])
        return Talk(read=self.read, say=self.say, secret=lambda _prompt: next(words))

    def say(self, text: str) -> None:
        self.said.append(text)
        number, _, words = text.strip().partition("  ")
        if number.isdigit():
            self._options[words] = number

    def read(self, prompt: str) -> str:
        if self._ends and not self._answers:
            raise EOFError
        assert self._answers, f"nobody answers {prompt!r} after {self.said[-12:]}"
        answer = self._answers.pop(0)
        if prompt != "Number: " or answer == "0":
            return answer
        for words, number in self._options.items():
            if answer in words:
                self._options = {}
                return number
        raise AssertionError(f"no option {answer!r} in {self._options}")

    def run(self, office: Office, *wrong: str) -> int:
        """Plain mode on the office's register, after passphrases that do not fit."""
        return run_plain(
            str(office.where),
            talk=self.talk(*wrong),
            desk_factory=lambda _where, name, word: office.desk(name, word),
        )

    @property
    def text(self) -> str:
        return "\n".join(self.said)


def referred(office: Office) -> None:
    """A request that goes to the reviewer: an office in a union is a sensitive claim."""
    quote = "I am convenor of the Lothian support staff branch and edit Rota News."
    desk = office.desk()
    document = intake.add_document(
        desk, office.applicant.id, kind=DocumentKind.LETTER, filename="l.txt", data=quote.encode()
    )
    claim = intake.mark_claim(desk, document.id, 0, len(quote))
    given = approval.Answers(claim=claim.id, **{**ANSWERS, "holder": desk.me.id})
    given = replace(
        given,
        ground="published-work",
        reason="The post asks for clear writing; see that Rota News is edited by her.",
    )
    outcome = approval.justify(desk, given)
    desk.register.close()
    assert outcome.referral, outcome.decision


def test_the_recruiters_flow_in_prompts(office: Office) -> None:
    """From the application to the panel line by answering prompts; the ledger holds the same
    kinds of entries as by screens."""
    start = office.document.text.index("I write")
    quote = office.document.text[start : office.document.text.index("\n", start)]
    script = Script(
        "Dan Reed", "Cases", "Ann Berg", "CV", quote, "",
        "hobby", "Experience of school gardens", ANSWERS["reason"], "", "asked the applicant",
        ANSWERS["route_note"], "", ANSWERS["confirms"], "", ANSWERS["refutes"], "",
        "public web page", "Dan Reed", "", "", "", "Record and decide",
        "Let the program look", "Judge", "supports", "supports",
        "confirmed", "seedtoplate", "", "panel line", "0", "0",
    )  # fmt: skip
    before = len(office.types())
    assert script.run(office) == 0
    assert "is confirmed" in script.text
    assert "Only passages that bear on the claim are shown" in script.text
    assert "seaside" not in script.text
    made = office.types()[before:]
    wanted = [
        "claim-marked", "justification", "decision", "grant", "lookup", "lookup-result",
        "evidence-kept", "finding", "panel-line",
    ]  # fmt: skip
    assert [type_ for type_ in made if type_ in wanted] == wanted


def test_the_auditor_verifies_in_prompts(office: Office) -> None:
    """HR verifies the register and is told so in words."""
    script = Script("Ruth Hale", "Verify", "Audit", "state:refused", "0", "0")
    script.run(office)
    assert "Whole: " in script.text
    assert "0 found" in script.text


def test_a_record_is_read_noted_and_asked_about_in_prompts(office: Office) -> None:
    """HR reads a whole request, writes a note, asks; the recruiter answers; HR accepts."""
    granted(office)
    Script("Ruth Hale", "Audit", "", "Dan Reed", "Write a note", "Well founded.", "", "0", "0").run(
        office
    )
    asks = Script("Ruth Hale", "Audit", "", "Dan Reed", "Ask", "Why this blog?", "", "0", "0")
    asks.run(office)
    assert "Well founded." in asks.text
    assert "Posts about school gardens" in asks.text
    answers = Script("Dan Reed", "Cases", "HR asks", "She offered it herself.", "", "0", "0")
    answers.run(office)
    assert "Why this blog?" in answers.text
    accepts = Script("Ruth Hale", "Audit", "", "Dan Reed", "Accept the answer", "0", "0")
    accepts.run(office)
    assert "She offered it herself." in accepts.text
    assert "Accepted." in accepts.text
    assert office.types()[-4:].count("review") == 4


def test_a_referral_is_decided_in_prompts(office: Office) -> None:
    """The reviewer reads the whole request without the name, and why it was referred."""
    referred(office)
    script = Script(
        "Mina Shaw", "Referrals", "Rota News", "yes or no only", "It bears on the post.", "", "0"
    )
    script.run(office)
    assert "Referred because: " in script.text
    assert "Ann Berg" not in script.text
    assert "Recorded." in script.text
    assert office.types()[-1] == "referral-decided"


def test_a_contradiction_waits_for_the_reply_in_prompts(office: Office) -> None:
    """What a person saw, judged against the claim; no panel line before the reply is weighed."""
    granted(office)
    script = Script(
        "Dan Reed", "Cases", "Ann Berg", "The applicant sent it",
        "", "Seed to Plate, a blog about school gardens, began today.", "", "", "2026-05-04",
        "Judge", "contradicts", "contradicted", "seedtoplate", "",
        "Invite", "The reply came", "I moved the blog last week.", "", "Weigh",
        "The move explains it.", "", "explains it", "Close", "panel line", "0", "0",
    )  # fmt: skip
    script.run(office)
    assert "The panel reads: " in script.text
    made = office.types()
    assert made.index("reply") < made.index("panel-line")
    assert made.count("reply") == 4


def test_a_wrong_passphrase_is_asked_again_and_a_third_ends(office: Office) -> None:
    """A slip costs nothing; whoever does not know it is not let on guessing."""
    script = Script("Dan Reed", "0")
    assert script.run(office, "not it", "nor this") == 0
    assert script.text.count("Please try again") == 2
    with pytest.raises(KeyringError):
        Script("Dan Reed").run(office, "not it", "nor this", "nor that")


def test_declarations_are_made_in_prompts(office: Office, tmp_path: Path) -> None:
    """Something seen by accident, and a report nobody asked for, need no screen either."""
    (tmp_path / "report.txt").write_text("All about her.")
    script = Script(
        "Dan Reed", "Cases", "saw something protected", "Ann Berg", "",
        "Lock away a report", "Ann Berg", str(tmp_path / "report.txt"), "0", "0",
    )  # fmt: skip
    script.run(office)
    assert "HR is told that, not what, you saw." in script.text
    assert "Locked away unread" in script.text
    assert office.types()[-3:] == ["declaration", "declaration", "report-quarantined"]


def test_an_answer_can_be_gone_back_to_and_is_kept(office: Office) -> None:
    """Back returns to the question before, which says what was answered; an empty line keeps it.
    From the first question it leaves, and nothing is recorded."""
    before = len(office.types())
    script = Script(
        "Dan Reed", "Cases", "Add a vacancy", "Gardener", "back", "", "back", "back", "0", "0"
    )
    assert script.run(office) == 0
    numbers = [line.strip()[:10] for line in script.said if line.startswith("\nQuestion ")]
    assert numbers == ["Question 1", "Question 2", "Question 1", "Question 2", "Question 1"]
    assert "So far: Gardener. An empty line keeps it." in script.text
    assert "You left this; what you typed is not kept." in script.text
    assert len(office.types()) == before


def test_the_end_of_the_input_ends_plain_mode(office: Office) -> None:
    """Ctrl+D in the middle of a question leaves; nothing is recorded and nothing asks on."""
    before = len(office.types())
    script = Script("Dan Reed", "Cases", "Add a vacancy", "Gardener", ends=True)

    assert script.run(office) == 0
    assert "The input ended. A question left open was not recorded." in script.text
    assert len(office.types()) == before


def test_a_filter_that_cannot_be_read_is_asked_for_again(office: Office) -> None:
    """The auditor hears what is wrong with it and stays at the audit."""
    script = Script("Ruth Hale", "Audit", "colour:blue", "state:refused", "0", "0")
    assert script.run(office) == 0
    trouble = next(i for i, line in enumerate(script.said) if "That did not work" in line)
    assert "Which requests?" in script.said[trouble + 1]
    assert "0 found" in script.text


def test_what_a_step_refuses_can_be_mended(office: Office) -> None:
    """One wrong answer is changed by its number; the others are not asked for again."""
    quote = "words that stand nowhere in the application"
    start = office.document.text.index("I write")
    right = office.document.text[start : office.document.text.index("\n", start)]
    script = Script(
        "Dan Reed", "Cases", "Ann Berg", "CV", quote, "", right, "",
        "hobby", "Experience of school gardens", "checking", "", "because I want to know", "",
        "asked the applicant", ANSWERS["route_note"], "", ANSWERS["confirms"], "",
        ANSWERS["refutes"], "", "public web page", "Dan Reed", "", "", "",
        "Change an answer", "Why must it be checked", ANSWERS["reason"], "",
        "Record and decide", "0", "0", "0",
    )  # fmt: skip
    assert script.run(office) == 0
    assert "That did not work" in script.text
    assert "Still missing: Why must it be checked, for this person and this post: a few" in (
        script.text
    )
    assert office.types().count("grant") == 1
    assert script.text.count("Which line of the person specification?\n") == 1


def test_plain_mode_brings_no_screen() -> None:
    """Plain mode imports no screen library, and the first screen imports neither the HTTP client
    nor the HTML reader nor cryptography."""
    plain = (
        "import sys, recruitcheck.cli.plain.recruiting, recruitcheck.cli.plain.oversight\n"
        "assert not {'textual', 'httpx', 'bs4'} & set(sys.modules), sorted(sys.modules)"
    )
    first = (
        "import sys\n"
        "from recruitcheck.tui.app import RecruitcheckApp\n"
        "from recruitcheck.tui.screens.unlock import Unlock\n"
        "RecruitcheckApp('/nowhere')\n"
        "bad = {'httpx', 'bs4', 'cryptography', 'markdown_it', 'lxml', 'tinydb', 'psycopg'}\n"
        "assert not bad & set(sys.modules), bad & set(sys.modules)"
    )
    for script in (plain, first):
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
