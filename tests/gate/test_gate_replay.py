"""Old justifications under a new pack."""

from __future__ import annotations

from dataclasses import replace

from gatecase import Case

from recruitcheck.records import Stage, Verdict
from recruitcheck.rules.policytools import replay


def test_replay_shows_what_a_new_pack_would_change(case: Case) -> None:
    """A pack that closes a source turns the permit that rested on it, and leaves others alone."""
    good = case.question()
    bad = case.change("vacancy", stage=Stage.OPEN).question()
    ground = good.pack.grounds["hobby-or-skill-online"]
    closed = replace(ground, sources=tuple(s for s in ground.sources if s != "web_page"))
    pack = replace(good.pack, grounds={**good.pack.grounds, ground.id: closed})
    first, second = replay(
        [("J-1", Verdict.PERMIT, good), ("J-2", Verdict.REFUSE, bad)], pack, case.screener
    )
    assert first.changed and first.after is Verdict.REFUSE and first.rules == ("source-allowed",)
    assert not second.changed


def test_replay_under_the_same_pack_changes_nothing(case: Case) -> None:
    """The same pack gives the same verdict."""
    (only,) = replay([("J-1", Verdict.PERMIT, case.question())], case.pack, case.screener)
    assert not only.changed and only.rules == ()
