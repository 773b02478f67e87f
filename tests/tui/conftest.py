"""Fixtures of the app's tests: a world made once, copied for each test, driven by keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from office import CLAIM, CV, PAGE, Office
from world import world

from recruitcheck.demo import site
from recruitcheck.records import DocumentKind, Stage
from recruitcheck.steps import intake


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECRUITCHECK_PREFERENCES", str(tmp_path / "preferences.json"))
    monkeypatch.setenv("RECRUITCHECK_REPORTS", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(scope="package")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The world, made once: deriving four people's keys takes seconds."""
    folder = tmp_path_factory.mktemp("office")
    hosts = {"seedtoplate.example": {"/": site.Answer(body=PAGE)}}
    with world(folder, hosts) as w:
        claim = CLAIM.format(address=w.address("seedtoplate.example").removeprefix("https://"))
        vacancy = intake.add_vacancy(
            w.recruiter,
            reference="N-1",
            title="Teacher of science",
            school="Northfield School",
            requirements=["Experience of school gardens", "Clear writing for families"],
            panel=["Tom Ellis"],
            stage=Stage.SHORTLISTED,
        )
        applicant = intake.add_applicant(
            w.recruiter, vacancy.id, name="Ann Berg", notice_on=date(2026, 5, 1)
        )
        document = intake.add_document(
            w.recruiter,
            applicant.id,
            kind=DocumentKind.CV,
            filename="cv.txt",
            data=CV.format(claim=claim).encode(),
            title="CV",
        )
        yield Office(
            where=w.where,
            clock=w.clock,
            web=w.web,
            vacancy=vacancy,
            applicant=applicant,
            document=document,
        )


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    """A copy of that register, for one test to change."""
    where = tmp_path / "register"
    shutil.copytree(made.where, where)
    return replace(made, where=where, apps=[])
