"""What a database refuses reaches a person as a sentence and a hint, and changes nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from recruitcheck.errors import RegisterError
from recruitcheck.records import Draft
from recruitcheck.vault import pglink, pgsetup, postgres, store
from recruitcheck.vault.register import Register, create, open_register
from recruitcheck.vault.verify import verify

from .conftest import PASS, Office, found

pytestmark = pytest.mark.needs("postgresql")

NOTE = Draft(type="note", case="A-1", boxes={"case": b"x"})


@pytest.fixture
def own(database: str) -> str:
    """The address of a fresh database, so that what is done to it touches no other test."""
    name = f"own{uuid4().hex[:8]}"
    run(database, f"CREATE DATABASE {name}")
    return database.replace("/postgres?", f"/{name}?")


def run(address: str, *statements: str) -> None:
    """What the owner of the database does to it."""
    with pgsetup.connect(address.partition("#")[0]) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


@contextmanager
def role(address: str, *more: str, granted: bool = True) -> Iterator[str]:
    """The address for somebody else of the database; the role goes afterwards."""
    name = f"app{uuid4().hex[:8]}"
    run(address, f"CREATE ROLE {name} LOGIN", *(words.format(name) for words in more))
    if granted:
        pgsetup.migrate(address, role=name)
    try:
        yield address.replace("postgres:@", f"{name}:@")
    finally:
        run(address, f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def ann(address: str) -> Register:
    return open_register(address, name="Ann Lee", passphrase=PASS["Ann Lee"])


def test_on_a_copy_that_can_only_be_read_one_can_go_on_reading(own: str) -> None:
    """Writing there is refused in words, and what stands in the register is read as before."""
    found(f"{own}#r")
    read_only = "ALTER ROLE {} SET default_transaction_read_only = on"
    with role(own, read_only) as standby, ann(f"{standby}#r") as register:
        entries = [entry.id for entry in register.entries()]
        with pytest.raises(RegisterError, match="only be read"):
            register.append([NOTE])
        assert [entry.id for entry in register.entries()] == entries


def test_a_register_taken_out_of_its_database_is_said_to_be_gone(own: str) -> None:
    """Whoever has it open hears that, whether they read or write."""
    found(f"{own}#r")
    with ann(f"{own}#r") as register:
        run(own, "DELETE FROM head")
        with pytest.raises(RegisterError, match="gone"):
            register.append([NOTE])
        with pytest.raises(RegisterError, match="gone"):
            list(register.entries())


def test_without_permission_nothing_is_opened_or_made(own: str) -> None:
    """A role that was granted nothing is told whom to ask."""
    found(f"{own}#r")
    with role(own, granted=False) as other:
        with pytest.raises(RegisterError, match="does not permit") as caught:
            open_register(f"{other}#r")
        assert "owner" in caught.value.hint
        with pytest.raises(RegisterError, match="does not permit"):
            create(f"{other}#s", origin="s.example", name="A", passphrase=PASS["Ann Lee"])


def test_on_a_copy_that_can_only_be_read_nothing_is_made(own: str) -> None:
    """Who would make a register on a standby is sent to the primary server."""
    found(f"{own}#r")
    with role(own, "ALTER ROLE {} SET default_transaction_read_only = on") as standby:
        with pytest.raises(RegisterError, match="only be read") as caught:
            create(f"{standby}#s", origin="s.example", name="A", passphrase=PASS["Ann Lee"])
        assert "primary" in caught.value.hint
    found(f"{own}#s")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DROP TABLE recruitcheck_schema", "no register in this database"),
        ("DELETE FROM recruitcheck_schema", "older version"),
        ("UPDATE head SET format = 99", "format 99"),
    ],
)
def test_a_database_of_another_shape_is_left_alone(own: str, statement: str, why: str) -> None:
    """No tables, and tables of yesterday or tomorrow: told apart, in words."""
    found(f"{own}#r")
    run(own, statement)
    with pytest.raises(RegisterError, match=why) as caught:
        ann(f"{own}#r")
    assert "postgres" not in caught.value.message + caught.value.hint


def test_a_register_that_is_not_there_is_not_verified(own: str) -> None:
    """Neither a name that is none, nor a database that holds no register at all."""
    with pytest.raises(RegisterError, match="refuses"):
        verify(f"{own}#r")
    found(f"{own}#r")
    with pytest.raises(RegisterError, match="no register `s`"):
        verify(f"{own}#s")


def test_a_server_that_stays_away_is_told_and_nothing_is_lost(
    own: str, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the last try the person hears that what was confirmed is safe; and it is."""
    monkeypatch.setattr(pglink, "TRIES", 2)
    monkeypatch.setattr(postgres, "TRIES", 2)
    office: Office = found(f"{own}#r")
    name = own.partition("?")[0].rpartition("/")[2]
    away = f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"
    with office.open() as register:
        (made,) = register.append([NOTE])
        size = register.size

        def cut() -> None:
            run(
                database, away,
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
            )  # fmt: skip

        acts: list[Any] = [
            lambda: register.append([NOTE]),
            lambda: register.table("things").insert({"n": 1}),
            lambda: register.size,
        ]
        for act in acts:
            cut()
            with pytest.raises(RegisterError) as caught:
                act()
            assert caught.value.hint
            run(database, away.replace("false", "true"))
            assert register.size == size
            assert register.read(made, "case") == b"x"
        register.append([NOTE])
        assert register.size == size + 1
        assert register.verify().ok


