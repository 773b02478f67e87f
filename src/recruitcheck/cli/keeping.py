"""Commands about the ledger itself: verify, export, receipts, backups."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, person_options, register_options


def add(commands: Commands) -> None:
    """Add `verify`, `ledger`, `receipt`, `backup` and `restore`."""
    _add_proofs(commands)
    _add_backups(commands)


def _add_proofs(commands: Commands) -> None:
    verify = command(
        commands,
        "verify",
        "check everything: tree, signatures, chains, flow rules, boxes",
        _verify,
        more="The public part needs no passphrase. Exit code 1: a problem was found.",
    )
    verify.add_argument(
        "--against", metavar="CHECKPOINT", type=Path, help="a signed note kept elsewhere"
    )
    register_options(verify)
    export = command(
        group(commands, "ledger", "the ledger in a form that other programs check"),
        "export",
        "write entries, proofs and the signed checkpoint",
        _export,
    )
    export.add_argument("folder", metavar="DIR", type=Path, help="the folder to write to")
    export.add_argument("--entries", metavar="all|N,M-K", default="all", help="which entries")
    export.add_argument("--since", metavar="CHECKPOINT", type=Path, help="an earlier signed note")
    export.add_argument(
        "--tiles", action="store_true", help="add the whole log in tiles (C2SP tlog-tiles)"
    )
    register_options(export, person=False)
    person_options(export)
    receipt = command(
        commands,
        "receipt",
        "write, or check, one file by which an applicant can prove what was searched",
        _receipt,
        more="`receipt APPLICANT FILE` writes; `receipt check FILE` needs no register.",
    )
    receipt.add_argument("applicant", metavar="APPLICANT", help="the pseudonym, or the word check")
    receipt.add_argument("file", metavar="FILE", type=Path, help="the receipt")
    receipt.add_argument(
        "--checkpoint", metavar="C", type=Path, help="check against this signed note too"
    )
    receipt.add_argument(
        "--to",
        metavar="AGE-KEY",
        action="append",
        default=[],
        help="seal the file to the holder of this public key (age1...); repeat for several",
    )
    register_options(receipt)


def _add_backups(commands: Commands) -> None:
    backup = command(
        commands,
        "backup",
        "save ledger and key store, apart, while people work",
        _backup,
        more="Keep the key store's backups for less time than the shortest retention.",
    )
    backup.add_argument("ledger", metavar="LEDGER-FILE", type=Path, help="everything but keys")
    backup.add_argument("keys", metavar="KEYS-FILE", type=Path, help="the key store alone")
    register_options(backup, person=False)
    restore = command(commands, "restore", "put backups back into a new folder", _restore)
    restore.add_argument("ledger", metavar="LEDGER-FILE", type=Path, help="everything but keys")
    restore.add_argument("folder", metavar="DIR", type=Path, help="the new folder")
    restore.add_argument("--keys", metavar="KEYS-FILE", type=Path, help="the key store")


def _verify(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import verify

    place = talking.where(arguments)
    if arguments.as_:
        with talking.sit_down(arguments) as desk:
            found = verify.verify(place, against=arguments.against, register=desk.register)
    else:
        found = verify.verify(place, against=arguments.against)
    if arguments.json:
        talking.show(arguments, found)
    else:
        for problem in found.problems:
            where = "register" if problem.index is None else f"entry {problem.index}"
            print(f"{where}: {problem.kind}: {problem.message}")
        print(f"{'sound' if found.ok else 'NOT SOUND'}: {found.size} entries, root {found.root}")
    if not arguments.as_:
        say("The public part was checked. With --as NAME your own boxes are opened too.")
    return ExitCode.DONE if found.ok else ExitCode.CHECK_FAILED


def _export(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import export

    place, folder = talking.where(arguments), arguments.folder
    with ExitStack() as unlocked:
        # Somebody who unlocks signs the head as it is now; without, the last signed one is used.
        desk = unlocked.enter_context(talking.sit_down(arguments)) if arguments.as_ else None
        export.export(
            place,
            folder,
            entries=arguments.entries,
            since=arguments.since,
            whole=arguments.tiles,
            register=desk.register if desk else None,
        )
    say(f"Written to {arguments.folder}.")
    return ExitCode.DONE


def _receipt(arguments: argparse.Namespace) -> int:
    if arguments.applicant == "check":
        return _check_receipt(arguments)
    from recruitcheck.steps import rights

    with talking.sit_down(arguments) as desk:
        texts = rights.receipt(desk, arguments.applicant, arguments.file, to=arguments.to)
    made = {"file": str(arguments.file), "texts": texts}
    talking.show(arguments, made, f"{arguments.file}: {texts} text(s).")
    return ExitCode.DONE


def _check_receipt(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import export

    found = export.check_receipt(arguments.file, checkpoint=arguments.checkpoint)
    lines = [f"{fault.kind}: {fault.message}" for fault in found.problems]
    talking.show(arguments, found, *lines, "sound" if found.ok else "NOT SOUND")
    return ExitCode.DONE if found.ok else ExitCode.CHECK_FAILED


def _backup(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import backup

    place = talking.where(arguments)
    for save, target in (
        (backup.save_ledger, arguments.ledger),
        (backup.save_keys, arguments.keys),
    ):
        say(f"Saved {save(place, target)}.")
    return ExitCode.DONE


def _restore(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import backup

    found = backup.restore(arguments.ledger, arguments.keys, arguments.folder)
    for fault in found.problems:
        say(f"{fault.kind}: {fault.message}")
    say(f"Restored {found.size} entries to {arguments.folder}.")
    if arguments.keys is None:
        say("Without the key store (--keys) it can be verified, and nobody can unlock it.")
    return ExitCode.DONE if found.ok else ExitCode.CHECK_FAILED
