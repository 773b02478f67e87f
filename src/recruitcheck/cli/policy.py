"""Commands about the policy pack: check it, read it, see what a change would change, adopt it."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options
from recruitcheck.errors import BadInput


def add(commands: Commands) -> None:
    """Add `policy`."""
    policy = group(commands, "policy", "the policy pack, in files that HR can read and change")
    check = command(policy, "check", "report every mistake in a pack at once", _check)
    _folder(check)
    show = command(policy, "show", "print the pack as a paper (Markdown)", _show)
    _folder(show)
    compare = command(policy, "compare", "list every difference between two packs", _compare)
    compare.add_argument("new", metavar="NEW", type=Path, help="the folder of the changed pack")
    compare.add_argument("--old", metavar="DIR", type=Path, help="default: the pack in use here")
    compare.add_argument("--json", action="store_true", help="print JSON")
    replay = command(
        policy,
        "replay",
        "decide old requests again under a changed pack; nothing is recorded",
        _replay,
    )
    replay.add_argument("new", metavar="NEW", type=Path, help="the folder of the changed pack")
    register_options(replay)
    propose = command(policy, "propose", "propose a changed pack for this register", _propose)
    propose.add_argument("new", metavar="NEW", type=Path, help="the folder of the changed pack")
    propose.add_argument("--why", required=True, metavar="TEXT", help="the reason, or @FILE")
    register_options(propose)
    adopt = command(policy, "adopt", "adopt a pack that somebody else proposed", _adopt)
    adopt.add_argument("proposal", metavar="PROPOSAL", help="the proposal, such as Z-7F3K2M9Q")
    adopt.add_argument("new", metavar="NEW", type=Path, help="the folder of the changed pack")
    register_options(adopt)


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="DIR", type=Path, nargs="?", help="default: the pack in use here"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _check(arguments: argparse.Namespace) -> int:
    from recruitcheck.rules import grounds
    from recruitcheck.steps import packplace
    from recruitcheck.vault import ownplace

    if arguments.folder is not None and not arguments.folder.is_dir():
        raise BadInput(f"{arguments.folder} is no folder.", "Name the folder of a policy pack.")
    folder = packplace.find(ownplace.own(), arguments.folder)
    problems = grounds.check(folder, datetime.now(UTC).date())
    for one in problems:
        kind = "warning" if one.warning else "mistake"
        place = f"{one.path}: {one.key}" if one.key else one.path
        talking.show(arguments, one, f"{kind}: {place}: {one.message}")
    wrong = sum(not one.warning for one in problems)
    say(f"{wrong} mistake(s), {len(problems) - wrong} warning(s) in {folder}.")
    return ExitCode.CHECK_FAILED if wrong else ExitCode.DONE


def _show(arguments: argparse.Namespace) -> int:
    from recruitcheck.rules import grounds, policytools
    from recruitcheck.steps import packplace
    from recruitcheck.vault import ownplace

    pack = grounds.load(packplace.find(ownplace.own(), arguments.folder))
    made = {
        "digest": pack.digest,
        "version": pack.policy.version,
        "grounds": {id: ground.title for id, ground in pack.grounds.items()},
        "sources": {id: source.title for id, source in pack.sources.items()},
    }
    talking.show(arguments, made, policytools.show(pack))
    return ExitCode.DONE


def _compare(arguments: argparse.Namespace) -> int:
    from recruitcheck.rules import grounds, policytools
    from recruitcheck.steps import packplace
    from recruitcheck.vault import ownplace

    old = grounds.load(packplace.find(ownplace.own(), arguments.old))
    new = grounds.load(grounds.find_folder(arguments.new))
    for one in policytools.compare(old, new):
        words = f"{one.key}\n  - {one.before or '(nothing)'}\n  + {one.after or '(nothing)'}"
        talking.show(arguments, one, words)
    return ExitCode.DONE


def _replay(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import policy

    with talking.sit_down(arguments) as desk:
        changed = 0
        for one in policy.replay(desk, arguments.new):
            rules = ", ".join(one.rules)
            differs = one.before is not one.after
            changed += differs
            words = f"{one.id}  {one.before} -> {one.after}  {rules}"
            talking.show(arguments, one, *([words] if differs else []))
        say(f"{changed} request(s) would be decided differently.")
    return ExitCode.DONE


def _propose(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import policy

    why = talking.words_or_file(arguments.why)
    with talking.sit_down(arguments) as desk:
        made = policy.propose(desk, arguments.new, why)
        talking.show(arguments, made, f"{made.id}  version {made.version}, {made.digest}")
    say(f"With the same files somebody else runs `recruitcheck policy adopt {made.id} FOLDER`.")
    return ExitCode.DONE


def _adopt(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import packplace, policy

    with talking.sit_down(arguments) as desk:
        made = policy.adopt(desk, arguments.proposal, arguments.new)
        talking.show(arguments, made, f"{made.id}  version {made.version} is in force.")
        put = packplace.find(str(desk.register.where), None)
    say(f"It holds from the next unlocking, from {put}.")
    return ExitCode.DONE
