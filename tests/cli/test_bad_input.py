"""What people really give a program: each has a plain message, a hint, and loses nothing."""

from __future__ import annotations

import errno
import io
import json
import os
import socket
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from pypdf import PdfReader, PdfWriter

import gardener
from recruitcheck import cli
from recruitcheck.demo import papers
from recruitcheck.demo.site import Answer
from recruitcheck.records import Applicant, Document, Stage
from recruitcheck.steps import intake, search
from recruitcheck.vault import verify
from world import PASSPHRASE, World, world

WHO = "Dan Reed"


@pytest.fixture
def school(tmp_path):
    with world(tmp_path) as made:
        yield made


@pytest.fixture
def applicant(school) -> Applicant:
    vacancy = intake.add_vacancy(
        school.recruiter,
        reference="T-1",
        title="Teacher",
        school="Northfield School",
        requirements=("Writes clearly",),
        stage=Stage.SHORTLISTED,
    )
    return intake.add_applicant(school.recruiter, vacancy.id, name="Una Field")


@pytest.fixture
def run(school, tmp_path, capsys) -> Callable[..., tuple[int, str, str]]:
    """Run a command as Dan Reed; exit code, standard output, standard error."""
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE)

    def run(*words: str, who: str = WHO, secret: Path = secret) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.run(
            [*words, "--register", str(school.where), "--as", who, "--passphrase-file", str(secret)]
        )
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(papers.pdf("CV", ("text",)))))
    writer.encrypt("closed", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def long() -> bytes:
    return papers.pdf("CV", ("word",) * 4600)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"\x00" * (80 * 2**20))
    return out.getvalue()


BAD_FILES = {
    "encrypted.pdf": encrypted,
    "truncated.pdf": lambda: papers.pdf("CV", ("text",) * 50)[:-300],
    "200-pages.pdf": long,
    "empty.pdf": bytes,
    "bomb.docx": bomb,
    "not-a-zip.docx": lambda: b"this is no package",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_added(
    school, applicant, run, tmp_path, name
):
    """Exit code 2, two sentences, no entry, and the register is as sound as before."""
    file = tmp_path / name
    file.write_bytes(BAD_FILES[name]())
    before = verify.verify(school.where).size
    code, out, err = run("document", "add", applicant.id, str(file))
    assert code == 2
    assert out == ""
    assert err.count("\n") >= 2
    assert "Traceback" not in err
    assert school.recruiter.all(Document) == ()
    after = verify.verify(school.where)
    assert after.ok
    assert after.size == before


def test_a_file_that_is_not_there_is_named(applicant, run):
    """A typing mistake in a name is not a traceback."""
    code, _, err = run("document", "add", applicant.id, "no-such-file.pdf")
    assert code == 2
    assert "no-such-file.pdf" in err


def test_words_that_are_not_in_the_document_cannot_be_marked(school, applicant, run, tmp_path):
    """A changed figure is not what the applicant wrote; their words do not appear in the error."""
    file = tmp_path / "cv.txt"
    file.write_text("I led the choir of 40 singers.")
    code, out, _ = run("document", "add", applicant.id, str(file), "--json")
    assert code == 0
    document = json.loads(out)["id"]
    code, _, err = run("claim", "mark", document, "--quote", "I led the choir of 400 singers")
    assert code == 2
    assert "do not stand in the document" in err
    assert "choir" not in err
    for span in ("5-2", "0-9999", "x-y", "-"):
        assert run("claim", "mark", document, f"--span={span}")[0] == 2


def test_a_wrong_passphrase_says_so_and_nothing_of_it(school, run, tmp_path):
    """Neither the passphrase given nor which part of it was wrong is repeated."""
    wrong = tmp_path / "wrong"
    wrong.write_text("open sesame and more\n")
    code, _, err = run("applicant", "list", secret=wrong)
    assert code == 2
    assert "passphrase" in err
    assert "sesame" not in err
    code, _, err = run("applicant", "list", who="Nobody Here")
    assert code == 2


def test_a_register_of_a_newer_version_is_refused_and_untouched(school, run):
    """It is read by the version that wrote it, not half understood by this one."""
    for desk in school.desks.values():
        desk.register.close()
    meta = school.where / "register.json"
    told = json.loads(meta.read_text())
    meta.write_text(json.dumps({**told, "format": told["format"] + 1}))
    before = {p: p.read_bytes() for p in school.where.rglob("*") if p.is_file()}
    code, _, err = run("vacancy", "list")
    assert code == 3
    assert "newer" in err
    assert {p: p.read_bytes() for p in school.where.rglob("*") if p.is_file()} == before
    meta.write_text(json.dumps(told))
    assert verify.verify(school.where).ok


def test_a_folder_that_is_no_register_is_named(run, tmp_path, capsys):
    """A wrong place is not made into a register by looking."""
    code = cli.run(["verify", "--register", str(tmp_path / "nowhere")])
    assert code == 3
    assert "no register" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "full"), (errno.EROFS, "only be read")]
)
def test_a_disk_that_refuses_leaves_the_register_as_it_was(school, applicant, run, number, said):
    """A full disk and a read-only folder: nothing is acknowledged, and what was there stays."""
    really = os.write

    def refusing(fd: int, data: bytes) -> int:
        place = str(Path(f"/proc/self/fd/{fd}").readlink())
        if place.startswith(str(school.where)):
            raise OSError(number, os.strerror(number))
        return really(fd, data)

    before = verify.verify(school.where).size
    with patch.object(os, "write", refusing):
        code, out, err = run(
            "vacancy", "add", "--reference", "T-2", "--title", "Cook", "--school", "Northfield",
            "--requirement", "Cooks",
        )  # fmt: skip
    assert code == 3
    assert said in err
    assert out == ""
    found = verify.verify(school.where)
    assert found.ok
    assert found.size == before
    code, _, _ = run(
        "vacancy", "add", "--reference", "T-2", "--title", "Cook", "--school", "Northfield",
        "--requirement", "Cooks",
    )  # fmt: skip
    assert code == 0


