"""Who may take which step: one table that every step asks, and the two-person rules.

The split follows the Equality Act 2010 aim of section 7 of the policy (nobody who decides on an
appointment sees what a search showed) and the Acas advice that the person who looks, the person
who decides and the person who reviews are different people. A person may hold several roles, but
never both sides of one case: that is what `made_by` is for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from recruitcheck.errors import NotPermitted
from recruitcheck.records import Person, Role

_R, _H, _E = Role.RECRUITER, Role.HR, Role.EQUALITY

_TITLES = {_R: "a recruiter", _H: "HR", _E: "an equality reviewer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Who may take a step."""

    roles: frozenset[Role]
    words: str
    """The step in plain words, to follow "may not"."""
    starts: bool = False
    """It starts something new; a lapsed training attestation does not allow it."""


def _may(words: str, *roles: Role, starts: bool = False) -> Permission:
    return Permission(roles=frozenset(roles), words=words, starts=starts)


TABLE: Mapping[str, Permission] = MappingProxyType(
    {
        # the flow
        "vacancy.add": _may("add a vacancy", _R, _H, starts=True),
        "vacancy.change": _may("change a vacancy", _R, _H),
        "applicant.add": _may("add an applicant", _R, _H, starts=True),
        "document.add": _may("add an application document", _R, _H),
        "claim.mark": _may("mark a claim", _R),
        "justify": _may("ask for a search", _R, starts=True),
        "referral.read": _may("read referrals", _E),
        "referral.decide": _may("decide a referral", _E),
        "referral.appeal": _may("appeal against a decision", _R),
        "grant.take_up": _may("take up a grant", _R),
        "grant.revoke": _may("revoke a grant", _R, _H),
        "lookup": _may("use a grant", _R),
        "evidence.keep": _may("keep evidence", _R),
        "finding.record": _may("record a finding", _R),
        "reply.invite": _may("invite the applicant to reply", _R, _H),
        "reply.record": _may("record the applicant's reply", _R, _H),
        "reply.weigh": _may("weigh the applicant's reply", _R, _H),
        "panel.line": _may("give the panel its line", _R, _H),
        "case.share": _may("hand a case over", _R, _H),
        # oversight
        "audit.read": _may("read the audit list", _H),
        "audit.note": _may("write an audit note", _H),
        "audit.answer": _may("answer a question from HR", _R, _H),
        "audit.export": _may("export the audit list", _H),
        "equality.read": _may("read the equality figures", _E),
        "equality.write": _may("write an equality review", _E),
        "monitoring.import": _may("import monitoring answers", _E),
        "hold.set": _may("pause destruction", _H),
        "retention.read": _may("see what is due for destruction", _H),
        "retention.run": _may("destroy what is due", _H),
        "access.bundle": _may("make an access bundle", _H),
        "breach.pack": _may("make a breach pack", _H),
        "papers.make": _may("make papers for others", _H),
        "objection.answer": _may("answer an objection", _H),
        "objection.record": _may("record an objection", _R, _H),
        "declaration.make": _may("make a declaration", _R, _H, _E),
        "sourcing.find": _may("look for candidates", _R, starts=True),
        # the register
        "people.manage": _may("invite or admit people", _H),
        "training.record": _may("record a training attestation", _H),
        "policy.propose": _may("propose a policy pack", _H),
        "policy.adopt": _may("adopt a policy pack", _H, _E),
    }
)


def why_not(
    step: str,
    person: Person,
    *,
    made_by: Collection[str] = (),
    only: Collection[str] | None = None,
    today: date | None = None,
) -> str:
    """Say why the person may not take the step; empty if they may.

    Args:
        step: a key of `TABLE`.
        person: who wants to take it.
        made_by: ids of people whose own act this step would judge; nobody reviews their own act.
        only: ids of the people to whom the step is reserved, such as the holder of a grant.
        today: for the training attestation; None leaves that question out.

    Raises:
        KeyError: there is no such step.
    """
    permission = TABLE[step]
    if person.left_at is not None:
        return f"{person.name} has left and may not {permission.words}."
    if not permission.roles & frozenset(person.roles):
        wanted = " or ".join(_TITLES[r] for r in Role if r in permission.roles)
        return f"Only {wanted} may {permission.words}."
    if person.id in made_by:
        return f"Nobody reviews their own act: somebody else must {permission.words} here."
    if only is not None and person.id not in only:
        return f"You may not {permission.words} here: it is reserved to the person named for it."
    if permission.starts and today and person.trained_until and person.trained_until < today:
        return (
            f"Your training attestation ended on {person.trained_until:%-d %B %Y}; "
            f"until it is renewed you may read and finish, but not {permission.words}."
        )
    return ""


def demand(
    step: str,
    person: Person,
    *,
    made_by: Collection[str] = (),
    only: Collection[str] | None = None,
    today: date | None = None,
) -> None:
    """Like `why_not`, for steps.

    Raises:
        NotPermitted: with the reason in plain words and whom to ask.
    """
    reason = why_not(step, person, made_by=made_by, only=only, today=today)
    if reason:
        raise NotPermitted(reason, "Ask HR in your trust who can do it.")
