"""Plain mode as somebody hears it: each prompt says by itself what it is about."""

from __future__ import annotations

from asking import ANSWERS, granted
from office import Office
from test_plain import Script, referred

SIGNS = "✓✗◆▲▶○◇◐→"


def test_looking_and_judging_are_heard_whole(office: Office) -> None:
    """One hears who is unlocked, which claim, where and until when, which passage of how many and
    from where; what the panel has is told instead of being asked again."""
    granted(office)
    script = Script(
        "Dan Reed", "Cases", "Ann Berg", "Let the program look", "Judge", "supports", "supports",
        "confirmed", "seedtoplate", "", "panel line", "Ann Berg", "0", "0",
    )  # fmt: skip
    assert script.run(office) == 0
    heard = script.text
    for words in (
        "Unlocked for Dan Reed, recruiter.",
        "The claim: “I write Seed to Plate",
        ", until ",
        "How do you look?",
        "Passage 1 of 2, date unknown, https://seedtoplate.example",
        "What does it say of the claim “I write Seed to Plate",
        "Finding: confirmed",
        "Confirmed, Ann Berg: ",
        "Nothing is left to do here.",
    ):
        assert words in heard, words
    assert not set(SIGNS) & set(heard)


def test_a_decision_says_what_follows_from_it(office: Office) -> None:
    """The claim, the verdict, who decides until when, and that nothing may be looked at."""
    referred(office)
    script = Script("Dan Reed", "Cases", "Rota News", "0", "0")
    assert script.run(office) == 0
    assert "Decision on “I am convenor" in script.text
    assert "referred to an equality reviewer: " in script.text
    assert "without seeing the name. Nothing can be looked at until then." in script.text
    assert "Does not hold: Confirming this would" in script.text
    assert not set(SIGNS) & set(script.text)


def test_a_record_says_which_words_were_quoted(office: Office) -> None:
    """HR hears the quotation before its place, each answer behind its name, states in words."""
    granted(office)
    script = Script("Ruth Hale", "Audit", "", "Dan Reed", "0", "0", "0")
    assert script.run(office) == 0
    assert "The claim\n“I write Seed to Plate" in script.text
    assert f"reason:    {ANSWERS['reason']}" in script.text
    assert "grant open" in script.text
    assert "permission given" in script.text


def test_an_empty_line_leaves_no_menu(office: Office) -> None:
    """Enter pressed too often locks nothing; it is told which numbers there are."""

    class Impatient(Script):
        def read(self, prompt: str) -> str:
            if prompt == "Number: " and "Please type a number from 0 to 1." not in self.said:
                return "" if "Unlocked for Dan Reed, recruiter." in self.said else super().read("")
            return super().read(prompt)

    script = Impatient("1", "0")
    assert script.run(office) == 0
    assert script.said[-1] == "Locked. Goodbye."
    assert script.said.count("Please type a number from 0 to 1.") == 1
