"""A school whose people work by command; the case that tests begin with, and a request in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from recruitcheck import cli
from recruitcheck.demo import papers
from world import PASSPHRASE, World, world

HR, RECRUITER, EQUALITY = "Ruth Hale", "Dan Reed", "Mina Shaw"
QUOTE = (
    "From 2022 to 2024 I ran the school's Instagram account, @ashdownprimary, for Ashdown "
    "Primary School and posted about its reading week every March"
)
UNION = (
    "Since 2020 I have been branch secretary of the Larkshire Teachers' Union and written its "
    "newsletter, Chalk Lines"
)

Do = Callable[..., Any]


@pytest.fixture
def school(tmp_path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


@pytest.fixture
def do(school, tmp_path, capsys) -> Do:
    """Run a command with `--json` as somebody; the record it printed, or its lines with `many`."""
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE)

    def do(who: str, *words: str, code: int = 0, many: bool = False, said: bool = False) -> Any:
        capsys.readouterr()
        ended = cli.run(
            [*words, "--register", str(school.where), "--as", who,
             "--passphrase-file", str(secret), "--json"]
        )  # fmt: skip
        shown = capsys.readouterr()
        assert ended == code, shown.out + shown.err
        if said:
            return shown.err
        lines = [json.loads(line) for line in shown.out.splitlines()]
        return lines if many else (lines[0] if lines else shown.err)

    return do


@pytest.fixture
def case(do, tmp_path) -> dict[str, str]:
    """A vacancy with an applicant whose application holds both claims."""
    today = datetime.now(UTC).date()
    vacancy = do(
        RECRUITER, "vacancy", "add", "--reference", "B-3", "--title", "Outreach Officer",
        "--school", "Beacon Mill", "--requirement", "Has run a school's account",
        "--requirement", "Writes clearly", "--panel", "Tom Ellis", "--stage", "shortlisted",
    )  # fmt: skip
    applicant = do(
        RECRUITER, "applicant", "add", vacancy["id"], "--name", "Owen Blake",
        "--notice-on", str(today - timedelta(days=9)),
    )  # fmt: skip
    paper = tmp_path / "owen.pdf"
    paper.write_bytes(papers.pdf("Owen Blake", (f"{QUOTE}.", f"{UNION}.")))
    document = do(RECRUITER, "document", "add", applicant["id"], str(paper))
    return {"vacancy": vacancy["id"], "applicant": applicant["id"], "document": document["id"]}


def ask(do: Do, claim: str, *words: str, code: int = 0, **answers: str) -> Any:
    given = {
        "ground": "publicity-account",
        "requirement": "S1",
        "route": "cannot_settle",
        "route-note": "A reference would only repeat the statement; the work itself is public.",
        "confirms": "Posts about the reading week in March of those years.",
        "refutes": "No reading week on that account in those years.",
        "source": "instagram",
        "holder": RECRUITER,
        "reason": "The post includes running the school's account. Confirm that @ashdownprimary "
        "posted about the reading week between 2022 and 2024.",
        **answers,
    }
    options = [word for key, value in given.items() for word in (f"--{key}", value)]
    return do(RECRUITER, "justify", claim, *options, *words, code=code)
