"""`recruitcheck --plain`: the same questions as numbered prompts, one line after the other.

Nothing is redrawn, nothing moves and nothing is told by colour, so that a screen reader reads it in
order. The questions, steps and words are those of the screens.
"""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from recruitcheck.cli.plain.asking import Talk
from recruitcheck.tui.text import role_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recruitcheck.records import Person
    from recruitcheck.steps.desk import Desk

_TRIES = 3
"""Passphrases a person may type before plain mode ends."""


def run_plain(
    where: str,
    *,
    talk: Talk | None = None,
    desk_factory: Callable[[str, str, str], Desk] | None = None,
) -> int:
    """Unlock and work through numbered prompts until the person leaves; returns the exit code."""
    from recruitcheck.steps.desk import open_desk
    from recruitcheck.vault import register

    talk = talk or Talk(read=input, say=print, secret=getpass.getpass)
    try:
        return _session(talk, where, register.people(where), desk_factory or open_desk)
    except EOFError:  # the end of the input: Ctrl+D, or a script that ran out of answers
        talk.tell("\nThe input ended. A question left open was not recorded.")
        return 0


def _session(
    talk: Talk, where: str, known: Sequence[Person], factory: Callable[[str, str, str], Desk]
) -> int:
    talk.tell("recruitcheck in plain mode. What you do here is recorded.")
    names = sorted((p.name for p in known if p.admitted_at and not p.left_at), key=str.casefold)
    person = talk.choose("Who are you?", [(name, name) for name in names], leave="Leave")
    if person is None:
        return 0
    desk = _unlocked(talk, where, person, factory)
    talk.tell(f"Unlocked for {desk.me.name}, {role_words(desk.me.roles)}.")
    try:
        _desk(talk, desk)
    finally:
        desk.register.close()
    talk.tell("Locked. Goodbye.")
    return 0


def _unlocked(talk: Talk, where: str, person: str, opens: Callable[[str, str, str], Desk]) -> Desk:
    """The person's desk; a passphrase that does not fit is asked for again.

    Raises:
        KeyringError: none of three fitted.
    """
    from recruitcheck.errors import KeyringError

    for left in range(_TRIES - 1, -1, -1):
        passphrase = talk.secret("Your passphrase: ")
        talk.tell("Working out your key; this takes a moment on purpose.")
        try:
            return opens(where, person, passphrase)
        except KeyringError as error:
            if not left:
                raise
            talk.tell(f"{error.message} Please try again; Ctrl+C ends.")
    raise AssertionError("the last try returns or raises")


def _desk(talk: Talk, desk: Desk) -> None:
    """The parts of the person's desk, again and again until they leave."""
    from recruitcheck.cli.plain import oversight, recruiting
    from recruitcheck.records import Role

    parts = []
    if Role.RECRUITER in desk.me.roles:
        parts.append(("recruiter", "Cases: what to do next"))
    if Role.HR in desk.me.roles:
        parts.append(("hr", "Audit: every search asked for"))
        parts.append(("verify", "Verify the register"))
    if Role.EQUALITY in desk.me.roles:
        parts.append(("equality", "Referrals: decide without the name"))
    while (part := talk.choose("What would you like to do?", parts, leave="Leave")) is not None:
        with talk.troubles():
            if part == "recruiter":
                recruiting.work(talk, desk)
            elif part == "hr":
                oversight.audit(talk, desk)
            elif part == "verify":
                oversight.verify(talk, desk)
            else:
                oversight.referrals(talk, desk)
