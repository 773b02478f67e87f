"""A planted person: name, handle, address and quote appear nowhere in the clear."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import traceback
from base64 import b64encode
from pathlib import Path

import pytest

from recruitcheck.errors import RecruitcheckError
from recruitcheck.records import Draft
from recruitcheck.vault import backup
from recruitcheck.vault.export import export

from .conftest import PASS, Office

PLANTED = (
    "Wilhelmina Quackenbush",
    "@quacky_maths",
    "https://blog.quackenbush.example/maths",
    "I ran a podcast about fractions",
)


def _forms(words: str) -> list[bytes]:
    """The words as they might lie about: plain, folded, escaped, encoded."""
    raw = words.encode()
    shifted = [b64encode(b"x" * skip + raw)[4:-4] for skip in range(3)]
    return [raw, raw.lower(), raw.replace(b" ", b"+"), raw.hex().encode(), *shifted]


def _nowhere(folder: Path) -> None:
    for path in folder.rglob("*"):
        for words in PLANTED:
            assert words.split()[0].strip("@") not in path.name
            if path.is_file():
                data = path.read_bytes()
                for form in _forms(words):
                    assert form not in data, path


def _entered(office: Office) -> None:
    text = "\n".join(PLANTED).encode()
    with office.open("Sam") as sam:
        sam.append(
            [
                Draft(
                    type="applicant-added",
                    subject="A-7F3K",
                    case="A-7F3K",
                    boxes=dict.fromkeys(("case", "hr", "equality", "mine", "lookup:G"), text),
                ),
                Draft(
                    type="document-added", subject="D-1", case="A-7F3K", boxes={"case": text * 900}
                ),
            ]
        )
        sam.table("drafts").insert({"case": "A-7F3K", "text": sam.seal_mine(text)})


def test_nothing_planted_is_found_before_or_after_destruction(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Register, backups, exports and the memory of heads hold none of it, in any form."""
    caplog.set_level(logging.DEBUG)
    for words in PLANTED:  # the search itself works
        probe = tmp_path / "probe"
        probe.mkdir(exist_ok=True)
        (probe / "p").write_bytes(b64encode(b"zz" + words.encode() + b"tail"))
        with pytest.raises(AssertionError):
            _nowhere(probe)
    _entered(office)
    _nowhere(office.folder)
    saved = tmp_path / "saved"
    saved.mkdir()
    backup.save_ledger(office.where, saved / "ledger.tar")
    backup.save_keys(office.where, saved / "keys.tar")
    export(office.where, tmp_path / "export")
    for place in (saved, tmp_path / "export", tmp_path / "home"):
        assert any(path.is_file() for path in place.rglob("*"))
        _nowhere(place)
    with office.open() as ann:
        ann.shred("A-7F3K", "retention")
    _nowhere(office.folder)
    assert not [r for r in caplog.records if any(w in r.getMessage() for w in PLANTED)]


def test_errors_and_their_traces_repeat_nothing(office: Office) -> None:
    """Whatever goes wrong with planted words in hand, message, hint and trace are free of them."""
    bad = [Draft(type="note", facts={"x": w}, boxes={"case": w.encode()}) for w in PLANTED]
    bad += [Draft(type="note", subject=PLANTED[0]), Draft(type="note", refs=(PLANTED[1],))]
    bad += [Draft(type="note", boxes={PLANTED[2]: b""}), Draft(type=PLANTED[3])]
    with office.open("Sam") as sam:
        for draft in bad:
            try:
                sam.append([draft])
            except RecruitcheckError as error:
                told = "".join(traceback.format_exception(error)) + error.hint
                assert not any(words in told for words in PLANTED)
            else:
                pytest.fail(f"{draft} was entered")


DIES = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
from recruitcheck.vault.register import open_register
where, name, phrase, *planted = sys.argv[1:]
register = open_register(where, name=name, passphrase=phrase)
held = [register.read(entry, "case") for entry in register.entries(case="A-7F3K")]
assert all(words.encode() in held[0] for words in planted)
os.abort()
"""


def test_no_core_is_left_when_the_program_dies(office: Office, tmp_path: Path) -> None:
    """The program dies with opened texts in memory, on a system that would write cores."""
    _entered(office)
    folder = tmp_path / "cores"
    folder.mkdir()
    command = [sys.executable, "-c", DIES, office.where, "Sam Roe", PASS["Sam Roe"], *PLANTED]
    died = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
    _, status = os.waitpid(died.pid, 0)
    died.returncode = os.waitstatus_to_exitcode(status)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGABRT
    assert not os.WCOREDUMP(status)
    assert list(folder.iterdir()) == []
