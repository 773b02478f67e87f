"""Commands for a witness: somebody outside who remembers heads and signs those that continue.

Requests and answers are files, carried by mail or on a stick; nothing of a case is in them.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, passphrase_options, register_options


def add(commands: Commands) -> None:
    """Add `witness`."""
    witness = group(commands, "witness", "somebody outside who vouches that nothing was rewritten")
    create = command(witness, "create", "make a witness's file; prints its verifier key", _create)
    create.add_argument("file", metavar="FILE", type=Path, help="the witness's own file")
    create.add_argument("name", metavar="NAME", help="such as auditor.example")
    passphrase_options(create)
    watch = command(witness, "watch", "begin to watch a register", _watch)
    watch.add_argument("file", metavar="FILE", type=Path, help="the witness's own file")
    watch.add_argument("key", metavar="VKEY-FILE", type=Path, help="`log.vkey` of its export")
    passphrase_options(watch)
    answer = command(witness, "answer", "sign a head that continues the last one seen", _answer)
    answer.add_argument("file", metavar="FILE", type=Path, help="the witness's own file")
    answer.add_argument("request", metavar="REQUEST", type=Path, help="what the register asked")
    passphrase_options(answer)
    enter = command(witness, "add", "enter a witness of this register", _add)
    enter.add_argument("key", metavar="VKEY", help="the witness's verifier key, or @FILE")
    register_options(enter)
    request = command(witness, "request", "write what this register asks of a witness", _request)
    request.add_argument("size", metavar="SIZE", type=int, help="entries it saw last; 0 at first")
    register_options(request)
    accept = command(witness, "accept", "keep a witness's answer", _accept)
    accept.add_argument("answer", metavar="ANSWER", type=Path, help="the file with its line")
    register_options(accept)


def _create(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import witness

    secret = talking.passphrase(arguments, new=True)
    print(witness.create(arguments.file, arguments.name, secret).vkey)
    return ExitCode.DONE


def _watch(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import witness

    mine = witness.opened(arguments.file, talking.passphrase(arguments))
    witness.watch(mine, talking.file_text(arguments.key))
    return ExitCode.DONE


def _answer(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import witness

    mine = witness.opened(arguments.file, talking.passphrase(arguments))
    asked = talking.file_text(arguments.request)
    print(witness.answer(mine, asked, datetime.now(UTC)), end="")
    return ExitCode.DONE


def _add(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import witness

    with talking.sit_down(arguments) as desk:
        desk.demand("people.manage")
        witness.add(desk.register, talking.words_or_file(arguments.key).strip())
    say("Its lines are checked from now on.")
    return ExitCode.DONE


def _request(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import witness

    with talking.sit_down(arguments) as desk:
        print(witness.request(desk.register, arguments.size), end="")
    return ExitCode.DONE


def _accept(arguments: argparse.Namespace) -> int:
    from recruitcheck.vault import witness

    line = talking.file_text(arguments.answer)
    with talking.sit_down(arguments) as desk:
        print(witness.accept(desk.register, line), end="")
    return ExitCode.DONE
