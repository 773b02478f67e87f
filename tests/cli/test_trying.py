"""`try`: JSON Lines in, JSON Lines out, one by one, with errors in their places."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from recruitcheck.cli import trying
from recruitcheck.errors import BadInput


def asked(lines: bytes, answer=None) -> tuple[int, list[dict]]:
    target = io.BytesIO()
    code = trying.stream(io.BytesIO(lines), target, answer or (lambda record: {"outcome": "clear"}))
    return code, [json.loads(line) for line in target.getvalue().splitlines()]


def test_every_line_is_answered_in_order_with_its_own_id():
    """The id comes back as it came, whatever it is."""
    ids = [1, "a", None, [1, {"b": 2}], 1.5, True, 10**30, "é\u2028"]
    code, answers = asked(b"".join(json.dumps({"id": i}).encode() + b"\n" for i in ids))
    assert code == 0
    assert [answer["id"] for answer in answers] == ids
    assert all(answer["outcome"] == "clear" for answer in answers)


def test_blank_lines_are_skipped_and_a_mark_at_the_start_is_no_text():
    """Windows programs begin with a byte order mark and end lines with CR LF."""
    code, answers = asked(b'\xef\xbb\xbf{"id": 1}\r\n\r\n  \n{"id": 2}')
    assert (code, [a["id"] for a in answers]) == (0, [1, 2])


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[1, 2]",
        b'"text"',
        b"{}",
        b'{"id": NaN}',
        b'{"id": 1e999}',
        b'{"id": "\xff"}',
        b"[" * 200_000,
        b'{"id": ' + b"9" * 5000 + b"}",
        b"\x00",
    ],
)
def test_a_line_that_is_no_question_gets_an_error_and_the_run_goes_on(line):
    """The next line is answered as if nothing had happened; the run ends with 2."""
    code, answers = asked(line + b'\n{"id": 7}\n')
    assert code == 2
    assert answers[0]["id"] is None
    assert isinstance(answers[0]["error"], str)
    assert answers[1] == {"id": 7, "outcome": "clear"}


def test_bad_input_keeps_its_id_and_says_what_is_wrong():
    """A missing or mistyped key is named."""

    def answer(record):
        raise BadInput("The key `text` is missing.")

    code, answers = asked(b'{"id": "x"}\n', answer)
    assert (code, answers) == (2, [{"id": "x", "error": "The key `text` is missing."}])


def test_a_fault_in_the_rules_is_an_error_line_without_the_text(capsys):
    """One line that trips the rules does not take the others' answers with it."""

    def answer(record):
        if record["id"] == 1:
            raise RuntimeError("private words")
        return {"outcome": "clear"}

    code, answers = asked(b'{"id": 1}\n{"id": 2}\n', answer)
    assert code == 2
    assert "error" in answers[0]
    assert answers[1]["outcome"] == "clear"
    assert "private" not in capsys.readouterr().err


def test_half_a_character_is_an_error_line():
    """Offsets count code points, and a lone surrogate is none."""
    code, answers = asked(b'{"id": 1, "text": "\\ud800"}\n')
    assert code == 2
    assert answers[0]["id"] == 1
    assert "error" in answers[0]


def test_a_line_without_end_is_one_error(monkeypatch):
    """A line beyond the limit is not held in memory, and the next one is answered."""
    monkeypatch.setattr(trying, "MAX_LINE", 100)
    code, answers = asked(b'{"id": "' + b"x" * 5000 + b'"}\n{"id": 2}\n')
    assert code == 2
    assert [a["id"] for a in answers] == [None, 2]


def test_an_answer_comes_before_the_next_question_is_asked():
    """A program can ask, read the answer, and ask again through one pipe."""
    with subprocess.Popen(
        [sys.executable, "-m", "recruitcheck", "try", "statistics"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            groups = {"a": {"applicants": 20, "searched": 3}}
            question = {"id": number, "groups": groups, "threshold": 10}
            process.stdin.write(json.dumps(question).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait() == 0


def test_a_reader_that_goes_away_ends_the_run_quietly():
    """`recruitcheck try … | head -1` prints no complaint."""
    line = json.dumps({"id": 1, "groups": {}, "threshold": 10})
    done = subprocess.run(
        f"yes '{line}' | head -5000 | {sys.executable} -m recruitcheck try statistics | head -1",
        shell=True,
        capture_output=True,
        timeout=60,
    )
    assert json.loads(done.stdout)["id"] == 1
    assert done.stderr == b""


HEAVY = ("textual", "httpx", "psycopg", "cryptography", "bs4", "docx", "pypdf")


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["try", "text"],
        ["try", "request"],
        ["try", "address"],
        ["try", "statistics"],
        ["justify", "--help"],
    ],
)
def test_help_and_try_bring_no_screen_no_network_and_no_database(words):
    """In a fresh process, so that another test's imports cannot hide one."""
    program = (
        "import sys, atexit\n"
        "from recruitcheck.cli import run\n"
        f"heavy = {HEAVY!r}\n"
        "atexit.register(lambda: sys.stderr.write(repr([m for m in heavy if m in sys.modules])))\n"
        f"sys.exit(run({words!r}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=b"", capture_output=True, timeout=60
    )
    assert done.returncode == 0
    assert done.stderr.decode().endswith("[]")


def test_without_standard_input_the_command_says_so():
    """A closed standard input is wrong use, told in words, not a failure inside."""
    import subprocess
    import sys

    ended = subprocess.run(
        f'"{sys.executable}" -m recruitcheck try text <&-',
        shell=True,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert "standard input" in ended.stderr
