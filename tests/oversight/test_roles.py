"""Who may take a step, and what somebody hears who may not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from recruitcheck.errors import NotPermitted
from recruitcheck.records import Person, Role
from recruitcheck.rules.roles import TABLE, demand, why_not

TODAY = date(2026, 5, 4)


def somebody(*roles: Role, trained: date | None = None, left: datetime | None = None) -> Person:
    return Person(id="P-1", name="Kim Lowe", roles=roles, trained_until=trained, left_at=left)


@pytest.mark.parametrize("step", sorted(TABLE))
def test_a_step_is_for_its_roles_and_for_nobody_else(step: str) -> None:
    """Each role alone either may, or hears who may; without any role nobody may do anything."""
    for role in Role:
        reason = why_not(step, somebody(role))
        assert (reason == "") is (role in TABLE[step].roles)
        assert reason == "" or (reason.startswith("Only ") and TABLE[step].words in reason)
    with pytest.raises(NotPermitted) as caught:
        demand(step, somebody())
    assert "HR" in caught.value.hint


def test_the_audit_is_hrs_the_figures_are_equalitys_and_searches_are_recruiters() -> None:
    """No role reads what another one is to watch over it with."""
    for step, role in (
        ("audit.read", Role.HR),
        ("audit.note", Role.HR),
        ("retention.run", Role.HR),
        ("people.manage", Role.HR),
        ("equality.read", Role.EQUALITY),
        ("monitoring.import", Role.EQUALITY),
        ("sourcing.find", Role.RECRUITER),
        ("finding.record", Role.RECRUITER),
    ):
        assert TABLE[step].roles == {role}


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (why_not("audit.read", somebody(Role.HR, left=datetime(2026, 5, 1, tzinfo=UTC))), "left"),
        (why_not("audit.note", somebody(Role.HR), made_by=["P-1"]), "Nobody reviews their own"),
        (why_not("finding.record", somebody(Role.RECRUITER), only=["P-2"]), "reserved"),
        (
            why_not("sourcing.find", somebody(Role.RECRUITER, trained=date(2026, 5, 3)),
                    today=TODAY),
            "ended on 3 May 2026",
        ),
    ],
)  # fmt: skip
def test_even_with_the_role_there_are_reasons_not_to(reason: str, words: str) -> None:
    """Who left, judges an own act, is not the one named, or is no longer trained, hears which."""
    assert words in reason


def test_what_stands_against_a_step_ends_where_it_should() -> None:
    """The last day of training counts; who is named may; others' acts may be reviewed."""
    recruiter = somebody(Role.RECRUITER, trained=TODAY)
    assert why_not("sourcing.find", recruiter, today=TODAY) == ""
    assert why_not("sourcing.find", recruiter) == ""
    assert why_not("finding.record", recruiter, only=["P-1"], made_by=["P-2"]) == ""
    ended = somebody(Role.RECRUITER, trained=date(2026, 5, 3))
    assert why_not("finding.record", ended, today=TODAY) == ""  # what was begun is finished
