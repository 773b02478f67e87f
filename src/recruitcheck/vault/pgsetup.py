"""Connecting to a database of registers, laying out its tables, and bringing them up to date."""

from __future__ import annotations

from typing import Any, cast

import psycopg
from psycopg import errors as pg
from psycopg import sql

from recruitcheck.errors import RegisterError
from recruitcheck.vault.schema import GRANTS, STEPS
from recruitcheck.vault.store import FORMAT, Meta, too_new


def split(address: str) -> tuple[str, str]:
    """The connection string and the register's name in the database."""
    conninfo, _, name = address.partition("#")
    return conninfo, name or "register"


def connect(conninfo: str) -> psycopg.Connection[Any]:
    """A connection. Raises `RegisterError` where there is no server, database or permission."""
    try:
        # No statements prepared on the server: a failed pipeline would lose track of them, and
        # connection poolers dislike them.
        return psycopg.connect(
            conninfo, autocommit=True, connect_timeout=10, prepare_threshold=None
        )
    except psycopg.Error as error:
        raise _shut(error) from error


def _shut(error: psycopg.Error) -> RegisterError:
    """Why there is no connection, by what the library noted; a server's words vary by language."""
    if error.pgconn and error.pgconn.needs_password:
        return RegisterError(
            "The database asks for a password, and none was found.",
            "Put it into ~/.pgpass, which only you may read (docs/postgresql.md shows the line).",
        )
    if error.pgconn and error.pgconn.used_password:
        return RegisterError(
            "The database was asked with a password, and refused.",
            "Check the password (in ~/.pgpass), the user's name and the database's name.",
        )
    return RegisterError(
        "The database of the register cannot be reached.",
        "Check the address, the database's name and the network, and whether the server is up.",
    )


def migrate(address: str, *, role: str | None = None) -> int:
    """Bring the tables up to date; needs their owner. Returns the version they have now.

    With `role`, the application's role gets the permissions it needs and no more.
    """
    conninfo, _ = split(address)
    with connect(conninfo) as connection:
        try:
            with connection.transaction():
                _lay_out(connection, role)
        except pg.InsufficientPrivilege as error:
            raise RegisterError(
                "Only the owner of the database can lay out the tables.",
                "Use the owner's address here, and the application's for the register.",
            ) from error
        except pg.UndefinedObject as error:
            raise RegisterError(
                f"The database knows no role {role!r}.", "Make it first: CREATE ROLE … LOGIN."
            ) from error
        except psycopg.Error as error:
            raise refused(error) from error
    return len(STEPS)


def _lay_out(connection: psycopg.Connection[Any], role: str | None) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS recruitcheck_schema (version int PRIMARY KEY)")
    version = tables_version(connection)
    if version > len(STEPS):
        raise too_new(version)
    for number, step in enumerate(STEPS[version:], start=version + 1):
        connection.execute(cast(Any, step))
        connection.execute("INSERT INTO recruitcheck_schema VALUES (%s)", (number,))
    if role is not None:
        name = sql.Identifier(role)
        connection.execute(sql.SQL(cast(Any, GRANTS)).format(role=name))


def tables_version(connection: psycopg.Connection[Any]) -> int:
    """How many steps of `schema.py` the database has taken."""
    found = connection.execute("SELECT max(version) FROM recruitcheck_schema").fetchone()
    return int(found[0] or 0) if found else 0


def make(address: str, meta: Meta) -> None:
    """Make room for a register; lays out the tables where there are none yet."""
    if meta.strict:
        raise RegisterError(
            "Strict mode needs a register in a folder.",
            "Leave out --strict, or make it in a folder.",
        )
    conninfo, name = split(address)
    with connect(conninfo) as connection:
        try:
            there = connection.execute("SELECT to_regclass('recruitcheck_schema')").fetchone()
            if there is None or there[0] is None or tables_version(connection) < len(STEPS):
                migrate(address)
            connection.execute(
                "INSERT INTO head (name, log, format, origin, demo, strict) "
                "VALUES (%s, %s, %s, %s, %s, %s)",
                (name, meta.log, meta.format, meta.origin, meta.demo, meta.strict),
            )
        except pg.UniqueViolation as error:
            raise RegisterError(
                f"There is already a register `{name}` in this database.", "Open it instead."
            ) from error
        except psycopg.Error as error:
            raise refused(error) from error


def discard(address: str) -> None:
    """Take away a register that was being made and never held an entry."""
    conninfo, name = split(address)
    with connect(conninfo) as connection:
        row = connection.execute(
            "DELETE FROM head WHERE name = %s AND size = 0 RETURNING log", (name,)
        ).fetchone()
        if row is not None:
            connection.execute("DELETE FROM document WHERE log = %s", (row[0],))


def refused(error: psycopg.Error) -> RegisterError:
    """The plain-words form of what a database refuses; its own words can quote content."""
    if isinstance(error, pg.InsufficientPrivilege):
        return RegisterError(
            "The database does not permit this.", "Ask its owner for recruitcheck's permissions."
        )
    if isinstance(error, pg.ReadOnlySqlTransaction):
        return RegisterError("The database can only be read.", "Connect to the primary server.")
    if isinstance(error, pg.DiskFull):
        return RegisterError("The database's disk is full.", "Nothing was recorded.")
    return RegisterError(
        f"The database refuses ({error.sqlstate or 'no connection'}).", "Try again; tell its owner."
    )


def described(connection: psycopg.Connection[Any], name: str) -> Meta:
    """What a database says of a register. Raises `RegisterError` where there is none to open."""
    try:
        version = tables_version(connection)
        if version > len(STEPS):
            raise too_new(version)
        if version < len(STEPS):
            raise RegisterError(
                "The tables of this database are of an older version.",
                "Whoever owns them runs `recruitcheck register prepare-database`.",
            )
        row = connection.execute(
            "SELECT format, log, origin, demo, strict FROM head WHERE name = %s", (name,)
        ).fetchone()
    except pg.UndefinedTable as error:
        raise RegisterError(
            "There is no register in this database.",
            "Check the database's name; `recruitcheck register create` makes one.",
        ) from error
    except psycopg.Error as error:
        raise refused(error) from error
    if row is None:
        raise RegisterError(
            f"There is no register `{name}` in this database.",
            "Its name is the part of the address after #.",
        )
    if row[0] > FORMAT:
        raise too_new(row[0])
    return Meta(format=row[0], log=row[1], origin=row[2], demo=row[3], strict=row[4])
