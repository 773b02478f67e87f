"""`verify` knows the flow: what may follow what, by whom, and until when."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import pytest

from recruitcheck.records import Draft
from recruitcheck.vault.flow import Flow
from recruitcheck.vault.verify import lines, verify

from .conftest import Office

PERMITTED = (
    Draft(type="applicant-added", subject="A-1", case="A-1", boxes={"case": b"x"}),
    Draft(type="justification", subject="J-1", case="A-1", refs=("C-1",)),
    Draft(type="decision", subject="X-1", case="A-1", refs=("J-1",), facts={"verdict": "permit"}),
    Draft(
        type="grant",
        subject="G-1",
        case="A-1",
        refs=("X-1",),
        facts={"not_after": "2099-01-01T00:00:00+00:00"},
    ),
    Draft(type="lookup", subject="L-1", case="A-1", refs=("G-1",)),
    Draft(type="lookup-result", subject="L-1", case="A-1", refs=("L-1",)),
    Draft(type="evidence-kept", subject="E-1", case="A-1", refs=("G-1", "L-1")),
    Draft(type="finding", subject="F-1", case="A-1", refs=("C-1", "G-1", "E-1")),
    Draft(type="panel-line", subject="N-1", case="A-1", refs=("F-1",)),
)


def test_an_honest_flow_passes_in_both_stores(anywhere: Office) -> None:
    """The whole path from justification to panel line breaks no rule, and says what was checked."""
    with anywhere.open("Sam") as sam:
        sam.append(PERMITTED)
        size, root = sam.size, sam.root
    found = verify(anywhere.where)
    assert (found.ok, found.problems) == (True, ())
    assert (found.size, found.root) == (size, b64encode(root).decode())
    assert list(lines(found))[-1] == "Everything fits."


@pytest.mark.parametrize(
    ("drafts", "word"),
    [
        ([PERMITTED[2]], "without a justification"),
        ([PERMITTED[3]], "nothing permits"),
        ([PERMITTED[4]], "without a grant"),
        ([PERMITTED[5]], "no lookup"),
        ([PERMITTED[6]], "evidence"),
        ([PERMITTED[7]], "finding without"),
        ([PERMITTED[8]], "without a finding"),
        (
            [
                *PERMITTED[:2],
                replace(PERMITTED[2], facts={"verdict": "refuse"}),
                PERMITTED[3],
            ],
            "nothing permits",
        ),
        (
            [
                *PERMITTED[:4],
                Draft(type="grant-revoked", subject="G-1", case="A-1", refs=("G-1",)),
                PERMITTED[4],
            ],
            "revoked",
        ),
        (
            [
                *PERMITTED[:3],
                replace(PERMITTED[3], facts={"not_after": "2020-01-01T00:00:00Z"}),
                PERMITTED[4],
            ],
            "was over",
        ),
        (
            [*PERMITTED[:4], Draft(type="lookup", subject="L-9", case="A-9", refs=("G-1",))],
            "another case",
        ),
        (
            [
                *PERMITTED[:2],
                Draft(type="referral", subject="R-1", case="A-1", refs=("J-1", "X-1")),
                Draft(
                    type="referral-decided",
                    subject="R-1",
                    case="A-1",
                    refs=("R-1",),
                    facts={"verdict": "permit"},
                ),
            ],
            "their own justification",
        ),
    ],
)
def test_a_broken_rule_of_the_flow_is_named(office: Office, drafts: list[Draft], word: str) -> None:
    """Anyone without keys sees a lookup without a grant, a grant without a decision, and so on."""
    with office.open("Sam") as sam:
        sam.append(drafts)
    found = verify(office.where)
    assert not found.ok and {fault.kind for fault in found.problems} == {"flow"}
    assert any(word in fault.message for fault in found.problems)


def test_a_referral_decided_by_somebody_else_permits(office: Office) -> None:
    """The two-person path through equality is a permission like any other."""
    with office.open("Sam") as sam, office.open("Eva") as eva:
        sam.append(
            [*PERMITTED[:2], Draft(type="referral", subject="R-1", case="A-1", refs=("J-1",))]
        )
        eva.append(
            [
                Draft(
                    type="referral-decided",
                    subject="R-1",
                    case="A-1",
                    refs=("R-1",),
                    facts={"verdict": "permit"},
                )
            ]
        )
        sam.append([Draft(type="grant", subject="G-1", case="A-1", refs=("R-1",)), PERMITTED[4]])
    assert verify(office.where).ok


def leaf(kind: str, subject: str, at: str = "2026-05-04T09:00:00.000000Z", **more: object) -> dict:  # type: ignore[type-arg]
    usual = {"case": "A-1", "author": "P-1", "refs": [], "facts": {}}
    return {"type": kind, "subject": subject, "at": at, **usual, **more}


@pytest.mark.parametrize(
    ("ends", "at", "named"),
    [
        ("2026-05-04T09:00:00+00:00", "2026-05-04T09:00:00.000000Z", False),
        ("2026-05-04T09:00:00+00:00", "2026-05-04T09:00:00.000001Z", True),
        ("never", "2026-05-04T09:00:00.000000Z", True),
        ("", "2026-05-04T09:00:00.000000Z", False),
    ],
)
def test_a_grant_ends_after_its_last_moment(ends: str, at: str, named: bool) -> None:
    """The moment itself still counts; an end that cannot be read has passed."""
    flow = Flow()
    list(flow.check(leaf("decision", "X-1", facts={"verdict": "permit"})))
    list(flow.check(leaf("grant", "G-1", refs=["X-1"], facts={"not_after": ends})))
    found = list(flow.check(leaf("lookup", "L-1", at, refs=["G-1"])))
    assert ("a lookup after its grant was over" in found) is named


def test_a_decision_about_no_referral_is_named() -> None:
    """Neither the referral nor the justification it is about was ever entered."""
    flow = Flow()
    assert list(flow.check(leaf("referral-decided", "R-1", refs=["R-1"]))) == [
        "a referral that nobody made is decided"
    ]
    list(flow.check(leaf("referral", "R-2", refs=["J-9"])))
    assert "a referral that nobody made is decided" in list(
        flow.check(leaf("referral-decided", "R-2", refs=["R-2"]))
    )


def test_nothing_more_is_entered_about_a_destroyed_case() -> None:
    """Its own last entry excepted; other cases go on."""
    flow = Flow()
    assert list(flow.check(leaf("shred-done", "A-1"))) == []
    named = "something is entered about a case that was destroyed"
    assert named in list(flow.check(leaf("note", "N-1")))
    assert named not in list(flow.check(leaf("note", "N-2", case="A-2")))
    assert named not in list(flow.check(leaf("note", "N-3", case="")))
