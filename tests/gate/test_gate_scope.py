"""Grants as narrow as the quotation, and the letter where there is nowhere to look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from gatecase import NOW, Case

from recruitcheck.records import Grant
from recruitcheck.rules import scope


def narrowed(case: Case, quote: str, source: str, **more: object) -> Grant | None:
    """The grant that a case with this quotation and source is given."""
    ground = next(g.id for g in case.pack.grounds.values() if source in g.sources)
    return scope.narrow(
        case.pack,
        replace(case.claim, quote=quote),
        replace(case.justification, source=source, ground=ground, **more),  # type: ignore[arg-type]
        case.applicant,
        now=NOW,
        grant_id="G-1",
        decision_id="X-1",
    )


def test_a_quoted_host_brings_its_bare_and_www_form(case: Case) -> None:
    """A blog at a bare host opens that host over https, and no other."""
    grant = narrowed(case, "My blog is at arcs.example.", "web_page")
    assert grant is not None
    assert grant.hosts == ("arcs.example", "www.arcs.example")
    assert grant.path_prefixes == ("/",)
    assert grant.schemes == ("https",)
    assert grant.addresses == ("https://arcs.example",)
    assert grant.holder == "P-2" and grant.not_after is not None


def test_a_quoted_path_stays_the_limit(case: Case) -> None:
    """Only what lies under the quoted path may be opened, with the quoted query values."""
    grant = narrowed(case, "See hub.example/staff/arcs?id=7 for my work.", "web_page")
    assert grant is not None
    assert grant.path_prefixes == ("/staff/arcs",)
    assert dict(grant.query) == {"id": "7"}


def test_two_addresses_never_mix(case: Case) -> None:
    """One grant reaches one of the quoted addresses, the one that was chosen."""
    quote = "I write at arcs.example/blog and angles.example."
    first = narrowed(case, quote, "web_page")
    second = narrowed(case, quote, "web_page", address="angles.example")
    assert first is not None and first.hosts[0] == "arcs.example"
    assert second is not None and second.hosts[0] == "angles.example"
    assert second.path_prefixes == ("/",)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("I run the blog Angles and Arcs.", "web_page"),
        ("I run a channel on youtube.com.", "youtube"),
        ("My blog is at arcs.example.", "youtube"),
        ("I managed the school's Instagram.", "instagram"),
        ("In my last post I ran the X account @ash_music.", "tiktok"),
    ],
)
def test_nowhere_to_look_gives_no_grant(case: Case, quote: str, source: str) -> None:
    """Without an address or handle for that source, or with a platform's front page, no grant."""
    assert narrowed(case, quote, source) is None


def test_an_address_that_was_not_given_opens_nothing(case: Case) -> None:
    """A typed address beside the quotation gives no grant."""
    assert narrowed(case, "My blog is at arcs.example.", "web_page", address="evil.example") is None


def test_a_handle_opens_its_own_account_only(case: Case) -> None:
    """A quoted handle on a named platform is looked at on that platform, under that handle."""
    grant = narrowed(case, "I ran the X account @ash_music for the school.", "x")
    assert grant is not None
    assert grant.handles == ("ash_music",)
    assert all("ash_music" in p for p in grant.path_prefixes)


def test_what_the_applicant_supplies_needs_no_address(case: Case) -> None:
    """A publication is brought by the applicant: a grant without hosts."""
    grant = narrowed(case, "My article 'Arcs' appeared in Maths Now in 2022.", "publication")
    assert grant is not None
    assert grant.hosts == () and "Arcs" in grant.terms


@pytest.mark.parametrize(
    ("quote", "window"),
    [
        ("Head of art, 2014 to 2018.", (date(2014, 1, 1), date(2018, 12, 31))),
        ("Editor, 2014-18.", (date(2014, 1, 1), date(2018, 12, 31))),
        ("Weekly since 2021.", (date(2021, 1, 1), None)),
        ("In May 2022 I published it.", (date(2022, 5, 1), None)),
        ("It covers migration, 1948-62.", (None, None)),
        ("I write a blog.", (None, None)),
    ],
)
def test_the_window_comes_from_the_claims_own_dates(
    quote: str, window: tuple[date | None, date | None]
) -> None:
    """Stated dates, with the policy's slack, limit what may be observed."""
    slack = timedelta(days=10)
    first, last = window
    assert scope.window(quote, 10) == (
        first and first - slack,
        last and last + slack,
    )


def test_limits_never_exceed_the_policy(case: Case) -> None:
    """A grant takes the smaller of the ground's and the policy's limits."""
    grant = narrowed(case, "My blog is at arcs.example.", "web_page")
    limits = case.pack.policy.limits
    assert grant is not None
    assert grant.max_requests <= limits.max_requests
    assert grant.not_after is not None
    assert grant.not_after - NOW <= timedelta(hours=limits.grant_hours)


def test_a_grant_says_for_what_and_within_which_limits_it_holds(case: Case) -> None:
    """Whose claim, which decision, since when, how much may be read: all of it from the request."""
    grant = narrowed(case, "My blog is at arcs.example:8443/b?p=1, 2021 to 2023.", "web_page")
    limits = case.pack.policy.limits
    assert grant is not None
    assert (grant.id, grant.decision, grant.source) == ("G-1", "X-1", "web_page")
    assert (grant.applicant, grant.claim, grant.holder) == ("A-1", "C-1", "P-2")
    assert (grant.not_before, grant.ports, grant.nonce) == (NOW, (8443,), "")
    assert dict(grant.query) == {"p": "1"} and not grant.yes_no_only
    assert (grant.max_bytes, grant.max_total_bytes, grant.max_seconds) == (
        limits.max_bytes,
        limits.max_total_bytes,
        limits.max_seconds,
    )
    hours = case.pack.grounds[case.justification.ground].limits.grant_hours
    assert grant.not_after == NOW + timedelta(hours=min(hours, limits.grant_hours))
    assert grant.until is not None
    assert (grant.since, grant.until) == scope.window("2021 to 2023", limits.window_days)


@pytest.mark.parametrize("missing", ["ground", "source", "never"])
def test_what_the_pack_does_not_know_or_never_allows_gives_no_grant(
    case: Case, missing: str
) -> None:
    """A request whose ground or source is in no file, or whose source is never looked at."""
    quote = "My article 'Arcs' appeared in Maths Now in 2022."
    assert narrowed(case, quote, "publication")
    if missing == "never":
        shut = {id: replace(source, manner="never") for id, source in case.pack.sources.items()}
        case.pack = replace(case.pack, sources=shut)
    else:
        case.pack = replace(case.pack, **{f"{missing}s": {}})  # type: ignore[arg-type]
    claim = replace(case.claim, quote=quote)
    asked = replace(case.justification, source="publication")
    told = scope.narrow(
        case.pack, claim, asked, case.applicant, now=NOW, grant_id="G-1", decision_id="X-1"
    )
    assert told is None


def test_the_letter_asks_and_presses_nobody(case: Case) -> None:
    """The letter quotes the claim, says what is wanted, and that no answer harms."""
    text = scope.letter(
        case.pack,
        quote="I run the blog Angles and Arcs.",
        source=case.pack.sources["web_page"],
        name="Tamsin Cole",
        vacancy_title="Teacher of mathematics",
        school="Ashgrove School",
    )
    for words in ("Angles and Arcs", "address", "not held against you", "object", "Ashgrove"):
        assert words in text
