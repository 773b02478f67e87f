"""Commands about the program: demo, serve, doctor, completion."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode
from recruitcheck.cli.talking import Commands, command, register_options
from recruitcheck.errors import BadInput


def add(commands: Commands) -> None:
    """Add `demo`, `serve`, `doctor` and `completion`."""
    demo = command(
        commands,
        "demo",
        "play the whole flow with an invented trust; nothing leaves this computer",
        _demo,
        more="On a terminal the app opens on that register; otherwise the story is printed.",
    )
    demo.add_argument("--plain", action="store_true", help="print the story, do not open the app")
    demo.add_argument("--register", metavar="DIR", type=Path, help="keep the register in DIR")
    _serve_options(command(commands, "serve", "show the app in browsers on this computer", _serve))
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


def _serve_options(serve: argparse.ArgumentParser) -> None:
    register_options(serve, person=False)
    serve.add_argument("--host", default="127.0.0.1", help="this computer's own address")
    serve.add_argument("--port", type=int, default=8321, help="port (default: 8321)")
    serve.add_argument("--socket", metavar="FILE", help="a Unix socket instead of a port")
    serve.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="URL",
        help="address at which browsers see it behind a proxy; repeat",
    )
    serve.add_argument(
        "--user-header", default="", metavar="NAME", help="header that names who signed in"
    )
    serve.add_argument(
        "--proxy-secret-file", type=Path, metavar="FILE", help="what the proxy proves itself by"
    )
    serve.add_argument("--most", type=int, default=8, metavar="N", help="people at once")
    serve.add_argument(
        "--linger", type=float, default=600.0, metavar="SECONDS", help="wait for a browser's return"
    )


def _serve(arguments: argparse.Namespace) -> int:
    from importlib.util import find_spec

    if find_spec("textual_serve") is None:
        raise BadInput(
            "Showing the app in browsers needs a part that is not installed.",
            "Install it with: pip install 'recruitcheck[serve]'",
        )
    from recruitcheck.web import serving

    secret = arguments.proxy_secret_file
    return serving.serve(
        talking.where(arguments),
        arguments.host,
        arguments.port,
        arguments.socket,
        origins=arguments.origin,
        user_header=arguments.user_header,
        proxy_secret=talking.file_text(secret).strip() if secret else "",
        most=arguments.most,
        linger=arguments.linger,
    )


def _demo(arguments: argparse.Namespace) -> int:
    from recruitcheck import demo

    if arguments.plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return demo.play_plain(arguments.register)
    return demo_in_app(arguments.register)


def demo_in_app(place: Path | None) -> int:
    """Play the story, then open the app on its register with the site still running."""
    from recruitcheck import demo
    from recruitcheck.tui import app

    with demo.playing(place) as play:
        if not demo.told(play):
            return ExitCode.CHECK_FAILED
        demo.list_people()
        with suppress(EOFError):  # Ctrl+D goes on, too
            input("\nPress Enter to open the app. ")
        return app.run(
            str(play.where),
            demo=True,
            desk_factory=lambda _, name, passphrase: demo.sat_down(play, name, passphrase),
            first_task=demo.FIRST_TASK,
        )


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
