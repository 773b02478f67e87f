"""The tables of registers on PostgreSQL, as numbered steps; `migrate` takes those not yet taken.

Nothing here needs what wire-compatible distributed engines lack: no advisory locks, no LISTEN, no
LOCK TABLE, no serial numbers as positions. The row of `head` is always locked first.
"""

from __future__ import annotations

from typing import Final

STEPS: Final = (
    """
    CREATE TABLE head (
        name     text   PRIMARY KEY,
        log      text   NOT NULL UNIQUE,
        format   int    NOT NULL,
        origin   text   NOT NULL,
        demo     boolean NOT NULL,
        strict   boolean NOT NULL,
        size     bigint NOT NULL DEFAULT 0,
        docs     bigint NOT NULL DEFAULT 0,
        marks    bigint NOT NULL DEFAULT 0
    );
    CREATE TABLE event (
        log      text   NOT NULL,
        seq      bigint NOT NULL,
        id       text   NOT NULL,
        type     text   NOT NULL,
        author   text   NOT NULL,
        aseq     bigint NOT NULL,
        subject  text   NOT NULL,
        case_id  text   NOT NULL,
        hash     bytea  NOT NULL,
        body     bytea  NOT NULL,
        PRIMARY KEY (log, seq),
        UNIQUE (log, id),
        UNIQUE (log, author, aseq)
    );
    CREATE INDEX event_case ON event (log, case_id, seq);
    CREATE INDEX event_type ON event (log, type, seq);
    CREATE INDEX event_subject ON event (log, subject, seq);
    CREATE TABLE box (
        log         text   NOT NULL,
        seq         bigint NOT NULL,
        compartment text   NOT NULL,
        ciphertext  bytea  NOT NULL,
        PRIMARY KEY (log, seq, compartment)
    );
    CREATE TABLE document (
        log      text   NOT NULL,
        shelf    text   NOT NULL,
        name     text   NOT NULL,
        id       bigint NOT NULL,
        version  bigint NOT NULL,
        body     text,
        PRIMARY KEY (log, shelf, name, id)
    );
    CREATE INDEX document_version ON document (log, version);
    CREATE FUNCTION event_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'entries are never changed or removed'; END $$;
    CREATE TRIGGER event_stands BEFORE UPDATE OR DELETE ON event
        FOR EACH ROW EXECUTE FUNCTION event_stands();
    """,
)
"""Each step brings the tables from one version to the next; never change one that was released."""

GRANTS: Final = """
GRANT SELECT, INSERT ON event TO {role};
GRANT SELECT, INSERT, UPDATE ON head TO {role};
GRANT SELECT, INSERT, DELETE ON box TO {role};
GRANT SELECT, INSERT, UPDATE ON document TO {role};
GRANT SELECT ON recruitcheck_schema TO {role};
"""
"""What the application's role may do: add entries, never change or remove one."""
