"""The limited child: what it can do, what it cannot, and what is said when it is ended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from measured import unmeasured
from recruitcheck.errors import BadInput, LookupFailed
from recruitcheck.sources.page import MOST_BYTES
from recruitcheck.steps import lens

CLAIM = "I run a weekly maths puzzle blog, Puzzle Friday."
PAGE = "<p>Puzzle Friday is a maths blog.</p><p>SECRET words of the page.</p>"


def _look(*pages: tuple[str | bytes, str], pack: Path, **more: object) -> tuple[lens.Look, ...]:
    return lens.look(pages, claim=CLAIM, name="Aoife Byrne", pack_folder=pack, **more)  # type: ignore[arg-type]


def _inside(code: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run code in a process that has shut its doors as the child does."""
    start = (
        "import os, socket, subprocess, sys, threading, time\n"
        "from recruitcheck.steps import lens_child\n"
        "lens_child.limit(); lens_child.shut_descriptors()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", start + code], capture_output=True, text=True, timeout=60, env=env
    )


def test_pages_come_back_as_passages(pack: Path) -> None:
    """Several items of several types are read in one child, in order."""
    looks = _look(
        (PAGE, "text/html"),
        ('{"content": "<p>Puzzle Friday 7 is out.</p>"}', "application/json"),
        (b"Nothing of interest.", "text/plain"),
        (PAGE.encode("utf-16"), "text/html"),
        pack=pack,
    )
    assert [look.shown for look in looks] == [
        ("Puzzle Friday is a maths blog.",),
        ("Puzzle Friday 7 is out.",),
        (),
        ("Puzzle Friday is a maths blog.",),
    ]
    assert [look.unrelated for look in looks] == [1, 0, 1, 1]
    assert all(look.extracted == "" and look.spans == () for look in looks)


def test_nothing_to_read_needs_no_child(pack: Path) -> None:
    """No items, no passages."""
    assert _look(pack=pack) == ()


@pytest.mark.parametrize(
    "deed",
    [
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "open('/etc/hostname')",
        "open('/tmp/lens-must-not-write', 'w')",
        "os.pipe()",
        "os.dup(1)",
        "subprocess.run(['true'])",
    ],
)
def test_the_child_reaches_neither_network_nor_files(deed: str) -> None:
    """With its doors shut the process can open nothing: no socket, file, pipe or program."""
    done = _inside(f"try:\n    {deed}\nexcept OSError:\n    print('refused')\n")
    assert done.stdout == "refused\n", done.stderr


def test_doors_are_shut_before_a_page_is_read(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the child reads a page, the page's reader could not open a socket if it tried."""
    spy = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import socket\n"
        "from recruitcheck.steps import lens_child\n"
        "def read(text, type):\n"
        "    try:\n"
        "        socket.socket()\n"
        "    except OSError:\n"
        "        return real('Puzzle Friday found its doors shut.', 'text/plain')\n"
        "    return real('Puzzle Friday went out.', 'text/plain')\n"
        "real, lens_child.page.read = lens_child.page.read, read\n"
        "lens_child.main()\n"
    )
    monkeypatch.setattr(lens, "_START", spy)
    (look,) = _look((PAGE, "text/html"), pack=pack)
    assert look.shown == ("Puzzle Friday found its doors shut.",)


def test_disguised_words_are_undone_behind_shut_doors(pack: Path) -> None:
    """What the screen needs to undo disguises is loaded before no file can be opened any more."""
    coded = "SSB3YXMgZGlhZ25vc2VkIHdpdGggY2FuY2Vy"
    (look,) = _look((f"<p>Puzzle Friday maths blog: {coded} %47ay &#71;ay.</p>", ""), pack=pack)
    assert not any(coded in text for text in look.shown)


def test_doors_stay_shut() -> None:
    """The limits are hard ones, which the process cannot raise again without special rights."""
    done = _inside(
        "import resource\n"
        "for name in ('CORE', 'FSIZE', 'NOFILE', 'CPU'):\n"
        "    print(resource.getrlimit(getattr(resource, 'RLIMIT_' + name)))\n",
        unmeasured(),
    )
    assert done.stdout.split("\n")[:3] == ["(0, 0)", "(0, 0)", "(3, 3)"]