# --- sites ------------------------------------------------------------------------------------


def granted(school: World, address: str) -> str:
    """A grant for the blog at an address."""
    desk = school.recruiter
    applicant = gardener.applicant(desk, gardener.post(desk).id)
    claim = gardener.claim(desk, gardener.cv(desk, applicant.id, address), address)
    outcome = gardener.asked(desk, claim.id)
    assert outcome.grant
    return outcome.grant.id


def failed(school: World, grant: str) -> str:
    """Look, and expect a lookup that failed in plain words and left a sound register."""
    sight = search.look_up(school.recruiter, grant)
    assert sight.lookup.outcome == "failed"
    assert sight.passages == ()
    assert verify.verify(school.where).ok
    return sight.lookup.message


def test_a_site_that_is_down_is_a_failed_lookup(school):
    """Nobody listens there; the entry stands and the budget is spent."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert failed(school, granted(school, f"https://seedtoplate.example:{port}/"))


def test_a_site_without_end_is_stopped_at_the_limit(tmp_path):
    """More than a grant allows is no evidence: nothing of it is shown."""
    page = "<p>Seed to Plate is a blog about school gardens.</p>" * 60_000
    with world(tmp_path, {"seedtoplate.example": {"/": Answer(body=page)}}) as school:
        assert failed(school, granted(school, school.address("seedtoplate.example")))


def test_a_slow_site_can_be_left_at_once(tmp_path):
    """The answer would take a minute; whoever waits presses stop, and what was asked stands."""
    hosts = {"seedtoplate.example": {"/": Answer(body="<p>late</p>", wait=60.0)}}
    with world(tmp_path, hosts) as school:
        grant = granted(school, school.address("seedtoplate.example"))
        stop = threading.Event()

        def pressed(now: search.Progress) -> None:
            if now.state == "asking":
                stop.set()

        sight = search.look_up(school.recruiter, grant, progress=pressed, stop=stop)
        assert sight.lookup.outcome == "stopped"
        assert sight.passages == ()
        assert verify.verify(school.where).ok


def test_a_change_of_nothing_and_a_person_nobody_named_are_told(school, applicant, run, capsys):
    """The options that would have said it stand in the hint; nothing is entered."""
    before = verify.verify(school.where).size
    for words, option in (
        (("vacancy", "change", applicant.vacancy), "--stage"),
        (("applicant", "change", applicant.id), "--notice-on"),
    ):
        code, _, err = run(*words)
        assert code == 2 and "Nothing to change" in err and option in err
    assert cli.run(["applicant", "list", "--register", str(school.where)]) == 2
    assert "--as NAME" in capsys.readouterr().err
    assert verify.verify(school.where).size == before
