"""Every paper can be had by name, from the command line, and what cannot be undone is asked for."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from generate import World

from recruitcheck.cli import shelf as command
from recruitcheck.errors import BadInput, NotPermitted
from recruitcheck.records import Role, Stage
from recruitcheck.reports.page import html
from recruitcheck.reports.paper import Paper
from recruitcheck.steps import incidents, intake, oversight, retention, shelf

Run = Callable[..., tuple[int, str]]


def subject(world: World, kind: str) -> str:
    """Something that a paper of this kind can be about."""
    told = oversight.audit(world.hr, "decision:permit")[0]
    if kind == "breach":
        return incidents.report_breach(
            world.hr, what="A list was left on a desk.", aware_at=world.clock.at, people="Three.",
            effect="", containment="Collected.",
        ).id  # fmt: skip
    if kind == "certificate":
        left = next(a for a in world.applicants if a != told.applicant)
        intake.change_vacancy(world.recruiter, world.vacancies[0], stage=Stage.CLOSED)
        world.clock.sleep(86_400 * 800)
        return next(one.applicant for one in retention.run(world.hr)) or left
    return {"vacancy": "BH-001", "applicant": told.applicant, "request": told.id}.get(
        shelf.PAPERS[kind].about, ""
    )


@pytest.mark.parametrize("kind", shelf.PAPERS)
def test_every_paper_is_made_by_whom_it_belongs_to(fresh: World, kind: str) -> None:
    """Its own role makes it, with a page that prints; nobody else does."""
    about = subject(fresh, kind)
    known = shelf.PAPERS[kind]
    owner = fresh.hr if known.role is Role.HR else fresh.equality
    other = fresh.recruiter
    made = shelf.make(owner, kind, shelf.Wanted(subject=about))
    assert isinstance(made, Paper) and made.sections
    assert "counter(page)" in shelf.written(made, ".html")
    assert made.title in shelf.written(made, ".txt")
    with pytest.raises(NotPermitted):
        shelf.make(other, kind, shelf.Wanted(subject=about))
    if known.about:
        with pytest.raises(BadInput, match="Say which"):
            shelf.make(owner, kind)


def test_the_command_knows_every_paper() -> None:
    """The names in the help are those of the table."""
    assert tuple(shelf.PAPERS) == command.KINDS
    with pytest.raises(BadInput, match="pdf"):
        shelf.check_ending(".pdf")


def test_a_paper_from_the_command_line(run: Run, tmp_path: Path) -> None:
    """The file's ending says how it is written; a wrong one makes and enters nothing."""
    code, _ = run("Ann Lee", "paper", "make", "year", str(tmp_path / "year.txt"))
    assert code == 0 and "school year" in (tmp_path / "year.txt").read_text()
    code, _ = run("Ann Lee", "paper", "make", "year", str(tmp_path / "year.pdf"))
    assert code == 2 and not (tmp_path / "year.pdf").exists()
    code, _ = run("Cara Jones", "paper", "make", "year", str(tmp_path / "other.txt"))
    assert code == 1 and not (tmp_path / "other.txt").exists()


def test_a_question_and_its_answer_from_the_command_line(run: Run) -> None:
    """HR asks, the person asked answers, HR accepts, and nothing waits any more."""
    row = json.loads(run("Ann Lee", "audit", "list", "--json")[1].splitlines()[1])
    assert row["id"] in run("Ann Lee", "audit", "list")[1]  # what `audit ask` wants is printed
    asks = "Cara Jones" if row["by"] == "Cara Jones" else "Dev Patel"
    made = json.loads(run("Ann Lee", "audit", "ask", row["id"], "Why?", "--json")[1])
    assert made["id"] in run(asks, "audit", "questions")[1]
    assert run("Ann Lee", "audit", "answer", made["id"], "Because.")[0] == 1
    assert run(asks, "audit", "answer", made["id"], "The post asks for it.")[0] == 0
    assert "The post asks for it." in run("Ann Lee", "audit", "questions")[1]
    assert run("Ann Lee", "audit", "accept", made["id"], "Good.")[0] == 0
    assert run("Ann Lee", "audit", "questions")[1] == ""


