"""However a command ends: a plain message, an exit code that means something, never a traceback."""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from recruitcheck import cli, errors
from recruitcheck.cli import failing, talking

EVERY = [
    (errors.BadInput, 2),
    (errors.DocumentError, 2),
    (errors.NotFound, 2),
    (errors.KeyringError, 2),
    (errors.NotPermitted, 1),
    (errors.PolicyError, 1),
    (errors.GrantError, 1),
    (errors.Sealed, 1),
    (errors.Destroyed, 1),
    (errors.IntegrityError, 1),
    (errors.LookupFailed, 3),
    (errors.Unreachable, 3),
    (errors.RegisterError, 3),
]


def test_every_error_of_the_tree_has_an_exit_code():
    """A new kind of error cannot be forgotten here."""
    family = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.RecruitcheckError)
    }
    assert family - {errors.RecruitcheckError} == {kind for kind, _ in EVERY}


@pytest.mark.parametrize(("kind", "code"), EVERY)
def test_an_error_shows_message_and_hint_and_its_code(kind, code, capsys):
    """Both sentences go to standard error; standard output stays for data."""
    with failing.plainly() as outcome:
        raise kind("It did not work.", "Try it so.")
    assert outcome.code == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "It did not work." in shown.err
    assert "Try it so." in shown.err


def test_a_fault_of_ours_is_reported_without_any_value(capsys, monkeypatch, tmp_path):
    """The report names places in the code; not the message, which could hold somebody's words."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("RECRUITCHECK_REPORTS", raising=False)

    def deeper(passphrase):
        raise RuntimeError(f"private words {passphrase}")

    with failing.plainly() as outcome:
        deeper("secret-secret")
    assert outcome.code == 3
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "private" not in said
    (report,) = (tmp_path / "recruitcheck").glob("recruitcheck-report-*.txt")
    text = report.read_text()
    assert "RuntimeError" in text
    assert "deeper" in text
    assert "private" not in text
    assert "secret" not in text


def test_a_report_that_cannot_be_written_is_no_second_failure(capsys, monkeypatch, tmp_path):
    """The person still gets a plain sentence."""
    (tmp_path / "recruitcheck").write_text("a file stands where the folder would go")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("RECRUITCHECK_REPORTS", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "recruitcheck"))
    with failing.plainly() as outcome:
        raise RuntimeError
    assert outcome.code == 3
    assert "cannot be written" in capsys.readouterr().err


def test_without_a_terminal_the_app_says_so(capsys, monkeypatch):
    """`recruitcheck` in a pipe does not draw into it."""
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert cli.run([]) == 2
    assert "terminal" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["nonsense"], ["claim"], ["demo", "--quick"], ["try"]])
def test_wrong_use_ends_with_2(words, capsys):
    """argparse's own answer is the contract's."""
    with pytest.raises(SystemExit) as ended:
        cli.run(words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_an_option_before_the_command_counts():
    """`recruitcheck --register DIR verify` never falls back to another register."""
    from recruitcheck.cli import parser

    built = parser.build()
    assert talking.where(built.parse_args(["--register", "mine", "verify"])) == "mine"
    assert talking.where(built.parse_args(["verify", "--register", "mine"])) == "mine"
    assert talking.where(built.parse_args(["verify"])).endswith("register")


def test_a_passphrase_comes_by_file_or_descriptor(tmp_path):
    """The first line, without its end; an argument with the passphrase itself does not exist."""
    from recruitcheck.cli import parser

    built = parser.build()
    file = tmp_path / "secret"
    file.write_text("several words here\r\nanything else\n")
    given = built.parse_args(["people", "list", "--passphrase-file", str(file)])
    assert talking.passphrase(given) == "several words here"
    read, write = os.pipe()
    os.write(write, b"other words\n")
    os.close(write)
    given = built.parse_args(["people", "list", "--passphrase-fd", str(read)])
    assert talking.passphrase(given) == "other words"
    os.close(read)
    assert "--passphrase " not in built.format_help()


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\n"])
def test_an_empty_or_unreadable_passphrase_file_is_bad_input(tmp_path, content):
    """Nothing is tried with an empty passphrase."""
    from recruitcheck.cli import parser

    file = tmp_path / "secret"
    file.write_bytes(content)
    given = parser.build().parse_args(["people", "list", "--passphrase-file", str(file)])
    with pytest.raises(errors.BadInput):
        talking.passphrase(given)


def test_words_for_the_terminal_cannot_steer_it():
    """An applicant's text may hold escape sequences and direction signs."""
    shown = talking.safe("\x1b[2Jcleared\u202e back\nline\ttab é")
    assert shown == "\ufffd[2Jcleared\ufffd back\nline\ttab é"


