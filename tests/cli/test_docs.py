"""What is written about the command line is what it does."""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from measured import handed_on
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
            if isinstance(action, argparse._SubParsersAction):
                continue
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
    # `recruitcheck event v1` and the like are first lines of formats.
    for words in re.findall(r"`recruitcheck (?!\w+ v?\d)([a-z][a-z -]*)", page.read_text()):
        first, *rest = words.split()
        assert first in names, f"{page.name}: recruitcheck {words}"
        nested = {name for name, _, _ in maker().children(names[first])}
        if nested and rest:
            assert rest[0] in nested, f"{page.name}: recruitcheck {words}"


def shell_blocks(page: Path) -> str:
    """The page's shell examples as one script; installing is README's and .ci/run's business."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(), re.S | re.M)
    return "\n".join(block for block in blocks if "pip install" not in block)


WITH_EXAMPLES = [
    page for page in sorted((ROOT / "docs").glob("*.md")) if shell_blocks(page).strip()
]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_as_they_stand(page, tmp_path):
    """From top to bottom, in an empty folder, each ending with 0."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        **handed_on(),
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", shell_blocks(page)],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_pages_of_the_readers_have_examples():
    """At least HR's, the equality reviewer's and the administrator's are tried out."""
    named = {page.name for page in WITH_EXAMPLES}
    assert {"hr.md", "equality-reviewer.md", "it-administrator.md"} <= named


def test_ci_runs_the_command_of_the_readme_with_nothing_left_out():
    """What a newcomer is told to run is what decides whether a change is taken."""
    blocks = re.findall(r"```sh\n(.*?)\n```", (ROOT / "README.md").read_text(), re.S)
    (command,) = [block for block in blocks if "pytest" in block]
    script = (ROOT / ".ci/run").read_text().replace("\\\n", "")
    (line,) = [line for line in script.splitlines() if line.startswith(command)]
    assert "--nothing-left-out" in line
