"""Commands about the program: demo, serve, doctor, completion."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode
from recruitcheck.cli.talking import Commands, command, register_options


def add(commands: Commands) -> None:
    """Add `demo`, `doctor` and `completion`."""
    demo = command(
        commands,
        "demo",
        "play the whole flow with an invented trust; nothing leaves this computer",
        _demo,
        more="On a terminal the app opens on that register; otherwise the story is printed.",
    )
    demo.add_argument("--plain", action="store_true", help="print the story, do not open the app")
    demo.add_argument("--register", metavar="DIR", type=Path, help="keep the register in DIR")
    doctor = command(
        commands,
        "doctor",
        "say what is installed, where things lie, and what is wrong",
        _doctor,
        more="Contains no personal data. Exit code 1: something is wrong.",
    )
    register_options(doctor, person=False)
    doctor.add_argument("--json", action="store_true", help="print JSON")
    completion = command(commands, "completion", "print a shell's completion script", _completion)
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="which shell")


def _demo(arguments: argparse.Namespace) -> int:
    from recruitcheck import demo

    screen = not arguments.plain and sys.stdin.isatty() and sys.stdout.isatty()
    if screen:
        return demo.play_in_app(arguments.register)
    return demo.play_plain(arguments.register)


def _doctor(arguments: argparse.Namespace) -> int:
    from recruitcheck.cli import doctor

    findings = doctor.examine(talking.where(arguments))
    for one in findings:
        talking.show(arguments, doctor.as_record(one), doctor.as_line(one))
    return ExitCode.DONE if all(one.well for one in findings) else ExitCode.CHECK_FAILED


def _completion(arguments: argparse.Namespace) -> int:
    import shtab

    from recruitcheck.cli import parser

    print(shtab.complete(parser.build(), shell=arguments.shell))
    return ExitCode.DONE
