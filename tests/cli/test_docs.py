"""What is written about the command line is what it does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from recruitcheck.cli import parser

ROOT = Path(__file__).resolve().parents[2]


def maker():
    """docs/make_commands.py, which is a program and not part of the package."""
    spec = importlib.util.spec_from_file_location("make_commands", ROOT / "docs/make_commands.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def every_parser(of=None):
    of = of or parser.build()
    yield of
    for _, _, child in maker().children(of):
        yield from every_parser(child)


def test_the_page_of_commands_is_what_the_parser_says():
    """`python docs/make_commands.py` was run after the last change."""
    assert (ROOT / "docs/commands.md").read_text() == maker().page()


def test_the_readme_lists_the_commands_as_help_does():
    """The table between the marks is the overview of `recruitcheck --help`."""
    readme = (ROOT / "README.md").read_text()
    found = re.search(r"<!-- commands:.*?-->\n\n(.*?)\n\n<!-- end of commands -->", readme, re.S)
    assert found
    assert found.group(1) == maker().overview()


def test_every_command_and_option_says_what_it_does():
    """No line of any help is empty."""
    for one in every_parser():
        assert one.description
        for action in one._actions:
            assert action.help, f"{one.prog}: {action.option_strings or action.dest}"


def test_every_page_linked_in_the_documents_exists():
    """A reader who follows a link arrives."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert pages
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name)
def test_every_command_named_in_a_page_exists(page):
    """`recruitcheck …` in running text names a command that there is."""
    names = {name: child for name, _, child in maker().children(parser.build())}
    for words in re.findall(r"`recruitcheck ([a-z][a-z -]*)", page.read_text()):
        first, *rest = words.split()
        assert first in names, f"{page.name}: recruitcheck {words}"
        nested = {name for name, _, _ in maker().children(names[first])}
        if nested and rest:
            assert rest[0] in nested, f"{page.name}: recruitcheck {words}"
