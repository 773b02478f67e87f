"""The access bundle: a folder with everything held about one applicant (UK GDPR 15).

1-letter.html, 1-letter.txt     the covering letter
2-summary.html                  everything in plain words, withheld counts included
3-records.jsonl                 every record as it is held
4-documents/                    the text of each application document
5-left-out.csv                  what was left out, and why
6-receipt.json                  proofs that can be checked without us
SHA256SUMS                      of all of these
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from recruitcheck.errors import Destroyed, IntegrityError, NotFound, Sealed
from recruitcheck.records import Applicant, Disclosure, Document, Review, Vacancy
from recruitcheck.reports import letters, markdown, page, sheet
from recruitcheck.reports.casefile import told
from recruitcheck.reports.names import PAPERS, plain
from recruitcheck.reports.paper import Block, Paper, Points, Table, section, table
from recruitcheck.steps import casefile, declarations, instructions, reading, retention, stories
from recruitcheck.steps.desk import Desk

_READABLE = ("case", "hr")
_SEALED = {
    "equality": (
        "what only the equality reviewers can open",
        "kinds of claims in your documents, values for comparing requests, and your monitoring "
        "form if you returned one; ask the equality office for them, which sends them to you "
        "directly so that nobody in recruitment sees them",
    ),
    "mine": ("drafts", "their author did not submit them"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What was written."""

    applicant: str
    folder: str
    files: tuple[str, ...]
    searches: int
    left_out: int