def test_memory_has_a_ceiling() -> None:
    """A process of the child's kind that asks for too much memory gets an error, not the memory."""
    done = _inside("try:\n    x = bytearray(1 << 31)\nexcept MemoryError:\n    print('refused')\n")
    assert done.stdout == "refused\n" or "MemoryError" in done.stderr


def test_a_child_that_cannot_be_limited_reads_nothing(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where limits cannot be set (as on Windows) the lens refuses to start, and says what to do."""
    broken = "import sys; sys.modules['resource'] = None; "
    monkeypatch.setattr(lens, "_START", broken + lens._START)
    with pytest.raises(LookupFailed) as caught:
        _look((PAGE, "text/html"), pack=pack)
    assert "cannot limit" in caught.value.message
    assert caught.value.hint


def test_a_page_that_takes_too_long_is_ended(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past its time the child is ended, and nothing of the page is repeated."""
    monkeypatch.setattr(lens, "_START", "import time; time.sleep(60)")
    with pytest.raises(LookupFailed) as caught:
        _look((PAGE, "text/html"), pack=pack, seconds=0.3)
    assert "too long" in caught.value.message


@pytest.mark.parametrize("start", ["raise SystemExit(3)", "import os; os.abort()", "print('{')"])
def test_a_child_that_dies_is_a_failed_lookup(
    start: str, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the child ends without an answer, the caller gets one plain error with a hint."""
    monkeypatch.setattr(lens, "_START", start)
    with pytest.raises(LookupFailed) as caught:
        _look((PAGE, "text/html"), pack=pack)
    assert caught.value.hint
    assert "SECRET" not in f"{caught.value!r}{caught.value.__cause__!r}{caught.value.__context__!r}"


def test_errors_repeat_nothing_of_page_or_claim(pack: Path) -> None:
    """Too large or malformed: the error says so, with a hint, in words of our own."""
    for body, type in (
        ("SECRET " * (MOST_BYTES // 7 + 1), "text/html"),
        ("{SECRET", "application/json"),
        (b"\x00\xff SECRET", "text/plain"),
        ("<?xml version='1.0'?><!DOCTYPE SECRET []><rss/>", "application/rss+xml"),
    ):
        with pytest.raises(LookupFailed) as caught:
            _look((body, type), pack=pack)
        assert caught.value.hint
        assert "SECRET" not in caught.value.message + caught.value.hint
        assert "Puzzle" not in caught.value.message + caught.value.hint


def test_bad_input_is_told_apart_for_the_command_line(pack: Path) -> None:
    """`examine` says which failures are the file's own, so that the exit code can be 2."""
    with pytest.raises(BadInput):
        lens.examine([("{", "application/json")], claim=CLAIM, name="", pack_folder=pack)


def test_a_pack_without_refusal_files_shows_nothing(tmp_path: Path) -> None:
    """No screen, no showing; nor where the files cannot be read."""
    (tmp_path / "refusals").mkdir()
    with pytest.raises(LookupFailed) as caught:
        _look((PAGE, "text/html"), pack=tmp_path)
    assert "refusal" in caught.value.message
    (tmp_path / "refusals" / "broken.toml").write_text("rule = ")
    with pytest.raises(LookupFailed) as caught:
        _look((PAGE, "text/html"), pack=tmp_path)
    assert "policy check" in caught.value.hint


def test_neither_page_nor_claim_stands_on_the_command_line(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other users of the computer see command lines; only the pack's folder stands there."""
    seen: list[list[str]] = []
    real = subprocess.Popen

    def popen(command: list[str], **more: object) -> object:
        seen.append([*command, *map(str, dict(more.get("env") or {}).values())])  # type: ignore[call-overload]
        return real(command, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", popen)
    _look((PAGE, "text/html"), pack=pack)
    told = " ".join(seen[0])
    assert "Puzzle" not in told
    assert "Aoife" not in told
    assert "SECRET" not in told


def test_environment_and_imports_cannot_be_slipped_in(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child ignores PYTHONPATH and the current folder."""
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (look,) = _look((PAGE, "text/html"), pack=pack)
    assert look.shown
    assert os.environ["PYTHONPATH"] == str(tmp_path)
