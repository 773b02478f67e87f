"""The examples of CONTRIBUTING.md do what the page says, performed on a copy of the pack."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
