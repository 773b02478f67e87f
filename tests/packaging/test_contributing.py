"""The examples of CONTRIBUTING.md do what the page says, performed on a copy of the pack."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from performing import perform

from measured import unmeasured

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text()


@pytest.fixture
def pack(tmp_path) -> Path:
    """The policy pack with the page's ground and source added."""
    copy = tmp_path / "justifications"
    shutil.copytree(ROOT / "justifications", copy)
    added = re.findall(r"```toml\n# (\S+)\n(.*?)```", PAGE, re.S)
    assert [name for name, _ in added] == [
        "grounds/public-talk.toml",
        "sources/event_programme.toml",
    ]
    for name, text in added:
        (copy / name).write_text(text)
    return copy


def recruitcheck(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recruitcheck", *words], input=given, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    "package",
    ["rules", "vault", "sources", "sources/guard", "steps", "reports", "tui", "web"],
)
def test_the_map_of_a_package_names_each_of_its_modules(package):
    """Whoever looks for a rule, or for where a key is kept, finds every file on the map."""
    folder = ROOT / "src" / "recruitcheck" / package
    named = set(re.findall(r"`(\w+)/?`", (folder / "__init__.py").read_text().split('"""')[1]))
    modules = {place.stem for place in folder.glob("*.py")} | {
        place.parent.name for place in folder.glob("*/__init__.py")
    }
    expected = {m for m in modules if not m.startswith(("__", "rules_of_"))}
    assert expected <= named, expected - named


def test_the_added_ground_and_source_pass_the_policy_check(pack):
    """A contributor who follows the page has a sound pack."""
    done = recruitcheck("policy", "check", str(pack))
    assert done.returncode == 0, done.stdout


def test_the_added_ground_decides_its_own_examples(pack):
    """What the ground's examples promise is what the rules say."""
    import tomllib

    ground = tomllib.loads((pack / "grounds/public-talk.toml").read_text())
    lines = [
        json.dumps({"id": number, "ground": "claim", **example})
        for number, example in enumerate(ground["examples"])
    ]
    done = recruitcheck("try", "request", "--justifications", str(pack), given="\n".join(lines))
    assert done.returncode == 0, done.stderr
    decided = [json.loads(line)["decision"] for line in done.stdout.splitlines()]
    assert decided == [example["verdict"] for example in ground["examples"]]


def test_a_mistake_in_an_added_file_is_named_with_its_place(pack):
    """File, key, and the nearest right spelling, all at once."""
    for name, right, wrong in (
        ("grounds/public-talk.toml", "query_words", "querry_words"),
        ("sources/event_programme.toml", '"supplied"', '"suplied"'),
    ):
        file = pack / name
        file.write_text(file.read_text().replace(right, wrong))
    done = recruitcheck("policy", "check", str(pack))
    assert done.returncode == 1
    assert "grounds/public-talk.toml: querry_words" in done.stdout
    assert "Did you mean `query_words`?" in done.stdout
    assert "sources/event_programme.toml: manner" in done.stdout


def test_every_place_the_page_names_exists():
    """A newcomer who follows a path finds it."""
    for path in re.findall(r"`((?:src|justifications|docs|tests)/[\w/.*-]+)`", PAGE):
        assert list(ROOT.glob(path.rstrip("/"))), path


# --- whole changes: a rule, a screen, a report ------------------------------------------------

MAP = "tests/packaging/test_contributing.py::test_the_map_of_a_package_names_each_of_its_modules"
PACK = "tests/gate/test_gate_pack.py::"
PAPERS = "tests/oversight/test_shelf.py::"
CHANGES = {
    "rule": (
        "tests/gate/test_query_brief.py",
        f"{PACK}test_the_shipped_pack_has_no_problem",
        f"{PACK}test_every_rule_has_its_heading_and_every_heading_its_rule",
        f"{PACK}test_every_rule_has_its_words_and_all_words_a_rule",
        f"{PACK}test_the_documentation_words_each_rule_as_the_pack_does",
        f"{PACK}test_what_hr_reads_is_what_happens",
    ),
    "screen": ("tests/tui/test_places.py", MAP),
    "report": (
        "tests/oversight/test_posts.py",
        MAP,
        f"{PAPERS}test_every_paper_is_made_by_whom_it_belongs_to[posts]",
        f"{PAPERS}test_the_command_knows_every_paper",
        "tests/cli/test_docs.py::test_the_page_of_commands_is_what_the_parser_says",
    ),
}
"""What runs after each: the page's own test, and those that hold the house together."""


def section(title: str) -> str:
    """The page under one heading."""
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def repository(copy: Path) -> Path:
    """What a change touches and its tests need, copied; with what is compiled of it already, which
    Python takes for a file whose time and size are the same."""
    for name in ("src", "tests", "justifications", "docs"):
        left_out = shutil.ignore_patterns("node_modules", "registers")
        shutil.copytree(ROOT / name, copy / name, ignore=left_out)
    for name in ("pyproject.toml", "CONTRIBUTING.md", "README.md"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def in_copy(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment over the copy's code instead of this one's."""
    env = {name: v for name, v in unmeasured().items() if not name.startswith("PYTEST_")}
    env |= {"PYTHONPATH": str(copy / "src")}
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=copy, env=env, capture_output=True, text=True
    )


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_made_as_the_page_has_it_works_and_is_held_by_its_test(what, tmp_path):
    """The new test fails before the code is changed and passes afterwards, and so do the old."""
    copy = repository(tmp_path / "copy")
    own, *others = CHANGES[what]
    change = section(f"Add a {what}")
    assert perform(re.sub(r"(?s)```(?!python\n# tests/).*?```", "", change), copy) == [own]
    assert in_copy(copy, "pytest", "-x", own).returncode in (1, 2)
    (copy / own).unlink()
    assert own in perform(change, copy)
    for command in re.findall(r"`python (docs/\w+)\.py`", change):
        in_copy(copy, command.replace("/", "."))
    done = in_copy(copy, "pytest", own, *others)
    assert done.returncode == 0, done.stdout


@pytest.mark.needs("ruff")
@pytest.mark.parametrize("what", CHANGES)
def test_the_code_of_the_page_is_written_as_the_house_writes(what, tmp_path):
    """Whoever copies it gets no word from the linter."""
    copy = repository(tmp_path / "copy")
    written = [name for name in perform(section(f"Add a {what}"), copy) if name.endswith(".py")]
    for way in (["check"], ["format", "--check"]):
        done = in_copy(copy, "ruff", *way, "--no-cache", *written)
        assert done.returncode == 0, done.stdout + done.stderr