def test_completion_is_valid_for_the_shell():
    """bash itself reads the script without complaint, and it knows our commands."""
    done = subprocess.run(
        [sys.executable, "-m", "recruitcheck", "completion", "bash"],
        capture_output=True,
        text=True,
        check=True,
    )
    checked = subprocess.run(["bash", "-n"], input=done.stdout, text=True, capture_output=True)
    assert checked.returncode == 0, checked.stderr
    assert "justify" in done.stdout


@pytest.mark.parametrize(
    ("typed", "new", "why"),
    [
        (["first of them", "second of them"], True, "two passphrases differ"),
        (["", ""], True, "No passphrase was typed"),
        ([""], False, "No passphrase was typed"),
    ],
)
def test_a_passphrase_that_was_mistyped_makes_nothing(monkeypatch, typed, new, why):
    """Asked twice for a new one; both must agree, and an empty one is none."""
    answers = iter(typed)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    with pytest.raises(errors.BadInput, match=why):
        talking.passphrase(argparse.Namespace(passphrase_file=None, passphrase_fd=None), new=new)


def test_ctrl_d_at_the_passphrase_is_no_failure_of_ours(monkeypatch):
    """Whoever ends the input typed none."""

    def ended(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", ended)
    with pytest.raises(errors.BadInput, match="No passphrase was typed"):
        talking.passphrase(argparse.Namespace(passphrase_file=None, passphrase_fd=None))


def test_without_a_terminal_a_passphrase_is_not_waited_for(monkeypatch):
    """A program that calls us hears how to hand it over; a closed descriptor is told too."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(errors.BadInput) as caught:
        talking.passphrase(argparse.Namespace(passphrase_file=None, passphrase_fd=None))
    assert "--passphrase-file" in caught.value.hint
    with pytest.raises(errors.BadInput, match="descriptor cannot be read"):
        talking.passphrase(argparse.Namespace(passphrase_file=None, passphrase_fd=9999))


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_words_come_from_the_line_a_file_or_standard_input(monkeypatch, tmp_path, code):
    """As they stand, or behind @, or from a pipe: what is recorded is what was written, whatever
    the editor wrote it in."""
    (tmp_path / "words.txt").write_bytes("café or not".encode(code))
    assert talking.words_or_file("as they stand") == "as they stand"
    assert talking.words_or_file(f"@{tmp_path / 'words.txt'}") == "café or not"
    monkeypatch.setattr("sys.stdin", piped("from a café".encode(code)))
    assert talking.words_or_file("-") == "from a café"


def piped(data: bytes) -> io.TextIOWrapper:
    """Standard input with this in it."""
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")


def test_bytes_that_are_no_words_are_not_recorded_as_some(monkeypatch, tmp_path):
    """Somebody named the picture instead of the text: they hear which file it was."""
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\x00\xff")
    with pytest.raises(errors.BadInput, match=r"scan\.png is no text") as caught:
        talking.words_or_file(f"@{tmp_path / 'scan.png'}")
    assert "UTF-8" in caught.value.hint
    monkeypatch.setattr("sys.stdin", piped(b"\x00\xff"))
    with pytest.raises(errors.BadInput, match="Standard input is no text"):
        talking.words_or_file("-")
    monkeypatch.setattr("sys.stdin", None)  # closed by whoever called
    assert talking.words_or_file("-") == ""


def test_a_day_is_read_as_a_day(capsys):
    """What is none is refused before anything is opened."""
    assert talking.day("2026-05-04") == date(2026, 5, 4)
    with pytest.raises(SystemExit):
        cli.run(["declare", "exposure", "A-1", "--on", "some day"])
    assert "some day" in capsys.readouterr().err
