"""The equality reviewer's quarter in figures.

It says plainly when there was nothing (a nil return), because a paper that only comes when
something happened tells nobody that the rest was quiet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from recruitcheck.reports import audit
from recruitcheck.reports.names import SIGNALS, plain
from recruitcheck.reports.paper import Bar, Bars, Block, Cell, Paper, Points, section, table
from recruitcheck.reports.quarter import Asked, Quarter
from recruitcheck.reports.rates import by_group


def equality_report(given: Quarter) -> Paper:
    """The quarterly equality report."""
    return Paper(
        title="Equality report on searches",
        organisation=given.organisation,
        made_at=given.made_at,
        made_by=given.made_by,
        about=f"{given.first:%-d %B %Y} to {given.last:%-d %B %Y}.",
        confidential="For equality reviewers and trustees; not for recruiters or panels",
        sections=(
            section("In short", _in_short(given)),
            section("Requests and what came of them", *_requests(given)),
            section("Aims that were refused", *_aims(given)),
            section("How long referrals took", _times(given)),
            section("Patterns", *_patterns(given)),
            section("Comparable claims that were not searched", *_gaps(given)),
            *by_group(given),
            section(
                "Searches outside the tool",
                f"Declared: {given.off_tool}. Declarations of having seen something protected: "
                f"{given.exposures}. Searches on a personal telephone are invisible to this "
                "program; these figures are the declared ones.",
            ),
            section("Actions", *_actions(given)),
        ),
    )


def _in_short(given: Quarter) -> str:
    if not given.asked:
        return (
            "Nil return: no search was asked for in this quarter. The records were checked for it "
            "and are complete to the entry this report was made at."
        )
    count = Counter(one.outcome for one in given.asked)
    return (
        f"Searches asked for: {len(given.asked)}, of them {count['permit']} permitted, "
        f"{count['refuse']} refused, {count['refer']} still with an equality reviewer. "
        f"Patterns: {len(given.signals)}. Comparable claims treated differently: "
        f"{len(given.gaps)}. Both are shown below with the cases behind them."
    )


def _requests(given: Quarter) -> list[Block]:
    by: tuple[tuple[str, dict[str, list[Asked]]], ...] = (
        ("By school", _grouped(given.asked, lambda one: one.trace.school)),
        ("By stage", _grouped(given.asked, lambda one: str(one.trace.stage))),
        ("By kind of claim", _grouped(given.asked, lambda one: _main(one.trace.claim_kinds))),
    )
    blocks: list[Block] = [_stacked(title, groups) for title, groups in by if any(groups.values())]
    findings = Counter(one.finding for one in given.asked if one.finding)
    blocks.append(
        table(
            ("Finding", "How many"),
            [(name.replace("_", " "), number) for name, number in findings.most_common()],
            numeric=(1,),
            title="What was found",
            empty="No finding was recorded.",
        )
    )
    return blocks


def _grouped(asked: Sequence[Asked], by: Callable[[Asked], str]) -> dict[str, list[Asked]]:
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(by(one) or "not known", []).append(one)
    return dict(sorted(groups.items()))


def _main(kinds: Sequence[str]) -> str:
    return kinds[0] if kinds else "other"


def _first(ids: Sequence[str], most: int) -> str:
    """So many ids as a cell holds, and how many more there are."""
    more = len(ids) - most
    return ", ".join(ids[:most]) + (f" and {more} more" if more > 0 else "")


def _stacked(title: str, groups: Mapping[str, Sequence[Asked]]) -> Bars:
    return Bars(
        title=title,
        keys=tuple(audit.VERDICT_WORDS[verdict] for verdict in audit.VERDICTS),
        bars=tuple(
            Bar(
                name=name,
                parts=tuple(
                    float(sum(one.verdict == verdict for one in there))
                    for verdict in audit.VERDICTS
                ),
            )
            for name, there in groups.items()
        ),
    )


def _aims(given: Quarter) -> list[Block]:
    alleged: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for one in given.asked:
        for rule in set(one.trace.rules):
            if rule in given.characteristics:
                alleged[given.characteristics[rule].replace("_", " ")] += 1
            else:
                other[rule] += 1
    return [
        "Counted by what the request aimed at, in its words or by a stand-in or disguise for them. "
        "It says nothing about any applicant.",
        table(
            ("Characteristic the aim touched", "Requests"),
            alleged.most_common(),
            numeric=(1,),
            empty="No request aimed at a protected characteristic.",
        ),
        table(
            ("Other rule not satisfied", "Requests"),
            other.most_common(),
            numeric=(1,),
            empty="No other rule stood against a request.",
        ),
    ]


def _times(given: Quarter) -> str:
    hours = [one.hours for one in given.asked if one.hours is not None]
    if not hours:
        return "No referral was decided."
    return (
        f"Referrals decided: {len(hours)}. The middle one took {median(hours):.0f} hours, "
        f"the longest {max(hours):.0f}."
    )


def _patterns(given: Quarter) -> list[Block]:
    if not given.signals:
        return ["No pattern stands out."]
    rows: list[tuple[Cell, ...]] = [
        (
            plain(SIGNALS, one.name),
            one.message,
            one.figure,
            _first(one.requests, 8),
            _first(one.cases, 8),
        )
        for one in given.signals
    ]
    return [
        "With small numbers a pattern is a reason to read the cases, not a proof.",
        table(("Pattern", "What it means", "Figure", "Requests", "Applicants"), rows, numeric=(2,)),
    ]


def _gaps(given: Quarter) -> list[Block]:
    return [
        "Whoever searches one applicant's claim and not the like claim of another needs a reason "
        "that has nothing to do with the person.",
        table(
            ("Post", "Kind of claim", "Applicants searched", "Not searched"),
            [(one.vacancy, one.kind, one.searched, one.not_searched) for one in given.gaps],
            numeric=(2, 3),
            empty="None.",
        ),
    ]


def _actions(given: Quarter) -> list[Block]:
    return [
        Points(points=tuple(f"{one.at:%-d %B %Y}: {one.text}" for one in given.actions))
        if given.actions
        else "No action was written down in this quarter.",
        "From the quarter before:",
        Points(points=tuple(f"{one.at:%-d %B %Y}: {one.text}" for one in given.earlier))
        if given.earlier
        else "None.",
    ]


def equality_rows(given: Quarter) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The same report as one long table for a spreadsheet: section, item, figure, remark."""
    rows: list[tuple[Cell, ...]] = [
        ("period", "from", given.first, ""),
        ("period", "to", given.last, ""),
        ("requests", "asked for", len(given.asked), "" if given.asked else "nil return"),
    ]
    for verdict in audit.VERDICTS:
        number = sum(one.verdict == verdict for one in given.asked)
        rows.append(("requests", audit.VERDICT_WORDS[verdict], number, ""))
    for school, there in _grouped(given.asked, lambda one: one.trace.school).items():
        rows.append(("requests by school", school, len(there), ""))
    for rule, number in Counter(r for one in given.asked for r in set(one.trace.rules)).items():
        remark = given.characteristics.get(rule, "").replace("_", " ")
        rows.append(("rule not satisfied", rule, number, remark))
    for signal in given.signals:
        rows.append(("pattern", signal.name, signal.figure, _first(signal.requests, 20)))
    for gap in given.gaps:
        post = f"{gap.vacancy}: {gap.kind}"
        remark = f"{gap.searched} searched"
        rows.append(("comparable claims not searched", post, gap.not_searched, remark))
    for term in given.terms:
        for question, comparison in term.tables.items():
            shown = {rate.group: rate for rate in comparison.shown}
            for name in comparison.order:
                rate = shown.get(name)
                where = f"{term.term}: {question}"
                rows.append(
                    (where, name, rate.rate, f"{rate.searched} of {rate.applicants}")
                    if rate
                    else (where, name, "suppressed", "")
                )
    if not given.terms:
        rows.append(("figures by group", "terms published", 0, "nil return"))
    rows.append(("declared", "searches outside the tool", given.off_tool, ""))
    rows.append(("declared", "saw something protected", given.exposures, ""))
    rows += [("action", one.at.date(), one.text, "") for one in given.actions]
    return ("section", "item", "figure", "remark"), rows
