"""Who can open what, tried with the keys and not with the screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from generate import World

from recruitcheck.errors import Destroyed, NotFound, RecruitcheckError, Sealed
from recruitcheck.records import Applicant, Document, Entry
from recruitcheck.steps import monitoring, oversight
from recruitcheck.steps.desk import Desk


def opened(desk: Desk) -> Iterator[tuple[Entry, str, bytes]]:
    """Every box of the whole register that this person's keys open."""
    for entry in desk.register.entries():
        for box in entry.boxes:
            try:
                yield entry, box, desk.register.read(entry, box)
            except (Sealed, Destroyed, NotFound):
                continue


@pytest.fixture(scope="module")
def imported(trust: World) -> World:
    """The trust with its monitoring answers, an audit note and published figures."""
    text = "reference,sex,ethnic group\n" + "\n".join(trust.monitoring) + "\n"
    monitoring.import_monitoring(trust.equality, text.encode())
    for term in monitoring.terms(trust.equality):
        monitoring.publish(trust.equality, term)
    oversight.note(trust.hr, trust.outcomes[0].justification.id, "ZEBRA-NOTE")
    return trust


def test_a_recruiters_keys_open_no_monitoring_answer(imported: World) -> None:
    """No answer, no reference, no figure by group; neither for HR."""
    for name in ("Cara Jones", "Dev Patel", "Ann Lee", "Ben Okafor"):
        for entry, box, text in opened(imported.desk(name)):
            assert box != "equality"
            assert entry.type not in ("monitoring", "statistics-published")
            assert b"White British" not in text and b"M-0" not in text


def test_a_recruiters_keys_open_no_withheld_count_and_no_audit(imported: World) -> None:
    """What the lens left out, traces of decisions and HR's notes are sealed to HR."""
    seen = [(e, b, t) for name in ("Cara Jones", "Dev Patel") for e, b, t in
            opened(imported.desk(name))]  # fmt: skip
    assert seen
    for entry, box, text in seen:
        assert box != "hr"
        assert b"unrelated" not in text and b"ZEBRA-NOTE" not in text
        assert entry.type not in ("audit-sample", "disclosure")


def test_a_recruiters_keys_open_no_other_recruiters_case(imported: World) -> None:
    """Dev reads the cases handed to him and no other; Cara reads no sight of his."""
    dev, shared = imported.desk("Dev Patel"), set()
    for entry in imported.hr.register.entries(type="case-shared"):
        if dev.me.id in entry.refs:
            shared.add(entry.case)
    for entry, box, _ in opened(dev):
        assert not entry.case or entry.case in shared, (entry.type, box)
    theirs = {o.grant.id for o in imported.outcomes if o.grant and o.grant.holder == dev.me.id}
    assert theirs
    for _, box, _ in opened(imported.recruiter):
        assert box.removeprefix("lookup:") not in theirs


def test_an_equality_reviewers_keys_open_no_identity(imported: World) -> None:
    """No name, no document, no address of an applicant; only what was sealed to equality."""
    names = {a.name.encode() for a in imported.hr.all(Applicant)}
    sites = {d.text.split("https://")[1].split("/")[0].encode() for d in imported.hr.all(Document)
             if "https://" in d.text}  # fmt: skip
    assert names and sites
    for entry, box, text in opened(imported.equality):
        own = entry.author == imported.equality.me.id  # what one wrote, one may read back
        assert box in ("equality", "staff") or not entry.case or own, (entry.type, box)
        assert box != "hr"
        assert not [name for name in names if name in text], entry.type
        if entry.type != "referral-blind":
            assert not [site for site in sites if site in text], entry.type
    with pytest.raises(RecruitcheckError):
        imported.equality.get(Applicant, imported.applicants[0])


def test_leaves_show_nothing_personal(imported: World) -> None:
    """Whoever has the files but no keys finds no name, quote or answer in them."""
    from pathlib import Path

    everything = b"".join(
        file.read_bytes() for file in Path(imported.where).rglob("*") if file.is_file()
    )
    names = {a.name.encode() for a in imported.hr.all(Applicant)}
    assert not [name for name in names if name in everything]
    for words in (b"I write a blog", b"White British", b"M-0001", b"ZEBRA-NOTE"):
        assert words not in everything
