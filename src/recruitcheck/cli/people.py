"""Commands for people who hold keys: who comes and goes, their own keys, handing a case over."""

from __future__ import annotations

import argparse
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options
from recruitcheck.records import Person, Role


def add(commands: Commands) -> None:
    """Add `people`."""
    people = group(commands, "people", "people who hold keys, and their roles")
    register_options(command(people, "list", "list the people of this register", _list))
    invite = command(people, "invite", "invite somebody; prints the code to give them", _invite)
    invite.add_argument("person", metavar="NAME", help="the person's name")
    invite.add_argument(
        "--role",
        action="append",
        required=True,
        choices=talking.choices(Role),
        help="what they may do; repeat for several roles",
    )
    register_options(invite)
    join = command(
        people,
        "join",
        "make your own keys with the code you were given",
        _join,
        more="Asks for a new passphrase. Afterwards HR admits you.",
    )
    join.add_argument("code", metavar="CODE", help="the invitation code, or @FILE, or -")
    register_options(join)
    for name, does, do in (
        ("new-code", "a new code for somebody whose passphrase is lost; prints it", _new_code),
        ("admit", "admit somebody who has joined", _admit),
        ("leave", "record that somebody left, or take an unused invitation back", _leave),
        ("deputy", "HR: name the reviewer who decides referrals past their day", _deputy),
    ):
        made = command(people, name, does, do)
        made.add_argument("person", metavar="NAME", help="the person's name")
        register_options(made)
    _own_keys(people)


def _own_keys(people: Commands) -> None:
    """What somebody does about their own training, passphrase, keys and cases."""
    trained = command(people, "trained", "record until when a training attestation holds", _trained)
    trained.add_argument("person", metavar="NAME", help="the person's name")
    trained.add_argument("until", metavar="DAY", type=talking.day, help="the last day it holds")
    register_options(trained)
    changed = command(people, "passphrase", "change your own passphrase", _passphrase)
    changed.add_argument(
        "--new-passphrase-file", metavar="FILE", type=Path, help="the new one (default: prompt)"
    )
    register_options(changed)
    recover = command(people, "recover", "new keys with the code of the recovery sheet", _recover)
    recover.add_argument(
        "code", metavar="CODE", help="the recovery code, or a line of two sheets, or @FILE, or -"
    )
    register_options(recover)
    share = command(people, "share", "hand a case over to somebody", _share)
    talking.applicant_argument(share)
    share.add_argument("person", metavar="NAME", help="the person's name")
    register_options(share)


def _list(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import register

    for one in register.people(talking.where(arguments)):
        roles = ", ".join(one.roles)
        talking.show(arguments, one, f"{one.id}  {one.name}  {roles or '-'}  {_state(one)}")
    return ExitCode.DONE


def _state(one: Person) -> str:
    if one.left_at:
        return "left"
    if one.admitted_at:
        return "admitted"
    return "joined, waits for HR" if one.waiting else "invited, has not joined"


def _invite(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import people

    roles = [Role(role) for role in arguments.role]
    with talking.sit_down(arguments) as desk:
        code = people.invite(desk, arguments.person, roles)
        talking.show(arguments, {"person": arguments.person, "code": code}, code)
    say("Give this code to the person yourself. It works once.")
    return ExitCode.DONE


def _new_code(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import people

    with talking.sit_down(arguments) as desk:
        code = people.new_code(desk, arguments.person)
        talking.show(arguments, {"person": arguments.person, "code": code}, code)
    say("Give this code to the person yourself. They join with it; then admit them again.")
    return ExitCode.DONE


def _join(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import register

    code = talking.words_or_file(arguments.code).strip()
    opened = register.open_register(talking.where(arguments))
    try:
        person = opened.join(code, talking.passphrase(arguments, new=True))
        talking.show(arguments, person, f"{person.id}  {person.name}")
    finally:
        opened.close()
    say("Your keys are made. Ask HR to admit you.")
    return ExitCode.DONE


def _admit(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import people

    with talking.sit_down(arguments) as desk:
        one = people.admit(desk, arguments.person)
        talking.show(arguments, one, f"{one.id}  {one.name} is admitted.")
    return ExitCode.DONE


def _leave(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import exceptions, people

    with talking.sit_down(arguments) as desk:
        one = people.leave(desk, arguments.person)
        what = "has left." if one.admitted_at else "was invited; that is taken back."
        talking.show(arguments, one, f"{one.id}  {one.name} {what}")
        alone = ", ".join(case.applicant for case in exceptions.left_alone(desk))
    if alone:
        say(f"No recruiter is left on {alone}. Hand over: `recruitcheck people share CASE NAME`.")
    return ExitCode.DONE


def _deputy(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import people

    with talking.sit_down(arguments) as desk:
        one = people.name_deputy(desk, arguments.person)
        talking.show(arguments, one, f"{one.name} decides referrals past their day.")
    return ExitCode.DONE


def _trained(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import people

    with talking.sit_down(arguments) as desk:
        one = people.attest_training(desk, arguments.person, arguments.until)
        talking.show(arguments, one, f"{one.id}  {one.name}, trained until {arguments.until}")
    return ExitCode.DONE


def _passphrase(arguments: argparse.Namespace) -> int:
    old = talking.passphrase(arguments)
    given = argparse.Namespace(passphrase_file=arguments.new_passphrase_file, passphrase_fd=None)
    new = talking.passphrase(given, new=True)
    with talking.sit_down(arguments, secret=old) as desk:
        desk.register.change_passphrase(old, new)
        talking.show(arguments, desk.me, "Your passphrase is changed.")
    return ExitCode.DONE


def _recover(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import register

    code = talking.words_or_file(arguments.code).strip()
    who = talking.name(arguments)
    opened = register.open_register(talking.where(arguments))
    try:
        person = opened.recover(code, who, talking.passphrase(arguments, new=True))
        talking.show(arguments, person, f"{person.id}  {person.name} has new keys.")
    finally:
        opened.close()
    say("The use of the recovery code is an entry. Make sure that HR knows why.")
    return ExitCode.DONE


def _share(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import people

    with talking.sit_down(arguments) as desk:
        people.share_case(desk, arguments.applicant, arguments.person)
        made = {"applicant": arguments.applicant, "person": arguments.person}
        talking.show(arguments, made, f"{arguments.person} can now read {arguments.applicant}.")
    return ExitCode.DONE
