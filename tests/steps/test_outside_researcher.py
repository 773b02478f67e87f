"""Somebody outside looks: the instruction that goes out, and the report that comes back."""

from __future__ import annotations

import json

import pytest

from recruitcheck.errors import BadInput, GrantError, NotFound, Sealed
from recruitcheck.records import DeclarationKind
from recruitcheck.steps import declarations, instructions, oversight, thirdparty


def reported(asking, grant, *items, **changes):
    """A researcher's report on the blog; an item is its text, or its fields."""
    place = f"https://tidepool.example:{asking.world.web.port}/"
    common = {
        "source": "web_page",
        "url": place,
        "observed_at": "2026-05-04T10:00:00Z",
        "method": "read in a browser",
    }
    report = {
        "grant": grant.id,
        "nonce": grant.nonce,
        "researcher": "Lumen Research",
        "declaration": "Nothing else was opened and nobody was contacted.",
        "items": [
            {**common, **({"text": item} if isinstance(item, str) else item)} for item in items
        ],
    }
    return json.dumps({**report, **changes}).encode()


WEEKLY = "Tide Pool Diary is a weekly blog about rock pools."


def test_a_report_must_answer_its_instruction(asking, blog):
    """A report with the right nonce is read through the lens; with another one it is not."""
    grant = asking.grant(blog, third_party="Lumen Research")
    desk = asking.world.recruiter
    instruction = instructions.instruct(desk, grant.id, "Lumen Research")
    assert grant.nonce in instruction.letter
    whole = json.loads(instruction.file)
    form = whole["instruction"]["report"]
    item = {
        **form["items"][0],
        "url": f"https://tidepool.example:{asking.world.web.port}/",
        "observed_at": "2026-05-04T10:00:00Z",
        "text": f"{WEEKLY} She is a Quaker.",
    }
    with pytest.raises(BadInput, match="declaration"):
        thirdparty.report(desk, grant.id, instruction.file)  # not filled in
    form |= {"declaration": "I opened nothing else.", "items": [item]}
    sight = thirdparty.report(desk, grant.id, json.dumps(whole).encode())
    assert "weekly blog" in sight.passages[0].text
    assert sight.passages[0].mark == "reported by Lumen Research"
    assert f"{sight.passages[0].seen_at:%H:%M}" == "10:00"
    assert "Quaker" not in repr(sight)
    with pytest.raises(GrantError):
        thirdparty.report(desk, grant.id, reported(asking, grant, WEEKLY, nonce="O-OTHER"))


def test_the_same_report_is_not_taken_in_twice(asking, blog):
    """Written anew with other spaces, times and declaration it is still the same: refused, and
    the attempt is entered. A correction brings what is new in it and no more."""
    grant = asking.grant(blog, third_party="Lumen Research")
    desk = asking.world.recruiter
    first = thirdparty.report(desk, grant.id, reported(asking, grant, WEEKLY))
    later = {"text": WEEKLY, "observed_at": "2026-05-04T11:30:00Z", "method": "read again"}
    again = thirdparty.report(
        desk, grant.id, reported(asking, grant, later, declaration="As before.")
    )
    assert again.passages == () and again.lookup.outcome == "failed"
    assert "taken in already" in again.lookup.message
    assert first.lookup.id in again.lookup.message
    kinds = [e.type for e in asking.world.hr.register.entries(subject=again.lookup.id)]
    assert kinds == ["lookup", "lookup-result"]
    more = "The rock pool blog Tide Pool Diary has appeared since 2019."
    corrected = thirdparty.report(desk, grant.id, reported(asking, grant, WEEKLY, more))
    assert [p.text for p in corrected.passages] == [more]


def test_a_day_of_a_report_is_read_as_people_write_it(asking, blog):
    """A mere day will do; what is no day is refused before anything is entered."""
    grant = asking.grant(blog, third_party="Lumen Research")
    desk = asking.world.recruiter
    before = len(list(desk.register.entries()))
    with pytest.raises(BadInput, match="cannot be read"):
        wrong = reported(asking, grant, {"text": WEEKLY, "published": "last March"})
        thirdparty.report(desk, grant.id, wrong)
    assert len(list(desk.register.entries())) == before
    right = reported(asking, grant, {"text": WEEKLY, "published": "2026-03-02"})
    assert f"{thirdparty.report(desk, grant.id, right).passages[0].published:%d %b}" == "02 Mar"


def test_a_report_that_could_not_be_used_may_be_sent_again(asking, blog):
    """All of it lay outside the instruction: it was refused, so it was not taken in; the place it
    speaks of is not repeated anywhere."""
    grant = asking.grant(blog, third_party="Lumen Research")
    desk = asking.world.recruiter
    strayed = reported(asking, grant, {"url": "https://wards.example/maternity", "text": WEEKLY})
    for _ in range(2):
        sight = thirdparty.report(desk, grant.id, strayed)
        assert sight.lookup.outcome == "failed" and sight.passages == ()
        assert "does not name" in sight.lookup.message
        assert "maternity" not in repr(sight)
    assert thirdparty.report(desk, grant.id, reported(asking, grant, WEEKLY)).passages


def test_only_the_named_researcher_is_instructed(asking, blog):
    """A permission for our own looking has no nonce a report could answer; another firm was not
    asked about."""
    desk = asking.world.recruiter
    own = asking.grant(blog)
    with pytest.raises(GrantError, match="one of us"):
        instructions.instruct(desk, own.id, "Lumen Research")
    with pytest.raises(BadInput, match="Lumen Research"):
        instructions.instruct(desk, asking.grant(blog, third_party="Lumen Research").id, "Dig Ltd")


def test_a_report_nobody_asked_for_is_sealed_unread_to_hr(asking):
    """The recruiter who received it cannot open it again."""
    desk = asking.world.recruiter
    thirdparty.quarantine(desk, asking.document.applicant, b"everything about her")
    entry = list(desk.register.entries(case=asking.document.applicant))[-1]
    assert asking.world.hr.register.read(entry, "hr") == b"everything about her"
    with pytest.raises(Sealed):
        desk.register.read(entry, "hr")
    with pytest.raises(NotFound):
        thirdparty.quarantine(desk, "A-NONE", b"x")


def test_what_outsiders_sent_stands_in_hrs_lists_and_breaks_none(asking, blog):
    """A report nobody asked for, whatever it holds, and a researcher who strayed are declarations
    like others: listed, and rows of the audit."""
    desk, hr = asking.world.recruiter, asking.world.hr
    thirdparty.quarantine(desk, asking.document.applicant, b'{"declaration": "all of it"}')
    grant = asking.grant(blog, third_party="Lumen Research")
    items = [{"text": "t", "url": f"https://evil.example/{n}"} for n in range(5)]
    thirdparty.report(desk, grant.id, reported(asking, grant, *items))
    kinds = [one.kind for one in declarations.declarations(hr)][-2:]
    assert kinds == [DeclarationKind.UNASKED_REPORT, DeclarationKind.RESEARCHER_STRAYED]
    states = {row.state for row in oversight.audit(hr)}
    assert {"declared-unasked-report", "declared-researcher-strayed"} <= states
