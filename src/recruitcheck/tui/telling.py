"""A record told in words: the parts of one request, for the screen and for plain mode alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from recruitcheck.records import Verdict
from recruitcheck.reports.names import ENTRIES, LOOKS, plain
from recruitcheck.tui.text import here

if TYPE_CHECKING:
    from recruitcheck.records import Decision, Grant, Referral
    from recruitcheck.steps.desk import Desk


_VERDICTS = {
    Verdict.PERMIT: "✓ permitted",
    Verdict.REFER: "◆ referred to an equality reviewer",
    Verdict.REFUSE: "✗ refused",
}


def judgement(judged: str) -> str:
    """A judgement of a passage, in the words of the button that gave it."""
    return "says nothing" if judged == "neither" else judged


def names(desk: Desk) -> dict[str, str]:
    """What ids stand for: the people here, and the grounds and sources of the policy pack."""
    pack = desk.pack
    return {
        **{id: ground.title for id, ground in pack.grounds.items()},
        **{id: source.title for id, source in pack.sources.items()},
        **{person.id: person.name for person in desk.register.people()},
    }


def parts(file: Any, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """(title, text) of every part that has something in it, in the order of the flow."""
    told = [
        ("Destroyed", "The content was destroyed as the policy demands; the entries below are left."
         if file.destroyed else ""),
        ("The claim", f"“{file.claim.quote}”\nwhere it stands: …{file.before}{file.claim.quote}"
         f"{file.after}…" if file.claim else ""),
        ("Why it was to be checked", justification(file, names)),
        ("Decision", decision(file.decision, rules=True) if file.decision else ""),
        ("Referral", "\n".join(
            f"{r.verdict or 'waiting'} · due {r.due:%-d %b} · {r.why}" for r in file.referrals)),
        ("Looked at", looked(file)),
        ("Kept", "\n".join(
            f"{judgement(judged)}: “{p.text}”  {p.address}" for e in file.evidence
            for p, judged in zip(e.passages, e.judgements, strict=True))),
        ("Finding, reply, panel", "\n".join([
            *(f"{f.result}{f' · same person by: {f.identity}' * bool(f.identity)} {f.note}"
              .replace("_", " ").strip() for f in file.findings),
            *(f"reply {r.state}: {r.text or '–'} · weighed: {r.weighing or '–'}"
              + (f" ({r.weight.words})" if r.weight else "")
              for r in file.replies),
            *(f"panel: {line.text}" for line in file.panel_lines)])),
        ("Notes and questions", "\n".join(
            f"{here(r.at):%-d %b %H:%M}  {names.get(r.by, r.by)}  {r.kind}: {r.text}"
            for r in file.reviews)),
        ("Entries of the ledger", "\n".join(
            f"{e.seq:05}  {here(e.at):%-d %b %y %H:%M}  {plain(ENTRIES, e.type):<38} "
            f"{names.get(e.author, e.author)}"
            for e in file.entries)),
    ]  # fmt: skip
    return [(title, text) for title, text in told if text]


def section(clause: str) -> str:
    """Where in the policy a clause stands, as people say it."""
    number, _, rest = clause.partition("(")
    return f"policy, section {clause if len(rest) == 2 else number}"  # 7(a) is printed so


def decision(held: Any, *, rules: bool = False) -> str:
    """A decision: the verdict, what did not hold and how to mend it, and the query; with the ids
    of its `rules` for HR, who filters by them."""
    failed = [reason for reason in held.reasons if not reason.holds]
    count = len(held.reasons)
    do = "does" if len(failed) == 1 else "do"
    stands = (
        f"{len(failed)} of {count} rules {do} not hold" if failed else f"all {count} rules hold"
    )
    lines = [f"{_VERDICTS[held.verdict]}: {stands}"]
    contacts: dict[str, None] = {}
    for reason in failed:
        mend, contact = reason.mend_and_contact
        rule = f"; rule {reason.rule}" if rules else ""
        lines.append(f"✗ {reason.message} ({section(reason.clause)}{rule})")
        if mend:
            lines.append(f"  → {mend}")
        if contact:
            contacts[contact] = None
    lines += contacts
    if held.query:
        lines.append("query: " + " ".join(word.text for word in held.query))
    return "\n".join(lines)


def heard(told: str) -> str:
    """A told decision for somebody who hears it: words where signs stand."""
    verdict, line, rest = told.partition("\n")
    rest = rest.replace("✗ ", "Does not hold: ").replace("  → ", "To mend it: ")
    return verdict.partition(" ")[2] + line + rest


def what_now(  # noqa: PLR0911  # one answer for each outcome
    decision: Decision,
    grant: Grant | None,
    referral: Referral | None,
    *,
    now: datetime,
    letter: bool = False,
    mine: bool = True,
) -> str:
    """What a decision leads to. `letter`: the claim names nowhere to look, and the applicant is to
    be asked; `mine`: the permission is this person's."""
    if grant is not None:
        if grant.not_after and now >= grant.not_after:
            return "The permission has ended; ask again if it is still needed."
        ends = f" It ends on {here(grant.not_after):%-d %B at %H:%M}." if grant.not_after else ""
        if letter:
            told = "It may be checked, but the claim names nowhere to look. The letter asks the "
            return f"{told}applicant for the address or the item.{ends}"
        if not mine:
            return f"The person named for it may look now.{ends}"
        return f"You may look now, at this and nothing else.{ends}"
    if referral is not None and referral.verdict is None:
        told = f"A reviewer decides by {referral.due:%-d %B}, without seeing the name."
        return f"{told} Nothing can be looked at until then."
    if referral is not None:
        said = "yes" if referral.verdict is Verdict.PERMIT else "no"
        return f"The reviewer's answer is {said}: {referral.why}"
    if decision.verdict is Verdict.PERMIT:
        return "The permission was taken back; nothing can be looked at."
    return "Nothing was looked at. The reasons say what would make a proper request."


def justification(file: Any, names: Mapping[str, str]) -> str:
    """The structured answers, line by line."""
    held = file.justification
    if held is None:
        return ""
    wanted = next(
        (
            r.text
            for r in (file.vacancy.requirements if file.vacancy else ())
            if r.id == held.requirement
        ),
        held.requirement,
    )
    return "\n".join(
        (
            f"asked by:  {names.get(held.by, held.by)}"
            + (f", {here(held.at):%-d %b %Y %H:%M}" if held.at else ""),
            f"ground:    {names.get(held.ground, held.ground)}",
            f"line:      {wanted}",
            f"reason:    {held.reason}",
            f"tried:     {held.route.words}: {held.route_note}",
            f"confirms:  {held.confirms}",
            f"refutes:   {held.refutes}",
            f"source:    {names.get(held.source, held.source)}",
            f"looks:     {names.get(held.holder, held.holder)}",
        )
    ) + (f"\nnote:      {held.note}" if held.note else "")


def looked(file: Any) -> str:
    """Every look, every address asked, and how much was withheld."""
    withheld = {w.lookup: w for w in file.withheld}
    lines = []
    for sight in file.sights:
        look = sight.lookup
        lines.append(
            f"{here(look.at):%-d %b %H:%M}  {plain(LOOKS, look.kind)}: {look.outcome}  "
            f"{look.address}"
        )
        lines += [f"    {a.outcome}  {a.address}  {a.message}" for a in sight.attempts]
        held = withheld.get(look.id)
        if held is not None:
            lines.append(
                f"    shown {len(sight.passages)} · withheld: {held.unrelated} not about "
                f"the claim, {held.personal} personal"
            )
    return "\n".join(lines)