def write(
    desk: Desk,
    applicant: Applicant,
    folder: Path,
    *,
    identity: str,
    asked_on: date,
    due_on: date,
    redact: Mapping[str, str],
    made: Disclosure,
) -> Bundle:
    """Write the bundle; the caller has checked, held and entered."""
    from recruitcheck.vault import export

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    left_out = list(_left_out(desk, applicant.id, redact))
    files = {
        "2-summary.html": page.html(_summary(desk, applicant, redact, left_out, made)),
        "3-records.jsonl": "".join(_records(desk, applicant.id, redact)),
        "5-left-out.csv": sheet.csv_text(("what", "why"), left_out),
    }
    for number, document in enumerate(desk.all(Document, case=applicant.id), start=1):
        files[f"4-documents/{number}-{document.kind}.txt"] = document.text
    letter = letters.cover(
        stories.office(desk),
        applicant,
        made_at=made.at,
        made_by=desk.me.name,
        asked_on=asked_on,
        due_on=due_on,
        identity=identity,
        contents=_contents(),
    )
    files |= {"1-letter.html": page.html(letter), "1-letter.txt": markdown.plain(letter)}
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")
    export.receipt(desk.register, applicant.id, folder / "6-receipt.json")
    names = sorted([*files, "6-receipt.json"])
    sums = [f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return Bundle(
        applicant=applicant.id,
        folder=str(folder),
        files=(*names, "SHA256SUMS"),
        searches=len(stories.requests_of(desk, applicant.id)),
        left_out=len(left_out),
    )


def _contents() -> tuple[tuple[str, str], ...]:
    return (
        ("2-summary.html", "everything in plain words; open it in any browser"),
        ("3-records.jsonl", "every record as we hold it, for programs"),
        ("4-documents", "the text we took from each of your documents"),
        ("5-left-out.csv", "what we left out, and why"),
        (
            "6-receipt.json",
            "proofs that these records are the ones made at the time; “recruitcheck receipt check” "
            "tests them on any computer, without us",
        ),
        ("SHA256SUMS", "checksums, to see that no file was changed on the way"),
    )


def _summary(
    desk: Desk,
    applicant: Applicant,
    redact: Mapping[str, str],
    left_out: list[tuple[str, str]],
    made: Disclosure,
) -> Paper:
    vacancy = desk.get(Vacancy, applicant.vacancy)
    requests = [
        told(
            stories.story(
                desk, casefile.open_file(desk, id), for_applicant=True, without=tuple(redact)
            ),
            number,
        )
        for number, id in enumerate(stories.requests_of(desk, applicant.id), start=1)
    ]
    return Paper(
        title="Summary of your records",
        organisation=desk.settings().organisation,
        made_at=made.at,
        made_by=desk.me.name,
        confidential="For the applicant only",
        sections=(
            section("What we have about you", stories.facts_of(applicant, vacancy)),
            section("The notice you were given", vacancy.notice_text),
            *(requests or [section("Searches", "No search was asked for about you.")]),
            section("Your objections and corrections", _said(desk, applicant.id)),
            section("Searches outside our rules", _outside(desk, applicant.id)),
            section(
                "Who received something about you",
                "Inside the trust: human resources, and the people named with each search above.",
                _recipients(desk, applicant.id),
            ),
            section("How long it is kept", _until(desk, applicant.id)),
            section(
                "What was left out, and why",
                Points(points=tuple(f"{what}: {why}" for what, why in left_out))
                if left_out
                else "Nothing.",
            ),
            section("Complaints", _complaints(desk)),
        ),
    )


def _complaints(desk: Desk) -> str:
    return (
        f"To our data protection officer: {stories.data_protection(desk)}. We acknowledge a "
        "complaint within 30 days. To the Information Commissioner: ico.org.uk, 0303 123 1113."
    )


def _said(desk: Desk, applicant: str) -> str:
    from recruitcheck.steps import rights

    said = [
        f"{one.kind.capitalize()} of {one.received_on:%-d %B %Y}: {one.text}"
        + (f" Our answer: {one.answer}" if one.answer else " Not answered yet.")
        for one in rights.objections(desk, open_only=False)
        if one.applicant == applicant
    ]
    said += [
        f"Correction of {one.received_on:%-d %B %Y}, beside finding {one.finding}: {one.text}"
        for one in rights.corrections(desk, applicant)
    ]
    return "\n".join(said) or "None on record."


def _until(desk: Desk, applicant: str) -> str:
    """Until when, by this applicant's own clock."""
    months = desk.pack.policy.retention.content_months
    due = next((one for one in retention.listed(desk) if one.applicant == applicant), None)
    day = f" As things stand that is {due.on:%-d %B %Y}." if due else ""
    return (
        f"Until {months} months after the appointment decision, unless your request, a complaint "
        f"or a claim keeps it longer.{day}"
    )


def _outside(desk: Desk, applicant: str) -> Block:
    """What people declared; what they saw is in no record, so there is nothing more to give."""
    told = [
        f"On {one.at:%-d %B %Y} somebody told us that they had searched for you"
        + (f" on {one.on:%-d %B %Y}" if one.on else "")
        + f" ({one.place}): {one.text}"
        for one in declarations.outside(desk, applicant)
    ]
    return Points(points=tuple(told)) if told else "Nobody told us of any."


def _recipients(desk: Desk, applicant: str) -> Table:
    rows: list[tuple[datetime, str, str]] = [
        (one.at, plain(PAPERS, one.kind), one.recipient)
        for one in reading.newest(desk, Disclosure, "disclosure", ("hr",), case=applicant)
    ]
    rows += [
        (at, plain(PAPERS, "instruction"), who)
        for at, who in instructions.researchers(desk, applicant)
    ]
    names = stories.names(desk, for_applicant=True)
    for entry in desk.register.entries(case=applicant):
        if entry.type == "panel-line":
            rows.append((entry.at, "one line about the result", "the interview panel"))
        elif entry.type == "case-shared":
            rows += [
                (entry.at, "the case was handed over", names.get(ref, ref)) for ref in entry.refs
            ]
    return table(
        ("Day", "What", "To whom"),
        [(at.date(), what, to) for at, what, to in sorted(rows)],
        empty="Nothing was handed to anybody outside.",
    )


def _records(desk: Desk, applicant: str, redact: Mapping[str, str]) -> Iterator[str]:
    """Every record of the case that HR holds, as JSON, with when and of what kind it is."""
    for entry in desk.register.entries(case=applicant):
        if entry.subject in redact:
            continue
        for box in entry.boxes:
            if box not in _READABLE and not box.startswith("lookup:"):
                continue
            if entry.type == "decision" and box == "hr":
                continue  # the same verdict again, with keyed values that say nothing
            try:
                text = desk.register.read(entry, box).decode()
                held = json.loads(text)
            except (Sealed, Destroyed, NotFound, ValueError):
                continue
            if isinstance(held, dict):
                held.pop("salts", None)
            yield from sheet.json_lines(
                [{"entry": entry.seq, "at": entry.at, "kind": entry.type, "record": held}]
            )


def _left_out(desk: Desk, applicant: str, redact: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for entry in desk.register.entries(case=applicant):
        for box in entry.boxes:
            if box in _SEALED and box not in seen:
                seen.add(box)
                yield _SEALED[box]
        if entry.subject in redact and entry.subject not in seen:
            seen.add(entry.subject)
            yield _title(desk, entry.subject), redact[entry.subject]
    yield (
        "names of equality reviewers",
        "they decide without knowing you, and are protected in the same way; their office answers "
        "for them",
    )


def _title(desk: Desk, id: str) -> str:
    try:
        return f"a {desk.get(Review, id).kind} by HR ({id})"
    except (NotFound, Sealed, Destroyed, IntegrityError):
        return f"record {id}"
