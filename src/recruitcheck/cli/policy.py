"""Commands about the policy pack: check it, read it, see what a change would change, adopt it."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group


def add(commands: Commands) -> None:
    """Add `policy`."""
    policy = group(commands, "policy", "the policy pack, in files that HR can read and change")
    check = command(policy, "check", "report every mistake in a pack at once", _check)
    _folder(check)
    show = command(policy, "show", "print the pack: grounds, sources, limits", _show)
    _folder(show)


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="DIR", type=Path, nargs="?", help="default: the pack in use here"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _check(arguments: argparse.Namespace) -> int:
    from recruitcheck.rules import grounds

    folder = grounds.find_folder(arguments.folder)
    problems = grounds.check(folder, datetime.now(UTC).date())
    for one in problems:
        kind = "warning" if one.warning else "mistake"
        place = f"{one.path}: {one.key}" if one.key else one.path
        talking.show(arguments, one, f"{kind}: {place}: {one.message}")
    wrong = sum(not one.warning for one in problems)
    say(f"{wrong} mistake(s), {len(problems) - wrong} warning(s) in {folder}.")
    return ExitCode.CHECK_FAILED if wrong else ExitCode.DONE


def _show(arguments: argparse.Namespace) -> int:
    from recruitcheck.rules import grounds

    pack = grounds.load(grounds.find_folder(arguments.folder))
    if arguments.json:
        made = {
            "digest": pack.digest,
            "version": pack.policy.version,
            "grounds": {id: ground.title for id, ground in pack.grounds.items()},
            "sources": {id: source.title for id, source in pack.sources.items()},
        }
        talking.show(arguments, made)
        return ExitCode.DONE
    print(f"{pack.policy.title}, version {pack.policy.version}")
    print(f"digest {pack.digest}")
    print("\nGrounds")
    for id, ground in sorted(pack.grounds.items()):
        print(f"  {id}: {ground.title}")
    print("\nSources")
    for id, source in sorted(pack.sources.items()):
        print(f"  {id}: {source.title} ({source.manner})")
    return ExitCode.DONE
