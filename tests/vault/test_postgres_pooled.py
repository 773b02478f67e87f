"""Registers behind a connection pooler that gives each transaction another server connection."""

from __future__ import annotations

import getpass
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import psycopg
import pytest

from recruitcheck.records import Draft
from recruitcheck.vault.verify import verify

from .conftest import found

pytestmark = [
    pytest.mark.needs("postgresql"),
    pytest.mark.skipif(not shutil.which("pgbouncer"), reason="pgbouncer is not installed"),
]

SETTINGS = """
[databases]
postgres = host={host} user=postgres pool_size=3
[pgbouncer]
listen_addr =
listen_port = 6543
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
ignore_startup_parameters = extra_float_digits
logfile = {folder}/log
pidfile = {folder}/pid
"""


@contextmanager
def pooled(database: str) -> Iterator[str]:
    """The address of a pooler before the server, ended by its process id."""
    (host,) = parse_qs(urlsplit(database).query)["host"]
    folder = Path(tempfile.mkdtemp(prefix="recruitcheck-pool-"))
    (folder / "pooler.ini").write_text(SETTINGS.format(host=host, folder=folder))
    other: list[str] = []
    if getpass.getuser() == "root":  # it refuses to run as root, and so does the server
        owner = Path(host).owner()
        shutil.chown(folder, owner)
        other = ["-u", owner]
    pooler = subprocess.Popen(["pgbouncer", "-q", *other, str(folder / "pooler.ini")])
    address = f"postgresql://postgres@/postgres?host={folder}&port=6543"
    try:
        for _ in range(100):
            with suppress(psycopg.Error):
                psycopg.connect(address, connect_timeout=2).close()
                break
            time.sleep(0.1)
        yield address
    finally:
        pooler.terminate()
        pooler.wait(10)
        shutil.rmtree(folder)


def test_many_write_through_a_pooler_that_changes_connections(database: str) -> None:
    """Four at once over three server connections: every entry arrives once, in one chain."""
    with pooled(database) as address:
        office = found(f"{address}#{uuid4().hex[:12]}")

        def write(tag: str) -> None:
            with office.open() as register:
                for number in range(12):
                    boxes = {"case": b"x", "hr": b"y"}
                    note = Draft(type="note", subject=f"{tag}-{number}", case="A-1", boxes=boxes)
                    register.append([note])

        crew = [threading.Thread(target=write, args=(tag,)) for tag in "abcd"]
        for one in crew:
            one.start()
        for one in crew:
            one.join(60)
        with office.open() as register:
            subjects = [entry.subject for entry in register.entries() if entry.type == "note"]
        assert sorted(subjects) == sorted(f"{tag}-{n}" for tag in "abcd" for n in range(12))
        assert verify(office.where).ok
