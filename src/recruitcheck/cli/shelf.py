"""`paper`: every paper and letter of the register, by name, into a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options

KINDS = (
    "notice", "article-14", "record", "exceptions", "certificate", "breach", "term", "year",
    "processing-record", "impact-assessment", "public-task-test", "legitimate-interests",
    "consideration", "sealed-part",
)  # fmt: skip
"""The names of `steps.shelf.PAPERS`, here so that `--help` need not load what makes them."""


def add(commands: Commands) -> None:
    """Add `paper`."""
    paper = group(commands, "paper", "papers and letters, ready to print or to edit")
    listed = command(paper, "list", "list the papers there are", _list)
    listed.add_argument("--json", action="store_true", help="print JSON")
    make = command(
        paper,
        "make",
        "make one paper",
        _make,
        more="The ending of FILE says how: .html to print, .md to edit, .txt to paste.",
    )
    make.add_argument("kind", choices=KINDS, metavar="KIND", help="which; see `paper list`")
    make.add_argument("file", metavar="FILE", type=Path, help="the file to write")
    make.add_argument(
        "--about",
        default="",
        metavar="ID",
        help="the vacancy, applicant, request or breach it is about",
    )
    make.add_argument(
        "--day", type=talking.day, metavar="DAY", help="a day of the term or school year"
    )
    make.add_argument("--school", default="", metavar="NAME", help="a term's paper for one school")
    register_options(make)


def _list(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import shelf

    for name, kind in shelf.PAPERS.items():
        made = {"kind": name, "title": kind.title, "about": kind.about, "role": str(kind.role)}
        about = f" --about {kind.about.upper()}" if kind.about else ""
        talking.show(arguments, made, f"{name + about:<32}  {kind.title}")
    return ExitCode.DONE


def _make(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import shelf

    wanted = shelf.Wanted(subject=arguments.about, day=arguments.day, school=arguments.school)
    with talking.sit_down(arguments) as desk:
        shelf.check_ending(arguments.file.suffix)
        paper = shelf.make(desk, arguments.kind, wanted)
        talking.write(arguments.file, [shelf.written(paper, arguments.file.suffix)])
        talking.show(arguments, {"file": str(arguments.file), "kind": arguments.kind})
    say(f"Written to {arguments.file}.")
    return ExitCode.DONE