def test_an_objection_is_answered_from_the_command_line(run: Run, fresh: World) -> None:
    """It stands in the list until answered; a restriction pauses erasure."""
    case = fresh.applicants[0]
    run("Cara Jones", "objection", case, "--text", "Please ask me instead.")
    [open_one] = run("Ann Lee", "rights", "list", "--json")[1].splitlines()
    id = json.loads(open_one)["id"]
    assert run("Ann Lee", "rights", "answer", id, "upheld", "--why", "We ask you.")[0] == 0
    assert run("Ann Lee", "rights", "list")[1] == ""
    assert run("Ann Lee", "rights", "restrict", case, "--text", "Not for now.")[0] == 0
    assert run("Ann Lee", "rights", "erase", case)[0] == 2, "nobody is there to ask"
    assert run("Ann Lee", "rights", "erase", case, "--yes")[0] == 1, "it is on hold"


class Terminal(io.StringIO):
    """Somebody at a keyboard."""

    def isatty(self) -> bool:
        return True


def test_destroying_on_a_terminal_is_asked_for(
    run: Run, fresh: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anything but a full yes destroys nothing; a dry run asks nothing and destroys nothing."""
    due = (retention.Due(applicant=fresh.applicants[0], on=fresh.clock.at.date(), because="x"),)
    monkeypatch.setattr(retention, "ready", lambda *_: due)
    gone: list[object] = []
    monkeypatch.setattr(retention, "run", lambda *_, **__: gone.append(1) or ())
    code, out = run("Ann Lee", "retention", "run", "--dry-run")
    assert code == 0 and fresh.applicants[0] in out and not gone
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert run("Ann Lee", "retention", "run")[0] == 2 and not gone
    monkeypatch.setattr(sys, "stdin", Terminal("yes\n"))
    assert run("Ann Lee", "retention", "run")[0] == 0 and gone
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run("Ann Lee", "retention", "run")[0] == 0 and len(gone) == 2, "machines are not asked"


def test_misuse_and_what_became_of_it_from_the_command_line(
    run: Run, fresh: World, tmp_path: Path
) -> None:
    """Person and clause make it a report to the headteacher, whose decision is added later."""
    said = (
        "--what",
        "Looked up on a telephone.",
        "--people",
        "One.",
        "--effect",
        "",
        "--containment",
        "None.",
    )
    whose = ("--clause", "7(search)", "--person", "Cara Jones", "--json")
    made = json.loads(run("Ann Lee", "breach", *said, *whose)[1])
    assert run("Ann Lee", "breach-update", made["id"], "--decision", "A warning.")[0] == 0
    place = tmp_path / "misuse.html"
    assert run("Ann Lee", "paper", "make", "breach", str(place), "--about", made["id"])[0] == 0
    text = place.read_text()
    assert "Cara Jones" in text and "A warning." in text and "not known yet" in text


def test_a_declared_search_stands_in_the_letter(run: Run, fresh: World, tmp_path: Path) -> None:
    """A letter must not say that nothing else was looked at when somebody said that it was."""
    case = oversight.audit(fresh.hr, "decision:permit")[0].applicant
    fresh.close()
    place = tmp_path / "letter.html"
    letter = ("paper", "make", "article-14", str(place), "--about", case)
    run("Ann Lee", *letter)
    assert "nothing else about you was looked at" in place.read_text()
    day = str(fresh.clock.at.date() - timedelta(days=1))
    where = ("--applicant", case, "--on", day, "--place", "search engine", "--why", "Habit.")
    assert run("Cara Jones", "declare", "search", *where)[0] == 0
    run("Ann Lee", *letter)
    assert "nothing else about you" not in place.read_text()
    assert "told us once" in place.read_text()


def test_a_footer_cannot_be_broken_out_of(fresh: World) -> None:
    """A title stands in a style sheet on every page; no sign of it ends the sheet."""
    paper = shelf.make(fresh.hr, "exceptions")
    evil = Paper(
        title='"; } </style><script>alert(1)</script>\\', organisation="X", made_at=paper.made_at,
        made_by="Y", sections=(),
    )  # fmt: skip
    assert html(evil).count("</style>") == 1 and "<script" not in html(evil)
