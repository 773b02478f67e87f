"""Breach, misuse, breach pack: answering for what went wrong, without anybody's passphrase."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from recruitcheck.errors import BadInput
from recruitcheck.records import AuditRow as Row
from recruitcheck.records import Breach, Destruction, Disclosure, Draft
from recruitcheck.reports import incident, page
from recruitcheck.reports.paper import Paper
from recruitcheck.rules.retention import breach_deadline
from recruitcheck.steps import audit_export, audit_index, oversight, reading, retention, stories
from recruitcheck.steps.desk import Desk, box, new_id

_BOXES = ("hr",)


# --- breach and misuse --------------------------------------------------------------------------


def report_breach(
    desk: Desk,
    *,
    what: str,
    aware_at: datetime,
    people: str,
    effect: str,
    containment: str,
    told: str = "",
    lessons: str = "",
    entries: Sequence[int] = (),
    clause: str = "",
    person: str = "",
) -> Breach:
    """Open a breach report; the 72 hours run from when the trust became aware.

    With a clause and a person it is a misuse report, which goes to the headteacher.

    Raises:
        NotPermitted: only HR, and never about oneself.
        BadInput: something is missing, in the future, no clause of the policy, or no entry.
    """
    desk.demand("papers.make", made_by=(person,) if person else ())
    if not (what.strip() and people.strip() and containment.strip()):
        raise BadInput(
            "Say what happened, whom it concerns and what was done so far.",
            "What is not known yet can be added later.",
        )
    if aware_at > desk.now:
        raise BadInput("You cannot have become aware of it in the future.", "Check date and time.")
    _demand_known(desk, clause, person, entries)
    made = Breach(
        id=new_id("I"),
        what=what.strip(),
        aware_at=aware_at,
        people=people.strip(),
        effect=effect.strip(),
        containment=containment.strip(),
        told=told.strip(),
        lessons=lessons.strip(),
        by=desk.me.id,
        at=desk.now,
        clause=clause,
        person=person,
        entries=tuple(entries),
    )
    _enter(desk, made)
    return made


def _demand_known(desk: Desk, clause: str, person: str, entries: Sequence[int]) -> None:
    """Refuse a clause without a person, or one that is none, and entries that are none."""
    if bool(clause) != bool(person) or (clause and clause not in desk.pack.policy.clauses):
        raise BadInput(
            "A misuse report names a person and a clause of the policy.",
            f"Clauses: {', '.join(desk.pack.policy.clauses)}.",
        )
    if any(not 0 <= number < desk.register.size for number in entries):
        raise BadInput("One of the entries does not exist.", "Take the numbers from the list.")


def update_breach(
    desk: Desk,
    breach: str,
    *,
    told: str = "",
    lessons: str = "",
    containment: str = "",
    decision: str = "",
    reported_at: datetime | None = None,
) -> Breach:
    """Add what became known: who was told, when it was reported, what the headteacher decided.

    Raises:
        NotPermitted: only HR, and never about oneself.
        NotFound: no such report.
        BadInput: nothing is added, or it was reported in the future or before it was noticed.
    """
    held = reading.one(desk, Breach, "breach", _BOXES, breach)
    desk.demand("papers.make", made_by=(held.person,) if held.person else ())
    if not any((told, lessons, containment, decision, reported_at)):
        raise BadInput("There is nothing to add.", "Fill in what became known.")
    if reported_at and not held.aware_at <= reported_at <= desk.now:
        raise BadInput(
            "The time at which it was reported cannot be right.",
            "It lies in the future, or before it was noticed: check date and time.",
        )
    made = replace(
        held,
        told=_more(held.told, told),
        lessons=_more(held.lessons, lessons),
        containment=_more(held.containment, containment),
        decision=_more(held.decision, decision),
        reported_at=reported_at or held.reported_at,
    )
    _enter(desk, made)
    return made


def breaches(desk: Desk) -> tuple[Breach, ...]:
    """All breach and misuse reports.

    Raises:
        NotPermitted: only HR.
    """
    desk.demand("audit.read")
    return reading.newest(desk, Breach, "breach", _BOXES)


def breach_paper(desk: Desk, breach: str) -> Paper:
    """The breach report on paper, with where the 72 hours stand; or the misuse report.

    Raises:
        NotPermitted: only HR.
    """
    desk.demand("papers.make")
    held = reading.one(desk, Breach, "breach", _BOXES, breach)
    entries = [desk.register.entry(number) for number in held.entries]
    names, organisation = stories.names(desk), desk.settings().organisation
    if not held.person:
        oversight.disclose(desk, kind="breach-report", recipient="data protection officer")
        return incident.breach_report(
            held,
            organisation,
            desk.me.name,
            desk.now,
            ends=breach_deadline(held.aware_at),
            entries=entries,
            names=names,
        )
    oversight.disclose(desk, kind="misuse-report", recipient="headteacher")
    return incident.misuse_report(
        held,
        organisation,
        desk.me.name,
        desk.now,
        clause=desk.pack.policy.clauses[held.clause],
        entries=entries,
        names=names,
    )


def _more(before: str, after: str) -> str:
    return "\n".join(filter(None, (before, after.strip())))


def _enter(desk: Desk, made: Breach) -> None:
    desk.enter(
        Draft(
            type="breach",
            subject=made.id,
            facts={
                "deadline": breach_deadline(made.aware_at).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "reported": int(made.reported_at is not None),
            },
            boxes={"hr": box(made)},
        )
    )


# --- breach pack --------------------------------------------------------------------------------


def breach_pack(
    desk: Desk, path: Path | str, *, filter: str = "", recipient: str = "investigation"
) -> tuple[str, ...]:
    """Write a ZIP an investigator can work with, so that nobody hands over a passphrase.

    It holds the selected records as HR reads them, the entries with their proofs, the signed
    head and a check of the whole register; checksums of all of it.

    Raises:
        NotPermitted: only HR.
        BadInput: the file exists already, or the filter cannot be read.
        RegisterError: the system refuses to write it.
    """
    from recruitcheck.vault import files as vault_files

    desk.demand("breach.pack")
    place = Path(path)
    if place.exists():
        raise BadInput("There is a file of that name already.", "Choose a new name.")
    rows = audit_index.index(desk).matching(filter)
    made = oversight.disclose(desk, kind="breach-pack", recipient=recipient)
    sums: dict[str, str] = {}
    with (
        vault_files.replacing(place, outside=True) as descriptor,
        os.fdopen(descriptor, "wb", closefd=False) as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, data in _packed(desk, rows, filter, made):
            archive.writestr(name, data)
            sums[name] = sha256(data).hexdigest()
        listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
        archive.writestr("SHA256SUMS", listed)
    return tuple(sorted([*sums, "SHA256SUMS"]))


def _packed(
    desk: Desk, rows: Sequence[Row], filter: str, made: Disclosure
) -> Iterator[tuple[str, bytes]]:
    """What goes into the pack, one after the other: a large register need not fit into memory."""
    yield "READ-ME.txt", _read_me(desk, filter).encode()
    for name, form in (
        ("records.jsonl", "jsonl"),
        ("records.csv", "csv"),
        ("report.html", "html"),
    ):
        pieces = audit_export.FORMATS[form](desk, rows, filter, made, None)
        yield name, "".join(pieces).encode()
    yield "people.json", _people(desk)
    for row in rows:
        if row.decision and row.ground != "sourcing":
            paper = stories.record_paper(desk, row.id)
            yield f"requests/{row.id}.html", page.html(paper).encode()
    yield from _ledger(desk).items()
    yield "verification.json", _verification(desk)


def _people(desk: Desk) -> bytes:
    people = [
        {
            "id": person.id,
            "name": person.name,
            "roles": list(person.roles),
            "sign_key": person.sign_key,
            "admitted_at": str(person.admitted_at or ""),
            "left_at": str(person.left_at or ""),
        }
        for person in desk.register.people()
    ]
    return json.dumps(people, indent=1, ensure_ascii=False).encode()


def _ledger(desk: Desk) -> dict[str, bytes]:
    """The whole ledger in the form other programs verify."""
    from recruitcheck.vault import export

    with TemporaryDirectory(prefix="recruitcheck-") as folder:
        desk.register.checkpoint()
        export.export(desk.register.where, Path(folder), register=desk.register)
        return {
            f"ledger/{file.name}": file.read_bytes()
            for file in sorted(Path(folder).iterdir())
            if file.is_file()
        }


def _verification(desk: Desk) -> bytes:
    found = oversight.verify(desk)
    problems = [
        {"index": one.index, "kind": one.kind, "message": one.message} for one in found.problems
    ]
    body = {"ok": found.ok, "size": found.size, "root": found.root, "problems": problems}
    return json.dumps(body, indent=1).encode()


def _read_me(desk: Desk, filter: str) -> str:
    return (
        f"Breach pack of {desk.settings().organisation}, made on {desk.now:%-d %B %Y, %H:%M} UTC "
        f"by {desk.me.name}.\n\n"
        f"Selection: {filter or 'everything'}.\n\n"
        "report.html and requests/ are for reading; records.csv and records.jsonl for sorting.\n"
        "ledger/ holds every entry byte for byte with proofs and the signed head; any program for\n"
        "RFC 6962 proofs and signed notes can check it. verification.json is our own check.\n"
        "SHA256SUMS lists the checksums of all files.\n\n"
        "No passphrase is needed for any of this, and nobody may be asked for one.\n"
    )


# --- destruction certificate --------------------------------------------------------------------


def certificate(desk: Desk, applicant: str) -> Paper:
    """The certificate of destruction, which can be printed again at any time.

    Raises:
        NotPermitted: only HR.
        NotFound: nothing of this applicant was destroyed.
    """
    desk.demand("retention.read")
    from recruitcheck.vault import shred

    made: Destruction = shred.certificate(desk.register, applicant)
    intent = next(desk.register.entries(case=applicant, type="shred-intent"))
    cause = retention.DESTRUCTION_CAUSES.get(made.cause, made.cause)
    months = desk.pack.policy.retention.content_months
    return incident.certificate(
        made,
        desk.settings().organisation,
        desk.me.name,
        desk.now,
        by=stories.names(desk).get(made.by, made.by),
        cause=cause,
        schedule=f"content: {months} months after the appointment decision, or the shorter period "
        f"of the reason it was searched for; begun on {intent.at:%-d %B %Y, %H:%M} UTC",
        holds=retention.skeleton_holds(desk, applicant),
        skeleton_until=retention.skeleton_end(desk, made),
        caveat=shred.caveat(made),
    )
