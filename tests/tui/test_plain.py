"""Plain mode: the same flow as numbered prompts, and no screen library in the process."""

from __future__ import annotations

import subprocess
import sys

from office import Office
from test_story import ANSWERS

from recruitcheck.cli.plain import run_plain
from recruitcheck.cli.plain.asking import Talk
from world import PASSPHRASE


class Script:
    """Answers to prompts: chosen by the words of an option, or typed in order."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.said: list[str] = []
        self._options: dict[str, str] = {}

    def talk(self) -> Talk:
        return Talk(read=self.read, say=self.say, secret=lambda _prompt: PASSPHRASE)

    def say(self, text: str) -> None:
        self.said.append(text)
        number, _, words = text.strip().partition("  ")
        if number.isdigit():
            self._options[words] = number

    def read(self, prompt: str) -> str:
        assert self._answers, f"nobody answers {prompt!r} after {self.said[-12:]}"
        answer = self._answers.pop(0)
        if prompt != "Number: " or answer == "0":
            return answer
        for words, number in self._options.items():
            if answer in words:
                self._options = {}
                return number
        raise AssertionError(f"no option {answer!r} in {self._options}")

    @property
    def text(self) -> str:
        return "\n".join(self.said)


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
    code = run_plain(
        str(office.where),
        talk=script.talk(),
        desk_factory=lambda _where, name, word: office.desk(name, word),
    )
    assert code == 0
    assert "is confirmed" in script.text
    assert "Only passages that bear on the claim are shown" in script.text
    assert "seaside" not in script.text
    made = office.types()[before:]
    wanted = [
        "claim-marked", "justification", "decision", "grant", "lookup", "lookup-result",
        "evidence-kept", "finding", "panel-line",
    ]  # fmt: skip
    assert [type_ for type_ in made if type_ in wanted] == wanted


def test_auditor_in_prompts(office: Office) -> None:
    """HR verifies the register and is told so in words."""
    script = Script("Ruth Hale", "Verify", "Audit", "state:refused", "0")
    run_plain(
        str(office.where),
        talk=script.talk(),
        desk_factory=lambda _where, name, word: office.desk(name, word),
    )
    assert "Whole: " in script.text
    assert "0 found" in script.text


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
