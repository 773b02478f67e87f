"""What equality reviewers do and see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from generate import World

from recruitcheck.errors import BadInput, NotFound, NotPermitted
from recruitcheck.records import Applicant, Draft, MonitoringLink, TermFigures
from recruitcheck.reports.markdown import plain
from recruitcheck.rules.equality import term_of
from recruitcheck.steps import equality, intake, monitoring, quarter, retention, rights
from recruitcheck.steps.desk import box


def form(world: World) -> bytes:
    """The monitoring file of a generated trust."""
    return ("reference,sex,ethnic group\n" + "\n".join(world.monitoring) + "\n").encode()


def test_a_wrong_file_is_refused_whole(fresh: World) -> None:
    """One bad line, and no answer of the file is in the register."""
    desk = fresh.equality
    before = desk.register.size
    with pytest.raises(BadInput, match="Line"):
        monitoring.import_monitoring(desk, form(fresh) + b"M-9999,Female,Asian\n")
    assert desk.register.size == before
    assert monitoring.import_monitoring(desk, form(fresh)) == len(fresh.monitoring)
    with pytest.raises(BadInput, match="imported already"):
        monitoring.import_monitoring(desk, form(fresh))


def test_a_forgotten_reference_is_added_later_and_stays_sealed(fresh: World) -> None:
    """The last reference given counts, and the recruiter who gave it reads none."""
    desk = fresh.recruiter
    case = desk.all(Applicant)[0].id
    for reference in ("LATE-1", " LATE-2 "):
        intake.record_monitoring_reference(desk, case, reference)
    with pytest.raises(BadInput, match="no applicant"):
        monitoring.import_monitoring(fresh.equality, b"reference,sex\nLATE-1,Female\n")
    assert monitoring.import_monitoring(fresh.equality, b"reference,sex\nLATE-2,Female\n") == 1
    (answered,) = monitoring.answers(fresh.equality)
    assert (answered.applicant, answered.answers["sex"]) == (case, "Female")
    assert desk.all(MonitoringLink) == ()
    assert desk.register.verify().ok


def test_only_equality_reviewers_import_and_see_figures(fresh: World) -> None:
    """HR and recruiters are refused every step that touches answers."""
    term = term_of(fresh.clock.at.date())
    for desk in (fresh.hr, fresh.recruiter):
        for step in (
            lambda desk=desk: monitoring.import_monitoring(desk, form(fresh)),
            lambda desk=desk: monitoring.counts(desk, term),
            lambda desk=desk: monitoring.publish(desk, term),
            lambda desk=desk: quarter.equality_report(desk),
        ):
            with pytest.raises(NotPermitted, match="Only an equality reviewer"):
                step()


def test_published_figures_stay(fresh: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later count that differs by a few people does not replace the published one."""
    desk = fresh.equality
    monitoring.import_monitoring(desk, form(fresh))
    term = monitoring.terms(desk)[0]
    first = monitoring.publish(desk, term)
    size = desk.register.size
    assert monitoring.publish(desk, term) == first
    assert desk.register.size == size, "the same figures are not entered twice"
    held = monitoring.counts(desk, term)
    question, groups = next(iter(held.items()))
    group = next(iter(groups))
    changed = {**held, question: {**groups, group: (groups[group][0] + 1, groups[group][1])}}
    monkeypatch.setattr(monitoring, "counts", lambda desk, term: changed)
    again = monitoring.publish(desk, term)
    assert "published ones stay" in again.note
    assert again.tables == first.tables


def test_figures_outlive_the_answers(fresh: World) -> None:
    """After destruction the published tables of the term are still what they were."""
    desk = fresh.equality
    monitoring.import_monitoring(desk, form(fresh))
    term = monitoring.terms(desk)[0]
    first = monitoring.publish(desk, term)
    fresh.clock.to(date(2029, 6, 1))
    retention.run(fresh.hr)
    desk.forget()
    assert monitoring.figures(desk, term) == first
    assert monitoring.publish(desk, term).tables == first.tables


def test_figures_are_tables_without_people(fresh: World) -> None:
    """What is remembered of a term are counts by group: no pseudonym stands in it."""
    desk = fresh.equality
    monitoring.import_monitoring(desk, form(fresh))
    monitoring.publish(desk, monitoring.terms(desk)[0])
    [entry] = desk.register.entries(type="statistics-published")
    text = desk.register.read(entry, "equality").decode()
    assert not [case for case in fresh.applicants if case in text]
    assert not any(isinstance(v, str) and "female" in v.lower() for v in entry.facts.values())


def test_comparable_claims_name_both_sides(trust: World) -> None:
    """A blog searched and the like blog of another applicant not searched are both named."""
    found = equality.comparable(trust.equality)
    assert found
    for one in found:
        assert one.searched and one.not_searched
        assert not set(one.searched) & set(one.not_searched)
    posts = {one.vacancy for one in found}
    assert posts <= set(trust.vacancies)


def test_signals_carry_their_cases(trust: World) -> None:
    """Every pattern names the requests and applicants behind it, within one post for gaps."""
    vacancy_of = {claim[1]: claim[2] for claim in trust.claims}
    raised = equality.signals(trust.equality)
    assert raised
    for one in raised:
        assert one.acts and one.cases
        if one.signal == "like-claims-unlike":
            assert len({vacancy_of[case] for case in one.cases}) == 1


