"""`recruitcheck try page`: the two viewers' answers, and what the command leans on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from recruitcheck.cli import trying_page

CLAIM = "I run a weekly maths puzzle blog, Puzzle Friday, used by teachers in six schools."
HTML = """<nav>Puzzle Friday home</nav><h1>Welcome</h1><p>Some words of greeting.</p>
<p>Puzzle Friday by Tom Baker is used in six schools.</p>
<p>As a Christian I run Puzzle Friday.</p>"""


def _run(page: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recruitcheck", "try", "page", str(page), "--claim", CLAIM, *more],
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A saved page."""
    file = tmp_path / "page"
    file.write_text(HTML)
    return file


def test_the_recruiter_gets_passages_and_nothing_else(saved: Path) -> None:
    """No counts, offsets, kinds or gaps: one key, and in each passage its text."""
    done = _run(saved)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "passages": [{"text": "Puzzle Friday by […] is used in six schools."}]
    }
    assert done.stderr == ""


def test_the_auditor_gets_text_offsets_and_neutral_counts(saved: Path) -> None:
    """Offsets point into the text before masking; what was withheld is counted in two kinds."""
    done = _run(saved, "--viewer", "auditor", "--type", "text/html")
    answer = json.loads(done.stdout)
    assert set(answer) == {"extracted", "passages", "withheld"}
    (passage,) = answer["passages"]
    assert (
        answer["extracted"][passage["start"] : passage["end"]]
        == "Puzzle Friday by Tom Baker is used in six schools."
    )
    assert passage["text"] == "Puzzle Friday by […] is used in six schools."
    assert answer["withheld"] == {"unrelated": 2, "personal": 1}


def test_name_and_address_stay_readable(saved: Path) -> None:
    """The applicant's name and the page's host are no third person's."""
    saved.write_text(
        "<p>Puzzle Friday by Tom Baker is on puzzles.example and social.example/ann.</p>"
    )
    shown = trying_page.answer(
        saved.read_bytes(), claim=CLAIM, name="Tom Baker", url="https://puzzles.example/a"
    )
    assert shown["passages"] == [
        {"text": "Puzzle Friday by Tom Baker is on puzzles.example and […]."}
    ]


def test_a_file_that_is_no_page_is_bad_input(tmp_path: Path) -> None:
    """A picture ends with 2 and words of our own, on standard error."""
    file = tmp_path / "x.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\xff")
    done = _run(file)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "not text" in done.stderr


def test_a_page_too_large_is_bad_input(tmp_path: Path) -> None:
    """More than 2 MiB is refused whole, because part of a page is never evidence."""
    file = tmp_path / "big.html"
    file.write_text("<p>Puzzle Friday.</p>" * 120_000)
    done = _run(file)
    assert done.returncode == 2
    assert "2 MiB" in done.stderr


def test_the_command_needs_neither_screens_nor_network_nor_database() -> None:
    """`try page` imports no Textual, httpx or psycopg, in the command or in the child."""
    code = (
        "import sys\n"
        "from recruitcheck.cli import trying_page\n"
        "trying_page.answer(b'<p>x</p>', claim='x')\n"
        "from recruitcheck.steps import lens_child\n"
        "print([m for m in ('textual', 'httpx', 'psycopg', 'cryptography') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "[]\n", done.stderr