def test_only_the_owner_lays_out_the_tables(own: str) -> None:
    """The application's role, and a role that is not there, are told apart in words."""
    with (
        role(own, granted=False) as other,
        pytest.raises(RegisterError, match=r"Only the owner") as told,
    ):
        pgsetup.migrate(other)
    assert "owner's address" in told.value.hint
    with pytest.raises(RegisterError, match=r"knows no role"):
        pgsetup.migrate(own, role="nobody_of_that_name")


def test_a_password_is_told_from_a_server_that_is_down(
    own: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None found, a wrong one, the right one, and no server: each has its own words."""
    found(f"{own}#r")
    passwords = tmp_path / "pgpass"
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    with role(own, "ALTER ROLE {} PASSWORD 'open sesame'") as address, _asking_for_passwords(own):

        def told() -> RegisterError:
            with pytest.raises(RegisterError) as caught:
                open_register(f"{address}#r")
            assert "sesame" not in caught.value.message + caught.value.hint
            return caught.value

        assert "none was found" in told().message
        passwords.write_text("*:*:*:*:wrong sesame\n")
        passwords.chmod(0o600)
        refused = told()
        assert "with a password, and refused" in refused.message and "pgpass" in refused.hint
        passwords.write_text("*:*:*:*:open sesame\n")
        open_register(f"{address}#r").close()
        address = f"postgresql://localhost:1/{uuid4().hex}"
        assert "cannot be reached" in told().message


@contextmanager
def _asking_for_passwords(address: str) -> Iterator[None]:
    """The server asks everybody but its administrator for a password."""
    (place,) = one(address, "SHOW hba_file")
    before = Path(place).read_text()

    def take(rules: str) -> None:
        Path(place).write_text(rules)
        since = one(address, "SELECT pg_conf_load_time(), pg_reload_conf()")[0]
        for _ in range(100):  # the server reads it in its own time
            if one(address, "SELECT pg_conf_load_time()")[0] > since:
                return
            time.sleep(0.05)
        pytest.fail("The server did not read its rules again.")

    try:
        take(f"local all postgres trust\nlocal all all scram-sha-256\n{before}")
        yield
    finally:
        take(before)


def one(address: str, question: str) -> tuple[Any, ...]:
    """The one row that answers, over a connection of its own."""
    with pgsetup.connect(address) as connection:
        return connection.execute(question).fetchone() or ()  # type: ignore[call-overload]


def test_without_the_part_for_databases_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening, making and checking say what to install, instead of failing inside."""
    monkeypatch.setattr(store, "find_spec", lambda _name: None)
    place = "postgresql://db.example/x"
    for act in (
        lambda: open_register(place),
        lambda: create(place, origin="x.example", name="Ann Lee", passphrase=PASS["Ann Lee"]),
        lambda: verify(place),
    ):
        with pytest.raises(RegisterError, match=r"not installed") as told:
            act()
        assert "recruitcheck[postgres]" in told.value.hint