def test_the_report_tells_the_quarter_and_a_nil_return(trust: World) -> None:
    """A quarter with requests is counted; one without says so in words."""
    made = str(quarter.equality_report(trust.equality, day=date(2026, 2, 1)))
    assert f"Searches asked for: {len(trust.outcomes)}, of them" in made
    assert "Nil return" in str(quarter.equality_report(trust.equality, day=date(2031, 2, 1)))
    pages = "".join(quarter.export_equality(trust.equality, "html", day=date(2026, 2, 1)))
    assert "<svg" in pages and "Like claims treated differently" in pages
    rows = "".join(quarter.export_equality(trust.equality, "csv", day=date(2026, 2, 1)))
    assert "asked for" in rows
    with pytest.raises(BadInput):
        quarter.export_equality(trust.equality, "xlsx")


def test_the_report_shows_no_suppressed_figure(fresh: World) -> None:
    """A group under the threshold stands in the report without any number."""
    desk = fresh.equality
    term = term_of(fresh.clock.at.date())
    tables = {"sex": {"Female": (60, 12), "Male": (47, 3), "Other": (7, 2), "None": (5, 0)}}
    made = TermFigures(id=f"T-{term.id}", term=term.id, threshold=10, tables=tables,
                       by=desk.me.id, at=desk.now)  # fmt: skip
    desk.enter(Draft(type="statistics-published", subject=made.id, boxes={"equality": box(made)}))
    figures = monitoring.figures(desk, term)
    assert figures and figures.tables["sex"].suppressed >= {"Other", "None"}
    rows = "".join(quarter.export_equality(desk, "csv", day=fresh.clock.at.date()))
    lines = {line.split(",")[1]: line for line in rows.splitlines() if "sex" in line}
    assert lines["Other"].split(",")[2:] == ["suppressed", ""]
    assert "12 of 60" in lines["Female"]
    text = str(quarter.equality_report(desk, day=fresh.clock.at.date()))
    assert "four fifths" in text and "four-fifths line" in text and "n = 107" in text


def test_every_day_lies_in_a_quarter() -> None:
    """Every day lies in a quarter that begins and ends on its right days."""
    assert quarter.quarter_of(date(2026, 11, 22)) == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter.quarter_of(date(2024, 2, 29)) == (date(2024, 1, 1), date(2024, 3, 31))


def test_a_reviewers_note_reaches_hr(trust: World) -> None:
    """What the reviewer makes of a pattern stands in the report and can be read by HR."""
    made = equality.note(trust.equality, [trust.outcomes[0].justification.id], "Read the blogs.")
    assert made in equality.notes(trust.hr)
    day = made.at.date()
    assert "Read the blogs." in str(quarter.equality_report(trust.equality, day=day))


def test_an_applicant_gets_the_sealed_part_from_the_reviewers(fresh: World) -> None:
    """Answers and kinds of claims, by pseudonym; HR is refused, and an unknown one is not found."""
    monitoring.import_monitoring(fresh.equality, form(fresh))
    link = next(one for one in fresh.equality.all(MonitoringLink) if one.reference == "M-0002")
    text = plain(rights.sealed_part(fresh.equality, link.applicant))
    answer = next(line for line in fresh.monitoring if line.startswith("M-0002")).split(",")[1]
    assert answer in text and link.applicant in text
    with pytest.raises(NotPermitted):
        rights.sealed_part(fresh.hr, link.applicant)
    with pytest.raises(NotFound):
        rights.sealed_part(fresh.equality, "A-0000")


def test_exporting_a_report_publishes_the_terms_that_have_ended(fresh: World) -> None:
    """A running term is left alone, because its figures still change."""
    desk = fresh.equality
    monitoring.import_monitoring(desk, form(fresh))
    term = monitoring.terms(desk)[0]
    "".join(quarter.export_equality(desk, "csv"))
    assert monitoring.figures(desk, term) is None
    fresh.clock.to(term.last + timedelta(days=1))
    "".join(quarter.export_equality(desk, "csv"))
    assert monitoring.figures(desk, term) is not None


def test_tables_are_held_against_every_earlier_publication(
    fresh: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two large steps, there and nearly back, would show who is new since the first."""
    desk, answers = fresh.equality, {}
    monkeypatch.setattr(monitoring, "counts", lambda *_: {"sex": dict(answers)})
    term = monitoring.this_term(desk)

    def published(men: int, women: int) -> str:
        answers.update(men=(men, 12), women=(women, 12))
        return monitoring.publish(desk, term).note

    assert published(40, 40) == ""
    assert published(60, 40) == ""
    assert "fewer than" in published(41, 40)
    assert published(40, 40) == "", "the very figures of before tell nothing new"


def test_one_answer_in_two_spellings_is_one_group(fresh: World) -> None:
    """`Female` and `female` count together, or each could fall under the threshold."""
    lines = [line.split(",")[0] for line in fresh.monitoring]
    mixed = [f"{ref},{('Female', 'female')[at % 2]}" for at, ref in enumerate(lines)]
    monitoring.import_monitoring(fresh.equality, ("reference,sex\n" + "\n".join(mixed)).encode())
    table = monitoring.counts(fresh.equality, monitoring.terms(fresh.equality)[0])["sex"]
    assert len(table) == 1 and next(iter(table.values()))[0] == len(lines)
