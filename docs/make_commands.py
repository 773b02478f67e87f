"""Write docs/commands.md from the command line's own description: `python docs/make_commands.py`.

The page is made from the parser rather than from `--help`, whose layout differs between versions
of Python. tests/cli/test_docs.py compares the page with what this prints.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from recruitcheck.cli import parser

PAGE = Path(__file__).with_name("commands.md")

_HEAD = """# Commands

Every command and option. Made by `python docs/make_commands.py`; do not edit by hand.

Commands that work on a register take `--register` (without it: this computer's own), `--as NAME`
and the passphrase from a prompt, `--passphrase-file` or `--passphrase-fd`; never from an argument,
which other users of the computer could read. Exit codes: 0 done; 1 a check failed or a step was
refused; 2 wrong use or bad input; 3 something could not be reached.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_sections(parser.build())]) + "\n"


def overview() -> str:
    """The table of the README: first words and what they do."""
    rows = [f"| `recruitcheck {name}` | {does} |" for name, does, _ in children(parser.build())]
    return "\n".join(["| command | does |", "| --- | --- |", *rows])


def children(of: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """The subcommands of a parser: name, help and parser."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, child in action.choices.items():
                yield name, helps.get(name, ""), child


def _sections(of: argparse.ArgumentParser) -> Iterator[str]:
    nested = list(children(of))
    if not nested or of.prog == "recruitcheck":
        yield f"## {of.prog}\n\n{of.description}\n"
        rows = list(_rows(of))
        if rows:
            yield "\n".join(["| | |", "| --- | --- |", *rows, ""])
    for _, _, child in nested:
        yield from _sections(child)


def _rows(of: argparse.ArgumentParser) -> Iterator[str]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        if action.option_strings:
            value = "" if action.nargs == 0 else " " + _value(action)
            needed = " (needed)" if action.required else ""
            yield f"| `{action.option_strings[0]}{value}` | {action.help or ''}{needed} |"
        else:
            yield f"| `{_value(action)}` | {action.help or ''} |"


def _value(action: argparse.Action) -> str:
    if action.choices is not None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    metavar = action.metavar if isinstance(action.metavar, str) else None
    return (metavar or action.dest.upper()).replace("|", "/")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
