"""When records fall due, and what keeps them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recruitcheck.rules.retention import (
    Case,
    Periods,
    after,
    all_due,
    breach_deadline,
    due,
    skeleton_until,
    warnings,
)

PERIODS = Periods(content=12, skeleton=72)


def case(**changes: object) -> Case:
    """A case decided on 10 January 2026."""
    usual: dict[str, object] = {
        "applicant": "A-1",
        "received_on": date(2025, 11, 1),
        "decided_on": date(2026, 1, 10),
    }
    return Case(**(usual | changes))  # type: ignore[arg-type]


def test_content_is_due_from_the_decision_on() -> None:
    """Twelve months after the decision, to the day; the day before it is not due."""
    found = due(case(), PERIODS, date(2027, 1, 9))
    assert found and found.on == date(2027, 1, 10) and not found.now
    found = due(case(), PERIODS, date(2027, 1, 10))
    assert found and found.now


def test_a_search_after_the_decision_starts_the_clock_later() -> None:
    """What was searched after the decision is kept as long as what was searched before."""
    found = due(case(last_search_on=date(2026, 3, 1)), PERIODS, date(2026, 4, 1))
    assert found and found.on == date(2027, 3, 1)


def test_a_ground_can_shorten_the_period() -> None:
    """The shortest period of policy and grounds counts."""
    found = due(case(grounds_months=(18, 9)), PERIODS, date(2026, 4, 1))
    assert found and found.on == date(2026, 10, 10)


def test_a_hold_pauses_destruction() -> None:
    """What is overdue but held is listed with its cause and is not to be destroyed."""
    found = due(case(holds=("access request",)), PERIODS, date(2028, 1, 1))
    assert found and found.days_over > 0 and not found.now
    assert found.held == ("access request",)


def test_an_undecided_post_does_not_keep_people_for_ever() -> None:
    """Without a decision the clock runs from the last thing known."""
    found = due(case(decided_on=None, closes_on=date(2025, 12, 1)), PERIODS, date(2026, 1, 1))
    assert found and found.on == date(2027, 12, 1)


def test_what_is_destroyed_is_never_due() -> None:
    """A destroyed case does not come back; its skeleton has its own end."""
    assert due(case(destroyed_on=date(2027, 1, 10)), PERIODS, date(2030, 1, 1)) is None
    assert skeleton_until(date(2027, 1, 10), PERIODS) == date(2033, 1, 10)


def test_the_list_shows_the_longest_overdue_first() -> None:
    """What is due within the asked days is listed, oldest first."""
    cases = [
        case(applicant="A-2", decided_on=date(2026, 2, 1)),
        case(applicant="A-1"),
        case(applicant="A-3", decided_on=date(2027, 1, 1)),
    ]
    listed = all_due(cases, PERIODS, date(2027, 1, 20), within_days=30)
    assert [one.applicant for one in listed] == ["A-1", "A-2"]


def test_the_day_it_falls_due_is_the_first_on_the_list() -> None:
    """Not a day before unless so many days ahead were asked for, and it says why."""
    falls = date(2027, 1, 10)
    day_before = falls - timedelta(days=1)
    assert all_due([case()], PERIODS, day_before) == ()
    [listed] = all_due([case()], PERIODS, falls)
    assert listed.days_over == 0
    assert listed.because.startswith("12 months after")
    assert [one.on for one in all_due([case()], PERIODS, day_before, within_days=1)] == [falls]
    undecided = due(case(decided_on=None), PERIODS, falls)
    assert undecided is not None
    assert "no decision recorded, 24 months" in undecided.because


@given(st.dates(date(1970, 1, 1), date(2200, 1, 1)), st.integers(0, 240), st.integers(0, 240))
def test_adding_months_skips_none(day: date, first: int, second: int) -> None:
    """Adding months never skips a month and never goes backwards."""
    later = after(day, first)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == first
    assert after(day, first) <= after(day, first + second)


def test_warnings_compare_with_claim_periods() -> None:
    """A content period shorter than a claim period is warned of, present or coming."""
    periods = [(date(2025, 12, 1), 6.8, "Now."), (date(2026, 10, 1), 9.8, "Expected.")]
    assert warnings(12, 7, periods, date(2026, 6, 1)) == ()
    [said] = warnings(8, 7, periods, date(2026, 6, 1))
    assert "from 1 October 2026" in said and "Expected." in said
    assert len(warnings(6, 7, periods, date(2026, 11, 1))) == 3


def test_a_period_as_long_as_the_claim_period_is_long_enough() -> None:
    """Both bounds are included, and a rule is in force on its first day."""
    periods = [(date(2026, 10, 1), 9.8, "In force.")]
    assert warnings(9.8, 9.8, periods, date(2026, 10, 1)) == ()
    own, claims = warnings(9, 9.5, periods, date(2026, 10, 1))
    assert own == "Content is kept 9 months; the policy pack asks for at least 9.5."
    assert "a claim may come 9.8 months after the decision" in claims
    assert "from 1 October 2026 on" in warnings(9, 9, periods, date(2026, 9, 30))[0]


def test_the_breach_clock_runs_seventy_two_hours() -> None:
    """Three times twenty-four hours from becoming aware, weekends included."""
    aware = datetime(2026, 3, 27, 17, 5, tzinfo=UTC)
    assert breach_deadline(aware) - aware == timedelta(hours=72)
