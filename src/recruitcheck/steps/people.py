"""People and keys: invite, join, admit, leave, training. Each is an entry of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from recruitcheck.errors import BadInput, NotFound
from recruitcheck.records import Applicant, Draft, Person, Role
from recruitcheck.steps.desk import Desk, box


def everyone(desk: Desk) -> tuple[Person, ...]:
    """All people of the register, those who left included."""
    return desk.register.people()


def person(desk: Desk, who: str) -> Person:
    """A person by id or name.

    Raises:
        NotFound: nobody of that id or name.
    """
    for one in desk.register.people():
        if who in (one.id, one.name):
            return one
    raise NotFound(
        f"Nobody called {who!r} is known here.",
        "Invite them first, or choose from the list of people.",
    )


def invite(desk: Desk, name: str, roles: Sequence[Role]) -> str:
    """Invite somebody; returns the invitation code to be given to them in person.

    Raises:
        NotPermitted: only hr invites.
        BadInput: no name, no role, or the name is taken.
    """
    desk.demand("people.manage")
    if not name.strip() or not roles:
        raise BadInput("An invitation needs a name and at least one role.", "Fill in both.")
    return desk.register.invite(name.strip(), tuple(roles))


def new_code(desk: Desk, who: str) -> str:
    """A new invitation code for somebody who lost their passphrase; cases and roles stay theirs.

    Raises:
        NotPermitted: only hr, and never for oneself.
        BadInput: they have left.
    """
    lost = person(desk, who)
    desk.demand("people.manage", made_by=(lost.id,))
    return desk.register.reinvite(lost.id)


def admit(desk: Desk, who: str) -> Person:
    """Admit somebody who made their keys; from now on they can open what their roles may.

    Raises:
        NotPermitted: only hr admits.
        NotFound: they have not joined yet.
    """
    desk.demand("people.manage")
    return desk.register.admit(person(desk, who).id)


def leave(desk: Desk, who: str) -> Person:
    """Record that somebody left: their roles get new keys that they do not have.

    Raises:
        NotPermitted: only hr, and never for oneself.
    """
    leaver = person(desk, who)
    desk.demand("people.manage", made_by=(leaver.id,))
    desk.register.leave(leaver.id)
    return person(desk, leaver.id)


def attest_training(desk: Desk, who: str, until: date) -> Person:
    """Record until when somebody's training attestation holds (policy 3.2).

    Raises:
        NotPermitted: only hr, and never for oneself.
    """
    trained = person(desk, who)
    desk.demand("training.record", made_by=(trained.id,))
    return desk.register.attest_training(trained.id, until)


def takers(desk: Desk) -> tuple[Person, ...]:
    """Those to whom a case may be handed; never a mere equality reviewer, who decides blind."""
    return tuple(
        one
        for one in desk.register.people()
        if one.admitted_at and not one.left_at and {Role.RECRUITER, Role.HR} & set(one.roles)
    )


def share_case(desk: Desk, applicant: str, who: str) -> None:
    """Hand a case over: that person can read what is and will be in it. An entry says so.

    Raises:
        NotPermitted: not this person's step.
        NotFound: there is no such applicant.
        Sealed: the case is not yours to share.
        BadInput: the other holds no key now, or is an equality reviewer and nothing else.
    """
    desk.demand("case.share")
    desk.get(Applicant, applicant)
    receiver = person(desk, who)
    if receiver not in takers(desk):
        raise BadInput(
            f"A case cannot be handed to {receiver.name}.",
            "Choose a recruiter or somebody in HR who is admitted; an equality reviewer decides "
            "without knowing whose request it is.",
        )
    desk.enter(Draft(type="case-shared", subject=applicant, case=applicant, refs=(receiver.id,)))
    desk.register.share(applicant, "case", receiver.id)


def name_deputy(desk: Desk, who: str) -> Person:
    """Name the equality reviewer to whom referrals go once their deadline has passed.

    Raises:
        NotPermitted: only hr names a deputy.
        BadInput: the person does not hold the equality role.
    """
    desk.demand("people.manage")
    deputy = person(desk, who)
    if Role.EQUALITY not in deputy.roles:
        raise BadInput(
            f"{deputy.name} is no equality reviewer.", "Name somebody who holds that role."
        )
    settings = replace(desk.settings(), deputy=deputy.id)
    desk.enter(
        Draft(
            type="settings",
            subject="settings",
            refs=(deputy.id,),
            boxes={"staff": box(settings)},
        )
    )
    return deputy
