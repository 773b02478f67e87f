"""Registers that earlier versions wrote still open, read, verify and grow.

`registers/` keeps one small register of each format, as the demo of that time left it. Keep what is
there when the format changes, and add the new one:

    recruitcheck demo --plain --register format-N
    tar -cJf format-N.tar.xz --exclude=lock format-N
"""

from __future__ import annotations

import json
import tarfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

from recruitcheck.errors import Sealed
from recruitcheck.records import (
    Applicant,
    Decision,
    Document,
    Entry,
    Evidence,
    Finding,
    Grant,
    Reply,
    Trace,
    Vacancy,
    Verdict,
)
from recruitcheck.steps import intake
from recruitcheck.steps.desk import WHERE, Desk, open_desk
from recruitcheck.vault import store

KEPT = sorted((Path(__file__).parent / "registers").glob("*.tar.xz"))


@pytest.fixture(scope="module", params=KEPT, ids=[path.name.split(".")[0] for path in KEPT])
def earlier(request, tmp_path_factory) -> Path:
    """An earlier register, unpacked where it may be changed."""
    folder = tmp_path_factory.mktemp("earlier")
    with tarfile.open(request.param) as archive:
        archive.extractall(folder, filter="data")
    (found,) = folder.iterdir()
    return found


@pytest.fixture(scope="module")
def desks(earlier) -> dict[str, Desk]:
    """The register opened by everyone in it, by their first role."""
    people = json.loads((earlier / "demo.json").read_text())["people"]
    opened = {p["roles"][0]: open_desk(str(earlier), p["name"], p["passphrase"]) for p in people}
    yield opened
    for desk in opened.values():
        desk.register.close()


def test_every_format_that_was_ever_written_is_kept():
    """A change of `FORMAT` without a register of it would leave the way back untested."""
    assert [path.name for path in KEPT] == [
        f"format-{n}.tar.xz" for n in range(1, store.FORMAT + 1)
    ]


def test_every_sealed_record_of_it_is_still_understood(desks):
    """Each box that some record may lie in is read, as that record, by somebody who may."""
    read = set()
    for entry in desks["hr"].register.entries():
        for kind, (types, boxes) in WHERE.items():
            wanted = [box for box in entry.boxes if any(fnmatch(box, one) for one in boxes)]
            if entry.type in types and wanted:
                assert any(opened(desk, kind, entry) for desk in desks.values()), kind.__name__
                read.add(kind)
    assert {Vacancy, Applicant, Document, Decision, Grant, Evidence, Finding, Reply} <= read


def opened(desk: Desk, kind: type, entry: Entry) -> object:
    """The record in an entry, or nothing where it is sealed to this person."""
    try:
        return desk.open(kind, entry, WHERE[kind][1])
    except Sealed:
        return None


def test_what_was_decided_then_reads_as_it_was_decided(desks):
    """Old decisions keep their verdicts and reasons, whatever today's policy would say."""
    verdicts = [trace.verdict for trace in desks["hr"].all(Trace)]
    assert {verdict: verdicts.count(verdict) for verdict in Verdict} == {
        Verdict.PERMIT: 4,
        Verdict.REFER: 1,
        Verdict.REFUSE: 2,
    }
    assert all(reason.message for d in desks["hr"].all(Decision) for reason in d.reasons)
    assert {str(f.result) for f in desks["hr"].all(Finding)} >= {"confirmed", "contradicted"}


def test_it_grows_and_still_verifies(desks, tmp_path):
    """Today's entries join the old tree, and everything together is sound."""
    hr = desks["hr"]
    before = tmp_path / "checkpoint"
    before.write_text(hr.register.checkpoint())
    intake.add_vacancy(
        hr,
        reference="LATER-1",
        title="Librarian",
        school="Larkfield Primary",
        requirements=["Knows books"],
    )
    assert hr.register.verify(against=str(before)).problems == ()
